/* What a reader knows, as the options of a command say it: --given CONDITION leaves worlds out,
 * --observations FACTS with --as-of DATE weighs those that are left by facts. Every command that answers from
 * results does it by this, and by nothing else. */
#ifndef HW_ANALYSIS_BELIEF_KNOWN_H
#define HW_ANALYSIS_BELIEF_KNOWN_H

#include "analysis/base/inputs.h"
#include "analysis/belief/observations.h"
#include "analysis/results/study.h"

typedef struct hw_known {
    const char **given;
    uint32_t given_count;
    bool learns;
    int64_t as_of;
    hw_observations facts; /* that were known by then */
    hw_inputs inputs;      /* the operands and the files of facts */
} hw_known;

/* Reads the options (--observations where the command takes it) and the facts. HW_ERROR_INPUT for the one
 * option without the other (where a command has an --as-of of its own, only for facts without a day) and
 * where no fact was known; HW_ERROR_IO when the file cannot be read. Free after failure too, when the errors
 * have been told: they borrow texts of the facts. */
hw_status hw_known_read(hw_known *known, const hw_arguments *arguments, hw_errors *errors);
void hw_known_free(hw_known *known);

/* Whether anything is known. */
static inline bool hw_known_any(const hw_known *known) {
    return known->learns || known->given_count > 0;
}

/* Leaves in outcomes what agrees, and weighs it. `outcomes` keep texts of the options. HW_ERROR_INPUT where a
 * condition cannot be read or is met by too few, the model tells none of the facts, or too few replications
 * stay effective; HW_ERROR_IO when the file cannot be read. */
hw_status hw_known_apply(const hw_known *known, hw_outcomes *outcomes, hw_errors *errors);

/* Before the work: whether the conditions can be read of a study's base. */
hw_status hw_known_check_study(const hw_known *known, const hw_study *study, hw_errors *errors);

/* After it: what is known is known of the base; a world of a variant stays, and counts, as it does there. */
hw_status hw_known_apply_to_study(const hw_known *known, hw_study *study, hw_errors *errors);

#endif
