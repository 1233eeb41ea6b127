/* Values and writing of JSON; jansson keeps and prints them. */
#include "analysis/base/json.h"
#include "analysis/base/memory.h"
#include "sim/visible.h"
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { SIGNIFICANT_DIGITS = 10 };
static const double most_digits = 1e10; /* from there on a number has an exponent */

/* ---- Values ---- */

static void *take(size_t size) {
    return hw_take(size, 1);
}

/* What cannot be had ends the program, so no value is ever missing. */
static void prepare(void) {
    static bool prepared;
    if (!prepared) {
        json_set_alloc_funcs(take, free);
        prepared = true;
    }
}

json_t *hw_json_object(void) {
    prepare();
    return json_object();
}

json_t *hw_json_array(void) {
    prepare();
    return json_array();
}

/* The text with U+FFFD in place of bytes that are no UTF-8; free with free(). */
static char *in_utf8(const char *text) {
    static const char unknown[] = "\xEF\xBF\xBD";
    size_t size = strlen(text), length = 0;
    char *clean = hw_take(3 * size + 1, 1);
    for (size_t at = 0; at < size;) {
        uint32_t code = 0;
        size_t bytes = hw_utf8_decode((const unsigned char *)text + at, size - at, &code);
        const char *from = bytes > 0 ? text + at : unknown;
        size_t count = bytes > 0 ? bytes : strlen(unknown);
        memcpy(clean + length, from, count);
        length += count;
        at += bytes > 0 ? bytes : 1;
    }
    return clean;
}

json_t *hw_json_text(const char *text) {
    prepare();
    if (text == NULL) {
        return json_null();
    }
    json_t *value = json_string(text);
    if (value == NULL) {
        char *clean = in_utf8(text);
        value = json_string(clean);
        free(clean);
    }
    return value;
}

json_t *hw_json_number(double number) {
    prepare();
    if (!isfinite(number)) {
        return json_null();
    }
    bool whole = number == trunc(number) && fabs(number) < most_digits;
    return whole ? json_integer((json_int_t)number) : json_real(number);
}

json_t *hw_json_numbers(const double *numbers, size_t count) {
    json_t *list = hw_json_array();
    for (size_t i = 0; i < count; i++) {
        hw_json_append(list, hw_json_number(numbers[i]));
    }
    return list;
}

json_t *hw_json_count(uint64_t count) {
    prepare();
    return json_integer((json_int_t)count);
}

void hw_json_put(json_t *object, const char *key, json_t *value) {
    if (json_object_set(object, key, value) != 0) {
        char *clean = in_utf8(key);
        json_object_set(object, clean, value);
        free(clean);
    }
    json_decref(value);
}

void hw_json_append(json_t *array, json_t *value) {
    json_array_append_new(array, value);
}

/* ---- Writing ---- */

typedef struct writing {
    FILE *out;
    bool in_page, in_text;
} writing;

static void write_escaped(FILE *out, uint32_t code) {
    if (code > 0xFFFF) {
        fprintf(out, "\\u%04x\\u%04x", (unsigned)(0xD7C0 + (code >> 10)),
                (unsigned)(0xDC00 | (code & 0x3FF)));
    } else {
        fprintf(out, "\\u%04x", (unsigned)code);
    }
}

/* Numbers as printf has them: jansson takes the sign and the zeros off an exponent, and adds ".0". */
static bool write_number(FILE *out, const char *part, size_t size) {
    char number[64];
    bool begins = size > 0 && (*part == '-' || (*part >= '0' && *part <= '9'));
    bool differs = memchr(part, 'e', size) != NULL || (size > 2 && memcmp(part + size - 2, ".0", 2) == 0);
    if (!begins || !differs || size >= sizeof number) {
        return false;
    }
    snprintf(number, sizeof number, "%.*s", (int)size, part);
    fprintf(out, "%.*g", SIGNIFICANT_DIGITS, strtod(number, NULL));
    return true;
}

/* Jansson hands over quotes, escapes, numbers, and what is between them, each for itself, and whole
 * characters. */
static int write_part(const char *part, size_t size, void *context) {
    writing *to = context;
    size_t written = 0;
    if (size == 1 && *part == '"') {
        to->in_text = !to->in_text;
    } else if (!to->in_text && write_number(to->out, part, size)) {
        return 0;
    }
    for (size_t at = 0; at < size;) {
        uint32_t code = (unsigned char)part[at];
        size_t bytes = code < 0x80 ? 1 : hw_utf8_decode((const unsigned char *)part + at, size - at, &code);
        if (hw_is_hidden(code) || (to->in_page && (code == '<' || code >= 0x80))) {
            fwrite_unlocked(part + written, 1, at - written, to->out);
            write_escaped(to->out, code);
            written = at + bytes;
        }
        at += bytes > 0 ? bytes : 1;
    }
    fwrite_unlocked(part + written, 1, size - written, to->out);
    return 0;
}

static void write_value(FILE *out, const json_t *value, bool in_page) {
    writing to = {.out = out, .in_page = in_page};
    json_dump_callback(value, write_part, &to,
                       JSON_ENCODE_ANY | JSON_REAL_PRECISION(SIGNIFICANT_DIGITS) |
                           (in_page ? JSON_COMPACT : 0));
}

void hw_json_write(FILE *out, json_t *value) {
    write_value(out, value, false);
    json_decref(value);
}

void hw_json_write_in_page(FILE *out, const json_t *value) {
    write_value(out, value, true);
}

static bool is_container(const json_t *value) {
    return json_is_object(value) || json_is_array(value);
}

static bool holds_containers(json_t *value) {
    bool holds = false;
    const char *key;
    json_t *member;
    size_t index;
    if (json_is_object(value)) {
        json_object_foreach(value, key, member) {
            holds = holds || is_container(member);
        }
    } else {
        json_array_foreach(value, index, member) {
            holds = holds || is_container(member);
        }
    }
    return holds;
}

static void new_line(FILE *out, bool first, int depth) {
    fprintf(out, "%s\n%*s", first ? "" : ",", 2 * depth, "");
}

static void write_lines(FILE *out, json_t *value, int depth) {
    if (!holds_containers(value)) {
        write_value(out, value, false);
        return;
    }
    bool object = json_is_object(value), first = true;
    const char *key;
    json_t *member;
    size_t index;
    fputc(object ? '{' : '[', out);
    json_object_foreach(value, key, member) {
        new_line(out, first, depth + 1);
        hw_json_write(out, hw_json_text(key));
        fputs(": ", out);
        write_lines(out, member, depth + 1);
        first = false;
    }
    json_array_foreach(value, index, member) {
        new_line(out, index == 0, depth + 1);
        write_lines(out, member, depth + 1);
    }
    fprintf(out, "\n%*s%c", 2 * depth, "", object ? '}' : ']');
}

void hw_json_write_lines(FILE *out, json_t *value) {
    write_lines(out, value, 0);
    fputc('\n', out);
    json_decref(value);
}
