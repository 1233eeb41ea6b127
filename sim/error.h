/* Errors that a person can act on.
 *
 * A function that can fail returns a status. What went wrong, where, and what was expected goes into an
 * error list that the caller owns, so that all mistakes of a file are reported in one go. */
#ifndef HW_SIM_ERROR_H
#define HW_SIM_ERROR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Process exit codes follow from these: see hw_status_exit_code. */
typedef enum hw_status {
    HW_OK = 0,
    HW_ERROR_INPUT,       /* the user's file or command line is wrong: exit code 2 */
    HW_ERROR_MEMORY,      /* not enough memory: 3 */
    HW_ERROR_IO,          /* disk full, no permission, truncated or foreign file: 4 */
    HW_ERROR_LAW,         /* a conservation law broke inside a replication: 5 */
    HW_ERROR_INTERRUPTED, /* stopped by a signal, finished work kept: 130 */
    HW_ERROR_PACKAGE,     /* a program of another package is missing: 3 */
    HW_ERROR_REQUEUE, /* stopped in time, finished work kept, to be run again (sysexits' EX_TEMPFAIL): 75 */
} hw_status;

/* Where in a file: `file` is NULL when the error is not about a file; line and column count from 1. */
typedef struct hw_position {
    const char *file;
    uint32_t line, column;
} hw_position;

typedef struct hw_error {
    hw_position where;
    char *message; /* owned by the list */
} hw_error;

/* Zero-initialise; free with hw_errors_free. Keeps at most HW_ERRORS_KEPT messages and counts the rest. */
enum { HW_ERRORS_KEPT = 100 };
typedef struct hw_errors {
    hw_error *items;
    uint32_t kept;
    uint32_t count; /* all that were reported, kept or not */
} hw_errors;

/* Adds a message (printf style, no full stop, no newline). `where.file` must outlive the list. */
void hw_errors_add(hw_errors *errors, hw_position where, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same where the error is in no file: an option, or what a call could not do. */
void hw_errors_say(hw_errors *errors, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Adds a message about a word that names nothing known. It ends with the nearest of `names`, as in "; did you
 * mean 'worst_first'?", or with `otherwise` when none is near. */
void hw_suggest(hw_errors *errors, hw_position where, const char *word, const char *const *names,
                size_t count, const char *otherwise, const char *format, ...)
    __attribute__((format(printf, 7, 8)));

/* Writes all messages as text into a freshly allocated string, one line each:
 * "file:line:column: message\n". The caller frees it. */
char *hw_errors_text(const hw_errors *errors);

/* The same for a list of warnings: "file:line:column: warning: message\n". */
char *hw_warnings_text(const hw_errors *warnings);

/* Whether the list holds this very message about this very place. */
bool hw_errors_hold(const hw_errors *errors, const hw_error *one);

/* Adds those of `more` that `errors` does not hold yet: same place, same words. */
void hw_errors_join(hw_errors *errors, const hw_errors *more);

void hw_errors_free(hw_errors *errors);

/* The exit code of the process for a status: 0, 2, 3, 4, 5, 130, 3, 75 in the order of the enum. */
int hw_status_exit_code(hw_status status);

/* The candidate with the smallest edit distance to `word` (case does not count), or NULL when none is near
 * enough to be what was meant. `candidates` has `count` entries. */
const char *hw_nearest_name(const char *word, const char *const *candidates, size_t count);

#endif
