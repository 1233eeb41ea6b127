/* Scenarios against a base on the same worlds, as a book of sheets: what a variant changes for each place and
 * district, for people, money and victims; each with an interval, a verdict, and what pairing saved. */
#ifndef HW_ANALYSIS_COMPARE_H
#define HW_ANALYSIS_COMPARE_H

#include "analysis/results/worlds.h"
#include "analysis/tables/sheet.h"

/* A scenario in the comparison. Borrowed. */
typedef struct hw_contender {
    const char *name; /* short, for columns: "map-exchange"; different from all others' */
    const char *kind; /* what is ranked together: "lever", "bundle"; or NULL */
    const hw_outcomes *outcomes;
    const struct hw_contender *base; /* its own, or NULL: the base of all */
} hw_contender;

typedef struct hw_compare_wish {
    const int64_t *by; /* dates (days since 1970-01-01), beside the usual ones */
    uint32_t by_count;
    bool only_by;      /* these dates only */
    const char *place; /* only this place or district, and what concerns all; NULL: all */
} hw_compare_wish;

/* Fills an empty book. HW_ERROR_INPUT, with every reason, when a variant does not share the worlds of the
 * base, for an unknown place or a date outside the span; HW_ERROR_LAW when fewer than two worlds are good in
 * both; HW_ERROR_IO when outcomes cannot be read. */
hw_status hw_compare_build(hw_book *book, const hw_contender *base, const hw_contender *variants,
                           uint32_t variant_count, const hw_compare_wish *wish, hw_errors *errors);

/* From the sheets of such a book: what was compared, what differs, how to read it, and the findings in
 * sentences. */
void hw_compare_print_head(FILE *out, const hw_book *book);
/* Only its first lines, about the base. */
void hw_compare_print_base(FILE *out, const hw_book *book);
/* Only what must not be overlooked: failed and missing replications, ground that differs. */
void hw_compare_print_warnings(FILE *out, const hw_book *book);

#endif
