/* Districts and places as GeoJSON features, one a line. */
#include "analysis/pictures/geojson.h"
#include "analysis/base/memory.h"
#include "analysis/pictures/district_shapes.h"
#include "analysis/results/given.h"
#include "analysis/results/learnt.h"
#include "sim/date.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

const char *const hw_geojson_sheets[] = {
    "district_completion", "district_completion_by", "district_ledgers", "district_people",
    "district_casualties", "district_items_found",   "place_facts",      "place_release",
    "place_release_by",    "place_first_return",     "place_people",     NULL};

static const char *const quantiles[3] = {"p10", "p50", "p90"};

typedef struct feature {
    json_t *id, *properties;
} feature;

/* Puts a property: its name is made of parts, in lower case letters, digits and "_"; letters beyond ASCII
 * stay.
 */
static void put(json_t *properties, const char *const *parts, uint32_t count, json_t *value) {
    char *name = hw_take_text("%s", parts[0]);
    for (uint32_t i = 1; i < count; i++) {
        char *longer = hw_take_text("%s_%s", name, parts[i]);
        free(name);
        name = longer;
    }
    for (char *c = name; *c; c++) {
        bool upper = *c >= 'A' && *c <= 'Z';
        bool plain = (*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9') || (unsigned char)*c >= 0x80;
        *c = upper ? (char)(*c - 'A' + 'a') : plain ? *c : '_';
    }
    hw_json_put(properties, name, value);
    free(name);
}

#define PUT(properties, value, ...)                                                                          \
    put(properties, (const char *const[]){__VA_ARGS__},                                                      \
        (uint32_t)(sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *)), value)

static const hw_cell *cell(const hw_sheet *sheet, size_t row, const char *column) {
    return hw_sheet_cell(sheet, row, hw_sheet_find_column(sheet, column));
}

static json_t *value_of(const hw_sheet *sheet, size_t row, const char *column) {
    return hw_cell_json(cell(sheet, row, column));
}

/* P10, P50, P90 of a day: the date, or null; whether it is after the horizon; the Monte Carlo error. */
static void days(json_t *properties, const hw_sheet *sheet, size_t row, const char *what) {
    static const char *const errors[3] = {"p10_error", "p50_error", "p90_error"};
    for (int q = 0; q < 3; q++) {
        const hw_cell *day = cell(sheet, row, quantiles[q]);
        PUT(properties, day->kind == HW_CELL_DATE ? hw_cell_json(day) : json_null(), what, quantiles[q],
            "date");
        PUT(properties, json_boolean(day->kind == HW_CELL_AFTER), what, quantiles[q], "after_horizon");
        PUT(properties, value_of(sheet, row, errors[q]), what, errors[q], "days");
    }
    PUT(properties, value_of(sheet, row, "censored"), what, "not_by_horizon_percent");
    PUT(properties, value_of(sheet, row, "censored_error"), what, "not_by_horizon_error_percent");
}

/* All dates for which the sheet has a probability. */
static void chances(json_t *properties, const hw_sheet *sheet, const char *label, const char *what) {
    for (size_t row = sheet != NULL ? hw_sheet_find_row(sheet, label) : 0;
         sheet != NULL && row < sheet->row_count; row++) {
        if (strcmp(hw_sheet_text(sheet, row, sheet->columns[0].name), label) != 0) {
            break;
        }
        char date[16];
        hw_date_print((int64_t)hw_sheet_number(sheet, row, "by"), date);
        PUT(properties, value_of(sheet, row, "probability"), what, "by", date, "percent");
        PUT(properties, value_of(sheet, row, "probability_error"), what, "by", date, "error_percent");
    }
}

/* P10, P50 and P90 of amounts at the end of the simulation: the rows of a label with the last of `time`, each
 * named by the texts between label and time. */
static void amounts(json_t *properties, const hw_sheet *sheet, const char *label, const char *time,
                    const char *what, const char *unit) {
    if (sheet == NULL) {
        return;
    }
    double last = 0;
    for (size_t row = 0; row < sheet->row_count; row++) {
        last = hw_sheet_number(sheet, row, time) > last ? hw_sheet_number(sheet, row, time) : last;
    }
    uint32_t labels = hw_sheet_find_column(sheet, time);
    for (size_t row = hw_sheet_find_row(sheet, label); row < sheet->row_count; row++) {
        if (strcmp(hw_sheet_text(sheet, row, sheet->columns[0].name), label) != 0) {
            break;
        }
        if (hw_sheet_number(sheet, row, time) < last) {
            continue;
        }
        char *kind = hw_take_text("%s", what);
        for (uint32_t i = 1; i < labels; i++) {
            char *longer = hw_take_text("%s_%s", kind, hw_sheet_cell(sheet, row, i)->text);
            free(kind);
            kind = longer;
        }
        for (int q = 0; q < 3; q++) {
            PUT(properties, value_of(sheet, row, quantiles[q]), kind, quantiles[q], unit);
        }
        PUT(properties, value_of(sheet, row, "p50_error"), kind, "p50_error", unit);
        free(kind);
    }
}

static json_t *ring(const hw_shape_ring *shape) {
    json_t *points = hw_json_array();
    for (uint32_t p = 0; p < shape->count; p++) {
        json_t *point = hw_json_array();
        hw_json_append(point, hw_json_number(shape->points[p][0]));
        hw_json_append(point, hw_json_number(shape->points[p][1]));
        hw_json_append(points, point);
    }
    return points;
}

/* A polygon is its outer ring with its holes. */
static json_t *geometry(const hw_district_shape *shape) {
    if (shape == NULL) {
        return json_null();
    }
    json_t *polygons = hw_json_array(), *polygon = NULL, *whole = hw_json_object();
    for (uint32_t r = 0; r < shape->ring_count; r++) {
        if (!shape->rings[r].hole) {
            polygon = hw_json_array();
            hw_json_append(polygons, polygon);
        }
        hw_json_append(polygon, ring(&shape->rings[r]));
    }
    hw_json_put(whole, "type", hw_json_text("MultiPolygon"));
    hw_json_put(whole, "coordinates", polygons);
    return whole;
}

static feature begin_feature(const char *kind, const char *label) {
    char *id = hw_take_text("%s %s", kind, label);
    feature f = {.id = hw_json_text(id), .properties = hw_json_object()};
    PUT(f.properties, hw_json_text(kind), "kind");
    PUT(f.properties, hw_json_text(label), "name");
    free(id);
    return f;
}

/* Each on a line of its own. */
static void write_members(FILE *out, json_t *object) {
    const char *key, *comma = "";
    json_t *member;
    json_object_foreach(object, key, member) {
        fprintf(out, "%s\n        ", comma);
        hw_json_write(out, hw_json_text(key));
        fputs(": ", out);
        hw_json_write(out, json_incref(member));
        comma = ",";
    }
    json_decref(object);
}

static void end_feature(FILE *out, const feature *f, const hw_district_shape *shape, const char **comma) {
    fprintf(out, "%s\n    {\"type\": \"Feature\",\n      \"id\": ", *comma);
    hw_json_write(out, f->id);
    fputs(",\n      \"properties\": {", out);
    write_members(out, f->properties);
    fputs("},\n      \"geometry\": ", out);
    hw_json_write(out, geometry(shape));
    fputc('}', out);
    *comma = ",";
}

/* What is known of the districts beside their results, in the order of their axis. */
typedef struct district_list {
    char **p_codes;
    const hw_district_shape **shapes;
    uint32_t count;
} district_list;

static district_list read_districts(const hw_outcomes *outcomes) {
    const hw_axis *axis = hw_outcomes_axis(outcomes, "district");
    uint32_t count = axis != NULL && axis->labels != NULL ? axis->length : 0;
    district_list list = {.count = count};
    list.p_codes = hw_district_codes(outcomes->rows, count ? axis->labels : NULL, count);
    list.shapes = hw_district_shapes_of(count ? axis->labels : NULL, list.p_codes, count);
    return list;
}

static void free_districts(district_list *list) {
    hw_district_codes_free(list->p_codes, list->count);
    free(list->shapes);
}

static void districts(FILE *out, const hw_outcomes *outcomes, const hw_book *book, const char **comma) {
    const hw_sheet *dates = hw_book_find(book, "district_completion");
    const hw_axis *axis = hw_outcomes_axis(outcomes, "district");
    district_list list = read_districts(outcomes);
    for (size_t row = 0; dates != NULL && row < dates->row_count; row++) {
        const char *label = hw_sheet_text(dates, row, "district");
        uint32_t index = hw_axis_find(axis, label);
        const hw_district_shape *shape = index < list.count ? list.shapes[index] : NULL;
        feature f = begin_feature("district", label);
        if (index < list.count && list.p_codes[index] != NULL) {
            PUT(f.properties, hw_json_text(list.p_codes[index]), "p_code");
        }
        if (shape != NULL) {
            PUT(f.properties, hw_json_text(shape->name_az), "name_az");
        }
        days(f.properties, dates, row, "completion");
        chances(f.properties, hw_book_find(book, "district_completion_by"), label, "complete");
        amounts(f.properties, hw_book_find(book, "district_ledgers"), label, "until", "area", "ha");
        amounts(f.properties, hw_book_find(book, "district_people"), label, "until", "people_back",
                "persons");
        amounts(f.properties, hw_book_find(book, "district_casualties"), label, "until", "victims",
                "persons");
        amounts(f.properties, hw_book_find(book, "district_items_found"), label, "until", "found", "items");
        end_feature(out, &f, shape, comma);
    }
    free_districts(&list);
}

char *hw_geojson_without_outline(const hw_outcomes *outcomes) {
    const hw_axis *axis = hw_outcomes_axis(outcomes, "district");
    district_list list = read_districts(outcomes);
    char *names = NULL;
    for (uint32_t i = 0; i < list.count; i++) {
        if (list.shapes[i] != NULL) {
            continue;
        }
        char *longer =
            hw_take_text("%s%s%s", names != NULL ? names : "", names != NULL ? ", " : "", axis->labels[i]);
        free(names);
        names = longer;
    }
    free_districts(&list);
    return names;
}

/* What was so before the start, for which nothing is forecast. */
static void facts_of(json_t *properties, const hw_sheet *facts, const char *label) {
    for (size_t row = 0; facts != NULL && row < facts->row_count; row++) {
        if (strcmp(hw_sheet_text(facts, row, "place"), label) == 0) {
            PUT(properties, value_of(facts, row, "date"), "fact", hw_sheet_text(facts, row, "fact"), "date");
        }
    }
}

static void places(FILE *out, const hw_outcomes *outcomes, const hw_book *book, const char **comma) {
    const hw_sheet *release = hw_book_find(book, "place_release");
    const hw_sheet *returns = hw_book_find(book, "place_first_return");
    const hw_sheet *facts = hw_book_find(book, "place_facts");
    const hw_axis *axis = hw_outcomes_axis(outcomes, "place");
    for (uint32_t i = 0; release != NULL && axis != NULL && i < axis->length; i++) {
        const char *label = axis->labels[i];
        const char *district = hw_outcomes_district(outcomes, label);
        feature f = begin_feature("place", label);
        PUT(f.properties, hw_json_text(district), "district");
        facts_of(f.properties, facts, label);
        size_t row = hw_sheet_find_row(release, label);
        if (row < release->row_count) {
            days(f.properties, release, row, "release");
            chances(f.properties, hw_book_find(book, "place_release_by"), label, "released");
        }
        size_t back = returns != NULL ? hw_sheet_find_row(returns, label) : 0;
        bool lives = outcomes->empty == NULL || !outcomes->empty[i]; /* nobody is to live on a road */
        if (returns != NULL && lives) {
            if (back < returns->row_count) {
                days(f.properties, returns, back, "first_return");
            }
            amounts(f.properties, hw_book_find(book, "place_people"), label, "year", "people_back",
                    "persons");
        }
        end_feature(out, &f, NULL, comma);
    }
}

static json_t *about(const hw_outcomes *outcomes) {
    char date[16];
    json_t *facts = hw_json_object();
    hw_json_put(facts, "replications", hw_json_count(outcomes->count));
    hw_json_put(facts, "replications_failed", hw_json_count(outcomes->failed_count));
    char *given = hw_given_text(outcomes), *learnt = hw_learnt_text(outcomes);
    if (given != NULL) {
        hw_json_put(facts, "given", hw_json_text(given));
    }
    if (learnt != NULL) {
        hw_json_put(facts, "learnt", hw_json_text(learnt));
    }
    free(given);
    free(learnt);
    hw_json_put(facts, "complete", json_boolean(outcomes->complete));
    hw_json_put(facts, "title", hw_json_text(outcomes->title));
    hw_json_put(facts, "start_date", hw_json_text(hw_date_print(outcomes->start, date)));
    hw_json_put(facts, "horizon_date", hw_json_text(hw_date_print(outcomes->horizon, date)));
    char *seed = hw_take_text("%" PRIu64, outcomes->seed); /* 64 bits do not fit into a number of JSON */
    hw_json_put(facts, "seed", hw_json_text(seed));
    free(seed);
    hw_json_put(facts, "scenario_digest", hw_json_text(outcomes->digest));
    hw_json_put(facts, "program_version", hw_json_text(outcomes->version));
    hw_json_put(facts, "outlines", hw_json_text(hw_district_shapes_source));
    hw_json_put(
        facts, "note",
        hw_json_text("P10, P50, P90 of simulated futures; errors are half of the 95 % interval of the Monte "
                     "Carlo error; amounts are at the end of the simulation, victims and items from its "
                     "start on; null: not known, or no position is given"));
    return facts;
}

void hw_geojson_write(FILE *out, const hw_outcomes *outcomes, const hw_book *book) {
    fputs("{\n  \"type\": \"FeatureCollection\",\n  \"name\": ", out);
    hw_json_write(out, hw_json_text(outcomes->title));
    fputs(",\n  \"homeward\": {", out);
    write_members(out, about(outcomes));
    fputs("\n  },\n  \"features\": [", out);
    const char *comma = "";
    districts(out, outcomes, book, &comma);
    places(out, outcomes, book, &comma);
    fputs("\n  ]\n}\n", out);
}

/* The member "homeward" above; also in files of earlier versions. */
const hw_output_format hw_geojson_format = {.noun = "a GeoJSON file",
                                            .streams = true,
                                            .is_kept = hw_output_lacks_mark,
                                            .context = "\n  \"homeward\": {\n"};
