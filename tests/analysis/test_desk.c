/* The desk's question is the scenario of the command line, opens no file, and tells its mistakes where they
 * stand; its guard lets nobody in without the whole token; its list keeps each question once and makes room
 * only of what nobody asks. */
#include "analysis/desk/asked.h"
#include "analysis/desk/guard.h"
#include "analysis/desk/question.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char base_path[] = HW_SOURCE_DIR "/scenarios/quick.yaml";
static const char *const lever_paths[] = {HW_SOURCE_DIR "/scenarios/levers/external-qc.yaml"};

static hw_document *base;

static hw_desk_ground ground(void) {
    return (hw_desk_ground){.path = base_path, .base = base, .levers = lever_paths, .lever_count = 1};
}

static int open_base(void **state) {
    (void)state;
    hw_errors errors = {0};
    base = hw_document_load(base_path, &errors);
    return base != NULL ? 0 : -1;
}

static int close_base(void **state) {
    (void)state;
    hw_document_free(base);
    return 0;
}

/* The first error of a text that cannot be asked. */
static hw_error error_of(const char *text) {
    hw_desk_ground on = ground();
    hw_desk_question question;
    hw_errors errors = {0};
    assert_int_equal(hw_desk_question_read(&question, &on, text, NULL, 0, &errors), HW_ERROR_INPUT);
    assert_true(errors.count > 0);
    static char message[300];
    snprintf(message, sizeof message, "%s", errors.items[0].message);
    hw_error first = {.where = errors.items[0].where, .message = message};
    hw_desk_question_free(&question);
    hw_errors_free(&errors);
    return first;
}

static void a_question_has_the_digest_of_its_file(void **state) {
    (void)state;
    static const char text[] = "planning: {rule: worst_first}\nname: Another\n";
    char path[] = "/tmp/homeward-desk-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    dprintf(file, "include: [%s]\n%s", base_path, text);
    close(file);
    hw_errors errors = {0};
    hw_loaded loaded;
    assert_int_equal(hw_load(&loaded, path, NULL, 0, &errors), HW_OK);
    hw_desk_ground on = ground();
    hw_desk_question question;
    assert_int_equal(hw_desk_question_read(&question, &on, text, NULL, 0, &errors), HW_OK);
    assert_string_equal(hw_binding_digest(question.loaded.binding), hw_binding_digest(loaded.binding));
    hw_desk_question_free(&question);
    hw_load_free(&loaded);
    unlink(path);
}

static void no_text_is_the_base(void **state) {
    (void)state;
    hw_desk_ground on = ground();
    hw_errors errors = {0};
    hw_loaded loaded;
    hw_desk_question question;
    assert_int_equal(hw_load(&loaded, base_path, NULL, 0, &errors), HW_OK);
    assert_int_equal(hw_desk_question_read(&question, &on, " \n", NULL, 0, &errors), HW_OK);
    assert_string_equal(hw_binding_digest(question.loaded.binding), hw_binding_digest(loaded.binding));
    hw_desk_question_free(&question);
    hw_load_free(&loaded);
}

static void no_text_opens_a_file(void **state) {
    (void)state;
    static const char *const texts[] = {"include: [/etc/passwd]\n", "observations: /etc/passwd\n",
                                        "parameters_from: /etc/passwd\n", "as_of: 2020-12-31\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        hw_error error = error_of(texts[i]);
        assert_string_equal(error.where.file, hw_desk_question_file);
        assert_int_equal(error.where.line, 1);
        assert_null(strstr(error.message, "root:"));
    }
}

static void a_mistake_is_told_where_it_stands(void **state) {
    (void)state;
    hw_error error = error_of("planning:\n  rule: worst_frst\n");
    assert_string_equal(error.where.file, hw_desk_question_file);
    assert_int_equal(error.where.line, 2);
    assert_int_equal(error.where.column, 9);
    assert_non_null(strstr(error.message, "worst_first"));
}

static void the_whole_token_lets_in_and_nothing_else(void **state) {
    (void)state;
    hw_guard guard;
    char path[80];
    assert_true(hw_guard_begin(&guard, 8642, "desk.example.org"));
    assert_int_equal(strlen(guard.token), HW_TOKEN_LETTERS);
    snprintf(path, sizeof path, "/%s/answers", guard.token);
    assert_string_equal(hw_guard_path(&guard, path), "answers");
    for (size_t i = 1; i <= HW_TOKEN_LETTERS + 1; i++) {
        char kept = path[i];
        path[i] = kept == 'x' ? 'y' : 'x';
        assert_null(hw_guard_path(&guard, path));
        path[i] = '\0';
        assert_null(hw_guard_path(&guard, path));
        path[i] = kept;
    }
    assert_null(hw_guard_path(&guard, ""));
    assert_null(hw_guard_path(&guard, "/"));
}

static void only_this_computer_and_the_proxy_may_ask(void **state) {
    (void)state;
    hw_guard guard;
    assert_true(hw_guard_begin(&guard, 8642, "desk.example.org"));
    assert_true(hw_guard_knows_host(&guard, "127.0.0.1:8642"));
    assert_true(hw_guard_knows_host(&guard, "localhost:8642"));
    assert_true(hw_guard_knows_host(&guard, "desk.example.org"));
    assert_false(hw_guard_knows_host(&guard, "127.0.0.1:8643"));
    assert_false(hw_guard_knows_host(&guard, "desk.example.org.evil.example"));
    assert_false(hw_guard_knows_host(&guard, NULL));
    assert_true(hw_guard_knows_origin(&guard, NULL));
    assert_true(hw_guard_knows_origin(&guard, "http://127.0.0.1:8642"));
    assert_true(hw_guard_knows_origin(&guard, "https://desk.example.org"));
    assert_false(hw_guard_knows_origin(&guard, "https://127.0.0.1:8642"));
    assert_false(hw_guard_knows_origin(&guard, "null"));
    guard.host = NULL;
    assert_false(hw_guard_knows_origin(&guard, "https://desk.example.org"));
}

static hw_asked_one *put(hw_asked_list *list, int number) {
    hw_asked_one *one = hw_asked_make_room(list);
    if (one != NULL) {
        one->words = malloc(8);
        assert_non_null(one->words);
        snprintf(one->words, 8, "q%d", number);
    }
    return one;
}

static void room_is_made_only_of_what_nobody_asks(void **state) {
    (void)state;
    hw_asked_list *list = calloc(1, sizeof *list);
    assert_non_null(list);
    for (int i = 0; i < HW_ASKED_MOST; i++) {
        hw_asked_one *one = put(list, i);
        assert_non_null(one);
        assert_true(hw_asked_by(list, one, (uint64_t)i + 1, 1));
    }
    assert_null(hw_asked_make_room(list));
    hw_asked_leave(list, 4);
    hw_asked_one *room = put(list, 100);
    assert_ptr_equal(room, &list->ones[3]);
    assert_null(hw_asked_find(list, "q3"));
    assert_non_null(hw_asked_find(list, "q100"));
    hw_asked_free(list);
    free(list);
}

static void what_has_the_fewest_worlds_comes_next(void **state) {
    (void)state;
    hw_asked_list *list = calloc(1, sizeof *list);
    assert_non_null(list);
    hw_asked_one *one = put(list, 1), *two = put(list, 2);
    one->told = 32;
    two->told = 16;
    assert_null(hw_asked_next(list, 64)); /* nobody asks */
    assert_true(hw_asked_by(list, one, 1, 1));
    assert_ptr_equal(hw_asked_next(list, 64), one);
    assert_true(hw_asked_by(list, two, 2, 1));
    assert_ptr_equal(hw_asked_next(list, 64), two);
    assert_true(hw_asked_by(list, one, 2, 2)); /* the second window asks the first one's question now */
    assert_ptr_equal(hw_asked_next(list, 64), one);
    assert_null(hw_asked_next(list, 32));
    hw_asked_free(list);
    free(list);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_question_has_the_digest_of_its_file),
        cmocka_unit_test(no_text_is_the_base),
        cmocka_unit_test(no_text_opens_a_file),
        cmocka_unit_test(a_mistake_is_told_where_it_stands),
        cmocka_unit_test(the_whole_token_lets_in_and_nothing_else),
        cmocka_unit_test(only_this_computer_and_the_proxy_may_ask),
        cmocka_unit_test(room_is_made_only_of_what_nobody_asks),
        cmocka_unit_test(what_has_the_fewest_worlds_comes_next),
    };
    return cmocka_run_group_tests(tests, open_base, close_base);
}
