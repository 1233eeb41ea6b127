/* The kernel's price: the same single-server queue simulated twice, through the kernel and by hand.
 *
 * Customers arrive at rate 0.9 and are served at rate 1, first come first served, both times exponential
 * (M/M/1). The form by hand is what a programmer would write for this one question: a loop, a 4-ary heap, two
 * streams. Both draw the same numbers and so answer the same to the last bit. */
#ifndef HW_ANALYSIS_BENCH_MM1_H
#define HW_ANALYSIS_BENCH_MM1_H

#include <stdint.h>

/* Simulates until `customers` (at least 1) have been served. Gives the mean wait before service (in units of
 * the mean service time; 9 in the long run), the seconds of processor time taken by the simulation alone,
 * without setting up memory, and the number of events handled. Mean wait and seconds are NaN when there is no
 * memory for it. */
void hw_bench_mm1_kernel(uint64_t customers, uint64_t seed, double *mean_wait, double *seconds,
                         uint64_t *events);
void hw_bench_mm1_by_hand(uint64_t customers, uint64_t seed, double *mean_wait, double *seconds,
                          uint64_t *events);

#endif
