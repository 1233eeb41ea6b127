/* What a study runs beside its scenarios, and what a comparison makes of it: the noise floor (the base with a
 * hundred-thousandth more money) and copies of each scenario with ever so little more money, of which each
 * world's answer is the mean. */
#ifndef HW_ANALYSIS_REPEATS_H
#define HW_ANALYSIS_REPEATS_H

#include "analysis/compare/compare.h"
#include "analysis/results/study.h"
#include "analysis/scenario/nudge.h"

typedef struct hw_repeats_wish {
    bool floor;
    uint32_t copies; /* of each scenario, itself counted: 1 without any others */
} hw_repeats_wish;

typedef struct hw_repeats {
    hw_repeats_wish wish;
    bool floor;               /* asked for, and there is money to change */
    hw_study_source *sources; /* all copies of the base, of the floor, of each variant */
    hw_nudge *nudges;         /* of each source */
    hw_setting **settings;    /* of each source: its own, and after them those of its nudge */
    uint32_t count;
} hw_repeats;

/* The sources of a study that has them all (collective); `sources` begin with the base. HW_ERROR_INPUT for a
 * scenario that is finished or has no money to change, where copies are asked for. Free after failure too. */
hw_status hw_repeats_plan(hw_repeats *repeats, const hw_repeats_wish *wish, const hw_study_source *sources,
                          uint32_t count, const hw_study_wish *study, hw_errors *errors);
void hw_repeats_free(hw_repeats *repeats);

/* How many contenders a study of these sources has, the base counted. */
uint32_t hw_repeats_contenders(const hw_repeats *repeats);
/* The number of the source, as it was given, that a contender is; that of the base for the floor. */
uint32_t hw_repeats_source_of(const hw_repeats *repeats, uint32_t contender);
/* Contenders of a study that has run: the base, the floor, the variants. Free with free(); `copies` too. */
hw_contender *hw_repeats_contend(const hw_repeats *repeats, const hw_study *study,
                                 const hw_outcomes ***copies);

#endif
