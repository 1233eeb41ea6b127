/* Outlines of districts that the reader brings: a file of GeoJSON (RFC 7946), shown on the page in place of
 * the ones that come with the program. */
#ifndef HW_ANALYSIS_OUTLINES_H
#define HW_ANALYSIS_OUTLINES_H

#include "analysis/base/json.h"
#include "analysis/results/outcomes.h"

/* Features with polygons, whose property "name", "shapeName", "ADM2_EN" or "ADM1_EN" is the name of a
 * district as it sounds (name_fold.h), or whose "p_code", "ADM2_PCODE" or "ADM1_PCODE" is the code that the
 * scenario gives it; others are drawn as neighbours. At most 16 MiB and 4,000 features; coordinates are
 * rounded to 1e-4 degrees. NULL with HW_ERROR_IO when it cannot be read, with HW_ERROR_INPUT (file, line,
 * column) when it is no such file, or when no feature is a district of the outcomes. json_decref it. */
json_t *hw_outlines_read(const char *path, const hw_outcomes *outcomes, hw_status *status, hw_errors *errors);

/* The same file with nothing known of it: its features in their order, each an object with "name" and
 * "p_code", where it has them, and "geometry". Likewise. */
json_t *hw_outlines_features(const char *path, hw_status *status, hw_errors *errors);

#endif
