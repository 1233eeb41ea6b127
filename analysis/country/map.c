/* Districts from a map: names, codes, and how large each is. */
#include "analysis/base/memory.h"
#include "analysis/country/country.h"
#include "analysis/page/outlines.h"
#include "sim/visible.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DISTRICTS_MOST = 300, NAME_BYTES_MOST = 100 };
static const double RADIUS_KM = 6371.0088; /* the Earth's mean radius (IUGG) */

static double radians(const json_t *point, size_t which) {
    return json_number_value(json_array_get(point, which)) * M_PI / 180;
}

/* The area inside a ring on the sphere, positive whichever way it runs (the sum over its sides of the
 * difference in longitude times 2 + sin + sin; half of it is the area of the unit sphere). */
static double ring_km2(const json_t *ring) {
    double sum = 0;
    for (size_t i = 0; i + 1 < json_array_size(ring); i++) {
        const json_t *from = json_array_get(ring, i), *to = json_array_get(ring, i + 1);
        double turn = remainder(radians(to, 0) - radians(from, 0), 2 * M_PI);
        sum += turn * (2 + sin(radians(from, 1)) + sin(radians(to, 1)));
    }
    double area = fabs(sum) / 2;
    return RADIUS_KM * RADIUS_KM * fmin(area, 4 * M_PI - area);
}

/* The outer ring without its holes. */
static double polygon_km2(const json_t *rings) {
    double area = 0;
    for (size_t i = 0; i < json_array_size(rings); i++) {
        double ring = ring_km2(json_array_get(rings, i));
        area += i == 0 ? ring : -ring;
    }
    return fmax(area, 0);
}

static double first_latitude(const json_t *polygon) {
    const json_t *ring = json_array_get(polygon, 0);
    double sum = 0;
    size_t count = json_array_size(ring);
    for (size_t i = 0; i < count; i++) {
        sum += json_number_value(json_array_get(json_array_get(ring, i), 1));
    }
    return count > 0 ? sum / (double)count : 0;
}

static void measure(hw_country_district *district, const json_t *geometry) {
    const json_t *coordinates = json_object_get(geometry, "coordinates");
    if (strcmp(json_string_value(json_object_get(geometry, "type")), "Polygon") == 0) {
        district->area_km2 = polygon_km2(coordinates);
        district->latitude = first_latitude(coordinates);
        return;
    }
    for (size_t i = 0; i < json_array_size(coordinates); i++) {
        district->area_km2 += polygon_km2(json_array_get(coordinates, i));
    }
    district->latitude = first_latitude(json_array_get(coordinates, 0));
}

/* Whether a person can read it, and a file of text can hold it. */
static bool is_readable(const char *name) {
    size_t size = strlen(name);
    bool seen = false;
    for (size_t at = 0; at < size;) {
        uint32_t code = 0;
        size_t bytes = hw_utf8_decode((const unsigned char *)name + at, size - at, &code);
        if (bytes == 0 || hw_is_hidden(code) || code == '\n' || code == '\t') {
            return false;
        }
        seen = seen || code != ' ';
        at += bytes;
    }
    return seen && size <= NAME_BYTES_MOST;
}

static void take_feature(hw_country_map *map, const char *path, const json_t *feature, size_t number,
                         hw_errors *errors) {
    const char *name = json_string_value(json_object_get(feature, "name"));
    const char *code = json_string_value(json_object_get(feature, "p_code"));
    if (name == NULL) {
        hw_errors_say(errors,
                      "%s: feature %zu has no name (property 'name', 'shapeName', 'ADM2_EN' or 'ADM1_EN')",
                      path, number);
        return;
    }
    if (!is_readable(name) || (code != NULL && !is_readable(code))) {
        hw_errors_say(
            errors,
            "%s: feature %zu: expected a name (and a code) of 1 to %d bytes without hidden characters, "
            "found '%s'",
            path, number, NAME_BYTES_MOST, name);
        return;
    }
    hw_country_district *district = &map->districts[map->count++];
    district->name = hw_take_text("%s", name);
    district->p_code = code != NULL ? hw_take_text("%s", code) : NULL;
    measure(district, json_object_get(feature, "geometry"));
}

hw_status hw_country_read_map(hw_country_map *map, const char *path, hw_errors *errors) {
    hw_status status = HW_OK;
    json_t *features = hw_outlines_features(path, &status, errors);
    size_t count = json_array_size(features);
    *map = (hw_country_map){.count = 0};
    if (features == NULL) {
        return status;
    }
    if (count > DISTRICTS_MOST) {
        hw_errors_say(errors,
                      "%s has %zu features: a scenario of more than %d districts is of no use to anybody; "
                      "take the outlines of a higher level",
                      path, count, DISTRICTS_MOST);
    } else {
        map->districts = hw_take(count + 1, sizeof *map->districts);
        for (size_t i = 0; i < count; i++) {
            take_feature(map, path, json_array_get(features, i), i + 1, errors);
        }
    }
    json_decref(features);
    return errors->count == 0 ? HW_OK : HW_ERROR_INPUT;
}

void hw_country_free_map(hw_country_map *map) {
    for (uint32_t i = 0; i < map->count; i++) {
        free(map->districts[i].name);
        free(map->districts[i].p_code);
    }
    free(map->districts);
    *map = (hw_country_map){.count = 0};
}
