/* Pace of last year and of three years, straight line and official plan. */
#include "analysis/belief/baselines.h"
#include <math.h>
#include <string.h>

enum { YEAR_LEAST = 300, YEAR_MOST = 400, PLAN_LATE = 92, THREE_YEARS = 1095, NEAR = 60 };

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

/* What began before the model and ended in it is told of its own days only. */
static int64_t from_of(const known *k, const hw_question *q) {
    bool before = q->from != INT64_MIN && q->to < k->start;
    return q->from < k->start && !before ? k->start : q->from;
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

/* A day's pace over the years that ended in the three up to the last known one. */
static double pace_of_three_years(const known *k) {
    int64_t last = INT64_MIN;
    double sum = 0, days = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < k->facts->count; i++) {
            const hw_observation *o = known_fact(k, i);
            if (o == NULL || days_of(k, &o->question) < YEAR_LEAST || days_of(k, &o->question) > YEAR_MOST) {
                continue;
            }
            if (pass == 0) {
                last = o->question.to > last ? o->question.to : last;
            } else if (o->question.to > last - THREE_YEARS) {
                sum += o->low;
                days += days_of(k, &o->question);
            }
        }
    }
    return days > 0 ? sum / days : (double)NAN;
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
    return fmax(0, last->low + pace * (double)(k->asked->to - last->question.to));
}

/* How a level changed a day, from the last fact so far back to the last one; NaN: there is none. */
static double change_a_day(const known *k, const hw_observation *last, int64_t back) {
    const hw_observation *before = last != NULL ? level_by(k, last->question.to - back + NEAR) : NULL;
    return before != NULL ? (last->low - before->low) / (double)(last->question.to - before->question.to)
                          : (double)NAN;
}

static double level_of_three_years(const known *k) {
    const hw_observation *last = level_by(k, k->origin);
    double change = change_a_day(k, last, THREE_YEARS);
    return isnan(change) ? change : fmax(0, last->low + change * (double)(k->asked->to - last->question.to));
}

/* The day on which nothing is left if it goes on as it went. */
static double end_at_pace(const known *k, int64_t back) {
    hw_question left = *k->asked;
    left.kind = hw_fact_kind_find("land_open");
    known land = *k;
    land.asked = &left;
    const hw_observation *last = level_by(&land, k->origin);
    double change = change_a_day(&land, last, back);
    return change < 0 ? (double)last->question.to - last->low / change : (double)NAN;
}

static double level_on_the_line(const known *k) {
    const hw_observation *last = level_by(k, k->origin);
    return last == NULL || !grew_from_nothing(k, last)
               ? (double)NAN
               : last->low * (double)(k->asked->to - k->start) / (double)(last->question.to - k->start);
}

/* ---- Plans ---- */

/* Of several the one that was known last. */
static double planned(const known *k) {
    const hw_observation *last = NULL;
    for (uint32_t i = 0; i < k->facts->count; i++) {
        const hw_observation *o = &k->facts->items[i];
        bool same = o->plan && o->question.kind == k->asked->kind && hw_same_series(&o->question, k->asked);
        bool same_days = k->asked->kind->day ||
                         (o->question.to == k->asked->to &&
                          (k->asked->kind->level || from_of(k, &o->question) == from_of(k, k->asked)));
        if (same && same_days && o->known_by <= k->origin + PLAN_LATE &&
            (last == NULL || o->known_by >= last->known_by)) {
            last = o;
        }
    }
    return last != NULL ? hw_observation_value(last) : (double)NAN;
}

static double by_area(const known *k, double share) {
    hw_question country = *k->asked;
    country.scope[HW_SCOPE_DISTRICT] = NULL;
    known wide = *k;
    wide.asked = &country;
    return share * pace_of_a_year(&wide) * days_of(k, k->asked);
}

hw_baselines hw_baselines_for(const hw_observations *facts, const hw_question *asked, int64_t origin,
                              int64_t start, double area_share) {
    const known k = {.facts = facts, .asked = asked, .origin = origin, .start = start};
    const double none = (double)NAN;
    hw_baselines b = {
        .last_year = none, .three_years = none, .straight = none, .by_area = none, .plan = planned(&k)};
    if (asked->kind->day) {
        bool of_land = strcmp(asked->kind->name, "release") == 0;
        b.last_year = of_land ? end_at_pace(&k, THREE_YEARS / 3) : none;
        b.three_years = of_land ? end_at_pace(&k, THREE_YEARS) : none;
    } else if (asked->kind->level) {
        b.last_year = level_of_last_year(&k);
        b.three_years = level_of_three_years(&k);
        b.straight = level_on_the_line(&k);
    } else {
        b.last_year = pace_of_a_year(&k) * days_of(&k, asked);
        b.three_years = pace_of_three_years(&k) * days_of(&k, asked);
        b.straight = pace_of_all(&k) * days_of(&k, asked);
        b.by_area = by_area(&k, area_share);
    }
    return b;
}

hw_baselines hw_baselines_of(const hw_observations *facts, uint32_t fact, int64_t origin, int64_t start,
                             double area_share) {
    return hw_baselines_for(facts, &facts->items[fact].question, origin, start, area_share);
}
