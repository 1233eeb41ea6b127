/* homeward_allocations SCENARIO WARM_UP REPLICATIONS: counts requests for memory inside replications, and
 * says how much memory the process came to hold. A program of its own, because it replaces the allocator.
 * Prints lines of a name and a number for `homeward bench`. */
#include "analysis/base/clock.h"
#include "analysis/base/memory.h"
#include "analysis/bench/allocations/count.h"
#include "analysis/scenario/load.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct tally {
    uint64_t events, allocations;
    double seconds;
} tally;

static hw_status replicate(hw_world *world, unsigned char *outcome, uint64_t first, uint64_t count,
                           tally *sum) {
    uint64_t before = hw_allocations();
    double start = hw_bench_seconds();
    hw_failure failure = {0};
    hw_status status = HW_OK;
    for (uint64_t i = first; i < first + count && status == HW_OK; i++) {
        uint64_t events = 0;
        status =
            hw_world_replicate(world, (hw_rng_key){.seed = 1, .replication = i}, outcome, &events, &failure);
        sum->events += events;
    }
    sum->seconds = hw_bench_seconds() - start;
    sum->allocations = hw_allocations() - before;
    if (status != HW_OK) {
        fprintf(stderr, "a replication broke a law on day %.1f: %s\n", failure.time, failure.message);
    }
    return status;
}

static hw_status count(const hw_loaded *loaded, uint64_t warm_up, uint64_t replications) {
    hw_world world;
    hw_status status = hw_world_create(&world, loaded->model, loaded->scenario);
    if (status != HW_OK) {
        fputs("not enough memory for the world\n", stderr);
        return status;
    }
    unsigned char *outcome = hw_take(1, loaded->layout->bytes);
    tally sum = {0};
    status = replicate(&world, outcome, 0, warm_up, &sum);
    sum = (tally){0};
    if (status == HW_OK) {
        status = replicate(&world, outcome, warm_up, replications, &sum);
    }
    if (status == HW_OK) {
        printf("replications %" PRIu64 "\nevents %" PRIu64 "\nseconds %.9g\nallocations %" PRIu64
               "\npeak_bytes %" PRIu64 "\n",
               replications, sum.events, sum.seconds, sum.allocations, (uint64_t)hw_peak_bytes());
    }
    free(outcome);
    hw_world_destroy(&world);
    return status;
}

int main(int argc, char **argv) {
    if (argc != 4) {
        fputs("usage: homeward_allocations SCENARIO WARM_UP REPLICATIONS\n", stderr);
        return hw_status_exit_code(HW_ERROR_INPUT);
    }
    hw_allocations_start();
    hw_errors errors = {0};
    hw_loaded loaded;
    hw_status status = hw_load(&loaded, argv[1], NULL, 0, &errors);
    if (status != HW_OK) {
        char *text = hw_errors_text(&errors);
        fputs(text != NULL ? text : "not enough memory\n", stderr);
        free(text);
    } else if (hw_allocations() == 0) { /* no scenario is read without asking for memory */
        fputs("requests for memory cannot be counted on this system\n", stderr);
        status = HW_ERROR_IO;
    } else {
        status = count(&loaded, strtoull(argv[2], NULL, 10), strtoull(argv[3], NULL, 10));
    }
    hw_errors_free(&errors);
    hw_load_free(&loaded);
    return hw_status_exit_code(status);
}
