/* How well a sweep shares its work: costs measured here, large numbers of ranks by the model. */
#include "analysis/base/clock.h"
#include "analysis/base/memory.h"
#include "analysis/bench/parts.h"
#include "analysis/bench/sharing_model.h"
#include "sim/run/clock.h"
#include "sim/run/cover.h"
#include "sim/statistics.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* ---- The sharing of a sweep's work, simulated with what is measured here ---- */

static const hw_bench_measure replication_time = {"sharing_replication", "one replication", "ms", 2, 0, 0};
static const hw_bench_measure point_time = {"sharing_point", "setting up a point", "ms", 2, 0, 0};
static const hw_bench_measure disk_time = {"sharing_disk", "a batch to the disk", "ms", 2, 0, 0};
static const hw_bench_measure efficiency[] = {
    {"sharing_100", "efficiency with 100 ranks", "%", 2, HW_BENCH_AT_LEAST, 95},
    {"sharing_1000", "efficiency with 1,000 ranks", "%", 2, HW_BENCH_AT_LEAST, 95},
    {"sharing_10000", "efficiency with 10,000 ranks", "%", 2, HW_BENCH_AT_LEAST, 95},
    {"sharing_10000_late", "the same, the counter answering when its rank has time", "%", 2,
     HW_BENCH_AT_LEAST, 95}};
static const hw_bench_measure wait = {
    "sharing_wait", "wait in the counter's line with 10,000 ranks", "microseconds", 2, 0, 0};
static const hw_bench_measure busy = {"sharing_busy", "time that the counter is busy then", "%", 3, 0, 0};

enum { TIMED = 40, SIMULATED_POINTS = 100000, SIMULATED_REPLICATIONS = 1000 };
/* A claim over the network by remote atomics takes one to two microseconds on current cards; claims at one
 * counter cannot overlap. */
static const double COUNTER_SECONDS = 5e-6;

static bool time_replications(const hw_bench_wish *wish, const hw_loaded *loaded, hw_moments *moments) {
    hw_world world;
    if (hw_world_create(&world, loaded->model, loaded->scenario) != HW_OK) {
        return false;
    }
    unsigned char *outcome = hw_take(1, loaded->layout->bytes);
    for (uint64_t r = 0; r <= (wish->quick ? TIMED / 10 : TIMED); r++) {
        hw_failure failure;
        double before = hw_bench_seconds();
        hw_world_replicate(&world, (hw_rng_key){.seed = 1, .replication = r}, outcome, NULL, &failure);
        if (r > 0) { /* the first touches its memory for the first time */
            hw_moments_add(moments, hw_bench_seconds() - before);
        }
    }
    free(outcome);
    hw_world_destroy(&world);
    return true;
}

/* Binding, checking and laying out a variant of a scenario that is loaded; the median of three. Negative when
 * that fails. */
static double time_point(const hw_loaded *loaded) {
    double seconds[3] = {-1, -1, -1};
    for (int i = 0; i < 3; i++) {
        hw_loaded variant;
        hw_world world;
        hw_errors errors = {0};
        double before = hw_bench_seconds();
        bool good = hw_load_begin(&variant, loaded->document) == HW_OK &&
                    hw_load_bind(&variant, &errors) == HW_OK &&
                    hw_world_create(&world, variant.model, variant.scenario) == HW_OK;
        seconds[i] = good ? hw_bench_seconds() - before : -1;
        if (good) {
            hw_world_destroy(&world);
        }
        hw_load_free(&variant);
        hw_errors_free(&errors);
    }
    double low = fmin(seconds[0], seconds[1]), high = fmax(seconds[0], seconds[1]);
    return fmax(low, fmin(high, seconds[2]));
}

/* A record of ten kilobytes, written and waited for; the median of several. Negative when no file can be
 * made. */
static double time_disk(void) {
    enum { TRIES = 5, BYTES = 10000 };
    char path[] = "homeward-bench-XXXXXX";
    double seconds[TRIES];
    static const char bytes[BYTES];
    int file = mkstemp(path);
    bool good = file >= 0;
    for (int i = 0; good && i < TRIES; i++) {
        double before = hw_clock_seconds();
        good = write(file, bytes, BYTES) == BYTES && fdatasync(file) == 0;
        seconds[i] = hw_clock_seconds() - before;
    }
    if (file >= 0) {
        close(file);
        unlink(path);
    }
    if (!good) {
        return -1;
    }
    for (int i = 1; i < TRIES; i++) { /* insertion: five numbers */
        for (int j = i; j > 0 && seconds[j] < seconds[j - 1]; j--) {
            double swap = seconds[j];
            seconds[j] = seconds[j - 1];
            seconds[j - 1] = swap;
        }
    }
    return seconds[TRIES / 2];
}

static hw_sharing sharing_of(const hw_moments *replication, double point, double disk, uint32_t ranks,
                             double latency) {
    uint64_t pieces = (SIMULATED_REPLICATIONS + HW_PIECE - 1) / HW_PIECE;
    return (hw_sharing){.ranks = ranks,
                        /* The same work for each rank, whatever their number. */
                        .points = (uint64_t)SIMULATED_POINTS * ranks / 1000,
                        .pieces_per_point = pieces,
                        .replications_per_piece = HW_PIECE,
                        .replication = replication->mean,
                        .replication_sd = sqrt(hw_moments_variance(replication)),
                        .point = point,
                        .disk = disk,
                        .counter = COUNTER_SECONDS,
                        .latency = latency,
                        .largest_pieces = pieces};
}

static void simulate(hw_bench_report *report, const hw_moments *replication, double point, double disk) {
    static const uint32_t ranks[] = {100, 1000, 10000, 10000};
    for (int i = 0; i < 4; i++) {
        hw_sharing sharing = sharing_of(replication, point, disk, ranks[i], i == 3 ? replication->mean : 0.0);
        hw_sharing_answer answer;
        if (hw_sharing_simulate(&sharing, 1, &answer) != HW_OK) {
            hw_bench_miss(report, &efficiency[i], "the model did not come to its end");
            continue;
        }
        hw_bench_record_one(report, &efficiency[i], 100 * answer.efficiency);
        if (i == 2) {
            hw_bench_record_one(report, &wait, 1e6 * answer.claim_wait);
            hw_bench_record_one(report, &busy, 100 * answer.counter_busy);
        }
    }
}

static void miss_all(hw_bench_report *report, const char *why) {
    hw_bench_miss(report, &replication_time, why);
    hw_bench_miss(report, &point_time, why);
    hw_bench_miss(report, &disk_time, why);
    for (int i = 0; i < 4; i++) {
        hw_bench_miss(report, &efficiency[i], why);
    }
    hw_bench_miss(report, &wait, why);
    hw_bench_miss(report, &busy, why);
}

void hw_bench_sharing(hw_bench_report *report, const hw_bench_wish *wish, const hw_loaded *loaded) {
    hw_bench_heading(
        "Sharing of a sweep's work, simulated: 100 points of 1,000 replications for each rank, times "
        "measured here, a claim %.0f microseconds",
        1e6 * COUNTER_SECONDS);
    hw_moments replication = {0};
    double disk = time_disk(), point = time_point(loaded);
    if (disk < 0 || point < 0 || !time_replications(wish, loaded, &replication)) {
        miss_all(report, disk < 0 ? "no file can be written here" : "not enough memory for a world");
        return;
    }
    hw_bench_record_one(report, &replication_time, 1e3 * replication.mean);
    hw_bench_record_one(report, &point_time, 1e3 * point);
    hw_bench_record_one(report, &disk_time, 1e3 * disk);
    simulate(report, &replication, point, disk);
}
