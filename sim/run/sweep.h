/* Sweeps: many points, each replicated many times, shared by MPI ranks, gathered into one result file. An
 * experiment (experiment.h) is a sweep of one point that keeps all of its outcomes.
 *
 * Everything lives in one folder:
 *     journal-<rank>       what each group of ranks has finished (journal.h); kept for --reuse
 *     log-<rank>.jsonl     one line of JSON for each batch, for monitoring
 *     sweep.h5             the result (sweep_store.h), when all is done
 * or, of an experiment, beside its result file, as <result file>.journal-<rank>.
 *
 * Groups of ranks (group.h), usually of one rank, claim batches of pieces (point x replications) from a
 * shared counter (one-sided fetch-and-add; no master); batches shrink toward the end. Values are summarised
 * point by point in the order of replications, so the bytes of the result depend on the question only: not on
 * ranks, on their grouping, on crashes, nor on what was reused. */
#ifndef HW_SIM_RUN_SWEEP_H
#define HW_SIM_RUN_SWEEP_H

#include "sim/error.h"
#include "sim/run/earlier.h"
#include "sim/run/experiment.h"
#include "sim/run/journal.h"
#include "sim/run/sweep_shape.h"
#include "sim/world.h"

/* A point that is ready to run. */
typedef struct hw_sweep_case {
    const hw_model *model;
    const void *scenario;
    size_t outcome_bytes;
    unsigned char
        key[HW_JOURNAL_KEY_BYTES]; /* digest of scenario, seed, model and what is asked, replications apart */
    void *own;                     /* the opener's */
} hw_sweep_case;

/* A coordinate of the points in the result. */
typedef struct hw_sweep_coordinate {
    const char *name, *long_name;
    const char *units; /* NULL: texts */
} hw_sweep_coordinate;

/* A text or number for each factor in the result, e.g. its path. */
typedef struct hw_sweep_factor {
    const char *name, *path, *units;
    bool assumed;
    const char *paths; /* all of them, one a line; NULL when `path` is the only one */
} hw_sweep_factor;

/* Where points come from. Every rank can open every point, and finds the same. */
typedef struct hw_sweep_source {
    void *context;
    /* HW_ERROR_INPUT with `problem` when the point cannot be run: that is kept as the point's answer. */
    hw_status (*open)(void *context, uint64_t point, hw_sweep_case *opened, char problem[200]);
    void (*close)(void *context, hw_sweep_case *opened);
    /* Values of one outcome; NULL: the outcome itself is kept. */
    void (*measure)(void *context, const hw_sweep_case *opened, const unsigned char *outcome, double *values);

    /* For the result: coordinates of a point (a number or a text for each; texts are borrowed until the next
     * call), and its place in the unit cube, one number for each factor. */
    const hw_sweep_coordinate *coordinates;
    uint32_t coordinate_count;
    const hw_sweep_factor *factors;
    uint32_t factor_count;
    void (*locate)(void *context, uint64_t point, double *numbers, const char **texts, double *unit);

    /* Scenarios: labels, resolved texts and their values as rows (which may be NULL). */
    const char *const *labels;
    const char *const *resolved;
    const char *const *rows;
    uint32_t scenario_count;
} hw_sweep_source;

typedef struct hw_sweep {
    const char *folder;
    const char *title, *question, *design; /* for people; question may be NULL */
    const char *file;                      /* the sweep's own file, resolved */
    const char *version;                   /* of the program */
    const hw_model *model;
    const char *digest; /* of everything asked: 64 hexadecimal digits */
    uint64_t seed, points, replications;
    hw_sweep_shape shape;
    bool keep_outcomes;
    bool whole; /* what is kept is all of the outcome */
    /* Every point is run until this holds at each of them, at most `replications` times; NULL: all. What is
     * kept of a replication is what `happened` looks at. */
    const hw_stop_rule *stop;
    bool resume;                  /* go on with what is in the folder */
    bool anyway;                  /* start even where memory or disk seem too small */
    const hw_output_rules *rules; /* what may be replaced; NULL: nothing of others' */
    const char *const *reuse;     /* folders of other sweeps, or NULL */
    uint32_t reuse_count;
    double stop_after;        /* seconds; 0: no limit */
    uint64_t ranks_per_world; /* 0 is 1 */
    hw_progress_style progress;
    hw_sweep_source source;
    /* The experiment whose only point this is: its outcomes go into its own result file (store.h), part of it
     * is an answer too, and its journals go with the answer. NULL: a sweep. */
    const hw_experiment *alone;
} hw_sweep;

typedef struct hw_sweep_report {
    uint64_t found;         /* replications that earlier runs of this sweep had finished */
    uint64_t reused;        /* replications taken from other sweeps, and */
    uint64_t reused_points; /* points that were taken whole */
    uint64_t finished;      /* all replications, these included */
    uint64_t failed;        /* replications that broke a law: by this run; of an experiment, all of them */
    uint64_t problems;      /* points that cannot be run, by this run */
    uint64_t damaged;       /* records of journals that did not match their sums and were done again */
    uint64_t events;
    double seconds;       /* wall time, without assembling */
    hw_assembly assembly; /* of an experiment */
    int ranks;
    double half_width; /* reached, with a stop rule: the widest of all points */
    bool complete;     /* the result is there, and whole */
} hw_sweep_report;

/* Collective over all ranks. Status and report are the same on every rank; error texts are added on rank 0.
 * HW_ERROR_REQUEUE after the time limit or SIGTERM, HW_ERROR_INTERRUPTED after Ctrl-C: finished work is kept,
 * a run with `resume` goes on, at any number of ranks, and ends with the bytes of an undisturbed one.
 * HW_ERROR_INPUT when the folder holds this sweep and `resume` is not set, or another sweep. HW_ERROR_IO when
 * the disk is full or cannot be written: journals keep what is finished. */
hw_status hw_sweep_run(const hw_sweep *sweep, hw_sweep_report *report, hw_errors *errors);

/* "<folder>/sweep.h5"; and "<folder>/" or "<result file>.", what the names of the journals begin with. The
 * caller frees them; NULL without memory. */
char *hw_sweep_result_path(const char *folder);
char *hw_sweep_stem(const hw_sweep *sweep);

/* What a result with so many replications answers; the model's name goes into `room`. Sweeps have all or
 * none. */
hw_question hw_sweep_question(const hw_sweep *sweep, uint64_t finished, bool complete,
                              char room[HW_MODEL_NAME]);

/* What the journals of a sweep have in common, as text: "points 100\nreplications 50\n..." NULL without
 * memory. */
char *hw_sweep_identity(const hw_sweep *sweep);
/* A line of it: the text behind "<name> ", up to the end of the line, allocated; NULL without such a line. */
char *hw_sweep_identity_line(const char *identity, const char *name);

#endif
