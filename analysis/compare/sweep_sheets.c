/* What of a sweep's outputs is compared: of days restricted means, probabilities by dates and the share that
 * does not happen; of other numbers means. */
#include "analysis/base/memory.h"
#include "analysis/compare/sweep_parts.h"
#include "analysis/figures/apart.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- Elements ---- */

char *hw_sweep_element(const hw_record_layout *layout, const hw_variable *variable, size_t element) {
    if (variable->rank == 0) {
        return hw_take_text("%s", variable->name);
    }
    char *label = hw_take_text("%s", "");
    size_t rest = variable->count;
    for (uint32_t d = 0; d < variable->rank; d++) {
        const hw_axis *axis = &layout->axes[variable->axis[d]];
        rest /= axis->length;
        size_t place = element / rest % axis->length;
        char *own = hw_axis_label(axis, place);
        char *longer = hw_take_text("%s%s%s", label, d ? ", " : "", own);
        free(own);
        free(label);
        label = longer;
    }
    return label;
}

/* Whether an element is about another place or district than the one wanted. */
static bool is_elsewhere(const hw_record_layout *layout, const hw_variable *variable, size_t element,
                         const hw_compare *all) {
    size_t rest = variable->count;
    for (uint32_t d = 0; all->place != NULL && d < variable->rank; d++) {
        const hw_axis *axis = &layout->axes[variable->axis[d]];
        rest /= axis->length;
        bool named = strcmp(axis->name, "place") == 0 || strcmp(axis->name, "district") == 0;
        if (named && axis->labels != NULL &&
            !hw_compare_wants(all, axis->name, axis->labels[element / rest % axis->length])) {
            return true;
        }
    }
    return false;
}

/* The element of that name on the other side, most likely at the same place; SIZE_MAX when there is none. */
static size_t find_element(const hw_compare_side *side, const char *label, size_t likely) {
    const hw_record_layout *layout = side->outcomes->layout;
    size_t count = side->variable->count, found = SIZE_MAX;
    for (size_t i = 0; i < count && found == SIZE_MAX; i++) {
        size_t element = (likely + i) % count;
        char *other = hw_sweep_element(layout, side->variable, element);
        /* A single number is the same whatever the output is called. */
        found = side->variable->rank == 0 || strcmp(other, label) == 0 ? element : SIZE_MAX;
        free(other);
    }
    return found;
}

/* ---- Rows ---- */

/* An element on both sides. */
typedef struct element_pair {
    hw_compare_job *job;
    const char *label;
    size_t base, changed;
} element_pair;

typedef void (*pair_rows)(const element_pair *pair);

static void for_each_element(hw_compare_job *job, pair_rows add) {
    const hw_sweep_field *field = job->all->plan->context;
    const hw_record_layout *layout = job->base.outcomes->layout;
    bool same = job->changed.outcomes->layout == layout;
    for (size_t e = 0; e < job->base.variable->count; e++) {
        if (is_elsewhere(layout, job->base.variable, e, job->all)) {
            continue;
        }
        char *label = hw_sweep_element(layout, job->base.variable, e);
        bool wanted = field->element == NULL || strcmp(field->element, label) == 0;
        size_t other = !wanted ? SIZE_MAX : same ? e : find_element(&job->changed, label, e);
        if (other != SIZE_MAX) {
            add(&(element_pair){.job = job, .label = label, .base = e, .changed = other});
        }
        free(label);
    }
}

typedef double (*day_view)(double day, const hw_outcomes *outcomes, int64_t by);

static void take_days(const hw_compare_job *job, const hw_compare_side *side, size_t element, day_view view,
                      int64_t by, double *sample) {
    for (uint64_t r = 0; r < job->count; r++) {
        sample[r] = view(hw_compare_value(side, r, element), side->outcomes, by);
    }
}

static void add_days(const element_pair *pair, day_view view, int64_t by, const hw_cell *cell) {
    hw_compare_job *job = pair->job;
    take_days(job, &job->base, pair->base, view, by, job->x);
    take_days(job, &job->changed, pair->changed, view, by, job->y);
    hw_compare_add(job, pair->label, cell);
}

/* From summaries: a mean of as many worlds as have the number. A day always counts, if only to the horizon.
 */
static hw_apart_mean mean_of(const hw_compare_side *side, size_t element, bool day, double scale) {
    const double *summary = hw_compare_summary(side, element);
    double share = isnan(summary[HW_SUMMARY_MISSING]) ? 0 : fmin(fmax(summary[HW_SUMMARY_MISSING], 0), 1);
    size_t worlds = side->outcomes->count;
    size_t missing = (size_t)llround((double)worlds * share);
    return (hw_apart_mean){.worlds = day ? worlds : worlds - missing,
                           .censored = day ? missing : 0,
                           .mean = summary[HW_SUMMARY_MEAN] * scale,
                           .sd = summary[HW_SUMMARY_SD] * scale};
}

static void add_apart_means(const element_pair *pair, bool day) {
    hw_compare_job *job = pair->job;
    hw_apart_mean base = mean_of(&job->base, pair->base, day, job->what->scale);
    hw_apart_mean changed = mean_of(&job->changed, pair->changed, day, job->what->scale);
    hw_paired apart = hw_apart_means(&base, &changed);
    hw_compare_add_result(job, pair->label, NULL, &apart);
}

static void add_apart_shares(const element_pair *pair, double base_share, double changed_share,
                             const hw_cell *cell) {
    hw_compare_job *job = pair->job;
    const hw_apart_share base = {job->base.outcomes->count, base_share},
                         changed = {job->changed.outcomes->count, changed_share};
    hw_paired apart = hw_apart_shares(&base, &changed);
    hw_compare_add_result(job, pair->label, cell, &apart);
}

static void row_restricted(const element_pair *pair) {
    hw_compare_job *job = pair->job;
    hw_compare_note_censored(job, pair->label, hw_compare_censored(job, &job->base, pair->base),
                             hw_compare_censored(job, &job->changed, pair->changed));
    if (pair->job->all->apart) {
        add_apart_means(pair, true);
    } else {
        add_days(pair, hw_compare_restricted, 0, NULL);
    }
}

static void row_never(const element_pair *pair) {
    const hw_compare_job *job = pair->job;
    if (job->all->apart) {
        add_apart_shares(pair, hw_compare_summary(&job->base, pair->base)[HW_SUMMARY_MISSING],
                         hw_compare_summary(&job->changed, pair->changed)[HW_SUMMARY_MISSING], NULL);
    } else {
        add_days(pair, hw_compare_never, 0, NULL);
    }
}

/* The kept probability by a date; NaN when it was not kept. */
static double share_by(const hw_compare_side *side, size_t element, int64_t by) {
    for (uint32_t d = 0; d < side->outcomes->summary_by_count; d++) {
        if (side->outcomes->summary_by[d] == by) {
            return hw_compare_summary(side, element)[HW_SUMMARY_BY + d];
        }
    }
    return (double)NAN;
}

static void rows_by(const element_pair *pair) {
    const hw_compare_job *job = pair->job;
    for (uint32_t d = 0; d < job->all->by_count; d++) {
        int64_t by = job->all->by[d];
        const hw_cell cell = {.kind = HW_CELL_DATE, .number = (double)by};
        if (!job->all->apart) {
            add_days(pair, hw_compare_happened, by, &cell);
        } else {
            add_apart_shares(pair, share_by(&job->base, pair->base, by),
                             share_by(&job->changed, pair->changed, by), &cell);
        }
    }
}

/* In the worlds in which both have the number: where it is missing it is no censored day, there is none. */
static void row_number(const element_pair *pair) {
    hw_compare_job *job = pair->job;
    if (job->all->apart) {
        add_apart_means(pair, false);
        return;
    }
    size_t worlds = 0;
    for (uint64_t r = 0; r < job->count; r++) {
        double x = hw_compare_value(&job->base, r, pair->base);
        double y = hw_compare_value(&job->changed, r, pair->changed);
        if (isnan(x) || isnan(y)) {
            continue;
        }
        job->x[worlds] = x * job->what->scale;
        job->y[worlds++] = y * job->what->scale;
    }
    hw_paired paired = hw_paired_means(job->x, job->y, worlds);
    hw_compare_add_result(job, pair->label, NULL, &paired);
}

static void all_restricted(hw_compare_job *job) {
    for_each_element(job, row_restricted);
}

static void all_by(hw_compare_job *job) {
    for_each_element(job, rows_by);
}

static void all_never(hw_compare_job *job) {
    for_each_element(job, row_never);
}

static void all_numbers(hw_compare_job *job) {
    for_each_element(job, row_number);
}

/* ---- Kinds ---- */

static bool is_day(const hw_variable *variable) {
    return strstr(variable->units, " since ") != NULL;
}

static const char *label_of(const hw_record_layout *layout, const hw_variable *variable) {
    return variable->rank == 1 ? layout->axes[variable->axis[0]].name : "of";
}

static void add_day_kinds(hw_compare_sheet *kinds, uint32_t *count, const hw_variable *variable,
                          const char *label, bool dated) {
    const char *name = variable->name;
    kinds[(*count)++] = (hw_compare_sheet){
        .name = hw_take_text("difference_%s", name),
        .title = hw_take_text("%s: days from the start (what does not happen counts to the horizon)", name),
        .group = hw_take_text("%s", name),
        .variable = name,
        .label = label,
        .units = "days",
        .difference_units = "days",
        .scale = 1,
        .rows = all_restricted};
    if (dated) {
        kinds[(*count)++] = (hw_compare_sheet){
            .name = hw_take_text("difference_%s_by", name),
            .title =
                hw_take_text("%s: probability that it has happened by the end of a day, percentage points "
                             "of difference",
                             name),
            .group = hw_take_text("%s, by a day", name),
            .variable = name,
            .label = label,
            .by = "by",
            .by_units = "date",
            .units = "%",
            .difference_units = "points",
            .scale = 100,
            .decimals = 1,
            .share = true,
            .rows = all_by};
    }
    kinds[(*count)++] = (hw_compare_sheet){
        .name = hw_take_text("difference_%s_never", name),
        .title = hw_take_text("%s: share of futures in which it does not happen by the horizon, %%", name),
        .group = hw_take_text("%s, never", name),
        .variable = name,
        .label = label,
        .units = "%",
        .difference_units = "points",
        .scale = 100,
        .decimals = 1,
        .share = true,
        .rows = all_never};
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

static void add_number_kind(hw_compare_sheet *kinds, uint32_t *count, const hw_variable *variable,
                            const char *label) {
    bool money = strcmp(variable->units, "USD") == 0;
    const char *units = money ? "million USD" : variable->units;
    kinds[(*count)++] = (hw_compare_sheet){.name = hw_take_text("difference_%s", variable->name),
                                           .title = number_title(variable, units),
                                           .group = hw_take_text("%s", variable->name),
                                           .variable = variable->name,
                                           .label = label,
                                           .units = units,
                                           .difference_units = units,
                                           .scale = money ? 1e-6 : 1,
                                           .decimals = 1,
                                           .rows = all_numbers};
}

/* Outputs are called as their designer likes, "x" and "x_never", too. */
static void name_differently(hw_compare_sheet *kinds, uint32_t count) {
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

hw_compare_sheet *hw_sweep_kinds(const hw_sweep_field *field, uint32_t *count) {
    const hw_record_layout *layout = &field->base_sample->layout;
    hw_compare_sheet *kinds = hw_take((size_t)layout->variable_count * 3, sizeof *kinds);
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

void hw_sweep_kinds_free(hw_compare_sheet *kinds, uint32_t count) {
    for (uint32_t k = 0; k < count; k++) {
        free((char *)kinds[k].name);
        free((char *)kinds[k].title);
        free((char *)kinds[k].group);
    }
    free(kinds);
}

double hw_sweep_kinds_rows(const hw_sweep_field *field, const hw_compare_sheet *kinds, uint32_t count,
                           uint32_t by_count) {
    double rows = 0;
    for (uint32_t k = 0; k < count; k++) {
        const hw_variable *variable = hw_record_find(&field->base_sample->layout, kinds[k].variable);
        double elements = variable != NULL && field->element == NULL ? (double)variable->count : 1;
        rows += elements * (kinds[k].by != NULL ? by_count : 1);
    }
    return rows;
}
