/* Gathers the values of a scenario as rows of text. */
#include "sim/input/value_rows.h"
#include "sim/input/pool.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

static void append(hw_value_text *text, const char *bytes, size_t count) {
    while (text->length + count + 1 > text->capacity) {
        text->text = hw_grow(text->text, text->capacity, &text->capacity, 1);
    }
    memcpy(text->text + text->length, bytes, count);
    text->length += count;
    text->text[text->length] = '\0';
}

static void append_plain(hw_value_text *to, const char *text) {
    for (; *text != '\0'; text++) {
        const char *escaped = *text == '\n' ? "\\n" : *text == '\t' ? "\\t" : *text == '\\' ? "\\\\" : NULL;
        append(to, escaped != NULL ? escaped : text, escaped != NULL ? 2 : 1);
    }
}

/* Quotes go; what is escaped between them stays so, as rows escape alike, but for the quote itself. */
static void append_body(hw_value_text *to, const char *body) {
    bool quoted = false;
    while (*body != '\0') {
        size_t plain = strcspn(body, quoted ? "\"\\" : "\"");
        append(to, body, plain);
        body += plain;
        if (*body == '\\') {
            append(to, body[1] == '"' ? "\"" : body, body[1] == '"' ? 1 : 2);
            body += 2;
        } else if (*body == '"') {
            quoted = !quoted;
            body++;
        }
    }
}

void hw_value_rows_enter(hw_value_rows *rows, const char *name) {
    assert(rows->depth < HW_VALUE_DEPTH_MOST);
    rows->path_before[rows->depth] = rows->path.length;
    rows->rows_before[rows->depth++] = rows->rows.length;
    append_plain(&rows->path, name);
    append(&rows->path, "\t", 1);
}

void hw_value_rows_leave(hw_value_rows *rows) {
    assert(rows->depth > 0);
    rows->depth--;
    if (rows->rows.length == rows->rows_before[rows->depth]) {
        append(&rows->rows, rows->path.text, rows->path.length);
        append(&rows->rows, "{}\n", 3);
    }
    rows->path.length = rows->path_before[rows->depth];
}

static void begin_row(hw_value_rows *rows, const char *name) {
    if (rows->path.length > 0) {
        append(&rows->rows, rows->path.text, rows->path.length);
    }
    append_plain(&rows->rows, name);
    append(&rows->rows, "\t", 1);
}

void hw_value_rows_add(hw_value_rows *rows, const char *name, const char *body, bool pairs) {
    begin_row(rows, name);
    append(&rows->rows, "{", pairs);
    append_body(&rows->rows, body);
    append(&rows->rows, pairs ? "}\n" : "\n", pairs ? 2 : 1);
}

void hw_value_rows_add_plain(hw_value_rows *rows, const char *name, const char *text) {
    begin_row(rows, name);
    append_plain(&rows->rows, text);
    append(&rows->rows, "\n", 1);
}

const char *hw_value_rows_text(const hw_value_rows *rows) {
    return rows->rows.text != NULL ? rows->rows.text : "";
}

void hw_value_rows_free(hw_value_rows *rows) {
    free(rows->rows.text);
    free(rows->path.text);
    *rows = (hw_value_rows){0};
}
