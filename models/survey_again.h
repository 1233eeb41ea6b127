/* Rounds of survey: ground that was surveyed long ago and still waits goes back to survey
 * (methods.non_technical_survey.again_after). */
#ifndef HW_MODELS_SURVEY_AGAIN_H
#define HW_MODELS_SURVEY_AGAIN_H

#include "models/kinds.h"

/* A planning day: as much of each area as falls to this month of a round, while survey keeps up.
 */
void hw_survey_again_plan(hw_land *land, double now, double next);

#endif
