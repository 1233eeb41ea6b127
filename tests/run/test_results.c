#include "sim/length.h"
#include "sim/run/lock.h"
#include "sim/run/results.h"
#include "tests/run/toy_run.h"
#include <fcntl.h>
#include <hdf5.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

static void write_toy_result(const char *path, uint64_t replications, uint64_t fail_every) {
    toy_run run;
    toy_run_make(&run, path, replications);
    run.scenario.fail_every = fail_every;
    assert_int_equal(toy_run_do(&run), HW_OK);
    toy_run_free(&run);
}

static void assert_refused_as(const char *path, hw_trust trust, const char *why) {
    hw_status status = HW_OK;
    hw_errors errors = {0};
    assert_null(hw_results_open_as(path, trust, &status, &errors));
    assert_int_equal(status, HW_ERROR_IO);
    assert_says(&errors, path);
    assert_says(&errors, why);
    hw_errors_free(&errors);
}

static void assert_refused(const char *path, const char *why) {
    assert_refused_as(path, HW_SEALED_ONLY, why);
}

static double number_in_record(const unsigned char *record, const hw_variable *variable, size_t i) {
    const unsigned char *at = record + variable->offset + i * hw_number_bytes(variable->type);
    return hw_number_read(at, variable->type);
}

static void test_what_is_read_is_what_the_world_answered(void **state) {
    (void)state;
    enum { COUNT = 30 };
    toy_run run;
    toy_run_make(&run, "out.h5", COUNT);
    assert_int_equal(toy_run_do(&run), HW_OK);
    const hw_record_layout *layout = &run.layout.layout;
    unsigned char *records = calloc(COUNT, layout->bytes);
    hw_world world;
    assert_int_equal(hw_world_create(&world, &toy_model, &run.scenario), HW_OK);
    for (uint64_t r = 0; r < COUNT; r++) {
        hw_failure failure;
        hw_rng_key key = {.seed = run.experiment.seed, .replication = r};
        assert_int_equal(hw_world_replicate(&world, key, records + r * layout->bytes, NULL, &failure), HW_OK);
    }
    hw_world_destroy(&world);

    hw_status status = HW_OK;
    hw_results *results = hw_results_open_as("out.h5", HW_SEALED_ONLY, &status, &run.errors);
    assert_non_null(results);
    for (uint32_t v = 0; v < layout->variable_count; v++) {
        const hw_variable *variable = &layout->variables[v];
        double *numbers = hw_results_read(results, variable->name, &run.errors);
        assert_non_null(numbers);
        for (size_t i = 0; i < COUNT * variable->count; i++) {
            double expected = number_in_record(records + i / variable->count * layout->bytes, variable,
                                               i % variable->count);
            assert_true(numbers[i] == expected || (isnan(numbers[i]) && isnan(expected)));
        }
        free(numbers);
    }
    hw_results_close(results);
    free(records);
    toy_run_free(&run);
}

static void assert_same_text(const char *one, const char *other) {
    if (one == NULL || other == NULL) {
        assert_true(one == other);
    } else {
        assert_string_equal(one, other);
    }
}

static void test_the_description_survives_the_file(void **state) {
    (void)state;
    toy_run run;
    toy_run_make(&run, "out.h5", 12);
    run.experiment.seed = UINT64_MAX;
    assert_int_equal(toy_run_do(&run), HW_OK);
    hw_status status = HW_OK;
    hw_results *results = hw_results_open_as("out.h5", HW_SEALED_ONLY, &status, &run.errors);
    assert_non_null(results);
    assert_string_equal(hw_results_about(results)->title, run.experiment.title);
    assert_string_equal(hw_results_about(results)->resolved, run.experiment.resolved);
    assert_string_equal(hw_results_about(results)->digest, run.experiment.digest);
    assert_string_equal(hw_results_about(results)->version, run.experiment.version);
    assert_string_equal(hw_results_about(results)->model, "toy 1");
    assert_true(hw_results_about(results)->seed == UINT64_MAX);
    assert_int_equal(hw_results_about(results)->asked, 12);

    const hw_record_layout *written = &run.layout.layout;
    const hw_record_layout *found = hw_results_layout(results);
    assert_int_equal(found->bytes, written->bytes);
    assert_int_equal(found->axis_count, written->axis_count);
    for (uint32_t a = 0; a < written->axis_count; a++) {
        assert_string_equal(found->axes[a].name, written->axes[a].name);
        assert_same_text(found->axes[a].long_name, written->axes[a].long_name);
        assert_same_text(found->axes[a].units, written->axes[a].units);
        assert_int_equal(found->axes[a].length, written->axes[a].length);
        for (uint32_t i = 0; i < written->axes[a].length; i++) {
            if (written->axes[a].labels != NULL) {
                assert_string_equal(found->axes[a].labels[i], written->axes[a].labels[i]);
            } else {
                assert_true(found->axes[a].values[i] == written->axes[a].values[i]);
            }
            for (uint32_t end = 2 * i; written->axes[a].bounds != NULL && end < 2 * i + 2; end++) {
                assert_true(found->axes[a].bounds[end] == written->axes[a].bounds[end]);
            }
        }
    }
    assert_int_equal(found->variable_count, written->variable_count);
    for (uint32_t v = 0; v < written->variable_count; v++) {
        const hw_variable *one = &found->variables[v];
        const hw_variable *other = &written->variables[v];
        assert_string_equal(one->name, other->name);
        assert_same_text(one->long_name, other->long_name);
        assert_same_text(one->units, other->units);
        assert_same_text(one->missing, other->missing);
        assert_int_equal(one->type, other->type);
        assert_int_equal(one->cells, other->cells);
        assert_int_equal(one->rank, other->rank);
        assert_memory_equal(one->axis, other->axis, one->rank * sizeof one->axis[0]);
        assert_int_equal(one->offset, other->offset);
        assert_int_equal(one->count, other->count);
    }
    hw_results_close(results);
    toy_run_free(&run);
}

static void test_failed_replications_are_listed_and_not_among_the_good(void **state) {
    (void)state;
    write_toy_result("out.h5", 20, 6);
    hw_status status = HW_OK;
    hw_errors errors = {0};
    hw_results *results = hw_results_open_as("out.h5", HW_SEALED_ONLY, &status, &errors);
    assert_non_null(results);
    assert_int_equal(hw_results_about(results)->failed_count, 3);
    assert_int_equal(hw_results_about(results)->count, 17);
    uint64_t good = 0;
    uint64_t failed = 0;
    for (uint64_t key = 0; key < 20; key++) {
        if (key % 6 == 5) {
            char expected[64];
            snprintf(expected, sizeof expected, "replication %llu was asked to fail",
                     (unsigned long long)key);
            assert_int_equal(hw_results_about(results)->failed_keys[failed], key);
            assert_string_equal(hw_results_about(results)->failed_messages[failed++], expected);
        } else {
            assert_int_equal(hw_results_about(results)->keys[good++], key);
        }
    }
    hw_results_close(results);
}

static void test_a_result_of_failures_alone_can_be_read(void **state) {
    (void)state;
    write_toy_result("out.h5", 4, 1);
    hw_status status = HW_OK;
    hw_errors errors = {0};
    hw_results *results = hw_results_open_as("out.h5", HW_SEALED_ONLY, &status, &errors);
    assert_non_null(results);
    assert_int_equal(hw_results_about(results)->count, 0);
    assert_int_equal(hw_results_about(results)->failed_count, 4);
    double *numbers = hw_results_read(results, "cost", &errors);
    assert_non_null(numbers);
    free(numbers);
    hw_results_close(results);
}

static void test_an_unknown_variable_is_named(void **state) {
    (void)state;
    write_toy_result("out.h5", 2, 0);
    hw_status status = HW_OK;
    hw_errors errors = {0};
    hw_results *results = hw_results_open_as("out.h5", HW_SEALED_ONLY, &status, &errors);
    assert_null(hw_results_read(results, "release_date", &errors));
    assert_says(&errors, "out.h5 has no variable release_date");
    assert_null(hw_results_read(results, "site", &errors));
    hw_errors_free(&errors);
    hw_results_close(results);
}

static void test_missing_and_foreign_files_are_refused_with_the_reason(void **state) {
    (void)state;
    assert_refused("nowhere.h5", "No such file or directory");
    assert_refused("..", "it is a directory");
    write_file("text.h5", "hello", 5);
    assert_refused("text.h5", "not a result file of Homeward (it is not HDF5)");
    write_file("empty.h5", "", 0);
    assert_refused("empty.h5", "not a result file of Homeward (it is empty)");
    hid_t other = H5Fcreate("other.h5", H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    H5Fclose(other);
    assert_refused("other.h5", "is HDF5, but not a result file of Homeward");
}

static void test_a_format_of_the_future_is_refused(void **state) {
    (void)state;
    write_toy_result("future.h5", 2, 0);
    hid_t file = H5Fopen("future.h5", H5F_ACC_RDWR, H5P_DEFAULT);
    hid_t attribute = H5Aopen(file, "homeward_format", H5P_DEFAULT);
    const int32_t format = 99;
    H5Awrite(attribute, H5T_NATIVE_INT32, &format);
    H5Aclose(attribute);
    H5Fclose(file);
    assert_refused("future.h5", "its check sum is wrong");
    assert_refused_as("future.h5", HW_UNSEALED_TOO, "has format 99; this program knows formats 1 to 3");
}

static void test_a_result_without_one_of_its_parts_is_refused(void **state) {
    (void)state;
    static const char *const parts[] = {"replication", "failed_replication", "failed_message", "scenario"};
    for (size_t i = 0; i < HW_LENGTH(parts); i++) {
        write_toy_result("parts.h5", 2, 0);
        hid_t file = H5Fopen("parts.h5", H5F_ACC_RDWR, H5P_DEFAULT);
        H5Ldelete(file, parts[i], H5P_DEFAULT);
        H5Fclose(file);
        assert_refused_as("parts.h5", HW_UNSEALED_TOO, "parts of the result are missing or unreadable");
    }
}

/* What may happen to a file. */
typedef struct change {
    size_t at, size; /* the byte that is changed; of the bytes that are written */
    unsigned char flip;
    const char *why;
} change;

static void make_change(const change *c, unsigned char *bytes) {
    bytes[c->at] ^= c->flip;
    write_file("changed.h5", bytes, c->size);
    bytes[c->at] ^= c->flip;
}

static void assert_change_is_found(const change *c, unsigned char *bytes) {
    make_change(c, bytes);
    assert_refused("changed.h5", c->why);
}

static void test_a_truncated_result_is_refused_wherever_it_was_cut(void **state) {
    (void)state;
    write_toy_result("whole.h5", 20, 6);
    size_t size = 0;
    unsigned char *bytes = read_file("whole.h5", &size);
    for (size_t cut = 8; cut < size; cut += cut < size - 2000 ? 1997 : 997) {
        /* The shortest have lost the names by which a result is known, and the next ones the seal. */
        const char *why = cut < 4096 ? "" : "is truncated";
        assert_change_is_found(&(change){.size = cut, .why = why}, bytes);
    }
    assert_change_is_found(&(change){.size = size - 1, .why = "is truncated"}, bytes);
    free(bytes);
}

static void test_a_changed_byte_is_noticed_wherever_it_is(void **state) {
    (void)state;
    write_toy_result("whole.h5", 20, 6);
    size_t size = 0;
    unsigned char *bytes = read_file("whole.h5", &size);
    for (size_t at = 8; at < size; at += 211) {
        const bool in_place = at >= 2048 && at < 2048 + HW_SEAL_BYTES; /* the seal says where it stands */
        assert_change_is_found(
            &(change){.at = at, .flip = 0x04, .size = size, .why = in_place ? "" : "its check sum is wrong"},
            bytes);
    }
    for (size_t at = 2048; at < 2048 + HW_SEAL_BYTES; at++) { /* each byte of the seal itself */
        assert_change_is_found(&(change){.at = at, .flip = 0x01, .size = size, .why = ""}, bytes);
    }
    assert_change_is_found(&(change){.at = 0, .flip = 0x04, .size = size, .why = "it is not HDF5"}, bytes);
    free(bytes);
}

/* HDF5 alone crashes over some of these, and comes to no end over others. */
static void test_a_damaged_result_is_read_or_refused_but_never_crashes_the_reader(void **state) {
    (void)state;
    write_toy_result("whole.h5", 20, 6);
    size_t size = 0;
    unsigned char *bytes = read_file("whole.h5", &size);
    for (size_t at = 48; at < size; at += size / 80) {
        make_change(&(change){.at = at, .flip = 0x81, .size = size}, bytes);
        hw_status status = HW_OK;
        hw_errors errors = {0};
        hw_results *results = hw_results_open_as("changed.h5", HW_UNSEALED_TOO, &status, &errors);
        assert_int_equal(status, results != NULL ? HW_OK : HW_ERROR_IO);
        assert_int_equal(errors.count, results != NULL ? 0 : 1);
        assert_true(results == NULL || !hw_results_about(results)->sealed);
        hw_results_close(results);
        hw_errors_free(&errors);
    }
    free(bytes);
}

/* After the damage above HDF5 has things left that it could not close. */
static void test_a_reader_of_damage_ends_in_silence(void **state) {
    (void)state;
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        int words = open("words.txt", O_WRONLY | O_CREAT | O_TRUNC, 0600);
        dup2(words, STDOUT_FILENO);
        dup2(words, STDERR_FILENO);
        exit(0);
    }
    int ended = -1;
    assert_int_equal(waitpid(child, &ended, 0), child);
    assert_true(WIFEXITED(ended) && WEXITSTATUS(ended) == 0);
    struct stat about;
    assert_int_equal(stat("words.txt", &about), 0);
    assert_int_equal(about.st_size, 0);
}

static void test_a_byte_that_was_added_is_noticed(void **state) {
    (void)state;
    write_toy_result("longer.h5", 20, 6);
    FILE *file = fopen("longer.h5", "ab");
    assert_non_null(file);
    fputc(0, file);
    fclose(file);
    assert_refused("longer.h5", "has grown longer");
}

static void test_a_result_that_another_program_rewrote_is_read_when_that_is_wished(void **state) {
    (void)state;
    write_toy_result("rewritten.h5", 20, 6);
    hid_t file = H5Fopen("rewritten.h5", H5F_ACC_RDWR, H5P_DEFAULT);
    hid_t scalar = H5Screate(H5S_SCALAR);
    hid_t attribute = H5Acreate2(file, "remark", H5T_STD_I32LE, scalar, H5P_DEFAULT, H5P_DEFAULT);
    const int32_t remark = 1;
    assert_true(H5Awrite(attribute, H5T_NATIVE_INT32, &remark) >= 0);
    H5Aclose(attribute);
    H5Sclose(scalar);
    H5Fclose(file);
    assert_refused("rewritten.h5", "--unsealed reads it all the same");
    hw_status status = HW_OK;
    hw_errors errors = {0};
    hw_results *results = hw_results_open_as("rewritten.h5", HW_UNSEALED_TOO, &status, &errors);
    assert_non_null(results);
    assert_false(hw_results_about(results)->sealed);
    assert_int_equal(hw_results_about(results)->count, 17);
    hw_results_close(results);
}

/* A title may speak of seals, even in the words of one. */
static void test_a_text_that_looks_like_a_seal_is_none(void **state) {
    (void)state;
    char text[HW_SEAL_BYTES + 1];
    hw_seal_placeholder(text, HW_SEALED_RESULT);
    toy_run run;
    toy_run_make(&run, "title.h5", 5);
    run.experiment.title = text;
    assert_int_equal(toy_run_do(&run), HW_OK);
    hw_status status = HW_OK;
    hw_results *results = hw_results_open_as("title.h5", HW_SEALED_ONLY, &status, &run.errors);
    assert_non_null(results);
    assert_string_equal(hw_results_about(results)->title, text);
    hw_results_close(results);
    toy_run_free(&run);
}

/* Before, the seal was behind the last byte: such files are read while that seal is good. */
static void test_the_seal_of_older_files_holds(void **state) {
    (void)state;
    struct {
        char magic[8];
        uint64_t bytes, crc;
    } seal = {.magic = {'H', 'W', 'S', 'E', 'A', 'L', '1', '\n'}};
    write_toy_result("old.h5", 20, 6);
    size_t size = 0;
    unsigned char *bytes = read_file("old.h5", &size);
    unsigned char *old = calloc(1, size + sizeof seal);
    assert_non_null(old);
    memcpy(old, bytes, size);
    memset(old + 2048, ' ', HW_SEAL_BYTES); /* that of today */
    seal.bytes = size;
    seal.crc = crc32_z(0, old, size);
    memcpy(old + size, &seal, sizeof seal);
    write_file("old.h5", old, size + sizeof seal);
    hw_status status = HW_OK;
    hw_errors errors = {0};
    hw_results *results = hw_results_open_as("old.h5", HW_SEALED_ONLY, &status, &errors);
    assert_non_null(results);
    assert_true(hw_results_about(results)->sealed);
    hw_results_close(results);
    for (size_t at = 8; at < size + sizeof seal; at += 487) {
        old[at] ^= 0x20;
        write_file("old.h5", old, size + sizeof seal);
        old[at] ^= 0x20;
        assert_refused("old.h5", at < size ? "its check sum is wrong" : "");
    }
    write_file("old.h5", old, size);
    assert_refused("old.h5", "has no seal");
    free(old);
    free(bytes);
}

static void test_a_pipe_that_nobody_writes_to_is_refused_at_once(void **state) {
    (void)state;
    assert_int_equal(mkfifo("pipe.h5", 0600), 0);
    assert_refused("pipe.h5", "it is a pipe, not an ordinary file");
    unlink("pipe.h5");
}

static void test_a_locked_result_is_not_called_damaged(void **state) {
    (void)state;
    write_toy_result("locked.h5", 5, 0);
    int file = open("locked.h5", O_RDWR);
    assert_int_equal(flock(file, LOCK_EX), 0);
    assert_refused("locked.h5", "is locked by another program");
    close(file);
    hw_status status = HW_OK;
    hw_errors errors = {0};
    hw_results *results = hw_results_open_as("locked.h5", HW_SEALED_ONLY, &status, &errors);
    assert_non_null(results);
    hw_results_close(results);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_read_is_what_the_world_answered),
        cmocka_unit_test(test_the_description_survives_the_file),
        cmocka_unit_test(test_failed_replications_are_listed_and_not_among_the_good),
        cmocka_unit_test(test_a_result_of_failures_alone_can_be_read),
        cmocka_unit_test(test_an_unknown_variable_is_named),
        cmocka_unit_test(test_missing_and_foreign_files_are_refused_with_the_reason),
        cmocka_unit_test(test_a_format_of_the_future_is_refused),
        cmocka_unit_test(test_a_result_without_one_of_its_parts_is_refused),
        cmocka_unit_test(test_a_truncated_result_is_refused_wherever_it_was_cut),
        cmocka_unit_test(test_a_changed_byte_is_noticed_wherever_it_is),
        cmocka_unit_test(test_a_damaged_result_is_read_or_refused_but_never_crashes_the_reader),
        cmocka_unit_test(test_a_reader_of_damage_ends_in_silence),
        cmocka_unit_test(test_a_byte_that_was_added_is_noticed),
        cmocka_unit_test(test_a_result_that_another_program_rewrote_is_read_when_that_is_wished),
        cmocka_unit_test(test_a_text_that_looks_like_a_seal_is_none),
        cmocka_unit_test(test_the_seal_of_older_files_holds),
        cmocka_unit_test(test_a_pipe_that_nobody_writes_to_is_refused_at_once),
        cmocka_unit_test(test_a_locked_result_is_not_called_damaged),
    };
    hw_lock_begin();
    return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
