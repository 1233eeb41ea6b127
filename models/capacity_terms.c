/* The keys by which capacity follows money. */
#include "models/scenario.h"
#include "sim/length.h"

#define QUANTITY(field, dim, lo, hi)                                                                         \
    .name = #field, .type = HW_KEY_QUANTITY, .dimension = (dim), .low = (lo), .high = (hi),                  \
    .offset = offsetof(hw_capacity_terms, field)

static const char *const growth_names[] = {"by_money", "fixed", NULL};

static const hw_key keys[] = {
    {.name = "growth",
     .type = HW_KEY_CHOICE,
     .choices = growth_names,
     .standard = "fixed",
     .offset = offsetof(hw_capacity_terms, growth),
     .meaning = "by_money: from `known_to` on, operators hire, retrain, buy and let go of teams by the money "
                "in sight and the work that waits. fixed: only the teams that the scenario lists."},
    {.name = "known_to",
     .type = HW_KEY_DATE,
     .optional = true,
     .offset = offsetof(hw_capacity_terms, known_to),
     .before_start = "from the start",
     .after_horizon = "the teams that the scenario lists are all there are",
     .meaning = "Up to this day, or to 'as_of' when that is earlier, the list of teams is history and nobody "
                "adds to it; from the start when left out. Teams that are listed for later days come, too, "
                "and are counted on."},
    {QUANTITY(review, HW_DIM_TIME, 28, 3650), .standard = "6 months",
     .meaning = "Time between two reviews of capacity, from `known_to` on."},
    {QUANTITY(look_ahead, HW_DIM_TIME, 90, 3650), .standard = "24 months",
     .meaning = "How far ahead a review looks: nobody is hired who cannot be paid for so long.",
     .source = "assumed: contracts of one to three years"},
    {QUANTITY(trust_state, HW_DIM_SHARE, 0, 1.5), .standard = "{p10: 95 %, p50: 100 %, p90: 103 %}",
     .meaning = "How far planners count on state budgets to repeat after their present year.",
     .source = "SOURCES 4: two budgets that differ by 2 % [RPT22] [TR-bud]; the range is assumed"},
    {QUANTITY(trust_donors, HW_DIM_SHARE, 0, 1.5), .standard = "{p10: 30 %, p50: 50 %, p90: 75 %}",
     .meaning = "The same for yearly money of donors and trust funds."},
    {QUANTITY(trust_private, HW_DIM_SHARE, 0, 1.5), .standard = "{p10: 20 %, p50: 40 %, p90: 70 %}",
     .meaning = "The same for yearly money of investors and public-private partners."},
    {QUANTITY(backlog_enough, HW_DIM_TIME, 1, 36500), .standard = "12 months",
     .meaning = "No team is added to a method whose teams will have done all work in sight by then."},
    {QUANTITY(half_weight, HW_DIM_TIME, 30, 36500),
     .standard = "{p10: 12 months, p50: 24 months, p90: 48 months}",
     .meaning = "Work that the ranking reaches so much later, at today's pace, counts half in the choice of "
                "teams.",
     .source = "assumed: half to twice the look-ahead"},
    {QUANTITY(land_weight, HW_DIM_SHARE, 0, 1), .standard = "{p10: 5 %, p50: 10 %, p90: 15 %}",
     .meaning =
         "How far a method counts for more in the choice of teams when a dollar of it frees more land. 0: "
         "the "
         "work of all methods is to wait as long, so that places are finished; 100 %: twice the land a "
         "dollar counts like twice the wait.",
     .source = "assumed: programmes are measured by their hectares"},
    {QUANTITY(change_below, HW_DIM_SHARE, 0, 1), .standard = "50 %",
     .meaning = "A team learns another method, or is let go for a team of one, when it is worth less than "
                "this share "
                "of what it would be there: by how long the work of each waits, and what it costs."},
    {QUANTITY(hire_above, HW_DIM_NUMBER, 0.5, 3), .standard = "1",
     .meaning = "A team is added only while money in sight is so many times what all teams will cost."},
    {QUANTITY(shrink_below, HW_DIM_NUMBER, 0, 1.5), .standard = "0.95",
     .meaning = "Teams are given notice while money in sight is less than so many times what all teams will "
                "cost."},
    {QUANTITY(notice, HW_DIM_TIME, 0, 730), .standard = "3 months",
     .meaning = "Time from notice to the end of a team."},
    {QUANTITY(most_growth, HW_DIM_PER_TIME, 0, 0.05),
     .standard = "{p10: 25 %/year, p50: 35 %/year, p90: 50 %/year}",
     .meaning = "People whom an organisation absorbs in a year, against those it has.",
     .source = "about 800 people in 2020 and 1,600 in 2022 [S]: 41 % a year; the range is assumed"},
    {QUANTITY(recruits, HW_DIM_PER_TIME, 0, 1000),
     .standard = "{p10: 300 /year, p50: 500 /year, p90: 800 /year}",
     .meaning = "People that all operators together find for new teams and in place of those who leave.",
     .source = "800 more people in two years [S], and some 9 % a year replaced; the range is assumed"},
    {QUANTITY(dog_teams, HW_DIM_PER_TIME, 0, 100), .standard = "{p10: 2 /year, p50: 4 /year, p90: 8 /year}",
     .meaning = "Dog teams, of four dogs each, for which dogs can be had.",
     .source = "30 dogs in 2021 [AZ21], some ten teams more by early 2023; the range is assumed"},
    {QUANTITY(machine_teams, HW_DIM_PER_TIME, 0, 1000),
     .standard = "{p10: 6 /year, p50: 12 /year, p90: 20 /year}",
     .meaning = "Machines, with their crews, that makers deliver.",
     .source = "from 6 to 38 between 2020 and 2022 [RPS1] [MEM]; the range is assumed"},
    {QUANTITY(retrain, HW_DIM_TIME, 0, 730), .standard = "{p10: 4 weeks, p50: 6 weeks, p90: 10 weeks}",
     .meaning = "Time in which a team without enough work learns another method; accreditation comes after.",
     .source = "SOURCES 3.6: six-week courses [APA-t], assumed for retraining"},
    {QUANTITY(pay_over, HW_DIM_TIME, 1, 730), .standard = "6 months",
     .meaning = "Purchases, courses and renewals are paid in equal monthly parts over this time."},
    {.name = "most_teams",
     .type = HW_KEY_COUNT,
     .low = 0,
     .high = 20000,
     .standard = "2000",
     .offset = offsetof(hw_capacity_terms, most_teams),
     .meaning = "Teams that can be added in all, those that leave again counted: room in memory, laid out "
                "before the run. A world that needs more is given up."},
};

const hw_section hw_capacity_section = {
    "capacity", "How operators grow and shrink with the money in sight, and what limits that.",
    sizeof(hw_capacity_terms), keys, HW_LENGTH(keys)};

uint32_t hw_scenario_listed_teams(const hw_scenario *scenario) {
    uint32_t teams = 0;
    for (uint32_t a = 0; a < scenario->assets.count; a++) {
        teams += HW_ITEM(scenario->assets, hw_asset, a)->teams;
    }
    return teams;
}

uint32_t hw_scenario_most_teams(const hw_scenario *scenario) {
    bool grows = scenario->capacity.growth == HW_GROWTH_BY_MONEY;
    return hw_scenario_listed_teams(scenario) + (grows ? scenario->capacity.most_teams : 0) +
           hw_scenario_most_crews(scenario);
}
