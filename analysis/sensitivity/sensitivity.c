/* Chooses the measure by the design, and judges every output by it. */
#include "analysis/base/memory.h"
#include "analysis/sensitivity/parts.h"
#include "sim/date.h"
#include "sim/statistics.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double unknown = (double)NAN;

double hw_sensitivity_mean_at(const hw_sensitivity_subject *s, uint64_t point) {
    return s->output->means[point * s->output->count + s->element];
}

double hw_sensitivity_noise_at(const hw_sensitivity_subject *s, uint64_t point) {
    return s->output->noise[point * s->output->count + s->element];
}

double hw_sensitivity_share(double part, double whole) {
    if (isnan(part) || !(whole > 0)) {
        return unknown;
    }
    return fmin(1, fmax(0, part / whole));
}

/* Standard deviation and noise share over these points; false (with the reason) when nothing moves. */
bool hw_sensitivity_look_over(const hw_sensitivity_subject *s, const uint64_t *points, uint64_t count) {
    hw_moments values = {0};
    hw_moments noise = {0};
    bool noise_known = true;
    for (uint64_t i = 0; i < count; i++) {
        double value = hw_sensitivity_noise_at(s, points[i]);
        hw_moments_add(&values, hw_sensitivity_mean_at(s, points[i]));
        noise_known = noise_known && !isnan(value);
        hw_moments_add(&noise, isnan(value) ? 0 : value);
    }
    s->of->sd = sqrt(hw_moments_variance(&values));
    s->of->noise_share =
        noise_known ? hw_sensitivity_share(noise.mean, hw_moments_variance(&values)) : unknown;
    if (values.count < 2) {
        s->of->about = "fewer than two points have an answer";
    } else if (!(s->of->sd > 1e-12 * fabs(values.mean))) {
        s->of->about = "it is the same at all points";
    }
    return s->of->about == NULL;
}

/* ---- Ranking ---- */

uint32_t hw_sensitivity_ranking_measure(hw_sensitivity_kind kind) {
    static const uint32_t measures[] = {HW_SOBOL_TOTAL, HW_MORRIS_MU_STAR, HW_REGRESSION_RANK};
    return measures[kind];
}

static void rank(hw_sensitivity_of *of, uint32_t measure) {
    /* By insertion, which keeps the file's order among equals; there are at most some dozens. */
    for (uint32_t i = 1; i < of->influence_count; i++) {
        hw_influence moved = of->influences[i];
        double size = fabs(moved.measures[measure].value);
        uint32_t to = i;
        while (to > 0 && (fabs(of->influences[to - 1].measures[measure].value) < size ||
                          (isnan(of->influences[to - 1].measures[measure].value) && !isnan(size)))) {
            of->influences[to] = of->influences[to - 1];
            to--;
        }
        of->influences[to] = moved;
    }
    for (uint32_t i = 0; i < of->influence_count; i++) {
        of->influences[i].rank = isnan(of->influences[i].measures[measure].value) ? 0 : i + 1;
    }
}

static hw_influence_verdict verdict_of(hw_sensitivity_kind kind, const hw_influence *influence) {
    const bool *told = influence->told;
    const hw_bounds *ranked = &influence->measures[hw_sensitivity_ranking_measure(kind)];
    hw_influence_verdict otherwise = ranked->low > 0 ? HW_INFLUENCE_NOISE : HW_INFLUENCE_NONE;
    if (influence->rank == 0) {
        return HW_INFLUENCE_UNKNOWN;
    }
    switch (kind) {
    case HW_SENSITIVITY_SOBOL:
        return told[HW_SOBOL_MAIN]    ? HW_INFLUENCE_CLEAR
               : told[HW_SOBOL_TOTAL] ? HW_INFLUENCE_TOTAL_ONLY
                                      : otherwise;
    case HW_SENSITIVITY_MORRIS:
        return !told[HW_MORRIS_MU_STAR] ? otherwise
               : told[HW_MORRIS_SIGMA]  ? HW_INFLUENCE_UNEVEN
                                        : HW_INFLUENCE_CLEAR;
    case HW_SENSITIVITY_REGRESSION:
        break;
    }
    return told[HW_REGRESSION_RANK] || told[HW_REGRESSION_COEFFICIENT] ? HW_INFLUENCE_CLEAR
                                                                       : HW_INFLUENCE_NONE;
}

/* ---- All outcomes ---- */

static void prepare(hw_sensitivity_of *of, const hw_sensitivity_points *p, const hw_sensitivity_output *o,
                    uint64_t element, const char *by) {
    const char *own = o->labels != NULL ? o->labels[element] : "";
    *of = (hw_sensitivity_of){
        .output = o->name,
        .element = hw_take_text("%s", own),
        .label = hw_take_text("%s%s%s%s%s", o->name, *by ? " by " : "", by, *own ? ": " : "", own),
        .units = *by ? "probability" : o->units,
        .sd = unknown,
        .noise_share = unknown,
        .censored = unknown,
        .explained = unknown,
        .sum_of_mains = unknown,
        .influences = hw_take(p->factors.count, sizeof *of->influences),
        .influence_count = p->factors.count};
    for (uint32_t f = 0; f < p->factors.count; f++) {
        hw_influence *influence = &of->influences[f];
        *influence = (hw_influence){.factor = p->factors.info[f].name,
                                    .path = p->factors.info[f].paths,
                                    .units = p->factors.info[f].units,
                                    .assumed = p->factors.info[f].assumed,
                                    .noise = unknown};
        for (int m = 0; m < HW_SENSITIVITY_MEASURES; m++) {
            influence->measures[m] = (hw_bounds){unknown, unknown, unknown};
            influence->less_noise[m] = unknown;
        }
    }
}

static uint64_t *points_of(const hw_sensitivity_points *p, const char *scenario, uint64_t *count) {
    uint64_t *own = hw_take(p->points, sizeof *own);
    *count = 0;
    for (uint64_t i = 0; i < p->points; i++) {
        if (strcmp(p->scenario[i], scenario) == 0) {
            own[(*count)++] = i;
        }
    }
    return own;
}

/* The worst of its points. */
static double censored_most(const hw_sensitivity_subject *s) {
    double most = unknown;
    for (uint64_t i = 0; s->output->day && s->output->missing != NULL && i < s->own_count; i++) {
        most = fmax(most, s->output->missing[s->own[i] * s->output->count + s->element]);
    }
    return most;
}

static void judge(hw_sensitivity *s, const hw_sensitivity_points *p, const hw_sensitivity_output *o,
                  uint64_t element) {
    static void (*const judges[])(const hw_sensitivity_subject *) = {
        hw_sensitivity_judge_sobol, hw_sensitivity_judge_morris, hw_sensitivity_judge_points};
    for (uint64_t c = 0; c < s->scenario_count; c++) {
        s->items = hw_take_again(s->items, s->count + 1, sizeof *s->items);
        hw_sensitivity_of *of = &s->items[s->count++];
        prepare(of, p, o, element, s->by);
        of->scenario = s->scenarios[c];
        hw_sensitivity_subject one = {.points = p, .output = o, .element = element, .of = of};
        uint64_t *own = points_of(p, s->scenarios[c], &one.own_count);
        one.own = own;
        of->censored = censored_most(&one);
        if (one.own_count > 0) {
            judges[s->kind](&one);
        } else {
            of->about = "this scenario has no point";
        }
        rank(of, hw_sensitivity_ranking_measure(s->kind));
        for (uint32_t f = 0; f < of->influence_count; f++) {
            of->influences[f].verdict = verdict_of(s->kind, &of->influences[f]);
        }
        free(own);
    }
}

/* Whether "output" or "output: element" asks for this one. */
static bool is_wanted(const char *outcome, const char *name, const char *element) {
    size_t length = strlen(name);
    if (outcome == NULL || strcmp(outcome, name) == 0) {
        return true;
    }
    return element != NULL && strncmp(outcome, name, length) == 0 &&
           strncmp(outcome + length, ": ", 2) == 0 && strcmp(outcome + length + 2, element) == 0;
}

static hw_status judge_output(hw_sensitivity *s, const hw_sensitivity_points *p, const char *name,
                              const hw_sensitivity_wish *wish, hw_errors *errors) {
    hw_sensitivity_output output;
    hw_status status = hw_sensitivity_read_output(&output, p, name, wish->by, errors);
    for (uint64_t e = 0; status == HW_OK && e < output.count; e++) {
        if (is_wanted(wish->outcome, name, output.labels != NULL ? output.labels[e] : NULL)) {
            judge(s, p, &output, e);
        }
    }
    hw_sensitivity_free_output(&output);
    return status;
}

static const hw_sweep_variable *mean_of(const hw_sweep_results *results, const char *name) {
    char *full = hw_take_text("%s_mean", name);
    const hw_sweep_variable *mean = hw_sweep_results_find(results, full);
    free(full);
    return mean;
}

/* Outputs whose name does not fit need not be read. */
static bool may_hold(const char *outcome, const char *name) {
    size_t length = strlen(name);
    return outcome == NULL ||
           (strncmp(outcome, name, length) == 0 && (outcome[length] == '\0' || outcome[length] == ':'));
}

static void refuse(const hw_sweep_results *results, const hw_sensitivity_wish *wish, hw_errors *errors) {
    uint32_t count = 0;
    const char *const *names = hw_sweep_results_outputs(results, &count);
    char *all = hw_take_text("%s", "");
    for (uint32_t i = 0; i < count; i++) {
        char *longer = hw_take_text("%s%s%s", all, i ? ", " : "", names[i]);
        free(all);
        all = longer;
    }
    if (wish->outcome != NULL) {
        const char *nearest = hw_nearest_name(wish->outcome, names, count);
        hw_errors_say(errors,
                      "this sweep kept no outcome '%s'%s%s%s: it has %s, each whole or as 'name: element'",
                      wish->outcome, nearest != NULL ? "; did you mean '" : "",
                      nearest != NULL ? nearest : "", nearest != NULL ? "'?" : "", all);
    } else {
        hw_errors_say(errors, "no outcome of this sweep is a day, of which --by could ask: it has %s", all);
    }
    free(all);
}

static hw_status judge_all(hw_sensitivity *s, const hw_sensitivity_points *p, const hw_sensitivity_wish *wish,
                           hw_errors *errors) {
    uint32_t count = 0;
    const char *const *names = hw_sweep_results_outputs(p->results, &count);
    hw_status status = HW_OK;
    for (uint32_t i = 0; i < count && status == HW_OK; i++) {
        int64_t start;
        if (!may_hold(wish->outcome, names[i])) {
            continue;
        }
        bool day = hw_sensitivity_is_day(mean_of(p->results, names[i]), &start);
        if (wish->by != NULL && !day && wish->outcome != NULL) {
            hw_errors_say(errors, "--by is for outcomes that are days; '%s' is not one", names[i]);
            return HW_ERROR_INPUT;
        }
        if (day || wish->by == NULL) {
            status = judge_output(s, p, names[i], wish, errors);
        }
    }
    if (status == HW_OK && s->count == 0) {
        refuse(p->results, wish, errors);
        return HW_ERROR_INPUT;
    }
    return status;
}

hw_status hw_sensitivity_read(hw_sensitivity *sensitivity, const hw_sweep_results *results,
                              const hw_sensitivity_wish *wish, hw_errors *errors) {
    *sensitivity = (hw_sensitivity){0};
    if (wish->by != NULL) {
        hw_date_print(*wish->by, sensitivity->by);
    }
    hw_sensitivity_points points;
    hw_status status = hw_sensitivity_read_points(&points, &sensitivity->kind, results, errors);
    if (status == HW_OK) {
        sensitivity->scenarios = hw_sweep_results_axis(results, "case", &sensitivity->scenario_count);
        if (sensitivity->scenarios == NULL) {
            hw_errors_say(errors, "the result of the sweep is damaged: it does not name its scenarios");
            status = HW_ERROR_IO;
        }
    }
    if (status == HW_OK) {
        hw_sensitivity_span_factors(sensitivity, &points);
        status = judge_all(sensitivity, &points, wish, errors);
    }
    hw_sensitivity_free_points(&points);
    return status;
}

void hw_sensitivity_free(hw_sensitivity *sensitivity) {
    for (uint32_t i = 0; i < sensitivity->count; i++) {
        hw_sensitivity_of *of = &sensitivity->items[i];
        for (uint32_t f = 0; f < of->influence_count; f++) {
            free(of->influences[f].about);
        }
        free(of->influences);
        free(of->label);
        free(of->element);
    }
    free(sensitivity->items);
    for (uint32_t f = 0; f < sensitivity->factor_count; f++) {
        free(sensitivity->factors[f].words);
    }
    free(sensitivity->factors);
    hw_sweep_results_free_texts(sensitivity->scenarios, sensitivity->scenario_count);
    *sensitivity = (hw_sensitivity){0};
}
