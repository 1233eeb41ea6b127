/* Searches for the best shares of a budget. */
#include "analysis/decide/allocation.h"
#include "analysis/base/memory.h"
#include "sim/run/experiment.h"
#include <assert.h>
#include <math.h>
#include <mpi.h>
#include <stdlib.h>
#include <string.h>

/* What one way to share brings in one future, world by world. */
typedef struct answer {
    uint32_t *parts;
    uint32_t future;
    uint64_t seed;
    double *numbers; /* rank 0 */
    struct answer *next;
} answer;

typedef struct search {
    hw_allocation *allocation;
    hw_asking asking;
    answer *answers;      /* the last one first */
    uint32_t asked, most; /* of the search, each future by itself */
    uint32_t future;      /* the search is for this one alone; future_count + 1: for all, by regret */
    double *best_of;      /* by future: the mean of its best */
    hw_errors *errors;
} search;

static uint32_t futures_of(const hw_allocation *a) {
    return 1 + a->future_count; /* the base is the first */
}

static bool by_regret(const hw_allocation *a) {
    return a->risk == NULL;
}

/* ---- Asking ---- */

static answer *find(const search *s, const uint32_t *parts, uint32_t future, uint64_t seed) {
    answer *one = s->answers;
    while (one != NULL && (one->future != future || one->seed != seed ||
                           memcmp(one->parts, parts, s->allocation->budget.count * sizeof *parts) != 0)) {
        one = one->next;
    }
    return one;
}

/* Asks unless that was done; NULL after a failure. */
static const double *numbers_of(search *s, const uint32_t *parts, uint32_t future, uint64_t seed,
                                uint64_t worlds, hw_status *status) {
    const hw_allocation *a = s->allocation;
    const answer *known = find(s, parts, future, seed);
    if (known != NULL) {
        return known->numbers;
    }
    uint32_t setting_count;
    hw_setting *settings = hw_budget_settings(&a->budget, parts, &setting_count);
    char *name = seed == a->seed ? hw_take_text("try %u of at most %u", ++s->asked, s->most)
                                 : hw_take_text("fresh worlds");
    const hw_study_source source = {
        .path = future > 0 ? a->futures[future - 1] : a->base,
        .over = future > 0 ? a->base : NULL,
        .name = name,
        .settings = settings,
        .setting_count = setting_count,
    };
    answer *one = hw_take(1, sizeof *one);
    *one = (answer){.parts = hw_take(a->budget.count, sizeof *one->parts), .future = future, .seed = seed};
    memcpy(one->parts, parts, a->budget.count * sizeof *parts);
    *status = hw_ask(&s->asking, &source, seed, worlds, &one->numbers, s->errors);
    one->next = s->answers;
    s->answers = one;
    hw_budget_settings_free(settings, setting_count);
    free(name);
    return *status == HW_OK ? one->numbers : NULL;
}

/* What a search is for: the risk of one future, or the greatest regret over all, negative. Known to rank 0
 * alone, which tells the others: they take the same steps. */
static hw_status ask(void *who, const uint32_t *parts, double *value) {
    search *s = who;
    const hw_allocation *a = s->allocation;
    bool all = s->future == futures_of(a);
    const hw_risk *risk = by_regret(a) ? hw_risk_find("mean") : a->risk;
    hw_status status = HW_OK;
    *value = HUGE_VAL;
    for (uint32_t f = all ? 0 : s->future; f < (all ? futures_of(a) : s->future + 1) && status == HW_OK;
         f++) {
        const double *numbers = numbers_of(s, parts, f, a->seed, a->worlds, &status);
        if (numbers != NULL) {
            double mean = hw_risk_of(risk, numbers, a->worlds);
            *value = fmin(*value, all ? mean - s->best_of[f] : mean);
        }
    }
    MPI_Bcast(value, 1, MPI_DOUBLE, 0, MPI_COMM_WORLD);
    return status;
}

/* ---- Searches ---- */

static void add_item(hw_allocation *a, char *name, const uint32_t *parts) {
    a->items = hw_take_again(a->items, a->count + 1, sizeof *a->items);
    hw_allocated *item = &a->items[a->count++];
    *item = (hw_allocated){.name = name, .parts = hw_take(a->budget.count, sizeof *parts)};
    memcpy(item->parts, parts, a->budget.count * sizeof *parts);
}

static hw_shares shares_of(search *s) {
    hw_allocation *a = s->allocation;
    return (hw_shares){.count = a->budget.count,
                       .low = a->budget.low,
                       .high = a->budget.high,
                       .today = a->budget.today,
                       .change = a->budget.change,
                       .most = a->most,
                       .ask = ask,
                       .who = s};
}

static hw_status search_one(search *s, uint32_t future, uint32_t *best, double *value) {
    hw_allocation *a = s->allocation;
    s->future = future;
    hw_shares shares = shares_of(s);
    hw_status status = hw_shares_search(&shares);
    if (status == HW_OK) {
        memcpy(best, shares.tries[shares.best].parts, a->budget.count * sizeof *best);
        *value = shares.tries[shares.best].value;
        a->tried += shares.tried;
    }
    hw_shares_free(&shares);
    return status;
}

/* Even among all parts that bear an earmark. */
static void share_evenly(search *s, uint32_t *parts) {
    const hw_budget *budget = &s->allocation->budget;
    bool free_part = budget->choice->free != NULL;
    double wanted[HW_SHARES_MOST];
    for (uint32_t i = 0; i < budget->count; i++) {
        wanted[i] = free_part && i == 0 ? 0 : 1.0 / (budget->count - free_part);
    }
    hw_shares shares = shares_of(s);
    hw_shares_place(&shares, wanted, parts);
}

/* Of each future by itself, then of all; without regret of the base alone. */
static hw_status search_all(search *s) {
    hw_allocation *a = s->allocation;
    uint32_t futures = by_regret(a) ? futures_of(a) : 1, count = a->budget.count;
    uint32_t *best = hw_take((size_t)(futures + 1) * count, sizeof *best), even[HW_SHARES_MOST];
    double value;
    hw_status status = HW_OK;
    for (uint32_t f = 0; f < futures && status == HW_OK; f++) {
        status = search_one(s, f, &best[(size_t)f * count], &s->best_of[f]);
    }
    if (status == HW_OK && by_regret(a)) {
        status = search_one(s, futures, &best[(size_t)futures * count], &value);
    }
    if (status == HW_OK) {
        share_evenly(s, even);
        add_item(a, hw_take_text("as today"), a->budget.today);
        add_item(a, hw_take_text("best found"), &best[by_regret(a) ? (size_t)futures * count : 0]);
        add_item(a, hw_take_text("even shares"), even);
        for (uint32_t f = 0; f < futures && by_regret(a); f++) {
            add_item(a, hw_take_text("best for %s", f > 0 ? a->futures[f - 1] : "the plan"),
                     &best[(size_t)f * count]);
        }
    }
    free(best);
    return status;
}

/* ---- Held against today's ---- */

/* Numbers of today's, of another, and of the best of each future, in all futures. */
typedef struct regrets {
    const double *const *today, *const *other, *const *best;
    uint32_t futures;
} regrets;

static double mean_of(const double *numbers, const size_t *worlds, size_t count) {
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += numbers[worlds != NULL ? worlds[i] : i];
    }
    return sum / (double)count;
}

static double greatest(const regrets *r, const double *const *of, const size_t *worlds, size_t count) {
    double most = -HUGE_VAL;
    for (uint32_t f = 0; f < r->futures; f++) {
        most = fmax(most, mean_of(r->best[f], worlds, count) - mean_of(of[f], worlds, count));
    }
    return most;
}

static double less_regret(void *who, const size_t *worlds, size_t count) {
    const regrets *r = who;
    return greatest(r, r->today, worlds, count) - greatest(r, r->other, worlds, count);
}

static hw_risk_gain compare_regrets(regrets *r, uint64_t worlds, uint64_t seed) {
    hw_risk_gain gain = {.base = -greatest(r, r->today, NULL, worlds),
                         .variant = -greatest(r, r->other, NULL, worlds)};
    gain.difference = gain.variant - gain.base;
    hw_risk_resample(less_regret, r, worlds, seed, &gain.low, &gain.high);
    return gain;
}

/* All allocations in all futures, item after item. */
static hw_status ask_all(search *s, uint64_t seed, uint64_t worlds, const double **numbers) {
    const hw_allocation *a = s->allocation;
    uint32_t futures = by_regret(a) ? futures_of(a) : 1;
    hw_status status = HW_OK;
    for (uint32_t i = 0; i < a->count && status == HW_OK; i++) {
        for (uint32_t f = 0; f < futures && status == HW_OK; f++) {
            numbers[(size_t)i * futures + f] = numbers_of(s, a->items[i].parts, f, seed, worlds, &status);
        }
    }
    return status;
}

static hw_risk_gain gain_of(const hw_allocation *a, const double **numbers, uint32_t item, uint64_t worlds,
                            uint64_t seed) {
    uint32_t futures = by_regret(a) ? futures_of(a) : 1;
    if (!by_regret(a)) {
        return hw_risk_compare(a->risk, numbers[HW_ALLOCATED_TODAY], numbers[item], worlds, seed);
    }
    const double **best = hw_take(futures, sizeof *best);
    for (uint32_t f = 0; f < futures; f++) {
        best[f] = numbers[(size_t)(HW_ALLOCATED_EVEN + 1 + f) * futures + f];
    }
    regrets r = {.today = &numbers[(size_t)HW_ALLOCATED_TODAY * futures],
                 .other = &numbers[(size_t)item * futures],
                 .best = best,
                 .futures = futures};
    hw_risk_gain gain = compare_regrets(&r, worlds, seed);
    free(best);
    return gain;
}

static void note_lost(hw_allocation *a, const double **numbers, uint32_t item) {
    uint32_t futures = futures_of(a);
    a->items[item].lost = hw_take(futures, sizeof *a->items[item].lost);
    for (uint32_t f = 0; f < futures; f++) {
        const double *best = numbers[(size_t)(HW_ALLOCATED_EVEN + 1 + f) * futures + f];
        a->items[item].lost[f] = mean_of(best, NULL, a->fresh_worlds) -
                                 mean_of(numbers[(size_t)item * futures + f], NULL, a->fresh_worlds);
    }
}

static hw_status hold_against_today(search *s) {
    hw_allocation *a = s->allocation;
    uint32_t futures = by_regret(a) ? futures_of(a) : 1;
    const double **seen = hw_take((size_t)a->count * futures, sizeof *seen),
                 **fresh = hw_take((size_t)a->count * futures, sizeof *fresh);
    s->asking.expected = (uint64_t)a->count * futures * a->fresh_worlds;
    hw_status status = ask_all(s, a->seed, a->worlds, seen);
    status = status == HW_OK ? ask_all(s, a->fresh_seed, a->fresh_worlds, fresh) : status;
    for (uint32_t i = 0; i < a->count && status == HW_OK && hw_rank() == 0; i++) {
        a->items[i].seen = gain_of(a, seen, i, a->worlds, a->seed);
        a->items[i].fresh = gain_of(a, fresh, i, a->fresh_worlds, a->fresh_seed);
        if (by_regret(a)) {
            note_lost(a, fresh, i);
        }
    }
    free(seen);
    free(fresh);
    return status;
}

static void forget(search *s) {
    for (answer *one = s->answers, *next; one != NULL; one = next) {
        next = one->next;
        free(one->parts);
        free(one->numbers);
        free(one);
    }
    free(s->best_of);
}

hw_status hw_allocation_find(hw_allocation *a, const hw_study_wish *wish, hw_errors *errors) {
    uint32_t futures = by_regret(a) ? futures_of(a) : 1;
    a->settings = wish->settings;
    a->setting_count = wish->setting_count;
    search s = {.allocation = a,
                .most = (by_regret(a) ? 2 * futures : 1) * a->most,
                .asking = {.measure = a->measure, .wish = wish},
                .best_of = hw_take(futures, sizeof *s.best_of),
                .errors = errors};
    s.asking.expected = s.most * a->worlds + (uint64_t)(3 + futures) * futures * a->fresh_worlds;
    hw_status status = search_all(&s);
    status = status == HW_OK ? hold_against_today(&s) : status;
    forget(&s);
    return status;
}

/* ---- Sets of layers ---- */

hw_status hw_allocation_rank(hw_allocation *a, const hw_study_source *sources, uint32_t count,
                             double indifference, const hw_study_wish *wish, hw_errors *errors) {
    hw_ranking *ranking = a->ranking;
    a->settings = wish->settings;
    a->setting_count = wish->setting_count;
    hw_status status = hw_ranking_find(ranking, sources, count, indifference, wish, errors);
    if (status != HW_OK) {
        return status;
    }
    uint32_t best = hw_rank() == 0 ? hw_selection_best(&ranking->selection) : 0;
    MPI_Bcast(&best, 1, MPI_UINT32_T, 0, MPI_COMM_WORLD);
    a->tried = count;
    hw_asking asking = {.measure = a->measure, .wish = wish, .expected = 2 * a->fresh_worlds};
    double *today = NULL, *other = NULL;
    status = hw_ask(&asking, &sources[0], a->fresh_seed, a->fresh_worlds, &today, errors);
    if (status == HW_OK) {
        status = hw_ask(&asking, &sources[best], a->fresh_seed, a->fresh_worlds, &other, errors);
    }
    if (status == HW_OK && hw_rank() == 0) {
        a->items = hw_take(2, sizeof *a->items);
        a->count = 2;
        a->items[HW_ALLOCATED_TODAY].name = hw_take_text("%s", sources[0].name);
        a->items[HW_ALLOCATED_BEST].name = hw_take_text("%s", sources[best].name);
        for (uint32_t i = 0; i < a->count; i++) {
            uint32_t item = i == HW_ALLOCATED_BEST ? best : 0;
            a->items[i].seen =
                hw_risk_compare(a->risk, ranking->items[0].numbers, ranking->items[item].numbers,
                                ranking->selection.seen[0], a->seed);
            a->items[i].fresh = hw_risk_compare(a->risk, today, i == HW_ALLOCATED_BEST ? other : today,
                                                a->fresh_worlds, a->fresh_seed);
        }
    }
    free(today);
    free(other);
    return status;
}

void hw_allocation_free(hw_allocation *a) {
    for (uint32_t i = 0; i < a->count; i++) {
        free(a->items[i].name);
        free(a->items[i].parts);
        free(a->items[i].lost);
    }
    free(a->items);
    hw_budget_free(&a->budget);
    free(a->title);
    free(a->known);
    free(a->digest);
    *a = (hw_allocation){0};
}

/* ---- Verdict ---- */

bool hw_allocation_recommends(const hw_allocation *a) {
    return a->items[HW_ALLOCATED_BEST].fresh.low > 0; /* false where the sample cannot say */
}

double hw_allocation_optimism(const hw_allocation *a) {
    const hw_allocated *best = &a->items[HW_ALLOCATED_BEST];
    return best->seen.difference - best->fresh.difference;
}
