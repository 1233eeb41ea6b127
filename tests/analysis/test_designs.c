#include "analysis/sweep/design.h"
#include "tests/sim/check.h"
#include <gsl/gsl_qrng.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FACTORS_MOST = 20 };

/* A design by its name with parameters that the test fills in. */
typedef struct planned {
    const hw_design *design;
    hw_design_plan plan;
    hw_status status;
    hw_errors errors;
} planned;

static const char *const names[FACTORS_MOST] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"};
static const uint32_t no_levels[FACTORS_MOST];

static planned plan_of(const char *name, const void *parameters, uint32_t factors, const uint32_t *levels) {
    planned p = {0};
    for (uint32_t d = 0; d < hw_designs.count; d++) {
        if (strcmp(hw_designs.sections[d]->name, name) == 0) {
            p.design = hw_design_list[d];
        }
    }
    assert_non_null(p.design);
    p.plan.question = (hw_design_question){
        .names = names, .levels = levels, .factor_count = factors, .seed = 7, .beside = "sweep.yaml"};
    p.status = p.design->plan(parameters, &p.plan, &p.errors);
    return p;
}

static void end_plan(planned *p) {
    if (p->design->release != NULL) {
        p->design->release(&p->plan);
    }
    hw_errors_free(&p->errors);
}

static hw_design_place point(const planned *p, uint64_t number, double *unit) {
    hw_design_place place = {0};
    p->design->point(&p->plan, number, unit, &place);
    for (uint32_t f = 0; f < p->plan.question.factor_count; f++) {
        assert_true(unit[f] >= 0.0 && unit[f] <= 1.0);
    }
    return place;
}

static void test_a_latin_hypercube_has_one_point_in_each_stratum_of_each_factor(void **state) {
    (void)state;
    const uint32_t sizes[] = {2, 7, 64, 100, 1000};
    for (size_t s = 0; s < 5; s++) {
        const uint32_t points = sizes[s];
        planned p = plan_of("latin_hypercube", &points, 5, no_levels);
        assert_int_equal(p.plan.points, points);
        bool *seen = calloc(points * 5, sizeof *seen);
        for (uint64_t i = 0; i < points; i++) {
            double unit[FACTORS_MOST];
            point(&p, i, unit);
            for (uint32_t f = 0; f < 5; f++) {
                uint32_t stratum = (uint32_t)(unit[f] * points);
                assert_false(seen[f * points + stratum]);
                seen[f * points + stratum] = true;
            }
        }
        free(seen);
        end_plan(&p);
    }
}

/* The correlation of two independent columns of 1000 has a standard error of 0.032: five of them are passed
 * by chance in one of two million pairs. */
static void test_factors_of_a_latin_hypercube_are_not_correlated(void **state) {
    (void)state;
    const uint32_t points = 1000;
    planned p = plan_of("latin_hypercube", &points, 4, no_levels);
    double products[4][4] = {{0}};
    for (uint64_t i = 0; i < points; i++) {
        double unit[FACTORS_MOST];
        point(&p, i, unit);
        for (int a = 0; a < 4; a++) {
            for (int b = 0; b < 4; b++) {
                products[a][b] += (unit[a] - 0.5) * (unit[b] - 0.5);
            }
        }
    }
    for (int a = 0; a < 4; a++) {
        for (int b = 0; b < a; b++) {
            assert_true(fabs(products[a][b] / sqrt(products[a][a] * products[b][b])) < 5 * 0.032);
        }
    }
    end_plan(&p);
}

static void test_a_grid_has_each_combination_of_levels_once(void **state) {
    (void)state;
    const uint32_t steps = 4, levels[FACTORS_MOST] = {3, 0, 2};
    planned p = plan_of("grid", &steps, 3, levels);
    assert_int_equal(p.plan.points, 3 * 4 * 2);
    bool seen[3][4][2] = {{{false}}};
    for (uint64_t i = 0; i < p.plan.points; i++) {
        double unit[FACTORS_MOST];
        point(&p, i, unit);
        int a = (int)lround(unit[0] * 2), b = (int)lround(unit[1] * 3), c = (int)lround(unit[2]);
        assert_false(seen[a][b][c]);
        seen[a][b][c] = true;
    }
    end_plan(&p);
}

/* Sums over all points of the products of two columns of -1 and +1. */
static void assert_balanced_and_orthogonal(const planned *p, uint32_t factors) {
    double sums[FACTORS_MOST] = {0}, products[FACTORS_MOST][FACTORS_MOST] = {{0}};
    for (uint64_t i = 0; i < p->plan.points; i++) {
        double unit[FACTORS_MOST];
        point(p, i, unit);
        for (uint32_t a = 0; a < factors; a++) {
            assert_true(unit[a] == 0.0 || unit[a] == 1.0);
            sums[a] += 2 * unit[a] - 1;
            for (uint32_t b = 0; b < a; b++) {
                products[a][b] += (2 * unit[a] - 1) * (2 * unit[b] - 1);
            }
        }
    }
    for (uint32_t a = 0; a < factors; a++) {
        assert_true(sums[a] == 0.0);
        for (uint32_t b = 0; b < a; b++) {
            assert_true(products[a][b] == 0.0);
        }
    }
}

static void test_factorial_designs_are_balanced_and_orthogonal(void **state) {
    (void)state;
    const bool no_centre = false;
    planned full = plan_of("full_factorial", &no_centre, 5, no_levels);
    assert_int_equal(full.plan.points, 32);
    assert_balanced_and_orthogonal(&full, 5);
    end_plan(&full);
    const struct {
        uint32_t runs, factors;
    } fractions[] = {{4, 3}, {8, 4}, {8, 7}, {16, 5}, {16, 8}, {16, 15}, {32, 6}};
    for (size_t i = 0; i < 7; i++) {
        planned p = plan_of("fractional_factorial", &fractions[i].runs, fractions[i].factors, no_levels);
        assert_int_equal(p.plan.points, fractions[i].runs);
        assert_balanced_and_orthogonal(&p, fractions[i].factors);
        end_plan(&p);
    }
}

static void test_a_centre_point_lies_in_the_middle_of_all_factors(void **state) {
    (void)state;
    const bool centre = true;
    planned p = plan_of("full_factorial", &centre, 3, no_levels);
    double unit[FACTORS_MOST];
    assert_int_equal(p.plan.points, 9);
    point(&p, 8, unit);
    assert_true(unit[0] == 0.5 && unit[1] == 0.5 && unit[2] == 0.5);
    end_plan(&p);
}

/* Box, Hunter and Hunter 2005, table 6.22: the best 2^(k-p) designs. */
static void test_a_fraction_says_its_resolution(void **state) {
    (void)state;
    const struct {
        uint32_t runs, factors;
        const char *resolution;
    } known[] = {{4, 3, "resolution III:"}, {8, 4, "resolution IV:"}, {16, 5, "resolution V:"},
                 {16, 8, "resolution IV:"}, {32, 6, "resolution VI"}, {8, 3, "nothing is confounded"}};
    for (size_t i = 0; i < 6; i++) {
        planned p = plan_of("fractional_factorial", &known[i].runs, known[i].factors, no_levels);
        if (strncmp(p.plan.note, known[i].resolution, strlen(known[i].resolution)) != 0) {
            fail_msg("%u factors in %u runs: %s", known[i].factors, known[i].runs, p.plan.note);
        }
        end_plan(&p);
    }
}

static void test_a_fraction_needs_a_power_of_two_larger_than_its_factors(void **state) {
    (void)state;
    const uint32_t bad[] = {12, 4, 8};
    for (size_t i = 0; i < 3; i++) {
        planned p = plan_of("fractional_factorial", &bad[i], 8, no_levels);
        assert_int_equal(p.status, HW_ERROR_INPUT);
        assert_non_null(strstr(p.errors.items[0].message, "the next is 16"));
        end_plan(&p);
    }
}

static void test_sobol_points_are_the_sequence_of_gsl_in_the_arrangement_of_saltelli(void **state) {
    (void)state;
    enum { FACTORS = 3, ROWS = 40 };
    const struct {
        uint32_t rows;
        bool indices;
    } terms = {ROWS, true}, plain = {ROWS, false};
    planned p = plan_of("sobol", &terms, FACTORS, no_levels),
            q = plan_of("sobol", &plain, FACTORS, no_levels);
    assert_int_equal(p.plan.points, ROWS * (FACTORS + 2));
    assert_int_equal(q.plan.points, ROWS);
    gsl_qrng *both = gsl_qrng_alloc(gsl_qrng_sobol, 2 * FACTORS),
             *one = gsl_qrng_alloc(gsl_qrng_sobol, FACTORS);
    for (uint32_t row = 0; row < ROWS; row++) {
        double ab[2 * FACTORS], a[FACTORS], unit[FACTORS_MOST];
        gsl_qrng_get(both, ab);
        gsl_qrng_get(one, a);
        point(&q, row, unit);
        assert_memory_equal(unit, a, sizeof a);
        for (uint32_t block = 0; block < FACTORS + 2; block++) {
            hw_design_place place = point(&p, row * (FACTORS + 2) + block, unit);
            assert_int_equal(place.number[0], row);
            assert_int_equal(place.number[1], block);
            for (uint32_t f = 0; f < FACTORS; f++) {
                bool from_b = block == 1 || block == f + 2;
                assert_true(unit[f] == ab[from_b ? FACTORS + f : f]);
            }
        }
    }
    gsl_qrng_free(both);
    gsl_qrng_free(one);
    end_plan(&p);
    end_plan(&q);
}

static void test_more_factors_than_the_sobol_sequence_has_dimensions_are_refused(void **state) {
    (void)state;
    const struct {
        uint32_t rows;
        bool indices;
    } terms = {8, true};
    uint32_t levels[21] = {0};
    planned p = plan_of("sobol", &terms, 21, levels);
    assert_int_equal(p.status, HW_ERROR_INPUT);
    end_plan(&p);
}

static void test_each_step_of_a_morris_trajectory_moves_one_factor_and_all_are_moved_once(void **state) {
    (void)state;
    enum { FACTORS = 7, TRAJECTORIES = 50, LEVELS = 4 };
    const struct {
        uint32_t trajectories, levels;
    } terms = {TRAJECTORIES, LEVELS};
    const double step = LEVELS / (2.0 * (LEVELS - 1));
    planned p = plan_of("morris", &terms, FACTORS, no_levels);
    assert_int_equal(p.plan.points, TRAJECTORIES * (FACTORS + 1));
    uint32_t up = 0, first_factor = 0;
    for (uint32_t t = 0; t < TRAJECTORIES; t++) {
        double before[FACTORS_MOST], unit[FACTORS_MOST];
        bool moved[FACTORS] = {false};
        for (uint32_t s = 0; s <= FACTORS; s++) {
            hw_design_place place = point(&p, t * (FACTORS + 1) + s, unit);
            assert_int_equal(place.number[0], t);
            for (uint32_t f = 0; f < FACTORS; f++) {
                double grid = unit[f] * (LEVELS - 1);
                assert_true(fabs(grid - round(grid)) < 1e-12);
                bool moves = s > 0 && (int32_t)f == place.number[1];
                double change = s > 0 ? unit[f] - before[f] : 0;
                assert_true(fabs(fabs(change) - (moves ? step : 0)) < 1e-12);
                up += change > 0;
                moved[f] = moved[f] || moves;
            }
            first_factor += s == 1 && place.number[1] == 0;
            memcpy(before, unit, sizeof unit);
        }
        for (uint32_t f = 0; f < FACTORS; f++) {
            assert_true(moved[f]);
        }
    }
    /* Directions and orders are drawn: 350 fair coins, and 50 throws of a die with seven sides; either bound
     * is passed by chance in fewer than one of 100,000 seeds. */
    assert_in_range(up, 132, 218);
    assert_in_range(first_factor, 1, 20);
    end_plan(&p);
}

static void test_another_seed_gives_other_points_and_the_same_seed_the_same(void **state) {
    (void)state;
    const uint32_t points = 50;
    planned p = plan_of("latin_hypercube", &points, 2, no_levels),
            q = plan_of("latin_hypercube", &points, 2, no_levels),
            r = plan_of("latin_hypercube", &points, 2, no_levels);
    r.plan.question.seed = 8;
    uint32_t different = 0;
    for (uint64_t i = 0; i < points; i++) {
        double a[FACTORS_MOST], b[FACTORS_MOST], c[FACTORS_MOST];
        point(&p, i, a);
        point(&q, i, b);
        point(&r, i, c);
        assert_true(a[0] == b[0] && a[1] == b[1]);
        different += a[0] != c[0];
    }
    assert_true(different > 25);
    end_plan(&p);
    end_plan(&q);
    end_plan(&r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_latin_hypercube_has_one_point_in_each_stratum_of_each_factor),
        cmocka_unit_test(test_factors_of_a_latin_hypercube_are_not_correlated),
        cmocka_unit_test(test_a_grid_has_each_combination_of_levels_once),
        cmocka_unit_test(test_factorial_designs_are_balanced_and_orthogonal),
        cmocka_unit_test(test_a_centre_point_lies_in_the_middle_of_all_factors),
        cmocka_unit_test(test_a_fraction_says_its_resolution),
        cmocka_unit_test(test_a_fraction_needs_a_power_of_two_larger_than_its_factors),
        cmocka_unit_test(test_sobol_points_are_the_sequence_of_gsl_in_the_arrangement_of_saltelli),
        cmocka_unit_test(test_more_factors_than_the_sobol_sequence_has_dimensions_are_refused),
        cmocka_unit_test(test_each_step_of_a_morris_trajectory_moves_one_factor_and_all_are_moved_once),
        cmocka_unit_test(test_another_seed_gives_other_points_and_the_same_seed_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
