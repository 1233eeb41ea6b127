/* Judges a result file before HDF5 opens it. */
#define _GNU_SOURCE /* memmem */
#include "sim/run/intake.h"
#include "sim/ordinary_file.h"
#include "sim/run/lock.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool is_hdf5(int file) {
    static const unsigned char signature[8] = {0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    unsigned char start[sizeof signature];
    return pread(file, start, sizeof start, 0) == (ssize_t)sizeof start &&
           memcmp(start, signature, sizeof start) == 0;
}

/* ---- Which kind of result ---- */

/* With the zero byte behind them these are names of attributes, and no words of a scenario. */
static const char SWEEP_MARK[] = "homeward_sweep_format";
static const char RESULT_MARK[] = "homeward_format";
enum { LOOK_BYTES = 1 << 20 };

static hw_intake_kind find_mark(int file, uint64_t size) {
    hw_intake_kind kind = HW_INTAKE_OTHER;
    char *bytes = malloc(LOOK_BYTES);
    for (uint64_t offset = 0; bytes != NULL && offset < size && kind == HW_INTAKE_OTHER;
         offset += LOOK_BYTES - sizeof SWEEP_MARK) { /* a mark may lie across */
        ssize_t n = pread(file, bytes, LOOK_BYTES, (off_t)offset);
        if (n <= 0) {
            break;
        }
        if (memmem(bytes, (size_t)n, SWEEP_MARK, sizeof SWEEP_MARK) != NULL) {
            kind = HW_INTAKE_SWEEP;
        } else if (memmem(bytes, (size_t)n, RESULT_MARK, sizeof RESULT_MARK) != NULL) {
            kind = HW_INTAKE_RESULT;
        }
    }
    free(bytes);
    return kind;
}

hw_intake_kind hw_intake_kind_of(const char *path) {
    struct stat about;
    const char *problem = NULL;
    int file = hw_ordinary_open(path, &about, &problem);
    hw_intake_kind kind =
        file >= 0 && is_hdf5(file) ? find_mark(file, (uint64_t)about.st_size) : HW_INTAKE_OTHER;
    if (file >= 0) {
        close(file);
    }
    return kind;
}

/* ---- Judging ---- */

static bool lock_is_free(const hw_intake *intake, const char *path, hw_errors *errors) {
    char holder[HW_LOCK_HOLDER];
    if (hw_lock_try(intake->handle, HW_LOCK_SHARED) != HW_LOCK_HELD_BY_OTHER || hw_lock_is_unwanted()) {
        return true;
    }
    hw_errors_say(
        errors,
        "%s is locked by another program%s, which may be writing it: wait until that has closed it, or "
        "end it, and try again (HDF5_USE_FILE_LOCKING=FALSE in the environment reads it in spite of the "
        "lock)",
        path, hw_lock_holder(intake->handle, holder));
    return false;
}

static bool seal_will_do(const hw_intake *intake, const char *path, hw_trust trust, hw_errors *errors) {
    if (intake->seal == HW_SEAL_UNREADABLE) {
        hw_errors_say(errors, "%s %s: %s", path, hw_seal_words(intake->seal), strerror(errno));
        return false;
    }
    if (intake->seal == HW_SEAL_GOOD || trust == HW_UNSEALED_TOO) {
        return true;
    }
    hw_errors_say(
        errors,
        "%s %s. Its figures may not be those that were computed: take a good copy, or run it again; "
        "--unsealed reads it all the same, and says so in the answer",
        path, hw_seal_words(intake->seal));
    return false;
}

bool hw_intake_begin(hw_intake *intake, const char *path, hw_trust trust, hw_errors *errors) {
    struct stat about;
    const char *problem = NULL;
    *intake = (hw_intake){.handle = hw_ordinary_open(path, &about, &problem)};
    if (intake->handle < 0) {
        hw_errors_say(errors, "cannot open %s: %s", path, problem);
        return false;
    }
    intake->bytes = (uint64_t)about.st_size;
    if (!lock_is_free(intake, path, errors)) {
        return false;
    }
    if (!is_hdf5(intake->handle)) {
        hw_errors_say(errors, "%s is not a result file of Homeward (it is %s)", path,
                      intake->bytes == 0 ? "empty" : "not HDF5");
        return false;
    }
    intake->seal = hw_seal_check(intake->handle, intake->bytes);
    if (intake->seal == HW_SEAL_NONE && find_mark(intake->handle, intake->bytes) == HW_INTAKE_OTHER) {
        hw_errors_say(errors, "%s is HDF5, but not a result file of Homeward (no attribute homeward_format)",
                      path);
        return false;
    }
    return seal_will_do(intake, path, trust, errors);
}

void hw_intake_end(hw_intake *intake) {
    if (intake->handle >= 0) {
        close(intake->handle);
    }
    intake->handle = -1;
}

hw_status hw_intake_judge(const char *path, hw_trust trust, hw_errors *errors) {
    hw_intake intake;
    bool good = hw_intake_begin(&intake, path, trust, errors);
    hw_intake_end(&intake);
    return good ? HW_OK : HW_ERROR_IO;
}

bool hw_intake_is_sealed(const char *path) {
    struct stat about;
    const char *problem = NULL;
    int file = hw_ordinary_open(path, &about, &problem);
    bool sealed = file >= 0 && is_hdf5(file) && hw_seal_check(file, (uint64_t)about.st_size) == HW_SEAL_GOOD;
    if (file >= 0) {
        close(file);
    }
    return sealed;
}

char *hw_intake_title(const hw_intake *intake, char *title) {
    char *marked = NULL;
    if (title == NULL || intake->seal == HW_SEAL_GOOD) {
        return title;
    }
    if (asprintf(&marked, "NOT SEALED: %s", title) < 0) {
        return title;
    }
    free(title);
    return marked;
}

hid_t hw_intake_open(const char *path) {
    hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    hid_t file = -1;
    /* Also what HDF5 itself leaves open when it stumbles over damage must be closed with the file. */
    if (H5Pset_fclose_degree(access, H5F_CLOSE_STRONG) >= 0 &&
        H5Pset_file_locking(access, false, true) >= 0) {
        file = H5Fopen(path, H5F_ACC_RDONLY, access);
    }
    H5Pclose(access);
    return file;
}
