#include "sim/input/setting.h"
#include "tests/input/support.h"

static void test_one_value_is_known_however_its_path_is_written(void **state) {
    (void)state;
    static const struct {
        const char *a, *b;
        hw_path_relation relation;
    } cases[] = {
        {"a.b", "a.b", HW_PATHS_SAME},
        {"a.b", "a.\"b\"", HW_PATHS_SAME},
        {"\"a\".b", "a.\"b\"", HW_PATHS_SAME},
        {"shops.Agdam", "shops.AGDAM", HW_PATHS_SAME},
        {"shops.Ağdam", "shops.AĞDAM", HW_PATHS_SAME},
        {"shops.Şuşa ə İ", "shops.ŞUŞA Ə i", HW_PATHS_SAME},
        {"yearly.2026", "yearly.2026-01-01", HW_PATHS_SAME},
        {"yearly.\"2026-01-01\"", "yearly.2026", HW_PATHS_SAME},
        {"yearly.2026", "yearly.2026-01-02", HW_PATHS_APART},
        {"yearly.2026", "yearly.2027", HW_PATHS_APART},
        {"streams.X", "streams.X.amount", HW_PATHS_INSIDE},
        {"streams.x.amount.p10", "streams.X", HW_PATHS_INSIDE},
        {"yearly.2026.p10", "yearly.2026-01-01", HW_PATHS_INSIDE},
        {"a.b.p10", "a.b.p90", HW_PATHS_APART},
        {"a.b", "a.bc", HW_PATHS_APART},
        {"a.\"b.c\"", "a.b.c", HW_PATHS_APART},
        {"shops.Agdam", "shops.Ağdam", HW_PATHS_APART},
        {"", "", HW_PATHS_APART},
        {"a..b", "a..b", HW_PATHS_APART}, /* malformed: refused elsewhere */
    };
    for (size_t i = 0; i < HW_LENGTH(cases); i++) {
        assert_int_equal(hw_path_relate(cases[i].a, cases[i].b), cases[i].relation);
        assert_int_equal(hw_path_relate(cases[i].b, cases[i].a), cases[i].relation);
    }
}

/* A table of shops with one entry; `title` and everything else of the section may be set freely. */
static const hw_key stall_keys[] = {{.name = "sign", .type = HW_KEY_TEXT, .optional = true}};
static const hw_section stall = {"shop", "A shop.", sizeof(char *), stall_keys, 1};
static const hw_key town_keys[] = {
    {.name = "title", .type = HW_KEY_TEXT},
    {.name = "shops", .type = HW_KEY_TABLE, .section = &stall},
};
static const hw_section town = {"town", "A town.", sizeof(hw_table), town_keys, 2};

static void test_setting_one_value_makes_no_new_entry_of_a_table(void **state) {
    (void)state;
    static const struct {
        const char *path, *told;
    } cases[] = {
        {"title", ""},
        {"shops", ""},
        {"shops.Corner.sign", ""},
        {"shops.\"Corner\"", ""},
        {"shops.note", ""},
        {"shops.Market", ""},      /* a whole new entry */
        {"shpos.Corner.sign", ""}, /* what reads the scenario knows better what is near */
        {"shops.corner.sign", "<command line>:1:1: cannot set 'shops.corner.sign': there is no shop "
                              "'corner'; did you mean 'Corner'?\n"},
        {"shops.CORNER", "<command line>:1:1: cannot set 'shops.CORNER': there is no shop 'CORNER'; did you "
                         "mean 'Corner'?\n"},
        {"shops.Corne.sign", "<command line>:1:1: cannot set 'shops.Corne.sign': there is no shop 'Corne'; "
                             "did you mean 'Corner'?\n"},
        {"shops.Market.sign",
         "<command line>:1:1: cannot set 'shops.Market.sign': there is no shop 'Market'; a new one "
         "is set as a whole: {key: value, ...}\n"},
    };
    hw_errors none = {0};
    hw_document *document = hw_document_parse("shops: {Corner: {sign: x}}\n", "town.yaml", &none);
    assert_non_null(document);
    for (size_t i = 0; i < HW_LENGTH(cases); i++) {
        hw_errors errors = {0};
        hw_status status = hw_setting_check(&town, document, cases[i].path, "<command line>", &errors);
        assert_error_text(&errors, cases[i].told);
        assert_int_equal(status, *cases[i].told == '\0' ? HW_OK : HW_ERROR_INPUT);
        hw_errors_free(&errors);
    }
    hw_document_free(document);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_value_is_known_however_its_path_is_written),
        cmocka_unit_test(test_setting_one_value_makes_no_new_entry_of_a_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
