/* Results on a map: districts and places as a GeoJSON feature collection (RFC 7946). */
#ifndef HW_ANALYSIS_GEOJSON_H
#define HW_ANALYSIS_GEOJSON_H

#include "analysis/results/outcomes.h"
#include "analysis/tables/sheet.h"
#include "sim/run/output_file.h"

/* The sheets of the summary that it is made of, up to NULL. */
extern const char *const hw_geojson_sheets[];

/* Districts have their outline, or null where it is not known; places have null: no coordinates of
 * uncleared ground. All figures are cells of the book. */
void hw_geojson_write(FILE *out, const hw_outcomes *outcomes, const hw_book *book);

extern const hw_output_format hw_geojson_format;

/* The names of the districts that have no outline, "Agdash, Barda", which the caller frees; NULL when all
 * have. */
char *hw_geojson_without_outline(const hw_outcomes *outcomes);

#endif
