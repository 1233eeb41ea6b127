#include "analysis/compare/levers.h"
#include "tests/analysis/land_toy.h"
#include "tests/sim/check.h"

enum { WORLDS = 120, LEVERS = 4 };

/* "sooner" releases Agdam city 60 days sooner and saves 2 million USD; "much sooner" 200 days sooner for 5
 * million more; "idle" changes nothing; "late" is a bundle that costs 30 days. */
static land_toy toys[LEVERS + 1];
static hw_outcomes samples[LEVERS + 1];
static hw_contender contenders[LEVERS + 1];
static const struct {
    const char *name, *kind;
    double days, usd;
} plan[LEVERS + 1] = {{"base", NULL, 0, 0},
                      {"idle", HW_LEVERS_SINGLE, 0, 0},
                      {"late", HW_LEVERS_BUNDLE, 30, 0},
                      {"much sooner", HW_LEVERS_SINGLE, -200, 5e6},
                      {"sooner", HW_LEVERS_SINGLE, -60, -2e6}};

static void shift(int toy, const char *variable, size_t element, double by) {
    const hw_variable *found = hw_record_find(&toys[toy].layout, variable);
    for (uint64_t r = 0; r < WORLDS; r++) {
        unsigned char *record = toys[toy].records + r * toys[toy].layout.bytes;
        double noise = by != 0 ? (double)(r % 7) - 3 : 0;
        toy_set(found, record, element, toy_get(found, record, element) + by + noise);
    }
}

static int open_toys(void **state) {
    (void)state;
    for (int i = 0; i <= LEVERS; i++) {
        land_toy_open(&toys[i]);
        samples[i] = land_toy_make(&toys[i], WORLDS);
        shift(i, "place_release_day", 0, plan[i].days);
        shift(i, "purpose_spent_usd", 0, plan[i].usd);
        contenders[i] = (hw_contender){.name = plan[i].name, .kind = plan[i].kind, .outcomes = &samples[i]};
    }
    return 0;
}

static int close_toys(void **state) {
    (void)state;
    for (int i = 0; i <= LEVERS; i++) {
        land_toy_free(&toys[i]);
    }
    return 0;
}

static hw_book ranked(const char *place) {
    hw_book book = {0};
    hw_errors errors = {0};
    const hw_levers_wish wish = {.place = place, .by = hw_levers_usual_date(&samples[0])};
    assert_int_equal(hw_levers_build(&book, &contenders[0], &contenders[1], LEVERS, &wish, &errors), HW_OK);
    return book;
}

static const hw_cell *cell_of(const hw_book *book, const char *sheet_name, size_t row, const char *column) {
    const hw_sheet *sheet = hw_book_find(book, sheet_name);
    assert_non_null(sheet);
    return hw_sheet_cell(sheet, row, hw_sheet_find_column(sheet, column));
}

static void assert_ranking(const hw_book *book, const char *sheet, const char *const *levers,
                           const double *gains, double tolerance) {
    assert_int_equal(hw_book_find(book, sheet)->row_count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(cell_of(book, sheet, i, "lever")->text, levers[i]);
        assert_near(cell_of(book, sheet, i, "gain")->number, gains[i], tolerance);
        assert_same(cell_of(book, sheet, i, "rank")->number, (double)i + 1);
    }
}

static void test_levers_are_ranked_by_days_gained_for_the_place(void **state) {
    (void)state;
    hw_book book = ranked("Agdam city");
    assert_ranking(&book, "days_gained", (const char *const[]){"much sooner", "sooner", "idle"},
                   (const double[]){200, 60, 0}, 0.2);
    assert_string_equal(cell_of(&book, "days_gained", 0, "verdict")->text, "clear among all");
    assert_string_equal(cell_of(&book, "days_gained", 2, "verdict")->text, "same in all worlds");
    assert_same(cell_of(&book, "days_gained", 0, "better")->number, WORLDS);
    double low = cell_of(&book, "days_gained", 1, "gain_low")->number,
           high = cell_of(&book, "days_gained", 1, "gain_high")->number;
    assert_true(low < 60.1 && high > 59.9 && low > 55 && high < 65);
    hw_book_free(&book);
}

static void test_money_saved_is_ranked_with_what_costs_more_below_zero(void **state) {
    (void)state;
    hw_book book = ranked("Agdam city");
    assert_ranking(&book, "dollars_saved", (const char *const[]){"sooner", "idle", "much sooner"},
                   (const double[]){2, 0, -5}, 1e-4);
    hw_book_free(&book);
}

static void test_without_a_place_the_mean_of_all_places_counts(void **state) {
    (void)state;
    hw_book book = ranked(NULL);
    assert_ranking(&book, "days_gained", (const char *const[]){"much sooner", "sooner", "idle"},
                   (const double[]){200.0 / TOY_PLACES, 60.0 / TOY_PLACES, 0}, 0.1);
    hw_book_free(&book);
}

static void test_a_district_is_a_place_too(void **state) {
    (void)state;
    hw_book book = ranked("Agdam");
    assert_string_equal(cell_of(&book, "days_gained", 0, "of")->text, "Agdam");
    assert_same(cell_of(&book, "days_gained", 0, "gain")->number, 0); /* no lever moves a district */
    hw_book_free(&book);
}

static void test_bundles_are_ranked_apart(void **state) {
    (void)state;
    hw_book book = ranked("Agdam city");
    assert_int_equal(hw_book_find(&book, "days_gained_of_bundles")->row_count, 1);
    assert_near(cell_of(&book, "days_gained_of_bundles", 0, "gain")->number, -30, 0.2);
    assert_int_equal(hw_book_find(&book, "bundles")->row_count, 1);
    assert_int_equal(hw_book_find(&book, "levers")->row_count, 3);
    hw_book_free(&book);
}

static void test_the_overview_says_what_the_rankings_say(void **state) {
    (void)state;
    hw_book book = ranked("Agdam city");
    for (size_t i = 0; i < 3; i++) {
        const char *lever = cell_of(&book, "levers", i, "lever")->text;
        for (size_t j = 0; j < 3; j++) {
            if (strcmp(cell_of(&book, "dollars_saved", j, "lever")->text, lever) == 0) {
                assert_same(cell_of(&book, "levers", i, "dollars")->number,
                            cell_of(&book, "dollars_saved", j, "gain")->number);
            }
        }
        assert_same(cell_of(&book, "levers", i, "days")->number,
                    cell_of(&book, "days_gained", i, "gain")->number);
    }
    assert_non_null(strstr(cell_of(&book, "findings", 0, "finding")->text,
                           "Days gained, Agdam city: most by much sooner, 200 days"));
    assert_non_null(
        strstr(cell_of(&book, "findings", 2, "finding")->text,
               "Victims averted: no lever brings any for certain. Of 3 levers: 0 clearly for the better"));
    hw_book_free(&book);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_levers_are_ranked_by_days_gained_for_the_place),
        cmocka_unit_test(test_money_saved_is_ranked_with_what_costs_more_below_zero),
        cmocka_unit_test(test_without_a_place_the_mean_of_all_places_counts),
        cmocka_unit_test(test_a_district_is_a_place_too),
        cmocka_unit_test(test_bundles_are_ranked_apart),
        cmocka_unit_test(test_the_overview_says_what_the_rankings_say),
    };
    return cmocka_run_group_tests(tests, open_toys, close_toys);
}
