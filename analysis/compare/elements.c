/* Rows for each element of a variable: of days restricted means, probabilities by dates and the share that
 * does not happen; of other numbers means. */
#include "analysis/base/memory.h"
#include "analysis/compare/parts.h"
#include "analysis/figures/apart.h"
#include <stdlib.h>
#include <string.h>

static const double none = (double)NAN;

/* ---- Elements ---- */

char *hw_compare_element(const hw_record_layout *layout, const hw_variable *variable, size_t element) {
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
                         const hw_comparison *all) {
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

/* The element of that name on the other side, most likely at the same place; SIZE_MAX when it is missing. */
static size_t find_element(const hw_compare_side *side, const char *label, size_t likely) {
    const hw_record_layout *layout = side->outcomes->layout;
    size_t count = side->variable->count, found = SIZE_MAX;
    for (size_t i = 0; i < count && found == SIZE_MAX; i++) {
        size_t element = (likely + i) % count;
        char *other = hw_compare_element(layout, side->variable, element);
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

/* Whether a day lies before the start in all worlds. */
static bool is_fact(const hw_compare_job *job, const hw_compare_side *side, size_t element) {
    if (job->all->apart) {
        const double *summary = hw_compare_summary(side, element);
        return summary[HW_SUMMARY_MEAN] < 0 && summary[HW_SUMMARY_SD] <= 0;
    }
    bool before = job->count > 0;
    for (uint64_t r = 0; r < job->count && before; r++) {
        before = hw_compare_value(side, r, element) < 0; /* NaN: no */
    }
    return before;
}

bool hw_compare_are_facts(const hw_compare_job *job, size_t base, size_t changed) {
    return is_fact(job, &job->base, base) && is_fact(job, &job->changed, changed);
}

static void for_each_element(hw_compare_job *job, pair_rows add) {
    const char *asked = job->all->element;
    const hw_record_layout *layout = job->base.outcomes->layout;
    bool same = job->changed.outcomes->layout == layout;
    for (size_t e = 0; e < job->base.variable->count; e++) {
        if (is_elsewhere(layout, job->base.variable, e, job->all)) {
            continue;
        }
        char *label = hw_compare_element(layout, job->base.variable, e);
        bool wanted = asked == NULL || strcmp(asked, label) == 0;
        size_t other = !wanted ? SIZE_MAX : same ? e : find_element(&job->changed, label, e);
        bool named = asked != NULL || job->all->place != NULL;
        if (other != SIZE_MAX && (named || !job->days || !hw_compare_are_facts(job, e, other))) {
            add(&(element_pair){.job = job, .label = label, .base = e, .changed = other});
        }
        free(label);
    }
}

/* ---- Days ---- */

typedef double (*day_view)(double day, const hw_outcomes *outcomes, int64_t by);

/* What has not happened by the horizon counts up to its end. Restricted mean time (Royston and Parmar 2013,
 * BMC Medical Research Methodology 13): the only mean that a censored sample has. */
double hw_compare_restricted(double day, const hw_outcomes *outcomes, int64_t unused) {
    (void)unused;
    double end = (double)(outcomes->horizon - outcomes->start) + 1;
    return isnan(day) ? end : fmin(day, end);
}

double hw_compare_happened(double day, const hw_outcomes *outcomes, int64_t by) {
    return floor(day) <= (double)(by - outcomes->start); /* NaN: no */
}

/* 1 when it has not happened by the horizon, else 0. */
static double never(double day, const hw_outcomes *outcomes, int64_t by) {
    (void)outcomes, (void)by;
    return isnan(day);
}

static void take_days(const hw_compare_job *job, const hw_compare_side *side, size_t element, day_view view,
                      int64_t by, double *sample) {
    for (uint64_t r = 0; r < job->count; r++) {
        sample[r] = view(hw_compare_value(side, r, element), side->outcomes, by);
    }
}

static void add_days(const element_pair *pair, day_view view, int64_t day, double by) {
    hw_compare_job *job = pair->job;
    take_days(job, &job->base, pair->base, view, day, job->x);
    take_days(job, &job->changed, pair->changed, view, day, job->y);
    hw_compare_add(job, pair->label, by);
}

/* ---- From summaries ---- */

/* A mean of as many worlds as have the number. A day always counts, if only to the horizon.
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
    hw_compare_add_result(job, pair->label, none, &apart);
}

static void add_apart_shares(const element_pair *pair, double base_share, double changed_share, double by) {
    hw_compare_job *job = pair->job;
    const hw_apart_share base = {job->base.outcomes->count, base_share},
                         changed = {job->changed.outcomes->count, changed_share};
    hw_paired apart = hw_apart_shares(&base, &changed);
    hw_compare_add_result(job, pair->label, by, &apart);
}

/* ---- Of one element ---- */

static void row_restricted(const element_pair *pair) {
    hw_compare_job *job = pair->job;
    hw_compare_note_censored(job, pair->label, hw_compare_censored(job, &job->base, pair->base),
                             hw_compare_censored(job, &job->changed, pair->changed));
    if (pair->job->all->apart) {
        add_apart_means(pair, true);
    } else {
        add_days(pair, hw_compare_restricted, 0, none);
    }
}

static void row_never(const element_pair *pair) {
    const hw_compare_job *job = pair->job;
    if (job->all->apart) {
        add_apart_shares(pair, hw_compare_summary(&job->base, pair->base)[HW_SUMMARY_MISSING],
                         hw_compare_summary(&job->changed, pair->changed)[HW_SUMMARY_MISSING], none);
    } else {
        add_days(pair, never, 0, none);
    }
}

/* The kept probability by a date; NaN when it was not kept. */
static double share_by(const hw_compare_side *side, size_t element, int64_t by) {
    for (uint32_t d = 0; d < side->outcomes->summary_by_count; d++) {
        if (side->outcomes->summary_by[d] == by) {
            return hw_compare_summary(side, element)[HW_SUMMARY_BY + d];
        }
    }
    return none;
}

static void rows_by(const element_pair *pair) {
    const hw_compare_job *job = pair->job;
    uint32_t dates;
    const int64_t *all = hw_compare_dates(job, &dates);
    for (uint32_t d = 0; d < dates; d++) {
        int64_t by = all[d];
        if (!job->all->apart) {
            add_days(pair, hw_compare_happened, by, (double)by);
        } else {
            add_apart_shares(pair, share_by(&job->base, pair->base, by),
                             share_by(&job->changed, pair->changed, by), (double)by);
        }
    }
}

/* Only worlds where both have a value: NaN means absent here, not censored. */
static void row_number(const element_pair *pair) {
    hw_compare_job *job = pair->job;
    if (job->all->apart) {
        add_apart_means(pair, false);
        return;
    }
    size_t worlds = 0;
    double *weights = job->weights != NULL ? hw_take(job->count, sizeof *weights) : NULL;
    for (uint64_t r = 0; r < job->count; r++) {
        double x = hw_compare_value(&job->base, r, pair->base);
        double y = hw_compare_value(&job->changed, r, pair->changed);
        if (isnan(x) || isnan(y)) {
            continue;
        }
        if (weights != NULL) {
            weights[worlds] = job->weights[r];
        }
        job->x[worlds] = x * job->what->scale;
        job->y[worlds++] = y * job->what->scale;
    }
    hw_paired paired = hw_weighed_means(job->x, job->y, weights, worlds);
    hw_compare_add_result(job, pair->label, none, &paired)->trimmed =
        hw_weighed_trimmed_difference(job->x, job->y, weights, worlds);
    free(weights);
}

/* ---- Of all ---- */

static void for_each_day(hw_compare_job *job, pair_rows add) {
    job->days = true;
    for_each_element(job, add);
    job->days = false;
}

void hw_compare_rows_restricted(hw_compare_job *job) {
    for_each_day(job, row_restricted);
}

void hw_compare_rows_by(hw_compare_job *job) {
    for_each_day(job, rows_by);
}

void hw_compare_rows_never(hw_compare_job *job) {
    for_each_day(job, row_never);
}

void hw_compare_rows_numbers(hw_compare_job *job) {
    for_each_element(job, row_number);
}
