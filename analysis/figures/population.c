/* Waves of members: their scores and weights. */
#include "analysis/figures/population.h"
#include "analysis/base/memory.h"
#include "sim/distribution.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

void hw_proposal_free(hw_proposal *proposal) {
    free(proposal->columns);
    free(proposal->mean);
    free(proposal->root);
    *proposal = (hw_proposal){0};
}

void hw_population_add(hw_population *p, uint64_t seed, hw_proposal *proposal, const uint64_t *keys,
                       const double *log_likelihoods, uint64_t count) {
    p->waves = hw_take_again(p->waves, p->wave_count + 1, sizeof *p->waves);
    hw_wave *wave = &p->waves[p->wave_count++];
    *wave = (hw_wave){.seed = seed,
                      .proposal = *proposal,
                      .keys = hw_take(count + 1, sizeof *wave->keys),
                      .count = count,
                      .log_likelihoods = hw_take(count + 1, sizeof *wave->log_likelihoods)};
    memcpy(wave->keys, keys, count * sizeof *keys);
    memcpy(wave->log_likelihoods, log_likelihoods, count * sizeof *log_likelihoods);
    *proposal = (hw_proposal){0};
}

void hw_population_free(hw_population *p) {
    for (uint32_t w = 0; w < p->wave_count; w++) {
        hw_proposal_free(&p->waves[w].proposal);
        free(p->waves[w].keys);
        free(p->waves[w].log_likelihoods);
    }
    free(p->waves);
    p->waves = NULL;
    p->wave_count = 0;
}

uint64_t hw_population_count(const hw_population *p) {
    uint64_t count = 0;
    for (uint32_t w = 0; w < p->wave_count; w++) {
        count += p->waves[w].count;
    }
    return count;
}

/* ---- Scores ---- */

/* The number behind the member's own draw: the score itself where the column is as in the prior. */
static double standard(const hw_population *p, uint64_t seed, uint64_t key, uint32_t column) {
    return hw_normal_quantile(hw_draw((hw_rng_key){seed, key}, p->entities[column], p->purpose, 0));
}

/* The position of a column in a proposal, or its count. */
static uint32_t place_in(const hw_proposal *q, uint32_t column) {
    uint32_t low = 0, high = q->count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        bool before = q->columns[middle] < column;
        low = before ? middle + 1 : low;
        high = before ? high : middle;
    }
    return low < q->count && q->columns[low] == column ? low : q->count;
}

double hw_population_score(const hw_population *population, uint64_t seed, const hw_proposal *proposal,
                           uint64_t key, uint32_t column) {
    uint32_t place = place_in(proposal, column);
    if (place == proposal->count) {
        return standard(population, seed, key, column);
    }
    double score = proposal->mean[place];
    for (uint32_t i = 0; i <= place; i++) {
        score += proposal->root[(size_t)place * proposal->count + i] *
                 standard(population, seed, key, proposal->columns[i]);
    }
    return score;
}

void hw_population_scores(const hw_population *population, uint32_t column, double *scores) {
    for (uint32_t w = 0; w < population->wave_count; w++) {
        const hw_wave *wave = &population->waves[w];
        for (uint64_t m = 0; m < wave->count; m++) {
            *scores++ = hw_population_score(population, wave->seed, &wave->proposal, wave->keys[m], column);
        }
    }
}

/* ---- Weights ---- */

/* Scores of all members in the columns of a proposal: column by column. */
static double *scores_in(const hw_population *p, const hw_proposal *q, uint64_t count) {
    double *scores = hw_take(count * q->count + 1, sizeof *scores);
    for (uint32_t c = 0; c < q->count; c++) {
        hw_population_scores(p, q->columns[c], &scores[c * count]);
    }
    return scores;
}

/* log (proposal / prior) of a member: other columns cancel. */
static double log_ratio(const hw_proposal *q, const double *scores, uint64_t count, uint64_t member,
                        double *standardised) {
    double sum = 0;
    for (uint32_t i = 0; i < q->count; i++) {
        double z = scores[i * count + member], x = z - q->mean[i];
        const double *row = &q->root[(size_t)i * q->count];
        for (uint32_t k = 0; k < i; k++) {
            x -= row[k] * standardised[k];
        }
        standardised[i] = x / row[i];
        sum += (z * z - standardised[i] * standardised[i]) / 2 - log(row[i]);
    }
    return sum;
}

static double log_sum(double a, double b) {
    double most = fmax(a, b);
    return isfinite(most) ? most + log1p(exp(fmin(a, b) - most)) : most;
}

/* log (mixture of all waves / prior) of each member. */
static double *log_mixture(const hw_population *p) {
    uint64_t count = hw_population_count(p);
    double *sums = hw_take(count + 1, sizeof *sums);
    for (uint32_t w = 0; w < p->wave_count; w++) {
        const hw_proposal *q = &p->waves[w].proposal;
        double share = log((double)p->waves[w].count / (double)count);
        double *scores = scores_in(p, q, count), *standardised = hw_take(q->count + 1, sizeof *standardised);
        for (uint64_t m = 0; m < count; m++) {
            double part = share + log_ratio(q, scores, count, m, standardised);
            sums[m] = w == 0 ? part : log_sum(sums[m], part);
        }
        free(standardised);
        free(scores);
    }
    return sums;
}

hw_tempered hw_population_weigh(const hw_population *p, double effective, double *weights) {
    uint64_t count = hw_population_count(p), at = 0;
    double *logs = hw_take(count + 1, sizeof *logs), *mixture = log_mixture(p);
    for (uint32_t w = 0; w < p->wave_count; w++) {
        memcpy(&logs[at], p->waves[w].log_likelihoods, p->waves[w].count * sizeof *logs);
        at += p->waves[w].count;
    }
    hw_tempered tempered = hw_temper_over(logs, mixture, count, effective / (double)count, weights);
    free(mixture);
    free(logs);
    return tempered;
}
