/* What was known by a day: which value of which layer holds, what is left out, and what is told. */
#include "sim/input/frozen.h"
#include "sim/input/known.h"
#include "tests/input/support.h"
#include <unistd.h>

static const char ground[] = "title: ground\n"
                             "coverage: {value: 2, source: a guess of 2019}\n"
                             "shops:\n"
                             "  Corner: {area: 30 m2, staff: 2, style: modern, budget: {2020: 5 kUSD}}\n"
                             "  Market: {area: 50 m2, staff: 3, neighbours: [Corner]}\n";
static const char later[] =
    "include: ground.yaml\n"
    "title: later\n"
    "coverage: {value: 3, source: a count, known_by: 2021-06-01}\n"
    "price_growth: {value: 7 %/year, known_by: 2022-01-01}\n"
    "delivery: {known_by: 2021-03-01, fee: 2 USD}\n"
    "doughs: {yeast: {waste: {value: 9 %, known_by: 2021-02-01}}}\n"
    "shops:\n"
    "  known_by: 2021-09-01\n"
    "  Corner: {known_by: 2020-12-01, staff: 4, style: {value: rustic, known_by: 2021-04-01},\n"
    "    budget: {2021: {value: 6 kUSD, known_by: 2021-01-15}}}\n"
    "  Market: {neighbours: [Corner, {value: Station, known_by: 2021-09-01}]}\n"
    "  Station: {area: 70 m2, staff: 5}\n";

static void write_layers(void) {
    write_file("ground.yaml", ground);
    write_file("later.yaml", later);
}

static void load_as_of(loading *loaded, const char *path, const char *day) {
    memset(loaded, 0, sizeof(*loaded));
    loaded->document = hw_document_load(path, &loaded->errors);
    if (loaded->document != NULL && day != NULL) {
        assert_int_equal(hw_document_set(loaded->document, "as_of", day, "<day>", &loaded->errors), HW_OK);
    }
    bind_document(loaded);
}

static const char *written(const loading *loaded, const char *path) {
    hw_value_id id = hw_binding_find(loaded->binding, path);
    return id == UINT32_MAX ? "nothing" : hw_binding_values(loaded->binding)->items[id].written;
}

/* The text of a scenario without the line that says the day. */
static char *resolved_but_for_the_day(const loading *loaded) {
    char *text = strdup(hw_binding_resolved(loaded->binding));
    assert_non_null(text);
    char *line = strstr(text, "as_of:");
    if (line != NULL) {
        char *rest = strchr(line, '\n') + 1;
        memmove(line, rest, strlen(rest) + 1);
    }
    return text;
}

static void test_a_value_falls_back_to_the_layer_before_and_then_to_its_default(void **state) {
    (void)state;
    write_layers();
    static const struct {
        const char *day, *path, *expected;
    } cases[] = {
        {"2021-05-31", "coverage", "2"},
        {"2021-06-01", "coverage", "3"}, /* known by a day: on that day, too */
        {"2021-12-31", "price_growth", "3 %/year"},
        {"2022-01-01", "price_growth", "7 %/year"},
        {"2021-02-28", "delivery.fee", "nothing"},
        {"2021-03-01", "delivery.fee", "2 USD"},
        {"2021-01-31", "doughs.yeast.waste", "5 %"},
        {"2021-02-01", "doughs.yeast.waste", "9 %"},
        {"2020-11-30", "shops.Corner.staff", "2"},
        {"2020-12-01", "shops.Corner.staff", "4"}, /* the nearest day around a value counts */
        {"2021-03-31", "shops.Corner.style", "modern"},
        {"2021-04-01", "shops.Corner.style", "rustic"},
        {"2021-01-15", "shops.Corner.budget.2021", "6 kUSD"},
        {"2021-01-14", "shops.Corner.budget.2021", "nothing"},
        {"2020-11-30", "shops.Corner.budget.2020", "5 kUSD"},
        {"2021-08-31", "shops.Station.staff", "nothing"},
        {"2021-08-31", "shops.Market.neighbours", "[Corner]"},
        {"2021-09-01", "shops.Station.staff", "5"},
        {"2021-09-01", "shops.Market.neighbours", "[Corner, Station]"},
    };
    for (size_t i = 0; i < HW_LENGTH(cases); i++) {
        loading loaded;
        load_as_of(&loaded, "later.yaml", cases[i].day);
        assert_no_errors(&loaded);
        if (strcmp(written(&loaded, cases[i].path), cases[i].expected) != 0) {
            print_error("%s, %s\n", cases[i].day, cases[i].path);
        }
        assert_string_equal(written(&loaded, cases[i].path), cases[i].expected);
        unload(&loaded);
    }
}

/* Days change nothing by themselves: neither a byte of the text nor the digest. */
static void test_without_a_day_the_marks_are_as_if_they_were_not_there(void **state) {
    (void)state;
    write_layers();
    char *plain = strdup(later);
    static const char marked_item[] = "{value: Station, known_by: 2021-09-01}";
    memcpy(strstr(plain, marked_item), "Station                               ", strlen(marked_item));
    for (char *mark; (mark = strstr(plain, "known_by: ")) != NULL;) {
        char *end = mark + strlen("known_by: 2021-06-01");
        bool before = mark[-1] == ' ' && mark[-2] == ',';
        char *from = before ? mark - 2 : mark;
        end += !before && *end == ',' ? 2 : 0;
        memmove(from, end, strlen(end) + 1);
    }
    assert_null(strstr(plain, "known_by"));
    write_file("plain.yaml", plain);
    free(plain);
    loading marked;
    loading unmarked;
    load_as_of(&marked, "later.yaml", NULL);
    load_as_of(&unmarked, "plain.yaml", NULL);
    assert_no_errors(&marked);
    assert_no_errors(&unmarked);
    assert_string_equal(hw_binding_resolved(marked.binding), hw_binding_resolved(unmarked.binding));
    assert_string_equal(hw_binding_digest(marked.binding), hw_binding_digest(unmarked.binding));
    assert_null(strstr(hw_binding_resolved(marked.binding), "known_by"));
    unload(&marked);
    unload(&unmarked);
}

static void test_when_all_is_known_the_day_changes_nothing_but_itself(void **state) {
    (void)state;
    write_layers();
    loading without;
    loading with;
    load_as_of(&without, "later.yaml", NULL);
    load_as_of(&with, "later.yaml", "2099-12-31");
    assert_no_errors(&with);
    char *text = resolved_but_for_the_day(&with);
    assert_string_equal(text, hw_binding_resolved(without.binding));
    assert_string_not_equal(hw_binding_digest(with.binding), hw_binding_digest(without.binding));
    free(text);
    unload(&without);
    unload(&with);
}

static void test_what_is_frozen_stays_as_it_is(void **state) {
    (void)state;
    write_layers();
    loading once;
    load_as_of(&once, "later.yaml", "2021-03-15");
    assert_no_errors(&once);
    loading again;
    load_text(&again, hw_binding_resolved(once.binding));
    assert_no_errors(&again);
    assert_string_equal(hw_binding_resolved(again.binding), hw_binding_resolved(once.binding));
    unload(&again);
    load_as_of(&again, "later.yaml", "2021-03-15");
    assert_int_equal(hw_document_set(again.document, "as_of", "2021-03-15", "<day>", &again.errors), HW_OK);
    hw_binding_free(again.binding);
    memset(&again.bakery, 0, sizeof(again.bakery));
    bind_document(&again);
    assert_string_equal(hw_binding_resolved(again.binding), hw_binding_resolved(once.binding));
    unload(&once);
    unload(&again);
}

/* The day may be said by a file, by any layer, before or after other settings, and again for a document that
 * stands on another one. */
static void test_the_day_counts_wherever_it_is_said(void **state) {
    (void)state;
    write_layers();
    write_file("file-says.yaml", "include: later.yaml\nas_of: {value: 2021-03-15, note: a day}\n");
    write_file("below-says.yaml", "as_of: 2021-03-15\n");
    write_file("two-say.yaml", "include: [below-says.yaml, later.yaml]\n");
    loading expected;
    load_as_of(&expected, "later.yaml", "2021-03-15");
    char *text = resolved_but_for_the_day(&expected);
    static const char *const files[] = {"file-says.yaml", "two-say.yaml"};
    for (size_t i = 0; i < HW_LENGTH(files); i++) {
        loading loaded;
        load_as_of(&loaded, files[i], NULL);
        assert_no_errors(&loaded);
        char *other = resolved_but_for_the_day(&loaded);
        assert_string_equal(other, text);
        free(other);
        hw_document *over = hw_document_over(loaded.document);
        hw_errors errors = {0};
        assert_int_equal(hw_document_set(over, "as_of", "2022-06-01", "<day>", &errors), HW_OK);
        assert_int_equal(hw_document_left_out(over)->count, 0);
        assert_true(hw_document_left_out(loaded.document)->count > 0);
        hw_document_free(over);
        unload(&loaded);
    }
    free(text);
    unload(&expected);
}

/* What one day leaves out, an earlier day leaves out, too: for all pairs of days around all marks. */
static void test_a_later_day_knows_all_that_an_earlier_one_knows(void **state) {
    (void)state;
    write_layers();
    static const char *const days[] = {"2020-11-30", "2020-12-01", "2021-01-14", "2021-01-15", "2021-02-01",
                                       "2021-03-01", "2021-04-01", "2021-06-01", "2021-09-01", "2022-01-01"};
    loading loaded[HW_LENGTH(days)];
    size_t left = SIZE_MAX;
    for (size_t i = 0; i < HW_LENGTH(days); i++) {
        load_as_of(&loaded[i], "later.yaml", days[i]);
        const hw_left_out_list *list = hw_document_left_out(loaded[i].document);
        int64_t as_of;
        assert_true(hw_document_as_of(loaded[i].document, &as_of));
        for (size_t j = 0; j < list->count; j++) {
            assert_true(list->items[j].known_by > as_of);
            for (size_t k = 0; k < i; k++) {
                assert_non_null(
                    hw_left_out_at(hw_document_left_out(loaded[k].document), list->items[j].path));
            }
        }
        left = list->count;
    }
    assert_int_equal(left, 0);
    for (size_t i = 0; i < HW_LENGTH(days); i++) {
        unload(&loaded[i]);
    }
}

static void test_what_the_rest_cannot_stand_without_is_told_with_its_place(void **state) {
    (void)state;
    static const struct {
        const char *yaml, *told;
    } cases[] = {
        {"title: b\nas_of: 2021-01-01\nshops:\n  Corner: {area: {value: 30 m2, known_by: 2021-06-01}, staff: "
         "2}\n",
         "bread.yaml:4:3: 'area' is missing in shop 'Corner': expected an area such as 5.2 km2; it became "
         "known by "
         "2021-06-01 (bread.yaml:4:12), after the day of as_of, 2021-01-01\n"},
        {"title: b\nas_of: 2021-01-01\nmain_shop: Corner\nshops:\n  Corner: {area: 30 m2, staff: 2, "
         "known_by: "
         "2021-06-01}\n",
         "bread.yaml:3:12: 'main_shop': there is no shop 'Corner' in 'shops'; it became known by 2021-06-01 "
         "(bread.yaml:5:3), after the day of as_of, 2021-01-01\n"},
        {"title: b\nas_of: 2021-01-01\nshops:\n  Corner: {area: 30 m2, staff: 2,\n    budget: {2019: 1 kUSD, "
         "2020: "
         "{value: 2 kUSD, known_by: 2021-06-01}, 2021: 50 % of 2020}}\n",
         "bread.yaml:5:79: 'budget' of 2021-01-01: expected a share of an entry that was known; it became "
         "known by "
         "2021-06-01 (bread.yaml:5:28), after the day of as_of, 2021-01-01\n"},
        {"title: b\ncoverage: {value: 2, known_by: spring}\n",
         "bread.yaml:2:32: 'known_by': expected a date that exists, such as 2021-03-31, or 'asked', found "
         "'spring'\n"},
        {"title: b\ncoverage: {value: 2, known_by: 2021-02-30}\n",
         "bread.yaml:2:32: 'known_by': expected a date that exists, such as 2021-03-31, or 'asked', found "
         "'2021-02-30'\n"},
        {"title: b\ncoverage: {value: 2, known_by: }\n",
         "bread.yaml:2:32: 'known_by': expected a date that exists, such as 2021-03-31, or 'asked', found no "
         "text\n"},
        {"title: b\nas_of: spring\n",
         "bread.yaml:2:8: 'as_of': expected a date that exists, such as 2021-03-31, "
         "found 'spring'\n"},
        {"title: b\nshops:\n  Corner: {area: 30 m2, staff: 2, neighbours: [{value: Corner, source: a}]}\n",
         "bread.yaml:3:48: 'neighbours': expected a name, found keys and values\n"},
    };
    for (size_t i = 0; i < HW_LENGTH(cases); i++) {
        assert_refused(cases[i].yaml, cases[i].told);
    }
}

static char *list_of(const loading *loaded) {
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    assert_non_null(out);
    hw_frozen_print(out, loaded->binding, loaded->document);
    fclose(out);
    return text;
}

static void test_what_speaks_of_a_later_time_is_listed_unless_it_says_when_it_was_known(void **state) {
    (void)state;
    static const struct {
        const char *value;
        uint32_t count;
    } cases[] = {
        {"coverage: {value: 2, source: a count}", 0},
        {"coverage: {value: 2, source: a count of 2021}", 0},
        {"coverage: {value: 2, source: a count of 2024}", 1},
        {"coverage: {value: 2, source: a count of March 2023}", 0},
        {"coverage: {value: 2, source: a count of May 2023}", 1},
        {"coverage: {value: 2, source: a count of May 2023, known_by: 2023-04-01}", 0},
        {"coverage: {value: 2, source: \"2,024 loaves [A2024], a20245\"}", 0},
        {"shops: {Corner: {area: 30 m2, staff: 2, opened: 2023-05-01}}", 1},
        {"shops: {Corner: {area: 30 m2, staff: 2, opened: 2023-04-30}}", 0},
        {"shops: {Corner: {area: 30 m2, staff: 2, budget: {2023: 1 kUSD, 2024: 1 kUSD, 2025: 2 kUSD}}}", 2},
        {"known_by: asked\nshops: {Corner: {area: 30 m2, staff: 2, opened: 2023-05-01}}", 0},
        {"shops: {known_by: 2023-01-01, Corner: {area: 30 m2, staff: 2, budget: {2024: 1 kUSD}}}", 0},
        {"end: 2030-12-31", 0}, /* what is asked for is nobody's knowledge */
    };
    for (size_t i = 0; i < HW_LENGTH(cases); i++) {
        char yaml[256];
        snprintf(yaml, sizeof(yaml), "title: b\nas_of: 2023-04-30\n%s\n", cases[i].value);
        loading loaded;
        load_text(&loaded, yaml);
        assert_no_errors(&loaded);
        assert_int_equal(hw_frozen_count(loaded.binding, loaded.document), cases[i].count);
        char *list = list_of(&loaded);
        assert_true((strstr(list, ": 1\n") != NULL) == (cases[i].count == 1));
        free(list);
        unload(&loaded);
    }
}

static void test_what_is_asked_is_no_knowledge(void **state) {
    (void)state;
    static const char known[] =
        "title: b\nas_of: 2023-04-30\nshops: {Corner: {area: 30 m2, staff: 2, opened: 2023-05-01}}\n";
    loading loaded;
    load_text(&loaded, known);
    assert_int_equal(hw_frozen_count(loaded.binding, loaded.document), 1);
    unload(&loaded);
    memset(&loaded, 0, sizeof(loaded));
    loaded.document = hw_document_parse(known, "b.yaml", &loaded.errors);
    assert_int_equal(
        hw_document_set(loaded.document, "shops.Corner.opened", "2024-05-01", "<asked>", &loaded.errors),
        HW_OK);
    bind_document(&loaded);
    assert_no_errors(&loaded);
    assert_int_equal(hw_frozen_count(loaded.binding, loaded.document), 0);
    unload(&loaded);
}

static void test_the_list_tells_what_holds_instead(void **state) {
    (void)state;
    write_layers();
    loading loaded;
    load_as_of(&loaded, "later.yaml", "2020-11-30");
    char *list = list_of(&loaded);
    static const char *const lines[] = {
        "coverage",      "known by 2021-06-01 (later.yaml:3); 2 holds (ground.yaml:2)",
        "price_growth",  "known by 2022-01-01 (later.yaml:4); its default holds, 3 %/year",
        "shops.Station", "known by 2021-09-01 (later.yaml:12); left out",
    };
    for (size_t i = 0; i < HW_LENGTH(lines); i++) {
        if (strstr(list, lines[i]) == NULL) {
            print_error("no '%s' in\n%s", lines[i], list);
            fail();
        }
    }
    free(list);
    unload(&loaded);
}

static char folder[] = "homeward-known-XXXXXX";

static int enter_folder(void **state) {
    (void)state;
    return mkdtemp(folder) == NULL || chdir(folder) != 0;
}

static int leave_folder(void **state) {
    (void)state;
    char command[64];
    snprintf(command, sizeof(command), "rm -r %s", folder);
    return chdir("..") != 0 || system(command) != 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_value_falls_back_to_the_layer_before_and_then_to_its_default),
        cmocka_unit_test(test_without_a_day_the_marks_are_as_if_they_were_not_there),
        cmocka_unit_test(test_when_all_is_known_the_day_changes_nothing_but_itself),
        cmocka_unit_test(test_what_is_frozen_stays_as_it_is),
        cmocka_unit_test(test_the_day_counts_wherever_it_is_said),
        cmocka_unit_test(test_a_later_day_knows_all_that_an_earlier_one_knows),
        cmocka_unit_test(test_what_the_rest_cannot_stand_without_is_told_with_its_place),
        cmocka_unit_test(test_what_speaks_of_a_later_time_is_listed_unless_it_says_when_it_was_known),
        cmocka_unit_test(test_what_is_asked_is_no_knowledge),
        cmocka_unit_test(test_the_list_tells_what_holds_instead),
    };
    return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
