/* Laws of boxes: one that was hidden is found, and where there is none, none is. */
#include "analysis/figures/boxes.h"
#include "sim/rng.h"
#include "tests/sim/check.h"
#include <stdlib.h>

enum { INPUTS = 30, WORLDS = 600, SAMPLES = 20 };

static double inputs[INPUTS * WORLDS];
static bool bad[WORLDS];

static double draw(uint64_t sample, uint64_t world, uint32_t of) {
    return hw_draw((hw_rng_key){.seed = 23, .replication = sample}, world, of, 0);
}

/* Bad are worlds with input 3 below 0.4 and input 7 above 0.5, nine of ten; and one of twenty of the others.
 */
static void fill(uint64_t sample, bool hidden) {
    for (uint64_t r = 0; r < WORLDS; r++) {
        for (uint32_t i = 0; i < INPUTS; i++) {
            inputs[i * WORLDS + r] = draw(sample, r, i);
        }
        bool inside = hidden && inputs[3 * WORLDS + r] < 0.4 && inputs[7 * WORLDS + r] > 0.5;
        bad[r] = draw(sample, r, 1000) < (inside ? 0.9 : hidden ? 0.05 : 0.25);
    }
}

static void test_a_hidden_box_is_found(void **state) {
    (void)state;
    double below = 0, above = 0;
    for (uint64_t sample = 0; sample < SAMPLES; sample++) {
        fill(sample, true);
        hw_box box = hw_box_find(inputs, INPUTS, bad, WORLDS, 1);
        assert_int_equal(box.count, 2);
        for (uint32_t l = 0; l < 2; l++) {
            const hw_limit *limit = &box.limits[l];
            assert_true(limit->input == 3 || limit->input == 7);
            assert_true(limit->p <= 0.05 && limit->kept >= 0.8);
            below += limit->input == 3 ? limit->high / SAMPLES : 0;
            above += limit->input == 7 ? limit->low / SAMPLES : 0;
        }
        size_t all_bad = 0;
        for (size_t r = 0; r < WORLDS; r++) {
            all_bad += bad[r];
        }
        assert_true((double)box.bad_inside / (double)box.inside > 0.7);
        assert_true((double)box.bad_inside / (double)all_bad > 0.6);
        hw_box_free(&box);
    }
    assert_near(below, 0.4, 0.02);
    assert_near(above, 0.5, 0.05);
}

/* Thirty inputs that mean nothing, of which each end was tried: at most one of twenty samples may show a
 * limit. Of twenty, four or more would come once in sixty times. */
static void test_where_nothing_is_hidden_nothing_is_found(void **state) {
    (void)state;
    int found = 0;
    for (uint64_t sample = 100; sample < 100 + SAMPLES; sample++) {
        fill(sample, false);
        hw_box box = hw_box_find(inputs, INPUTS, bad, WORLDS, 1);
        found += box.count > 0;
        hw_box_free(&box);
    }
    assert_in_range(found, 0, 3);
}

static void test_all_bad_or_none_bad_says_nothing(void **state) {
    (void)state;
    fill(3, true);
    for (int all = 0; all < 2; all++) {
        for (size_t r = 0; r < WORLDS; r++) {
            bad[r] = all;
        }
        hw_box box = hw_box_find(inputs, INPUTS, bad, WORLDS, 1);
        assert_int_equal(box.count, 0);
        hw_box_free(&box);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_hidden_box_is_found),
        cmocka_unit_test(test_where_nothing_is_hidden_nothing_is_found),
        cmocka_unit_test(test_all_bad_or_none_bad_says_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
