/* Writes a text as a CSV cell that no spreadsheet calculates. */
#include "analysis/tables/csv_text.h"
#include "analysis/base/memory.h"
#include "sim/length.h"
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Wherever a spreadsheet, by the customs of its country, may let a cell end. */
static const char separators[] = ",;|\t\r\n\"'";

/* "-2.5", "+3e-4": what stands up to the next separator, without the blanks around it. */
static bool is_number(const char *text) {
    size_t length = strcspn(text, separators);
    while (length > 0 && text[length - 1] == ' ') {
        length--;
    }
    if (length == 0 || strspn(text, "0123456789+-.eE") < length) {
        return false;
    }
    char *piece = hw_take_text("%.*s", (int)length, text);
    char *end = NULL;
    (void)strtod(piece, &end);
    bool whole = *end == '\0';
    free(piece);
    return whole;
}

/* = + - @ of East Asian keyboards, which spreadsheets there take for the narrow ones */
static bool is_wide_sign(const char *text) {
    static const char *const signs[] = {"\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"};
    for (size_t i = 0; i < HW_LENGTH(signs); i++) {
        if (strncmp(text, signs[i], 3) == 0) {
            return true;
        }
    }
    return false;
}

static bool begins_formula(const char *text) {
    text += strspn(text, " ");
    if (*text == '=' || *text == '@' || is_wide_sign(text)) {
        return true;
    }
    return (*text == '+' || *text == '-') && !is_number(text);
}

/* "=" alone, the mark of what is the same in all worlds, has nothing to work out. */
static bool needs_guard(const char *text, bool first) {
    if (first && strcmp(text, "=") == 0) {
        return false;
    }
    return begins_formula(text) || (first && (*text == '\t' || *text == '\r'));
}

void hw_csv_write_text(FILE *out, const char *text) {
    char *guarded = NULL;
    size_t size = 0;
    FILE *memory = hw_take_stream(&guarded, &size);
    bool begins = true;
    for (const char *c = text; *c != '\0'; c++) {
        if (begins && needs_guard(c, c == text)) {
            fputc('\'', memory);
        }
        fputc(*c, memory);
        begins = strchr(separators, *c) != NULL;
    }
    fclose(memory);
    bool quotes = strcmp(guarded, text) != 0 || strpbrk(text, "\",\r\n") != NULL;
    fputs(quotes ? "\"" : "", out);
    for (const char *c = guarded; *c != '\0'; c++) {
        fprintf(out, *c == '"' ? "\"\"" : "%c", *c);
    }
    fputs(quotes ? "\"" : "", out);
    free(guarded);
}
