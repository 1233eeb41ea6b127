/* Land by ledger and people back, year by year, with the band from P10 to P90. */
#include "analysis/base/memory.h"
#include "analysis/pictures/picture.h"
#include "sim/date.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { HEIGHT = 720, ACROSS = 3, DOWN = 2 };

typedef struct panel {
    const char *title, *sheet;
    const char *ledger; /* NULL: the whole sheet */
    const char *unit;   /* of the axis */
} panel;

static const panel panels[ACROSS * DOWN] = {
    {"Remaining suspected land", "ledgers", "remaining", "ha"},
    {"Cancelled by survey", "ledgers", "cancelled", "ha"},
    {"Reduced by technical survey", "ledgers", "reduced", "ha"},
    {"Mine-cleared", "ledgers", "mine_cleared", "ha"},
    {"Battle area cleared", "ledgers", "battle_area_cleared", "ha"},
    {"People back", "people_back", NULL, "persons"},
};

static bool is_of(const hw_sheet *sheet, size_t row, const panel *p) {
    return p->ledger == NULL || strcmp(hw_sheet_text(sheet, row, "ledger"), p->ledger) == 0;
}

/* The last row is the text of the line below the title. */
static void write_title(hw_canvas *canvas, const hw_area *area, const panel *p, const hw_sheet *sheet,
                        size_t last) {
    char *low = hw_thousands(hw_sheet_number(sheet, last, "p10"), 0);
    char *middle = hw_picture_figure(sheet, last, "p50", "p50_error", 0);
    char *high = hw_thousands(hw_sheet_number(sheet, last, "p90"), 0);
    char *text = hw_take_text("end of %.0f: %s %s (%s to %s)", hw_sheet_number(sheet, last, "year"), middle,
                              p->unit, low, high);
    hw_canvas_text(canvas, area->left - 66, area->top - 38, HW_LEFT, HW_CANVAS_BODY + 1, HW_INK, p->title);
    hw_canvas_text(canvas, area->left - 66, area->top - 17, HW_LEFT, HW_CANVAS_SMALL - 1, HW_DARK_GREY, text);
    free(low);
    free(middle);
    free(high);
    free(text);
}

static void draw_panel(hw_canvas *canvas, const hw_picture_wish *wish, const panel *p, const hw_area *area) {
    const hw_sheet *sheet = hw_picture_sheet(wish, p->sheet);
    size_t last = 0;
    double most = 0;
    for (size_t row = 0; row < sheet->row_count; row++) {
        if (is_of(sheet, row, p)) {
            last = row;
            most = fmax(most, hw_sheet_number(sheet, row, "p90"));
        }
    }
    bool thousands = most >= 10000;
    write_title(canvas, area, p, sheet, last);
    FILE *out = canvas->script;
    fputs("$fan << EOD\n", out);
    for (size_t row = 0; row < sheet->row_count; row++) {
        if (!is_of(sheet, row, p)) {
            continue;
        }
        double year = fmin(hw_sheet_number(sheet, row, "year") + 1,
                           hw_decimal_year((double)wish->outcomes->horizon + 1));
        fprintf(out, "%.4f", year); /* the end of the year, or of the simulation */
        static const char *const columns[3] = {"p10", "p50", "p90"};
        for (int i = 0; i < 3; i++) {
            fprintf(out, " %.10g", hw_sheet_number(sheet, row, columns[i]) / (thousands ? 1000 : 1));
        }
        fputc('\n', out);
    }
    fputs("EOD\n", out);
    hw_canvas_area(canvas, *area);
    hw_canvas_years(canvas, area, floor(hw_decimal_year((double)wish->outcomes->start)),
                    hw_decimal_year((double)wish->outcomes->horizon + 1));
    char *unit = hw_take_text("%s%s", thousands ? "thousand " : "", p->unit);
    hw_canvas_up(canvas, area, most <= 0, unit);
    free(unit);
    fputs("plot $fan using 1:2:4 with filledcurves linecolor rgb '" HW_SKY
          "' fillstyle solid 0.55 title 'P10 to P90', "
          "$fan using 1:3 with lines linewidth 3 linecolor rgb '" HW_BLUE "' title 'P50'\n",
          out);
    hw_canvas_area_end(canvas);
}

static void draw(hw_canvas *canvas, const hw_picture_wish *wish) {
    hw_canvas_begin(canvas, wish->outcomes, HEIGHT,
                    "How much land is released, and how many people are back?",
                    "The five ledgers of land and the people who live there again, at the end of each year. "
                    "Mind the different scales.");
    static const hw_legend_entry entries[] = {{HW_SKY, "P10 to P90: four of five futures", HW_SWATCH_BOX},
                                              {HW_BLUE, "P50: half of them are below", HW_SWATCH_LINE}};
    hw_canvas_legend(canvas, HW_CANVAS_MARGIN, HW_CANVAS_WIDTH, HEIGHT - HW_CANVAS_FOOT - 14, entries, 2);
    double width = (HW_CANVAS_WIDTH - HW_CANVAS_MARGIN) / (double)ACROSS;
    double height = (HEIGHT - HW_CANVAS_TOP - HW_CANVAS_FOOT - 30) / (double)DOWN;
    for (int i = 0; i < ACROSS * DOWN; i++) {
        int across = i % ACROSS, down = i / ACROSS;
        double left = HW_CANVAS_MARGIN + across * width, top = HW_CANVAS_TOP + down * height;
        draw_panel(canvas, wish, &panels[i],
                   &(hw_area){left + 68, top + 52, left + width - 34, top + height - 34});
    }
}

static const char *const sheets[] = {"ledgers", "people_back", NULL};

const hw_picture hw_picture_fan = {
    .name = "fan",
    .line = "land by ledger and people back, year by year, P10 to P90",
    .sheets = sheets,
    .draw = draw,
};
