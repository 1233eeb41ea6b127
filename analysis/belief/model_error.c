/* Errors of facts and of the model on the scale of a quantity. */
#include "analysis/belief/model_error.h"
#include <math.h>

const hw_model_error hw_usual_model_error = {.share = 0.1, .days = 60};
const double hw_fact_freedom = 5;

/* Of what the model is off: the share that is common to all days, and the one that is common to all scopes.
 */
static const double common_to_days = 0.5, common_to_scopes = 0.5;

hw_model_error hw_model_error_times(const hw_model_error *model, double factor) {
    return (hw_model_error){.share = factor * model->share, .days = factor * model->days};
}

/* ---- The scale ---- */

double hw_fact_on_scale(const hw_observation *fact, double value) {
    switch (fact->question.kind->scale) {
    case HW_SCALE_ROOT:
        return sqrt(fmax(value, 0));
    case HW_SCALE_LOG:
        return log(fmax(value, 1));
    default:
        return value;
    }
}

double hw_fact_world_on_scale(const hw_observation *fact, double world, int64_t horizon) {
    return hw_fact_on_scale(fact, isnan(world) ? (double)horizon + 1 : world);
}

double hw_fact_from_scale(const hw_observation *fact, double place) {
    switch (fact->question.kind->scale) {
    case HW_SCALE_ROOT:
        return fmax(place, 0) * fmax(place, 0);
    case HW_SCALE_LOG:
        return exp(place);
    default:
        return place;
    }
}

/* An error in held units as one on the scale, where the fact is. */
static double error_on_scale(const hw_observation *fact, double error) {
    double value = hw_observation_value(fact);
    return fact->question.kind->scale == HW_SCALE_LOG
               ? error / value
               : (hw_fact_on_scale(fact, value + error) - hw_fact_on_scale(fact, value - error)) / 2;
}

/* ---- Errors ---- */

static double times_of(const hw_question *q) {
    if (q->scope[HW_SCOPE_PLACE] != NULL) {
        return HW_PLACE_TIMES;
    }
    for (hw_scope scope = HW_SCOPE_DISTRICT; scope < HW_SCOPES; scope++) {
        if (q->scope[scope] != NULL) {
            return HW_PART_TIMES;
        }
    }
    return 1;
}

/* Of what came in a shorter span than a year more, as the square root of how often it goes into a year:
 * weather and chance do not even out. Counts have their own chance, too. */
double hw_fact_model_error(const hw_observation *fact, const hw_model_error *model) {
    const hw_question *q = &fact->question;
    if (q->kind->day) {
        return times_of(q) * model->days;
    }
    bool span = !q->kind->level && q->from != INT64_MIN;
    double years = span ? (double)(q->to - q->from + 1) / 365 : 1;
    return times_of(q) * model->share * sqrt(fmax(1 / years, 1));
}

/* On the scale. */
static double error_of_model(const hw_observation *fact, const hw_model_error *model) {
    const hw_fact_kind *kind = fact->question.kind;
    double size = kind->day ? 1 : fabs(hw_observation_value(fact));
    double error = error_on_scale(fact, size * hw_fact_model_error(fact, model));
    return kind->counts ? hypot(error, 0.5) : error;
}

double hw_fact_deviation(const hw_observation *fact, const hw_model_error *model) {
    static const double least = 1e-9; /* errors far below the value's last digits cancel */
    return fmax(hypot(error_on_scale(fact, fact->error), error_of_model(fact, model)), least);
}

double hw_fact_distance(const hw_observation *fact, double world, int64_t horizon,
                        const hw_model_error *model) {
    return (hw_fact_world_on_scale(fact, world, horizon) - hw_fact_on_scale(fact, fact->low)) /
           hw_fact_deviation(fact, model);
}

/* ---- What two facts have in common ---- */

/* A level is all that came since the start. */
static int64_t first_day(const hw_question *q, int64_t start) {
    return q->from < start || q->kind->level ? start : q->from;
}

/* Days that two facts share, in the measure of which sums of them are correlated. */
static double common_days(const hw_question *a, const hw_question *b, int64_t start) {
    int64_t one = first_day(a, start), other = first_day(b, start);
    int64_t from = one > other ? one : other, to = a->to < b->to ? a->to : b->to;
    double days = (double)(a->to - one + 1), other_days = (double)(b->to - other + 1);
    return to < from ? 0 : (double)(to - from + 1) / sqrt(days * other_days);
}

/* What the facts themselves are off they do not share. Of two figures the lower has the smaller error, which
 * is what they share: were it the product of both, two figures would draw the worlds below either (Peelle's
 * puzzle). */
double hw_fact_correlation(const hw_observation *a, const hw_model_error *model_a, const hw_observation *b,
                           const hw_model_error *model_b, int64_t start) {
    const hw_question *one = &a->question, *other = &b->question;
    double days = one->kind->day ? 1 : common_to_days + (1 - common_to_days) * common_days(one, other, start);
    double scope = hw_same_series(one, other) ? 1 : common_to_scopes;
    double error = fmin(error_of_model(a, model_a), error_of_model(b, model_b));
    return days * scope * error * error / (hw_fact_deviation(a, model_a) * hw_fact_deviation(b, model_b));
}
