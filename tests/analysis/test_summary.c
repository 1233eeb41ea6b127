#include "analysis/base/memory.h"
#include "analysis/figures/estimate.h"
#include "analysis/summary/summary.h"
#include "tests/analysis/land_toy.h"
#include "tests/sim/check.h"

enum { REPLICATIONS = 120 };

static land_toy toy;
static hw_outcomes outcomes;
static hw_book book;
static const hw_summary_wish everything;

static int open_toy(void **state) {
    (void)state;
    land_toy_open(&toy);
    outcomes = land_toy_make(&toy, REPLICATIONS);
    hw_errors errors = {0};
    return hw_summary_build(&book, &outcomes, &everything, &errors) == HW_OK ? 0 : -1;
}

static int close_toy(void **state) {
    (void)state;
    hw_book_free(&book);
    land_toy_free(&toy);
    return 0;
}

static const hw_sheet *sheet_named(const char *name) {
    const hw_sheet *sheet = hw_book_find(&book, name);
    assert_non_null(sheet);
    return sheet;
}

static const hw_cell *cell_of(const hw_sheet *sheet, size_t row, const char *column) {
    uint32_t index = hw_sheet_find_column(sheet, column);
    assert_int_not_equal(index, HW_NO_COLUMN);
    return hw_sheet_cell(sheet, row, index);
}

static double number_of(const hw_sheet *sheet, size_t row, const char *column) {
    const hw_cell *cell = cell_of(sheet, row, column);
    assert_int_equal(cell->kind, HW_CELL_NUMBER);
    return cell->number;
}

/* What replication r says, straight from its record. */
static double raw(uint64_t r, const char *variable, size_t element) {
    return toy_get(hw_record_find(&toy.layout, variable), toy.records + r * toy.layout.bytes, element);
}

/* How many release a place on or before a day, counted by hand. */
static uint32_t count_released(uint32_t place, int64_t by) {
    uint32_t count = 0;
    for (uint64_t r = 0; r < REPLICATIONS; r++) {
        double day = raw(r, "place_release_day", place);
        if (!isnan(day) && outcomes.start + (int64_t)day <= by) {
            count++;
        }
    }
    return count;
}

static void test_a_tenth_half_and_nine_tenths_are_released_by_the_quantiles(void **state) {
    (void)state;
    static const char *const names[3] = {"p10", "p50", "p90"};
    static const uint32_t least[3] = {REPLICATIONS / 10, REPLICATIONS / 2, REPLICATIONS / 10 * 9};
    const hw_sheet *sheet = sheet_named("place_release");
    assert_int_equal(sheet->row_count, TOY_PLACES);
    int numbers = 0, after = 0;
    for (uint32_t place = 0; place < TOY_PLACES; place++) {
        for (int q = 0; q < 3; q++) {
            const hw_cell *cell = cell_of(sheet, place, names[q]);
            if (cell->kind == HW_CELL_AFTER) {
                assert_true(count_released(place, outcomes.horizon) < least[q]);
                assert_true(cell->number == (double)outcomes.horizon);
                after++;
            } else {
                assert_int_equal(cell->kind, HW_CELL_DATE);
                assert_true(count_released(place, (int64_t)cell->number) >= least[q]);
                assert_true(count_released(place, (int64_t)cell->number - 1) < least[q]);
                numbers++;
            }
        }
    }
    assert_in_range(numbers, 5, 8); /* the toy has both kinds */
    assert_int_equal(numbers + after, 9);
}

static void test_probability_by_a_date_is_the_counted_share_and_never_falls(void **state) {
    (void)state;
    const hw_sheet *sheet = sheet_named("place_release_by");
    assert_int_equal(sheet->row_count, TOY_PLACES * 2); /* ends of 2026 and 2030 are inside the span */
    for (uint32_t place = 0; place < TOY_PLACES; place++) {
        for (uint32_t d = 0; d < 2; d++) {
            size_t row = place * 2 + d;
            double by = cell_of(sheet, row, "by")->number, p = number_of(sheet, row, "probability");
            assert_near(p, 100.0 * count_released(place, (int64_t)by) / REPLICATIONS, 1e-6);
            assert_true(number_of(sheet, row, "probability_low") <= p + 1e-6);
            assert_true(number_of(sheet, row, "probability_high") >= p - 1e-6);
            if (d > 0) {
                assert_true(p >= number_of(sheet, row - 1, "probability"));
            }
        }
    }
}

static void test_released_by_the_horizon_and_censored_are_everything(void **state) {
    (void)state;
    const hw_summary_wish wish = {.by = &outcomes.horizon, .by_count = 1};
    hw_book asked = {0};
    hw_errors errors = {0};
    assert_int_equal(hw_summary_build(&asked, &outcomes, &wish, &errors), HW_OK);
    const hw_sheet *by = hw_book_find(&asked, "place_release_by"),
                   *release = hw_book_find(&asked, "place_release");
    assert_int_equal(by->row_count, TOY_PLACES * 3);
    for (uint32_t place = 0; place < TOY_PLACES; place++) {
        double censored = number_of(release, place, "censored");
        assert_near(number_of(by, place * 3 + 2, "probability") + censored, 100, 1e-6);
    }
    hw_book_free(&asked);
}

static void test_monthly_series_tell_of_a_year_by_its_last_month(void **state) {
    (void)state;
    const hw_sheet *sheet = sheet_named("ledgers");
    assert_int_equal(sheet->row_count, TOY_YEARS * TOY_LEDGERS);
    for (uint32_t year = 0; year < TOY_YEARS; year++) {
        for (uint32_t ledger = 0; ledger < TOY_LEDGERS; ledger++) {
            size_t row = year * TOY_LEDGERS + ledger, month = 1 + 12 * year; /* November 2020 is month 0 */
            double sum = 0;
            for (uint64_t r = 0; r < REPLICATIONS; r++) {
                sum += raw(r, "ledger_m2", month * TOY_LEDGERS + ledger) / 1e4;
            }
            assert_true(number_of(sheet, row, "year") == 2020 + year);
            assert_string_equal(cell_of(sheet, row, "ledger")->text, toy_labels[AXIS_LEDGER][ledger]);
            assert_near(number_of(sheet, row, "mean"), sum / REPLICATIONS, 1e-6 * sum);
        }
    }
}

static void test_sums_over_years_are_taken_replication_by_replication(void **state) {
    (void)state;
    const hw_sheet *sheet = sheet_named("spending_by_purpose");
    assert_int_equal(sheet->row_count, 3);
    for (uint32_t purpose = 0; purpose < 3; purpose++) {
        double totals[REPLICATIONS];
        for (uint64_t r = 0; r < REPLICATIONS; r++) {
            totals[r] = 0;
            for (uint32_t year = 0; year < TOY_YEARS; year++) {
                totals[r] += raw(r, "purpose_spent_usd", purpose * TOY_YEARS + year) * 1e-6;
            }
        }
        hw_sort_censored(totals, REPLICATIONS);
        assert_near(number_of(sheet, purpose, "p50"), totals[REPLICATIONS / 2 - 1], 1e-6);
        assert_near(number_of(sheet, purpose, "p90"), totals[REPLICATIONS / 10 * 9 - 1], 1e-6);
    }
}

static void test_casualties_until_the_horizon_are_those_of_the_last_month(void **state) {
    (void)state;
    const hw_sheet *all = sheet_named("casualties"), *by_year = sheet_named("casualties_by_year");
    assert_int_equal(all->row_count, 4);
    for (uint32_t victim = 0; victim < 4; victim++) {
        assert_near(number_of(all, victim, "mean"), number_of(by_year, (TOY_YEARS - 1) * 4 + victim, "mean"),
                    1e-6);
    }
}

static void test_districts_are_told_by_hazard_and_period(void **state) {
    (void)state;
    const hw_sheet *sheet = sheet_named("district_ledgers");
    assert_int_equal(sheet->row_count, 2 * 2 * TOY_LEDGERS * TOY_YEARS);
    size_t row = ((1 * 2 + 0) * TOY_LEDGERS + 3) * TOY_YEARS + 5;
    assert_string_equal(cell_of(sheet, row, "district")->text, "Shusha");
    assert_string_equal(cell_of(sheet, row, "hazard")->text, "mined");
    assert_string_equal(cell_of(sheet, row, "ledger")->text, "mine_cleared");
    int64_t day;
    assert_true(hw_date_parse("2025-12-31", &day));
    assert_int_equal(cell_of(sheet, row, "until")->kind, HW_CELL_DATE);
    assert_true(cell_of(sheet, row, "until")->number == (double)day);
    double sum = 0;
    for (uint64_t r = 0; r < REPLICATIONS; r++) {
        sum += raw(r, "district_ledger_m2", row) / 1e4;
    }
    assert_near(number_of(sheet, row, "mean"), sum / REPLICATIONS, 1e-6 * sum);
}

static void test_one_place_brings_only_what_tells_of_it(void **state) {
    (void)state;
    const hw_summary_wish wish = {.place = "Ağdam kəndi"};
    hw_book one = {0};
    hw_errors errors = {0};
    assert_int_equal(hw_summary_build(&one, &outcomes, &wish, &errors), HW_OK);
    assert_null(hw_book_find(&one, "ledgers"));
    assert_null(hw_book_find(&one, "district_completion"));
    const hw_sheet *people = hw_book_find(&one, "place_people");
    assert_int_equal(people->row_count, TOY_YEARS);
    for (size_t row = 0; row < people->row_count; row++) {
        assert_string_equal(cell_of(people, row, "place")->text, "Ağdam kəndi");
        assert_true(people->shown[row]);
    }
    hw_book_free(&one);
}

static void test_a_name_of_place_and_district_must_say_which(void **state) {
    (void)state;
    static const char *const asked[] = {"place:Shusha", "district:Shusha"};
    static const char *const sheets[] = {"place_release", "district_completion"};
    for (size_t i = 0; i < 2; i++) {
        const hw_summary_wish wish = {.place = asked[i]};
        hw_book one = {0};
        hw_errors errors = {0};
        assert_int_equal(hw_summary_build(&one, &outcomes, &wish, &errors), HW_OK);
        assert_int_equal(hw_book_find(&one, sheets[i])->row_count, 1);
        const hw_sheet *other = hw_book_find(&one, sheets[1 - i]);
        assert_true(other == NULL || other->row_count == 0);
        hw_book_free(&one);
    }
    const hw_summary_wish either = {.place = "Shusha"};
    hw_book none = {0};
    hw_errors errors = {0};
    assert_int_equal(hw_summary_build(&none, &outcomes, &either, &errors), HW_ERROR_INPUT);
    char *text = hw_errors_text(&errors);
    assert_non_null(strstr(text, "say 'place:Shusha' or 'district:Shusha'"));
    free(text);
    hw_errors_free(&errors);
}

static void test_wrong_questions_are_told_all_at_once_with_the_nearest_name(void **state) {
    (void)state;
    int64_t late = outcomes.horizon + 1;
    const hw_summary_wish wish = {.place = "Agdam citty", .by = &late, .by_count = 1};
    hw_book none = {0};
    hw_errors errors = {0};
    assert_int_equal(hw_summary_build(&none, &outcomes, &wish, &errors), HW_ERROR_INPUT);
    assert_int_equal(errors.count, 2);
    char *text = hw_errors_text(&errors);
    assert_non_null(strstr(text, "did you mean 'Agdam city'?"));
    assert_non_null(strstr(text, "2033-01-01 is outside"));
    assert_int_equal(none.count, 0);
    free(text);
    hw_errors_free(&errors);
}

static void test_without_good_replications_nothing_is_told(void **state) {
    (void)state;
    hw_outcomes empty = outcomes;
    empty.count = 0;
    hw_book none = {0};
    hw_errors errors = {0};
    assert_int_equal(hw_summary_build(&none, &empty, &everything, &errors), HW_ERROR_LAW);
    hw_errors_free(&errors);
}

static char *printed(const hw_outcomes *of, const hw_book *what) {
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    hw_summary_print_head(out, of);
    if (what != NULL) {
        hw_book_print(out, what);
    }
    fclose(out);
    return text;
}

static void test_the_terminal_shows_no_line_over_110_columns(void **state) {
    (void)state;
    const hw_summary_wish wish = {.every_year = true};
    hw_book wide = {0};
    hw_errors errors = {0};
    assert_int_equal(hw_summary_build(&wide, &outcomes, &wish, &errors), HW_OK);
    char *text = printed(&outcomes, &wide), *rest = text;
    size_t lines = 0;
    for (char *line; (line = strsep(&rest, "\n")); lines++) {
        assert_in_range(hw_text_width(line), 0, 110);
    }
    assert_true(lines > 150);
    free(text);
    hw_book_free(&wide);
}

static void test_failures_and_gaps_are_told_loudly(void **state) {
    (void)state;
    hw_failed_replication failed[2] = {{3, "area is not conserved"}, {8, "money is not conserved"}};
    hw_outcomes broken = outcomes;
    broken.failed = failed;
    broken.failed_count = 2;
    broken.asked = 500;
    broken.complete = false;
    char *quiet = printed(&outcomes, NULL), *loud = printed(&broken, NULL);
    assert_null(strstr(quiet, "!!!"));
    assert_non_null(strstr(loud, "!!! 2 REPLICATIONS FAILED"));
    assert_non_null(strstr(loud, "replication 8: money is not conserved"));
    assert_non_null(strstr(loud, "INCOMPLETE: 122 of 500"));
    free(quiet);
    free(loud);
    hw_book about = {0};
    hw_summary_add_about(&about, &broken);
    assert_int_equal(hw_book_find(&about, "failed_replications")->row_count, 2);
    hw_book_free(&about);
}

static void test_what_only_files_show_is_not_built_for_the_terminal(void **state) {
    (void)state;
    const hw_summary_wish wish = {.terminal_only = true};
    hw_book little = {0};
    hw_errors errors = {0};
    assert_int_equal(hw_summary_build(&little, &outcomes, &wish, &errors), HW_OK);
    assert_null(hw_book_find(&little, "district_ledgers"));
    char *short_text = printed(&outcomes, &little), *full_text = printed(&outcomes, &book);
    assert_string_equal(short_text, full_text);
    free(short_text);
    free(full_text);
    hw_book_free(&little);
}

static void test_only_the_named_sheets_are_built_and_they_are_the_same(void **state) {
    (void)state;
    static const char *const names[] = {"place_delay", "casualties", NULL};
    const hw_summary_wish wish = {.only = names};
    hw_book little = {0};
    hw_errors errors = {0};
    assert_int_equal(hw_summary_build(&little, &outcomes, &wish, &errors), HW_OK);
    assert_int_equal(little.count, 3); /* and what was run */
    const hw_sheet *alone = hw_book_find(&little, "place_delay"), *among = sheet_named("place_delay");
    assert_int_equal(alone->row_count, TOY_PLACES * TOY_CAUSES);
    for (size_t row = 0; row < alone->row_count; row++) {
        assert_true(hw_sheet_cell(alone, row, 2)->number == hw_sheet_cell(among, row, 2)->number);
    }
    hw_book_free(&little);
}

/* Means add up where quantiles do not. */
static void test_delays_by_cause_add_up_to_the_mean_time_to_release(void **state) {
    (void)state;
    const hw_sheet *sheet = sheet_named("place_delay");
    for (uint32_t place = 0; place < TOY_PLACES; place++) {
        double told = 0, counted = 0;
        for (uint32_t cause = 0; cause < TOY_CAUSES; cause++) {
            told += number_of(sheet, place * TOY_CAUSES + cause, "mean");
            for (uint64_t r = 0; r < REPLICATIONS; r++) {
                counted += raw(r, "place_delay_days", place * TOY_CAUSES + cause) / REPLICATIONS;
            }
        }
        assert_true(counted > 0);
        assert_near(told, counted, 1e-6 * counted);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_tenth_half_and_nine_tenths_are_released_by_the_quantiles),
        cmocka_unit_test(test_probability_by_a_date_is_the_counted_share_and_never_falls),
        cmocka_unit_test(test_released_by_the_horizon_and_censored_are_everything),
        cmocka_unit_test(test_monthly_series_tell_of_a_year_by_its_last_month),
        cmocka_unit_test(test_sums_over_years_are_taken_replication_by_replication),
        cmocka_unit_test(test_casualties_until_the_horizon_are_those_of_the_last_month),
        cmocka_unit_test(test_districts_are_told_by_hazard_and_period),
        cmocka_unit_test(test_one_place_brings_only_what_tells_of_it),
        cmocka_unit_test(test_a_name_of_place_and_district_must_say_which),
        cmocka_unit_test(test_wrong_questions_are_told_all_at_once_with_the_nearest_name),
        cmocka_unit_test(test_without_good_replications_nothing_is_told),
        cmocka_unit_test(test_the_terminal_shows_no_line_over_110_columns),
        cmocka_unit_test(test_failures_and_gaps_are_told_loudly),
        cmocka_unit_test(test_only_the_named_sheets_are_built_and_they_are_the_same),
        cmocka_unit_test(test_delays_by_cause_add_up_to_the_mean_time_to_release),
        cmocka_unit_test(test_what_only_files_show_is_not_built_for_the_terminal),
    };
    return cmocka_run_group_tests(tests, open_toy, close_toy);
}
