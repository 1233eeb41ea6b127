/* What all kinds of team share, and the registry of methods: one row each. */
#include "models/method.h"

#define TEAM_KEY(field, dim, lo, hi)                                                                         \
    .name = #field, .type = HW_KEY_QUANTITY, .dimension = (dim), .low = (lo), .high = (hi),                  \
    .offset = offsetof(hw_team_terms, field)

static const hw_key team_keys[] = {
    {TEAM_KEY(people, HW_DIM_NUMBER, 1, 200), .standard = "15",
     .meaning = "Persons in a team, with its support staff.",
     .source = "SOURCES 3.6: 8-12 deminers with leader, medics, drivers, assumed"},
    {TEAM_KEY(running_cost, HW_DIM_MONEY_PER_TIME, 0, 1e5),
     .standard = "{p10: 250 kUSD/year, p50: 350 kUSD/year, p90: 450 kUSD/year}",
     .meaning = "Cost while in the field.", .source = "SOURCES 4: manual ten-lane team, assumed"},
    {TEAM_KEY(standby_cost, HW_DIM_MONEY_PER_TIME, 0, 1e5),
     .standard = "{p10: 100 kUSD/year, p50: 180 kUSD/year, p90: 300 kUSD/year}",
     .meaning = "Cost while it has no work."},
    {TEAM_KEY(purchase, HW_DIM_MONEY, 0, 1e8), .standard = "{p10: 60 kUSD, p50: 120 kUSD, p90: 250 kUSD}",
     .meaning = "Equipment, dogs, machine and vehicles of a new team."},
    {TEAM_KEY(lead_time, HW_DIM_TIME, 0, 3650), .standard = "{p10: 1 month, p50: 3 months, p90: 6 months}",
     .meaning = "From order to delivery and hiring."},
    {TEAM_KEY(service_life, HW_DIM_TIME, 0, 36500), .standard = "0 days",
     .meaning = "Life of dogs or machine, after which they are bought again; 0: no end."},
    {TEAM_KEY(course, HW_DIM_TIME, 0, 1000), .standard = "6 weeks", .meaning = "Training course.",
     .source = "SOURCES 3.6 [APA-t]"},
    {TEAM_KEY(accreditation, HW_DIM_TIME, 0, 1000), .standard = "{p10: 10 days, p50: 21 days, p90: 45 days}",
     .meaning = "Accreditation."},
    {TEAM_KEY(pass, HW_DIM_SHARE, 0.05, 1), .standard = "95 %",
     .meaning = "Share that passes accreditation at each attempt."},
    {TEAM_KEY(retraining, HW_DIM_TIME, 0, 1000), .standard = "{p10: 2 weeks, p50: 4 weeks, p90: 6 weeks}",
     .meaning = "Further training after a failed attempt."},
    {TEAM_KEY(attrition, HW_DIM_PER_TIME, 0, 0.01),
     .standard = "{p10: 5 %/year, p50: 9 %/year, p90: 15 %/year}", .meaning = "People leaving.",
     .source = "SOURCES 3.6: 5-15 % a year, assumed"},
    {TEAM_KEY(breakdown_after, HW_DIM_TIME, 0, 3650), .standard = "0 days",
     .meaning = "Mean field days between breakdowns, failed tests or illness of the whole team; 0: none."},
    {TEAM_KEY(repair, HW_DIM_TIME, 0, 1000), .standard = "5 days",
     .meaning = "Mean time until it works again."},
    {TEAM_KEY(move_cost, HW_DIM_MONEY, 0, 1e6), .standard = "{p10: 1 kUSD, p50: 3 kUSD, p90: 8 kUSD}",
     .meaning = "Cost of a move to another district."},
    {TEAM_KEY(move_time, HW_DIM_TIME, 0, 100), .standard = "{p10: 1 day, p50: 3 days, p90: 7 days}",
     .meaning = "Time of a move to another district."},
    {TEAM_KEY(learning_start, HW_DIM_SHARE, 0.05, 1), .standard = "{p10: 50 %, p50: 55 %, p90: 65 %}",
     .meaning = "Output of a new team on its first day.", .source = "SOURCES 3.6, assumed"},
    {TEAM_KEY(learning_time, HW_DIM_TIME, 0.1, 3650), .standard = "60 days",
     .meaning = "Field days in which two thirds of the gap close.", .source = "SOURCES 3.6, assumed"},
};

const hw_section hw_team_section = {"team", "People, cost, training and reliability of a team.",
                                    sizeof(hw_team_terms), team_keys, HW_LENGTH(team_keys)};

/* One row each. The specialised before the versatile: work that becomes ready goes to the first method that
 * has an idle team. */
#define METHODS(ROW)                                                                                         \
    ROW(non_technical_survey)                                                                                \
    ROW(technical_survey)                                                                                    \
    ROW(aerial_survey)                                                                                       \
    ROW(machines)                                                                                            \
    ROW(dogs)                                                                                                \
    ROW(manual)                                                                                              \
    ROW(battle_area)                                                                                         \
    ROW(spot_tasks)                                                                                          \
    ROW(quality_control)

#define DECLARE(method)                                                                                      \
    extern const hw_method hw_method_##method;                                                               \
    extern const hw_section hw_method_##method##_parameters;
#define METHOD(method) &hw_method_##method,
#define PARAMETERS(method) &hw_method_##method##_parameters,
#define NAME(method) #method,

METHODS(DECLARE)

const hw_method *const hw_method_list[] = {METHODS(METHOD)};
const char *const hw_method_names_or_any[] = {"any", METHODS(NAME) NULL};
const char *const hw_method_names[] = {METHODS(NAME) NULL};
static const hw_section *const sections[] = {METHODS(PARAMETERS)};
const hw_registry hw_methods = {.name = "methods", .sections = sections, .count = HW_LENGTH(sections)};
