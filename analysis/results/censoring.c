/* Counts days that do not come by the horizon, and warns where they bias a mean. */
#include "analysis/results/censoring.h"
#include "analysis/base/memory.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double heavy_share = 0.1;

const char hw_censored_note[] =
    "Censored: the day does not come before the simulation ends, and counts as its end. So such a mean is "
    "too "
    "early, a difference of such means too small, and what is told of them tells of the end as well; "
    "probabilities by a day are not touched.";

bool hw_censored_heavily(double share) {
    return share >= heavy_share - 1e-9;
}

/* To whole per cent, but never to 100 what is less, nor to less than is warned of. */
char *hw_censored_words(double share) {
    if (!hw_censored_heavily(share)) {
        return hw_take_text("%s", "");
    }
    double percent = fmax(100 * heavy_share, round(100 * share));
    return hw_take_text("censored in up to %.0f %% of worlds", share < 1 ? fmin(percent, 99) : percent);
}

static double worse_share(const hw_censored_mean *mean) {
    return fmax(mean->base, mean->variant);
}

/* Of one mean in many scenarios the one with the largest share is kept. */
void hw_censored_add(hw_censored_means *means, const hw_censored_mean *mean) {
    for (size_t i = 0; i < means->count; i++) {
        hw_censored_mean *known = &means->items[i];
        if (strcmp(known->sheet, mean->sheet) != 0 || strcmp(known->label, mean->label) != 0) {
            continue;
        }
        const char *label = known->label;
        if (worse_share(mean) > worse_share(known)) {
            *known = *mean;
        }
        known->label = label;
        return;
    }
    if (means->count == means->room) {
        means->room = means->room ? 2 * means->room : 64;
        means->items = hw_take_again(means->items, means->room, sizeof *means->items);
    }
    means->items[means->count] = *mean;
    means->items[means->count++].label = hw_take_text("%s", mean->label);
}

void hw_censored_free(hw_censored_means *means) {
    for (size_t i = 0; i < means->count; i++) {
        free((char *)means->items[i].label);
    }
    free(means->items);
    *means = (hw_censored_means){0};
}

enum { SHEET, LABEL, BASE, MOST, MOST_IN, CAUTION };

static void add_columns(hw_sheet *sheet) {
    hw_sheet_add_column(sheet, "table", NULL, 0);
    hw_sheet_add_column(sheet, "of", NULL, 0);
    hw_sheet_add_column(sheet, "base", "%", 1);
    hw_sheet_add_column(sheet, "most", "%", 1);
    hw_sheet_add_column(sheet, "most_in", NULL, 0);
    hw_sheet_add_column(sheet, "caution", NULL, 0);
    sheet->view = (hw_view){.label_title = "table",
                            .label = SHEET,
                            .across = HW_NO_COLUMN,
                            .columns = {hw_plain_column("of", LABEL), hw_plain_column("base, %", BASE),
                                        hw_plain_column("most, %", MOST), hw_plain_column("in", MOST_IN)},
                            .column_count = 4};
}

void hw_censored_build(hw_book *book, const hw_censored_means *means) {
    enum { ROWS_SHOWN = 12 };
    hw_sheet *sheet = NULL;
    for (size_t i = 0; i < means->count; i++) {
        const hw_censored_mean *worst = &means->items[i];
        double most = worse_share(worst);
        if (!hw_censored_heavily(most)) {
            continue;
        }
        if (sheet == NULL) {
            sheet =
                hw_book_add(book, "censoring", "Means of days that are cut off at the horizon, % of worlds");
            sheet->note = hw_take_text("%s", hw_censored_note);
            add_columns(sheet);
        }
        hw_cell *row = hw_sheet_add_row(sheet, sheet->row_count < ROWS_SHOWN);
        hw_cell_set_text(&row[SHEET], worst->sheet);
        hw_cell_set_text(&row[LABEL], worst->label);
        hw_cell_set_number(&row[BASE], 100 * worst->base);
        hw_cell_set_number(&row[MOST], 100 * most);
        hw_cell_set_text(&row[MOST_IN], worst->variant >= worst->base ? worst->scenario : "base");
        hw_cell_take_text(&row[CAUTION], hw_censored_words(most));
    }
}

void hw_censored_print_warning(FILE *out, const hw_censored_means *means) {
    const hw_censored_mean *worst = NULL;
    size_t heavy = 0;
    double most = 0; /* as the sheet shows it: what sums leave behind its digits makes none the worst */
    for (size_t i = 0; i < means->count; i++) {
        double share = worse_share(&means->items[i]);
        heavy += hw_censored_heavily(share);
        if (hw_censored_heavily(share) && hw_ten_digits(100 * share) > most) {
            most = hw_ten_digits(100 * share);
            worst = &means->items[i];
        }
    }
    if (worst != NULL) {
        char *words = hw_censored_words(worse_share(worst));
        fprintf(out,
                "!!! %zu mean%s of days %s cut off at the horizon: the table 'censoring' has all.\n!!! The "
                "worst: "
                "%s, %s.\n",
                heavy, heavy == 1 ? "" : "s", heavy == 1 ? "is" : "are", worst->label, words);
        free(words);
    }
}
