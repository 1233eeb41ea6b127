/* Survey before clearance: people of search and clearance teams are lent to non-technical survey until little
 * suspected ground waits for it, and survey is held to a better standard of evidence. */
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
    {HW_LEVER_QUANTITY(terms, lent, HW_DIM_SHARE, 0, 0.95), .standard = "{p10: 8 %, p50: 20 %, p90: 40 %}",
     .meaning = "Of the people of manual and battle area teams, the share lent to survey."},
    {HW_LEVER_QUANTITY(terms, efficiency, HW_DIM_NUMBER, 0, 2), .standard = "{p10: 0.3, p50: 0.6, p90: 0.9}",
     .meaning = "What a person lent surveys, against one of the survey teams."},
    {HW_LEVER_QUANTITY(terms, enough, HW_DIM_SHARE, 0, 1), .standard = "{p10: 3 %, p50: 8 %, p90: 20 %}",
     .meaning = "Nobody is lent while less than this share of all ground ever suspected waits for survey."},
    {HW_LEVER_QUANTITY(terms, doubts_settled, HW_DIM_SHARE, 0, 1),
     .standard = "{p10: 10 %, p50: 26 %, p90: 60 %}",
     .meaning = "Of the clean ground that survey could not show to be clean, the share that it then can: "
                "from poor survey, with a tenth, to ordinary, with one third, is a quarter of it.",
     .source = "SOURCES 2: Beta(2,18) poor, Beta(6,12) ordinary, Beta(14,6) good; which of them would be "
               "reached is assumed"},
};

const hw_section hw_lever_survey_first_parameters = {
    "survey_first",
    "Survey before clearance: people are lent to survey, and evidence is held to a better standard.",
    sizeof(terms), keys, HW_LENGTH(keys)};

static const hw_change changes[] = {
    {.path = "methods.non_technical_survey.specificity",
     .kind = HW_CHANGE_CLOSE_GAP,
     .by = offsetof(terms, doubts_settled)},
};

/* Share of all ground ever suspected that teams could survey and have not. */
static double waiting_share(const hw_land *land) {
    double waiting = 0, suspected = 0;
    for (uint32_t a = 0; a < land->ground.area_count; a++) {
        const hw_area *area = &land->ground.areas[a];
        waiting += area->accessible ? (double)area->open_m2[HW_STAGE_SURVEY] : 0;
    }
    for (uint32_t d = 0; d < land->district_count; d++) {
        for (int hazard = 0; hazard < HW_HAZARDS; hazard++) {
            suspected += (double)(land->districts[d].baseline_m2[hazard] + land->districts[d].new_m2[hazard]);
        }
    }
    return suspected > 0 ? waiting / suspected : 0;
}

/* People at work in teams of these methods, one bit each. */
static double people_of(const hw_land *land, uint32_t methods) {
    double people = 0;
    for (uint32_t t = 0; t < land->force.team_count; t++) {
        const hw_team *team = &land->force.teams[t];
        if (methods >> team->method & 1 && hw_team_in_service(team) && team->state != HW_TEAM_STOOD_DOWN) {
            people += team->strength * land->force.methods[team->method].people;
        }
    }
    return people;
}

/* The planner reckons with the same pace as the teams have. */
static void set_pace(hw_land *land, uint32_t methods, double pace) {
    assert(pace > 0);
    for (uint32_t m = 0; m < land->force.method_count; m++) {
        if (methods >> m & 1) {
            land->force.methods[m].pace *= pace;
            for (int stage = 0; stage < HW_STAGES; stage++) {
                land->force.methods[m].effort[stage] /= pace;
            }
        }
    }
}

static void act(hw_land *land, const void *parameters, hw_lever_state *state, hw_lever_day day) {
    (void)state;
    const terms *t = parameters;
    uint32_t surveyors = land->force.serving[HW_STAGE_SURVEY];
    uint32_t lenders = land->force.serving[HW_STAGE_CLEAR_MANUAL] | land->force.serving[HW_STAGE_BATTLE];
    double survey_people = people_of(land, surveyors);
    if (survey_people <= 0 || waiting_share(land) < hw_in_force(land, t->enough)) {
        return;
    }
    double lent = day.strength * hw_in_force(land, t->lent);
    double come = people_of(land, lenders) * lent * hw_in_force(land, t->efficiency);
    set_pace(land, lenders, 1 - lent);
    set_pace(land, surveyors, 1 + come / survey_people);
}

const hw_lever hw_lever_survey_first = {
    .ramp = offsetof(terms, ramp), .changes = changes, .change_count = HW_LENGTH(changes), .act = act};
