/* A bar from P10 to P90 for each place, in the order in which they come. */
#include "analysis/base/memory.h"
#include "analysis/pictures/picture.h"
#include "sim/date.h"
#include "sim/length.h"
#include <math.h>
#include <stdlib.h>

enum { ROW = 22, LEGEND = 44, AXIS = 30, SHARE = 108 };

typedef struct timeline {
    hw_canvas *canvas;
    const hw_picture_wish *wish;
    const hw_sheet *release;
    size_t *rows;
    uint32_t count;
    hw_area area;
    double end; /* the horizon as a year */
} timeline;

static double row_y(const timeline *t, uint32_t i) {
    return t->area.top + (i + 0.5) * ROW;
}

static double share_x(int column) { /* the right end of the columns of figures, from the right */
    return HW_CANVAS_WIDTH - HW_CANVAS_MARGIN - column * SHARE;
}

/* Probability of release by the asked date: the row of the sheet that has one for each place and date. */
static char *probability_by(const timeline *t, const char *place) {
    const hw_sheet *sheet = hw_picture_sheet(t->wish, "place_release_by");
    for (size_t row = hw_sheet_find_row(sheet, place); row < sheet->row_count; row++) {
        if ((int64_t)hw_sheet_number(sheet, row, "by") == t->wish->by) {
            return hw_picture_figure(sheet, row, "probability", "probability_error", 1);
        }
    }
    return hw_take_text("?");
}

static void figure(const timeline *t, uint32_t i, int column, char *text) {
    hw_canvas_text(t->canvas, share_x(column), row_y(t, i), HW_RIGHT, HW_CANVAS_SMALL, HW_INK, text);
    free(text);
}

static void write_rows(const timeline *t) {
    for (uint32_t i = 0; i < t->count; i++) {
        const char *place = hw_sheet_text(t->release, t->rows[i], "place");
        if (i % 2 == 1) {
            hw_canvas_box(t->canvas,
                          (hw_area){HW_CANVAS_MARGIN, row_y(t, i) - ROW / 2.0,
                                    HW_CANVAS_WIDTH - HW_CANVAS_MARGIN / 2.0, row_y(t, i) + ROW / 2.0},
                          "#F5F5F5");
        }
        hw_canvas_fitted_text(t->canvas, t->area.left - 12, row_y(t, i), HW_RIGHT, HW_CANVAS_BODY - 1,
                              t->area.left - 12 - HW_CANVAS_MARGIN, HW_INK, place);
        figure(t, i, 0, hw_picture_figure(t->release, t->rows[i], "censored", "censored_error", 1));
        if (t->wish->has_by) {
            figure(t, i, 1, probability_by(t, place));
        }
    }
}

static void write_column(const timeline *t, int column, const char *first, int64_t day) {
    char date[16];
    hw_canvas_text(t->canvas, share_x(column), t->area.top - 30, HW_RIGHT, HW_CANVAS_SMALL, HW_DARK_GREY,
                   first);
    char *second = hw_take_text("%s, %%", hw_date_print(day, date));
    hw_canvas_text(t->canvas, share_x(column), t->area.top - 13, HW_RIGHT, HW_CANVAS_SMALL, HW_DARK_GREY,
                   second);
    free(second);
}

/* Year, or the horizon for what comes after it. */
static double year_of(const timeline *t, size_t row, const char *column) {
    double day = hw_sheet_number(t->release, row, column);
    return isinf(day) ? t->end : hw_decimal_year(day);
}

static void write_data(const timeline *t) {
    FILE *out = t->canvas->script;
    fputs("$bars << EOD\n", out);
    for (uint32_t i = 0; i < t->count; i++) {
        fprintf(out, "%u %.5f %.5f\n", i, year_of(t, t->rows[i], "p10"), year_of(t, t->rows[i], "p90"));
    }
    fputs("EOD\n$medians << EOD\n", out);
    for (uint32_t i = 0; i < t->count; i++) {
        double day = hw_sheet_number(t->release, t->rows[i], "p50");
        double low = hw_sheet_number(t->release, t->rows[i], "p50_low");
        if (!isfinite(day)) {
            continue;
        }
        fprintf(out, "%u %.5f %.5f %.5f\n", i, hw_decimal_year(day),
                isfinite(low) ? hw_decimal_year(low) : hw_decimal_year(day),
                year_of(t, t->rows[i], "p50_high"));
    }
    fputs("-9 2000 2000 2000\nEOD\n$after << EOD\n", out); /* a block without a line is an error */
    for (uint32_t i = 0; i < t->count; i++) {
        if (isinf(hw_sheet_number(t->release, t->rows[i], "p90"))) {
            fprintf(out, "%u %.5f\n", i, t->end);
        }
    }
    fputs("-9 2000\nEOD\n", out);
}

static void plot(const timeline *t) {
    FILE *out = t->canvas->script;
    double first = hw_decimal_year((double)t->wish->outcomes->start);
    double arrow = (t->end - first) * 0.022;
    write_data(t);
    hw_canvas_area(t->canvas, t->area);
    hw_canvas_years(t->canvas, &t->area, floor(first), t->end + arrow * 1.2);
    hw_canvas_rows(t->canvas, t->count);
    if (t->wish->has_by) {
        double by = hw_decimal_year((double)t->wish->by + 1); /* its end */
        fprintf(out,
                "set arrow from %.5f,graph 0 to %.5f,graph 1 nohead linewidth 1.5 dashtype 2 linecolor rgb "
                "'" HW_INK "' front\n",
                by, by);
    }
    fprintf(out,
            "plot $bars using 2:1:2:3:($1-0.3):($1+0.3) with boxxyerror fillstyle solid noborder linecolor "
            "rgb '" HW_SKY "' title 'P10 to P90', \\\n"
            " $after using 2:1:(%.5f):(0) with vectors head filled size %.5f,20 fixed linewidth 2.5 "
            "linecolor rgb '" HW_VERMILION "' title 'goes on after the horizon', \\\n"
            " $medians using 3:1:($4-$3):(0) with vectors nohead linewidth 2.5 linecolor rgb '" HW_INK
            "' title 'Monte Carlo interval of P50', \\\n"
            " $medians using 2:1 with points pointtype 7 pointsize 0.9*P linecolor rgb '" HW_BLUE
            "' title 'P50'\n",
            arrow, arrow * 0.6);
    hw_canvas_area_end(t->canvas);
}

static void write_legend(const timeline *t) {
    char date[16];
    hw_date_print(t->wish->outcomes->horizon, date);
    char *after = hw_take_text("P90 after %s, where the simulation ends", date);
    const hw_legend_entry entries[] = {{HW_SKY, "P10 to P90", HW_SWATCH_BOX},
                                       {HW_BLUE, "P50 (no dot: after the end)", HW_SWATCH_DOT},
                                       {HW_INK, "95 % Monte Carlo interval of P50", HW_SWATCH_LINE},
                                       {HW_VERMILION, after, HW_SWATCH_ARROW}};
    hw_canvas_legend(t->canvas, HW_CANVAS_MARGIN, HW_CANVAS_WIDTH - HW_CANVAS_MARGIN,
                     t->area.bottom + AXIS + 22, entries, HW_LENGTH(entries));
    free(after);
}

static void draw(hw_canvas *canvas, const hw_picture_wish *wish) {
    timeline t = {.canvas = canvas, .wish = wish, .release = hw_picture_sheet(wish, "place_release")};
    t.rows = hw_picture_places(wish, &t.count);
    t.end = hw_decimal_year((double)wish->outcomes->horizon + 1);
    t.area =
        (hw_area){HW_CANVAS_MARGIN + 12 + hw_picture_names_width(wish, t.rows, t.count), HW_CANVAS_TOP + 40,
                  HW_CANVAS_WIDTH - HW_CANVAS_MARGIN - SHARE - 6, HW_CANVAS_TOP + 40 + t.count * ROW};
    if (wish->has_by) {
        t.area.right -= SHARE;
    }
    hw_canvas_begin(
        canvas, wish->outcomes, t.area.bottom + AXIS + LEGEND + HW_CANVAS_FOOT,
        "When is each place released from mines?",
        "In one of ten simulated futures by its P10, in half of them by its P50, in nine of ten by its P90.");
    write_column(&t, 0, "not by", wish->outcomes->horizon);
    if (wish->has_by) {
        write_column(&t, 1, "released by", wish->by);
    }
    write_rows(&t);
    write_legend(&t);
    plot(&t);
    free(t.rows);
}

static const char *const sheets[] = {"place_release", "place_release_by", NULL};

const hw_picture hw_picture_timeline = {
    .name = "timeline",
    .line = "when each place is released: P10, P50, P90 and the share that is not",
    .takes_by = true,
    .takes_places = true,
    .sheets = sheets,
    .draw = draw,
};
