#include "analysis/base/name_fold.h"
#include "analysis/pictures/district_shapes.h"
#include "sim/length.h"
#include "tests/sim/check.h"
#include <stdlib.h>
#include <string.h>

/* Each row is one name, in the spellings that it is met in. */
static const char *const names[][8] = {
    {"Ağdam", "Agdam", "Aghdam", "AGDAM", "AĞDAM", "agdam district",
     "Ag\xCC\x86"
     "dam",
     "Ağdam rayonu"},
    {"Füzuli", "Fuzuli", "FUZULI", "füzuli", "Fu\xCC\x88zuli", "FÜZULİ", NULL},
    {"Qubadlı", "Gubadli", "Gubadly", "QUBADLI", "qubadli", "Ghubadli", NULL},
    {"Cəbrayıl", "Jabrayil", "Jabrail", "CƏBRAYIL", "Cebrayil", "Djabrail", "Jebrail", NULL},
    {"Kəlbəcər", "Kalbajar", "Kelbajar", "KƏLBƏCƏR", "Kelbecer", NULL},
    {"Xankəndi", "Khankendi", "Khankandi", "XANKƏNDİ", "khankendi", NULL},
    {"Xocalı", "Khojaly", "Khojali", "XOCALI", "Xocali", NULL},
    {"Xocavənd", "Khojavend", "Khojavand", "XOCAVƏND", "Xocavend", NULL},
    {"Laçın", "Lachin", "LAÇIN",
     "Lac\xCC\xA7"
     "ın",
     NULL},
    {"Şuşa", "Shusha", "ŞUŞA", "shusha",
     "S\xCC\xA7us\xCC\xA7"
     "a",
     NULL},
    {"Tərtər", "Tartar", "Terter", "TƏRTƏR", NULL},
    {"Zəngilan", "Zangilan", "Zengilan", "ZƏNGİLAN", "zangilan District", NULL},
};
enum { NAMES = HW_LENGTH(names) };

static void test_a_name_is_found_in_every_spelling_and_none_for_another(void **state) {
    (void)state;
    char *forms[NAMES];
    for (size_t i = 0; i < NAMES; i++) {
        forms[i] = hw_name_fold(names[i][0]);
        for (size_t j = 0; j < i; j++) {
            assert_string_not_equal(forms[i], forms[j]);
        }
        for (size_t k = 1; k < 8 && names[i][k] != NULL; k++) {
            char *form = hw_name_fold(names[i][k]);
            assert_string_equal(form, forms[i]);
            free(form);
        }
    }
    for (size_t i = 0; i < NAMES; i++) {
        free(forms[i]);
    }
}

static void test_names_that_may_have_been_meant_are_all_told(void **state) {
    (void)state;
    static const char *const places[] = {"Agdam city", "Agdam villages", "Barda-Agdam road", "Shusha",
                                         "Khojaly"};
    static const struct {
        const char *word, *told;
    } cases[] = {
        {"Agdam", "there is no place 'Agdam' in it; did you mean 'Agdam city', 'Agdam villages' or "
                  "'Barda-Agdam road'?\n"},
        {"Ağdam City", "there is no place 'Ağdam City' in it; did you mean 'Agdam city'?\n"},
        {"Şuşa", "there is no place 'Şuşa' in it; did you mean 'Shusha'?\n"},
        {"Shusa", "there is no place 'Shusa' in it; did you mean 'Shusha'?\n"},
        {"Xocali", "there is no place 'Xocali' in it; did you mean 'Khojaly'?\n"},
        {"tempo", "there is no place 'tempo' in it\n"},
        {"", "there is no place '' in it\n"},
    };
    for (size_t i = 0; i < HW_LENGTH(cases); i++) {
        hw_errors errors = {0};
        hw_refuse_name("place", cases[i].word, "it", places, 5, &errors);
        char *text = hw_errors_text(&errors);
        assert_string_equal(text, cases[i].told);
        free(text);
        hw_errors_free(&errors);
    }
}

static void test_every_spelling_of_a_district_finds_its_outline(void **state) {
    (void)state;
    for (size_t i = 0; i < NAMES; i++) {
        const hw_district_shape *shape = hw_district_shape_find(names[i][0], NULL);
        assert_non_null(shape);
        assert_string_equal(shape->name_az, names[i][0]);
        for (size_t k = 1; k < 8 && names[i][k] != NULL; k++) {
            assert_ptr_equal(hw_district_shape_find(names[i][k], NULL), shape);
        }
    }
    static const char *const others[] = {"Aghdara", "Agdash", "Barda", "Agd", "", "Nakhchivan", "Agdam city"};
    for (size_t i = 0; i < HW_LENGTH(others); i++) {
        assert_null(hw_district_shape_find(others[i], NULL));
    }
}

/* One outline for two districts would show the figures of one as if they were all. */
static void test_an_outline_belongs_to_one_district(void **state) {
    (void)state;
    static const char *const districts[] = {"Agdam", "Ağdam", "Barda"};
    char *none[3] = {NULL, NULL, NULL};
    const hw_district_shape **shapes = hw_district_shapes_of(districts, none, 3);
    assert_non_null(shapes[0]);
    assert_null(shapes[1]);
    assert_null(shapes[2]);
    free(shapes);
}

static void test_the_codes_of_districts_are_read_from_the_scenario(void **state) {
    (void)state;
    static const char *const districts[] = {"A", "B", "C", "D"};
    char **codes = hw_district_codes("districts\tA\tp_code\tAZE001\ndistricts\tB\tp_code\tAZE002\n"
                                     "districts\tC\tclimate\tdry\n",
                                     districts, 4);
    assert_string_equal(codes[0], "AZE001");
    assert_string_equal(codes[1], "AZE002");
    assert_null(codes[2]);
    assert_null(codes[3]);
    hw_district_codes_free(codes, 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_name_is_found_in_every_spelling_and_none_for_another),
        cmocka_unit_test(test_every_spelling_of_a_district_finds_its_outline),
        cmocka_unit_test(test_an_outline_belongs_to_one_district),
        cmocka_unit_test(test_the_codes_of_districts_are_read_from_the_scenario),
        cmocka_unit_test(test_names_that_may_have_been_meant_are_all_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
