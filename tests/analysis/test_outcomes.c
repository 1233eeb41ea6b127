/* From a real run to a result file and back to answers. */
#include "analysis/base/memory.h"
#include "analysis/results/learnt.h"
#include "analysis/results/reading.h"
#include "analysis/results/subset.h"
#include "analysis/summary/summary.h"
#include "sim/run/earlier.h"
#include "sim/run/experiment.h"
#include "tests/analysis/land_toy.h"
#include "tests/sim/check.h"
#include <unistd.h>

enum { REPLICATIONS = 60 };

static land_toy toy;
static char folder[] = "homeward-outcomes-XXXXXX";

static char *path_of(const char *name) {
    return hw_take_text("%s/%s", folder, name);
}

static void run_toy(const char *path, const char *resolved, uint64_t fail_every) {
    toy.fail_every = fail_every;
    const hw_experiment experiment = {.model = &land_toy_model,
                                      .scenario = &toy,
                                      .layout = &toy.layout,
                                      .seed = 1,
                                      .replications = REPLICATIONS,
                                      .output = path,
                                      .title = "A toy",
                                      .resolved = resolved,
                                      .digest = "0123456789abcdef",
                                      .version = "0",
                                      .progress = HW_PROGRESS_NONE};
    hw_experiment_report report;
    hw_errors errors = {0};
    assert_int_equal(hw_experiment_run(&experiment, &report, &errors), HW_OK);
    toy.fail_every = 0;
}

static int open_folder(void **state) {
    (void)state;
    land_toy_open(&toy);
    return mkdtemp(folder) != NULL ? 0 : -1;
}

static int remove_folder(void **state) {
    (void)state;
    return rmdir(folder);
}

static char *json_of(const hw_outcomes *outcomes) {
    hw_book book = {0};
    hw_errors errors = {0};
    const hw_summary_wish wish = {0};
    assert_int_equal(hw_summary_build(&book, outcomes, &wish, &errors), HW_OK);
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    hw_book_write_json(out, &book);
    fclose(out);
    hw_book_free(&book);
    return text;
}

#define RESOLVED "name: A toy\nstart: 2020-11-10\nhorizon: {value: 2032-12-31, source: made up}\n"

static void test_answers_from_a_file_are_those_of_the_same_replications_in_memory(void **state) {
    (void)state;
    char *path = path_of("toy.h5");
    run_toy(path, RESOLVED, 0);
    hw_outcomes from_file;
    hw_errors errors = {0};
    assert_int_equal(hw_outcomes_open(&from_file, path, &errors), HW_OK);
    hw_outcomes in_memory = land_toy_make(&toy, REPLICATIONS);
    in_memory.model = from_file.model; /* a file says it as "land toy 1" */
    char *filed = json_of(&from_file), *held = json_of(&in_memory);
    assert_string_equal(filed, held);
    free(filed);
    free(held);
    hw_outcomes_close(&from_file);
    land_toy_free(&toy);
    unlink(path);
    free(path);
}

static void test_places_where_nobody_is_to_live_are_left_out_of_returns_but_not_of_releases(void **state) {
    (void)state;
    char *path = path_of("empty.h5");
    run_toy(path,
            RESOLVED "places:\n  Agdam city:\n    population: 5000\n  Ağdam kəndi: {population: 10}\n"
                     "  Shusha:\n    population: {value: 0, source: made up}\n",
            0);
    hw_outcomes outcomes;
    hw_errors errors = {0};
    assert_int_equal(hw_outcomes_open(&outcomes, path, &errors), HW_OK);
    hw_book book = {0};
    const hw_summary_wish wish = {0};
    assert_int_equal(hw_summary_build(&book, &outcomes, &wish, &errors), HW_OK);
    assert_int_equal(hw_book_find(&book, "place_release")->row_count, TOY_PLACES);
    assert_null(hw_book_find(&book, "place_release")->note);
    assert_int_equal(hw_book_find(&book, "place_first_return")->row_count, TOY_PLACES - 1);
    assert_int_equal(hw_book_find(&book, "place_people")->row_count, (TOY_PLACES - 1) * TOY_YEARS);
    assert_non_null(strstr(hw_book_find(&book, "place_first_return")->note, "are left out"));
    hw_book_free(&book);
    hw_outcomes_close(&outcomes);
    unlink(path);
    free(path);
}

static void test_a_place_lies_in_the_district_that_its_scenario_names(void **state) {
    (void)state;
    char *path = path_of("districts.h5");
    run_toy(path,
            RESOLVED "places:\n  Agdam city:\n    district: {value: Agdam, source: made up}\n"
                     "  Shusha:\n    district: Shusha\n",
            0);
    hw_outcomes outcomes;
    hw_errors errors = {0};
    assert_int_equal(hw_outcomes_open(&outcomes, path, &errors), HW_OK);
    assert_int_equal(outcomes.district_of[0], 0);
    assert_int_equal(outcomes.district_of[1], UINT32_MAX); /* the scenario does not tell */
    assert_int_equal(outcomes.district_of[2], 1);
    hw_outcomes_close(&outcomes);
    unlink(path);
    free(path);
}

static void test_failed_replications_come_with_their_keys_and_are_not_counted(void **state) {
    (void)state;
    char *path = path_of("failed.h5");
    run_toy(path, RESOLVED, 20);
    hw_outcomes outcomes;
    hw_errors errors = {0};
    assert_int_equal(hw_outcomes_open(&outcomes, path, &errors), HW_OK);
    assert_int_equal(outcomes.failed_count, 3);
    assert_int_equal(outcomes.count, REPLICATIONS - 3);
    assert_int_equal(outcomes.failed[1].key, 39);
    assert_non_null(strstr(outcomes.failed[1].message, "area is not conserved"));
    hw_outcomes_close(&outcomes);
    unlink(path);
    free(path);
}

static void test_a_file_whose_scenario_has_no_horizon_is_refused(void **state) {
    (void)state;
    char *path = path_of("open.h5");
    run_toy(path, "name: A toy\nstart: 2020-11-10\n", 0);
    hw_outcomes outcomes;
    hw_errors errors = {0};
    assert_int_equal(hw_outcomes_open(&outcomes, path, &errors), HW_ERROR_IO);
    assert_int_equal(errors.count, 1);
    hw_errors_free(&errors);
    unlink(path);
    free(path);
}

static void test_missing_and_foreign_files_are_errors_of_input_and_output(void **state) {
    (void)state;
    char *foreign = path_of("foreign.h5"), *missing = path_of("missing.h5");
    FILE *out = fopen(foreign, "w");
    assert_non_null(out);
    fputs("not a result file", out);
    fclose(out);
    const char *const paths[2] = {foreign, missing};
    for (int i = 0; i < 2; i++) {
        hw_outcomes outcomes;
        hw_errors errors = {0};
        assert_int_equal(hw_outcomes_open(&outcomes, paths[i], &errors), HW_ERROR_IO);
        char *text = hw_errors_text(&errors);
        assert_non_null(strstr(text, paths[i]));
        free(text);
        hw_errors_free(&errors);
    }
    unlink(foreign);
    free(foreign);
    free(missing);
}

/* Also the first of a month is one: of a simulation that ends on it. */
static void test_the_stamp_of_a_span_is_its_last_day(void **state) {
    (void)state;
    hw_outcomes outcomes = {0};
    int64_t last = 0;
    assert_true(hw_date_parse("2020-11-10", &outcomes.start) && hw_date_parse("2020-12-31", &last));
    assert_int_equal(hw_outcomes_last_day(&outcomes, 51), last);     /* 31 December */
    assert_int_equal(hw_outcomes_last_day(&outcomes, 52), last + 1); /* 1 January */
}

static void test_outcomes_answer_only_the_question_that_was_asked_of_this_program(void **state) {
    (void)state;
    char name[HW_MODEL_NAME];
    hw_model later = land_toy_model;
    later.version = "later";
    const hw_outcomes good = {.complete = true,
                              .model = hw_model_name(&land_toy_model, name),
                              .version = HW_VERSION,
                              .digest = "abc",
                              .seed = 3,
                              .asked = 10,
                              .count = 9,
                              .failed_count = 1};
    assert_true(hw_outcomes_answer(&good, &land_toy_model, "abc", 3, 10));
    assert_false(hw_outcomes_answer(&good, &later, "abc", 3, 10));
    assert_false(hw_outcomes_answer(&good, &land_toy_model, "abd", 3, 10));
    assert_false(hw_outcomes_answer(&good, &land_toy_model, "abc", 4, 10));
    assert_false(hw_outcomes_answer(&good, &land_toy_model, "abc", 3, 11));
    hw_outcomes other = good;
    other.version = "0";
    assert_false(hw_outcomes_answer(&other, &land_toy_model, "abc", 3, 10));
    other = good;
    other.code = "00aa"; /* the same version, built from other code */
    hw_model rebuilt = land_toy_model;
    rebuilt.code = "00ab";
    assert_false(hw_outcomes_answer(&other, &land_toy_model, "abc", 3, 10));
    assert_false(hw_outcomes_answer(&other, &rebuilt, "abc", 3, 10));
    rebuilt.code = "00aa";
    assert_true(hw_outcomes_answer(&other, &rebuilt, "abc", 3, 10));
    other = good;
    other.count = 8;
    assert_false(hw_outcomes_answer(&other, &land_toy_model, "abc", 3, 10));
    other = good;
    other.complete = false;
    assert_false(hw_outcomes_answer(&other, &land_toy_model, "abc", 3, 10));
}

/* Weights that only one of four worlds has: the rest says nothing, and a share of nothing or of all is no
 * more and no less. */
static void test_weighed_outcomes_tell_of_what_weighs(void **state) {
    (void)state;
    char *path = path_of("weighed.h5");
    run_toy(path, RESOLVED, 0);
    hw_outcomes outcomes, quarter;
    hw_errors errors = {0};
    assert_int_equal(hw_outcomes_open(&outcomes, path, &errors), HW_OK);
    assert_int_equal(hw_outcomes_open(&quarter, path, &errors), HW_OK);
    uint64_t *at = hw_take(REPLICATIONS / 4, sizeof *at);
    double *weights = hw_take(REPLICATIONS, sizeof *weights);
    for (uint64_t r = 0; r < REPLICATIONS; r++) {
        weights[r] = r % 4 == 0 ? 4.0 / REPLICATIONS : 0;
        at[r / 4] = r % 4 == 0 ? r : at[r / 4];
    }
    hw_outcomes_leave(&quarter, at, REPLICATIONS / 4);
    const hw_learnt few = {.effective = REPLICATIONS / 4.0, .weights = weights};
    assert_int_equal(hw_outcomes_weigh(&outcomes, &few, &errors), HW_ERROR_INPUT); /* so few tell nothing */
    assert_non_null(strstr(errors.items[0].message, "so few tell nothing"));
    hw_reading all, some;
    assert_true(hw_reading_open(&all, &outcomes, "place_release_day", &errors));
    assert_true(hw_reading_open(&some, &quarter, "place_release_day", &errors));
    for (uint32_t place = 0; place < TOY_PLACES; place++) {
        hw_spread one = hw_reading_spread(&all, place, 1), other = hw_reading_spread(&some, place, 1);
        assert_same(one.p50.value, other.p50.value);
        assert_near(one.mean.value, other.mean.value, 1e-9);
        assert_near(hw_reading_missing(&all, place).value, hw_reading_missing(&some, place).value, 1e-12);
        assert_near(hw_reading_until(&all, place, 2000).error, hw_reading_until(&some, place, 2000).error,
                    1e-9);
    }
    assert_same(hw_reading_until(&all, 0, 1e6).value, 1); /* always released */
    hw_reading_close(&all);
    hw_reading_close(&some);
    hw_outcomes_close(&outcomes);
    hw_outcomes_close(&quarter);
    hw_errors_free(&errors);
    unlink(path);
    free(path);
}

/* Very many replications are counted once for all and never looked at again one by one. */
static void test_outcomes_that_are_only_counted_cannot_be_weighed(void **state) {
    (void)state;
    hw_errors errors = {0};
    hw_outcomes outcomes = {.count = HW_EXACT_MOST + 1, .tallies = hw_tallies_create(&toy.layout)};
    const hw_learnt learnt = {.effective = 1000};
    assert_int_equal(hw_outcomes_weigh(&outcomes, &learnt, &errors), HW_ERROR_INPUT);
    assert_non_null(strstr(errors.items[0].message, "too many to weigh"));
    hw_tallies_free(outcomes.tallies);
    hw_errors_free(&errors);
}

int main(int argc, char **argv) {
    hw_ranks_start(&argc, &argv);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_answers_from_a_file_are_those_of_the_same_replications_in_memory),
        cmocka_unit_test(test_places_where_nobody_is_to_live_are_left_out_of_returns_but_not_of_releases),
        cmocka_unit_test(test_a_place_lies_in_the_district_that_its_scenario_names),
        cmocka_unit_test(test_failed_replications_come_with_their_keys_and_are_not_counted),
        cmocka_unit_test(test_a_file_whose_scenario_has_no_horizon_is_refused),
        cmocka_unit_test(test_missing_and_foreign_files_are_errors_of_input_and_output),
        cmocka_unit_test(test_the_stamp_of_a_span_is_its_last_day),
        cmocka_unit_test(test_outcomes_answer_only_the_question_that_was_asked_of_this_program),
        cmocka_unit_test(test_weighed_outcomes_tell_of_what_weighs),
        cmocka_unit_test(test_outcomes_that_are_only_counted_cannot_be_weighed),
    };
    int failed = cmocka_run_group_tests(tests, open_folder, remove_folder);
    hw_ranks_end();
    return failed;
}
