/* Removes files that nothing refers to: only what was seen, and nothing through a symbolic link. */
#include "analysis/archive/parts.h"
#include "analysis/base/memory.h"
#include "sim/run/journal.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The folder in which the file lies, opened step by step; -1 with errno. `name` becomes its last part. */
static int open_folder(const char *folder, const char *path, const char **name) {
    int at = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const char *slash;
    *name = path;
    while (at >= 0 && (slash = strchr(*name, '/')) != NULL) {
        char *part = hw_take_text("%.*s", (int)(slash - *name), *name);
        int below = openat(at, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        int reason = errno;
        free(part);
        close(at);
        errno = reason;
        at = below;
        *name = slash + 1;
    }
    return at;
}

static bool is_the_same(const struct stat *now, const struct stat *seen) {
    return S_ISREG(now->st_mode) && now->st_dev == seen->st_dev && now->st_ino == seen->st_ino &&
           now->st_size == seen->st_size && now->st_mtim.tv_sec == seen->st_mtim.tv_sec &&
           now->st_mtim.tv_nsec == seen->st_mtim.tv_nsec;
}

/* NULL, or why it was not removed. */
static const char *remove_file(const char *folder, const hw_archive_file *file) {
    const char *name = NULL;
    struct stat now;
    int at = open_folder(folder, file->path, &name);
    if (at < 0) {
        return strerror(errno);
    }
    const char *why = NULL;
    bool there = fstatat(at, name, &now, AT_SYMLINK_NOFOLLOW) == 0;
    if (there && !is_the_same(&now, &file->about)) {
        why = "it has changed since it was looked at";
    } else if (!there || unlinkat(at, name, 0) != 0) {
        why = strerror(errno);
    }
    close(at);
    return why;
}

hw_status hw_archive_remove(const hw_archive *archive, const hw_archive_wish *wish,
                            hw_archive_removed *removed, hw_errors *errors) {
    *removed = (hw_archive_removed){0};
    for (uint32_t i = 0; i < archive->count; i++) {
        const hw_archive_entry *entry = &archive->entries[i];
        if (entry->unreferenced == NULL || entry->in_use || !hw_archive_matches(entry, wish)) {
            continue;
        }
        for (uint32_t f = 0; f < entry->file_count; f++) {
            char *typed = hw_archive_path(archive, entry->files[f].path);
            bool writes = entry->kind == HW_ARCHIVE_JOURNAL && hw_journal_in_use(typed);
            const char *why = writes ? "it is being written" : remove_file(archive->folder, &entry->files[f]);
            if (why != NULL) {
                hw_errors_say(errors, "cannot remove %s: %s", typed, why);
            } else {
                removed->files++;
                removed->bytes += (uint64_t)entry->files[f].about.st_size;
            }
            free(typed);
        }
    }
    return errors->count == 0 ? HW_OK : HW_ERROR_IO;
}
