/* Facts: dated observations of what the model tells too, each with its error, its source and the day on which
 * it became known.
 *
 * They stand in a file of their own, a mapping `observations:` of names to columns, or a table of
 * comma-separated values with the same columns. By name, so that a later layer can mend a fact or add one,
 * and so that every answer can say which fact it speaks of. */
#ifndef HW_ANALYSIS_BELIEF_OBSERVATIONS_H
#define HW_ANALYSIS_BELIEF_OBSERVATIONS_H

#include "analysis/belief/telling.h"
#include "sim/error.h"
#include "sim/run/output_file.h"

typedef enum hw_fact_column {
    HW_FACT_NAME,
    HW_FACT_QUANTITY,
    HW_FACT_SCOPE, /* and the other scopes behind it, in their order */
    HW_FACT_FROM = HW_FACT_SCOPE + HW_SCOPES,
    HW_FACT_TO,
    HW_FACT_VALUE,
    HW_FACT_AT_LEAST,
    HW_FACT_AT_MOST,
    HW_FACT_ERROR,
    HW_FACT_ROUNDED_TO,
    HW_FACT_CONFIDENCE,
    HW_FACT_PLAN,
    HW_FACT_KNOWN_BY,
    HW_FACT_SOURCE,
    HW_FACT_NOTE,
    HW_FACT_NOT_MODELLED,
    HW_FACT_COLUMNS
} hw_fact_column;

/* Names of the columns, in files of both kinds, and what they say. */
extern const char *const hw_fact_column_names[HW_FACT_COLUMNS];
extern const char *const hw_fact_column_meanings[HW_FACT_COLUMNS];

typedef struct hw_fact_cell {
    char *text; /* owned; NULL: not given */
    hw_position where;
} hw_fact_cell;

typedef struct hw_observation {
    hw_fact_cell cells[HW_FACT_COLUMNS]; /* as written */
    hw_question question;                /* kind NULL: not modelled */
    double low, high; /* in held units, days since 1970-01-01 of dates: the same where a value is known,
                         infinite where there is no bound */
    double error;     /* standard deviation, in the same units */
    int64_t known_by; /* days since 1970-01-01 */
    bool plan;        /* not what came, but what was meant to come */
} hw_observation;

typedef struct hw_observations {
    hw_observation *items;
    uint32_t count;
    char *linked; /* the file that a scenario named, which positions borrow; or NULL */
} hw_observations;

/* Reads a file of either kind, CSV by the end of its name, or the one that a scenario names by its key
 * `observations`. HW_ERROR_INPUT with every mistake, as
 * file:line:column. Free after failure too; `path` must outlive the observations and their errors. */
hw_status hw_observations_read(hw_observations *observations, const char *path, hw_errors *errors);
void hw_observations_free(hw_observations *observations);

/* Forgets those that became known after a day. */
void hw_observations_keep_known(hw_observations *observations, int64_t as_of);

/* Writes them as CSV or, for other names, as YAML. Money of other currencies is in USD then. */
hw_status hw_observations_write(const hw_observations *observations, const char *path,
                                const hw_output_rules *rules, hw_errors *errors);

/* What was seen: the value, or the middle or end of a range. In held units. */
double hw_observation_value(const hw_observation *observation);

/* What stands in a column; "" where it is not given. */
const char *hw_observation_text(const hw_observation *observation, hw_fact_column column);

#endif
