/* Draws the values of each world again, and works out what knowing them is worth. */
#include "analysis/decide/worth.h"
#include "analysis/base/memory.h"
#include "analysis/decide/asked.h"
#include "analysis/decide/drawn.h"
#include "sim/distribution.h"
#include "sim/rng.h"
#include <gsl/gsl_cdf.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TOGETHER_MOST = 12, MOST_SHUFFLES = 2000 };
static const double alone = 0.025; /* one end of a 95 % interval */

/* ---- What is asked for ---- */

bool hw_worth_is_of_all(const hw_worth *worth) {
    return strcmp(worth->wish.of, "all") == 0;
}

/* Whether a path is that name, or lies below it. */
static bool is_below(const char *path, const char *name) {
    size_t length = strlen(name);
    return strncmp(path, name, length) == 0 && (path[length] == '\0' || path[length] == '.');
}

static void add_item(hw_worth *worth, char *name) {
    worth->items = hw_take_again(worth->items, worth->count + 1, sizeof *worth->items);
    worth->items[worth->count++] = (hw_knowable){.name = name};
}

static void add_value(hw_knowable *item, uint32_t id) {
    item->ids = hw_take_again(item->ids, item->count + 1, sizeof *item->ids);
    item->ids[item->count++] = id;
}

static const hw_values *values_of(const hw_study *study) {
    return hw_drawn_values_of(&study->parts[0].loaded);
}

/* Uncertain, and read in at least one of the scenarios. */
static bool is_knowable(const hw_study *study, const hw_value *value) {
    bool read = false;
    for (uint32_t p = 0; p < study->count && !read && hw_is_uncertain(value); p++) {
        read = hw_binding_reads(study->parts[p].loaded.binding, value->path);
    }
    return read;
}

static void take_all(hw_worth *worth, const hw_study *study) {
    const hw_values *values = values_of(study);
    for (uint32_t i = 0; i < values->count; i++) {
        if (is_knowable(study, &values->items[i])) {
            add_item(worth, hw_take_text("%s", values->items[i].path));
            add_value(&worth->items[worth->count - 1], i);
        }
    }
}

static void say_unknown(const char *name, const hw_values *values, hw_errors *errors) {
    const char **paths = hw_take(values->count, sizeof *paths);
    uint32_t count = 0;
    for (uint32_t i = 0; i < values->count; i++) {
        if (hw_is_uncertain(&values->items[i])) {
            paths[count++] = values->items[i].path;
        }
    }
    hw_suggest(errors, (hw_position){0}, name, paths, count, "",
               "no uncertain value is called '%s' or lies below it", name);
    free(paths);
}

static void take_one(hw_worth *worth, char *name, const hw_study *study, hw_errors *errors) {
    const hw_values *values = values_of(study);
    bool there = false, uncertain = false;
    add_item(worth, name);
    hw_knowable *item = &worth->items[worth->count - 1];
    for (uint32_t i = 0; i < values->count; i++) {
        bool below = is_below(values->items[i].path, name);
        there = there || below;
        uncertain = uncertain || (below && hw_is_uncertain(&values->items[i]));
        if (below && is_knowable(study, &values->items[i])) {
            add_value(item, i);
        }
    }
    if (item->count == 0 && uncertain) {
        hw_errors_say(errors, "nothing reads '%s' in these scenarios: there is nothing to know", name);
    } else if (item->count == 0 && there) {
        hw_errors_say(errors, "'%s' is certain in this scenario: there is nothing to know", name);
    } else if (item->count == 0) {
        say_unknown(name, values, errors);
    } else if (item->count > TOGETHER_MOST) {
        hw_errors_say(errors, "%u uncertain values lie below '%s': at most %d can be known together",
                      item->count, name, TOGETHER_MOST);
    }
}

hw_status hw_worth_look(hw_worth *worth, const hw_study *study, hw_errors *errors) {
    uint32_t before = errors->count;
    bool all = hw_worth_is_of_all(worth);
    if (all) {
        take_all(worth, study);
    }
    for (const char *rest = all ? "" : worth->wish.of; *rest != '\0';) {
        rest += strspn(rest, " ");
        size_t length = strcspn(rest, ","), end = length;
        while (end > 0 && rest[end - 1] == ' ') {
            end--;
        }
        take_one(worth, hw_take_text("%.*s", (int)end, rest), study, errors);
        rest += length + (rest[length] == ',');
    }
    if (worth->count == 0 && errors->count == before) {
        hw_errors_say(errors, all ? "no uncertain value is read in these scenarios" : "--of names no value");
    }
    return errors->count > before ? HW_ERROR_INPUT : HW_OK;
}

/* ---- Worlds ---- */

/* What each decision brings in each world: the measure, or dollars. */
static hw_status take_benefits(hw_worth *worth, const hw_study *study, double *benefit, hw_errors *errors) {
    hw_status status = HW_OK;
    for (uint32_t d = 0; d < study->count && status == HW_OK; d++) {
        status = hw_measure_benefits(worth->measure, worth->wish.price, &study->parts[d].outcomes,
                                     benefit + d * worth->worlds, errors);
    }
    return status;
}

typedef struct ranked {
    double number;
    uint64_t world;
} ranked;

static int compare_ranked(const void *left, const void *right) {
    const ranked *a = left, *b = right;
    if (a->number != b->number) {
        return a->number < b->number ? -1 : 1;
    }
    return a->world < b->world ? -1 : a->world > b->world;
}

/* What a measurement shows: the normal score of a value, and an error that is so much of its spread. */
static void measure_again(double *x, uint64_t worlds, double error, uint64_t seed, uint64_t entity) {
    ranked *order = hw_take(worlds, sizeof *order);
    for (uint64_t r = 0; r < worlds; r++) {
        order[r] = (ranked){x[r], r};
    }
    qsort(order, worlds, sizeof *order, compare_ranked);
    for (uint64_t i = 0; i < worlds; i++) {
        uint64_t r = order[i].world;
        double noise =
            hw_normal_quantile(hw_draw((hw_rng_key){.seed = seed, .replication = r}, entity, 0, 0));
        x[r] = hw_normal_quantile(((double)i + 0.5) / (double)worlds) + error * noise;
    }
    free(order);
}

/* Enough for p to be as small as so many values ask for, up to a most. */
static uint64_t shuffles_of(const hw_worth *worth) {
    return (uint64_t)fmin(ceil(worth->count / alone), MOST_SHUFFLES);
}

static void work_out(hw_worth *worth, hw_knowable *item, const hw_values *values, const double *drawn,
                     const double *benefit, uint32_t decisions) {
    double *x = hw_take(item->count * worth->worlds, sizeof *x);
    for (uint32_t v = 0; v < item->count; v++) {
        memcpy(x + v * worth->worlds, drawn + item->ids[v] * worth->worlds, worth->worlds * sizeof *x);
    }
    item->perfect =
        hw_knowing_worth(benefit, decisions, x, item->count, worth->worlds, worth->seed, shuffles_of(worth));
    if (worth->wish.error > 0) {
        for (uint32_t v = 0; v < item->count; v++) {
            measure_again(x + v * worth->worlds, worth->worlds, worth->wish.error, worth->seed,
                          values->items[item->ids[v]].entity);
        }
        item->measured = hw_knowing_worth(benefit, decisions, x, item->count, worth->worlds, worth->seed,
                                          HW_KNOWING_SHUFFLES);
    }
    free(x);
}

static int compare_items(const void *left, const void *right) {
    const hw_knowable *a = left, *b = right;
    if (a->perfect.value != b->perfect.value) {
        return a->perfect.value > b->perfect.value ? -1 : 1;
    }
    return strcmp(a->name, b->name);
}

static void compare_decisions(hw_worth *worth, const hw_study *study, const double *benefit) {
    worth->decision_count = study->count;
    worth->decisions = hw_take(study->count, sizeof *worth->decisions);
    for (uint32_t d = 0; d < study->count; d++) {
        hw_paired against = hw_paired_means(benefit, benefit + d * worth->worlds, worth->worlds);
        worth->decisions[d] = (hw_decision){.name = study->parts[d].name,
                                            .digest = hw_asked_digest(&study->parts[d]),
                                            .mean = against.variant,
                                            .against = against};
        worth->best = worth->decisions[d].mean > worth->decisions[worth->best].mean ? d : worth->best;
    }
}

hw_status hw_worth_find(hw_worth *worth, const hw_study *study, hw_errors *errors) {
    worth->worlds = study->replications;
    worth->seed = study->seed;
    hw_status status = hw_study_check_good(study, errors);
    if (status != HW_OK) {
        return status;
    }
    const hw_loaded *base = &study->parts[0].loaded;
    double *benefit = hw_take((size_t)study->count * worth->worlds, sizeof *benefit);
    status = take_benefits(worth, study, benefit, errors);
    if (status == HW_OK) {
        compare_decisions(worth, study, benefit);
        double *drawn = hw_drawn_again(base, worth->seed, worth->worlds);
        for (uint32_t i = 0; i < worth->count; i++) {
            work_out(worth, &worth->items[i], hw_drawn_values_of(base), drawn, benefit, study->count);
        }
        worth->perfect = worth->items[0].perfect.perfect;
        qsort(worth->items, worth->count, sizeof *worth->items, compare_items);
        free(drawn);
    }
    free(benefit);
    if (status == HW_OK && isnan(worth->perfect)) {
        hw_errors_say(errors, "%" PRIu64 " worlds are too few to tell what knowing is worth", worth->worlds);
        return HW_ERROR_LAW;
    }
    return status;
}

bool hw_worth_is_clear(const hw_worth *worth, const hw_knowable *item) {
    const hw_knowing *of = &item->perfect;
    double wider = gsl_cdf_ugaussian_Qinv(alone / worth->count) / gsl_cdf_ugaussian_Qinv(alone);
    bool near_too = isnan(of->nearest) || of->nearest > 0;
    return of->value > wider * of->error && of->p <= fmax(alone / worth->count, 1.0 / MOST_SHUFFLES) &&
           near_too;
}

void hw_worth_free(hw_worth *worth) {
    for (uint32_t i = 0; i < worth->count; i++) {
        free(worth->items[i].name);
        free(worth->items[i].ids);
    }
    for (uint32_t d = 0; d < worth->decision_count; d++) {
        free(worth->decisions[d].digest);
    }
    free(worth->known);
    free(worth->items);
    free(worth->decisions);
    *worth = (hw_worth){0};
}
