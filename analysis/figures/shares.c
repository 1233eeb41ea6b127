/* Searches for the best shares. */
#include "analysis/figures/shares.h"
#include "analysis/base/memory.h"
#include <assert.h>
#include <math.h>
#include <nlopt.h>
#include <stdlib.h>
#include <string.h>

static const double whole = HW_SHARES_WHOLE;

/* ---- Within limits ---- */

static double clamp(double value, double low, double high) {
    return fmin(fmax(value, low), high);
}

/* The nearest point whose shares keep to their limits and add up: all are shifted by the same (Held, Wolfe
 * and Crowder 1974), found by halves. In thousandths. */
static void project(const hw_shares *s, const double *wanted, double *shares) {
    enum { HALVINGS = 80 };
    double least = -2 * whole, most = 2 * whole;
    for (uint32_t i = 0; i < s->count; i++) {
        least = fmin(least, whole * wanted[i] - 2 * whole);
        most = fmax(most, whole * wanted[i] + 2 * whole);
    }
    for (int h = 0; h < HALVINGS; h++) {
        double shift = (least + most) / 2, sum = 0;
        for (uint32_t i = 0; i < s->count; i++) {
            shares[i] = clamp(whole * wanted[i] - shift, s->low[i], s->high[i]);
            sum += shares[i];
        }
        if (sum > whole) {
            least = shift;
        } else {
            most = shift;
        }
    }
}

/* Towards today, until no more than may is changed. */
static void draw_near(const hw_shares *s, double *shares) {
    double moved = 0;
    for (uint32_t i = 0; i < s->count; i++) {
        moved += fabs(shares[i] - s->today[i]) / 2;
    }
    double kept = moved > s->change ? s->change / moved : 1;
    for (uint32_t i = 0; i < s->count; i++) {
        shares[i] = s->today[i] + kept * (shares[i] - s->today[i]);
    }
}

/* Down, and then those up that lost most, until they add up; of equals the first. */
static void round_all(const hw_shares *s, const double *shares, uint32_t *parts) {
    static const double rounding = 1e-6; /* a thousandth is hardly ever missed by more than the bisection */
    uint32_t sum = 0;
    for (uint32_t i = 0; i < s->count; i++) {
        parts[i] = (uint32_t)floor(shares[i] + rounding);
        sum += parts[i];
    }
    while (sum != HW_SHARES_WHOLE) {
        bool up = sum < HW_SHARES_WHOLE;
        uint32_t next = UINT32_MAX;
        double most = -HUGE_VAL;
        for (uint32_t i = 0; i < s->count; i++) {
            double lost = up ? shares[i] - parts[i] : parts[i] - shares[i];
            bool may = up ? parts[i] < s->high[i] : parts[i] > s->low[i];
            if (may && lost > most) {
                most = lost;
                next = i;
            }
        }
        assert(next != UINT32_MAX);
        parts[next] += up ? 1 : UINT32_MAX;
        sum += up ? 1 : UINT32_MAX;
    }
}

uint32_t hw_shares_moved(const uint32_t *from, const uint32_t *to, uint32_t count) {
    uint32_t moved = 0;
    for (uint32_t i = 0; i < count; i++) {
        moved += to[i] > from[i] ? to[i] - from[i] : 0;
    }
    return moved;
}

/* Rounding may have moved a thousandth too many: back to today, where most was taken and given. */
static void take_back(const hw_shares *s, uint32_t *parts) {
    while (s->change < HW_SHARES_WHOLE && hw_shares_moved(s->today, parts, s->count) > s->change) {
        uint32_t given = 0, taken = 0;
        for (uint32_t i = 0; i < s->count; i++) {
            int64_t here = (int64_t)parts[i] - s->today[i];
            given = here > (int64_t)parts[given] - s->today[given] ? i : given;
            taken = here < (int64_t)parts[taken] - s->today[taken] ? i : taken;
        }
        parts[given]--;
        parts[taken]++;
    }
}

void hw_shares_place(const hw_shares *s, const double *wanted, uint32_t *parts) {
    double shares[HW_SHARES_MOST];
    project(s, wanted, shares);
    if (s->change < HW_SHARES_WHOLE) {
        draw_near(s, shares);
    }
    round_all(s, shares, parts);
    take_back(s, parts);
}

/* ---- Search ---- */

/* One start. NLopt moves all shares but one, the slack, which is what they leave. */
typedef struct start {
    hw_shares *shares;
    nlopt_opt optimizer;
    uint32_t slack, until; /* until so many are tried in all */
    hw_status status;
} start;

static hw_status try_parts(hw_shares *s, const uint32_t *parts, double *value) {
    for (uint32_t t = 0; t < s->tried; t++) {
        if (memcmp(s->tries[t].parts, parts, s->count * sizeof *parts) == 0) {
            *value = s->tries[t].value;
            return HW_OK;
        }
    }
    hw_status status = s->ask(s->who, parts, value);
    if (status == HW_OK) {
        hw_shares_try *one = &s->tries[s->tried];
        one->parts = hw_take(s->count, sizeof *one->parts);
        memcpy(one->parts, parts, s->count * sizeof *parts);
        one->value = *value;
        s->best = *value > s->tries[s->best].value ? s->tried : s->best;
        s->tried++;
    }
    return status;
}

static double ask_point(unsigned count, const double *point, double *gradient, void *who) {
    (void)gradient;
    start *one = who;
    double wanted[HW_SHARES_MOST], left = 1, value = 0;
    for (uint32_t i = 0, next = 0; i < count + 1; i++) {
        wanted[i] = i == one->slack ? 0 : point[next++];
        left -= wanted[i];
    }
    wanted[one->slack] = left;
    uint32_t parts[HW_SHARES_MOST];
    hw_shares_place(one->shares, wanted, parts);
    if (one->shares->tried < one->until) {
        one->status = try_parts(one->shares, parts, &value);
    }
    if (one->status != HW_OK || one->shares->tried >= one->until) {
        nlopt_force_stop(one->optimizer);
    }
    return value;
}

/* What the slack lacks to its lower limit, and has beyond its upper one. */
static double below(unsigned count, const double *point, double *gradient, void *who) {
    (void)gradient;
    const start *one = who;
    double sum = 0;
    for (unsigned i = 0; i < count; i++) {
        sum += point[i];
    }
    return sum - 1 + one->shares->low[one->slack] / whole;
}

static double above(unsigned count, const double *point, double *gradient, void *who) {
    const start *one = who;
    double room = (one->shares->high[one->slack] - (double)one->shares->low[one->slack]) / whole;
    return -below(count, point, gradient, who) - room;
}

static hw_status search_from(hw_shares *s, const uint32_t *parts, double step, uint32_t until) {
    static const double close = 0.002;
    enum { CALLS_A_TRY = 5 }; /* what was tried before costs nothing, but must end */
    start one = {.shares = s, .until = until};
    for (uint32_t i = 0; i < s->count; i++) {
        one.slack = parts[i] > parts[one.slack] ? i : one.slack;
    }
    double point[HW_SHARES_MOST], low[HW_SHARES_MOST], high[HW_SHARES_MOST];
    for (uint32_t i = 0, next = 0; i < s->count; i++) {
        if (i != one.slack) {
            point[next] = parts[i] / whole;
            low[next] = s->low[i] / whole;
            high[next++] = s->high[i] / whole;
        }
    }
    one.optimizer = nlopt_create(NLOPT_LN_COBYLA, s->count - 1);
    if (one.optimizer == NULL) {
        hw_out_of_memory();
    }
    nlopt_set_max_objective(one.optimizer, ask_point, &one);
    nlopt_set_lower_bounds(one.optimizer, low);
    nlopt_set_upper_bounds(one.optimizer, high);
    nlopt_add_inequality_constraint(one.optimizer, below, &one, 0);
    nlopt_add_inequality_constraint(one.optimizer, above, &one, 0);
    nlopt_set_initial_step1(one.optimizer, step);
    nlopt_set_xtol_abs1(one.optimizer, close);
    nlopt_set_maxeval(one.optimizer, (int)(CALLS_A_TRY * s->most));
    double value;
    (void)nlopt_optimize(one.optimizer, point, &value); /* what was tried is kept here, however it ends */
    nlopt_destroy(one.optimizer);
    return one.status;
}

static bool is_settled(const hw_shares *s) {
    uint32_t loose = 0;
    for (uint32_t i = 0; i < s->count; i++) {
        loose += s->low[i] < s->high[i];
    }
    return loose < 2 || s->change == 0;
}

hw_status hw_shares_search(hw_shares *s) {
    static const double wide = 0.15, narrow = 0.04;
    double wanted[HW_SHARES_MOST] = {0};
    uint32_t today[HW_SHARES_MOST] = {0}, even[HW_SHARES_MOST] = {0};
    s->tries = hw_take(s->most + 2, sizeof *s->tries);
    for (uint32_t i = 0; i < s->count; i++) {
        wanted[i] = s->today[i] / whole;
    }
    hw_shares_place(s, wanted, today);
    for (uint32_t i = 0; i < s->count; i++) {
        wanted[i] = 1.0 / s->count;
    }
    hw_shares_place(s, wanted, even);
    double value;
    hw_status status = try_parts(s, today, &value);
    status = status == HW_OK ? try_parts(s, even, &value) : status;
    if (is_settled(s)) {
        return status;
    }
    if (status == HW_OK) {
        status = search_from(s, today, wide, s->most / 3);
    }
    if (status == HW_OK) {
        status = search_from(s, even, wide, 2 * s->most / 3);
    }
    enum { HALVINGS = 4 };
    for (int h = 0; h < HALVINGS && status == HW_OK && s->tried < s->most; h++) {
        status = search_from(s, s->tries[s->best].parts, ldexp(narrow, -h), s->most);
    }
    return status;
}

void hw_shares_free(hw_shares *s) {
    for (uint32_t t = 0; t < s->tried; t++) {
        free(s->tries[t].parts);
    }
    free(s->tries);
    s->tries = NULL;
    s->tried = 0;
}
