#include "tests/models/small_world.h"

/* Accidents: how many there are in a month, whose, and how they fall off, against what truly lies where
 * people go, in a country where nothing is cleared. */

enum { WORLDS = 300, MONTHS = 24, HALVES = 2, DISTRICTS = 2 };

static double expected[HW_PEOPLE][DISTRICTS][HALVES], seen[HW_PEOPLE][DISTRICTS][HALVES],
    variance[HW_PEOPLE][DISTRICTS][HALVES];
static double spread, spread_expected;
static double coming[HW_PEOPLE][DISTRICTS], before[HW_PEOPLE][DISTRICTS]; /* of the month that has begun */

static const double RATE = 20 * 12 / 365.2425, HALF_LIFE = 300, FLOOR = 0.2, EDUCATION = 0.4,
                    DUTY_RATE = 30 * 12 / 365.2425, DUTY_HALF_LIFE = 200, DUTY_FLOOR = 0.1; /* days; shares */
static const double UNWARNED = 6, ANTI_TANK = 0.5, REMNANT = 0.25, VISITS_TO_FIELDS = 3;

/* What lies in a district as people meet it: items by their danger, those that nobody suspects more often,
 * and in a block never more than so much. */
static double danger_where_they_go(hw_land *land, uint32_t district, uint32_t people) {
    double danger = 0;
    for (uint32_t a = 0; a < land->ground.area_count; a++) {
        const hw_area *area = &land->ground.areas[a];
        bool fields = strcmp(land->scenario->settings.names[area->setting], "fields") == 0;
        if (area->district != district) {
            continue;
        }
        for (uint32_t b = area->first_block; b < area->first_hidden + area->hidden_count; b++) {
            hw_ground_reveal(land, b);
            const hw_item *item = &land->ground.items[b];
            double items = item->hidden[HW_ITEM_AP] + ANTI_TANK * item->hidden[HW_ITEM_AT] +
                           REMNANT * item->hidden[HW_ITEM_ERW];
            danger += fmin(land->ground.dangers[a].peak, items) *
                      (item->stage == HW_STAGE_HIDDEN ? UNWARNED : 1) *
                      (people == HW_CIVILIANS && fields ? VISITS_TO_FIELDS : 1);
        }
    }
    return danger;
}

static double accidents_of(const hw_district_state *d, uint32_t people) {
    uint32_t first = people == HW_CIVILIANS ? HW_VICTIM_CIVILIAN_KILLED : HW_VICTIM_SOLDIER_KILLED;
    return (double)(d->victims[first] + d->victims[first + 1]); /* each hurts one */
}

static void expect_month(hw_land *land, double now, double next) {
    double ha[DISTRICTS], all = 0, weighted = 0;
    for (uint32_t d = 0; d < DISTRICTS; d++) {
        ha[d] = (double)land->districts[d].remaining_at_start / 1e4;
        all += ha[d];
        weighted += (d + 1) * ha[d]; /* one visitor in the North, two in the South */
    }
    double left = FLOOR + (1 - FLOOR) * exp2(-now / HALF_LIFE);
    double duty = DUTY_FLOOR + (1 - DUTY_FLOOR) * exp2(-now / DUTY_HALF_LIFE);
    for (uint32_t d = 0; d < DISTRICTS; d++) {
        coming[HW_CIVILIANS][d] = RATE * left * (1 - EDUCATION) * (next - now) * (d + 1) / weighted *
                                  danger_where_they_go(land, d, HW_CIVILIANS);
        coming[HW_SOLDIERS][d] =
            DUTY_RATE * duty * (next - now) / all * danger_where_they_go(land, d, HW_SOLDIERS);
    }
}

static double plan_and_count(void *state, double now, hw_queue *queues) {
    hw_land *land = state;
    double next = hw_land_release.plan(state, now, queues);
    for (uint32_t people = 0; people < HW_PEOPLE; people++) {
        for (uint32_t d = 0; d < DISTRICTS; d++) {
            double so_far = accidents_of(&land->districts[d], people);
            if (land->calendar.month > 0) {
                double mean = coming[people][d], count = so_far - before[people][d];
                uint32_t half = land->calendar.month > MONTHS / 2;
                expected[people][d][half] += mean;
                seen[people][d][half] += count;
                variance[people][d][half] += mean + mean * mean;
                spread += (count - mean) * (count - mean);
                spread_expected += mean + mean * mean;
            }
            before[people][d] = so_far;
        }
    }
    expect_month(land, now, land->calendar.month_ends[land->calendar.month]);
    return next;
}

static void test_accidents_follow_what_lies_where_people_go_and_fall_off(void **state) {
    (void)state;
    small_text text = SMALL;
    text.assets = "assets: {}\n";
    const char *changes[] = {
        "safety",
        "{visit_accidents: 20 /month, visit_half_life: 300 days, visit_floor: 20 %, education: 40 %, "
        "resident_accidents: 0 /year, residual_finds: 0 /year, duty_accidents: 30 /month, "
        "duty_half_life: 200 days, duty_floor: 10 %, unwarned: 6, anti_tank_danger: 0.5, "
        "remnant_danger: 0.25, victims: 1}",
        "settings.fields.visits",
        "3",
        "horizon",
        "2022-12-31",
        NULL};
    hw_model model = hw_land_release;
    model.plan = plan_and_count;
    small_world small;
    small_open_model(&small, &text, &model, changes);
    for (uint64_t r = 0; r < WORLDS; r++) {
        small_run(&small, r);
    }
    small_close(&small);
    for (uint32_t people = 0; people < HW_PEOPLE; people++) {
        for (uint32_t d = 0; d < DISTRICTS; d++) {
            for (uint32_t half = 0; half < HALVES; half++) {
                assert_true(expected[people][d][half] > 500);
                assert_near(seen[people][d][half], expected[people][d][half],
                            4 * sqrt(variance[people][d][half]));
            }
        }
    }
    /* Counts of a month are spread as a negative binomial of dispersion one: their mean and its square. */
    assert_near(spread / spread_expected, 1, 0.15);
}

static double all_victims(const small_world *small) {
    double victims = 0;
    for (uint32_t kind = 0; kind < HW_VICTIMS; kind++) {
        victims += small_last_month(small, "victims", kind);
    }
    return victims;
}

/* Nobody is hurt by what is not there. */
static void test_without_mines_and_remnants_there_is_no_accident(void **state) {
    (void)state;
    small_world small;
    small_open(&small, &SMALL,
               (const char *[]){"classes.high.mined", "0 %", "classes.high.battle", "0 %",
                                "classes.low.mined", "0 %", "classes.low.battle", "0 %",
                                "safety.visit_accidents", "10 /day", "safety.duty_accidents", "10 /day",
                                NULL});
    for (uint64_t r = 0; r < 10; r++) {
        small_run(&small, r);
        assert_same(all_victims(&small), 0);
    }
    small_close(&small);
}

/* What is missed hurts those who live and work on the ground later: civilians, and only where it is used. */
static double civilians_hurt(const char *detection, const char *use) {
    small_world small;
    small_open(&small, &SMALL,
               (const char *[]){"methods.manual.detection", detection, "methods.dogs.detection", detection,
                                "methods.battle_area.detection", detection, "safety.use_of_released", use,
                                "safety.visit_accidents", "5 /month", NULL});
    double hurt = 0;
    for (uint64_t r = 0; r < 40; r++) {
        small_run(&small, r);
        hurt += small_last_month(&small, "victims", HW_VICTIM_CIVILIAN_KILLED) +
                small_last_month(&small, "victims", HW_VICTIM_CIVILIAN_INJURED);
    }
    small_close(&small);
    return hurt;
}

static void test_missed_items_hurt_those_who_use_the_ground(void **state) {
    (void)state;
    double careful = civilians_hurt("99 %", "10"), careless = civilians_hurt("50 %", "10");
    assert_true(careful > 0 && careless > 1.1 * careful);
    assert_true(civilians_hurt("50 %", "0") < careless);
}

/* An accident makes mines twenty times likelier in its block: no belief falls by one, and where nothing is
 * suspected all stay. */
static double belief_before;
static uint32_t raised;

static double plan_and_watch(void *state, double now, hw_queue *queues) {
    hw_land *land = state;
    double belief = 0;
    for (uint32_t a = 0; a < land->ground.area_count; a++) {
        const hw_area *area = &land->ground.areas[a];
        for (uint32_t b = area->first_block; b < area->first_hidden; b++) {
            double own = (double)land->ground.items[b].belief_mined;
            double at_first = land->ground.odds[area->class].believed_mined;
            double odds = at_first / (1 - at_first), factor = own / (1 - own) / odds;
            double times = log(factor) / log(20);
            if (own < 0.9999) { /* nearer to 1, a belief is too coarse a number to be taken apart */
                assert_near(times, round(times), 1e-3);
            }
            assert_true(times > -1e-3);
            belief += own;
        }
    }
    raised += now > 0 && belief > belief_before + 1e-9;
    belief_before = belief;
    return hw_land_release.plan(state, now, queues);
}

static void test_an_accident_raises_belief_in_its_block_twentyfold(void **state) {
    (void)state;
    small_text text = SMALL;
    text.assets = "assets: {}\n";
    const char *changes[] = {"safety.visit_accidents", "5 /month", "horizon", "2021-06-30", NULL};
    hw_model model = hw_land_release;
    model.plan = plan_and_watch;
    small_world small;
    small_open_model(&small, &text, &model, changes);
    for (uint64_t r = 0; r < 20; r++) {
        belief_before = HUGE_VAL;
        small_run(&small, r);
    }
    assert_true(raised > 20);
    small_close(&small);
}

/* Draws of an accident are keyed by what lies in the block: each takes one item away, out of parcels too. */
static void test_each_accident_changes_what_the_next_one_draws_by(void **state) {
    (void)state;
    const char *changes[] = {"horizon", "2022-01-01", NULL}; /* while much waits in parcels */
    small_world small;
    small_open(&small, &SMALL, changes);
    uint32_t cut = 0;
    for (uint64_t r = 0; r < 10; r++) {
        small_run(&small, r);
        hw_land *land = small.world.state;
        for (uint32_t b = 0; b < land->ground.item_count; b++) {
            uint64_t items = land->ground.items[b].part == 0 ? hw_danger_items(land, b) : 0;
            for (uint32_t type = 0; items > 1; cut += land->ground.items[b].parcels != 0) {
                if (hw_danger_explode(land, b, 0.5, &type) == HW_NOTHING) {
                    break; /* items without danger are left */
                }
                assert_int_equal(hw_danger_items(land, b), --items);
            }
        }
    }
    assert_true(cut > 0);
    small_close(&small);
}

/* The queue has room for so many in a month. More are not left out in silence: the world is given up.
 * Planners to whom an item left behind costs nothing leave many. */
static void test_a_month_of_more_accidents_than_there_is_room_for_fails_the_world(void **state) {
    (void)state;
    small_world small;
    small_open(&small, &SMALL,
               (const char *[]){"safety.residual_finds", "1 /day", "settings.fields.erw", "500 /ha",
                                "classes.low.battle", "90 %", "methods.battle_area.detection", "50 %",
                                "planning.missed_item_cost", "0 USD", NULL});
    assert_int_equal(small_replicate(&small, 0), HW_ERROR_LAW);
    assert_non_null(strstr(small.failure.message, "accidents, finds or visits in a month"));
    small_close(&small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_accidents_follow_what_lies_where_people_go_and_fall_off),
        cmocka_unit_test(test_without_mines_and_remnants_there_is_no_accident),
        cmocka_unit_test(test_missed_items_hurt_those_who_use_the_ground),
        cmocka_unit_test(test_an_accident_raises_belief_in_its_block_twentyfold),
        cmocka_unit_test(test_each_accident_changes_what_the_next_one_draws_by),
        cmocka_unit_test(test_a_month_of_more_accidents_than_there_is_room_for_fails_the_world),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
