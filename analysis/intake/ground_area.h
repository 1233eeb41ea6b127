/* Areas of polygons on the ground, and whether a point lies in one. Degrees of WGS84, longitude before
 * latitude. */
#ifndef HW_ANALYSIS_GROUND_AREA_H
#define HW_ANALYSIS_GROUND_AREA_H

#include <stdbool.h>
#include <stddef.h>

typedef struct hw_ring {
    double (*points)[2]; /* the last one is the first one again */
    size_t count;
} hw_ring;

/* m2 inside a ring, whichever way it runs. Its edges are straight lines of the cylindrical equal-area
 * projection of the ellipsoid; from geodesics they differ by nothing that matters at the size of a minefield.
 * A ring across 180 degrees is followed the short way. */
double hw_ring_area_m2(const hw_ring *ring);

/* Even and odd crossings of a ray; points on the ring may be in or out. */
bool hw_ring_holds(const hw_ring *ring, double longitude, double latitude);

#endif
