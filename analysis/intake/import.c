/* Begins and ends an import. */
#include "analysis/intake/import.h"
#include "analysis/base/memory.h"
#include "sim/input/pool.h"
#include <stdarg.h>
#include <stdlib.h>

hw_status hw_import_read(hw_import *import, const hw_intake_format *format, const hw_import_wish *wish,
                         hw_errors *errors) {
    *import = (hw_import){.wish = wish, .row_noun = format->row_noun};
    hw_status status = wish->rates != NULL ? hw_rates_read(&import->rates, wish->rates, errors) : HW_OK;
    if (status == HW_OK) {
        status = format->read(import, errors);
    }
    hw_money_totals_sort(&import->totals);
    return status;
}

void hw_import_note(hw_import *import, const char *format, ...) {
    va_list words;
    va_start(words, format);
    char *text = hw_format(format, words);
    va_end(words);
    import->notes = hw_take_again(import->notes, import->note_count + (size_t)1, sizeof *import->notes);
    import->notes[import->note_count++] = hw_take_visible(text);
    free(text);
}

void hw_import_free(hw_import *import) {
    for (uint32_t i = 0; i < import->note_count; i++) {
        free(import->notes[i]);
    }
    for (uint32_t i = 0; i < import->family_count; i++) {
        free(import->families[i].parent);
    }
    free(import->notes);
    free(import->families);
    hw_rates_free(&import->rates);
    hw_taken_free(&import->taken);
    hw_remainder_free(&import->remainder);
    hw_money_totals_free(&import->totals);
}
