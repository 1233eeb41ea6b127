/* The external quality check of cleared ground. */
#ifndef HW_MODELS_QUALITY_H
#define HW_MODELS_QUALITY_H

#include "models/kinds.h"

/* The share of cleared ground that is checked in a district. It follows the district's record in the manner
 * of ISO 2859 switching rules: tightened after a failure, reduced after a run of passes. */
double hw_quality_sampled(const hw_land *land, uint32_t district);

#endif
