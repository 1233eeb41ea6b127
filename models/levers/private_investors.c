/* Private money for land that is worth more than its clearance costs: investors pay for the clearance of
 * ground that they are given (land for clearance), or the state refunds a part by way of taxes (tax
 * credit). Their account is a stream of the scenario; the teams that it pays, and on which ground they
 * may work, are said by `only_operators` of the stream and `works_on` of the operator. */
#include "models/lever.h"
#include "models/money.h"
#include <math.h>

typedef struct terms {
    hw_lever_terms lever;
    uint32_t stream, credit_stream;
    hw_value_id credit, required_return, ceiling;
} terms;

/* Investors keep no more in their account than they would pay in so many days. */
static const double ADVANCE_DAYS = 91;

static const hw_key keys[] = {
    HW_LEVER_KEYS(terms, "{p10: 6 months, p50: 12 months, p90: 30 months}",
                  "{p10: 50 kUSD, p50: 200 kUSD, p90: 600 kUSD}",
                  "{p10: 30 kUSD/year, p50: 100 kUSD/year, p90: 300 kUSD/year}"),
    {.name = "stream",
     .type = HW_KEY_REFERENCE,
     .refers_to = "streams",
     .optional = true,
     .offset = offsetof(terms, stream),
     .meaning = "Stream that takes what investors pay; must be said when the lever is pulled."},
    {.name = "credit_stream",
     .type = HW_KEY_REFERENCE,
     .refers_to = "streams",
     .optional = true,
     .offset = offsetof(terms, credit_stream),
     .meaning = "Stream that takes the part refunded by taxes, to be told apart; `stream` when left "
                "out."},
    {HW_LEVER_QUANTITY(terms, credit, HW_DIM_SHARE, 0, 0.95), .standard = "0 %",
     .meaning = "Share of the cost that the state refunds by way of taxes."},
    {HW_LEVER_QUANTITY(terms, required_return, HW_DIM_SHARE, 0, 10),
     .standard = "{p10: 10 %, p50: 40 %, p90: 150 %}",
     .meaning = "What the land must be worth beyond the investor's own part of the expected cost."},
    {HW_LEVER_QUANTITY(terms, ceiling, HW_DIM_MONEY_PER_TIME, 0, 1e7),
     .standard = "{p10: 1 MUSD/year, p50: 4 MUSD/year, p90: 15 MUSD/year}",
     .meaning = "Most that all investors and the refund together pay."},
};

const hw_section hw_lever_private_investors_parameters = {
    "private_investors",
    "Investors pay for clearance of land that is worth it: land for clearance, or a tax credit.",
    sizeof(terms), keys, HW_LENGTH(keys)};

/* What the planner expects the rest of an area to cost, in the prices of the typical team. */
static double expected_cost(const hw_land *land, const hw_area *area) {
    const hw_scenario *s = land->scenario;
    const hw_climate *climate =
        HW_ITEM(s->climates, hw_climate, HW_ITEM(s->districts, hw_district, area->district)->climate);
    double days = area->team_days / hw_in_force(land, climate->field_share);
    return days * land->force.methods[land->planner.typical_method].running_cost;
}

/* The cost of all accessible ground that investors would pay for. */
static double worthwhile(const hw_land *land, const terms *t) {
    double own_part = 1 - hw_in_force(land, t->credit);
    double at_least = own_part * (1 + hw_in_force(land, t->required_return));
    double sum = 0;
    for (uint32_t a = 0; a < land->ground.area_count; a++) {
        const hw_area *area = &land->ground.areas[a];
        const hw_terrain *setting = HW_ITEM(land->scenario->settings, hw_terrain, area->setting);
        double cost = expected_cost(land, area);
        double worth = hw_in_force(land, setting->worth) * area->all_open_m2;
        sum += area->accessible && worth > 0 && worth >= at_least * cost ? cost : 0;
    }
    return sum;
}

static void act(hw_land *land, const void *parameters, hw_lever_state *state, hw_lever_day day) {
    (void)state;
    const terms *t = parameters;
    uint32_t refund = t->credit_stream == HW_NO_REFERENCE ? t->stream : t->credit_stream;
    double held = hw_money_held(land, t->stream);
    if (refund != t->stream) {
        held += hw_money_held(land, refund);
    }
    double ceiling = hw_in_force(land, t->ceiling);
    double most = fmin(worthwhile(land, t), ceiling * ADVANCE_DAYS) - held;
    double usd = fmin(most, ceiling * (day.next - day.now));
    if (usd > 0) {
        double credit = hw_in_force(land, t->credit) * usd;
        hw_money_grant(land, t->stream, usd - credit);
        hw_money_grant(land, refund, credit);
    }
}

static const char *fault(const void *parameters) {
    const terms *t = parameters;
    return t->stream == HW_NO_REFERENCE ? "has nowhere to pay to: name a stream in 'stream'" : NULL;
}

const hw_lever hw_lever_private_investors = {.fault = fault, .act = act};
