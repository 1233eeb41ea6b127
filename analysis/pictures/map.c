/* Districts coloured by the probability that they are complete by a date, beside a table of the same. */
#include "analysis/base/memory.h"
#include "analysis/pictures/district_shapes.h"
#include "analysis/pictures/picture.h"
#include "sim/date.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAP_SIDE = 640, MAP_LEFT = HW_CANVAS_MARGIN, TABLE = 690, ROW = 27, COLOURS = 11, COLUMNS = 6 };

/* Viridis (Smith and van der Walt 2015) in ten steps from 0 to 100 %. */
static const char *const viridis[COLOURS] = {"#440154", "#482475", "#414487", "#355F8D", "#2A788E", "#21918C",
                                             "#22A884", "#44BF70", "#7AD151", "#BDDF26", "#FDE725"};

typedef struct map {
    hw_canvas *canvas;
    const hw_picture_wish *wish;
    const hw_sheet *dates, *chances;
    double west, south, stretch, scale; /* pixels a degree of latitude; stretch: cos(latitude) */
    double top;
    const hw_district_shape **shapes; /* of each row of `dates` */
} map;

/* Equirectangular, true to scale along the middle parallel: over two degrees nobody sees the difference. */
static double map_x(const map *m, double longitude) {
    return MAP_LEFT + (longitude - m->west) * m->stretch * m->scale;
}

static double map_y(const map *m, double latitude) {
    return m->top + MAP_SIDE - (latitude - m->south) * m->scale;
}

static void fit(map *m) {
    double west = 180, east = -180, south = 90, north = -90;
    for (uint32_t i = 0; i < hw_district_shape_count; i++) {
        for (uint32_t r = 0; r < hw_district_shapes[i].ring_count; r++) {
            for (uint32_t p = 0; p < hw_district_shapes[i].rings[r].count; p++) {
                const double *point = hw_district_shapes[i].rings[r].points[p];
                west = fmin(west, point[0]);
                east = fmax(east, point[0]);
                south = fmin(south, point[1]);
                north = fmax(north, point[1]);
            }
        }
    }
    m->stretch = cos((south + north) / 2 * acos(-1.0) / 180);
    m->west = west;
    m->south = south;
    m->scale = MAP_SIDE / fmax(north - south, (east - west) * m->stretch);
}

/* The row of a district at the asked date; row_count when it has none. */
static size_t chance_row(const map *m, const char *district) {
    for (size_t row = hw_sheet_find_row(m->chances, district); row < m->chances->row_count; row++) {
        if (strcmp(hw_sheet_text(m->chances, row, "district"), district) != 0) {
            break;
        }
        if ((int64_t)hw_sheet_number(m->chances, row, "by") == m->wish->by) {
            return row;
        }
    }
    return m->chances->row_count;
}

/* The row of the district of an outline at the asked date; row_count when it has none. */
static size_t shape_row(const map *m, const hw_district_shape *shape) {
    for (size_t row = 0; row < m->dates->row_count; row++) {
        if (m->shapes[row] == shape) {
            return chance_row(m, hw_sheet_text(m->dates, row, "district"));
        }
    }
    return m->chances->row_count;
}

static void find_shapes(map *m) {
    uint32_t count = (uint32_t)m->dates->row_count;
    const char **names = hw_take(count, sizeof *names);
    for (uint32_t row = 0; row < count; row++) {
        names[row] = hw_sheet_text(m->dates, row, "district");
    }
    char **codes = hw_district_codes(m->wish->outcomes->rows, names, count);
    m->shapes = hw_district_shapes_of(names, codes, count);
    hw_district_codes_free(codes, count);
    free(names);
}

/* As the scenario calls it. */
static const char *district_of(const map *m, const hw_district_shape *shape) {
    for (size_t row = 0; row < m->dates->row_count; row++) {
        if (m->shapes[row] == shape) {
            return hw_sheet_text(m->dates, row, "district");
        }
    }
    return shape->name;
}

static int step_of(const map *m, size_t row) {
    double percent = hw_sheet_number(m->chances, row, "probability");
    return (int)floor(fmin(fmax(percent, 0), 100) / (100.0 / (COLOURS - 1)) + 0.5);
}

static void outline(const map *m, const hw_shape_ring *ring, const char *colour) {
    FILE *out = m->canvas->script;
    fputs("set object polygon from ", out);
    for (uint32_t p = 0; p < ring->count; p++) {
        fprintf(out, "%sscreen %.6f,%.6f", p ? " to " : "", map_x(m, ring->points[p][0]) / HW_CANVAS_WIDTH,
                1 - map_y(m, ring->points[p][1]) / m->canvas->height);
    }
    fprintf(out, " fillcolor rgb '%s' fillstyle solid border rgb '#ffffff' linewidth 1.5 back\n", colour);
}

/* Holes are filled by the districts that lie in them, which are drawn after all others. */
static void draw_shapes(const map *m, bool holed) {
    for (uint32_t i = 0; i < hw_district_shape_count; i++) {
        const hw_district_shape *shape = &hw_district_shapes[i];
        bool has_hole = false;
        for (uint32_t r = 0; r < shape->ring_count; r++) {
            has_hole = has_hole || shape->rings[r].hole;
        }
        if (has_hole != holed) {
            continue;
        }
        size_t row = shape_row(m, shape);
        const char *colour = row < m->chances->row_count ? viridis[step_of(m, row)] : "#E0E0E0";
        for (uint32_t r = 0; r < shape->ring_count; r++) {
            outline(m, &shape->rings[r], shape->rings[r].hole ? "#ffffff" : colour);
        }
    }
}

static const char *ink_on(int step) {
    return step >= COLOURS * 6 / 10 ? HW_INK : "#ffffff";
}

static void label_at(const map *m, double x, double y, const char *name, const char *chance,
                     const char *colour) {
    hw_canvas_text(m->canvas, x, y - 9, HW_CENTRE, HW_CANVAS_BODY - 1, colour, name);
    hw_canvas_text(m->canvas, x, y + 9, HW_CENTRE, HW_CANVAS_SMALL, colour, chance);
}

static void draw_labels(const map *m) {
    for (uint32_t i = 0; i < hw_district_shape_count; i++) {
        const hw_district_shape *shape = &hw_district_shapes[i];
        size_t row = shape_row(m, shape);
        if (row == m->chances->row_count) {
            continue;
        }
        char *number = hw_thousands(hw_sheet_number(m->chances, row, "probability"), 1);
        char *chance = hw_take_text("%s %%", number);
        double x = map_x(m, shape->label_longitude), y = map_y(m, shape->label_latitude);
        double inner_x = map_x(m, shape->inner_longitude), inner_y = map_y(m, shape->inner_latitude);
        for (int width = 3; shape->is_small && width > 0; width -= 2) { /* seen on light and on dark ground */
            hw_canvas_line(m->canvas, x, y + 17, inner_x, inner_y, width > 1 ? "#ffffff" : HW_INK, width);
        }
        label_at(m, x, y, district_of(m, shape), chance, shape->is_small ? HW_INK : ink_on(step_of(m, row)));
        free(number);
        free(chance);
    }
}

static void draw_scale(const map *m, double y) {
    enum { WIDE = 46, HIGH = 16 };
    double left = TABLE;
    hw_canvas_text(m->canvas, left, y - 20, HW_LEFT, HW_CANVAS_SMALL, HW_DARK_GREY,
                   "Probability of completion, %");
    for (int i = 0; i < COLOURS; i++) {
        double x = left + i * WIDE;
        hw_canvas_box(m->canvas, (hw_area){x, y, x + WIDE, y + HIGH}, viridis[i]);
        char *text = hw_take_text("%d", i * 10);
        hw_canvas_text(m->canvas, x + WIDE / 2.0, y + HIGH + 12, HW_CENTRE, HW_CANVAS_SMALL - 1, HW_INK,
                       text);
        free(text);
    }
}

static const double column_x[COLUMNS] = {TABLE + 26,  TABLE + 206, TABLE + 292,
                                         TABLE + 378, TABLE + 464, TABLE + 574};

static void table_cell(const map *m, int column, double y, const char *colour, const char *text) {
    hw_canvas_text(m->canvas, column_x[column], y, column ? HW_RIGHT : HW_LEFT, HW_CANVAS_SMALL, colour,
                   text);
}

static void table_row(const map *m, size_t row, double y) {
    const char *district = hw_sheet_text(m->dates, row, "district");
    size_t chance = chance_row(m, district);
    hw_canvas_box(m->canvas, (hw_area){TABLE, y - 8, TABLE + 18, y + 8}, viridis[step_of(m, chance)]);
    table_cell(m, 0, y, HW_INK, district);
    char *texts[COLUMNS - 1] = {hw_picture_figure(m->chances, chance, "probability", "probability_error", 1),
                                hw_picture_date(m->dates, row, "p10"), hw_picture_date(m->dates, row, "p50"),
                                hw_picture_date(m->dates, row, "p90"),
                                hw_picture_figure(m->dates, row, "censored", "censored_error", 1)};
    for (int i = 0; i < COLUMNS - 1; i++) {
        if (strncmp(texts[i], "after ", 6) == 0) {
            texts[i][10] = '\0'; /* the year; the foot has the whole date */
        }
        table_cell(m, i + 1, y, HW_INK, texts[i]);
        free(texts[i]);
    }
}

static double chance_of(const map *m, size_t row) {
    size_t chance = chance_row(m, hw_sheet_text(m->dates, row, "district"));
    return hw_sheet_number(m->chances, chance, "probability");
}

/* The row at a place of the table: the likeliest district first, equals in the order of the scenario. */
static size_t row_at(const map *m, size_t place) {
    for (size_t row = 0; row < m->dates->row_count; row++) {
        size_t before = 0;
        for (size_t other = 0; other < m->dates->row_count; other++) {
            double mine = chance_of(m, row), theirs = chance_of(m, other);
            before += theirs > mine || (theirs == mine && other < row) ? 1 : 0;
        }
        if (before == place) {
            return row;
        }
    }
    return place;
}

static double draw_table(const map *m) {
    char date[16];
    double y = m->top + 14;
    char *by = hw_take_text("%s, %%", hw_date_print(m->wish->by, date));
    char *open = hw_take_text("%s, %%", hw_date_print(m->wish->outcomes->horizon, date));
    table_cell(m, 1, y, HW_DARK_GREY, "complete by");
    table_cell(m, COLUMNS - 1, y, HW_DARK_GREY, "not complete by");
    y += 17;
    const char *heads[COLUMNS] = {"District", by, "P10", "P50", "P90", open};
    for (int i = 0; i < COLUMNS; i++) {
        table_cell(m, i, y, HW_DARK_GREY, heads[i]);
    }
    free(by);
    free(open);
    hw_canvas_line(m->canvas, TABLE, y + 13, column_x[COLUMNS - 1], y + 13, HW_LIGHT_GREY, 1);
    y += ROW;
    for (size_t place = 0; place < m->dates->row_count; place++) {
        table_row(m, row_at(m, place), y);
        y += ROW;
    }
    return y;
}

/* What is in one of scenario and map only. Returns the height used. */
static double tell_missing(const map *m, double y) {
    char *list = NULL;
    size_t length = 0;
    FILE *out = hw_take_stream(&list, &length);
    const char *comma = "";
    for (size_t row = 0; row < m->dates->row_count; row++) {
        const char *district = hw_sheet_text(m->dates, row, "district");
        if (m->shapes[row] != NULL) {
            continue;
        }
        fprintf(out, "%s%s", comma, district);
        comma = ", ";
    }
    fclose(out);
    char *text = hw_take_text("No outline known, in the table only: %s", list);
    if (length > 0) {
        hw_canvas_text(m->canvas, TABLE, y, HW_LEFT, HW_CANVAS_SMALL, HW_VERMILION, text);
    }
    free(text);
    free(list);
    return length > 0 ? ROW : 0;
}

static bool is_grey(const map *m) {
    for (uint32_t i = 0; i < hw_district_shape_count; i++) {
        if (shape_row(m, &hw_district_shapes[i]) == m->chances->row_count) {
            return true;
        }
    }
    return false;
}

static void draw(hw_canvas *canvas, const hw_picture_wish *wish) {
    map m = {.canvas = canvas,
             .wish = wish,
             .dates = hw_picture_sheet(wish, "district_completion"),
             .chances = hw_picture_sheet(wish, "district_completion_by"),
             .top = HW_CANVAS_TOP + 4};
    char date[16];
    char *title = hw_take_text("How likely is each district complete by %s?", hw_date_print(wish->by, date));
    fit(&m);
    find_shapes(&m);
    double rows = (double)m.dates->row_count;
    double height = fmax(m.top + MAP_SIDE, m.top + (rows + 1) * ROW + 180) + 12 + HW_CANVAS_FOOT;
    hw_canvas_begin(
        canvas, wish->outcomes, height, title,
        "Complete: all hazard areas known by then are cancelled, reduced or cleared, checked and reported.");
    free(title);
    draw_shapes(&m, true);
    draw_shapes(&m, false);
    draw_labels(&m);
    double y = draw_table(&m) + 40;
    draw_scale(&m, y);
    y += 56;
    y += tell_missing(&m, y);
    if (is_grey(&m)) {
        static const hw_legend_entry grey = {"#E0E0E0", "not in this scenario", HW_SWATCH_BOX};
        y += hw_canvas_legend(canvas, TABLE, HW_CANVAS_WIDTH, y, &grey, 1);
    }
    hw_canvas_text(canvas, TABLE, y, HW_LEFT, HW_CANVAS_SMALL - 1, HW_DARK_GREY,
                   "Outlines: Natural Earth, generalised; no position on any boundary.");
    hw_canvas_flush(canvas);
    free(m.shapes);
}

static const char *const sheets[] = {"district_completion", "district_completion_by", NULL};

const hw_picture hw_picture_map = {
    .name = "map",
    .line = "districts by the probability that they are complete by a date (--by)",
    .takes_by = true,
    .sheets = sheets,
    .draw = draw,
};
