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
        double first = fmax(FIRST_FAMILIES, 0.05 * terms[p].houses), begun = fmax(first, c->houses);
        double pace = (terms[p].houses - first) / terms[p].deliver_days;
        c->houses = fmin(terms[p].houses, begun + month * pace);
        c->cost += HOUSE_USD * terms[p].houses * (c->houses - begun) / pace /
                   (terms[p].build_days + terms[p].deliver_days);
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
                             "resettlement.first_quarter",
                             "100 %",
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
    bool settled_before = hw_houses_ready(village) >= 99.5 && before > 0;
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

/* ---- quarters ---- */

static const double QUARTER = 0.25;
static uint32_t began_early, moved_in_early, began;

/* Against the ground of the start, before any of it was split. */
static double released_of_town(const hw_land *land, double now) {
    static double all;
    double open = 0;
    const hw_index_list *needs = &HW_ITEM(land->scenario->places, hw_place, 1)->must_release;
    for (uint32_t i = 0; i < needs->count; i++) {
        const hw_area *area = &land->ground.areas[needs->items[i]];
        open += (double)area->reporting_m2;
        for (int stage = 0; stage < HW_STAGES; stage++) {
            open += (double)area->open_m2[stage];
        }
    }
    all = now <= 0 ? open : all;
    return 1 - open / all;
}

static double plan_and_watch_quarters(void *state, double now, hw_queue *queues) {
    hw_land *land = state;
    const hw_place_state *town = &land->places[1];
    double released = isnan(town->release_day) ? released_of_town(land, now) : 1,
           before = hw_houses_ready(town);
    bool was_building = town->building, road = !isnan(land->places[0].release_day);
    double next = hw_land_release.plan(state, now, queues);
    double after = hw_houses_ready(town);
    assert_true(after >= before);
    assert_true(after <= fmax(before, released * town->planned_houses) + 1e-6);
    if (!was_building) {
        assert_int_equal(town->building, road && released >= QUARTER);
        began += town->building;
        began_early += town->building && isnan(town->release_day);
    }
    moved_in_early += isnan(town->release_day) && town->families > 0;
    return next;
}

/* Building waits for the first quarter and the road only, and never runs ahead of the released ground; place
 * release keeps its meaning, and the ledger of delay still adds up (a law checked in every world). */
static void test_a_place_is_built_quarter_by_quarter(void **state) {
    (void)state;
    const char *changes[] = {"resettlement.slip_probability",
                             "0 %",
                             "resettlement.first_quarter",
                             "25 %",
                             "places.Town.build_time",
                             "2 months",
                             "streams.Building.yearly",
                             "{2021-01-01: 900 MUSD}",
                             NULL};
    hw_model model = hw_land_release;
    model.plan = plan_and_watch_quarters;
    small_world small;
    small_open_model(&small, &SMALL, &model, changes);
    for (uint64_t r = 0; r < 20; r++) {
        small_run(&small, r);
    }
    assert_true(began >= 15 && began_early > 5 && moved_in_early > 5);
    small_close(&small);
}

/* The village is built, nothing slips, all want to come, and no money is overhead. */
#define ONLY_THE_VILLAGE                                                                                     \
    "resettlement.slip_probability", "0 %", "resettlement.uptake", "100 %", "resettlement.fear", "0 %",      \
        "streams.Building.overhead", "0 %", "places.Town.houses", "0"

/* Mean wait from the start of building to the first families of the village, and what its houses cost, over
 * the worlds that have both. */
static void village_by_standing(const char *standing, double *wait, double *usd) {
    const char *changes[] = {ONLY_THE_VILLAGE,
                             "places.Village.standing",
                             standing,
                             "places.Village.repair_time",
                             "2 months",
                             "resettlement.repair_cost",
                             "20 %",
                             "streams.Building.yearly",
                             "{2021-01-01: 900 MUSD}",
                             NULL};
    small_world small;
    small_open(&small, &SMALL, changes);
    double count = 0;
    *wait = *usd = 0;
    for (uint64_t r = 0; r < 10; r++) {
        small_run(&small, r);
        const hw_place_state *village = &small_land(&small)->places[2];
        if (isnan(village->step[HW_STEP_HALF])) {
            continue;
        }
        count++;
        *wait += village->first_return_day - village->step[HW_STEP_BUILDING];
        *usd += small_fate(&small, "Building", "spent");
    }
    assert_true(count > 5);
    *wait /= count;
    *usd /= count;
    small_close(&small);
}

/* Repaired houses are ready before new ones and cost less: 2 months instead of 5, a fifth of the price. */
static void test_standing_houses_are_repaired_first_and_cheaply(void **state) {
    (void)state;
    static const double MONTH = 365.2425 / 12;
    double wait, usd, wait_all_new, usd_all_new;
    village_by_standing("40 %", &wait, &usd);
    village_by_standing("0 %", &wait_all_new, &usd_all_new);
    assert_near(wait, 2 * MONTH, 1e-6);
    assert_near(wait_all_new, 5 * MONTH, 1e-6);
    assert_near(usd / usd_all_new, 0.6 + 0.4 * 0.2, 0.02);
}

/* A village whose ten million dollars of houses take thirteen months, and what a year brings for them. Mean
 * days from the start of building to the first families, in the worlds in which both happen; and the least
 * that a world spent of what came from the start of building until the horizon. */
static void build_with(const char *yearly, double usd, double *wait, double *spent) {
    const char *changes[] = {ONLY_THE_VILLAGE, "streams.Building.yearly", yearly, NULL};
    small_world small;
    small_open(&small, &SMALL, changes);
    double count = 0, begun = 0;
    *wait = 0;
    *spent = INFINITY;
    for (uint64_t r = 0; r < 10; r++) {
        small_run(&small, r);
        const hw_place_state *village = &small_land(&small)->places[2];
        double start = village->step[HW_STEP_BUILDING], horizon = 3651;
        if (isnan(start)) {
            continue;
        }
        begun++;
        *spent = fmin(*spent, small_fate(&small, "Building", "spent") / (usd * (horizon - start) / 365.2425));
        if (!isnan(village->first_return_day)) {
            *wait += village->first_return_day - start;
            count++;
        }
    }
    assert_true(begun > 5);
    *wait /= count; /* not a number where nobody came */
    small_close(&small);
}

/* A month that money does not cover is built in part, instead of waiting for ever while the money lapses:
 * five months of work take as much longer as there is less of it. */
static void test_what_money_there_is_is_built(void **state) {
    (void)state;
    double wait[3], spent;
    build_with("{2021-01-01: 900 MUSD}", 900e6, &wait[0], &spent);
    build_with("{2021-01-01: 2 MUSD}", 2e6, &wait[1], &spent);
    build_with("{2021-01-01: 1 MUSD}", 1e6, &wait[2], &spent);
    assert_near(wait[0], 5 * 365.2425 / 12, 1e-6);
    assert_true(wait[1] > 1.5 * wait[0] && wait[2] > 1.5 * wait[1]);
    build_with("{2021-01-01: 0.2 MUSD}", 0.2e6, &wait[0], &spent);
    assert_true(spent > 0.8);
}

/* People home at the end of some worlds. */
static double home(const char *uptake, const char *displaced) {
    const char *const changes[] = {"resettlement.uptake",
                                   uptake,
                                   "resettlement.displaced",
                                   displaced,
                                   "resettlement.fear",
                                   "0 %",
                                   "streams.Building.yearly",
                                   "{2021-01-01: 900 MUSD}",
                                   NULL};
    small_world small;
    small_open(&small, &SMALL, changes);
    double people = 0;
    for (uint64_t r = 0; r < 10; r++) {
        small_run(&small, r);
        people += small_last_month(&small, "people_back", 0);
    }
    small_close(&small);
    return people;
}

/* Known answer: a home that is offered to k families, each of which wants it with probability u, finds one of
 * many with 1 - (1 - u)^k. So three in ten of 2.569 families a home, log(0.4) / log(0.7), fill as many as six
 * in ten of one. As many families as homes are the same as none told of; half as many fill half. */
static void test_homes_that_one_family_does_not_want_are_offered_to_others(void **state) {
    (void)state;
    small_world small;
    small_open(&small, &SMALL, NULL);
    small_run(&small, 0);
    double planned = 0;
    for (uint32_t p = 0; p < small_land(&small)->place_count; p++) {
        planned += small_land(&small)->places[p].planned_people;
    }
    small_close(&small);
    char displaced[32];
    snprintf(displaced, sizeof displaced, "%.3f", planned * log(1 - 0.6) / log(1 - 0.3));
    double few = home("30 %", "0"), many = home("30 %", displaced);
    assert_true(few > 0 && many > 1.5 * few);
    assert_in_range((int)(1000 * many / home("60 %", "0")), 999, 1001);
    snprintf(displaced, sizeof displaced, "%.3f", planned);
    assert_in_range((int)(1000 * home("30 %", displaced) / few), 999, 1001);
    snprintf(displaced, sizeof displaced, "%.3f", planned / 2);
    assert_in_range((int)(1000 * home("60 %", displaced) / few), 999, 1001);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_homes_that_one_family_does_not_want_are_offered_to_others),
        cmocka_unit_test(test_families_come_with_the_houses_and_building_costs_what_it_says),
        cmocka_unit_test(test_those_who_wait_come_at_the_stated_rate),
        cmocka_unit_test(test_a_place_is_built_quarter_by_quarter),
        cmocka_unit_test(test_standing_houses_are_repaired_first_and_cheaply),
        cmocka_unit_test(test_what_money_there_is_is_built),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
