/* Sheets of results that are of land alone: what is left, released and found anew by year, and when the last
 * district is complete. Both are computed replication by replication. */
#include "analysis/base/memory.h"
#include "analysis/results/learnt.h"
#include "analysis/summary/parts.h"
#include "sim/date.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char remaining[] = "remaining";

typedef enum land_kind { LEFT, RELEASED, FOUND, KINDS } land_kind;

/* Land of one replication at a month's end: what is left, and all that there ever was. */
typedef struct standing {
    double left, all;
} standing;

typedef struct land {
    const hw_axis *months, *ledgers;
    hw_reading reading; /* ledger_m2 */
    double *before;     /* replication by replication: suspected at the start */
} land;

static standing standing_at(const land *l, uint64_t replication, uint32_t month) {
    const double *ledgers =
        l->reading.values + replication * l->reading.variable->count + (size_t)month * l->ledgers->length;
    standing s = {0};
    for (uint32_t i = 0; i < l->ledgers->length; i++) {
        s.all += ledgers[i];
        s.left += strcmp(l->ledgers->labels[i], remaining) == 0 ? ledgers[i] : 0;
    }
    return s;
}

/* From the end of the month `last` (UINT32_MAX: the start) to that of `month`. */
static double amount_of(const land *l, land_kind kind, uint64_t replication, uint32_t last, uint32_t month) {
    standing now = standing_at(l, replication, month);
    standing then = {.left = l->before[replication], .all = l->before[replication]};
    if (last != UINT32_MAX) {
        then = standing_at(l, replication, last);
    }
    double found = now.all - then.all;
    return kind == LEFT ? now.left : kind == FOUND ? found : then.left + found - now.left;
}

static int32_t year_of(const land *l, uint32_t month) {
    return hw_date_from_days(hw_outcomes_last_day(l->reading.outcomes, l->months->values[month])).year;
}

static void add_rows(hw_sheet *sheet, land *l, land_kind kind, const char *name,
                     const hw_summary_sheet *what) {
    const hw_outcomes *outcomes = l->reading.outcomes;
    uint32_t last = UINT32_MAX;
    for (uint32_t month = 0; month < l->months->length; month++) {
        if (month + 1 < l->months->length && year_of(l, month) == year_of(l, month + 1)) {
            continue;
        }
        for (uint64_t r = 0; r < outcomes->count; r++) {
            l->reading.sample[r] = what->scale * amount_of(l, kind, r, last, month);
        }
        hw_spread spread = hw_outcomes_spread(outcomes, l->reading.sample);
        hw_cell *row = hw_sheet_add_row(sheet, true);
        hw_cell_set_text(&row[0], name);
        hw_cell_set_number(&row[1], year_of(l, month));
        hw_summary_set_amounts(&row[2], &spread);
        hw_cell_set_number(&row[2 + 3 * HW_QUANTILE_COLUMNS], spread.mean.value);
        hw_cell_set_number(&row[3 + 3 * HW_QUANTILE_COLUMNS], spread.mean.error);
        last = month;
    }
}

static hw_sheet *begin_land(hw_book *book, const hw_summary_sheet *what) {
    hw_sheet *sheet = hw_book_add(book, what->name, what->title);
    sheet->note = hw_take_text(
        "P50 (P10–P90). Released less what a find opens again; the first year from the start on.");
    hw_sheet_add_column(sheet, "land", NULL, 0);
    hw_sheet_add_column(sheet, "year", NULL, 0);
    uint32_t first = hw_summary_add_quantile_columns(sheet, what->units, what->units, 0);
    hw_sheet_add_column(sheet, "mean", what->units, 0);
    hw_sheet_add_column(sheet, "mean_error", what->units, 0);
    sheet->view = (hw_view){.label_title = "year", .label = 1, .across = 0, .column_count = 1};
    sheet->view.columns[0] =
        hw_range_column(NULL, first + HW_QUANTILE_COLUMNS, first, first + 2 * HW_QUANTILE_COLUMNS);
    return sheet;
}

hw_status hw_summary_land(hw_book *book, const hw_summary_sheet *what, const hw_summary_frame *frame,
                          hw_errors *errors) {
    static const char *const names[KINDS] = {
        [LEFT] = "left", [RELEASED] = "released", [FOUND] = "found anew"};
    const hw_outcomes *outcomes = frame->outcomes;
    land l = {.months = hw_outcomes_axis(outcomes, "month"), .ledgers = hw_outcomes_axis(outcomes, "ledger")};
    if (outcomes->tallies != NULL || l.months == NULL || l.ledgers == NULL || frame->one_place) {
        return HW_OK;
    }
    if (!hw_reading_open(&l.reading, outcomes, what->variable, errors)) {
        return HW_ERROR_IO;
    }
    l.before = outcomes->read(outcomes->source, "suspected_m2", errors);
    if (l.before != NULL) {
        hw_sheet *sheet = begin_land(book, what);
        for (int kind = 0; kind < KINDS; kind++) {
            add_rows(sheet, &l, (land_kind)kind, names[kind], what);
        }
    }
    hw_status status = l.before != NULL ? HW_OK : HW_ERROR_IO;
    free(l.before);
    hw_reading_close(&l.reading);
    return status;
}

hw_status hw_summary_last(hw_book *book, const hw_summary_sheet *what, const hw_summary_frame *frame,
                          hw_errors *errors) {
    hw_reading reading;
    hw_variable last;
    if (frame->outcomes->tallies != NULL || frame->one_place) {
        return HW_OK;
    }
    if (!hw_reading_open_last(&reading, &last, frame->outcomes, what->variable, errors)) {
        return HW_ERROR_IO;
    }
    hw_sheet *sheet = hw_book_add(book, what->name, what->title);
    hw_sheet_add_column(sheet, "district", NULL, 0);
    uint32_t first = hw_summary_begin_dates(sheet, "district");
    hw_cell *row = hw_sheet_add_row(sheet, true);
    hw_cell_set_text(&row[0], "all districts");
    hw_summary_set_dates(row, first, &reading, hw_reading_spread(&reading, 0, 1),
                         hw_reading_missing(&reading, 0));
    hw_reading_close(&reading);
    return HW_OK;
}
