/* homeward outlook: what became of plans like this one, beside what the model says. */
#include "analysis/base/inputs.h"
#include "analysis/belief/held.h"
#include "analysis/belief/outlook_sheets.h"
#include "analysis/commands/commands.h"
#include "analysis/results/study.h"
#include "analysis/summary/summary.h"
#include "analysis/tables/deliver.h"
#include "sim/length.h"
#include "sim/run/experiment.h"

static const hw_option options[] = {
    {"observations", 0, HW_OPTION_TEXT, false, "FACTS",
     "the file of plans and facts, where only a result is named"},
    {"as-of", 0, HW_OPTION_DATE, false, "DATE", "only plans and facts that were known by this date"},
    HW_TABLE_OPTIONS,
    HW_REPLACE_OPTION,
    HW_UNSEALED_OPTION,
};

/* What the command line names, by what the files are. */
typedef struct named {
    const char *facts, *results;
} named;

static hw_status sort_files(named *files, const hw_arguments *arguments, hw_errors *errors) {
    *files = (named){.facts = hw_argument_text(arguments, "observations")};
    for (uint32_t i = 0; i < arguments->operand_count; i++) {
        const char *path = arguments->operands[i];
        bool is_result = hw_study_is_results(path);
        const char **place = is_result ? &files->results : &files->facts;
        if (*place != NULL) {
            hw_errors_say(errors, "%s and %s are both %s: outlook wants one", *place, path,
                          is_result ? "results" : "files of facts");
            return HW_ERROR_INPUT;
        }
        *place = path;
    }
    if (files->facts == NULL) {
        hw_errors_say(errors, "outlook wants a file of plans and facts, or a scenario that names one: "
                              "--observations FACTS");
    }
    return files->facts != NULL ? HW_OK : HW_ERROR_INPUT;
}

static hw_status deliver(const hw_arguments *arguments, const hw_held *held, const hw_output_rules *rules,
                         hw_errors *errors) {
    const hw_outcomes *outcomes = held->besides.outcomes;
    hw_outlook outlook = hw_outlook_of(&held->facts);
    hw_book book = {0};
    hw_status status = HW_ERROR_INPUT;
    if (outlook.count == 0) {
        hw_errors_say(errors, "there is no plan (plan: yes) among the facts: nothing to look back on");
    } else {
        if (outcomes != NULL) {
            hw_summary_add_about(&book, outcomes);
        }
        hw_outlook_build(&book, &outlook, &held->besides);
        status = hw_deliver(arguments, &book, rules, errors);
    }
    if (status == HW_OK && !hw_delivers(arguments)) {
        if (outcomes != NULL) {
            hw_summary_print_head(stdout, outcomes);
        }
        hw_book_print(stdout, &book);
    } else if (outcomes != NULL) {
        hw_summary_print_warnings(stderr, outcomes);
    }
    hw_book_free(&book);
    hw_outlook_free(&outlook);
    return status;
}

static int run(const hw_arguments *arguments) {
    if (hw_rank() != 0) {
        return 0;
    }
    hw_errors errors = {0};
    named files;
    if (sort_files(&files, arguments, &errors) != HW_OK) {
        return hw_complain(HW_ERROR_INPUT, &errors, arguments->command);
    }
    const hw_given *as_of = hw_argument(arguments, "as-of");
    hw_held held;
    hw_inputs inputs;
    hw_inputs_begin(&inputs, arguments);
    hw_inputs_add(&inputs, files.facts);
    hw_status status = hw_held_open(&held, files.facts, as_of != NULL ? as_of->day : INT64_MAX, files.results,
                                    hw_argument_trust(arguments), &errors);
    hw_inputs_add(&inputs, held.facts.linked);
    if (status == HW_OK) {
        status = deliver(arguments, &held, &inputs.rules, &errors);
    }
    int code = status == HW_OK ? 0 : hw_complain(status, &errors, NULL);
    hw_held_close(&held);
    hw_inputs_free(&inputs);
    return code;
}

const hw_command hw_command_outlook = {
    .name = "outlook",
    .line = "the outside view: how far plans of a kind slipped, beside what the model says",
    .operands = "FACTS|SCENARIO|RESULTS [RESULTS]",
    .fewest = 1,
    .most = 2,
    .options = options,
    .option_count = HW_LENGTH(options),
    .run = run,
};
