/* Patient rule induction. */
#include "analysis/figures/boxes.h"
#include "analysis/base/memory.h"
#include "sim/rng.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double peel = 0.05, mass_least = 0.05, error = 0.05;
enum { RESAMPLES = 20 };

/* ---- Worlds in the order of each input ---- */

typedef struct numbered {
    double number;
    size_t world;
} numbered;

static int compare_numbers(const void *left, const void *right) {
    const numbered *a = left, *b = right;
    if (a->number != b->number) {
        return a->number < b->number ? -1 : 1;
    }
    return a->world < b->world ? -1 : a->world > b->world;
}

/* The search among worlds, each of which counts so many times (0 or 1; more when resampled). */
typedef struct search {
    const double *inputs;
    uint32_t input_count;
    const bool *bad;
    size_t worlds;
    const uint32_t *times;
    size_t *order;      /* input after input: worlds, ascending */
    bool *open;         /* inputs that may be limited */
    bool *inside;       /* the box as it is */
    double *low, *high; /* its limits */
    size_t mass, bad_mass, all, all_bad;
} search;

static double number_of(const search *s, uint32_t input, size_t world) {
    return s->inputs[(size_t)input * s->worlds + world];
}

static size_t *orders_of(const double *inputs, uint32_t input_count, size_t worlds) {
    size_t *order = hw_take((size_t)input_count * worlds, sizeof *order);
    numbered *numbers = hw_take(worlds, sizeof *numbers);
    for (uint32_t i = 0; i < input_count; i++) {
        for (size_t r = 0; r < worlds; r++) {
            numbers[r] = (numbered){inputs[(size_t)i * worlds + r], r};
        }
        qsort(numbers, worlds, sizeof *numbers, compare_numbers);
        for (size_t r = 0; r < worlds; r++) {
            order[(size_t)i * worlds + r] = numbers[r].world;
        }
    }
    free(numbers);
    return order;
}

static void begin(search *s) {
    s->mass = s->bad_mass = 0;
    for (size_t r = 0; r < s->worlds; r++) {
        s->inside[r] = s->times[r] > 0;
        s->mass += s->times[r];
        s->bad_mass += s->bad[r] ? s->times[r] : 0;
    }
    s->all = s->mass;
    s->all_bad = s->bad_mass;
    for (uint32_t i = 0; i < s->input_count; i++) {
        s->low[i] = -(double)INFINITY;
        s->high[i] = (double)INFINITY;
    }
}

/* ---- Which inputs to look at ---- */

/* Among hundreds of inputs some that mean nothing always look well at one end, and a box that they have
 * narrowed hides the others. So only those are open that bad worlds prefer to have low or high: by the
 * largest differences of mean ranks between bad and good worlds (Wilcoxon). */
enum { OPEN_MOST = 20 };

typedef struct preferred {
    double distance;
    uint32_t input;
} preferred;

static int compare_preferred(const void *left, const void *right) {
    const preferred *a = left, *b = right;
    if (a->distance != b->distance) {
        return a->distance > b->distance ? -1 : 1;
    }
    return a->input < b->input ? -1 : a->input > b->input;
}

static void open_preferred(search *s) {
    preferred *all = hw_take(s->input_count, sizeof *all);
    for (uint32_t i = 0; i < s->input_count; i++) {
        double sum = 0, before = 0, bad = 0;
        for (size_t k = 0; k < s->worlds; k++) {
            size_t r = s->order[(size_t)i * s->worlds + k];
            double times = s->times[r];
            sum += s->bad[r] ? times * (before + (times - 1) / 2) : 0;
            bad += s->bad[r] ? times : 0;
            before += times;
        }
        all[i] = (preferred){bad > 0 ? fabs(sum / bad - (before - 1) / 2) : 0, i};
    }
    qsort(all, s->input_count, sizeof *all, compare_preferred);
    for (uint32_t i = 0; i < s->input_count; i++) {
        s->open[all[i].input] = i < OPEN_MOST;
    }
    free(all);
}

/* ---- Peeling ---- */

typedef struct cut {
    uint32_t input;
    bool from_below;
    double limit; /* what stays on or inside it */
    double density;
    size_t mass;
} cut;

/* Cuts a twentieth of the box away at one end of an input; ties go together. */
static bool try_cut(const search *s, uint32_t input, bool from_below, cut *found) {
    const size_t *order = s->order + (size_t)input * s->worlds;
    size_t wanted = (size_t)ceil(peel * (double)s->mass), gone = 0, bad_gone = 0;
    for (size_t k = 0; k < s->worlds; k++) {
        size_t r = order[from_below ? k : s->worlds - 1 - k];
        double number = number_of(s, input, r);
        if (!s->inside[r]) {
            continue;
        }
        if (gone >= wanted && number != found->limit) {
            found->limit = number;
            found->mass = s->mass - gone;
            found->density = (double)(s->bad_mass - bad_gone) / (double)found->mass;
            found->input = input;
            found->from_below = from_below;
            return true;
        }
        gone += s->times[r];
        bad_gone += s->bad[r] ? s->times[r] : 0;
        found->limit = number; /* of the last that goes */
    }
    return false;
}

static bool best_cut(const search *s, cut *best) {
    bool any = false;
    for (uint32_t i = 0; i < s->input_count; i++) {
        for (int end = 0; end < 2 && s->open[i]; end++) {
            cut one = {.limit = (double)NAN};
            if (try_cut(s, i, end == 0, &one) && (!any || one.density > best->density)) {
                *best = one;
                any = true;
            }
        }
    }
    return any;
}

static void apply(search *s, const cut *one) {
    double *limit = one->from_below ? &s->low[one->input] : &s->high[one->input];
    *limit = one->limit;
    s->mass = s->bad_mass = 0;
    for (size_t r = 0; r < s->worlds; r++) {
        double number = number_of(s, one->input, r);
        s->inside[r] = s->inside[r] && number >= s->low[one->input] && number <= s->high[one->input];
        s->mass += s->inside[r] ? s->times[r] : 0;
        s->bad_mass += s->inside[r] && s->bad[r] ? s->times[r] : 0;
    }
}

/* How many more bad worlds a box has than chance would put there (weighted relative accuracy, Lavrac et al.
 * 1999): whole samples and single worlds have none more, however many worlds are bad. */
static double excess(const search *s) {
    return (double)s->bad_mass - (double)s->mass * (double)s->all_bad / (double)s->all;
}

/* The limits of the best box on the way. */
static void find_limits(search *s, double *low, double *high) {
    begin(s);
    double best = 0;
    size_t bytes = s->input_count * sizeof *low;
    memcpy(low, s->low, bytes);
    memcpy(high, s->high, bytes);
    cut next = {0};
    while (s->bad_mass < s->mass && best_cut(s, &next) && (double)next.mass >= mass_least * (double)s->all &&
           next.density > (double)s->bad_mass / (double)s->mass) {
        apply(s, &next);
        double now = excess(s);
        if (now > best) {
            best = now;
            memcpy(low, s->low, bytes);
            memcpy(high, s->high, bytes);
        }
    }
}

/* ---- What chance explains ---- */

static bool is_limited(double low, double high) {
    return isfinite(low) || isfinite(high);
}

bool hw_box_holds(const hw_box *box, const double *inputs, size_t worlds, size_t world) {
    for (uint32_t i = 0; i < box->count; i++) {
        double number = inputs[(size_t)box->limits[i].input * worlds + world];
        if (number < box->limits[i].low || number > box->limits[i].high) {
            return false;
        }
    }
    return true;
}

static void count_inside(hw_box *box, const double *inputs, const bool *bad, size_t worlds) {
    box->inside = box->bad_inside = 0;
    for (size_t r = 0; r < worlds; r++) {
        bool inside = hw_box_holds(box, inputs, worlds, r);
        box->inside += inside;
        box->bad_inside += inside && bad[r];
    }
}

/* How likely so many bad worlds were inside, if those without the limit are bad as often as before it. */
static double p_of(const hw_box *box, uint32_t limit, const double *inputs, uint32_t input_count,
                   const bool *bad, size_t worlds) {
    hw_box without = {.limits = hw_take(box->count, sizeof *without.limits)};
    for (uint32_t i = 0; i < box->count; i++) {
        if (i != limit) {
            without.limits[without.count++] = box->limits[i];
        }
    }
    count_inside(&without, inputs, bad, worlds);
    double before = (double)without.bad_inside / (double)without.inside;
    free(without.limits);
    double chance = box->bad_inside > 0
                        ? gsl_cdf_binomial_Q((unsigned)box->bad_inside - 1, before, (unsigned)box->inside)
                        : 1;
    return chance * 2 * input_count;
}

/* Takes the limit away that chance explains best, as long as it explains one. */
static void drop_limits(hw_box *box, const double *inputs, uint32_t input_count, const bool *bad,
                        size_t worlds) {
    for (;;) {
        uint32_t worst = 0;
        count_inside(box, inputs, bad, worlds);
        for (uint32_t i = 0; i < box->count; i++) {
            box->limits[i].p = p_of(box, i, inputs, input_count, bad, worlds);
            worst = box->limits[i].p > box->limits[worst].p ? i : worst;
        }
        if (box->count == 0 || box->limits[worst].p <= error) {
            return; /* what is above 1 is so for the sake of their order */
        }
        box->limits[worst] = box->limits[--box->count];
    }
}

static int compare_limits(const void *left, const void *right) {
    const hw_limit *a = left, *b = right;
    if (a->p != b->p) {
        return a->p < b->p ? -1 : 1;
    }
    return a->input < b->input ? -1 : a->input > b->input;
}

/* ---- The whole ---- */

static void resample(uint32_t *times, size_t worlds, uint64_t seed, uint64_t number) {
    memset(times, 0, worlds * sizeof *times);
    for (size_t i = 0; i < worlds; i++) {
        double u = hw_draw((hw_rng_key){.seed = seed, .replication = number}, i, 0, 0);
        times[(size_t)(u * (double)worlds)]++;
    }
}

/* In how many resampled sets of worlds each limited input is limited again. */
static void try_again(search *s, hw_box *box, uint64_t seed) {
    uint32_t *times = hw_take(s->worlds, sizeof *times);
    double *low = hw_take(s->input_count, sizeof *low), *high = hw_take(s->input_count, sizeof *high);
    s->times = times;
    for (uint64_t n = 0; n < RESAMPLES; n++) {
        resample(times, s->worlds, seed, n);
        open_preferred(s);
        find_limits(s, low, high);
        for (uint32_t i = 0; i < box->count; i++) {
            uint32_t input = box->limits[i].input;
            box->limits[i].kept += is_limited(low[input], high[input]) ? 1.0 / RESAMPLES : 0;
        }
    }
    free(times);
    free(low);
    free(high);
}

hw_box hw_box_find(const double *inputs, uint32_t input_count, const bool *bad, size_t worlds,
                   uint64_t seed) {
    uint32_t *once = hw_take(worlds, sizeof *once);
    for (size_t r = 0; r < worlds; r++) {
        once[r] = 1;
    }
    search s = {.inputs = inputs,
                .input_count = input_count,
                .bad = bad,
                .worlds = worlds,
                .times = once,
                .order = orders_of(inputs, input_count, worlds),
                .open = hw_take(input_count, sizeof *s.open),
                .inside = hw_take(worlds, sizeof *s.inside),
                .low = hw_take(input_count, sizeof *s.low),
                .high = hw_take(input_count, sizeof *s.high)};
    double *low = hw_take(input_count, sizeof *low), *high = hw_take(input_count, sizeof *high);
    hw_box box = {.limits = hw_take(input_count, sizeof *box.limits)};
    begin(&s);
    bool any = s.bad_mass > 0 && s.bad_mass < s.mass;
    if (any) {
        open_preferred(&s);
    }
    for (bool fewer = any; fewer;) { /* again with those that stay, until all of them do */
        find_limits(&s, low, high);
        box.count = 0;
        for (uint32_t i = 0; i < input_count; i++) {
            if (is_limited(low[i], high[i])) {
                box.limits[box.count++] = (hw_limit){.input = i, .low = low[i], .high = high[i]};
            }
        }
        uint32_t before = box.count;
        drop_limits(&box, inputs, input_count, bad, worlds);
        fewer = box.count < before && box.count > 0;
        memset(s.open, 0, input_count * sizeof *s.open);
        for (uint32_t l = 0; l < box.count; l++) {
            s.open[box.limits[l].input] = true;
        }
    }
    qsort(box.limits, box.count, sizeof *box.limits, compare_limits);
    if (box.count > 0) {
        try_again(&s, &box, seed);
    }
    free(low);
    free(high);
    free(s.low);
    free(s.high);
    free(s.inside);
    free(s.open);
    free(s.order);
    free(once);
    return box;
}

void hw_box_free(hw_box *box) {
    free(box->limits);
    *box = (hw_box){0};
}
