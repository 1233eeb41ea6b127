/* Asks the system for memory, disk and locks before a run starts. */
#define _GNU_SOURCE /* asprintf */
#include "sim/run/footing.h"
#include "sim/length.h"
#include "sim/run/lock.h"
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* ---- In words ---- */

enum { WORDS = 40 };

static const char *bytes_in_words(double bytes, char text[WORDS]) {
    static const char *const units[] = {"bytes", "kB", "MB", "GB", "TB", "PB", "EB"};
    size_t unit = 0;
    while (bytes >= 1000 && unit + 1 < HW_LENGTH(units)) {
        bytes /= 1000;
        unit++;
    }
    snprintf(text, WORDS, "%.3g %s", bytes, units[unit]);
    return text;
}

static const char *time_in_words(double seconds, char text[WORDS]) {
    const double days = seconds / 86400;
    if (days < 60) {
        snprintf(text, WORDS, "%.0f days", days);
    } else if (days < 730) {
        snprintf(text, WORDS, "%.0f months", days / 30.4);
    } else {
        snprintf(text, WORDS, "%.3g years", days / 365.25);
    }
    return text;
}

/* ---- How many ---- */

hw_status hw_footing_count(uint64_t points, uint64_t replications, hw_trouble *trouble) {
    uint64_t all = 0;
    if (!__builtin_mul_overflow(points, replications, &all) && all <= HW_REPLICATIONS_MOST) {
        return HW_OK;
    }
    if (points == 1) {
        return hw_trouble_note(trouble, HW_ERROR_INPUT, 0,
                               "%" PRIu64 " replications are more than can be run: at most %" PRIu64,
                               replications, HW_REPLICATIONS_MOST);
    }
    return hw_trouble_note(trouble, HW_ERROR_INPUT, 0,
                           "%" PRIu64 " replications at each of %" PRIu64
                           " points are more than can be run: at most %" PRIu64 " in all",
                           replications, points, HW_REPLICATIONS_MOST);
}

/* ---- Memory ---- */

static double line_of(const char *file, const char *name) {
    char line[128];
    double kilobytes = -1.0;
    FILE *stream = fopen(file, "r");
    while (stream != NULL && kilobytes < 0 && fgets(line, sizeof line, stream) != NULL) {
        if (strncmp(line, name, strlen(name)) == 0) {
            kilobytes = strtod(line + strlen(name), NULL);
        }
    }
    if (stream != NULL) {
        fclose(stream);
    }
    return kilobytes;
}

/* What this computer has left, in bytes; negative when it does not say. */
static double memory_left(void) {
    double available = line_of("/proc/meminfo", "MemAvailable:");
    double swap = line_of("/proc/meminfo", "SwapFree:");
    return available < 0 ? -1.0 : 1024 * (available + (swap > 0 ? swap : 0));
}

/* A limit of the process (ulimit -v) may be closer than the computer's. */
static double limit_of_process(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) {
        return -1.0;
    }
    double used = line_of("/proc/self/status", "VmSize:");
    return (double)limit.rlim_cur - (used > 0 ? 1024 * used : 0);
}

static int ranks_here(void) {
    MPI_Comm node;
    int count = 1;
    MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &node);
    MPI_Comm_size(node, &count);
    MPI_Comm_free(&node);
    return count;
}

hw_status hw_footing_memory(const hw_footing *footing, hw_trouble *trouble) {
    char each[WORDS];
    char all[WORDS];
    char there[WORDS];
    int ranks = ranks_here();
    double left = memory_left();
    double limit = limit_of_process();
    bool narrow = limit >= 0 && footing->memory_bytes > limit;
    bool too_much = narrow || (left >= 0 && footing->memory_bytes * ranks > left);
    if (!too_much || footing->anyway) {
        return trouble->status;
    }
    return hw_trouble_note(
        trouble, HW_ERROR_MEMORY, 0,
        "%.10g replications need %s of memory on each rank, %s on the %d of this computer; it "
        "has %s left: ask for fewer replications, start fewer ranks, or say --anyway",
        footing->replications, bytes_in_words(footing->memory_bytes, each),
        bytes_in_words(footing->memory_bytes * ranks, all), ranks,
        bytes_in_words(narrow ? limit : left, there));
}

/* ---- The folder ---- */

/* What a run does with its files at the end, done once before. Returns the step that failed, or NULL. */
static const char *try_files(const char *made, const char *renamed, bool *locks) {
    const char *failed = NULL;
    int file = open(made, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (file < 0) {
        return "made";
    }
    *locks = hw_lock_try(file, HW_LOCK_ALONE) != HW_LOCK_MISSING;
    if (write(file, "trial\n", 6) != 6 || fsync(file) != 0) {
        failed = "written";
    } else if (rename(made, renamed) != 0) {
        failed = "renamed";
    }
    int reason = errno;
    close(file);
    unlink(failed != NULL ? made : renamed);
    errno = reason;
    return failed;
}

static void try_folder(const hw_footing *footing, const char *folder, hw_progress *progress,
                       hw_trouble *trouble) {
    char *made = NULL;
    char *renamed = NULL;
    bool locks = true;
    if (asprintf(&made, "%s/.homeward-trial-%ld", folder, (long)getpid()) < 0 ||
        asprintf(&renamed, "%s-renamed", made) < 0) {
        hw_trouble_memory(trouble, "the trial of the folder");
        free(made);
        return;
    }
    const char *failed = try_files(made, renamed, &locks);
    if (failed != NULL) {
        hw_trouble_note(trouble, HW_ERROR_IO, errno,
                        "cannot write %s: a trial file could not be %s in its folder: %s", footing->path,
                        failed, strerror(errno));
    } else if (!locks) {
        hw_progress_say(
            progress, true,
            "warning: the file system of %s has no locks: make sure that no second run writes to the "
            "same output at the same time",
            folder);
    }
    free(made);
    free(renamed);
}

static void look_for_room(const hw_footing *footing, const char *folder, hw_progress *progress,
                          hw_trouble *trouble) {
    struct statvfs disk;
    char certain[WORDS];
    char most[WORDS];
    char there[WORDS];
    if (statvfs(folder, &disk) != 0 || disk.f_blocks == 0) {
        return; /* it does not say */
    }
    double room = (double)disk.f_bavail * (double)disk.f_frsize;
    if (footing->disk_bytes > room && !footing->anyway) {
        hw_trouble_note(
            trouble, HW_ERROR_IO, ENOSPC,
            "%.10g replications need %s on the disk of %s, with the result up to %s; it has %s free: "
            "ask for fewer replications, choose another output with -o, or say --anyway",
            footing->replications, bytes_in_words(footing->disk_bytes, certain), footing->path,
            bytes_in_words(footing->disk_most, most), bytes_in_words(room, there));
    } else if (footing->disk_most > room) {
        hw_progress_say(progress, true,
                        "warning: the disk of %s has %s free, and %.10g replications may need up to %s",
                        footing->path, bytes_in_words(room, there), footing->replications,
                        bytes_in_words(footing->disk_most, most));
    }
}

hw_status hw_footing_folder(const hw_footing *footing, hw_progress *progress, hw_trouble *trouble) {
    char *copy = strdup(footing->path);
    if (copy == NULL) {
        return hw_trouble_memory(trouble, "the trial of the folder");
    }
    const char *folder = dirname(copy);
    try_folder(footing, folder, progress, trouble);
    if (trouble->status == HW_OK) {
        look_for_room(footing, folder, progress, trouble);
    }
    free(copy);
    return trouble->status;
}

/* ---- Time ---- */

static const double LONG_SECONDS = 7.0 * 86400;

void hw_footing_tell_time(double seconds, double left, int groups, hw_progress *progress) {
    char words[WORDS];
    double all = seconds * left / (groups > 0 ? groups : 1);
    if (all >= LONG_SECONDS) {
        hw_progress_say(progress, true,
                        "warning: this will take about %s (%.3g s a replication, %.3g of them, %d at a time)",
                        time_in_words(all, words), seconds, left, groups);
    }
}
