/* Numbers with their unit in one text: "5.2 km2", "14 months", "97.6 MAZN", "10 %/year". */
#ifndef HW_SIM_INPUT_UNITS_H
#define HW_SIM_INPUT_UNITS_H

#include "sim/schema.h"

typedef struct hw_currency {
    const char *name; /* three capital letters */
    double usd;       /* value of one */
} hw_currency;

typedef struct hw_currencies { /* besides USD itself */
    const hw_currency *items;
    uint32_t count;
    const char *shown_in; /* in which results are told; NULL: USD */
} hw_currencies;

enum { HW_UNIT_BYTES = 24, HW_UNIT_PROBLEM_BYTES = 320 };

typedef struct hw_quantity {
    double value;             /* in the held unit of its dimension */
    double factor;            /* held units in one written unit */
    char unit[HW_UNIT_BYTES]; /* as written; "" for a plain number */
} hw_quantity;

/* False with a message in `problem` ("expected an area such as 5.2 km2 (m2, ha, km2), found '14 months'"). A
 * unit is required, except for numbers (none is allowed) and shares (% or none). `_` may separate thousands.
 */
bool hw_quantity_parse(const char *text, hw_dimension dimension, const hw_currencies *currencies,
                       hw_quantity *quantity, char problem[HW_UNIT_PROBLEM_BYTES]);

const char *hw_dimension_name(hw_dimension dimension);    /* "an area" */
const char *hw_dimension_example(hw_dimension dimension); /* "5.2 km2" */
const char *hw_dimension_units(hw_dimension dimension);   /* "m2, ha, km2"; "" for plain numbers */
const char *hw_dimension_held(hw_dimension dimension);    /* "m2" */

/* Whether a text can name a currency: three capital letters, not USD. */
bool hw_currency_name_is_good(const char *name);

#endif
