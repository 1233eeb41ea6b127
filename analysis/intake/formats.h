/* The registry of formats: one row each. `homeward import --help` and `homeward list` read it. */
#ifndef HW_ANALYSIS_FORMATS_H
#define HW_ANALYSIS_FORMATS_H

#include "analysis/intake/import.h"

#define HW_FORMATS(ROW)                                                                                      \
    ROW(iati)                                                                                                \
    ROW(hxl)                                                                                                 \
    ROW(geojson)                                                                                             \
    ROW(csv)

#define HW_FORMAT_DECLARE(name) extern const hw_intake_format hw_intake_format_##name;
HW_FORMATS(HW_FORMAT_DECLARE)
#undef HW_FORMAT_DECLARE

extern const hw_intake_format *const hw_intake_formats[];
extern const uint32_t hw_intake_format_count;

/* By name, or NULL after an error with the nearest one. */
const hw_intake_format *hw_intake_format_find(const char *name, hw_errors *errors);

/* By what the file is like, or NULL after an error: unknown, or not to be read. */
const hw_intake_format *hw_intake_format_of(const char *path, hw_errors *errors);

#endif
