/* The answers to a scenario as a book of sheets: when, how likely, for how much. */
#ifndef HW_ANALYSIS_SUMMARY_H
#define HW_ANALYSIS_SUMMARY_H

#include "analysis/results/outcomes.h"
#include "analysis/tables/sheet.h"

typedef struct hw_summary_wish {
    const int64_t *by; /* dates (days since 1970-01-01) for "released by", beside the usual ones */
    uint32_t by_count;
    const char *place;       /* only this place or district; NULL: all */
    bool every_year;         /* on the terminal too */
    bool terminal_only;      /* leave out what only files would show */
    const char *const *only; /* names of the only sheets wanted, NULL at their end; NULL: all */
} hw_summary_wish;

/* Fills an empty book. HW_ERROR_INPUT for an unknown place (nearest name in errors) or a date outside the
 * simulated span, HW_ERROR_IO when the outcomes hold no answer or cannot be read, HW_ERROR_LAW when not
 * one replication is good. */
hw_status hw_summary_build(hw_book *book, const hw_outcomes *outcomes, const hw_summary_wish *wish,
                           hw_errors *errors);

/* What was run, how to read the figures, and, loudly, whether anything failed or is missing. */
void hw_summary_print_head(FILE *out, const hw_outcomes *outcomes);
/* Only the loud part; nothing when all is well. */
void hw_summary_print_warnings(FILE *out, const hw_outcomes *outcomes);

/* In which currency a summary or an explanation tells of money, and at what rate; nothing when it is USD. As
 * a fact of the sheet "about", once that is there. */
void hw_summary_print_money(FILE *out, const hw_outcomes *outcomes);
void hw_summary_add_money(hw_book *book, const hw_outcomes *outcomes);

/* The sheet "about": the same facts as label and value; and, when there are any, "failed_replications". */
void hw_summary_add_about(hw_book *book, const hw_outcomes *outcomes);

#endif
