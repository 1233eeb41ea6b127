#include "models/recorded.h"
#include "tests/models/small_world.h"

/* A world that starts from a record: its ledgers, its places and its people are those of the record, all laws
 * hold from there on, and what is a fact is no answer of the simulation. */

enum { RUNS = 40 };

static const double BLOCK = 1e5;

#define BEFORE                                                                                               \
    "{district: North, cancelled: 20 ha, reduced: 10 ha, mine_cleared: 20 ha, battle_area_cleared: 90 ha, "  \
    "surveyed: 30 ha}"

/* Nobody works, so that the first month ends as it began. */
static small_text nobody(void) {
    small_text text = SMALL;
    text.assets = "assets: {idle: {operator: Agency, method: spot_tasks, teams: 1, on: 2021-01-01}}\n";
    return text;
}

static double at_start(const small_world *small, uint32_t ledger) {
    return small_at(small, "ledger_m2", 0, ledger, 0, 0);
}

static void test_ledgers_start_as_recorded(void **state) {
    (void)state;
    small_text text = nobody();
    static const double wanted[HW_LEDGERS] = {0, 20e4, 10e4, 20e4, 90e4};
    small_world small;
    /* Planners that learn nothing cancel nothing of what waits on the first day. */
    small_open(&small, &text,
               (const char *[]){"recorded.Before", BEFORE, "planning.cancel_below", "0",
                                "planning.prior_strength", "1e9", "safety.visit_accidents", "0 /month",
                                "safety.duty_accidents", "0 /month", NULL});
    double sum[HW_LEDGERS] = {0};
    for (uint32_t r = 0; r < RUNS; r++) {
        small_run(&small, r);
        for (uint32_t ledger = HW_LEDGER_CANCELLED; ledger < HW_LEDGERS; ledger++) {
            double m2 = at_start(&small, ledger);
            assert_true(fabs(m2 - wanted[ledger]) < BLOCK + 1); /* in whole blocks */
            sum[ledger] += m2;
        }
        double whole = 0;
        for (uint32_t ledger = 0; ledger < HW_LEDGERS; ledger++) {
            whole += at_start(&small, ledger);
        }
        assert_true(fabs(whole - small_at(&small, "suspected_m2", 0, 0, 0, 0)) < 1);
        assert_true(small_at(&small, "found", 0, HW_ITEM_AP, 0, 0) <= 0); /* since the start */
        assert_true(small_at(&small, "found", 0, HW_ITEM_ERW, 0, 0) <= 0);
    }
    for (uint32_t ledger = HW_LEDGER_CANCELLED; ledger < HW_LEDGERS; ledger++) {
        assert_true(fabs(sum[ledger] / RUNS - wanted[ledger]) < 0.15 * BLOCK);
    }
    small_close(&small);
}

static void test_what_is_less_than_a_block_is_a_chance_of_one(void **state) {
    (void)state;
    small_text text = nobody();
    small_world small;
    small_open(&small, &text,
               (const char *[]){"recorded.Before", "{district: North, battle_area_cleared: 4 ha}", NULL});
    double sum = 0;
    for (uint32_t r = 0; r < 4 * RUNS; r++) {
        small_run(&small, r);
        sum += at_start(&small, HW_LEDGER_BATTLE_CLEARED);
    }
    assert_true(fabs(sum / (4 * RUNS) - 4e4) < 4 * sqrt(0.4 * 0.6 / (4 * RUNS)) * BLOCK);
    small_close(&small);
}

/* What survey, search and clearance miss stays in the ground: with perfect methods nothing does. */
static void test_what_was_missed_stays_behind(void **state) {
    (void)state;
    small_text text = nobody();
    const char *record = "{district: South, battle_area_cleared: 200 ha}";
    double missed[2] = {0};
    for (int perfect = 0; perfect < 2; perfect++) {
        small_world small;
        const char *quality = perfect ? "100 %" : "60 %";
        small_open(&small, &text,
                   (const char *[]){"recorded.Before", record, "methods.battle_area.detection", quality,
                                    "safety.residual_finds", "0 /year", "safety.use_of_released", "0", NULL});
        for (uint32_t r = 0; r < RUNS; r++) {
            small_run(&small, r);
            for (uint32_t type = 0; type < HW_ITEM_TYPES; type++) {
                missed[perfect] += small_at(&small, "district_items", 1, type, HW_STATE_MISSED, 0);
            }
        }
        small_close(&small);
    }
    assert_true(missed[0] > RUNS);
    assert_true(missed[1] <= 0);
}

static const char ALL_NORTH[] = "{district: North, battle_area_cleared: 200 ha, mine_cleared: 110 ha}";
static const char ALL_SOUTH[] = "{district: South, cancelled: 100 ha, reduced: 180 ha}";

static void test_with_all_recorded_nothing_is_left(void **state) {
    (void)state;
    small_world small;
    small_open(&small, &SMALL,
               (const char *[]){"recorded.North", ALL_NORTH, "recorded.South", ALL_SOUTH,
                                "districts.North.undiscovered", "0", "districts.South.undiscovered", "0",
                                "safety.residual_finds", "0 /year", "safety.use_of_released", "0", NULL});
    for (uint32_t r = 0; r < RUNS; r++) {
        small_run(&small, r);
        assert_true(at_start(&small, HW_LEDGER_REMAINING) <= 0);
        for (uint32_t d = 0; d < 2; d++) {
            assert_true(small_at(&small, "district_completion_day", d, 0, 0, 0) < 0);
        }
        for (uint32_t p = 0; p < 3; p++) {
            assert_true(small_at(&small, "place_release_day", p, 0, 0, 0) < 0);
        }
        assert_true(small_sum(&small, "found") <= 0);
    }
    small_close(&small);
}

static void test_a_place_is_what_its_record_says_in_every_world(void **state) {
    (void)state;
    static const double released = -92, lived_in = -31; /* 2020-10-01, 2020-12-01 */
    small_world small;
    small_open(&small, &SMALL,
               (const char *[]){"places.Village.released_by", "2020-10-01", "places.Village.lived_in_since",
                                "2020-12-01", "places.Village.residents", "120",
                                "places.Village.houses_built", "40", "places.Road.released_by", "2020-10-01",
                                NULL});
    uint32_t village = small_index(&small, "place", "Village"), road = small_index(&small, "place", "Road");
    uint32_t town = small_index(&small, "place", "Town");
    for (uint32_t r = 0; r < RUNS; r++) {
        small_run(&small, r);
        assert_true(fabs(small_at(&small, "place_release_day", village, 0, 0, 0) - released) < 1e-9);
        assert_true(fabs(small_at(&small, "place_first_return_day", village, 0, 0, 0) - lived_in) < 1e-9);
        assert_true(fabs(small_at(&small, "place_release_day", road, 0, 0, 0) - released) < 1e-9);
        double other = small_at(&small, "place_release_day", town, 0, 0, 0);
        assert_true(isnan(other) || other >= 0);
        for (uint32_t cause = 0; cause < HW_CAUSES; cause++) {
            assert_true(small_at(&small, "place_delay_days", village, cause, 0, 0) <= 0);
        }
        assert_true(small_at(&small, "people_back", 0, 0, 0, 0) >= 120);
        assert_true(small_at(&small, "place_people", village, 0, 0, 0) >= 120);
    }
    small_close(&small);
}

/* Ground that a place waits for is not among what is recorded of its district. */
static void test_a_record_of_a_district_releases_no_place(void **state) {
    (void)state;
    small_text text = SMALL;
    text.areas = "hazard_areas:\n"
                 "  North belt: {district: North, class: high, setting: belt, area: 100 ha, order: 1}\n"
                 "  North fields: {district: North, class: low, setting: fields, area: 150 ha, order: 1}\n"
                 "  North road: {district: North, class: low, setting: belt, area: 60 ha, order: 1}\n"
                 "  North pasture: {district: North, class: low, setting: fields, area: 300 ha, order: 9}\n"
                 "  South fields: {district: South, class: low, setting: fields, area: 200 ha, order: 5}\n";
    small_world small;
    small_open(&small, &text,
               (const char *[]){"recorded.Before", "{district: North, battle_area_cleared: 250 ha}",
                                "places.Town.released_share", "50 %", NULL});
    for (uint32_t r = 0; r < RUNS; r++) {
        small_run(&small, r);
        for (uint32_t p = 0; p < 3; p++) {
            double day = small_at(&small, "place_release_day", p, 0, 0, 0);
            assert_true(isnan(day) || day >= 0);
        }
    }
    small_close(&small);
}

static double mean_left(const char *recorded) {
    small_world small;
    small_open(&small, &SMALL, (const char *[]){"recorded.Before", recorded, NULL});
    double left = 0;
    for (uint32_t r = 0; r < RUNS; r++) {
        small_run(&small, r);
        left += small_at(&small, "ledger_m2", 35, HW_LEDGER_REMAINING, 0, 0) / RUNS;
    }
    small_close(&small);
    return left;
}

static void test_the_more_is_recorded_the_less_is_left_later(void **state) {
    (void)state;
    double none = mean_left("{district: North}");
    double some = mean_left("{district: North, battle_area_cleared: 60 ha}");
    double more = mean_left("{district: North, battle_area_cleared: 120 ha, mine_cleared: 20 ha}");
    assert_true(none > some && some > more);
}

/* Planners have seen what the record tells of: like ground looks emptier to them, so that more of it is
 * cancelled at once. */
static void test_planners_have_learnt_from_the_record(void **state) {
    (void)state;
    small_world small;
    small_open(&small, &SMALL,
               (const char *[]){"recorded.Before", "{district: South, battle_area_cleared: 150 ha}",
                                "classes.low.mined", "0", "classes.low.battle", "0", NULL});
    for (uint32_t r = 0; r < RUNS; r++) {
        small_run(&small, r);
    }
    small.world.model->begin(small.world.state, (hw_rng_key){2011, 0}, small.world.queues);
    const hw_land *land = small_land(&small);
    const hw_area *fields = &land->ground.areas[4];
    assert_true(land->ground.areas[fields->like].lore.battle.mean <
                0.6 * land->ground.odds[1].believed_battle);
    small_close(&small);
}

static void test_teams_that_may_be_there_and_what_has_been_learnt(void **state) {
    (void)state;
    small_world small;
    small_open(&small, &SMALL, (const char *[]){"assets.battle.in_service", "50 %", NULL});
    uint32_t there = 0;
    for (uint32_t r = 0; r < RUNS; r++) {
        small_run(&small, r);
        const hw_land *land = small_land(&small);
        for (uint32_t t = 8; t < 12; t++) { /* the search teams */
            there += land->force.teams[t].state != HW_TEAM_GONE;
        }
    }
    assert_true(fabs(there / (4.0 * RUNS) - 0.5) < 4 * 0.5 / sqrt(4.0 * RUNS));
    small_close(&small);
    double victims[2] = {0};
    for (int learnt = 0; learnt < 2; learnt++) {
        small_open(&small, &SMALL,
                   (const char *[]){"safety.visit_accidents", "8 /month", "horizon", "2021-12-31",
                                    learnt ? "safety.learning_since" : "question",
                                    learnt ? "2015-01-01" : "any", NULL});
        for (uint32_t r = 0; r < RUNS; r++) {
            small_run(&small, r);
            victims[learnt] += small_at(&small, "victims", 11, HW_VICTIM_CIVILIAN_INJURED, 0, 0);
        }
        small_close(&small);
    }
    assert_true(victims[1] < 0.7 * victims[0]);
}

static void refuse(const char *const *changes, const char *words) {
    char *yaml = small_join(&SMALL);
    small_world small;
    small_try(&small, yaml, &hw_land_release, changes);
    bool found = false;
    for (uint32_t i = 0; i < small.errors.kept; i++) {
        const hw_error *error = &small.errors.items[i];
        found |= strstr(error->message, words) != NULL && error->where.line > 0;
    }
    if (!found || small.good) {
        char *errors = hw_errors_text(&small.errors);
        print_error("nothing says '%s':\n%s", words, errors);
        free(errors);
        fail();
    }
    small_close(&small);
    free(yaml);
}

static void test_what_cannot_be_is_refused_with_its_place(void **state) {
    (void)state;
    refuse((const char *[]){"recorded.Before", "{district: North, battle_area_cleared: 400 ha}", NULL},
           "400 ha are recorded as released or surveyed, and North has 310 ha");
    refuse((const char *[]){"recorded.One", "{district: North, cancelled: 200 ha}", "recorded.Two",
                            "{district: North, surveyed: 150 ha}", NULL},
           "350 ha are recorded");
    refuse(
        (const char *[]){"recorded.Before", "{district: North, areas: [North road], reduced: 70 ha}", NULL},
        "that ground has 60 ha");
    refuse((const char *[]){"recorded.Before", "{district: North, areas: [South fields]}", NULL},
           "'South fields' lies in South, not in North");
    refuse((const char *[]){"recorded.Before", "{district: Nort}", NULL}, "North");
    refuse((const char *[]){"recorded.Before", "{district: North, mine_cleard: 1 ha}", NULL}, "mine_cleared");
    refuse((const char *[]){"places.Village.released_by", "2021-01-01", NULL},
           "before the start, 2021-01-01");
    refuse((const char *[]){"places.Village.residents", "20", NULL}, "lived_in_since");
    refuse((const char *[]){"places.Village.lived_in_since", "2020-01-01", NULL}, "say 'residents'");
    refuse((const char *[]){"places.Village.lived_in_since", "2020-01-01", "places.Village.residents", "20",
                            "places.Village.houses_built", "9", NULL},
           "say 'released_by'");
    refuse((const char *[]){"places.Village.lived_in_since", "2020-01-01", "places.Village.residents", "500",
                            "places.Village.houses_built", "9", "places.Village.released_share", "1", NULL},
           "500 people in 9 houses");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ledgers_start_as_recorded),
        cmocka_unit_test(test_what_is_less_than_a_block_is_a_chance_of_one),
        cmocka_unit_test(test_what_was_missed_stays_behind),
        cmocka_unit_test(test_with_all_recorded_nothing_is_left),
        cmocka_unit_test(test_a_place_is_what_its_record_says_in_every_world),
        cmocka_unit_test(test_a_record_of_a_district_releases_no_place),
        cmocka_unit_test(test_the_more_is_recorded_the_less_is_left_later),
        cmocka_unit_test(test_planners_have_learnt_from_the_record),
        cmocka_unit_test(test_teams_that_may_be_there_and_what_has_been_learnt),
        cmocka_unit_test(test_what_cannot_be_is_refused_with_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
