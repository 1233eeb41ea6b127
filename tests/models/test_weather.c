#include "models/method.h"
#include "tests/models/small_world.h"

/* Working time by season, heat, closures, fighting and weather: as many days are lost in a year as the
 * scenario says, where it says, and weather changes nothing in the mean. */

static double worked[2][2]; /* calendar, district: a year's field days */
static double mid_winter[2], high_summer[2], closed, fought_month, calm_month;
static double weather_mean, weather_square;
static uint32_t weeks_seen;

static const char *const STILL[] = {
    "climates.mild", "{winter_lost: 60 days, heat_lost_dogs: 40 days, field_share: 0.5, weather_sd: 0}",
    "climates.alpine", "{winter_lost: 120 days, heat_lost_dogs: 0 days, field_share: 0.4, weather_sd: 0}",
    NULL};

static double field_days(const hw_land *land, uint32_t district, hw_calendar_kind kind, double from,
                         double to) {
    return hw_worktime_between(&land->districts[district].worktime[kind], from, to);
}

static double look_at_year(void *state, double now, hw_queue *queues) {
    double next = hw_land_release.plan(state, now, queues);
    const hw_land *land = state;
    if (now > 0) {
        return next;
    }
    for (int kind = 0; kind < HW_CALENDARS; kind++) {
        for (uint32_t d = 0; d < 2; d++) {
            worked[kind][d] = field_days(land, d, (hw_calendar_kind)kind, 365, 365 + 365) / 365;
        }
        mid_winter[kind] = field_days(land, 0, (hw_calendar_kind)kind, 365 - 3, 365 + 11);
        high_summer[kind] = field_days(land, 0, (hw_calendar_kind)kind, 365 + 199, 365 + 211) / 12;
    }
    closed = field_days(land, 1, HW_CALENDAR_GROUND, 121, 182);
    return next;
}

static void run_with(const small_text *text, const char *const *changes,
                     double (*plan)(void *, double, hw_queue *), uint64_t replications) {
    hw_model model = hw_land_release;
    model.plan = plan;
    small_world small;
    small_open_model(&small, text, &model, changes);
    for (uint64_t r = 0; r < replications; r++) {
        small_run(&small, r);
    }
    small_close(&small);
}

static void test_a_year_loses_the_days_of_its_season_and_dogs_those_of_heat(void **state) {
    (void)state;
    run_with(&SMALL, STILL, look_at_year, 1);
    /* Weeks are the shortest step: a day or two at most. */
    assert_near(worked[HW_CALENDAR_GROUND][0], 0.5 * (365 - 60) / 365, 0.5 * 2.0 / 365);
    assert_near(worked[HW_CALENDAR_GROUND][1], 0.4 * (365 - 120) / 365, 0.4 * 2.0 / 365);
    assert_near(worked[HW_CALENDAR_DOGS][0], 0.5 * (365 - 60 - 40) / 365, 0.5 * 3.0 / 365);
    assert_near(worked[HW_CALENDAR_DOGS][1], 0.4 * (365 - 120) / 365, 0.4 * 2.0 / 365);
    assert_near(mid_winter[HW_CALENDAR_GROUND], 0, 1e-9);
    assert_near(mid_winter[HW_CALENDAR_DOGS], 0, 1e-9);
    assert_near(high_summer[HW_CALENDAR_GROUND], 0.5, 1e-9);
    assert_near(high_summer[HW_CALENDAR_DOGS], 0, 1e-9);
}

static void test_winters_of_the_south_are_half_a_year_later(void **state) {
    (void)state;
    static const char *const south[] = {"climates.mild",
                                        "{winter_lost: 60 days, heat_lost_dogs: 40 days, field_share: 0.5, "
                                        "weather_sd: 0, hemisphere: south}",
                                        NULL};
    run_with(&SMALL, south, look_at_year, 1);
    assert_near(worked[HW_CALENDAR_GROUND][0], 0.5 * (365 - 60) / 365, 0.5 * 2.0 / 365);
    assert_near(worked[HW_CALENDAR_DOGS][0], 0.5 * (365 - 60 - 40) / 365, 0.5 * 3.0 / 365);
    /* The days around New Year are summer there: nobody but dogs rests. Those of July and August end winter.
     */
    assert_near(mid_winter[HW_CALENDAR_GROUND], 0.5 * 14, 1e-9);
    assert_true(mid_winter[HW_CALENDAR_DOGS] < 0.5 * 14);
    assert_true(high_summer[HW_CALENDAR_GROUND] < 0.5);
}

static void test_nobody_works_on_closed_days_and_the_others_are_whole(void **state) {
    (void)state;
    small_text text = SMALL;
    text.closures = "closures:\n  one: {districts: [South], from: 2021-05-10, to: 2021-06-01}\n"
                    "  other: {from: 2021-06-06, to: 2021-06-11, cause: access}\n";
    run_with(&text, STILL, look_at_year, 1);
    /* Sixty-one days from May 2, of which 22 and 5 are closed; in weeks, so that none is lost or won. */
    assert_near(closed, 0.4 * (61 - 22 - 5), 1e-6);
}

static double look_at_fighting(void *state, double now, hw_queue *queues) {
    double next = hw_land_release.plan(state, now, queues);
    const hw_land *land = state;
    if (land->policy.levers[0].in_force && land->policy.levers[0].number[0] > 1 && now > 181 && now < 240) {
        fought_month = field_days(land, 0, HW_CALENDAR_GROUND, now + 7, next - 7) / (next - now - 14);
        calm_month = field_days(land, 1, HW_CALENDAR_GROUND, now + 7, next - 7) / (next - now - 14);
    }
    return next;
}

static void test_fighting_stops_work_as_far_as_ground_lies_at_the_border(void **state) {
    (void)state;
    const char *changes[] = {
        STILL[0],
        STILL[1],
        STILL[2],
        STILL[3],
        "districts.North.border",
        "75 %",
        "districts.South.border",
        "0 %",
        "levers.tension",
        "{on: 2021-07-01, starts: fighting, fighting_to_tense: 0 /year, remined: 0 /year}",
        NULL};
    run_with(&SMALL, changes, look_at_fighting, 1);
    assert_near(fought_month, 0.25 * 0.5, 1e-9);
    assert_near(calm_month, 0.4, 1e-9);
}

static double closed_share_before, closed_share_after, never_closed;

static double look_at_the_border(void *state, double now, hw_queue *queues) {
    double next = hw_land_release.plan(state, now, queues);
    const hw_land *land = state;
    if (now > 150 && now < 180) {
        closed_share_before = field_days(land, 0, HW_CALENDAR_GROUND, now + 7, next - 7) / (next - now - 14);
        never_closed = field_days(land, 1, HW_CALENDAR_GROUND, now + 7, next - 7) / (next - now - 14);
    } else if (now > 180 && now < 200) {
        closed_share_after = field_days(land, 0, HW_CALENDAR_GROUND, now + 7, next - 7) / (next - now - 14);
    }
    return next;
}

static void test_ground_closed_for_want_of_an_agreement_holds_work_up_until_it_opens(void **state) {
    (void)state;
    const char *changes[] = {
        STILL[0],
        STILL[1],
        STILL[2],
        STILL[3],
        "districts.North.border_closed",
        "60 %",
        "levers.joint_border_clearance",
        "{on: 2021-07-01, delay: 0 days, starting_cost: 0 USD, running_cost: 0 USD/year, "
        "ramp: 0 days, still_closed: 25 %}",
        NULL};
    run_with(&SMALL, changes, look_at_the_border, 1);
    assert_near(closed_share_before, 0.4 * 0.5, 1e-9);
    assert_near(closed_share_after, 0.85 * 0.5, 1e-9);
    assert_near(never_closed, 0.4, 1e-9);
}

static double look_at_weeks(void *state, double now, hw_queue *queues) {
    double next = hw_land_release.plan(state, now, queues);
    for (double week = 147; now <= 0 && week < 266; week += 7) {
        double factor = field_days(state, 0, HW_CALENDAR_GROUND, week, week + 7) / 7 / 0.2;
        weather_mean += factor;
        weather_square += factor * factor;
        weeks_seen++;
    }
    return next;
}

static void test_weather_spreads_working_time_and_changes_nothing_in_the_mean(void **state) {
    (void)state;
    const char *changes[] = {
        "climates.mild", "{winter_lost: 60 days, heat_lost_dogs: 0 days, field_share: 0.2, weather_sd: 0.3}",
        "horizon", "2021-12-31", NULL};
    run_with(&SMALL, changes, look_at_weeks, 200);
    double mean = weather_mean / weeks_seen, sd = sqrt(exp(0.3 * 0.3) - 1);
    assert_near(mean, 1, 4 * sd / sqrt(weeks_seen));
    assert_near(sqrt(weather_square / weeks_seen - mean * mean), sd, 0.03);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_year_loses_the_days_of_its_season_and_dogs_those_of_heat),
        cmocka_unit_test(test_winters_of_the_south_are_half_a_year_later),
        cmocka_unit_test(test_nobody_works_on_closed_days_and_the_others_are_whole),
        cmocka_unit_test(test_fighting_stops_work_as_far_as_ground_lies_at_the_border),
        cmocka_unit_test(test_ground_closed_for_want_of_an_agreement_holds_work_up_until_it_opens),
        cmocka_unit_test(test_weather_spreads_working_time_and_changes_nothing_in_the_mean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
