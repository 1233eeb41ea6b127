/* Reads which numbers a sweep keeps, and takes them out of an outcome. */
#include "analysis/sweep/outputs.h"
#include "analysis/base/memory.h"
#include "analysis/results/outcomes.h"
#include "sim/date.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const hw_key keys[] = {
    {.name = "of",
     .type = HW_KEY_TEXT,
     .optional = true,
     .offset = offsetof(hw_output_terms, of),
     .meaning = "Variable of the outcome; without it the one of the output's own name."},
    {.name = "at",
     .type = HW_KEY_YAML,
     .optional = true,
     .offset = offsetof(hw_output_terms, at),
     .meaning = "For each axis of the variable: a label of it (a year, a day in the month or period), first, "
                "last, sum, or all (which keeps the axis). Without it all of the variable is kept."},
};
const hw_section hw_output_section = {"output", "What a sweep keeps of each replication.",
                                      sizeof(hw_output_terms), keys, HW_LENGTH(keys)};

enum { KEEP = -1, ADD = -2 };

/* One output, while it is read: what happens along each axis of its variable. */
typedef struct selection {
    const char *name;
    const hw_variable *variable;
    int64_t along[HW_RECORD_MAX_RANK]; /* KEEP, ADD, or the index that is taken */
    const char *word[HW_RECORD_MAX_RANK];
} selection;

/* ---- Which elements ---- */

static bool is_day(const char *units) {
    return units != NULL && strstr(units, " since ") != NULL;
}

/* The span of time in which a date lies; KEEP when the text is none, or lies in no span. */
static int64_t index_of_date(const hw_axis *axis, const char *text) {
    int64_t start = 0, date = 0;
    if (!is_day(axis->units) || axis->bounds == NULL || !hw_date_parse(text, &date) ||
        !hw_date_parse(strstr(axis->units, " since ") + strlen(" since "), &start)) {
        return KEEP;
    }
    double day = (double)(date - start);
    for (uint32_t i = 0; i < axis->length; i++) {
        if (axis->bounds[2 * (size_t)i] <= day && day < axis->bounds[2 * (size_t)i + 1]) {
            return i;
        }
    }
    return KEEP;
}

static int64_t index_on_axis(const hw_axis *axis, const char *text) {
    char *end = NULL;
    double number = strtod(text, &end);
    for (uint32_t i = 0; i < axis->length; i++) {
        if (axis->labels != NULL ? strcmp(axis->labels[i], text) == 0
                                 : *end == '\0' && end != text && axis->values[i] == number) {
            return i;
        }
    }
    return axis->labels != NULL ? KEEP : index_of_date(axis, text);
}

static hw_status read_along(const hw_axis *axis, const hw_node *node, int64_t *along, hw_errors *errors) {
    const char *text = node->kind == HW_NODE_SCALAR ? node->text : "";
    *along = strcmp(text, "all") == 0                         ? KEEP
             : strcmp(text, "sum") == 0                       ? ADD
             : strcmp(text, "first") == 0 && axis->length > 0 ? 0
             : strcmp(text, "last") == 0 && axis->length > 0  ? (int64_t)axis->length - 1
                                                              : index_on_axis(axis, text);
    if (*along != KEEP || strcmp(text, "all") == 0) {
        return HW_OK;
    }
    hw_suggest(errors, node->where, text, axis->labels, axis->labels != NULL ? axis->length : 0,
               ": expected one of its values, or first, last, sum, all", "'%s' is not on the axis '%s'", text,
               axis->name);
    return HW_ERROR_INPUT;
}

static hw_status read_at(selection *chosen, const hw_record_layout *layout, const hw_node *at,
                         hw_errors *errors) {
    const hw_variable *variable = chosen->variable;
    if (at == NULL) {
        for (uint32_t d = 0; d < variable->rank; d++) {
            chosen->along[d] = KEEP;
        }
        return HW_OK;
    }
    uint32_t given = at->kind == HW_NODE_LIST ? at->child_count : 1;
    if (given != variable->rank) {
        char *axes = hw_take_text("%s", "");
        for (uint32_t d = 0; d < variable->rank; d++) {
            char *more = hw_take_text("%s%s%s", axes, d ? ", " : "", layout->axes[variable->axis[d]].name);
            free(axes);
            axes = more;
        }
        hw_errors_add(errors, at->where, "'at': expected one entry for each axis of %s (%s), found %u",
                      variable->name, axes, given);
        free(axes);
        return HW_ERROR_INPUT;
    }
    hw_status status = HW_OK;
    for (uint32_t d = 0; d < variable->rank; d++) {
        const hw_node *node = at->kind == HW_NODE_LIST ? at->children[d] : at;
        chosen->word[d] = node->text;
        if (read_along(&layout->axes[variable->axis[d]], node, &chosen->along[d], errors) != HW_OK) {
            status = HW_ERROR_INPUT;
        } else if (chosen->along[d] == ADD && is_day(variable->units)) {
            hw_errors_add(errors, node->where, "'sum': %s is a date, and dates cannot be added",
                          variable->name);
            status = HW_ERROR_INPUT;
        }
    }
    return status;
}

static hw_status find_variable(selection *chosen, const char *name, const hw_record_layout *layout,
                               hw_position where, hw_errors *errors) {
    chosen->variable = hw_record_find(layout, name);
    if (chosen->variable != NULL) {
        return HW_OK;
    }
    const char **names = hw_take(layout->variable_count, sizeof *names);
    for (uint32_t v = 0; v < layout->variable_count; v++) {
        names[v] = layout->variables[v].name;
    }
    hw_suggest(errors, where, name, names, layout->variable_count, "", "the outcome has no variable '%s'",
               name);
    free(names);
    return HW_ERROR_INPUT;
}

/* ---- From selections to values ---- */

static const char *own_text(hw_outputs *outputs, char *text) {
    outputs->texts = hw_take_again(outputs->texts, outputs->text_count + 1, sizeof *outputs->texts);
    outputs->texts[outputs->text_count++] = text;
    return text;
}

/* "victims since the start (month: last, victim: sum)" */
static const char *describe(hw_outputs *outputs, const selection *chosen, const hw_record_layout *layout) {
    const hw_variable *variable = chosen->variable;
    char *text = hw_take_text("%s", variable->long_name);
    bool open = false;
    for (uint32_t d = 0; d < variable->rank; d++) {
        const hw_axis *axis = &layout->axes[variable->axis[d]];
        if (chosen->along[d] == KEEP) {
            continue;
        }
        /* In the words of the file: "last" stays "last" where a point ends later. */
        char *more = hw_take_text("%s%s%s: %s", text, open ? ", " : " (", axis->name, chosen->word[d]);
        free(text);
        text = more;
        open = true;
    }
    if (open) {
        char *closed = hw_take_text("%s)", text);
        free(text);
        text = closed;
    }
    return own_text(outputs, text);
}

static void add_variable(hw_outputs *outputs, const selection *chosen, const hw_record_layout *layout) {
    hw_variable *variable = &outputs->variables[outputs->layout.variable_count++];
    *variable = (hw_variable){.name = chosen->name,
                              .long_name = describe(outputs, chosen, layout),
                              .units = chosen->variable->units,
                              .missing = chosen->variable->missing,
                              .type = HW_F64,
                              .cells = chosen->variable->cells};
    for (uint32_t d = 0; d < chosen->variable->rank; d++) {
        if (chosen->along[d] == KEEP) {
            variable->axis[variable->rank++] = chosen->variable->axis[d];
        }
    }
}

/* Walks all elements of the outcome's variable and notes where each one goes. */
static void add_steps(hw_outputs *outputs, const selection *chosen, const hw_record_layout *layout,
                      uint32_t first_target) {
    const hw_variable *variable = chosen->variable;
    size_t bytes = hw_number_bytes(variable->type);
    outputs->steps =
        hw_take_again(outputs->steps, outputs->step_count + variable->count + 1, sizeof *outputs->steps);
    for (size_t element = 0; element < variable->count; element++) {
        size_t rest = element, target = 0, weight = 1;
        bool taken = true;
        for (uint32_t d = variable->rank; d-- > 0;) {
            size_t length = layout->axes[variable->axis[d]].length;
            size_t place = rest % length;
            rest /= length;
            if (chosen->along[d] == KEEP) {
                target += place * weight;
                weight *= length;
            } else if (chosen->along[d] >= 0 && place != (size_t)chosen->along[d]) {
                taken = false;
            }
        }
        if (taken) {
            outputs->steps[outputs->step_count++] =
                (hw_output_step){.offset = variable->offset + element * bytes,
                                 .type = variable->type,
                                 .target = first_target + (uint32_t)target};
        }
    }
}

static void keep_used_axes(hw_outputs *outputs, const hw_record_layout *layout) {
    uint32_t *renumbered = hw_take(layout->axis_count, sizeof *renumbered);
    for (uint32_t a = 0; a < layout->axis_count; a++) {
        bool used = false;
        for (uint32_t v = 0; v < outputs->layout.variable_count; v++) {
            for (uint32_t d = 0; d < outputs->variables[v].rank; d++) {
                used = used || outputs->variables[v].axis[d] == a;
            }
        }
        if (used) {
            renumbered[a] = outputs->layout.axis_count;
            outputs->axes[outputs->layout.axis_count++] = layout->axes[a];
        }
    }
    for (uint32_t v = 0; v < outputs->layout.variable_count; v++) {
        for (uint32_t d = 0; d < outputs->variables[v].rank; d++) {
            outputs->variables[v].axis[d] = renumbered[outputs->variables[v].axis[d]];
        }
    }
    free(renumbered);
}

static char *description_of(const hw_outputs *outputs) {
    char *text = NULL;
    size_t size = 0;
    FILE *out = hw_take_stream(&text, &size);
    for (uint32_t v = 0; v < outputs->layout.variable_count; v++) {
        const hw_variable *variable = &outputs->variables[v];
        fprintf(out, "%s = %s [%s]", variable->name, variable->long_name, variable->units);
        for (uint32_t d = 0; d < variable->rank; d++) {
            fprintf(out, " x %s", outputs->axes[variable->axis[d]].name);
        }
        fputc('\n', out);
    }
    for (uint32_t a = 0; a < outputs->layout.axis_count; a++) {
        const hw_axis *axis = &outputs->axes[a];
        fprintf(out, "%s:", axis->name);
        for (uint32_t i = 0; i < axis->length; i++) {
            if (axis->labels != NULL) {
                fprintf(out, " %s;", axis->labels[i]);
            } else {
                fprintf(out, " %.17g;", axis->values[i]);
            }
        }
        fputc('\n', out);
    }
    hw_end_stream(out);
    return text;
}

static void build(hw_outputs *outputs, const selection *chosen, uint32_t count,
                  const hw_record_layout *layout) {
    outputs->axes = hw_take(layout->axis_count, sizeof *outputs->axes);
    outputs->variables = hw_take(count, sizeof *outputs->variables);
    uint32_t target = 0;
    for (uint32_t i = 0; i < count; i++) {
        add_variable(outputs, &chosen[i], layout);
        add_steps(outputs, &chosen[i], layout, target);
        uint32_t kept = 1;
        for (uint32_t d = 0; d < chosen[i].variable->rank; d++) {
            kept *= chosen[i].along[d] == KEEP ? layout->axes[chosen[i].variable->axis[d]].length : 1;
        }
        target += kept;
    }
    keep_used_axes(outputs, layout);
    outputs->layout.axes = outputs->axes;
    outputs->layout.variables = outputs->variables;
    hw_record_lay_out(&outputs->layout);
    outputs->description = description_of(outputs);
}

/* ---- Public ---- */

static hw_status read_one(selection *chosen, const hw_table *table, uint32_t i, const hw_node *tables_node,
                          const hw_record_layout *layout, hw_errors *errors) {
    const hw_output_terms *terms = &((const hw_output_terms *)table->items)[i];
    const hw_node *node = tables_node != NULL ? hw_node_child(tables_node, table->names[i]) : NULL;
    const hw_node *of = node != NULL ? hw_node_child(node, "of") : NULL;
    chosen->name = table->names[i];
    if (find_variable(chosen, terms->of != NULL ? terms->of : chosen->name, layout,
                      of != NULL     ? of->where
                      : node != NULL ? node->key_where
                                     : (hw_position){0},
                      errors) != HW_OK) {
        return HW_ERROR_INPUT;
    }
    return read_at(chosen, layout, node != NULL && terms->at != NULL ? hw_node_child(node, "at") : NULL,
                   errors);
}

hw_status hw_outputs_read(hw_outputs *outputs, const hw_table *table, const hw_node *node,
                          const hw_record_layout *layout, hw_errors *errors) {
    *outputs = (hw_outputs){0};
    uint32_t count = table != NULL ? table->count : layout->variable_count;
    selection *chosen = hw_take(count, sizeof *chosen);
    hw_status status = HW_OK;
    for (uint32_t i = 0; i < count; i++) {
        hw_status one = HW_OK;
        if (table != NULL) {
            one = read_one(&chosen[i], table, i, node, layout, errors);
        } else {
            chosen[i] = (selection){.name = layout->variables[i].name, .variable = &layout->variables[i]};
            one = read_at(&chosen[i], layout, NULL, errors);
        }
        status = one != HW_OK ? one : status;
    }
    if (status == HW_OK) {
        build(outputs, chosen, count, layout);
    }
    free(chosen);
    return status;
}

void hw_outputs_free(hw_outputs *outputs) {
    for (uint32_t i = 0; i < outputs->text_count; i++) {
        free(outputs->texts[i]);
    }
    free(outputs->texts);
    free(outputs->axes);
    free(outputs->variables);
    free(outputs->steps);
    free(outputs->description);
    *outputs = (hw_outputs){0};
}

void hw_outputs_measure(const hw_outputs *outputs, const unsigned char *outcome, double *values) {
    memset(values, 0, outputs->layout.bytes);
    for (size_t i = 0; i < outputs->step_count; i++) {
        const hw_output_step *step = &outputs->steps[i];
        values[step->target] += hw_number_read(outcome + step->offset, step->type);
    }
}
