/* A receipt as tables and sentences: made last, from what is worked out. */
#include "analysis/base/memory.h"
#include "analysis/decide/receipt.h"
#include "sim/date.h"
#include "sim/length.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double none = (double)NAN;

/* A row with more for the better. */
static hw_amount gain_of(const hw_compare_row *row) {
    return hw_amount_of(row, hw_receipt_less_is_better(row->kind));
}

/* ---- The gift's own money ---- */

static hw_sheet *add_money(hw_book *book, const hw_receipt *receipt, const char *name, const char *title,
                           const hw_receipt_fate *parts, uint32_t count) {
    static const char *const columns[] = {"mean", "mean_error", "p10", "p50", "p90"};
    hw_sheet *sheet = hw_book_add(book, name, title);
    hw_sheet_add_column(sheet, "money", NULL, 0);
    hw_sheet_add_columns(sheet, columns, HW_LENGTH(columns), "million USD", 2);
    hw_sheet_add_column(sheet, "share", "% of what is pledged", 1);
    sheet->view = (hw_view){.label_title = "money",
                            .label = 0,
                            .across = HW_NO_COLUMN,
                            .columns = {hw_error_column("mean ±", 1, 2, 0), hw_plain_column("P10", 3),
                                        hw_plain_column("P50", 4), hw_plain_column("P90", 5),
                                        hw_plain_column("% of the pledge", 6)},
                            .column_count = 5};
    for (uint32_t i = 0; i < count; i++) {
        const hw_spread *of = &parts[i].spread;
        const double numbers[] = {
            of->mean.value, of->mean.error,
            of->p10.value,  of->p50.value,
            of->p90.value,  receipt->given > 0 ? 100 * of->mean.value / receipt->given : none};
        hw_cell *row = hw_sheet_add_row(sheet, true);
        hw_cell_set_text(&row[0], parts[i].name);
        for (uint32_t c = 0; c < HW_LENGTH(numbers); c++) {
            hw_cell_set_number(&row[1 + c], numbers[c]);
        }
    }
    return sheet;
}

/* A scenario of a few lines lists its teams: most of any gift goes back then, for a reason that its writer
 * may not know to have chosen. */
static void explain_listed_teams(hw_sheet *sheet, const hw_receipt *receipt) {
    for (uint32_t i = 0; i < receipt->reason_count; i++) {
        if (strcmp(receipt->reasons[i].name, "teams as listed") == 0 && sheet->note == NULL) {
            sheet->note =
                hw_take_text("Teams as listed: the scenario lists its teams, so money hires nobody. With "
                             "capacity: {growth: by_money} operators hire by the money in sight.");
        }
    }
}

/* ---- What it brings ---- */

enum {
    B_WHAT,
    B_UNITS,
    B_GAIN,
    B_LOW,
    B_HIGH,
    B_ERROR,
    B_PER,
    B_PER_LOW,
    B_PER_HIGH,
    B_FLOOR,
    B_VERDICT,
    B_MARK
};

/* Of the gain for each million pledged. Where the pledge is uncertain too, the interval is wide enough
 * whichever way the two go together: the error of gain - share x pledge is at most the sum of both errors. */
static hw_amount share_of_gain(const hw_receipt *receipt, const hw_amount *gain) {
    double share = gain->value / receipt->given, more = fabs(share) * receipt->given_error;
    return (hw_amount){share, (gain->low - more) / receipt->given, (gain->high + more) / receipt->given};
}

static void set_gain(hw_cell *cells, const hw_receipt *receipt, const hw_compare_row *row) {
    hw_amount gain = gain_of(row);
    hw_amount per_million = share_of_gain(receipt, &gain);
    const hw_compare_kind *what = &receipt->kinds[row->kind];
    const double numbers[] = {gain.value + 0.0,        gain.low,        gain.high,        row->found.error,
                              per_million.value + 0.0, per_million.low, per_million.high, row->floor};
    hw_cell_set_text(&cells[B_UNITS], what->difference_units);
    for (uint32_t c = 0; c < HW_LENGTH(numbers); c++) {
        hw_cell_set_number(&cells[B_GAIN + c], numbers[c]);
        bool per = B_GAIN + c >= B_PER && B_GAIN + c <= B_PER_HIGH;
        cells[B_GAIN + c].fewer_decimals = per ? 0 : what->decimals < 2 ? 2 - what->decimals : 0;
    }
    hw_cell_set_text(&cells[B_VERDICT], hw_compare_row_verdict(&receipt->all, row));
    hw_cell_set_text(&cells[B_MARK], hw_compare_mark(row->verdict));
}

static void add_brought(hw_book *book, const hw_receipt *receipt) {
    static const char *const words[] = {"what", "units"}, *const verdicts[] = {"verdict", "mark"};
    static const char *const gains[] = {"gain",        "gain_low",        "gain_high",        "gain_error",
                                        "per_million", "per_million_low", "per_million_high", "floor"};
    hw_sheet *sheet = hw_book_add(book, "brought", "What the gift brings, and each million dollars of it");
    hw_sheet_add_columns(sheet, words, HW_LENGTH(words), NULL, 0);
    hw_sheet_add_columns(sheet, gains, HW_LENGTH(gains), "as units says", 2);
    hw_sheet_add_columns(sheet, verdicts, HW_LENGTH(verdicts), NULL, 0);
    sheet->view = (hw_view){
        .label_title = "what",
        .label = B_WHAT,
        .across = HW_NO_COLUMN,
        .columns = {hw_plain_column("units", B_UNITS), hw_range_column("gain (95 %)", B_GAIN, B_LOW, B_HIGH),
                    hw_plain_column("a million", B_PER), hw_plain_column("verdict", B_VERDICT)},
        .column_count = 4};
    for (uint32_t k = 0; k < HW_RECEIPT_MAIN; k++) {
        const hw_compare_row *row = hw_receipt_row(receipt, k, receipt->gift, NULL, none);
        if (row != NULL) {
            hw_cell *cells = hw_sheet_add_row(sheet, true);
            hw_cell_take_text(&cells[B_WHAT], hw_receipt_title(receipt, k));
            set_gain(cells, receipt, row);
        }
    }
}

/* ---- Whose money it is ---- */

static void add_streams(hw_book *book, const hw_receipt *receipt) {
    static const char *const columns[] = {"spent", "spent_error", "unspent", "unspent_error"};
    hw_sheet *sheet = hw_book_add(
        book, "streams",
        "Whose money: spent, and lapsed, returned or held, with the gift less without it, million USD");
    hw_sheet_add_column(sheet, "stream", NULL, 0);
    hw_sheet_add_columns(sheet, columns, HW_LENGTH(columns), "million USD", 2);
    hw_sheet_add_column(sheet, "spent_mark", NULL, 0);
    hw_sheet_add_column(sheet, "unspent_mark", NULL, 0);
    sheet->view = (hw_view){
        .label_title = "stream",
        .label = 0,
        .across = HW_NO_COLUMN,
        .columns = {hw_error_column("more spent ±", 1, 2, 5), hw_error_column("more unspent ±", 3, 4, 6)},
        .column_count = 2};
    const hw_compare_rows *rows = &receipt->all.of_kind[HW_RECEIPT_STREAM_SPENT];
    for (size_t i = rows->first; i < rows->first + rows->count; i++) {
        const hw_compare_row *spent = &receipt->all.rows[i];
        const hw_compare_row *unspent =
            hw_receipt_row(receipt, HW_RECEIPT_STREAM_UNSPENT, spent->variant, spent->label, none);
        if (spent->variant != receipt->gift || unspent == NULL) {
            continue;
        }
        bool moves = spent->verdict != HW_VERDICT_SAME || unspent->verdict != HW_VERDICT_SAME;
        hw_cell *row = hw_sheet_add_row(sheet, moves);
        hw_cell_set_text(&row[0], spent->label);
        hw_cell_set_number(&row[1], spent->found.difference + 0.0);
        hw_cell_set_number(&row[2], spent->found.error);
        hw_cell_set_number(&row[3], unspent->found.difference + 0.0);
        hw_cell_set_number(&row[4], unspent->found.error);
        hw_cell_set_text(&row[5], hw_compare_mark(spent->verdict));
        hw_cell_set_text(&row[6], hw_compare_mark(unspent->verdict));
    }
}

/* ---- By year, and by string ---- */

/* A gain of a kind with its error and mark: three columns, one on the terminal. */
typedef struct gain_column {
    const char *name, *title;
    uint32_t kind, decimals;
} gain_column;

static void add_gain_columns(hw_sheet *sheet, const hw_receipt *receipt, const char *label,
                             const gain_column *columns, uint32_t count) {
    hw_sheet_add_column(sheet, label, NULL, 0);
    sheet->view = (hw_view){.label_title = label, .label = 0, .across = HW_NO_COLUMN, .column_count = count};
    for (uint32_t c = 0; c < count; c++) {
        const char *units = receipt->kinds[columns[c].kind].difference_units;
        char *error = hw_take_text("%s_error", columns[c].name),
             *mark = hw_take_text("%s_mark", columns[c].name);
        uint32_t first = hw_sheet_add_column(sheet, columns[c].name, units, columns[c].decimals);
        hw_sheet_add_column(sheet, error, units, columns[c].decimals);
        hw_sheet_add_column(sheet, mark, NULL, 0);
        sheet->view.columns[c] = hw_error_column(columns[c].title, first, first + 1, first + 2);
        free(error);
        free(mark);
    }
}

static void set_gains(hw_cell *row, const hw_receipt *receipt, const gain_column *columns, uint32_t count,
                      uint32_t variant, double by) {
    for (uint32_t c = 0; c < count; c++) {
        const hw_compare_row *of = hw_receipt_row(receipt, columns[c].kind, variant, NULL, by);
        if (of != NULL) {
            hw_cell_set_number(&row[1 + 3 * c], gain_of(of).value + 0.0);
            hw_cell_set_number(&row[2 + 3 * c], of->found.error);
            hw_cell_set_text(&row[3 + 3 * c], hw_compare_mark(of->verdict));
        }
    }
}

static void add_years(hw_book *book, const hw_receipt *receipt) {
    static const gain_column columns[] = {{"gift_spent", "of the gift MUSD ±", HW_RECEIPT_YEAR_GIFT, 2},
                                          {"added", "more in all MUSD ±", HW_RECEIPT_YEAR_SPENDING, 2},
                                          {"land", "km2 ±", HW_RECEIPT_YEAR_LAND, 2},
                                          {"people", "people ±", HW_RECEIPT_YEAR_PEOPLE, 0},
                                          {"victims", "victims averted ±", HW_RECEIPT_YEAR_VICTIMS, 1}};
    enum { YEARS_SHOWN = 10 };
    hw_sheet *sheet = hw_book_add(
        book, "by_year", "More with the gift: money in the year; land, people and victims until its end");
    add_gain_columns(sheet, receipt, "year", columns, HW_LENGTH(columns));
    for (uint32_t d = 0; d < receipt->all.by_count; d++) {
        hw_cell *row = hw_sheet_add_row(sheet, d < YEARS_SHOWN);
        hw_cell_take_text(&row[0], hw_take_text("%d", hw_date_from_days(receipt->all.by[d]).year));
        set_gains(row, receipt, columns, HW_LENGTH(columns), receipt->gift, (double)receipt->all.by[d]);
    }
}

static void add_strings(hw_book *book, const hw_receipt *receipt) {
    static const gain_column columns[] = {{"added", "more in all MUSD ±", HW_RECEIPT_SPENDING, 2},
                                          {"days", "days gained ±", HW_RECEIPT_DAYS, 1},
                                          {"land", "km2 ±", HW_RECEIPT_LAND, 2},
                                          {"people", "people ±", HW_RECEIPT_PEOPLE, 0},
                                          {"victims", "victims averted ±", HW_RECEIPT_VICTIMS, 1}};
    if (receipt->all.variant_count == receipt->gift + 1) {
        return;
    }
    hw_sheet *sheet = hw_book_add(
        book, "strings", "What each string costs: the same money without it, less the gift as it is");
    add_gain_columns(sheet, receipt, "gift", columns, HW_LENGTH(columns));
    for (uint32_t v = receipt->gift + 1; v < receipt->all.variant_count; v++) {
        hw_cell *row = hw_sheet_add_row(sheet, true);
        hw_cell_set_text(&row[0], receipt->all.variants[v].name);
        set_gains(row, receipt, columns, HW_LENGTH(columns), v, none);
    }
}

/* ---- Places and districts ---- */

static int compare_gains(const void *left, const void *right) {
    const hw_compare_row *a = *(const hw_compare_row *const *)left,
                         *b = *(const hw_compare_row *const *)right;
    double x = gain_of(a).value, y = gain_of(b).value;
    return x > y ? -1 : x < y ? 1 : strcmp(a->label, b->label);
}

/* The largest gain first; the terminal shows those that are clear, or were asked for. */
static void add_each(hw_book *book, const hw_receipt *receipt, uint32_t kind, const char *name,
                     const char *title, const char *label) {
    static const char *const days[] = {"gain", "gain_low", "gain_high", "gain_error", "per_million"};
    const hw_compare_rows *rows = &receipt->all.of_kind[kind];
    const hw_compare_row **order = hw_take(rows->count, sizeof(const hw_compare_row *));
    size_t count = 0;
    for (size_t i = rows->first; i < rows->first + rows->count; i++) {
        if (receipt->all.rows[i].variant == receipt->gift) {
            order[count++] = &receipt->all.rows[i];
        }
    }
    qsort(order, count, sizeof(const hw_compare_row *), compare_gains);
    hw_sheet *sheet = hw_book_add(book, name, title);
    hw_sheet_add_column(sheet, label, NULL, 0);
    hw_sheet_add_columns(sheet, days, HW_LENGTH(days), "days", 1);
    hw_sheet_add_column(sheet, "verdict", NULL, 0);
    sheet->view = (hw_view){.label_title = label,
                            .label = 0,
                            .across = HW_NO_COLUMN,
                            .columns = {hw_range_column("days gained (95 %)", 1, 2, 3),
                                        hw_plain_column("a million", 5), hw_plain_column("verdict", 6)},
                            .column_count = 3};
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        bool shown = order[i]->verdict == HW_VERDICT_AMONG || receipt->wish.place != NULL;
        hw_amount gain = gain_of(order[i]);
        hw_cell *row = hw_sheet_add_row(sheet, shown);
        hw_cell_set_text(&row[0], order[i]->label);
        hw_cell_set_number(&row[1], gain.value + 0.0);
        hw_cell_set_number(&row[2], gain.low);
        hw_cell_set_number(&row[3], gain.high);
        hw_cell_set_number(&row[4], order[i]->found.error);
        hw_cell_set_number(&row[5], gain.value / receipt->given + 0.0);
        hw_cell_set_text(&row[6], hw_compare_row_verdict(&receipt->all, order[i]));
        any = any || shown;
    }
    sheet->view.column_count = any ? sheet->view.column_count : 0;
    free(order);
}

void hw_receipt_build(hw_book *book, const hw_receipt *receipt) {
    add_brought(book, receipt);
    add_money(book, receipt, "gift", "What becomes of the gift's money, million USD", receipt->fates,
              receipt->fate_count);
    if (receipt->reason_count > 0) {
        explain_listed_teams(add_money(book, receipt, "unspent", "Why some of it is not spent, million USD",
                                       receipt->reasons, receipt->reason_count),
                             receipt);
    }
    add_streams(book, receipt);
    add_strings(book, receipt);
    add_years(book, receipt);
    add_each(book, receipt, HW_RECEIPT_PLACES, "places", "Days gained until the release of each place",
             "place");
    add_each(book, receipt, HW_RECEIPT_DISTRICTS, "districts", "Days gained until each district is complete",
             "district");
    hw_compare_add_tables(book, &receipt->all, false); /* what the receipt is made of is for files */
    hw_compare_add_findings(book, &receipt->all, false);
    hw_compare_add_about(book, &receipt->all);
}

/* ---- Sentences ---- */

/* With its interval where that is known. */
static char *amount_words(const hw_amount *amount, uint32_t decimals, const char *units) {
    if (!isnan(amount->low) && !isnan(amount->high)) {
        return hw_amount_words(amount, decimals, units, "");
    }
    char *number = hw_thousands(amount->value + 0.0, decimals), *text = hw_take_text("%s%s", number, units);
    free(number);
    return text;
}

/* "Mine action in all grows by 1.3 (95 %: 1.0 to 1.5) million until 2031-12-31". */
static void say_money(hw_receipt *receipt) {
    const hw_compare_row *added = hw_receipt_row(receipt, HW_RECEIPT_ADDED, receipt->gift, NULL, none);
    const hw_compare_row *later = hw_receipt_row(receipt, HW_RECEIPT_SPENDING, receipt->gift, NULL, none);
    hw_amount amount = hw_amount_of(added, false), in_all = hw_amount_of(later, false);
    char date[16], *words = amount_words(&amount, 1, ""), *all_words = amount_words(&in_all, 1, "");
    bool ends = receipt->spent_by < receipt->all.base->outcomes->horizon;
    char *until = ends ? hw_take_text(" by %s, when nearly all of that is spent",
                                      hw_date_print(receipt->spent_by, date))
                       : hw_take_text("%s", "");
    char *whole =
        ends ? hw_take_text("; until the horizon by %s million", all_words) : hw_take_text("%s", "");
    char *paid = hw_take_text("%s", hw_receipt_paid(receipt));
    paid[0] = (char)(paid[0] - 'a' + 'A');
    char *never =
        receipt->never < 0.05
            ? hw_take_text("%s", "")
            : hw_take_text("; %.1f never come: they were not paid by the end date, or before the giver left",
                           receipt->never);
    hw_compare_say(
        &receipt->all, receipt->gift,
        hw_take_text(
            "Of %.1f million dollars pledged %.1f are spent (%.0f %% ±%.0f)%s. %s in all grows by %s "
            "million%s: by %.2f dollars (±%.2f) for each dollar pledged%s.",
            receipt->given, receipt->spent, 100 * receipt->spent_share.value,
            100 * receipt->spent_share.error, never, paid, words, until, receipt->added_share.value,
            receipt->added_share.error, whole));
    free(words);
    free(all_words);
    free(until);
    free(whole);
    free(paid);
    free(never);
}

static bool is_of_others(const hw_receipt *receipt, const char *stream) {
    for (uint32_t i = 0; i < receipt->wish.other_count; i++) {
        if (strcmp(receipt->wish.others[i], stream) == 0) {
            return true;
        }
    }
    return false;
}

/* How much less all others spend on the same, and which of them most, if that is clear. */
static void say_instead(hw_receipt *receipt) {
    const hw_compare_rows *rows = &receipt->all.of_kind[HW_RECEIPT_STREAM_SPENT];
    const hw_compare_row *most = NULL;
    double all = 0;
    for (size_t i = rows->first; i < rows->first + rows->count; i++) {
        const hw_compare_row *row = &receipt->all.rows[i];
        bool counts = row->variant == receipt->gift && is_of_others(receipt, row->label);
        all += counts ? row->found.difference : 0;
        bool clear = row->verdict == HW_VERDICT_AMONG || row->verdict == HW_VERDICT_ALONE;
        if (counts && clear && row->found.difference < 0 &&
            (most == NULL || row->found.difference < most->found.difference)) {
            most = row;
        }
    }
    if (most != NULL) {
        hw_amount amount = hw_amount_of(most, true);
        char *words = amount_words(&amount, 1, "");
        hw_compare_say(
            &receipt->all, receipt->gift,
            hw_take_text("All other streams for %s spend %.1f million %s; of them %s spends %s million less.",
                         hw_receipt_paid(receipt), fabs(all), all < 0 ? "less" : "more", most->label, words));
        free(words);
    }
}

/* "0.0123", "1.62", "72,512". */
static char *three_digits(double number) {
    return fabs(number) < 1000 ? hw_take_text("%.3g", number) : hw_thousands(number, 0);
}

static void say_gain(hw_receipt *receipt, uint32_t kind) {
    const hw_compare_row *row = hw_receipt_row(receipt, kind, receipt->gift, NULL, none);
    if (row == NULL) {
        return;
    }
    const hw_compare_kind *what = &receipt->kinds[kind];
    hw_amount gain = gain_of(row);
    char *title = hw_receipt_title(receipt, kind), *units = hw_take_text(" %s", what->difference_units);
    char *words = amount_words(&gain, what->decimals, units);
    char *per_million = three_digits(gain.value / receipt->given);
    bool clear = row->verdict == HW_VERDICT_AMONG || row->verdict == HW_VERDICT_ALONE;
    title[0] = (char)(title[0] - 'a' + 'A');
    hw_compare_say(
        &receipt->all, receipt->gift,
        clear ? hw_take_text("%s: %s, or %s a million dollars.", title, words, per_million)
              : hw_take_text("%s: %s: %s.", title, words, hw_compare_row_verdict(&receipt->all, row)));
    free(words);
    free(units);
    free(title);
    free(per_million);
}

/* The string without which most more of what the gift pays for is paid, if that is clear. */
static void say_string(hw_receipt *receipt) {
    const hw_compare_row *most = NULL;
    for (uint32_t v = receipt->gift + 1; v < receipt->all.variant_count; v++) {
        const hw_compare_row *row = hw_receipt_row(receipt, HW_RECEIPT_SPENDING, v, NULL, none);
        bool clear = row->verdict == HW_VERDICT_AMONG || row->verdict == HW_VERDICT_ALONE;
        if (clear && (most == NULL || fabs(row->found.difference) > fabs(most->found.difference))) {
            most = row;
        }
    }
    if (receipt->all.variant_count == receipt->gift + 1) {
        return;
    }
    if (most == NULL) {
        hw_compare_say(&receipt->all, receipt->gift,
                       hw_take_text("No string of the gift changes for certain how much %s is paid.",
                                    hw_receipt_paid(receipt)));
        return;
    }
    bool less = most->found.difference < 0;
    hw_amount amount = hw_amount_of(most, less);
    char *words = amount_words(&amount, 1, "");
    hw_compare_say(&receipt->all, receipt->gift,
                   hw_take_text("The same money %s pays for %s million %s %s.",
                                receipt->all.variants[most->variant].name, words, less ? "less" : "more",
                                hw_receipt_paid(receipt)));
    free(words);
}

void hw_receipt_say(hw_receipt *receipt) {
    say_money(receipt);
    say_instead(receipt);
    for (uint32_t k = 0; k < HW_RECEIPT_ADDED; k++) {
        if (k != HW_RECEIPT_CHANCE && k != HW_RECEIPT_PERSON_YEARS) {
            say_gain(receipt, k);
        }
    }
    say_string(receipt);
    hw_compare_say_repeats(&receipt->all, HW_RECEIPT_DAYS);
}

void hw_receipt_print_head(FILE *out, const hw_receipt *receipt) {
    for (size_t i = 0; i < receipt->all.finding_count; i++) {
        hw_print_paragraph(out, receipt->all.findings[i].text);
    }
    fputc('\n', out);
    hw_compare_print_base(out, &receipt->all);
    hw_compare_print_warnings(out, &receipt->all);
    hw_censored_print_warning(out, &receipt->all.censored);
    hw_compare_print_reading(out, &receipt->all,
                             "Each world with the gift less the same world without it, in the mean. Nothing "
                             "is booked to a dollar: "
                             "what is added is what would not have been otherwise.",
                             "A million: for each million dollars pledged, in the mean. Strings: the gift "
                             "without one of them less "
                             "the gift as it is; what that brings, the string costs.");
}
