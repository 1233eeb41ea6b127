/* Levers one at a time against a base on the same worlds, ranked by what each brings: days gained for a
 * place, people home by a date, victims averted, dollars saved. */
#ifndef HW_ANALYSIS_LEVERS_H
#define HW_ANALYSIS_LEVERS_H

#include "analysis/compare/compare.h"

/* Kinds of contenders, ranked apart. */
#define HW_LEVERS_SINGLE "lever"
#define HW_LEVERS_BUNDLE "bundle"

typedef struct hw_levers_wish {
    const char *place; /* a place or district; NULL: the mean of all places */
    int64_t by;        /* the date of "people home by" */
} hw_levers_wish;

/* The usual date: the end of 2035, or the horizon when that comes first. */
int64_t hw_levers_usual_date(const hw_outcomes *outcomes);

/* Fills an empty book. Statuses as hw_compare_build. A contender's kind is one of the two above. */
hw_status hw_levers_build(hw_book *book, const hw_contender *base, const hw_contender *levers,
                          uint32_t lever_count, const hw_levers_wish *wish, hw_errors *errors);

/* What was compared, how to read it, and the findings in sentences. */
void hw_levers_print_head(FILE *out, const hw_book *book);

#endif
