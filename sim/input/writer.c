/* Writes a tree as canonical YAML. */
#include "sim/input/writer.h"

#include <stdlib.h>
#include <string.h>

static void append_bytes(hw_writer *writer, const char *bytes, size_t count) {
    while (writer->length + count + 1 > writer->capacity) {
        writer->text = hw_grow(writer->text, writer->capacity, &writer->capacity, 1);
    }
    memcpy(writer->text + writer->length, bytes, count);
    writer->length += count;
    writer->text[writer->length] = '\0';
}

static void append(hw_writer *writer, const char *text) {
    append_bytes(writer, text, strlen(text));
}

static void append_escaped(hw_writer *writer, const char *text) {
    append(writer, "\"");
    for (; *text != '\0'; text++) {
        switch (*text) {
        case '\n':
            append(writer, "\\n");
            break;
        case '\t':
            append(writer, "\\t");
            break;
        case '"':
        case '\\':
            append(writer, "\\");
            append_bytes(writer, text, 1);
            break;
        default:
            append_bytes(writer, text, 1);
        }
    }
    append(writer, "\"");
}

static bool is_letter_or_digit(char c) {
    unsigned char byte = (unsigned char)c;
    return (byte >= '0' && byte <= '9') || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z') || byte >= 0x80;
}

/* A cautious choice of what YAML reads back unquoted everywhere. The byte order mark is not in it: a reader
 * may drop it. */
static bool is_plain(const char *text) {
    size_t length = strlen(text);
    bool sign = *text == '-' && is_letter_or_digit(text[1]);
    if (length == 0 || text[length - 1] == ' ' || strstr(text, "\xEF\xBB\xBF") != NULL) {
        return false;
    }
    if (!sign && *text != '/' && !is_letter_or_digit(*text)) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        if (!is_letter_or_digit(text[i]) && strchr(" _./%()+-'=;&$", text[i]) == NULL) {
            return false;
        }
    }
    return true;
}

static void append_scalar(hw_writer *writer, const char *text) {
    if (is_plain(text)) {
        append(writer, text);
    } else {
        append_escaped(writer, text);
    }
}

const char *hw_yaml_scalar(hw_pool *pool, const char *text) {
    if (is_plain(text)) {
        return text;
    }
    hw_writer quoted = {0};
    append_escaped(&quoted, text);
    char *copy = hw_pool_copy(pool, quoted.text, quoted.length);
    hw_writer_free(&quoted);
    return copy;
}

static void append_key(hw_writer *writer, const char *key) {
    for (uint32_t i = 0; i < writer->depth; i++) {
        append(writer, "  ");
    }
    append_scalar(writer, key);
    append(writer, ":");
}

size_t hw_write_open(hw_writer *writer, const char *key) {
    append_key(writer, key);
    append(writer, "\n");
    writer->depth++;
    hw_value_rows_enter(&writer->rows, key);
    return writer->length;
}

void hw_write_close(hw_writer *writer, size_t opened) {
    writer->depth--;
    hw_value_rows_leave(&writer->rows);
    if (writer->length == opened) {
        writer->length--; /* the line break after the colon */
        append(writer, " {}\n");
    }
}

static void append_marks(hw_writer *writer, const hw_marks *marks) {
    if (marks->source != NULL) {
        append(writer, ", source: ");
        append_scalar(writer, marks->source);
    }
    if (marks->assumed) {
        append(writer, ", assumed: yes");
    }
    if (marks->note != NULL) {
        append(writer, ", note: ");
        append_scalar(writer, marks->note);
    }
}

void hw_write_value(hw_writer *writer, const char *key, const char *body, bool pairs, const hw_marks *marks) {
    bool marked = marks->source != NULL || marks->assumed || marks->note != NULL;
    append_key(writer, key);
    append(writer, pairs ? " {" : marked ? " {value: " : " ");
    append(writer, body);
    append_marks(writer, marks);
    append(writer, pairs || marked ? "}\n" : "\n");
    hw_value_rows_add(&writer->rows, key, body, pairs);
}

void hw_write_remark(hw_writer *writer, const char *key, const char *body) {
    append_key(writer, key);
    append(writer, " ");
    append(writer, body);
    append(writer, "\n");
}

void hw_write_raw(hw_writer *writer, const char *text) {
    append(writer, text);
}

void hw_writer_free(hw_writer *writer) {
    free(writer->text);
    hw_value_rows_free(&writer->rows);
    *writer = (hw_writer){0};
}
