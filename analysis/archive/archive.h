/* Answers found again: what of Homeward's lies below a folder, told by each file itself, and what of it
 * nothing refers to any more. There is no list beside the files that could be wrong.
 *
 * A file may go (is unreferenced) only where all of it can be made again or is held elsewhere, and that is
 * seen:
 * - a journal, when the finished result beside it answers the same question of the same code, and holds all
 *   its replications. `sweep --reuse` could still have read it.
 * - what was left of writing a result (*.homeward-partial), when that result is there, and nobody has written
 *   to the rest for a day.
 * - a kept result (NAME-DIGEST-seedS-nN.h5, as studies name theirs), when all scenario files that it was made
 *   of lie below the folder, and make another scenario today: no study would take it again.
 * - a table of conditioned values, when there are scenarios below the folder, all could be read, none names
 *   it, and no result there was drawn from it.
 * All else stays: results under names that the user chose, what is damaged, what is not Homeward's, what lies
 * in a folder of waves (*.waves), and everything that a running program writes. */
#ifndef HW_ANALYSIS_ARCHIVE_H
#define HW_ANALYSIS_ARCHIVE_H

#include "analysis/tables/sheet.h"
#include "sim/error.h"
#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

typedef enum hw_archive_kind {
    HW_ARCHIVE_RESULT,    /* of homeward run, and of studies */
    HW_ARCHIVE_SWEEP,     /* the result of a sweep */
    HW_ARCHIVE_POSTERIOR, /* a table of conditioned values */
    HW_ARCHIVE_ANSWER,    /* of a question of what to do */
    HW_ARCHIVE_SCORES,    /* of hindcasts */
    HW_ARCHIVE_JOURNAL,   /* all journals of one output: work that is not finished */
    HW_ARCHIVE_PARTIAL,   /* what was left of writing a file */
    HW_ARCHIVE_OTHER,     /* named like one of these, and none; or damaged beyond knowing which */
    HW_ARCHIVE_KINDS,
} hw_archive_kind;

/* "result", "sweep", ... */
extern const char *const hw_archive_kind_names[HW_ARCHIVE_KINDS];

/* One file as it was seen. */
typedef struct hw_archive_file {
    char *path; /* from the folder on, without it */
    struct stat about;
} hw_archive_file;

/* One thing that was found. Texts are owned; NULL where the file does not say. */
typedef struct hw_archive_entry {
    hw_archive_kind kind;
    char *path;             /* as the user would type it; of several journals "quick.h5.journal-*" */
    hw_archive_file *files; /* one; several of journals */
    uint32_t file_count;
    char *scenario;    /* its title, or what an answer was asked */
    char *variant;     /* what was set over it; the design of a sweep */
    char *made_of;     /* names of the scenario files, one a line */
    char *settings;    /* what was set over them, one a line */
    char *version;     /* of the program */
    char *model;       /* "land release 1" */
    char *code;        /* what the model was built from */
    char *digest;      /* of the scenario, or of all that was asked of a sweep */
    char *drawn_from;  /* the table that values were drawn from; of a table, what it is */
    bool knows_as_of;  /* else all that the scenario says */
    int64_t as_of;     /* days since 1970-01-01 */
    char *seed;        /* as text: it has 64 bits */
    uint64_t asked;    /* replications (of each point); 0: it does not say */
    uint64_t finished; /* replications that are there; of journals: at most so many */
    uint64_t reach;    /* of journals: replications are below it */
    bool complete;
    bool in_use;
    int64_t changed; /* the file's last change, days since 1970-01-01 in UTC: results hold no clock */
    uint64_t bytes;
    char *trouble;      /* why it cannot be told or read; NULL: nothing is wrong */
    char *unreferenced; /* why it may go; NULL: it stays */
} hw_archive_entry;

typedef struct hw_archive {
    char *folder;
    hw_archive_entry *entries; /* by path */
    uint32_t count;
    char **scenarios; /* YAML files, by path, as the user would type them; without NULL */
    uint32_t scenario_count;
    char **unread; /* "FOLDER: Permission denied" of what could not be looked into */
    uint32_t unread_count;
    uint32_t links; /* symbolic links, which are not followed */
} hw_archive;

/* Looks at everything below the folder, but not into folders whose name begins with a dot. HW_ERROR_INPUT
 * when it is no folder, HW_ERROR_IO when it cannot be read. Free after failure too. */
hw_status hw_archive_open(hw_archive *archive, const char *folder, hw_errors *errors);
void hw_archive_free(hw_archive *archive);

/* Fills in `unreferenced`: loads the scenarios below the folder. */
void hw_archive_judge(hw_archive *archive);

/* What is asked for; NULL and false: anything. Texts are found in a name whatever the case of its letters. */
typedef struct hw_archive_wish {
    bool kinds[HW_ARCHIVE_KINDS]; /* none: all */
    const char *scenario;         /* part of the title, or of the name of a scenario file or of the result */
    const char *variant;          /* part of what was set */
    const char *version, *digest; /* their beginnings */
    const char *seed;             /* whole */
    uint64_t replications;        /* that were asked for, or are there; 0: any */
    const int64_t *as_of, *changed_from, *changed_to; /* days since 1970-01-01 */
    bool unreferenced;
} hw_archive_wish;
bool hw_archive_matches(const hw_archive_entry *entry, const hw_archive_wish *wish);

/* The table "runs" of all that matches, and "not_looked_into". */
void hw_archive_add_sheets(hw_book *book, const hw_archive *archive, const hw_archive_wish *wish);

/* Removes what matches and is unreferenced: each file only if it is still the one that was seen, below the
 * folder without any symbolic link on the way. Counts what went. HW_ERROR_IO with what could not be removed;
 * the rest goes all the same. */
typedef struct hw_archive_removed {
    uint32_t files;
    uint64_t bytes;
} hw_archive_removed;
hw_status hw_archive_remove(const hw_archive *archive, const hw_archive_wish *wish,
                            hw_archive_removed *removed, hw_errors *errors);

#endif
