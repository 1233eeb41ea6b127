#include "tests/models/small_world.h"

/* Accidents of civilians: how many there are in a month, where, and how they fall off, in a country where
 * nothing is cleared, so that all ground stays open. */

enum { WORLDS = 300, MONTHS = 24 };

static double expected[2][2], seen[2][2], variance[2][2]; /* district, half of the time */
static double spread, spread_expected;
static uint32_t before[2];

static const double RATE = 20 * 12 / 365.2425, HALF_LIFE = 300, FLOOR = 0.2,
                    EDUCATION = 0.4; /* a day; days; shares */

static double plan_and_count(void *state, double now, hw_queue *queues) {
    double next = hw_land_release.plan(state, now, queues);
    const hw_land *land = state;
    double weights[2], all = 0;
    for (uint32_t d = 0; d < 2; d++) {
        weights[d] =
            (d + 1) *
            (double)land->districts[d].remaining_at_start; /* one visitor in the North, two in the South */
        all += weights[d];
    }
    double from = land->calendar.month > 0
                      ? (land->calendar.month > 1 ? land->calendar.month_ends[land->calendar.month - 2] : 0)
                      : 0;
    for (uint32_t d = 0; d < 2; d++) {
        const hw_district_state *district = &land->districts[d];
        if (land->calendar.month > 0) {
            double left = FLOOR + (1 - FLOOR) * exp2(-from / HALF_LIFE);
            double mean = RATE * left * (1 - EDUCATION) * (now - from) * weights[d] / all;
            double count = district->accidents - before[d];
            uint32_t half = land->calendar.month > MONTHS / 2;
            expected[d][half] += mean;
            seen[d][half] += count;
            variance[d][half] += mean + mean * mean;
            spread += (count - mean) * (count - mean);
            spread_expected += mean + mean * mean;
        }
        before[d] = land->calendar.month > 0 ? district->accidents : 0;
    }
    return next;
}

static void test_accidents_come_at_their_rate_where_people_go_and_fall_off(void **state) {
    (void)state;
    small_text text = SMALL;
    text.assets = "assets: {}\n";
    const char *changes[] = {
        "safety",
        "{visit_accidents: 20 /month, visit_half_life: 300 days, visit_floor: 20 %, education: 40 %, "
        "resident_accidents: 0 /year, unmapped: 0 %, residual_finds: 0 /year}",
        "districts.North.undiscovered",
        "0 %",
        "districts.South.undiscovered",
        "0 %",
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
    for (uint32_t d = 0; d < 2; d++) {
        for (uint32_t half = 0; half < 2; half++) {
            assert_true(expected[d][half] > 1000);
            assert_near(seen[d][half], expected[d][half], 4 * sqrt(variance[d][half]));
        }
    }
    /* Counts of a month are spread as a negative binomial of dispersion one: their mean and its square. */
    assert_near(spread / spread_expected, 1, 0.15);
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
            assert_near(times, round(times), 1e-3);
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
    assert_non_null(strstr(small.failure.message, "accidents or finds in a month"));
    small_close(&small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_accidents_come_at_their_rate_where_people_go_and_fall_off),
        cmocka_unit_test(test_an_accident_raises_belief_in_its_block_twentyfold),
        cmocka_unit_test(test_a_month_of_more_accidents_than_there_is_room_for_fails_the_world),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
