/* Outlines of districts for maps and GeoJSON: generalised, for display only, never for measuring. The table
 * in district_shapes.c is made from data/azerbaijan-districts.geojson by data/shapes.py. WGS84, degrees. */
#ifndef HW_ANALYSIS_DISTRICT_SHAPES_H
#define HW_ANALYSIS_DISTRICT_SHAPES_H

#include <stdbool.h>
#include <stdint.h>

/* Closed: the last point is the first one. Outer rings run counterclockwise, holes clockwise. */
typedef struct hw_shape_ring {
    const double (*points)[2]; /* longitude, latitude */
    uint32_t count;
    uint32_t part; /* which polygon it belongs to; its outer ring comes first, then its holes */
    bool hole;
} hw_shape_ring;

typedef struct hw_district_shape {
    const char *name, *name_az;
    const char *p_code; /* NULL where the file of outlines has none */
    const hw_shape_ring *rings;
    uint32_t ring_count;
    double inner_longitude, inner_latitude; /* inside, where a label has the most room */
    bool is_small; /* the label has no room there: it stands beside, with a line to it */
    double label_longitude, label_latitude; /* where the label is */
} hw_district_shape;

extern const hw_district_shape hw_district_shapes[];
extern const uint32_t hw_district_shape_count;
/* Where the outlines come from, with their licence. */
extern const char hw_district_shapes_source[];

/* The shape of that p-code (which may be NULL), or else of that name in English or Azerbaijani, in whatever
 * spelling (name_fold.h); NULL when it is missing. */
const hw_district_shape *hw_district_shape_find(const char *name, const char *p_code);

/* The shape of each of the districts, of a shape that two of them could mean only for the first, or NULL; the
 * caller frees the list. `p_codes` as below. */
const hw_district_shape **hw_district_shapes_of(const char *const *districts, char *const *p_codes,
                                                uint32_t count);

/* The p-code that the values of a scenario (rows, as in hw_outcomes) give each of the districts, which the
 * caller frees with hw_district_codes_free; NULL for those without one. `rows` may be NULL. */
char **hw_district_codes(const char *rows, const char *const *districts, uint32_t count);
void hw_district_codes_free(char **codes, uint32_t count);

#endif
