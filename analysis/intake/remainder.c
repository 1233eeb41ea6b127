/* Keeps and counts what was not taken. */
#include "analysis/intake/remainder.h"
#include "analysis/base/memory.h"
#include "sim/input/pool.h"
#include "sim/visible.h"
#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_BYTES_MOST = 200 };

const char *const hw_fate_words[HW_FATES] = {"left out", "not asked for", "counted elsewhere"};

/* The beginning of a text, cut before a character of UTF-8, with nothing hidden in it. */
static char *tidy(const char *text) {
    size_t bytes = strlen(text);
    bool cut = bytes > TEXT_BYTES_MOST;
    bytes = cut ? TEXT_BYTES_MOST : bytes;
    while (cut && bytes > 0 && ((unsigned char)text[bytes] & 0xC0) == 0x80) {
        bytes--;
    }
    char *piece = hw_take_text("%.*s%s", (int)bytes, text, cut ? "..." : "");
    for (char *c = piece; *c != '\0'; c++) {
        *c = *c == '\n' || *c == '\r' || *c == '\t' ? ' ' : *c;
    }
    char *visible = hw_take_visible(piece);
    free(piece);
    return visible;
}

static hw_reason *reason_of(hw_remainder *remainder, const char *text, hw_fate fate) {
    for (uint32_t i = 0; i < remainder->reason_count; i++) {
        if (remainder->reasons[i].fate == fate && strcmp(remainder->reasons[i].text, text) == 0) {
            return &remainder->reasons[i];
        }
    }
    assert(remainder->reason_count < HW_REASONS_MOST);
    hw_reason *added = &remainder->reasons[remainder->reason_count++];
    *added = (hw_reason){.text = text, .fate = fate};
    return added;
}

void hw_remainder_add(hw_remainder *remainder, const hw_left *left, const char *reason, const char *detail,
                      ...) {
    hw_reason *counted = reason_of(remainder, reason, left->fate);
    uint64_t times = left->times > 0 ? left->times : 1;
    *(left->row ? &counted->rows : &counted->parts) += times;
    *(left->row ? &remainder->rows[left->fate] : &remainder->parts[left->fate]) += times;
    if (remainder->kept == HW_REMNANTS_KEPT) {
        return;
    }
    if (remainder->kept == remainder->room) {
        remainder->room = remainder->room > 0 ? 2 * remainder->room : 64;
        remainder->items = hw_take_again(remainder->items, remainder->room, sizeof *remainder->items);
    }
    hw_remnant *one = &remainder->items[remainder->kept++];
    *one = (hw_remnant){.line = left->line, .reason = reason, .fate = left->fate, .row = left->row};
    one->what = tidy(left->what);
    if (detail != NULL) {
        va_list words;
        va_start(words, detail);
        char *text = hw_format(detail, words);
        va_end(words);
        one->detail = tidy(text);
        free(text);
    }
}

void hw_remainder_free(hw_remainder *remainder) {
    for (uint32_t i = 0; i < remainder->kept; i++) {
        free(remainder->items[i].what);
        free(remainder->items[i].detail);
    }
    free(remainder->items);
    *remainder = (hw_remainder){0};
}
