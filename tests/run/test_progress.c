#include "sim/run/progress.h"
#include "tests/run/toy_run.h"
#include <fcntl.h>
#include <pty.h>

/* Runs the reporter with `show_count` steps while standard error is `handle`. */
static const char *part; /* of a study with 1000 replications before and 3000 after this run */

static void report_to(int handle, bool silent, int show_count, const struct timespec *pause) {
    hw_progress progress;
    fflush(stderr);
    int before = dup(STDERR_FILENO);
    dup2(handle, STDERR_FILENO);
    hw_progress_begin(&progress, silent);
    if (part != NULL) {
        hw_progress_part_of(&progress, part, 1000, 3000);
    }
    hw_progress_start(&progress, 0, (uint64_t)show_count);
    for (int i = 1; i <= show_count; i++) {
        hw_progress_show(&progress, (uint64_t)i, (uint64_t)i * 1000);
        nanosleep(pause, NULL);
    }
    hw_progress_say(&progress, false, "a remark");
    hw_progress_say(&progress, true, "a loss");
    hw_progress_end(&progress, (uint64_t)show_count, (uint64_t)show_count * 1000);
    fflush(stderr);
    dup2(before, STDERR_FILENO);
    close(before);
}

static void shown_on_file(char *text, size_t room, bool silent) {
    const struct timespec none = {0};
    int handle = open("progress.txt", O_RDWR | O_CREAT | O_TRUNC, 0600);
    report_to(handle, silent, 1000, &none);
    ssize_t length = pread(handle, text, room - 1, 0);
    text[length > 0 ? length : 0] = '\0';
    close(handle);
}

static void test_silence_hides_all_but_losses(void **state) {
    (void)state;
    char text[4096];
    shown_on_file(text, sizeof text, true);
    assert_string_equal(text, "a loss\n");
}

static void test_off_a_terminal_a_quick_run_says_one_line_without_control_characters(void **state) {
    (void)state;
    char text[4096];
    shown_on_file(text, sizeof text, false);
    assert_null(strchr(text, '\r'));
    assert_null(strchr(text, '\033'));
    const char *expected = "a remark\na loss\n1000 replications in ";
    assert_memory_equal(text, expected, strlen(expected));
    assert_non_null(strstr(text, "events per second\n"));
}

static void test_a_run_of_a_study_says_which_one(void **state) {
    (void)state;
    char text[4096];
    part = "map_exchange, 2 of 5";
    shown_on_file(text, sizeof text, false);
    part = NULL;
    assert_non_null(strstr(text, "map_exchange, 2 of 5: 1000 replications in "));
}

static void test_the_bar_of_a_study_counts_all_its_runs(void **state) {
    (void)state;
    int master = -1;
    int terminal = -1;
    char text[65536];
    assert_int_equal(openpty(&master, &terminal, NULL, NULL, NULL), 0);
    fcntl(master, F_SETFL, O_NONBLOCK);
    const struct timespec none = {0};
    part = "map_exchange, 2 of 5";
    report_to(terminal, false, 1, &none);
    part = NULL;
    ssize_t length = read(master, text, sizeof text - 1);
    assert_true(length > 0);
    text[length] = '\0';
    assert_non_null(strstr(text, "] map_exchange, 2 of 5: 1001/4001 replications"));
    close(master);
    close(terminal);
}

static void test_on_a_terminal_the_bar_is_redrawn_at_most_ten_times_a_second(void **state) {
    (void)state;
    int master = -1;
    int terminal = -1;
    char text[65536];
    assert_int_equal(openpty(&master, &terminal, NULL, NULL, NULL), 0);
    fcntl(master, F_SETFL, O_NONBLOCK);
    const struct timespec pause = {.tv_nsec = 2000000};
    struct timespec start;
    struct timespec end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    report_to(terminal, false, 200, &pause);
    clock_gettime(CLOCK_MONOTONIC, &end);
    double seconds = (double)(end.tv_sec - start.tv_sec) + 1e-9 * (double)(end.tv_nsec - start.tv_nsec);
    ssize_t length = read(master, text, sizeof text - 1);
    assert_true(length > 0);
    text[length] = '\0';
    int bars = 0;
    for (const char *bar = text; (bar = strstr(bar, "/200 replications,")) != NULL; bar++) {
        bars++;
    }
    assert_true(bars >= 2);
    assert_true(bars <= 2 + (int)(seconds / 0.1));
    assert_non_null(strstr(text, " events/s, "));
    assert_non_null(strstr(text, " left"));
    close(master);
    close(terminal);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_silence_hides_all_but_losses),
        cmocka_unit_test(test_off_a_terminal_a_quick_run_says_one_line_without_control_characters),
        cmocka_unit_test(test_a_run_of_a_study_says_which_one),
        cmocka_unit_test(test_the_bar_of_a_study_counts_all_its_runs),
        cmocka_unit_test(test_on_a_terminal_the_bar_is_redrawn_at_most_ten_times_a_second),
    };
    return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
