/* The question to the points of a sweep, and their comparison. */
#include "analysis/compare/sweep.h"
#include "analysis/base/memory.h"
#include "analysis/compare/sweep_parts.h"
#include "analysis/results/question.h"
#include "sim/date.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- The question ---- */

static hw_status refuse_outcome(const hw_sweep_sample *sample, const char *name, hw_errors *errors) {
    const hw_record_layout *layout = &sample->layout;
    const char **names = hw_take(layout->variable_count, sizeof *names);
    for (uint32_t v = 0; v < layout->variable_count; v++) {
        names[v] = layout->variables[v].name;
    }
    hw_suggest(errors, (hw_position){0}, name, names, layout->variable_count, "; homeward summary lists them",
               "the sweep has no outcome '%s'", name);
    free(names);
    return HW_ERROR_INPUT;
}

static hw_status refuse_element(const hw_record_layout *layout, const hw_variable *variable,
                                const char *element, hw_errors *errors) {
    const char **names = hw_take(variable->count, sizeof *names);
    bool found = false;
    for (size_t e = 0; e < variable->count; e++) {
        names[e] = hw_compare_element(layout, variable, e);
        found = found || strcmp(names[e], element) == 0;
    }
    if (!found) {
        hw_suggest(errors, (hw_position){0}, element, names, variable->count, "",
                   "the outcome %s has no '%s'", variable->name, element);
    }
    for (size_t e = 0; e < variable->count; e++) {
        free((char *)names[e]);
    }
    free(names);
    return found ? HW_OK : HW_ERROR_INPUT;
}

/* "release", or "release: Aghali". */
static hw_status choose_outcome(hw_sweep_field *field, const char *text, hw_errors *errors) {
    if (text == NULL) {
        return HW_OK;
    }
    const hw_sweep_sample *sample = field->base_sample;
    const char *colon = strstr(text, ": ");
    field->outcome = hw_take_text("%.*s", colon != NULL ? (int)(colon - text) : (int)strlen(text), text);
    const hw_variable *variable = hw_record_find(&sample->layout, field->outcome);
    if (variable == NULL || hw_record_find(&field->sample->layout, field->outcome) == NULL) {
        return refuse_outcome(sample, field->outcome, errors);
    }
    if (colon == NULL) {
        return HW_OK;
    }
    field->element = hw_take_text("%s", colon + 2);
    return refuse_element(&sample->layout, variable, field->element, errors);
}

static bool keeps_date(const hw_sweep_sample *sample, int64_t by) {
    for (uint32_t d = 0; d < sample->by_count; d++) {
        if (sample->by[d] == by) {
            return true;
        }
    }
    return false;
}

static hw_status check_kept_by(const hw_sweep_sample *sample, const hw_compare_sweep_wish *wish,
                               hw_errors *errors) {
    hw_status status = HW_OK;
    for (uint32_t i = 0; i < wish->what.by_count; i++) {
        char date[16];
        if (keeps_date(sample, wish->what.by[i])) {
            continue;
        }
        hw_errors_say(errors,
                      "%s did not keep probabilities by %s; 'by' in a design asks for them, 'keep: outcomes' "
                      "keeps them for all dates",
                      sample->path, hw_date_print(wish->what.by[i], date));
        status = HW_ERROR_INPUT;
    }
    return status;
}

/* From summaries only those dates can be compared whose probabilities both sides kept. */
static hw_status check_kept_dates(const hw_sweep_field *field, const hw_compare_sweep_wish *wish,
                                  hw_errors *errors) {
    hw_status status = check_kept_by(field->base_sample, wish, errors);
    if (field->sample != field->base_sample && check_kept_by(field->sample, wish, errors) != HW_OK) {
        status = HW_ERROR_INPUT;
    }
    return status;
}

static hw_status check_size(const hw_sweep_field *field, const hw_compare_kind *kinds, uint32_t kind_count,
                            uint32_t by_count, hw_errors *errors) {
    double rows = hw_sweep_kinds_rows(field, kinds, kind_count, by_count) * field->count;
    if (rows <= HW_COMPARE_SWEEP_ROWS_MOST) {
        return HW_OK;
    }
    char *count = hw_thousands(rows, 0), *most = hw_thousands(HW_COMPARE_SWEEP_ROWS_MOST, 0);
    hw_errors_say(errors,
                  "these would be %s differences, more than %s; choose by --outcome 'NAME: ELEMENT' or by "
                  "--point",
                  count, most);
    free(count);
    free(most);
    return HW_ERROR_INPUT;
}

static int ascending(const void *left, const void *right) {
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return (a > b) - (a < b);
}

/* The dates to compare by; the caller frees them. */
static int64_t *choose_dates(const hw_sweep_field *field, const hw_compare_sweep_wish *wish,
                             uint32_t *count) {
    if (!hw_sweep_field_is_apart(field)) {
        return hw_question_dates(&field->base_outcomes[0], wish->what.by, wish->what.by_count, count);
    }
    const hw_sweep_sample *sample = field->base_sample;
    int64_t *dates = hw_take(sample->by_count, sizeof *dates);
    *count = 0;
    for (uint32_t d = 0; d < sample->by_count; d++) {
        if (keeps_date(field->sample, sample->by[d])) {
            dates[(*count)++] = sample->by[d];
        }
    }
    qsort(dates, *count, sizeof *dates, ascending);
    return dates;
}

static hw_status compare_kinds(hw_sweep_comparison *c, const hw_compare_sweep_wish *wish,
                               const hw_compare_kind *kinds, uint32_t kind_count, hw_errors *errors) {
    const hw_sweep_field *field = &c->field;
    uint32_t by_count;
    int64_t *by = choose_dates(field, wish, &by_count);
    hw_compare_wish question = wish->what;
    question.element = field->element;
    if (hw_sweep_field_is_apart(field)) {
        question.by = by;
        question.by_count = by_count;
        question.only_by = true;
    }
    hw_status status = check_size(field, kinds, kind_count, by_count, errors);
    if (status == HW_OK) {
        status = hw_compare_by_kinds(&c->all, &field->bases[0], field->variants, field->count, &question,
                                     kinds, kind_count, errors);
    }
    free(by);
    return status;
}

/* Where all of the outcome was kept the tables are those of homeward compare. */
static hw_status compare_field(hw_sweep_comparison *c, const hw_compare_sweep_wish *wish, hw_errors *errors) {
    hw_sweep_field *field = &c->field;
    hw_status status = choose_outcome(field, wish->outcome, errors);
    if (status == HW_OK && hw_sweep_field_is_apart(field)) {
        status = check_kept_dates(field, wish, errors);
    }
    if (status == HW_OK) {
        status =
            hw_question_check_dates(&field->base_outcomes[0], wish->what.by, wish->what.by_count, errors);
    }
    if (status != HW_OK) {
        return status;
    }
    if (field->sample->whole && field->base_sample->whole && field->outcome == NULL) {
        return compare_kinds(c, wish, hw_compare_kinds, HW_KINDS, errors);
    }
    c->kinds = hw_sweep_kinds(field, &c->kind_count);
    return compare_kinds(c, wish, c->kinds, c->kind_count, errors);
}

/* Complains once about the two, not for each pair of points. */
static hw_status check_sweeps(const hw_sweep_sample *base, const hw_sweep_sample *sample, hw_errors *errors) {
    const hw_worlds one = {.name = base->path,
                           .model = base->about->model,
                           .seed = base->about->seed,
                           .replications = base->about->replications,
                           .start = base->spans[0].start,
                           .horizon = base->spans[0].horizon,
                           .rows = base->spans[0].rows},
                    other = {.name = sample->path,
                             .model = sample->about->model,
                             .seed = sample->about->seed,
                             .replications = sample->about->replications,
                             .start = sample->spans[0].start,
                             .horizon = sample->spans[0].horizon,
                             .rows = sample->spans[0].rows};
    hw_differences differences;
    hw_status status = hw_worlds_check(&one, &other, &differences, errors);
    hw_differences_free(&differences);
    return status;
}

/* ---- Public ---- */

hw_sweep_comparison *hw_compare_sweeps(hw_sweep_sample *base, hw_sweep_sample *sample,
                                       const hw_compare_sweep_wish *wish, hw_status *status,
                                       hw_errors *errors) {
    hw_sweep_comparison *c = hw_take(1, sizeof *c);
    c->field = (hw_sweep_field){.sample = sample, .base_sample = base != NULL ? base : sample};
    *status = base != NULL ? check_sweeps(base, sample, errors) : HW_OK;
    if (*status == HW_OK) {
        *status = (base != NULL ? hw_sweep_field_from_two : hw_sweep_field_from_one)(&c->field, wish, errors);
    }
    if (*status == HW_OK) {
        *status = compare_field(c, wish, errors);
    }
    if (*status != HW_OK) {
        hw_sweep_comparison_free(c);
        return NULL;
    }
    hw_sweep_rank(c);
    hw_sweep_find(c);
    return c;
}

void hw_sweep_comparison_free(hw_sweep_comparison *c) {
    hw_sweep_ranking *ranking = &c->ranking;
    for (uint32_t i = 0; i < ranking->count; i++) {
        free(ranking->criteria[i].title);
    }
    free(ranking->order);
    free(ranking->found);
    hw_comparison_free(&c->all);
    hw_sweep_kinds_free(c->kinds, c->kind_count);
    hw_sweep_field_free(&c->field);
    free(c);
}
