/* Wraps text to the width of a terminal. */
#include "sim/input/prose.h"

#include <stdbool.h>
#include <string.h>

enum { LINE_COLUMNS = 100 };

static int columns_of(const char *text, size_t bytes) {
    int columns = 0;
    for (size_t i = 0; i < bytes; i++) {
        columns += ((unsigned char)text[i] & 0xC0U) != 0x80U;
    }
    return columns;
}

int hw_prose_columns(const char *text) {
    return columns_of(text, strlen(text));
}

void hw_prose_print(FILE *out, int indent, int hang, const char *text) {
    int column = 0;
    int margin = indent;
    bool started = false; /* the line has words */
    for (const char *word = text + strspn(text, " \n"); *word != '\0'; word += strspn(word, " \n")) {
        size_t bytes = strcspn(word, " \n");
        int width = columns_of(word, bytes);
        if (started && column + 1 + width > LINE_COLUMNS) {
            fputc('\n', out);
            started = false;
            margin = indent + hang;
        }
        if (!started) {
            fprintf(out, "%*s", margin, "");
            column = margin;
            started = true;
        } else {
            fputc(' ', out);
            column++;
        }
        fwrite(word, 1, bytes, out);
        column += width;
        word += bytes;
    }
    fputc('\n', out);
}
