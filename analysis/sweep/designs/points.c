/* Points from a file, one a row; the first row names the factors. Cells are written as in a scenario. */
#include "analysis/base/memory.h"
#include "analysis/sweep/design.h"
#include "analysis/tables/csv_read.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct terms {
    const char *file;
} terms;

static const hw_key keys[] = {
    {.name = "file",
     .type = HW_KEY_TEXT,
     .optional = true,
     .offset = offsetof(terms, file),
     .meaning =
         "Table of comma-separated values, beside the design's own file; its first row names the factors."},
};

const hw_section hw_design_points_parameters = {"points", "Points of your own, from a CSV file.",
                                                sizeof(terms), keys, HW_LENGTH(keys)};

typedef struct table {
    char *path;
    hw_csv csv;
    uint32_t *column; /* of each factor */
} table;

static const hw_csv_cell *cell_of(const hw_design_plan *plan, uint64_t row, uint32_t factor) {
    const table *points = plan->state;
    return &points->csv.cells[row * points->csv.columns + points->column[factor]];
}

static char *beside(const char *file, const char *path) {
    const char *slash = strrchr(file, '/');
    if (slash == NULL || *path == '/') {
        return hw_take_text("%s", path);
    }
    return hw_take_text("%.*s/%s", (int)(slash - file), file, path);
}

static void check_columns(const hw_design_plan *plan, const table *points, hw_errors *errors) {
    const hw_design_question *asked = &plan->question;
    for (uint32_t c = 0; c < points->csv.columns; c++) {
        const hw_csv_cell *cell = &points->csv.cells[c];
        bool known = false;
        for (uint32_t f = 0; f < asked->factor_count && !known; f++) {
            known = points->column[f] == c;
        }
        if (!known) {
            hw_suggest(errors, hw_csv_where(&points->csv, cell), cell->text, asked->names,
                       asked->factor_count, "", "there is no factor '%s'", cell->text);
        }
    }
}

static void find_columns(const hw_design_plan *plan, table *points, hw_errors *errors) {
    const hw_design_question *asked = &plan->question;
    points->column = hw_take(asked->factor_count, sizeof *points->column);
    for (uint32_t f = 0; f < asked->factor_count; f++) {
        uint32_t c = 0;
        while (c < points->csv.columns && strcmp(points->csv.cells[c].text, asked->names[f]) != 0) {
            c++;
        }
        points->column[f] = c;
        if (c == points->csv.columns) {
            hw_errors_add(errors, (hw_position){.file = points->path, .line = 1, .column = 1},
                          "there is no column for the factor '%s'", asked->names[f]);
        }
    }
    check_columns(plan, points, errors);
}

static hw_status make_plan(const void *parameters, hw_design_plan *plan, hw_errors *errors) {
    const char *file = ((const terms *)parameters)->file;
    uint32_t before = errors->count;
    if (file == NULL) {
        hw_errors_add(errors, plan->question.where, "'file' is missing in the design 'points'");
        return HW_ERROR_INPUT;
    }
    table *points = hw_take(1, sizeof *points);
    plan->state = points;
    points->path = beside(plan->question.beside, file);
    if (hw_csv_read(&points->csv, points->path, errors) == HW_OK) {
        find_columns(plan, points, errors);
        plan->points = points->csv.rows > 0 ? points->csv.rows - 1 : 0;
        if (plan->points == 0) {
            hw_errors_add(errors, (hw_position){.file = points->path}, "there is no point in it");
        }
    }
    return errors->count == before ? HW_OK : HW_ERROR_INPUT;
}

static void point(const hw_design_plan *plan, uint64_t number, double *unit, hw_design_place *place) {
    (void)number;
    (void)place;
    for (uint32_t f = 0; f < plan->question.factor_count; f++) {
        unit[f] = (double)NAN;
    }
}

static const char *text(const hw_design_plan *plan, uint64_t number, uint32_t factor, hw_position *where) {
    const hw_csv_cell *cell = cell_of(plan, number + 1, factor);
    *where = hw_csv_where(&((const table *)plan->state)->csv, cell);
    return cell->text;
}

static const char *path(const hw_design_plan *plan) {
    return ((const table *)plan->state)->path;
}

static void release(hw_design_plan *plan) {
    table *points = plan->state;
    if (points != NULL) {
        hw_csv_free(&points->csv);
        free(points->column);
        free(points->path);
        free(points);
    }
}

const hw_design hw_design_points = {
    .file = path, .plan = make_plan, .point = point, .text = text, .release = release};
