/* Survey before clearance: people of search and clearance teams that have no work are lent to the survey
 * teams of their district while ground there waits for survey, and survey is held to a better standard of
 * evidence. */
#include "models/lever.h"
#include "models/method.h"
#include "models/teams.h"
#include <assert.h>
#include <math.h>

typedef struct terms {
    hw_lever_terms lever;
    hw_value_id ramp, lent, efficiency, enough, doubts_settled;
} terms;

static const hw_key keys[] = {
    HW_LEVER_KEYS(terms, "{p10: 1 month, p50: 3 months, p90: 6 months}",
                  "{p10: 100 kUSD, p50: 300 kUSD, p90: 1 MUSD}",
                  "{p10: 50 kUSD/year, p50: 200 kUSD/year, p90: 600 kUSD/year}"),
    HW_LEVER_RAMP(terms, "{p10: 3 months, p50: 6 months, p90: 18 months}"),
    {HW_LEVER_QUANTITY(terms, lent, HW_DIM_SHARE, 0, 0.95), .standard = "{p10: 30 %, p50: 60 %, p90: 90 %}",
     .meaning =
         "Of the people of manual and battle area teams without work, the share lent to the survey teams "
         "of their district."},
    {HW_LEVER_QUANTITY(terms, efficiency, HW_DIM_NUMBER, 0, 2), .standard = "{p10: 0.3, p50: 0.6, p90: 0.9}",
     .meaning = "What a person lent surveys, against one of the survey teams."},
    {HW_LEVER_QUANTITY(terms, enough, HW_DIM_SHARE, 0, 1), .standard = "{p10: 3 %, p50: 8 %, p90: 20 %}",
     .meaning =
         "Nobody is lent in a district where less than this share of each hazard area waits for survey."},
    {HW_LEVER_QUANTITY(terms, doubts_settled, HW_DIM_SHARE, 0, 1),
     .standard = "{p10: 10 %, p50: 26 %, p90: 60 %}",
     .meaning = "Of the clean ground that survey could not show to be clean, the share that it then can: "
                "from poor survey, with a tenth, to ordinary, with one third, is a quarter of it.",
     .source = "SOURCES 2: Beta(2,18) poor, Beta(6,12) ordinary, Beta(14,6) good; which of them would be "
               "reached is assumed"},
};

const hw_section hw_lever_survey_first_parameters = {
    "survey_first",
    "Survey before clearance: people without work are lent to survey, and evidence is held to a better "
    "standard.",
    sizeof(terms), keys, HW_LENGTH(keys)};

static const hw_change changes[] = {
    {.path = "methods.non_technical_survey.specificity",
     .kind = HW_CHANGE_CLOSE_GAP,
     .by = offsetof(terms, doubts_settled)},
};

/* Whether some of the district's ground that is open to teams still waits for survey. */
static bool survey_waits(const hw_land *land, const hw_district_state *d, double enough) {
    for (uint32_t i = 0; i < d->area_count; i++) {
        const hw_area *area = &land->ground.areas[d->areas[i]];
        double waiting = (double)area->open_m2[HW_STAGE_SURVEY];
        if (area->accessible && waiting > 0 && waiting >= enough * area->start_m2) {
            return true;
        }
    }
    return false;
}

/* People in teams of these methods, one bit each, in a district: of those without work, or of all that are
 * paid.
 */
static double people_of(const hw_land *land, uint32_t district, uint32_t methods, bool idle) {
    double people = 0;
    for (uint32_t t = 0; t < land->force.team_count; t++) {
        const hw_team *team = &land->force.teams[t];
        bool counts = idle ? team->state == HW_TEAM_IDLE
                           : hw_team_in_service(team) && team->state != HW_TEAM_STOOD_DOWN;
        if (methods >> team->method & 1 && team->district == district && counts && !team->crew) {
            people += team->strength * land->force.methods[team->method].people;
        }
    }
    return people;
}

/* Whoever has work keeps to it: the idle are lent, in their own district. */
static void settle(hw_land *land, const void *parameters, hw_lever_day day) {
    const terms *t = parameters;
    uint32_t surveyors = land->force.serving[HW_STAGE_SURVEY];
    uint32_t lenders = land->force.serving[HW_STAGE_CLEAR_MANUAL] | land->force.serving[HW_STAGE_BATTLE];
    double lent = day.strength * hw_in_force(land, t->lent) * hw_in_force(land, t->efficiency);
    for (uint32_t d = 0; d < land->district_count; d++) {
        hw_district_state *district = &land->districts[d];
        double survey_people = people_of(land, d, surveyors, false);
        bool lends = survey_people > 0 && survey_waits(land, district, hw_in_force(land, t->enough));
        double come = lends ? people_of(land, d, lenders, true) * lent : 0;
        district->survey_aid = lends ? 1 + come / survey_people : 1;
    }
}

static void leave(hw_land *land, const void *parameters, hw_lever_state *state, double now) {
    (void)parameters;
    (void)state;
    (void)now;
    for (uint32_t d = 0; d < land->district_count; d++) {
        land->districts[d].survey_aid = 1;
    }
}

const hw_lever hw_lever_survey_first = {.ramp = offsetof(terms, ramp),
                                        .changes = changes,
                                        .change_count = HW_LENGTH(changes),
                                        .settle = settle,
                                        .leave = leave};
