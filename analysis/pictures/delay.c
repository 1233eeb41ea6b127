/* What holds each place back: mean days of waiting by cause, as stacked bars. */
#include "analysis/base/memory.h"
#include "analysis/pictures/picture.h"
#include "sim/date.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    ROW = 22,
    NAMES = 300,
    AXIS = 58,
    LEGEND = 62,
    DATE = 96,
    DATES = 3,
    SHARE = 88,
    SHOWN = 7,
    CAUSES_MOST = 64
};
static const double days_a_year = 365.2425;
/* Counted from the release to the first return; all other causes make up the time to the release. */
static const char housing[] = "housing";

static const char *const colours[SHOWN] = {HW_ORANGE, HW_SKY,       HW_GREEN, HW_YELLOW,
                                           HW_BLUE,   HW_VERMILION, HW_PURPLE};

typedef struct cause {
    const char *name;
    double days;    /* over all places that are shown */
    uint32_t place; /* among the segments of a bar */
} cause;

typedef struct delay {
    hw_canvas *canvas;
    const hw_picture_wish *wish;
    const hw_sheet *release, *waiting;
    size_t *rows; /* of release */
    uint32_t count;
    cause causes[CAUSES_MOST]; /* in the order of the model */
    uint32_t cause_count;
    uint32_t segments; /* of a bar: the largest causes, the others together, housing */
    const char *names[SHOWN + 2];
    char *others;
    double largest_error; /* of a segment's mean, days */
    double longest;       /* bar, days */
    hw_area area;
} delay;

static cause *find_cause(delay *d, const char *name) {
    for (uint32_t i = 0; i < d->cause_count; i++) {
        if (strcmp(d->causes[i].name, name) == 0) {
            return &d->causes[i];
        }
    }
    if (d->cause_count == CAUSES_MOST) {
        return &d->causes[CAUSES_MOST - 1];
    }
    d->causes[d->cause_count] = (cause){.name = name};
    return &d->causes[d->cause_count++];
}

static bool is_shown(const delay *d, size_t waiting_row) {
    const char *place = hw_sheet_text(d->waiting, waiting_row, "place");
    for (uint32_t i = 0; i < d->count; i++) {
        if (strcmp(hw_sheet_text(d->release, d->rows[i], "place"), place) == 0) {
            return true;
        }
    }
    return false;
}

static void add_up_causes(delay *d) {
    for (size_t row = 0; row < d->waiting->row_count; row++) {
        if (!is_shown(d, row)) {
            continue;
        }
        find_cause(d, hw_sheet_text(d->waiting, row, "cause"))->days +=
            hw_sheet_number(d->waiting, row, "mean");
        double error = hw_sheet_number(d->waiting, row, "mean_error");
        d->largest_error = fmax(d->largest_error, isfinite(error) ? error : 0);
    }
}

static bool is_larger(const cause *a, const cause *b) {
    return a->days > b->days || (a->days == b->days && a < b);
}

/* The largest causes keep their name and the order of the model; the rest shares a segment. Eight colours can
 * be told apart, twelve cannot. */
static void choose_segments(delay *d) {
    char *others = NULL;
    size_t length = 0;
    FILE *list = hw_take_stream(&others, &length);
    const char *comma = "";
    for (uint32_t i = 0; i < d->cause_count; i++) {
        cause *mine = &d->causes[i];
        if (strcmp(mine->name, housing) == 0) {
            continue;
        }
        uint32_t larger = 0;
        for (uint32_t k = 0; k < d->cause_count; k++) {
            larger += strcmp(d->causes[k].name, housing) != 0 && is_larger(&d->causes[k], mine) ? 1 : 0;
        }
        mine->place = larger < SHOWN ? d->segments : SHOWN;
        if (larger < SHOWN) {
            d->names[d->segments++] = mine->name;
        } else {
            fprintf(list, "%s%s", comma, mine->name);
            comma = ", ";
        }
    }
    fclose(list);
    d->others = hw_take_text("others: %s", others);
    free(others);
    for (uint32_t i = 0; i < d->cause_count; i++) {
        if (strcmp(d->causes[i].name, housing) == 0) {
            d->causes[i].place = SHOWN + 1;
        }
    }
}

static void sum_segments(delay *d, const char *place, double days[SHOWN + 2]) {
    for (int s = 0; s < SHOWN + 2; s++) {
        days[s] = 0;
    }
    for (size_t row = hw_sheet_find_row(d->waiting, place); row < d->waiting->row_count; row++) {
        if (strcmp(hw_sheet_text(d->waiting, row, "place"), place) != 0) {
            break;
        }
        days[find_cause(d, hw_sheet_text(d->waiting, row, "cause"))->place] +=
            hw_sheet_number(d->waiting, row, "mean");
    }
}

static double row_y(const delay *d, uint32_t i) {
    return d->area.top + (i + 0.5) * ROW;
}

static double column_x(int from_right) { /* the right end of P10, P50, P90 (3, 2, 1) and the share (0) */
    return HW_CANVAS_WIDTH - HW_CANVAS_MARGIN / 2.0 - (from_right ? SHARE + (from_right - 1) * DATE : 0);
}

static void write_rows(const delay *d) {
    static const char *const columns[DATES + 1] = {NULL, "p90", "p50", "p10"};
    for (uint32_t i = 0; i < d->count; i++) {
        size_t row = d->rows[i];
        if (i % 2 == 1) {
            hw_canvas_box(d->canvas,
                          (hw_area){HW_CANVAS_MARGIN, row_y(d, i) - ROW / 2.0,
                                    HW_CANVAS_WIDTH - HW_CANVAS_MARGIN / 3.0, row_y(d, i) + ROW / 2.0},
                          "#F5F5F5");
        }
        hw_canvas_fitted_text(d->canvas, d->area.left - 12, row_y(d, i), HW_RIGHT, HW_CANVAS_BODY - 1,
                              d->area.left - 12 - HW_CANVAS_MARGIN, HW_INK,
                              hw_sheet_text(d->release, row, "place"));
        for (int c = 0; c <= DATES; c++) {
            char *text = c ? hw_picture_date(d->release, row, columns[c])
                           : hw_picture_figure(d->release, row, "censored", "censored_error", 1);
            char *shown = text;
            if (strncmp(text, "after ", 6) == 0) { /* the foot has the whole date */
                text[10] = '\0';
            }
            hw_canvas_text(d->canvas, column_x(c), row_y(d, i), HW_RIGHT, HW_CANVAS_SMALL, HW_INK, shown);
            free(text);
        }
    }
    static const char *const first[DATES + 1] = {"not by", "P90", "P50", "P10"};
    int32_t year = hw_date_from_days(d->wish->outcomes->horizon).year;
    char *until = hw_take_text("end %d, %%", year);
    for (int c = 0; c <= DATES; c++) {
        hw_canvas_text(d->canvas, column_x(c), d->area.top - 30, HW_RIGHT, HW_CANVAS_SMALL, HW_DARK_GREY,
                       c ? "released" : first[0]);
        hw_canvas_text(d->canvas, column_x(c), d->area.top - 13, HW_RIGHT, HW_CANVAS_SMALL, HW_DARK_GREY,
                       c ? first[c] : until);
    }
    free(until);
}

static const char *segment_colour(const delay *d, uint32_t s) {
    if (s == SHOWN + 1) {
        return HW_LIGHT_GREY;
    }
    return s < d->segments && s < SHOWN ? colours[s] : HW_DARK_GREY;
}

static void plot(delay *d) {
    FILE *out = d->canvas->script;
    fputs("$bars << EOD\n", out);
    for (uint32_t i = 0; i < d->count; i++) {
        double days[SHOWN + 2], sum = 0;
        sum_segments(d, hw_sheet_text(d->release, d->rows[i], "place"), days);
        fprintf(out, "%u 0", i);
        for (int s = 0; s < SHOWN + 2; s++) {
            sum += days[s];
            fprintf(out, " %.10g", sum / days_a_year);
        }
        fputc('\n', out);
        d->longest = fmax(d->longest, sum);
    }
    fputs("EOD\n", out);
    hw_canvas_area(d->canvas, d->area);
    hw_canvas_across(d->canvas, 0, d->longest > 0 ? d->longest / days_a_year * 1.02 : 1, "%.6g");
    hw_canvas_rows(d->canvas, d->count);
    hw_canvas_text(d->canvas, (d->area.left + d->area.right) / 2, d->area.bottom + 44, HW_CENTRE,
                   HW_CANVAS_SMALL, HW_DARK_GREY, "years of waiting, mean of all futures");
    const char *comma = "plot";
    for (uint32_t s = 0; s < SHOWN + 2; s++) {
        if (s >= d->segments && s < SHOWN) {
            continue;
        }
        fprintf(out,
                "%s $bars using %u:1:%u:%u:($1-0.36):($1+0.36) with boxxyerror fillstyle solid border rgb "
                "'#ffffff' linewidth 0.7 linecolor rgb '%s' title '%u'",
                comma, s + 2, s + 2, s + 3, segment_colour(d, s), s);
        comma = ", \\\n";
    }
    fputc('\n', out);
    hw_canvas_area_end(d->canvas);
}

static void write_legend(const delay *d) {
    hw_legend_entry entries[SHOWN + 2];
    uint32_t count = 0;
    for (uint32_t s = 0; s < d->segments; s++) {
        entries[count++] = (hw_legend_entry){segment_colour(d, s), d->names[s], HW_SWATCH_BOX};
    }
    if (d->others[strlen("others: ")]) {
        entries[count++] = (hw_legend_entry){segment_colour(d, SHOWN), d->others, HW_SWATCH_BOX};
    }
    entries[count++] = (hw_legend_entry){segment_colour(d, SHOWN + 1),
                                         "housing, from release to the first families", HW_SWATCH_BOX};
    hw_canvas_legend(d->canvas, HW_CANVAS_MARGIN, HW_CANVAS_WIDTH - HW_CANVAS_MARGIN,
                     d->area.bottom + AXIS + 20, entries, count);
}

static void draw(hw_canvas *canvas, const hw_picture_wish *wish) {
    delay d = {.canvas = canvas,
               .wish = wish,
               .release = hw_picture_sheet(wish, "place_release"),
               .waiting = hw_picture_sheet(wish, "place_delay")};
    d.rows = hw_picture_places(wish, &d.count);
    add_up_causes(&d);
    choose_segments(&d);
    d.area = (hw_area){HW_CANVAS_MARGIN + 12 + hw_picture_names_width(wish, d.rows, d.count),
                       HW_CANVAS_TOP + 40, HW_CANVAS_WIDTH - HW_CANVAS_MARGIN - SHARE - DATES * DATE - 4,
                       HW_CANVAS_TOP + 40 + d.count * ROW};
    char *below = hw_take_text("Each day from a place's start to its release, or to the end of the "
                               "simulation, is charged to one cause. "
                               "± of a segment: at most %.1f years.",
                               d.largest_error / days_a_year);
    hw_canvas_begin(canvas, wish->outcomes, d.area.bottom + AXIS + LEGEND + HW_CANVAS_FOOT,
                    "What holds each place back?", below);
    free(below);
    write_rows(&d);
    write_legend(&d);
    plot(&d);
    free(d.others);
    free(d.rows);
}

static const char *const sheets[] = {"place_release", "place_delay", NULL};

const hw_picture hw_picture_delay = {
    .name = "delay",
    .line = "what holds each place back: mean years of waiting by cause",
    .takes_places = true,
    .sheets = sheets,
    .draw = draw,
};
