#include "sim/input/binding.h"
#include "tests/sim/check.h"
#include <stdlib.h>
#include <string.h>

/* Keys that mean something only beside others are refused elsewhere; keys that another choice leaves unread
 * are warned of, when the user's own file says them. */

typedef struct loaf {
    uint32_t kind;
    bool sliced;
    hw_value_id weight, seeds, slices, crust;
} loaf;

typedef struct method {
    hw_value_id heat;
} method;

typedef struct shelf {
    uint32_t rule;
    int64_t sale;
    hw_value_id discount, order;
    hw_table loaves;
    const void *rules[HW_REGISTRY_MOST];
} shelf;

static const char *const kinds[] = {"white", "rye", "bun", NULL};
static const char *const rule_names[] = {"first", "freshest", NULL};

#define SHARE(owner, field)                                                                                  \
    .name = #field, .type = HW_KEY_QUANTITY, .dimension = HW_DIM_SHARE, .offset = offsetof(owner, field),    \
    .meaning = "a share", .standard = "10 %"

static const hw_key loaf_keys[] = {
    {.name = "kind",
     .type = HW_KEY_CHOICE,
     .choices = kinds,
     .standard = "white",
     .offset = offsetof(loaf, kind),
     .meaning = "kind"},
    {.name = "sliced",
     .type = HW_KEY_YES_NO,
     .standard = "no",
     .offset = offsetof(loaf, sliced),
     .meaning = "sliced or whole"},
    {.name = "weight",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_NUMBER,
     .optional = true,
     .offset = offsetof(loaf, weight),
     .meaning = "weight"},
    {SHARE(loaf, seeds), .only_with = "kind: rye, bun", .instead = "white loaves are plain"},
    {SHARE(loaf, slices), .only_with = "sliced: yes"},
    {SHARE(loaf, crust), .only_with = "weight"},
};
static const hw_section loaf_section = {"loaf", "A loaf.", sizeof(loaf), loaf_keys, HW_LENGTH(loaf_keys)};

static const hw_key rule_keys[] = {{SHARE(method, heat)}};
static const hw_section first_section = {"first", "A rule.", sizeof(method), rule_keys, 1};
static const hw_section freshest_section = {"freshest", "A rule.", sizeof(method), rule_keys, 1};
static const hw_section *const rule_sections[] = {&first_section, &freshest_section};
static const hw_registry rules = {.name = "rules", .sections = rule_sections, .count = 2};

static const hw_key shelf_keys[] = {
    {.name = "rule",
     .type = HW_KEY_CHOICE,
     .choices = rule_names,
     .standard = "first",
     .offset = offsetof(shelf, rule),
     .meaning = "rule"},
    {.name = "sale",
     .type = HW_KEY_DATE,
     .optional = true,
     .offset = offsetof(shelf, sale),
     .meaning = "day of the sale"},
    {SHARE(shelf, discount), .read_if = "sale"},
    {SHARE(shelf, order), .read_if = "rule: first"},
    {.name = "loaves",
     .type = HW_KEY_TABLE,
     .section = &loaf_section,
     .optional = true,
     .offset = offsetof(shelf, loaves),
     .meaning = "loaves"},
    {.name = "rules",
     .type = HW_KEY_REGISTRY,
     .registry = &rules,
     .chosen_by = "rule",
     .offset = offsetof(shelf, rules),
     .meaning = "rules"},
};
static const hw_section shelf_section = {"shelf", "A shelf.", sizeof(shelf), shelf_keys,
                                         HW_LENGTH(shelf_keys)};

/* Binds a text and says what was found: errors, or warnings. */
static char *mistakes_of(const char *yaml, shelf *out, char *resolved, size_t size) {
    hw_errors errors = {0};
    memset(out, 0, sizeof *out);
    hw_document *document = hw_document_parse(yaml, "shelf.yaml", &errors);
    assert_non_null(document);
    hw_binding *binding = hw_binding_create(&shelf_section, document, out, &errors);
    if (binding != NULL) {
        const char *const files[] = {"shelf.yaml"};
        hw_remarks all = {0};
        hw_remarks_join(&all, hw_binding_warnings(binding));
        hw_remarks_report(&all, files, 1, &errors);
        hw_remarks_free(&all);
        snprintf(resolved, size, "%s", hw_binding_resolved(binding));
        hw_binding_free(binding);
    }
    hw_document_free(document);
    char *text = hw_errors_text(&errors);
    hw_errors_free(&errors);
    return text;
}

static void expect(const char *yaml, const char *expected) {
    shelf out;
    char resolved[1024] = "";
    char *found = mistakes_of(yaml, &out, resolved, sizeof resolved);
    assert_string_equal(found, expected);
    free(found);
}

static void test_a_key_without_what_it_needs_is_refused_at_its_place(void **state) {
    (void)state;
    expect(
        "loaves: {A: {seeds: 5 %}}\n",
        "shelf.yaml:1:14: 'seeds' would do nothing in loaf 'A': it works only beside 'kind: rye, bun'; white "
        "loaves are plain\n");
    expect("loaves: {A: {kind: bun, seeds: 5 %}}\n", "");
    expect("loaves: {A: {kind: {value: rye, note: dark}, seeds: 5 %}}\n", "");
    expect(
        "loaves: {A: {kind: {value: white, note: pale}, seeds: 5 %}}\n",
        "shelf.yaml:1:48: 'seeds' would do nothing in loaf 'A': it works only beside 'kind: rye, bun'; white "
        "loaves are plain\n");
    expect("loaves:\n  A:\n    slices: 5 %\n    sliced: no\n",
           "shelf.yaml:3:5: 'slices' would do nothing in loaf 'A': it works only beside 'sliced: yes'\n");
    expect("loaves: {A: {sliced: true, slices: 5 %}}\n", "");
    expect("loaves: {A: {crust: 5 %}}\n",
           "shelf.yaml:1:14: 'crust' would do nothing in loaf 'A': it works only beside 'weight'\n");
    expect("loaves: {A: {crust: 5 %, weight: 2}}\n", "");
}

static void test_a_wrong_choice_is_one_mistake_and_not_two(void **state) {
    (void)state;
    expect("loaves: {A: {kind: rie, seeds: 5 %}}\n",
           "shelf.yaml:1:20: 'kind': expected one of white, rye, bun, found 'rie'; did you mean 'rye'?\n");
}

static void test_a_default_that_would_do_nothing_does_not_hold(void **state) {
    (void)state;
    shelf out;
    char first[1024], again[1024];
    free(mistakes_of("loaves: {A: {weight: 1}, B: {kind: rye, sliced: yes}}\n", &out, first, sizeof first));
    assert_true(strstr(first, "seeds:") > strstr(first, "B:"));
    assert_non_null(strstr(strstr(first, "B:"), "seeds:"));
    assert_non_null(strstr(strstr(first, "B:"), "slices:"));
    assert_null(strstr(strstr(first, "B:"), "crust:"));
    /* What was written out can be read again. */
    char *found = mistakes_of(first, &out, again, sizeof again);
    assert_null(strstr(found, "would do nothing"));
    assert_string_equal(first, again);
    free(found);
}

static void test_what_another_choice_leaves_unread_is_warned_of(void **state) {
    (void)state;
    expect("rules: {first: {heat: 5 %}}\norder: 5 %\n", "");
    expect("rule: freshest\norder: 5 %\n",
           "shelf.yaml:2:8: order is set, and nothing reads it: rule is freshest\n");
    expect("rules: {freshest: {heat: 5 %}}\n",
           "shelf.yaml:1:26: rules.freshest is set, and nothing reads it: rule is first\n");
    expect("discount: 5 %\n", "shelf.yaml:1:11: discount is set, and nothing reads it: sale is left out\n");
    expect("discount: 5 %\nsale: 2021-01-01\n", "");
}

static void test_a_need_that_no_table_can_meet_is_unsound(void **state) {
    (void)state;
    static const char *const needs[] = {"nothing", "kind: brown", "kind", "weight: 3", "crust", "seeds: 1"};
    for (size_t i = 0; i < HW_LENGTH(needs); i++) {
        hw_key keys[HW_LENGTH(loaf_keys)];
        memcpy(keys, loaf_keys, sizeof keys);
        keys[5].only_with = needs[i];
        const hw_section section = {"loaf", "A loaf.", sizeof(loaf), keys, HW_LENGTH(keys)};
        hw_errors errors = {0};
        assert_int_equal(hw_schema_check(&section, &errors), HW_ERROR_INPUT);
        hw_errors_free(&errors);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_key_without_what_it_needs_is_refused_at_its_place),
        cmocka_unit_test(test_a_wrong_choice_is_one_mistake_and_not_two),
        cmocka_unit_test(test_a_default_that_would_do_nothing_does_not_hold),
        cmocka_unit_test(test_what_another_choice_leaves_unread_is_warned_of),
        cmocka_unit_test(test_a_need_that_no_table_can_meet_is_unsound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
