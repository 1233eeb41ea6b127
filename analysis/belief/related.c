/* Takes from each fact what those before it have said. */
#include "analysis/belief/related.h"
#include "analysis/base/memory.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const hw_observation *fact_of(const hw_related *r, uint32_t i) {
    return &r->besides->observations->items[r->facts[i]];
}

static int compare_scopes(const hw_question *a, const hw_question *b) {
    int order = 0;
    for (int scope = 0; scope < HW_SCOPES && order == 0; scope++) {
        order = strcmp(a->scope[scope] != NULL ? a->scope[scope] : "",
                       b->scope[scope] != NULL ? b->scope[scope] : "");
    }
    return order;
}

/* The order in the file does not matter. */
static bool comes_before(const hw_observation *a, const hw_observation *b) {
    const hw_question *one = &a->question, *other = &b->question;
    if (one->to != other->to) {
        return one->to < other->to;
    }
    if (one->from != other->from) {
        return one->from < other->from;
    }
    int order = compare_scopes(one, other);
    return order != 0 ? order < 0 : a->low < b->low;
}

static void insert(hw_related *r, uint32_t fact) {
    uint32_t at = r->count++;
    while (at > 0 && comes_before(&r->besides->observations->items[fact], fact_of(r, at - 1))) {
        r->facts[at] = r->facts[at - 1];
        at--;
    }
    r->facts[at] = fact;
}

/* Fills a row of Cholesky's root up to `count`, and returns what is left of the fact's own variance. */
static double fill_row(const hw_related *r, const hw_observation *fact, const hw_model_error *model,
                       uint32_t count, double *row) {
    double left = 1;
    for (uint32_t j = 0; j < count; j++) {
        const hw_model_error other = hw_learning_error(r->learning, r->facts[j]);
        const double *before = &r->root[(size_t)j * r->count];
        row[j] = hw_fact_correlation(fact, model, fact_of(r, j), &other, r->besides->outcomes->start);
        for (uint32_t k = 0; k < j; k++) {
            row[j] -= row[k] * before[k];
        }
        row[j] /= before[j];
        left -= row[j] * row[j];
    }
    return sqrt(fmax(left, 1e-6)); /* one that others already say to the last digit adds nothing */
}

/* What a replication says in each fact beyond those before it. */
static void whiten(const hw_related *r, uint64_t replication, double *numbers) {
    for (uint32_t i = 0; i < r->count; i++) {
        const hw_observation *fact = fact_of(r, i);
        const double *row = &r->root[(size_t)i * r->count];
        double world = r->besides->samples[r->facts[i]][replication];
        double apart = hw_fact_world_on_scale(fact, world, r->besides->outcomes->horizon) -
                       hw_fact_on_scale(fact, fact->low);
        numbers[i] = apart / r->deviations[i];
        for (uint32_t k = 0; k < i; k++) {
            numbers[i] -= row[k] * numbers[k];
        }
        numbers[i] /= row[i];
    }
}

hw_related hw_related_of(const hw_besides *besides, const hw_learning *learning, const hw_fact_kind *kind) {
    hw_related r = {
        .besides = besides, .learning = learning, .facts = hw_take(besides->count + 1, sizeof *r.facts)};
    for (uint32_t i = 0; i < besides->count; i++) {
        const hw_observation *o = &besides->observations->items[i];
        if (o->question.kind == kind && o->low == o->high && hw_is_learnt_from(&besides->rows[i], learning)) {
            insert(&r, i);
        }
    }
    r.root = hw_take((size_t)r.count * r.count + 1, sizeof *r.root);
    r.deviations = hw_take(r.count + 1, sizeof *r.deviations);
    for (uint32_t i = 0; i < r.count; i++) {
        const hw_model_error model = hw_learning_error(learning, r.facts[i]);
        double *row = r.root + (size_t)i * r.count;
        row[i] = fill_row(&r, fact_of(&r, i), &model, i, row);
        r.deviations[i] = hw_fact_deviation(fact_of(&r, i), &model);
    }
    r.numbers = hw_take(besides->outcomes->count * r.count + 1, sizeof *r.numbers);
    for (uint64_t replication = 0; replication < besides->outcomes->count; replication++) {
        whiten(&r, replication, &r.numbers[replication * r.count]);
    }
    return r;
}

void hw_related_free(hw_related *related) {
    free(related->facts);
    free(related->root);
    free(related->numbers);
    free(related->deviations);
    *related = (hw_related){0};
}

double hw_related_row(const hw_related *related, const hw_observation *fact, const hw_model_error *model,
                      double *row) {
    return fill_row(related, fact, model, related->count, row);
}
