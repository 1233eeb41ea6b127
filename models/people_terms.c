/* The keys of people: accidents and finds, houses and return. Sources in square brackets
 * are expanded in scenarios/SOURCES.md. */
#include "models/terms.h"
#include "sim/length.h"

static const hw_key safety_keys[] = {
    {QUANTITY(hw_safety, visit_accidents, HW_DIM_PER_TIME, 0, 10),
     .standard = "{p10: 3 /month, p50: 6 /month, p90: 12 /month}",
     .meaning =
         "Accidents of early visitors, herders and scrap collectors nationwide at the start, if one mine "
         "lay on each hectare of suspected ground. They follow what truly lies where people go.",
     .source = "SOURCES 5: 81 civilian victims in 13 months [AZC]"},
    {QUANTITY(hw_safety, visit_half_life, HW_DIM_TIME, 30, 36500),
     .standard = "{p10: 10 months, p50: 18 months, p90: 36 months}",
     .meaning = "Time in which they halve as people learn where not to go."},
    {QUANTITY(hw_safety, visit_floor, HW_DIM_SHARE, 0, 1), .standard = "{p10: 10 %, p50: 25 %, p90: 45 %}",
     .meaning = "Share that does not go away."},
    {.name = "learning_since",
     .type = HW_KEY_DATE,
     .optional = true,
     .offset = offsetof(hw_safety, learning_since),
     .before_start = "so much had been learnt",
     .meaning = "Day from which accidents of visits and on duty halve; the start when left out."},
    {QUANTITY(hw_safety, education, HW_DIM_SHARE, 0, 1), .standard = "{p10: 10 %, p50: 20 %, p90: 40 %}",
     .meaning = "Civilian accidents averted by risk education and marking.",
     .source = "SOURCES 5: 10-40 %, assumed"},
    {QUANTITY(hw_safety, resident_accidents, HW_DIM_PER_TIME, 0, 1),
     .standard = "{p10: 4e-6 /month, p50: 1.5e-5 /month, p90: 5e-5 /month}",
     .meaning = "Accidents per returned person, if one mine lay on each hectare of the district.",
     .source = "SOURCES 5: Kosovo, first month of return, 10 casualties per 100,000 a month [KOS]"},
    {QUANTITY(hw_safety, duty_accidents, HW_DIM_PER_TIME, 0, 10),
     .standard = "{p10: 5 /month, p50: 10 /month, p90: 20 /month}",
     .meaning = "Accidents of soldiers on duty nationwide at the start, if one mine lay on each hectare of "
                "suspected ground.",
     .source = "SOURCES 5: 116 military victims in 13 months [AZC]"},
    {QUANTITY(hw_safety, duty_half_life, HW_DIM_TIME, 30, 36500),
     .standard = "{p10: 4 months, p50: 7 months, p90: 12 months}",
     .meaning = "Time in which accidents of soldiers halve, as posts and their roads are made safe."},
    {QUANTITY(hw_safety, duty_floor, HW_DIM_SHARE, 0, 1), .standard = "{p10: 2 %, p50: 6 %, p90: 15 %}",
     .meaning = "Share of them that does not go away."},
    {QUANTITY(hw_safety, unwarned, HW_DIM_NUMBER, 1, 100), .standard = "{p10: 5, p50: 9, p90: 15}",
     .meaning = "Visits to a hectare that nobody suspects, against a suspected one: nothing warns of it.",
     .source =
         "SOURCES 5: over 55 % of cases outside mapped areas [AZN24]; ground not yet suspected is about "
         "an eighth of the suspected, assumed"},
    {QUANTITY(hw_safety, use_of_released, HW_DIM_NUMBER, 0, 1000), .standard = "{p10: 3, p50: 10, p90: 30}",
     .meaning = "Visits to a hectare of released ground, against a suspected one: it is lived on and worked. "
                "Items missed there are met so much more often."},
    {QUANTITY(hw_safety, anti_tank_danger, HW_DIM_NUMBER, 0, 10),
     .standard = "{p10: 0.1, p50: 0.3, p90: 0.8}",
     .meaning =
         "Accidents by an anti-tank mine, against an anti-personnel mine that is as often near people."},
    {QUANTITY(hw_safety, remnant_danger, HW_DIM_NUMBER, 0, 10),
     .standard = "{p10: 0.05, p50: 0.15, p90: 0.4}",
     .meaning = "Accidents by an explosive remnant, against an anti-personnel mine that is as often near "
                "people: steps do not set it off, tampering does."},
    {QUANTITY(hw_safety, victims, HW_DIM_NUMBER, 1, 20), .standard = "{p10: 1.1, p50: 1.4, p90: 1.9}",
     .meaning = "Victims of one accident.",
     .source = "SOURCES 5: 0.54 killed and 1.4 injured (Bosnia) [CIET]"},
    {QUANTITY(hw_safety, killed, HW_DIM_SHARE, 0, 1), .standard = "{p10: 26 %, p50: 33 %, p90: 40 %}",
     .meaning = "Share of civilian victims killed.",
     .source = "SOURCES 5: 29 of 81 to 14 December 2021 [AZC]"},
    {QUANTITY(hw_safety, soldiers_killed, HW_DIM_SHARE, 0, 1), .standard = "{p10: 3 %, p50: 7 %, p90: 13 %}",
     .meaning = "Share of hurt soldiers killed.", .source = "SOURCES 5: 7 of 116 to 14 December 2021 [AZC]"},
    {QUANTITY(hw_safety, residual_finds, HW_DIM_PER_TIME, 0, 1),
     .standard = "{p10: 0.5 %/year, p50: 2 %/year, p90: 8 %/year}",
     .meaning = "Rate at which a missed item on released ground is found and reported."},
    {QUANTITY(hw_safety, reopen, HW_DIM_SHARE, 0, 1), .standard = "{p10: 2 %, p50: 8 %, p90: 20 %}",
     .meaning = "Share of such finds that re-opens the ground for clearance."},
    {QUANTITY(hw_safety, deminer_casualties, HW_DIM_NUMBER, 0, 0.1),
     .standard = "{p10: 0.0002, p50: 0.0003, p90: 0.0005}",
     .meaning = "Deminer casualties for each item taken out by hand.",
     .source = "SOURCES 5: one in 2,000 to 5,000, assumed"},
    {QUANTITY(hw_safety, deminers_killed, HW_DIM_SHARE, 0, 1),
     .standard = "{p10: 10 %, p50: 20 %, p90: 40 %}", .meaning = "Share of deminer casualties killed."},
    {QUANTITY(hw_safety, stand_down, HW_DIM_TIME, 0, 365),
     .standard = "{p10: 1 day, p50: 5 days, p90: 20 days}",
     .meaning = "Time that a team stands down after an accident.", .source = "SOURCES 5, assumed"},
};
const hw_section hw_safety_section = {"safety",
                                      "Accidents of civilians and soldiers, and finds after release.",
                                      sizeof(hw_safety), safety_keys, HW_LENGTH(safety_keys)};

static const hw_key resettlement_keys[] = {
    {QUANTITY(hw_resettlement, uptake, HW_DIM_SHARE, 0, 1),
     .standard = "{distribution: beta, alpha: 9, beta: 11}",
     .meaning = "Share of the displaced who want to move in the long run; of the planned people where "
                "`displaced` is not told.",
     .source = "SOURCES 9: Beta(9,11), Bosnia and Croatia"},
    {QUANTITY(hw_resettlement, displaced, HW_DIM_NUMBER, 0, 1e9), .standard = "0",
     .meaning = "People displaced from the country's districts, for all of whose places together homes are "
                "planned. Where there are more of them than planned homes, a home that one family does not "
                "want is offered to others. 0: each home is for one family alone."},
    {QUANTITY(hw_resettlement, household, HW_DIM_NUMBER, 1, 12),
     .standard = "{distribution: normal, mean: 3.94, sd: 0.3}", .meaning = "People in a family.",
     .source = "SOURCES 9: 3.94 over 1,732 families, derived"},
    {QUANTITY(hw_resettlement, first_families, HW_DIM_NUMBER, 1, 1000),
     .standard = "{p10: 8, p50: 15, p90: 40}",
     .meaning = "Families that arrive when the first houses are ready.",
     .source = "SOURCES 9: ten and twenty in the first two villages [S] [ZAB]"},
    {QUANTITY(hw_resettlement, arrival_rate, HW_DIM_PER_TIME, 0, 1),
     .standard = "{p10: 12 %/month, p50: 30 %/month, p90: 80 %/month}",
     .meaning = "Rate at which empty houses that are ready fill, while willing families wait.",
     .source = "SOURCES 9: of 200 houses of a village 66 were lived in by January and 86 by March 2023 [S] "
               "[TR-wb]"},
    {QUANTITY(hw_resettlement, fear, HW_DIM_SHARE, 0, 1), .standard = "{p10: 0.2 %, p50: 1 %, p90: 3 %}",
     .meaning = "Fall of willingness for each civilian accident in the district in the last twelve months."},
    {QUANTITY(hw_resettlement, first_quarter, HW_DIM_SHARE, 0, 1),
     .standard = "{p10: 10 %, p50: 25 %, p90: 60 %}",
     .meaning =
         "Share of a place's ground whose release lets building start, beside clearance of the rest; no "
         "more houses are built than ground is released.",
     .source = "SOURCES 9, assumed"},
    {QUANTITY(hw_resettlement, repair_cost, HW_DIM_SHARE, 0, 1),
     .standard = "{p10: 15 %, p50: 30 %, p90: 60 %}",
     .meaning = "Cost of repairing a house, against a new one."},
    {QUANTITY(hw_resettlement, slip_probability, HW_DIM_SHARE, 0, 1), .standard = "30 %",
     .meaning = "Probability that building slips badly.", .source = "SOURCES 9, assumed"},
    {QUANTITY(hw_resettlement, slip_factor, HW_DIM_NUMBER, 1, 10),
     .standard = "{p10: 1.3, p50: 1.7, p90: 2.8}", .meaning = "How much longer it then takes."},
    {QUANTITY(hw_resettlement, town_factor, HW_DIM_NUMBER, 0.5, 10), .standard = "1.5",
     .meaning = "Building time of towns against villages.", .source = "SOURCES 9"},
};
const hw_section hw_resettlement_section = {"resettlement", "Houses, families, willingness.",
                                            sizeof(hw_resettlement), resettlement_keys,
                                            HW_LENGTH(resettlement_keys)};
