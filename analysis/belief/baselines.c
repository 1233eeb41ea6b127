/* Pace of last year, straight line and official plan. */
#include "analysis/belief/baselines.h"
#include <math.h>

enum { YEAR_LEAST = 300, YEAR_MOST = 400, PLAN_LATE = 92 };

typedef struct known {
    const hw_observations *facts;
    const hw_question *asked;
    int64_t origin, start;
} known;

/* An exact fact of the same series that was known at the origin; NULL for others. */
static const hw_observation *known_fact(const known *k, uint32_t i) {
    const hw_observation *o = &k->facts->items[i];
    bool same = o->question.kind == k->asked->kind && hw_same_series(&o->question, k->asked);
    return same && !o->plan && o->low == o->high && o->known_by <= k->origin && o->question.to <= k->origin
               ? o
               : NULL;
}

static int64_t from_of(const known *k, const hw_question *q) {
    return q->from < k->start ? k->start : q->from;
}

static double days_of(const known *k, const hw_question *q) {
    return (double)(q->to - from_of(k, q) + 1);
}

/* ---- What came from day to day ---- */

/* A day's pace in the last known year, NaN: no year is known. */
static double pace_of_a_year(const known *k) {
    const hw_observation *last = NULL;
    for (uint32_t i = 0; i < k->facts->count; i++) {
        const hw_observation *o = known_fact(k, i);
        if (o == NULL || days_of(k, &o->question) < YEAR_LEAST || days_of(k, &o->question) > YEAR_MOST) {
            continue;
        }
        if (last == NULL || o->question.to > last->question.to) {
            last = o;
        }
    }
    return last != NULL ? last->low / days_of(k, &last->question) : (double)NAN;
}

/* A day's pace over the longest known span. */
static double pace_of_all(const known *k) {
    const hw_observation *longest = NULL;
    for (uint32_t i = 0; i < k->facts->count; i++) {
        const hw_observation *o = known_fact(k, i);
        if (o != NULL && (longest == NULL || days_of(k, &o->question) > days_of(k, &longest->question))) {
            longest = o;
        }
    }
    return longest != NULL ? longest->low / days_of(k, &longest->question) : (double)NAN;
}

/* ---- How it stands on a day ---- */

/* The last known level up to a day; NULL: none. */
static const hw_observation *level_by(const known *k, int64_t day) {
    const hw_observation *last = NULL;
    for (uint32_t i = 0; i < k->facts->count; i++) {
        const hw_observation *o = known_fact(k, i);
        if (o != NULL && o->question.to <= day && (last == NULL || o->question.to > last->question.to)) {
            last = o;
        }
    }
    return last;
}

/* Whether a level grew from nothing at the start: people who came back did; land that is open, or people who
 * are employed, were there. */
static bool grew_from_nothing(const known *k, const hw_observation *last) {
    return k->asked->kind->counts && last->question.to > k->start;
}

/* From the last known level on, as it grew from a year before to it, or from nothing at the start. */
static double level_of_last_year(const known *k) {
    const hw_observation *last = level_by(k, k->origin);
    if (last == NULL) {
        return (double)NAN;
    }
    const hw_observation *before = level_by(k, last->question.to - YEAR_LEAST);
    if (before == NULL && !grew_from_nothing(k, last)) {
        return (double)NAN;
    }
    int64_t day = before != NULL ? before->question.to : k->start;
    double pace = (last->low - (before != NULL ? before->low : 0)) / (double)(last->question.to - day);
    return last->low + pace * (double)(k->asked->to - last->question.to);
}

static double level_on_the_line(const known *k) {
    const hw_observation *last = level_by(k, k->origin);
    return last == NULL || !grew_from_nothing(k, last)
               ? (double)NAN
               : last->low * (double)(k->asked->to - k->start) / (double)(last->question.to - k->start);
}

/* ---- Plans ---- */

static double planned(const known *k) {
    double value = (double)NAN;
    for (uint32_t i = 0; i < k->facts->count; i++) {
        const hw_observation *o = &k->facts->items[i];
        bool same = o->plan && o->question.kind == k->asked->kind && hw_same_series(&o->question, k->asked);
        bool same_days = k->asked->kind->day ||
                         (o->question.to == k->asked->to &&
                          (k->asked->kind->level || from_of(k, &o->question) == from_of(k, k->asked)));
        if (same && same_days && o->known_by <= k->origin + PLAN_LATE) {
            value = hw_observation_value(o);
        }
    }
    return value;
}

static double by_area(const known *k, double share) {
    hw_question country = *k->asked;
    country.scope[HW_SCOPE_DISTRICT] = NULL;
    known wide = *k;
    wide.asked = &country;
    return share * pace_of_a_year(&wide) * days_of(k, k->asked);
}

hw_baselines hw_baselines_of(const hw_observations *facts, uint32_t fact, int64_t origin, int64_t start,
                             double area_share) {
    const hw_question *asked = &facts->items[fact].question;
    const known k = {.facts = facts, .asked = asked, .origin = origin, .start = start};
    hw_baselines b = {
        .last_year = (double)NAN, .straight = (double)NAN, .by_area = (double)NAN, .plan = planned(&k)};
    if (asked->kind->day) {
        return b;
    }
    if (asked->kind->level) {
        b.last_year = level_of_last_year(&k);
        b.straight = level_on_the_line(&k);
    } else {
        b.last_year = pace_of_a_year(&k) * days_of(&k, asked);
        b.straight = pace_of_all(&k) * days_of(&k, asked);
        b.by_area = by_area(&k, area_share);
    }
    return b;
}
