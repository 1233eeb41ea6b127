/* Walks through a folder and sorts what lies there. */
#include "analysis/archive/archive.h"
#include "analysis/archive/parts.h"
#include "analysis/base/memory.h"
#include "sim/letters.h"
#include "sim/ordinary_file.h"
#include "sim/run/journal.h"
#include <errno.h>
#include <fts.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

const char *const hw_archive_kind_names[HW_ARCHIVE_KINDS] = {"result", "sweep",   "posterior", "answer",
                                                             "scores", "journal", "partial",   "other"};

enum { SECONDS_OF_A_DAY = 86400 };
static const char partial_ending[] = ".homeward-partial";

char *hw_archive_path(const hw_archive *archive, const char *path) {
    size_t length = strlen(archive->folder);
    bool slash = length > 0 && archive->folder[length - 1] == '/';
    return strcmp(archive->folder, ".") == 0
               ? hw_take_text("%s", path)
               : hw_take_text("%s%s%s", archive->folder, slash ? "" : "/", path);
}

/* ---- What is found ---- */

static hw_archive_entry *add_entry(hw_archive *archive, hw_archive_kind kind, char *path) {
    archive->entries = hw_take_again(archive->entries, archive->count + 1, sizeof *archive->entries);
    hw_archive_entry *entry = &archive->entries[archive->count++];
    *entry = (hw_archive_entry){.kind = kind, .path = path, .changed = INT64_MIN};
    return entry;
}

static void add_file(hw_archive_entry *entry, const char *path, const struct stat *about) {
    entry->files = hw_take_again(entry->files, entry->file_count + 1, sizeof *entry->files);
    entry->files[entry->file_count++] = (hw_archive_file){.path = hw_take_text("%s", path), .about = *about};
    int64_t seconds = about->st_mtime;
    int64_t day = seconds / SECONDS_OF_A_DAY - (seconds % SECONDS_OF_A_DAY < 0);
    entry->changed = day > entry->changed ? day : entry->changed;
    entry->bytes += (uint64_t)about->st_size;
}

static void add_text(char ***texts, uint32_t *count, char *text) {
    *texts = hw_take_again(*texts, *count + 1, sizeof **texts);
    (*texts)[(*count)++] = text;
}

/* "journal-12" and "quick.h5.journal-12": the length up to the number; 0 for other names. */
static size_t stem_of_journal(const char *name) {
    size_t length = strlen(name), digits = 0;
    while (digits < length && name[length - digits - 1] >= '0' && name[length - digits - 1] <= '9') {
        digits++;
    }
    static const char word[] = "journal-";
    size_t stem = length - digits;
    bool is =
        digits > 0 && stem >= strlen(word) && strncmp(name + stem - strlen(word), word, strlen(word)) == 0;
    bool alone = is && (stem == strlen(word) || strchr("./", name[stem - strlen(word) - 1]) != NULL);
    return alone ? stem : 0;
}

/* The entry of the journals that begin like this one, from the folder on; or NULL. */
static hw_archive_entry *journals_like(const hw_archive *archive, const char *path, size_t length) {
    for (uint32_t i = 0; i < archive->count; i++) {
        hw_archive_entry *entry = &archive->entries[i];
        if (entry->kind == HW_ARCHIVE_JOURNAL && strlen(entry->files[0].path) >= length &&
            strncmp(entry->files[0].path, path, length) == 0 &&
            stem_of_journal(entry->files[0].path) == length) {
            return entry;
        }
    }
    return NULL;
}

static void take_journal(hw_archive *archive, const char *path, size_t length, const struct stat *about) {
    hw_archive_entry *entry = journals_like(archive, path, length);
    if (entry == NULL) {
        char *stem = hw_take_text("%.*s*", (int)length, path);
        entry = add_entry(archive, HW_ARCHIVE_JOURNAL, hw_archive_path(archive, stem));
        free(stem);
    }
    add_file(entry, path, about);
}

typedef enum begins { BEGINS_OTHERWISE, BEGINS_AS_HDF5, BEGINS_AS_JOURNAL } begins;

static begins beginning_of(const char *typed) {
    static const char hdf5[] = "\x89HDF\r\n\x1a\n";
    char start[sizeof hdf5 - 1];
    struct stat about;
    const char *problem = NULL;
    int file = hw_ordinary_open(typed, &about, &problem);
    ssize_t count = file >= 0 ? pread(file, start, sizeof start, 0) : -1;
    if (file >= 0) {
        close(file);
    }
    if (count < (ssize_t)sizeof start) {
        return BEGINS_OTHERWISE;
    }
    return memcmp(start, hdf5, sizeof start) == 0                            ? BEGINS_AS_HDF5
           : hw_journal_recognise(start, sizeof start) != HW_JOURNAL_FOREIGN ? BEGINS_AS_JOURNAL
                                                                             : BEGINS_OTHERWISE;
}

/* An ordinary file. Other programs' files are passed over, unless they have a name of Homeward's. */
static void take_file(hw_archive *archive, const char *path, const struct stat *about) {
    if (hw_text_ends(path, ".yaml") || hw_text_ends(path, ".yml")) {
        add_text(&archive->scenarios, &archive->scenario_count, hw_archive_path(archive, path));
        return;
    }
    char *typed = hw_archive_path(archive, path);
    const char *slash = strrchr(path, '/');
    begins how = beginning_of(typed);
    bool named = hw_text_ends(path, ".h5") || hw_text_ends(path, partial_ending);
    size_t stem = stem_of_journal(slash != NULL ? slash + 1 : path);
    if (stem > 0 && how == BEGINS_AS_JOURNAL) {
        take_journal(archive, path, stem + (slash != NULL ? (size_t)(slash + 1 - path) : 0), about);
    } else if (how != BEGINS_OTHERWISE || named || stem > 0) {
        hw_archive_kind kind = hw_text_ends(path, partial_ending) ? HW_ARCHIVE_PARTIAL : HW_ARCHIVE_OTHER;
        add_file(add_entry(archive, kind, hw_take_text("%s", typed)), path, about);
    }
    free(typed);
}

/* ---- The walk ---- */

static int by_name(const FTSENT **a, const FTSENT **b) {
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

static void take_step(hw_archive *archive, FTS *walk, FTSENT *step, size_t skip) {
    const char *path = step->fts_path + (step->fts_level > 0 ? skip : 0);
    switch (step->fts_info) {
    case FTS_D:
        if (step->fts_level > 0 && step->fts_name[0] == '.') {
            (void)fts_set(walk, step, FTS_SKIP);
        }
        break;
    case FTS_F:
        take_file(archive, path, step->fts_statp);
        break;
    case FTS_SL:
    case FTS_SLNONE:
        archive->links++;
        break;
    case FTS_DNR:
    case FTS_ERR:
    case FTS_NS:
        add_text(&archive->unread, &archive->unread_count,
                 hw_take_text("%s: %s", step->fts_path, strerror(step->fts_errno)));
        break;
    default: /* behind a folder, a folder that holds itself, pipes, devices */
        break;
    }
}

static hw_status walk(hw_archive *archive, hw_errors *errors) {
    char *folders[] = {archive->folder, NULL};
    FTS *all = fts_open(folders, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR, by_name);
    size_t length = strlen(archive->folder);
    size_t skip = length + (length > 0 && archive->folder[length - 1] != '/');
    for (FTSENT *step = NULL; all != NULL && (step = fts_read(all)) != NULL;) {
        if (step->fts_level == 0 && step->fts_info == FTS_DNR) {
            errno = step->fts_errno;
            hw_errors_say(errors, "cannot read the folder %s: %s", archive->folder, strerror(errno));
            break;
        }
        take_step(archive, all, step, skip);
    }
    if (all == NULL) {
        hw_errors_say(errors, "cannot read the folder %s: %s", archive->folder, strerror(errno));
    } else {
        fts_close(all);
    }
    return errors->count == 0 ? HW_OK : HW_ERROR_IO;
}

static int by_path(const void *a, const void *b) {
    return strcmp(((const hw_archive_entry *)a)->path, ((const hw_archive_entry *)b)->path);
}

static void look(const hw_archive *archive, hw_archive_entry *entry) {
    char *typed = hw_archive_path(archive, entry->files[0].path);
    if (entry->kind == HW_ARCHIVE_JOURNAL) {
        static const char word[] = "journal-";
        char *stem = hw_take_text("%.*s", (int)(stem_of_journal(typed) - strlen(word)), typed);
        hw_archive_look_at_journals(entry, stem);
        free(stem);
    } else if (entry->kind == HW_ARCHIVE_PARTIAL) {
        hw_archive_look_at_partial(entry, typed);
    } else if (stem_of_journal(typed) > 0 && beginning_of(typed) == BEGINS_OTHERWISE) {
        entry->trouble = hw_take_text("is called like a journal of Homeward, and is none");
    } else {
        hw_archive_look(entry, typed);
    }
    free(typed);
}

hw_status hw_archive_open(hw_archive *archive, const char *folder, hw_errors *errors) {
    struct stat about;
    *archive = (hw_archive){.folder = hw_take_text("%s", folder)};
    if (stat(folder, &about) != 0 || !S_ISDIR(about.st_mode)) {
        hw_errors_say(errors, "cannot read the folder %s: %s", folder,
                      strerror(stat(folder, &about) != 0 ? errno : ENOTDIR));
        return HW_ERROR_INPUT;
    }
    hw_status status = walk(archive, errors);
    if (archive->count > 0) {
        qsort(archive->entries, archive->count, sizeof *archive->entries, by_path);
    }
    for (uint32_t i = 0; i < archive->count; i++) {
        look(archive, &archive->entries[i]);
    }
    return status;
}

static void free_entry(hw_archive_entry *entry) {
    for (uint32_t f = 0; f < entry->file_count; f++) {
        free(entry->files[f].path);
    }
    free(entry->files);
    char *const texts[] = {entry->path,        entry->scenario, entry->variant, entry->made_of,
                           entry->settings,    entry->version,  entry->model,   entry->code,
                           entry->digest,      entry->seed,     entry->trouble, entry->drawn_from,
                           entry->unreferenced};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        free(texts[i]);
    }
}

static void free_texts(char **texts, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        free(texts[i]);
    }
    free((void *)texts);
}

void hw_archive_free(hw_archive *archive) {
    for (uint32_t i = 0; i < archive->count; i++) {
        free_entry(&archive->entries[i]);
    }
    free(archive->entries);
    free_texts(archive->scenarios, archive->scenario_count);
    free_texts(archive->unread, archive->unread_count);
    free(archive->folder);
    *archive = (hw_archive){.folder = NULL};
}
