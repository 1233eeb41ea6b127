/* The numbers that events and planners read, worked out from the realised values in force. */
#ifndef HW_MODELS_NUMBERS_H
#define HW_MODELS_NUMBERS_H

#include "models/kinds.h"

/* From land->value, after drawing and whenever levers have changed it. */
void hw_numbers_derive(hw_land *land);

#endif
