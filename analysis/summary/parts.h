/* What the files of the summary share: the frame of a question, and the rows of its table of sheets. */
#ifndef HW_ANALYSIS_SUMMARY_PARTS_H
#define HW_ANALYSIS_SUMMARY_PARTS_H

#include "analysis/figures/estimate.h"
#include "analysis/results/reading.h"
#include "analysis/summary/summary.h"

typedef struct hw_summary_frame {
    const hw_outcomes *outcomes;
    const int64_t *by; /* ascending, different, inside the simulated span */
    uint32_t by_count;
    uint32_t place, district; /* the only ones wanted; UINT32_MAX: no choice was made */
    bool one_place;           /* whether `place` and `district` count */
    bool every_year;
} hw_summary_frame;

typedef enum hw_time_choice {
    HW_TIME_ALL,  /* a row for each year (or period) */
    HW_TIME_LAST, /* at the horizon only */
    HW_TIME_SUM,  /* all periods together, replication by replication */
} hw_time_choice;

typedef enum hw_amount_show {
    HW_SHOW_NOT,         /* in files only */
    HW_SHOW_LIST,        /* P10, P50, P90 and mean, each with its error */
    HW_SHOW_CROSS_MEAN,  /* mean ±error */
    HW_SHOW_CROSS_RANGE, /* P50 (P10–P90) */
} hw_amount_show;

/* One kind of sheet: a new answer is one such row. */
typedef struct hw_summary_sheet {
    const char *name, *title, *note;
    hw_status (*build)(hw_book *book, const struct hw_summary_sheet *what, const hw_summary_frame *frame,
                       hw_errors *errors);
    const char *variable;
    bool lived_in;   /* only of places where somebody is planned to live */
    bool peopled;    /* only of results where somebody is */
    bool land_alone; /* only of results where nobody is: hw_outcomes_of_land_alone */
    /* Of amounts: */
    const char *units;
    double scale;                     /* from the variable's units to these */
    uint32_t decimals, mean_decimals; /* on the terminal; more for the mean of small counts */
    hw_time_choice time;
    hw_amount_show show;
    const char *label, *across; /* axes; NULL without one */
} hw_summary_sheet;

/* Days of before the start in all replications: what the scenario has recorded of places. No other sheet
 * tells of them. */
hw_status hw_summary_facts(hw_book *book, const hw_summary_sheet *what, const hw_summary_frame *frame,
                           hw_errors *errors);
bool hw_summary_is_fact(const hw_reading *reading, size_t element);

/* Quantiles of a day along one axis of names, with the censored share. */
hw_status hw_summary_dates(hw_book *book, const hw_summary_sheet *what, const hw_summary_frame *frame,
                           hw_errors *errors);
/* The same for the last of them all, replication by replication. Of very many replications, which are only
 * tallied, there is no such sheet. */
hw_status hw_summary_last(hw_book *book, const hw_summary_sheet *what, const hw_summary_frame *frame,
                          hw_errors *errors);
/* A row of dates that may be censored: its first columns, and its cells (the last two: the censored share).
 */
uint32_t hw_summary_begin_dates(hw_sheet *sheet, const char *axis);
void hw_summary_set_dates(hw_cell *row, uint32_t first, const hw_reading *reading, hw_spread spread,
                          hw_probability share);
/* Land left, released and found anew by year. Likewise. */
hw_status hw_summary_land(hw_book *book, const hw_summary_sheet *what, const hw_summary_frame *frame,
                          hw_errors *errors);
/* Probability that the day has come by each of the dates. */
hw_status hw_summary_probabilities(hw_book *book, const hw_summary_sheet *what, const hw_summary_frame *frame,
                                   hw_errors *errors);
/* Quantiles and mean of anything that can be counted, along any axes. */
hw_status hw_summary_amounts(hw_book *book, const hw_summary_sheet *what, const hw_summary_frame *frame,
                             hw_errors *errors);

/* Columns "p10", "p10_low", "p10_high", "p10_error" and so on for P50 and P90; returns the first one's index.
 */
uint32_t hw_summary_add_quantile_columns(hw_sheet *sheet, const char *units, const char *error_units,
                                         uint32_t decimals);
enum { HW_QUANTILE_COLUMNS = 4 };

/* Fills the cells of P10, P50, P90 of a day (days since the start) or of an amount, from the first column on.
 */
void hw_summary_set_days(hw_cell *cells, const hw_spread *spread, const hw_outcomes *outcomes);
void hw_summary_set_amounts(hw_cell *cells, const hw_spread *spread);

/* Whether the frame wants position i of that axis on that sheet. */
bool hw_summary_wants(const hw_summary_frame *frame, const hw_summary_sheet *what, const hw_axis *axis,
                      uint32_t i);

/* The note of a sheet, with a word on places that are left out; NULL for none. The caller frees it. */
char *hw_summary_note(const hw_summary_frame *frame, const hw_summary_sheet *what);

#endif
