/* Makes the folder in which results lie by default. */
#include "analysis/base/results_folder.h"
#include "analysis/base/memory.h"
#include "sim/run/experiment.h"
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

char *hw_results_path(const char *source, const char *ending) {
    const char *slash = strrchr(source, '/'), *base = slash != NULL ? slash + 1 : source;
    const char *dot = strrchr(base, '.');
    size_t length = dot != NULL && dot != base ? (size_t)(dot - base) : strlen(base);
    return hw_take_text("results/%.*s%s", (int)length, base, ending);
}

hw_status hw_results_make_folder(const char *instead, hw_errors *errors) {
    if (hw_rank() != 0 || mkdir("results", 0777) == 0 || errno == EEXIST) {
        return HW_OK;
    }
    hw_errors_say(errors, "cannot make the folder results here (%s); name %s with -o", strerror(errno),
                  instead);
    return HW_ERROR_IO;
}
