/* What a run does after its replications: counting outcomes, bringing the tallies of all ranks together, the
 * summary and the page from them, and the result file. And how efficient a run with very many ranks is with
 * all of that. */
#include "analysis/base/clock.h"
#include "analysis/base/json.h"
#include "analysis/base/memory.h"
#include "analysis/bench/parts.h"
#include "analysis/bench/sharing_model.h"
#include "analysis/page/page.h"
#include "analysis/results/tallies.h"
#include "analysis/summary/summary.h"
#include "sim/length.h"
#include "sim/statistics.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const hw_bench_measure count_time = {"tail_count", "counting one outcome", "microseconds", 1, 0, 0};
static const hw_bench_measure merge_time = {
    "tail_merge", "adding the tallies of another rank", "ms", 1, 0, 0};
static const hw_bench_measure answer_time = {"tail_answers", "summary and page from tallies", "ms", 0, 0, 0};
static const hw_bench_measure efficiency[] = {
    {"run_1000", "efficiency of a run with 1,000 ranks, summary and page too", "%", 2, HW_BENCH_AT_LEAST, 95},
    {"run_10000", "efficiency of a run with 10,000 ranks, summary and page too", "%", 2, HW_BENCH_AT_LEAST,
     95}};

/* One rank writes the result file for all: the more ranks there are, the longer they wait for it. */
static const hw_bench_measure pack_time = {
    "tail_pack", "packing one outcome for the result file", "microseconds", 1, 0, 0};
static const hw_bench_measure index_time = {
    "tail_index", "finding one outcome in the journals, on every rank", "microseconds", 2, 0, 0};
static const hw_bench_measure file_time = {
    "tail_file", "writing and sealing one outcome, on one rank alone", "microseconds", 2, 0, 0};
static const hw_bench_measure with_file[] = {
    {"run_1000_file", "the same with the result file, 1,000 ranks", "%", 2, 0, 0},
    {"run_10000_file", "the same with the result file, 10,000 ranks", "%", 2, 0, 0}};
static const hw_bench_measure from[] = {
    {"run_1000_from", "95 % with it on 1,000 ranks where a replication takes", "ms", 0, 0, 0},
    {"run_10000_from", "95 % with it on 10,000 ranks where a replication takes", "ms", 0, 0, 0}};

enum { BLOCK = 256, BLOCKS = 8, SIMULATED = 256, EACH_RANK = 1000 };
static const double COUNTER_SECONDS = 5e-6; /* as in the sharing of a sweep's work */

typedef struct tail {
    const hw_loaded *loaded;
    uint64_t simulated;     /* different replications; a block has them again and again */
    unsigned char *records; /* of a block */
    hw_moments replication; /* seconds */
    hw_tallies *tallies;
    double counting, merging, answering; /* seconds */
} tail;

static bool make_records(tail *t) {
    hw_world world;
    size_t bytes = t->loaded->layout->bytes;
    t->records = hw_take(BLOCK, bytes);
    if (hw_world_create(&world, t->loaded->model, t->loaded->scenario) != HW_OK) {
        return false;
    }
    bool good = true;
    for (uint64_t r = 0; r < t->simulated && good; r++) {
        hw_failure failure;
        double before = hw_bench_seconds();
        good = hw_world_replicate(&world, (hw_rng_key){.seed = 1, .replication = r}, t->records + r * bytes,
                                  NULL, &failure) == HW_OK;
        hw_moments_add(&t->replication, hw_bench_seconds() - before);
    }
    hw_world_destroy(&world);
    for (uint64_t r = t->simulated; r < BLOCK; r++) {
        memcpy(t->records + r * bytes, t->records + (r - t->simulated) * bytes, bytes);
    }
    return good;
}

/* The first block makes room for all the others. */
static void time_counting(tail *t) {
    t->tallies = hw_tallies_create(t->loaded->layout);
    hw_tallies_add_records(t->tallies, t->records, BLOCK);
    double before = hw_bench_seconds();
    for (int i = 1; i < BLOCKS; i++) {
        hw_tallies_add_records(t->tallies, t->records, BLOCK);
    }
    t->counting = (hw_bench_seconds() - before) / ((BLOCKS - 1) * BLOCK);
    for (uint32_t v = 0; v < t->loaded->layout->variable_count; v++) {
        t->tallies->variables[v].counted = true;
    }
}

/* Sent as bytes, read, and added. */
static void time_merging(tail *t) {
    double before = hw_bench_seconds();
    for (uint32_t v = 0; v < t->loaded->layout->variable_count; v++) {
        const hw_variable_tallies *mine = &t->tallies->variables[v];
        for (size_t e = 0; e < mine->variable->count; e++) {
            hw_tally sent;
            unsigned char *bytes = hw_take(hw_tally_bytes(&mine->elements[e]), 1);
            hw_tally_pack(&mine->elements[e], bytes);
            hw_tally_unpack(&sent, bytes);
            hw_tally_merge(&sent, &mine->elements[e]);
            hw_tally_free(&sent);
            free(bytes);
        }
    }
    t->merging = hw_bench_seconds() - before;
}

static bool time_answers(tail *t) {
    hw_errors errors = {0};
    hw_outcomes outcomes = {.title = "bench",
                            .model = "bench",
                            .version = HW_VERSION,
                            .digest = hw_binding_digest(t->loaded->binding),
                            .seed = 1,
                            .asked = (uint64_t)BLOCKS * BLOCK,
                            .count = (uint64_t)BLOCKS * BLOCK,
                            .complete = true,
                            .resolved = hw_binding_resolved(t->loaded->binding),
                            .layout = t->loaded->layout,
                            .tallies = t->tallies};
    const hw_page_result result = {.file = "bench.h5", .name = "bench", .outcomes = &outcomes};
    const hw_page_wish page = {.results = &result, .result_count = 1, .language = "en"};
    const hw_summary_wish wish = {.terminal_only = true};
    hw_book book = {0};
    FILE *out = fopen("/dev/null", "w");
    bool good = out != NULL &&
                hw_outcomes_read_scenario(&outcomes, hw_binding_rows(t->loaded->binding), NULL, &errors);
    double before = hw_bench_seconds();
    good = good && hw_summary_build(&book, &outcomes, &wish, &errors) == HW_OK;
    if (good) {
        hw_book_print(out, &book);
        hw_status status = HW_OK;
        json_t *data = hw_page_data(&page, &status, &errors);
        good = status == HW_OK;
        if (good) {
            hw_json_write_in_page(out, data);
        }
        json_decref(data);
    }
    t->answering = hw_bench_seconds() - before;
    if (out != NULL) {
        fclose(out);
    }
    hw_book_free(&book);
    hw_outcomes_free_scenario(&outcomes);
    hw_errors_free(&errors);
    return good;
}

/* Replications by the model of sharing, one scenario of EACH_RANK for each rank; then what comes after them,
 * and what comes besides, in seconds. */
static double efficiency_of(const tail *t, uint32_t ranks, double besides) {
    const hw_sharing sharing = {.ranks = ranks,
                                .points = 1,
                                .pieces_per_point = (uint64_t)EACH_RANK * ranks,
                                .replications_per_piece = 1,
                                .replication = t->replication.mean,
                                .replication_sd = sqrt(hw_moments_variance(&t->replication)),
                                .counter = COUNTER_SECONDS,
                                .largest_pieces = 64};
    hw_sharing_answer answer;
    if (hw_sharing_simulate(&sharing, 1, &answer) != HW_OK) {
        return (double)NAN;
    }
    double after = EACH_RANK * t->counting + ceil(log2(ranks)) * t->merging + t->answering + besides;
    return 100 * answer.efficiency * answer.seconds / (answer.seconds + after);
}

static const uint32_t ranks[] = {1000, 10000};

static void record(hw_bench_report *report, const tail *t) {
    hw_bench_record_one(report, &count_time, 1e6 * t->counting);
    hw_bench_record_one(report, &merge_time, 1e3 * t->merging);
    hw_bench_record_one(report, &answer_time, 1e3 * t->answering);
    for (int i = 0; i < 2; i++) {
        double found = efficiency_of(t, ranks[i], 0.0);
        if (isnan(found)) {
            hw_bench_miss(report, &efficiency[i], "the model did not come to its end");
        } else {
            hw_bench_record_one(report, &efficiency[i], found);
        }
    }
}

static void miss_file(hw_bench_report *report, const char *why) {
    const hw_bench_measure *const all[] = {&pack_time,    &index_time, &file_time, &with_file[0],
                                           &with_file[1], &from[0],    &from[1]};
    for (size_t i = 0; i < HW_LENGTH(all); i++) {
        hw_bench_miss(report, all[i], why);
    }
}

static void record_file(hw_bench_report *report, const tail *t, const hw_bench_assembly *assembly) {
    hw_bench_record_one(report, &pack_time, 1e6 * assembly->packing);
    hw_bench_record_one(report, &index_time, 1e6 * assembly->index);
    hw_bench_record_one(report, &file_time, 1e6 * assembly->file);
    for (int i = 0; i < 2; i++) {
        /* Of each replication that a rank does: its own share, and that of the others. */
        double each = assembly->packing + ranks[i] * (assembly->index + assembly->file);
        double found = efficiency_of(t, ranks[i], EACH_RANK * each + assembly->fixed);
        if (isnan(found)) {
            hw_bench_miss(report, &with_file[i], "the model did not come to its end");
        } else {
            hw_bench_record_one(report, &with_file[i], found);
        }
        hw_bench_record_one(report, &from[i], 1e3 * (0.95 / 0.05) * (t->counting + each));
    }
}

void hw_bench_tail(hw_bench_report *report, const hw_bench_wish *wish, const hw_loaded *loaded) {
    tail t = {.loaded = loaded, .simulated = wish->quick ? SIMULATED / 16 : SIMULATED};
    hw_bench_heading("The end of a run, from %llu replications; and simulated: one run of 1,000 replications "
                     "for each rank",
                     (unsigned long long)t.simulated);
    bool good = make_records(&t);
    if (good) {
        time_counting(&t);
        time_merging(&t);
        good = time_answers(&t);
    }
    if (good) {
        record(report, &t);
        hw_bench_assembly assembly;
        const char *why = hw_bench_assemble(&assembly, wish, loaded, t.records, BLOCK);
        if (why == NULL) {
            record_file(report, &t, &assembly);
        } else {
            miss_file(report, why);
        }
    } else {
        miss_file(report, "a replication or its summary did not come to its end");
        const hw_bench_measure *const all[] = {&count_time, &merge_time, &answer_time, &efficiency[0],
                                               &efficiency[1]};
        for (size_t i = 0; i < HW_LENGTH(all); i++) {
            hw_bench_miss(report, all[i], "a replication or its summary did not come to its end");
        }
    }
    hw_tallies_free(t.tallies);
    free(t.records);
}
