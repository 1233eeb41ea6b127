/* The progress of a run on standard error: a bar on a terminal, a plain line every few seconds elsewhere. The
 * only part of this floor that speaks to people. */
#ifndef HW_SIM_RUN_PROGRESS_H
#define HW_SIM_RUN_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

typedef struct hw_progress {
    bool silent, terminal;
    bool bar_shown;
    uint64_t found; /* finished before this run began */
    uint64_t total;
    const char *part;       /* which run of a study, or NULL */
    uint64_t before, after; /* replications of the study's other runs */
    double started, shown;  /* seconds of the clock */
} hw_progress;

/* Looks whether standard error is a terminal. */
void hw_progress_begin(hw_progress *progress, bool silent);

/* This is one run of a study: the bar counts also the replications of the runs before and after it. `part` is
 * borrowed and stands before the bar; NULL for a run of its own. */
void hw_progress_part_of(hw_progress *progress, const char *part, uint64_t before, uint64_t after);

/* `found` of `total` replications are finished already; the clock for the rate starts now. */
void hw_progress_start(hw_progress *progress, uint64_t found, uint64_t total);

/* Changes the total: a run to precision goes on. */
void hw_progress_extend(hw_progress *progress, uint64_t total);

/* `finished` replications (with those found) and `events` so far. Draws at most ten times a second on a
 * terminal, else every five seconds. */
void hw_progress_show(hw_progress *progress, uint64_t finished, uint64_t events);

/* A line of its own, also between two states of the bar. Kept silent with the rest unless `always`: that work
 * is thrown away is always said. */
void hw_progress_say(hw_progress *progress, bool always, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Takes the bar away and says what was done. */
void hw_progress_end(hw_progress *progress, uint64_t finished, uint64_t events);

#endif
