/* Weights of replications, and figures of the weighted. */
#include "analysis/results/learnt.h"
#include "analysis/base/memory.h"
#include "analysis/figures/weighted.h"
#include "analysis/results/given.h"
#include "analysis/results/tallies.h"
#include "analysis/tables/sheet.h"
#include "sim/date.h"
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

hw_status hw_outcomes_weigh(hw_outcomes *outcomes, const hw_learnt *learnt, hw_errors *errors) {
    outcomes->learnt = *learnt;
    if (outcomes->tallies != NULL) {
        hw_errors_say(errors,
                      "--observations: %" PRIu64 " replications are too many to weigh one by one; at most %d "
                      "can be",
                      outcomes->count, HW_EXACT_MOST);
        return HW_ERROR_INPUT;
    }
    if (learnt->effective < HW_GIVEN_FEWEST) {
        hw_errors_say(errors,
                      "--observations: only %.0f of %" PRIu64 " worlds are effective after the facts, and so "
                      "few tell nothing (%d are the fewest): run more replications",
                      learnt->effective, outcomes->count, HW_GIVEN_FEWEST);
        return HW_ERROR_INPUT;
    }
    return HW_OK;
}

void hw_outcomes_weigh_as_in(hw_outcomes *outcomes, const hw_outcomes *base) {
    if (base->learnt.weights == NULL || outcomes->learnt.weights != NULL) {
        return;
    }
    double *weights = hw_take(outcomes->count, sizeof *weights), sum = 0;
    for (uint64_t r = 0, b = 0; r < outcomes->count; r++) {
        while (b < base->count && base->keys[b] < outcomes->keys[r]) {
            b++;
        }
        bool same = b < base->count && base->keys[b] == outcomes->keys[r];
        weights[r] = same ? base->learnt.weights[b] : 0;
        sum += weights[r];
    }
    for (uint64_t r = 0; r < outcomes->count && sum > 0; r++) {
        weights[r] /= sum;
    }
    outcomes->learnt = base->learnt;
    outcomes->learnt.weights = weights;
    outcomes->learnt.effective = hw_effective_sample(weights, outcomes->count);
}

hw_probability hw_outcomes_share(const hw_outcomes *outcomes, uint64_t happened, double weight) {
    return outcomes->learnt.weights != NULL
               ? hw_estimate_share(fmin(fmax(weight, 0), 1), outcomes->learnt.effective)
               : hw_estimate_probability(happened, outcomes->count);
}

hw_spread hw_outcomes_spread(const hw_outcomes *outcomes, double *sample) {
    return outcomes->learnt.weights != NULL
               ? hw_weighted_spread(sample, outcomes->learnt.weights, outcomes->count)
               : hw_estimate_spread(sample, outcomes->count);
}

hw_mean hw_outcomes_mean(const hw_outcomes *outcomes, const double *sample) {
    return outcomes->learnt.weights != NULL
               ? hw_weighted_mean(sample, outcomes->learnt.weights, outcomes->count)
               : hw_estimate_mean(sample, outcomes->count);
}

char *hw_learnt_text(const hw_outcomes *outcomes) {
    const hw_learnt *learnt = &outcomes->learnt;
    if (learnt->weights == NULL) {
        return NULL;
    }
    char date[16], *effective = hw_thousands(learnt->effective, 0),
                   *all = hw_thousands((double)outcomes->count, 0);
    char *text =
        hw_take_text("As of %s, learnt from %u fact%s: effective %s of %s replications, %sconditioned "
                     "(power %.3g)",
                     hw_date_print(learnt->as_of, date), learnt->facts, learnt->facts == 1 ? "" : "s",
                     effective, all, learnt->power < 1 ? "partly " : "", learnt->power);
    free(effective);
    free(all);
    return text;
}
