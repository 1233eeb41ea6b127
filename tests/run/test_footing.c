/* What is asked before a run computes anything: how many, whether the folder has locks, how long it takes. */
#include "sim/run/footing.h"
#include "tests/run/toy_run.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>

/* Stands before the system's: what the file system says of locks. */
static int lock_error;
int flock(int file, int operation) {
    (void)file;
    (void)operation;
    errno = lock_error;
    return lock_error == 0 ? 0 : -1;
}

/* ---- How many ---- */

static void assert_counted(uint64_t points, uint64_t replications, const char *problem) {
    hw_trouble trouble = {0};
    hw_status status = hw_footing_count(points, replications, &trouble);
    assert_int_equal(status, problem != NULL ? HW_ERROR_INPUT : HW_OK);
    assert_non_null(strstr(trouble.text, problem != NULL ? problem : ""));
}

static void test_more_replications_than_can_be_counted_are_refused(void **state) {
    (void)state;
    assert_counted(1, HW_REPLICATIONS_MOST, NULL);
    assert_counted(1, HW_REPLICATIONS_MOST + 1, "1000000000000001 replications are more than can be run");
    assert_counted(1000, HW_REPLICATIONS_MOST / 1000, NULL);
    assert_counted(1001, HW_REPLICATIONS_MOST / 1000, "at each of 1001 points are more than can be run");
    /* their product does not fit into 64 bits: what is left of it there would be 0 */
    assert_counted(UINT64_C(1) << 32, UINT64_C(1) << 32, "at each of 4294967296 points");
    assert_counted(UINT64_MAX, 2, "are more than can be run");
}

/* ---- What is said ---- */

static char said[4096];

static int listen(hw_progress *progress) {
    fflush(stderr);
    int before = dup(STDERR_FILENO);
    int file = open("said.txt", O_RDWR | O_CREAT | O_TRUNC, 0600);
    dup2(file, STDERR_FILENO);
    close(file);
    hw_progress_begin(progress, true);
    return before;
}

static void hear(int before) {
    fflush(stderr);
    ssize_t length = pread(STDERR_FILENO, said, sizeof said - 1, 0);
    said[length > 0 ? length : 0] = '\0';
    dup2(before, STDERR_FILENO);
    close(before);
}

static hw_status try_folder(int error) {
    const hw_footing footing = {.path = "./out.h5"};
    hw_trouble trouble = {0};
    hw_progress progress;
    lock_error = error;
    int before = listen(&progress);
    hw_status status = hw_footing_folder(&footing, &progress, &trouble);
    hear(before);
    lock_error = 0;
    return status;
}

static void test_a_folder_without_locks_is_a_warning_even_to_who_wants_quiet(void **state) {
    (void)state;
    assert_int_equal(try_folder(ENOLCK), HW_OK);
    assert_non_null(strstr(said, "warning: the file system of . has no locks: make sure that no second run"));
    assert_int_equal(try_folder(ENOTSUP), HW_OK);
    assert_non_null(strstr(said, "has no locks"));
    assert_int_equal(try_folder(EWOULDBLOCK), HW_OK); /* there are locks, and somebody has this one */
    assert_string_equal(said, "");
    assert_int_equal(try_folder(0), HW_OK);
    assert_string_equal(said, "");
}

static void tell_time(double seconds, double left, int groups) {
    hw_progress progress;
    int before = listen(&progress);
    hw_footing_tell_time(seconds, left, groups, &progress);
    hear(before);
}

static void test_a_week_and_more_is_told_before_it_begins(void **state) {
    (void)state;
    tell_time(1.0, 604799.0, 1);
    assert_string_equal(said, "");
    tell_time(1.0, 604800.0, 1);
    assert_string_equal(said,
                        "warning: this will take about 7 days (1 s a replication, 6.05e+05 of them, 1 at "
                        "a time)\n");
    tell_time(1.0, 604800.0, 2); /* two at a time take half as long */
    assert_string_equal(said, "");
    tell_time(2.0, 86400.0 * 100, 2);
    assert_non_null(strstr(said, "about 3 months"));
    tell_time(0.001, 1e15, 1000);
    assert_non_null(strstr(said, "about 31.7 years"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_more_replications_than_can_be_counted_are_refused),
        cmocka_unit_test(test_a_folder_without_locks_is_a_warning_even_to_who_wants_quiet),
        cmocka_unit_test(test_a_week_and_more_is_told_before_it_begins),
    };
    return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
