/* Lists of errors, and the nearest known name of a misspelt one. */
#define _GNU_SOURCE /* vasprintf */
#include "sim/error.h"

#include "sim/visible.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Longer words are not looked up: no key of a scenario comes near. */
enum { NAME_MOST = 127 };

/* Room for one more message; NULL when all is full: then it is only counted. */
static hw_error *next_item(hw_errors *errors) {
    if (errors->items == NULL) {
        errors->items = calloc(HW_ERRORS_KEPT, sizeof *errors->items);
    }
    return errors->items != NULL && errors->kept < HW_ERRORS_KEPT ? &errors->items[errors->kept] : NULL;
}

/* A blank that is no ordinary one, or a character that nobody sees, is what is wrong more often than not: the
 * message names the first one that it shows. */
static char *with_traps_named(char *message) {
    size_t left = strlen(message);
    for (const char *c = message; left > 0;) {
        uint32_t code = 0;
        size_t bytes = hw_utf8_decode((const unsigned char *)c, left, &code);
        const char *name = bytes > 1 ? hw_hidden_name(code) : NULL;
        char *named;
        if (name != NULL &&
            asprintf(&named, "%s; it holds a %s (U+%04X)", message, name, (unsigned)code) >= 0) {
            free(message);
            return named;
        }
        bytes = bytes > 0 ? bytes : 1;
        c += bytes;
        left -= bytes;
    }
    return message;
}

static void add(hw_errors *errors, hw_position where, const char *format, va_list arguments) {
    errors->count++;
    hw_error *item = next_item(errors);
    char *message;
    if (item != NULL && vasprintf(&message, format, arguments) >= 0) {
        *item = (hw_error){.where = where, .message = with_traps_named(message)};
        errors->kept++;
    }
}

void hw_errors_add(hw_errors *errors, hw_position where, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    add(errors, where, format, arguments);
    va_end(arguments);
}

void hw_errors_say(hw_errors *errors, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    add(errors, (hw_position){0}, format, arguments);
    va_end(arguments);
}

void hw_suggest(hw_errors *errors, hw_position where, const char *word, const char *const *names,
                size_t count, const char *otherwise, const char *format, ...) {
    const char *nearest = hw_nearest_name(word, names, count);
    va_list arguments;
    va_start(arguments, format);
    char *message;
    if (vasprintf(&message, format, arguments) >= 0) {
        hw_errors_add(errors, where, "%s%s%s%s", message, nearest != NULL ? "; did you mean '" : otherwise,
                      nearest != NULL ? nearest : "", nearest != NULL ? "'?" : "");
        free(message);
    } else {
        errors->count++;
    }
    va_end(arguments);
}

static void write_error(FILE *out, const hw_error *error, const char *kind) {
    if (error->where.file != NULL && error->where.line > 0) {
        fprintf(out, "%s:%u:%u: ", error->where.file, error->where.line, error->where.column);
    } else if (error->where.file != NULL) {
        fprintf(out, "%s: ", error->where.file);
    }
    fprintf(out, "%s%s\n", kind, error->message);
}

static char *text_of(const hw_errors *errors, const char *kind) {
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    if (out == NULL) {
        return NULL;
    }
    for (uint32_t i = 0; i < errors->kept; i++) {
        write_error(out, &errors->items[i], kind);
    }
    if (errors->count > errors->kept) {
        fprintf(out, "%sand %u more\n", kind, errors->count - errors->kept);
    }
    if (fclose(out) != 0) {
        free(text);
        return NULL;
    }
    return text;
}

char *hw_errors_text(const hw_errors *errors) {
    return text_of(errors, "");
}

char *hw_warnings_text(const hw_errors *warnings) {
    return text_of(warnings, "warning: ");
}

static bool is_same(const hw_error *a, const hw_error *b) {
    bool same_file = a->where.file == b->where.file || (a->where.file != NULL && b->where.file != NULL &&
                                                        strcmp(a->where.file, b->where.file) == 0);
    return same_file && a->where.line == b->where.line && a->where.column == b->where.column &&
           strcmp(a->message, b->message) == 0;
}

bool hw_errors_hold(const hw_errors *errors, const hw_error *one) {
    for (uint32_t i = 0; i < errors->kept; i++) {
        if (is_same(&errors->items[i], one)) {
            return true;
        }
    }
    return false;
}

void hw_errors_join(hw_errors *errors, const hw_errors *more) {
    for (uint32_t i = 0; i < more->kept; i++) {
        if (!hw_errors_hold(errors, &more->items[i])) {
            hw_errors_add(errors, more->items[i].where, "%s", more->items[i].message);
        }
    }
    errors->count += more->count - more->kept;
}

void hw_errors_free(hw_errors *errors) {
    for (uint32_t i = 0; i < errors->kept; i++) {
        free(errors->items[i].message);
    }
    free(errors->items);
    *errors = (hw_errors){0};
}

int hw_status_exit_code(hw_status status) {
    static const int codes[] = {
        [HW_OK] = 0,        [HW_ERROR_INPUT] = 2,         [HW_ERROR_MEMORY] = 3,  [HW_ERROR_IO] = 4,
        [HW_ERROR_LAW] = 5, [HW_ERROR_INTERRUPTED] = 130, [HW_ERROR_PACKAGE] = 3, [HW_ERROR_REQUEUE] = 75,
    };
    return codes[status];
}

static char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? (char)(letter - 'A' + 'a') : letter;
}

static size_t smaller(size_t a, size_t b) {
    return a < b ? a : b;
}

/* Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours cost 1 each
 * (Boytsov 2011, "Indexing methods for approximate dictionary searching", section 2.2). Only the last three
 * rows of its table are needed. */
static size_t edit_distance(const char *a, size_t a_length, const char *b, size_t b_length) {
    size_t rows[3][NAME_MOST + 1];
    for (size_t j = 0; j <= b_length; j++) {
        rows[0][j] = j;
    }
    for (size_t i = 1; i <= a_length; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i + 2) % 3];
        const size_t *two_above = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            bool differ = lower(a[i - 1]) != lower(b[j - 1]);
            row[j] = smaller(above[j - 1] + differ, smaller(above[j], row[j - 1]) + 1);
            bool swapped =
                i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]);
            if (swapped) {
                row[j] = smaller(row[j], two_above[j - 2] + 1);
            }
        }
    }
    return rows[a_length % 3][b_length];
}

/* A third of the letters may differ: "tempo" is no misspelling of "agdam". */
static size_t most_edits(size_t length) {
    return length < 3 ? 1 : length / 3;
}

const char *hw_nearest_name(const char *word, const char *const *candidates, size_t count) {
    size_t length = strlen(word);
    if (length == 0 || length > NAME_MOST) {
        return NULL;
    }
    const char *nearest = NULL;
    size_t nearest_distance = SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        size_t candidate_length = strlen(candidates[i]);
        if (candidate_length > NAME_MOST) {
            continue;
        }
        size_t distance = edit_distance(word, length, candidates[i], candidate_length);
        size_t longer = length > candidate_length ? length : candidate_length;
        if (distance <= most_edits(longer) && distance < longer && distance < nearest_distance) {
            nearest = candidates[i];
            nearest_distance = distance;
        }
    }
    return nearest;
}
