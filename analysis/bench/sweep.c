/* What the engine of sweeps costs: a sweep on two ranks against two plain loops. */
#include "analysis/base/memory.h"
#include "analysis/bench/child.h"
#include "analysis/bench/machine.h"
#include "analysis/bench/parts.h"
#include "analysis/sweep/plan.h"
#include "sim/length.h"
#include "sim/run/clock.h"
#include "sim/run/sweep_shape.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* ---- A sweep on two ranks against two plain loops that share nothing and write nothing ---- */

static const hw_bench_measure plain_time = {"sweep_plain", "two plain loops", "s", 2, 0, 0};
static const hw_bench_measure sweep_time = {"sweep_two", "homeward sweep on two ranks", "s", 2, 0, 0};
static const hw_bench_measure overhead = {
    "sweep_overhead", "what sharing and journals cost", "%", 1, HW_BENCH_AT_MOST, 3};
/* A second of work is mostly start and end: shown by --quick, but not judged. */
static const hw_bench_measure rough_overhead = {
    "sweep_overhead", "what sharing and journals cost, roughly", "%", 1, HW_BENCH_NO_GOAL, 0};

enum { ROUNDS_MOST = 3, LOOPS = 2 };

/* All replications of one point, and their summary. */
static bool loop_over_point(const hw_sweep_plan *plan, uint64_t point, double *values, bool *good,
                            double *scratch, double *summary) {
    hw_sweep_shape shape = hw_sweep_shape_of(&plan->outputs.layout, plan->by, plan->by_count);
    hw_loaded loaded = {0};
    hw_outputs outputs;
    hw_world world = {0};
    hw_errors errors = {0};
    uint64_t count = plan->terms.replications;
    bool fine = hw_sweep_plan_open(plan, point, &loaded, &outputs, &errors) == HW_OK &&
                hw_world_create(&world, loaded.model, loaded.scenario) == HW_OK;
    unsigned char *outcome = hw_take(1, fine ? loaded.layout->bytes : 1);
    for (uint64_t r = 0; fine && r < count; r++) {
        hw_failure failure;
        const hw_rng_key key = {.seed = plan->terms.seed, .replication = r};
        good[r] = hw_world_replicate(&world, key, outcome, NULL, &failure) == HW_OK;
        hw_outputs_measure(&outputs, outcome, values + r * shape.value_count);
    }
    if (fine) {
        hw_sweep_summarise(&shape, values, good, count, loaded.model->horizon(loaded.scenario), scratch,
                           summary);
        hw_world_destroy(&world);
    }
    free(outcome);
    hw_outputs_free(&outputs);
    hw_load_free(&loaded);
    hw_errors_free(&errors);
    return fine;
}

/* Every second point. */
static bool loop_alone(const hw_sweep_plan *plan, uint64_t first) {
    hw_sweep_shape shape = hw_sweep_shape_of(&plan->outputs.layout, plan->by, plan->by_count);
    uint64_t count = plan->terms.replications;
    double *values = hw_take(count * shape.value_count, sizeof *values);
    double *scratch = hw_take(count, sizeof *scratch), *summary = hw_take(1, shape.summary_bytes);
    bool *good = hw_take(count, sizeof *good), fine = true;
    for (uint64_t point = first; point < plan->points; point += LOOPS) {
        fine = loop_over_point(plan, point, values, good, scratch, summary) && fine;
    }
    free(values);
    free(scratch);
    free(summary);
    free(good);
    return fine;
}

/* Seconds until both loops, each a process, have ended; NaN when one did not go well. */
static double time_plain(const hw_sweep_plan *plan) {
    pid_t loops[LOOPS];
    bool good = true;
    fflush(NULL);
    double before = hw_clock_seconds();
    for (uint64_t i = 0; i < LOOPS; i++) {
        loops[i] = fork();
        if (loops[i] == 0) {
            _exit(loop_alone(plan, i) ? 0 : 1);
        }
        good = good && loops[i] > 0;
    }
    for (int i = 0; i < LOOPS; i++) {
        int status = 0;
        good = loops[i] > 0 && waitpid(loops[i], &status, 0) == loops[i] && status == 0 && good;
    }
    return good ? hw_clock_seconds() - before : (double)NAN;
}

/* "... replications in 9.12 s on 2 ranks" */
static double time_sweep(const hw_bench_wish *wish, const char *design, const char *folder, char **trouble) {
    const char *const words[] = {"mpirun",    "--oversubscribe",
                                 "--bind-to", "none",
                                 "--mca",     "mpi_yield_when_idle",
                                 "0",         "-np",
                                 "2",         wish->program,
                                 "sweep",     design,
                                 "-o",        folder,
                                 NULL};
    hw_bench_child child = hw_bench_child_run(words);
    const char *at = child.exit_code == 0 ? strstr(child.output, " replications in ") : NULL;
    double seconds = at != NULL ? strtod(at + strlen(" replications in "), NULL) : (double)NAN;
    if (!(seconds > 0)) {
        *trouble = hw_bench_child_last_words(&child, "homeward sweep gave no figures");
    }
    hw_bench_child_free(&child);
    return seconds;
}

static void remove_folder(const char *folder) {
    static const char *const names[] = {"sweep.h5", "journal-0", "journal-1", "log-0.jsonl", "log-1.jsonl"};
    for (size_t i = 0; i < HW_LENGTH(names); i++) {
        char *path = hw_take_text("%s/%s", folder, names[i]);
        unlink(path);
        free(path);
    }
    rmdir(folder);
}

static const hw_bench_measure *overhead_measure(const hw_bench_wish *wish) {
    return wish->quick ? &rough_overhead : &overhead;
}

static void miss_all(hw_bench_report *report, const hw_bench_wish *wish, const char *why) {
    hw_bench_miss(report, &plain_time, why);
    hw_bench_miss(report, &sweep_time, why);
    hw_bench_miss(report, overhead_measure(wish), why);
}

static void compare(hw_bench_report *report, const hw_bench_wish *wish, const hw_sweep_plan *plan,
                    const char *design, const char *folder) {
    const uint32_t rounds = wish->quick ? 1 : ROUNDS_MOST;
    double plain[ROUNDS_MOST], swept[ROUNDS_MOST], cost[ROUNDS_MOST];
    for (uint32_t i = 0; i < rounds; i++) {
        char *trouble = NULL;
        plain[i] = time_plain(plan);
        swept[i] = time_sweep(wish, design, folder, &trouble);
        remove_folder(folder);
        cost[i] = 100 * (swept[i] / plain[i] - 1);
        if (isnan(cost[i])) {
            miss_all(report, wish, trouble != NULL ? trouble : "a plain loop did not come to its end");
            free(trouble);
            return;
        }
    }
    hw_bench_record(report, &plain_time, plain, rounds);
    hw_bench_record(report, &sweep_time, swept, rounds);
    hw_bench_record(report, overhead_measure(wish), cost, rounds);
}

/* A small sweep over whatever the scenario assumes. */
static bool write_design(const char *path, const hw_bench_wish *wish) {
    char *scenario = realpath(wish->scenario, NULL);
    FILE *file = scenario != NULL ? fopen(path, "w") : NULL;
    if (file != NULL) {
        fprintf(file,
                "name: bench\nscenario: '%s'\nevery_assumed: yes\ndesign: {latin_hypercube: {points: %d}}\n"
                "replications: %d\n",
                scenario, wish->quick ? 2 : 8, wish->quick ? 16 : 80);
    }
    free(scenario);
    return file != NULL && fclose(file) == 0;
}

static void compare_in_folder(hw_bench_report *report, const hw_bench_wish *wish) {
    const char *temporary = getenv("TMPDIR");
    char *folder = hw_take_text("%s/homeward-bench-XXXXXX", temporary != NULL ? temporary : P_tmpdir);
    if (mkdtemp(folder) == NULL) {
        miss_all(report, wish, "no temporary folder can be made for the results");
        free(folder);
        return;
    }
    char *design = hw_take_text("%s/design.yaml", folder), *output = hw_take_text("%s/sweep", folder);
    hw_sweep_plan plan = {0};
    hw_errors errors = {0};
    if (write_design(design, wish) && hw_sweep_plan_read(&plan, design, NULL, 0, &errors) == HW_OK) {
        compare(report, wish, &plan, design, output);
    } else {
        miss_all(report, wish, errors.kept > 0 ? errors.items[0].message : "no design can be written");
    }
    hw_errors_free(&errors);
    hw_sweep_plan_free(&plan);
    unlink(design);
    rmdir(folder);
    free(design);
    free(output);
    free(folder);
}

void hw_bench_sweep(hw_bench_report *report, const hw_bench_wish *wish) {
    hw_bench_heading("A sweep on two ranks against two plain loops");
    if (hw_bench_this_machine().cores < 2) {
        miss_all(report, wish, "there is only one core here");
    } else if (getenv("OMPI_COMM_WORLD_SIZE") != NULL) {
        miss_all(report, wish, "bench itself runs under mpirun");
    } else {
        compare_in_folder(report, wish);
    }
}
