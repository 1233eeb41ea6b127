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
    const char *name;
    hw_lever_kind kind;
    double days, usd;
} plan[LEVERS + 1] = {{"base", HW_LEVER_SINGLE, 0, 0},
                      {"idle", HW_LEVER_SINGLE, 0, 0},
                      {"late", HW_LEVER_BUNDLE, 30, 0},
                      {"much sooner", HW_LEVER_SINGLE, -200, 5e6},
                      {"sooner", HW_LEVER_SINGLE, -60, -2e6}};

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
        contenders[i] = (hw_contender){.name = plan[i].name, .group = plan[i].kind, .outcomes = &samples[i]};
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

static hw_levers ranking;

static void rank(const char *place) {
    hw_errors errors = {0};
    int64_t by = hw_levers_usual_date(&samples[0]);
    const hw_compare_wish wish = {.by = &by, .by_count = 1, .only_by = true, .place = place};
    assert_int_equal(hw_levers_rank(&ranking, &contenders[0], &contenders[1], LEVERS, &wish, by, &errors),
                     HW_OK);
}

static const hw_gain *gain_of(uint32_t criterion, size_t place) {
    const hw_gains *gains = &ranking.ranked[HW_LEVER_SINGLE][criterion];
    assert_true(place < gains->count);
    return &gains->items[place];
}

static void assert_ranking(uint32_t criterion, const char *const *levers, const double *gains,
                           double tolerance) {
    assert_int_equal(ranking.ranked[HW_LEVER_SINGLE][criterion].count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(gain_of(criterion, i)->lever->name, levers[i]);
        assert_near(gain_of(criterion, i)->amount.value, gains[i], tolerance);
    }
}

static void test_levers_are_ranked_by_days_gained_for_the_place(void **state) {
    (void)state;
    rank("Agdam city");
    assert_ranking(HW_GAIN_DAYS, (const char *const[]){"much sooner", "sooner", "idle"},
                   (const double[]){200, 60, 0}, 0.2);
    assert_int_equal(gain_of(HW_GAIN_DAYS, 0)->row->verdict, HW_VERDICT_AMONG);
    assert_int_equal(gain_of(HW_GAIN_DAYS, 2)->row->verdict, HW_VERDICT_SAME);
    assert_int_equal(gain_of(HW_GAIN_DAYS, 0)->row->found.lower, WORLDS);
    double low = gain_of(HW_GAIN_DAYS, 1)->amount.low, high = gain_of(HW_GAIN_DAYS, 1)->amount.high;
    assert_true(low < 60.1 && high > 59.9 && low > 55 && high < 65);
    hw_levers_free(&ranking);
}

static void test_money_saved_is_ranked_with_what_costs_more_below_zero(void **state) {
    (void)state;
    rank("Agdam city");
    assert_ranking(HW_GAIN_DOLLARS, (const char *const[]){"sooner", "idle", "much sooner"},
                   (const double[]){2, 0, -5}, 1e-4);
    hw_levers_free(&ranking);
}

static void test_without_a_place_the_mean_of_all_places_counts(void **state) {
    (void)state;
    rank(NULL);
    assert_ranking(HW_GAIN_DAYS, (const char *const[]){"much sooner", "sooner", "idle"},
                   (const double[]){200.0 / TOY_PLACES, 60.0 / TOY_PLACES, 0}, 0.1);
    hw_levers_free(&ranking);
}

static void test_a_district_is_a_place_too(void **state) {
    (void)state;
    rank("Agdam");
    assert_string_equal(gain_of(HW_GAIN_DAYS, 0)->row->label, "Agdam");
    assert_same(gain_of(HW_GAIN_DAYS, 0)->amount.value, 0); /* no lever moves a district */
    hw_levers_free(&ranking);
}

static void test_bundles_are_ranked_apart(void **state) {
    (void)state;
    rank("Agdam city");
    const hw_gains *bundles = &ranking.ranked[HW_LEVER_BUNDLE][HW_GAIN_DAYS];
    assert_int_equal(bundles->count, 1);
    assert_near(bundles->items[0].amount.value, -30, 0.2);
    hw_levers_free(&ranking);
}

static void test_tables_and_findings_say_what_the_rankings_say(void **state) {
    (void)state;
    rank("Agdam city");
    hw_book book = {0};
    hw_levers_build(&book, &ranking);
    const hw_sheet *overview = hw_book_find(&book, "levers"), *days = hw_book_find(&book, "days_gained"),
                   *dollars = hw_book_find(&book, "dollars_saved");
    assert_int_equal(overview->row_count, 3);
    assert_int_equal(hw_book_find(&book, "bundles")->row_count, 1);
    assert_int_equal(hw_book_find(&book, "days_gained_of_bundles")->row_count, 1);
    for (size_t i = 0; i < 3; i++) {
        const hw_gain *gain = gain_of(HW_GAIN_DAYS, i), *saved = gain_of(HW_GAIN_DOLLARS, i);
        assert_same(hw_sheet_number(days, i, "rank"), (double)i + 1);
        assert_string_equal(hw_sheet_text(days, i, "lever"), gain->lever->name);
        assert_string_equal(hw_sheet_text(overview, i, "lever"), gain->lever->name);
        assert_same(hw_sheet_number(days, i, "gain"), gain->amount.value);
        assert_same(hw_sheet_number(overview, i, "days"), gain->amount.value);
        assert_same(hw_sheet_number(days, i, "better"), (double)gain->row->found.lower);
        size_t place = hw_sheet_find_row(overview, saved->lever->name);
        assert_same(hw_sheet_number(overview, place, "dollars"), saved->amount.value);
        assert_same(hw_sheet_number(dollars, i, "gain"), saved->amount.value);
    }
    hw_book_free(&book);
    const hw_sentence *findings = ranking.all.findings;
    assert_non_null(strstr(findings[0].text, "Days gained, Agdam city: most by much sooner, 200 days"));
    assert_non_null(
        strstr(findings[4].text,
               "Victims averted: no lever brings any for certain. Of 3 levers: 0 clearly for the better"));
    hw_levers_free(&ranking);
}

/* A floor that moves nothing is exactly zero and takes nothing away; one that moves the place by more than a
 * lever does marks that lever. */
static void test_what_moves_no_more_than_nothing_is_below_the_floor(void **state) {
    (void)state;
    int64_t by = hw_levers_usual_date(&samples[0]);
    const hw_compare_wish wish = {.by = &by, .by_count = 1, .only_by = true, .place = "Agdam city"};
    for (int moves = 0; moves < 2; moves++) {
        hw_contender with_floor[LEVERS + 1];
        with_floor[0] = (hw_contender){
            .name = "nothing changed", .floor = true, .outcomes = &samples[moves ? 2 : 0]}; /* 30 days */
        memcpy(with_floor + 1, contenders + 1, LEVERS * sizeof *contenders);
        hw_errors errors = {0};
        hw_levers levers;
        assert_int_equal(hw_levers_rank(&levers, &contenders[0], with_floor, LEVERS + 1, &wish, by, &errors),
                         HW_OK);
        const hw_gains *bundles = &levers.ranked[HW_LEVER_BUNDLE][HW_GAIN_DAYS];
        const hw_gains *days = &levers.ranked[HW_LEVER_SINGLE][HW_GAIN_DAYS];
        assert_int_equal(days->count, 3); /* the floor is not ranked */
        assert_int_equal(days->items[0].row->verdict, HW_VERDICT_AMONG);
        assert_int_equal(bundles->items[0].row->verdict, moves ? HW_VERDICT_FLOOR : HW_VERDICT_AMONG);
        for (size_t i = 0; i < levers.all.count && !moves; i++) {
            assert_same(levers.all.rows[i].floor, 0);
        }
        hw_book book = {0};
        hw_levers_build(&book, &levers);
        const hw_sheet *listed = hw_book_find(&book, "days_gained");
        assert_string_equal(hw_sheet_text(listed, 0, "lever"), "nothing changed");
        assert_true(isnan(hw_sheet_number(listed, 0, "rank")));
        assert_string_equal(hw_sheet_text(listed, 0, "verdict"),
                            moves ? "the noise floor" : "same in all worlds");
        assert_string_equal(hw_sheet_text(hw_book_find(&book, "days_gained_of_bundles"), 1, "verdict"),
                            moves ? "below the noise floor" : "clear among all");
        hw_book_free(&book);
        hw_levers_free(&levers);
    }
}

/* Copies that are all the same say what one says, at as many times the price: the error of as many plain runs
 * would be smaller by the root of their number. */
static void test_copies_of_one_answer_say_the_same(void **state) {
    (void)state;
    int64_t by = hw_levers_usual_date(&samples[0]);
    const hw_compare_wish wish = {.by = &by, .by_count = 1, .only_by = true, .place = "Agdam city"};
    const hw_outcomes *base[] = {&samples[0], &samples[0], &samples[0]};
    const hw_outcomes *sooner[] = {&samples[4], &samples[4], &samples[4]};
    const hw_contender one = {.name = "base", .outcomes = base[0], .copies = base, .copy_count = 3};
    const hw_contender other = {.name = "sooner", .outcomes = sooner[0], .copies = sooner, .copy_count = 3};
    hw_errors errors = {0};
    hw_levers steady, plain;
    assert_int_equal(hw_levers_rank(&steady, &one, &other, 1, &wish, by, &errors), HW_OK);
    assert_int_equal(hw_levers_rank(&plain, &contenders[0], &contenders[4], 1, &wish, by, &errors), HW_OK);
    assert_int_equal(steady.all.count, plain.all.count);
    for (size_t i = 0; i < steady.all.count; i++) {
        assert_near(steady.all.rows[i].found.difference, plain.all.rows[i].found.difference, 1e-6);
        assert_true(isnan(plain.all.rows[i].steady));
    }
    assert_near(steady.all.rows[0].steady, 2, 1e-6);
    assert_near(steady.all.rows[0].found.error, plain.all.rows[0].found.error, 1e-6);
    hw_levers_free(&steady);
    hw_levers_free(&plain);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_levers_are_ranked_by_days_gained_for_the_place),
        cmocka_unit_test(test_money_saved_is_ranked_with_what_costs_more_below_zero),
        cmocka_unit_test(test_without_a_place_the_mean_of_all_places_counts),
        cmocka_unit_test(test_a_district_is_a_place_too),
        cmocka_unit_test(test_bundles_are_ranked_apart),
        cmocka_unit_test(test_tables_and_findings_say_what_the_rankings_say),
        cmocka_unit_test(test_what_moves_no_more_than_nothing_is_below_the_floor),
        cmocka_unit_test(test_copies_of_one_answer_say_the_same),
    };
    return cmocka_run_group_tests(tests, open_toys, close_toys);
}
