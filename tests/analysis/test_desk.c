/* The desk's question is the scenario of the command line, opens no file, and tells its mistakes where they
 * stand; its guard lets nobody in without the whole token; its list keeps each question once and makes room
 * only of what nobody asks; a window hears of its last question alone; pages are packed for who takes that;
 * what it offers to assume otherwise is assumed. */
#include "analysis/base/packed.h"
#include "analysis/desk/asked.h"
#include "analysis/desk/assumptions.h"
#include "analysis/desk/decision.h"
#include "analysis/desk/guard.h"
#include "analysis/desk/question.h"
#include "analysis/desk/tabs.h"
#include "analysis/scenario/load.h"
#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

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

static void what_was_set_at_the_start_stays_set(void **state) {
    (void)state;
    static const hw_setting set = {.path = "planning.rule", .yaml = "worst_first"};
    hw_errors errors = {0};
    hw_desk_ground on = ground();
    hw_document *base_set = hw_document_load(base_path, &errors);
    assert_int_equal(hw_load_lay(base_set, &set, 1, &errors), HW_OK);
    on.base = base_set;
    on.settings = &set;
    on.setting_count = 1;
    static const struct {
        const char *text;
        hw_status status;
    } asked[] = {{"planning: {rule: nearest_release}\n", HW_ERROR_INPUT},
                 {"planning: {rule: worst_first}\n", HW_OK},
                 {"planning: {report_time: 40 days}\n", HW_OK}};
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        hw_desk_question question;
        assert_int_equal(hw_desk_question_read(&question, &on, asked[i].text, NULL, 0, &errors),
                         asked[i].status);
        hw_desk_question_free(&question);
    }
    assert_int_equal(errors.count, 1);
    assert_non_null(strstr(errors.items[0].message, "planning.rule"));
    hw_errors_free(&errors);
    hw_document_free(base_set);
}

static void tell(hw_tabs *tabs, uint64_t tab, uint64_t number, const char *text) {
    const hw_wire_head head = {
        .kind = HW_WIRE_ANSWER, .length = (uint32_t)strlen(text), .tab = tab, .number = number};
    hw_tabs_tell(tabs, &head, text);
}

/* What a connection that has heard up to `*version` hears next; "" for nothing. */
static void assert_hears(hw_tabs *tabs, uint64_t tab, uint64_t *version, const char *text) {
    hw_told *told = hw_tabs_wait(tabs, tab, *version, 0);
    assert_string_equal(told != NULL ? told->text : "", text);
    if (told != NULL) {
        *version = told->version;
        hw_told_release(tabs, told);
    }
}

static void a_window_hears_only_of_its_last_question(void **state) {
    (void)state;
    hw_tabs *tabs = calloc(1, sizeof *tabs);
    assert_non_null(tabs);
    hw_tabs_begin(tabs);
    uint64_t heard = 0;
    assert_int_equal(hw_tabs_listen(tabs, 7), 0);
    assert_int_equal(hw_tabs_ask(tabs, 7, 1), 0);
    tell(tabs, 7, 1, "one");
    assert_hears(tabs, 7, &heard, "one");
    assert_hears(tabs, 7, &heard, "");
    tell(tabs, 7, 1, "old"); /* waits to be heard when the next question is asked */
    assert_int_equal(hw_tabs_ask(tabs, 7, 2), 0);
    tell(tabs, 7, 1, "late");
    tell(tabs, 8, 2, "another's");
    assert_hears(tabs, 7, &heard, "");
    /* Others take all places, and it comes back: it hears again on the same connection. */
    for (uint64_t other = 100; other < 100 + HW_TABS_MOST; other++) {
        (void)hw_tabs_ask(tabs, other, 1);
    }
    assert_int_equal(hw_tabs_ask(tabs, 7, 3), 100);
    tell(tabs, 7, 3, "back");
    assert_hears(tabs, 7, &heard, "back");
    hw_tabs_free(tabs);
    free(tabs);
}

static void nobody_looks_when_the_last_connection_is_gone(void **state) {
    (void)state;
    hw_tabs *tabs = calloc(1, sizeof *tabs);
    assert_non_null(tabs);
    hw_tabs_begin(tabs);
    (void)hw_tabs_listen(tabs, 7);
    (void)hw_tabs_listen(tabs, 7); /* it came again before the first one was seen to be gone */
    assert_false(hw_tabs_unlisten(tabs, 7));
    assert_true(hw_tabs_unlisten(tabs, 7));
    assert_false(hw_tabs_unlisten(tabs, 7));
    hw_tabs_free(tabs);
    free(tabs);
}

static void what_to_do_is_told_beside_what_happens(void **state) {
    (void)state;
    hw_tabs *tabs = calloc(1, sizeof *tabs);
    assert_non_null(tabs);
    hw_tabs_begin(tabs);
    uint64_t heard = 0;
    const hw_wire_head head = {.kind = HW_WIRE_DECISION, .length = 4, .tab = 7, .number = 5};
    (void)hw_tabs_listen(tabs, 7);
    (void)hw_tabs_ask(tabs, 7, 1);
    (void)hw_tabs_decide(tabs, 7, 5);
    hw_tabs_tell(tabs, &head, "half");
    (void)hw_tabs_ask(tabs, 7, 2); /* the slider moves on, the decision does not */
    assert_hears(tabs, 7, &heard, "half");
    tell(tabs, 7, 2, "two");
    assert_hears(tabs, 7, &heard, "two");
    hw_tabs_tell(tabs, &head, "done");
    (void)hw_tabs_decide(tabs, 7, 6); /* cancelled, or another is asked */
    hw_tabs_tell(tabs, &head, "late");
    assert_hears(tabs, 7, &heard, "");
    hw_tabs_free(tabs);
    free(tabs);
}

static void only_options_that_open_no_file_reach_a_command(void **state) {
    (void)state;
    static const struct {
        const char *json;
        hw_status status;
    } asked[] = {
        {"{\"decide\": \"pledge\", \"options\": {\"amount\": \"15 MUSD\", \"tied\": true}}", HW_OK},
        {"{\"decide\": \"rank\", \"options\": {\"for\": \"victims\"}, \"against\": [\"treaty\"]}", HW_OK},
        {"{\"decide\": \"pledge\", \"options\": {\"pledge\": \"/etc/passwd\"}}", HW_ERROR_INPUT},
        {"{\"decide\": \"target\", \"options\": {\"output\": \"x.h5\"}}", HW_ERROR_INPUT},
        {"{\"decide\": \"target\", \"options\": {\"keep\": \"/\"}}", HW_ERROR_INPUT},
        {"{\"decide\": \"target\", \"options\": {\"set\": \"observations=/etc/passwd\"}}", HW_ERROR_INPUT},
        {"{\"decide\": \"target\", \"options\": {\"replications\": 100001}}", HW_ERROR_INPUT},
        {"{\"decide\": \"target\", \"options\": {\"by\": [\"x\"]}}", HW_ERROR_INPUT},
        {"{\"decide\": \"target\", \"against\": [\"treaty\"]}", HW_ERROR_INPUT},
        {"{\"decide\": \"worth\"}", HW_ERROR_INPUT},
        {"{\"decide\": \"run\"}", HW_ERROR_INPUT},
        {"{\"decide\": \"adapt\", \"options\": {\"for\": \"victims\"}}", HW_OK},
        {"{\"decide\": \"adapt\", \"against\": [\"treaty\"]}", HW_ERROR_INPUT},
        {"{\"decide\": \"allocate\", \"options\": {\"choose\": \"years\"}}", HW_OK},
        {"{\"decide\": \"allocate\", \"options\": {\"layer\": \"/etc/passwd=1 USD\"}}", HW_ERROR_INPUT},
        {"{\"decide\": \"allocate\", \"options\": {\"future\": \"/etc/passwd\"}}", HW_ERROR_INPUT},
        {"{\"decide\": \"allocate\", \"against\": [\"treaty\"], \"prices\": {\"treaty\": \"1 USD\"}}", HW_OK},
        {"{\"decide\": \"allocate\", \"against\": [\"treaty\"]}", HW_ERROR_INPUT},
        {"{\"decide\": \"allocate\", \"against\": [\"treaty\"], \"prices\": {\"treaty\": "
         "\"/../../etc/passwd=1 USD\"}}",
         HW_ERROR_INPUT},
        {"{\"decide\": \"rank\", \"against\": [\"treaty\"], \"prices\": {\"treaty\": \"1 USD\"}}",
         HW_ERROR_INPUT},
        {"[]", HW_ERROR_INPUT},
    };
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        hw_errors errors = {0};
        hw_decision decision;
        json_t *json = json_loads(asked[i].json, 0, NULL);
        assert_non_null(json);
        assert_int_equal(hw_decision_read(&decision, json, &errors), asked[i].status);
        assert_int_equal(errors.count > 0, asked[i].status != HW_OK);
        hw_decision_free(&decision);
        hw_errors_free(&errors);
        json_decref(json);
    }
}

static void no_value_is_taken_for_an_option(void **state) {
    (void)state;
    hw_errors errors = {0};
    hw_decision decision;
    json_t *json =
        json_loads("{\"decide\": \"discover\", \"options\": {\"bad\": \"--output=/tmp/x\"}}", 0, NULL);
    assert_int_equal(hw_decision_read(&decision, json, &errors), HW_OK);
    assert_int_equal(decision.option_count, 1);
    assert_string_equal(decision.options[0], "--bad=--output=/tmp/x");
    hw_decision_free(&decision);
    json_decref(json);
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
        one->words = malloc(16);
        assert_non_null(one->words);
        snprintf(one->words, 16, "q%d", number);
    }
    return one;
}

static void room_is_made_only_of_what_nobody_asks(void **state) {
    (void)state;
    hw_asked_list *list = calloc(1, sizeof *list);
    assert_non_null(list);
    for (int i = 0; i < HW_TABS_MOST; i++) {
        hw_asked_one *one = put(list, i);
        assert_non_null(one);
        assert_true(hw_asked_by(list, one, (uint64_t)i + 1, 1));
    }
    assert_false(hw_asked_by(list, &list->ones[0], HW_TABS_MOST + 1, 1)); /* too many windows */
    /* The first window asks one thing after the other: the last few stay, and all that others ask. */
    for (int i = 0; i <= HW_UNASKED_MOST; i++) {
        hw_asked_leave(list, 1);
        hw_asked_one *one = put(list, 200 + i);
        assert_true(hw_asked_by(list, one, 1, 2));
        assert_non_null(hw_asked_next(list, 64));
    }
    assert_null(hw_asked_find(list, "q0"));
    for (int i = 1; i <= HW_UNASKED_MOST; i++) {
        char words[16];
        snprintf(words, sizeof words, "q%d", 200 + i);
        assert_non_null(hw_asked_find(list, words));
    }
    assert_non_null(hw_asked_find(list, "q1"));
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

static void a_packed_page_unpacks_to_its_bytes(void **state) {
    (void)state;
    enum { SIZE = 100000 };
    static char page[SIZE];
    for (size_t i = 0; i < SIZE; i++) {
        page[i] = (char)('a' + i * i % 23);
    }
    hw_packed packed = hw_packed_make(page, SIZE);
    assert_non_null(packed.gzip);
    assert_true(packed.gzip_size < SIZE / 2);
    static unsigned char back[SIZE + 1];
    z_stream stream = {
        .next_in = packed.gzip, .avail_in = (uInt)packed.gzip_size, .next_out = back, .avail_out = SIZE + 1};
    assert_int_equal(inflateInit2(&stream, 31), Z_OK);
    assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
    assert_int_equal(stream.total_out, SIZE);
    assert_memory_equal(back, page, SIZE);
    inflateEnd(&stream);
    hw_packed_free(&packed);
    assert_null(hw_packed_make(NULL, 0).plain);
    assert_null(hw_packed_letters(NULL));
    char *letters = hw_packed_letters("a scenario");
    assert_true(strspn(letters, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=") ==
                strlen(letters));
    free(letters);
}

static void only_who_takes_gzip_is_sent_it(void **state) {
    (void)state;
    static const char *const yes[] = {
        "gzip", "gzip, deflate, br", "deflate,GZIP", "br;q=1.0, gzip;q=0.5", " gzip ; q=1", "gzip;q=0.001"};
    static const char *const no[] = {"", "deflate, br", "gzip;q=0", "gzip; q=0.000, br", "xgzip", "gzipped"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
        assert_true(hw_packed_is_taken(yes[i]));
    }
    for (size_t i = 0; i < sizeof no / sizeof *no; i++) {
        assert_false(hw_packed_is_taken(no[i]));
    }
    assert_false(hw_packed_is_taken(NULL));
}

/* What may be assumed otherwise: every number that is assumed or uncertain and that something reads, in the
 * words of the file, and nothing that two results must share. Each can be laid over the base as it is told.
 */
static void what_is_offered_as_an_assumption_is_one(void **state) {
    (void)state;
    hw_errors errors = {0};
    hw_loaded loaded;
    assert_int_equal(hw_load(&loaded, base_path, NULL, 0, &errors), HW_OK);
    size_t size;
    char *text = hw_desk_assumptions(loaded.binding, &size);
    json_t *all = json_loadb(text, size, 0, NULL);
    assert_true(json_array_size(all) > 100);
    const hw_values *values = hw_binding_values(loaded.binding);
    size_t i, uncertain = 0;
    for (uint32_t v = 0; v < values->count; v++) {
        const hw_value *value = &values->items[v];
        uncertain += value->distribution.kind != HW_FIXED && value->key->type == HW_KEY_QUANTITY &&
                     value->key->fixes == NULL && hw_binding_reads(loaded.binding, value->path);
    }
    json_t *one;
    json_array_foreach(all, i, one) {
        const char *path = json_string_value(json_object_get(one, "path"));
        hw_value_id id = hw_binding_find(loaded.binding, path);
        assert_int_not_equal(id, UINT32_MAX);
        assert_string_equal(json_string_value(json_object_get(one, "text")), values->items[id].written);
        assert_true(json_is_true(json_object_get(one, "assumed")) ||
                    json_is_string(json_object_get(one, "source")));
        assert_non_null(json_string_value(json_object_get(one, "meaning")));
        assert_true(strcmp(path, "start") != 0 && strcmp(path, "horizon") != 0 &&
                    strncmp(path, "layout", 6) != 0);
        uncertain -= values->items[id].distribution.kind != HW_FIXED;
        hw_loaded again;
        const hw_setting same = {.path = path, .yaml = values->items[id].written};
        assert_int_equal(hw_load(&again, base_path, &same, 1, &errors), HW_OK);
        hw_load_free(&again);
    }
    assert_int_equal(uncertain, 0);
    json_decref(all);
    free(text);
    hw_load_free(&loaded);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_offered_as_an_assumption_is_one),
        cmocka_unit_test(a_question_has_the_digest_of_its_file),
        cmocka_unit_test(no_text_is_the_base),
        cmocka_unit_test(no_text_opens_a_file),
        cmocka_unit_test(what_was_set_at_the_start_stays_set),
        cmocka_unit_test(a_window_hears_only_of_its_last_question),
        cmocka_unit_test(nobody_looks_when_the_last_connection_is_gone),
        cmocka_unit_test(what_to_do_is_told_beside_what_happens),
        cmocka_unit_test(only_options_that_open_no_file_reach_a_command),
        cmocka_unit_test(no_value_is_taken_for_an_option),
        cmocka_unit_test(a_mistake_is_told_where_it_stands),
        cmocka_unit_test(the_whole_token_lets_in_and_nothing_else),
        cmocka_unit_test(only_this_computer_and_the_proxy_may_ask),
        cmocka_unit_test(room_is_made_only_of_what_nobody_asks),
        cmocka_unit_test(what_has_the_fewest_worlds_comes_next),
        cmocka_unit_test(a_packed_page_unpacks_to_its_bytes),
        cmocka_unit_test(only_who_takes_gzip_is_sent_it),
    };
    return cmocka_run_group_tests(tests, open_base, close_base);
}
