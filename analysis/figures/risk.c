/* Judges samples of worlds. */
#include "analysis/figures/risk.h"
#include "analysis/base/memory.h"
#include "analysis/figures/paired.h"
#include "sim/rng.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double bad = 0.2; /* the share of the worlds that is worst */

static double mean(const double *sorted, size_t count) {
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += sorted[i];
    }
    return sum / (double)count;
}

static double quantile(const double *sorted, size_t count) {
    size_t at = (size_t)ceil(bad * (double)count);
    return sorted[at > 0 ? at - 1 : 0];
}

/* Rockafellar and Uryasev (2000, Journal of Risk 2): the world in which the fifth ends counts in part. */
static double worst_mean(const double *sorted, size_t count) {
    double left = bad * (double)count, sum = 0;
    for (size_t i = 0; i < count && left > 0; i++) {
        sum += fmin(1, left) * sorted[i];
        left -= 1;
    }
    return sum / (bad * (double)count);
}

const hw_risk hw_risks[] = {
    {.name = "mean", .title = "mean of all worlds", .of_sorted = mean, .plain_mean = true},
    {.name = "p20", .title = "what four of five worlds reach", .of_sorted = quantile},
    {.name = "cvar20", .title = "mean of the worst fifth of the worlds", .of_sorted = worst_mean},
};
const size_t hw_risk_count = sizeof hw_risks / sizeof hw_risks[0];

const hw_risk *hw_risk_find(const char *name) {
    for (size_t i = 0; i < hw_risk_count; i++) {
        if (strcmp(hw_risks[i].name, name) == 0) {
            return &hw_risks[i];
        }
    }
    return NULL;
}

static int by_size(const void *left, const void *right) {
    const double *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

double hw_risk_of(const hw_risk *risk, const double *worlds, size_t count) {
    double *sorted = hw_take(count, sizeof *sorted);
    memcpy(sorted, worlds, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, by_size);
    double value = risk->of_sorted(sorted, count);
    free(sorted);
    return value;
}

void hw_risk_resample(double (*of)(void *who, const size_t *worlds, size_t count), void *who, size_t count,
                      uint64_t seed, double *low, double *high) {
    enum { DRAWS = 1000, TAIL = 25 };
    double *found = hw_take(DRAWS, sizeof *found);
    size_t *worlds = hw_take(count, sizeof *worlds);
    for (uint64_t d = 0; d < DRAWS; d++) {
        hw_draws draws;
        hw_draws_open(&draws, (hw_rng_key){.seed = seed, .replication = d}, 0, 0, 0);
        for (size_t i = 0; i < count; i++) {
            worlds[i] = (size_t)(hw_draws_uniform(&draws) * (double)count);
        }
        found[d] = of(who, worlds, count);
    }
    qsort(found, DRAWS, sizeof *found, by_size);
    *low = found[TAIL - 1];
    *high = found[DRAWS - TAIL];
    free(found);
    free(worlds);
}

typedef struct pair {
    const hw_risk *risk;
    const double *base, *variant;
    double *drawn;
} pair;

static double drawn_risk(const pair *p, const double *values, const size_t *worlds, size_t count) {
    for (size_t i = 0; i < count; i++) {
        p->drawn[i] = values[worlds[i]];
    }
    return hw_risk_of(p->risk, p->drawn, count);
}

static double drawn_difference(void *who, const size_t *worlds, size_t count) {
    const pair *p = who;
    return drawn_risk(p, p->variant, worlds, count) - drawn_risk(p, p->base, worlds, count);
}

hw_risk_gain hw_risk_compare(const hw_risk *risk, const double *base, const double *variant, size_t count,
                             uint64_t seed) {
    hw_risk_gain gain = {.base = hw_risk_of(risk, base, count), .variant = hw_risk_of(risk, variant, count)};
    gain.difference = gain.variant - gain.base;
    if (risk->plain_mean) {
        hw_paired paired = hw_paired_means(base, variant, count);
        gain.difference = paired.difference;
        gain.low = paired.low;
        gain.high = paired.high;
        return gain;
    }
    pair both = {.risk = risk, .base = base, .variant = variant, .drawn = hw_take(count, sizeof *both.drawn)};
    hw_risk_resample(drawn_difference, &both, count, seed, &gain.low, &gain.high);
    free(both.drawn);
    return gain;
}
