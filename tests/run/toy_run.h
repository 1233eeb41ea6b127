/* What the tests of runs share: a folder of their own, and an experiment with the toy model. */
#ifndef HW_TESTS_RUN_TOY_RUN_H
#define HW_TESTS_RUN_TOY_RUN_H

#include "sim/run/experiment.h"
#include "tests/run/toy_model.h"
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

typedef struct toy_run {
    toy_scenario scenario;
    toy_layout layout;
    hw_experiment experiment;
    hw_experiment_report report;
    hw_errors errors;
} toy_run;

/* Most tests write the same few names again and again. */
static const hw_output_rules replace_results = {.replace = true};

static inline void toy_run_make(toy_run *run, const char *output, uint64_t replications) {
    memset(run, 0, sizeof *run);
    run->scenario.ledger_length = 10;
    toy_layout_make(&run->layout, &run->scenario);
    run->experiment = (hw_experiment){.model = &toy_model,
                                      .scenario = &run->scenario,
                                      .layout = &run->layout.layout,
                                      .seed = 7,
                                      .replications = replications,
                                      .output = output,
                                      .rules = &replace_results,
                                      .title = "Toy sites",
                                      .resolved = "sites: [Agdam city, Şuşa, Zabukh]\n",
                                      .digest = "00112233445566778899aabbccddeeff",
                                      .version = "0.0-test",
                                      .progress = HW_PROGRESS_NONE};
}

static inline hw_status toy_run_do(toy_run *run) {
    hw_errors_free(&run->errors);
    memset(&run->errors, 0, sizeof run->errors);
    return hw_experiment_run(&run->experiment, &run->report, &run->errors);
}

static inline void toy_run_free(toy_run *run) {
    hw_errors_free(&run->errors);
    toy_layout_free(&run->layout);
}

/* The list must have one message that contains `part`. */
static inline void assert_says(const hw_errors *errors, const char *part) {
    char *text = hw_errors_text(errors);
    assert_non_null(text);
    if (strstr(text, part) == NULL) {
        fail_msg("expected \"%s\" in \"%s\"", part, text);
    }
    free(text);
}

static inline bool file_exists(const char *path) {
    return access(path, F_OK) == 0;
}

/* The whole file, for the caller to free. */
static inline unsigned char *read_file(const char *path, size_t *size) {
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    *size = (size_t)ftell(file);
    rewind(file);
    unsigned char *bytes = malloc(*size + 1);
    assert_int_equal(fread(bytes, 1, *size, file), *size);
    fclose(file);
    return bytes;
}

static inline void write_file(const char *path, const void *bytes, size_t size) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    fclose(file);
}

static inline void assert_same_bytes(const char *one, const char *other) {
    size_t sizes[2];
    unsigned char *first = read_file(one, &sizes[0]);
    unsigned char *second = read_file(other, &sizes[1]);
    assert_int_equal(sizes[0], sizes[1]);
    assert_memory_equal(first, second, sizes[0]);
    free(first);
    free(second);
}

/* The leak checker cannot look through what MPI leaves when it ends, so with the address sanitizer leaks are
 * looked for before. What MPI and HDF5 never give back is theirs. */
#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/lsan_interface.h>
const char *__asan_default_options(void);
const char *__lsan_default_options(void);
const char *__lsan_default_suppressions(void);
const char *__asan_default_options(void) {
    return "leak_check_at_exit=0";
}
/* Looking through the thread-local memory of MPI's helper threads makes the checker itself crash. */
const char *__lsan_default_options(void) {
    return "use_tls=0:print_suppressions=0";
}
const char *__lsan_default_suppressions(void) {
    return "leak:libmpi\nleak:libopen\nleak:libpmix\nleak:libhwloc\nleak:libhdf5\nleak:mca_\n";
}
static inline void start_ranks(void) {
    __lsan_disable();
    hw_ranks_start(NULL, NULL);
    __lsan_enable();
}
static inline void end_ranks(void) {
    __lsan_do_leak_check(); /* ends the program when it finds one */
    hw_ranks_end();
}
#else
static inline void start_ranks(void) {
    hw_ranks_start(NULL, NULL);
}
static inline void end_ranks(void) {
    hw_ranks_end();
}
#endif

/* A fresh folder under the current one, which it becomes; emptied and left at the end. */
static char toy_folder[32];

static inline int enter_folder(void **state) {
    (void)state;
    start_ranks();
    strcpy(toy_folder, "run-test-XXXXXX");
    return mkdtemp(toy_folder) == NULL || chdir(toy_folder) != 0;
}

static inline int leave_folder(void **state) {
    (void)state;
    DIR *folder = opendir(".");
    for (struct dirent *entry; folder != NULL && (entry = readdir(folder)) != NULL;) {
        if (entry->d_type == DT_REG) {
            unlink(entry->d_name);
        } else if (entry->d_name[0] != '.') {
            rmdir(entry->d_name);
        }
    }
    closedir(folder);
    int failed = chdir("..") != 0 || rmdir(toy_folder) != 0;
    end_ranks();
    return failed;
}

#endif
