#include "sim/worktime.h"

#include "sim/rng.h"
#include "tests/sim/check.h"

enum { STEPS_MOST = 400, TABLES = 60, TRIES = 300 };

typedef struct working_year {
    double share[STEPS_MOST];
    double cumulative[STEPS_MOST + 1 + HW_WORKTIME_STRIDE];
    hw_worktime table;
} working_year;

/* A random table: stretches of full work, partial work, and long ones of none (winters). Some tables work
 * never, some always, some start or end closed. */
static void fill(working_year *year, uint64_t seed, hw_draws *draws) {
    hw_draws_open(draws, (hw_rng_key){seed, 0}, 0, 0, 0);
    static const double step_days[] = {7.0, 1.0, 0.3, 30.436875};
    uint32_t steps = 1 + (uint32_t)(hw_draws_uniform(draws) * (STEPS_MOST - 1));
    for (uint32_t i = 0; i < steps;) {
        double kind = hw_draws_uniform(draws);
        uint32_t stretch = 1 + (uint32_t)(hw_draws_uniform(draws) * 30.0);
        for (uint32_t end = i + stretch; i < end && i < steps; i++) {
            year->share[i] = kind < 0.4 ? 0.0 : kind < 0.6 ? 1.0 : hw_draws_uniform(draws);
            year->share[i] = seed == 1 ? 0.0 : seed == 2 ? 1.0 : year->share[i];
        }
    }
    year->table =
        (hw_worktime){.cumulative = year->cumulative, .steps = steps, .step_days = step_days[seed % 4]};
    hw_worktime_fill(&year->table, year->share);
}

static double length(const working_year *year) {
    return year->table.steps * year->table.step_days;
}

/* Sums the working part of every step that overlaps [from, to]: slow, and right by definition. */
static double naive_between(const working_year *year, double from, double to) {
    double work = 0.0;
    for (uint32_t i = 0; i < year->table.steps; i++) {
        double start = fmax(from, i * year->table.step_days);
        double end = fmin(to, (i + 1) * year->table.step_days);
        work += year->share[i] * fmax(end - start, 0.0);
    }
    return work;
}

typedef void check_table(const working_year *year, hw_draws *draws, double tolerance);

static void for_many_tables(check_table *check) {
    static working_year year;
    for (uint64_t seed = 0; seed < TABLES; seed++) {
        hw_draws draws;
        fill(&year, seed, &draws);
        double tolerance = 1e-12 * (1.0 + length(&year));
        for (int i = 0; i < TRIES; i++) {
            check(&year, &draws, tolerance);
        }
    }
}

static double any_day(const working_year *year, hw_draws *draws) {
    return (1.2 * hw_draws_uniform(draws) - 0.1) * length(year); /* before, in and beyond the table */
}

static void check_against_sum(const working_year *year, hw_draws *draws, double tolerance) {
    double a = any_day(year, draws), b = any_day(year, draws);
    double from = fmin(a, b), to = fmax(a, b);
    assert_near(hw_worktime_between(&year->table, from, to), naive_between(year, from, to), tolerance);
}

static void test_work_between_two_moments_is_the_sum_of_its_steps(void **state) {
    (void)state;
    for_many_tables(check_against_sum);
}

static void check_inverse(const working_year *year, hw_draws *draws, double tolerance) {
    double from = any_day(year, draws);
    double left = hw_worktime_between(&year->table, from, 2.0 * length(year) + 1.0);
    double work = hw_draws_uniform(draws) * left;
    double end = hw_worktime_end(&year->table, from, work);
    assert_true(end >= from);
    if (left > tolerance) {
        assert_true(end <= length(year) * (1.0 + 1e-12));
    }
    assert_near(hw_worktime_between(&year->table, from, end), work, tolerance);
}

static void test_as_much_work_lies_before_its_end_as_was_asked_for(void **state) {
    (void)state;
    for_many_tables(check_inverse);
}

/* An end inside a winter would be a day on which nothing was finished. */
static void check_earliest(const working_year *year, hw_draws *draws, double tolerance) {
    double from = hw_draws_uniform(draws) * length(year);
    double left = hw_worktime_between(&year->table, from, length(year));
    double work = hw_draws_uniform(draws) * left;
    double end = hw_worktime_end(&year->table, from, work);
    double step_days = year->table.step_days;
    if (work < 1e-6 || end - from < 1e-6) {
        return;
    }
    double earlier = fmax(from, end - 1e-3 * step_days);
    double share = year->share[(uint32_t)fmin((0.5 * (earlier + end)) / step_days, year->table.steps - 1)];
    double missing = work - hw_worktime_between(&year->table, from, earlier);
    assert_true(missing > -tolerance);
    if (share > 1e-3) {
        assert_true(missing > 0.0);
    }
}

static void test_less_work_lies_before_any_earlier_moment(void **state) {
    (void)state;
    for_many_tables(check_earliest);
}

static void check_monotone(const working_year *year, hw_draws *draws, double tolerance) {
    (void)tolerance;
    double from = any_day(year, draws), later = from + hw_draws_uniform(draws) * 20.0;
    double work = hw_draws_uniform(draws) * 30.0, more = work + hw_draws_uniform(draws);
    assert_true(hw_worktime_until(&year->table, later) >= hw_worktime_until(&year->table, from));
    assert_true(hw_worktime_end(&year->table, from, more) >= hw_worktime_end(&year->table, from, work));
    double end = hw_worktime_end(&year->table, from, work);
    double later_end = hw_worktime_end(&year->table, later, work);
    assert_true(later_end >= end - 1e-9 || later_end == end);
}

static void test_more_work_and_a_later_start_never_end_earlier(void **state) {
    (void)state;
    for_many_tables(check_monotone);
}

static void test_work_never_decreases_across_the_seams_of_steps(void **state) {
    (void)state;
    static working_year year;
    for (uint64_t seed = 0; seed < TABLES; seed++) {
        hw_draws draws;
        fill(&year, seed, &draws);
        double last = 0.0;
        for (uint32_t i = 0; i <= year.table.steps; i++) {
            double seam = i * year.table.step_days;
            const double near_seam[] = {nextafter(seam, -1.0), seam, nextafter(seam, HUGE_VAL)};
            for (int j = 0; j < 3; j++) {
                double work = hw_worktime_until(&year.table, near_seam[j]);
                assert_true(work >= last);
                last = work;
            }
        }
    }
}

static void check_exhausted(const working_year *year, hw_draws *draws, double tolerance) {
    double from = any_day(year, draws);
    double left = hw_worktime_between(&year->table, from, 2.0 * length(year) + 1.0);
    assert_same(hw_worktime_end(&year->table, from, left + tolerance + 1e-6), HUGE_VAL);
    if (left > tolerance) {
        assert_true(isfinite(hw_worktime_end(&year->table, from, left)));
    }
}

static void test_work_beyond_the_table_never_ends_and_all_that_is_left_does(void **state) {
    (void)state;
    for_many_tables(check_exhausted);
}

static void check_little_to_do(const working_year *year, hw_draws *draws, double tolerance) {
    (void)tolerance;
    double from = any_day(year, draws);
    assert_same(hw_worktime_end(&year->table, from, 0.0), from);
    assert_same(hw_worktime_between(&year->table, from, from), 0.0);
    for (int exponent = -20; exponent < -10; exponent++) { /* lost in the rounding of days */
        assert_true(hw_worktime_end(&year->table, from, pow(10.0, exponent)) >= from);
    }
}

static void test_no_work_ends_where_it_starts_and_hardly_any_not_before(void **state) {
    (void)state;
    for_many_tables(check_little_to_do);
}

static void test_work_that_meets_a_winter_ends_after_it(void **state) {
    (void)state;
    double share[30];
    double cumulative[31 + HW_WORKTIME_STRIDE];
    for (int i = 0; i < 30; i++) {
        share[i] = i >= 10 && i < 20 ? 0.0 : 0.5;
    }
    hw_worktime table = {.cumulative = cumulative, .steps = 30, .step_days = 7.0};
    hw_worktime_fill(&table, share);
    assert_near(hw_worktime_end(&table, 63.0, 3.5), 70.0, 1e-9); /* done on the eve */
    assert_near(hw_worktime_end(&table, 63.0, 4.5), 142.0,
                1e-9); /* one working day left over: two days in spring */
    assert_near(hw_worktime_end(&table, 100.0, 1.0), 142.0, 1e-9);
    assert_near(hw_worktime_between(&table, 63.0, 142.0), 4.5, 1e-9);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_work_between_two_moments_is_the_sum_of_its_steps),
        cmocka_unit_test(test_as_much_work_lies_before_its_end_as_was_asked_for),
        cmocka_unit_test(test_less_work_lies_before_any_earlier_moment),
        cmocka_unit_test(test_more_work_and_a_later_start_never_end_earlier),
        cmocka_unit_test(test_work_never_decreases_across_the_seams_of_steps),
        cmocka_unit_test(test_work_beyond_the_table_never_ends_and_all_that_is_left_does),
        cmocka_unit_test(test_no_work_ends_where_it_starts_and_hardly_any_not_before),
        cmocka_unit_test(test_work_that_meets_a_winter_ends_after_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
