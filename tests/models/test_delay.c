#include "models/method.h"
#include "models/teams.h"
#include "tests/models/small_world.h"

/* The days of each month are charged to what held a place back, worked out again on every planning day: first
 * access, then fighting, then the season's share of the rest, then want of money and the method that has most
 * to do. */

enum {
    PLACES = 3,
    CLOSED_ACCESS_FROM = 151,
    CLOSED_ACCESS_TO = 161,
    FIGHTING_FROM = 68,
    FIGHTING_TO = 109,
    OPENS = 31
};

static double expected[PLACES][HW_CAUSES];
static uint32_t charged[HW_CAUSES];

static double overlap(double from, double to, double a, double b) {
    return fmax(0, fmin(to, b) - fmax(from, a));
}

/* The first in the list of methods that the scenario has teams of and that works on the stage. */
static uint32_t method_for(const hw_land *land, hw_stage stage) {
    for (uint32_t m = 0; m < hw_methods.count; m++) {
        bool fielded = false;
        for (uint32_t t = 0; t < land->force.team_count; t++) {
            fielded |= land->force.teams[t].method == m;
        }
        for (uint32_t i = 0; i < hw_method_list[m]->stage_count && fielded; i++) {
            if (hw_method_list[m]->stages[i] == stage) {
                return m;
            }
        }
    }
    fail();
    return 0;
}

/* The method with most team-days to do on the place's ground; HW_NOTHING: only reports are missing. */
static uint32_t busiest(const hw_land *land, uint32_t place) {
    const hw_index_list *needs = &HW_ITEM(land->scenario->places, hw_place, place)->must_release;
    uint32_t method = HW_NOTHING;
    double most = 0;
    for (hw_stage stage = 0; stage < HW_STAGES; stage++) {
        uint32_t own = method_for(land, stage);
        double days = 0;
        for (uint32_t i = 0; i < needs->count; i++) {
            days += (double)land->ground.areas[needs->items[i]].open_m2[stage] *
                    land->force.methods[own].effort[stage];
        }
        if (days > most) {
            most = days;
            method = own;
        }
    }
    return method;
}

static void expect_work(const hw_land *land, uint32_t p, double from, double to) {
    uint32_t district = HW_ITEM(land->scenario->places, hw_place, p)->district;
    bool south = strcmp(land->scenario->districts.names[district], "South") == 0;
    double access =
        south ? overlap(from, to, 0, OPENS) + overlap(from, to, CLOSED_ACCESS_FROM, CLOSED_ACCESS_TO) : 0;
    double fighting = south ? overlap(from, to, FIGHTING_FROM, FIGHTING_TO) : 0;
    expected[p][HW_CAUSE_ACCESS] += access;
    expected[p][HW_CAUSE_CONFLICT] += fighting;
    double left = to - from - access - fighting;
    if (left <= 0) {
        return;
    }
    double field_share = south ? 0.6 : 0.7;
    double worked = hw_worktime_between(&land->districts[district].worktime[HW_CALENDAR_GROUND], from, to);
    double season = left * fmin(1, fmax(0, 1 - worked / (field_share * left)));
    expected[p][HW_CAUSE_SEASON] += season;
    left -= season;
    uint32_t method = busiest(land, p);
    double money = method == HW_NOTHING ? 0 : left * land->force.money_short[method];
    expected[p][HW_CAUSE_MONEY] += money;
    expected[p][method == HW_NOTHING ? HW_CAUSE_QUALITY : hw_method_list[method]->cause] += left - money;
}

static void expect_month(const hw_land *land, double before, double now) {
    for (uint32_t p = 0; p < PLACES; p++) {
        const hw_place_state *place = &land->places[p];
        double released = isnan(place->release_day) ? HUGE_VAL : place->release_day;
        double home = isnan(place->first_return_day) ? HUGE_VAL : place->first_return_day;
        if (fmin(now, released) > before) {
            expect_work(land, p, before, fmin(now, released));
        }
        if (HW_ITEM(land->scenario->places, hw_place, p)->kind != HW_PLACE_CORRIDOR) {
            expected[p][HW_CAUSE_HOUSING] += overlap(before, now, released, home);
        }
    }
}

/* Of the teams of a method, the share of the month for which they are not paid, and those that could not be
 * ordered. */
static void check_money_short(const hw_land *land, double now, double next) {
    for (uint32_t m = 0; m < land->force.method_count; m++) {
        double all = land->force.unpaid_orders[m], without = all;
        for (uint32_t t = 0; t < land->force.team_count; t++) {
            const hw_team *team = &land->force.teams[t];
            bool own = team->method == m && hw_team_in_service(team);
            all += own;
            without += own ? (next - land->force.paid_until[t]) / (next - now) : 0;
            assert_true(!own || (team->state == HW_TEAM_STOOD_DOWN) == (land->force.paid_until[t] <= now));
        }
        assert_near(land->force.money_short[m], all > 0 ? without / all : 0, 1e-12);
    }
}

static double plan_and_charge(void *state, double now, hw_queue *queues) {
    hw_land *land = state;
    if (now > 0) {
        expect_month(land, land->calendar.planned_to, now);
    } else {
        memset(expected, 0, sizeof expected);
    }
    double next = hw_land_release.plan(state, now, queues);
    check_money_short(land, now, land->calendar.month_ends[land->calendar.month]);
    for (uint32_t p = 0; p < PLACES && now > 0; p++) {
        for (int cause = 0; cause < HW_CAUSES; cause++) {
            if (!(fabs(land->places[p].delay[cause] - expected[p][cause]) < 1e-6)) {
                print_error("day %.0f, %s, cause %d: %.6f days are charged, not %.6f\n", now,
                            land->scenario->places.names[p], cause, land->places[p].delay[cause],
                            expected[p][cause]);
                fail();
            }
            charged[cause] += expected[p][cause] > 1;
        }
    }
    return next;
}

static void test_each_month_is_charged_to_what_held_a_place_back(void **state) {
    (void)state;
    small_text text = SMALL;
    text.closures = "closures:\n"
                    "  fighting: {districts: [South], from: 2021-03-10, to: 2021-04-20}\n"
                    "  permits: {districts: [South], from: 2021-06-01, to: 2021-06-11, cause: access}\n";
    /* The last country lacks deminers, not money. */
    static const char *const budgets[] = {"{2021-01-01: 1.5 MUSD}", "{2021-01-01: 8 MUSD}",
                                          "{2021-01-01: 8 MUSD}"};
    static const char *const deminers[] = {"4", "4", "1"};
    for (size_t b = 0; b < HW_LENGTH(budgets); b++) {
        const char *changes[] = {"streams.State.yearly",
                                 budgets[b],
                                 "assets.manual.teams",
                                 deminers[b],
                                 "districts.South.access_from",
                                 "2021-02-01",
                                 "places.Village.wanted_from",
                                 "2021-01-01",
                                 NULL};
        hw_model model = hw_land_release;
        model.plan = plan_and_charge;
        small_world small;
        small_open_model(&small, &text, &model, changes);
        for (uint64_t r = 0; r < 40; r++) {
            small_run(&small, r);
        }
        small_close(&small);
    }
    static const hw_cause met[] = {HW_CAUSE_ACCESS, HW_CAUSE_CONFLICT, HW_CAUSE_SURVEY,
                                   HW_CAUSE_MONEY,  HW_CAUSE_MANUAL,   HW_CAUSE_BATTLE,
                                   HW_CAUSE_SEASON, HW_CAUSE_QUALITY,  HW_CAUSE_HOUSING};
    for (size_t i = 0; i < HW_LENGTH(met); i++) {
        if (charged[met[i]] == 0) {
            print_error("cause %d is never met\n", (int)met[i]);
        }
        assert_true(charged[met[i]] > 0);
    }
}

/* Whichever of a place's areas it is, the first of its list or the last: the place waits for the last one to
 * open. */
static void test_a_place_is_open_when_the_last_of_its_ground_and_its_district_is(void **state) {
    (void)state;
    static const struct {
        const char *path, *day;
        double town;
    } cases[] = {{"hazard_areas.North belt.access_from", "2021-03-02", 60},
                 {"hazard_areas.North fields.access_from", "2021-04-11", 100},
                 {"hazard_areas.North road.access_from", "2021-04-11", 0},
                 {"districts.North.access_from", "2021-01-31", 30}};
    for (size_t i = 0; i < HW_LENGTH(cases); i++) {
        small_world small;
        small_open(&small, &SMALL, (const char *[]){cases[i].path, cases[i].day, NULL});
        small_run(&small, 0);
        const hw_place_state *town = &small_land(&small)->places[small_index(&small, "place", "Town")];
        assert_near(town->step[HW_STEP_ACCESS], cases[i].town, 1e-9);
        small_close(&small);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_month_is_charged_to_what_held_a_place_back),
        cmocka_unit_test(test_a_place_is_open_when_the_last_of_its_ground_and_its_district_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
