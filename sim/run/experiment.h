/* Experiments: many replications of one scenario, shared by MPI ranks, gathered into one result file. An
 * experiment is a sweep of one point (sweep.h) that keeps its outcomes and writes each of them down at once;
 * its result is assembled from the journals in the order of replications, under a temporary name, and
 * renamed. So its bytes depend on the scenario, the seed and the number of replications only. */
#ifndef HW_SIM_RUN_EXPERIMENT_H
#define HW_SIM_RUN_EXPERIMENT_H

#include "sim/error.h"
#include "sim/record.h"
#include "sim/run/output_file.h"
#include "sim/world.h"
#include <stdbool.h>
#include <stdint.h>

/* Run until a probability is known well enough: after 100, 200, 400, 800 ... replications (the same points at
 * any rank count) the run stops when the half-width of the 95 % Wilson interval of P(happened) is at most
 * half_width. */
typedef struct hw_stop_rule {
    bool (*happened)(const void *context, const unsigned char *outcome);
    const void *context;
    double half_width;
} hw_stop_rule;

/* Hears of the good outcomes while the result is written, each rank of other ones: they need not be read
 * again then. Not of replications of which another rank hears. */
typedef struct hw_audience {
    void *context;
    /* Of records that follow each other in the result, from its `first` one on: a whole block (block.h), `of`
     * how many there are in all. */
    void (*hear)(void *context, uint64_t first, uint64_t count, uint64_t of, const unsigned char *records);
} hw_audience;

typedef enum hw_progress_style { HW_PROGRESS_AUTO, HW_PROGRESS_NONE } hw_progress_style;

typedef struct hw_experiment {
    const hw_model *model;
    const void *scenario;
    const hw_record_layout *layout;
    uint64_t seed;
    uint64_t replications; /* keys (seed, 0) .. (seed, replications - 1); the most, with a stop rule */
    const char *output;    /* path of the result file; behind a symbolic link, journals are beside its file */
    bool anyway;           /* start even where memory or disk seem too small */
    const hw_output_rules *rules; /* what may be replaced; NULL: nothing of others' */
    const char *title;            /* of the scenario */
    const char *resolved;         /* full resolved scenario, as text */
    const char *rows;             /* its values, as rows for programs (sim/input/value_rows.h), or NULL */
    const char *digest;           /* of `resolved` */
    const char *version;          /* of the program */
    const char *settings, *files; /* what was set over which files, one a line; NULL: nothing to say */
    const hw_stop_rule *stop;     /* NULL: run all */
    const hw_audience *audience;  /* or NULL */
    hw_progress_style progress;
    /* Of the other runs of a study, for its one progress bar: replications finished before this run, and
     * still to come after it; `part` names this one ("map_exchange, 3 of 21"). Zero and NULL for a run of its
     * own. */
    uint64_t done_before, left_after;
    const char *part;
    double stop_after;        /* seconds; 0: no limit. Then it ends as after a signal */
    uint64_t ranks_per_world; /* one world is spread over so many ranks of a node (sim/run/group.h); 0 is 1 */
} hw_experiment;

/* Where rank 0's time went while the result was assembled, in seconds. */
typedef struct hw_assembly {
    double index;   /* finding the records in the journals, as every rank does */
    double packing; /* of blocks, which the ranks share, and waiting for those of others */
    double file;    /* creating, writing and sealing the result, which rank 0 does alone */
} hw_assembly;

typedef struct hw_experiment_report {
    uint64_t finished, failed; /* replications, and those among them that failed */
    uint64_t events;
    double seconds; /* wall time of the replications, without assembling */
    hw_assembly assembly;
    int ranks;
    bool interrupted;  /* stopped by a signal: the result is marked incomplete */
    double half_width; /* reached, with a stop rule */
} hw_experiment_report;

/* Collective over all ranks. Status and report are the same on every rank; error texts are added on rank 0.
 * The result file appears under its name only when it is whole; on a failure to write it the journals
 * (`<output>.journal-<rank>`) are kept and named in the error. After a signal the result of what is finished
 * is written and marked incomplete, and the journals are kept as well: the next run with the same output,
 * scenario, seed and model takes from them what it can, at any number of ranks, and ends with the bytes of an
 * undisturbed run. HW_ERROR_INTERRUPTED after a signal when nothing was finished; HW_OK with
 * report->interrupted otherwise. HW_ERROR_INPUT when `output` exists and must not be replaced (output_file.h,
 * earlier.h), and when the ranks cannot be grouped as wished. `events` counts this run's, `finished` also
 * what was found. */
hw_status hw_experiment_run(const hw_experiment *experiment, hw_experiment_report *report, hw_errors *errors);

/* What the records of its journals are an answer to: model, digest of the scenario, seed, the shape of the
 * record. Text, for the caller to free; NULL without memory. The number of replications does not belong to
 * it.
 */
char *hw_experiment_identity(const hw_experiment *experiment);

/* Removes the journals of an output but those that another run is writing. */
void hw_experiment_remove_journals(const char *output);

/* MPI, started once and ended once by the program. Works without mpirun too (one rank). */
void hw_ranks_start(int *argc, char ***argv);
void hw_ranks_end(void);
/* Ends the whole job at once when only one rank can know that something is wrong. */
void hw_ranks_abort(int exit_code);
int hw_rank(void);
int hw_rank_count(void);

#endif
