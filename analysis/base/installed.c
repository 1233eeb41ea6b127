/* Looks for files of the program beside it, then where an installation puts them. */
#include "analysis/base/installed.h"
#include "analysis/base/memory.h"
#include "sim/length.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *hw_installed_self(void) {
    char path[4096];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    return length > 0 ? hw_take_text("%.*s", (int)length, path) : hw_take_text("homeward");
}

/* The first of the folders, from that of the program, where the file can be accessed. */
static char *find(const char *const *folders, size_t count, const char *name, int mode) {
    char *program = hw_installed_self();
    const char *slash = strrchr(program, '/');
    char *found = NULL;
    for (size_t i = 0; i < count && found == NULL; i++) {
        found = hw_take_text("%.*s%s%s", slash != NULL ? (int)(slash - program + 1) : 0, program, folders[i],
                             name);
        if (access(found, mode) != 0) {
            free(found);
            found = NULL;
        }
    }
    free(program);
    return found;
}

char *hw_installed_file(const char *name) {
    static const char *const folders[] = {"share/homeward/", "../share/homeward/"};
    return access(name, R_OK) == 0 ? hw_take_text("%s", name) : find(folders, HW_LENGTH(folders), name, R_OK);
}

char *hw_installed_real_file(const char *name) {
    char *found = hw_installed_file(name), *real = found != NULL ? realpath(found, NULL) : NULL;
    free(found);
    return real;
}

char *hw_installed_program(const char *name) {
    static const char *const folders[] = {"", "../libexec/homeward/"};
    return find(folders, HW_LENGTH(folders), name, X_OK);
}
