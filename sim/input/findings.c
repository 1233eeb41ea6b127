#include "sim/input/findings.h"

#include "sim/input/pool.h"
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* A mangled file can be wrong in every line; nobody reads further than this. */
enum { KEPT_MOST = 10000 };

static void keep(hw_findings *findings, hw_position where, char *message) {
    findings->items = hw_grow(findings->items, findings->kept, &findings->capacity, sizeof(*findings->items));
    findings->items[findings->kept++] =
        (hw_finding){.where = where, .message = message, .sequence = findings->count};
}

void hw_findings_add(hw_findings *findings, hw_position where, const char *format, ...) {
    if (findings->kept < KEPT_MOST) {
        va_list arguments;
        va_start(arguments, format);
        char *message = hw_format(format, arguments);
        va_end(arguments);
        keep(findings, where, message);
    }
    findings->count++;
}

static void add_plain(hw_findings *findings, hw_position where, const char *message) {
    hw_findings_add(findings, where, "%s", message);
}

void hw_findings_add_cause(hw_findings *findings, hw_position where, const char *message) {
    size_t before = findings->kept;
    hw_findings_add(findings, where, "%s", message);
    if (findings->kept > before) {
        findings->items[before].cause = true;
    }
}

void hw_findings_join(hw_findings *findings, const hw_findings *from) {
    for (size_t i = 0; i < from->kept; i++) {
        (from->items[i].cause ? hw_findings_add_cause : add_plain)(findings, from->items[i].where,
                                                                   from->items[i].message);
    }
    findings->count += from->count - (uint32_t)from->kept;
}

static size_t file_rank(const char *const *files, size_t file_count, const char *file) {
    for (size_t i = 0; i < file_count; i++) {
        if (files[i] == file) {
            return i + 1;
        }
    }
    return 0;
}

static int compare_findings(const void *left, const void *right) {
    const hw_finding *a = left;
    const hw_finding *b = right;
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

void hw_findings_report(hw_findings *findings, const char *const *files, size_t file_count,
                        hw_errors *errors) {
    for (size_t i = 0; i < findings->kept; i++) {
        findings->items[i].rank = file_rank(files, file_count, findings->items[i].where.file);
    }
    if (findings->kept > 1) {
        qsort(findings->items, findings->kept, sizeof(*findings->items), compare_findings);
    }
    for (size_t i = 0; i < findings->kept; i++) {
        hw_errors_add(errors, findings->items[i].where, "%s", findings->items[i].message);
    }
    errors->count += findings->count - (uint32_t)findings->kept;
}

void hw_findings_free(hw_findings *findings) {
    for (size_t i = 0; i < findings->kept; i++) {
        free(findings->items[i].message);
    }
    free(findings->items);
    *findings = (hw_findings){0};
}
