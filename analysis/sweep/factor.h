/* A factor of a sweep: values of a scenario that move together, and from where to where. */
#ifndef HW_ANALYSIS_FACTOR_H
#define HW_ANALYSIS_FACTOR_H

#include "analysis/scenario/load.h"
#include "sim/input/document.h"
#include <stdbool.h>
#include <stdint.h>

typedef enum hw_factor_kind {
    HW_FACTOR_LEVELS,     /* a list */
    HW_FACTOR_RANGE,      /* evenly from low to high, on a linear or logarithmic scale */
    HW_FACTOR_UNCERTAIN,  /* by a distribution */
    HW_FACTOR_FROM_TABLE, /* as the design says, point by point */
} hw_factor_kind;

typedef struct hw_factor {
    const char *name;   /* letters, digits and _: it becomes a coordinate of the result */
    const char **paths; /* in the scenario */
    hw_position *path_where;
    uint32_t path_count;
    hw_position where; /* of its path in the design */
    hw_factor_kind kind;
    const hw_node **levels;
    char **level_words;
    double *level_numbers; /* in held units; NaN where a level is no number */
    uint32_t level_count;  /* 0 unless HW_FACTOR_LEVELS */
    hw_key_type type;      /* of the key under the first path: what `number` is */
    hw_dimension dimension;
    double low, high; /* of RANGE, in held units */
    bool logarithmic;
    hw_distribution distribution;    /* of UNCERTAIN */
    bool table_of_numbers;           /* FROM_TABLE: every cell is a number, and so is the coordinate */
    const hw_currencies *currencies; /* of the first scenario */
    bool assumed;                    /* the scenario's own value is marked as assumed */
    hw_errors warnings;              /* of the scenarios with its levels or ends laid over them */
} hw_factor;

/* One value of a factor. */
typedef struct hw_factor_value {
    const hw_node *node; /* a level, or NULL: then `text` */
    const char *words;   /* of `node` */
    const char *from;    /* text of a table, or NULL: then `own` */
    hw_position where;   /* of `from` */
    char own[64];
    double number; /* in held units; dates in days since 1970-01-01; NaN when it is no number */
} hw_factor_value;

/* How a factor is written in a design's file. */
typedef struct hw_factor_terms {
    const char *path, *range, *levels, *spread; /* presence only: what they say is in the nodes */
    uint32_t scale;
} hw_factor_terms;
extern const hw_section hw_factor_section;

/* Reads the factor that `node` (a mapping of hw_factor_section, already bound to `terms`) describes, against
 * the first of the scenarios, and checks each of its levels or ends against all of them: unknown paths,
 * units, ranges, laws across keys. `from_table`: the design brings the values. Errors point into the design's
 * file. Free after failure too. */
hw_status hw_factor_read(hw_factor *factor, const char *name, const hw_node *node,
                         const hw_factor_terms *terms, const hw_loaded *const *scenarios,
                         uint32_t scenario_count, bool from_table, hw_errors *errors);
void hw_factor_free(hw_factor *factor);

/* Tries the cell of a table, which stands at `where`, in all of the scenarios. */
hw_status hw_factor_try_text(hw_factor *factor, const char *text, hw_position where,
                             const hw_loaded *const *scenarios, uint32_t count, hw_errors *errors);

/* What the cell of a table says, in held units ("10 ha/day": 100000); NaN when it is no single number. Only
 * after hw_factor_try_text. */
double hw_factor_number_of(const hw_factor *factor, const char *text);

/* A factor from the distribution the scenario gives `value`; false if it is fixed. */
bool hw_factor_of_value(hw_factor *factor, const char *name, const hw_value *value);

/* Which quantile of a distribution stands at `unit` in [0, 1]; `reaches_ends` as in hw_design. */
double hw_factor_quantile_at(double unit, bool reaches_ends);

/* The value at `unit` in [0, 1]; `reaches_ends` as in hw_design. */
void hw_factor_value_at(const hw_factor *factor, double unit, bool reaches_ends, hw_factor_value *value);

/* Two paths, of one factor or of two, that move the same value, however they are written, are refused where
 * the second one stands. */
hw_status hw_factors_check_apart(const hw_factor *factors, uint32_t count, hw_errors *errors);

/* Lays a value over a scenario. */
hw_status hw_factor_set(const hw_factor *factor, const hw_factor_value *value, hw_document *document,
                        hw_errors *errors);

/* Whether all its values are numbers, which makes it a coordinate of numbers. */
bool hw_factor_is_number(const hw_factor *factor);
/* "m2", "days since 1970-01-01", "" */
const char *hw_factor_units(const hw_factor *factor);
/* As a person wrote it or would write it: "35 %" of a level, "0.351 " of a range. */
const char *hw_factor_words(const hw_factor_value *value);

#endif
