/* Pairs plans with facts, and sums up by kind. */
#include "analysis/belief/outlook.h"
#include "analysis/base/memory.h"
#include "sim/date.h"
#include <math.h>
#include <stdlib.h>

enum { LEVEL_STILL_HOLDS = 62 }; /* days */

static bool is_known(double value) {
    return !isnan(value);
}

/* A single value: neither a plan nor open on one side. */
static bool tells(const hw_observation *fact, const hw_observation *plan) {
    return !fact->plan && fact->question.kind == plan->question.kind && isfinite(fact->low) &&
           isfinite(fact->high) && hw_same_series(&fact->question, &plan->question);
}

static bool same_days(const hw_question *a, const hw_question *b) {
    return a->kind->day || (a->to == b->to && (a->kind->level || a->from == b->from));
}

/* Of several the one that is known best, and of these the one that was known last. */
static bool is_better(const hw_observation *one, const hw_observation *other) {
    if (other == NULL) {
        return true;
    }
    double width = one->high - one->low, other_width = other->high - other->low;
    return width < other_width || (width <= other_width && one->known_by > other->known_by);
}

static const hw_observation *fact_of(const hw_observations *facts, const hw_observation *plan) {
    const hw_observation *found = NULL;
    for (uint32_t i = 0; i < facts->count; i++) {
        const hw_observation *o = &facts->items[i];
        if (tells(o, plan) && same_days(&o->question, &plan->question) &&
            (found == NULL || is_better(o, found))) {
            found = o;
        }
    }
    return found;
}

/* Levels before and after the day of a plan. */
typedef struct around {
    const hw_observation *before, *after;
} around;

static around levels_around(const hw_observations *facts, const hw_observation *plan) {
    around found = {0};
    for (uint32_t i = 0; i < facts->count; i++) {
        const hw_observation *o = &facts->items[i];
        if (!tells(o, plan)) {
            continue;
        }
        int64_t day = o->question.to;
        if (day < plan->question.to && (found.before == NULL || day > found.before->question.to)) {
            found.before = o;
        }
        if (day > plan->question.to && (found.after == NULL || day < found.after->question.to)) {
            found.after = o;
        }
    }
    return found;
}

static void read_level(hw_plan_case *one, const hw_observations *facts, const hw_observation *plan) {
    char from[16], to[16];
    around levels = levels_around(facts, plan);
    if (levels.before == NULL) {
        return;
    }
    double first = hw_observation_value(levels.before), day = (double)plan->question.to;
    double began = (double)levels.before->question.to;
    hw_date_print(levels.before->question.to, from);
    if (levels.after != NULL) {
        double ended = (double)levels.after->question.to;
        one->came = first + (hw_observation_value(levels.after) - first) * (day - began) / (ended - began);
        one->how = hw_take_text("read between %s and %s", from, hw_date_print(levels.after->question.to, to));
    } else if (day - began <= LEVEL_STILL_HOLDS) {
        one->came = first;
        one->how = hw_take_text("as of %s", from);
    }
}

static double slip_of(const hw_fact_kind *kind, double planned, double came) {
    if (kind->day) {
        return came - planned;
    }
    return planned > 0 ? came / planned : (double)NAN;
}

static hw_plan_case case_of(const hw_observations *facts, uint32_t index) {
    const hw_observation *plan = &facts->items[index], *fact = fact_of(facts, plan);
    hw_plan_case one = {.plan = index,
                        .planned = hw_observation_value(plan),
                        .came = fact != NULL ? hw_observation_value(fact) : (double)NAN};
    if (fact == NULL && plan->question.kind->level) {
        read_level(&one, facts, plan);
    }
    one.slip = slip_of(plan->question.kind, one.planned, one.came);
    return one;
}

hw_outlook hw_outlook_of(const hw_observations *facts) {
    hw_outlook outlook = {.facts = facts, .cases = hw_take(facts->count + 1, sizeof *outlook.cases)};
    for (uint32_t i = 0; i < facts->count; i++) {
        if (facts->items[i].plan && facts->items[i].question.kind != NULL) {
            outlook.cases[outlook.count++] = case_of(facts, i);
        }
    }
    return outlook;
}

void hw_outlook_free(hw_outlook *outlook) {
    for (uint32_t i = 0; i < outlook->count; i++) {
        free(outlook->cases[i].how);
    }
    free(outlook->cases);
    *outlook = (hw_outlook){0};
}

static int ascending(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Of n cases and one more, all alike, each is as often the least as the greatest: the next lies between the
 * others in all but 2 of n + 1. */
hw_plan_class hw_plan_class_of(const hw_outlook *outlook, const hw_fact_kind *kind, uint32_t but) {
    hw_plan_class all = {.least = (double)NAN, .median = (double)NAN, .most = (double)NAN};
    double *slips = hw_take(outlook->count + 1, sizeof *slips);
    for (uint32_t i = 0; i < outlook->count; i++) {
        const hw_plan_case *one = &outlook->cases[i];
        if (i != but && outlook->facts->items[one->plan].question.kind == kind && is_known(one->slip)) {
            slips[all.cases++] = one->slip;
        }
    }
    if (all.cases > 0) {
        qsort(slips, all.cases, sizeof *slips, ascending);
        all.least = slips[0];
        all.most = slips[all.cases - 1];
        all.median = (slips[(all.cases - 1) / 2] + slips[all.cases / 2]) / 2;
        all.next_inside = ((double)all.cases - 1) / ((double)all.cases + 1);
    }
    free(slips);
    return all;
}

double hw_plan_slipped(const hw_fact_kind *kind, double planned, double slip) {
    return kind->day ? planned + slip : planned * slip;
}
