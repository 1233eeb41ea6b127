/* What the files of comparisons share: how rows are made from two samples, and the words for them. */
#ifndef HW_ANALYSIS_COMPARE_PARTS_H
#define HW_ANALYSIS_COMPARE_PARTS_H

#include "analysis/compare/compare.h"
#include <math.h>

/* ---- Making rows ---- */

/* One scenario's values of the variable. */
typedef struct hw_compare_side {
    const hw_outcomes *outcomes;
    const hw_variable *variable;
    const double *values; /* of all good replications; apart: summaries of each element */
    const uint64_t *at;   /* pair by pair: which replication; apart: NULL */
} hw_compare_side;

/* The rows of one kind and variant while they are made. */
typedef struct hw_compare_job {
    hw_comparison *all;
    const hw_compare_kind *what;
    uint32_t kind, variant;
    uint64_t count; /* pairs */
    bool days;      /* rows are of days: what lies before the start in all worlds is left out */
    hw_compare_side base, changed;
    double *x, *y;            /* samples: a number for each pair; apart: NULL */
    double *weights;          /* of the pairs, add up to 1: those of the base's worlds; NULL: all alike */
    struct hw_steady *steady; /* of copies; NULL without any */
} hw_compare_job;

/* The kinds of `homeward compare`. */
enum {
    HW_KIND_PLACE_RELEASE,
    HW_KIND_PLACE_RELEASE_BY,
    HW_KIND_PLACE_NEVER,
    HW_KIND_PLACE_PEOPLE,
    HW_KIND_DISTRICT_COMPLETION,
    HW_KIND_DISTRICT_COMPLETION_BY,
    HW_KIND_DISTRICT_NEVER,
    HW_KIND_LAND,
    HW_KIND_PEOPLE,
    HW_KIND_PERSON_YEARS,
    HW_KIND_MONEY,
    HW_KIND_MONEY_BY_STREAM,
    HW_KIND_VICTIMS,
    HW_KINDS
};
extern const hw_compare_kind hw_compare_kinds[HW_KINDS];

/* As hw_compare_scenarios, by other kinds and without findings. The kinds must outlive the comparison. */
hw_status hw_compare_by_kinds(hw_comparison *all, const hw_contender *base, const hw_contender *variants,
                              uint32_t variant_count, const hw_compare_wish *wish,
                              const hw_compare_kind *kinds, uint32_t kind_count, hw_errors *errors);

/* What a variant is compared with. */
static inline const hw_contender *hw_compare_base_of(const hw_comparison *all, uint32_t variant) {
    return all->variants[variant].base != NULL ? all->variants[variant].base : all->base;
}

/* A value of the variable in a pair. */
static inline double hw_compare_value(const hw_compare_side *side, uint64_t pair, size_t element) {
    return side->values[side->at[pair] * side->variable->count + element];
}

/* Where only summaries were kept: those of an element, in the order of HW_SUMMARY_MEAN. */
static inline const double *hw_compare_summary(const hw_compare_side *side, size_t element) {
    return side->values + element * (HW_SUMMARY_BY + side->outcomes->summary_by_count);
}

/* A day, or for what has not happened by the horizon the horizon's end. */
double hw_compare_restricted(double day, const hw_outcomes *outcomes, int64_t unused);
/* 1 when a day has come by the end of a date, else 0. */
double hw_compare_happened(double day, const hw_outcomes *outcomes, int64_t by);

/* Whether an element is on both sides, in all worlds, a day before the start: no forecast, and nothing that a
 * variant could change. */
bool hw_compare_are_facts(const hw_compare_job *job, size_t base, size_t changed);

/* The share of the job's worlds in which a day does not come by the horizon. */
double hw_compare_censored(const hw_compare_job *job, const hw_compare_side *side, size_t element);
/* Notes the censored shares of a mean of days in the job's rows. */
void hw_compare_note_censored(hw_compare_job *job, const char *label, double base, double variant);

/* The name of an element of a variable: "Agdam city", "Agdam city, money"; of a single number the variable's
 * own. The caller frees it. */
char *hw_compare_element(const hw_record_layout *layout, const hw_variable *variable, size_t element);

/* Rows for each element that both have and that is wanted, matched by name. */
void hw_compare_rows_restricted(hw_compare_job *job);
void hw_compare_rows_by(hw_compare_job *job);
void hw_compare_rows_never(hw_compare_job *job);
void hw_compare_rows_numbers(hw_compare_job *job);
/* One row: the mean of all places that both have, of days and of probabilities by the first date. */
void hw_compare_rows_mean_of_places(hw_compare_job *job);
void hw_compare_rows_mean_chance(hw_compare_job *job);
/* Rows for people by the dates, and the totals of money and victims. */
void hw_compare_rows_people(hw_compare_job *job);
void hw_compare_rows_land(hw_compare_job *job);
void hw_compare_row_spending(hw_compare_job *job);
void hw_compare_row_victims(hw_compare_job *job);

/* Adds the row that the samples x and y of the job say; `by`: NaN without one. The row holds its place until
 * the next one is added. */
hw_compare_row *hw_compare_add(hw_compare_job *job, const char *label, double by);
/* The same of a comparison that is made already. */
hw_compare_row *hw_compare_add_result(hw_compare_job *job, const char *label, double by,
                                      const hw_paired *paired);

/* Whether the place or district (the axis) of that name is wanted. */
bool hw_compare_wants(const hw_comparison *all, const char *axis, const char *name);

/* ---- Copies (steady.c) ---- */

/* Rows are made once for each copy, in the same order: samples are added up, and the last pass makes the
 * rows of the means. */
typedef struct hw_steady hw_steady;
hw_steady *hw_steady_begin(uint32_t passes, uint64_t worlds, size_t first_row);
void hw_steady_next(hw_steady *steady);
bool hw_steady_is_first(const hw_steady *steady);
hw_compare_row *hw_steady_add(hw_compare_job *job, const char *label, double by);
void hw_steady_free(hw_steady *steady);

/* The row of the samples themselves. */
hw_compare_row *hw_compare_add_plain(hw_compare_job *job, const char *label, double by);

/* Variants that are asked about: all but the floor. */
static inline uint32_t hw_compare_asked(const hw_comparison *all) {
    return all->variant_count - all->has_floor;
}

/* The dates of a kind. */
static inline const int64_t *hw_compare_dates(const hw_compare_job *job, uint32_t *count) {
    *count = job->what->on != NULL ? 1 : job->all->by_count;
    return job->what->on != NULL ? job->what->on : job->all->by;
}

/* Judges all rows together, settles their numbers, and sums up what pairing saved. */
void hw_compare_judge(hw_comparison *all);
void hw_compare_sum_up_pairing(hw_comparison *all);

/* ---- Words ---- */

/* "could be zero"; the same as a mark behind a figure: "~". */
const char *hw_compare_verdict(hw_verdict verdict);
const char *hw_compare_mark(hw_verdict verdict);
/* The verdict of a row; rows of the floor have none. */
const char *hw_compare_row_verdict(const hw_comparison *all, const hw_compare_row *row);

/* "210" + after + " (95 %: 180 to 240" + end + ")". The caller frees it. */
char *hw_amount_words(const hw_amount *amount, uint32_t decimals, const char *after, const char *end);

/* How many rows have which verdict; those that are clear among all by their sign. */
typedef struct hw_verdict_count {
    unsigned below, above, alone, unclear, same, floor;
} hw_verdict_count;

void hw_verdict_count_add(hw_verdict_count *count, const hw_compare_row *row);
unsigned hw_verdict_count_all(const hw_verdict_count *count);
/* "clearly among all 142 comparisons; 3 more differ when ..." to the end of the sentence. Free it. */
char *hw_verdict_count_words(const hw_verdict_count *count, size_t comparisons);

/* The middle, least and most of the savings that are known; sorts them. */
typedef struct hw_savings {
    size_t known;
    double middle, least, most;
} hw_savings;

hw_savings hw_savings_of(double *times, size_t count);

/* Adds a finding; owns the sentence. */
void hw_compare_say(hw_comparison *all, uint32_t variant, char *sentence);
/* Findings about the noise floor that is missing and what copies brought to the rows of a kind. */
void hw_compare_say_repeats(hw_comparison *all, uint32_t kind);
/* The findings of `homeward compare`. */
void hw_compare_find(hw_comparison *all);

/* ---- Last: tables and what stands above them ---- */

/* Whether a row of that date is the one that stands for all dates. */
bool hw_compare_is_main_date(const hw_comparison *all, double by);

/* The tables of all kinds, and of what pairing saved; shown on the terminal or only for files. */
void hw_compare_add_tables(hw_book *book, const hw_comparison *all, bool shown);
/* The table "findings", with a column for the scenario when findings are of one. */
void hw_compare_add_findings(hw_book *book, const hw_comparison *all, bool with_scenario);
/* The tables "censoring", "about", "differing_values" and "not_in_both". */
void hw_compare_add_about(hw_book *book, const hw_comparison *all);

void hw_compare_print_base(FILE *out, const hw_comparison *all);
/* "How to read": what a difference is, then how days and marks are to be read, then `more`. */
void hw_compare_print_reading(FILE *out, const hw_comparison *all, const char *difference, const char *more);

#endif
