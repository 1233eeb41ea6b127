/* Sheets about amounts: people, money, casualties, land. One builder serves variables along any axes. */
#include "analysis/base/memory.h"
#include "analysis/summary/parts.h"
#include "sim/date.h"
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NO_AXIS = UINT32_MAX };

/* A variable seen as rows: which of its axes is time, and which positions of that are wanted. */
typedef struct amount {
    const hw_summary_sheet *what;
    const hw_summary_frame *frame;
    const hw_variable *variable;
    const hw_axis *axes[HW_RECORD_MAX_RANK];
    size_t strides[HW_RECORD_MAX_RANK];
    uint32_t time;                 /* which axis, or NO_AXIS */
    uint32_t first_quantile, mean; /* columns */
    char *title, *units;           /* with the currency of the result */
    double scale;
    hw_reading reading;
} amount;

static bool is_time(const hw_axis *axis) {
    return strcmp(axis->name, "year") == 0 || strcmp(axis->name, "month") == 0 ||
           strcmp(axis->name, "period") == 0;
}

static void find_axes(amount *a) {
    const hw_record_layout *layout = a->frame->outcomes->layout;
    size_t stride = 1;
    a->time = NO_AXIS;
    for (uint32_t i = a->variable->rank; i-- > 0;) {
        a->axes[i] = &layout->axes[a->variable->axis[i]];
        a->strides[i] = stride;
        stride *= a->axes[i]->length;
        if (is_time(a->axes[i])) {
            a->time = i;
        }
    }
}

/* The year that a position of a time axis closes, or for which it stands. */
static int32_t year_at(const amount *a, uint32_t position) {
    const hw_axis *axis = a->axes[a->time];
    if (strcmp(axis->name, "year") == 0) {
        return (int32_t)axis->values[position];
    }
    return hw_date_from_days(hw_outcomes_last_day(a->frame->outcomes, axis->values[position])).year;
}

static bool wants_position(const amount *a, uint32_t axis_number, uint32_t position) {
    const hw_axis *axis = a->axes[axis_number];
    if (axis_number != a->time) {
        return hw_summary_wants(a->frame, a->what, axis, position);
    }
    if (a->what->time == HW_TIME_SUM) {
        return position == 0;
    }
    if (position + 1 == axis->length) {
        return true;
    }
    if (a->what->time == HW_TIME_LAST) {
        return false;
    }
    /* A year's value is that of its last month. */
    return strcmp(axis->name, "month") != 0 || year_at(a, position) != year_at(a, position + 1);
}

/* A terminal has no room for every year: those of the dates that were asked about, and in a list by year also
 * those up to the first of these and the last one. */
static bool shows_year(const amount *a, uint32_t position) {
    const hw_summary_frame *frame = a->frame;
    if (frame->every_year) {
        return true;
    }
    int32_t year = year_at(a, position), first = INT32_MAX;
    for (uint32_t i = 0; i < frame->by_count; i++) {
        int32_t asked = hw_date_from_days(frame->by[i]).year;
        if (year == asked) {
            return true;
        }
        first = asked < first ? asked : first;
    }
    bool by_year = a->what->label != NULL && is_time(&(hw_axis){.name = a->what->label});
    return by_year && (year < first || position + 1 == a->axes[a->time]->length);
}

static void set_label(hw_cell *cell, const amount *a, uint32_t axis_number, uint32_t position) {
    const hw_axis *axis = a->axes[axis_number];
    assert(axis != NULL);
    if (axis->labels != NULL) {
        hw_cell_set_text(cell, axis->labels[position]);
    } else if (axis_number == a->time && strcmp(axis->name, "period") == 0) {
        *cell = (hw_cell){.kind = HW_CELL_DATE,
                          .number = (double)hw_outcomes_last_day(a->frame->outcomes, axis->values[position])};
    } else if (axis_number == a->time) {
        hw_cell_set_number(cell, year_at(a, position));
    } else {
        hw_cell_set_number(cell, axis->values[position]);
    }
}

static hw_spread spread_of(amount *a, size_t element) {
    bool sums = a->what->time == HW_TIME_SUM && a->time != NO_AXIS;
    uint32_t terms = sums ? a->axes[a->time]->length : 1;
    size_t step = sums ? a->strides[a->time] : 0;
    return hw_reading_sum(&a->reading, element, terms, step, a->scale);
}

void hw_summary_set_amounts(hw_cell *cells, const hw_spread *spread) {
    const hw_quantile *quantiles[3] = {&spread->p10, &spread->p50, &spread->p90};
    for (int q = 0; q < 3; q++, cells += HW_QUANTILE_COLUMNS) {
        hw_cell_set_number(&cells[0], quantiles[q]->value);
        hw_cell_set_number(&cells[1], quantiles[q]->low);
        hw_cell_set_number(&cells[2], quantiles[q]->high);
        hw_cell_set_number(&cells[3], quantiles[q]->error);
    }
}

static void add_row(hw_sheet *sheet, amount *a, const uint32_t *positions) {
    bool dropped_time = a->what->time != HW_TIME_ALL;
    size_t element = 0;
    for (uint32_t i = 0; i < a->variable->rank; i++) {
        element += positions[i] * a->strides[i];
    }
    hw_spread spread = spread_of(a, element);
    hw_cell *row =
        hw_sheet_add_row(sheet, a->time == NO_AXIS || dropped_time || shows_year(a, positions[a->time]));
    uint32_t column = 0;
    if (a->variable->rank == 0) {
        hw_cell_set_text(&row[column], a->variable->long_name);
    }
    for (uint32_t i = 0; i < a->variable->rank; i++) {
        if (i != a->time || !dropped_time) {
            set_label(&row[column++], a, i, positions[i]);
        }
    }
    hw_summary_set_amounts(&row[a->first_quantile], &spread);
    hw_cell_set_number(&row[a->mean], spread.mean.value);
    hw_cell_set_number(&row[a->mean + 1], spread.mean.error);
}

static void add_rows(hw_sheet *sheet, amount *a) {
    uint32_t positions[HW_RECORD_MAX_RANK] = {0};
    for (size_t element = 0; element < a->variable->count; element++) {
        bool wanted = true;
        for (uint32_t i = 0; i < a->variable->rank; i++) {
            assert(a->strides[i] > 0);
            positions[i] = (uint32_t)(element / a->strides[i] % a->axes[i]->length);
            wanted = wanted && wants_position(a, i, positions[i]);
        }
        if (wanted) {
            add_row(sheet, a, positions);
        }
    }
}

/* Time axes are named as their rows are read: "year", or "until" the last day of a period. */
static const char *column_name(const hw_axis *axis) {
    if (strcmp(axis->name, "period") == 0) {
        return "until";
    }
    return strcmp(axis->name, "month") == 0 ? "year" : axis->name;
}

static void add_columns(hw_sheet *sheet, amount *a) {
    const hw_summary_sheet *what = a->what;
    if (a->variable->rank == 0) {
        hw_sheet_add_column(sheet, "quantity", NULL, 0);
    }
    for (uint32_t i = 0; i < a->variable->rank; i++) {
        if (i != a->time || what->time == HW_TIME_ALL) {
            hw_sheet_add_column(sheet, column_name(a->axes[i]),
                                strcmp(a->axes[i]->name, "period") == 0 ? "date" : NULL, 0);
        }
    }
    a->first_quantile = hw_summary_add_quantile_columns(sheet, a->units, a->units, what->decimals);
    uint32_t mean_decimals = what->mean_decimals > what->decimals ? what->mean_decimals : what->decimals;
    a->mean = hw_sheet_add_column(sheet, "mean", a->units, mean_decimals);
    hw_sheet_add_column(sheet, "mean_error", a->units, mean_decimals);
}

static void list_view(hw_sheet *sheet, const amount *a, uint32_t label) {
    static const char *const titles[4] = {"P10 ±", "P50 ±", "P90 ±", "mean ±"};
    sheet->view = (hw_view){
        .label_title = sheet->columns[label].name, .label = label, .across = HW_NO_COLUMN, .column_count = 4};
    for (uint32_t i = 0; i < 4; i++) {
        uint32_t value = i < 3 ? a->first_quantile + i * HW_QUANTILE_COLUMNS : a->mean;
        sheet->view.columns[i] = (hw_view_column){.title = titles[i],
                                                  .value = value,
                                                  .error = i < 3 ? value + 3 : value + 1,
                                                  .low = HW_NO_COLUMN,
                                                  .high = HW_NO_COLUMN};
    }
}

static void cross_view(hw_sheet *sheet, const amount *a, uint32_t label, uint32_t across) {
    bool mean = a->what->show == HW_SHOW_CROSS_MEAN;
    sheet->view = (hw_view){
        .label_title = sheet->columns[label].name, .label = label, .across = across, .column_count = 1};
    sheet->view.columns[0] = (hw_view_column){
        .value = mean ? a->mean : a->first_quantile + HW_QUANTILE_COLUMNS,
        .error = mean ? a->mean + 1 : HW_NO_COLUMN,
        .low = mean ? HW_NO_COLUMN : a->first_quantile,
        .high = mean ? HW_NO_COLUMN : a->first_quantile + 2 * HW_QUANTILE_COLUMNS,
    };
}

static void choose_view(hw_sheet *sheet, const amount *a) {
    const hw_summary_sheet *what = a->what;
    if (what->show == HW_SHOW_NOT) {
        return;
    }
    uint32_t label = what->label != NULL ? hw_sheet_find_column(sheet, what->label) : 0;
    uint32_t across = what->across != NULL ? hw_sheet_find_column(sheet, what->across) : HW_NO_COLUMN;
    assert(label != HW_NO_COLUMN);
    /* All years of one place read better one below the other, with all their columns. */
    if (a->frame->one_place && across != HW_NO_COLUMN && strcmp(what->across, "year") == 0) {
        list_view(sheet, a, across);
    } else if (across == HW_NO_COLUMN) {
        list_view(sheet, a, label);
    } else {
        cross_view(sheet, a, label, across);
    }
}

/* A cross of medians has no room for their errors; the note says how large they are at most. */
static void note_largest_error(hw_sheet *sheet, const amount *a) {
    const hw_view_column *shown = &sheet->view.columns[0];
    if (sheet->view.column_count != 1 || shown->low == HW_NO_COLUMN) {
        return;
    }
    double largest = 0;
    for (size_t row = 0; row < sheet->row_count; row++) {
        const hw_cell *error = hw_sheet_cell(sheet, row, shown->value + 3);
        if (sheet->shown[row] && error->kind == HW_CELL_NUMBER) {
            largest = fmax(largest, error->number);
        }
    }
    char *number = hw_thousands(largest, a->what->decimals);
    char *note = hw_take_text("%s%sP50 (P10–P90). Monte Carlo error of these P50: at most ±%s %s.",
                              sheet->note != NULL ? sheet->note : "", sheet->note != NULL ? " " : "", number,
                              a->units);
    free(number);
    free(sheet->note);
    sheet->note = note;
}

/* Single quantities of the same name share a sheet, one row each. */
static hw_sheet *start_sheet(hw_book *book, amount *a) {
    hw_sheet *last = book->count > 0 ? &book->sheets[book->count - 1] : NULL;
    if (a->variable->rank == 0 && last != NULL && strcmp(last->name, a->what->name) == 0) {
        a->first_quantile = 1;
        a->mean = hw_sheet_find_column(last, "mean");
        return last;
    }
    hw_sheet *sheet = hw_book_add(book, a->what->name, a->title);
    sheet->note = hw_summary_note(a->frame, a->what);
    add_columns(sheet, a);
    choose_view(sheet, a);
    return sheet;
}

hw_status hw_summary_amounts(hw_book *book, const hw_summary_sheet *what, const hw_summary_frame *frame,
                             hw_errors *errors) {
    const hw_outcomes *outcomes = frame->outcomes;
    amount a = {.what = what, .frame = frame, .variable = hw_record_find(outcomes->layout, what->variable)};
    find_axes(&a);
    if (!hw_reading_open(&a.reading, outcomes, what->variable, errors)) {
        return HW_ERROR_IO;
    }
    a.scale = what->scale * hw_money_scale(outcomes, a.variable);
    a.title = hw_money_text(outcomes, what->title);
    a.units = hw_money_text(outcomes, what->units);
    hw_sheet *sheet = start_sheet(book, &a);
    add_rows(sheet, &a);
    note_largest_error(sheet, &a);
    free(a.title);
    free(a.units);
    hw_reading_close(&a.reading);
    return HW_OK;
}
