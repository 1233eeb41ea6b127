#include "tests/input/support.h"

#include <unistd.h>

static char *resolved_of(const char *yaml) {
    loading loaded;
    load_text(&loaded, yaml);
    assert_no_errors(&loaded);
    char *text = strdup(hw_binding_resolved(loaded.binding));
    unload(&loaded);
    return text;
}

static void digest_of(const char *yaml, char digest[65]) {
    loading loaded;
    load_text(&loaded, yaml);
    assert_no_errors(&loaded);
    assert_int_equal(strlen(hw_binding_digest(loaded.binding)), 64);
    memcpy(digest, hw_binding_digest(loaded.binding), 65);
    unload(&loaded);
}

static const char rich[] =
    "currencies: {AZN: {value: 0.588 USD, source: bank}}\n"
    "source: survey\n"
    "note: \"a remark: [1], 'two'\"\n"
    "title: \"Bread: \\\"hot\\\" \\\\ and\\n\\tfresh\"\n"
    "shops:\n"
    "  Ağdam 'New': {area: {p10: 20 m2, p50: 1_0.5 ha, p90: 0.9 km2, note: ''''}, staff: 1}\n"
    "  \"- St. X: #2\":\n"
    "    area: {value: 20  m2, source: \"a, b\", assumed: yes}\n"
    "    staff: {value: 7, note: counted}\n"
    "    neighbours: [\"- St. X: #2\", Ağdam 'New']\n"
    "    budget: {2022: 1 MAZN, 2021-03-01: 5 USD, 2023: \"80 %  of 2022\", note: spring first}\n"
    "    sign: \" blanks \"\n"
    "  \"yes\": {area: 20 m2, staff: 2, sign: \"-1\", neighbours: []}\n"
    "  ~: {area: 20 m2, staff: 2}\n"
    "ovens: {}\n"
    "doughs: {note: both, yeast: {rise: {distribution: gamma, shape: 2, scale: 1 day}}}\n"
    "main_shop: \"- St. X: #2\"\n";

static void test_the_resolved_text_loads_again_to_itself(void **state) {
    (void)state;
    static const char *const texts[] = {"title: B\n", rich};
    for (size_t i = 0; i < HW_LENGTH(texts); i++) {
        char *first = resolved_of(texts[i]);
        char *second = resolved_of(first);
        assert_string_equal(first, second);
        free(first);
        free(second);
    }
}

/* Equal values too, not only equal text. */
static void test_the_resolved_text_has_the_same_values(void **state) {
    (void)state;
    char *resolved = resolved_of(rich);
    loading written;
    loading again;
    load_text(&written, rich);
    load_text(&again, resolved);
    assert_no_errors(&again);
    const hw_values *a = hw_binding_values(written.binding);
    const hw_values *b = hw_binding_values(again.binding);
    assert_int_equal(a->count, b->count);
    for (uint32_t i = 0; i < a->count; i++) {
        assert_string_equal(a->items[i].path, b->items[i].path);
        assert_string_equal(a->items[i].written, b->items[i].written);
        assert_memory_equal(&a->items[i].distribution.a, &b->items[i].distribution.a, 5 * sizeof(double));
        assert_int_equal(a->items[i].distribution.kind, b->items[i].distribution.kind);
        assert_int_equal(a->items[i].assumed, b->items[i].assumed);
        if (a->items[i].source == NULL || b->items[i].source == NULL) {
            assert_ptr_equal(a->items[i].source, b->items[i].source);
        } else {
            assert_string_equal(a->items[i].source, b->items[i].source);
        }
        assert_false(b->items[i].standard);
    }
    assert_string_equal(written.bakery.title, again.bakery.title);
    unload(&written);
    unload(&again);
    free(resolved);
}

static void test_the_resolved_text_is_canonical(void **state) {
    (void)state;
    char *resolved = resolved_of("main_shop: A\n"
                                 "shops: {A: {staff: 1, area: 2_0 m2, source: survey, "
                                 "budget: {2022: 1 USD, 2021: {value: 2 USD, assumed: yes}}}}\n"
                                 "title: B\n");
    assert_string_equal(resolved,
                        "title: B\n"
                        "start: {value: 2020-11-10, assumed: yes}\n"
                        "price_growth: {value: 3 %/year, assumed: yes}\n"
                        "queue_density: {value: 0.5 /m2, assumed: yes}\n"
                        "counter_time: {distribution: lognormal, median: 90 s, sigma: 0.4, assumed: yes}\n"
                        "paving: {value: 12 USD/m2, assumed: yes}\n"
                        "coverage: {value: 1.5, assumed: yes}\n"
                        "delivery:\n"
                        "  distance: {distribution: pert, low: 1 km, mode: 2 km, high: 6 km, assumed: yes}\n"
                        "  round: {value: 2 km2/day, assumed: yes}\n"
                        "shops:\n"
                        "  A:\n"
                        "    area: {value: 2_0 m2, source: survey}\n"
                        "    rent: {value: 900 USD/month, assumed: yes}\n"
                        "    sold_out: {distribution: beta, alpha: 2, beta: 5, assumed: yes}\n"
                        "    walk_in: {value: 40 /day, assumed: yes}\n"
                        "    staff: {value: 1, source: survey}\n"
                        "    style: {value: rustic, assumed: yes}\n"
                        "    budget:\n"
                        "      2021-01-01: {value: 2 USD, assumed: yes}\n"
                        "      2022-01-01: {value: 1 USD, source: survey}\n"
                        "    open_on_sunday: {value: no, assumed: yes}\n"
                        "doughs:\n"
                        "  sourdough:\n"
                        "    rise: {value: 12 hours, assumed: yes}\n"
                        "    waste: {value: 5 %, source: Miller 2019}\n"
                        "  yeast:\n"
                        "    rise: {value: 12 hours, assumed: yes}\n"
                        "    waste: {value: 5 %, source: Miller 2019}\n"
                        "main_shop: A\n");
    free(resolved);
}

#define PLAIN "title: B\nstart: 2020-01-01\nshops:\n  A: {area: 20 m2, staff: 1, open_on_sunday: yes}\n"

static void test_the_digest_is_that_of_the_content(void **state) {
    (void)state;
    static const struct {
        const char *yaml;
        bool same;
    } cases[] = {
        {PLAIN, true},
        {"# a remark\nstart:   2020-01-01\nshops: {A: {staff: 1, open_on_sunday: true, area: \"20 m2\"}}\n"
         "title: 'B'\n",
         true},
        {PLAIN "ovens: {}\n", false},
        {PLAIN "main_shop: A\n", false},
        {PLAIN "coverage: 1.6\n", false},
        {"title: B\nstart: 2020-01-01\nshops: {A: {area: 21 m2, staff: 1, open_on_sunday: yes}}\n", false},
        {"title: B\nstart: 2020-01-02\nshops: {A: {area: 20 m2, staff: 1, open_on_sunday: yes}}\n", false},
        {"title: B\nstart: 2020-01-01\nshops: {A: {area: 20 m2, staff: 2, open_on_sunday: yes}}\n", false},
        {"title: B\nstart: 2020-01-01\nshops: {A: {area: 20 m2, staff: 1, open_on_sunday: no}}\n", false},
        {"title: C\nstart: 2020-01-01\nshops: {A: {area: 20 m2, staff: 1, open_on_sunday: yes}}\n", false},
        {"title: B\nstart: 2020-01-01\nshops: {Z: {area: 20 m2, staff: 1, open_on_sunday: yes}}\n", false},
    };
    char expected[65];
    digest_of(PLAIN, expected);
    for (size_t i = 0; i < HW_LENGTH(cases); i++) {
        char digest[65];
        digest_of(cases[i].yaml, digest);
        assert_int_equal(strcmp(digest, expected) == 0, cases[i].same);
    }
}

/* SHA-256 as others compute it: the digest can be checked outside. */
static void test_the_digest_is_sha_256_of_the_resolved_text(void **state) {
    (void)state;
    loading loaded;
    char name[] = "digest-XXXXXX";
    char command[64];
    char line[65] = "";
    load_text(&loaded, rich);
    assert_no_errors(&loaded);
    int descriptor = mkstemp(name);
    assert_true(descriptor >= 0);
    close(descriptor);
    write_file(name, hw_binding_resolved(loaded.binding));
    snprintf(command, sizeof(command), "sha256sum %s", name);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    assert_non_null(fgets(line, sizeof(line), pipe));
    pclose(pipe);
    unlink(name);
    assert_string_equal(line, hw_binding_digest(loaded.binding));
    unload(&loaded);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_resolved_text_loads_again_to_itself),
        cmocka_unit_test(test_the_resolved_text_has_the_same_values),
        cmocka_unit_test(test_the_resolved_text_is_canonical),
        cmocka_unit_test(test_the_digest_is_that_of_the_content),
        cmocka_unit_test(test_the_digest_is_sha_256_of_the_resolved_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
