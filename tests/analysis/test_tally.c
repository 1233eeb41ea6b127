#include "analysis/base/memory.h"
#include "analysis/figures/tally.h"
#include "sim/length.h"
#include "tests/sim/check.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { COUNT = 12345, BLOCK = 256 };

static uint64_t random_state = 1;

static double uniform(void) {
    random_state = random_state * 6364136223846793005U + 1442695040888963407U;
    return (double)(random_state >> 11) / 9007199254740992.0;
}

/* ---- Sums ---- */

static void test_a_sum_is_the_same_in_any_order_and_grouping(void **state) {
    (void)state;
    hw_exact_sum forward = {0}, backward = {0}, parts[3] = {0};
    double values[1000];
    for (size_t i = 0; i < HW_LENGTH(values); i++) {
        values[i] = (uniform() - 0.5) * pow(10, 40 * uniform() - 20);
    }
    for (size_t i = 0; i < HW_LENGTH(values); i++) {
        hw_exact_sum_add(&forward, values[i]);
        hw_exact_sum_add(&backward, values[HW_LENGTH(values) - 1 - i]);
        hw_exact_sum_add(&parts[i % 3], values[i]);
    }
    hw_exact_sum_merge(&parts[2], &parts[0]);
    hw_exact_sum_merge(&parts[2], &parts[1]);
    assert_same(hw_exact_sum_value(&forward), hw_exact_sum_value(&backward));
    assert_same(hw_exact_sum_value(&forward), hw_exact_sum_value(&parts[2]));
}

static void test_a_sum_loses_nothing(void **state) {
    (void)state;
    static const double terms[] = {1e300, 1, 0x1p-1074, -1e300, 0x1p-1022, -0.0, -3, 1e-300};
    hw_exact_sum sum = {0};
    for (size_t i = 0; i < HW_LENGTH(terms); i++) {
        hw_exact_sum_add(&sum, terms[i]);
    }
    assert_same(hw_exact_sum_value(&sum), -2);
    hw_exact_sum_add(&sum, 2);
    assert_same(hw_exact_sum_value(&sum), 1e-300 + 0x1p-1022);
    hw_exact_sum_add(&sum, -1e-300);
    hw_exact_sum_add(&sum, -0x1p-1022);
    assert_same(hw_exact_sum_value(&sum), 0x1p-1074);
    hw_exact_sum_add(&sum, -0x1p-1073);
    assert_same(hw_exact_sum_value(&sum), -0x1p-1074);
}

/* ---- Samples ---- */

typedef enum kind { WHOLE, DAYS, REAL, CONSTANT, NOTHING, KINDS } kind;

static double draw(kind of) {
    double u = uniform();
    switch (of) {
    case WHOLE: /* ties, and what is missing, and infinities */
        return u < 0.05 ? (double)NAN : u < 0.1 ? HUGE_VAL : u < 0.11 ? -HUGE_VAL : floor(1000 * u * u) - 20;
    case DAYS:
        return u < 0.15 ? (double)NAN : 3000 * u * u;
    case REAL:
        return u < 0.2 ? 0 : (u - 0.4) * exp(20 * uniform());
    case CONSTANT:
        return 0.1;
    default:
        return (double)NAN;
    }
}

static void fill(double *values, kind of) {
    for (size_t i = 0; i < COUNT; i++) {
        values[i] = draw(of);
    }
}

/* Block b goes to tally b % parts, as to ranks. */
static hw_tally tally_of(const double *values, kind of, int parts) {
    hw_tally tallies[5] = {0};
    for (int p = 0; p < parts; p++) {
        tallies[p].days = of == DAYS;
    }
    for (size_t b = 0; b * BLOCK < COUNT; b++) {
        size_t left = COUNT - b * BLOCK;
        hw_tally_add(&tallies[b % (size_t)parts], values + b * BLOCK, left < BLOCK ? left : BLOCK);
    }
    for (int p = parts - 1; p > 0; p--) {
        hw_tally_merge(&tallies[p - 1], &tallies[p]);
        hw_tally_free(&tallies[p]);
    }
    return tallies[0];
}

static void assert_same_spread(const hw_spread *one, const hw_spread *other) {
    const double *a = (const double *)one, *b = (const double *)other;
    for (size_t i = 0; i < offsetof(hw_spread, censored) / sizeof *a; i++) {
        assert_true(a[i] == b[i] || (isnan(a[i]) && isnan(b[i])));
    }
    assert_int_equal(one->censored, other->censored);
}

static void test_it_does_not_matter_how_many_counted(void **state) {
    (void)state;
    double *values = hw_take(COUNT, sizeof *values);
    for (kind of = 0; of < KINDS; of++) {
        fill(values, of);
        hw_tally alone = tally_of(values, of, 1);
        hw_spread expected = hw_tally_spread(&alone);
        for (int parts = 2; parts <= 5; parts++) {
            hw_tally together = tally_of(values, of, parts), sent;
            unsigned char *bytes = hw_take(hw_tally_bytes(&together), 1);
            assert_ptr_equal(hw_tally_pack(&together, bytes), bytes + hw_tally_bytes(&together));
            hw_tally_unpack(&sent, bytes);
            hw_spread found = hw_tally_spread(&sent);
            assert_same_spread(&expected, &found);
            free(bytes);
            hw_tally_free(&sent);
            hw_tally_free(&together);
        }
        hw_tally_free(&alone);
    }
    free(values);
}

/* ---- Against the whole sample ---- */

static void assert_answer(double found, double sorted, kind of) {
    if (!isfinite(sorted) || of == WHOLE || of == CONSTANT) {
        assert_true(found == sorted || (isnan(found) && isnan(sorted)));
    } else if (of == DAYS) {
        assert_same(floor(found), floor(sorted));
    } else {
        assert_true(fabs(found) <= fabs(sorted) && fabs(found - sorted) <= fabs(sorted) / HW_TALLY_STEPS);
    }
}

static void test_quantiles_are_those_of_the_sorted_sample(void **state) {
    (void)state;
    double *values = hw_take(COUNT, sizeof *values);
    for (kind of = 0; of < KINDS; of++) {
        fill(values, of);
        hw_tally tally = tally_of(values, of, 3);
        hw_spread found = hw_tally_spread(&tally), sorted = hw_estimate_spread(values, COUNT);
        const hw_quantile *const mine[] = {&found.p10, &found.p50, &found.p90}, *const theirs[] = {
                                                                                    &sorted.p10, &sorted.p50,
                                                                                    &sorted.p90};
        for (size_t q = 0; q < HW_LENGTH(mine); q++) {
            assert_answer(mine[q]->value, theirs[q]->value, of);
            assert_answer(mine[q]->low, theirs[q]->low, of);
            assert_answer(mine[q]->high, theirs[q]->high, of);
        }
        for (uint64_t at = 0; at < COUNT; at += 7) {
            assert_answer(hw_tally_at(&tally, at), values[at], of);
        }
        assert_int_equal(found.censored, sorted.censored);
        hw_tally_free(&tally);
    }
    free(values);
}

static void test_means_are_those_of_all_values_one_by_one(void **state) {
    (void)state;
    double *values = hw_take(COUNT, sizeof *values);
    static const kind kinds[] = {DAYS, REAL, CONSTANT, NOTHING};
    for (size_t k = 0; k < HW_LENGTH(kinds); k++) {
        fill(values, kinds[k]);
        hw_tally tally = tally_of(values, kinds[k], 4);
        hw_mean found = hw_tally_spread(&tally).mean, one_by_one = hw_estimate_mean(values, COUNT);
        assert_true(fabs(found.value - one_by_one.value) <= 1e-12 * fabs(one_by_one.value) ||
                    isnan(one_by_one.value));
        assert_true(fabs(found.error - one_by_one.error) <= 1e-9 * fabs(one_by_one.error) + 1e-15 ||
                    isnan(one_by_one.error));
        assert_int_equal(isnan(found.value), isnan(one_by_one.value));
        hw_tally_free(&tally);
    }
    free(values);
}

/* Where a plain sum of squares would keep no digit. */
static void test_a_small_spread_far_from_zero_is_kept(void **state) {
    (void)state;
    hw_tally tally = {0};
    double block[BLOCK];
    for (int b = 0; b < 60; b++) {
        for (int i = 0; i < BLOCK; i++) {
            block[i] = 1e6 + (b % 2 ? 1e-3 : -1e-3);
        }
        hw_tally_add(&tally, block, BLOCK);
    }
    double n = 60.0 * BLOCK, expected = 1.96 * 1e-3 / sqrt(n);
    assert_true(fabs(hw_tally_spread(&tally).mean.error - expected) < 1e-3 * expected);
    hw_tally_free(&tally);
}

static void test_days_that_have_come_are_counted(void **state) {
    (void)state;
    double *values = hw_take(COUNT, sizeof *values);
    fill(values, DAYS);
    hw_tally tally = tally_of(values, DAYS, 2);
    for (double day = -1; day < 3100; day += 13) {
        uint64_t counted = 0;
        for (size_t i = 0; i < COUNT; i++) {
            counted += floor(values[i]) <= day ? 1 : 0;
        }
        assert_int_equal(hw_tally_until(&tally, day), counted);
    }
    hw_tally_free(&tally);
    free(values);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_sum_is_the_same_in_any_order_and_grouping),
        cmocka_unit_test(test_a_sum_loses_nothing),
        cmocka_unit_test(test_it_does_not_matter_how_many_counted),
        cmocka_unit_test(test_quantiles_are_those_of_the_sorted_sample),
        cmocka_unit_test(test_means_are_those_of_all_values_one_by_one),
        cmocka_unit_test(test_a_small_spread_far_from_zero_is_kept),
        cmocka_unit_test(test_days_that_have_come_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
