#include "analysis/base/memory.h"
#include "analysis/compare/compare.h"
#include "sim/statistics.h"
#include "tests/analysis/land_toy.h"
#include "tests/sim/check.h"

enum { WORLDS = 150 };

/* Two toys: the variant releases Agdam city 40 days sooner in every third world, Shusha never where it was
 * late, and leaves the village as it is. */
static land_toy toys[2];
static hw_outcomes samples[2];
static const hw_compare_wish everything;

static unsigned char *record(int toy, uint64_t r) {
    return toys[toy].records + r * toys[toy].layout.bytes;
}

static double raw(int toy, uint64_t r, const char *variable, size_t element) {
    return toy_get(hw_record_find(&toys[toy].layout, variable), record(toy, r), element);
}

static int open_toys(void **state) {
    (void)state;
    for (int i = 0; i < 2; i++) {
        land_toy_open(&toys[i]);
        samples[i] = land_toy_make(&toys[i], WORLDS);
    }
    for (uint64_t r = 0; r < WORLDS; r++) {
        double city = raw(0, r, "place_release_day", 0), shusha = raw(0, r, "place_release_day", 2);
        toy_put(&toys[1], record(1, r), "place_release_day", 0, r % 3 == 0 ? city - 40 : city);
        toy_put(&toys[1], record(1, r), "place_release_day", 2, shusha > 3900 ? (double)NAN : shusha);
    }
    return 0;
}

static int close_toys(void **state) {
    (void)state;
    land_toy_free(&toys[0]);
    land_toy_free(&toys[1]);
    return 0;
}

static hw_book compared(const hw_outcomes *base, const hw_outcomes *variant, const hw_compare_wish *wish) {
    const hw_contender one = {.name = "base", .outcomes = base},
                       other = {.name = "variant", .outcomes = variant};
    hw_book book = {0};
    hw_errors errors = {0};
    hw_status status = hw_compare_build(&book, &one, &other, 1, wish, &errors);
    if (status != HW_OK) {
        print_error("%s", hw_errors_text(&errors));
    }
    assert_int_equal(status, HW_OK);
    return book;
}

static const hw_cell *cell_of(const hw_book *book, const char *sheet_name, size_t row, const char *column) {
    const hw_sheet *sheet = hw_book_find(book, sheet_name);
    assert_non_null(sheet);
    return hw_sheet_cell(sheet, row, hw_sheet_find_column(sheet, column));
}

static double number_of(const hw_book *book, const char *sheet, size_t row, const char *column) {
    const hw_cell *cell = cell_of(book, sheet, row, column);
    assert_int_equal(cell->kind, HW_CELL_NUMBER);
    return cell->number;
}

static const char *text_of(const hw_book *book, const char *sheet, size_t row, const char *column) {
    return cell_of(book, sheet, row, column)->text;
}

/* Every sheet of differences. */
static bool has_differences(const hw_sheet *sheet) {
    return hw_sheet_find_column(sheet, "difference") != HW_NO_COLUMN;
}

static void test_results_do_not_differ_from_themselves(void **state) {
    (void)state;
    hw_book book = compared(&samples[0], &samples[0], &everything);
    size_t rows = 0;
    for (uint32_t s = 0; s < book.count; s++) {
        for (size_t row = 0; has_differences(&book.sheets[s]) && row < book.sheets[s].row_count;
             row++, rows++) {
            const char *name = book.sheets[s].name;
            assert_same(number_of(&book, name, row, "difference"), 0);
            assert_string_equal(text_of(&book, name, row, "verdict"), "same in all worlds");
        }
    }
    assert_true(rows > 30);
    assert_string_equal(text_of(&book, "findings", 0, "finding"),
                        "All 3 places are released on the same days in all worlds.");
    hw_book_free(&book);
}

static void test_exchanging_base_and_variant_turns_every_sign(void **state) {
    (void)state;
    hw_book forth = compared(&samples[0], &samples[1], &everything);
    hw_book back = compared(&samples[1], &samples[0], &everything);
    assert_int_equal(forth.count, back.count);
    for (uint32_t s = 0; s < forth.count; s++) {
        for (size_t row = 0; has_differences(&forth.sheets[s]) && row < forth.sheets[s].row_count; row++) {
            const char *name = forth.sheets[s].name;
            assert_same(number_of(&forth, name, row, "difference"),
                        -number_of(&back, name, row, "difference"));
            assert_same(number_of(&forth, name, row, "base"), number_of(&back, name, row, "variant"));
            assert_same(number_of(&forth, name, row, "lower"), number_of(&back, name, row, "higher"));
            const hw_cell *low = cell_of(&forth, name, row, "difference_low"),
                          *high = cell_of(&back, name, row, "difference_high");
            assert_int_equal(low->kind, high->kind);
            if (low->kind == HW_CELL_NUMBER) {
                assert_same(low->number, -high->number);
            }
            assert_string_equal(text_of(&forth, name, row, "verdict"), text_of(&back, name, row, "verdict"));
        }
    }
    hw_book_free(&forth);
    hw_book_free(&back);
}

static void test_what_is_not_released_counts_to_the_horizon(void **state) {
    (void)state;
    hw_book book = compared(&samples[0], &samples[1], &everything);
    double end = (double)(samples[0].horizon - samples[0].start) + 1, base = 0, variant = 0;
    double differing = 0, never[2] = {0};
    for (uint64_t r = 0; r < WORLDS; r++) {
        double x = raw(0, r, "place_release_day", 2), y = raw(1, r, "place_release_day", 2);
        base += (isnan(x) ? end : x) / WORLDS;
        variant += (isnan(y) ? end : y) / WORLDS;
        differing += !isnan(x) && isnan(y);
        never[0] += isnan(x);
        never[1] += isnan(y);
    }
    assert_true(differing > 2 && never[0] > 10); /* the toy has both */
    assert_near(number_of(&book, "place_release", 2, "base"), base, 1e-5);
    assert_near(number_of(&book, "place_release", 2, "difference"), variant - base, 1e-5);
    assert_true(variant - base > 0);
    assert_same(number_of(&book, "place_release", 2, "higher"), differing);
    assert_near(number_of(&book, "place_never", 2, "difference"), 100 * (never[1] - never[0]) / WORLDS, 1e-6);
    hw_book_free(&book);
}

static void test_forty_days_in_a_third_of_the_worlds_are_thirteen_in_the_mean(void **state) {
    (void)state;
    hw_book book = compared(&samples[0], &samples[1], &everything);
    assert_near(number_of(&book, "place_release", 0, "difference"), -40.0 / 3, 1e-8);
    /* Two values, 0 and -40, a third of them the latter; t of 49 degrees of freedom. */
    double variance = 1600.0 * (1.0 / 3) * (2.0 / 3) * WORLDS / (WORLDS - 1);
    assert_near(number_of(&book, "place_release", 0, "difference_error"), 2.009575 * sqrt(variance / WORLDS),
                1e-4);
    assert_same(number_of(&book, "place_release", 0, "lower"), 50);
    assert_string_equal(text_of(&book, "place_release", 0, "verdict"), "clear among all");
    assert_string_equal(text_of(&book, "place_release", 1, "verdict"), "same in all worlds");
    hw_moments base = {0}, variant = {0};
    for (uint64_t r = 0; r < WORLDS; r++) {
        hw_moments_add(&base, raw(0, r, "place_release_day", 0));
        hw_moments_add(&variant, raw(1, r, "place_release_day", 0));
    }
    assert_near(number_of(&book, "place_release", 0, "saving"),
                (hw_moments_variance(&base) + hw_moments_variance(&variant)) / variance, 1e-4);
    hw_book_free(&book);
}

static void test_probabilities_by_a_date_are_counted_world_by_world(void **state) {
    (void)state;
    int64_t by = 0;
    hw_date_parse("2024-06-30", &by);
    const hw_compare_wish wish = {.by = &by, .by_count = 1};
    hw_book book = compared(&samples[0], &samples[1], &wish);
    int gained = 0;
    for (uint64_t r = 0; r < WORLDS; r++) {
        gained += raw(1, r, "place_release_day", 0) < (double)(by - samples[0].start + 1) &&
                  raw(0, r, "place_release_day", 0) >= (double)(by - samples[0].start + 1);
    }
    assert_true(gained > 0);
    assert_same(cell_of(&book, "place_release_by", 0, "by")->number, (double)by);
    assert_same(number_of(&book, "place_release_by", 0, "higher"), gained);
    assert_near(number_of(&book, "place_release_by", 0, "difference"), 100.0 * gained / WORLDS, 1e-8);
    hw_book_free(&book);
}

static void test_places_are_matched_by_name(void **state) {
    (void)state;
    /* The variant lists Shusha first, and calls the village otherwise. */
    static const char *const others[] = {"Shusha", "Agdam city", "A new village"};
    land_toy other = toys[1];
    hw_outcomes changed = samples[1];
    hw_axis axes[TOY_AXES];
    memcpy(axes, other.axes, sizeof axes);
    axes[AXIS_PLACE].labels = others;
    hw_record_layout layout = other.layout;
    layout.axes = axes;
    changed.layout = &layout;
    hw_book book = compared(&samples[0], &changed, &everything);
    const hw_sheet *sheet = hw_book_find(&book, "place_release");
    assert_int_equal(sheet->row_count, 2);
    assert_string_equal(text_of(&book, "place_release", 0, "place"), "Agdam city");
    double village = 0;
    for (uint64_t r = 0; r < WORLDS; r++) {
        double day = raw(1, r, "place_release_day", 1); /* where the variant has Agdam city */
        village += (isnan(day) ? toys[1].horizon : day) / WORLDS;
    }
    assert_near(number_of(&book, "place_release", 0, "variant"), village, 1e-4);
    assert_int_equal(hw_book_find(&book, "not_in_both")->row_count, 2);
    assert_string_equal(text_of(&book, "not_in_both", 1, "name"), "A new village");
    hw_book_free(&book);
}

static void test_pairs_with_a_failure_in_either_are_left_out_and_counted(void **state) {
    (void)state;
    /* The base lacks replications 5 and 6, the variant 6 and 7; rows move up. */
    static uint64_t keys[2][WORLDS];
    hw_outcomes part[2] = {samples[0], samples[1]};
    hw_failed_replication failed[2][2] = {{{5, "x"}, {6, "x"}}, {{6, "x"}, {7, "x"}}};
    land_toy holed[2] = {toys[0], toys[1]};
    for (int i = 0; i < 2; i++) {
        holed[i].records = hw_take(WORLDS, toys[i].layout.bytes);
        uint64_t kept = 0;
        for (uint64_t r = 0; r < WORLDS; r++) {
            if (r != failed[i][0].key && r != failed[i][1].key) {
                keys[i][kept] = r;
                memcpy(holed[i].records + kept++ * toys[i].layout.bytes, record(i, r), toys[i].layout.bytes);
            }
        }
        holed[i].count = kept;
        part[i].count = kept;
        part[i].keys = keys[i];
        part[i].source = &holed[i];
        part[i].failed = failed[i];
        part[i].failed_count = 2;
    }
    hw_book book = compared(&part[0], &part[1], &everything);
    assert_near(number_of(&book, "place_release", 0, "difference"), -40.0 * 49 / (WORLDS - 3),
                1e-8); /* 6 is a third */
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    hw_compare_print_warnings(out, &book);
    fclose(out);
    assert_non_null(strstr(text, "variant: 3 replications FAILED"));
    free(text);
    hw_book_free(&book);
    free(holed[0].records);
    free(holed[1].records);
}

static char *refusal(const hw_outcomes *variant, hw_status expected) {
    const hw_contender one = {.name = "base", .outcomes = &samples[0]},
                       other = {.name = "variant", .outcomes = variant};
    hw_book book = {0};
    hw_errors errors = {0};
    assert_int_equal(hw_compare_build(&book, &one, &other, 1, &everything, &errors), expected);
    char *text = hw_errors_text(&errors);
    hw_errors_free(&errors);
    hw_book_free(&book);
    return text;
}

static void test_other_worlds_are_refused_with_every_reason(void **state) {
    (void)state;
    hw_outcomes other = samples[1];
    other.seed = 2;
    other.model = "land toy 2";
    other.horizon++;
    other.start++;
    char *text = refusal(&other, HW_ERROR_INPUT);
    assert_non_null(strstr(text, "seeds 1 and 2"));
    assert_non_null(strstr(text, "land toy 2"));
    assert_non_null(strstr(text, "they start on 2020-11-10 and on 2020-11-11"));
    assert_non_null(strstr(text, "they end on"));
    free(text);
    other = samples[1];
    other.count--;
    text = refusal(&other, HW_ERROR_INPUT);
    assert_non_null(strstr(text, "150 and 149 replications"));
    free(text);
    other = samples[1];
    other.resolved = "start: 2020-11-10\nlayout: {block: 40 ha}\n";
    samples[0].resolved = "start: 2020-11-10\nlayout: {block: 20 ha}\n";
    text = refusal(&other, HW_ERROR_INPUT);
    samples[0].resolved = NULL;
    assert_non_null(strstr(text, "layout.block is 20 ha and 40 ha"));
    free(text);
}

static void test_an_unfinished_run_is_compared_as_far_as_it_goes_and_this_is_said(void **state) {
    (void)state;
    hw_outcomes other = samples[1];
    other.complete = false;
    other.count = 100;
    hw_book book = compared(&samples[0], &other, &everything);
    const hw_sheet *about = hw_book_find(&book, "about");
    bool told = false;
    for (size_t row = 0; row < about->row_count; row++) {
        told = told || (strcmp(text_of(&book, "about", row, "fact"), "pairs left out, not finished") == 0 &&
                        strcmp(text_of(&book, "about", row, "value"), "50") == 0);
    }
    assert_true(told);
    hw_book_free(&book);
    other.count = 1;
    free(refusal(&other, HW_ERROR_LAW));
}

static void test_one_place_brings_what_tells_of_it_and_of_all(void **state) {
    (void)state;
    static const char *const asked[] = {"place:Shusha", "district:Shusha"};
    static const char *const sheets[] = {"place_release", "district_completion"};
    for (size_t i = 0; i < 2; i++) {
        const hw_compare_wish wish = {.place = asked[i]};
        hw_book book = compared(&samples[0], &samples[1], &wish);
        assert_int_equal(hw_book_find(&book, sheets[i])->row_count, 1);
        const hw_sheet *other = hw_book_find(&book, sheets[1 - i]);
        assert_true(other == NULL || other->row_count == 0);
        assert_true(hw_book_find(&book, "victims")->row_count > 4);
        hw_book_free(&book);
    }
}

static void test_several_variants_stand_side_by_side_without_lines_over_110_columns(void **state) {
    (void)state;
    const hw_contender base = {.name = "base", .outcomes = &samples[0]},
                       variants[3] = {{.name = "a", .outcomes = &samples[0]},
                                      {.name = "b", .outcomes = &samples[1]},
                                      {.name = "c", .outcomes = &samples[1]}};
    hw_book book = {0};
    hw_errors errors = {0};
    assert_int_equal(hw_compare_build(&book, &base, variants, 3, &everything, &errors), HW_OK);
    assert_int_equal(hw_book_find(&book, "place_release")->row_count, 9);
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    hw_compare_print_head(out, &book);
    hw_book_print(out, &book);
    fclose(out);
    char *rest = text;
    for (char *line; (line = strsep(&rest, "\n"));) {
        assert_in_range(hw_text_width(line), 0, 112);
    }
    free(text);
    hw_book_free(&book);
}

static void test_a_variant_may_have_a_base_of_its_own(void **state) {
    (void)state;
    const hw_contender base = {.name = "base", .outcomes = &samples[0]},
                       other = {.name = "other", .outcomes = &samples[1]},
                       variants[3] = {{.name = "a", .outcomes = &samples[1]},
                                      {.name = "b", .outcomes = &samples[0], .base = &other},
                                      {.name = "c", .outcomes = &samples[1]}};
    hw_book book = {0};
    hw_errors errors = {0};
    assert_int_equal(hw_compare_build(&book, &base, variants, 3, &everything, &errors), HW_OK);
    const char *sheets[] = {"place_release", "victims", "money"};
    for (int s = 0; s < 3; s++) {
        size_t each = hw_book_find(&book, sheets[s])->row_count / 3;
        assert_true(each > 2);
        for (size_t row = 0; row < each; row++) {
            double forth = number_of(&book, sheets[s], row, "difference");
            assert_same(number_of(&book, sheets[s], each + row, "difference"), -forth);
            assert_same(number_of(&book, sheets[s], 2 * each + row, "difference"), forth);
        }
    }
    assert_near(number_of(&book, "place_release", 0, "difference"), -40.0 / 3, 1e-8);
    hw_book_free(&book);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_results_do_not_differ_from_themselves),
        cmocka_unit_test(test_exchanging_base_and_variant_turns_every_sign),
        cmocka_unit_test(test_what_is_not_released_counts_to_the_horizon),
        cmocka_unit_test(test_forty_days_in_a_third_of_the_worlds_are_thirteen_in_the_mean),
        cmocka_unit_test(test_probabilities_by_a_date_are_counted_world_by_world),
        cmocka_unit_test(test_places_are_matched_by_name),
        cmocka_unit_test(test_pairs_with_a_failure_in_either_are_left_out_and_counted),
        cmocka_unit_test(test_other_worlds_are_refused_with_every_reason),
        cmocka_unit_test(test_an_unfinished_run_is_compared_as_far_as_it_goes_and_this_is_said),
        cmocka_unit_test(test_one_place_brings_what_tells_of_it_and_of_all),
        cmocka_unit_test(test_a_variant_may_have_a_base_of_its_own),
        cmocka_unit_test(test_several_variants_stand_side_by_side_without_lines_over_110_columns),
    };
    return cmocka_run_group_tests(tests, open_toys, close_toys);
}
