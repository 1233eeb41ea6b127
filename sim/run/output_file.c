/* Checks where a file is to go, writes it beside its place, and renames it. */
#define _GNU_SOURCE /* asprintf, strcasestr */
#include "sim/run/output_file.h"
#include "sim/run/output_target.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char partial_ending[] = ".homeward-partial";
enum { RIGHTS = 0777, USUAL_RIGHTS = 0666, PIPE_TRIES = 200, PIPE_WAIT_NS = 10000000 };

/* ---- What must be said ---- */

static hw_status cannot_write(const char *path, int reason, hw_errors *errors) {
    hw_errors_say(errors, "cannot write %s: %s", path, strerror(reason));
    return HW_ERROR_IO;
}

static hw_status refuse(const char *path, const char *why, const char *cure, hw_errors *errors) {
    hw_errors_say(errors, "%s %s: %s", path, why, cure);
    return HW_ERROR_INPUT;
}

static const char another_name[] = "choose another name for the output";
static const char name_or_replace[] = "choose another name for the output, or say --replace";

/* ---- What is there? ---- */

static bool is_input(const struct stat *there, const hw_output_rules *rules) {
    for (size_t i = 0; rules != NULL && i < rules->input_count; i++) {
        struct stat input;
        if (stat(rules->inputs[i], &input) == 0 && input.st_dev == there->st_dev &&
            input.st_ino == there->st_ino) {
            return true;
        }
    }
    return false;
}

static bool is_yaml(const char *path) {
    const char *dot = strrchr(path, '.');
    return dot != NULL && (strcasecmp(dot, ".yaml") == 0 || strcasecmp(dot, ".yml") == 0);
}

static bool is_protected(const char *path, const struct stat *there) {
    return (there->st_mode & (S_IWUSR | S_IWGRP | S_IWOTH)) == 0 || access(path, W_OK) != 0;
}

static hw_status check_ordinary(const char *path, const char *target, const struct stat *there,
                                const hw_output_format *format, const hw_output_rules *rules,
                                hw_errors *errors) {
    char room[HW_OUTPUT_REASON] = "";
    bool replace = rules != NULL && rules->replace;
    bool kept = there->st_size > 0 && format->is_kept != NULL && format->is_kept(path, format->context, room);
    if (kept && (is_yaml(target) || is_yaml(path))) {
        return refuse(path, "is a scenario or another file in YAML, which is never replaced", another_name,
                      errors);
    }
    if (kept && !replace) {
        return refuse(path, room, name_or_replace, errors);
    }
    if (!replace && is_protected(target, there)) {
        return refuse(path, "is write-protected", name_or_replace, errors);
    }
    return HW_OK;
}

static hw_status check_special(const char *path, const struct stat *there, const hw_output_format *format,
                               hw_errors *errors) {
    bool is_pipe = S_ISFIFO(there->st_mode);
    if (format->streams && (is_pipe || S_ISCHR(there->st_mode))) {
        return HW_OK;
    }
    const char *why = S_ISDIR(there->st_mode)    ? "is a folder"
                      : S_ISSOCK(there->st_mode) ? "is a socket"
                      : is_pipe                  ? "is a pipe, which can not hold such a file"
                                                 : "is a device, which is never replaced";
    return refuse(path, why, another_name, errors);
}

/* The folder in which the temporary file is made. */
static hw_status check_folder(const char *path, const char *target, hw_errors *errors) {
    char *folder = hw_output_folder(target);
    size_t length = strlen(target);
    struct stat about;
    int reason = folder == NULL                             ? ENOMEM
                 : length == 0 || target[length - 1] == '/' ? EISDIR
                 : stat(folder, &about) != 0                ? errno
                 : !S_ISDIR(about.st_mode)                  ? ENOTDIR
                 : access(folder, W_OK | X_OK) != 0         ? errno
                                                            : 0;
    free(folder);
    return reason == 0 ? HW_OK : cannot_write(path, reason, errors);
}

static hw_status check_target(const char *path, const char *target, const hw_output_format *format,
                              const hw_output_rules *rules, hw_errors *errors) {
    struct stat there;
    bool exists = stat(path, &there) == 0;
    if (!exists && errno != ENOENT) {
        return cannot_write(path, errno, errors);
    }
    if (exists && is_input(&there, rules)) {
        return refuse(path, "is read by this call", another_name, errors);
    }
    if (exists && hw_output_descriptor(path) >= 0 && format->streams) {
        return HW_OK;
    }
    if (exists && !S_ISREG(there.st_mode)) {
        return check_special(path, &there, format, errors);
    }
    hw_status status = exists ? check_ordinary(path, target, &there, format, rules, errors) : HW_OK;
    return status == HW_OK ? check_folder(path, target, errors) : status;
}

hw_status hw_output_check(const char *path, const hw_output_format *format, const hw_output_rules *rules,
                          hw_errors *errors) {
    char *target = hw_output_target(path);
    if (target == NULL) {
        return cannot_write(path, errno, errors);
    }
    hw_status status = check_target(path, target, format, rules, errors);
    free(target);
    return status;
}

/* ---- Folders ---- */

static hw_status no_folder(const char *path, int reason, hw_errors *errors) {
    hw_errors_say(errors, "cannot write into the folder %s: %s", path, strerror(reason));
    return HW_ERROR_IO;
}

static hw_status cannot_make(const char *path, int reason, hw_errors *errors) {
    hw_errors_say(errors, "cannot make the folder %s: %s", path, strerror(reason));
    return HW_ERROR_IO;
}

hw_status hw_output_check_folder(const char *path, hw_errors *errors) {
    struct stat about;
    if (stat(path, &about) == 0) {
        int reason = !S_ISDIR(about.st_mode) ? ENOTDIR : access(path, W_OK | X_OK) != 0 ? errno : 0;
        return reason == 0 ? HW_OK : no_folder(path, reason, errors);
    }
    char *target = errno == ENOENT ? hw_output_target(path) : NULL;
    char *folder = target != NULL ? hw_output_folder(target) : NULL;
    int reason = folder == NULL || access(folder, W_OK | X_OK) != 0 ? errno : 0;
    free(folder);
    free(target);
    return reason == 0 ? HW_OK : cannot_make(path, reason, errors);
}

hw_status hw_output_make_folder(const char *path, hw_errors *errors) {
    struct stat about;
    if (stat(path, &about) == 0 && S_ISDIR(about.st_mode)) {
        return HW_OK;
    }
    char *target = hw_output_target(path);
    int reason = target == NULL || (mkdir(target, RIGHTS) != 0 && errno != EEXIST) ? errno : 0;
    free(target);
    return reason == 0 ? HW_OK : cannot_make(path, reason, errors);
}

/* ---- Known by what is in it ---- */

enum { FIRST_BYTES = 1 << 16, LAST_BYTES = 1 << 10 };

/* The file's beginning and end, or all of it; as bytes with a zero behind. */
static size_t read_ends(const char *path, char *room) {
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat about;
    ssize_t first = 0;
    ssize_t last = 0;
    if (file >= 0 && fstat(file, &about) == 0 && S_ISREG(about.st_mode)) {
        first = pread(file, room, FIRST_BYTES, 0);
        first = first < 0 ? 0 : first;
        off_t from = about.st_size - LAST_BYTES > first ? about.st_size - LAST_BYTES : first;
        last = pread(file, room + first, LAST_BYTES, from);
    }
    if (file >= 0) {
        close(file);
    }
    size_t count = (size_t)first + (size_t)(last < 0 ? 0 : last);
    room[count] = '\0';
    return count;
}

static bool say_foreign(char room[HW_OUTPUT_REASON]) {
    snprintf(room, HW_OUTPUT_REASON, "is there already and was not written by Homeward as such a file");
    return true;
}

bool hw_output_lacks_mark(const char *path, const void *mark, char room[HW_OUTPUT_REASON]) {
    char *ends = malloc(FIRST_BYTES + LAST_BYTES + 1);
    size_t count = ends != NULL ? read_ends(path, ends) : 0;
    bool found = ends != NULL && memmem(ends, count, mark, strlen(mark)) != NULL;
    free(ends);
    return found ? false : say_foreign(room);
}

bool hw_output_lacks_head(const char *path, const void *head, char room[HW_OUTPUT_REASON]) {
    static const char byte_order_mark[] = "\xef\xbb\xbf";
    char *ends = malloc(FIRST_BYTES + LAST_BYTES + 1);
    size_t length = strlen(head);
    bool same = false;
    if (ends != NULL && read_ends(path, ends) > length) {
        const char *line = strncmp(ends, byte_order_mark, 3) == 0 ? ends + 3 : ends;
        same = strncmp(line, head, length) == 0 && (line[length] == '\n' || line[length] == '\r');
    }
    free(ends);
    return same ? false : say_foreign(room);
}

/* ---- Writing ---- */

/* A pipe that nobody reads from would keep us waiting for ever. */
static int open_pipe(const char *path) {
    const struct timespec wait = {.tv_nsec = PIPE_WAIT_NS};
    int file = -1;
    for (int tries = 0; file < 0 && tries < PIPE_TRIES; tries++) {
        file = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC);
        if (file < 0 && errno != ENXIO) {
            return -1;
        }
        if (file < 0) {
            nanosleep(&wait, NULL);
        }
    }
    if (file >= 0) {
        (void)fcntl(file, F_SETFL, fcntl(file, F_GETFL) & ~O_NONBLOCK);
    }
    return file;
}

/* -1 with errno 0: what is at the path is to be replaced, not written into. */
static int open_directly(const char *path) {
    struct stat there;
    int number = hw_output_descriptor(path);
    if (number >= 0) {
        return dup(number);
    }
    bool exists = stat(path, &there) == 0;
    if (exists && S_ISFIFO(there.st_mode)) {
        return open_pipe(path);
    }
    if (exists && !S_ISREG(there.st_mode)) {
        return open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    }
    errno = 0;
    return -1;
}

/* Whether the open file is still what its name means. */
static bool is_named(int file, const char *path) {
    struct stat open_one;
    struct stat named;
    return fstat(file, &open_one) == 0 && lstat(path, &named) == 0 && open_one.st_dev == named.st_dev &&
           open_one.st_ino == named.st_ino;
}

/* Left over from a program that was killed, or of one that is writing the same file at this moment, whose
 * lock is then held until it has renamed it. HDF5 locks its files itself, and the journals beside them keep
 * two runs apart. */
static int open_temporary(const char *path, bool lock) {
    for (;;) {
        int file = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, USUAL_RIGHTS);
        if (file < 0) {
            return -1;
        }
        bool busy = lock && flock(file, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
        bool ours = !busy && is_named(file, path);
        if (ours && ftruncate(file, 0) == 0) {
            return file;
        }
        int error = busy ? EBUSY : errno;
        close(file);
        if (busy || ours) {
            errno = error;
            return -1;
        }
    }
}

/* What is replaced keeps its rights and, where we may, its owner; a new file gets the usual ones. `more` is
 * what we need ourselves meanwhile. */
static void give_rights(int file, const char *target, mode_t more) {
    struct stat there;
    mode_t mask = umask(0);
    umask(mask);
    bool exists = stat(target, &there) == 0;
    if (exists && fchown(file, there.st_uid, there.st_gid) != 0) {
        errno = 0; /* ours then */
    }
    (void)fchmod(file, (exists ? there.st_mode & RIGHTS : USUAL_RIGHTS & ~mask) | more);
}

static void forget(hw_output_file *file) {
    free(file->path);
    free(file->target);
    free(file->temporary);
    *file = (hw_output_file){.stream = NULL};
}

static hw_status begin(hw_output_file *file, hw_errors *errors) {
    int descriptor = open_directly(file->path);
    if (descriptor < 0 && errno == 0) {
        if (asprintf(&file->temporary, "%s%s", file->target, partial_ending) < 0) {
            file->temporary = NULL;
            errno = ENOMEM;
        } else {
            descriptor = open_temporary(file->temporary, file->format.streams);
        }
    }
    if (descriptor < 0) {
        return cannot_write(file->path, errno, errors);
    }
    if (file->temporary != NULL) {
        give_rights(descriptor, file->target, S_IRUSR | S_IWUSR);
    }
    file->stream = fdopen(descriptor, "w");
    if (file->stream != NULL) {
        return HW_OK;
    }
    close(descriptor);
    return cannot_write(file->path, ENOMEM, errors);
}

hw_status hw_output_open(hw_output_file *file, const char *path, const hw_output_format *format,
                         const hw_output_rules *rules, hw_errors *errors) {
    *file = (hw_output_file){.format = *format, .rules = rules};
    hw_status status = hw_output_check(path, format, rules, errors);
    if (status == HW_OK) {
        file->path = strdup(path);
        file->target = hw_output_target(path);
        status = file->path != NULL && file->target != NULL ? begin(file, errors)
                                                            : cannot_write(path, ENOMEM, errors);
    }
    if (status != HW_OK) {
        forget(file);
    }
    return status;
}

/* ---- The end ---- */

/* 0, or why not everything has arrived. */
static int flush(hw_output_file *file) {
    errno = 0;
    int descriptor = fileno(file->stream);
    bool good = fflush(file->stream) == 0 && !ferror(file->stream);
    if (!good && errno == 0 && write(descriptor, "", 1) >= 0) {
        errno = EIO; /* it failed some time ago, and would not now */
    }
    if (good && file->temporary != NULL) {
        good = fsync(descriptor) == 0;
    }
    return good ? 0 : errno;
}

static hw_status put_in_place(hw_output_file *file, hw_errors *errors) {
    hw_status status = check_target(file->path, file->target, &file->format, file->rules, errors);
    give_rights(fileno(file->stream), file->target, 0);
    if (status == HW_OK && rename(file->temporary, file->target) != 0) {
        return cannot_write(file->path, errno, errors);
    }
    if (status == HW_OK) {
        hw_output_synchronise_folder(file->target);
    }
    return status;
}

hw_status hw_output_close(hw_output_file *file, hw_errors *errors) {
    int reason = flush(file);
    hw_status status = reason == 0 ? HW_OK : cannot_write(file->path, reason, errors);
    if (status == HW_OK && file->temporary != NULL) {
        status = put_in_place(file, errors);
    }
    if (status != HW_OK && file->temporary != NULL) {
        (void)unlink(file->temporary);
    }
    /* Closed last: until then nobody else may take the temporary name. */
    if (fclose(file->stream) != 0 && status == HW_OK && file->temporary == NULL) {
        status = cannot_write(file->path, errno, errors);
    }
    forget(file);
    return status;
}

void hw_output_drop(hw_output_file *file) {
    if (file->temporary != NULL) {
        (void)unlink(file->temporary);
    }
    (void)fclose(file->stream);
    forget(file);
}
