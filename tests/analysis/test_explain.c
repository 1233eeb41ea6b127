#include "analysis/base/memory.h"
#include "analysis/summary/explain.h"
#include "tests/analysis/land_toy.h"
#include "tests/sim/check.h"

enum { REPLICATIONS = 101 };

static land_toy toy;
static hw_outcomes outcomes;

static int open_toy(void **state) {
    (void)state;
    land_toy_open(&toy);
    outcomes = land_toy_make(&toy, REPLICATIONS);
    return 0;
}

static int close_toy(void **state) {
    (void)state;
    land_toy_free(&toy);
    return 0;
}

static double raw(uint64_t r, const char *variable, size_t element) {
    return toy_get(hw_record_find(&toy.layout, variable), toy.records + r * toy.layout.bytes, element);
}

static hw_book explain(const char *place) {
    hw_book book = {0};
    hw_errors errors = {0};
    assert_int_equal(hw_explain_build(&book, &outcomes, place, &errors), HW_OK);
    assert_int_equal(errors.count, 0);
    return book;
}

static double number_of(const hw_sheet *sheet, size_t row, const char *column) {
    const hw_cell *cell = hw_sheet_cell(sheet, row, hw_sheet_find_column(sheet, column));
    assert_int_equal(cell->kind, HW_CELL_NUMBER);
    return cell->number;
}

static void test_half_of_the_replications_are_released_by_the_median_one(void **state) {
    (void)state;
    const double nan = (double)NAN;
    const double days[7] = {50, nan, 10, 40, 20, nan, 30};
    assert_int_equal(hw_median_replication(days, NULL, 7), 3); /* 10 20 30 40 50 - - : the fourth */
    const double even[4] = {4, 1, 3, 2};
    assert_int_equal(hw_median_replication(even, NULL, 4),
                     3); /* the smaller of the two in the middle: it occurred */
    const double equal[5] = {7, 7, 7, 7, 7};
    assert_int_equal(hw_median_replication(equal, NULL, 5), 2); /* ties in the order of replications */
    const double mostly[5] = {nan, 1, nan, 2, nan};
    assert_int_equal(hw_median_replication(mostly, NULL, 5),
                     0); /* censored ones stand last, the first of them */
}

static void test_mean_days_by_cause_add_up_to_the_mean_time_that_passed(void **state) {
    (void)state;
    for (uint32_t place = 0; place < TOY_PLACES; place++) {
        hw_book book = explain(toy_labels[AXIS_PLACE][place]);
        const hw_sheet *delay = hw_book_find(&book, "delay");
        assert_int_equal(delay->row_count, TOY_CAUSES);
        double passed = 0, charged = 0, shares = 0;
        for (uint64_t r = 0; r < REPLICATIONS; r++) {
            double day = raw(r, "place_release_day", place);
            passed += (isnan(day) ? toy.horizon : day) / REPLICATIONS;
        }
        for (uint32_t cause = 0; cause < TOY_HOUSING; cause++) {
            charged += number_of(delay, cause, "mean");
            shares += number_of(delay, cause, "share");
        }
        assert_near(charged, passed, 0.01);
        assert_near(shares, 100, 1e-3);
        assert_int_equal(hw_sheet_cell(delay, TOY_HOUSING, hw_sheet_find_column(delay, "share"))->kind,
                         HW_CELL_EMPTY);
        hw_book_free(&book);
    }
}

static void test_days_that_nobody_is_charged_for_are_found_and_told(void **state) {
    (void)state;
    land_toy broken;
    land_toy_open(&broken);
    broken.lose_days = true; /* 40 days in replication 3 */
    hw_outcomes bad = land_toy_make(&broken, 10);
    hw_book book = {0};
    hw_errors errors = {0};
    assert_int_equal(hw_explain_build(&book, &bad, "Agdam city", &errors), HW_ERROR_LAW);
    char *text = hw_errors_text(&errors);
    assert_non_null(strstr(text, "40.00 days"));
    assert_non_null(strstr(text, "replication 3"));
    assert_non_null(
        strstr(hw_book_find(&book, "delay")->note, "!!!")); /* the tables are there all the same */
    free(text);
    hw_errors_free(&errors);
    hw_book_free(&book);
    land_toy_free(&broken);
}

static void test_story_tells_the_steps_of_the_median_replication_in_order(void **state) {
    (void)state;
    double days[REPLICATIONS];
    for (uint64_t r = 0; r < REPLICATIONS; r++) {
        days[r] = raw(r, "place_release_day", 0);
    }
    uint64_t median = hw_median_replication(days, NULL, REPLICATIONS);
    hw_book book = explain("Agdam city");
    const hw_sheet *story = hw_book_find(&book, "story"), *delay = hw_book_find(&book, "story_delay");
    char *name = hw_take_text("replication %d of seed 1", (int)median);
    assert_non_null(strstr(story->title, name));
    assert_non_null(strstr(story->title, "not a forecast"));
    assert_int_equal(story->row_count, TOY_STEPS);
    for (uint32_t step = 0; step < TOY_STEPS; step++) {
        assert_near(number_of(story, step, "day"), raw(median, "place_step_day", step), 1e-6);
    }
    double charged = 0;
    for (uint32_t cause = 0; cause < TOY_HOUSING; cause++) {
        charged += number_of(delay, cause, "days");
    }
    assert_near(charged, days[median], 0.01);
    free(name);
    hw_book_free(&book);
}

static void test_censored_median_is_said_and_unreached_steps_come_last_as_after_the_horizon(void **state) {
    (void)state;
    hw_book book = explain("Shusha");
    const hw_sheet *story = hw_book_find(&book, "story");
    assert_non_null(strstr(story->note, "past the end of the simulation"));
    assert_non_null(strstr(story->note, "not released by 2032-12-31"));
    const hw_cell *last = hw_sheet_cell(story, TOY_STEPS - 1, 0);
    assert_int_equal(last->kind, HW_CELL_AFTER);
    assert_true(last->number == (double)outcomes.horizon);
    hw_book_free(&book);
}

static void test_unknown_place_is_told_with_the_nearest_one(void **state) {
    (void)state;
    hw_book book = {0};
    hw_errors errors = {0};
    assert_int_equal(hw_explain_build(&book, &outcomes, "Shusah", &errors), HW_ERROR_INPUT);
    char *text = hw_errors_text(&errors);
    assert_non_null(strstr(text, "did you mean 'Shusha'?"));
    assert_int_equal(book.count, 0);
    free(text);
    hw_errors_free(&errors);
}

static void test_outcomes_without_a_delay_ledger_are_refused(void **state) {
    (void)state;
    hw_variable *delay = NULL;
    for (uint32_t i = 0; i < toy.layout.variable_count; i++) {
        if (strcmp(toy.variables[i].name, "place_delay_days") == 0) {
            delay = &toy.variables[i];
        }
    }
    assert_non_null(delay);
    delay->name = "something_else";
    hw_book book = {0};
    hw_errors errors = {0};
    assert_int_equal(hw_explain_build(&book, &outcomes, "Shusha", &errors), HW_ERROR_IO);
    delay->name = "place_delay_days";
    assert_int_equal(errors.count, 1);
    hw_errors_free(&errors);
    hw_book_free(&book);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_half_of_the_replications_are_released_by_the_median_one),
        cmocka_unit_test(test_mean_days_by_cause_add_up_to_the_mean_time_that_passed),
        cmocka_unit_test(test_days_that_nobody_is_charged_for_are_found_and_told),
        cmocka_unit_test(test_story_tells_the_steps_of_the_median_replication_in_order),
        cmocka_unit_test(test_censored_median_is_said_and_unreached_steps_come_last_as_after_the_horizon),
        cmocka_unit_test(test_unknown_place_is_told_with_the_nearest_one),
        cmocka_unit_test(test_outcomes_without_a_delay_ledger_are_refused),
    };
    return cmocka_run_group_tests(tests, open_toy, close_toy);
}
