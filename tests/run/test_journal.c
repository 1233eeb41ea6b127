#include "sim/run/journal_index.h"
#include "tests/run/toy_run.h"
#include <sys/resource.h>

enum { BODY = 61, RECORDS = 5, RECORD = sizeof(hw_journal_head) + 64 }; /* padded to 8 bytes */
static const char STEM[] = "out.h5.";
static const char PATH[] = "out.h5.journal-0";
static const char IDENTITY[] = "model toy 1\ndigest 42\n";

static void body_of(uint64_t replication, unsigned char body[BODY]) {
    for (int i = 0; i < BODY; i++) {
        body[i] = (unsigned char)(replication * 31 + (uint64_t)i);
    }
}

static void open_journal(hw_journal *journal) {
    hw_trouble trouble = {0};
    assert_int_equal(hw_journal_open(journal, PATH, IDENTITY, &trouble), HW_OK);
}

/* In two parts, as most bodies come in several. */
static void append_one(hw_journal *journal, uint64_t replication) {
    hw_trouble trouble = {0};
    unsigned char body[BODY];
    const struct iovec parts[] = {{body, 10}, {body + 10, BODY - 10}};
    hw_journal_head head = {.kind = HW_JOURNAL_ROWS, .first = replication, .last = replication + 1};
    body_of(replication, body);
    assert_int_equal(hw_journal_append(journal, &head, parts, 2, &trouble), HW_OK);
}

static void append_records(uint64_t first, uint64_t last) {
    hw_journal journal;
    hw_trouble trouble = {0};
    open_journal(&journal);
    for (uint64_t replication = first; replication < last; replication++) {
        append_one(&journal, replication);
    }
    assert_int_equal(hw_journal_synchronise(&journal, &trouble), HW_OK);
    hw_journal_close(&journal);
}

/* What is found after repair must be what was written. */
static uint64_t count_after_repair(void) {
    hw_journal_index index;
    hw_trouble trouble = {0};
    hw_journal_body body = {0};
    unsigned char expected[BODY];
    assert_int_equal(hw_journal_index_open(&index, STEM, HW_JOURNAL_REPAIR, &trouble), HW_OK);
    for (uint64_t i = 0; i < index.count; i++) {
        hw_journal_head head;
        body_of(index.entries[i].first, expected);
        assert_int_equal(hw_journal_index_read(&index, &index.entries[i], &head, &body, &trouble), HW_OK);
        assert_int_equal(head.length, BODY);
        assert_memory_equal(body.bytes, expected, BODY);
    }
    uint64_t count = index.count;
    free(body.bytes);
    hw_journal_index_drop_others(&index, IDENTITY);
    hw_journal_index_free(&index);
    return count;
}

static void test_what_is_appended_is_found_also_after_reopening(void **state) {
    (void)state;
    append_records(0, 3);
    append_records(3, RECORDS);
    assert_int_equal(count_after_repair(), RECORDS);
    hw_journal_remove_all(STEM);
    assert_false(file_exists(PATH));
}

static void test_a_journal_cut_anywhere_keeps_its_whole_records_and_can_be_continued(void **state) {
    (void)state;
    append_records(0, RECORDS);
    size_t size = 0;
    unsigned char *bytes = read_file(PATH, &size);
    size_t head = hw_journal_file_head(IDENTITY, NULL);
    assert_int_equal(size, head + (size_t)RECORDS * RECORD);
    for (size_t cut = 0; cut <= size; cut++) {
        write_file(PATH, bytes, cut);
        uint64_t whole = cut < head ? 0 : (cut - head) / RECORD;
        assert_int_equal(count_after_repair(), whole);
        append_records(whole, RECORDS);
        assert_int_equal(count_after_repair(), RECORDS);
    }
    free(bytes);
    hw_journal_remove_all(STEM);
}

static void test_a_changed_bit_voids_its_record_only(void **state) {
    (void)state;
    append_records(0, RECORDS);
    size_t size = 0;
    unsigned char *bytes = read_file(PATH, &size);
    size_t head = hw_journal_file_head(IDENTITY, NULL);
    for (size_t at = head; at < size; at++) {
        bool is_padding = (at - head) % RECORD >= sizeof(hw_journal_head) + BODY;
        bytes[at] ^= 0x10;
        write_file(PATH, bytes, size);
        assert_int_equal(count_after_repair(), is_padding ? RECORDS : RECORDS - 1);
        bytes[at] ^= 0x10;
    }
    free(bytes);
    hw_journal_remove_all(STEM);
}

static void test_damage_after_the_check_is_noticed_when_a_record_is_read(void **state) {
    (void)state;
    append_records(0, 2);
    hw_journal_index index;
    hw_journal_body body = {0};
    hw_journal_head head;
    hw_trouble trouble = {0};
    size_t size = 0;
    unsigned char *bytes = read_file(PATH, &size);
    bytes[size - 5] ^= 1;
    write_file(PATH, bytes, size);
    free(bytes);
    assert_int_equal(hw_journal_index_open(&index, STEM, HW_JOURNAL_LOOK, &trouble), HW_OK);
    assert_int_equal(index.count, 2);
    assert_int_equal(hw_journal_index_read(&index, &index.entries[0], &head, &body, &trouble), HW_OK);
    assert_int_equal(hw_journal_index_read(&index, &index.entries[1], &head, &body, &trouble), HW_ERROR_IO);
    assert_non_null(strstr(trouble.text, "out.h5.journal-0 is damaged"));
    free(body.bytes);
    hw_journal_index_free(&index);
    hw_journal_remove_all(STEM);
}

static void test_a_failure_keeps_its_time_and_words(void **state) {
    (void)state;
    hw_journal journal;
    hw_journal_index index;
    hw_journal_body body = {0};
    hw_trouble trouble = {0};
    hw_journal_failure failure = {.replication = 9, .time = 12.5, .message = "area was lost"};
    hw_journal_failure found = {0};
    const struct iovec parts[] = {{(unsigned char[8]){0}, 8}, {&failure, sizeof failure}};
    hw_journal_head head = {.kind = HW_JOURNAL_ROWS, .first = 9, .last = 10, .failed = 1};
    open_journal(&journal);
    assert_int_equal(hw_journal_append(&journal, &head, parts, 2, &trouble), HW_OK);
    hw_journal_close(&journal);
    assert_int_equal(hw_journal_index_open(&index, STEM, HW_JOURNAL_CHECK, &trouble), HW_OK);
    assert_int_equal(index.count, 1);
    assert_int_equal(index.entries[0].first, 9);
    assert_true(index.entries[0].failed);
    assert_int_equal(hw_journal_index_read(&index, &index.entries[0], &head, &body, &trouble), HW_OK);
    assert_true(hw_journal_failure_in(&head, body.bytes, &found));
    assert_memory_equal(&found, &failure, sizeof found);
    free(body.bytes);
    hw_journal_index_free(&index);
    hw_journal_remove_all(STEM);
}

static void test_another_identity_is_counted_and_dropped_only_on_request(void **state) {
    (void)state;
    static const char other[] = "model toy 2\ndigest 42\n";
    append_records(0, RECORDS);
    hw_journal_index index;
    hw_trouble trouble = {0};
    assert_int_equal(hw_journal_index_open(&index, STEM, HW_JOURNAL_REPAIR, &trouble), HW_OK);
    assert_int_equal(hw_journal_index_others(&index, IDENTITY), 0);
    assert_int_equal(hw_journal_index_others(&index, other), 1);
    assert_int_equal(index.count, RECORDS);
    assert_true(file_exists(PATH));
    hw_journal_index_drop_others(&index, other);
    assert_int_equal(index.count, 0);
    assert_false(file_exists(PATH));
    hw_journal_index_free(&index);
}

static void assert_refused(const char *bytes, const char *says) {
    hw_journal_index index;
    hw_trouble trouble = {0};
    write_file(PATH, bytes, strlen(bytes));
    assert_int_equal(hw_journal_index_open(&index, STEM, HW_JOURNAL_REPAIR, &trouble), HW_ERROR_IO);
    assert_non_null(strstr(trouble.text, says));
    assert_true(file_exists(PATH));
    hw_journal_index_free(&index);
    unlink(PATH);
}

static void test_a_file_that_is_no_journal_is_refused_and_left_alone(void **state) {
    (void)state;
    assert_refused("dear diary", "out.h5.journal-0 is not a journal");
}

static void test_a_journal_of_format_1_is_refused_by_its_name_and_left_alone(void **state) {
    (void)state;
    assert_refused("HWJRNL1\nand what an older program wrote",
                   "out.h5.journal-0 is unfinished work of an older Homeward, a journal of format 1");
}

static void test_journals_of_older_sweeps_have_the_same_format(void **state) {
    (void)state;
    append_records(0, RECORDS);
    size_t size = 0;
    unsigned char *bytes = read_file(PATH, &size);
    memcpy(bytes, "HWSWEEP1", HW_JOURNAL_MAGIC_BYTES);
    write_file(PATH, bytes, size);
    free(bytes);
    assert_int_equal(count_after_repair(), RECORDS);
    hw_journal_remove_all(STEM);
}

static void test_only_names_with_a_number_are_journals(void **state) {
    (void)state;
    append_records(0, RECORDS);
    size_t size = 0;
    unsigned char *bytes = read_file(PATH, &size);
    write_file("out.h5.journal-12", bytes, size);
    write_file("out.h5.journal-x", "another's file", 14);
    free(bytes);
    assert_int_equal(count_after_repair(), 2 * RECORDS);
    hw_journal_remove_all(STEM);
    assert_false(file_exists("out.h5.journal-12"));
    assert_true(file_exists("out.h5.journal-x"));
}

static void test_an_open_journal_is_locked(void **state) {
    (void)state;
    hw_journal journal;
    hw_journal second;
    hw_journal_index index;
    hw_trouble trouble = {0};
    open_journal(&journal);
    assert_int_equal(hw_journal_open(&second, PATH, IDENTITY, &trouble), HW_ERROR_IO);
    trouble = (hw_trouble){0};
    assert_int_equal(hw_journal_index_open(&index, STEM, HW_JOURNAL_REPAIR, &trouble), HW_ERROR_IO);
    assert_non_null(strstr(trouble.text, "is in use by another run"));
    hw_journal_index_free(&index);
    hw_journal_remove_all(STEM);
    assert_true(file_exists(PATH));
    hw_journal_close(&journal);
    hw_journal_remove_all(STEM);
    assert_false(file_exists(PATH));
}

/* One for each of very many ranks. */
static void test_more_journals_than_usually_open_files_are_read(void **state) {
    (void)state;
    enum { RANKS = 60, USUAL_FILES = 40 };
    struct rlimit before;
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    append_records(0, 1);
    size_t size = 0;
    unsigned char *bytes = read_file(PATH, &size);
    for (int rank = 1; rank < RANKS; rank++) {
        char *path = hw_journal_path(STEM, rank);
        write_file(path, bytes, size);
        free(path);
    }
    const struct rlimit usual = {.rlim_cur = USUAL_FILES, .rlim_max = before.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &usual), 0);
    hw_journal_index index;
    hw_trouble trouble = {0};
    assert_int_equal(hw_journal_index_open(&index, STEM, HW_JOURNAL_LOOK, &trouble), HW_OK);
    assert_int_equal(index.count, RANKS);
    hw_journal_index_free(&index);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
    hw_journal_remove_all(STEM);
    free(bytes);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_more_journals_than_usually_open_files_are_read),
        cmocka_unit_test(test_what_is_appended_is_found_also_after_reopening),
        cmocka_unit_test(test_a_journal_cut_anywhere_keeps_its_whole_records_and_can_be_continued),
        cmocka_unit_test(test_a_changed_bit_voids_its_record_only),
        cmocka_unit_test(test_damage_after_the_check_is_noticed_when_a_record_is_read),
        cmocka_unit_test(test_a_failure_keeps_its_time_and_words),
        cmocka_unit_test(test_another_identity_is_counted_and_dropped_only_on_request),
        cmocka_unit_test(test_a_file_that_is_no_journal_is_refused_and_left_alone),
        cmocka_unit_test(test_a_journal_of_format_1_is_refused_by_its_name_and_left_alone),
        cmocka_unit_test(test_journals_of_older_sweeps_have_the_same_format),
        cmocka_unit_test(test_only_names_with_a_number_are_journals),
        cmocka_unit_test(test_an_open_journal_is_locked),
    };
    return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
