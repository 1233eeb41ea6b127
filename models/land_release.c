/* The order of a planning day and of events: what the kernel calls. */
#include "models/land_release.h"
#include "models/accidents.h"
#include "models/belief.h"
#include "models/code.h"
#include "models/contracts.h"
#include "models/delay.h"
#include "models/ground_plan.h"
#include "models/laws.h"
#include "models/method.h"
#include "models/money.h"
#include "models/outcome.h"
#include "models/pipeline.h"
#include "models/planner.h"
#include "models/policy.h"
#include "models/settlement.h"
#include "models/survey_again.h"
#include "models/teams.h"
#include "models/timeline.h"
#include "models/unspent.h"
#include "models/weather.h"
#include "models/world_begin.h"
#include <assert.h>
#include <math.h>
#include <string.h>

static uint32_t process_count(const void *scenario) {
    return ((const hw_scenario *)scenario)->districts.count;
}

/* A team that puts down its work on a planning day, or when its pay ends, or is posted, leaves its old event
 * behind until that comes up: policy, payroll and the end of pay, at most one each. They are thrown out after
 * so many planning days. */
enum { TIDY_MONTHS = 12, LEFT_BEHIND_A_MONTH = 3 };

/* Every piece of ground can wait for its report, every team for its work and the end of its pay. Each place
 * has two dates with its first houses, repaired and new. */
static uint32_t queue_capacity(const void *scenario, uint32_t process) {
    const hw_scenario *s = scenario;
    double months = fmin(TIDY_MONTHS, hw_timeline_of(s).months);
    double teams = hw_scenario_most_teams(s) * (2 + LEFT_BEHIND_A_MONTH * (months + 1));
    double all = hw_ground_plan_items(s, process) + teams + (double)HW_WORKS * s->places.count +
                 (double)HW_ACCIDENT_KINDS * HW_ACCIDENTS_A_MONTH;
    return (uint32_t)fmin(all, UINT32_MAX); /* more than memory holds: refused then */
}

/* Whose queue is tidied. */
typedef struct sweeper {
    const hw_land *land;
    uint32_t district;
} sweeper;

static bool is_awaited(const void *context, hw_event event) {
    const sweeper *of = context;
    if (hw_event_kind(event) != HW_EVENT_TEAM) {
        return true;
    }
    const hw_team *team = &of->land->force.teams[hw_event_subject(event)];
    return team->district == of->district && team->sequence == hw_event_sequence(event);
}

static void tidy_queues(hw_land *land) {
    for (uint32_t d = 0; d < land->district_count; d++) {
        hw_queue_keep(&land->queues[d], is_awaited, &(sweeper){land, d});
    }
}

static double horizon(const void *scenario) {
    return hw_timeline_of(scenario).horizon;
}

/* Books the days of every team up to now, so that the series of the period are whole. */
static void close_uses(hw_land *land, double now) {
    for (uint32_t i = 0; i < land->force.present_count; i++) {
        uint32_t t = land->force.present[i];
        if (now > land->force.teams[t].since) {
            hw_team_use(land, t, land->force.teams[t].use, now);
        }
    }
}

static void remember_month(hw_land *land) {
    int64_t released = 0;
    uint32_t checks = 0, failed = 0;
    for (uint32_t d = 0; d < land->district_count; d++) {
        const hw_district_state *district = &land->districts[d];
        for (int hazard = 0; hazard < HW_HAZARDS; hazard++) {
            for (int ledger = HW_LEDGER_CANCELLED; ledger < HW_LEDGERS; ledger++) {
                released += district->ledger_m2[hazard][ledger];
            }
        }
        checks += district->checks;
        failed += district->failed_checks;
    }
    uint32_t slot = land->calendar.month % 12;
    assert(checks >= land->past_year.checks_before && failed >= land->past_year.failed_before);
    land->past_year.released_m2[slot] = released - land->past_year.released_before;
    land->past_year.checks[slot] = checks - land->past_year.checks_before;
    land->past_year.failed[slot] = failed - land->past_year.failed_before;
    land->past_year.released_before = released;
    land->past_year.checks_before = checks;
    land->past_year.failed_before = failed;
}

static void close_month(hw_land *land, double now) {
    uint32_t month = land->calendar.month;
    bool period_ends = month + 1 == land->calendar.month_count ||
                       land->calendar.month_periods[month + 1] != land->calendar.month_periods[month];
    if (period_ends) {
        close_uses(land, now);
    }
    hw_delay_charge(land, now);
    remember_month(land);
    hw_outcome_close_month(land, land->calendar.month);
#ifdef HW_CHECK_EVERY_MONTH
    hw_laws_check(land, now);
#endif
}

static double plan(void *state, double now, hw_queue *queues) {
    hw_land *land = state;
    land->queues = queues;
    if (now > 0) {
        close_month(land, now);
        land->calendar.month++;
    }
    if (land->calendar.month % TIDY_MONTHS == 0) {
        tidy_queues(land);
    }
    assert(land->calendar.month < land->calendar.month_count);
    double next = land->calendar.month_ends[land->calendar.month];
    land->calendar.year = land->calendar.month_years[land->calendar.month];
    assert(next > now);
    assert(land->calendar.year < land->calendar.year_count);
    hw_signposts_plan(land, now);
    hw_money_book(land, now);
    hw_policy_plan(land, now, next);
    hw_belief_plan(land, now);
    hw_survey_again_plan(land, now, next);
    hw_capacity_plan(land, now, next);
    hw_priority_plan(land, now); /* before teams are paid: who is needed least is read off the ranking */
    hw_growth_plan(land, now);
    hw_contracts_plan(land, now, next);
    hw_earmarks_plan(land, now, next);
    hw_payroll_plan(land, now, next);
    hw_posting_plan(land, now);
    hw_sweep_plan(land, now);
    hw_policy_settle(land, now, next);
    hw_contracts_sign(land, now, next); /* with what all others have left */
    hw_payroll_end_pay(land, next);
#ifdef HW_CHECK_EVERY_MONTH
    hw_laws_check_idle(land, now);
#endif
    hw_settlement_plan(land, now, next);
    hw_accidents_plan(land, now, next);
    hw_unspent_note(land);
    land->calendar.planned_to = now;
    return next < land->horizon ? next : HUGE_VAL;
}

/* An event changes what belongs to its district; then what it has set going wakes teams; last, the team that
 * has become free looks for work. */
static void handle(void *state, uint32_t process, hw_event event, hw_queue *queue) {
    (void)queue; /* land has them all */
    hw_land *land = state;
    uint32_t subject = hw_event_subject(event);
    bool team_is_free = false;
    assert(process < land->district_count);
    switch (hw_event_kind(event)) {
    case HW_EVENT_REPORT:
        assert(subject < land->ground.item_count &&
               hw_item_area(land, &land->ground.items[subject])->district == process);
        hw_pipeline_release(land, subject, event.time);
        break;
    case HW_EVENT_TEAM:
        assert(subject < land->force.team_count);
        /* What it left behind in the queue of another district may bear the number it waits for here. */
        team_is_free = land->force.teams[subject].district == process &&
                       hw_team_event(land, subject, hw_event_sequence(event), event.time);
        break;
    case HW_EVENT_ACCIDENT:
        hw_accident_event(land, process, subject, HW_CIVILIANS);
        break;
    case HW_EVENT_FIND:
        hw_find_event(land, process);
        break;
    case HW_EVENT_PAID_UNTIL:
        if (land->force.teams[subject].district == process) {
            hw_team_pay_ends(land, subject, event.time);
        }
        break;
    case HW_EVENT_SOLDIERS:
        hw_accident_event(land, process, subject, HW_SOLDIERS);
        break;
    case HW_EVENT_MISSED:
        hw_missed_event(land, process);
        break;
    default:
        hw_homes_event(land, subject, event.time);
        break;
    }
    const hw_district_state *d = &land->districts[process];
    if (d->sent.head != HW_NOTHING || d->calls > 0) {
        hw_teams_wake(land, process, event.time);
    }
    if (team_is_free) {
        hw_team_start(land, subject, event.time);
    }
}

/* All else that a land refers to lies in the arena. Handling events writes only to ground, teams, places and
 * books of one district, and nothing to the land itself. */
static void adopt(void *own, const void *shared, const void *scenario) {
    hw_land *land = own;
    *land = *(const hw_land *)shared;
    land->scenario = scenario;
}

static hw_status end(void *state, double now, unsigned char *outcome, hw_failure *failure) {
    hw_land *land = state;
    close_month(land, now);
    hw_unspent_close(land);
    hw_laws_check(land, now);
    if (land->failed) {
        *failure = land->failure;
        return HW_ERROR_LAW;
    }
    hw_outcome_write(land, outcome);
    return HW_OK;
}

const hw_model hw_land_release = {
    .name = "land release",
    .version = "4",
    .code = hw_model_code,
    .create = hw_land_create,
    .process_count = process_count,
    .queue_capacity = queue_capacity,
    .begin = hw_land_begin,
    .plan = plan,
    .handle = handle,
    .end = end,
    .horizon = horizon,
    .state_bytes = sizeof(hw_land),
    .adopt = adopt,
};
