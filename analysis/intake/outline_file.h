/* GeoJSON files (RFC 7946) as an import reads them: features one by one with their rings, which are forgotten
 * at once, and outlines of districts to find the one that a polygon lies in. No coordinate is in any message.
 */
#ifndef HW_ANALYSIS_OUTLINE_FILE_H
#define HW_ANALYSIS_OUTLINE_FILE_H

#include "analysis/base/json.h"
#include "analysis/intake/ground_area.h"
#include "sim/error.h"

enum { HW_GEOJSON_BYTES_MOST = 1 << 25, HW_GEOJSON_FEATURES_MOST = 200000 };

/* A polygon with its holes, or several. */
typedef struct hw_outline {
    hw_ring *rings;
    bool *holes; /* of each ring */
    size_t count;
} hw_outline;

/* The features of a FeatureCollection; *file must be given to json_decref when they are done with. NULL with
 * an error (file, line, column) when it cannot be read, is too large or no such collection, or names
 * coordinates other than longitude and latitude of WGS84. */
const json_t *hw_geojson_load(const char *path, json_t **file, hw_errors *errors);

/* Reads the geometry of a feature; returns what is wrong with it, or NULL. A point is no outline: "a point
 * has no area". Free after failure too. */
const char *hw_outline_read(hw_outline *outline, const json_t *feature);
void hw_outline_free(hw_outline *outline);
double hw_outline_area_m2(const hw_outline *outline);

/* ---- Districts ---- */

typedef struct hw_district_outline {
    char *name;
    hw_outline outline;
} hw_district_outline;

typedef struct hw_district_outlines {
    hw_district_outline *items;
    size_t count;
} hw_district_outlines;

/* Features with polygons whose property "name", "shapeName" or "ADM2_EN" is a district's name. HW_ERROR_INPUT
 * when any other is there. Free after failure too. */
hw_status hw_district_outlines_read(hw_district_outlines *districts, const char *path, hw_errors *errors);
void hw_district_outlines_free(hw_district_outlines *districts);

/* The district that holds most corners of an outline, or NULL; *uncertain when some lie elsewhere. */
const char *hw_district_outlines_find(const hw_district_outlines *districts, const hw_outline *outline,
                                      bool *uncertain);
/* The same of the point of a feature; NULL also when it is no point. */
const char *hw_district_outlines_find_point(const hw_district_outlines *districts, const json_t *feature);

#endif
