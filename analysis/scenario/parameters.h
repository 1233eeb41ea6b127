/* Tables of values that facts have conditioned: members, each with some values of a scenario and a weight.
 * They are written by `homeward condition SCENARIO`, and a scenario draws from one by `parameters_from`. */
#ifndef HW_ANALYSIS_SCENARIO_PARAMETERS_H
#define HW_ANALYSIS_SCENARIO_PARAMETERS_H

#include "sim/input/binding.h"
#include "sim/run/output_file.h"

typedef struct hw_parameters {
    char **paths;            /* of the values, */
    hw_distribution *priors; /* and what the scenario said of each before the facts */
    uint32_t columns;
    uint64_t count;  /* members */
    double *numbers; /* member by member, in held units */
    double *weights; /* add up to 1 */
    int64_t as_of;   /* the day whose facts it knows, days since 1970-01-01; INT64_MAX: it does not say */
    char *about;     /* "conditioned on 61 facts known by 2023-04-01, table 0123456789ab" */
} hw_parameters;

/* A table that is there is kept where its scenario_digest, facts_digest or as_of differs from that in the
 * facts about the new one: pairs of names and texts that end with NULL, and outlive the format. NULL: what it
 * is about does not matter. */
hw_output_format hw_parameters_format(const char *const *facts);

/* All texts and numbers are the caller's. `what` is `about` without the table's digest, which is added; facts
 * about the table as above. */
hw_status hw_parameters_write(const char *path, const hw_parameters *parameters, const char *what,
                              const char *const *facts, const hw_output_rules *rules, hw_errors *errors);

/* HW_ERROR_IO for what cannot be read or is not sealed, HW_ERROR_INPUT for another kind of file. Free after
 * failure too. */
hw_status hw_parameters_read(hw_parameters *parameters, const char *path, hw_errors *errors);
void hw_parameters_free(hw_parameters *parameters);

/* The values of a binding as some of them come from the table: by weight, or replication r from member r. */
typedef struct hw_drawn_values {
    hw_values values;
    hw_members members;
    uint32_t otherwise; /* columns that are not used: the scenario says another distribution, or a number */
} hw_drawn_values;

/* Errors at `where` for paths that the scenario lacks, and where its files leave no value to use: what
 * somebody sets, or a sweep moves, may well be all of them. The table and the binding of the document must
 * outlive it; free with hw_drawn_values_free. NULL with errors. */
hw_drawn_values *hw_parameters_bind(const hw_parameters *parameters, const hw_binding *binding,
                                    const hw_document *document, bool by_weight, hw_position where,
                                    hw_errors *errors);
void hw_drawn_values_free(hw_drawn_values *drawn);

#endif
