#include "analysis/compare/sweep_choice.h"
#include "tests/sim/check.h"
#include <stdlib.h>
#include <string.h>

enum { POINTS = 8 };

/* Two rules by two rates by two days, in each of the scenarios one after another. */
static char *rules[POINTS] = {"nearest", "a, or b", "nearest", "a, or b",
                              "nearest", "a, or b", "nearest", "a, or b"};
static double rates[POINTS] = {50000, 50000, 123456.789, 123456.789, 50000, 50000, 123456.789, 123450};
static double days[POINTS] = {18628, 18628, 18628, 18628, 18993, 18993, 18993, 18993};
static double shares[POINTS] = {0.1, 0.1, 0.1, 0.1, 0.35, 0.35, 0.35, 0.35};
static char *labels[POINTS] = {"now", "now", "now", "now", "more", "more", "more", "more"};
static char **words[4] = {rules, NULL, NULL, NULL};
static double *numbers[4] = {NULL, rates, days, shares};
static const hw_sweep_factor_info factors[4] = {
    {.name = "rule", .path = "planning.rule", .units = "1", .text = true},
    {.name = "rate", .path = "methods.survey.rate", .units = "m2/day"},
    {.name = "day", .path = "levers.treaty.on", .units = "days since 1970-01-01"},
    {.name = "share", .path = "districts.Agdam.undiscovered", .units = "1"}};
static const hw_sweep_about about = {.points = POINTS};
static const hw_sweep_sample sample = {.about = &about,
                                       .factors.info = factors,
                                       .factors.count = 4,
                                       .factors.numbers = numbers,
                                       .factors.words = words,
                                       .scenario = labels,
                                       .case_count = 2};

/* The points that a text means, as bits. */
static unsigned chosen(const char *text) {
    bool marks[POINTS] = {false};
    hw_errors errors = {0};
    hw_status status = hw_sweep_choose(&sample, text, "--base", marks, &errors);
    if (status != HW_OK) {
        print_error("%s\n", errors.items[0].message);
    }
    assert_int_equal(status, HW_OK);
    unsigned bits = 0;
    for (unsigned p = 0; p < POINTS; p++) {
        bits |= (unsigned)marks[p] << p;
    }
    return bits;
}

static void assert_refused(const char *text, const char *words_of_it) {
    bool marks[POINTS] = {false};
    hw_errors errors = {0};
    assert_int_equal(hw_sweep_choose(&sample, text, "--base", marks, &errors), HW_ERROR_INPUT);
    char *told = hw_errors_text(&errors);
    if (strstr(told, words_of_it) == NULL) {
        print_error("%s: %s", text, told);
    }
    assert_non_null(strstr(told, words_of_it));
    assert_non_null(strstr(told, "--base"));
    for (unsigned p = 0; p < POINTS; p++) {
        assert_false(marks[p]);
    }
    free(told);
    hw_errors_free(&errors);
}

static void test_a_number_is_a_point(void **state) {
    (void)state;
    assert_int_equal(chosen("0"), 1);
    assert_int_equal(chosen("7"), 0x80);
    assert_refused("8", "there is no point 8; points go from 0 to 7");
    assert_refused("99999999999999999999999", "there is no point");
}

static void test_all_conditions_are_met(void **state) {
    (void)state;
    assert_int_equal(chosen("rule=nearest"), 0x55);
    assert_int_equal(chosen("rule=nearest,rate=50000"), 0x11);
    assert_int_equal(chosen(" rule = nearest , scenario = more "), 0x50);
    assert_int_equal(chosen("scenario=now"), 0x0f);
}

static void test_values_may_hold_commas(void **state) {
    (void)state;
    assert_int_equal(chosen("rule=a, or b"), 0xaa);
    assert_int_equal(chosen("rule=a, or b,day=2022-01-01"), 0xa0);
}

static void test_numbers_may_have_any_unit_of_their_kind(void **state) {
    (void)state;
    assert_int_equal(chosen("rate=5 ha/day"), 0x33);
    assert_int_equal(chosen("share=35 %"), 0xf0);
    assert_int_equal(chosen("share=0.35"), 0xf0);
    assert_int_equal(chosen("day=2021-01-01"), 0x0f);
    assert_refused("rate=5 ha", "'5 ha' is no value of rate (m2/day)");
    assert_refused("rate=fast", "'fast' is no value of rate");
}

static void test_four_digits_are_enough_but_exact_ones_win(void **state) {
    (void)state;
    assert_int_equal(chosen("rate=123500"), 0xcc); /* 123456.789 and 123450, as a table shows both */
    assert_int_equal(chosen("rate=123450"), 0x80);
    assert_int_equal(chosen("rate=123456.789"), 0x4c);
}

static void test_what_there_is_not_is_told_with_what_there_is(void **state) {
    (void)state;
    assert_refused("rul=nearest", "'rul' is no factor of this sweep; did you mean 'rule'?");
    assert_refused("17th", "expected the number of a point");
    assert_refused("", "expected the number of a point");
    assert_refused("rule=worst", "no point has rule=worst; there are nearest, a, or b");
    assert_refused("scenario=later", "no point has scenario=later; there are now, more");
    assert_refused("scenario=now,day=2022-01-01", "none with all of them");
}

static void test_points_are_named_by_their_values(void **state) {
    (void)state;
    char *name = hw_sweep_sample_name(&sample, 2, 0);
    assert_string_equal(name, "2: now, rule=nearest, rate=123500 m2/day, day=2021-01-01, share=0.1");
    free(name);
    hw_sweep_sample more = sample; /* with five factors only those that differ are named */
    hw_sweep_factor_info five[5];
    memcpy(five, factors, sizeof factors);
    five[4] = (hw_sweep_factor_info){.name = "again", .path = "x", .units = "1"};
    double *five_numbers[5] = {NULL, rates, days, shares, shares};
    char **five_words[5] = {rules, NULL, NULL, NULL, NULL};
    more.factors.info = five;
    more.factors.count = 5;
    more.factors.numbers = five_numbers;
    more.factors.words = five_words;
    name = hw_sweep_sample_name(&more, 2, 0);
    assert_string_equal(name, "2: now, rate=123500 m2/day");
    free(name);
    name = hw_sweep_sample_name(&more, 7, 0);
    assert_string_equal(name,
                        "7: more, rule=a, or b, rate=123400 m2/day, day=2022-01-01, share=0.35 and 1 more");
    free(name);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_number_is_a_point),
        cmocka_unit_test(test_all_conditions_are_met),
        cmocka_unit_test(test_values_may_hold_commas),
        cmocka_unit_test(test_numbers_may_have_any_unit_of_their_kind),
        cmocka_unit_test(test_four_digits_are_enough_but_exact_ones_win),
        cmocka_unit_test(test_what_there_is_not_is_told_with_what_there_is),
        cmocka_unit_test(test_points_are_named_by_their_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
