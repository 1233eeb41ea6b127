/* What the fuzz targets share: a folder of their own, parts of an input, giving up, and a plain main.
 *
 * With libFuzzer: clang -fsanitize=fuzzer,address,undefined (HW_FUZZ in CMakeLists.txt). With HW_FUZZ_MAIN a
 * target is a plain program that runs over the files it is given. */
#ifndef HW_TESTS_FUZZ_FUZZ_H
#define HW_TESTS_FUZZ_FUZZ_H

#ifndef _GNU_SOURCE
#error "define _GNU_SOURCE first: nftw"
#endif

#include "sim/length.h"
#include <ftw.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A law was broken: the fuzzer keeps the input, the plain program fails. */
static inline void fuzz_give_up(const char *why, const char *text) {
    fprintf(stderr, "%s:\n%s\n", why, text);
    abort();
}

/* A folder of its own in memory where there is such a thing, which becomes the current one. */
static char fuzz_folder[64];

static inline void fuzz_enter_folder(void) {
    const char *const parents[] = {"/dev/shm", getenv("TMPDIR"), "/tmp"};
    for (size_t i = 0; i < HW_LENGTH(parents); i++) {
        if (parents[i] == NULL || strlen(parents[i]) > 40) {
            continue;
        }
        snprintf(fuzz_folder, sizeof fuzz_folder, "%s/fuzz-XXXXXX", parents[i]);
        if (mkdtemp(fuzz_folder) != NULL && chdir(fuzz_folder) == 0) {
            return;
        }
    }
    fuzz_give_up("cannot make a folder", fuzz_folder);
}

static inline int fuzz_remove_one(const char *path, const struct stat *about, int kind, struct FTW *walk) {
    (void)about;
    (void)kind;
    return walk->level == 0 ? 0 : remove(path);
}

/* Removes all that a folder holds. */
static inline void fuzz_empty(const char *folder) {
    nftw(folder, fuzz_remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/* For atexit. */
static inline void fuzz_leave_folder(void) {
    fuzz_empty(fuzz_folder);
    rmdir(fuzz_folder);
}

static inline void fuzz_write_file(const char *path, const void *bytes, size_t size) {
    FILE *file = fopen(path, "wb");
    if (file == NULL || fwrite(bytes, 1, size, file) != size || fclose(file) != 0) {
        fuzz_give_up("cannot write", path);
    }
}

/* ---- Inputs of several parts: a line "@word" begins the next one ---- */

enum { FUZZ_PARTS_MOST = 8 };

typedef struct fuzz_part {
    char word[16]; /* "" of the first part */
    const uint8_t *bytes;
    size_t size;
} fuzz_part;

static inline size_t fuzz_line_length(const uint8_t *bytes, size_t size) {
    const uint8_t *end = memchr(bytes, '\n', size);
    return end == NULL ? size : (size_t)(end - bytes);
}

/* Returns how many there are; what is too much belongs to the last. */
static inline size_t fuzz_split(const uint8_t *data, size_t size, fuzz_part parts[FUZZ_PARTS_MOST]) {
    size_t count = 1;
    parts[0] = (fuzz_part){.bytes = data};
    for (size_t at = 0; at < size;) {
        size_t length = fuzz_line_length(data + at, size - at);
        size_t next = at + length + 1 < size ? at + length + 1 : size;
        if (data[at] == '@' && length > 1 && length < sizeof parts->word && count < FUZZ_PARTS_MOST) {
            parts[count] = (fuzz_part){.bytes = data + next};
            memcpy(parts[count++].word, data + at + 1, length - 1);
        } else {
            parts[count - 1].size += next - at;
        }
        at = next;
    }
    return count;
}

#ifndef HW_FUZZ_MAIN
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed);
#endif

/* Where the number that `nth` counts begins; its length, 0 when it is missing. */
static inline size_t fuzz_find_number(const uint8_t *data, size_t size, size_t nth, size_t *length) {
    size_t at = 0;
    size_t seen = 0;
    for (*length = 0; at < size; at += *length + (*length == 0)) {
        *length = 0;
        while (at + *length < size && memchr("0123456789.", data[at + *length], 11) != NULL) {
            ++*length;
        }
        if (*length > 0 && seen++ == nth) {
            return at;
        }
    }
    *length = 0;
    return size;
}

/* Puts another number in the place of one, so that units and all around stay as they are: what blind changes
 * of bytes seldom do. */
static inline size_t fuzz_change_number(uint8_t *data, size_t size, size_t most, unsigned seed) {
    static const char *const numbers[] = {"0",     "1",      "-1",         "2",          "0.5",   "100",
                                          "1e-9",  "1e-300", "1e9",        "1e15",       "1e300", "9999",
                                          "50000", "1e308",  "2147483648", "4294967295", "365",   "0.000001"};
    size_t length = 0;
    size_t at = fuzz_find_number(data, size, seed % 997, &length);
    if (length == 0) {
        at = fuzz_find_number(data, size, seed % 31, &length);
    }
    const char *number = numbers[seed / 997 % HW_LENGTH(numbers)];
    size_t wanted = strlen(number);
    if (length == 0 || size - length + wanted > most) {
        return 0;
    }
    memmove(data + at + wanted, data + at + length, size - at - length);
    memcpy(data + at, number, wanted);
    return size - length + wanted;
}

/* Whether the last input was accepted, and tried to its end. Files of a corpus called good_... must be: else
 * a fuzzer that begins with them would only ever try refusals. */
static bool fuzz_accepted;

#ifdef HW_FUZZ_MAIN
static int fuzz_run_file(const char *path) {
    static uint8_t bytes[1 << 20];
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        return 1;
    }
    size_t size = fread(bytes, 1, sizeof(bytes), file);
    fclose(file);
    /* An allocation of exactly its size, so that a sanitizer sees who reads behind its end. */
    uint8_t *data = malloc(size + (size == 0));
    memcpy(data, bytes, size);
    fuzz_accepted = false;
    int failed = LLVMFuzzerTestOneInput(data, size);
    free(data);
    if (strstr(path, "/good_") != NULL && !fuzz_accepted) {
        fprintf(stderr, "%s is not accepted any more\n", path);
        failed = 1;
    }
    return failed;
}

int main(int argc, char **argv) {
    int failures = argc < 2; /* an empty corpus would prove nothing */
    for (int i = 1; i < argc; i++) {
        char *path = realpath(argv[i], NULL); /* targets change the current folder */
        argv[i] = path == NULL ? argv[i] : path;
    }
    if (LLVMFuzzerInitialize(&argc, &argv) != 0) {
        return 1;
    }
    for (int i = 1; i < argc; i++) {
        failures += fuzz_run_file(argv[i]);
    }
    printf("%d files\n", argc - 1);
    return failures == 0 ? 0 : 1;
}
#endif

#endif
