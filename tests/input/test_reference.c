#include "tests/input/support.h"

/* What `print` writes, as text; the caller frees it. Not inlined: gcc 12 would take the text of a memory
 * stream for a variable of this function. */
__attribute__((noinline)) static char *schema_text(const char *path, hw_status expected,
                                                   const char *expected_error) {
    char *text = NULL;
    size_t length = 0;
    hw_errors errors = {0};
    FILE *out = open_memstream(&text, &length);
    assert_int_equal(hw_schema_print(out, &bakery_section, path, &errors), expected);
    fclose(out);
    assert_error_text(&errors, expected_error);
    hw_errors_free(&errors);
    return text;
}

static void assert_every_key_is_in(const char *text, const hw_section *section) {
    assert_non_null(strstr(text, section->documentation));
    for (uint32_t i = 0; i < section->key_count; i++) {
        char line[128];
        snprintf(line, sizeof(line), "\n    %s: ", section->keys[i].name);
        assert_non_null(strstr(text, line));
        snprintf(line, sizeof(line), "\n        %s\n", section->keys[i].meaning);
        assert_non_null(strstr(text, line));
    }
}

static void test_the_reference_holds_every_key_of_every_section(void **state) {
    (void)state;
    char *text = schema_text(NULL, HW_OK, "");
    assert_every_key_is_in(text, &bakery_section);
    assert_every_key_is_in(text, &oven_section);
    assert_every_key_is_in(text, &shop_section);
    assert_every_key_is_in(text, &sourdough_section);
    assert_every_key_is_in(text, &yeast_section);
    assert_every_key_is_in(text, &delivery_section);
    free(text);
}

static void assert_stands_apart(const char *text, const char *paragraph) {
    char apart[128];
    snprintf(apart, sizeof(apart), "\n\n%s", paragraph);
    assert_non_null(strstr(text, apart));
}

static void test_paragraphs_of_the_reference_stand_apart(void **state) {
    (void)state;
    char *text = schema_text(NULL, HW_OK, "");
    assert_stands_apart(text, "Any value may be written");
    assert_stands_apart(text, "include: [");
    assert_stands_apart(text, bakery_section.name);
    free(text);
}

static void test_the_reference_fits_a_terminal(void **state) {
    (void)state;
    char *text = schema_text(NULL, HW_OK, "");
    for (const char *line = text; *line != '\0'; line += strcspn(line, "\n") + 1) {
        assert_true(strcspn(line, "\n") <= 100);
    }
    free(text);
}

static void test_a_key_is_described_by_type_range_default_and_source(void **state) {
    (void)state;
    static const struct {
        const char *path, *expected;
    } cases[] = {
        {"shops.area", "shops.<shop>.area\n    area: an area (m2, ha, km2); from 10 to 1000000 m2; required\n"
                       "        area of the shop\n\n"},
        {"shops.Corner.area",
         "shops.<shop>.area\n    area: an area (m2, ha, km2); from 10 to 1000000 m2; required\n"
         "        area of the shop\n\n"},
        {"shops.<shop>.style",
         "shops.<shop>.style\n    style: one of rustic, modern, stand-up; default rustic (assumed)\n"
         "        style of the furniture\n\n"},
        {"ovens.floor",
         "ovens.<oven>.floor\n    floor: an area (m2, ha, km2); from 0.5 to 100 m2; default 4 m2 (source: "
         "Bakers' handbook, p. 12)\n        baking floor of the oven\n\n"},
        {"doughs.yeast.rise",
         "doughs.yeast.rise\n    rise: a time (hours, days, weeks, months, years); from 0 to 30 "
         "days; default 12 hours (assumed)\n        time to rise\n\n"},
        {"delivery.fee",
         "delivery.fee\n    fee: money (USD, kUSD, MUSD, bnUSD); may be left out\n        price "
         "of a delivery\n\n"},
        {"coverage", "coverage\n    coverage: a plain number; default 1.5 (assumed)\n"
                     "        shops that reach a customer\n\n"},
    };
    for (size_t i = 0; i < HW_LENGTH(cases); i++) {
        char *text = schema_text(cases[i].path, HW_OK, "");
        assert_string_equal(text, cases[i].expected);
        free(text);
    }
}

static void test_a_path_to_a_section_prints_what_is_below_only(void **state) {
    (void)state;
    static const char *const paths[] = {"shops", "doughs.yeast", "delivery"};
    static const hw_section *const sections[] = {&shop_section, &yeast_section, &delivery_section};
    for (size_t i = 0; i < HW_LENGTH(paths); i++) {
        char *text = schema_text(paths[i], HW_OK, "");
        assert_every_key_is_in(text, sections[i]);
        assert_null(strstr(text, oven_section.documentation));
        free(text);
    }
}

static void test_an_unknown_path_is_answered_with_the_nearest(void **state) {
    (void)state;
    free(schema_text("shop", HW_ERROR_INPUT, "there is no key 'shop' in bakery; did you mean 'shops'?\n"));
    free(schema_text("shops.aera", HW_ERROR_INPUT, "there is no key 'aera' in shop; did you mean 'area'?\n"));
    free(schema_text("doughs.yest", HW_ERROR_INPUT,
                     "there is no key 'yest' in doughs; did you mean 'yeast'?\n"));
    free(schema_text("title.x", HW_ERROR_INPUT, "'title' has no keys inside\n"));
    free(schema_text("xyz", HW_ERROR_INPUT, "there is no key 'xyz' in bakery\n"));
    free(schema_text("shops.", HW_ERROR_INPUT, "'shops.' is no path: a name is missing in it\n"));
}

static void test_assumptions_list_every_value_with_its_origin(void **state) {
    (void)state;
    loading loaded;
    char *text = NULL;
    size_t length = 0;
    load_text(&loaded,
              "title: {value: B, source: me}\n"
              "shops: {St. X: {area: {p10: 20 m2, p50: 30 m2, p90: 40 m2, assumed: yes}, staff: 1}}\n");
    assert_no_errors(&loaded);
    FILE *out = open_memstream(&text, &length);
    uint32_t assumed = hw_assumptions_print(out, loaded.binding);
    fclose(out);
    assert_non_null(
        strstr(text, "  title                     B                                 me (bread.yaml:1)\n"));
    assert_non_null(strstr(text,
                           "shops.\"St. X\"\n  area                      {p10: 20 m2, p50: 30 m2, p90: 40 m2}"
                           "  *assumed* (bread.yaml:2)\n"));
    assert_non_null(strstr(text, "  staff                     1                                 no source "
                                 "(bread.yaml:2)\n"));
    assert_non_null(strstr(text, "  waste                     5 %                               Miller 2019 "
                                 "(default)\n"));
    assert_non_null(strstr(text, "  coverage                  1.5                               *assumed* "
                                 "(default)\n"));
    const hw_values *values = hw_binding_values(loaded.binding);
    uint32_t expected = 0;
    for (uint32_t i = 0; i < values->count; i++) {
        expected += values->items[i].assumed;
        assert_non_null(strstr(text, values->items[i].key->name));
    }
    assert_int_equal(assumed, expected);
    char summary[128];
    snprintf(summary, sizeof(summary),
             "\n%u values: 3 with a source, %u assumed, 1 without a source; %u of them are defaults\n",
             values->count, assumed, values->count - 3);
    assert_non_null(strstr(text, summary));
    free(text);
    unload(&loaded);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_reference_holds_every_key_of_every_section),
        cmocka_unit_test(test_paragraphs_of_the_reference_stand_apart),
        cmocka_unit_test(test_the_reference_fits_a_terminal),
        cmocka_unit_test(test_a_key_is_described_by_type_range_default_and_source),
        cmocka_unit_test(test_a_path_to_a_section_prints_what_is_below_only),
        cmocka_unit_test(test_an_unknown_path_is_answered_with_the_nearest),
        cmocka_unit_test(test_assumptions_list_every_value_with_its_origin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
