/* Scenarios against a base on the same worlds: what a variant changes for each place and district, for
 * people, money and victims.
 *
 * First come the values: one typed row for each difference, with its interval, its verdict among all of them
 * and what pairing saved. Rankings, findings and warnings work on these rows. Tables, pages and sentences are
 * made from them last, and nothing reads a table. */
#ifndef HW_ANALYSIS_COMPARE_H
#define HW_ANALYSIS_COMPARE_H

#include "analysis/figures/paired.h"
#include "analysis/figures/trimmed.h"
#include "analysis/results/censoring.h"
#include "analysis/results/worlds.h"
#include "analysis/tables/sheet.h"

/* A scenario in the comparison. Borrowed. */
typedef struct hw_contender {
    const char *name; /* short, for columns: "map-exchange"; different from all others' */
    uint32_t group;   /* what is ranked together */
    const hw_outcomes *outcomes;
    const struct hw_contender *base; /* its own, or NULL: the base of all */
    bool floor; /* the base with hardly more money: it is not judged, but what moves no more is noise */
    const hw_outcomes *const
        *copies;         /* the same with hardly more money: a world's answer is the mean of all */
    uint32_t copy_count; /* the same for all contenders */
} hw_contender;

typedef struct hw_compare_wish {
    const int64_t *by; /* dates (days since 1970-01-01), beside the usual ones */
    uint32_t by_count;
    bool only_by;        /* these dates only */
    const char *place;   /* only this place or district, and what concerns all; NULL: all */
    const char *element; /* only the number of this name of each variable of a sweep; NULL: all */
    bool floor_missing;  /* a noise floor was asked for, and there is no money to change */
} hw_compare_wish;

struct hw_compare_job;

/* One kind of difference, and the table that shows it. */
typedef struct hw_compare_kind {
    const char *name, *title; /* of the table */
    const char *group;        /* whose pairing is summed up together: "places" */
    const char *variable;     /* of the outcome */
    const char *label, *by; /* columns that name a row; by: NULL or a date or year, across on the terminal */
    const char *by_units;   /* "date" or NULL */
    const char *units, *difference_units;
    double scale; /* from the variable's units */
    uint32_t decimals;
    bool share;           /* of events, in per cent: values are 0 or 1 */
    bool month_ends;      /* dates are moved to the end of a month before */
    bool only_with_place; /* on the terminal */
    const int64_t *on;    /* only at this date; NULL: at all dates of the comparison */
    uint32_t pays;        /* of a receipt's money: what counts, HW_GIFT_PAYS_... */
    /* Adds the rows of one variant. */
    void (*rows)(struct hw_compare_job *job);
} hw_compare_kind;

/* One difference. */
typedef struct hw_compare_row {
    uint32_t kind, variant; /* indices */
    char *label;            /* "Agdam city" */
    double by;              /* date (days since 1970-01-01) or year; NaN without one */
    bool total;             /* of all places, purposes or victims: what findings and rankings take */
    hw_paired found;        /* in the units of its kind, to the ten digits that are shown; NaN: unknown */
    double saving;          /* hw_paired_saving, likewise */
    hw_verdict verdict;     /* among all rows */
    hw_trimmed trimmed;     /* of the same differences; NaN for shares and where pairs are not known */
    double floor;           /* how far a change of nothing may move the mean, at most; NaN: unknown */
    double trimmed_floor;   /* likewise the trimmed mean */
    double steady; /* of copies: their standard error over that of as many runs as other worlds; or NaN */
} hw_compare_row;

/* A difference with its interval, as variant less base or turned round. */
typedef struct hw_amount {
    double value, low, high;
} hw_amount;

static inline hw_amount hw_amount_of(const hw_compare_row *row, bool turned) {
    const hw_paired *found = &row->found;
    return turned ? (hw_amount){-found->difference, -found->high, -found->low}
                  : (hw_amount){found->difference, found->low, found->high};
}

/* The rows of one kind, variant after variant. */
typedef struct hw_compare_rows {
    bool there; /* all scenarios have the variable */
    size_t first, count;
} hw_compare_rows;

/* What pairing saved one variant in a group of kinds. */
typedef struct hw_compare_pairing {
    uint32_t variant;
    const char *group;
    size_t count;            /* comparisons that differ */
    double together, median; /* times; NaN without any */
} hw_compare_pairing;

/* A place or district that only one of two scenarios has. */
typedef struct hw_one_sided {
    uint32_t variant;
    const char *axis, *name, *only_in;
} hw_one_sided;

/* A finding in words, about one variant or (in rankings) about all. */
typedef struct hw_sentence {
    uint32_t variant;
    char *text;
} hw_sentence;

typedef struct hw_comparison {
    const hw_contender *base, *variants;
    uint32_t variant_count;
    const hw_compare_kind *kinds; /* in the order in which they are read */
    uint32_t kind_count;
    bool apart;                  /* only summaries were kept of one at least: worlds cannot be paired */
    hw_pairs *pairs;             /* of each variant */
    hw_differences *differences; /* of each variant: values of its scenario that differ */
    int64_t *by;                 /* ascending, different, inside the simulated span */
    bool has_floor;              /* the first variant is the noise floor */
    bool floor_missing;          /* as in the wish */
    uint32_t by_count, main_by;  /* main_by: the one that has room on the terminal, among several variants */
    const char *place;           /* the only place or district wanted, or NULL */
    const char *place_axis;      /* which of the two it is: "place", "district" */
    const char *element;         /* as in the wish */
    hw_compare_row *rows;        /* kind by kind */
    size_t count, room;
    hw_compare_rows *of_kind;
    size_t judged; /* rows that count: those that differ in some world */
    hw_compare_pairing *pairing;
    size_t pairing_count;
    hw_one_sided *one_sided;
    size_t one_sided_count;
    hw_censored_means censored; /* restricted means that rows are made of */
    hw_sentence *findings;
    size_t finding_count;
} hw_comparison;

/* All that `homeward compare` compares, with findings. The contenders must outlive the comparison.
 * HW_ERROR_INPUT, with every reason, when a variant does not share the worlds of the base, for an unknown
 * place or a date outside the span; HW_ERROR_LAW when fewer than two worlds are good in both; HW_ERROR_IO
 * when outcomes cannot be read. Free after failure too. */
hw_status hw_compare_scenarios(hw_comparison *all, const hw_contender *base, const hw_contender *variants,
                               uint32_t variant_count, const hw_compare_wish *wish, hw_errors *errors);
void hw_comparison_free(hw_comparison *all);

/* Its tables. */
void hw_compare_build(hw_book *book, const hw_comparison *all);

/* For people: what was compared, what differs, how to read it, and the findings. */
void hw_compare_print_head(FILE *out, const hw_comparison *all);
/* Only what must not be overlooked: failed and missing replications, ground that differs. */
void hw_compare_print_warnings(FILE *out, const hw_comparison *all);

#endif
