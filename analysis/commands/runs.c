/* homeward runs: which answers lie below a folder, and which of them nothing refers to. */
#include "analysis/archive/archive.h"
#include "analysis/base/memory.h"
#include "analysis/commands/commands.h"
#include "analysis/tables/deliver.h"
#include "sim/length.h"
#include "sim/run/experiment.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const hw_option options[] = {
    {"kind", 'k', HW_OPTION_TEXT, true, "KIND",
     "only: result, sweep, posterior, answer, scores, journal, partial or other; may be repeated"},
    {"scenario", 0, HW_OPTION_TEXT, false, "TEXT",
     "only with this in the title of the scenario, the name of one of its files or of the result"},
    {"variant", 0, HW_OPTION_TEXT, false, "TEXT",
     "only with this in what was set over the scenario, in the design or in the question"},
    {"as-of", 0, HW_OPTION_DATE, false, "DATE", "only what knows the world as of this day"},
    {"seed", 's', HW_OPTION_SEED, false, "N", "only of this seed"},
    {"replications", 'n', HW_OPTION_COUNT, false, "N", "only of so many replications"},
    {"version", 0, HW_OPTION_TEXT, false, "TEXT", "only of versions of the program that begin so"},
    {"digest", 0, HW_OPTION_TEXT, false, "PREFIX", "only of scenarios whose digest begins so"},
    {"since", 0, HW_OPTION_DATE, false, "DATE", "only files that were last changed on this day or later"},
    {"before", 0, HW_OPTION_DATE, false, "DATE", "only files that were last changed before this day"},
    {"unreferenced", 0, HW_OPTION_SWITCH, false, NULL, "only what nothing refers to, and why it may go"},
    {"remove-unreferenced", 0, HW_OPTION_SWITCH, false, NULL,
     "show what would be removed; with --yes remove it"},
    {"yes", 0, HW_OPTION_SWITCH, false, NULL, "with --remove-unreferenced: remove it"},
    HW_TABLE_OPTIONS,
    HW_REPLACE_OPTION,
};

static void read_kinds(hw_archive_wish *wish, const hw_arguments *arguments, hw_errors *errors) {
    uint32_t count = 0;
    const char **words = hw_argument_texts(arguments, "kind", &count);
    for (uint32_t i = 0; i < count; i++) {
        bool known = false;
        for (int kind = 0; kind < HW_ARCHIVE_KINDS; kind++) {
            bool is = strcmp(words[i], hw_archive_kind_names[kind]) == 0;
            wish->kinds[kind] = wish->kinds[kind] || is;
            known = known || is;
        }
        if (!known) {
            hw_suggest(errors, (hw_position){0}, words[i], hw_archive_kind_names, HW_ARCHIVE_KINDS, "",
                       "--kind: there is no kind of file called '%s'", words[i]);
        }
    }
    free((void *)words);
}

static const int64_t *day_of(const hw_arguments *arguments, const char *option) {
    const hw_given *given = hw_argument(arguments, option);
    return given != NULL ? &given->day : NULL;
}

/* What is asked for, all of it checked before a file is looked at. */
static hw_archive_wish wish_of(const hw_arguments *arguments, int64_t *day_before, hw_errors *errors) {
    const hw_given *replications = hw_argument(arguments, "replications");
    bool remove = hw_argument(arguments, "remove-unreferenced") != NULL;
    hw_archive_wish wish = {.scenario = hw_argument_text(arguments, "scenario"),
                            .variant = hw_argument_text(arguments, "variant"),
                            .version = hw_argument_text(arguments, "version"),
                            .digest = hw_argument_text(arguments, "digest"),
                            .replications = replications != NULL ? replications->number : 0,
                            .as_of = day_of(arguments, "as-of"),
                            .changed_from = day_of(arguments, "since"),
                            .unreferenced = remove || hw_argument(arguments, "unreferenced") != NULL};
    if (day_of(arguments, "before") != NULL) {
        *day_before = *day_of(arguments, "before") - 1;
        wish.changed_to = day_before;
    }
    if (hw_argument(arguments, "yes") != NULL && !remove) {
        hw_errors_say(errors, "--yes has no use without --remove-unreferenced");
    }
    read_kinds(&wish, arguments, errors);
    return wish;
}

static void warn_of_unread(const hw_archive *archive) {
    for (uint32_t i = 0; i < archive->unread_count; i++) {
        fprintf(stderr, "warning: not looked into: %s\n", archive->unread[i]);
    }
}

typedef struct found {
    uint32_t count;
    uint64_t bytes;
} found;

static found count_found(const hw_archive *archive, const hw_archive_wish *wish) {
    found all = {0};
    for (uint32_t i = 0; i < archive->count; i++) {
        bool shown = hw_archive_matches(&archive->entries[i], wish);
        all.count += shown;
        all.bytes += shown ? archive->entries[i].bytes : 0;
    }
    return all;
}

static void print_count(const hw_archive *archive, const found *all) {
    printf("%s%u of %u, %.1f MB, below %s", all->count > 0 ? "\n" : "", all->count, archive->count,
           (double)all->bytes / 1e6, archive->folder);
    printf(archive->links > 0 ? "; %u symbolic links were not followed\n" : "\n", archive->links);
}

static hw_status remove_them(const hw_archive *archive, const hw_archive_wish *wish, hw_errors *errors) {
    hw_archive_removed removed;
    hw_status status = hw_archive_remove(archive, wish, &removed, errors);
    fprintf(stderr, "%u files removed, %.1f MB\n", removed.files, (double)removed.bytes / 1e6);
    return status;
}

static hw_status answer(const hw_arguments *arguments, hw_archive *archive, const hw_archive_wish *wish,
                        hw_errors *errors) {
    hw_book book = {0};
    bool remove = hw_argument(arguments, "remove-unreferenced") != NULL;
    bool yes = hw_argument(arguments, "yes") != NULL;
    hw_archive_judge(archive);
    const found all = count_found(archive, wish);
    warn_of_unread(archive);
    hw_archive_add_sheets(&book, archive, wish);
    hw_status status = hw_deliver(arguments, &book, NULL, errors);
    if (status == HW_OK && !hw_delivers(arguments)) {
        hw_book_print(stdout, &book);
        print_count(archive, &all);
    }
    hw_book_free(&book);
    if (status == HW_OK && remove && yes) {
        status = remove_them(archive, wish, errors);
    } else if (status == HW_OK && remove) {
        fputs(all.count > 0 ? "nothing was removed: the same with --yes removes these\n"
                            : "there is nothing to remove\n",
              stderr);
    }
    return status;
}

/* Before anything is looked at. */
static hw_status check_output(const hw_arguments *arguments, hw_errors *errors) {
    const char *csv = hw_argument_text(arguments, "csv");
    return csv != NULL ? hw_output_check_folder(csv, errors) : HW_OK;
}

static int run(const hw_arguments *arguments) {
    if (hw_rank() != 0) {
        return 0;
    }
    hw_errors errors = {0};
    hw_archive archive = {.folder = NULL};
    int64_t day_before = 0;
    const hw_given *seed = hw_argument(arguments, "seed");
    char *seed_text = seed != NULL ? hw_take_text("%" PRIu64, seed->number) : NULL;
    hw_archive_wish wish = wish_of(arguments, &day_before, &errors);
    wish.seed = seed_text;
    bool asked_well = errors.count == 0;
    hw_status status = asked_well ? check_output(arguments, &errors) : HW_ERROR_INPUT;
    if (status == HW_OK) {
        status =
            hw_archive_open(&archive, arguments->operand_count > 0 ? arguments->operands[0] : ".", &errors);
    }
    if (status == HW_OK) {
        status = answer(arguments, &archive, &wish, &errors);
    }
    int code = status == HW_OK ? 0 : hw_complain(status, &errors, asked_well ? NULL : arguments->command);
    hw_archive_free(&archive);
    free(seed_text);
    return code;
}

const hw_command hw_command_runs = {
    .name = "runs",
    .line = "results, sweeps and posteriors below a folder, and what nothing refers to",
    .operands = "[FOLDER]",
    .fewest = 0,
    .most = 1,
    .options = options,
    .option_count = HW_LENGTH(options),
    .run = run,
};
