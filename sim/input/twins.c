/* Reduces names to a skeleton that twins share, and says how two names differ. */
#include "sim/input/twins.h"

#include "sim/length.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

typedef struct twin {
    ucs4_t from, to;
} twin;

/* Letters of the Cyrillic and Greek scripts, and of Latin alphabets of the region, that are drawn like
 * others; quotes and dashes. Capitals and small letters each by their own looks. Sorted. */
static const twin twins[] = {
    {0x0060, '\''},
    {0x01DD, 0x0259}, /* turned e */
    {0x018F, 0x0259},
    {0x0251, 'a'},
    {0x0261, 'g'},
    {0x02B9, '\''},
    {0x02BB, '\''},
    {0x02BC, '\''},
    {0x02C8, '\''},
    {0x0326, 0x0327}, /* comma below, cedilla */
    /* Greek */
    {0x0391, 'a'},
    {0x0392, 'b'},
    {0x0395, 'e'},
    {0x0396, 'z'},
    {0x0397, 'h'},
    {0x0399, 'i'},
    {0x039A, 'k'},
    {0x039C, 'm'},
    {0x039D, 'n'},
    {0x039F, 'o'},
    {0x03A1, 'p'},
    {0x03A4, 't'},
    {0x03A5, 'y'},
    {0x03A7, 'x'},
    {0x03B1, 'a'},
    {0x03B3, 'y'},
    {0x03B5, 'e'},
    {0x03B7, 'n'},
    {0x03B9, 'i'},
    {0x03BA, 'k'},
    {0x03BD, 'v'},
    {0x03BF, 'o'},
    {0x03C1, 'p'},
    {0x03C4, 't'},
    {0x03C5, 'u'},
    {0x03C7, 'x'},
    {0x03F2, 'c'},
    {0x03F3, 'j'},
    /* Cyrillic */
    {0x0405, 's'},
    {0x0406, 'i'},
    {0x0408, 'j'},
    {0x0410, 'a'},
    {0x0412, 'b'},
    {0x0415, 'e'},
    {0x0417, '3'},
    {0x041A, 'k'},
    {0x041C, 'm'},
    {0x041D, 'h'},
    {0x041E, 'o'},
    {0x0420, 'p'},
    {0x0421, 'c'},
    {0x0422, 't'},
    {0x0423, 'y'},
    {0x0425, 'x'},
    {0x0430, 'a'},
    {0x0432, 'b'},
    {0x0433, 'r'},
    {0x0435, 'e'},
    {0x043A, 'k'},
    {0x043C, 'm'},
    {0x043D, 'h'},
    {0x043E, 'o'},
    {0x0440, 'p'},
    {0x0441, 'c'},
    {0x0442, 't'},
    {0x0443, 'y'},
    {0x0445, 'x'},
    {0x0455, 's'},
    {0x0456, 'i'},
    {0x0458, 'j'},
    {0x04AE, 'y'},
    {0x04AF, 'y'},
    {0x04BA, 'h'},
    {0x04BB, 'h'},
    {0x04C0, 'i'},
    {0x04CF, 'i'},
    {0x04D8, 0x0259},
    {0x04D9, 0x0259},
    {0x0501, 'd'},
    {0x051A, 'q'},
    {0x051B, 'q'},
    {0x051C, 'w'},
    {0x051D, 'w'},
    /* dashes and quotes */
    {0x2010, '-'},
    {0x2011, '-'},
    {0x2012, '-'},
    {0x2013, '-'},
    {0x2014, '-'},
    {0x2015, '-'},
    {0x2018, '\''},
    {0x2019, '\''},
    {0x201B, '\''},
    {0x2032, '\''},
    {0x2212, '-'},
};

static int compare_twins(const void *left, const void *right) {
    const twin *a = left;
    const twin *b = right;
    return a->from < b->from ? -1 : a->from > b->from;
}

/* Joiners, soft hyphens, marks of direction. */
static bool is_nothing(ucs4_t c) {
    return c == 0x00AD || c == 0x034F || c == 0x061C || c == 0x180E || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2064) || (c >= 0x2066 && c <= 0x206F) ||
           c == 0xFEFF || (c >= 0xFE00 && c <= 0xFE0F);
}

static ucs4_t plain(ucs4_t c) {
    if (c == 0x0131 || c == 'I') {
        return 'i';
    }
    twin sought = {.from = c};
    const twin *found = bsearch(&sought, twins, HW_LENGTH(twins), sizeof *twins, compare_twins);
    return found != NULL ? found->to : c;
}

/* Blanks of any width become one, none at the ends. Returns the new length. */
static size_t iron_out(ucs4_t *text, size_t length) {
    size_t kept = 0;
    bool blank = false;
    for (size_t i = 0; i < length; i++) {
        bool dot = text[i] == 0x0307 && kept > 0 && text[kept - 1] == 'i';
        if (dot || is_nothing(text[i])) {
            continue;
        }
        if (uc_is_property_white_space(text[i])) {
            blank = kept > 0;
            continue;
        }
        if (blank) {
            text[kept++] = ' ';
            blank = false;
        }
        text[kept++] = plain(text[i]);
    }
    return kept;
}

/* What the way through Unicode below comes to for plain English, a hundred times as fast; NULL for a name
 * that has to go it. */
static const char *ascii_skeleton(hw_pool *pool, const char *name) {
    char *skeleton = hw_pool_take(pool, strlen(name) + 1, 1);
    size_t kept = 0;
    for (const unsigned char *c = (const unsigned char *)name; *c != '\0'; c++) {
        if (!isalnum(*c) && strchr(" -_.,()/&+'", *c) == NULL) {
            return NULL;
        }
        if (*c != ' ') {
            skeleton[kept++] = (char)tolower(*c);
        } else if (kept > 0 && c[1] != ' ' && c[1] != '\0') {
            skeleton[kept++] = ' ';
        }
    }
    return skeleton;
}

const char *hw_name_skeleton(hw_pool *pool, const char *name) {
    const char *plain_english = ascii_skeleton(pool, name);
    if (plain_english != NULL) {
        return plain_english;
    }
    size_t apart = 0, length = 0, bytes = 0;
    uint8_t *norm = u8_normalize(UNINORM_NFKD, (const uint8_t *)name, strlen(name), NULL, &apart);
    ucs4_t *letters = norm != NULL ? u8_to_u32(norm, apart, NULL, &length) : NULL;
    uint8_t *plain_text = NULL;
    uint8_t *folded = NULL;
    if (letters != NULL) {
        length = iron_out(letters, length);
        plain_text = u32_to_u8(letters, length, NULL, &apart);
    }
    if (plain_text != NULL) {
        folded = u8_casefold(plain_text, apart, NULL, UNINORM_NFC, NULL, &bytes);
    }
    const char *skeleton = folded != NULL ? hw_pool_copy(pool, (const char *)folded, bytes) : name;
    free(norm);
    free(letters);
    free(plain_text);
    free(folded);
    return skeleton;
}

/* Whether the names are the same when blanks alone do not count. */
static bool same_but_blanks(const char *a, const char *b) {
    for (;; a++, b++) {
        a += strspn(a, " ");
        b += strspn(b, " ");
        if (*a != *b) {
            return false;
        }
        if (*a == '\0') {
            return true;
        }
    }
}

static bool same_but_form(const char *a, const char *b) {
    int order = 1;
    return u8_normcmp((const uint8_t *)a, strlen(a), (const uint8_t *)b, strlen(b), UNINORM_NFC, &order) ==
               0 &&
           order == 0;
}

static bool same_but_case(const char *a, const char *b) {
    int order = 1;
    return u8_casecmp((const uint8_t *)a, strlen(a), (const uint8_t *)b, strlen(b), NULL, UNINORM_NFC,
                      &order) == 0 &&
           order == 0;
}

const char *hw_name_difference(const char *a, const char *b) {
    if (same_but_blanks(a, b)) {
        return "blanks";
    }
    if (same_but_form(a, b)) {
        return "how accented letters are put together (composed and decomposed Unicode)";
    }
    return same_but_case(a, b) ? "letter case" : "characters that look alike or are not seen";
}
