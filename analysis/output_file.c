#include "analysis/output_file.h"
#include "analysis/memory.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static hw_status cannot_write(const char *path, int reason, hw_errors *errors) {
    hw_errors_add(errors, (hw_position){0}, "cannot write %s: %s", path, strerror(reason));
    return HW_ERROR_IO;
}

/* mkstemp makes files that only their owner can read; others get what they get of any new file. */
static void give_usual_rights(int descriptor) {
    mode_t mask = umask(0);
    umask(mask);
    (void)fchmod(descriptor, 0666 & ~mask);
}

hw_status hw_output_open(hw_output_file *file, const char *path, hw_errors *errors) {
    struct stat there;
    bool exists = stat(path, &there) == 0;
    *file = (hw_output_file){.path = exists ? realpath(path, NULL) : NULL}; /* behind symbolic links */
    if (!file->path)
        file->path = hw_take_text("%s", path);
    if (exists && !S_ISREG(there.st_mode)) {
        file->stream = fopen(file->path, "w");
    } else {
        file->temporary = hw_take_text("%s.XXXXXX", file->path);
        int descriptor = mkstemp(file->temporary);
        if (descriptor >= 0)
            give_usual_rights(descriptor);
        file->stream = descriptor >= 0 ? fdopen(descriptor, "w") : NULL;
    }
    if (file->stream)
        return HW_OK;
    hw_status status = cannot_write(path, errno, errors);
    free(file->temporary);
    free(file->path);
    *file = (hw_output_file){0};
    return status;
}

hw_status hw_output_close(hw_output_file *file, hw_errors *errors) {
    errno = 0;
    bool good = fflush(file->stream) == 0 && !ferror(file->stream);
    int reason = errno;
    if (!good && reason == 0 && write(fileno(file->stream), "", 1) < 0)
        reason = errno; /* it failed some time ago: once more, to hear why */
    good = fclose(file->stream) == 0 && good;
    reason = reason ? reason : errno;
    if (good && file->temporary && rename(file->temporary, file->path) != 0) {
        good = false;
        reason = errno;
    }
    hw_status status = good ? HW_OK : cannot_write(file->path, reason, errors);
    if (!good && file->temporary)
        (void)unlink(file->temporary);
    free(file->temporary);
    free(file->path);
    *file = (hw_output_file){0};
    return status;
}

void hw_output_drop(hw_output_file *file) {
    (void)fclose(file->stream);
    if (file->temporary)
        (void)unlink(file->temporary);
    free(file->temporary);
    free(file->path);
    *file = (hw_output_file){0};
}
