/* Values of a scenario that the command line overrules: --set PATH=VALUE, --horizon DATE and
 * --as-of DATE. */
#ifndef HW_ANALYSIS_SETTINGS_H
#define HW_ANALYSIS_SETTINGS_H

#include "analysis/base/command.h"
#include "analysis/scenario/load.h"

/* The settings in the order in which they were given; the command must have options "set" and "horizon". An
 * error for each --set without "=", and for two settings of one value, or of one inside the other. Free with
 * hw_settings_free; the arguments must outlive them. */
hw_setting *hw_settings_read(const hw_arguments *arguments, uint32_t *count, hw_errors *errors);
void hw_settings_free(hw_setting *settings, uint32_t count);

#endif
