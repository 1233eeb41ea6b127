/* `homeward check --assumptions`: every value with where it comes from. */
#include "sim/input/binding.h"

#include "sim/input/prose.h"
#include "sim/input/reader.h"
#include <string.h>

enum { NAME_COLUMNS = 24, WRITTEN_COLUMNS = 32 };

typedef struct value_counts {
    uint32_t sourced, assumed, unsourced, standard;
} value_counts;

/* Bytes of a path before its last name; names in double quotes may hold dots. */
static size_t parent_length(const char *path) {
    size_t length = 0;
    bool quoted = false;
    for (size_t i = 0; path[i] != '\0'; i++) {
        if (path[i] == '"') {
            quoted = !quoted;
        } else if (path[i] == '.' && !quoted) {
            length = i;
        }
    }
    return length;
}

static void print_padded(FILE *out, const char *text, int columns) {
    int width = hw_prose_columns(text);
    fprintf(out, "%s%*s  ", text, width < columns ? columns - width : 0, "");
}

static void print_origin(FILE *out, const hw_value *value) {
    char quoted[HW_QUOTE_BYTES];
    if (value->source != NULL) {
        fprintf(out, "%s%s", hw_quote(value->source, quoted), value->assumed ? ", *assumed*" : "");
    } else {
        fputs(value->assumed ? "*assumed*" : "no source", out);
    }
    if (value->standard) {
        fputs(" (default)", out);
    } else if (value->where.file != NULL) {
        fprintf(out, " (%s:%u)", value->where.file, value->where.line);
    }
    fputc('\n', out);
}

static void count_value(value_counts *count, const hw_value *value) {
    count->assumed += value->assumed;
    count->sourced += value->source != NULL && !value->assumed;
    count->unsourced += value->source == NULL && !value->assumed;
    count->standard += value->standard;
}

uint32_t hw_assumptions_print(FILE *out, const hw_binding *binding) {
    const hw_values *values = hw_binding_values(binding);
    value_counts count = {0};
    const char *group = "";
    size_t group_length = 0;
    for (uint32_t i = 0; i < values->count; i++) {
        const hw_value *value = &values->items[i];
        size_t length = parent_length(value->path);
        if (length != group_length || strncmp(group, value->path, length) != 0) {
            fprintf(out, "%s%.*s%s", i == 0 ? "" : "\n", (int)length, value->path, length > 0 ? "\n" : "");
            group = value->path;
            group_length = length;
        }
        char quoted[HW_QUOTE_BYTES];
        fputs("  ", out);
        print_padded(out, value->path + length + (length > 0), NAME_COLUMNS);
        print_padded(out, hw_quote(value->written, quoted), WRITTEN_COLUMNS);
        print_origin(out, value);
        count_value(&count, value);
    }
    fprintf(out, "\n%u values: %u with a source, %u assumed, %u without a source; %u of them are defaults\n",
            values->count, count.sourced, count.assumed, count.unsourced, count.standard);
    return count.assumed;
}
