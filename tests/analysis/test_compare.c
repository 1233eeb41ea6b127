#include "analysis/base/memory.h"
#include "analysis/compare/parts.h"
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

static hw_comparison compared(const hw_outcomes *base, const hw_outcomes *variant,
                              const hw_compare_wish *wish) {
    static hw_contender one, other; /* which outlive the comparison */
    one = (hw_contender){.name = "base", .outcomes = base};
    other = (hw_contender){.name = "variant", .outcomes = variant};
    hw_comparison all;
    hw_errors errors = {0};
    hw_status status = hw_compare_scenarios(&all, &one, &other, 1, wish, &errors);
    if (status != HW_OK) {
        print_error("%s", hw_errors_text(&errors));
    }
    assert_int_equal(status, HW_OK);
    return all;
}

static const hw_compare_row *row_of(const hw_comparison *all, uint32_t kind, size_t row) {
    assert_true(row < all->of_kind[kind].count);
    return &all->rows[all->of_kind[kind].first + row];
}

static void test_results_do_not_differ_from_themselves(void **state) {
    (void)state;
    hw_comparison all = compared(&samples[0], &samples[0], &everything);
    assert_true(all.count > 30);
    for (size_t i = 0; i < all.count; i++) {
        assert_same(all.rows[i].found.difference, 0);
        assert_int_equal(all.rows[i].verdict, HW_VERDICT_SAME);
    }
    assert_int_equal(all.judged, 0);
    assert_string_equal(all.findings[0].text, "All 3 places are released on the same days in all worlds.");
    hw_comparison_free(&all);
}

static void test_exchanging_base_and_variant_turns_every_sign(void **state) {
    (void)state;
    hw_comparison forth = compared(&samples[0], &samples[1], &everything);
    hw_comparison back = compared(&samples[1], &samples[0], &everything);
    assert_int_equal(forth.count, back.count);
    for (size_t i = 0; i < forth.count; i++) {
        const hw_paired *one = &forth.rows[i].found, *other = &back.rows[i].found;
        assert_string_equal(forth.rows[i].label, back.rows[i].label);
        assert_same(one->difference, -other->difference);
        assert_same(one->base, other->variant);
        assert_int_equal(one->lower, other->higher);
        assert_int_equal(isnan(one->low), isnan(other->high));
        assert_true(isnan(one->low) || one->low == -other->high);
        assert_int_equal(forth.rows[i].verdict, back.rows[i].verdict);
    }
    hw_comparison_free(&forth);
    hw_comparison_free(&back);
}

/* The one test that looks into tables: everything else asks the rows. */
static void test_tables_say_what_the_rows_say(void **state) {
    (void)state;
    hw_comparison all = compared(&samples[0], &samples[1], &everything);
    hw_book book = {0};
    hw_compare_build(&book, &all);
    for (uint32_t k = 0; k < HW_KINDS; k++) {
        const hw_sheet *sheet = hw_book_find(&book, all.kinds[k].name);
        assert_int_equal(sheet != NULL, all.of_kind[k].there);
        for (size_t i = 0; sheet != NULL && i < sheet->row_count; i++) {
            const hw_compare_row *row = row_of(&all, k, i);
            assert_string_equal(hw_sheet_text(sheet, i, all.kinds[k].label), row->label);
            assert_same(hw_sheet_number(sheet, i, "difference"), row->found.difference);
            assert_same(hw_sheet_number(sheet, i, "higher"), (double)row->found.higher);
            assert_string_equal(hw_sheet_text(sheet, i, "verdict"), hw_compare_verdict(row->verdict));
            assert_string_equal(hw_sheet_text(sheet, i, "mark"), hw_compare_mark(row->verdict));
        }
    }
    assert_int_equal(hw_book_find(&book, "findings")->row_count, all.finding_count);
    assert_int_equal(hw_book_find(&book, "pairing")->row_count, all.pairing_count);
    hw_book_free(&book);
    hw_comparison_free(&all);
}

static void test_what_is_not_released_counts_to_the_horizon(void **state) {
    (void)state;
    hw_comparison all = compared(&samples[0], &samples[1], &everything);
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
    assert_near(row_of(&all, HW_KIND_PLACE_RELEASE, 2)->found.base, base, 1e-5);
    assert_near(row_of(&all, HW_KIND_PLACE_RELEASE, 2)->found.difference, variant - base, 1e-5);
    assert_true(variant - base > 0);
    assert_same((double)row_of(&all, HW_KIND_PLACE_RELEASE, 2)->found.higher, differing);
    assert_near(row_of(&all, HW_KIND_PLACE_NEVER, 2)->found.difference, 100 * (never[1] - never[0]) / WORLDS,
                1e-6);
    hw_comparison_free(&all);
}

static void test_forty_days_in_a_third_of_the_worlds_are_thirteen_in_the_mean(void **state) {
    (void)state;
    hw_comparison all = compared(&samples[0], &samples[1], &everything);
    assert_near(row_of(&all, HW_KIND_PLACE_RELEASE, 0)->found.difference, -40.0 / 3, 1e-8);
    /* Two values, 0 and -40, a third of them the latter; t of 49 degrees of freedom. */
    double variance = 1600.0 * (1.0 / 3) * (2.0 / 3) * WORLDS / (WORLDS - 1);
    assert_near(row_of(&all, HW_KIND_PLACE_RELEASE, 0)->found.error, 2.009575 * sqrt(variance / WORLDS),
                1e-4);
    assert_same((double)row_of(&all, HW_KIND_PLACE_RELEASE, 0)->found.lower, 50);
    assert_int_equal(row_of(&all, HW_KIND_PLACE_RELEASE, 0)->verdict, HW_VERDICT_AMONG);
    assert_int_equal(row_of(&all, HW_KIND_PLACE_RELEASE, 1)->verdict, HW_VERDICT_SAME);
    hw_moments base = {0}, variant = {0};
    for (uint64_t r = 0; r < WORLDS; r++) {
        hw_moments_add(&base, raw(0, r, "place_release_day", 0));
        hw_moments_add(&variant, raw(1, r, "place_release_day", 0));
    }
    assert_near(row_of(&all, HW_KIND_PLACE_RELEASE, 0)->saving,
                (hw_moments_variance(&base) + hw_moments_variance(&variant)) / variance, 1e-4);
    hw_comparison_free(&all);
}

static void test_probabilities_by_a_date_are_counted_world_by_world(void **state) {
    (void)state;
    int64_t by = 0;
    hw_date_parse("2024-06-30", &by);
    const hw_compare_wish wish = {.by = &by, .by_count = 1};
    hw_comparison all = compared(&samples[0], &samples[1], &wish);
    int gained = 0;
    for (uint64_t r = 0; r < WORLDS; r++) {
        gained += raw(1, r, "place_release_day", 0) < (double)(by - samples[0].start + 1) &&
                  raw(0, r, "place_release_day", 0) >= (double)(by - samples[0].start + 1);
    }
    assert_true(gained > 0);
    assert_same(row_of(&all, HW_KIND_PLACE_RELEASE_BY, 0)->by, (double)by);
    assert_same((double)row_of(&all, HW_KIND_PLACE_RELEASE_BY, 0)->found.higher, gained);
    assert_near(row_of(&all, HW_KIND_PLACE_RELEASE_BY, 0)->found.difference, 100.0 * gained / WORLDS, 1e-8);
    hw_comparison_free(&all);
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
    hw_comparison all = compared(&samples[0], &changed, &everything);
    assert_int_equal(all.of_kind[HW_KIND_PLACE_RELEASE].count, 2);
    assert_string_equal(row_of(&all, HW_KIND_PLACE_RELEASE, 0)->label, "Agdam city");
    double village = 0;
    for (uint64_t r = 0; r < WORLDS; r++) {
        double day = raw(1, r, "place_release_day", 1); /* where the variant has Agdam city */
        village += (isnan(day) ? toys[1].horizon : day) / WORLDS;
    }
    assert_near(row_of(&all, HW_KIND_PLACE_RELEASE, 0)->found.variant, village, 1e-4);
    assert_int_equal(all.one_sided_count, 2);
    assert_string_equal(all.one_sided[1].name, "A new village");
    hw_comparison_free(&all);
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
    hw_comparison all = compared(&part[0], &part[1], &everything);
    assert_near(row_of(&all, HW_KIND_PLACE_RELEASE, 0)->found.difference, -40.0 * 49 / (WORLDS - 3),
                1e-8); /* 6 is a third */
    assert_int_equal(all.pairs[0].failed, 3);
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    hw_compare_print_warnings(out, &all);
    fclose(out);
    assert_non_null(strstr(text, "variant: 3 replications FAILED"));
    free(text);
    hw_comparison_free(&all);
    free(holed[0].records);
    free(holed[1].records);
}

static char *refusal(const hw_outcomes *variant, hw_status expected) {
    const hw_contender one = {.name = "base", .outcomes = &samples[0]},
                       other = {.name = "variant", .outcomes = variant};
    hw_comparison all;
    hw_errors errors = {0};
    assert_int_equal(hw_compare_scenarios(&all, &one, &other, 1, &everything, &errors), expected);
    char *text = hw_errors_text(&errors);
    hw_errors_free(&errors);
    hw_comparison_free(&all);
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
    other.rows = "start\t2020-11-10\nlayout\tblock\t40 ha\n";
    samples[0].rows = "start\t2020-11-10\nlayout\tblock\t20 ha\n";
    text = refusal(&other, HW_ERROR_INPUT);
    samples[0].rows = NULL;
    assert_non_null(strstr(text, "layout.block is 20 ha and 40 ha"));
    free(text);
}

static void test_an_unfinished_run_is_compared_as_far_as_it_goes_and_this_is_said(void **state) {
    (void)state;
    hw_outcomes other = samples[1];
    other.complete = false;
    other.count = 100;
    hw_comparison all = compared(&samples[0], &other, &everything);
    assert_int_equal(all.pairs[0].count, 100);
    assert_int_equal(all.pairs[0].missing, 50);
    hw_comparison_free(&all);
    other.count = 1;
    free(refusal(&other, HW_ERROR_LAW));
}

static void test_one_place_brings_what_tells_of_it_and_of_all(void **state) {
    (void)state;
    static const char *const asked[] = {"place:Shusha", "district:Shusha"};
    static const uint32_t kinds[] = {HW_KIND_PLACE_RELEASE, HW_KIND_DISTRICT_COMPLETION};
    for (size_t i = 0; i < 2; i++) {
        const hw_compare_wish wish = {.place = asked[i]};
        hw_comparison all = compared(&samples[0], &samples[1], &wish);
        assert_int_equal(all.of_kind[kinds[i]].count, 1);
        assert_int_equal(all.of_kind[kinds[1 - i]].count, 0);
        assert_true(all.of_kind[HW_KIND_VICTIMS].count > 4);
        hw_comparison_free(&all);
    }
}

static void test_several_variants_stand_side_by_side_without_lines_over_110_columns(void **state) {
    (void)state;
    const hw_contender base = {.name = "base", .outcomes = &samples[0]},
                       variants[3] = {{.name = "a", .outcomes = &samples[0]},
                                      {.name = "b", .outcomes = &samples[1]},
                                      {.name = "c", .outcomes = &samples[1]}};
    hw_comparison all;
    hw_book book = {0};
    hw_errors errors = {0};
    assert_int_equal(hw_compare_scenarios(&all, &base, variants, 3, &everything, &errors), HW_OK);
    assert_int_equal(all.of_kind[HW_KIND_PLACE_RELEASE].count, 9);
    hw_compare_build(&book, &all);
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    hw_compare_print_head(out, &all);
    hw_book_print(out, &book);
    hw_book_free(&book);
    fclose(out);
    char *rest = text;
    for (char *line; (line = strsep(&rest, "\n"));) {
        assert_in_range(hw_text_width(line), 0, 112);
    }
    free(text);
    hw_comparison_free(&all);
}

static void test_a_variant_may_have_a_base_of_its_own(void **state) {
    (void)state;
    const hw_contender base = {.name = "base", .outcomes = &samples[0]},
                       other = {.name = "other", .outcomes = &samples[1]},
                       variants[3] = {{.name = "a", .outcomes = &samples[1]},
                                      {.name = "b", .outcomes = &samples[0], .base = &other},
                                      {.name = "c", .outcomes = &samples[1]}};
    hw_comparison all;
    hw_errors errors = {0};
    assert_int_equal(hw_compare_scenarios(&all, &base, variants, 3, &everything, &errors), HW_OK);
    static const uint32_t kinds[] = {HW_KIND_PLACE_RELEASE, HW_KIND_VICTIMS, HW_KIND_MONEY};
    for (int k = 0; k < 3; k++) {
        size_t each = all.of_kind[kinds[k]].count / 3;
        assert_true(each > 2);
        for (size_t row = 0; row < each; row++) {
            double forth = row_of(&all, kinds[k], row)->found.difference;
            assert_same(row_of(&all, kinds[k], each + row)->found.difference, -forth);
            assert_same(row_of(&all, kinds[k], 2 * each + row)->found.difference, forth);
        }
    }
    assert_near(row_of(&all, HW_KIND_PLACE_RELEASE, 0)->found.difference, -40.0 / 3, 1e-8);
    hw_comparison_free(&all);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_results_do_not_differ_from_themselves),
        cmocka_unit_test(test_exchanging_base_and_variant_turns_every_sign),
        cmocka_unit_test(test_tables_say_what_the_rows_say),
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
