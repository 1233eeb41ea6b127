#include "tests/models/small_world.h"

/* From release to families at home, in a world where everybody comes as soon as there is a house: worked out
 * again on every planning day, with what building costs. */

enum { PLACES = 3 };

static const struct {
    const char *name;
    double houses, build_days, deliver_days;
} terms[PLACES] = {
    {"Road", 0, 0, 0},
    {"Town", 300, 6 * 365.2425 / 12 * 1.5, 365.2425 * 1.5}, /* half as long again for a town */
    {"Village", 100, 5 * 365.2425 / 12, 8 * 365.2425 / 12},
};

static const double FIRST_FAMILIES = 12, HOUSE_USD = 100e3, HOUSEHOLD = 4;

static struct course {
    double started, houses, cost;
    uint32_t families;
} courses[PLACES];

static uint32_t lived_in, full;

static bool may_build(const hw_land *land, uint32_t p) {
    bool road = !isnan(land->places[0].release_day);
    return !isnan(land->places[p].release_day) && (road || strcmp(terms[p].name, "Town") != 0);
}

/* What is to be found after the plan of a day. */
static void expect(const hw_land *land, uint32_t p, double now, double next) {
    struct course *c = &courses[p];
    if (terms[p].houses < 1 || !may_build(land, p)) {
        return;
    }
    c->started = isnan(c->started) ? now : c->started;
    double homes = c->started + terms[p].build_days, month = next - now;
    if (homes < now && c->houses < terms[p].houses) {
        double first = fmax(FIRST_FAMILIES, 0.05 * terms[p].houses);
        c->houses =
            fmin(terms[p].houses, fmax(first, c->houses) + month * terms[p].houses / terms[p].deliver_days);
        c->cost += HOUSE_USD * terms[p].houses * month / (terms[p].build_days + terms[p].deliver_days);
    } else if (homes >= now) {
        c->cost += HOUSE_USD * terms[p].houses * month / (terms[p].build_days + terms[p].deliver_days);
    }
    c->families = homes < now ? (uint32_t)(c->houses + 1e-9) : 0;
}

static double plan_and_settle(void *state, double now, hw_queue *queues) {
    hw_land *land = state;
    if (now <= 0) {
        for (uint32_t p = 0; p < PLACES; p++) {
            courses[p] = (struct course){.started = (double)NAN};
        }
    }
    double next = hw_land_release.plan(state, now, queues);
    double cost = 0;
    for (uint32_t p = 0; p < PLACES; p++) {
        const hw_place_state *place = &land->places[p];
        expect(land, p, now, land->calendar.month_ends[land->calendar.month]);
        const struct course *c = &courses[p];
        cost += c->cost;
        if (fabs(place->families - c->families) > 0.5 ||
            fabs(place->people - HOUSEHOLD * place->families) > 1e-6) {
            print_error("day %.0f, %s: %.1f families, not %u\n", now, terms[p].name, place->families,
                        (unsigned)c->families);
            fail();
        }
        if (c->families > 0) {
            assert_near(place->first_return_day, c->started + terms[p].build_days, 1e-6);
            assert_near(place->step[HW_STEP_BUILDING], c->started, 1e-9);
            lived_in++;
            full += place->families >= terms[p].houses;
        } else {
            assert_true(isnan(place->first_return_day) || place->first_return_day >= now);
        }
    }
    int64_t spent = 0;
    for (uint32_t y = 0; y < land->calendar.year_count; y++) {
        spent += land->outcome.purpose_year_spent[HW_PURPOSE_BUILDING * land->calendar.year_count + y];
    }
    assert_near((double)spent / 100, cost, 1e-6 * cost + 10);
    return next;
}

static void test_families_come_with_the_houses_and_building_costs_what_it_says(void **state) {
    (void)state;
    const char *changes[] = {"resettlement.slip_probability",
                             "0 %",
                             "resettlement.town_factor",
                             "1.5",
                             "resettlement.uptake",
                             "100 %",
                             "resettlement.fear",
                             "0 %",
                             "resettlement.household",
                             "4",
                             "resettlement.first_families",
                             "12",
                             "resettlement.arrival_rate",
                             "1 /day",
                             "streams.Building.yearly",
                             "{2021-01-01: 900 MUSD}",
                             "streams.Building.overhead",
                             "0 %",
                             NULL};
    hw_model model = hw_land_release;
    model.plan = plan_and_settle;
    small_world small;
    small_open_model(&small, &SMALL, &model, changes);
    for (uint64_t r = 0; r < 10; r++) {
        small_run(&small, r);
    }
    assert_true(lived_in > 100 && full > 20);
    small_close(&small);
}

/* Of those who will ever come a share comes in a month, 1 - exp(-rate); over many worlds the mean is that
 * share. */
static double first_month_share;
static uint32_t worlds_with_arrivals;

static double plan_and_count_arrivals(void *state, double now, hw_queue *queues) {
    hw_land *land = state;
    hw_place_state *village = &land->places[2];
    double before = village->families;
    bool settled_before = village->houses_ready >= 99.5 && before > 0;
    double next = hw_land_release.plan(state, now, queues);
    if (settled_before && before < 90) {
        double month = land->calendar.month_ends[land->calendar.month] - now;
        first_month_share += (village->families - before) / ((100 - before) * (1 - exp(-month / 100)));
        worlds_with_arrivals++;
    }
    return next;
}

static void test_those_who_wait_come_at_the_stated_rate(void **state) {
    (void)state;
    const char *changes[] = {"resettlement.slip_probability",
                             "0 %",
                             "resettlement.uptake",
                             "100 %",
                             "resettlement.fear",
                             "0 %",
                             "resettlement.household",
                             "4",
                             "resettlement.arrival_rate",
                             "0.01 /day",
                             "streams.Building.yearly",
                             "{2021-01-01: 900 MUSD}",
                             NULL};
    hw_model model = hw_land_release;
    model.plan = plan_and_count_arrivals;
    small_world small;
    small_open_model(&small, &SMALL, &model, changes);
    for (uint64_t r = 0; r < 150; r++) {
        small_run(&small, r);
    }
    assert_true(worlds_with_arrivals > 50);
    assert_near(first_month_share / worlds_with_arrivals, 1, 0.12);
    small_close(&small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_families_come_with_the_houses_and_building_costs_what_it_says),
        cmocka_unit_test(test_those_who_wait_come_at_the_stated_rate),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
