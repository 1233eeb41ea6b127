/* Morris's measures of one outcome of a sweep. */
#include "analysis/base/memory.h"
#include "analysis/sensitivity/parts.h"
#include "sim/statistics.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Elementary effects of the factors: trajectory after trajectory, NaN where a point has no answer. */
typedef struct effects {
    size_t trajectories;
    double *values, *noise; /* trajectories * factors; noise: variance */
} effects;

/* Noise of the difference of two points: of the differences in each world when outcomes were kept, else as if
 * they had different worlds, which is an upper bound where worlds are shared. */
static double difference_noise(const hw_sensitivity_subject *s, uint64_t from, uint64_t to, double *worlds) {
    uint64_t n = s->points->replications;
    if (s->output->kept != NULL && hw_sensitivity_worlds(s->output, s->points, s->element, from, worlds) &&
        hw_sensitivity_worlds(s->output, s->points, s->element, to, worlds + n)) {
        hw_moments moments = {0};
        for (uint64_t r = 0; r < n; r++) {
            hw_moments_add(&moments, worlds[n + r] - worlds[r]);
        }
        return hw_moments_variance(&moments) / (double)n;
    }
    s->of->noise_removed = false;
    return hw_sensitivity_noise_at(s, from) + hw_sensitivity_noise_at(s, to);
}

static effects effects_of(const hw_sensitivity_subject *s) {
    const hw_sensitivity_points *p = s->points;
    uint32_t factors = p->factors.count;
    effects e = {.trajectories = (size_t)p->place[0][s->own[s->own_count - 1]] + 1};
    e.values = hw_take(e.trajectories * factors, sizeof *e.values);
    e.noise = hw_take(e.trajectories * factors, sizeof *e.noise);
    for (size_t i = 0; i < e.trajectories * factors; i++) {
        e.values[i] = (double)NAN;
    }
    double *worlds = hw_take(2 * p->replications, sizeof *worlds);
    for (uint64_t i = 1; i < s->own_count; i++) {
        uint64_t from = s->own[i - 1];
        uint64_t to = s->own[i];
        if (p->place[1][to] < 0 || p->place[0][from] != p->place[0][to]) {
            continue;
        }
        uint32_t moved = (uint32_t)p->place[1][to];
        size_t at = (size_t)p->place[0][to] * factors + moved;
        double step = p->unit[to * factors + moved] - p->unit[from * factors + moved];
        e.values[at] = (hw_sensitivity_mean_at(s, to) - hw_sensitivity_mean_at(s, from)) / step;
        e.noise[at] = difference_noise(s, from, to, worlds) / (step * step);
    }
    free(worlds);
    return e;
}

/* Leaves only whole trajectories. */
static size_t drop_torn(effects *e, uint32_t factors) {
    size_t kept = 0;
    for (size_t t = 0; t < e->trajectories; t++) {
        bool whole = true;
        for (uint32_t f = 0; f < factors; f++) {
            whole = whole && !isnan(e->values[t * factors + f]);
        }
        if (whole) {
            memmove(e->values + kept * factors, e->values + t * factors, factors * sizeof *e->values);
            memmove(e->noise + kept * factors, e->noise + t * factors, factors * sizeof *e->noise);
            kept++;
        }
    }
    size_t dropped = e->trajectories - kept;
    e->trajectories = kept;
    return dropped;
}

/* Worlds are shared by all trajectories, and so may be the noise of effects: more trajectories do not average
 * it out. An effect, or the mean of any number of them, is more than noise above this many of its standard
 * deviations. */
static const double noise_most = 1.959963984540054;

static void set_effects(const hw_sensitivity_subject *s, const effects *e, uint32_t factor, double *column) {
    uint32_t factors = s->points->factors.count;
    hw_influence *influence = &s->of->influences[factor];
    double noise = 0;
    for (size_t t = 0; t < e->trajectories; t++) {
        column[t] = e->values[t * factors + factor];
        noise += e->noise[t * factors + factor] / (double)e->trajectories;
    }
    hw_morris morris = hw_morris_estimate(column, e->trajectories);
    double least = hw_sensitivity_index_least * s->of->sd;
    influence->noise = sqrt(noise);
    influence->measures[HW_MORRIS_MU] = morris.mu;
    influence->measures[HW_MORRIS_MU_STAR] = morris.mu_star;
    influence->measures[HW_MORRIS_SIGMA] = morris.sigma;
    influence->told[HW_MORRIS_MU] = (morris.mu.low > least || morris.mu.high < -least) &&
                                    fabs(morris.mu.value) > noise_most * influence->noise;
    influence->told[HW_MORRIS_MU_STAR] = morris.mu_star.value > fmax(least, noise_most * influence->noise);
    influence->told[HW_MORRIS_SIGMA] = morris.sigma.low > fmax(least, influence->noise);
}

void hw_sensitivity_judge_morris(const hw_sensitivity_subject *s) {
    uint64_t *answered = hw_take(s->own_count, sizeof *answered);
    uint64_t count = 0;
    for (uint64_t i = 0; i < s->own_count; i++) {
        if (!isnan(hw_sensitivity_mean_at(s, s->own[i]))) {
            answered[count++] = s->own[i];
        }
    }
    bool moves = hw_sensitivity_look_over(s, answered, count);
    free(answered);
    s->of->noise_removed = s->output->kept != NULL;
    effects e = effects_of(s);
    s->of->dropped = drop_torn(&e, s->points->factors.count);
    s->of->parts = e.trajectories;
    s->of->resamples = hw_resample_count(e.trajectories, 1);
    if (moves && e.trajectories == 0) {
        s->of->about = "no trajectory has an answer at all of its points";
    } else if (moves) {
        double *column = hw_take(e.trajectories, sizeof *column);
        for (uint32_t f = 0; f < s->points->factors.count; f++) {
            set_effects(s, &e, f, column);
        }
        free(column);
    }
    free(e.values);
    free(e.noise);
}
