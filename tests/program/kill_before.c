/* For publish_killed.py: laid under the program (LD_PRELOAD), counts the calls by which it changes files in
 * the folder HW_KILL_FOLDER. With HW_KILL_BEFORE=N the program is killed before the Nth of them; without, the
 * count is left in the file HW_KILL_COUNT at the end. Other programs that it starts are left alone. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static long count;

static int concerns(const char *path) {
    const char *folder = getenv("HW_KILL_FOLDER");
    char full[PATH_MAX];
    if (folder == NULL || strcmp(program_invocation_short_name, "homeward") != 0) {
        return 0;
    }
    if (path[0] != '/') {
        char *here = getcwd(full, sizeof full);
        return here != NULL && strncmp(here, folder, strlen(folder)) == 0;
    }
    return strncmp(path, folder, strlen(folder)) == 0;
}

static void step(const char *path) {
    int error = errno;
    const char *before = getenv("HW_KILL_BEFORE");
    if (concerns(path) && ++count == (before ? atol(before) : -1)) {
        raise(SIGKILL);
    }
    errno = error;
}

static void step_descriptor(int file) {
    char name[64];
    char path[PATH_MAX];
    snprintf(name, sizeof name, "/proc/self/fd/%d", file);
    ssize_t length = readlink(name, path, sizeof path - 1);
    if (length > 0 && path[0] == '/') {
        path[length] = '\0';
        step(path);
    }
}

__attribute__((destructor)) static void leave_count(void) {
    const char *path = getenv("HW_KILL_COUNT");
    if (path != NULL && strcmp(program_invocation_short_name, "homeward") == 0) {
        int file = (int)creat(path, 0666);
        char text[32];
        int length = snprintf(text, sizeof text, "%ld\n", count);
        if (file >= 0) {
            (void)!write(file, text, (size_t)length);
        }
    }
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int file, const void *bytes, size_t size) {
    step_descriptor(file);
    return NEXT(write)(file, bytes, size);
}
ssize_t pwrite(int file, const void *bytes, size_t size, off_t at) {
    step_descriptor(file);
    return NEXT(pwrite)(file, bytes, size, at);
}
ssize_t pwrite64(int file, const void *bytes, size_t size, off64_t at) {
    step_descriptor(file);
    return NEXT(pwrite64)(file, bytes, size, at);
}
ssize_t writev(int file, const struct iovec *parts, int parts_count) {
    step_descriptor(file);
    return NEXT(writev)(file, parts, parts_count);
}
int fsync(int file) {
    step_descriptor(file);
    return NEXT(fsync)(file);
}
int fdatasync(int file) {
    step_descriptor(file);
    return NEXT(fdatasync)(file);
}
int ftruncate(int file, off_t size) {
    step_descriptor(file);
    return NEXT(ftruncate)(file, size);
}
int ftruncate64(int file, off64_t size) {
    step_descriptor(file);
    return NEXT(ftruncate64)(file, size);
}
int truncate(const char *path, off_t size) {
    step(path);
    return NEXT(truncate)(path, size);
}
int fallocate(int file, int mode, off_t at, off_t size) {
    step_descriptor(file);
    return NEXT(fallocate)(file, mode, at, size);
}
int rename(const char *from, const char *to) {
    step(from);
    return NEXT(rename)(from, to);
}
int unlink(const char *path) {
    step(path);
    return NEXT(unlink)(path);
}
int mkdir(const char *path, mode_t mode) {
    step(path);
    return NEXT(mkdir)(path, mode);
}
/* The standard library writes without the functions above. */
int fflush(FILE *stream) {
    if (stream != NULL) {
        step_descriptor(fileno(stream));
    }
    return NEXT(fflush)(stream);
}
int fclose(FILE *stream) {
    if (fileno(stream) >= 0) {
        step_descriptor(fileno(stream));
    }
    return NEXT(fclose)(stream);
}
int open(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    if (flags & O_CREAT) {
        step(path);
    }
    return NEXT(open)(path, flags, mode);
}
int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    if (flags & O_CREAT) {
        step(path);
    }
    return NEXT(open64)(path, flags, mode);
}
