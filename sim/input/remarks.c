/* Gathers remarks, sorts them by file and line, reports them as errors. */
#include "sim/input/remarks.h"

#include "sim/input/pool.h"
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* A mangled file can be wrong in every line; nobody reads further than this. */
enum { KEPT_MOST = 10000 };

static void keep(hw_remarks *remarks, hw_position where, char *message) {
    remarks->items = hw_grow(remarks->items, remarks->kept, &remarks->capacity, sizeof(*remarks->items));
    remarks->items[remarks->kept++] =
        (hw_remark){.where = where, .message = message, .sequence = remarks->count};
}

void hw_remarks_add(hw_remarks *remarks, hw_position where, const char *format, ...) {
    if (remarks->kept < KEPT_MOST) {
        va_list arguments;
        va_start(arguments, format);
        char *message = hw_format(format, arguments);
        va_end(arguments);
        keep(remarks, where, message);
    }
    remarks->count++;
}

static void add_plain(hw_remarks *remarks, hw_position where, const char *message) {
    hw_remarks_add(remarks, where, "%s", message);
}

void hw_remarks_add_cause(hw_remarks *remarks, hw_position where, const char *message) {
    size_t before = remarks->kept;
    hw_remarks_add(remarks, where, "%s", message);
    if (remarks->kept > before) {
        remarks->items[before].cause = true;
    }
}

void hw_remarks_join(hw_remarks *remarks, const hw_remarks *from) {
    for (size_t i = 0; i < from->kept; i++) {
        (from->items[i].cause ? hw_remarks_add_cause : add_plain)(remarks, from->items[i].where,
                                                                  from->items[i].message);
    }
    remarks->count += from->count - (uint32_t)from->kept;
}

static size_t file_rank(const char *const *files, size_t file_count, const char *file) {
    for (size_t i = 0; i < file_count; i++) {
        if (files[i] == file) {
            return i + 1;
        }
    }
    return 0;
}

static int compare_remarks(const void *left, const void *right) {
    const hw_remark *a = left;
    const hw_remark *b = right;
    if (a->cause != b->cause) {
        return a->cause ? -1 : 1;
    }
    if (a->rank != b->rank) {
        return a->rank < b->rank ? -1 : 1;
    }
    if (a->where.line != b->where.line) {
        return a->where.line < b->where.line ? -1 : 1;
    }
    if (a->where.column != b->where.column) {
        return a->where.column < b->where.column ? -1 : 1;
    }
    return a->sequence < b->sequence ? -1 : 1;
}

void hw_remarks_report(hw_remarks *remarks, const char *const *files, size_t file_count, hw_errors *errors) {
    for (size_t i = 0; i < remarks->kept; i++) {
        remarks->items[i].rank = file_rank(files, file_count, remarks->items[i].where.file);
    }
    if (remarks->kept > 1) {
        qsort(remarks->items, remarks->kept, sizeof(*remarks->items), compare_remarks);
    }
    for (size_t i = 0; i < remarks->kept; i++) {
        hw_errors_add(errors, remarks->items[i].where, "%s", remarks->items[i].message);
    }
    errors->count += remarks->count - (uint32_t)remarks->kept;
}

void hw_remarks_free(hw_remarks *remarks) {
    for (size_t i = 0; i < remarks->kept; i++) {
        free(remarks->items[i].message);
    }
    free(remarks->items);
    *remarks = (hw_remarks){0};
}
