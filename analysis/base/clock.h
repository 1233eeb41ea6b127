/* The clock of all measures of one process: processor time of the calling thread, in seconds. On an idle
 * machine it goes like the clock on the wall; on a busy one it does not count what others use. */
#ifndef HW_ANALYSIS_BENCH_CLOCK_H
#define HW_ANALYSIS_BENCH_CLOCK_H

#include <time.h>

static inline double hw_bench_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

#endif
