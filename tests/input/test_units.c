#include "tests/input/support.h"

#include "sim/input/units.h"
#include <math.h>

static const hw_currency some_currencies[] = {{"AZN", 0.588}, {"EUR", 1.1}};
static const hw_currencies currencies = {.items = some_currencies, .count = 2};

typedef struct written_case {
    const char *text;
    hw_dimension dimension;
    double held;
} written_case;

static double parse(const char *text, hw_dimension dimension) {
    hw_quantity quantity;
    char problem[HW_UNIT_PROBLEM_BYTES] = "";
    if (!hw_quantity_parse(text, dimension, &currencies, &quantity, problem)) {
        print_error("%s: %s\n", text, problem);
        fail();
    }
    return quantity.value;
}

static void assert_close(double value, double expected) {
    assert_true(fabs(value - expected) <= 1e-14 * fabs(expected));
}

static void test_every_unit_is_held_in_the_unit_of_its_dimension(void **state) {
    (void)state;
    static const written_case cases[] = {
        {"5.2 km2", HW_DIM_AREA, 5.2e6},
        {"5ha", HW_DIM_AREA, 5e4},
        {"1_000 m2", HW_DIM_AREA, 1000},
        {" 7e2   m2 ", HW_DIM_AREA, 700},
        {"12 km", HW_DIM_LENGTH, 12e3},
        {"3 m", HW_DIM_LENGTH, 3},
        {"36 hours", HW_DIM_TIME, 1.5},
        {"1 hour", HW_DIM_TIME, 1.0 / 24},
        {"3 days", HW_DIM_TIME, 3},
        {"2 weeks", HW_DIM_TIME, 14},
        {"12 months", HW_DIM_TIME, 365.2425},
        {"14 months", HW_DIM_TIME, 14 * 30.436875},
        {"1 year", HW_DIM_TIME, 365.2425},
        {"2.5 MUSD", HW_DIM_MONEY, 2.5e6},
        {"97.6 MAZN", HW_DIM_MONEY, 97.6e6 * 0.588},
        {"3 kEUR", HW_DIM_MONEY, 3300},
        {"1 bnUSD", HW_DIM_MONEY, 1e9},
        {"-4 USD", HW_DIM_MONEY, -4},
        {"25 m2/day", HW_DIM_AREA_PER_TIME, 25},
        {"7 ha/week", HW_DIM_AREA_PER_TIME, 1e4},
        {"1 km2 / year", HW_DIM_AREA_PER_TIME, 1e6 / 365.2425},
        {"4 min/m2", HW_DIM_TIME_PER_AREA, 4},
        {"1 hour/ha", HW_DIM_TIME_PER_AREA, 60e-4},
        {"30 s/m2", HW_DIM_TIME_PER_AREA, 0.5},
        {"90 s", HW_DIM_MINUTES, 1.5},
        {"2 hours", HW_DIM_MINUTES, 120},
        {"30 /ha", HW_DIM_PER_AREA, 30e-4},
        {"1e6/km2", HW_DIM_PER_AREA, 1},
        {"365.2425 /year", HW_DIM_PER_TIME, 1},
        {"10 %/day", HW_DIM_PER_TIME, 0.1},
        {"7 /week", HW_DIM_PER_TIME, 1},
        {"900 USD/day", HW_DIM_MONEY_PER_TIME, 900},
        {"12 kAZN/month", HW_DIM_MONEY_PER_TIME, 12e3 * 0.588 / 30.436875},
        {"1.2 USD/m2", HW_DIM_MONEY_PER_AREA, 1.2},
        {"1 MUSD/km2", HW_DIM_MONEY_PER_AREA, 1},
        {"35 %", HW_DIM_SHARE, 0.35},
        {"0.35", HW_DIM_SHARE, 0.35},
        {"+1.5e-3", HW_DIM_NUMBER, 1.5e-3},
    };
    for (size_t i = 0; i < HW_LENGTH(cases); i++) {
        assert_close(parse(cases[i].text, cases[i].dimension), cases[i].held);
    }
}

/* The units that a dimension names to the reader must be units that it reads, and its held unit must count
 * one. */
static void test_what_a_dimension_names_can_be_written(void **state) {
    (void)state;
    for (int dimension = 0; dimension < HW_DIM_COUNT_OF_DIMENSIONS; dimension++) {
        char text[64];
        assert_true(isfinite(parse(hw_dimension_example((hw_dimension)dimension), (hw_dimension)dimension)));
        snprintf(text, sizeof(text), "1 %s", hw_dimension_held((hw_dimension)dimension));
        assert_close(parse(text, (hw_dimension)dimension), 1.0);
        const char *units = hw_dimension_units((hw_dimension)dimension);
        for (; *units != '\0' && *units != ';' && dimension != HW_DIM_SHARE; units += strspn(units, ", ")) {
            size_t length = strcspn(units, ",;");
            snprintf(text, sizeof(text), "2 %.*s", (int)length, units);
            assert_true(parse(text, (hw_dimension)dimension) > 0.0);
            units += length;
        }
    }
}

/* A unit of one dimension is refused by every other that does not name it too. */
static void test_a_unit_belongs_to_its_dimension(void **state) {
    (void)state;
    static const struct {
        const char *text;
        unsigned accepted_by;
    } cases[] = {
        {"1 km2", 1U << HW_DIM_AREA},
        {"1 m", 1U << HW_DIM_LENGTH},
        {"1 day", 1U << HW_DIM_TIME},
        {"1 hour", 1U << HW_DIM_TIME | 1U << HW_DIM_MINUTES},
        {"1 USD", 1U << HW_DIM_MONEY},
        {"1 ha/day", 1U << HW_DIM_AREA_PER_TIME},
        {"1 min/m2", 1U << HW_DIM_TIME_PER_AREA},
        {"1 /ha", 1U << HW_DIM_PER_AREA},
        {"1 /day", 1U << HW_DIM_PER_TIME},
        {"1 %/year", 1U << HW_DIM_PER_TIME},
        {"1 USD/day", 1U << HW_DIM_MONEY_PER_TIME},
        {"1 USD/m2", 1U << HW_DIM_MONEY_PER_AREA},
        {"1", 1U << HW_DIM_NUMBER | 1U << HW_DIM_SHARE},
        {"1 %", 1U << HW_DIM_SHARE},
        {"1 m2/hour", 0}, /* an hour of work is not an hour of the calendar */
        {"1 KM2", 0},
        {"1 MGBP", 0},
        {"1 GUSD", 0},
        {"1 m2/", 0},
        {"1 /", 0},
        {"1 days/m2", 0},
        {"1 m2/days", 0},
    };
    for (size_t i = 0; i < HW_LENGTH(cases); i++) {
        for (int dimension = 0; dimension < HW_DIM_COUNT_OF_DIMENSIONS; dimension++) {
            hw_quantity quantity;
            char problem[HW_UNIT_PROBLEM_BYTES];
            bool accepted =
                hw_quantity_parse(cases[i].text, (hw_dimension)dimension, &currencies, &quantity, problem);
            assert_int_equal(accepted, cases[i].accepted_by >> dimension & 1U);
        }
    }
}

static void test_a_wrong_quantity_is_told_what_was_expected(void **state) {
    (void)state;
    static const struct {
        const char *text;
        hw_dimension dimension;
        const char *problem;
    } cases[] = {
        {"14 months", HW_DIM_AREA, "expected an area such as 5.2 km2 (m2, ha, km2), found '14 months'"},
        {"14", HW_DIM_AREA, "expected an area such as 5.2 km2 (m2, ha, km2), found '14', which has no unit"},
        {"1 000 m2", HW_DIM_AREA,
         "expected an area such as 5.2 km2 (m2, ha, km2), found '1 000 m2': thousands can be separated by _ "
         "only, as "
         "in 1_000, and decimals by a point"},
        {"1,5 m2", HW_DIM_AREA,
         "expected an area such as 5.2 km2 (m2, ha, km2), found '1,5 m2': thousands can be separated by _ "
         "only, as in "
         "1_000, and decimals by a point"},
        {".5 m2", HW_DIM_AREA,
         "expected an area such as 5.2 km2 (m2, ha, km2), found '.5 m2': write a digit before the point"},
        {"many m2", HW_DIM_AREA, "expected an area such as 5.2 km2 (m2, ha, km2), found 'many m2'"},
        {"1e400 m2", HW_DIM_AREA,
         "expected an area such as 5.2 km2 (m2, ha, km2), found '1e400 m2', which is too large"},
        {"inf m2", HW_DIM_AREA, "expected an area such as 5.2 km2 (m2, ha, km2), found 'inf m2'"},
        {"nan", HW_DIM_NUMBER, "expected a plain number such as 1.5, found 'nan'"},
        {"0x10", HW_DIM_NUMBER, "expected a plain number such as 1.5, found '0x10'"},
        {"1__0", HW_DIM_NUMBER, "expected a plain number such as 1.5, found '1__0'"},
        {"5 GBP", HW_DIM_MONEY,
         "expected money such as 2.5 MUSD (USD, kUSD, MUSD, bnUSD; also AZN, EUR), found '5 GBP': what other "
         "currencies are worth is said at the top, as in currencies: {AZN: 0.588 USD}"},
    };
    for (size_t i = 0; i < HW_LENGTH(cases); i++) {
        hw_quantity quantity;
        char problem[HW_UNIT_PROBLEM_BYTES];
        assert_false(hw_quantity_parse(cases[i].text, cases[i].dimension, &currencies, &quantity, problem));
        assert_string_equal(problem, cases[i].problem);
    }
}

static void test_currencies_are_named_by_three_capital_letters(void **state) {
    (void)state;
    assert_true(hw_currency_name_is_good("AZN"));
    assert_false(hw_currency_name_is_good("USD"));
    assert_false(hw_currency_name_is_good("MAZN"));
    assert_false(hw_currency_name_is_good("azn"));
    assert_false(hw_currency_name_is_good("A1N"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_unit_is_held_in_the_unit_of_its_dimension),
        cmocka_unit_test(test_what_a_dimension_names_can_be_written),
        cmocka_unit_test(test_a_unit_belongs_to_its_dimension),
        cmocka_unit_test(test_a_wrong_quantity_is_told_what_was_expected),
        cmocka_unit_test(test_currencies_are_named_by_three_capital_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
