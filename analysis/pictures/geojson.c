#include "analysis/pictures/geojson.h"
#include "analysis/base/memory.h"
#include "analysis/pictures/district_shapes.h"
#include "sim/date.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

const char *const hw_geojson_sheets[] = {"district_completion",
                                         "district_completion_by",
                                         "district_ledgers",
                                         "district_people",
                                         "district_casualties",
                                         "district_items_found",
                                         "place_release",
                                         "place_release_by",
                                         "place_first_return",
                                         "place_people",
                                         NULL};

static const char *const quantiles[3] = {"p10", "p50", "p90"};

/* A name of a property: lower case letters, digits and "_"; letters beyond ASCII stay. Written with its
 * quotes. */
static void name(FILE *out, const char *const *parts, uint32_t count) {
    fputs(",\n        \"", out);
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0) {
            fputc('_', out);
        }
        for (const unsigned char *c = (const unsigned char *)parts[i]; *c; c++) {
            bool upper = *c >= 'A' && *c <= 'Z';
            bool plain = (*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9') || *c >= 0x80;
            fputc(upper ? *c - 'A' + 'a' : plain ? *c : '_', out);
        }
    }
    fputs("\": ", out);
}

#define NAME(out, ...)                                                                                       \
    name(out, (const char *const[]){__VA_ARGS__},                                                            \
         (uint32_t)(sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *)))

static const hw_cell *cell(const hw_sheet *sheet, size_t row, const char *column) {
    return hw_sheet_cell(sheet, row, hw_sheet_find_column(sheet, column));
}

/* P10, P50, P90 of a day: the date, or null; whether it is after the horizon; the Monte Carlo error. */
static void days(FILE *out, const hw_sheet *sheet, size_t row, const char *what) {
    static const char *const errors[3] = {"p10_error", "p50_error", "p90_error"};
    for (int q = 0; q < 3; q++) {
        const hw_cell *day = cell(sheet, row, quantiles[q]);
        static const hw_cell none = {0};
        NAME(out, what, quantiles[q], "date");
        hw_json_cell(out, day->kind == HW_CELL_DATE ? day : &none);
        NAME(out, what, quantiles[q], "after_horizon");
        fputs(day->kind == HW_CELL_AFTER ? "true" : "false", out);
        NAME(out, what, errors[q], "days");
        hw_json_cell(out, cell(sheet, row, errors[q]));
    }
    NAME(out, what, "not_by_horizon_percent");
    hw_json_cell(out, cell(sheet, row, "censored"));
    NAME(out, what, "not_by_horizon_error_percent");
    hw_json_cell(out, cell(sheet, row, "censored_error"));
}

/* All dates for which the sheet has a probability. */
static void chances(FILE *out, const hw_sheet *sheet, const char *label, const char *what) {
    for (size_t row = sheet != NULL ? hw_sheet_find_row(sheet, label) : 0;
         sheet != NULL && row < sheet->row_count; row++) {
        if (strcmp(hw_sheet_text(sheet, row, sheet->columns[0].name), label) != 0) {
            break;
        }
        char date[16];
        hw_date_print((int64_t)hw_sheet_number(sheet, row, "by"), date);
        NAME(out, what, "by", date, "percent");
        hw_json_cell(out, cell(sheet, row, "probability"));
        NAME(out, what, "by", date, "error_percent");
        hw_json_cell(out, cell(sheet, row, "probability_error"));
    }
}

/* P10, P50 and P90 of amounts at the end of the simulation: the rows of a label with the last of `time`, each
 * named by the texts between label and time. */
static void amounts(FILE *out, const hw_sheet *sheet, const char *label, const char *time, const char *what,
                    const char *unit) {
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
            NAME(out, kind, quantiles[q], unit);
            hw_json_cell(out, cell(sheet, row, quantiles[q]));
        }
        NAME(out, kind, "p50_error", unit);
        hw_json_cell(out, cell(sheet, row, "p50_error"));
        free(kind);
    }
}

static void ring(FILE *out, const hw_shape_ring *shape) {
    fputc('[', out);
    for (uint32_t p = 0; p < shape->count; p++) {
        fprintf(out, "%s[%.10g, %.10g]", p ? ", " : "", shape->points[p][0], shape->points[p][1]);
    }
    fputc(']', out);
}

/* A polygon is its outer ring with its holes. */
static void geometry(FILE *out, const hw_district_shape *shape) {
    if (shape == NULL) {
        fputs("null", out);
        return;
    }
    fputs("{\"type\": \"MultiPolygon\", \"coordinates\": [", out);
    for (uint32_t r = 0; r < shape->ring_count; r++) {
        if (r > 0) {
            fputs(shape->rings[r].hole ? ", " : "], ", out);
        }
        if (!shape->rings[r].hole) {
            fputc('[', out);
        }
        ring(out, &shape->rings[r]);
    }
    fputs("]]}", out);
}

static void begin_feature(FILE *out, const char *kind, const char *label, const char **comma) {
    char *id = hw_take_text("%s %s", kind, label);
    fprintf(out, "%s\n    {\"type\": \"Feature\",\n      \"id\": ", *comma);
    hw_json_text(out, id);
    fputs(",\n      \"properties\": {\n        \"kind\": ", out);
    hw_json_text(out, kind);
    NAME(out, "name");
    hw_json_text(out, label);
    free(id);
    *comma = ",";
}

static void end_feature(FILE *out, const hw_district_shape *shape) {
    fputs("},\n      \"geometry\": ", out);
    geometry(out, shape);
    fputc('}', out);
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
        begin_feature(out, "district", label, comma);
        if (index < list.count && list.p_codes[index] != NULL) {
            NAME(out, "p_code");
            hw_json_text(out, list.p_codes[index]);
        }
        if (shape != NULL) {
            NAME(out, "name_az");
            hw_json_text(out, shape->name_az);
        }
        days(out, dates, row, "completion");
        chances(out, hw_book_find(book, "district_completion_by"), label, "complete");
        amounts(out, hw_book_find(book, "district_ledgers"), label, "until", "area", "ha");
        amounts(out, hw_book_find(book, "district_people"), label, "until", "people_back", "persons");
        amounts(out, hw_book_find(book, "district_casualties"), label, "until", "victims", "persons");
        amounts(out, hw_book_find(book, "district_items_found"), label, "until", "found", "items");
        end_feature(out, shape);
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

static void places(FILE *out, const hw_outcomes *outcomes, const hw_book *book, const char **comma) {
    const hw_sheet *release = hw_book_find(book, "place_release");
    const hw_sheet *returns = hw_book_find(book, "place_first_return");
    for (size_t row = 0; release != NULL && row < release->row_count; row++) {
        const char *label = hw_sheet_text(release, row, "place");
        const char *district = hw_outcomes_district(outcomes, label);
        begin_feature(out, "place", label, comma);
        NAME(out, "district");
        if (district != NULL) {
            hw_json_text(out, district);
        } else {
            fputs("null", out);
        }
        days(out, release, row, "release");
        chances(out, hw_book_find(book, "place_release_by"), label, "released");
        size_t back = returns != NULL ? hw_sheet_find_row(returns, label) : 0;
        if (returns != NULL && back < returns->row_count) { /* nobody is to live on a road */
            days(out, returns, back, "first_return");
            amounts(out, hw_book_find(book, "place_people"), label, "year", "people_back", "persons");
        }
        end_feature(out, NULL);
    }
}

static void fact(FILE *out, const char *key, const char *value) {
    NAME(out, key);
    hw_json_text(out, value);
}

static void about(FILE *out, const hw_outcomes *outcomes) {
    char date[16];
    fprintf(out, "  \"homeward\": {\n        \"replications\": %" PRIu64, outcomes->count);
    fprintf(out, ",\n        \"replications_failed\": %" PRIu64 ",\n        \"complete\": %s",
            outcomes->failed_count, outcomes->complete ? "true" : "false");
    fact(out, "title", outcomes->title);
    fact(out, "start_date", hw_date_print(outcomes->start, date));
    fact(out, "horizon_date", hw_date_print(outcomes->horizon, date));
    char *seed = hw_take_text("%" PRIu64, outcomes->seed); /* 64 bits do not fit into a number of JSON */
    fact(out, "seed", seed);
    free(seed);
    fact(out, "scenario_digest", outcomes->digest);
    fact(out, "program_version", outcomes->version);
    fact(out, "outlines", hw_district_shapes_source);
    fact(out, "note",
         "P10, P50, P90 of simulated futures; errors are half of the 95 % interval of the Monte Carlo error; "
         "amounts are "
         "at the end of the simulation, victims and items from its start on; null: not known, or no position "
         "is given");
    fputs("\n  },\n", out);
}

void hw_geojson_write(FILE *out, const hw_outcomes *outcomes, const hw_book *book) {
    fputs("{\n  \"type\": \"FeatureCollection\",\n  \"name\": ", out);
    hw_json_text(out, outcomes->title);
    fputs(",\n", out);
    about(out, outcomes);
    fputs("  \"features\": [", out);
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
