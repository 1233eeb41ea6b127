#include "analysis/results/value_tree.h"
#include "analysis/scenario/load.h"
#include "sim/input/value_rows.h"
#include "tests/sim/check.h"
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

/* What a run writes as rows is what its own text says. */
static void check_rows(const char *path) {
    hw_loaded loaded = {0};
    hw_errors errors = {0};
    assert_int_equal(hw_load(&loaded, path, NULL, 0, &errors), HW_OK);
    char *read = hw_value_rows_of_scenario(hw_binding_resolved(loaded.binding), &errors);
    assert_non_null(read);
    assert_string_equal(hw_binding_rows(loaded.binding), read);
    free(read);
    hw_load_free(&loaded);
}

static uint32_t check_folder(const char *folder) {
    DIR *open = opendir(folder);
    uint32_t checked = 0;
    assert_non_null(open);
    for (struct dirent *entry = readdir(open); entry != NULL; entry = readdir(open)) {
        size_t length = strlen(entry->d_name);
        if (length > 5 && strcmp(entry->d_name + length - 5, ".yaml") == 0) {
            char path[1024];
            snprintf(path, sizeof path, "%s/%.500s", folder, entry->d_name);
            check_rows(path);
            checked++;
        }
    }
    closedir(open);
    return checked;
}

static void test_the_rows_of_every_scenario_say_what_its_text_says(void **state) {
    (void)state;
    assert_true(check_folder(HW_SOURCE_DIR "/scenarios") >= 2);
    assert_true(check_folder(HW_SOURCE_DIR "/scenarios/levers") >= 5);
    assert_true(check_folder(HW_SOURCE_DIR "/scenarios/claims") >= 3);
}

static void test_names_with_dots_texts_with_quotes_and_empty_tables_say_so_too(void **state) {
    (void)state;
    char path[] = "odd-XXXXXX.yaml";
    int file = mkstemps(path, 5);
    FILE *out = file >= 0 ? fdopen(file, "w") : NULL;
    assert_non_null(out);
    fprintf(
        out,
        "include: [%s/scenarios/quick.yaml]\nname: 'Odd \"one\": {a, b}'\nquestion: \"first\\n\\tsecond "
        "\\\\ third\"\ncurrencies: {}\n"
        "streams:\n  'U.S. aid, {v. 2}': {note: 'x: y', kind: state, yearly: {2022-01-01: {value: 1 MUSD, "
        "source: 'a, \"b\"'}}}\n",
        HW_SOURCE_DIR);
    assert_int_equal(fclose(out), 0);
    check_rows(path);
    remove(path);
}

static void test_a_tree_gives_back_what_rows_were_made_of(void **state) {
    (void)state;
    static const char odd[] = "two\nlines\twith \\ and \\n";
    hw_value_rows rows = {0};
    hw_value_rows_enter(&rows, "a.b");
    hw_value_rows_add_plain(&rows, "c\td", odd);
    hw_value_rows_add(&rows, "e", "p10: \"1 \\\" \\n\", p50: 2", true);
    hw_value_rows_leave(&rows);
    hw_value_rows_enter(&rows, "nothing");
    hw_value_rows_leave(&rows);
    hw_value_rows_add_plain(&rows, "empty", "");
    hw_value_tree tree;
    hw_value_tree_read(&tree, hw_value_rows_text(&rows));
    const hw_value_tree *above = hw_value_tree_child(&tree, "a.b");
    assert_string_equal(hw_value_tree_text(above, "c\td"), odd);
    assert_string_equal(hw_value_tree_text(above, "e"), "{p10: 1 \" \n, p50: 2}");
    assert_non_null(hw_value_tree_child(&tree, "nothing"));
    assert_null(hw_value_tree_text(&tree, "nothing"));
    assert_string_equal(hw_value_tree_text(&tree, "empty"), "");
    assert_null(hw_value_tree_child(&tree, "a"));
    hw_value_tree_free(&tree);
    hw_value_rows_free(&rows);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_rows_of_every_scenario_say_what_its_text_says),
        cmocka_unit_test(test_names_with_dots_texts_with_quotes_and_empty_tables_say_so_too),
        cmocka_unit_test(test_a_tree_gives_back_what_rows_were_made_of),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
