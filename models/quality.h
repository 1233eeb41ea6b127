/* What happens to ground once it has been searched: a sample goes to the external quality check, the rest to
 * its report. */
#ifndef HW_MODELS_QUALITY_H
#define HW_MODELS_QUALITY_H

#include "models/land.h"

/* Sends ground that a team has just finished clearing to HW_STAGE_CHECK or HW_STAGE_REPORT. The share sampled
 * follows the district's record in the manner of ISO 2859 switching rules: tightened after a failure, reduced
 * after a run of passes. */
void hw_quality_after_clearance(hw_land *land, uint32_t item, double now);

#endif
