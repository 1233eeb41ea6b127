/* A study: several scenarios simulated on the same worlds, as scenario files that are still to be run, or as
 * result files that are finished. All of it is collective over MPI ranks; outcomes are rank 0's.
 *
 * What a study has run is kept under a name that says what it is,
 * <folder>/<scenario>-<digest>-seed<S>-n<N>.h5, and used again by the next study that needs it; so a study
 * that was interrupted goes on where it was. */
#ifndef HW_ANALYSIS_STUDY_H
#define HW_ANALYSIS_STUDY_H

#include "analysis/base/inputs.h"
#include "analysis/results/outcomes.h"
#include "analysis/scenario/load.h"
#include "analysis/tables/deliver.h"
#include "sim/run/output_file.h"

/* The last rows of every command that runs a study and delivers tables. */
#define HW_STUDY_OPTIONS                                                                                       \
    HW_AS_OF_OPTION, {"set",          0,                                                                       \
                      HW_OPTION_TEXT, true,                                                                    \
                      "PATH=VALUE",   "overrule one value of all scenarios; may be repeated"},                 \
        {"keep", 0, HW_OPTION_TEXT, false, "FOLDER", "where results are kept and found again (results/runs)"}, \
        HW_TABLE_OPTIONS, HW_ANYWAY_OPTION, HW_REPLACE_OPTION, {                                               \
        "quiet", 'q', HW_OPTION_SWITCH, false, NULL, "no progress; warnings stay"                              \
    }
/* The row before them, where nothing else is said of the horizon. */
#define HW_HORIZON_OPTION                                                                                    \
    { "horizon", 0, HW_OPTION_DATE, false, "DATE", "simulate to this date instead of the scenario's" }

typedef struct hw_study_wish {
    const uint64_t *seed, *replications; /* NULL: those of the first finished file, or 1 and 1000 */
    const hw_setting *settings;          /* laid over every scenario file */
    uint32_t setting_count;
    const char *folder;               /* where results are kept; made when they are */
    bool quiet;                       /* no progress */
    bool warned;                      /* whoever asks has given the warnings */
    uint64_t done_before, left_after; /* replications of the studies before and after it, for one progress bar
                                       */
    const hw_output_rules *rules;     /* what may be replaced */
    bool anyway;                      /* start even where memory or disk seem too small */
    hw_trust trust;                   /* of the result files that are named */
} hw_study_wish;

/* What a part is made of. */
typedef struct hw_study_source {
    const char *path; /* a scenario file or a result file */
    const char *over; /* the scenario file that this one is laid over, as if it included it first; or NULL */
    const char *const *layers; /* scenario files that are laid over it, one after the other */
    uint32_t layer_count;
    const char *name;           /* NULL: that of its file */
    const hw_setting *settings; /* over this one alone, after those for all */
    uint32_t setting_count;
} hw_study_source;

typedef struct hw_study_part {
    hw_study_source source;
    char *name;       /* of the scenario, short; different from all others' */
    bool is_results;  /* the source is a finished result file */
    hw_loaded loaded; /* of a scenario file */
    char *output;     /* of a scenario file: its result file */
    bool is_open;
    hw_outcomes outcomes; /* rank 0, when open */
} hw_study_part;

typedef struct hw_study {
    const hw_study_wish *wish;
    uint64_t seed, replications;
    hw_study_part *parts; /* the base is the first */
    uint32_t count;
} hw_study;

/* Whether a file is taken for a result file rather than for a scenario: by its name or its first bytes. */
bool hw_study_is_results(const char *path);

/* As the options --seed, --replications, --keep, --quiet and --anyway of a command say. */
hw_study_wish hw_study_wish_of(const hw_arguments *arguments, const hw_output_rules *rules,
                               const hw_setting *settings, uint32_t setting_count);

/* Loads a scenario file as a study with that wish does (collective). */
hw_status hw_study_load(hw_loaded *loaded, const hw_study_source *source, const hw_study_wish *wish,
                        hw_errors *errors);

/* Reads all scenarios and opens all result files, and makes sure that they share the worlds of the first one:
 * HW_ERROR_INPUT with all reasons otherwise, before anything is simulated. The texts of the sources and the
 * wish must outlive the study. Close after success and failure alike. */
hw_status hw_study_open(hw_study *study, const hw_study_source *sources, uint32_t count,
                        const hw_study_wish *wish, hw_errors *errors);

/* Whether the place and the days of the options --place, --by and --land-by are those of its base. Wrong
 * questions are refused before an hour of simulation, not after. */
hw_status hw_study_check_question(const hw_arguments *arguments, const hw_study *study, hw_errors *errors);

/* What the study reads and will read: scenarios with all that they include, results, kept results. After
 * hw_study_open. */
void hw_study_add_inputs(const hw_study *study, hw_inputs *inputs);

/* Runs what is not there yet, one progress bar for all; afterwards all outcomes are open on rank 0.
 * HW_ERROR_INTERRUPTED after a signal: what is finished is kept. */
hw_status hw_study_run(hw_study *study, hw_errors *errors);

/* Whether all replications of all parts are good (rank 0, after hw_study_run): see hw_outcomes_all_good. */
hw_status hw_study_check_good(const hw_study *study, hw_errors *errors);

void hw_study_close(hw_study *study);

#endif
