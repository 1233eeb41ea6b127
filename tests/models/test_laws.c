#include "models/laws.h"
#include "models/teams.h"
#include "sim/length.h"
#include "tests/models/random_scenario.h"
#include "tests/models/small_world.h"

/* The laws of models/laws.h on worlds put together by dice, and that a state which breaks one is reported. */

/* ---- the model, with all laws checked after every planning day, in every kind of build ---- */

static double plan_and_check(void *state, double now, hw_queue *queues) {
    double next = hw_land_release.plan(state, now, queues);
    hw_laws_check(state, now);
    return next;
}

static hw_model checked_model(void) {
    hw_model model = hw_land_release;
    model.plan = plan_and_check;
    return model;
}

/* What the dice must have hit among all scenarios, lest a law hold for want of anything happening. */
typedef struct coverage {
    uint32_t scenarios, without_places, without_teams, without_money, one_month, released_places, lapsed,
        returned, dropped, retained, victims, new_area, missed, spot_tasks, reworked, cancelled, reduced,
        cleared, battle;
} coverage;

static void cover_streams(const hw_land *land, coverage *seen) {
    for (uint32_t s = 0; s < land->money.stream_count; s++) {
        const hw_stream_state *stream = &land->money.streams[s];
        seen->lapsed += stream->lapsed > 0;
        seen->returned += stream->returned > 0;
        seen->dropped += stream->dropped > 0;
        seen->retained += stream->retained > 0;
    }
}

static void cover_districts(const hw_land *land, coverage *seen) {
    for (uint32_t d = 0; d < land->district_count; d++) {
        const hw_district_state *district = &land->districts[d];
        const int64_t *mined = district->ledger_m2[HW_HAZARD_MINED];
        const int64_t *battle = district->ledger_m2[HW_HAZARD_BATTLE];
        seen->victims += district->victims[HW_VICTIM_CIVILIAN_KILLED] > 0;
        seen->new_area += district->new_m2[HW_HAZARD_MINED] > 0;
        seen->missed += district->items[HW_ITEM_ERW][HW_STATE_MISSED] > 0;
        seen->reworked += district->failed_checks > 0;
        seen->cancelled += mined[HW_LEDGER_CANCELLED] > 0;
        seen->reduced += mined[HW_LEDGER_REDUCED] > 0;
        seen->cleared += mined[HW_LEDGER_MINE_CLEARED] > 0;
        seen->battle += battle[HW_LEDGER_BATTLE_CLEARED] > 0;
        for (uint32_t type = 0; type < HW_ITEM_TYPES; type++) {
            seen->spot_tasks += district->spot_tasks[type] > 0;
        }
    }
}

static void cover(const small_world *small, coverage *seen) {
    const hw_land *land = small_land(small);
    seen->scenarios++;
    seen->without_places += land->place_count == 0;
    seen->without_teams += land->force.team_count == 0;
    seen->without_money += land->money.stream_count == 0;
    seen->one_month += land->calendar.month_count == 1;
    for (uint32_t p = 0; p < land->place_count; p++) {
        seen->released_places += land->places[p].release_day >= 0;
    }
    cover_streams(land, seen);
    cover_districts(land, seen);
}

static void test_all_laws_hold_each_month_on_worlds_put_together_by_dice(void **state) {
    (void)state;
    hw_model model = checked_model();
    coverage seen = {0};
    for (uint64_t number = 0; number < 200; number++) {
        char *yaml = random_scenario(number);
        small_world small;
        small_try(&small, yaml, &model, NULL);
        if (!small.good) {
            char *errors = hw_errors_text(&small.errors);
            print_error("scenario %u:\n%s\n%s", (unsigned)number, yaml, errors);
            free(errors);
        }
        assert_true(small.good);
        for (uint64_t r = 0; r < 3; r++) {
            if (small_replicate(&small, r) != HW_OK) {
                print_error("scenario %u, replication %u, day %.2f: %s\n%s", (unsigned)number, (unsigned)r,
                            small.failure.time, small.failure.message, yaml);
                fail();
            }
            cover(&small, &seen);
        }
        small_close(&small);
        free(yaml);
    }
    const uint32_t *counts = (const uint32_t *)&seen;
    for (size_t i = 0; i < sizeof seen / sizeof *counts; i++) {
        if (counts[i] == 0) {
            print_error("the dice never hit case %u of struct coverage\n", (unsigned)i);
        }
        assert_true(counts[i] > 0);
    }
}

/* ---- a law that is broken on purpose ---- */

enum { TAMPER_MONTH = 5 }; /* the first of June: everybody is at work */
static void (*tamper)(hw_land *land);

static double plan_and_tamper(void *state, double now, hw_queue *queues) {
    double next = hw_land_release.plan(state, now, queues);
    hw_land *land = state;
    if (land->calendar.month == TAMPER_MONTH) {
        tamper(land);
        hw_laws_check(land, now);
    }
    return next;
}

static void take_land_away(hw_land *land) {
    land->districts[0].ledger_m2[HW_HAZARD_MINED][HW_LEDGER_CANCELLED] += 1;
}

static void release_without_the_books(hw_land *land) {
    land->ground.areas[0].reporting_m2 += 1;
}

static void lose_a_cent(hw_land *land) {
    land->money.streams[0].balance -= 1;
}

static void spend_for_nothing(hw_land *land) {
    land->outcome.purpose_year_spent[HW_PURPOSE_MOVES * land->calendar.year_count] += 1;
}

static void lay_a_mine(hw_land *land) {
    land->districts[1].items[HW_ITEM_AP][HW_STATE_LAID] += 1;
}

/* In ground that nobody works on any more, so that nobody finds it before the law is looked at. */
static void hide_a_mine(hw_land *land) {
    uint32_t item = land->districts[1].first_item;
    while (land->ground.items[item].stage != HW_STAGE_RELEASED && item + 1 < land->districts[1].next_parcel) {
        item++;
    }
    assert_int_equal(land->ground.items[item].stage, HW_STAGE_RELEASED);
    land->ground.items[item].hidden[HW_ITEM_AT] += 1;
}

static void give_a_team_a_day_off(hw_land *land) {
    land->districts[0].use_days[HW_USE_WORKING] -= 1;
}

static void send_two_teams_to_one_place(hw_land *land) {
    uint32_t busy = HW_NOTHING;
    for (uint32_t t = 0; t < land->force.team_count; t++) {
        if (land->force.teams[t].method != 3 && land->force.teams[t].item != HW_NOTHING &&
            busy == HW_NOTHING) {
            busy = land->force.teams[t].item;
        }
    }
    assert_int_not_equal(busy, HW_NOTHING);
    for (uint32_t t = 0; t < land->force.team_count; t++) {
        if (land->force.teams[t].state == HW_TEAM_IDLE && land->force.teams[t].method == 0) {
            land->force.teams[t].item = busy;
            return;
        }
    }
    land->force.teams[0].item = land->force.teams[1].item = busy;
}

static void forget_a_delay(hw_land *land) {
    land->places[0].delay[HW_CAUSE_SURVEY] -= 1;
}

static void settle_a_crowd(hw_land *land) {
    land->places[1].people = 1e6;
}

static void open_one_more(hw_land *land) {
    land->districts[0].open_items++;
}

static void test_a_broken_law_is_reported_by_its_name(void **state) {
    (void)state;
    static const struct {
        void (*tamper)(hw_land *land);
        const char *message;
    } cases[] = {
        {take_land_away, "area is not conserved in North"},
        {release_without_the_books, "open ground in North"},
        {open_one_more, "North has"},
        {lose_a_cent, "money is not conserved in stream State"},
        {spend_for_nothing, "spent by stream"},
        {lay_a_mine, "items of type 0 are not conserved in South"},
        {hide_a_mine, "items of type 1 in the ground of South"},
        {give_a_team_a_day_off, "team-days are not conserved"},
        {send_two_teams_to_one_place, "ground is worked on by more teams"},
        {forget_a_delay, "the delay ledger of Road does not add up"},
        {settle_a_crowd, "Town has 1000000.0 people"},
    };
    /* Nobody steps on a mine that no book knows. */
    static const char *const nobody_goes_there[] = {"safety.visit_accidents",
                                                    "0 /day",
                                                    "safety.duty_accidents",
                                                    "0 /day",
                                                    "safety.resident_accidents",
                                                    "0 /day",
                                                    "safety.residual_finds",
                                                    "0 /day",
                                                    NULL};
    hw_model model = hw_land_release;
    model.plan = plan_and_tamper;
    for (size_t i = 0; i < HW_LENGTH(cases); i++) {
        small_world small;
        small_open_model(&small, &SMALL, &model, nobody_goes_there);
        tamper = cases[i].tamper;
        assert_int_equal(small_replicate(&small, 1), HW_ERROR_LAW);
        if (strncmp(small.failure.message, cases[i].message, strlen(cases[i].message)) != 0) {
            print_error("case %u: '%s', not '%s...'\n", (unsigned)i, small.failure.message, cases[i].message);
            fail();
        }
        assert_true(small.failure.time > 150 && small.failure.time < 152);
        small_close(&small);
    }
}

static void test_a_world_that_broke_a_law_starts_the_next_replication_clean(void **state) {
    (void)state;
    hw_model model = hw_land_release;
    model.plan = plan_and_tamper;
    small_world small, fresh;
    small_open_model(&small, &SMALL, &model, NULL);
    tamper = take_land_away;
    assert_int_equal(small_replicate(&small, 1), HW_ERROR_LAW);
    small.world.model = &hw_land_release;
    small_run(&small, 2);
    small_open(&fresh, &SMALL, NULL);
    small_run(&fresh, 2);
    assert_memory_equal(small.record, fresh.record, small.layout->bytes);
    small_close(&small);
    small_close(&fresh);
}

/* ---- an event that a team left behind in the queue of a district which it has left since ---- */

/* Each queue numbers its events by itself: what a team left behind here may bear the number of the event that
 * it waits for there. */
static double plan_and_leave_events_behind(void *state, double now, hw_queue *queues) {
    double next = hw_land_release.plan(state, now, queues);
    const hw_land *land = state;
    for (uint32_t t = 0; t < land->force.team_count && land->calendar.month == TAMPER_MONTH; t++) {
        const hw_team *team = &land->force.teams[t];
        if (team->sequence != 0) {
            hw_queue *other = &queues[1 - team->district];
            uint32_t sequence = other->sequence;
            other->sequence = team->sequence - 1;
            hw_queue_push(other, now + 0.25, HW_EVENT_TEAM, t);
            other->sequence = sequence;
        }
    }
    return next;
}

static void test_an_event_left_behind_in_another_district_is_ignored(void **state) {
    (void)state;
    hw_model model = hw_land_release;
    model.plan = plan_and_leave_events_behind;
    small_world disturbed, plain;
    small_open_model(&disturbed, &SMALL, &model, NULL);
    small_open(&plain, &SMALL, NULL);
    for (uint64_t r = 0; r < 5; r++) {
        small_run(&disturbed, r);
        small_run(&plain, r);
        assert_true(disturbed.events > plain.events);
        assert_memory_equal(disturbed.record, plain.record, plain.layout->bytes);
    }
    small_close(&disturbed);
    small_close(&plain);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_laws_hold_each_month_on_worlds_put_together_by_dice),
        cmocka_unit_test(test_a_broken_law_is_reported_by_its_name),
        cmocka_unit_test(test_a_world_that_broke_a_law_starts_the_next_replication_clean),
        cmocka_unit_test(test_an_event_left_behind_in_another_district_is_ignored),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
