/* The one way in which the program writes a file: whole or not at all.
 *
 * A file is written beside its place as "<file>.homeward-partial", waits for the disk, and is renamed at the
 * end. Symbolic links are followed, also those whose file is still to be made. What is replaced keeps its
 * rights. A pipe or a device is never replaced, but written into, where the format can be written from front
 * to back.
 *
 * Never replaced: folders, sockets, what the same call reads (under any name: the file itself is compared),
 * and scenarios (YAML). Only replaced when the user says so: what Homeward did not write in the same format,
 * and what is write-protected. An empty file is nobody's. */
#ifndef HW_SIM_RUN_OUTPUT_FILE_H
#define HW_SIM_RUN_OUTPUT_FILE_H

#include "sim/error.h"
#include <stdio.h>

enum { HW_OUTPUT_REASON = 400 };

/* A kind of file, and how one that is there is known to be Homeward's. */
typedef struct hw_output_format {
    const char *noun; /* "a page" */
    bool streams;     /* can be written from front to back */
    /* Why an ordinary file that is not empty may not be replaced without the user's word, as the end of a
     * sentence that begins with its name ("holds ..."), in `room`; false when it may. NULL: it always may. */
    bool (*is_kept)(const char *path, const void *context, char room[HW_OUTPUT_REASON]);
    const void *context;
} hw_output_format;

/* Usual ways to know a file: bytes near its beginning or end that only Homeward writes (context: the text),
 * and its first line, with a byte order mark or without (context: the line, without its end). */
bool hw_output_lacks_mark(const char *path, const void *mark, char room[HW_OUTPUT_REASON]);
bool hw_output_lacks_head(const char *path, const void *head, char room[HW_OUTPUT_REASON]);

/* What the call allows. NULL: nothing is read and nothing of others' replaced. */
typedef struct hw_output_rules {
    bool replace;              /* --replace was said */
    const char *const *inputs; /* files that the call reads */
    size_t input_count;
} hw_output_rules;

typedef struct hw_output_file {
    FILE *stream;
    char *path;      /* as the user knows it */
    char *target;    /* the same behind symbolic links */
    char *temporary; /* what `stream` goes to until the end; NULL when it is written into directly */
    hw_output_format format;
    const hw_output_rules *rules;
} hw_output_file;

/* Whether `path` can be written: asked before the work whose answer it will hold. HW_ERROR_INPUT when it must
 * not be replaced, HW_ERROR_IO when it cannot be written there; both with the reason. Changes nothing. */
hw_status hw_output_check(const char *path, const hw_output_format *format, const hw_output_rules *rules,
                          hw_errors *errors);

/* Checks and begins. `rules` and what the format points to must outlive the file. */
hw_status hw_output_open(hw_output_file *file, const char *path, const hw_output_format *format,
                         const hw_output_rules *rules, hw_errors *errors);

/* Checks once more, ends the file and frees. After HW_ERROR_IO (disk full) and HW_ERROR_INPUT (something else
 * has come to lie there) nothing is left behind, and what was there before is still there. */
hw_status hw_output_close(hw_output_file *file, hw_errors *errors);

/* The same of a folder for several files: HW_ERROR_IO unless files can be made in it, or it can be made. */
hw_status hw_output_check_folder(const char *path, hw_errors *errors);
/* Makes it where it is missing. */
hw_status hw_output_make_folder(const char *path, hw_errors *errors);

/* Gives the file up and frees. */
void hw_output_drop(hw_output_file *file);

/* Where a path leads behind symbolic links, whether there is anything or not; the caller frees it. NULL with
 * errno when the links lead nowhere. */
char *hw_output_target(const char *path);

/* Whether what is written to `path` goes to standard output, where no other words may then go. */
bool hw_output_is_standard(const char *path);

#endif
