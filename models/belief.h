/* What planners believe: of one block, by Bayes' rule from evidence; and of like ground, which is all ground
 * of a class and setting in a district, from what its blocks have shown. A hundred empty blocks make the next
 * one easier to cancel. */
#ifndef HW_MODELS_BELIEF_H
#define HW_MODELS_BELIEF_H

#include "models/kinds.h"
#include <stdbool.h>

/* How well a survey tells clean ground from dirty. With probability `common` what settles the doubt about
 * mines in a block settles that about remnants, too: it is the same people asked, the same walk along the
 * edge.
 */
typedef struct hw_survey_quality {
    double sensitivity, specificity, common;
} hw_survey_quality;

/* Signs of mines and of remnants. */
typedef struct hw_signs {
    bool mined, battle;
} hw_signs;

/* Belief in mines and in remnants. */
typedef struct hw_beliefs {
    double mined, battle;
} hw_beliefs;

/* What a survey of a block shows: signs where there is something with probability `sensitivity`, false alarm
 * with 1 - `specificity`. Two uniform numbers. */
hw_signs hw_belief_evidence(const hw_survey_quality *quality, hw_signs truth, double uniform, double second);

/* Belief after it, by Bayes' rule on both kinds jointly. */
hw_beliefs hw_belief_after_survey(const hw_survey_quality *quality, hw_signs signs, hw_beliefs before);

/* Bayes' rule for one kind. */
double hw_belief_posterior(double prior, bool evidence, double sensitivity, double specificity);

/* Odds times factor. Certainty stays certainty. */
double hw_belief_times(double belief, double factor);

/* Belief of an item as of the last planning day: ground that waits for survey follows what like ground has
 * shown. */
hw_beliefs hw_belief_of(const hw_land *land, uint32_t index);

/* A block of known ground has changed what is believed of it, and like ground learns. Counts from the next
 * quarter on. */
void hw_belief_learn(hw_land *land, uint32_t index, hw_beliefs before, hw_beliefs after);

/* First belief of all ground. */
void hw_belief_begin(hw_land *land);

/* What has been learnt before the first day holds from it on: nobody looks again at ground that waits. */
void hw_belief_take_in(hw_land *land);

/* A planning day, the first of a quarter counts: what has been learnt since holds from now on; ground that
 * waits for technical survey or a search is looked at again where that changes much. */
void hw_belief_plan(hw_land *land, double now);

#endif
