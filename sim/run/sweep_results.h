/* Reading the result of a sweep (layout: sweep_store.h). */
#ifndef HW_SIM_RUN_SWEEP_RESULTS_H
#define HW_SIM_RUN_SWEEP_RESULTS_H

#include "sim/error.h"
#include "sim/run/intake.h"
#include <stdbool.h>
#include <stdint.h>

typedef struct hw_sweep_results hw_sweep_results;

enum { HW_SWEEP_AXES_MOST = 6 };

/* A variable of the file: its axes behind `point`, and how many numbers of it each point has. */
typedef struct hw_sweep_variable {
    const char *name;
    const char *long_name, *units; /* may be NULL */
    uint32_t rank;                 /* axes, without the point */
    const char *axis[HW_SWEEP_AXES_MOST];
    uint64_t length[HW_SWEEP_AXES_MOST];
    uint64_t count; /* product of the lengths */
    bool text;
} hw_sweep_variable;

typedef struct hw_sweep_factor_info {
    const char *name, *path, *units;
    const char *paths; /* all of them: "a.b, c.d"; of a file that has the first only, that one */
    bool assumed;
    bool text; /* its coordinate is a text */
} hw_sweep_factor_info;

/* What an attribute says of the whole. Texts are never NULL. */
typedef struct hw_sweep_about {
    const char *title, *question, *design, *model, *version, *digest;
    uint64_t seed, replications, points;
    const char *file; /* the sweep's own file, resolved */
    bool sealed;      /* it is as Homeward wrote it */
    int32_t whole;    /* 1: all of each outcome was kept, 0: not; -1: the file is older and does not say */
} hw_sweep_about;

/* Whether the file at `path` says that it is the result of a sweep. False for everything else, without an
 * error. */
bool hw_sweep_results_is(const char *path);

/* Opens and checks: HW_ERROR_IO with a clear message for a missing, truncated, damaged or foreign file, one
 * of a format that this program does not know, one that is locked, and one whose seal is not good; with
 * HW_UNSEALED_TOO such a file is read as far as it can be. */
hw_sweep_results *hw_sweep_results_open_as(const char *path, hw_trust trust, hw_status *status,
                                           hw_errors *errors);
void hw_sweep_results_close(hw_sweep_results *results);

/* All borrowed until close. */
const hw_sweep_about *hw_sweep_results_about(const hw_sweep_results *results);
const hw_sweep_factor_info *hw_sweep_results_factors(const hw_sweep_results *results, uint32_t *count);
/* A variable along `point` by its name, or NULL. */
const hw_sweep_variable *hw_sweep_results_find(const hw_sweep_results *results, const char *name);

/* The names of the outputs: those of which there is a mean. */
const char *const *hw_sweep_results_outputs(const hw_sweep_results *results, uint32_t *count);

/* Labels (or numbers as texts, days as dates) of an axis: `length` texts, allocated with the array;
 * hw_sweep_results_free_texts. NULL when it cannot be read. Texts along an axis ("case_scenario") are read in
 * the same way. */
char **hw_sweep_results_axis(const hw_sweep_results *results, const char *axis, uint64_t *length);
/* The numbers of an axis that has no labels: `length` doubles for the caller to free. NULL when it has, or
 * when it cannot be read. */
double *hw_sweep_results_axis_numbers(const hw_sweep_results *results, const char *axis, uint64_t *length);
/* Its unit, for the caller to free; NULL when it has none. */
char *hw_sweep_results_axis_units(const hw_sweep_results *results, const char *axis);

/* The scenarios without any factor set, with all defaults, one for each label of the axis `case`; as
 * hw_sweep_results_axis. */
char **hw_sweep_results_scenarios(const hw_sweep_results *results, uint64_t *count);
/* Their values as rows; NULL in files of formats 1 and 2. */
char **hw_sweep_results_rows(const hw_sweep_results *results, uint64_t *count);
/* All paths of each factor, one a line; NULL in files of older programs. */
char **hw_sweep_results_paths(const hw_sweep_results *results, uint64_t *count);

/* All numbers of a variable, point slowest: points * count doubles for the caller to free; or its texts, one
 * a point. NULL with an error when there is no such variable or it cannot be read. */
double *hw_sweep_results_numbers(const hw_sweep_results *results, const char *name, hw_errors *errors);
/* The numbers of `count` points from `first` on only, which must be points of the sweep. */
double *hw_sweep_results_some_numbers(const hw_sweep_results *results, const char *name, uint64_t first,
                                      uint64_t count, hw_errors *errors);
char **hw_sweep_results_texts(const hw_sweep_results *results, const char *name, hw_errors *errors);
void hw_sweep_results_free_texts(char **texts, uint64_t count);

/* Points with failed replications, and the first message of each: arrays of `count`, borrowed until close. */
const char *const *hw_sweep_results_failures(const hw_sweep_results *results, uint64_t *count,
                                             const uint64_t **points);

#endif
