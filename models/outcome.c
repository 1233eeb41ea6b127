/* One table describes the outcome: the result file, the tables and the writer below follow it. */
#include "models/outcome.h"
#include "models/method.h"
#include "models/teams.h"
#include "models/timeline.h"
#include "sim/date.h"
#include "sim/length.h"
#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    PLACE,
    DISTRICT,
    YEAR,
    MONTH,
    PERIOD,
    LEDGER,
    HAZARD,
    CAUSE,
    STREAM,
    PURPOSE,
    REASON,
    FATE,
    ITEM,
    ITEM_STATE,
    VICTIM,
    USE,
    STEP,
    JOB,      /* only with contracts */
    SIGNPOST, /* only with signposts */
    AXES
};

enum {
    PLACE_RELEASE_DAY,
    PLACE_FIRST_RETURN_DAY,
    PLACE_STEP_DAY,
    PLACE_DELAY_DAYS,
    PLACE_PEOPLE,
    PLACE_PEOPLE_MONTH,
    DISTRICT_COMPLETION_DAY,
    DISTRICT_LEDGER_M2,
    DISTRICT_FOUND,
    DISTRICT_ITEMS,
    DISTRICT_VICTIMS,
    DISTRICT_PEOPLE,
    DISTRICT_ASSET_DAYS,
    LEDGER_M2,
    FOUND,
    VICTIMS,
    PEOPLE_BACK,
    PEOPLE_EMPLOYED,
    STREAM_USD,
    STREAM_SPENT_USD,
    PURPOSE_SPENT_USD,
    UNSPENT_USD,
    UNSPENT_YEAR_USD,
    SUSPECTED_M2,
    NEW_AREA_M2,
    UNPOSTED_ASSET_DAYS,
    CONTRACT_M2,  /* only with contracts */
    SIGNPOST_DAY, /* only with signposts */
    VARIABLES,
};

static const char *const ledger_labels[] = {"remaining", "cancelled", "reduced", "mine_cleared",
                                            "battle_area_cleared"};
static const char *const hazard_labels[] = {"mined", "battle"};
static const char *const cause_labels[] = {
    "access", "conflict", "survey queue",      "technical survey", "money",         "manual teams",
    "dogs",   "machines", "battle area teams", "season",           "QC and rework", "housing"};
static const char *const purpose_labels[] = {"survey",   "clearance",       "quality",    "standby",
                                             "moves",    "training",        "purchase",   "overhead",
                                             "building", "policy measures", "victim aid", "contracts"};
static const char *const reason_labels[] = {"no work in sight",
                                            "recruits",
                                            "courses",
                                            "dogs",
                                            "machines",
                                            "growth of organisations",
                                            "earmark",
                                            "condition",
                                            "teams as listed",
                                            "too late in the year",
                                            "teams on order",
                                            "review not yet",
                                            "money for no further team",
                                            "spread over later months",
                                            "contracts signed",
                                            "contractors' capacity"};
/* What only scenarios with contracts have stands last in its list. */
enum { CONTRACT_PURPOSES = 1, CONTRACT_REASONS = 2 };
static const char *const fate_labels[] = {"pledged", "committed", "disbursed", "spent",
                                          "lapsed",  "returned",  "dropped",   "held"};
static const char *const item_labels[] = {"AP", "AT", "ERW"};
static const char *const state_labels[] = {"laid", "found", "exploded", "missed", "remaining"};
static const char *const victim_labels[] = {"civilian killed", "civilian injured", "deminer killed",
                                            "deminer injured", "soldier killed",   "soldier injured"};
static const char *const use_labels[] = {"working", "season and rest", "breakdown", "no work",
                                         "money",   "moving",          "preparing", "away"};
static const char *const step_labels[] = {
    "district open", "first task done", "all surveyed",   "last task done",
    "released",      "building starts", "first families", "half of planned people"};

static const char *const job_labels[] = {"survey", "technical survey", "battle area search", "clearance"};

_Static_assert(HW_LENGTH(job_labels) == HW_JOBS, "a label for each job");
_Static_assert(HW_LENGTH(cause_labels) == HW_CAUSES, "a label for each cause");
_Static_assert(HW_LENGTH(purpose_labels) == HW_PURPOSES, "a label for each purpose");
_Static_assert(HW_LENGTH(reason_labels) == HW_UNSPENT_REASONS, "a label for each reason");
_Static_assert(HW_LENGTH(use_labels) == HW_USES, "a label for each use");
_Static_assert(HW_LENGTH(step_labels) == HW_STEPS, "a label for each step");
_Static_assert(HW_LENGTH(victim_labels) == HW_VICTIMS, "a label for each kind of victim");
_Static_assert(HW_LENGTH(ledger_labels) == HW_LEDGERS, "a label for each ledger");

#define LABELS(array) .length = HW_LENGTH(array), .labels = (array)
static const hw_axis fixed_axes[AXES] = {
    [PLACE] = {.name = "place", .long_name = "named place"},
    [DISTRICT] = {.name = "district", .long_name = "district"},
    [YEAR] = {.name = "year", .long_name = "calendar year", .units = "1"},
    [MONTH] = {.name = "month", .long_name = "last day of the month"},
    [PERIOD] = {.name = "period", .long_name = "last day of the period of the district series"},
    [LEDGER] = {.name = "ledger", .long_name = "ledger of land release", LABELS(ledger_labels)},
    [HAZARD] = {.name = "hazard", .long_name = "suspected hazard type", LABELS(hazard_labels)},
    [CAUSE] = {.name = "cause", .long_name = "cause of delay", LABELS(cause_labels)},
    [STREAM] = {.name = "stream", .long_name = "stream of money"},
    [PURPOSE] = {.name = "purpose", .long_name = "purpose of spending", LABELS(purpose_labels)},
    [REASON] = {.name = "reason", .long_name = "why money was not spent", LABELS(reason_labels)},
    [FATE] = {.name = "fate", .long_name = "what became of a stream's money", LABELS(fate_labels)},
    [ITEM] = {.name = "item", .long_name = "type of explosive item", LABELS(item_labels)},
    [ITEM_STATE] = {.name = "item_state", .long_name = "state of explosive items", LABELS(state_labels)},
    [VICTIM] = {.name = "victim", .long_name = "kind of victim", LABELS(victim_labels)},
    [USE] = {.name = "use", .long_name = "use of a team's day", LABELS(use_labels)},
    [STEP] = {.name = "step", .long_name = "step of a place's story", LABELS(step_labels)},
    [JOB] = {.name = "job", .long_name = "what firms do by contract", LABELS(job_labels)},
    [SIGNPOST] = {.name = "signpost", .long_name = "signpost"},
};

static const char DAY[] = "days since";     /* completed with the scenario's start */
static const char TEAM_DAYS[] = "team day"; /* an amount of work: "days" would be read as a span of time */
static const char CENSORED[] = "not by the horizon: censored";

static const hw_variable table[VARIABLES] = {
    [PLACE_RELEASE_DAY] = {"place_release_day",
                           "day on which the last hazard area of the place is released",
                           DAY,
                           CENSORED,
                           HW_F64,
                           1,
                           {PLACE},
                           0,
                           0,
                           HW_CELLS_POINT},
    [PLACE_FIRST_RETURN_DAY] = {"place_first_return_day",
                                "day on which the first families return",
                                DAY,
                                CENSORED,
                                HW_F64,
                                1,
                                {PLACE},
                                0,
                                0,
                                HW_CELLS_POINT},
    [PLACE_STEP_DAY] = {"place_step_day",
                        "day of each step of the place's story",
                        DAY,
                        CENSORED,
                        HW_F64,
                        2,
                        {PLACE, STEP},
                        0,
                        0,
                        HW_CELLS_POINT},
    [PLACE_DELAY_DAYS] = {"place_delay_days",
                          "days between start, release and first return by cause",
                          "days",
                          NULL,
                          HW_F64,
                          2,
                          {PLACE, CAUSE},
                          0,
                          0,
                          HW_CELLS_POINT},
    [PLACE_PEOPLE] = {"place_people",
                      "people living in the place at the end of the year",
                      "1",
                      NULL,
                      HW_F32,
                      2,
                      {PLACE, YEAR},
                      0,
                      0,
                      HW_CELLS_POINT},
    [PLACE_PEOPLE_MONTH] = {"place_people_month",
                            "people living in the place at the end of the month, whole people",
                            "1",
                            NULL,
                            HW_F32,
                            2,
                            {PLACE, MONTH},
                            0,
                            0,
                            HW_CELLS_POINT},
    [DISTRICT_COMPLETION_DAY] = {"district_completion_day",
                                 "first day on which all known hazard areas of the district are released",
                                 DAY,
                                 CENSORED,
                                 HW_F64,
                                 1,
                                 {DISTRICT},
                                 0,
                                 0,
                                 HW_CELLS_POINT},
    [DISTRICT_LEDGER_M2] = {"district_ledger_m2",
                            "area by ledger at the end of the period",
                            "m2",
                            NULL,
                            HW_F64,
                            4,
                            {DISTRICT, HAZARD, LEDGER, PERIOD},
                            0,
                            0,
                            HW_CELLS_POINT},
    [DISTRICT_FOUND] = {"district_found",
                        "items found since the start",
                        "1",
                        NULL,
                        HW_F32,
                        3,
                        {DISTRICT, ITEM, PERIOD},
                        0,
                        0,
                        HW_CELLS_POINT},
    [DISTRICT_ITEMS] = {"district_items",
                        "items by state at the horizon, of ground whose truth was drawn",
                        "1",
                        NULL,
                        HW_F64,
                        3,
                        {DISTRICT, ITEM, ITEM_STATE},
                        0,
                        0,
                        HW_CELLS_POINT},
    [DISTRICT_VICTIMS] = {"district_victims",
                          "victims since the start",
                          "1",
                          NULL,
                          HW_F32,
                          3,
                          {DISTRICT, VICTIM, PERIOD},
                          0,
                          0,
                          HW_CELLS_POINT},
    [DISTRICT_PEOPLE] = {"district_people",
                         "people returned at the end of the period",
                         "1",
                         NULL,
                         HW_F32,
                         2,
                         {DISTRICT, PERIOD},
                         0,
                         0,
                         HW_CELLS_POINT},
    [DISTRICT_ASSET_DAYS] = {"district_asset_days",
                             "team-days since the start by use",
                             TEAM_DAYS,
                             NULL,
                             HW_F32,
                             3,
                             {DISTRICT, USE, PERIOD},
                             0,
                             0,
                             HW_CELLS_POINT},
    [LEDGER_M2] = {"ledger_m2",
                   "area of all districts by ledger at the end of the month",
                   "m2",
                   NULL,
                   HW_F64,
                   2,
                   {MONTH, LEDGER},
                   0,
                   0,
                   HW_CELLS_POINT},
    [FOUND] =
        {"found", "items found since the start", "1", NULL, HW_F32, 2, {MONTH, ITEM}, 0, 0, HW_CELLS_POINT},
    [VICTIMS] =
        {"victims", "victims since the start", "1", NULL, HW_F32, 2, {MONTH, VICTIM}, 0, 0, HW_CELLS_POINT},
    [PEOPLE_BACK] = {"people_back",
                     "people returned at the end of the month",
                     "1",
                     NULL,
                     HW_F32,
                     1,
                     {MONTH},
                     0,
                     0,
                     HW_CELLS_POINT},
    [PEOPLE_EMPLOYED] = {"people_employed",
                         "people in demining teams at the end of the month",
                         "1",
                         NULL,
                         HW_F32,
                         1,
                         {MONTH},
                         0,
                         0,
                         HW_CELLS_POINT},
    [STREAM_USD] = {"stream_usd",
                    "what became of each stream's money by the horizon",
                    "USD",
                    NULL,
                    HW_F64,
                    2,
                    {STREAM, FATE},
                    0,
                    0,
                    HW_CELLS_POINT},
    [STREAM_SPENT_USD] = {"stream_spent_usd",
                          "spent in the year by stream",
                          "USD",
                          NULL,
                          HW_F64,
                          2,
                          {STREAM, YEAR},
                          0,
                          0,
                          HW_CELLS_SUM},
    [PURPOSE_SPENT_USD] = {"purpose_spent_usd",
                           "spent in the year by purpose",
                           "USD",
                           NULL,
                           HW_F64,
                           2,
                           {PURPOSE, YEAR},
                           0,
                           0,
                           HW_CELLS_SUM},
    [UNSPENT_USD] = {"unspent_usd",
                     "clearance money that lapsed, was returned or is held, by stream, reason and year",
                     "USD",
                     NULL,
                     HW_F32,
                     3,
                     {STREAM, REASON, YEAR},
                     0,
                     0,
                     HW_CELLS_SUM},
    [UNSPENT_YEAR_USD] =
        {"unspent_year_usd",
         "clearance money that lapsed, was returned or is held, by the year of that and reason",
         "USD",
         NULL,
         HW_F64,
         2,
         {REASON, YEAR},
         0,
         0,
         HW_CELLS_SUM},
    [SUSPECTED_M2] =
        {"suspected_m2", "suspected area at the start", "m2", NULL, HW_F64, 0, {0}, 0, 0, HW_CELLS_POINT},
    [NEW_AREA_M2] = {"new_area_m2",
                     "suspected area found after the start",
                     "m2",
                     NULL,
                     HW_F64,
                     0,
                     {0},
                     0,
                     0,
                     HW_CELLS_POINT},
    [UNPOSTED_ASSET_DAYS] = {"unposted_asset_days",
                             "team-days by use before the first posting",
                             TEAM_DAYS,
                             NULL,
                             HW_F32,
                             1,
                             {USE},
                             0,
                             0,
                             HW_CELLS_POINT},
    [CONTRACT_M2] = {"contract_m2",
                     "ground that firms have worked by contract, accepted in the year",
                     "m2",
                     NULL,
                     HW_F64,
                     2,
                     {JOB, YEAR},
                     0,
                     0,
                     HW_CELLS_SUM},
    [SIGNPOST_DAY] = {"signpost_day",
                      "planning day on which what the signpost says was done",
                      DAY,
                      "not done by the horizon",
                      HW_F64,
                      1,
                      {SIGNPOST},
                      0,
                      0,
                      HW_CELLS_POINT},
};

_Static_assert((int)VARIABLES <= (int)HW_OUTCOME_VARIABLES, "room for each variable's offset");

/* The layout with all that it borrows or owns, in one block. */
typedef struct owned_layout {
    hw_record_layout layout;
    hw_axis axes[AXES];
    hw_variable variables[VARIABLES];
    char day_units[32];
    double *values; /* years, months, periods; and behind them the bounds of each */
} owned_layout;

/* Each span is stamped with its last day, so that a date says what a person would say of it. */
static void add_span(double *stamps, double *bounds, uint32_t i, double start, double end) {
    stamps[i] = end - 1;
    bounds[2 * (size_t)i] = start;
    bounds[2 * (size_t)i + 1] = end;
}

static void set_span_axis(hw_axis *axis, uint32_t length, const double *stamps, const double *bounds) {
    axis->length = length;
    axis->values = stamps;
    axis->bounds = bounds;
}

static void fill_time_axes(const hw_scenario *s, owned_layout *owned, hw_timeline timeline) {
    double *years = owned->values;
    double *months = years + timeline.years;
    double *periods = months + timeline.months;
    double *year_bounds = periods + timeline.periods;
    double *month_bounds = year_bounds + 2 * (size_t)timeline.years;
    double *period_bounds = month_bounds + 2 * (size_t)timeline.months;
    for (uint32_t y = 0; y < timeline.years; y++) {
        years[y] = year_bounds[2 * (size_t)y] = timeline.first_year + (double)y;
        year_bounds[2 * (size_t)y + 1] = years[y] + 1;
    }
    double period_start = 0;
    uint32_t period = 0;
    for (uint32_t m = 0; m < timeline.months; m++) {
        hw_month month = hw_timeline_month(s, m);
        period_start = month.period == period ? period_start : month.start;
        period = month.period;
        add_span(months, month_bounds, m, month.start, month.end);
        add_span(periods, period_bounds, period, period_start, month.end);
    }
    set_span_axis(&owned->axes[YEAR], timeline.years, years, year_bounds);
    set_span_axis(&owned->axes[MONTH], timeline.months, months, month_bounds);
    set_span_axis(&owned->axes[PERIOD], timeline.periods, periods, period_bounds);
    owned->axes[MONTH].units = owned->axes[PERIOD].units = owned->day_units;
}

static void name_axis(hw_axis *axis, const hw_table *items) {
    axis->length = items->count;
    axis->labels = items->names;
}

static uint32_t purposes_of(const hw_scenario *s) {
    return s->contracts.count > 0 ? HW_PURPOSES : HW_PURPOSES - CONTRACT_PURPOSES;
}

static uint32_t reasons_of(const hw_scenario *s) {
    return s->contracts.count > 0 ? HW_UNSPENT_REASONS : HW_UNSPENT_REASONS - CONTRACT_REASONS;
}

/* Without contracts or signposts their axes and variables, the last of all, are left out. */
static void leave_out_what_is_not_there(owned_layout *owned, const hw_scenario *s) {
    bool contracts = s->contracts.count > 0, signposts = s->signposts.count > 0;
    if (!contracts) {
        owned->axes[JOB] = owned->axes[SIGNPOST];
        owned->variables[CONTRACT_M2] = owned->variables[SIGNPOST_DAY];
        owned->variables[CONTRACT_M2].axis[0] = JOB;
    }
    owned->layout.axis_count -= (uint32_t)!contracts + !signposts;
    owned->layout.variable_count -= (uint32_t)!contracts + !signposts;
}

hw_record_layout *hw_scenario_layout(const hw_scenario *s) {
    hw_timeline timeline = hw_timeline_of(s);
    owned_layout *owned = calloc(1, sizeof *owned);
    double *values =
        calloc(3 * ((size_t)timeline.years + timeline.months + timeline.periods), sizeof *values);
    if (owned == NULL || values == NULL) {
        free(owned);
        free(values);
        return NULL;
    }
    owned->values = values;
    char date[16];
    snprintf(owned->day_units, sizeof owned->day_units, "%s %s", DAY, hw_date_print(s->start, date));
    memcpy(owned->axes, fixed_axes, sizeof fixed_axes);
    memcpy(owned->variables, table, sizeof table);
    name_axis(&owned->axes[PLACE], &s->places);
    name_axis(&owned->axes[DISTRICT], &s->districts);
    name_axis(&owned->axes[STREAM], &s->streams);
    fill_time_axes(s, owned, timeline);
    for (int v = 0; v < VARIABLES; v++) {
        if (owned->variables[v].units == DAY) {
            owned->variables[v].units = owned->day_units;
        }
    }
    owned->axes[PURPOSE].length = purposes_of(s);
    owned->axes[REASON].length = reasons_of(s);
    name_axis(&owned->axes[SIGNPOST], &s->signposts);
    owned->layout = (hw_record_layout){owned->axes, AXES, owned->variables, VARIABLES, 0};
    leave_out_what_is_not_there(owned, s);
    hw_record_lay_out(&owned->layout);
    return &owned->layout;
}

void hw_scenario_layout_free(hw_record_layout *layout) {
    if (layout != NULL) {
        owned_layout *owned = (owned_layout *)layout; /* its first member */
        free(owned->values);
        free(owned);
    }
}

static double people_employed(const hw_land *land) {
    double people = 0;
    for (uint32_t i = 0; i < land->force.present_count; i++) {
        const hw_team *team = &land->force.teams[land->force.present[i]];
        if (hw_team_in_service(team) || team->state == HW_TEAM_TRAINING || team->state == HW_TEAM_AWAY) {
            people += team->strength * land->force.methods[team->method].people;
        }
    }
    return people;
}

static void close_district(hw_land *land, uint32_t district, hw_month_row *row, hw_district_row *kept) {
    assert(district < land->district_count);
    assert(land->districts[district].resident_people >= 0);
    const hw_district_state *d = &land->districts[district];
    memcpy(kept->ledger_m2, d->ledger_m2, sizeof kept->ledger_m2);
    memcpy(kept->victims, d->victims, sizeof kept->victims);
    memcpy(kept->use_days, d->use_days, sizeof kept->use_days);
    kept->people = d->resident_people;
    for (int type = 0; type < HW_ITEM_TYPES; type++) {
        kept->found[type] = d->items[type][HW_STATE_FOUND];
        row->found[type] += kept->found[type];
    }
    for (int ledger = 0; ledger < HW_LEDGERS; ledger++) {
        row->ledger_m2[ledger] +=
            d->ledger_m2[HW_HAZARD_MINED][ledger] + d->ledger_m2[HW_HAZARD_BATTLE][ledger];
    }
    for (int victim = 0; victim < HW_VICTIMS; victim++) {
        row->victims[victim] += d->victims[victim];
    }
    row->people_back += d->resident_people;
}

void hw_outcome_close_month(hw_land *land, uint32_t month) {
    assert(month < land->calendar.month_count);
    assert(land->calendar.month_periods[month] < land->calendar.period_count);
    assert(land->calendar.month_years[month] < land->calendar.year_count);
    hw_month_row *row = &land->outcome.months[month];
    *row = (hw_month_row){.people_employed = people_employed(land)};
    for (uint32_t d = 0; d < land->district_count; d++) {
        close_district(land, d, row,
                       &land->outcome.district_rows[d * land->calendar.period_count +
                                                    land->calendar.month_periods[month]]);
    }
    for (uint32_t p = 0; p < land->place_count; p++) {
        double people = land->places[p].people;
        land->outcome.place_people[p * land->calendar.year_count + land->calendar.month_years[month]] =
            people;
        land->outcome.place_months[p * land->calendar.month_count + month] = (float)round(people);
    }
}

bool hw_outcome_find_offsets(hw_land *land) {
    hw_record_layout *layout = hw_scenario_layout(land->scenario);
    if (layout == NULL) {
        return false;
    }
    for (uint32_t v = 0; v < layout->variable_count; v++) {
        land->outcome.offset[v] = layout->variables[v].offset;
    }
    hw_scenario_layout_free(layout);
    return true;
}

/* Where a variable's numbers begin in the record. */
static void *numbers_of(const hw_land *land, unsigned char *record, int variable) {
    return record + land->outcome.offset[variable];
}

static void write_places(const hw_land *land, unsigned char *record) {
    double *release = numbers_of(land, record, PLACE_RELEASE_DAY);
    double *first_return = numbers_of(land, record, PLACE_FIRST_RETURN_DAY);
    double *step = numbers_of(land, record, PLACE_STEP_DAY);
    double *delay = numbers_of(land, record, PLACE_DELAY_DAYS);
    float *people = numbers_of(land, record, PLACE_PEOPLE);
    size_t months = (size_t)land->place_count * land->calendar.month_count;
    memcpy(numbers_of(land, record, PLACE_PEOPLE_MONTH), land->outcome.place_months, months * sizeof *people);
    for (uint32_t p = 0; p < land->place_count; p++) {
        const hw_place_state *place = &land->places[p];
        release[p] = place->release_day;
        first_return[p] = place->first_return_day;
        memcpy(step + (size_t)p * HW_STEPS, place->step, sizeof place->step);
        memcpy(delay + (size_t)p * HW_CAUSES, place->delay, sizeof place->delay);
        for (uint32_t y = 0; y < land->calendar.year_count; y++) {
            people[p * land->calendar.year_count + y] =
                (float)land->outcome.place_people[p * land->calendar.year_count + y];
        }
    }
}

static void write_district_series(const hw_land *land, unsigned char *record) {
    double *ledger = numbers_of(land, record, DISTRICT_LEDGER_M2);
    float *found = numbers_of(land, record, DISTRICT_FOUND);
    float *victims = numbers_of(land, record, DISTRICT_VICTIMS);
    float *people = numbers_of(land, record, DISTRICT_PEOPLE);
    float *uses = numbers_of(land, record, DISTRICT_ASSET_DAYS);
    uint32_t periods = land->calendar.period_count;
    for (uint32_t d = 0; d < land->district_count; d++) {
        for (uint32_t i = 0; i < periods; i++) {
            const hw_district_row *row = &land->outcome.district_rows[d * periods + i];
            for (uint32_t k = 0; k < HW_HAZARDS * HW_LEDGERS; k++) {
                ledger[(d * HW_HAZARDS * HW_LEDGERS + k) * periods + i] = (double)(&row->ledger_m2[0][0])[k];
            }
            for (uint32_t k = 0; k < HW_ITEM_TYPES; k++) {
                found[(d * HW_ITEM_TYPES + k) * periods + i] = (float)row->found[k];
            }
            for (uint32_t k = 0; k < HW_VICTIMS; k++) {
                victims[(d * HW_VICTIMS + k) * periods + i] = (float)row->victims[k];
            }
            for (uint32_t k = 0; k < HW_USES; k++) {
                uses[(d * HW_USES + k) * periods + i] = (float)row->use_days[k];
            }
            people[d * periods + i] = (float)row->people;
        }
    }
}

static void write_districts(const hw_land *land, unsigned char *record) {
    double *completion = numbers_of(land, record, DISTRICT_COMPLETION_DAY);
    double *items = numbers_of(land, record, DISTRICT_ITEMS);
    double *suspected = numbers_of(land, record, SUSPECTED_M2);
    double *new_area = numbers_of(land, record, NEW_AREA_M2);
    *suspected = *new_area = 0;
    for (uint32_t d = 0; d < land->district_count; d++) {
        const hw_district_state *district = &land->districts[d];
        completion[d] = district->completion_day;
        for (uint32_t k = 0; k < HW_ITEM_TYPES * HW_ITEM_STATES; k++) {
            items[d * HW_ITEM_TYPES * HW_ITEM_STATES + k] = (double)(&district->items[0][0])[k];
        }
        for (int hazard = 0; hazard < HW_HAZARDS; hazard++) {
            *suspected += (double)district->baseline_m2[hazard];
            *new_area += (double)district->new_m2[hazard];
        }
    }
    float *unposted = numbers_of(land, record, UNPOSTED_ASSET_DAYS);
    for (int use = 0; use < HW_USES; use++) {
        unposted[use] = (float)land->force.unposted_days[use];
    }
}

static void write_months(const hw_land *land, unsigned char *record) {
    double *ledger = numbers_of(land, record, LEDGER_M2);
    float *found = numbers_of(land, record, FOUND);
    float *victims = numbers_of(land, record, VICTIMS);
    float *back = numbers_of(land, record, PEOPLE_BACK);
    float *employed = numbers_of(land, record, PEOPLE_EMPLOYED);
    for (uint32_t m = 0; m < land->calendar.month_count; m++) {
        const hw_month_row *row = &land->outcome.months[m];
        for (uint32_t k = 0; k < HW_LEDGERS; k++) {
            ledger[m * HW_LEDGERS + k] = (double)row->ledger_m2[k];
        }
        for (uint32_t k = 0; k < HW_ITEM_TYPES; k++) {
            found[m * HW_ITEM_TYPES + k] = (float)row->found[k];
        }
        for (uint32_t k = 0; k < HW_VICTIMS; k++) {
            victims[m * HW_VICTIMS + k] = (float)row->victims[k];
        }
        back[m] = (float)row->people_back;
        employed[m] = (float)row->people_employed;
    }
}

static double usd(int64_t cents) {
    return (double)cents / 100;
}

static void write_money(const hw_land *land, unsigned char *record) {
    double *fates = numbers_of(land, record, STREAM_USD);
    for (uint32_t s = 0; s < land->money.stream_count; s++) {
        const hw_stream_state *stream = &land->money.streams[s];
        int64_t cents[] = {
            stream->pledged, stream->committed, stream->disbursed, stream->spent,
            stream->lapsed,  stream->returned,  stream->dropped,   stream->balance + stream->retained};
        _Static_assert(HW_LENGTH(fate_labels) == HW_LENGTH(cents), "a label for each fate");
        for (uint32_t f = 0; f < HW_LENGTH(fate_labels); f++) {
            fates[s * HW_LENGTH(fate_labels) + f] = usd(cents[f]);
        }
    }
    double *by_stream = numbers_of(land, record, STREAM_SPENT_USD);
    for (uint32_t i = 0; i < land->money.stream_count * land->calendar.year_count; i++) {
        by_stream[i] = usd(land->outcome.stream_year_spent[i]);
    }
    double *by_purpose = numbers_of(land, record, PURPOSE_SPENT_USD);
    for (uint32_t i = 0; i < purposes_of(land->scenario) * land->calendar.year_count; i++) {
        by_purpose[i] = usd(land->outcome.purpose_year_spent[i]);
    }
}

static void write_unspent(const hw_land *land, unsigned char *record) {
    float *by_stream = numbers_of(land, record, UNSPENT_USD);
    double *by_year = numbers_of(land, record, UNSPENT_YEAR_USD);
    size_t years = land->calendar.year_count, told = reasons_of(land->scenario) * years;
    for (size_t i = 0; i < told; i++) {
        int64_t cents = 0;
        for (uint32_t s = 0; s < land->money.stream_count; s++) {
            int64_t of_stream = land->growth.given_up[(size_t)s * HW_UNSPENT_REASONS * years + i];
            by_stream[s * told + i] = (float)usd(of_stream);
            cents += of_stream;
        }
        by_year[i] = usd(cents);
    }
}

static void write_contracts(const hw_land *land, unsigned char *record) {
    double *m2 = land->contracts.firm_count > 0 ? numbers_of(land, record, CONTRACT_M2) : NULL;
    size_t cells = (size_t)HW_JOBS * land->calendar.year_count;
    for (size_t i = 0; m2 != NULL && i < cells; i++) {
        m2[i] = (double)land->contracts.accepted_year_m2[i];
    }
}

static void write_signposts(const hw_land *land, unsigned char *record) {
    uint32_t count = land->scenario->signposts.count;
    int variable = land->scenario->contracts.count > 0 ? SIGNPOST_DAY : CONTRACT_M2;
    double *day = count > 0 ? numbers_of(land, record, variable) : NULL;
    for (uint32_t i = 0; i < count; i++) {
        day[i] = land->signposts.items[i].done_day;
    }
}

void hw_outcome_write(const hw_land *land, unsigned char *record) {
    write_places(land, record);
    write_district_series(land, record);
    write_districts(land, record);
    write_months(land, record);
    write_money(land, record);
    write_unspent(land, record);
    write_contracts(land, record);
    write_signposts(land, record);
}
