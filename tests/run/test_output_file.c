#define _GNU_SOURCE /* asprintf */
#include "sim/run/output_file.h"
#include "tests/sim/check.h"
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/homeward-output-XXXXXX";

static int make_folder(void **state) {
    (void)state;
    return mkdtemp(folder) != NULL ? 0 : -1;
}

static int remove_folder(void **state) {
    (void)state;
    return rmdir(folder); /* fails when a test left anything behind */
}

static char *path_of(const char *name) {
    char *path = NULL;
    assert_true(asprintf(&path, "%s/%s", folder, name) > 0);
    return path;
}

/* Files that begin with "own " are known as ours. */
static bool is_kept(const char *path, const void *context, char room[HW_OUTPUT_REASON]) {
    return hw_output_lacks_mark(path, context, room);
}

static const hw_output_format format = {
    .noun = "a text", .streams = true, .is_kept = is_kept, .context = "own "};

static void assert_error_says(hw_errors *errors, const char *words) {
    char *text = hw_errors_text(errors);
    assert_non_null(strstr(text, words));
    free(text);
}

static void assert_holds(const char *path, const char *text) {
    char room[64] = {0};
    FILE *in = fopen(path, "r");
    assert_non_null(in);
    assert_int_equal(fread(room, 1, sizeof room - 1, in), strlen(text));
    fclose(in);
    assert_string_equal(room, text);
}

static void write_file(const char *path, const char *text) {
    hw_errors errors = {0};
    hw_output_file file;
    assert_int_equal(hw_output_open(&file, path, &format, NULL, &errors), HW_OK);
    fputs(text, file.stream);
    assert_int_equal(hw_output_close(&file, &errors), HW_OK);
}

static void test_what_was_there_stays_until_the_new_file_is_whole(void **state) {
    (void)state;
    char *path = path_of("file");
    write_file(path, "own before");
    hw_errors errors = {0};
    hw_output_file file;
    assert_int_equal(hw_output_open(&file, path, &format, NULL, &errors), HW_OK);
    fputs("own after", file.stream);
    fflush(file.stream);
    assert_holds(path, "own before");
    assert_int_equal(hw_output_close(&file, &errors), HW_OK);
    assert_holds(path, "own after");
    unlink(path);
    free(path);
}

static void test_a_file_given_up_leaves_nothing_and_takes_nothing(void **state) {
    (void)state;
    char *path = path_of("file"), *fresh = path_of("fresh");
    write_file(path, "own before");
    hw_errors errors = {0};
    hw_output_file file;
    assert_int_equal(hw_output_open(&file, path, &format, NULL, &errors), HW_OK);
    hw_output_drop(&file);
    assert_holds(path, "own before");
    assert_int_equal(hw_output_open(&file, fresh, &format, NULL, &errors), HW_OK);
    hw_output_drop(&file);
    assert_int_not_equal(access(fresh, F_OK), 0);
    unlink(path);
    free(path);
    free(fresh);
}

static void test_a_link_still_points_to_its_file_and_a_file_is_as_open_as_others(void **state) {
    (void)state;
    char *path = path_of("file"), *link = path_of("link");
    write_file(path, "own before");
    assert_int_equal(symlink(path, link), 0);
    write_file(link, "own after");
    assert_holds(path, "own after");
    struct stat about;
    assert_int_equal(lstat(link, &about), 0);
    assert_true(S_ISLNK(about.st_mode));
    mode_t mask = umask(0);
    umask(mask);
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0666 & ~mask);
    unlink(link);
    unlink(path);
    free(path);
    free(link);
}

static void test_a_full_disk_is_told_with_its_reason(void **state) {
    (void)state;
    hw_errors errors = {0};
    hw_output_file file;
    assert_int_equal(hw_output_open(&file, "/dev/full", &format, NULL, &errors), HW_OK);
    for (int i = 0; i < 100000; i++) {
        fputs("more than any buffer holds", file.stream);
    }
    assert_int_equal(hw_output_close(&file, &errors), HW_ERROR_IO);
    assert_error_says(&errors, "No space left on device");
    hw_errors_free(&errors);
}

static void test_a_folder_that_is_not_there_is_told(void **state) {
    (void)state;
    char *path = path_of("no/such");
    hw_errors errors = {0};
    hw_output_file file;
    assert_int_equal(hw_output_open(&file, path, &format, NULL, &errors), HW_ERROR_IO);
    assert_error_says(&errors, "No such file or directory");
    hw_errors_free(&errors);
    free(path);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_was_there_stays_until_the_new_file_is_whole),
        cmocka_unit_test(test_a_file_given_up_leaves_nothing_and_takes_nothing),
        cmocka_unit_test(test_a_link_still_points_to_its_file_and_a_file_is_as_open_as_others),
        cmocka_unit_test(test_a_full_disk_is_told_with_its_reason),
        cmocka_unit_test(test_a_folder_that_is_not_there_is_told),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
