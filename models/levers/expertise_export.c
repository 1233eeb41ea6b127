/* Teams work and teach abroad for a time: their work is missing at home, and what they earn is goodwill. The
 * longest-serving go first. */
#include "models/lever.h"
#include "models/method.h"
#include "models/money.h"
#include "models/teams.h"
#include <assert.h>
#include <math.h>

typedef struct terms {
    hw_lever_terms lever;
    hw_value_id ramp, share, paid_by_host, drop_out, giving;
    uint32_t method; /* 0: any, otherwise index + 1 */
    hw_index_list operators;
} terms;

static const hw_key keys[] = {
    HW_LEVER_KEYS(terms, "{p10: 2 months, p50: 6 months, p90: 12 months}",
                  "{p10: 20 kUSD, p50: 100 kUSD, p90: 400 kUSD}", "0 USD/year"),
    HW_LEVER_RAMP(terms, "{p10: 6 months, p50: 12 months, p90: 24 months}"),
    {HW_LEVER_QUANTITY(terms, share, HW_DIM_SHARE, 0, 1), .standard = "{p10: 2 %, p50: 6 %, p90: 15 %}",
     .meaning = "Of the teams, the share that is away."},
    {HW_LEVER_QUANTITY(terms, paid_by_host, HW_DIM_SHARE, 0, 1),
     .standard = "{p10: 0 %, p50: 50 %, p90: 100 %}",
     .meaning = "Share of the running cost of teams away that the host country or a third party pays. A team "
                "for which the rest is missing comes home."},
    {HW_LEVER_QUANTITY(terms, drop_out, HW_DIM_NUMBER, 0, 2), .standard = "{p10: 0.7, p50: 0.9, p90: 1}",
     .meaning = "How readily donors withdraw, against before."},
    {HW_LEVER_QUANTITY(terms, giving, HW_DIM_NUMBER, 0, 3), .standard = "{p10: 1, p50: 1.1, p90: 1.4}",
     .meaning = "What donors and trust funds sign and budget from then on, against what they would have."},
    {.name = "method",
     .type = HW_KEY_CHOICE,
     .choices = hw_method_names_or_any,
     .standard = "any",
     .offset = offsetof(terms, method),
     .meaning = "Kind of team that goes."},
    {.name = "operators",
     .type = HW_KEY_REFERENCES,
     .refers_to = "operators",
     .optional = true,
     .offset = offsetof(terms, operators),
     .meaning = "Whose teams go; anybody's when left out."},
};

const hw_section hw_lever_expertise_export_parameters = {
    "expertise_export",
    "Teams are lent to other countries for a time: fewer teams at home, more goodwill of donors.",
    sizeof(terms), keys, HW_LENGTH(keys)};

static const hw_change changes[] = {
    {.path = "streams.*.drop_out", .kind = HW_CHANGE_SCALE, .by = offsetof(terms, drop_out)},
};

static bool may_go(const terms *t, const hw_team *team) {
    bool listed = t->operators.count == 0;
    for (uint32_t i = 0; i < t->operators.count; i++) {
        listed |= t->operators.items[i] == team->operator_;
    }
    return listed && !team->crew && (hw_team_in_service(team) || team->state == HW_TEAM_AWAY);
}

/* As many teams of a method are away as the share says. */
static void send(hw_land *land, const terms *t, uint32_t method, double share, double now) {
    assert(share >= 0 && share <= 1 && method < land->force.method_count);
    uint32_t first = land->force.method_teams_first[method],
             last = land->force.method_teams_first[method + 1];
    uint32_t count = 0;
    for (uint32_t i = first; i < last; i++) {
        count += may_go(t, &land->force.teams[land->force.method_teams[i]]);
    }
    uint32_t left = (uint32_t)(share * count + 0.5);
    for (uint32_t i = first; i < last; i++) {
        uint32_t index = land->force.method_teams[i];
        hw_team *team = &land->force.teams[index];
        if (!may_go(t, team)) {
            continue;
        }
        bool away = team->state == HW_TEAM_AWAY;
        if (left > 0 && !away) {
            hw_team_send_away(land, index, now);
        } else if (left == 0 && away) {
            hw_team_come_home(land, index, now);
        }
        left -= left > 0;
    }
}

static bool pay(hw_land *land, const terms *t, const hw_team *team, double days) {
    double rate =
        land->force.methods[team->method].running_cost * land->force.operators[team->operator_].cost;
    hw_bill bill = {.pays = HW_PAYS_CLEARANCE,
                    .district = HW_NOTHING,
                    .operator_ = team->operator_,
                    .method = team->method,
                    .place = HW_NOTHING,
                    .purpose = HW_PURPOSE_POLICY,
                    .usd = rate * (1 - hw_in_force(land, t->paid_by_host)) * days};
    return hw_money_pay(land, &bill);
}

static void act(hw_land *land, const void *parameters, hw_lever_state *state, hw_lever_day day) {
    (void)state;
    const terms *t = parameters;
    land->policy.effect.giving *= 1 + day.strength * (hw_in_force(land, t->giving) - 1);
    for (uint32_t m = 0; m < land->force.method_count; m++) {
        if (t->method == 0 || t->method - 1 == m) {
            send(land, t, m, day.strength * hw_in_force(land, t->share), day.now);
        }
    }
    for (uint32_t i = 0; i < land->force.team_count; i++) {
        if (land->force.teams[i].state == HW_TEAM_AWAY &&
            !pay(land, t, &land->force.teams[i], day.next - day.now)) {
            hw_team_come_home(land, i, day.now);
        }
    }
}

static void leave(hw_land *land, const void *parameters, hw_lever_state *state, double now) {
    (void)parameters;
    (void)state;
    for (uint32_t i = 0; i < land->force.team_count; i++) {
        if (land->force.teams[i].state == HW_TEAM_AWAY) {
            hw_team_come_home(land, i, now);
        }
    }
}

const hw_lever hw_lever_expertise_export = {.ramp = offsetof(terms, ramp),
                                            .changes = changes,
                                            .change_count = HW_LENGTH(changes),
                                            .act = act,
                                            .leave = leave};
