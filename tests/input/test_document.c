#include "tests/input/support.h"

#include <unistd.h>

static hw_document *parse_good(const char *yaml) {
    hw_errors errors = {0};
    hw_document *document = hw_document_parse(yaml, "bread.yaml", &errors);
    assert_error_text(&errors, "");
    assert_non_null(document);
    hw_errors_free(&errors);
    return document;
}

static void assert_not_loaded(const char *path, const char *expected) {
    hw_errors errors = {0};
    assert_null(hw_document_load(path, &errors));
    assert_error_text(&errors, expected);
    hw_errors_free(&errors);
}

static void assert_not_parsed(const char *yaml, const char *expected) {
    hw_errors errors = {0};
    assert_null(hw_document_parse(yaml, "bread.yaml", &errors));
    assert_error_text(&errors, expected);
    hw_errors_free(&errors);
}

static const char *text_at(const hw_document *document, const char *first, const char *second) {
    const hw_node *node = hw_node_child(hw_document_root(document), first);
    assert_non_null(node);
    if (second != NULL) {
        node = hw_node_child(node, second);
        assert_non_null(node);
    }
    return node->text;
}

static void test_every_node_knows_its_line_and_column(void **state) {
    (void)state;
    hw_document *document = parse_good("title: Bread\nshops:\n  Ağdam: {area: 5 m2}\n  list:\n    - one\n");
    const hw_node *shops = hw_node_child(hw_document_root(document), "shops");
    const hw_node *area = hw_node_child(hw_node_child(shops, "Ağdam"), "area");
    assert_int_equal(shops->key_where.line, 2);
    assert_int_equal(shops->key_where.column, 1);
    assert_int_equal(area->key_where.line, 3);
    assert_int_equal(area->key_where.column, 11); /* characters, not bytes */
    assert_int_equal(area->where.column, 17);
    assert_int_equal(hw_node_child(shops, "list")->children[0]->where.line, 5);
    assert_string_equal(area->where.file, "bread.yaml");
    assert_null(hw_node_child(shops, "nothing"));
    hw_document_free(document);
}

static void test_a_byte_order_mark_and_windows_line_ends_change_nothing(void **state) {
    (void)state;
    hw_document *document = parse_good("\xEF\xBB\xBFtitle: Bread\r\nstart: 2020-01-01\r\n");
    assert_string_equal(text_at(document, "title", NULL), "Bread");
    assert_string_equal(text_at(document, "start", NULL), "2020-01-01");
    assert_int_equal(hw_node_child(hw_document_root(document), "title")->key_where.column, 1);
    assert_int_equal(hw_node_child(hw_document_root(document), "start")->key_where.line, 2);
    hw_document_free(document);
}

static void test_malformed_texts_are_refused_where_they_break(void **state) {
    (void)state;
    static const struct {
        const char *yaml, *expected;
    } cases[] = {
        {"", "bread.yaml:1:1: there is nothing in it: expected keys and values\n"},
        {"# only a remark\n", "bread.yaml:2:1: there is nothing in it: expected keys and values\n"},
        {"- a\n- b\n",
         "bread.yaml:1:1: expected keys and values at the top of a file, such as 'title: Bread'\n"},
        {"title: \"Bre",
         "bread.yaml:1:12: not valid YAML: while scanning a quoted scalar, found unexpected end of stream\n"},
        {"shops: {Corner: {area: 5 m2",
         "bread.yaml:2:1: not valid YAML: while parsing a flow mapping, did not find expected ',' or '}'\n"},
        {"shops:\n\tCorner: 1\n", "bread.yaml:2:1: not valid YAML: while scanning for the next token, found "
                                  "character that cannot start any "
                                  "token; indent with blanks, not with tabs\n"},
        {"title: Bread: fresh\n",
         "bread.yaml:1:13: not valid YAML: mapping values are not allowed in this context; "
         "put text that has a colon in quotes, and check the indentation\n"},
        {"title: Br\xFF\n", "bread.yaml:1:10: not UTF-8 text (byte 0xFF); save the file as UTF-8\n"},
        {"title: Br\xC3", "bread.yaml:1:10: not UTF-8 text (byte 0xC3); save the file as UTF-8\n"},
        {"title: \xED\xA0\x80\n", "bread.yaml:1:8: not UTF-8 text (byte 0xED); save the file as UTF-8\n"},
        {"title: \xC0\xAF\n", "bread.yaml:1:8: not UTF-8 text (byte 0xC0); save the file as UTF-8\n"},
        {"start: x\ntitle: B\x07", "bread.yaml:2:9: control character U+0007 cannot stand in a scenario\n"},
        {"title: a\xE2\x80\xA8z", "bread.yaml:1:9: control character U+2028 cannot stand in a scenario\n"},
        {"title: \"\\0\"", "bread.yaml:1:8: control characters cannot stand in a text\n"},
        {"\"a\\nb\": 1",
         "bread.yaml:1:1: a key must not have double quotes, tabs, line breaks or control characters "
         "in it\n"},
        {"? [a]\n: 1\n", "bread.yaml:1:3: a key must be a plain text\n"},
        {"\"\": 1\n", "bread.yaml:1:1: a key must have 1 to 255 bytes\n"},
        {"a: 1\n---\nb: 2\n", "bread.yaml:2:1: a second document starts here: expected only one in a file\n"},
        {"a: &x 1\nb: *x\n",
         "bread.yaml:2:4: alias '*x': anchors and aliases are not used here; write the value out\n"
         "bread.yaml:1:4: anchor '&x': anchors and aliases are not used here\n"},
        {"include: base.yaml\n",
         "bread.yaml:1:1: 'include' is possible in files only, not in a text in memory\n"},
    };
    for (size_t i = 0; i < HW_LENGTH(cases); i++) {
        assert_not_parsed(cases[i].yaml, cases[i].expected);
    }
}

/* On texts, lists and tables alike. */
static void test_no_kind_of_value_has_a_tag_or_an_anchor(void **state) {
    (void)state;
    static const char *const values[] = {"a", "[a, b]", "{a: b}"};
    static const struct {
        const char *mark, *expected;
    } marks[] = {{"&x", "bread.yaml:1:4: anchor '&x': anchors and aliases are not used here\n"},
                 {"!x", "bread.yaml:1:4: tag '!x': tags are not used here\n"}};
    for (size_t v = 0; v < HW_LENGTH(values); v++) {
        for (size_t m = 0; m < HW_LENGTH(marks); m++) {
            char yaml[32];
            snprintf(yaml, sizeof yaml, "t: %s %s\n", marks[m].mark, values[v]);
            hw_errors errors = {0};
            hw_document *document = parse_good(yaml);
            assert_int_equal(hw_document_check(document, &errors), HW_ERROR_INPUT);
            assert_error_text(&errors, marks[m].expected);
            hw_errors_free(&errors);
            hw_document_free(document);
        }
    }
}

static void test_mistakes_that_do_not_hinder_reading_are_all_kept(void **state) {
    (void)state;
    hw_errors errors = {0};
    hw_document *document = parse_good("title: !!str a\ntitle: b\n"
                                       "shops: {a: &x {}, b: {assumed: perhaps}, a: {source: []}, a: {}}\n");
    assert_int_equal(hw_document_check(document, &errors), HW_ERROR_INPUT);
    assert_error_text(&errors,
                      "bread.yaml:1:8: tag 'tag:yaml.org,2002:str': tags are not used here\n"
                      "bread.yaml:2:1: 'title' is here a second time; the first is in line 1, column 1\n"
                      "bread.yaml:3:12: anchor '&x': anchors and aliases are not used here\n"
                      "bread.yaml:3:32: 'assumed': expected yes or no; reasons go into 'note'\n"
                      "bread.yaml:3:42: 'a' is here a second time; the first is in line 3, column 9\n"
                      "bread.yaml:3:54: 'source': expected a text\n"
                      "bread.yaml:3:59: 'a' is here a second time; the first is in line 3, column 42\n");
    assert_string_equal(text_at(document, "title", NULL), "a");
    hw_errors_free(&errors);
    hw_document_free(document);
}

static char *nested(size_t levels) {
    char *yaml = calloc(2 * levels + 16, 1);
    memcpy(yaml, "a: ", 3);
    memset(yaml + 3, '[', levels);
    memset(yaml + 3 + levels, ']', levels);
    return yaml;
}

static void test_nesting_has_an_end(void **state) {
    (void)state;
    char *yaml = nested(63);
    hw_document_free(parse_good(yaml));
    free(yaml);
    yaml = nested(64);
    assert_not_parsed(yaml, "bread.yaml:1:67: nested too deeply: more than 64 levels\n");
    free(yaml);
    yaml = nested(100000);
    assert_not_parsed(yaml, "bread.yaml:1:67: nested too deeply: more than 64 levels\n");
    free(yaml);
}

static void test_a_huge_text_is_read_but_not_repeated_in_messages(void **state) {
    (void)state;
    size_t size = 8 << 20;
    char *yaml = malloc(size + 32);
    memcpy(yaml, "title: ", 7);
    memset(yaml + 7, 'x', size);
    memcpy(yaml + 7 + size, "\nstart: ", 9);
    hw_document *document = parse_good(yaml);
    assert_int_equal(strlen(text_at(document, "title", NULL)), size);
    hw_document_free(document);
    memcpy(yaml, "start: ", 7);
    yaml[7 + size] = '\0';
    loading loaded;
    load_text(&loaded, yaml);
    assert_null(loaded.binding);
    char *text = hw_errors_text(&loaded.errors);
    assert_true(strlen(text) < 400);
    free(text);
    unload(&loaded);
    free(yaml);
}

static void test_a_long_key_is_refused(void **state) {
    (void)state;
    char yaml[300] = "";
    memset(yaml, 'k', 255);
    strcpy(yaml + 255, ": 1\n");
    hw_document_free(parse_good(yaml));
    yaml[255] = 'k';
    strcpy(yaml + 256, ": 1\n");
    assert_not_parsed(yaml, "bread.yaml:1:1: a key must have 1 to 255 bytes\n");
}

/* ---- Files ---- */

static void test_files_that_cannot_be_read_are_named(void **state) {
    (void)state;
    write_file("empty.yaml", "");
    write_bytes("binary.yaml",
                "\x7F"
                "ELF\x02\x01\x01\x00",
                8);
    write_bytes("utf16.yaml",
                "\xFF\xFE"
                "t\0i\0",
                6);
    assert_not_loaded("missing.yaml", "cannot read 'missing.yaml': No such file or directory\n");
    assert_not_loaded(".", "cannot read '.': it is a directory\n");
    assert_not_loaded("/dev/null", "cannot read '/dev/null': it is a device, not an ordinary file\n");
    assert_not_loaded("empty.yaml", "empty.yaml:1:1: there is nothing in it: expected keys and values\n");
    assert_not_loaded("binary.yaml",
                      "binary.yaml:1:1: control character U+007F cannot stand in a scenario\n");
    assert_not_loaded("utf16.yaml", "utf16.yaml:1:1: not UTF-8 text (byte 0xFF); save the file as UTF-8\n");
}

static void test_a_file_of_more_than_64_mib_is_not_read(void **state) {
    (void)state;
    write_file("huge.yaml", "title: Bread\n");
    assert_int_equal(truncate("huge.yaml", (64 << 20) + 1), 0);
    assert_not_loaded("huge.yaml", "cannot read 'huge.yaml': it is larger than 64 MiB\n");
    unlink("huge.yaml");
}

static void test_later_layers_win_and_mappings_merge(void **state) {
    (void)state;
    write_file("town.yaml", "title: Town\nshops: {A: {staff: 1, sign: town}, B: {staff: 2}}\n");
    write_file("policy.yaml", "title: Policy\nshops: {A: {sign: policy}, C: {staff: 3}}\n");
    write_file("question.yaml", "include: [town.yaml, policy.yaml]\nshops: {C: {staff: 4}}\n");
    hw_errors errors = {0};
    hw_document *document = hw_document_load("question.yaml", &errors);
    assert_error_text(&errors, "");
    const hw_node *shops = hw_node_child(hw_document_root(document), "shops");
    assert_string_equal(text_at(document, "title", NULL), "Policy");
    assert_string_equal(hw_node_child(hw_node_child(shops, "A"), "staff")->text, "1");
    assert_string_equal(hw_node_child(hw_node_child(shops, "A"), "sign")->text, "policy");
    assert_string_equal(hw_node_child(hw_node_child(shops, "A"), "sign")->where.file, "policy.yaml");
    assert_string_equal(hw_node_child(hw_node_child(shops, "B"), "staff")->text, "2");
    assert_string_equal(hw_node_child(hw_node_child(shops, "C"), "staff")->text, "4");
    assert_null(hw_node_child(hw_document_root(document), "include"));
    assert_int_equal(shops->child_count, 3);
    size_t count = 0;
    const char *const *files = hw_document_files(document, &count);
    assert_int_equal(count, 3);
    assert_string_equal(files[0], "town.yaml");
    assert_string_equal(files[2], "question.yaml");
    hw_document_free(document);
}

static void test_paths_are_relative_to_the_including_file(void **state) {
    (void)state;
    write_file("layers/deep/b.yaml", "title: B\n");
    write_file("layers/a.yaml", "include: deep/b.yaml\nstart: 2020-01-01\n");
    write_file("main.yaml", "include: layers/a.yaml\n");
    hw_errors errors = {0};
    hw_document *document = hw_document_load("main.yaml", &errors);
    assert_error_text(&errors, "");
    assert_string_equal(text_at(document, "title", NULL), "B");
    assert_string_equal(hw_node_child(hw_document_root(document), "title")->where.file, "layers/deep/b.yaml");
    hw_document_free(document);
}

/* Otherwise the second reading of the common file would undo what the first of the two says. */
static void test_a_file_that_two_layers_include_is_read_once(void **state) {
    (void)state;
    write_file("common.yaml", "title: common\nstart: 2020-01-01\n");
    write_file("one.yaml", "include: common.yaml\ntitle: one\n");
    write_file("two.yaml", "include: ./common.yaml\nstart: 2021-01-01\n");
    write_file("both.yaml", "include: [one.yaml, two.yaml]\n");
    hw_errors errors = {0};
    hw_document *document = hw_document_load("both.yaml", &errors);
    assert_error_text(&errors, "");
    assert_string_equal(text_at(document, "title", NULL), "one");
    assert_string_equal(text_at(document, "start", NULL), "2021-01-01");
    hw_document_free(document);
}

/* What "overlay" includes stands below "ground" already, and must not undo it. */
static void test_a_file_laid_over_another_is_as_if_one_file_included_both(void **state) {
    (void)state;
    write_file("common.yaml", "title: common\nstart: 2020-01-01\n");
    write_file("ground.yaml", "include: common.yaml\ntitle: ground\n");
    write_file("overlay.yaml", "include: common.yaml\nstart: 2021-01-01\n");
    static const char *const paths[] = {"ground.yaml", "overlay.yaml", "ground.yaml"};
    hw_errors errors = {0};
    hw_document *document = hw_document_load_layers(paths, 3, &errors);
    assert_error_text(&errors, "");
    assert_string_equal(text_at(document, "title", NULL), "ground");
    assert_string_equal(text_at(document, "start", NULL), "2021-01-01");
    size_t count = 0;
    const char *const *files = hw_document_files(document, &count);
    assert_int_equal(count, 3);
    assert_string_equal(files[1], "overlay.yaml");
    assert_string_equal(files[2], "ground.yaml"); /* named again: its last place counts */
    hw_document_free(document);
}

/* What each composition of x (title: x), y (title: y) and files that include them says in the end. */
static void test_a_layer_that_is_named_again_counts_at_its_last_place(void **state) {
    (void)state;
    write_file("x.yaml", "title: x\n");
    write_file("xcopy.yaml", "title: x\n");
    write_file("y.yaml", "title: y\n");
    write_file("z.yaml", "start: 2020-01-01\n");
    write_file("over-x.yaml", "include: x.yaml\ntitle: over x\n");
    write_file("with-x.yaml", "include: x.yaml\n");
    assert_int_equal(system("ln -f x.yaml xhard.yaml && ln -sf x.yaml xsoft.yaml"), 0);
    static const struct {
        const char *include, *title;
    } cases[] = {
        {"[x.yaml, y.yaml]", "y"},
        {"[x.yaml, y.yaml, x.yaml]", "x"},
        {"[x.yaml, y.yaml, ./x.yaml]", "x"},
        {"[x.yaml, y.yaml, layers/../x.yaml]", "x"},
        {"[x.yaml, y.yaml, xhard.yaml]", "x"},
        {"[x.yaml, y.yaml, xsoft.yaml]", "x"},
        {"[xsoft.yaml, y.yaml, xhard.yaml]", "x"},
        {"[x.yaml, y.yaml, xcopy.yaml]", "x"}, /* another file of the same text: an ordinary layer */
        {"[xcopy.yaml, y.yaml, x.yaml, y.yaml]", "y"},
        {"[x.yaml, y.yaml, x.yaml, z.yaml, x.yaml]", "x"},
        /* a file that includes x counts over it, wherever else x is named */
        {"[over-x.yaml, with-x.yaml]", "over x"},
        {"[with-x.yaml, over-x.yaml]", "over x"},
        {"[x.yaml, over-x.yaml]", "over x"},
        {"[x.yaml, over-x.yaml, z.yaml, with-x.yaml]", "over x"},
        /* the order of a list holds, whatever a later file of it includes too */
        {"[x.yaml, y.yaml, with-x.yaml]", "y"},
        {"[y.yaml, with-x.yaml]", "x"},
    };
    for (size_t i = 0; i < HW_LENGTH(cases); i++) {
        char yaml[128];
        snprintf(yaml, sizeof(yaml), "include: %s\n", cases[i].include);
        write_file("top.yaml", yaml);
        hw_errors errors = {0};
        hw_document *document = hw_document_load("top.yaml", &errors);
        assert_error_text(&errors, "");
        assert_string_equal(text_at(document, "title", NULL), cases[i].title);
        hw_document_free(document);
    }
}

static void test_an_order_of_layers_that_contradicts_itself_is_refused(void **state) {
    (void)state;
    write_file("b.yaml", "title: b\n");
    write_file("c.yaml", "title: c\n");
    write_file("over-b.yaml", "include: b.yaml\ntitle: over b\n");
    write_file("bc.yaml", "include: [b.yaml, c.yaml]\n");
    write_file("cb.yaml", "include: [c.yaml, b.yaml]\n");
    write_file("ring.yaml", "include: [over-b.yaml, c.yaml, b.yaml]\n");
    write_file("both-ways.yaml", "include: [bc.yaml, cb.yaml]\n");
    assert_not_loaded(
        "ring.yaml",
        "ring.yaml:1:24: which of these layers counts over the other is not clear: 'b.yaml' is "
        "named after 'c.yaml' (ring.yaml:1:32), but 'over-b.yaml' includes 'b.yaml' "
        "(over-b.yaml:1:10), but 'c.yaml' is named after 'over-b.yaml' (ring.yaml:1:24); a later "
        "layer counts over an earlier one, and a file over what it includes\n");
    assert_not_loaded("both-ways.yaml",
                      "cb.yaml:1:19: which of these layers counts over the other is not clear: 'c.yaml' is "
                      "named after 'b.yaml' (bc.yaml:1:19), but 'b.yaml' is named after 'c.yaml' "
                      "(cb.yaml:1:19); a later layer counts over an earlier one, and a file over what it "
                      "includes\n");
}

/* Thirty diamonds on top of one another: a file read once for each way to it would take for ever. */
static void test_many_diamonds_are_read_at_once(void **state) {
    (void)state;
    write_file("d0.yaml", "title: d0\n");
    for (int i = 1; i <= 30; i++) {
        char name[32];
        char yaml[128];
        for (int side = 0; side < 2; side++) {
            snprintf(name, sizeof(name), "d%d%c.yaml", i, "lr"[side]);
            snprintf(yaml, sizeof(yaml), "include: d%d.yaml\n", i - 1);
            write_file(name, yaml);
        }
        snprintf(name, sizeof(name), "d%d.yaml", i);
        snprintf(yaml, sizeof(yaml), "include: [d%dl.yaml, d%dr.yaml]\n", i, i);
        write_file(name, yaml);
    }
    hw_errors errors = {0};
    hw_document *document = hw_document_load("d30.yaml", &errors);
    assert_error_text(&errors, "");
    size_t count = 0;
    assert_string_equal(hw_document_files(document, &count)[0], "d0.yaml");
    assert_int_equal(count, 91);
    hw_document_free(document);
}

static void test_an_include_cycle_is_refused_with_its_chain(void **state) {
    (void)state;
    write_file("x.yaml", "include: y.yaml\n");
    write_file("y.yaml", "title: y\ninclude: [z.yaml]\n");
    write_file("z.yaml", "include: ./x.yaml\n");
    write_file("self.yaml", "include: self.yaml\n");
    assert_not_loaded("x.yaml",
                      "z.yaml:1:10: include cycle: x.yaml includes y.yaml includes z.yaml includes x.yaml\n");
    assert_not_loaded("self.yaml", "self.yaml:1:10: include cycle: self.yaml includes self.yaml\n");
}

static void test_all_layers_that_are_missing_are_named(void **state) {
    (void)state;
    write_file("gaps.yaml", "include: [gone.yaml, [x], also-gone.yaml]\n");
    assert_not_loaded("gaps.yaml",
                      "gaps.yaml:1:11: cannot read 'gone.yaml': No such file or directory\n"
                      "gaps.yaml:1:22: 'include': expected a path or a list of paths\n"
                      "gaps.yaml:1:27: cannot read 'also-gone.yaml': No such file or directory\n");
}

/* ---- From outside ---- */

static void test_a_value_set_from_outside_wins(void **state) {
    (void)state;
    hw_errors errors = {0};
    hw_document *document = parse_good("title: Bread\nshops: {St. X: {staff: 1, sign: old}}\n");
    assert_int_equal(hw_document_set(document, "title", "Cake", "<command line>", &errors), HW_OK);
    assert_int_equal(hw_document_set(document, "shops.\"St. X\".staff", "10", "<command line>", &errors),
                     HW_OK);
    assert_int_equal(hw_document_set(document, "shops.New", "{staff: 2}", "<command line>", &errors), HW_OK);
    const hw_node *shops = hw_node_child(hw_document_root(document), "shops");
    const hw_node *st_x = hw_node_child(shops, "St. X");
    assert_string_equal(text_at(document, "title", NULL), "Cake");
    assert_string_equal(hw_node_child(st_x, "staff")->text, "10");
    assert_string_equal(hw_node_child(st_x, "staff")->where.file, "<command line>");
    assert_string_equal(hw_node_child(st_x, "sign")->text, "old");
    assert_string_equal(hw_node_child(hw_node_child(shops, "New"), "staff")->text, "2");
    hw_document_free(document);
}

/* The law: a value taken away is a value never said, whatever layer said it; what is said later counts again.
 */
static void test_a_value_taken_away_was_never_said(void **state) {
    (void)state;
    hw_errors errors = {0};
    hw_document *document = parse_good("title: Bread\nshops:\n  \"St. X\": {staff: 3, sign: old}\n");
    assert_int_equal(hw_document_forget(document, "shops.\"St. X\".staff", "<command line>", &errors), HW_OK);
    assert_int_equal(hw_document_forget(document, "shops.\"St. X\".area", "<command line>", &errors), HW_OK);
    const hw_node *st_x = hw_node_child(hw_node_child(hw_document_root(document), "shops"), "St. X");
    assert_int_equal(st_x->child_count, 1);
    assert_string_equal(st_x->children[0]->key, "sign");
    assert_int_equal(hw_document_set(document, "shops.\"St. X\".staff", "4", "<command line>", &errors),
                     HW_OK);
    st_x = hw_node_child(hw_node_child(hw_document_root(document), "shops"), "St. X");
    assert_string_equal(hw_node_child(st_x, "staff")->text, "4");
    assert_int_equal(hw_document_forget(document, "shops..staff", "<command line>", &errors), HW_ERROR_INPUT);
    hw_errors_free(&errors);
    hw_document_free(document);
}

static void test_a_malformed_setting_is_refused_and_changes_nothing(void **state) {
    (void)state;
    static const struct {
        const char *path, *yaml, *expected;
    } cases[] = {
        {"", "1", "<command line>:1:1: cannot set '': it is empty\n"},
        {"a..b", "1", "<command line>:1:1: cannot set 'a..b': a name is missing in it\n"},
        {"a.", "1", "<command line>:1:1: cannot set 'a.': a name is missing in it\n"},
        {"a.\"b", "1", "<command line>:1:1: cannot set 'a.\"b': its double quotes do not pair up\n"},
        {"\"a\"b", "1", "<command line>:1:1: cannot set '\"a\"b': its double quotes do not pair up\n"},
        {"include", "x.yaml",
         "<command line>:1:1: cannot set 'include': 'include' is possible in files only\n"},
        {"title", "", "<command line>:1:1: there is nothing in it: expected keys and values\n"},
        {"title", "{a: 1, a: 2}",
         "<command line>:1:8: 'a' is here a second time; the first is in line 1, column 2\n"},
    };
    hw_document *document = parse_good("title: Bread\n");
    for (size_t i = 0; i < HW_LENGTH(cases); i++) {
        hw_errors errors = {0};
        assert_int_equal(hw_document_set(document, cases[i].path, cases[i].yaml, "<command line>", &errors),
                         HW_ERROR_INPUT);
        assert_error_text(&errors, cases[i].expected);
        hw_errors_free(&errors);
    }
    assert_string_equal(text_at(document, "title", NULL), "Bread");
    assert_int_equal(hw_document_root(document)->child_count, 1);
    hw_document_free(document);
}

/* ---- Folder of the test ---- */

static char folder[] = "bread-XXXXXX";

static int enter_folder(void **state) {
    (void)state;
    return mkdtemp(folder) == NULL || chdir(folder) != 0 || system("mkdir -p layers/deep") != 0;
}

static int leave_folder(void **state) {
    (void)state;
    char command[64];
    snprintf(command, sizeof(command), "rm -r %s", folder);
    return chdir("..") != 0 || system(command) != 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_node_knows_its_line_and_column),
        cmocka_unit_test(test_a_byte_order_mark_and_windows_line_ends_change_nothing),
        cmocka_unit_test(test_malformed_texts_are_refused_where_they_break),
        cmocka_unit_test(test_no_kind_of_value_has_a_tag_or_an_anchor),
        cmocka_unit_test(test_mistakes_that_do_not_hinder_reading_are_all_kept),
        cmocka_unit_test(test_nesting_has_an_end),
        cmocka_unit_test(test_a_huge_text_is_read_but_not_repeated_in_messages),
        cmocka_unit_test(test_a_long_key_is_refused),
        cmocka_unit_test(test_files_that_cannot_be_read_are_named),
        cmocka_unit_test(test_a_file_of_more_than_64_mib_is_not_read),
        cmocka_unit_test(test_later_layers_win_and_mappings_merge),
        cmocka_unit_test(test_paths_are_relative_to_the_including_file),
        cmocka_unit_test(test_a_file_that_two_layers_include_is_read_once),
        cmocka_unit_test(test_a_file_laid_over_another_is_as_if_one_file_included_both),
        cmocka_unit_test(test_a_layer_that_is_named_again_counts_at_its_last_place),
        cmocka_unit_test(test_an_order_of_layers_that_contradicts_itself_is_refused),
        cmocka_unit_test(test_many_diamonds_are_read_at_once),
        cmocka_unit_test(test_an_include_cycle_is_refused_with_its_chain),
        cmocka_unit_test(test_all_layers_that_are_missing_are_named),
        cmocka_unit_test(test_a_value_set_from_outside_wins),
        cmocka_unit_test(test_a_value_taken_away_was_never_said),
        cmocka_unit_test(test_a_malformed_setting_is_refused_and_changes_nothing),
    };
    return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
