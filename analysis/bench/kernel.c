/* The kernel against a loop by hand, and against SimPy. */
#include "analysis/base/memory.h"
#include "analysis/bench/child.h"
#include "analysis/bench/mm1.h"
#include "analysis/bench/parts.h"
#include <math.h>
#include <stdlib.h>

static const hw_bench_measure kernel_cost = {"mm1_kernel", "kernel", "ns a customer", 1, 0, 0};
static const hw_bench_measure by_hand_cost = {"mm1_by_hand", "by hand", "ns a customer", 1, 0, 0};
static const hw_bench_measure kernel_ratio = {"mm1_ratio", "kernel / by hand", "times the time",
                                              2,           HW_BENCH_AT_MOST,   1.5};
static const hw_bench_measure difference = {
    "mm1_differences", "rounds with different answers", "rounds", 0, HW_BENCH_AT_MOST, 0};
static const hw_bench_measure mean_wait = {
    "mm1_mean_wait", "mean wait (9 in the long run)", "service times", 3, 0, 0};

typedef struct answer {
    double wait, seconds;
    uint64_t events;
} answer;

static answer ask_kernel(uint64_t customers, uint64_t seed) {
    answer a;
    hw_bench_mm1_kernel(customers, seed, &a.wait, &a.seconds, &a.events);
    return a;
}

static answer ask_by_hand(uint64_t customers, uint64_t seed) {
    answer a;
    hw_bench_mm1_by_hand(customers, seed, &a.wait, &a.seconds, &a.events);
    return a;
}

void hw_bench_kernel(hw_bench_report *report, const hw_bench_wish *wish) {
    const uint32_t rounds = wish->quick ? 3 : 11;
    const uint64_t customers = wish->quick ? 100000 : 1000000;
    double kernel[HW_BENCH_ROUNDS_MOST], by_hand[HW_BENCH_ROUNDS_MOST], ratio[HW_BENCH_ROUNDS_MOST],
        wait[HW_BENCH_ROUNDS_MOST];
    double different = 0;
    hw_bench_heading("M/M/1, kernel against a loop by hand: %u rounds of %u customers (2 events each)",
                     rounds, (unsigned)customers);
    for (uint32_t i = 0; i < rounds; i++) {
        /* Each goes first in every other round, so that a drift of the clock rate favours neither. */
        answer first = i % 2 ? ask_by_hand(customers, i) : ask_kernel(customers, i);
        answer second = i % 2 ? ask_kernel(customers, i) : ask_by_hand(customers, i);
        answer a = i % 2 ? second : first, b = i % 2 ? first : second;
        different += !(a.wait == b.wait && a.events == b.events);
        kernel[i] = 1e9 * a.seconds / (double)customers;
        by_hand[i] = 1e9 * b.seconds / (double)customers;
        ratio[i] = a.seconds / b.seconds;
        wait[i] = a.wait;
    }
    hw_bench_record(report, &kernel_cost, kernel, rounds);
    hw_bench_record(report, &by_hand_cost, by_hand, rounds);
    hw_bench_record(report, &kernel_ratio, ratio, rounds);
    hw_bench_record_one(report, &difference, different);
    hw_bench_record(report, &mean_wait, wait, rounds);
}

/* ---- SimPy ---- */

static const hw_bench_measure kernel_speed = {"simpy_kernel", "kernel", "events a second", 0, 0, 0};
static const hw_bench_measure simpy_speed = {"simpy_simpy", "SimPy", "events a second", 0, 0, 0};
static const hw_bench_measure simpy_ratio = {
    "simpy_ratio", "kernel / SimPy", "times the speed", 1, HW_BENCH_AT_LEAST, 40};
static const hw_bench_measure simpy_wait = {
    "simpy_mean_wait", "mean wait in SimPy (9 in the long run)", "service times", 3, 0, 0};

enum { SIMPY_ROUNDS_MOST = 5 };

typedef struct comparison {
    double kernel[SIMPY_ROUNDS_MOST], simpy[SIMPY_ROUNDS_MOST], ratio[SIMPY_ROUNDS_MOST],
        wait[SIMPY_ROUNDS_MOST];
} comparison;

/* One round of each. Returns why there is no answer, to be freed, or NULL. */
static char *compare_once(const hw_bench_wish *wish, uint32_t round, comparison *result) {
    const uint64_t customers = wish->quick ? 20000 : 200000;
    const uint64_t kernel_customers = wish->quick ? 200000 : 2000000;
    char *number = hw_take_text("%u", (unsigned)customers), *seed = hw_take_text("%u", round);
    const char *const words[] = {"/usr/bin/python3", wish->peer, number, seed, NULL};
    hw_bench_child child = hw_bench_child_run(words);
    free(number);
    free(seed);
    answer kernel = ask_kernel(kernel_customers, round);
    double seconds = hw_bench_child_number(&child, "seconds");
    char *why = NULL;
    if (child.exit_code != 0 || !(seconds > 0)) {
        why = hw_bench_child_last_words(&child, "the SimPy script gave no figures");
    }
    /* An arrival and a departure for each customer in both, whatever SimPy puts into its own queue. */
    result->simpy[round] = 2.0 * (double)customers / seconds;
    result->kernel[round] = (double)kernel.events / kernel.seconds;
    result->ratio[round] = result->kernel[round] / result->simpy[round];
    result->wait[round] = hw_bench_child_number(&child, "mean_wait");
    hw_bench_child_free(&child);
    return why;
}

static void miss_simpy(hw_bench_report *report, const char *why) {
    hw_bench_miss(report, &kernel_speed, why);
    hw_bench_miss(report, &simpy_speed, why);
    hw_bench_miss(report, &simpy_ratio, why);
    hw_bench_miss(report, &simpy_wait, why);
}

void hw_bench_simpy(hw_bench_report *report, const hw_bench_wish *wish) {
    const uint32_t rounds = wish->quick ? 1 : SIMPY_ROUNDS_MOST;
    hw_bench_heading(
        "M/M/1, kernel against SimPy (an arrival and a departure for each customer are 2 events)");
    if (wish->peer == NULL) {
        miss_simpy(report, "analysis/bench/peers/mm1_simpy.py is not to be found");
        return;
    }
    comparison result;
    for (uint32_t i = 0; i < rounds; i++) {
        char *why = compare_once(wish, i, &result);
        if (why != NULL) {
            miss_simpy(report, why);
            free(why);
            return;
        }
    }
    hw_bench_record(report, &kernel_speed, result.kernel, rounds);
    hw_bench_record(report, &simpy_speed, result.simpy, rounds);
    hw_bench_record(report, &simpy_ratio, result.ratio, rounds);
    hw_bench_record(report, &simpy_wait, result.wait, rounds);
}
