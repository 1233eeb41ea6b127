/* What the files of the comparison share: one kind of sheet as a row of a table, and how a row of a sheet is
 * made from two samples. */
#ifndef HW_ANALYSIS_COMPARE_PARTS_H
#define HW_ANALYSIS_COMPARE_PARTS_H

#include "analysis/compare/compare.h"
#include "analysis/figures/paired.h"
#include "analysis/results/censoring.h"

/* One comparison, and the row of the sheet that tells of it. */
typedef struct hw_compared {
    uint32_t sheet;
    size_t row;
    uint32_t variant; /* which one */
} hw_compared;

struct hw_compare;
struct hw_compare_sheet;

/* Which sheets a comparison has, and what is said about them. */
typedef struct hw_compare_plan {
    const struct hw_compare_sheet *kinds; /* in the order in which they are read */
    uint32_t kind_count;
    void (*conclude)(struct hw_compare *all); /* adds sheets on the sheets */
    const void *context;                      /* for rows and conclude */
} hw_compare_plan;

typedef struct hw_compare {
    const hw_compare_plan *plan;
    hw_book *book;
    const hw_contender *base, *variants;
    uint32_t variant_count;
    bool apart;      /* only summaries were kept, of one scenario at least: worlds cannot be paired */
    hw_pairs *pairs; /* of each variant */
    hw_differences *differences;
    int64_t *by;                /* ascending, different, inside the simulated span */
    uint32_t by_count, main_by; /* main_by: the one that has room on the terminal, among several variants */
    const char *place;          /* the only place or district wanted, or NULL */
    const char *place_axis;     /* which of the two it is: "place", "district" */
    hw_paired *results;
    hw_compared *compared;
    size_t count, room;         /* of results and compared */
    hw_censored_means censored; /* restricted means, as they are told */
    size_t judged;              /* comparisons that count */
} hw_compare;

/* Rows that others look up. */
#define HW_COMPARE_ALL_CLEARANCE "mine action in all"
#define HW_COMPARE_ALL_VICTIMS "all victims"

struct hw_compare_job;

/* One kind of sheet: a new comparison is one such row. */
typedef struct hw_compare_sheet {
    const char *name, *title;
    const char *group;      /* whose pairing is told together: "places" */
    const char *variable;   /* of the outcome */
    const char *label, *by; /* columns that name a row; by: NULL or a date or year, across on the terminal */
    const char *by_units;   /* "date" or NULL */
    const char *units, *difference_units;
    double scale; /* from the variable's units */
    uint32_t decimals;
    bool share;           /* of events, in per cent: values are 0 or 1 */
    bool only_with_place; /* on the terminal */
    /* Adds the rows of one variant. */
    void (*rows)(struct hw_compare_job *job);
} hw_compare_sheet;

/* One scenario's values of the sheet's variable. */
typedef struct hw_compare_side {
    const hw_outcomes *outcomes;
    const hw_variable *variable;
    const double *values; /* of all good replications; apart: summaries of each element */
    const uint64_t *at;   /* pair by pair: which of them; apart: NULL */
} hw_compare_side;

typedef struct hw_compare_job {
    hw_compare *all;
    const hw_compare_sheet *what;
    uint32_t sheet, variant;
    uint64_t count; /* pairs */
    hw_compare_side base, changed;
    double *x, *y; /* samples: a number for each pair; apart: NULL */
} hw_compare_job;

/* Columns of the row in whose order the sheets have them. */
enum {
    HW_COMPARE_SCENARIO,
    HW_COMPARE_LABEL,
    HW_COMPARE_BY, /* left out in sheets without it: all below move up by one */
    HW_COMPARE_BASE,
    HW_COMPARE_VARIANT,
    HW_COMPARE_DIFFERENCE,
    HW_COMPARE_LOW,
    HW_COMPARE_HIGH,
    HW_COMPARE_ERROR,
    HW_COMPARE_P,
    HW_COMPARE_LOWER,
    HW_COMPARE_HIGHER,
    HW_COMPARE_SAVING,
    HW_COMPARE_VERDICT,
    HW_COMPARE_MARK,
};

/* The index of such a column in a sheet of this kind. */
static inline uint32_t hw_compare_column(const hw_compare_sheet *what, uint32_t column) {
    return column > HW_COMPARE_BY && what->by == NULL ? column - 1 : column;
}

/* What a variant is compared with. */
static inline const hw_contender *hw_compare_base_of(const hw_compare *all, uint32_t variant) {
    return all->variants[variant].base != NULL ? all->variants[variant].base : all->base;
}

/* What `homeward compare` compares. Not for summaries. */
extern const hw_compare_plan hw_compare_everything;

/* As hw_compare_build, by another plan. */
hw_status hw_compare_build_plan(hw_book *book, const hw_contender *base, const hw_contender *variants,
                                uint32_t variant_count, const hw_compare_wish *wish,
                                const hw_compare_plan *plan, hw_errors *errors);

/* A value of the sheet's variable in a pair. */
static inline double hw_compare_value(const hw_compare_side *side, uint64_t pair, size_t element) {
    return side->values[side->at[pair] * side->variable->count + element];
}

/* Where only summaries were kept: those of an element, in the order of HW_SUMMARY_MEAN. */
static inline const double *hw_compare_summary(const hw_compare_side *side, size_t element) {
    return side->values + element * (HW_SUMMARY_BY + side->outcomes->summary_by_count);
}

/* A day, or for what has not happened by the horizon the horizon's end. */
double hw_compare_restricted(double day, const hw_outcomes *outcomes, int64_t unused);
/* 1 when it has happened by the end of a date; when it has not happened by the horizon; else 0. */
double hw_compare_happened(double day, const hw_outcomes *outcomes, int64_t by);
double hw_compare_never(double day, const hw_outcomes *outcomes, int64_t unused);

/* The share of the job's worlds in which a day does not come by the horizon. */
double hw_compare_censored(const hw_compare_job *job, const hw_compare_side *side, size_t element);
/* Notes these shares of a mean of days that the job's sheet tells. */
void hw_compare_note_censored(hw_compare_job *job, const char *label, double base, double variant);

/* Rows functions that other plans use, too: of one place or district, people, money, victims. */
void hw_compare_rows_restricted(hw_compare_job *job);
void hw_compare_rows_people(hw_compare_job *job);
void hw_compare_row_spending(hw_compare_job *job);
void hw_compare_row_victims(hw_compare_job *job);

/* Adds the row that the samples x and y of the job say. `by` stands for a cell of the column "by"; NULL
 * without one. */
void hw_compare_add(hw_compare_job *job, const char *label, const hw_cell *by);
/* The same of a comparison that is made already. */
void hw_compare_add_result(hw_compare_job *job, const char *label, const hw_cell *by,
                           const hw_paired *paired);

/* Whether the place or district (the axis) of that name is wanted. */
bool hw_compare_wants(const hw_compare *all, const char *axis, const char *name);

/* "cannot be told from zero"; the same as a mark behind a figure: "~". */
const char *hw_compare_verdict(hw_verdict verdict);
const char *hw_compare_mark(hw_verdict verdict);

/* Judges all comparisons together and writes the verdicts into their rows. */
void hw_compare_judge(hw_compare *all);
/* The sheet "pairing", one row for each group of sheets and variant; none when worlds are not paired. */
void hw_compare_add_pairing(hw_compare *all);

/* The verdict that stands in a row of a sheet. */
hw_verdict hw_compare_verdict_in(const hw_sheet *sheet, size_t row);

/* The sheet "findings": sentences on the sheets before it. */
void hw_compare_add_findings(hw_compare *all);

/* The sheets "about", "differing_values" and "not_in_both". */
void hw_compare_add_about(hw_compare *all);

#endif
