/* Says what an answer was asked for. */
#include "analysis/decide/asked.h"
#include "analysis/base/memory.h"
#include <inttypes.h>

hw_sheet *hw_asked_add(hw_book *book, uint64_t seed) {
    hw_sheet *sheet = hw_book_add(book, "about", "What was asked");
    hw_sheet_add_column(sheet, "fact", NULL, 0);
    hw_sheet_add_column(sheet, "value", NULL, 0);
    hw_asked_fact(sheet, "program version", hw_take_text("%s", HW_VERSION));
    hw_asked_fact(sheet, "seed", hw_take_text("%" PRIu64, seed));
    return sheet;
}

void hw_asked_fact(hw_sheet *sheet, const char *fact, char *text) {
    hw_cell *row = hw_sheet_add_row(sheet, false);
    hw_cell_set_text(&row[0], fact);
    hw_cell_take_text(&row[1], text);
}

char *hw_asked_digest(const hw_study_part *part) {
    return hw_take_text("%s: %s", part->name, hw_binding_digest(part->loaded.binding));
}
