/* Reads outlines of districts. */
#include "analysis/page/outlines.h"
#include "analysis/base/memory.h"
#include "analysis/base/name_fold.h"
#include "analysis/pictures/district_shapes.h"
#include "sim/length.h"
#include "sim/ordinary_file.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BYTES_MOST = 1 << 24, FEATURES_MOST = 4000 };

/* The districts that features are looked for among. */
typedef struct districts {
    const char *const *names;
    char **codes;
    uint32_t count;
} districts;

static const char *text_of(const json_t *properties, const char *const *keys, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const char *text = json_string_value(json_object_get(properties, keys[i]));
        if (text != NULL && *text != '\0') {
            return text;
        }
    }
    return NULL;
}

static const char *district_of(const districts *known, const char *name, const char *code) {
    for (uint32_t i = 0; code != NULL && i < known->count; i++) {
        if (known->codes[i] != NULL && strcmp(known->codes[i], code) == 0) {
            return known->names[i];
        }
    }
    const char *found = NULL;
    char *sound = hw_name_fold(name != NULL ? name : "");
    for (uint32_t i = 0; *sound != '\0' && found == NULL && i < known->count; i++) {
        char *own = hw_name_fold(known->names[i]);
        found = strcmp(own, sound) == 0 ? known->names[i] : NULL;
        free(own);
    }
    free(sound);
    return found;
}

/* ---- Coordinates ---- */

static json_t *point_of(const json_t *at) {
    double longitude = json_number_value(json_array_get(at, 0)),
           latitude = json_number_value(json_array_get(at, 1));
    if (!json_is_number(json_array_get(at, 0)) || !json_is_number(json_array_get(at, 1)) ||
        fabs(longitude) > 180 || fabs(latitude) > 90) {
        return NULL;
    }
    const double rounded[] = {round(longitude * 1e4) / 1e4, round(latitude * 1e4) / 1e4};
    return hw_json_numbers(rounded, HW_LENGTH(rounded));
}

/* A list of lists ... of points, as deep as that; NULL where it is none. */
static json_t *rings_of(const json_t *from, int depth) {
    enum { POINTS_LEAST = 4 };
    if (depth == 0) {
        return point_of(from);
    }
    if (!json_is_array(from) || json_array_size(from) == 0 ||
        (depth == 1 && json_array_size(from) < POINTS_LEAST)) {
        return NULL;
    }
    json_t *to = hw_json_array();
    for (size_t i = 0; i < json_array_size(from); i++) {
        json_t *part = rings_of(json_array_get(from, i), depth - 1);
        if (part == NULL) {
            json_decref(to);
            return NULL;
        }
        hw_json_append(to, part);
    }
    return to;
}

static json_t *geometry_of(const json_t *geometry) {
    const char *type = json_string_value(json_object_get(geometry, "type"));
    int depth = type == NULL                        ? 0
                : strcmp(type, "Polygon") == 0      ? 2
                : strcmp(type, "MultiPolygon") == 0 ? 3
                                                    : 0;
    json_t *rings = depth > 0 ? rings_of(json_object_get(geometry, "coordinates"), depth) : NULL;
    if (rings == NULL) {
        return NULL;
    }
    json_t *made = hw_json_object();
    hw_json_put(made, "type", hw_json_text(type));
    hw_json_put(made, "coordinates", rings);
    return made;
}

/* ---- Features ---- */

static const char *name_of(const json_t *properties) {
    static const char *const keys[] = {"name", "shapeName", "ADM2_EN", "ADM1_EN"};
    return text_of(properties, keys, HW_LENGTH(keys));
}

static const char *code_of(const json_t *properties) {
    static const char *const keys[] = {"p_code", "ADM2_PCODE", "ADM1_PCODE"};
    return text_of(properties, keys, HW_LENGTH(keys));
}

static json_t *feature_of(const json_t *from, const districts *known, bool *is_known) {
    const json_t *properties = json_object_get(from, "properties");
    json_t *geometry = geometry_of(json_object_get(from, "geometry"));
    if (geometry == NULL) {
        return NULL;
    }
    const char *name = name_of(properties);
    const char *district = district_of(known, name, code_of(properties));
    json_t *feature = hw_json_object(), *about = hw_json_object();
    *is_known = district != NULL;
    hw_json_put(about, "name", hw_json_text(district != NULL ? district : name != NULL ? name : ""));
    hw_json_put(feature, "type", hw_json_text("Feature"));
    hw_json_put(feature, "properties", about);
    hw_json_put(feature, "geometry", geometry);
    return feature;
}

static void refuse_feature(const char *path, size_t number, hw_errors *errors) {
    hw_errors_say(errors,
                  "%s: feature %zu is no polygon of degrees (type Polygon or MultiPolygon, rings of four "
                  "or more points, longitude before latitude)",
                  path, number);
}

static json_t *features_of(const char *path, const json_t *features, const districts *known,
                           hw_errors *errors) {
    json_t *all = hw_json_array();
    uint32_t found = 0;
    for (size_t i = 0; i < json_array_size(features); i++) {
        bool is_known = false;
        json_t *feature = feature_of(json_array_get(features, i), known, &is_known);
        if (feature == NULL) {
            refuse_feature(path, i + 1, errors);
            break;
        }
        found += is_known;
        hw_json_append(all, feature);
    }
    if (errors->count == 0 && found == 0) {
        hw_errors_say(
            errors,
            "%s: no feature is one of the %u districts: its property 'name' should be the name of one, "
            "such as '%s', or its 'p_code' the code that the scenario gives it",
            path, known->count, known->count > 0 ? known->names[0] : "");
    }
    return all;
}

/* ---- The file ---- */

static json_t *load(const char *path, hw_status *status, hw_errors *errors) {
    const char *problem = NULL;
    FILE *in = hw_ordinary_stream(path, &problem);
    *status = HW_ERROR_IO;
    if (in == NULL) {
        hw_errors_say(errors, "%s cannot be read: %s", path, problem);
        return NULL;
    }
    *status = HW_ERROR_INPUT;
    json_t *file = NULL;
    json_error_t wrong;
    if (fseek(in, 0, SEEK_END) != 0 || ftell(in) < 0 || ftell(in) > BYTES_MOST) {
        hw_errors_say(errors, "%s: a file of outlines has at most %d MiB", path, BYTES_MOST >> 20);
    } else {
        rewind(in);
        file = json_loadf(in, 0, &wrong);
        if (file == NULL) {
            hw_errors_add(
                errors,
                (hw_position){.file = path, .line = (uint32_t)wrong.line, .column = (uint32_t)wrong.column},
                "this is no JSON: %s", wrong.text);
        }
    }
    fclose(in);
    return file;
}

/* The features of the file's collection, whose reference is the caller's; NULL as hw_outlines_read. */
static json_t *load_features(const char *path, hw_status *status, hw_errors *errors) {
    json_t *file = load(path, status, errors);
    const char *type = json_string_value(json_object_get(file, "type"));
    json_t *features = json_object_get(file, "features");
    size_t count = json_array_size(features);
    bool good = type != NULL && strcmp(type, "FeatureCollection") == 0 && count > 0 && count <= FEATURES_MOST;
    if (file != NULL && !good) {
        hw_errors_say(errors, "%s is no GeoJSON of type FeatureCollection with 1 to %d features", path,
                      FEATURES_MOST);
    }
    json_t *held = good ? json_incref(features) : NULL;
    json_decref(file);
    return held;
}

json_t *hw_outlines_read(const char *path, const hw_outcomes *outcomes, hw_status *status,
                         hw_errors *errors) {
    json_t *features = load_features(path, status, errors);
    if (features == NULL) {
        return NULL;
    }
    const hw_axis *axis = hw_outcomes_axis(outcomes, "district");
    districts known = {.count = axis != NULL && axis->labels != NULL ? axis->length : 0};
    known.names = known.count > 0 ? (const char *const *)axis->labels : NULL;
    known.codes = hw_district_codes(outcomes->rows, known.names, known.count);
    json_t *map = hw_json_object();
    hw_json_put(map, "type", hw_json_text("FeatureCollection"));
    hw_json_put(map, "features", features_of(path, features, &known, errors));
    hw_district_codes_free(known.codes, known.count);
    json_decref(features);
    if (errors->count > 0) {
        json_decref(map);
        return NULL;
    }
    *status = HW_OK;
    return map;
}

json_t *hw_outlines_features(const char *path, hw_status *status, hw_errors *errors) {
    json_t *features = load_features(path, status, errors);
    json_t *all = features != NULL ? hw_json_array() : NULL;
    for (size_t i = 0; i < json_array_size(features); i++) {
        const json_t *from = json_array_get(features, i);
        const json_t *properties = json_object_get(from, "properties");
        json_t *geometry = geometry_of(json_object_get(from, "geometry"));
        if (geometry == NULL) {
            refuse_feature(path, i + 1, errors);
            json_decref(all);
            all = NULL;
            break;
        }
        json_t *feature = hw_json_object();
        if (name_of(properties) != NULL) {
            hw_json_put(feature, "name", hw_json_text(name_of(properties)));
        }
        if (code_of(properties) != NULL) {
            hw_json_put(feature, "p_code", hw_json_text(code_of(properties)));
        }
        hw_json_put(feature, "geometry", geometry);
        hw_json_append(all, feature);
    }
    json_decref(features);
    *status = all != NULL ? HW_OK : *status;
    return all;
}
