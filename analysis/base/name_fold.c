/* Folds names to one spelling, and suggests the known names that a word could mean. */
#include "analysis/base/name_fold.h"
#include "analysis/base/memory.h"
#include "sim/length.h"
#include "sim/letters.h"
#include "sim/visible.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct spelling {
    const char *written, *folded;
} spelling;

/* After capital letters became small ones. The folded forms of sounds that English writes with two letters
 * are capital letters, which no name has any more. */
static const spelling spellings[] = {
    {"kh", "X"},
    {"x", "X"},
    {"gh", "g"},
    {"ğ", "g"},
    {"q", "g"},
    {"sh", "S"},
    {"ş", "S"},
    {"ch", "C"},
    {"ç", "C"},
    {"dzh", "j"},
    {"dj", "j"},
    {"zh", "j"},
    {"c", "j"},
    {"ə", "a"},
    {"ä", "a"},
    {"e", "a"},
    {"é", "a"},
    {"y", "i"},
    {"ö", "o"},
    {"ü", "u"},
    {"w", "v"},
    {" ", ""},
    {"-", ""},
    {"'", ""},
    {"’", ""},
    {"ʼ", ""},
    {"\xC2\xA0", ""},
    /* marks that stand behind their letter */
    {"s\xCC\xA7", "S"},
    {"c\xCC\xA7", "C"},
};

static const char *const endings[] = {" district", " rayonu", " rayon", " raion", " region", " rayons"};

static char *small_letters(const char *name) {
    char *text = NULL;
    size_t length = 0;
    FILE *out = hw_take_stream(&text, &length);
    for (size_t left = strlen(name); left > 0;) {
        uint32_t code = 0;
        size_t bytes = hw_utf8_decode((const unsigned char *)name, left, &code);
        bool marks = bytes > 0 && code >= 0x300 && code < 0x370 && code != 0x327; /* the cedilla matters */
        uint32_t small = bytes > 0 ? hw_small_letter(code) : (unsigned char)*name;
        bytes = bytes > 0 ? bytes : 1;
        if (small < 0x80) {
            fputc((int)small, out);
        } else if (small < 0x800 && !marks) {
            fputc((int)(0xC0 | (small >> 6)), out);
            fputc((int)(0x80 | (small & 0x3F)), out);
        } else if (!marks) {
            fwrite(name, 1, bytes, out);
        }
        name += bytes;
        left -= bytes;
    }
    fclose(out);
    return text;
}

static void cut_ending(char *name) {
    for (size_t i = 0; i < HW_LENGTH(endings); i++) {
        size_t length = strlen(name), ending = strlen(endings[i]);
        if (length > ending && strcmp(name + length - ending, endings[i]) == 0) {
            name[length - ending] = '\0';
        }
    }
}

static const spelling *spelling_at(const char *text) {
    const spelling *longest = NULL;
    for (size_t i = 0; i < HW_LENGTH(spellings); i++) {
        size_t length = strlen(spellings[i].written);
        bool fits = strncmp(text, spellings[i].written, length) == 0;
        if (fits && (longest == NULL || length > strlen(longest->written))) {
            longest = &spellings[i];
        }
    }
    return longest;
}

char *hw_name_fold(const char *name) {
    char *small = small_letters(name);
    cut_ending(small);
    char *folded = hw_take(strlen(small) + 1, 1), *to = folded;
    for (const char *from = small; *from != '\0';) {
        const spelling *known = spelling_at(from);
        const char *piece = known != NULL ? known->folded : from;
        size_t bytes = known != NULL ? strlen(known->folded) : 1;
        bool doubled = bytes == 1 && to > folded && to[-1] == *piece && (unsigned char)*piece < 0x80;
        if (bytes > 0 && !doubled) {
            memcpy(to, piece, bytes);
            to += bytes;
        }
        from += known != NULL ? strlen(known->written) : 1;
    }
    *to = '\0';
    free(small);
    return folded;
}

/* ---- Names that may have been meant ---- */

enum { TOLD_MOST = 8 };

typedef struct near_names {
    const char *names[TOLD_MOST];
    uint32_t count, left_out;
} near_names;

static void keep(near_names *near, const char *name) {
    for (uint32_t i = 0; i < near->count; i++) {
        if (near->names[i] != NULL && name != NULL && strcmp(near->names[i], name) == 0) {
            return;
        }
    }
    if (near->count < TOLD_MOST) {
        near->names[near->count++] = name;
    } else {
        near->left_out++;
    }
}

static void find_near(near_names *near, const char *name, const char *const *names, size_t count) {
    enum { SHORTEST_PART = 3 };
    char *sought = hw_name_fold(name);
    char **folded = hw_take(count, sizeof *folded);
    for (size_t i = 0; i < count; i++) {
        char *sound = hw_name_fold(names[i]);
        folded[i] = sound;
        if (strcmp(sound, sought) == 0) {
            keep(near, names[i]);
        }
    }
    bool long_enough = strlen(sought) >= SHORTEST_PART;
    for (size_t i = 0; i < count && long_enough; i++) {
        if (folded[i] != NULL && strstr(folded[i], sought) != NULL) {
            keep(near, names[i]);
        }
    }
    const char *nearest = near->count == 0 ? hw_nearest_name(name, names, count) : NULL;
    const char *sounding = near->count == 0 && nearest == NULL
                               ? hw_nearest_name(sought, (const char *const *)folded, count)
                               : NULL;
    for (size_t i = 0; i < count; i++) {
        if (nearest == names[i] || (sounding != NULL && sounding == folded[i])) {
            keep(near, names[i]);
        }
        free(folded[i]);
    }
    free(folded);
    free(sought);
}

void hw_refuse_name(const char *what, const char *name, const char *holder, const char *const *names,
                    size_t count, hw_errors *errors) {
    near_names near = {0};
    find_near(&near, name, names, count);
    char *text = hw_take_text("there is no %s '%s' in %s", what, name, holder);
    for (uint32_t i = 0; i < near.count; i++) {
        const char *before = i == 0                                      ? "; did you mean "
                             : i + 1 == near.count && near.left_out == 0 ? " or "
                                                                         : ", ";
        char *longer = hw_take_text("%s%s'%s'", text, before, near.names[i]);
        free(text);
        text = longer;
    }
    char *more =
        near.left_out > 0 ? hw_take_text(" or one of %u more", near.left_out) : hw_take_text("%s", "");
    hw_errors_say(errors, "%s%s%s", text, more, near.count > 0 ? "?" : "");
    free(more);
    free(text);
}
