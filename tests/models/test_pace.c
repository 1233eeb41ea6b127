#include "models/pace.h"
#include "tests/sim/check.h"
#include <math.h>

/* The table of paces stands for the lognormal that its header promises. */

static void test_pace_grows_with_the_draw_and_keeps_its_promised_error(void **state) {
    (void)state;
    hw_pace pace;
    hw_pace_fill(&pace);
    enum { POINTS = 100000 };
    double before = 0;
    for (int i = 0; i < POINTS; i++) {
        double p = (i + 0.5) / POINTS;
        double factor = hw_pace_quantile(&pace, p), exact = hw_pace_exact(p);
        assert_true(factor >= before);
        before = factor;
        double most = p > 0.06 && p < 0.94 ? 1e-4 : 0.0105;
        assert_true(fabs(factor / exact - 1) < most);
    }
}

static void test_half_of_all_ground_takes_less_than_its_median_time(void **state) {
    (void)state;
    hw_pace pace;
    hw_pace_fill(&pace);
    assert_near(hw_pace_quantile(&pace, 0.5), 1, 1e-12);
    assert_near(log(hw_pace_exact(0.8413447460685429)), 0.5, 1e-9); /* one sigma: SOURCES 3.1 */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pace_grows_with_the_draw_and_keeps_its_promised_error),
        cmocka_unit_test(test_half_of_all_ground_takes_less_than_its_median_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
