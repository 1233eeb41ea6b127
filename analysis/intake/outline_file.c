/* Reads polygons of GeoJSON, and finds districts by them. */
#include "analysis/intake/outline_file.h"
#include "analysis/base/memory.h"
#include "sim/length.h"
#include "sim/ordinary_file.h"
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- The file ---- */

/* What jansson says without the piece of the file that it quotes: that may be a coordinate. */
static int words_alone(const char *text) {
    const char *near = strstr(text, " near ");
    return near != NULL ? (int)(near - text) : (int)strlen(text);
}

static json_t *load(const char *path, hw_errors *errors) {
    const char *problem = NULL;
    FILE *in = hw_ordinary_stream(path, &problem);
    json_t *file = NULL;
    json_error_t wrong;
    if (in == NULL) {
        hw_errors_say(errors, "cannot read '%s': %s", path, problem != NULL ? problem : strerror(errno));
        return NULL;
    }
    if (fseek(in, 0, SEEK_END) != 0 || ftell(in) < 0 || ftell(in) > HW_GEOJSON_BYTES_MOST) {
        hw_errors_say(errors, "%s: a file of GeoJSON has at most %d MiB here: take it in parts", path,
                      HW_GEOJSON_BYTES_MOST >> 20);
    } else {
        rewind(in);
        file = json_loadf(in, JSON_REJECT_DUPLICATES, &wrong);
        if (file == NULL) {
            hw_errors_add(
                errors,
                (hw_position){.file = path, .line = (uint32_t)wrong.line, .column = (uint32_t)wrong.column},
                "this is no JSON: %.*s", words_alone(wrong.text), wrong.text);
        }
    }
    fclose(in);
    return file;
}

/* RFC 7946 has one system of coordinates. Older files could name it, or another one. */
static bool has_other_coordinates(const json_t *file) {
    static const char *const same[] = {"urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326",
                                       "EPSG:4326"};
    const json_t *system = json_object_get(file, "crs");
    const char *name = json_string_value(json_object_get(json_object_get(system, "properties"), "name"));
    bool known = system == NULL;
    for (size_t i = 0; name != NULL && i < HW_LENGTH(same); i++) {
        known = known || strcmp(name, same[i]) == 0;
    }
    return !known;
}

const json_t *hw_geojson_load(const char *path, json_t **file, hw_errors *errors) {
    *file = load(path, errors);
    if (*file == NULL) {
        return NULL;
    }
    const char *type = json_string_value(json_object_get(*file, "type"));
    const json_t *features = json_object_get(*file, "features");
    if (type == NULL || strcmp(type, "FeatureCollection") != 0 || json_array_size(features) == 0 ||
        json_array_size(features) > HW_GEOJSON_FEATURES_MOST) {
        hw_errors_say(errors, "%s is no GeoJSON of type FeatureCollection with 1 to %d features", path,
                      HW_GEOJSON_FEATURES_MOST);
    } else if (has_other_coordinates(*file)) {
        hw_errors_say(
            errors,
            "%s: 'crs' names other coordinates than longitude and latitude of WGS84: save it as RFC 7946",
            path);
    } else {
        return features;
    }
    json_decref(*file);
    *file = NULL;
    return NULL;
}

/* ---- Outlines ---- */

static bool read_point(const json_t *at, double point[2]) {
    point[0] = json_number_value(json_array_get(at, 0));
    point[1] = json_number_value(json_array_get(at, 1));
    return json_is_number(json_array_get(at, 0)) && json_is_number(json_array_get(at, 1)) &&
           fabs(point[0]) <= 180 && fabs(point[1]) <= 90;
}

static const char *read_ring(hw_outline *outline, const json_t *from, bool hole) {
    enum { POINTS_LEAST = 4 };
    size_t count = json_array_size(from);
    if (count < POINTS_LEAST) {
        return "a ring of fewer than four positions";
    }
    outline->rings = hw_take_again(outline->rings, outline->count + 1, sizeof *outline->rings);
    outline->holes = hw_take_again(outline->holes, outline->count + 1, sizeof *outline->holes);
    hw_ring *ring = &outline->rings[outline->count];
    *ring = (hw_ring){.points = hw_take(count, sizeof *ring->points), .count = count};
    outline->holes[outline->count++] = hole;
    for (size_t i = 0; i < count; i++) {
        if (!read_point(json_array_get(from, i), ring->points[i])) {
            return "a position is no longitude and latitude in degrees";
        }
    }
    const double *first = ring->points[0], *last = ring->points[count - 1];
    return first[0] < last[0] || first[0] > last[0] || first[1] < last[1] || first[1] > last[1]
               ? "a ring does not end where it begins"
               : NULL;
}

static const char *read_polygon(hw_outline *outline, const json_t *rings) {
    const char *problem = json_array_size(rings) == 0 ? "a polygon without a ring" : NULL;
    for (size_t i = 0; problem == NULL && i < json_array_size(rings); i++) {
        problem = read_ring(outline, json_array_get(rings, i), i > 0);
    }
    return problem;
}

const char *hw_outline_read(hw_outline *outline, const json_t *feature) {
    const json_t *geometry = json_object_get(feature, "geometry"),
                 *parts = json_object_get(geometry, "coordinates");
    const char *type = json_string_value(json_object_get(geometry, "type")), *problem = NULL;
    *outline = (hw_outline){.count = 0};
    if (type == NULL) {
        return "no geometry";
    }
    if (strcmp(type, "Polygon") == 0) {
        return read_polygon(outline, parts);
    }
    if (strcmp(type, "MultiPolygon") != 0) {
        return strcmp(type, "Point") == 0 ? "a point has no area" : "neither polygon nor point";
    }
    problem = json_array_size(parts) == 0 ? "a polygon without a ring" : NULL;
    for (size_t i = 0; problem == NULL && i < json_array_size(parts); i++) {
        problem = read_polygon(outline, json_array_get(parts, i));
    }
    return problem;
}

void hw_outline_free(hw_outline *outline) {
    for (size_t i = 0; i < outline->count; i++) {
        free(outline->rings[i].points);
    }
    free(outline->rings);
    free(outline->holes);
    *outline = (hw_outline){.count = 0};
}

double hw_outline_area_m2(const hw_outline *outline) {
    double area = 0;
    for (size_t i = 0; i < outline->count; i++) {
        area += (outline->holes[i] ? -1 : 1) * hw_ring_area_m2(&outline->rings[i]);
    }
    return area;
}

/* ---- Districts ---- */

static const char *name_of(const json_t *feature) {
    static const char *const keys[] = {"name", "shapeName", "ADM2_EN"};
    const json_t *properties = json_object_get(feature, "properties");
    for (size_t i = 0; i < HW_LENGTH(keys); i++) {
        const char *text = json_string_value(json_object_get(properties, keys[i]));
        if (text != NULL && *text != '\0') {
            return text;
        }
    }
    return NULL;
}

hw_status hw_district_outlines_read(hw_district_outlines *districts, const char *path, hw_errors *errors) {
    json_t *file = NULL;
    uint32_t before = errors->count;
    const json_t *features = hw_geojson_load(path, &file, errors);
    *districts = (hw_district_outlines){.count = 0};
    if (features == NULL) {
        return HW_ERROR_INPUT;
    }
    districts->items = hw_take(json_array_size(features), sizeof *districts->items);
    for (size_t i = 0; i < json_array_size(features) && errors->count < HW_ERRORS_KEPT; i++) {
        const json_t *feature = json_array_get(features, i);
        hw_district_outline *one = &districts->items[districts->count++];
        const char *name = name_of(feature), *problem = hw_outline_read(&one->outline, feature);
        one->name = hw_take_text("%s", name != NULL ? name : "");
        if (name == NULL || problem != NULL) {
            hw_errors_say(errors, "%s: feature %zu: %s", path, i + 1,
                          problem != NULL ? problem : "no property 'name' that says its district");
        }
    }
    json_decref(file);
    return errors->count > before ? HW_ERROR_INPUT : HW_OK;
}

void hw_district_outlines_free(hw_district_outlines *districts) {
    for (size_t i = 0; i < districts->count; i++) {
        free(districts->items[i].name);
        hw_outline_free(&districts->items[i].outline);
    }
    free(districts->items);
    *districts = (hw_district_outlines){.count = 0};
}

/* Holes count themselves out: a point in one lies in two rings. */
static bool holds(const hw_outline *outline, const double point[2]) {
    bool inside = false;
    for (size_t i = 0; i < outline->count; i++) {
        inside = inside != hw_ring_holds(&outline->rings[i], point[0], point[1]);
    }
    return inside;
}

static size_t corners_in(const hw_outline *district, const hw_outline *outline, size_t *all) {
    size_t inside = 0;
    *all = 0;
    for (size_t r = 0; r < outline->count; r++) {
        for (size_t i = 0; !outline->holes[r] && i + 1 < outline->rings[r].count; i++) {
            inside += holds(district, outline->rings[r].points[i]);
            ++*all;
        }
    }
    return inside;
}

const char *hw_district_outlines_find(const hw_district_outlines *districts, const hw_outline *outline,
                                      bool *uncertain) {
    size_t most = 0, all = 0;
    const char *found = NULL;
    for (size_t i = 0; i < districts->count; i++) {
        size_t inside = corners_in(&districts->items[i].outline, outline, &all);
        if (inside > most) {
            most = inside;
            found = districts->items[i].name;
        }
    }
    *uncertain = most < all;
    return found;
}

const char *hw_district_outlines_find_point(const hw_district_outlines *districts, const json_t *feature) {
    double point[2];
    if (!read_point(json_object_get(json_object_get(feature, "geometry"), "coordinates"), point)) {
        return NULL;
    }
    for (size_t i = 0; i < districts->count; i++) {
        if (holds(&districts->items[i].outline, point)) {
            return districts->items[i].name;
        }
    }
    return NULL;
}
