/* Which teams can ever work where, and which money can pay them. */
#include "models/reach_teams.h"
#include "models/bounds.h"
#include "models/condition.h"
#include "models/contracts.h"
#include "models/ground_plan.h"
#include "models/lever.h"
#include "models/method.h"
#include "sim/date.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

/* Planning days are at most a month apart: what ends on a day may go on until the next one. Retained money is
 * paid for a last three months. A closed week may have an open day before the span begins. */
static const double MONTH = 31, CLOSING = 92, WEEK = 7;

/* Less than this a day is rounded to no cent a month. */
static const double NEXT_TO_NOTHING_USD = 1e-4;

static bool is_empty(hw_span span) {
    return span.from > span.to;
}

static hw_span common(hw_span a, hw_span b) {
    return (hw_span){fmax(a.from, b.from), fmin(a.to, b.to)};
}

static const char *date_of(double day, char text[16]) {
    return hw_date_print((int64_t)ceil(fmin(day, 4e6)), text);
}

static double first_day(const hw_scenario *s, int64_t date) {
    return date == INT64_MAX ? (double)s->start : fmax((double)s->start, (double)date);
}

/* Teams get ready, and ground opens, on planning days only: the start and the first of each month. */
static double planning_day(const hw_scenario *s, double day) {
    if (!(day > (double)s->start) || day > 4e6) {
        return fmax(day, (double)s->start);
    }
    int64_t whole = (int64_t)ceil(day);
    bool first = hw_date_from_days(whole).day == 1;
    return (double)(first ? whole : hw_date_next_month(whole, 1));
}

double hw_reach_opening(const hw_scenario *s, uint32_t a) {
    const hw_hazard_area *area = HW_ITEM(s->hazard_areas, hw_hazard_area, a);
    const hw_district *district = HW_ITEM(s->districts, hw_district, area->district);
    return fmax(first_day(s, area->access_from), first_day(s, district->access_from));
}

hw_span hw_reach_access(const hw_scenario *s, uint32_t a) {
    return (hw_span){planning_day(s, hw_reach_opening(s, a)), (double)s->horizon};
}

static bool lists(const hw_index_list *list, uint32_t index) {
    for (uint32_t i = 0; i < list->count; i++) {
        if (list->items[i] == index) {
            return true;
        }
    }
    return false;
}

bool hw_reach_closed(const hw_scenario *s, uint32_t district, hw_span span) {
    double day = fmax((double)s->start, span.from - WEEK);
    for (bool further = true; further && day <= span.to;) {
        further = false;
        for (uint32_t c = 0; c < s->closures.count; c++) {
            const hw_closure *closure = HW_ITEM(s->closures, hw_closure, c);
            bool here = closure->districts.count == 0 || lists(&closure->districts, district);
            if (here && (double)closure->from <= day && (double)closure->to > day) {
                day = (double)closure->to;
                further = true;
            }
        }
    }
    return day > span.to;
}

/* ---- Money ---- */

/* A lever that is pulled may pay into a stream that it names. */
static bool fed_by_lever(const hw_scenario *s, uint32_t stream) {
    for (uint32_t l = 0; l < hw_levers.count; l++) {
        const hw_section *section = hw_levers.sections[l];
        bool pulled = hw_lever_first_day(s, l) != INT64_MAX;
        for (uint32_t k = 0; pulled && k < section->key_count; k++) {
            const hw_key *key = &section->keys[k];
            bool names_stream = key->type == HW_KEY_REFERENCE && strcmp(key->refers_to, "streams") == 0;
            if (names_stream &&
                *(const uint32_t *)(const void *)((const char *)s->levers[l] + key->offset) == stream) {
                return true;
            }
        }
    }
    return false;
}

static bool can_be_positive(const hw_scenario *s, hw_value_id id) {
    return hw_bounds_most(s, id) > 0;
}

/* An entry, and those that it is a share of. */
static bool entry_can_be_positive(const hw_scenario *s, const hw_dated_list *list, uint32_t entry) {
    bool positive = true;
    for (uint32_t i = entry; i != HW_NO_REFERENCE && positive; i = list->items[i].of) {
        positive = can_be_positive(s, list->items[i].value);
    }
    return positive;
}

/* Of a budget: from its first entry with money to the end of its last one. */
static hw_span span_of_budget(const hw_scenario *s, const hw_stream_terms *stream) {
    hw_span span = {HUGE_VAL, -HUGE_VAL};
    for (uint32_t i = 0; i < stream->yearly.count; i++) {
        if (entry_can_be_positive(s, &stream->yearly, i)) {
            bool last = i + 1 == stream->yearly.count;
            span.from = fmin(span.from, (double)stream->yearly.items[i].day);
            span.to = last ? HUGE_VAL : (double)stream->yearly.items[i + 1].day + MONTH;
        }
    }
    return span;
}

static hw_span span_of_pledge(const hw_scenario *s, const hw_stream_terms *stream) {
    if (!can_be_positive(s, stream->amount)) {
        return (hw_span){HUGE_VAL, -HUGE_VAL};
    }
    double pledged = stream->pledged == INT64_MAX ? (double)s->start : (double)stream->pledged;
    return (hw_span){pledged + hw_bounds_least(s, stream->signing_lag) +
                         hw_bounds_least(s, stream->first_tranche_lag),
                     pledged + hw_bounds_most(s, stream->signing_lag) + hw_bounds_most(s, stream->valid_for) +
                         CLOSING + MONTH};
}

static bool is_treaty(const hw_stream_terms *stream) {
    return strcmp(hw_condition_names[stream->condition], "treaty") == 0;
}

/* From when accession can be in force; never without a date, or without a chance. */
static double treaty_from(const hw_scenario *s) {
    for (uint32_t v = 0; v < s->values->count; v++) {
        if (strcmp(s->values->items[v].path, "levers.treaty.chance") == 0 && !can_be_positive(s, v)) {
            return HUGE_VAL;
        }
    }
    for (uint32_t l = 0; l < hw_levers.count; l++) {
        const hw_lever_terms *lever = s->levers[l];
        int64_t first = hw_lever_first_day(s, l);
        if (strcmp(hw_levers.sections[l]->name, "treaty") == 0 && first != INT64_MAX) {
            return (double)first + hw_bounds_least(s, lever->delay);
        }
    }
    return HUGE_VAL;
}

/* When the stream can have money to spend, conditions but for the treaty taken to hold. */
static hw_span span_of(const hw_scenario *s, uint32_t index) {
    const hw_stream_terms *stream = HW_ITEM(s->streams, hw_stream_terms, index);
    if (fed_by_lever(s, index)) {
        return (hw_span){-HUGE_VAL, HUGE_VAL};
    }
    hw_span span = stream->amount == UINT32_MAX ? span_of_budget(s, stream) : span_of_pledge(s, stream);
    if (is_treaty(stream)) {
        span.from = fmax(span.from, treaty_from(s));
    }
    return span;
}

/* Who wants to be paid: a team, or the building of a place (asset NULL). */
typedef struct payee {
    const hw_asset *asset;
    uint32_t district, place;
    hw_span when;
} payee;

static const char *wrong_earmark(const hw_scenario *s, const hw_stream_terms *stream, const payee *who) {
    bool building = who->asset == NULL;
    uint32_t pays = building ? HW_PAYS_RECONSTRUCTION : HW_PAYS_CLEARANCE;
    if (stream->pays != pays) {
        return building ? "does not pay reconstruction" : "does not pay clearance";
    }
    if (stream->only_districts.count > 0 && !lists(&stream->only_districts, who->district)) {
        return "is for other districts (only_districts)";
    }
    if (stream->only_place != HW_NO_REFERENCE &&
        (building ? stream->only_place != who->place
                  : HW_ITEM(s->places, hw_place, stream->only_place)->district != who->district)) {
        return "is for another place (only_place)";
    }
    if (building) {
        bool of_teams = stream->only_operators.count > 0 || stream->only_method > 0;
        return of_teams ? "is for teams (only_operators, only_method)" : NULL;
    }
    bool own = HW_ITEM(s->operators, hw_operator, who->asset->operator_)->own_money;
    bool named = lists(&stream->only_operators, who->asset->operator_);
    if (!named && stream->only_operators.count > 0) {
        return "is for other operators (only_operators)";
    }
    if (!named && own) {
        return "does not name the operator, which is paid by its own money only (own_money)";
    }
    bool method = stream->only_method == 0 || stream->only_method - 1 == who->asset->method;
    return method ? NULL : "is for another method (only_method)";
}

/* Whether a stream may pay; else what it lacks is appended to `why`, which begins empty. */
static bool pays(const hw_scenario *s, uint32_t index, const payee *who, char why[256]) {
    const hw_stream_terms *stream = HW_ITEM(s->streams, hw_stream_terms, index);
    const char *fault = wrong_earmark(s, stream, who);
    hw_span span = span_of(s, index);
    if (fault == NULL && !is_empty(common(span, who->when))) {
        return true;
    }
    char from[16], to[16];
    if (fault != NULL) {
        snprintf(why, 256, "'%s' %s", s->streams.names[index], fault);
    } else if (span.from > 1e9 && is_treaty(stream)) {
        snprintf(why, 256, "'%s' waits for the treaty, and the lever treaty has no date or no chance",
                 s->streams.names[index]);
    } else if (span.from > 1e9) {
        snprintf(why, 256, "'%s' has no money", s->streams.names[index]);
    } else if (span.from > who->when.to) {
        snprintf(why, 256, "'%s' has no money before %s", s->streams.names[index], date_of(span.from, from));
    } else {
        snprintf(why, 256, "'%s' has no money after %s", s->streams.names[index], date_of(span.to, to));
    }
    return false;
}

/* Whether any stream pays; the reasons of the first few others are kept. */
static bool any_pays(const hw_scenario *s, const payee *who, char *why, size_t size) {
    enum { TOLD_MOST = 3 };
    size_t used = 0;
    for (uint32_t i = 0; i < s->streams.count; i++) {
        char one[256] = "";
        if (pays(s, i, who, one)) {
            return true;
        }
        if (i < TOLD_MOST && used < size) {
            used += (size_t)snprintf(why + used, size - used, "%s%s", i > 0 ? ", " : "", one);
        }
    }
    if (s->streams.count == 0) {
        snprintf(why, size, "there is no stream");
    } else if (s->streams.count > TOLD_MOST && used < size) {
        snprintf(why + used, size - used, ", and so on");
    }
    return false;
}

/* ---- Teams ---- */

/* How far a team comes: the later, the nearer it is to working. */
typedef enum step {
    NO_TEAM,
    NO_PERMIT,
    NO_SCHOOL,
    TOO_LATE,
    WRONG_GROUND,
    GONE_BEFORE,
    CLOSED,
    NO_MONEY
} step;

static const hw_team_terms *terms_of(const hw_scenario *s, const hw_asset *asset) {
    return s->methods[asset->method];
}

static double ready_day(const hw_scenario *s, const hw_asset *asset) {
    const hw_operator *operator_ = HW_ITEM(s->operators, hw_operator, asset->operator_);
    const hw_team_terms *terms = terms_of(s, asset);
    double permit = first_day(s, operator_->access_from) + hw_bounds_least(s, operator_->permit_delay);
    double ordered = first_day(s, asset->on);
    if (!asset->standing) {
        ordered += fmax(hw_bounds_least(s, terms->lead_time), hw_bounds_least(s, terms->course));
    }
    return planning_day(s, fmax(permit, ordered));
}

/* By the median: a draw so low that wages round to nothing is left aside. */
static bool costs_nothing(const hw_scenario *s, const hw_asset *asset) {
    const hw_team_terms *terms = terms_of(s, asset);
    return hw_scenario_median(s, terms->running_cost) < NEXT_TO_NOTHING_USD ||
           hw_scenario_median(s, terms->standby_cost) < NEXT_TO_NOTHING_USD;
}

static bool has_no_school(const hw_scenario *s, const hw_asset *asset) {
    return !asset->standing && !can_be_positive(s, s->training.places) &&
           hw_bounds_least(s, terms_of(s, asset)->people) > 0;
}

/* What keeps an asset from ever working in the area; `why` is filled in then. False: it may work. */
static bool is_kept_away(const hw_scenario *s, uint32_t index, uint32_t area_index, step *at,
                         char why[HW_REACH_WHY]) {
    const hw_asset *asset = HW_ITEM(s->assets, hw_asset, index);
    const hw_hazard_area *area = HW_ITEM(s->hazard_areas, hw_hazard_area, area_index);
    const hw_operator *operator_ = HW_ITEM(s->operators, hw_operator, asset->operator_);
    const char *name = s->assets.names[index], *owner = s->operators.names[asset->operator_];
    hw_span access = hw_reach_access(s, area_index);
    double ready = ready_day(s, asset);
    hw_span stay = {ready, asset->until == INT64_MAX ? HUGE_VAL : (double)asset->until + MONTH};
    hw_span work = common(stay, access);
    char day[16], other[16], money[300] = "";
    payee who = {.asset = asset, .district = area->district, .place = HW_NO_REFERENCE, .when = work};
    if (asset->teams == 0) {
        *at = NO_TEAM;
        snprintf(why, HW_REACH_WHY, "'%s' has no team (teams: 0)", name);
    } else if (!can_be_positive(s, operator_->admitted)) {
        *at = NO_PERMIT;
        snprintf(why, HW_REACH_WHY, "no team of %s is admitted (admitted: 0)", owner);
    } else if (has_no_school(s, asset)) {
        *at = NO_SCHOOL;
        snprintf(why, HW_REACH_WHY, "nobody can be trained for '%s' (training.places: 0)", name);
    } else if (ready > (double)s->horizon || is_empty(stay)) {
        *at = TOO_LATE;
        bool late = ready > (double)s->horizon;
        snprintf(why, HW_REACH_WHY, "'%s' is ready on %s at the earliest, %s, %s", name, date_of(ready, day),
                 late ? "after the horizon" : "after it has left",
                 hw_date_print(late ? s->horizon : asset->until, other));
    } else if (operator_->works_on.count > 0 && !lists(&operator_->works_on, area->setting)) {
        *at = WRONG_GROUND;
        snprintf(why, HW_REACH_WHY, "%s does not work on %s (works_on)", owner,
                 s->settings.names[area->setting]);
    } else if (is_empty(work)) {
        *at = GONE_BEFORE;
        snprintf(why, HW_REACH_WHY, "'%s' leaves on %s, before the ground opens on %s", name,
                 hw_date_print(asset->until, other), date_of(access.from, day));
    } else if (hw_reach_closed(s, area->district, work)) {
        *at = CLOSED;
        snprintf(why, HW_REACH_WHY, "%s is closed while '%s' is there", s->districts.names[area->district],
                 name);
    } else if (!costs_nothing(s, asset) && !any_pays(s, &who, money, sizeof money)) {
        *at = NO_MONEY;
        snprintf(why, HW_REACH_WHY, "no money may pay '%s' there: %s", name, money);
    } else {
        return false;
    }
    return true;
}

static bool works_on_stage(uint32_t method, hw_stage stage) {
    for (uint32_t i = 0; i < hw_method_list[method]->stage_count; i++) {
        if (hw_method_list[method]->stages[i] == stage) {
            return true;
        }
    }
    return false;
}

static void say_methods(hw_stage stage, char why[HW_REACH_WHY]) {
    size_t used = (size_t)snprintf(why, HW_REACH_WHY, "assets: none with method ");
    const char *between = "";
    for (uint32_t m = 0; m < hw_methods.count; m++) {
        if (works_on_stage(m, stage)) {
            used += (size_t)snprintf(why + used, HW_REACH_WHY - used, "%s%s", between, hw_method_names[m]);
            between = " or ";
        }
    }
}

/* Whether a firm is there before the horizon, and works on the area's kind of ground. */
static bool may_bid(const hw_scenario *s, uint32_t contract, uint32_t area) {
    const hw_firm_terms *terms = HW_ITEM(s->contracts, hw_firm_terms, contract);
    const hw_operator *operator_ = HW_ITEM(s->operators, hw_operator, terms->operator_);
    double ready = first_day(s, operator_->access_from) + hw_bounds_least(s, operator_->permit_delay);
    return ready <= (double)s->horizon &&
           (area == HW_NOTHING || operator_->works_on.count == 0 ||
            lists(&operator_->works_on, HW_ITEM(s->hazard_areas, hw_hazard_area, area)->setting));
}

bool hw_reach_by_contract(const hw_scenario *s, uint32_t area, uint32_t method) {
    for (uint32_t f = 0; f < s->contracts.count; f++) {
        for (uint32_t job = 0; job < HW_JOBS; job++) {
            if (works_on_stage(method, hw_contract_stages[job]) && hw_firm_does(s, f, job) &&
                may_bid(s, f, area)) {
                return true;
            }
        }
    }
    return false;
}

bool hw_reach_contract_paid(const hw_scenario *s, uint32_t contract, char why[HW_REACH_WHY]) {
    for (uint32_t m = 0; m < hw_methods.count; m++) {
        for (uint32_t job = 0; job < HW_JOBS; job++) {
            hw_asset crew = {.operator_ = HW_ITEM(s->contracts, hw_firm_terms, contract)->operator_,
                             .method = m};
            payee who = {.asset = &crew,
                         .district = HW_NOTHING, /* earmarks for districts and places sign no contracts */
                         .when = {(double)s->start, (double)s->horizon}};
            if (works_on_stage(m, hw_contract_stages[job]) && hw_firm_does(s, contract, job) &&
                any_pays(s, &who, why, HW_REACH_WHY)) {
                return true;
            }
        }
    }
    return false;
}

bool hw_reach_served(const hw_scenario *s, uint32_t area, hw_stage stage, char why[HW_REACH_WHY]) {
    step furthest = NO_TEAM;
    bool any = false;
    for (uint32_t m = 0; m < hw_methods.count; m++) {
        if (works_on_stage(m, stage) && hw_reach_by_contract(s, area, m)) {
            return true;
        }
    }
    say_methods(stage, why);
    for (uint32_t a = 0; a < s->assets.count; a++) {
        if (!works_on_stage(HW_ITEM(s->assets, hw_asset, a)->method, stage)) {
            continue;
        }
        char reason[HW_REACH_WHY];
        step at = NO_TEAM;
        if (!is_kept_away(s, a, area, &at, reason)) {
            return true;
        }
        if (!any || at > furthest) {
            furthest = at;
            memcpy(why, reason, sizeof reason);
        }
        any = true;
    }
    return false;
}

bool hw_reach_built(const hw_scenario *s, uint32_t p, char why[HW_REACH_WHY]) {
    const hw_place *place = HW_ITEM(s->places, hw_place, p);
    payee who = {.district = place->district, .place = p, .when = {(double)s->start, (double)s->horizon}};
    return hw_scenario_median(s, place->house_cost) < NEXT_TO_NOTHING_USD ||
           any_pays(s, &who, why, HW_REACH_WHY);
}
