#include "sim/run/publish.h"
#include "sim/run/seal.h"
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool synchronise(const char *path) {
    int file = open(path, O_RDONLY | O_CLOEXEC);
    bool good = file >= 0 && fsync(file) == 0;
    int error = errno;
    if (file >= 0) {
        close(file);
    }
    errno = error;
    return good;
}

void hw_publish(const char *partial, const char *output, hw_trouble *trouble) {
    if (hw_seal_write(partial, trouble) != HW_OK || !synchronise(partial) || rename(partial, output) != 0) {
        hw_trouble_note(trouble, HW_ERROR_IO, errno, "%s writing %s", strerror(errno), output);
        unlink(partial);
        return;
    }
    char *copy = strdup(output);
    if (copy) {
        synchronise(
            dirname(copy)); /* some file systems cannot; then the name is as durable as they make it */
        free(copy);
    }
}
