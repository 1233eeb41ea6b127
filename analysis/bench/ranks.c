/* Two ranks against one: with worlds of their own, and on one world. */
#include "analysis/base/memory.h"
#include "analysis/bench/child.h"
#include "analysis/bench/machine.h"
#include "analysis/bench/parts.h"
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const hw_bench_measure one_rank = {"ranks_one", "one rank", "events a second", 0, 0, 0};
static const hw_bench_measure two_ranks = {"ranks_two", "two ranks", "events a second", 0, 0, 0};
static const hw_bench_measure ratio = {
    "ranks_ratio", "two ranks / one rank", "times the throughput", 2, HW_BENCH_AT_LEAST, 1.85};
/* A second of work is mostly start and end: shown by --quick, but not judged. */
static const hw_bench_measure rough_ratio = {
    "ranks_ratio", "two ranks / one rank, roughly", "times the throughput", 2, HW_BENCH_NO_GOAL, 0};

static const hw_bench_measure world_one = {"world_one", "one world on one rank", "events a second", 0, 0, 0};
static const hw_bench_measure world_two = {
    "world_two", "one world over two ranks", "events a second", 0, 0, 0};
static const hw_bench_measure world_ratio = {
    "world_ratio", "over two ranks / on one", "times the speed", 2, HW_BENCH_AT_LEAST, 1.6};
static const hw_bench_measure rough_world_ratio = {
    "world_ratio", "over two ranks / on one, roughly", "times the speed", 2, HW_BENCH_NO_GOAL, 0};

/* One rank against two, on the same work. */
typedef struct contest {
    const hw_bench_measure *one, *two, *ratio;
    const char *scenario, *replications;
    const char *ranks_per_world; /* of the two */
} contest;

enum { RANKS_ROUNDS_MOST = 5 };

typedef struct throughput {
    double events_a_second;
    char *trouble; /* NULL when it went well */
} throughput;

/* "..., 1,368,398 events a second": the number before the words that `homeward run` closes with. */
static double read_throughput(const char *text) {
    const char *words = strstr(text, " events a second"), *digit = words;
    while (digit != NULL && digit > text && (isdigit((unsigned char)digit[-1]) || digit[-1] == ',')) {
        digit--;
    }
    double number = 0;
    for (; digit != NULL && digit < words; digit++) {
        if (*digit != ',') {
            number = 10 * number + (*digit - '0');
        }
    }
    return number > 0 ? number : (double)NAN;
}

/* Unbound and allowed to share: the system places two ranks on two cores, also where a container shows Open
 * MPI fewer cores than there are. */
static throughput run_ranks(const contest *what, const char *program, const char *ranks,
                            const char *ranks_per_world, const char *output) {
    const char *const words[] = {"mpirun",
                                 "--oversubscribe",
                                 "--bind-to",
                                 "none",
                                 "--mca",
                                 "mpi_yield_when_idle",
                                 "0",
                                 "-np",
                                 ranks,
                                 program,
                                 "run",
                                 what->scenario,
                                 "--ranks-per-world",
                                 ranks_per_world,
                                 "-n",
                                 what->replications,
                                 "-o",
                                 output,
                                 NULL};
    hw_bench_child child = hw_bench_child_run(words);
    throughput result = {.events_a_second = read_throughput(child.output)};
    if (child.exit_code != 0 || isnan(result.events_a_second)) {
        result.trouble = hw_bench_child_last_words(&child, "homeward run gave no figures");
    }
    hw_bench_child_free(&child);
    return result;
}

static void miss_all(hw_bench_report *report, const contest *what, const char *why) {
    hw_bench_miss(report, what->one, why);
    hw_bench_miss(report, what->two, why);
    hw_bench_miss(report, what->ratio, why);
}

static void compare(hw_bench_report *report, const contest *what, const char *program, uint32_t rounds,
                    const char *output) {
    double one[RANKS_ROUNDS_MOST], two[RANKS_ROUNDS_MOST], both[RANKS_ROUNDS_MOST];
    for (uint32_t i = 0; i < rounds; i++) {
        throughput alone = run_ranks(what, program, "1", "1", output),
                   together = run_ranks(what, program, "2", what->ranks_per_world, output);
        const char *trouble = alone.trouble != NULL ? alone.trouble : together.trouble;
        if (trouble != NULL) {
            miss_all(report, what, trouble);
        }
        one[i] = alone.events_a_second;
        two[i] = together.events_a_second;
        both[i] = two[i] / one[i];
        bool good = trouble == NULL;
        free(alone.trouble);
        free(together.trouble);
        if (!good) {
            return;
        }
    }
    hw_bench_record(report, what->one, one, rounds);
    hw_bench_record(report, what->two, two, rounds);
    hw_bench_record(report, what->ratio, both, rounds);
}

static void allow_root(void) {
    if (geteuid() == 0) { /* mpirun refuses root unless told twice */
        setenv("OMPI_ALLOW_RUN_AS_ROOT", "1", 1);
        setenv("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1", 1);
    }
}

static void compare_in_folder(hw_bench_report *report, const contest *what, const char *program,
                              uint32_t rounds) {
    const char *temporary = getenv("TMPDIR");
    char *folder = hw_take_text("%s/homeward-bench-XXXXXX", temporary != NULL ? temporary : P_tmpdir);
    if (mkdtemp(folder) == NULL) {
        miss_all(report, what, "no temporary folder can be made for the results");
    } else {
        char *output = hw_take_text("%s/ranks.h5", folder);
        compare(report, what, program, rounds, output);
        unlink(output);
        rmdir(folder);
        free(output);
    }
    free(folder);
}

static void hold(hw_bench_report *report, const contest *what, const hw_bench_wish *wish, uint32_t rounds) {
    if (what->scenario == NULL) {
        miss_all(report, what, "scenarios/nationwide-parcels.yaml is not to be found from here");
    } else if (hw_bench_this_machine().cores < 2) {
        miss_all(report, what, "there is only one core here");
    } else if (getenv("OMPI_COMM_WORLD_SIZE") != NULL) {
        miss_all(report, what, "bench itself runs under mpirun");
    } else {
        allow_root();
        compare_in_folder(report, what, wish->program, rounds);
    }
}

void hw_bench_ranks(hw_bench_report *report, const hw_bench_wish *wish) {
    const uint32_t rounds = wish->quick ? 1 : RANKS_ROUNDS_MOST;
    const contest each_its_own = {
        .one = &one_rank,
        .two = &two_ranks,
        .ratio = wish->quick ? &rough_ratio : &ratio,
        .scenario = wish->scenario,
        .replications = wish->quick ? "8" : "200",
        .ranks_per_world = "1",
    };
    hw_bench_heading("Two ranks against one: %u round%s of %s replications, stored", rounds,
                     rounds == 1 ? "" : "s", each_its_own.replications);
    hold(report, &each_its_own, wish, rounds);

    const contest one_together = {
        .one = &world_one,
        .two = &world_two,
        .ratio = wish->quick ? &rough_world_ratio : &world_ratio,
        .scenario = wish->quick ? wish->scenario : wish->parcels,
        .replications = wish->quick ? "8" : "4",
        .ranks_per_world = "2",
    };
    hw_bench_heading("One world over two ranks, which wants two idle cores: %u round%s of %s replications%s",
                     rounds, rounds == 1 ? "" : "s", one_together.replications,
                     wish->quick ? "" : " of nationwide-parcels.yaml");
    hold(report, &one_together, wish, rounds);
}
