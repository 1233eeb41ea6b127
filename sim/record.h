/* The shape of an outcome: which variables a replication answers with, along which axes, and where each lies
 * in the flat record. The result file, the tables and the summaries are all written from this one
 * description. */
#ifndef HW_SIM_RECORD_H
#define HW_SIM_RECORD_H

#include <stddef.h>
#include <stdint.h>

/* An axis other than the replication: places, districts, months, causes. Either labels or values, not both.
 */
typedef struct hw_axis {
    const char *name;      /* "place" */
    const char *long_name; /* "named place" */
    const char *units;     /* of values, e.g. "days since 2020-11-10"; NULL for labels */
    uint32_t length;
    const char *const *labels;
    const double *values;
    const double *bounds; /* beginning and end of what each value stands for, 2 * length; NULL: points */
} hw_axis;

typedef enum hw_number { HW_F64, HW_F32, HW_I64, HW_I32 } hw_number;

enum { HW_RECORD_MAX_RANK = 4 };

/* What a number says of the span that an axis with bounds gives it. */
typedef enum hw_cells {
    HW_CELLS_POINT, /* how it stands at the end of the span, totals since the start included */
    HW_CELLS_SUM,   /* what happened within the span */
} hw_cells;

/* NaN in a floating variable means censored or not applicable: `missing` says which, in words. */
typedef struct hw_variable {
    const char *name;      /* "release_day" */
    const char *long_name; /* "day on which the last hazard area of the place is released" */
    const char *units;     /* "days since 2020-11-10", "m2", "USD", "1" for counts and shares */
    const char *missing;   /* what NaN means, or NULL */
    hw_number type;
    uint32_t rank;
    uint32_t axis[HW_RECORD_MAX_RANK]; /* indices of axes, slowest first */
    size_t offset;                     /* bytes from the record's start; set by hw_record_lay_out */
    size_t count;                      /* product of the axes' lengths; set by hw_record_lay_out */
    hw_cells cells;                    /* along its axes with bounds */
} hw_variable;

typedef struct hw_record_layout {
    const hw_axis *axes;
    uint32_t axis_count;
    hw_variable *variables;
    uint32_t variable_count;
    size_t bytes; /* of one record, a multiple of 8; set by hw_record_lay_out */
} hw_record_layout;

size_t hw_number_bytes(hw_number type);

/* The number of a type that stands at `at`, as a double. */
double hw_number_read(const unsigned char *at, hw_number type);

/* Computes offsets (each aligned to 8 bytes), counts and the record's size. */
void hw_record_lay_out(hw_record_layout *layout);

/* The variable of that name, or NULL. */
const hw_variable *hw_record_find(const hw_record_layout *layout, const char *name);

#endif
