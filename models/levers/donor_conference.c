/* A donor conference and a long-term trust fund. What is pledged there is paid in part, once the fund has its
 * rules and its board, and then in equal parts over years: money to plan with. Some of it is what the same
 * donors would have given anyway. */
#include "models/lever.h"
#include "models/money.h"
#include <math.h>

typedef struct terms {
    hw_lever_terms lever;
    uint32_t stream;
    hw_value_id raised, honoured, governance, paid_over, giving, drop_out;
} terms;

enum { PAID_USD };

static const hw_key keys[] = {
    HW_LEVER_KEYS(terms, "{p10: 4 months, p50: 9 months, p90: 18 months}",
                  "{p10: 300 kUSD, p50: 800 kUSD, p90: 2 MUSD}",
                  "{p10: 50 kUSD/year, p50: 150 kUSD/year, p90: 400 kUSD/year}"),
    {.name = "stream",
     .type = HW_KEY_REFERENCE,
     .refers_to = "streams",
     .optional = true,
     .offset = offsetof(terms, stream),
     .meaning = "Stream that is the fund, best a pledge of nothing that is valid for long, so that what is "
                "not spent in a year is not lost."},
    {HW_LEVER_QUANTITY(terms, raised, HW_DIM_MONEY, 0, 1e11),
     .standard = "{p10: 10 MUSD, p50: 40 MUSD, p90: 150 MUSD}", .meaning = "Pledged at the conference.",
     .source = "SOURCES 13: 22 MUSD were promised in some two years without one [S]; range assumed"},
    {HW_LEVER_QUANTITY(terms, honoured, HW_DIM_SHARE, 0, 1), .standard = "{p10: 40 %, p50: 65 %, p90: 90 %}",
     .meaning = "Share of it that is paid in the end."},
    {HW_LEVER_QUANTITY(terms, governance, HW_DIM_TIME, 0, 7300),
     .standard = "{p10: 4 months, p50: 10 months, p90: 24 months}",
     .meaning = "From the conference to the first payment: rules, board, agreements with each donor."},
    {HW_LEVER_QUANTITY(terms, paid_over, HW_DIM_TIME, 30, 36500),
     .standard = "{p10: 4 years, p50: 7 years, p90: 12 years}",
     .meaning = "Time over which the fund pays, in equal parts."},
    {HW_LEVER_QUANTITY(terms, giving, HW_DIM_NUMBER, 0, 2), .standard = "{p10: 0.6, p50: 0.85, p90: 1}",
     .meaning = "What donors and other trust funds sign and budget from the conference on, against what they "
                "would have: part of their money goes to the fund instead."},
    {HW_LEVER_QUANTITY(terms, drop_out, HW_DIM_NUMBER, 0, 2), .standard = "{p10: 0.7, p50: 0.9, p90: 1}",
     .meaning = "How readily donors withdraw, against before."},
};

const hw_section hw_lever_donor_conference_parameters = {
    "donor_conference",
    "A donor conference and a long-term trust fund: pledges, of which a part is paid, late at first and then "
    "in equal parts for years.",
    sizeof(terms), keys, HW_LENGTH(keys)};

static const hw_change changes[] = {
    {.path = "streams.*.drop_out", .kind = HW_CHANGE_SCALE, .by = offsetof(terms, drop_out)},
};

static const char *fault(const void *parameters) {
    const terms *t = parameters;
    return t->stream == HW_NO_REFERENCE ? "has no fund to pay into: name a stream in 'stream'" : NULL;
}

static void act(hw_land *land, const void *parameters, hw_lever_state *state, hw_lever_day day) {
    const terms *t = parameters;
    land->policy.effect.giving *= hw_in_force(land, t->giving);
    double from = fmax(day.now, state->from + hw_in_force(land, t->governance));
    double whole = hw_in_force(land, t->raised) * hw_in_force(land, t->honoured);
    double part = whole * fmax(0, day.next - from) / hw_in_force(land, t->paid_over);
    double usd = fmin(part, whole - state->number[PAID_USD]);
    hw_money_grant(land, t->stream, usd);
    state->number[PAID_USD] += usd;
}

const hw_lever hw_lever_donor_conference = {
    .changes = changes, .change_count = HW_LENGTH(changes), .act = act, .fault = fault};
