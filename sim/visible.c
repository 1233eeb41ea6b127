/* Decodes UTF-8, knows which characters nobody sees, and writes them visibly. */
#define _GNU_SOURCE /* open_memstream */
#include "sim/visible.h"
#include "sim/length.h"

#include <stdlib.h>
#include <string.h>

size_t hw_utf8_decode(const unsigned char *bytes, size_t left, uint32_t *code) {
    static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
    size_t length = bytes[0] < 0x80 ? 1 : bytes[0] < 0xC0 ? 0 : bytes[0] < 0xE0 ? 2 : bytes[0] < 0xF0 ? 3 : 4;
    if (length == 0 || length > left || bytes[0] > 0xF4) {
        return 0;
    }
    *code = length == 1 ? bytes[0] : bytes[0] & (0xFFU >> (length + 1));
    for (size_t i = 1; i < length; i++) {
        if ((bytes[i] & 0xC0U) != 0x80U) {
            return 0;
        }
        *code = *code << 6 | (bytes[i] & 0x3FU);
    }
    bool surrogate = *code >= 0xD800 && *code <= 0xDFFF;
    return *code < least[length] || *code > 0x10FFFF || surrogate ? 0 : length;
}

typedef struct character_range {
    uint32_t first, last;
    const char *name;
    bool hidden; /* otherwise a blank that looks like the ordinary one: harmless, but a trap in a value */
} character_range;

static const character_range ranges[] = {
    {0x00, 0x08, "control character", true},
    {0x09, 0x09, "tab", false},
    {0x0A, 0x0A, "line end", false},
    {0x0B, 0x1F, "control character", true},
    {0x7F, 0x9F, "control character", true},
    {0xA0, 0xA0, "no-break space", false},
    {0xAD, 0xAD, "soft hyphen", true},
    {0x34F, 0x34F, "joiner without a shape", true},
    {0x61C, 0x61C, "mark of writing direction", true},
    {0x115F, 0x1160, "letter without a shape", true},
    {0x1680, 0x1680, "wide space", false},
    {0x180B, 0x180F, "selector without a shape", true},
    {0x2000, 0x200A, "space of special width", false},
    {0x200B, 0x200B, "zero-width space", true},
    {0x200C, 0x200D, "zero-width joiner", true},
    {0x200E, 0x200F, "mark of writing direction", true},
    {0x2028, 0x2029, "line separator", true},
    {0x202A, 0x202E, "mark of writing direction", true},
    {0x202F, 0x202F, "narrow no-break space", false},
    {0x205F, 0x205F, "space of special width", false},
    {0x2060, 0x2064, "joiner without a shape", true},
    {0x2065, 0x206F, "mark of writing direction", true},
    {0x3000, 0x3000, "wide space", false},
    {0x3164, 0x3164, "letter without a shape", true},
    {0xFEFF, 0xFEFF, "byte order mark", true},
    {0xFFA0, 0xFFA0, "letter without a shape", true},
    {0xFFF0, 0xFFFB, "mark without a shape", true},
    {0xFFFE, 0xFFFF, "control character", true},
    {0xE0000, 0xE0FFF, "tag without a shape", true},
};

static const character_range *range_of(uint32_t code) {
    for (size_t i = 0; i < HW_LENGTH(ranges); i++) {
        if (code >= ranges[i].first && code <= ranges[i].last) {
            return &ranges[i];
        }
    }
    return NULL;
}

bool hw_is_hidden(uint32_t code) {
    if (code >= 0x20 && code < 0x7F) {
        return false;
    }
    const character_range *range = range_of(code);
    return range != NULL && range->hidden;
}

const char *hw_hidden_name(uint32_t code) {
    const character_range *range = range_of(code);
    return range != NULL ? range->name : NULL;
}

void hw_write_visible(FILE *out, const char *text, size_t size) {
    for (size_t at = 0; at < size;) {
        uint32_t code = 0;
        size_t length = hw_utf8_decode((const unsigned char *)text + at, size - at, &code);
        if (length == 0) {
            fprintf(out, "\\x%02X", (unsigned)(unsigned char)text[at]);
            length = 1;
        } else if (hw_is_hidden(code)) {
            fprintf(out, code > 0xFFFF ? "\\U%08X" : "\\u%04X", (unsigned)code);
        } else {
            fwrite(text + at, 1, length, out);
        }
        at += length;
    }
}

char *hw_visible_text(const char *text) {
    char *visible = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&visible, &size);
    if (out == NULL) {
        return NULL;
    }
    hw_write_visible(out, text, strlen(text));
    if (fclose(out) != 0) {
        free(visible);
        return NULL;
    }
    return visible;
}
