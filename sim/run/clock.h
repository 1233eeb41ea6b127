/* Wall time for pacing: how often to redraw, to synchronise, to look at shared counters. Never part of a
 * result. */
#ifndef HW_SIM_RUN_CLOCK_H
#define HW_SIM_RUN_CLOCK_H

#include <time.h>

/* Seconds since an arbitrary moment; never goes back. */
static inline double hw_clock_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

#endif
