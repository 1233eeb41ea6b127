/* Subcommands of the program. A command is one file with one constant; its row in main.c makes it known. Its
 * options are a table that parsing, `--help` and the nearest-name advice all read. */
#ifndef HW_ANALYSIS_COMMAND_H
#define HW_ANALYSIS_COMMAND_H

#include "sim/error.h"
#include "sim/run/intake.h"
#include "sim/run/output_file.h"
#include <stdbool.h>
#include <stdint.h>

typedef enum hw_option_kind {
    HW_OPTION_SWITCH, /* takes no value */
    HW_OPTION_TEXT,
    HW_OPTION_COUNT, /* a whole number from 1 on */
    HW_OPTION_SEED,  /* a whole number from 0 on */
    HW_OPTION_DATE,  /* YYYY-MM-DD */
} hw_option_kind;

typedef struct hw_option {
    const char *name; /* without the two dashes */
    char letter;      /* "-n", or 0 */
    hw_option_kind kind;
    bool repeats;         /* may be given several times */
    const char *argument; /* how help calls the value: "FILE" */
    const char *meaning;
} hw_option;

/* The row of every command that reads results. */
#define HW_UNSEALED_OPTION                                                                                   \
    {                                                                                                        \
        "unsealed", 0, HW_OPTION_SWITCH, false, NULL,                                                        \
            "read results that were changed since they were written, too, and say so in the answer"          \
    }

/* The row of every command that may take each world's answer from copies. */
enum { HW_COPIES_MOST = 100 };
#define HW_STEADY_OPTION                                                                                     \
    {                                                                                                        \
        "steady", 0, HW_OPTION_COUNT, false, "K",                                                            \
            "each world's answer is the mean of K runs, each with a hundred-thousandth more money (1)"       \
    }

/* Rows of every command that writes files, and of every command that simulates. */
#define HW_REPLACE_OPTION                                                                                    \
    {                                                                                                        \
        "replace", 0, HW_OPTION_SWITCH, false, NULL,                                                         \
            "write over files that hold something else (never over what is read, scenarios, devices)"        \
    }
/* The scenario as it was known on a day: hw_settings_read makes a setting of it. */
#define HW_AS_OF_OPTION                                                                                      \
    {                                                                                                        \
        "as-of", 0, HW_OPTION_DATE, false, "DATE",                                                           \
            "take only what was known by then: values that were known later fall back to what was said "     \
            "before"                                                                                         \
    }
/* What the reader knows: see analysis/results/given.h. */
#define HW_GIVEN_OPTION                                                                                      \
    {                                                                                                        \
        "given", 0, HW_OPTION_TEXT, true, "KNOWN",                                                           \
            "only worlds in which it is so: 'PLACE [not] released by DATE', 'PLACE [not] lived in by DATE'"  \
    }
#define HW_OBSERVATIONS_OPTION                                                                               \
    {                                                                                                        \
        "observations", 0, HW_OPTION_TEXT, false, "FACTS",                                                   \
            "weigh the replications by the facts of this file that were known by --as-of"                    \
    }
/* What a reader of results knows (analysis/belief/known.h). */
#define HW_KNOWN_OPTIONS                                                                                     \
    HW_GIVEN_OPTION, HW_OBSERVATIONS_OPTION, {                                                               \
        "as-of", 0, HW_OPTION_DATE, false, "DATE", "with --observations: facts that were known by this date" \
    }
#define HW_ANYWAY_OPTION                                                                                     \
    {                                                                                                        \
        "anyway", 0, HW_OPTION_SWITCH, false, NULL,                                                          \
            "start even where memory or disk seem too small for so many replications"                        \
    }

struct hw_arguments;

typedef struct hw_command {
    const char *name;
    const char *line;      /* what it does, one line */
    const char *operands;  /* how help calls them: "FILE"; "" for none */
    uint32_t fewest, most; /* operands */
    const hw_option *options;
    uint32_t option_count;
    bool shares_work; /* among MPI ranks; other commands run on rank 0 */
    /* Returns the exit code. Called on every rank; only rank 0 may print. */
    int (*run)(const struct hw_arguments *arguments);
} hw_command;

/* One option as it was given. */
typedef struct hw_given {
    const hw_option *option;
    const char *text;
    uint64_t number; /* of COUNT and SEED */
    int64_t day;     /* of DATE: since 1970-01-01 */
} hw_given;

typedef struct hw_arguments {
    const hw_command *command;
    const char **operands;
    uint32_t operand_count;
    hw_given *given;
    uint32_t given_count;
    bool help; /* --help or -h was among them: nothing else was checked */
} hw_arguments;

/* Reads the words after the command's name. HW_ERROR_INPUT with every mistake in `errors`: unknown options
 * (with the nearest known one), missing or bad values, too few or too many operands. The words must outlive
 * `arguments`. */
hw_status hw_arguments_parse(hw_arguments *arguments, const hw_command *command, int count, char **words,
                             hw_errors *errors);
void hw_arguments_free(hw_arguments *arguments);

/* The last (or only) use of an option, or NULL. `name` must be one of the command's. */
const hw_given *hw_argument(const hw_arguments *arguments, const char *name);

/* The text of that use, or NULL. */
const char *hw_argument_text(const hw_arguments *arguments, const char *name);
/* Texts or days of all uses, in order; free with free(). */
const char **hw_argument_texts(const hw_arguments *arguments, const char *name, uint32_t *count);
int64_t *hw_argument_days(const hw_arguments *arguments, const char *name, uint32_t *count);

/* Whether it has an option of that name. */
bool hw_command_takes(const hw_command *command, const char *option);

/* What the call allows its files: --replace, when the command has it, and the operands as what it reads. */
hw_output_rules hw_arguments_rules(const hw_arguments *arguments);

/* What --unsealed says of the results that are read. */
hw_trust hw_argument_trust(const hw_arguments *arguments);
/* Of --steady: copies of each world, 1 without it. */
uint32_t hw_argument_copies(const hw_arguments *arguments);

/* The whole help page of a command on standard output; `text` says what it answers and how to read it, with
 * examples. */
void hw_command_help(const hw_command *command, const char *text);

/* Writes the errors to standard error on rank 0, says where help is (with a command), frees them, and gives
 * the exit code for the status. */
int hw_complain(hw_status status, hw_errors *errors, const hw_command *command);

#endif
