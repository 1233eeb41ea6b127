/* What of a sweep's outputs is compared: of days restricted means, probabilities by dates and the share that
 * does not happen; of other numbers means. */
#include "analysis/base/memory.h"
#include "analysis/compare/sweep_parts.h"
#include <stdlib.h>
#include <string.h>

static bool is_day(const hw_variable *variable) {
    return strstr(variable->units, " since ") != NULL;
}

static const char *label_of(const hw_record_layout *layout, const hw_variable *variable) {
    return variable->rank == 1 ? layout->axes[variable->axis[0]].name : "of";
}

/* Adds a kind like `rest` of a variable: "difference_release_by", of the group "release, by a day". */
static void add_kind(hw_compare_kind *kinds, uint32_t *count, const hw_variable *variable, const char *end,
                     const char *group_end, char *title, hw_compare_kind rest) {
    rest.name = hw_take_text("difference_%s%s", variable->name, end);
    rest.group = hw_take_text("%s%s", variable->name, group_end);
    rest.title = title;
    rest.variable = variable->name;
    kinds[(*count)++] = rest;
}

static void add_day_kinds(hw_compare_kind *kinds, uint32_t *count, const hw_variable *variable,
                          const char *label, bool dated) {
    const char *name = variable->name;
    const hw_compare_kind days = {.label = label,
                                  .units = "days",
                                  .difference_units = "days",
                                  .scale = 1,
                                  .rows = hw_compare_rows_restricted};
    const hw_compare_kind shares = {.label = label,
                                    .units = "%",
                                    .difference_units = "points",
                                    .scale = 100,
                                    .decimals = 1,
                                    .share = true,
                                    .rows = hw_compare_rows_never};
    add_kind(kinds, count, variable, "", "",
             hw_take_text("%s: days from the start (what does not happen counts to the horizon)", name),
             days);
    if (dated) {
        hw_compare_kind by = shares;
        by.by = "by";
        by.by_units = "date";
        by.rows = hw_compare_rows_by;
        add_kind(kinds, count, variable, "_by", ", by a day",
                 hw_take_text("%s: probability that it has happened by the end of a day, percentage points "
                              "of difference",
                              name),
                 by);
    }
    add_kind(kinds, count, variable, "_never", ", never",
             hw_take_text("%s: share of futures in which it does not happen by the horizon, %%", name),
             shares);
}

/* "victims: victims since the start (month: last), persons", as far as a line goes. */
static char *number_title(const hw_variable *variable, const char *units) {
    enum { LINE = 110 };
    bool counted = strcmp(units, "1") != 0;
    const char *comma = counted ? ", " : "", *unit = counted ? units : "";
    char *title = hw_take_text("%s: %s%s%s", variable->name, variable->long_name, comma, unit);
    if (hw_text_width(title) > LINE) {
        free(title);
        title = hw_take_text("%s%s%s", variable->name, comma, unit);
    }
    return title;
}

static void add_number_kind(hw_compare_kind *kinds, uint32_t *count, const hw_variable *variable,
                            const char *label) {
    bool money = strcmp(variable->units, "USD") == 0;
    const char *units = money ? "million USD" : variable->units;
    const hw_compare_kind numbers = {.label = label,
                                     .units = units,
                                     .difference_units = units,
                                     .scale = money ? 1e-6 : 1,
                                     .decimals = 1,
                                     .rows = hw_compare_rows_numbers};
    add_kind(kinds, count, variable, "", "", number_title(variable, units), numbers);
}

/* Outputs are called as their designer likes, "x" and "x_never", too. */
static void name_differently(hw_compare_kind *kinds, uint32_t count) {
    for (uint32_t k = 1; k < count; k++) {
        for (uint32_t before = 0; before < k; before++) {
            if (strcmp(kinds[before].name, kinds[k].name) == 0) {
                char *longer = hw_take_text("%s_", kinds[k].name);
                free((char *)kinds[k].name);
                kinds[k].name = longer;
                before = UINT32_MAX; /* from the first again */
            }
        }
    }
}

hw_compare_kind *hw_sweep_kinds(const hw_sweep_field *field, uint32_t *count) {
    const hw_record_layout *layout = &field->base_sample->layout;
    hw_compare_kind *kinds = hw_take((size_t)layout->variable_count * 3, sizeof *kinds);
    *count = 0;
    for (uint32_t v = 0; v < layout->variable_count; v++) {
        const hw_variable *variable = &layout->variables[v];
        if (field->outcome != NULL && strcmp(field->outcome, variable->name) != 0) {
            continue;
        }
        if (is_day(variable)) {
            add_day_kinds(kinds, count, variable, label_of(layout, variable),
                          field->base_sample->by_count > 0 || !hw_sweep_field_is_apart(field));
        } else {
            add_number_kind(kinds, count, variable, label_of(layout, variable));
        }
    }
    name_differently(kinds, *count);
    return kinds;
}

void hw_sweep_kinds_free(hw_compare_kind *kinds, uint32_t count) {
    for (uint32_t k = 0; k < count; k++) {
        free((char *)kinds[k].name);
        free((char *)kinds[k].title);
        free((char *)kinds[k].group);
    }
    free(kinds);
}

double hw_sweep_kinds_rows(const hw_sweep_field *field, const hw_compare_kind *kinds, uint32_t count,
                           uint32_t by_count) {
    double rows = 0;
    for (uint32_t k = 0; k < count; k++) {
        const hw_variable *variable = hw_record_find(&field->base_sample->layout, kinds[k].variable);
        double elements = variable != NULL && field->element == NULL ? (double)variable->count : 1;
        rows += elements * (kinds[k].by != NULL ? by_count : 1);
    }
    return rows;
}
