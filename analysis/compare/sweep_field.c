/* Which points of sweeps are compared with which. */
#include "analysis/base/memory.h"
#include "analysis/compare/sweep_choice.h"
#include "analysis/compare/sweep_parts.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { LEAST_WORLDS = 2 };

/* ---- Points ---- */

static bool can_compare(const hw_sweep_sample *sample, uint64_t point) {
    return sample->good[point] >= LEAST_WORLDS;
}

static void leave_out(hw_sweep_field *field, uint64_t point, hw_left_out why) {
    uint32_t count = field->left_out_count + 1;
    field->left_out = hw_take_again(field->left_out, count, sizeof *field->left_out);
    field->left_out_why = hw_take_again(field->left_out_why, count, sizeof *field->left_out_why);
    field->left_out[count - 1] = point;
    field->left_out_why[count - 1] = why;
    field->left_out_count = count;
}

/* The points asked for, as marks; all when none is. The caller frees them. */
static bool *choose_points(const hw_sweep_sample *sample, const hw_compare_sweep_wish *wish,
                           hw_status *status, hw_errors *errors) {
    bool *chosen = hw_take(sample->about->points, sizeof *chosen);
    *status = HW_OK;
    for (uint32_t i = 0; i < wish->point_count; i++) {
        hw_status one = hw_sweep_choose(sample, wish->points[i], "--point", chosen, errors);
        *status = one != HW_OK ? one : *status;
    }
    for (uint64_t p = 0; p < sample->about->points && wish->point_count == 0; p++) {
        chosen[p] = true;
    }
    return chosen;
}

static hw_status refuse_several(const hw_sweep_sample *sample, const char *text, const bool *chosen,
                                hw_errors *errors) {
    enum { MOST_TOLD = 3 };
    char *told = hw_take_text("%s", "");
    uint64_t count = 0;
    for (uint64_t p = 0; p < sample->about->points; p++) {
        if (!chosen[p] || ++count > MOST_TOLD) {
            continue;
        }
        char *name = hw_sweep_sample_name(sample, p, p);
        char *more = hw_take_text("%s%s%s", told, count > 1 ? "; " : "", name);
        free(name);
        free(told);
        told = more;
    }
    hw_errors_say(errors,
                  "--base: %" PRIu64 " points have %s (%s%s); name more factors, or the number of one", count,
                  text, told, count > MOST_TOLD ? "; ..." : "");
    free(told);
    return HW_ERROR_INPUT;
}

static hw_status choose_base(const hw_sweep_sample *sample, const char *text, uint64_t *base,
                             hw_errors *errors) {
    *base = 0;
    bool *chosen = hw_take(sample->about->points, sizeof *chosen);
    hw_status status = text != NULL ? hw_sweep_choose(sample, text, "--base", chosen, errors) : HW_OK;
    uint64_t count = 0;
    for (uint64_t p = 0; p < sample->about->points; p++) {
        *base = chosen[p] && count == 0 ? p : *base;
        count += chosen[p];
    }
    if (status == HW_OK && count > 1) {
        status = refuse_several(sample, text, chosen, errors);
    }
    free(chosen);
    if (status == HW_OK && !can_compare(sample, *base)) {
        hw_errors_say(errors,
                      "point %" PRIu64 " has fewer than %d good replications and cannot be the base; "
                      "--base names another point",
                      *base, LEAST_WORLDS);
        status = HW_ERROR_INPUT;
    }
    return status;
}

/* ---- Twins: the same point of another sweep ---- */

/* Each factor's place among those of the base; HW_ERROR_INPUT when they do not have the same. */
static hw_status match_factors(const hw_sweep_sample *base, const hw_sweep_sample *sample, uint32_t *place,
                               hw_errors *errors) {
    hw_status status = HW_OK;
    for (uint32_t f = 0; f < sample->factors.count; f++) {
        place[f] = 0;
        while (place[f] < base->factors.count &&
               strcmp(base->factors.info[place[f]].name, sample->factors.info[f].name) != 0) {
            place[f]++;
        }
        bool found = place[f] < base->factors.count;
        if (!found) {
            hw_errors_say(errors, "%s has the factor %s, which %s has not", sample->path,
                          sample->factors.info[f].name, base->path);
        } else if (strcmp(base->factors.info[place[f]].path, sample->factors.info[f].path) != 0) {
            hw_errors_say(errors, "the factor %s is %s in %s, but %s in %s", sample->factors.info[f].name,
                          base->factors.info[place[f]].path, base->path, sample->factors.info[f].path,
                          sample->path);
        } else {
            continue;
        }
        status = HW_ERROR_INPUT;
    }
    if (status == HW_OK && base->factors.count != sample->factors.count) {
        hw_errors_say(errors, "%s has %u factors, %s has %u: points cannot be matched", base->path,
                      base->factors.count, sample->path, sample->factors.count);
        status = HW_ERROR_INPUT;
    }
    return status;
}

static bool is_twin(const hw_sweep_sample *base, uint64_t base_point, const hw_sweep_sample *sample,
                    uint64_t point, const uint32_t *place) {
    bool several = base->case_count > 1 || sample->case_count > 1;
    if (several && strcmp(base->scenario[base_point], sample->scenario[point]) != 0) {
        return false;
    }
    for (uint32_t f = 0; f < sample->factors.count; f++) {
        if (!hw_sweep_sample_same(sample, point, f, base, base_point, place[f])) {
            return false;
        }
    }
    return true;
}

/* Points of equal designs stand at the same place, so that is where to look first. */
static uint64_t find_twin(const hw_sweep_sample *base, const hw_sweep_sample *sample, uint64_t point,
                          const uint32_t *place) {
    if (point < base->about->points && is_twin(base, point, sample, point, place)) {
        return point;
    }
    uint64_t twin = 0;
    while (twin < base->about->points && !is_twin(base, twin, sample, point, place)) {
        twin++;
    }
    return twin;
}

/* ---- Contenders ---- */

static hw_status open_contender(hw_contender *contender, hw_outcomes *outcomes, hw_sweep_sample *sample,
                                uint64_t point, char *name, const hw_contender *base, hw_errors *errors) {
    *contender = (hw_contender){.name = name, .outcomes = outcomes, .base = base};
    return hw_sweep_point_open(outcomes, sample, point, errors);
}

static void make_room(hw_sweep_field *field, uint64_t variants, uint64_t bases) {
    field->points = hw_take(variants, sizeof *field->points);
    field->outcomes = hw_take(variants, sizeof *field->outcomes);
    field->variants = hw_take(variants, sizeof *field->variants);
    field->base_points = hw_take(bases, sizeof *field->base_points);
    field->base_outcomes = hw_take(bases, sizeof *field->base_outcomes);
    field->bases = hw_take(bases, sizeof *field->bases);
}

void hw_sweep_field_free(hw_sweep_field *field) {
    for (uint32_t i = 0; i < field->count; i++) {
        free((char *)field->variants[i].name);
        hw_sweep_point_close(&field->outcomes[i]);
    }
    for (uint32_t i = 0; i < field->base_count; i++) {
        free((char *)field->bases[i].name);
        hw_sweep_point_close(&field->base_outcomes[i]);
    }
    free(field->points);
    free(field->outcomes);
    free(field->variants);
    free(field->base_points);
    free(field->base_outcomes);
    free(field->bases);
    free(field->left_out);
    free(field->left_out_why);
    free(field->outcome);
    free(field->element);
}

static hw_status add_variant(hw_sweep_field *field, uint64_t point, char *name, const hw_contender *base,
                             hw_errors *errors) {
    uint32_t i = field->count++;
    field->points[i] = point;
    return open_contender(&field->variants[i], &field->outcomes[i], field->sample, point, name, base, errors);
}

static hw_status add_base(hw_sweep_field *field, uint64_t point, char *name, hw_errors *errors) {
    uint32_t i = field->base_count++;
    field->base_points[i] = point;
    return open_contender(&field->bases[i], &field->base_outcomes[i], field->base_sample, point, name, NULL,
                          errors);
}

static uint64_t count_marks(const bool *marks, uint64_t count) {
    uint64_t marked = 0;
    for (uint64_t i = 0; i < count; i++) {
        marked += marks[i];
    }
    return marked;
}

static hw_status refuse_empty(const hw_sweep_field *field, hw_errors *errors) {
    if (field->count > 0) {
        return HW_OK;
    }
    hw_errors_say(errors, "%s has no point to be compared%s", field->sample->path,
                  field->left_out_count ? ": all are left out, for want of good replications or of the same "
                                          "point in the other sweep"
                                        : " with the base");
    return HW_ERROR_INPUT;
}

const char *hw_left_out_words(hw_left_out why) {
    static const char *const words[HW_LEFT_OUT_REASONS] = {
        [HW_LEFT_OUT_FEW_WORLDS] = "fewer than two good replications",
        [HW_LEFT_OUT_NO_TWIN] = "there is no point with these values to compare it with"};
    return words[why];
}

/* "scenario=LABEL" alone, of a sweep of several: the label, or NULL. */
static const char *scenario_alone(const hw_sweep_sample *sample, const char *base) {
    static const char key[] = "scenario=";
    if (base == NULL || sample->case_count < 2 || strncmp(base, key, strlen(key)) != 0) {
        return NULL;
    }
    for (uint64_t c = 0; c < sample->case_count; c++) {
        if (strcmp(sample->cases[c], base + strlen(key)) == 0) {
            return sample->cases[c];
        }
    }
    return NULL;
}

/* The point of a scenario that has the same values of all factors; the number of points when it is missing.
 */
static uint64_t find_in_scenario(const hw_sweep_sample *sample, uint64_t point, const char *scenario) {
    uint64_t points = sample->about->points, each = points / sample->case_count;
    for (uint64_t i = 0; i < points; i++) {
        uint64_t twin = (point + i * each + i / sample->case_count) % points;
        bool same = strcmp(sample->scenario[twin], scenario) == 0;
        for (uint32_t f = 0; f < sample->factors.count && same; f++) {
            same = hw_sweep_sample_same(sample, point, f, sample, twin, f);
        }
        if (same) {
            return twin;
        }
    }
    return points;
}

/* A variant with its own base; `twin` is the number of points when it is missing. */
static hw_status add_twins(hw_sweep_field *field, uint64_t point, uint64_t twin, hw_errors *errors) {
    const hw_sweep_sample *base = field->base_sample;
    if (twin == base->about->points) {
        leave_out(field, point, HW_LEFT_OUT_NO_TWIN);
        return HW_OK;
    }
    if (!can_compare(field->sample, point) || !can_compare(base, twin)) {
        leave_out(field, point, HW_LEFT_OUT_FEW_WORLDS);
        return HW_OK;
    }
    hw_status status =
        add_base(field, twin, hw_take_text("point %" PRIu64 " of %s", twin, field->own_bases_of), errors);
    if (status != HW_OK) {
        return status;
    }
    return add_variant(field, point, hw_sweep_sample_name(field->sample, point, point),
                       &field->bases[field->base_count - 1], errors);
}

/* Each point against its twin: in a scenario of the same sweep (of points of other scenarios), or in the base
 * sweep (scenario: NULL). */
static hw_status fill_with_twins(hw_sweep_field *field, const hw_compare_sweep_wish *wish,
                                 const char *scenario, hw_errors *errors) {
    hw_sweep_sample *sample = field->sample, *base = field->base_sample;
    uint32_t *place = hw_take(sample->factors.count, sizeof *place);
    hw_status status;
    bool *chosen = choose_points(sample, wish, &status, errors);
    if (status == HW_OK && scenario == NULL) {
        status = match_factors(base, sample, place, errors);
    }
    uint64_t count = count_marks(chosen, sample->about->points);
    field->own_bases = true;
    field->own_bases_of = scenario != NULL ? scenario : base->path;
    make_room(field, count, count);
    for (uint64_t p = 0; status == HW_OK && p < sample->about->points; p++) {
        if (chosen[p] && scenario == NULL) {
            status = add_twins(field, p, find_twin(base, sample, p, place), errors);
        } else if (chosen[p] && strcmp(sample->scenario[p], scenario) != 0) {
            status = add_twins(field, p, find_in_scenario(sample, p, scenario), errors);
        }
    }
    free(chosen);
    free(place);
    return status == HW_OK ? refuse_empty(field, errors) : status;
}

hw_status hw_sweep_field_from_one(hw_sweep_field *field, const hw_compare_sweep_wish *wish,
                                  hw_errors *errors) {
    hw_sweep_sample *sample = field->sample;
    const char *scenario = scenario_alone(sample, wish->base);
    if (scenario != NULL) {
        return fill_with_twins(field, wish, scenario, errors);
    }
    uint64_t base = 0;
    hw_status status;
    bool *chosen = choose_points(sample, wish, &status, errors);
    if (status == HW_OK) {
        status = choose_base(sample, wish->base, &base, errors);
    }
    if (status == HW_OK) {
        make_room(field, count_marks(chosen, sample->about->points), 1);
        status = add_base(field, base, hw_sweep_sample_name(sample, base, base), errors);
    }
    for (uint64_t p = 0; status == HW_OK && p < sample->about->points; p++) {
        if (!chosen[p] || p == base) {
            continue;
        }
        if (can_compare(sample, p)) {
            status = add_variant(field, p, hw_sweep_sample_name(sample, p, base), NULL, errors);
        } else {
            leave_out(field, p, HW_LEFT_OUT_FEW_WORLDS);
        }
    }
    free(chosen);
    return status == HW_OK ? refuse_empty(field, errors) : status;
}

hw_status hw_sweep_field_from_two(hw_sweep_field *field, const hw_compare_sweep_wish *wish,
                                  hw_errors *errors) {
    return fill_with_twins(field, wish, NULL, errors);
}
