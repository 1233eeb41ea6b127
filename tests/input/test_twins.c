#include "sim/input/twins.h"
#include "sim/length.h"
#include "tests/input/support.h"

/* Names that a person cannot tell apart are refused, with both places; names that differ to the eye are not.
 */

typedef struct pair {
    const char *one, *other;
    const char *differ; /* NULL: no twins */
} pair;

static const pair pairs[] = {
    /* composed and decomposed */
    {"A\u011fdam", "Ag\u0306dam", "composed and decomposed"},
    {"\u0130mi\u015fli", "I\u0307mis\u0327li", "composed and decomposed"},
    {"K\u00f6ln", "Ko\u0308ln", "composed and decomposed"},
    /* letters of other scripts */
    {"Agdam", "\u0410gdam", "look alike"},                      /* Cyrillic A */
    {"Agdam", "Agd\u0430m", "look alike"},                      /* Cyrillic a */
    {"Shusha", "Shush\u03b1", "look alike"},                    /* Greek alpha */
    {"Lachin", "Lachi\u0578", NULL},                            /* Armenian vo is another letter */
    {"X\u0259nk\u0259ndi", "X\u04d9nk\u04d9ndi", "look alike"}, /* Cyrillic schwa */
    {"\u018fli", "\u04d8li", "look alike"},
    {"Horadiz", "H\u043eradiz", "look alike"},          /* Cyrillic o */
    {"Horadiz", "H\u03bfradiz", "look alike"},          /* Greek omicron */
    {"K\u00e4r", "K\u04d3r", "look alike"},             /* Cyrillic a with dots */
    {"\u015eu\u015fa", "\u0218u\u0219a", "look alike"}, /* comma and cedilla */
    /* dotted and dotless i, letter case */
    {"A\u011fal\u0131", "A\u011fali", "look alike"},
    {"AGDAM", "Agdam", "letter case"},
    {"\u018fL\u0130", "\u0259li", "look alike"},
    {"\u0428\u0443\u0448\u0430", "\u0448\u0443\u0448\u0430", "letter case"},
    /* blanks */
    {"Agdam city", "Agdam  city", "blanks"},
    {"Agdam city", " Agdam city", "blanks"},
    {"Agdam city", "Agdam city ", "blanks"},
    {"Agdam city", "Agdam\u00a0city", "look alike or are not seen"},
    {"Agdam city", "Agdam\u2009city", "look alike or are not seen"},
    /* without width */
    {"Agdam", "Ag\u200bdam", "not seen"},
    {"Agdam", "\ufeffAgdam", "not seen"},
    {"Agdam", "Ag\u00addam", "not seen"},
    {"Agdam", "Agdam\u200f", "not seen"},
    {"Agdam-1", "Agdam\u20111", "look alike"},
    /* told apart at a glance */
    {"Agdam", "A\u011fdam", NULL},
    {"Sus", "\u015eus", NULL},
    {"Area 1", "Area 2", NULL},
    {"Agdam city", "Agdamcity", NULL},
    {"elas", "\u0117las", NULL},
    {"Xan", "X\u0259n", NULL},
};

/* A mark without width sends the same name the longer way. */
static void test_plain_english_has_the_skeleton_that_unicode_gives_it(void **state) {
    (void)state;
    for (char c = ' '; c <= '~'; c++) {
        hw_pool pool = {0};
        const char *const names[] = {hw_pool_print(&pool, "Ai%cIz", c),
                                     hw_pool_print(&pool, "%c%cB%c", c, c, c),
                                     hw_pool_print(&pool, "a %c  B%c ", c, c)};
        for (size_t i = 0; i < HW_LENGTH(names); i++) {
            const char *marked = hw_pool_print(&pool, "\u200b%s", names[i]);
            assert_string_equal(hw_name_skeleton(&pool, names[i]), hw_name_skeleton(&pool, marked));
        }
        hw_pool_free(&pool);
    }
}

static void test_twins_have_one_skeleton_and_others_have_not(void **state) {
    (void)state;
    hw_pool pool = {0};
    for (size_t i = 0; i < HW_LENGTH(pairs); i++) {
        bool same =
            strcmp(hw_name_skeleton(&pool, pairs[i].one), hw_name_skeleton(&pool, pairs[i].other)) == 0;
        if (same != (pairs[i].differ != NULL)) {
            print_error("'%s' and '%s'\n", pairs[i].one, pairs[i].other);
        }
        assert_int_equal(same, pairs[i].differ != NULL);
    }
    hw_pool_free(&pool);
}

static void test_twins_in_one_table_are_refused_with_both_places(void **state) {
    (void)state;
    for (size_t i = 0; i < HW_LENGTH(pairs); i++) {
        char yaml[512];
        snprintf(yaml, sizeof yaml,
                 "title: B\nshops:\n  \"%s\": {area: 20 m2, staff: 1}\n  \"%s\": {area: 20 m2, staff: 1}\n",
                 pairs[i].one, pairs[i].other);
        loading loaded;
        load_text(&loaded, yaml);
        char *text = hw_errors_text(&loaded.errors);
        bool refused = strstr(text, "bread.yaml:4:3: shop '") == text &&
                       strstr(text, "at bread.yaml:3:3: they differ in ") != NULL;
        if (refused != (pairs[i].differ != NULL) || (refused && strstr(text, pairs[i].differ) == NULL)) {
            print_error("'%s' and '%s': %s\n", pairs[i].one, pairs[i].other, text);
            fail();
        }
        free(text);
        unload(&loaded);
    }
}

static void test_a_reference_with_a_twin_spelling_gets_the_name_that_is_meant(void **state) {
    (void)state;
    for (size_t i = 0; i < HW_LENGTH(pairs); i++) {
        char yaml[512];
        snprintf(yaml, sizeof yaml,
                 "title: B\nshops:\n  \"%s\": {area: 20 m2, staff: 1}\n"
                 "  Z: {area: 20 m2, staff: 1, neighbours: [\"%s\"]}\n",
                 pairs[i].one, pairs[i].other);
        loading loaded;
        load_text(&loaded, yaml);
        char *text = hw_errors_text(&loaded.errors);
        assert_non_null(strstr(text, "there is no shop '"));
        bool meant = strstr(text, "', which differs in ") != NULL;
        bool seen = pairs[i].differ != NULL && strcmp(pairs[i].differ, "letter case") == 0;
        assert_int_equal(meant, pairs[i].differ != NULL && !seen);
        assert_true(!seen || strstr(text, "; did you mean '") != NULL);
        free(text);
        unload(&loaded);
    }
}

static void test_counts_are_whole(void **state) {
    (void)state;
    static const char *const wrong[] = {"2.5", "1e3",    "-1", "1e9", "12.0", "{p10: 1, p50: 2, p90: 3}",
                                        "[2]", "3 teams"};
    for (size_t i = 0; i < HW_LENGTH(wrong); i++) {
        char yaml[256];
        snprintf(yaml, sizeof yaml, "title: B\nshops:\n  A: {area: 20 m2, staff: %s}\n", wrong[i]);
        loading loaded;
        load_text(&loaded, yaml);
        assert_true(loaded.errors.count > 0);
        assert_int_equal(loaded.errors.items[0].where.line, 3);
        unload(&loaded);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain_english_has_the_skeleton_that_unicode_gives_it),
        cmocka_unit_test(test_twins_have_one_skeleton_and_others_have_not),
        cmocka_unit_test(test_twins_in_one_table_are_refused_with_both_places),
        cmocka_unit_test(test_a_reference_with_a_twin_spelling_gets_the_name_that_is_meant),
        cmocka_unit_test(test_counts_are_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
