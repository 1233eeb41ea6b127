/* Areas on the ellipsoid by the authalic latitude.
 *
 * J. P. Snyder, "Map Projections - A Working Manual", US Geological Survey Professional Paper 1395 (1987),
 * equations 3-12 (q) and 10-15 (the cylindrical equal-area projection of the ellipsoid): a strip between two
 * meridians up to a latitude has the area a^2/2 q(latitude) times their distance in radians. Constants of
 * WGS84. */
#include "analysis/intake/ground_area.h"
#include <math.h>

static const double MAJOR_AXIS_M = 6378137, FLATTENING = 1 / 298.257223563;
static const double RADIANS = 3.14159265358979323846 / 180;

static double q_of(double latitude) {
    double e2 = FLATTENING * (2 - FLATTENING), e = sqrt(e2), sine = sin(latitude * RADIANS);
    return (1 - e2) * (sine / (1 - e2 * sine * sine) + atanh(e * sine) / e);
}

double hw_ring_area_m2(const hw_ring *ring) {
    double sum = 0;
    for (size_t i = 0; i + 1 < ring->count; i++) {
        double east = ring->points[i + 1][0] - ring->points[i][0];
        east -= 360 * round(east / 360);
        sum += east * RADIANS * (q_of(ring->points[i][1]) + q_of(ring->points[i + 1][1]));
    }
    return fabs(sum) * MAJOR_AXIS_M * MAJOR_AXIS_M / 4;
}

bool hw_ring_holds(const hw_ring *ring, double longitude, double latitude) {
    bool inside = false;
    for (size_t i = 0; i + 1 < ring->count; i++) {
        const double *a = ring->points[i], *b = ring->points[i + 1];
        if ((a[1] > latitude) != (b[1] > latitude) &&
            longitude < a[0] + (latitude - a[1]) / (b[1] - a[1]) * (b[0] - a[0])) {
            inside = !inside;
        }
    }
    return inside;
}
