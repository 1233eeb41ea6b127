/* Fills the table of normal quantiles. */
#include "models/bell.h"

void hw_bell_fill(hw_bell *bell) {
    bell->value[0] = bell->value[HW_BELL_STEPS] = 0; /* never read */
    for (uint32_t i = 1; i < HW_BELL_STEPS; i++) {
        bell->value[i] = hw_normal_quantile((double)i / HW_BELL_STEPS);
    }
}
