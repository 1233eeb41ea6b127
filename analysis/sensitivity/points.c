/* What a sensitivity analysis reads of a sweep's result. */
#include "analysis/base/memory.h"
#include "analysis/results/elements.h"
#include "analysis/sensitivity/parts.h"
#include "sim/date.h"
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Kept outcomes beyond this are not read: noise is then bounded from the summaries, as if they were not kept.
 */
static const double kept_most_bytes = 1e9;

/* ---- Points ---- */

static hw_status read_places(hw_sensitivity_points *p, const char *const names[2], hw_errors *errors) {
    for (int i = 0; i < 2; i++) {
        p->place[i] = hw_sweep_results_numbers(p->results, names[i], errors);
        if (p->place[i] == NULL) {
            return HW_ERROR_IO;
        }
    }
    return HW_OK;
}

/* Sobol's points are arranged for indices when there are blocks AB_i. */
static bool has_blocks(const hw_sensitivity_points *p) {
    for (uint64_t i = 0; i < p->points; i++) {
        if (p->place[1][i] >= 2) {
            return true;
        }
    }
    return false;
}

static hw_status read_arrangement(hw_sensitivity_points *p, hw_sensitivity_kind *kind, hw_errors *errors) {
    static const char *const sobol[2] = {"sobol_row", "sobol_block"};
    static const char *const morris[2] = {"morris_trajectory", "morris_moved"};
    *kind = HW_SENSITIVITY_REGRESSION;
    if (hw_sweep_results_find(p->results, sobol[0]) != NULL) {
        if (read_places(p, sobol, errors) != HW_OK) {
            return HW_ERROR_IO;
        }
        *kind = has_blocks(p) ? HW_SENSITIVITY_SOBOL : HW_SENSITIVITY_REGRESSION;
    } else if (hw_sweep_results_find(p->results, morris[0]) != NULL) {
        *kind = HW_SENSITIVITY_MORRIS;
        p->unit = hw_sweep_results_numbers(p->results, "unit_coordinate", errors);
        if (p->unit == NULL || read_places(p, morris, errors) != HW_OK) {
            return HW_ERROR_IO;
        }
    }
    return HW_OK;
}

hw_status hw_sensitivity_read_points(hw_sensitivity_points *p, hw_sensitivity_kind *kind,
                                     const hw_sweep_results *results, hw_errors *errors) {
    const hw_sweep_about *about = hw_sweep_results_about(results);
    *p = (hw_sensitivity_points){
        .results = results, .points = about->points, .replications = about->replications};
    p->scenario = hw_sweep_results_texts(results, "scenario", errors);
    p->good = hw_sweep_results_numbers(results, "replications_good", errors);
    p->horizon = hw_sweep_results_numbers(results, "horizon_day", errors);
    if (p->scenario == NULL || p->good == NULL || p->horizon == NULL ||
        hw_factor_values_read(&p->factors, results, UINT32_MAX, errors) != HW_OK) {
        return HW_ERROR_IO;
    }
    if (hw_sweep_results_find(results, "good") != NULL) {
        p->good_one = hw_sweep_results_numbers(results, "good", errors);
        if (p->good_one == NULL) {
            return HW_ERROR_IO;
        }
    }
    return read_arrangement(p, kind, errors);
}

void hw_sensitivity_free_points(hw_sensitivity_points *p) {
    hw_factor_values_free(&p->factors);
    hw_sweep_results_free_texts(p->scenario, p->points);
    free(p->place[0]);
    free(p->place[1]);
    free(p->unit);
    free(p->good);
    free(p->horizon);
    free(p->good_one);
    *p = (hw_sensitivity_points){0};
}

/* ---- Outputs ---- */

bool hw_sensitivity_is_day(const hw_sweep_variable *mean, int64_t *start) {
    static const char since[] = " since ";
    const char *date = mean->units != NULL ? strstr(mean->units, since) : NULL;
    return date != NULL && hw_date_parse(date + strlen(since), start);
}

static double *numbers_of(const hw_sensitivity_points *p, const char *name, const char *suffix,
                          hw_errors *errors) {
    char *full = hw_take_text("%s%s", name, suffix);
    double *numbers = hw_sweep_results_numbers(p->results, full, errors);
    free(full);
    return numbers;
}

/* Variance of each mean: that of its values over how many there are. A day that does not happen counts as the
 * horizon in its mean; of other values, missing ones are left out. */
static hw_status read_means(hw_sensitivity_output *o, const hw_sensitivity_points *p, hw_errors *errors) {
    o->means = numbers_of(p, o->name, "_mean", errors);
    o->noise = numbers_of(p, o->name, "_sd", errors);
    o->missing = numbers_of(p, o->name, "_missing", errors);
    bool good = o->means != NULL && o->noise != NULL && o->missing != NULL;
    for (uint64_t i = 0; good && i < p->points * o->count; i++) {
        double values = p->good[i / o->count] * (o->day ? 1 : 1 - o->missing[i]);
        o->noise[i] = o->noise[i] * o->noise[i] / values;
    }
    return good ? HW_OK : HW_ERROR_IO;
}

static void refuse_date(const double *days, uint64_t count, int64_t start, int64_t by, hw_errors *errors) {
    char asked[16];
    char *known = hw_take_text("%s", "");
    for (uint64_t d = 0; d < count; d++) {
        char date[16];
        char *longer =
            hw_take_text("%s%s%s", known, d ? ", " : "", hw_date_print(start + (int64_t)days[d], date));
        free(known);
        known = longer;
    }
    hw_errors_say(errors, "this sweep did not keep probabilities by %s%s%s; 'by' in a design asks for them",
                  hw_date_print(by, asked), count ? ": it has those by " : "", known);
    free(known);
}

/* The probability by a date instead of the mean. */
static hw_status read_by(hw_sensitivity_output *o, const hw_sensitivity_points *p, int64_t start, int64_t by,
                         hw_errors *errors) {
    uint64_t count = 0;
    uint64_t at = UINT64_MAX;
    double *days = hw_sweep_results_axis_numbers(p->results, "by_date", &count);
    o->by = (double)(by - start + 1); /* its end */
    for (uint64_t d = 0; d < count; d++) {
        at = days[d] == (double)(by - start) ? d : at;
    }
    if (at == UINT64_MAX) {
        refuse_date(days, count, start, by, errors);
    }
    free(days);
    if (at == UINT64_MAX) {
        return HW_ERROR_INPUT;
    }
    double *shares = numbers_of(p, o->name, "_by", errors);
    if (shares == NULL) {
        return HW_ERROR_IO;
    }
    o->means = hw_take(p->points * o->count, sizeof *o->means);
    o->noise = hw_take(p->points * o->count, sizeof *o->noise);
    for (uint64_t i = 0; i < p->points * o->count; i++) {
        double share = shares[i * count + at];
        double others = p->good[i / o->count] - 1;
        o->means[i] = share;
        o->noise[i] = others > 0 ? share * (1 - share) / others : (double)NAN;
    }
    free(shares);
    return HW_OK;
}

static hw_status read_kept(hw_sensitivity_output *o, const hw_sensitivity_points *p, hw_errors *errors) {
    double bytes = (double)p->points * (double)p->replications * (double)o->count * sizeof(double);
    if (p->good_one == NULL || p->replications < 2 || bytes > kept_most_bytes) {
        return HW_OK;
    }
    o->kept = hw_sweep_results_numbers(p->results, o->name, errors);
    return o->kept != NULL ? HW_OK : HW_ERROR_IO;
}

hw_status hw_sensitivity_read_output(hw_sensitivity_output *o, const hw_sensitivity_points *p,
                                     const char *name, const int64_t *by, hw_errors *errors) {
    char *full = hw_take_text("%s_mean", name);
    const hw_sweep_variable *mean = hw_sweep_results_find(p->results, full);
    free(full);
    int64_t start = 0;
    *o = (hw_sensitivity_output){.name = name, .count = mean->count, .by = (double)NAN};
    o->day = hw_sensitivity_is_day(mean, &start);
    o->units = by != NULL ? "probability" : o->day ? "days" : mean->units != NULL ? mean->units : "1";
    o->labels = hw_sweep_element_labels(p->results, mean);
    hw_status status = by != NULL ? read_by(o, p, start, *by, errors) : read_means(o, p, errors);
    return status == HW_OK ? read_kept(o, p, errors) : status;
}

void hw_sensitivity_free_output(hw_sensitivity_output *o) {
    hw_sweep_results_free_texts(o->labels, o->count);
    free(o->means);
    free(o->noise);
    free(o->missing);
    free(o->kept);
    *o = (hw_sensitivity_output){0};
}

bool hw_sensitivity_worlds(const hw_sensitivity_output *o, const hw_sensitivity_points *p, uint64_t element,
                           uint64_t point, double *worlds) {
    if (o->kept == NULL) {
        return false;
    }
    for (uint64_t r = 0; r < p->replications; r++) {
        uint64_t at = point * p->replications + r;
        double value = o->kept[at * o->count + element];
        if (!(p->good_one[at] > 0)) {
            return false;
        }
        if (!isnan(o->by)) {
            value = value <= o->by ? 1 : 0; /* NaN: not at all */
        } else if (o->day && isnan(value)) {
            value = p->horizon[point];
        }
        if (isnan(value)) {
            return false;
        }
        worlds[r] = value;
    }
    return true;
}
