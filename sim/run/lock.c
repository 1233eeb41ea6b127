/* Takes file locks, and finds out who holds one. */
#include "sim/run/lock.h"
#include <ctype.h>
#include <errno.h>
#include <hdf5.h>
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

static const char SWITCH[] = "HDF5_USE_FILE_LOCKING";
static bool unwanted;

void hw_lock_begin(void) {
    const char *wish = getenv(SWITCH);
    unwanted = wish != NULL && (strcasecmp(wish, "FALSE") == 0 || strcmp(wish, "0") == 0);
    setenv(SWITCH, "FALSE", 1);
    H5dont_atexit();
}

bool hw_lock_is_unwanted(void) {
    return unwanted;
}

/* A line of /proc/locks: "3: FLOCK  ADVISORY  WRITE 4711 08:01:131 0 EOF"; the device in hexadecimal digits.
 */
static bool is_lock_of(char *line, const struct stat *about, long *process) {
    enum { PROCESS = 4 };
    char *rest = NULL;
    char *word = strtok_r(line, " ", &rest);
    for (int i = 0; word != NULL && i < PROCESS; i++) {
        word = strtok_r(NULL, " ", &rest);
    }
    char *place = word != NULL ? strtok_r(NULL, " ", &rest) : NULL;
    if (place == NULL) {
        return false;
    }
    *process = strtol(word, NULL, 10);
    unsigned long device[2];
    for (int i = 0; i < 2; i++) {
        device[i] = strtoul(place, &place, 16);
        place += *place == ':';
    }
    return *process > 0 && strtoull(place, NULL, 10) == about->st_ino && device[0] == major(about->st_dev) &&
           device[1] == minor(about->st_dev);
}

static bool find_process(const struct stat *about, long *process) {
    char line[256];
    bool found = false;
    FILE *locks = fopen("/proc/locks", "r");
    while (locks != NULL && !found && fgets(line, sizeof line, locks) != NULL) {
        found = is_lock_of(line, about, process);
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
