#include "analysis/bench_child.h"
#include "analysis/bench_machine.h"
#include "analysis/bench_parts.h"
#include "analysis/memory.h"
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
static const hw_bench_measure rank_memory = {
    "ranks_memory", "resident memory of a rank at its peak", "MB", 1, HW_BENCH_AT_MOST, 150};

enum { RANKS_ROUNDS_MOST = 5 };

typedef struct throughput {
    double events_a_second, peak_bytes;
    char *trouble; /* NULL when it went well */
} throughput;

/* "..., 1,368,398 events a second": the number before the words that `homeward run` closes with. */
static double read_throughput(const char *text) {
    const char *words = strstr(text, " events a second"), *digit = words;
    while (digit && digit > text && (isdigit((unsigned char)digit[-1]) || digit[-1] == ','))
        digit--;
    double number = 0;
    for (; digit && digit < words; digit++)
        if (*digit != ',')
            number = 10 * number + (*digit - '0');
    return number > 0 ? number : (double)NAN;
}

/* Unbound and allowed to share: the system places two ranks on two cores, also where a container shows Open
 * MPI fewer cores than there are. */
static throughput run_ranks(const hw_bench_wish *wish, const char *ranks, const char *replications,
                            const char *output) {
    const char *const words[] = {"mpirun", "--oversubscribe",     "--bind-to", "none",
                                 "--mca",  "mpi_yield_when_idle", "0",         "-np",
                                 ranks,    wish->program,         "run",       wish->scenario,
                                 "-n",     replications,          "-o",        output,
                                 NULL};
    hw_bench_child child = hw_bench_child_run(words);
    throughput result = {.events_a_second = read_throughput(child.output), .peak_bytes = child.peak_bytes};
    if (child.exit_code != 0 || isnan(result.events_a_second))
        result.trouble = hw_bench_child_last_words(&child, "homeward run gave no figures");
    hw_bench_child_free(&child);
    return result;
}

static const hw_bench_measure *ratio_measure(const hw_bench_wish *wish) {
    return wish->quick ? &rough_ratio : &ratio;
}

static void miss_all(hw_bench_report *report, const hw_bench_wish *wish, const char *why) {
    hw_bench_miss(report, &one_rank, why);
    hw_bench_miss(report, &two_ranks, why);
    hw_bench_miss(report, ratio_measure(wish), why);
    hw_bench_miss(report, &rank_memory, why);
}

static void compare(hw_bench_report *report, const hw_bench_wish *wish, uint32_t rounds,
                    const char *replications, const char *output) {
    double one[RANKS_ROUNDS_MOST], two[RANKS_ROUNDS_MOST], both[RANKS_ROUNDS_MOST], peak[RANKS_ROUNDS_MOST];
    for (uint32_t i = 0; i < rounds; i++) {
        throughput alone = run_ranks(wish, "1", replications, output),
                   together = run_ranks(wish, "2", replications, output);
        const char *trouble = alone.trouble ? alone.trouble : together.trouble;
        if (trouble)
            miss_all(report, wish, trouble);
        one[i] = alone.events_a_second;
        two[i] = together.events_a_second;
        both[i] = two[i] / one[i];
        peak[i] = together.peak_bytes / 1e6;
        bool good = trouble == NULL;
        free(alone.trouble);
        free(together.trouble);
        if (!good)
            return;
    }
    hw_bench_record(report, &one_rank, one, rounds);
    hw_bench_record(report, &two_ranks, two, rounds);
    hw_bench_record(report, ratio_measure(wish), both, rounds);
    hw_bench_record(report, &rank_memory, peak, rounds);
}

static void allow_root(void) {
    if (geteuid() == 0) { /* mpirun refuses root unless told twice */
        setenv("OMPI_ALLOW_RUN_AS_ROOT", "1", 1);
        setenv("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1", 1);
    }
}

static void compare_in_folder(hw_bench_report *report, const hw_bench_wish *wish, uint32_t rounds,
                              const char *replications) {
    const char *temporary = getenv("TMPDIR");
    char *folder = hw_take_text("%s/homeward-bench-XXXXXX", temporary ? temporary : P_tmpdir);
    if (!mkdtemp(folder)) {
        miss_all(report, wish, "no temporary folder can be made for the results");
    } else {
        char *output = hw_take_text("%s/ranks.h5", folder);
        compare(report, wish, rounds, replications, output);
        unlink(output);
        rmdir(folder);
        free(output);
    }
    free(folder);
}

void hw_bench_ranks(hw_bench_report *report, const hw_bench_wish *wish) {
    const uint32_t rounds = wish->quick ? 1 : RANKS_ROUNDS_MOST;
    const char *replications = wish->quick ? "8" : "200";
    hw_bench_heading("Two ranks against one: %u round%s of %s replications, stored", rounds,
                     rounds == 1 ? "" : "s", replications);
    if (hw_bench_this_machine().cores < 2) {
        miss_all(report, wish, "there is only one core here");
    } else if (getenv("OMPI_COMM_WORLD_SIZE")) {
        miss_all(report, wish, "bench itself runs under mpirun");
    } else {
        allow_root();
        compare_in_folder(report, wish, rounds, replications);
    }
}
