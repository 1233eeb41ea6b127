#include "sim/length.h"
#include "sim/run/precision.h"
#include "sim/run/results.h"
#include "tests/run/toy_run.h"

static const char JOURNAL[] = "out.h5.journal-0";

static hw_results *open_results(const char *path) {
    hw_status status = HW_OK;
    hw_errors errors = {0};
    hw_results *results = hw_results_open_as(path, HW_SEALED_ONLY, &status, &errors);
    assert_int_equal(status, HW_OK);
    assert_non_null(results);
    return results;
}

static void test_every_replication_is_good_or_failed_and_in_the_result(void **state) {
    (void)state;
    toy_run run;
    toy_run_make(&run, "out.h5", 50);
    run.scenario.fail_every = 7;
    assert_int_equal(toy_run_do(&run), HW_OK);
    assert_int_equal(run.report.finished, 50);
    assert_int_equal(run.report.failed, 7);
    assert_int_equal(run.report.ranks, 1);
    assert_false(run.report.interrupted);
    assert_true(run.report.events > 0);
    hw_results *results = open_results("out.h5");
    assert_int_equal(hw_results_about(results)->count + hw_results_about(results)->failed_count, 50);
    assert_int_equal(hw_results_about(results)->failed_count, 7);
    assert_true(hw_results_about(results)->complete);
    hw_results_close(results);
    assert_false(file_exists(JOURNAL));
    assert_false(file_exists("out.h5.homeward-partial"));
    toy_run_free(&run);
}

static void test_a_run_without_replications_gives_an_empty_result(void **state) {
    (void)state;
    toy_run run;
    toy_run_make(&run, "out.h5", 0);
    assert_int_equal(toy_run_do(&run), HW_OK);
    hw_results *results = open_results("out.h5");
    assert_int_equal(hw_results_about(results)->count, 0);
    assert_true(hw_results_about(results)->complete);
    hw_results_close(results);
    toy_run_free(&run);
}

static void test_a_signal_keeps_what_is_finished_and_the_next_run_does_the_rest(void **state) {
    (void)state;
    toy_run run;
    toy_run_make(&run, "undisturbed.h5", 40);
    run.scenario.fail_every = 9;
    assert_int_equal(toy_run_do(&run), HW_OK);
    uint64_t all_events = run.report.events;

    run.experiment.output = "out.h5";
    run.scenario.signal = SIGINT;
    run.scenario.signal_at = 24;
    assert_int_equal(toy_run_do(&run), HW_OK);
    assert_true(run.report.interrupted);
    assert_int_equal(run.report.finished, 25);
    uint64_t first_events = run.report.events;
    hw_results *results = open_results("out.h5");
    assert_false(hw_results_about(results)->complete);
    assert_int_equal(hw_results_about(results)->asked, 40);
    assert_int_equal(hw_results_about(results)->count + hw_results_about(results)->failed_count, 25);
    hw_results_close(results);
    assert_true(file_exists(JOURNAL));

    run.scenario.signal = 0;
    assert_int_equal(toy_run_do(&run), HW_OK);
    assert_false(run.report.interrupted);
    assert_int_equal(run.report.finished, 40);
    assert_int_equal(run.report.events, all_events - first_events);
    assert_same_bytes("undisturbed.h5", "out.h5");
    assert_false(file_exists(JOURNAL));
    toy_run_free(&run);
}

/* What comes while the last replication of a study runs comes too late for it, and stops the next one. */
static void test_a_wish_to_stop_is_never_lost_between_two_studies(void **state) {
    (void)state;
    toy_run first, next;
    toy_run_make(&first, "first.h5", 40);
    first.scenario.signal = SIGINT;
    first.scenario.signal_at = 39;
    assert_int_equal(toy_run_do(&first), HW_OK);
    toy_run_make(&next, "next.h5", 40);
    hw_status status = toy_run_do(&next);
    assert_false(first.report.interrupted);
    assert_int_equal(status, HW_ERROR_INTERRUPTED);
    assert_false(file_exists("next.h5"));
    assert_int_equal(toy_run_do(&next), HW_OK);
    assert_false(next.report.interrupted);
    assert_int_equal(next.report.finished, 40);
    toy_run_free(&first);
    toy_run_free(&next);
}

static void test_a_replication_found_twice_counts_once(void **state) {
    (void)state;
    toy_run run;
    toy_run_make(&run, "undisturbed.h5", 40);
    run.scenario.fail_every = 9;
    assert_int_equal(toy_run_do(&run), HW_OK);
    run.experiment.output = "out.h5";
    run.scenario.signal = SIGINT;
    run.scenario.signal_at = 24;
    assert_int_equal(toy_run_do(&run), HW_OK);
    size_t size = 0;
    unsigned char *bytes = read_file(JOURNAL, &size);
    write_file("out.h5.journal-12", bytes, size);
    free(bytes);
    run.scenario.signal = 0;
    assert_int_equal(toy_run_do(&run), HW_OK);
    assert_int_equal(run.report.finished, 40);
    assert_int_equal(run.report.failed, 4);
    assert_same_bytes("undisturbed.h5", "out.h5");
    assert_false(file_exists("out.h5.journal-12"));
    toy_run_free(&run);
}

static void test_a_signal_before_the_first_replication_leaves_nothing(void **state) {
    (void)state;
    toy_run run;
    toy_run_make(&run, "none.h5", 10);
    run.scenario.signal = SIGTERM;
    run.scenario.signal_at = TOY_AT_CREATION;
    assert_int_equal(toy_run_do(&run), HW_ERROR_INTERRUPTED);
    assert_says(&run.errors, "stopped before any replication was finished");
    assert_false(file_exists("none.h5"));
    assert_false(file_exists("none.h5.journal-0"));
    toy_run_free(&run);
}

static void test_signals_mean_again_what_they_meant_before_the_run(void **state) {
    (void)state;
    toy_run run;
    toy_run_make(&run, "out.h5", 3);
    struct sigaction before = {.sa_handler = SIG_IGN};
    struct sigaction after;
    sigaction(SIGTERM, &before, NULL);
    assert_int_equal(toy_run_do(&run), HW_OK);
    sigaction(SIGTERM, NULL, &after);
    assert_true(after.sa_handler == SIG_IGN);
    signal(SIGTERM, SIG_DFL);
    toy_run_free(&run);
}

static void test_fewer_replications_than_are_in_the_journals_need_no_work(void **state) {
    (void)state;
    toy_run run;
    toy_run_make(&run, "undisturbed.h5", 30);
    assert_int_equal(toy_run_do(&run), HW_OK);
    toy_run_free(&run);

    toy_run_make(&run, "out.h5", 100);
    run.scenario.signal = SIGINT;
    run.scenario.signal_at = 49;
    assert_int_equal(toy_run_do(&run), HW_OK);
    assert_int_equal(run.report.finished, 50);
    run.scenario.signal = 0;
    run.experiment.replications = 30; /* fewer than are there */
    assert_int_equal(toy_run_do(&run), HW_OK);
    assert_int_equal(run.report.finished, 30);
    assert_int_equal(run.report.events, 0);
    assert_same_bytes("undisturbed.h5", "out.h5");
    toy_run_free(&run);
}

static void test_a_run_to_precision_stops_at_the_first_look_that_is_precise(void **state) {
    (void)state;
    toy_run run;
    toy_run_make(&run, "out.h5", 5000);
    hw_stop_rule stop = {.happened = toy_late, .context = &run.layout.layout, .half_width = 0.045};
    run.experiment.stop = &stop;
    assert_int_equal(toy_run_do(&run), HW_OK);
    uint64_t stopped_at = run.report.finished;
    assert_true(run.report.half_width <= stop.half_width);
    assert_true(stopped_at == 200 || stopped_at == 400 || stopped_at == 800);
    double reached = run.report.half_width;

    hw_results *results = open_results("out.h5");
    hw_errors errors = {0};
    double *days = hw_results_read(results, "release_day", &errors);
    uint64_t late = 0;
    uint64_t late_at_look_before = 0;
    for (uint64_t i = 0; i < stopped_at; i++) {
        late += days[i * TOY_SITES] > 300.0;
        late_at_look_before += i < stopped_at / 2 && days[i * TOY_SITES] > 300.0;
    }
    assert_true(hw_wilson_half_width(late, stopped_at) == reached);
    assert_true(hw_wilson_half_width(late_at_look_before, stopped_at / 2) > stop.half_width);
    assert_true(hw_results_about(results)->complete);
    free(days);
    hw_results_close(results);
    toy_run_free(&run);
}

static void test_a_run_to_precision_resumes_to_the_same_bytes(void **state) {
    (void)state;
    toy_run run;
    toy_run_make(&run, "undisturbed.h5", 5000);
    hw_stop_rule stop = {.happened = toy_late, .context = &run.layout.layout, .half_width = 0.045};
    run.experiment.stop = &stop;
    run.scenario.fail_every = 11;
    assert_int_equal(toy_run_do(&run), HW_OK);
    uint64_t finished = run.report.finished;
    run.experiment.output = "out.h5";
    run.scenario.signal = SIGINT;
    run.scenario.signal_at = 150;
    assert_int_equal(toy_run_do(&run), HW_OK);
    assert_true(run.report.interrupted);
    run.scenario.signal = 0;
    assert_int_equal(toy_run_do(&run), HW_OK);
    assert_int_equal(run.report.finished, finished);
    assert_same_bytes("undisturbed.h5", "out.h5");
    toy_run_free(&run);
}

static void test_an_unreachable_precision_ends_at_the_most(void **state) {
    (void)state;
    toy_run run;
    toy_run_make(&run, "out.h5", 250);
    hw_stop_rule stop = {.happened = toy_late, .context = &run.layout.layout, .half_width = 1e-6};
    run.experiment.stop = &stop;
    assert_int_equal(toy_run_do(&run), HW_OK);
    assert_int_equal(run.report.finished, 250);
    assert_true(run.report.half_width > stop.half_width);
    toy_run_free(&run);
}

static void test_an_older_result_is_replaced(void **state) {
    (void)state;
    toy_run run;
    toy_run_make(&run, "out.h5", 5);
    assert_int_equal(toy_run_do(&run), HW_OK);
    run.experiment.replications = 8;
    assert_int_equal(toy_run_do(&run), HW_OK);
    hw_results *results = open_results("out.h5");
    assert_int_equal(hw_results_about(results)->count, 8);
    hw_results_close(results);
    toy_run_free(&run);
}

static void test_what_is_not_a_result_is_never_replaced(void **state) {
    (void)state;
    toy_run run;
    toy_run_make(&run, "scenario.yaml", 5);
    write_file("scenario.yaml", "title: mine\n", 12);
    assert_int_equal(toy_run_do(&run), HW_ERROR_INPUT);
    assert_says(&run.errors, "scenario.yaml is a scenario or another file in YAML, which is never replaced");
    size_t size = 0;
    unsigned char *bytes = read_file("scenario.yaml", &size);
    assert_int_equal(size, 12);
    assert_memory_equal(bytes, "title: mine\n", 12);
    free(bytes);
    run.experiment.output = "..";
    assert_int_equal(toy_run_do(&run), HW_ERROR_INPUT);
    assert_says(&run.errors, ".. is a folder");
    toy_run_free(&run);
}

typedef struct change {
    const char *says;
    uint64_t seed, replications;
    const char *digest, *output;
} change;

static void
test_a_finished_result_is_replaced_by_the_same_question_with_no_fewer_replications_only(void **state) {
    (void)state;
    static const char other[] = "ffffffffffffffffffffffffffffffff";
    static const char same[] = "00112233445566778899aabbccddeeff";
    static const change refused[] = {
        {"holds a result with another seed, 7", 8, 20, same, "kept.h5"},
        {"holds a finished result with more replications, 20", 7, 19, same, "kept.h5"},
        {"holds the result of another scenario", 7, 20, other, "kept.h5"},
        {"is not a result file that Homeward wrote", 7, 20, same, "foreign.h5"},
    };
    toy_run run;
    toy_run_make(&run, "kept.h5", 20);
    assert_int_equal(toy_run_do(&run), HW_OK);
    write_file("foreign.h5", "what somebody else wrote", 24);
    assert_int_equal(link("kept.h5", "copy.h5"), 0); /* a result is never written into, but replaced */
    for (size_t i = 0; i < HW_LENGTH(refused); i++) {
        run.experiment.rules = NULL;
        run.experiment.seed = refused[i].seed;
        run.experiment.replications = refused[i].replications;
        run.experiment.digest = refused[i].digest;
        run.experiment.output = refused[i].output;
        assert_int_equal(toy_run_do(&run), HW_ERROR_INPUT);
        assert_says(&run.errors, refused[i].says);
        assert_int_equal(run.report.finished, 0); /* before the work */
        assert_same_bytes("kept.h5", "copy.h5");
    }
    run.experiment.seed = 7;
    run.experiment.output = "kept.h5";
    run.experiment.digest = same;
    run.experiment.replications = 21;
    assert_int_equal(toy_run_do(&run), HW_OK);
    run.experiment.replications = 19;
    run.experiment.rules = &replace_results;
    assert_int_equal(toy_run_do(&run), HW_OK);
    toy_run_free(&run);
}

static void test_an_interrupted_run_leaves_a_finished_result_where_it_is(void **state) {
    (void)state;
    toy_run run;
    toy_run_make(&run, "whole.h5", 20);
    run.experiment.rules = NULL;
    assert_int_equal(toy_run_do(&run), HW_OK);
    assert_int_equal(link("whole.h5", "whole-copy.h5"), 0);
    run.experiment.replications = 60;
    run.scenario.signal = SIGINT;
    run.scenario.signal_at = 29;
    assert_int_equal(toy_run_do(&run), HW_ERROR_INTERRUPTED);
    assert_says(&run.errors, "30 of 60 replications, which are kept in whole.h5.journal-*");
    assert_same_bytes("whole.h5", "whole-copy.h5");
    run.scenario.signal = 0;
    assert_int_equal(toy_run_do(&run), HW_OK);
    assert_int_equal(run.report.finished, 60);
    hw_results *results = open_results("whole.h5");
    assert_int_equal(hw_results_about(results)->count, 60);
    hw_results_close(results);
    toy_run_free(&run);
}

static void test_a_missing_folder_is_named(void **state) {
    (void)state;
    toy_run run;
    toy_run_make(&run, "no/such/folder/out.h5", 5);
    assert_int_equal(toy_run_do(&run), HW_ERROR_IO);
    assert_says(&run.errors, "cannot write no/such/folder/out.h5: No such file or directory");
    toy_run_free(&run);
}

static void test_the_same_question_gives_the_same_bytes_and_another_seed_others(void **state) {
    (void)state;
    toy_run run;
    toy_run_make(&run, "one.h5", 20);
    assert_int_equal(toy_run_do(&run), HW_OK);
    run.experiment.output = "two.h5";
    assert_int_equal(toy_run_do(&run), HW_OK);
    assert_same_bytes("one.h5", "two.h5");
    run.experiment.seed++;
    assert_int_equal(toy_run_do(&run), HW_OK);
    size_t sizes[2];
    unsigned char *one = read_file("one.h5", &sizes[0]);
    unsigned char *two = read_file("two.h5", &sizes[1]);
    assert_true(sizes[0] != sizes[1] || memcmp(one, two, sizes[0]) != 0);
    free(one);
    free(two);
    toy_run_free(&run);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_replication_is_good_or_failed_and_in_the_result),
        cmocka_unit_test(test_a_run_without_replications_gives_an_empty_result),
        cmocka_unit_test(test_a_signal_keeps_what_is_finished_and_the_next_run_does_the_rest),
        cmocka_unit_test(test_a_wish_to_stop_is_never_lost_between_two_studies),
        cmocka_unit_test(test_a_replication_found_twice_counts_once),
        cmocka_unit_test(test_a_signal_before_the_first_replication_leaves_nothing),
        cmocka_unit_test(test_signals_mean_again_what_they_meant_before_the_run),
        cmocka_unit_test(test_fewer_replications_than_are_in_the_journals_need_no_work),
        cmocka_unit_test(test_a_run_to_precision_stops_at_the_first_look_that_is_precise),
        cmocka_unit_test(test_a_run_to_precision_resumes_to_the_same_bytes),
        cmocka_unit_test(test_an_unreachable_precision_ends_at_the_most),
        cmocka_unit_test(test_an_older_result_is_replaced),
        cmocka_unit_test(test_what_is_not_a_result_is_never_replaced),
        cmocka_unit_test(
            test_a_finished_result_is_replaced_by_the_same_question_with_no_fewer_replications_only),
        cmocka_unit_test(test_an_interrupted_run_leaves_a_finished_result_where_it_is),
        cmocka_unit_test(test_a_missing_folder_is_named),
        cmocka_unit_test(test_the_same_question_gives_the_same_bytes_and_another_seed_others),
    };
    return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
