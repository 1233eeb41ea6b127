/* A table of texts by open addressing. */
#include "analysis/intake/strings.h"
#include "analysis/base/memory.h"
#include <stdlib.h>
#include <string.h>

enum { SLOTS_LEAST = 1024, BYTES_LEAST = 1 << 16 };

/* FNV-1a, 64 bits (Fowler, Noll and Vo). */
static uint64_t hash_of(const char *text) {
    uint64_t hash = 14695981039346656037U;
    for (; *text != '\0'; text++) {
        hash = (hash ^ (unsigned char)*text) * 1099511628211U;
    }
    return hash ^ hash >> 32;
}

/* The slot of a text, or the free one where it belongs. */
static uint32_t slot_of(const hw_strings *strings, const char *text) {
    uint32_t slot = (uint32_t)hash_of(text) & (strings->slot_count - 1);
    while (strings->slots[slot] != 0 && strcmp(hw_string(strings, strings->slots[slot]), text) != 0) {
        slot = (slot + 1) & (strings->slot_count - 1);
    }
    return slot;
}

/* Twice the slots, and room for numbers up to half of them. */
static void widen(hw_strings *strings) {
    uint32_t *old = strings->slots, old_count = strings->slot_count;
    strings->slot_count = old_count > 0 ? 2 * old_count : SLOTS_LEAST;
    strings->slots = hw_take(strings->slot_count, sizeof *strings->slots);
    strings->offsets = hw_take_again(strings->offsets, strings->slot_count / 2 + 1, sizeof *strings->offsets);
    for (uint32_t i = 0; i < old_count; i++) {
        if (old[i] != 0) {
            strings->slots[slot_of(strings, hw_string(strings, old[i]))] = old[i];
        }
    }
    free(old);
}

uint32_t hw_strings_keep(hw_strings *strings, const char *text) {
    if (text == NULL || *text == '\0') {
        return 0;
    }
    if (2 * strings->count >= strings->slot_count) {
        widen(strings);
    }
    uint32_t slot = slot_of(strings, text);
    if (strings->slots[slot] != 0) {
        return strings->slots[slot];
    }
    size_t bytes = strlen(text) + 1;
    if (strings->length + bytes > strings->room) {
        strings->room = 2 * strings->room + bytes + BYTES_LEAST;
        strings->bytes = hw_take_again(strings->bytes, strings->room, 1);
    }
    memcpy(strings->bytes + strings->length, text, bytes);
    strings->offsets[++strings->count] = strings->length;
    strings->length += bytes;
    strings->slots[slot] = strings->count;
    return strings->count;
}

uint32_t hw_strings_find(const hw_strings *strings, const char *text) {
    return text != NULL && *text != '\0' && strings->slot_count > 0 ? strings->slots[slot_of(strings, text)]
                                                                    : 0;
}

const char *hw_string(const hw_strings *strings, uint32_t number) {
    return number != 0 ? strings->bytes + strings->offsets[number] : "";
}

void hw_strings_free(hw_strings *strings) {
    free(strings->bytes);
    free(strings->offsets);
    free(strings->slots);
    *strings = (hw_strings){0};
}
