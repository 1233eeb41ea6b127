#include "analysis/results/question.h"
#include "analysis/results/until.h"
#include "sim/length.h"
#include "tests/analysis/land_toy.h"
#include "tests/sim/check.h"

static land_toy toy;
static int64_t start, horizon;

static int open_toy(void **state) {
    (void)state;
    land_toy_open(&toy);
    return hw_date_parse(LAND_TOY_START, &start) && hw_date_parse(LAND_TOY_HORIZON, &horizon) ? 0 : -1;
}

static hw_status read_rule(const char *text, hw_until *until, hw_stop_rule *rule, char **message) {
    hw_errors errors = {0};
    hw_status status = hw_until_read(until, rule, text, &toy.layout, start, horizon, &errors);
    *message = hw_errors_text(&errors);
    hw_errors_free(&errors);
    return status;
}

static void test_a_rule_is_read_however_it_is_spaced_and_signed(void **state) {
    (void)state;
    static const char *const texts[] = {
        "p(Agdam city by 2026-12-31) ± 0.02",  "P( Agdam city  by 2026-12-31 )±0.02",
        "p(Agdam city by 2026-12-31) +- 0.02", "  p (Agdam city by 2026-12-31) +/- 2 %",
        "p(Agdam city by 2026-12-31) ± 2%",
    };
    for (size_t i = 0; i < HW_LENGTH(texts); i++) {
        hw_until until;
        hw_stop_rule rule;
        char *message;
        assert_int_equal(read_rule(texts[i], &until, &rule, &message), HW_OK);
        assert_string_equal(until.variable->name, "place_release_day");
        assert_int_equal(until.element, 0);
        assert_near(rule.half_width, 0.02, 1e-12);
        free(message);
    }
}

static void test_a_name_that_is_no_place_may_be_a_district(void **state) {
    (void)state;
    hw_until until;
    hw_stop_rule rule;
    char *message;
    assert_int_equal(read_rule("p(Agdam by 2030-06-30) ± 0.1", &until, &rule, &message), HW_OK);
    assert_string_equal(until.variable->name, "district_completion_day");
    free(message);
}

static void test_a_name_of_a_place_and_a_district_says_which(void **state) {
    (void)state;
    hw_until until;
    hw_stop_rule rule;
    char *message;
    assert_int_equal(read_rule("p(Shusha by 2030-06-30) ± 0.1", &until, &rule, &message), HW_ERROR_INPUT);
    assert_non_null(strstr(message, "is a place and a district: say 'place:Shusha' or 'district:Shusha'"));
    free(message);
    assert_int_equal(read_rule("p(place:Shusha by 2030-06-30) ± 0.1", &until, &rule, &message), HW_OK);
    assert_string_equal(until.variable->name, "place_release_day");
    free(message);
    assert_int_equal(read_rule("p(district: Shusha by 2030-06-30) ± 0.1", &until, &rule, &message), HW_OK);
    assert_string_equal(until.variable->name, "district_completion_day");
    free(message);
    assert_int_equal(read_rule("p(place:Agdam by 2030-06-30) ± 0.1", &until, &rule, &message),
                     HW_ERROR_INPUT);
    free(message);
}

static void test_questions_about_a_name_of_both_say_which(void **state) {
    (void)state;
    const hw_outcomes shape = {.layout = &toy.layout, .start = start, .horizon = horizon};
    static const struct {
        const char *asked;
        bool place, district;
    } cases[] = {{"Shusha", false, false},         {"place:Shusha", true, false},
                 {"district:Shusha", false, true}, {"Agdam city", true, false},
                 {"Agdam", false, true},           {"district:Agdam city", false, false},
                 {"place:Agdam", false, false},    {"district:Agdam", false, true}};
    for (size_t i = 0; i < HW_LENGTH(cases); i++) {
        hw_errors errors = {0};
        uint32_t place, district;
        hw_status status = hw_question_place(&shape, cases[i].asked, &place, &district, &errors);
        assert_int_equal(status, cases[i].place || cases[i].district ? HW_OK : HW_ERROR_INPUT);
        if (status == HW_OK) {
            assert_int_equal(place != UINT32_MAX, cases[i].place);
            assert_int_equal(district != UINT32_MAX, cases[i].district);
        }
        assert_int_equal(errors.count, status == HW_OK ? 0 : 1);
        hw_errors_free(&errors);
    }
}

static void test_what_is_wrong_with_a_rule_is_said(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"Agdam city", "wants 'p(PLACE by DATE)"},
        {"p(Agdam city 2026-12-31) ± 0.02", "wants 'p(PLACE by DATE)"},
        {"p(Agdam city by 2026-12-31) 0.02", "wants 'p(PLACE by DATE)"},
        {"p(Agdam city by 2026-12-31) ± 0", "half-width between 0 and 0.5"},
        {"p(Agdam city by 2026-12-31) ± 0.5", "half-width between 0 and 0.5"},
        {"p(Agdam city by 2026-12-31) ± 0.02 x", "half-width between 0 and 0.5"},
        {"p(Agdam city by 2026-12-31) ± nan", "half-width between 0 and 0.5"},
        {"p(Agdm city by 2026-12-31) ± 0.02", "did you mean 'Agdam city'?"},
        {"p(Agdam city by 2026-02-30) ± 0.02", "'2026-02-30' is not a date"},
        {"p(Agdam city by 2033-01-01) ± 0.02", "outside of what is simulated"},
        {"p(Agdam city by 2020-11-09) ± 0.02", "outside of what is simulated"},
        {"p(Quux by 2026-12-31) ± 0.02", "no place or district 'Quux'"},
    };
    for (size_t i = 0; i < HW_LENGTH(cases); i++) {
        hw_until until;
        hw_stop_rule rule;
        char *message;
        assert_int_equal(read_rule(cases[i][0], &until, &rule, &message), HW_ERROR_INPUT);
        assert_non_null(strstr(message, cases[i][1]));
        free(message);
    }
}

/* The rule counts a day as the summary prints it: any time of that calendar day is "by" it. */
static void test_it_has_happened_by_the_end_of_the_day_and_never_when_censored(void **state) {
    (void)state;
    static const char *const rules[] = {
        "p(Ağdam kəndi by 2020-11-20) ± 0.1", "p(place:Shusha by 2020-11-20) ± 0.1",
        "p(Agdam by 2020-11-20) ± 0.1"}; /* the last in a variable of floats */
    for (size_t i = 0; i < 3; i++) {
        hw_until until;
        hw_stop_rule rule;
        char *message;
        assert_int_equal(read_rule(rules[i], &until, &rule, &message), HW_OK);
        free(message);
        unsigned char *record = calloc(1, toy.layout.bytes);
        toy_set(until.variable, record, until.element, 10.75);
        assert_true(rule.happened(rule.context, record));
        toy_set(until.variable, record, until.element, 11.0);
        assert_false(rule.happened(rule.context, record));
        toy_set(until.variable, record, until.element, (double)NAN);
        assert_false(rule.happened(rule.context, record));
        free(record);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_rule_is_read_however_it_is_spaced_and_signed),
        cmocka_unit_test(test_a_name_that_is_no_place_may_be_a_district),
        cmocka_unit_test(test_a_name_of_a_place_and_a_district_says_which),
        cmocka_unit_test(test_questions_about_a_name_of_both_say_which),
        cmocka_unit_test(test_what_is_wrong_with_a_rule_is_said),
        cmocka_unit_test(test_it_has_happened_by_the_end_of_the_day_and_never_when_censored),
    };
    return cmocka_run_group_tests(tests, open_toy, NULL);
}
