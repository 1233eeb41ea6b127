/* Follows links; distinguishes files, devices and descriptors. */
#define _GNU_SOURCE /* asprintf */
#include "sim/run/output_target.h"
#include "sim/run/output_file.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_LINKS = 40 };

char *hw_output_folder(const char *path) {
    const char *slash = strrchr(path, '/');
    if (slash == NULL) {
        return strdup(".");
    }
    return slash == path ? strdup("/") : strndup(path, (size_t)(slash - path));
}

/* What the link at `path` points to, as a path from here; NULL with errno. */
static char *behind_link(const char *path) {
    char text[PATH_MAX];
    ssize_t length = readlink(path, text, sizeof text - 1);
    if (length < 0) {
        return NULL;
    }
    text[length] = '\0';
    if (text[0] == '/') {
        return strdup(text);
    }
    char *folder = hw_output_folder(path);
    char *joined = NULL;
    if (folder == NULL || asprintf(&joined, "%s/%s", folder, text) < 0) {
        joined = NULL;
        errno = ENOMEM;
    }
    free(folder);
    return joined;
}

/* Follows links until `ends` or until there is no further one. */
static char *follow(const char *path, bool (*ends)(const char *path)) {
    char *here = strdup(path);
    for (int links = 0; here != NULL; links++) {
        struct stat about;
        bool is_link = lstat(here, &about) == 0 && S_ISLNK(about.st_mode);
        if (!is_link || (ends != NULL && ends(here))) {
            return here;
        }
        char *next = links < MOST_LINKS ? behind_link(here) : NULL;
        int error = links < MOST_LINKS ? errno : ELOOP;
        free(here);
        here = next;
        errno = error;
    }
    return NULL;
}

char *hw_output_target(const char *path) {
    return follow(path, NULL);
}

/* "/proc/<this program>/fd/<number>" and other spellings of it. */
static bool is_descriptor(const char *path) {
    char own[64];
    char *folder = hw_output_folder(path);
    char *full = folder != NULL ? realpath(folder, NULL) : NULL;
    snprintf(own, sizeof own, "/proc/%ld/fd", (long)getpid());
    bool is = full != NULL && strcmp(full, own) == 0;
    free(full);
    free(folder);
    return is;
}

int hw_output_descriptor(const char *path) {
    char *here = follow(path, is_descriptor);
    int number = -1;
    if (here != NULL && is_descriptor(here)) {
        const char *slash = strrchr(here, '/');
        number = slash != NULL ? (int)strtol(slash + 1, NULL, 10) : -1;
    }
    free(here);
    return number;
}

bool hw_output_is_standard(const char *path) {
    struct stat there;
    struct stat standard;
    return stat(path, &there) == 0 && fstat(STDOUT_FILENO, &standard) == 0 &&
           there.st_dev == standard.st_dev && there.st_ino == standard.st_ino;
}

void hw_output_synchronise_folder(const char *path) {
    char *folder = hw_output_folder(path);
    int file = folder != NULL ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (file >= 0) {
        (void)fsync(file);
        close(file);
    }
    free(folder);
}
