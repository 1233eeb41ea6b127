/* Recognises a file by its first bytes or keys, and a folder by what lies in it. */
#include "analysis/base/file_kind.h"
#include "analysis/base/memory.h"
#include "sim/length.h"
#include "sim/run/intake.h"
#include "sim/run/journal.h"
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEAD_BYTES = 1 << 16 };

typedef struct kind_words {
    const char *what, *readers;
} kind_words;

static const kind_words words[] = {
    [HW_FILE_SCENARIO] = {"a scenario", "homeward run, check, compare and levers read it"},
    [HW_FILE_DESIGN] = {"the design of a sweep", "homeward sweep reads it"},
    [HW_FILE_RESULT] = {"a result file",
                        "homeward summary, explain, compare, report, plot and export read it"},
    [HW_FILE_SWEEP] = {"the result of a sweep", "homeward summary, sensitivity, compare and report read it"},
    [HW_FILE_SWEEP_FOLDER] = {"the folder of a sweep",
                              "homeward status reads it; its result is the file sweep.h5 in it"},
    [HW_FILE_JOURNAL] = {"a journal, work that is not finished",
                         "the command that wrote it goes on from it (homeward sweep with --resume)"},
    [HW_FILE_PAGE] = {"a page to look at", "a browser shows it"},
    [HW_FILE_FOLDER] = {"a folder", "a file is wanted"},
};

/* The beginning of a regular file, with a zero after it; the number of its bytes, or -1. Never waits. */
static ssize_t read_head(const char *path, char head[HEAD_BYTES + 1]) {
    struct stat about;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    ssize_t count = file >= 0 && fstat(file, &about) == 0 && S_ISREG(about.st_mode) ? 0 : -1;
    for (ssize_t got = 1; count >= 0 && got > 0 && count<HEAD_BYTES; count += got> 0 ? got : 0) {
        got = read(file, head + count, (size_t)(HEAD_BYTES - count));
    }
    if (file >= 0) {
        close(file);
    }
    head[count > 0 ? count : 0] = '\0';
    return count;
}

static bool begins(const char *head, ssize_t count, const char *magic, size_t length) {
    return count >= (ssize_t)length && memcmp(head, magic, length) == 0;
}

/* Whether a line begins with the key, as those of the top of a YAML file do. */
static bool has_key(const char *text, const char *key) {
    size_t length = strlen(key);
    for (const char *line = text; line != NULL; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (strncmp(line, key, length) == 0 && line[length] == ':') {
            return true;
        }
    }
    return false;
}

static hw_file_kind kind_of_text(const char *text) {
    static const char *const of_designs[] = {"design", "factors", "scenario", "scenarios", "outputs"};
    static const char *const of_scenarios[] = {"start",   "horizon",      "districts", "places", "streams",
                                               "methods", "hazard_areas", "planning",  "include"};
    for (size_t i = 0; i < HW_LENGTH(of_designs); i++) {
        if (has_key(text, of_designs[i])) {
            return HW_FILE_DESIGN;
        }
    }
    for (size_t i = 0; i < HW_LENGTH(of_scenarios); i++) {
        if (has_key(text, of_scenarios[i])) {
            return HW_FILE_SCENARIO;
        }
    }
    text += strspn(text, " \r\n\t");
    return strncmp(text, "<!doctype html", 14) == 0 || strncmp(text, "<!DOCTYPE html", 14) == 0
               ? HW_FILE_PAGE
               : HW_FILE_UNKNOWN;
}

static hw_file_kind kind_of_folder(const char *path) {
    static const char *const signs[] = {"sweep.h5", "journal-0", "log-0.jsonl"};
    for (size_t i = 0; i < HW_LENGTH(signs); i++) {
        char *inside = hw_take_text("%s/%s", path, signs[i]);
        bool there = access(inside, F_OK) == 0;
        free(inside);
        if (there) {
            return HW_FILE_SWEEP_FOLDER;
        }
    }
    return HW_FILE_FOLDER;
}

hw_file_kind hw_file_kind_of(const char *path) {
    static const char hdf5[] = "\x89HDF\r\n\x1a\n";
    struct stat about;
    if (stat(path, &about) == 0 && S_ISDIR(about.st_mode)) {
        return kind_of_folder(path);
    }
    char *head = hw_take(HEAD_BYTES + 1, 1);
    ssize_t count = read_head(path, head);
    hw_file_kind kind = HW_FILE_UNKNOWN;
    if (begins(head, count, hdf5, sizeof hdf5 - 1)) {
        hw_intake_kind held = hw_intake_kind_of(path);
        kind = held == HW_INTAKE_SWEEP    ? HW_FILE_SWEEP
               : held == HW_INTAKE_RESULT ? HW_FILE_RESULT
                                          : HW_FILE_UNKNOWN;
    } else if (count >= HW_JOURNAL_MAGIC_BYTES &&
               hw_journal_recognise(head, (size_t)count) != HW_JOURNAL_FOREIGN) {
        kind = HW_FILE_JOURNAL;
    } else if (count > 0 && strlen(head) == (size_t)count) {
        kind = kind_of_text(head);
    }
    free(head);
    return kind;
}

hw_status hw_file_kind_check(const char *path, hw_file_kind wanted, hw_errors *errors) {
    hw_file_kind kind = hw_file_kind_of(path);
    if (kind == wanted || kind == HW_FILE_UNKNOWN) {
        return HW_OK;
    }
    hw_errors_say(errors, "%s is %s, not %s: %s", path, words[kind].what, words[wanted].what,
                  words[kind].readers);
    return HW_ERROR_INPUT;
}
