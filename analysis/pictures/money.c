/* Money: what is spent in each year, by purpose until the horizon, and what becomes of each stream. */
#include "analysis/base/memory.h"
#include "analysis/pictures/picture.h"
#include "sim/length.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PURPOSES_MOST = 32, FATES = 5, ROW = 24, LEFT_RIGHT = 620 };

/* Houses with their share of roads, power and water: many times the rest, which would not be seen beside it.
 */
static const char building[] = "building";

static const char *const colours[] = {HW_ORANGE,    HW_SKY,    HW_GREEN,     HW_YELLOW, HW_BLUE,
                                      HW_VERMILION, HW_PURPLE, HW_DARK_GREY, HW_INK};
enum { COLOURS = HW_LENGTH(colours) };

/* Where a stream's money is at the end; together they are what was pledged. */
static const struct {
    const char *name, *colour, *text;
} fates[FATES] = {{"spent", HW_GREEN, "spent"},
                  {"held", HW_SKY, "held at the end"},
                  {"returned", HW_ORANGE, "returned to the donor"},
                  {"lapsed", HW_VERMILION, "lapsed"},
                  {"dropped", HW_PURPLE, "pledge dropped"}};

typedef struct money {
    hw_canvas *canvas;
    const hw_picture_wish *wish;
    const char *purposes[PURPOSES_MOST]; /* on which anything is spent, without building */
    uint32_t purpose_count;
} money;

static const char *colour_of(uint32_t purpose) {
    return purpose < COLOURS ? colours[purpose] : HW_LIGHT_GREY;
}

static void find_purposes(money *m) {
    const hw_sheet *sheet = hw_picture_sheet(m->wish, "spending_by_purpose");
    for (size_t row = 0; row < sheet->row_count && m->purpose_count < PURPOSES_MOST; row++) {
        if (strcmp(hw_sheet_text(sheet, row, "purpose"), building) != 0 &&
            hw_sheet_number(sheet, row, "mean") > 0) {
            m->purposes[m->purpose_count++] = hw_sheet_text(sheet, row, "purpose");
        }
    }
}

static void panel_title(const money *m, double x, double y, const char *title, const char *below) {
    hw_canvas_text(m->canvas, x, y, HW_LEFT, HW_CANVAS_BODY + 1, HW_INK, title);
    hw_canvas_text(m->canvas, x, y + 20, HW_LEFT, HW_CANVAS_SMALL - 1, HW_DARK_GREY, below);
}

/* Sums to the top of each purpose, year by year. Returns the largest Monte Carlo error of a part. */
static double write_years(const money *m) {
    FILE *out = m->canvas->script;
    const hw_sheet *sheet = hw_picture_sheet(m->wish, "spending_by_purpose_and_year");
    size_t first = hw_sheet_find_row(sheet, m->purposes[0]);
    double largest = 0;
    fputs("$years << EOD\n", out);
    for (size_t y = first;
         y < sheet->row_count && strcmp(hw_sheet_text(sheet, y, "purpose"), m->purposes[0]) == 0; y++) {
        double sum = 0;
        fprintf(out, "%.0f 0", hw_sheet_number(sheet, y, "year"));
        for (uint32_t p = 0; p < m->purpose_count; p++) {
            size_t row = hw_sheet_find_row(sheet, m->purposes[p]) + (y - first);
            double error = hw_sheet_number(sheet, row, "mean_error");
            largest = fmax(largest, isfinite(error) ? error : 0);
            sum += hw_sheet_number(sheet, row, "mean");
            fprintf(out, " %.10g", sum);
        }
        fputc('\n', out);
    }
    fputs("EOD\n", out);
    return largest;
}

static void plot_years(const money *m, hw_area area) {
    FILE *out = m->canvas->script;
    double error = write_years(m);
    char *below =
        hw_take_text("Standby is the cost of teams that stand idle. ± of a part: at most %.1f million %s.",
                     error, hw_money_name(m->wish->outcomes));
    panel_title(m, HW_CANVAS_MARGIN, area.top - 44, "Mine action: spent in each year by purpose (mean)",
                below);
    free(below);
    hw_canvas_area(m->canvas, area);
    double first = hw_decimal_year((double)m->wish->outcomes->start),
           last = hw_decimal_year((double)m->wish->outcomes->horizon);
    hw_canvas_years(m->canvas, &area, floor(first) - 0.6, floor(last) + 0.6);
    char *units = hw_money_text(m->wish->outcomes, "million USD");
    hw_canvas_up(m->canvas, &area, false, units);
    free(units);
    const char *comma = "plot";
    for (uint32_t p = 0; p < m->purpose_count; p++) {
        fprintf(out,
                "%s $years using 1:%u:($1-0.4):($1+0.4):%u:%u with boxxyerror fillstyle solid noborder "
                "linecolor rgb '%s' title '%u'",
                comma, p + 2, p + 2, p + 3, colour_of(p), p);
        comma = ", \\\n";
    }
    fputc('\n', out);
    hw_canvas_area_end(m->canvas);
}

static void write_purpose(const money *m, const hw_sheet *sheet, size_t row, const hw_area *area, double y,
                          const double places[3], uint32_t decimals) {
    char *texts[3] = {hw_thousands(hw_sheet_number(sheet, row, "p10"), decimals),
                      hw_picture_figure(sheet, row, "p50", "p50_error", decimals),
                      hw_thousands(hw_sheet_number(sheet, row, "p90"), decimals)};
    for (int i = 0; i < 3; i++) {
        hw_canvas_text(m->canvas, places[i], y, HW_RIGHT, HW_CANVAS_SMALL - 1, HW_INK, texts[i]);
        free(texts[i]);
    }
    hw_canvas_text(m->canvas, area->left - 10, y, HW_RIGHT, HW_CANVAS_SMALL, HW_INK,
                   hw_sheet_text(sheet, row, "purpose"));
}

static void plot_purposes(const money *m, hw_area area) {
    FILE *out = m->canvas->script;
    const hw_sheet *sheet = hw_picture_sheet(m->wish, "spending_by_purpose");
    char *below = hw_money_text(
        m->wish->outcomes, "Million USD on a scale of powers of ten. Building is reconstruction. Dot: P50.");
    panel_title(m, HW_CANVAS_MARGIN, area.top - 62, "Spent until the end by purpose, P10 to P90", below);
    free(below);
    const double places[3] = {area.right + 54, area.right + 144, area.right + 202};
    double most = 1;
    for (size_t row = 0; row < sheet->row_count; row++) {
        most = fmax(most, hw_sheet_number(sheet, row, "p90"));
    }
    uint32_t decimals = most < 1000 ? 2 : 0;
    static const char *const heads[3] = {"P10", "P50", "P90"};
    for (int i = 0; i < 3; i++) {
        hw_canvas_text(m->canvas, places[i], area.top - 12, HW_RIGHT, HW_CANVAS_SMALL - 1, HW_DARK_GREY,
                       heads[i]);
    }
    double step = (area.bottom - area.top) / (double)sheet->row_count;
    for (size_t row = 0; row < sheet->row_count; row++) {
        write_purpose(m, sheet, row, &area, area.top + ((double)row + 0.5) * step, places, decimals);
    }
    const double nothing = 1e-9; /* logarithms know no zero */
    double least = (double)INFINITY;
    fputs("$bars << EOD\n", out);
    for (size_t row = 0; row < sheet->row_count; row++) {
        double low = hw_sheet_number(sheet, row, "p10"), high = hw_sheet_number(sheet, row, "p90");
        if (low > 0) {
            least = fmin(least, low);
        }
        fprintf(out, "%zu %.10g %.10g %.10g\n", row, fmax(low, nothing),
                fmax(hw_sheet_number(sheet, row, "p50"), nothing), fmax(high, nothing));
    }
    fputs("EOD\n", out);
    hw_canvas_area(m->canvas, area);
    fputs("set logscale x\n", out);
    hw_canvas_across(m->canvas, pow(10, floor(log10(fmin(least, most)))), pow(10, ceil(log10(most))), "%.6g");
    hw_canvas_rows(m->canvas, (uint32_t)sheet->row_count);
    fputs(
        "plot $bars using 3:1:2:4:($1-0.28):($1+0.28) with boxxyerror fillstyle solid noborder linecolor rgb "
        "'" HW_SKY "' title 'P10 to P90', "
        "$bars using 3:1 with points pointtype 7 pointsize 0.9*P linecolor rgb '" HW_BLUE "' title 'P50'\n",
        out);
    hw_canvas_area_end(m->canvas);
}

/* The row of a stream and what became of its money; row_count when it is missing. */
static size_t find_fate(const hw_sheet *sheet, const char *stream, const char *fate) {
    for (size_t row = hw_sheet_find_row(sheet, stream); row < sheet->row_count; row++) {
        if (strcmp(hw_sheet_text(sheet, row, "stream"), stream) != 0) {
            break;
        }
        if (strcmp(hw_sheet_text(sheet, row, "fate"), fate) == 0) {
            return row;
        }
    }
    return sheet->row_count;
}

static double fate_mean(const hw_sheet *sheet, const char *stream, const char *fate) {
    size_t row = find_fate(sheet, stream, fate);
    return row < sheet->row_count ? hw_sheet_number(sheet, row, "mean") : 0;
}

static bool is_stream_row(const hw_sheet *sheet, size_t row) {
    return strcmp(hw_sheet_text(sheet, row, "fate"), "pledged") == 0;
}

static uint32_t count_streams(const hw_sheet *sheet) {
    uint32_t count = 0;
    for (size_t row = 0; row < sheet->row_count; row++) {
        count += is_stream_row(sheet, row) ? 1 : 0;
    }
    return count;
}

static void write_streams(const money *m, const hw_sheet *sheet, const hw_area *area) {
    const double right = HW_CANVAS_WIDTH - HW_CANVAS_MARGIN / 2.0;
    uint32_t count = 0;
    for (size_t row = 0; row < sheet->row_count; row++) {
        if (!is_stream_row(sheet, row)) {
            continue;
        }
        double y = area->top + (count++ + 0.5) * ROW;
        char *text = hw_picture_figure(sheet, row, "mean", "mean_error", 1);
        hw_canvas_fitted_text(m->canvas, area->left - 10, y, HW_RIGHT, HW_CANVAS_SMALL,
                              area->left - LEFT_RIGHT - 30, HW_INK, hw_sheet_text(sheet, row, "stream"));
        hw_canvas_text(m->canvas, right, y, HW_RIGHT, HW_CANVAS_SMALL - 1, HW_INK, text);
        free(text);
    }
    char *units = hw_money_text(m->wish->outcomes, "million USD ±");
    hw_canvas_text(m->canvas, right, area->top - 12, HW_RIGHT, HW_CANVAS_SMALL - 1, HW_DARK_GREY, units);
    free(units);
    hw_legend_entry entries[FATES];
    for (int f = 0; f < FATES; f++) {
        entries[f] = (hw_legend_entry){fates[f].colour, fates[f].text, HW_SWATCH_BOX};
    }
    hw_canvas_legend(m->canvas, LEFT_RIGHT + 40, HW_CANVAS_WIDTH, area->bottom + 48, entries, FATES);
}

static void plot_streams(const money *m, hw_area area) {
    FILE *out = m->canvas->script;
    const hw_sheet *sheet = hw_picture_sheet(m->wish, "money_by_stream");
    char *below = hw_money_text(m->wish->outcomes,
                                "Share of what was pledged or budgeted, %, and that sum in million USD.");
    panel_title(m, LEFT_RIGHT + 40, area.top - 58, "What becomes of each stream's money (mean)", below);
    free(below);
    write_streams(m, sheet, &area);
    uint32_t count = 0;
    fputs("$bars << EOD\n", out);
    for (size_t row = 0; row < sheet->row_count; row++) {
        if (!is_stream_row(sheet, row)) {
            continue;
        }
        double pledged = hw_sheet_number(sheet, row, "mean"), sum = 0;
        fprintf(out, "%u 0", count++);
        for (int f = 0; f < FATES; f++) {
            sum += pledged > 0
                       ? 100 * fate_mean(sheet, hw_sheet_text(sheet, row, "stream"), fates[f].name) / pledged
                       : 0;
            fprintf(out, " %.10g", sum);
        }
        fputc('\n', out);
    }
    fputs("EOD\n", out);
    hw_canvas_area(m->canvas, area);
    hw_canvas_across(m->canvas, 0, 100, "%.0f %%");
    hw_canvas_rows(m->canvas, count);
    const char *comma = "plot";
    for (uint32_t f = 0; f < FATES; f++) {
        fprintf(out,
                "%s $bars using %u:1:%u:%u:($1-0.36):($1+0.36) with boxxyerror fillstyle solid noborder "
                "linecolor rgb '%s' title '%s'",
                comma, f + 2, f + 2, f + 3, fates[f].colour, fates[f].name);
        comma = ", \\\n";
    }
    fputc('\n', out);
    hw_canvas_area_end(m->canvas);
}

static void draw(hw_canvas *canvas, const hw_picture_wish *wish) {
    money m = {.canvas = canvas, .wish = wish};
    find_purposes(&m);
    uint32_t streams = count_streams(hw_picture_sheet(wish, "money_by_stream"));
    double top = HW_CANVAS_TOP + 76, bottom = fmax(top + 544, top + streams * ROW + 80);
    char *below = hw_money_text(
        wish->outcomes, "In nominal USD of the scenario, from the start to the end of the simulation.");
    hw_canvas_begin(canvas, wish->outcomes, bottom + 30 + HW_CANVAS_FOOT,
                    "Where does the money come from, what is it spent on, and what lapses?", below);
    free(below);
    hw_legend_entry entries[PURPOSES_MOST];
    for (uint32_t p = 0; p < m.purpose_count; p++) {
        entries[p] = (hw_legend_entry){colour_of(p), m.purposes[p], HW_SWATCH_BOX};
    }
    double middle = top + (bottom - top) * 0.42;
    hw_canvas_legend(canvas, HW_CANVAS_MARGIN, LEFT_RIGHT, middle - 12, entries, m.purpose_count);
    if (m.purpose_count > 0) {
        plot_years(&m, (hw_area){HW_CANVAS_MARGIN + 66, top - 14, LEFT_RIGHT - 10, middle - 52});
    }
    plot_purposes(&m, (hw_area){HW_CANVAS_MARGIN + 112, middle + 124, LEFT_RIGHT - 210, bottom});
    plot_streams(&m, (hw_area){LEFT_RIGHT + 254, top, HW_CANVAS_WIDTH - 156, top + streams * ROW});
}

static const char *const sheets[] = {"spending_by_purpose", "spending_by_purpose_and_year", "money_by_stream",
                                     NULL};

const hw_picture hw_picture_money = {
    .name = "money",
    .line = "spending by year and purpose, and what becomes of each stream's money",
    .sheets = sheets,
    .draw = draw,
};
