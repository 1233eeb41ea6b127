/* From a scenario file and the command line's overrides to everything that a run needs. The only place of
 * this floor that knows which model the program serves. */
#ifndef HW_ANALYSIS_LOAD_H
#define HW_ANALYSIS_LOAD_H

#include "analysis/scenario/parameters.h"
#include "sim/input/binding.h"
#include "sim/input/document.h"
#include "sim/record.h"
#include "sim/world.h"

typedef struct hw_setting {
    const char *path; /* "methods.manual.team_size" */
    const char *yaml; /* "10"; NULL: the value is taken away, and its default counts */
} hw_setting;

typedef struct hw_loaded {
    const hw_model *model;
    hw_document *document;
    hw_binding *binding;
    void *scenario;
    hw_record_layout *layout;
    const char
        *title;     /* the scenario's name, with what was set over it: "Quick (planning.rule=worst_first)" */
    char *named;    /* that text, where there are settings */
    char *settings; /* the same, one a line: "planning.rule=worst_first"; NULL: none */
    char *files;    /* names of the files that it is made of, one a line, without folders */
    int64_t start, horizon; /* days since 1970-01-01 */
    hw_errors warnings;     /* of a scenario that is right: what is hardly meant, in the order of the files */
    const hw_parameters *table; /* that values are drawn from (parameters_from), or NULL */
    hw_drawn_values *drawn;     /* and how */
    bool without_warnings; /* set before hw_load_bind: nobody asks for them, as at the points of a sweep */
} hw_loaded;

/* Reads, binds and checks a scenario with settings laid over it. All errors are collected. Free after success
 * and failure alike. */
hw_status hw_load(hw_loaded *loaded, const char *path, const hw_setting *settings, uint32_t setting_count,
                  hw_errors *errors);
void hw_load_free(hw_loaded *loaded);

/* Lets the scenario draw values from a table, which must outlive it, instead of that of `parameters_from`:
 * see hw_parameters_bind. */
hw_status hw_load_draw_from(hw_loaded *loaded, const hw_parameters *table, bool by_weight, hw_errors *errors);
/* And back, all values as the scenario says. */
void hw_load_draw_from_itself(hw_loaded *loaded);

/* The same of several files, each laid over those before it. */
hw_status hw_load_layers(hw_loaded *loaded, const char *const *paths, size_t count,
                         const hw_setting *settings, uint32_t setting_count, hw_errors *errors);

/* Lays a setting of the command line over a document, whose keys `root` describes. */
hw_status hw_load_set(hw_document *document, const hw_section *root, const hw_setting *setting,
                      hw_errors *errors);

/* Lays settings over a document, the day of knowledge first: what was known on it decides what there is to
 * set. */
hw_status hw_load_lay(hw_document *document, const hw_setting *settings, uint32_t count, hw_errors *errors);

/* In two steps, for many variants of one scenario: a document that says what `base` (which must outlive it)
 * says, for more to be set in loaded->document; then everything else. Free as above. */
hw_status hw_load_begin(hw_loaded *loaded, const hw_document *base);
hw_status hw_load_bind(hw_loaded *loaded, hw_errors *errors);

/* The same on every rank at once (collective): when it fails on one, it fails on all, and rank 0 has the
 * errors. */
hw_status hw_load_together(hw_loaded *loaded, const char *path, const hw_setting *settings,
                           uint32_t setting_count, hw_errors *errors);

hw_status hw_load_layers_together(hw_loaded *loaded, const char *const *paths, size_t count,
                                  const hw_setting *settings, uint32_t setting_count, hw_errors *errors);

/* What all ranks make of a file that each has read (collective): when one could not, all stop. */
hw_status hw_load_agree(hw_status own, const char *path, hw_errors *errors);

/* Prints warnings on standard error, on rank 0 only, whether a command is quiet or not. Call before anything
 * is simulated. */
void hw_warn(const hw_errors *warnings);

/* Description of all keys, for `homeward schema`. */
extern const hw_section *const hw_load_section;

#endif
