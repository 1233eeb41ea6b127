/* The format GeoJSON: hazard areas as polygons, made coarse at once. What leaves this file is an area, a
 * district, a setting and a class; no coordinate does. */
#include "analysis/base/memory.h"
#include "analysis/intake/formats.h"
#include "analysis/intake/outline_file.h"
#include "analysis/intake/rows.h"
#include "sim/letters.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { TEXT_BYTES = 64 }; /* of a property that is a number */

typedef struct reading {
    hw_import *import;
    hw_mapping mapping;
    hw_district_outlines districts;
    hw_rows *rows;
} reading;

static bool recognises(const char *path, const char *head) {
    const char *dot = strrchr(path, '.');
    return (dot != NULL && strcasecmp(dot, ".geojson") == 0) ||
           (head[strspn(head, " \r\n\t")] == '{' && strstr(head, "\"FeatureCollection\"") != NULL);
}

/* A property as text: numbers in `room`, nothing for what is none of both. */
static const char *text_of(const json_t *feature, const char *property, char room[TEXT_BYTES]) {
    const json_t *value = json_object_get(json_object_get(feature, "properties"), property);
    if (json_is_string(value)) {
        return json_string_value(value);
    }
    if (!json_is_number(value)) {
        return "";
    }
    if (json_is_integer(value)) {
        snprintf(room, TEXT_BYTES, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    } else {
        snprintf(room, TEXT_BYTES, "%.10g", json_real_value(value));
    }
    return room;
}

/* Area and district of a feature by its geometry. False after leaving it out. */
static bool read_geometry(reading *r, const json_t *feature, hw_row *row) {
    hw_outline outline;
    const char *problem = hw_outline_read(&outline, feature);
    bool point = problem != NULL && strcmp(problem, "a point has no area") == 0 &&
                 r->mapping.terms.columns[HW_MAP_AMOUNT].column != NULL;
    bool by_outlines = r->import->wish->outlines != NULL;
    if (problem == NULL) {
        row->measured = true;
        row->area_m2 = hw_outline_area_m2(&outline);
        row->district =
            by_outlines ? hw_district_outlines_find(&r->districts, &outline, &row->uncertain) : NULL;
    } else if (point) {
        problem = NULL;
        row->district = by_outlines ? hw_district_outlines_find_point(&r->districts, feature) : NULL;
    }
    hw_outline_free(&outline);
    if (problem == NULL && by_outlines && row->district == NULL) {
        problem = "it lies in none of the districts' outlines";
    }
    if (problem != NULL) {
        hw_rows_leave(r->rows, row, problem, NULL);
    }
    return problem == NULL;
}

static void take_feature(reading *r, const json_t *feature, size_t number) {
    char room[HW_MAP_FIELDS][TEXT_BYTES];
    hw_row row = {.line = number};
    for (hw_map_field_kind field = 0; field < HW_MAP_FIELDS; field++) {
        const char *column = r->mapping.terms.columns[field].column;
        row.texts[field] = column != NULL ? text_of(feature, column, room[field]) : "";
    }
    if (read_geometry(r, feature, &row)) {
        hw_rows_take(r->rows, &row);
    }
}

static hw_status check_mapping(const reading *r, hw_errors *errors) {
    const hw_map_terms *terms = &r->mapping.terms;
    if (terms->makes != HW_MAKES_AREAS || !terms->grouped) {
        hw_errors_say(
            errors,
            "%s: polygons become hazard areas by district, setting and class: 'makes: hazard_areas', and "
            "not 'grouped: no'",
            r->import->wish->columns);
        return HW_ERROR_INPUT;
    }
    if (r->import->wish->outlines != NULL && terms->columns[HW_MAP_DISTRICT].column != NULL) {
        hw_errors_add(errors, hw_mapping_where(&r->mapping, HW_MAP_DISTRICT, "column"),
                      "either --districts tells the district, or a property, not both");
        return HW_ERROR_INPUT;
    }
    return HW_OK;
}

static hw_status read_features(reading *r, hw_errors *errors) {
    json_t *file = NULL;
    const json_t *features = hw_geojson_load(r->import->wish->path, &file, errors);
    if (features == NULL) {
        return HW_ERROR_INPUT;
    }
    r->rows = hw_rows_begin(r->import, &r->mapping, "feature");
    for (size_t i = 0; i < json_array_size(features); i++) {
        take_feature(r, json_array_get(features, i), i + 1);
    }
    hw_rows_end(r->rows);
    hw_import_note(r->import, "Areas are measured on the ellipsoid of WGS84; coordinates are not kept.");
    json_decref(file);
    return HW_OK;
}

static hw_status read(hw_import *import, hw_errors *errors) {
    reading r = {.import = import};
    unsigned supplied = 1U << HW_MAP_AMOUNT | (import->wish->outlines != NULL ? 1U << HW_MAP_DISTRICT : 0);
    if (import->wish->columns == NULL) {
        hw_errors_say(errors,
                      "polygons want a file that says which property is the setting and which the class: "
                      "--columns MAP (see homeward import --help)");
        return HW_ERROR_INPUT;
    }
    hw_status status = hw_mapping_read(&r.mapping, import->wish->columns, NULL, supplied, errors);
    if (status == HW_OK) {
        status = check_mapping(&r, errors);
    }
    if (status == HW_OK && import->wish->outlines != NULL) {
        status = hw_district_outlines_read(&r.districts, import->wish->outlines, errors);
    }
    if (status == HW_OK) {
        status = read_features(&r, errors);
    }
    hw_district_outlines_free(&r.districts);
    hw_mapping_free(&r.mapping);
    return status;
}

const hw_intake_format hw_intake_format_geojson = {
    .name = "geojson",
    .documentation =
        "Polygons of hazard areas (RFC 7946), made coarse at once: area, district, setting and class. The "
        "district is a property, or the one of --districts that the polygon lies in; --columns says which "
        "properties are the others. Coordinates are not kept.",
    .row_noun = "features",
    .options = HW_IMPORT_COLUMNS | HW_IMPORT_OUTLINES,
    .recognises = recognises,
    .read = read,
};
