#include "sim/run/lock.h"
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

hw_lock hw_lock_try(int file, hw_lock_wish wish) {
    int done;
    do {
        done = flock(file, (wish == HW_LOCK_ALONE ? LOCK_EX : LOCK_SH) | LOCK_NB);
    } while (done != 0 && errno == EINTR);
    if (done == 0) {
        return HW_LOCK_TAKEN;
    }
    return errno == EWOULDBLOCK ? HW_LOCK_HELD_BY_OTHER : HW_LOCK_MISSING;
}

bool hw_lock_is_unwanted(void) {
    const char *wish = getenv("HDF5_USE_FILE_LOCKING");
    return wish != NULL && (strcasecmp(wish, "FALSE") == 0 || strcmp(wish, "0") == 0);
}

/* A line of /proc/locks: "3: FLOCK  ADVISORY  WRITE 4711 08:01:131 0 EOF"; device and file in hexadecimal and
 * decimal digits. */
static bool find_process(const struct stat *about, long *process) {
    char line[256];
    bool found = false;
    FILE *locks = fopen("/proc/locks", "r");
    while (locks != NULL && !found && fgets(line, sizeof line, locks) != NULL) {
        char kind[16];
        char mode[16];
        unsigned major_number = 0;
        unsigned minor_number = 0;
        uint64_t inode = 0;
        found = sscanf(line, "%*d: %15s %*s %15s %ld %x:%x:%" SCNu64, kind, mode, process, &major_number,
                       &minor_number, &inode) == 6 &&
                inode == about->st_ino && major_number == major(about->st_dev) &&
                minor_number == minor(about->st_dev) && *process > 0;
    }
    if (locks != NULL) {
        fclose(locks);
    }
    return found;
}

const char *hw_lock_holder(int file, char text[HW_LOCK_HOLDER]) {
    struct stat about;
    long process = 0;
    *text = '\0';
    if (fstat(file, &about) != 0 || !find_process(&about, &process)) {
        return text;
    }
    char path[40];
    char name[24] = "";
    snprintf(path, sizeof path, "/proc/%ld/comm", process);
    FILE *comm = fopen(path, "r");
    if (comm != NULL) {
        if (fgets(name, sizeof name, comm) != NULL) {
            name[strcspn(name, "\n")] = '\0';
        }
        fclose(comm);
    }
    for (char *c = name; *c != '\0'; c++) {
        *c = (char)(isprint((unsigned char)*c) ? *c : '?');
    }
    snprintf(text, HW_LOCK_HOLDER, " (process %ld%s%s)", process, *name ? ", " : "", name);
    return text;
}
