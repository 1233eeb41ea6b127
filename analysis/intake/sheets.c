/* Makes the sheets of an import. */
#include "analysis/intake/sheets.h"
#include "analysis/base/memory.h"
#include "sim/length.h"
#include <inttypes.h>
#include <stdlib.h>

enum { SHOWN_ROWS = 40 };

/* ---- In words ---- */

char *hw_import_summary(const hw_import *import) {
    char *text = NULL;
    size_t length = 0;
    uint64_t left = import->rows - import->rows_taken;
    FILE *out = hw_take_stream(&text, &length);
    fprintf(out, "%" PRIu64 " of %" PRIu64 " %s taken", import->rows_taken, import->rows, import->row_noun);
    for (hw_fate fate = 0; fate < HW_FATES; fate++) {
        if (import->remainder.rows[fate] > 0) {
            fprintf(out, ", %" PRIu64 " %s", import->remainder.rows[fate], hw_fate_words[fate]);
        }
    }
    fprintf(out, "%s\n", left > 0 || import->remainder.reason_count > 0 ? ":" : ".");
    for (uint32_t i = 0; i < import->remainder.reason_count; i++) {
        const hw_reason *one = &import->remainder.reasons[i];
        if (one->rows > 0) {
            fprintf(out, "  %" PRIu64 " %s (%s)\n", one->rows, one->text, hw_fate_words[one->fate]);
        }
        if (one->parts > 0) {
            fprintf(out, "  %" PRIu64 " %s (%s, a part of one)\n", one->parts, one->text,
                    hw_fate_words[one->fate]);
        }
    }
    for (uint32_t i = 0; i < import->note_count; i++) {
        fprintf(out, "%s\n", import->notes[i]);
    }
    hw_end_stream(out);
    return text;
}

/* ---- Sheets ---- */

static void add_taken(hw_book *book, const hw_import *import) {
    static const char *const titles[HW_MAKES] = {"Streams of money", "Hazard areas", "Facts"};
    hw_sheet *sheet = hw_book_add(book, "taken", titles[import->taken.makes]);
    uint32_t name = hw_sheet_add_column(sheet, "name", NULL, 0),
             tells = hw_sheet_add_column(sheet, "tells", NULL, 0);
    /* Who reported each, where the format has that: one looks for money by its giver. */
    bool named = import->taken.count > 0 && import->taken.entries[0].by != NULL;
    uint32_t by = named ? hw_sheet_add_column(sheet, "reported_by", NULL, 0) : HW_NO_COLUMN;
    for (uint32_t i = 0; i < import->taken.count; i++) {
        hw_cell *row = hw_sheet_add_row(sheet, i < SHOWN_ROWS);
        hw_cell_set_text(&row[name], import->taken.entries[i].name);
        hw_cell_set_text(&row[tells], import->taken.entries[i].tells);
        if (by != HW_NO_COLUMN) {
            hw_cell_set_text(&row[by], import->taken.entries[i].by);
        }
    }
    sheet->view = (hw_view){.label_title = "name", .label = name, .across = HW_NO_COLUMN, .column_count = 1};
    sheet->view.columns[0] = hw_plain_column("tells", tells);
    if (by != HW_NO_COLUMN) {
        sheet->view.columns[sheet->view.column_count++] = hw_plain_column("reported by", by);
    }
    if (import->taken.count > SHOWN_ROWS) {
        sheet->note =
            hw_take_text("The first %d of %u; --csv and --json have all.", SHOWN_ROWS, import->taken.count);
    }
}

enum {
    MONEY_YEAR,
    MONEY_TYPE,
    MONEY_CURRENCY,
    MONEY_COUNT,
    MONEY_AMOUNT,
    MONEY_USD,
    MONEY_ASIDE,
    MONEY_ASIDE_AMOUNT,
    MONEY_ASIDE_USD
};

static void add_money(hw_book *book, const hw_import *import) {
    if (import->totals.count == 0) {
        return;
    }
    hw_sheet *sheet = hw_book_add(book, "money", "Money by year and type, as the file tells it");
    sheet->note = hw_take_text(
        "%s", "Types are tellings of the same money: never add promises to payments. 'Elsewhere' "
              "is told by children, givers or payments, and not counted here.");
    (void)hw_sheet_add_column(sheet, "year", NULL, 0);
    (void)hw_sheet_add_column(sheet, "type", NULL, 0);
    (void)hw_sheet_add_column(sheet, "currency", NULL, 0);
    (void)hw_sheet_add_column(sheet, "count", "1", 0);
    (void)hw_sheet_add_column(sheet, "amount", "currency", 2);
    (void)hw_sheet_add_column(sheet, "usd", "USD", 2);
    (void)hw_sheet_add_column(sheet, "elsewhere_count", "1", 0);
    (void)hw_sheet_add_column(sheet, "elsewhere_amount", "currency", 2);
    (void)hw_sheet_add_column(sheet, "elsewhere_usd", "USD", 2);
    for (uint32_t i = 0; i < import->totals.count; i++) {
        const hw_money_total *one = &import->totals.items[i];
        hw_cell *row = hw_sheet_add_row(sheet, true);
        hw_cell_take_text(&row[MONEY_YEAR], hw_take_text("%d", one->year));
        hw_cell_set_text(&row[MONEY_TYPE], one->type);
        hw_cell_set_text(&row[MONEY_CURRENCY], one->currency);
        hw_cell_set_number(&row[MONEY_COUNT], (double)one->count);
        hw_cell_set_number(&row[MONEY_AMOUNT], one->amount);
        hw_cell_set_number(&row[MONEY_USD], one->usd);
        hw_cell_set_number(&row[MONEY_ASIDE], (double)one->aside_count);
        hw_cell_set_number(&row[MONEY_ASIDE_AMOUNT], one->aside_amount);
        hw_cell_set_number(&row[MONEY_ASIDE_USD], one->aside_usd);
    }
    sheet->view = (hw_view){
        .label_title = "year", .label = MONEY_YEAR, .across = HW_NO_COLUMN, .column_count = 7, .repeated = 2};
    const hw_view_column shown[] = {hw_plain_column("type", MONEY_TYPE),
                                    hw_plain_column("currency", MONEY_CURRENCY),
                                    hw_plain_column("count", MONEY_COUNT),
                                    hw_plain_column("amount", MONEY_AMOUNT),
                                    hw_plain_column("USD", MONEY_USD),
                                    hw_plain_column("elsewhere", MONEY_ASIDE),
                                    hw_plain_column("elsewhere, USD", MONEY_ASIDE_USD)};
    for (size_t i = 0; i < HW_LENGTH(shown); i++) {
        sheet->view.columns[i] = shown[i];
    }
}

static void add_families(hw_book *book, const hw_import *import) {
    static const char *const names[] = {"parent_promised", "children_promised", "parent_paid",
                                        "children_paid"};
    enum { PARENT, LINE, CHILDREN, FIRST_SUM };
    if (import->family_count == 0) {
        return;
    }
    hw_sheet *sheet =
        hw_book_add(book, "families", "Parents that are not counted, because their children are");
    sheet->note =
        hw_take_text("%s", "Where the parent tells more than its children, the file may lack some of them.");
    (void)hw_sheet_add_column(sheet, "parent", NULL, 0);
    (void)hw_sheet_add_column(sheet, "line", "1", 0);
    (void)hw_sheet_add_column(sheet, "children", "1", 0);
    hw_sheet_add_columns(sheet, names, HW_LENGTH(names), "USD", 0);
    for (uint32_t i = 0; i < import->family_count; i++) {
        const hw_family_row *one = &import->families[i];
        const double sums[] = {one->parent_promised_usd, one->children_promised_usd, one->parent_paid_usd,
                               one->children_paid_usd};
        hw_cell *row = hw_sheet_add_row(sheet, i < SHOWN_ROWS);
        hw_cell_set_text(&row[PARENT], one->parent);
        hw_cell_set_number(&row[LINE], (double)one->line);
        hw_cell_set_number(&row[CHILDREN], one->children);
        for (size_t s = 0; s < HW_LENGTH(sums); s++) {
            hw_cell_set_number(&row[FIRST_SUM + s], sums[s]);
        }
    }
    sheet->view =
        (hw_view){.label_title = "parent", .label = PARENT, .across = HW_NO_COLUMN, .column_count = 5};
    const hw_view_column shown[] = {hw_plain_column("children", CHILDREN),
                                    hw_plain_column("promised, USD", FIRST_SUM),
                                    hw_plain_column("by children", FIRST_SUM + 1),
                                    hw_plain_column("paid and planned, USD", FIRST_SUM + 2),
                                    hw_plain_column("by children", FIRST_SUM + 3)};
    for (size_t i = 0; i < HW_LENGTH(shown); i++) {
        sheet->view.columns[i] = shown[i];
    }
}

static void add_reasons(hw_book *book, const hw_import *import) {
    enum { REASON, FATE, ROWS, PARTS };
    hw_sheet *sheet = hw_book_add(book, "reasons", "What was not taken, by reason");
    (void)hw_sheet_add_column(sheet, "reason", NULL, 0);
    (void)hw_sheet_add_column(sheet, "done", NULL, 0);
    (void)hw_sheet_add_column(sheet, "rows", "1", 0);
    (void)hw_sheet_add_column(sheet, "parts", "1", 0);
    for (uint32_t i = 0; i < import->remainder.reason_count; i++) {
        const hw_reason *one = &import->remainder.reasons[i];
        hw_cell *row = hw_sheet_add_row(sheet, true);
        hw_cell_set_text(&row[REASON], one->text);
        hw_cell_set_text(&row[FATE], hw_fate_words[one->fate]);
        hw_cell_set_number(&row[ROWS], (double)one->rows);
        hw_cell_set_number(&row[PARTS], (double)one->parts);
    }
    sheet->view =
        (hw_view){.label_title = "reason", .label = REASON, .across = HW_NO_COLUMN, .column_count = 0};
}

static void add_left_out(hw_book *book, const hw_import *import) {
    enum { LINE, WHAT, WHY, FOUND, DONE, PART };
    uint64_t all = 0;
    for (hw_fate fate = 0; fate < HW_FATES; fate++) {
        all += import->remainder.rows[fate] + import->remainder.parts[fate];
    }
    if (all == 0) {
        return;
    }
    hw_sheet *sheet = hw_book_add(book, "left_out", "What was not taken, row by row");
    (void)hw_sheet_add_column(sheet, "line", "1", 0);
    (void)hw_sheet_add_column(sheet, "what", NULL, 0);
    (void)hw_sheet_add_column(sheet, "why", NULL, 0);
    (void)hw_sheet_add_column(sheet, "found", NULL, 0);
    (void)hw_sheet_add_column(sheet, "done", NULL, 0);
    (void)hw_sheet_add_column(sheet, "part", NULL, 0);
    for (uint32_t i = 0; i < import->remainder.kept; i++) {
        const hw_remnant *one = &import->remainder.items[i];
        hw_cell *row = hw_sheet_add_row(sheet, i < SHOWN_ROWS);
        hw_cell_set_number(&row[LINE], (double)one->line);
        hw_cell_set_text(&row[WHAT], one->what);
        hw_cell_set_text(&row[WHY], one->reason);
        if (one->detail != NULL) {
            hw_cell_set_text(&row[FOUND], one->detail);
        }
        hw_cell_set_text(&row[DONE], hw_fate_words[one->fate]);
        hw_cell_set_text(&row[PART], one->row ? "all of it" : "a part");
    }
    if (all > SHOWN_ROWS) {
        sheet->note =
            hw_take_text("The first %d of %" PRIu64 "; --csv and --json have %s%u of them.", SHOWN_ROWS, all,
                         all > import->remainder.kept ? "the first " : "all ", import->remainder.kept);
    }
    sheet->view = (hw_view){.label_title = "line", .label = LINE, .across = HW_NO_COLUMN, .column_count = 4};
    const hw_view_column shown[] = {hw_plain_column("what", WHAT), hw_plain_column("why", WHY),
                                    hw_plain_column("found", FOUND), hw_plain_column("done", DONE)};
    for (size_t i = 0; i < HW_LENGTH(shown); i++) {
        sheet->view.columns[i] = shown[i];
    }
}

void hw_import_build(hw_book *book, const hw_import *import) {
    add_taken(book, import);
    add_money(book, import);
    add_families(book, import);
    add_reasons(book, import);
    add_left_out(book, import);
}
