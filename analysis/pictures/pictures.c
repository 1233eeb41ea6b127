/* What the pictures share: the list of them, places by date, names, figures. */
#include "analysis/base/memory.h"
#include "analysis/pictures/picture.h"
#include "sim/date.h"
#include "sim/length.h"
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

const hw_picture *const hw_pictures[] = {
    &hw_picture_timeline, &hw_picture_map, &hw_picture_fan, &hw_picture_delay, &hw_picture_money,
};
const uint32_t hw_picture_count = HW_LENGTH(hw_pictures);

const hw_sheet *hw_picture_sheet(const hw_picture_wish *wish, const char *name) {
    const hw_sheet *sheet = hw_book_find(wish->book, name);
    assert(sheet != NULL);
    return sheet;
}

typedef struct ordered_row {
    double keys[4]; /* infinite: after the horizon */
    size_t row;
} ordered_row;

static int compare_rows(const void *left, const void *right) {
    const ordered_row *a = left, *b = right;
    for (int i = 0; i < 4; i++) {
        if (a->keys[i] != b->keys[i]) {
            return a->keys[i] < b->keys[i] ? -1 : 1;
        }
    }
    return (a->row > b->row) - (a->row < b->row);
}

static bool is_wanted(const hw_picture_wish *wish, const char *place) {
    for (uint32_t i = 0; i < wish->place_count; i++) {
        if (strcmp(wish->places[i], place) == 0) {
            return true;
        }
    }
    return wish->place_count == 0;
}

size_t *hw_picture_places(const hw_picture_wish *wish, uint32_t *count) {
    static const char *const columns[4] = {"p50", "p90", "p10", "censored"};
    const hw_sheet *sheet = hw_picture_sheet(wish, "place_release");
    ordered_row *order = hw_take(sheet->row_count, sizeof *order);
    *count = 0;
    for (size_t row = 0; row < sheet->row_count; row++) {
        if (!is_wanted(wish, hw_sheet_text(sheet, row, "place"))) {
            continue;
        }
        ordered_row *mine = &order[(*count)++];
        mine->row = row;
        for (int i = 0; i < 4; i++) {
            mine->keys[i] = hw_sheet_number(sheet, row, columns[i]);
        }
    }
    qsort(order, *count, sizeof *order, compare_rows);
    size_t *rows = hw_take(*count, sizeof *rows);
    for (uint32_t i = 0; i < *count; i++) {
        rows[i] = order[i].row;
    }
    free(order);
    return rows;
}

double hw_picture_names_width(const hw_picture_wish *wish, const size_t *rows, uint32_t count) {
    enum { LEAST = 120, MOST = 420 };
    const hw_sheet *sheet = hw_picture_sheet(wish, "place_release");
    double width = LEAST;
    for (uint32_t i = 0; i < count; i++) {
        width = fmax(width, hw_canvas_text_width(hw_sheet_text(sheet, rows[i], "place"), HW_CANVAS_BODY - 1));
    }
    return fmin(width, MOST);
}

char *hw_picture_figure(const hw_sheet *sheet, size_t row, const char *value, const char *error,
                        uint32_t decimals) {
    double half = hw_sheet_number(sheet, row, error);
    char *number = hw_thousands(hw_sheet_number(sheet, row, value), decimals);
    double least = pow(10, -(double)decimals); /* of what the decimals can show */
    char *exact = !isfinite(half)                ? hw_take_text("?")
                  : half > 0 && half < least / 2 ? hw_take_text("<%g", least)
                                                 : hw_thousands(half, decimals);
    char *text = hw_take_text("%s ±%s", number, exact);
    free(number);
    free(exact);
    return text;
}

char *hw_picture_date(const hw_sheet *sheet, size_t row, const char *column) {
    const hw_cell *cell = hw_sheet_cell(sheet, row, hw_sheet_find_column(sheet, column));
    char date[16];
    if (cell->kind == HW_CELL_DATE) {
        return hw_take_text("%s", hw_date_print((int64_t)cell->number, date));
    }
    if (cell->kind == HW_CELL_AFTER) {
        return hw_take_text("after %s", hw_date_print((int64_t)cell->number, date));
    }
    return hw_take_text("?");
}
