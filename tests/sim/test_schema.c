#include "sim/schema.h"

#include "tests/sim/check.h"

static const hw_rng_key key = {4, 5};
enum { PURPOSE = 3 };

static hw_value value(const char *path, hw_distribution distribution) {
    return (hw_value){.path = path, .distribution = distribution, .entity = hw_entity(path)};
}

static void realise(const hw_value *items, uint32_t count, hw_rng_key replication, double *out) {
    hw_values_realise(&(hw_values){.items = items, .count = count}, replication, PURPOSE, out);
}

static const hw_distribution wide_normal = {HW_NORMAL, 10.0, 2.0, 0.0, -HUGE_VAL, HUGE_VAL};
static const hw_distribution seven = {HW_FIXED, 7.0, 0.0, 0.0, -HUGE_VAL, HUGE_VAL};

static void test_a_value_is_the_quantile_at_its_keyed_draw(void **state) {
    (void)state;
    const hw_value items[] = {value("rate", wide_normal), value("share", seven)};
    double out[2];
    realise(items, 2, key, out);
    double draw = hw_draw(key, hw_entity("rate"), PURPOSE, 0);
    assert_same(out[0], hw_distribution_quantile(&wide_normal, draw));
    assert_same(out[1], 7.0);
}

static void test_a_value_does_not_depend_on_its_neighbours(void **state) {
    (void)state;
    const hw_value few[] = {value("a", wide_normal), value("b", wide_normal)};
    const hw_value more[] = {value("new", wide_normal), value("b", wide_normal), value("fixed", seven),
                             value("a", wide_normal)};
    double few_out[2], more_out[4];
    realise(few, 2, key, few_out);
    realise(more, 4, key, more_out);
    assert_same(more_out[3], few_out[0]);
    assert_same(more_out[1], few_out[1]);
    assert_true(few_out[0] != few_out[1]);
}

static void test_another_replication_draws_another_value(void **state) {
    (void)state;
    const hw_value items[] = {value("a", wide_normal), value("fixed", seven)};
    double first[2], second[2];
    realise(items, 2, (hw_rng_key){4, 5}, first);
    realise(items, 2, (hw_rng_key){4, 6}, second);
    assert_true(first[0] != second[0]);
    assert_same(first[1], second[1]);
}

static void test_values_keep_to_their_range(void **state) {
    (void)state;
    hw_distribution share = {HW_NORMAL, 0.5, 5.0, 0.0, 0.0, 1.0};
    uint32_t clamped = 0;
    for (uint64_t replication = 0; replication < 1000; replication++) {
        const hw_value item = value("share", share);
        double out;
        realise(&item, 1, (hw_rng_key){1, replication}, &out);
        assert_true(out >= 0.0 && out <= 1.0);
        clamped += out == 0.0 || out == 1.0;
    }
    assert_in_range(clamped, 850, 980); /* 92 % of this distribution lies outside */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_value_is_the_quantile_at_its_keyed_draw),
        cmocka_unit_test(test_a_value_does_not_depend_on_its_neighbours),
        cmocka_unit_test(test_another_replication_draws_another_value),
        cmocka_unit_test(test_values_keep_to_their_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
