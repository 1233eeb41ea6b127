/* Work that is open, and work that open ground is expected to turn into. */
#include "models/backlog.h"
#include "models/method.h"
#include "models/planner.h"
#include "models/quality.h"
#include "models/teams.h"
#include <assert.h>
#include <math.h>
#include <string.h>

/* What ground has become so far, in shares of what has left suspicion; and of what was surveyed technically,
 * the share that was cleared then. */
typedef struct fate {
    double searched, technical, cleared, cleared_of_technical;
    bool known;
} fate;

static fate fate_of_ground(const hw_land *land) {
    double m2[HW_LEDGERS] = {0}, all = 0;
    for (uint32_t d = 0; d < land->district_count; d++) {
        for (int hazard = 0; hazard < HW_HAZARDS; hazard++) {
            for (int l = HW_LEDGER_CANCELLED; l < HW_LEDGERS; l++) {
                m2[l] += (double)land->districts[d].ledger_m2[hazard][l];
                all += (double)land->districts[d].ledger_m2[hazard][l];
            }
        }
    }
    double technical = m2[HW_LEDGER_REDUCED] + m2[HW_LEDGER_MINE_CLEARED];
    if (all <= 0 || technical <= 0) {
        return (fate){.known = false};
    }
    return (fate){.searched = m2[HW_LEDGER_BATTLE_CLEARED] / all,
                  .technical = technical / all,
                  .cleared = m2[HW_LEDGER_MINE_CLEARED] / all,
                  .cleared_of_technical = m2[HW_LEDGER_MINE_CLEARED] / technical,
                  .known = true};
}

/* Ground that waits for survey is expected to become what ground has become so far: cancelled, searched,
 * surveyed technically and cleared; as it is believed to be mined while nothing has been released. */
static void look_at_area(const hw_land *land, const hw_open_ground *open, fate so_far,
                         double ground[HW_STAGES]) {
    const double *m2 = open->open_m2;
    const hw_area *area = &land->ground.areas[open->area];
    fate f = so_far.known ? so_far : (fate){1, area->belief, area->belief, area->belief, true};
    double survey = m2[HW_STAGE_SURVEY];
    memcpy(ground, m2, HW_STAGES * sizeof *ground);
    ground[HW_STAGE_TECHNICAL] += f.technical * survey;
    ground[HW_STAGE_PREPARE] += f.cleared * survey + f.cleared_of_technical * m2[HW_STAGE_TECHNICAL];
    ground[HW_STAGE_BATTLE] += f.searched * survey;
    double cleared = ground[HW_STAGE_PREPARE] + ground[HW_STAGE_CLEAR_ANY] + ground[HW_STAGE_CLEAR_MANUAL] +
                     ground[HW_STAGE_BATTLE];
    ground[HW_STAGE_CHECK] += fmin(1, hw_quality_sampled(land, area->district)) * cleared;
}

/* Methods that see a stage through; flights only help survey. */
static bool works_on(const hw_land *land, uint32_t method, uint32_t stage) {
    return land->force.serving[stage] >> method & 1 && hw_method_list[method]->take == NULL &&
           land->force.methods[method].effort[stage] > 0;
}

void hw_backlog_expect(const hw_land *land, const hw_open_ground *open, double ground[HW_STAGES]) {
    look_at_area(land, open, fate_of_ground(land), ground);
}

double hw_backlog_days(const hw_land *land, uint32_t method, const double ground[HW_STAGES]) {
    double days = 0;
    for (uint32_t stage = 0; stage < HW_STAGES; stage++) {
        days += works_on(land, method, stage) ? ground[stage] * land->force.methods[method].effort[stage] : 0;
    }
    return days;
}

double hw_backlog_field_share(const hw_land *land) {
    const hw_scenario *s = land->scenario;
    double sum = 0;
    for (uint32_t d = 0; d < land->district_count; d++) {
        uint32_t climate = HW_ITEM(s->districts, hw_district, d)->climate;
        sum += hw_in_force(land, HW_ITEM(s->climates, hw_climate, climate)->field_share);
    }
    return sum / land->district_count;
}

static double at_work(const hw_land *land, uint32_t operator_, uint32_t method) {
    const hw_method_numbers *numbers = &land->force.methods[method];
    return land->force.operators[operator_].pace / (1 + numbers->breakdown_rate * numbers->repair);
}

double hw_backlog_capacity_of(const hw_land *land, const hw_backlog *backlog, uint32_t operator_,
                              uint32_t method) {
    return at_work(land, operator_, method) * backlog->field_share;
}

/* What the cheapest method asks for each stage, USD/m2. */
static void price_stages(const hw_land *land, double days, double price[HW_STAGES]) {
    for (uint32_t stage = 0; stage < HW_STAGES; stage++) {
        price[stage] = 0;
        for (uint32_t m = 0; m < land->force.method_count; m++) {
            const hw_method_numbers *numbers = &land->force.methods[m];
            double usd = numbers->effort[stage] * numbers->running_cost / days;
            if (works_on(land, m, stage) && land->force.fielded >> m & 1 &&
                (price[stage] <= 0 || usd < price[stage])) {
                price[stage] = usd;
            }
        }
    }
}

/* The mean weight of ground whose work begins after so many half-times and takes so many. */
static double weight(double from, double takes) {
    double first = exp2(-from);
    return takes > 1e-9 ? first * -expm1(-takes * log(2)) / (takes * log(2)) : first;
}

static void look_at_ground(const hw_land *land, hw_backlog *backlog, double usd_a_day, double days) {
    double price[HW_STAGES], spent = 0;
    fate so_far = fate_of_ground(land);
    price_stages(land, days, price);
    double half_time = usd_a_day * hw_in_force(land, land->scenario->capacity.half_weight); /* USD */
    for (uint32_t i = 0; i < land->planner.open_ground_count; i++) {
        double ground[HW_STAGES], usd = 0;
        look_at_area(land, &land->planner.open_ground[i], so_far, ground);
        for (int stage = 0; stage < HW_STAGES; stage++) {
            usd += ground[stage] * price[stage];
        }
        double counts = half_time > 0 ? weight(spent / half_time, usd / half_time) : 1;
        for (int stage = 0; stage < HW_STAGES; stage++) {
            backlog->ground[stage] += counts * ground[stage];
        }
        spent += usd;
    }
}

/* Items that were found for each m2 that was cleared of a hazard. */
static double found_by_m2(const hw_land *land, bool mines) {
    double found = 0, m2 = 0;
    for (uint32_t d = 0; d < land->district_count; d++) {
        const hw_district_state *district = &land->districts[d];
        for (uint32_t type = 0; type < HW_ITEM_TYPES; type++) {
            found += (type != HW_ITEM_ERW) == mines ? (double)district->items[type][HW_STATE_FOUND] : 0;
        }
        for (uint32_t hazard = 0; hazard < HW_HAZARDS; hazard++) {
            uint32_t ledger = mines ? HW_LEDGER_MINE_CLEARED : HW_LEDGER_BATTLE_CLEARED;
            m2 += (double)district->ledger_m2[hazard][ledger];
        }
    }
    return m2 > 0 ? found / m2 : 0;
}

static void find_rates(const hw_land *land, hw_backlog *backlog) {
    const hw_ways *ways = &land->ground.ways;
    double remnants = found_by_m2(land, false) / fmax(ways->search_finds, 0.01);
    double mines = found_by_m2(land, true) / fmax(ways->clearance_finds, 0.01);
    memset(backlog->missed_by_m2, 0, sizeof backlog->missed_by_m2);
    backlog->missed_by_m2[HW_STAGE_BATTLE] = remnants * (1 - ways->search_finds);
    backlog->missed_by_m2[HW_STAGE_CLEAR_ANY] = mines * (1 - ways->clearance_finds);
    backlog->missed_by_m2[HW_STAGE_CLEAR_MANUAL] = backlog->missed_by_m2[HW_STAGE_CLEAR_ANY];
}

/* Whoever is here, and whoever is ordered: but teams of private money only when they have come. */
static bool is_counted_on(const hw_land *land, const hw_team *team) {
    bool own = HW_ITEM(land->scenario->operators, hw_operator, team->operator_)->own_money;
    return team->state != HW_TEAM_AWAY && !team->on_notice && !team->crew &&
           (!own || hw_team_in_service(team));
}

void hw_backlog_look(const hw_land *land, hw_backlog *backlog, double usd_a_day) {
    memset(backlog, 0, sizeof *backlog);
    double days = backlog->field_share = hw_backlog_field_share(land);
    look_at_ground(land, backlog, usd_a_day, days);
    for (uint32_t i = 0; i < land->force.present_count; i++) {
        const hw_team *team = &land->force.teams[land->force.present[i]];
        if (is_counted_on(land, team)) {
            backlog->capacity[team->method] +=
                team->strength * days * at_work(land, team->operator_, team->method);
        }
    }
    find_rates(land, backlog);
    hw_backlog_share_out(land, backlog);
}

/* The first method of a stage takes it when none has a team. */
static void give_to_first(const hw_land *land, hw_backlog *backlog, uint32_t stage) {
    for (uint32_t m = 0; m < land->force.method_count; m++) {
        if (works_on(land, m, stage) && land->force.fielded >> m & 1) {
            backlog->work[m] += backlog->ground[stage] * land->force.methods[m].effort[stage];
            return;
        }
    }
}

/* By when a stage and the work of its methods are done when they share it: methods that are busy for longer
 * than that take no part. */
static double common_end(const hw_land *land, const hw_backlog *backlog, uint32_t stage) {
    double end = HUGE_VAL;
    for (bool fewer = true; fewer;) {
        double m2 = backlog->ground[stage], m2_a_day = 0;
        fewer = false;
        for (uint32_t m = 0; m < land->force.method_count; m++) {
            double effort = land->force.methods[m].effort[stage];
            bool shares = works_on(land, m, stage) && backlog->work[m] < end * backlog->capacity[m];
            m2 += shares ? backlog->work[m] / effort : 0;
            m2_a_day += shares ? backlog->capacity[m] / effort : 0;
        }
        if (m2_a_day > 0 && m2 / m2_a_day < end) {
            fewer = true;
            end = m2 / m2_a_day;
        }
    }
    return end;
}

static void share_stage(const hw_land *land, hw_backlog *backlog, uint32_t stage) {
    double end = common_end(land, backlog, stage);
    if (end == HUGE_VAL) {
        give_to_first(land, backlog, stage);
        return;
    }
    for (uint32_t m = 0; m < land->force.method_count; m++) {
        double more = end * backlog->capacity[m] - backlog->work[m];
        if (works_on(land, m, stage) && more > 0) {
            backlog->work[m] += more;
        }
    }
}

void hw_backlog_share_out(const hw_land *land, hw_backlog *backlog) {
    /* What one method alone can do comes first, and then what it may share. */
    static const hw_stage order[] = {HW_STAGE_SURVEY, HW_STAGE_TECHNICAL,    HW_STAGE_BATTLE,
                                     HW_STAGE_CHECK,  HW_STAGE_CLEAR_MANUAL, HW_STAGE_PREPARE};
    memset(backlog->work, 0, sizeof backlog->work);
    for (uint32_t i = 0; i < sizeof order / sizeof *order; i++) {
        share_stage(land, backlog, order[i]);
    }
    /* What machines have prepared is cleared then. */
    uint32_t machines = land->force.serving[HW_STAGE_PREPARE] & ~land->force.serving[HW_STAGE_CLEAR_ANY];
    double prepared = 0;
    for (uint32_t m = 0; m < land->force.method_count; m++) {
        double effort = land->force.methods[m].effort[HW_STAGE_PREPARE];
        prepared += machines >> m & 1 && effort > 0 ? backlog->work[m] / effort : 0;
    }
    double ready = backlog->ground[HW_STAGE_CLEAR_ANY];
    backlog->ground[HW_STAGE_CLEAR_ANY] += fmin(prepared, backlog->ground[HW_STAGE_PREPARE]);
    share_stage(land, backlog, HW_STAGE_CLEAR_ANY);
    backlog->ground[HW_STAGE_CLEAR_ANY] = ready;
    for (uint32_t m = 0; m < land->force.method_count; m++) {
        backlog->wait[m] = backlog->work[m] > 0 ? backlog->work[m] / backlog->capacity[m] : 0;
    }
}

double hw_backlog_m2_a_day(const hw_land *land, const hw_backlog *backlog, uint32_t method) {
    double m2 = 0, days = 0;
    for (uint32_t stage = 0; stage < HW_STAGES; stage++) {
        if (works_on(land, method, stage)) {
            m2 += backlog->ground[stage];
            days += backlog->ground[stage] * land->force.methods[method].effort[stage];
        }
    }
    return days > 0 ? m2 / days : 0;
}

double hw_backlog_missed_a_field_day(const hw_land *land, const hw_backlog *backlog, uint32_t method) {
    double missed = 0, days = 0;
    for (uint32_t stage = 0; stage < HW_STAGES; stage++) {
        if (works_on(land, method, stage)) {
            missed += backlog->ground[stage] * backlog->missed_by_m2[stage];
            days += backlog->ground[stage] * land->force.methods[method].effort[stage];
        }
    }
    return days > 0 ? missed / days : 0;
}
