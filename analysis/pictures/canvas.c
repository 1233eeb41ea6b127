/* Texts, lines and axes of a picture as a gnuplot script. */
#include "analysis/pictures/canvas.h"
#include "analysis/base/memory.h"
#include "analysis/results/given.h"
#include "analysis/results/learnt.h"
#include "analysis/tables/sheet.h"
#include "sim/date.h"
#include "sim/length.h"
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static double screen_x(double x) {
    return x / HW_CANVAS_WIDTH;
}

static double screen_y(const hw_canvas *canvas, double y) {
    return 1 - y / canvas->height;
}

/* Between double quotes, with every sign that means something to gnuplot there, or in an older one of its
 * passes over the line, written by its number: quotes, escapes, macros, commands. Doubled single quotes would
 * not do: gnuplot 5.4 loses count of them at the beginning of a text. Hidden characters are shown. */
void hw_canvas_quote(hw_canvas *canvas, const char *text) {
    char *visible = hw_take_visible(text);
    fputc('"', canvas->script);
    for (const unsigned char *c = (const unsigned char *)visible; *c; c++) {
        if (*c < 0x20) {
            fputc(' ', canvas->script); /* a line end would end the command */
        } else if (strchr("\"'\\`@$#{}", *c) != NULL) {
            fprintf(canvas->script, "\\%03o", (unsigned)*c);
        } else {
            fputc(*c, canvas->script);
        }
    }
    fputc('"', canvas->script);
    free(visible);
}

double hw_canvas_text_width(const char *text, double size) {
    return 0.6 * size *
           (double)hw_text_width(text); /* DejaVu Sans: letters of running text are 0.6 em wide */
}

void hw_canvas_text(hw_canvas *canvas, double x, double y, hw_side side, double size, const char *colour,
                    const char *text) {
    static const char *const sides[] = {[HW_LEFT] = "left", [HW_CENTRE] = "center", [HW_RIGHT] = "right"};
    fputs("set label ", canvas->script);
    hw_canvas_quote(canvas, text);
    fprintf(canvas->script, " at screen %.6f,%.6f %s font ',%g' textcolor rgb '%s' front\n", screen_x(x),
            screen_y(canvas, y), sides[side], size, colour);
}

void hw_canvas_upright_text(hw_canvas *canvas, double x, double y, double size, const char *colour,
                            const char *text) {
    fputs("set label ", canvas->script);
    hw_canvas_quote(canvas, text);
    fprintf(canvas->script, " at screen %.6f,%.6f center rotate by 90 font ',%g' textcolor rgb '%s' front\n",
            screen_x(x), screen_y(canvas, y), size, colour);
}

static bool begins_letter(char c) {
    return ((unsigned char)c & 0xC0) != 0x80; /* UTF-8: not a byte inside one */
}

void hw_canvas_fitted_text(hw_canvas *canvas, double x, double y, hw_side side, double size, double most,
                           const char *colour, const char *text) {
    char *cut = hw_take_text("%s", text);
    for (size_t length = strlen(text); length > 0 && hw_canvas_text_width(cut, size) > most;) {
        do {
            length--;
        } while (length > 0 && !begins_letter(text[length]));
        free(cut);
        cut = hw_take_text("%.*s…", (int)length, text);
    }
    hw_canvas_text(canvas, x, y, side, size, colour, cut);
    free(cut);
}

void hw_canvas_box(hw_canvas *canvas, hw_area box, const char *colour) {
    fprintf(canvas->script,
            "set object rectangle from screen %.6f,%.6f to screen %.6f,%.6f fillcolor rgb '%s' fillstyle "
            "solid noborder back\n",
            screen_x(box.left), screen_y(canvas, box.bottom), screen_x(box.right), screen_y(canvas, box.top),
            colour);
}

static void stroke(hw_canvas *canvas, double x0, double y0, double x1, double y1, const char *colour,
                   double width, const char *head) {
    fprintf(canvas->script,
            "set arrow from screen %.6f,%.6f to screen %.6f,%.6f %s linewidth %g linecolor rgb '%s' front\n",
            screen_x(x0), screen_y(canvas, y0), screen_x(x1), screen_y(canvas, y1), head, width, colour);
}

void hw_canvas_line(hw_canvas *canvas, double x0, double y0, double x1, double y1, const char *colour,
                    double width) {
    stroke(canvas, x0, y0, x1, y1, colour, width, "nohead");
}

static void swatch(hw_canvas *canvas, double x, double y, const hw_legend_entry *entry) {
    switch (entry->swatch) {
    case HW_SWATCH_BOX:
        hw_canvas_box(canvas, (hw_area){x, y - 6, x + 22, y + 6}, entry->colour);
        break;
    case HW_SWATCH_LINE:
        hw_canvas_line(canvas, x, y, x + 22, y, entry->colour, 2.5);
        break;
    case HW_SWATCH_ARROW:
        stroke(canvas, x, y, x + 22, y, entry->colour, 2.5, "head filled size screen 0.008,20");
        break;
    case HW_SWATCH_DOT:
        fprintf(canvas->script,
                "set label '' at screen %.6f,%.6f point pointtype 7 pointsize P linecolor rgb '%s' front\n",
                screen_x(x + 11), screen_y(canvas, y), entry->colour);
        break;
    }
}

double hw_canvas_legend(hw_canvas *canvas, double left, double right, double y,
                        const hw_legend_entry *entries, uint32_t count) {
    enum { LINE = 24, GAP = 24, TEXT = 30 };
    double x = left, used = LINE;
    for (uint32_t i = 0; i < count; i++) {
        double width = TEXT + hw_canvas_text_width(entries[i].text, HW_CANVAS_SMALL);
        if (x > left && x + width > right) {
            x = left;
            used += LINE;
        }
        swatch(canvas, x, y + used - LINE, &entries[i]);
        hw_canvas_text(canvas, x + TEXT, y + used - LINE, HW_LEFT, HW_CANVAS_SMALL, HW_INK, entries[i].text);
        x += width + GAP;
    }
    return used;
}

void hw_canvas_area(hw_canvas *canvas, hw_area area) {
    fprintf(canvas->script,
            "set lmargin at screen %.6f; set rmargin at screen %.6f; set tmargin at screen %.6f; set bmargin "
            "at screen %.6f\n",
            screen_x(area.left), screen_x(area.right), screen_y(canvas, area.top),
            screen_y(canvas, area.bottom));
}

void hw_canvas_area_end(hw_canvas *canvas) {
    fputs("unset label; unset object; unset arrow; unset grid; unset logscale; unset tics; unset xlabel; "
          "unset ylabel\n"
          "set xrange [*:*]; set yrange [*:*]; set format; set border 0; unset mxtics; unset tics\n",
          canvas->script);
}

/* Labels and objects need some plot to be drawn with: one of nothing, in an area of the whole page. */
void hw_canvas_flush(hw_canvas *canvas) {
    hw_canvas_area(canvas, (hw_area){0, 0, HW_CANVAS_WIDTH, canvas->height});
    fputs("set xrange [0:1]; set yrange [0:1]\nplot NaN title ''\n", canvas->script);
    hw_canvas_area_end(canvas);
}

double hw_decimal_year(double day) {
    int64_t whole = (int64_t)floor(day);
    int32_t year = hw_date_from_days(whole).year;
    double first = (double)hw_date_to_days((hw_date){.year = year, .month = 1, .day = 1});
    double next = (double)hw_date_to_days((hw_date){.year = year + 1, .month = 1, .day = 1});
    return year + (day - first) / (next - first);
}

#define GRID "linetype 1 linewidth 1 linecolor rgb '" HW_FAINT "'"
#define TICS "nomirror out scale 0.5 font ',13' textcolor rgb '" HW_INK "'"
#define AXIS_LINE "linecolor rgb '" HW_DARK_GREY "'"

void hw_canvas_years(hw_canvas *canvas, const hw_area *area, double first, double last) {
    static const double steps[] = {1, 2, 5, 10, 20, 50, 100};
    const double room = 48; /* for a year's digits, with air */
    size_t i = 0;
    while (i + 1 < HW_LENGTH(steps) && (last - first) / steps[i] * room > area->right - area->left) {
        i++;
    }
    double step = steps[i];
    fprintf(canvas->script,
            "set xrange [%.4f:%.4f]; set xtics %.0f,%g " TICS "; set mxtics %.0f\n"
            "set format x '%%.0f'; set grid xtics back " GRID "; set border 1 " AXIS_LINE "\n",
            first, last, ceil(first / step) * step, step, step == 2 || step == 5 ? step : 1);
}

void hw_canvas_across(hw_canvas *canvas, double low, double high, const char *format) {
    fprintf(canvas->script,
            "set xrange [%.10g:%.10g]; set xtics autofreq " TICS
            "; set format x '%s'; set grid xtics back " GRID "; set border 1 " AXIS_LINE "\n",
            low, high, format);
}

void hw_canvas_up(hw_canvas *canvas, const hw_area *area, bool empty, const char *unit) {
    fprintf(canvas->script,
            "set yrange [0:%s]; set ytics autofreq " TICS "; set format y '%%.6g'; set grid ytics back " GRID
            "; set border 3 " AXIS_LINE "\n",
            empty ? "1" : "*");
    hw_canvas_upright_text(canvas, area->left - 56, (area->top + area->bottom) / 2, HW_CANVAS_SMALL,
                           HW_DARK_GREY, unit);
}

void hw_canvas_rows(hw_canvas *canvas, uint32_t count) {
    fprintf(canvas->script, "set yrange [%.1f:-0.5]\n", count - 0.5);
}

/* What the reader knows, in lines below the foot that every picture has. */
enum { KNOWN_LINES = 2, KNOWN_LINE = 19 };

static void print_foot(hw_canvas *canvas, const hw_outcomes *outcomes, double height) {
    char start[16], horizon[16];
    char *count = hw_thousands((double)outcomes->count, 0);
    char *run = hw_take_text(
        "%s: %s replications, seed %" PRIu64 ", simulated from %s to %s. Scenario %.12s, homeward %s, %s.",
        outcomes->title, count, outcomes->seed, hw_date_print(outcomes->start, start),
        hw_date_print(outcomes->horizon, horizon), outcomes->digest, outcomes->version, outcomes->model);
    hw_canvas_text(canvas, HW_CANVAS_MARGIN, height - 38, HW_LEFT, HW_CANVAS_SMALL, HW_DARK_GREY, run);
    hw_canvas_text(canvas, HW_CANVAS_MARGIN, height - 19, HW_LEFT, HW_CANVAS_SMALL, HW_DARK_GREY,
                   "Simulated futures of a scenario, not a forecast. ± is half of the 95 % interval of the "
                   "Monte Carlo error.");
    if (!outcomes->complete || outcomes->failed_count > 0) {
        char *warning = hw_take_text(
            "%s%s%" PRIu64 " of %" PRIu64 " replications used, %" PRIu64 " failed",
            outcomes->complete ? "" : "INCOMPLETE: ", outcomes->failed_count ? "DO NOT RELY ON THIS: " : "",
            outcomes->count, outcomes->asked, outcomes->failed_count);
        hw_canvas_text(canvas, HW_CANVAS_WIDTH - HW_CANVAS_MARGIN, height - 57, HW_RIGHT, HW_CANVAS_BODY,
                       HW_VERMILION, warning);
        free(warning);
    }
    free(run);
    free(count);
}

void hw_canvas_begin(hw_canvas *canvas, const hw_outcomes *outcomes, double height, const char *title,
                     const char *below) {
    char *known[KNOWN_LINES] = {hw_given_text(outcomes), hw_learnt_text(outcomes)};
    canvas->height = height + KNOWN_LINE * ((known[0] != NULL) + (known[1] != NULL));
    canvas->title = hw_take_text("%s", title);
    fputs("set encoding utf8; unset key; set multiplot; set border 0; unset tics\n", canvas->script);
    hw_canvas_text(canvas, HW_CANVAS_MARGIN, 34, HW_LEFT, 23, HW_INK, title);
    hw_canvas_text(canvas, HW_CANVAS_MARGIN, 63, HW_LEFT, HW_CANVAS_BODY, HW_DARK_GREY, below);
    const double right = HW_CANVAS_WIDTH - HW_CANVAS_MARGIN / 2.0;
    hw_canvas_fitted_text(canvas, right, 34, HW_RIGHT, HW_CANVAS_BODY,
                          right - HW_CANVAS_MARGIN - hw_canvas_text_width(title, 23), HW_DARK_GREY,
                          outcomes->title);
    print_foot(canvas, outcomes, height);
    double y = height;
    for (size_t i = 0; i < KNOWN_LINES; i++) {
        if (known[i] != NULL) {
            hw_canvas_fitted_text(canvas, HW_CANVAS_MARGIN, y, HW_LEFT, HW_CANVAS_SMALL,
                                  right - HW_CANVAS_MARGIN, HW_INK, known[i]);
            y += KNOWN_LINE;
        }
        free(known[i]);
    }
}

void hw_canvas_end(hw_canvas *canvas) {
    hw_canvas_flush(canvas);
    fputs("unset multiplot\n", canvas->script);
}
