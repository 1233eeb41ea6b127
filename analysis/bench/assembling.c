/* What it takes to assemble the result of a run: the real engine, on outcomes that need no simulation. */
#include "analysis/base/memory.h"
#include "analysis/bench/parts.h"
#include "sim/run/experiment.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- A model that plays outcomes back ---- */

typedef struct playback {
    const unsigned char *records;
    uint64_t count;
    size_t bytes;
} playback;

typedef struct state {
    const playback *played;
    uint64_t replication;
} state;

static void *create(hw_arena *arena, const void *scenario) {
    state *s = HW_TAKE(arena, state, 1);
    if (s != NULL) {
        s->played = scenario;
    }
    return s;
}

static uint32_t one_process(const void *scenario) {
    (void)scenario;
    return 1;
}

static uint32_t one_event(const void *scenario, uint32_t process) {
    (void)scenario;
    (void)process;
    return 1;
}

static void begin(void *memory, hw_rng_key key, hw_queue *queues) {
    (void)queues;
    state *s = memory;
    s->replication = key.replication;
}

static double plan(void *memory, double now, hw_queue *queues) {
    (void)memory;
    (void)now;
    (void)queues;
    return HUGE_VAL;
}

static void handle(void *memory, uint32_t process, hw_event event, hw_queue *queue) {
    (void)memory;
    (void)process;
    (void)event;
    (void)queue;
}

static hw_status end(void *memory, double now, unsigned char *outcome, hw_failure *failure) {
    (void)now;
    (void)failure;
    const state *s = memory;
    const playback *played = s->played;
    memcpy(outcome, played->records + s->replication % played->count * played->bytes, played->bytes);
    return HW_OK;
}

static double horizon(const void *scenario) {
    (void)scenario;
    return 1.0;
}

static const hw_model playing_back = {.name = "playback",
                                      .version = "1",
                                      .create = create,
                                      .process_count = one_process,
                                      .queue_capacity = one_event,
                                      .begin = begin,
                                      .plan = plan,
                                      .handle = handle,
                                      .end = end,
                                      .horizon = horizon};

/* ---- Runs of it ---- */

enum { ENDS = 2 };

static bool run_here(hw_assembly *assembly, const hw_loaded *loaded, const playback *played,
                     uint64_t replications, const char *output) {
    hw_errors errors = {0};
    hw_experiment_report report;
    const hw_experiment experiment = {.model = &playing_back,
                                      .scenario = played,
                                      .layout = loaded->layout,
                                      .seed = 1,
                                      .replications = replications,
                                      .output = output,
                                      .anyway = true,
                                      .title = loaded->title,
                                      .resolved = hw_binding_resolved(loaded->binding),
                                      .rows = hw_binding_rows(loaded->binding),
                                      .digest = hw_binding_digest(loaded->binding),
                                      .version = HW_VERSION,
                                      .progress = HW_PROGRESS_NONE};
    hw_ranks_start(NULL, NULL);
    bool good = hw_experiment_run(&experiment, &report, &errors) == HW_OK;
    hw_ranks_end();
    hw_errors_free(&errors);
    *assembly = report.assembly;
    return good;
}

/* In a process of its own, as the engine wants MPI, and this one starts others under mpirun. */
static bool run_apart(hw_assembly *assembly, const hw_loaded *loaded, const playback *played,
                      uint64_t replications, const char *output) {
    int ends[ENDS];
    if (pipe(ends) != 0) {
        return false;
    }
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        bool good = run_here(assembly, loaded, played, replications, output);
        _exit(good && write(ends[1], assembly, sizeof *assembly) == (ssize_t)sizeof *assembly ? 0 : 1);
    }
    close(ends[1]);
    bool told = child > 0 && read(ends[0], assembly, sizeof *assembly) == (ssize_t)sizeof *assembly;
    close(ends[0]);
    int status = 1;
    bool ended = child > 0 && waitpid(child, &status, 0) == child;
    unlink(output);
    return told && ended && status == 0;
}

/* What more replications take more is theirs; the rest is fixed. */
static void compare(hw_bench_assembly *answer, const hw_assembly *few, const hw_assembly *many, double count,
                    double times) {
    double more = count * (times - 1);
    answer->packing = fmax(many->packing - few->packing, 0.0) / more;
    answer->index = fmax(many->index - few->index, 0.0) / more;
    answer->file = fmax(many->file - few->file, 0.0) / more;
    answer->fixed = fmax(few->index + few->file - count * (answer->index + answer->file), 0.0);
}

const char *hw_bench_assemble(hw_bench_assembly *answer, const hw_bench_wish *wish, const hw_loaded *loaded,
                              const unsigned char *records, uint64_t count) {
    if (getenv("OMPI_COMM_WORLD_SIZE") != NULL) {
        return "bench itself runs under mpirun";
    }
    const char *temporary = getenv("TMPDIR");
    char *folder = hw_take_text("%s/homeward-bench-XXXXXX", temporary != NULL ? temporary : P_tmpdir);
    if (mkdtemp(folder) == NULL) {
        free(folder);
        return "no temporary folder can be made for the results";
    }
    const uint64_t times = wish->quick ? 2 : 5;
    const playback played = {.records = records, .count = count, .bytes = loaded->layout->bytes};
    char *output = hw_take_text("%s/result.h5", folder);
    hw_assembly few, many;
    bool good = run_apart(&few, loaded, &played, count, output) &&
                run_apart(&many, loaded, &played, count * times, output);
    if (good) {
        compare(answer, &few, &many, (double)count, (double)times);
    }
    rmdir(folder);
    free(folder);
    free(output);
    return good ? NULL : "the result of a run could not be assembled";
}
