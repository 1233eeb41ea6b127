#include "sim/run/journal.h"
#include "sim/run/journal_index.h"
#include "tests/run/toy_run.h"

enum { BODY = 64, RECORDS = 5 };
static const char OUTPUT[] = "out.h5";
static const char PATH[] = "out.h5.journal-0";
static const char IDENTITY[] = "model toy 1\ndigest 42\n";

static void body_of(uint64_t replication, unsigned char body[BODY]) {
    for (int i = 0; i < BODY; i++) {
        body[i] = (unsigned char)(replication * 31 + (uint64_t)i);
    }
}

static void append_records(uint64_t first, uint64_t last) {
    hw_journal journal;
    hw_trouble trouble = {0};
    unsigned char body[BODY];
    assert_int_equal(hw_journal_open(&journal, PATH, IDENTITY, BODY, &trouble), HW_OK);
    for (uint64_t replication = first; replication < last; replication++) {
        body_of(replication, body);
        assert_int_equal(hw_journal_append(&journal, replication, body, NULL, &trouble), HW_OK);
    }
    assert_int_equal(hw_journal_synchronise(&journal, &trouble), HW_OK);
    hw_journal_close(&journal);
}

static uint64_t count_after_repair(void) {
    hw_journal_index index;
    hw_trouble trouble = {0};
    unsigned char body[BODY];
    unsigned char expected[BODY];
    assert_int_equal(hw_journal_index_prepare(&index, OUTPUT, IDENTITY, BODY, &trouble), HW_OK);
    for (uint64_t i = 0; i < index.count; i++) {
        body_of(index.entries[i].replication, expected);
        assert_int_equal(hw_journal_index_body(&index, &index.entries[i], body, &trouble), HW_OK);
        assert_memory_equal(body, expected, BODY);
    }
    uint64_t count = index.count;
    hw_journal_index_drop_others(&index);
    hw_journal_index_free(&index);
    return count;
}

static void test_what_is_appended_is_found_also_after_reopening(void **state) {
    (void)state;
    append_records(0, 3);
    append_records(3, RECORDS);
    assert_int_equal(count_after_repair(), RECORDS);
    hw_journal_remove_all(OUTPUT);
    assert_false(file_exists(PATH));
}

static void test_a_journal_cut_anywhere_keeps_its_whole_records_and_can_be_continued(void **state) {
    (void)state;
    append_records(0, RECORDS);
    size_t size = 0;
    unsigned char *bytes = read_file(PATH, &size);
    size_t head = hw_journal_file_head(IDENTITY, NULL);
    size_t record = sizeof(hw_journal_head) + BODY;
    assert_int_equal(size, head + RECORDS * record);
    for (size_t cut = 0; cut <= size; cut++) {
        write_file(PATH, bytes, cut);
        uint64_t whole = cut < head ? 0 : (cut - head) / record;
        assert_int_equal(count_after_repair(), whole);
        append_records(whole, RECORDS);
        assert_int_equal(count_after_repair(), RECORDS);
    }
    free(bytes);
    hw_journal_remove_all(OUTPUT);
}

static void test_a_changed_bit_voids_its_record_and_what_follows(void **state) {
    (void)state;
    append_records(0, RECORDS);
    size_t size = 0;
    unsigned char *bytes = read_file(PATH, &size);
    size_t head = hw_journal_file_head(IDENTITY, NULL);
    size_t record = sizeof(hw_journal_head) + BODY;
    for (size_t at = head; at < size; at++) {
        bytes[at] ^= 0x10;
        write_file(PATH, bytes, size);
        assert_int_equal(count_after_repair(), (at - head) / record);
        bytes[at] ^= 0x10;
    }
    free(bytes);
    hw_journal_remove_all(OUTPUT);
}

static void test_damage_after_the_check_is_noticed_when_a_record_is_read(void **state) {
    (void)state;
    append_records(0, 2);
    hw_journal_index index;
    hw_trouble trouble = {0};
    unsigned char body[BODY];
    size_t size = 0;
    unsigned char *bytes = read_file(PATH, &size);
    bytes[size - 1] ^= 1;
    write_file(PATH, bytes, size);
    free(bytes);
    assert_int_equal(hw_journal_index_read(&index, OUTPUT, IDENTITY, BODY, &trouble), HW_OK);
    assert_int_equal(index.count, 2);
    assert_int_equal(hw_journal_index_body(&index, &index.entries[0], body, &trouble), HW_OK);
    assert_int_equal(hw_journal_index_body(&index, &index.entries[1], body, &trouble), HW_ERROR_IO);
    assert_non_null(strstr(trouble.text, "out.h5.journal-0 is damaged"));
    hw_journal_index_free(&index);
    hw_journal_remove_all(OUTPUT);
}

static void test_a_failure_keeps_its_time_and_words(void **state) {
    (void)state;
    hw_journal journal;
    hw_trouble trouble = {0};
    const hw_failure failure = {.time = 12.5, .message = "area was lost"};
    assert_int_equal(hw_journal_open(&journal, PATH, IDENTITY, BODY, &trouble), HW_OK);
    assert_int_equal(hw_journal_append(&journal, 9, NULL, &failure, &trouble), HW_OK);
    hw_journal_close(&journal);
    hw_journal_index index;
    hw_failure found;
    assert_int_equal(hw_journal_index_prepare(&index, OUTPUT, IDENTITY, BODY, &trouble), HW_OK);
    assert_int_equal(index.count, 1);
    assert_int_equal(index.entries[0].replication, 9);
    assert_int_equal(index.entries[0].kind, HW_JOURNAL_FAILURE);
    assert_int_equal(hw_journal_index_body(&index, &index.entries[0], (unsigned char *)&found, &trouble),
                     HW_OK);
    assert_memory_equal(&found, &failure, sizeof found);
    hw_journal_index_free(&index);
    hw_journal_remove_all(OUTPUT);
}

static void test_another_identity_is_counted_and_dropped_only_on_request(void **state) {
    (void)state;
    append_records(0, RECORDS);
    hw_journal_index index;
    hw_trouble trouble = {0};
    assert_int_equal(hw_journal_index_prepare(&index, OUTPUT, "model toy 2\ndigest 42\n", BODY, &trouble),
                     HW_OK);
    assert_int_equal(index.others, 1);
    assert_int_equal(index.count, 0);
    assert_true(file_exists(PATH));
    hw_journal_index_drop_others(&index);
    assert_false(file_exists(PATH));
    hw_journal_index_free(&index);
}

static void test_a_file_that_is_no_journal_is_refused_and_left_alone(void **state) {
    (void)state;
    write_file(PATH, "dear diary", 10);
    hw_journal_index index;
    hw_trouble trouble = {0};
    assert_int_equal(hw_journal_index_prepare(&index, OUTPUT, IDENTITY, BODY, &trouble), HW_ERROR_IO);
    assert_non_null(strstr(trouble.text, "out.h5.journal-0 is not a journal"));
    assert_true(file_exists(PATH));
    hw_journal_index_free(&index);
    unlink(PATH);
}

static void test_a_replication_found_twice_counts_once(void **state) {
    (void)state;
    append_records(0, RECORDS);
    size_t size = 0;
    unsigned char *bytes = read_file(PATH, &size);
    write_file("out.h5.journal-12", bytes, size);
    write_file("out.h5.journal-x", "another's file", 14);
    free(bytes);
    assert_int_equal(count_after_repair(), RECORDS);
    hw_journal_remove_all(OUTPUT);
    assert_false(file_exists("out.h5.journal-12"));
    assert_true(file_exists("out.h5.journal-x"));
}

static void test_an_open_journal_is_locked(void **state) {
    (void)state;
    hw_journal journal;
    hw_journal second;
    hw_journal_index index;
    hw_trouble trouble = {0};
    assert_int_equal(hw_journal_open(&journal, PATH, IDENTITY, BODY, &trouble), HW_OK);
    assert_int_equal(hw_journal_open(&second, PATH, IDENTITY, BODY, &trouble), HW_ERROR_IO);
    trouble = (hw_trouble){0};
    assert_int_equal(hw_journal_index_prepare(&index, OUTPUT, IDENTITY, BODY, &trouble), HW_ERROR_IO);
    assert_non_null(strstr(trouble.text, "is in use by another run"));
    hw_journal_index_free(&index);
    hw_journal_close(&journal);
    hw_journal_remove_all(OUTPUT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_appended_is_found_also_after_reopening),
        cmocka_unit_test(test_a_journal_cut_anywhere_keeps_its_whole_records_and_can_be_continued),
        cmocka_unit_test(test_a_changed_bit_voids_its_record_and_what_follows),
        cmocka_unit_test(test_damage_after_the_check_is_noticed_when_a_record_is_read),
        cmocka_unit_test(test_a_failure_keeps_its_time_and_words),
        cmocka_unit_test(test_another_identity_is_counted_and_dropped_only_on_request),
        cmocka_unit_test(test_a_file_that_is_no_journal_is_refused_and_left_alone),
        cmocka_unit_test(test_a_replication_found_twice_counts_once),
        cmocka_unit_test(test_an_open_journal_is_locked),
    };
    return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
