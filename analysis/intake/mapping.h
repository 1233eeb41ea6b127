/* What the columns of a table mean, as a file of YAML says it: read by the project's own reader, so that
 * mistakes have line, column and the nearest known key. `homeward schema --map` lists the keys. */
#ifndef HW_ANALYSIS_MAPPING_H
#define HW_ANALYSIS_MAPPING_H

#include "analysis/belief/kinds.h"
#include "analysis/intake/taken.h"
#include "sim/input/binding.h"
#include "sim/schema.h"

/* What a column can be for. */
typedef enum hw_map_field_kind {
    HW_MAP_NAME,
    HW_MAP_DISTRICT,
    HW_MAP_PLACE,
    HW_MAP_OPERATOR,
    HW_MAP_SETTING,
    HW_MAP_CLASS,
    HW_MAP_STATUS,
    HW_MAP_FROM,
    HW_MAP_DATE,
    HW_MAP_AMOUNT,
    HW_MAP_CURRENCY,
    HW_MAP_OF,
    HW_MAP_FIELDS
} hw_map_field_kind;

extern const char *const hw_map_field_names[HW_MAP_FIELDS];

typedef struct hw_map_word {
    const char *means;
} hw_map_word;

typedef struct hw_map_field {
    const char *column; /* of the table; NULL: none */
    const char *fixed;  /* the same for every row; NULL: not */
    const char *unit;   /* of numbers; NULL: as the cell says, or plain */
    hw_table words;     /* hw_map_word by what the cell says */
} hw_map_field;

typedef enum hw_map_period { HW_PERIOD_ROW, HW_PERIOD_MONTH, HW_PERIOD_YEAR } hw_map_period;

typedef struct hw_map_terms {
    uint32_t makes; /* hw_makes */
    const char *quantity;
    uint32_t dates, decimal, period, confidence;
    bool grouped;
    int64_t covers_from, covers_to; /* INT64_MAX: not said */
    hw_map_field columns[HW_MAP_FIELDS];
} hw_map_terms;

extern const hw_section hw_map_section;

typedef struct hw_mapping {
    hw_document *document;
    hw_binding *binding;
    hw_map_terms terms;
    bool is_made; /* by the program: what is fixed is not assumed */
} hw_mapping;

/* Reads a mapping file, or one that the program makes (`text`, with `path` as its name in errors).
 * `supplied`: bits of the fields that whoever reads the table knows without a column. HW_ERROR_INPUT with
 * every mistake. Free after failure too; the path must outlive it. */
hw_status hw_mapping_read(hw_mapping *mapping, const char *path, const char *text, unsigned supplied,
                          hw_errors *errors);
void hw_mapping_free(hw_mapping *mapping);

/* Whether rows of a quantity tell what came between two days, both of which a fact must say. */
bool hw_fact_needs_first_day(const hw_fact_kind *kind);

/* Where a field is described, for errors. */
hw_position hw_mapping_where(const hw_mapping *mapping, hw_map_field_kind field, const char *key);

/* What a word of a field means, in whatever case of letters; NULL where the mapping does not have it. */
const char *hw_map_meaning(const hw_map_field *field, const char *text);

/* Reads a date in the order that the mapping says. */
bool hw_mapping_date(const hw_mapping *mapping, const char *text, int64_t *day);
/* Reads a number with the mapping's decimal sign, no thousands. */
bool hw_mapping_number(const hw_mapping *mapping, const char *text, double *number);

#endif
