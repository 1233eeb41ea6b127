/* Scores of weighted samples against facts. */
#include "analysis/figures/scores.h"
#include "sim/distribution.h"
#include <math.h>
#include <stdint.h>

/* As the integral of (F(x) - [x >= fact])^2 over x, step by step of the sample's distribution F: the sums of
 * the definition would cancel. */
double hw_crps(const hw_weighted *sorted, size_t count, double fact) {
    if (count == 0) {
        return (double)NAN;
    }
    double sum = 0, share = 0, at = fmin(sorted[0].value, fact);
    for (size_t i = 0; i <= count; i++) {
        double next = i < count ? sorted[i].value : fmax(at, fact);
        double split = fmin(fmax(fact, at), next);
        sum += share * share * (split - at) + (1 - share) * (1 - share) * (next - split);
        at = next;
        share = i < count ? fmin(share + sorted[i].weight, 1) : share;
    }
    return sum;
}

double hw_pit(const hw_weighted *sorted, size_t count, double fact, double u) {
    double below = hw_weight_below(sorted, count, fact);
    return below + u * (hw_weight_up_to(sorted, count, fact) - below);
}

double hw_forecast_bias(const hw_weighted *sorted, size_t count, double fact) {
    return 1 - hw_weight_below(sorted, count, fact) - hw_weight_up_to(sorted, count, fact);
}

bool hw_covers(const hw_weighted *sorted, size_t count, double low, double high, double level) {
    double tail = (1 - level) / 2;
    return hw_weighted_quantile_value(sorted, count, tail) <= high &&
           low <= hw_weighted_quantile_value(sorted, count, 1 - tail);
}

hw_coverage hw_coverage_of(double level, size_t inside, size_t count) {
    return (hw_coverage){.level = level,
                         .count = count,
                         .inside = inside,
                         .low = hw_binomial_quantile((uint32_t)count, level, 0.025),
                         .high = hw_binomial_quantile((uint32_t)count, level, 0.975)};
}
