/* Dates that can hardly be meant. */
#include "models/scenario_dates.h"
#include "models/bounds.h"
#include "models/lever.h"
#include "models/money.h"
#include "models/signposts.h"
#include "sim/date.h"
#include <math.h>
#include <string.h>

/* A date so far outside of the run is one of another century; one so far before it is hardly a date "from the
 * start". */
static const int64_t HALF_A_CENTURY = 18262, LONG_BEFORE = 3652;
static const int32_t FIRST_YEAR = 1945, LAST_YEAR = 2124;
static const int64_t SHORTEST_RUN = 92;

/* So many dates of one key that are odd in the same way are reported one by one. */
enum { TOLD_MOST = 3, KEYS_MOST = 256 };

typedef struct told {
    const hw_key *key;
    bool late;
    uint32_t count;
    hw_position last;
} told;

typedef struct dates {
    const hw_scenario *scenario;
    hw_errors *errors, *warnings;
    told told[KEYS_MOST];
    uint32_t told_count;
} dates;

static told *told_of(dates *d, const hw_key *key, bool late) {
    for (uint32_t i = 0; i < d->told_count; i++) {
        if (d->told[i].key == key && d->told[i].late == late) {
            return &d->told[i];
        }
    }
    if (d->told_count == KEYS_MOST) {
        return NULL;
    }
    d->told[d->told_count] = (told){.key = key, .late = late};
    return &d->told[d->told_count++];
}

/* The day that a value is, or that its path ends in. */
static bool day_of(const hw_value *value, int64_t *day) {
    if (value->key->type == HW_KEY_DATE) {
        *day = (int64_t)value->distribution.a;
        return true;
    }
    const char *dot = strrchr(value->path, '.');
    return value->key->type == HW_KEY_DATED && dot != NULL && hw_date_parse(dot + 1, day);
}

/* What is said of a date that lies so many days outside; NULL: nothing. */
static const char *judge(const hw_key *key, int64_t outside, bool late, bool *wrong) {
    const char *meaning = late ? key->after_horizon : key->before_start;
    *wrong = outside > HALF_A_CENTURY && (!late || meaning == NULL);
    if (outside > HALF_A_CENTURY) {
        return "; another century?";
    }
    if (meaning != NULL) {
        bool history = key->type == HW_KEY_DATED; /* a series of years may reach back as far as it likes */
        return !late && !history && outside > LONG_BEFORE ? "; mistyped?" : NULL;
    }
    return late ? ": it never comes" : ": it is as if it were the start";
}

/* The day of teams that a signpost may hire before it. */
static bool is_brought_forward(const hw_scenario *s, const hw_value *value) {
    for (uint32_t a = 0; s->signposts.count > 0 && a < s->assets.count; a++) {
        size_t length = strlen(s->assets.names[a]);
        const char *name = strstr(value->path, s->assets.names[a]);
        if (strncmp(value->path, "assets.", 7) == 0 && name != NULL &&
            (strcmp(name + length, ".on") == 0 || strcmp(name + length, "\".on") == 0) &&
            hw_signposts_may_hire(s, a)) {
            return true;
        }
    }
    return false;
}

static void check_date(dates *d, const hw_value *value, int64_t day) {
    const hw_scenario *s = d->scenario;
    bool late = day > s->horizon, wrong = false;
    if (late && is_brought_forward(s, value)) {
        return;
    }
    int64_t outside = late ? day - s->horizon : s->start - day;
    const char *judged = outside > 0 ? judge(value->key, outside, late, &wrong) : NULL;
    if (judged == NULL || (!wrong && d->warnings == NULL)) {
        return;
    }
    told *before = told_of(d, value->key, late);
    if (!wrong && before != NULL && before->count++ >= TOLD_MOST) {
        before->last = value->where;
        return;
    }
    char text[16], end[16];
    hw_errors_add(wrong ? d->errors : d->warnings, value->where, "%s: %s is %s, %s%s", value->path,
                  hw_date_print(day, text), late ? "after the horizon" : "before the start",
                  hw_date_print(late ? s->horizon : s->start, end), judged);
}

static void tell_the_rest(const dates *d) {
    for (uint32_t i = 0; i < d->told_count; i++) {
        const told *one = &d->told[i];
        if (one->count > TOLD_MOST) {
            hw_errors_add(d->warnings, one->last, "'%s': %u more dates are %s, here the last", one->key->name,
                          one->count - TOLD_MOST, one->late ? "after the horizon" : "before the start");
        }
    }
}

static hw_position position_of(const hw_scenario *s, const char *path) {
    for (uint32_t i = 0; i < s->values->count; i++) {
        if (strcmp(s->values->items[i].path, path) == 0) {
            return s->values->items[i].where;
        }
    }
    return (hw_position){0};
}

static void check_span(const dates *d) {
    const hw_scenario *s = d->scenario;
    int32_t year = hw_date_from_days(s->start).year;
    char start[16], horizon[16];
    if (year < FIRST_YEAR || year > LAST_YEAR) {
        hw_errors_add(d->errors, position_of(s, "start"),
                      "the start is %s: expected a day from %d to %d; another century?",
                      hw_date_print(s->start, start), FIRST_YEAR, LAST_YEAR);
    }
    if (s->as_of != INT64_MAX && s->as_of > s->horizon) {
        hw_errors_add(d->errors, position_of(s, "as_of"),
                      "as_of is %s, after the horizon, %s: all that is simulated would be past",
                      hw_date_print(s->as_of, start), hw_date_print(s->horizon, horizon));
    }
    if (s->as_of != INT64_MAX && hw_date_from_days(s->as_of).year < FIRST_YEAR) {
        hw_errors_add(d->errors, position_of(s, "as_of"), "as_of is %s: another century?",
                      hw_date_print(s->as_of, start));
    }
    int64_t days = s->horizon - s->start;
    if (d->warnings != NULL && days > 0 && days < SHORTEST_RUN) {
        hw_errors_add(d->warnings, position_of(s, "horizon"), "only %d days are simulated, from %s to %s",
                      (int)days + 1, hw_date_print(s->start, start), hw_date_print(s->horizon, horizon));
    }
}

/* A decision within the run may take effect after it, or after its own end. */
static void check_lever(const dates *d, uint32_t l) {
    const hw_scenario *s = d->scenario;
    const hw_lever_terms *terms = s->levers[l];
    int64_t first = hw_lever_first_day(s, l);
    if (first == INT64_MAX || first > s->horizon) {
        return;
    }
    double least = (double)first + hw_bounds_least(s, terms->delay);
    bool late = least > (double)s->horizon;
    if (!late && (terms->until == INT64_MAX || least < (double)terms->until)) {
        return;
    }
    char day[16], end[16];
    hw_errors_add(d->warnings, s->values->items[terms->delay].where,
                  "%s takes effect on %s at the earliest, which is %s, %s: it is never in force",
                  hw_levers.sections[l]->name, hw_date_print((int64_t)ceil(least), day),
                  late ? "after the horizon" : "not before its end",
                  hw_date_print(late ? s->horizon : terms->until, end));
}

void hw_scenario_dates_check(const hw_scenario *scenario, hw_errors *errors, hw_errors *warnings) {
    dates d = {.scenario = scenario, .errors = errors, .warnings = warnings};
    check_span(&d);
    if (scenario->horizon <= scenario->start) {
        return; /* an error of its own; no date would be right */
    }
    for (uint32_t i = 0; i < scenario->values->count; i++) {
        const hw_value *value = &scenario->values->items[i];
        int64_t day = 0;
        bool asked = strcmp(value->path, "as_of") == 0; /* see check_span */
        if (!value->standard && !asked && day_of(value, &day)) {
            check_date(&d, value, day);
        }
    }
    if (warnings == NULL) {
        return;
    }
    tell_the_rest(&d);
    for (uint32_t l = 0; l < hw_levers.count; l++) {
        check_lever(&d, l);
    }
}
