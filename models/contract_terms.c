/* The keys of contracts by the hectare. */
#include "models/bounds.h"
#include "models/terms.h"
#include "sim/length.h"

static const char *const when_names[] = {"spare_money", "always", NULL};

#define PRICE(field, of)                                                                                     \
    QUANTITY(hw_firm_terms, field, HW_DIM_MONEY_PER_AREA, 0, 1000),                                          \
        .standard = "0 USD/m2",                                                                              \
        .meaning = "Price of a m2 of " of ", while firms have little to do. 0: they do not bid for it."

static const hw_key keys[] = {
    {.name = "operator",
     .type = HW_KEY_REFERENCE,
     .refers_to = "operators",
     .offset = offsetof(hw_firm_terms, operator_),
     .meaning = "Who the firms are: quality and pace of their crews, from when they may work (`access_from`, "
                "`permit_delay`), by how much prices are higher (`cost`) and capacity is lower (`admitted`). "
                "It has no teams among the assets, and no other contract."},
    {.name = "when",
     .type = HW_KEY_CHOICE,
     .choices = when_names,
     .standard = "spare_money",
     .offset = offsetof(hw_firm_terms, when),
     .meaning = "spare_money: work is tendered with money that would go at the end of its year, or of its "
                "pledge, because all teams that there are and that are ordered need less. always: with all "
                "that teams leave over in a month."},
    {QUANTITY(hw_firm_terms, capacity, HW_DIM_AREA_PER_TIME, 0, 1e9),
     .meaning = "Ground that all firms together take on, whatever the work: never more in a calendar year."},
    {PRICE(survey_price, "non-technical survey")},
    {PRICE(technical_price, "technical survey")},
    {PRICE(search_price, "battle area search")},
    {PRICE(clearance_price, "clearance")},
    {.name = "factor",
     .type = HW_KEY_DATED,
     .dimension = HW_DIM_NUMBER,
     .low = 0.01,
     .high = 100,
     .optional = true,
     .offset = offsetof(hw_firm_terms, factor),
     .before_start = "in force from the start",
     .meaning = "Contracts that are signed on or after each date have so many times the prices, until the "
                "next date: how the market moves. 1 when left out."},
    {QUANTITY(hw_firm_terms, surcharge, HW_DIM_SHARE, 0, 10), .standard = "{p10: 10 %, p50: 30 %, p90: 60 %}",
     .meaning = "By how much prices are higher when all capacity was taken in the last twelve months; in "
                "proportion while less was.",
     .source = "assumed: Croatian tenders of 2015-16 lay between 4.93 and 6.8 HRK a m2 with two thirds of "
               "the capacity taken"},
    {QUANTITY(hw_firm_terms, mobilise, HW_DIM_TIME, 0, 730),
     .standard = "{p10: 4 weeks, p50: 6 weeks, p90: 10 weeks}",
     .meaning = "From the signed contract to new crews on the ground."},
    {QUANTITY(hw_firm_terms, term, HW_DIM_TIME, 28, 3650), .standard = "12 months",
     .meaning = "Time in which the ground is to be done, from when crews are there. What nobody has begun by "
                "then is not paid, and its money is free again, or gone with its year."},
    {QUANTITY(hw_firm_terms, margin, HW_DIM_SHARE, 0, 5), .standard = "{p10: 10 %, p50: 25 %, p90: 50 %}",
     .meaning = "How many more crews firms field than the term would need in mean weather, so that a bad "
                "season does not make them late."},
    {QUANTITY(hw_firm_terms, in_hand, HW_DIM_AREA, 0, 1e10), .standard = "0 ha",
     .meaning = "Ground on which firms are at work when the world begins: so much more is signed for on the "
                "first planning day, at the prices of that day and as far as there is money that day, and "
                "the crews for it are there. It does not count in the first year's capacity."},
    {.name = "unprepared",
     .type = HW_KEY_YES_NO,
     .standard = "no",
     .offset = offsetof(hw_firm_terms, unprepared),
     .meaning = "Where the scenario has machines: whether firms sign for ground that none of them has "
                "prepared, too. Their crews then clear it as it is, unless a machine comes first."},
    {.name = "crews",
     .type = HW_KEY_COUNT,
     .low = 0,
     .high = 5000,
     .standard = "150",
     .offset = offsetof(hw_firm_terms, crews),
     .meaning = "Most crews of each kind of work in the field at a time, each as large as a team of its "
                "method."},
};

const hw_section hw_firm_section = {
    "contract",
    "Firms that are paid by the m2: they mobilise crews for the ground that is signed for, which work where "
    "the "
    "ranking sends them, and are paid when survey is done, and search and clearance have passed the quality "
    "check. Rejected ground is done again at their cost.",
    sizeof(hw_firm_terms), keys, HW_LENGTH(keys)};

uint32_t hw_scenario_most_crews(const hw_scenario *scenario) {
    uint32_t crews = 0;
    for (uint32_t f = 0; f < scenario->contracts.count; f++) {
        crews += HW_JOBS * HW_ITEM(scenario->contracts, hw_firm_terms, f)->crews;
    }
    return crews;
}

bool hw_firm_does(const hw_scenario *scenario, uint32_t contract, uint32_t job) {
    const hw_firm_terms *terms = HW_ITEM(scenario->contracts, hw_firm_terms, contract);
    const hw_value_id prices[HW_JOBS] = {terms->survey_price, terms->technical_price, terms->search_price,
                                         terms->clearance_price};
    return terms->crews > 0 && hw_bounds_most(scenario, terms->capacity) > 0 &&
           hw_bounds_most(scenario, prices[job]) > 0;
}
