/* Small letters, and names that differ only in letter case. */
#include "sim/letters.h"

#include "sim/length.h"
#include "sim/visible.h"
#include <string.h>

enum { SMALL_SCHWA = 0x259, CAPITAL_SCHWA = 0x18F, DOTLESS_I = 0x131, DOTTED_CAPITAL_I = 0x130 };

/* Where capital and small letters take turns, the capital one first: at even codes, or at odd ones. */
static bool has_small_neighbour(uint32_t code) {
    static const struct {
        uint32_t first, last, odd;
    } turns[] = {{0x100, 0x137, 0}, {0x139, 0x148, 1}, {0x14A, 0x177, 0}, {0x179, 0x17E, 1},
                 {0x460, 0x481, 0}, {0x48A, 0x4BF, 0}, {0x4D0, 0x52F, 0}, {0x1E00, 0x1E95, 0}};
    for (size_t i = 0; i < HW_LENGTH(turns); i++) {
        if (code >= turns[i].first && code <= turns[i].last) {
            return code % 2 == turns[i].odd;
        }
    }
    return false;
}

uint32_t hw_small_letter(uint32_t code) {
    if ((code >= 'A' && code <= 'Z') || (code >= 0xC0 && code <= 0xDE && code != 0xD7)) {
        return code + 0x20;
    }
    if (code == DOTLESS_I || code == DOTTED_CAPITAL_I) {
        return 'i';
    }
    if (has_small_neighbour(code)) {
        return code + 1;
    }
    if ((code >= 0x391 && code <= 0x3A9) || (code >= 0x410 && code <= 0x42F)) {
        return code + 0x20;
    }
    if (code >= 0x400 && code <= 0x40F) {
        return code + 0x50;
    }
    return code == CAPITAL_SCHWA ? SMALL_SCHWA : code;
}

/* The small letter at *text, which moves behind it; what is no UTF-8 stands for itself. */
static uint32_t next_letter(const char **text) {
    uint32_t code = 0;
    size_t length = hw_utf8_decode((const unsigned char *)*text, strlen(*text), &code);
    if (length == 0) {
        code = 0x110000U + (unsigned char)**text;
        length = 1;
    }
    *text += length;
    return hw_small_letter(code);
}

bool hw_same_but_for_case(const char *a, const char *b) {
    while (*a != '\0' && *b != '\0') {
        if (next_letter(&a) != next_letter(&b)) {
            return false;
        }
    }
    return *a == *b;
}

const char *hw_find_but_for_case(const char *word, const char *const *candidates, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (hw_same_but_for_case(word, candidates[i])) {
            return candidates[i];
        }
    }
    return NULL;
}

bool hw_text_ends(const char *text, const char *end) {
    size_t length = strlen(text);
    size_t tail = strlen(end);
    return length > tail && strcmp(text + length - tail, end) == 0;
}
