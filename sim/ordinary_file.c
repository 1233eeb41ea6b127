/* Opens files, and refuses pipes and devices. */
#include "sim/ordinary_file.h"
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

const char *hw_ordinary_problem(const struct stat *about) {
    if (S_ISREG(about->st_mode)) {
        return NULL;
    }
    if (S_ISDIR(about->st_mode)) {
        return "it is a directory";
    }
    if (S_ISFIFO(about->st_mode)) {
        return "it is a pipe, not an ordinary file: write what comes through it into a file first, and name "
               "that";
    }
    return S_ISSOCK(about->st_mode) ? "it is a socket, not an ordinary file"
                                    : "it is a device, not an ordinary file";
}

int hw_ordinary_open_as(const char *path, int flags, struct stat *about, const char **problem) {
    *problem = NULL;
    /* Looked at before it is opened, because opening a device may already do something; and again after, as
     * it may have become another one. */
    if (stat(path, about) == 0) {
        *problem = hw_ordinary_problem(about);
    } else if ((flags & O_CREAT) == 0) {
        *problem = strerror(errno);
    }
    if (*problem != NULL) {
        return -1;
    }
    int file = open(path, flags | O_CLOEXEC | O_NONBLOCK, 0666);
    if (file < 0 || fstat(file, about) != 0) {
        *problem = strerror(errno);
    } else {
        *problem = hw_ordinary_problem(about);
    }
    if (*problem != NULL && file >= 0) {
        close(file);
        file = -1;
    }
    return file;
}

int hw_ordinary_open(const char *path, struct stat *about, const char **problem) {
    return hw_ordinary_open_as(path, O_RDONLY, about, problem);
}

FILE *hw_ordinary_stream(const char *path, const char **problem) {
    struct stat about;
    int file = hw_ordinary_open(path, &about, problem);
    FILE *stream = file >= 0 ? fdopen(file, "rb") : NULL;
    if (file >= 0 && stream == NULL) {
        *problem = strerror(errno);
        close(file);
    }
    return stream;
}
