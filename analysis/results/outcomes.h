/* Replications to ask questions of: the outcomes of one scenario, wherever they lie. Questions see a result
 * file only through this, so they can be tested on samples made by hand. */
#ifndef HW_ANALYSIS_OUTCOMES_H
#define HW_ANALYSIS_OUTCOMES_H

#include "analysis/results/differences.h"
#include "analysis/results/money.h"
#include "sim/error.h"
#include "sim/record.h"
#include "sim/run/intake.h"
#include "sim/world.h"
#include <stdbool.h>
#include <stdint.h>

typedef struct hw_failed_replication {
    uint64_t key;
    const char *message;
} hw_failed_replication;

/* What facts have taught of replications: they no longer count alike (learnt.h). */
typedef struct hw_learnt {
    int64_t as_of;    /* facts that were known by then */
    uint32_t facts;   /* so many */
    double power;     /* to which their likelihood was taken; below 1 a part was learnt */
    double effective; /* as many replications alike would be as good */
    double *weights;  /* of the good ones, add up to 1; NULL: nothing was learnt, all count alike */
} hw_learnt;

typedef struct hw_outcomes {
    const char *title, *model, *version, *digest;
    const char *code;             /* what the model was built from; NULL: it does not say */
    const char *settings, *files; /* what was set over which files, one a line; or NULL */
    uint64_t seed;
    uint64_t asked;           /* replications that were asked for */
    const char *const *given; /* what the reader knows (given.h): worlds that contradict it are left out */
    uint32_t given_count;
    uint64_t left_out; /* so many good ones */
    hw_learnt learnt;
    uint64_t count;       /* good ones */
    const uint64_t *keys; /* of the good ones, ascending */
    hw_failed_replication *failed;
    uint64_t failed_count;
    bool complete;
    bool unsealed;          /* the file is not as Homeward wrote it */
    int64_t start, horizon; /* days since 1970-01-01; the horizon is the last day, simulated to its end */
    bool *empty;            /* place by place: nobody is planned to live there; NULL: somebody everywhere */
    uint32_t
        *district_of;     /* place by place: its position among the districts, UINT32_MAX: unknown; or NULL */
    hw_money money;       /* in which amounts are told where a command asks for it (money.h) */
    const char *resolved; /* the whole scenario as YAML; NULL for samples made by hand */
    const char *rows;     /* all of its values (value_tree.h); likewise */
    char *own_rows;       /* these, where a file of an older format lacks them */
    const hw_laid_value *laid; /* values that were set over it */
    uint32_t laid_count;
    const hw_record_layout *layout;
    void *source;
    void (*close)(void *source); /* NULL: the source is somebody else's */
    /* As hw_results_read: count * variable->count numbers that the caller frees, or NULL. NULL where only
     * summaries of the replications were kept; then `keys` is NULL, too. */
    double *(*read)(void *source, const char *variable, hw_errors *errors);
    /* The same of some replications only, from the `first` good one on; NULL where only `read` can. */
    double *(*read_some)(void *source, const char *variable, uint64_t first, uint64_t count,
                         hw_errors *errors);
    uint64_t block;             /* replications of a block of the file */
    struct hw_tallies *tallies; /* of very many replications: what questions are answered from; or NULL */
    /* Where they were: for each number of the variable HW_SUMMARY_BY + summary_by_count doubles in the order
     * below, in an array that the caller frees, or NULL. */
    double *(*summarise)(void *source, const char *variable, hw_errors *errors);
    uint32_t summary_by_count; /* dates of which probabilities were kept, */
    const int64_t *summary_by; /* days since 1970-01-01 */
} hw_outcomes;

/* What a summary says of a number: the mean and standard deviation of a day that counts to the horizon where
 * it does not happen, of other numbers without those that are missing; the share that is missing; for days
 * the probability by each date (NaN otherwise). */
enum { HW_SUMMARY_MEAN, HW_SUMMARY_SD, HW_SUMMARY_MISSING, HW_SUMMARY_BY };

/* Opens a result file. Statuses and errors are those of hw_results_open_as; HW_ERROR_IO too when its scenario
 * does not say from when to when it goes. */
hw_status hw_outcomes_open(hw_outcomes *outcomes, const char *path, hw_errors *errors);
/* The same; with HW_UNSEALED_TOO also a file without a good seal. */
hw_status hw_outcomes_open_as(hw_outcomes *outcomes, const char *path, hw_trust trust, hw_errors *errors);
void hw_outcomes_close(hw_outcomes *outcomes);

/* Whether they are whole and answer this very question, asked of this version of the program and its code. */
bool hw_outcomes_answer(const hw_outcomes *outcomes, const hw_model *model, const char *digest, uint64_t seed,
                        uint64_t replications);

/* Whether all `asked` replications are good, so that worlds can be held against those of others:
 * HW_ERROR_LAW otherwise. `name` says of what. */
hw_status hw_outcomes_all_good(const hw_outcomes *outcomes, uint64_t asked, const char *name,
                               hw_errors *errors);

/* Fills in what outcomes with a layout take from the values of their scenario: rows, start, horizon, empty,
 * district_of. `rows` are NULL in files of older formats: then they are made from `resolved`. False with an
 * error when the scenario does not say from when to when it goes. Free after success and failure alike. */
bool hw_outcomes_read_scenario(hw_outcomes *outcomes, const char *rows, const char *resolved,
                               hw_errors *errors);
void hw_outcomes_free_scenario(hw_outcomes *outcomes);

/* The day to which the scenario knows anything (its `as_of`); false when it says none. */
bool hw_outcomes_as_of(const hw_outcomes *outcomes, int64_t *day);

/* What the table is that values were drawn from ("conditioned on 61 facts known by 2023-04-01, ..."),
 * allocated; NULL when the scenario draws them itself. */
char *hw_outcomes_parameters(const hw_outcomes *outcomes);

const hw_axis *hw_outcomes_axis(const hw_outcomes *outcomes, const char *name);

/* Whether they are of land alone: there are districts, and nobody is planned to live in any place. */
bool hw_outcomes_of_land_alone(const hw_outcomes *outcomes);
/* The position of a label on a labelled axis; UINT32_MAX when it is missing (or no such axis). */
uint32_t hw_axis_find(const hw_axis *axis, const char *label);

/* What a position on an axis is called, allocated: its label, its date, or its number. */
char *hw_axis_label(const hw_axis *axis, size_t position);

/* The name of the district in which a place lies; NULL when it is not known. */
const char *hw_outcomes_district(const hw_outcomes *outcomes, const char *place);

/* The value of an axis of days (days since the start), which is the last day of the span that it stands for,
 * as days since 1970-01-01. */
int64_t hw_outcomes_last_day(const hw_outcomes *outcomes, double value);

#endif
