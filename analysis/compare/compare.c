/* Variants against a base on shared worlds: checks the question, reads, works out the rows. */
#include "analysis/compare/compare.h"
#include "analysis/base/memory.h"
#include "analysis/compare/parts.h"
#include "analysis/results/question.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- Before: worlds, dates, place ---- */

static hw_status check_worlds(hw_comparison *all, hw_errors *errors) {
    hw_status worst = HW_OK;
    for (uint32_t v = 0; v < all->variant_count; v++) {
        const hw_contender *own = hw_compare_base_of(all, v);
        hw_worlds base = hw_worlds_of(own->outcomes, own->name);
        hw_worlds variant = hw_worlds_of(all->variants[v].outcomes, all->variants[v].name);
        hw_status status = hw_worlds_check(&base, &variant, &all->differences[v], errors);
        worst = status > worst ? status : worst;
    }
    return worst;
}

/* A world's answer is the mean of its copies: none may be missing. */
static hw_status check_copies(const hw_contender *one, hw_errors *errors) {
    for (uint32_t c = 0; c < one->copy_count; c++) {
        const hw_outcomes *copy = one->copies[c], *first = one->outcomes;
        bool same = copy->count == first->count && copy->keys != NULL && first->keys != NULL &&
                    memcmp(copy->keys, first->keys, first->count * sizeof *first->keys) == 0;
        if (!same) {
            hw_errors_say(errors,
                          "%s and its copies with hardly more money do not have the same good replications: "
                          "a world's answer cannot be the mean of them",
                          one->name);
            return HW_ERROR_LAW;
        }
    }
    return HW_OK;
}

static hw_status pair_worlds(hw_comparison *all, hw_errors *errors) {
    hw_status status = HW_OK;
    for (uint32_t v = 0; v < all->variant_count; v++) {
        const hw_contender *base = hw_compare_base_of(all, v);
        all->pairs[v] = hw_pairs_find(base->outcomes, all->variants[v].outcomes);
        all->apart = all->apart || base->outcomes->read == NULL || all->variants[v].outcomes->read == NULL;
        if (all->pairs[v].count >= 2) {
            status = status == HW_OK ? check_copies(base, errors) : status;
            status = status == HW_OK ? check_copies(&all->variants[v], errors) : status;
            continue;
        }
        hw_errors_say(errors,
                      "%s and %s have %" PRIu64 " good replications in common (%" PRIu64 " failed, %" PRIu64
                      " are missing): a comparison needs two or more",
                      base->name, all->variants[v].name, all->pairs[v].count, all->pairs[v].failed,
                      all->pairs[v].missing);
        status = HW_ERROR_LAW;
    }
    return status;
}

static hw_status check_question(hw_comparison *all, const hw_compare_wish *wish, hw_errors *errors) {
    uint32_t place, district;
    const hw_outcomes *outcomes = all->base->outcomes;
    hw_status status = hw_question_check_dates(outcomes, wish->by, wish->by_count, errors);
    if (wish->place != NULL && hw_question_place(outcomes, wish->place, &place, &district, errors) != HW_OK) {
        status = HW_ERROR_INPUT;
    }
    if (status != HW_OK) {
        return status;
    }
    if (wish->place != NULL) {
        all->place = hw_question_name(wish->place).name;
        all->place_axis = place != UINT32_MAX ? "place" : "district";
    }
    all->by = hw_question_dates(outcomes, wish->by, wish->by_count, &all->by_count);
    if (wish->only_by && wish->by_count > 0) {
        memcpy(all->by, wish->by, wish->by_count * sizeof *all->by);
        all->by_count = wish->by_count;
    }
    all->element = wish->element;
    all->main_by = all->by_count / 2;
    for (uint32_t d = 0; d < all->by_count && wish->by_count > 0; d++) {
        if (all->by[d] == wish->by[0]) {
            all->main_by = d;
        }
    }
    return HW_OK;
}

bool hw_compare_wants(const hw_comparison *all, const char *axis, const char *name) {
    return all->place == NULL || (strcmp(all->place_axis, axis) == 0 && strcmp(all->place, name) == 0);
}

/* ---- Rows ---- */

hw_compare_row *hw_compare_add_result(hw_compare_job *job, const char *label, double by,
                                      const hw_paired *paired) {
    hw_comparison *all = job->all;
    if (all->count == all->room) {
        all->room = all->room ? 2 * all->room : 64;
        all->rows = hw_take_again(all->rows, all->room, sizeof *all->rows);
    }
    all->rows[all->count] = (hw_compare_row){.kind = job->kind,
                                             .variant = job->variant,
                                             .label = hw_take_text("%s", label),
                                             .by = by,
                                             .found = *paired,
                                             .trimmed = hw_trimmed_unknown(),
                                             .floor = (double)NAN,
                                             .trimmed_floor = (double)NAN,
                                             .steady = (double)NAN};
    return &all->rows[all->count++];
}

hw_compare_row *hw_compare_add_plain(hw_compare_job *job, const char *label, double by) {
    hw_paired paired =
        (job->what->share ? hw_weighed_shares : hw_weighed_means)(job->x, job->y, job->weights, job->count);
    hw_compare_row *row = hw_compare_add_result(job, label, by, &paired);
    if (!job->what->share) {
        row->trimmed = hw_weighed_trimmed_difference(job->x, job->y, job->weights, job->count);
    }
    return row;
}

hw_compare_row *hw_compare_add(hw_compare_job *job, const char *label, double by) {
    return job->steady != NULL ? hw_steady_add(job, label, by) : hw_compare_add_plain(job, label, by);
}

static bool is_there(const hw_comparison *all, const hw_compare_kind *what) {
    bool found = true;
    for (uint32_t v = 0; v < all->variant_count; v++) {
        found = found &&
                hw_record_find(hw_compare_base_of(all, v)->outcomes->layout, what->variable) != NULL &&
                hw_record_find(all->variants[v].outcomes->layout, what->variable) != NULL;
    }
    return found;
}

/* Of a scenario, and where they were read from. */
typedef struct read_values {
    const hw_outcomes *outcomes;
    double *values;
} read_values;

static hw_status open_side(const hw_compare_job *job, hw_compare_side *side, const hw_outcomes *outcomes,
                           const uint64_t *at, read_values *read, hw_errors *errors) {
    const char *variable = job->what->variable;
    if (read->values == NULL || read->outcomes != outcomes) {
        free(read->values);
        *read = (read_values){.outcomes = outcomes,
                              .values = (job->all->apart ? outcomes->summarise : outcomes->read)(
                                  outcomes->source, variable, errors)};
    }
    *side = (hw_compare_side){.outcomes = outcomes,
                              .variable = hw_record_find(outcomes->layout, variable),
                              .values = read->values,
                              .at = at};
    return read->values != NULL ? HW_OK : HW_ERROR_IO;
}

static const hw_outcomes *copy_of(const hw_contender *one, uint32_t copy) {
    return copy == 0 ? one->outcomes : one->copies[copy - 1];
}

/* A pair counts as its world does in the base. */
static double *weights_of(const hw_pairs *pairs) {
    const double *all = pairs->base->learnt.weights;
    if (all == NULL || pairs->base_at == NULL) {
        return NULL;
    }
    double *weights = hw_take(pairs->count, sizeof *weights), sum = 0;
    for (uint64_t r = 0; r < pairs->count; r++) {
        weights[r] = all[pairs->base_at[r]];
        sum += weights[r];
    }
    for (uint64_t r = 0; r < pairs->count && sum > 0; r++) {
        weights[r] /= sum;
    }
    return weights;
}

/* The rows of one variant; a base is read once for all that follow one another. */
static hw_status add_variant(hw_comparison *all, uint32_t kind, uint32_t variant, read_values *base,
                             hw_errors *errors) {
    const hw_pairs *pairs = &all->pairs[variant];
    read_values changed = {0};
    hw_compare_job job = {
        .all = all, .what = &all->kinds[kind], .kind = kind, .variant = variant, .count = pairs->count};
    if (!all->apart) {
        job.x = hw_take(pairs->count, sizeof *job.x);
        job.y = hw_take(pairs->count, sizeof *job.y);
        job.weights = weights_of(pairs);
    }
    uint32_t copies = hw_compare_base_of(all, variant)->copy_count;
    job.steady = copies > 0 ? hw_steady_begin(copies + 1, pairs->count, all->count) : NULL;
    hw_status status = HW_OK;
    for (uint32_t copy = 0; copy <= copies && status == HW_OK; copy++) {
        const hw_outcomes *one = copy_of(hw_compare_base_of(all, variant), copy),
                          *other = copy_of(&all->variants[variant], copy);
        status = open_side(&job, &job.base, one, pairs->base_at, base, errors);
        if (status == HW_OK) {
            status = open_side(&job, &job.changed, other, pairs->variant_at, &changed, errors);
        }
        if (status == HW_OK) {
            job.what->rows(&job);
        }
        if (job.steady != NULL) {
            hw_steady_next(job.steady);
        }
    }
    hw_steady_free(job.steady);
    free(changed.values);
    free(job.x);
    free(job.y);
    free(job.weights);
    return status;
}

static hw_status add_kind(hw_comparison *all, uint32_t kind, hw_errors *errors) {
    read_values base = {0};
    hw_status status = HW_OK;
    all->of_kind[kind] = (hw_compare_rows){.there = true, .first = all->count};
    for (uint32_t v = 0; v < all->variant_count && status == HW_OK; v++) {
        status = add_variant(all, kind, v, &base, errors);
    }
    all->of_kind[kind].count = all->count - all->of_kind[kind].first;
    free(base.values);
    return status;
}

static hw_status add_kinds(hw_comparison *all, hw_errors *errors) {
    bool any = false;
    hw_status status = HW_OK;
    all->of_kind = hw_take(all->kind_count, sizeof *all->of_kind);
    for (uint32_t k = 0; k < all->kind_count && status == HW_OK; k++) {
        if (is_there(all, &all->kinds[k])) {
            status = add_kind(all, k, errors);
            any = true;
        }
    }
    if (status == HW_OK && !any) {
        hw_errors_say(errors, "results of the model %s hold nothing that can be compared",
                      all->base->outcomes->model);
        status = HW_ERROR_IO;
    }
    return status;
}

/* ---- Beside the rows ---- */

double hw_compare_censored(const hw_compare_job *job, const hw_compare_side *side, size_t element) {
    if (job->all->apart) {
        return hw_compare_summary(side, element)[HW_SUMMARY_MISSING];
    }
    uint64_t censored = 0;
    double weight = 0;
    for (uint64_t r = 0; r < job->count; r++) {
        bool is_censored = isnan(hw_compare_value(side, r, element));
        censored += is_censored ? 1 : 0;
        weight += is_censored && job->weights != NULL ? job->weights[r] : 0;
    }
    if (job->weights != NULL) {
        return weight;
    }
    return job->count > 0 ? (double)censored / (double)job->count : 0;
}

void hw_compare_note_censored(hw_compare_job *job, const char *label, double base, double variant) {
    if (job->steady != NULL && !hw_steady_is_first(job->steady)) {
        return; /* of the scenario itself, not of its copies */
    }
    const hw_censored_mean mean = {.sheet = job->what->name,
                                   .label = label,
                                   .scenario = job->all->variants[job->variant].name,
                                   .base = base,
                                   .variant = variant};
    hw_censored_add(&job->all->censored, &mean);
}

static void find_missing_names(hw_comparison *all, uint32_t variant, const hw_contender *has,
                               const hw_contender *lacks, const char *axis_name) {
    const hw_axis *axis = hw_outcomes_axis(has->outcomes, axis_name);
    const hw_axis *other = hw_outcomes_axis(lacks->outcomes, axis_name);
    for (uint32_t i = 0; axis != NULL && axis->labels != NULL && i < axis->length; i++) {
        if (hw_axis_find(other, axis->labels[i]) == UINT32_MAX) {
            all->one_sided = hw_take_again(all->one_sided, all->one_sided_count + 1, sizeof *all->one_sided);
            all->one_sided[all->one_sided_count++] = (hw_one_sided){
                .variant = variant, .axis = axis_name, .name = axis->labels[i], .only_in = has->name};
        }
    }
}

static void find_one_sided(hw_comparison *all) {
    static const char *const axes[] = {"place", "district"};
    for (uint32_t v = 0; v < all->variant_count; v++) {
        const hw_contender *base = hw_compare_base_of(all, v), *variant = &all->variants[v];
        for (int a = 0; a < 2; a++) {
            find_missing_names(all, v, base, variant, axes[a]);
            find_missing_names(all, v, variant, base, axes[a]);
        }
    }
}

void hw_compare_say(hw_comparison *all, uint32_t variant, char *sentence) {
    all->findings = hw_take_again(all->findings, all->finding_count + 1, sizeof *all->findings);
    all->findings[all->finding_count++] = (hw_sentence){.variant = variant, .text = sentence};
}

/* ---- The whole ---- */

hw_status hw_compare_by_kinds(hw_comparison *all, const hw_contender *base, const hw_contender *variants,
                              uint32_t variant_count, const hw_compare_wish *wish,
                              const hw_compare_kind *kinds, uint32_t kind_count, hw_errors *errors) {
    *all = (hw_comparison){.base = base,
                           .variants = variants,
                           .variant_count = variant_count,
                           .kinds = kinds,
                           .kind_count = kind_count,
                           .has_floor = variant_count > 0 && variants[0].floor,
                           .floor_missing = wish->floor_missing,
                           .pairs = hw_take(variant_count, sizeof *all->pairs),
                           .differences = hw_take(variant_count, sizeof *all->differences)};
    hw_status status = check_worlds(all, errors);
    if (status == HW_OK) {
        status = check_question(all, wish, errors);
    }
    if (status == HW_OK) {
        status = pair_worlds(all, errors);
    }
    if (status == HW_OK) {
        status = add_kinds(all, errors);
    }
    if (status == HW_OK) {
        hw_compare_judge(all);
        hw_compare_sum_up_pairing(all);
        find_one_sided(all);
    }
    return status;
}

hw_status hw_compare_scenarios(hw_comparison *all, const hw_contender *base, const hw_contender *variants,
                               uint32_t variant_count, const hw_compare_wish *wish, hw_errors *errors) {
    hw_status status =
        hw_compare_by_kinds(all, base, variants, variant_count, wish, hw_compare_kinds, HW_KINDS, errors);
    if (status == HW_OK) {
        hw_compare_find(all);
    }
    return status;
}

void hw_comparison_free(hw_comparison *all) {
    for (uint32_t v = 0; v < all->variant_count; v++) {
        hw_pairs_free(&all->pairs[v]);
        hw_differences_free(&all->differences[v]);
    }
    for (size_t i = 0; i < all->count; i++) {
        free(all->rows[i].label);
    }
    for (size_t i = 0; i < all->finding_count; i++) {
        free(all->findings[i].text);
    }
    free(all->pairs);
    free(all->differences);
    free(all->by);
    free(all->rows);
    free(all->of_kind);
    free(all->pairing);
    free(all->one_sided);
    free(all->findings);
    hw_censored_free(&all->censored);
    *all = (hw_comparison){0};
}
