/* Allocations and memory of replications, counted by a second program. */
#include "analysis/base/memory.h"
#include "analysis/bench/child.h"
#include "analysis/bench/parts.h"
#include <math.h>
#include <stdlib.h>

static const double A_MEGABYTE = 1e6;

/* What one run of the counting program gives. */
typedef struct counted_measures {
    hw_bench_measure allocations, peak, speed;
} counted_measures;

static const counted_measures of_scenario = {
    .allocations = {"scenario_allocations", "allocations inside replications", "", 0, HW_BENCH_AT_MOST, 0},
    .peak = {"scenario_memory", "resident memory at its peak", "MB", 1, HW_BENCH_AT_MOST, 150},
    .speed = {"scenario_counted_speed", "events a second while counting", "", 0, 0, 0},
};
static const counted_measures of_parcels = {
    .allocations = {"parcels_allocations", "allocations inside the first replication", "", 0,
                    HW_BENCH_AT_MOST, 0},
    .peak = {"parcels_memory", "resident memory at its peak", "MB", 1, HW_BENCH_AT_MOST, 2000},
    .speed = {"parcels_speed", "events a second in the first replication", "", 0, 0, 0},
};

static void miss_all(hw_bench_report *report, const counted_measures *measures, const char *why) {
    hw_bench_miss(report, &measures->allocations, why);
    hw_bench_miss(report, &measures->peak, why);
    hw_bench_miss(report, &measures->speed, why);
}

static void count_in(hw_bench_report *report, const counted_measures *measures, const hw_bench_wish *wish,
                     const char *scenario, uint32_t warm_up, uint32_t replications) {
    if (wish->counter == NULL) {
        miss_all(report, measures, "the program homeward_allocations is not to be found");
        return;
    }
    char *before = hw_take_text("%u", warm_up), *count = hw_take_text("%u", replications);
    const char *const words[] = {wish->counter, scenario, before, count, NULL};
    hw_bench_child child = hw_bench_child_run(words);
    free(before);
    free(count);
    if (child.exit_code != 0) {
        char *why = hw_bench_child_last_words(&child, "homeward_allocations failed");
        miss_all(report, measures, why);
        free(why);
    } else {
        hw_bench_record_one(report, &measures->allocations, hw_bench_child_number(&child, "allocations"));
        hw_bench_record_one(report, &measures->peak,
                            hw_bench_child_number(&child, "peak_bytes") / A_MEGABYTE);
        hw_bench_record_one(report, &measures->speed,
                            hw_bench_child_number(&child, "events") /
                                hw_bench_child_number(&child, "seconds"));
    }
    hw_bench_child_free(&child);
}

void hw_bench_memory(hw_bench_report *report, const hw_bench_wish *wish) {
    const uint32_t warm_up = 2, replications = wish->quick ? 3 : 10;
    hw_bench_heading("Memory of the scenario: %u replications after %u to warm up, without MPI", replications,
                     warm_up);
    count_in(report, &of_scenario, wish, wish->scenario, warm_up, replications);
    hw_bench_heading("Memory and speed of nationwide-parcels.yaml: one replication, the first");
    if (wish->quick) {
        miss_all(report, &of_parcels, "left out by --quick");
    } else if (wish->parcels == NULL) {
        miss_all(report, &of_parcels, "scenarios/nationwide-parcels.yaml is not to be found");
    } else {
        count_in(report, &of_parcels, wish, wish->parcels, 0, 1);
    }
}
