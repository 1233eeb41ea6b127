/* homeward summary: the answers that a result file holds. */
#include "analysis/summary/summary.h"
#include "analysis/belief/known.h"
#include "analysis/commands/commands.h"
#include "analysis/summary/sweep.h"
#include "analysis/tables/deliver.h"
#include "sim/length.h"
#include "sim/run/experiment.h"
#include <stdlib.h>

static const hw_option options[] = {
    {"place", 'p', HW_OPTION_TEXT, false, "NAME",
     "only this place or district (place:NAME, district:NAME), with every year"},
    {"by", 0, HW_OPTION_DATE, true, "DATE", "also the probability of release by this date; may be repeated"},
    HW_KNOWN_OPTIONS,
    HW_CURRENCY_OPTION,
    {"years", 0, HW_OPTION_SWITCH, false, NULL, "every year in the tables, not only some"},
    HW_TABLE_OPTIONS,
    HW_REPLACE_OPTION,
    HW_UNSEALED_OPTION,
};

static hw_status write_book(const hw_arguments *arguments, const hw_outcomes *outcomes, const hw_book *book,
                            const hw_output_rules *rules, hw_errors *errors) {
    hw_status status = hw_deliver(arguments, book, rules, errors);
    if (status == HW_OK && hw_delivers(arguments)) {
        hw_summary_print_warnings(stderr, outcomes);
    }
    if (status != HW_OK || hw_delivers(arguments)) {
        return status;
    }
    hw_summary_print_head(stdout, outcomes);
    hw_summary_print_money(stdout, outcomes);
    hw_book_print(stdout, book);
    if (hw_argument(arguments, "years") == NULL && hw_argument(arguments, "place") == NULL) {
        puts("\nEvery year: --years. Every table with all intervals, and by district: --csv FOLDER or "
             "--json.");
    }
    return HW_OK;
}

/* ---- Results of a sweep ---- */

static void refuse_options(const hw_arguments *arguments, hw_errors *errors) {
    static const char *const others[] = {"place",        "by",    "years",   "given",
                                         "observations", "as-of", "currency"};
    for (size_t i = 0; i < HW_LENGTH(others); i++) {
        if (hw_argument(arguments, others[i]) != NULL) {
            hw_errors_say(errors, "--%s is for results of one scenario; %s is the result of a sweep",
                          others[i], arguments->operands[0]);
        }
    }
}

static hw_status summarise_sweep(const hw_arguments *arguments, hw_errors *errors) {
    hw_status status = HW_OK;
    refuse_options(arguments, errors);
    if (errors->count > 0) {
        return HW_ERROR_INPUT;
    }
    hw_sweep_results *results =
        hw_sweep_results_open_as(arguments->operands[0], hw_argument_trust(arguments), &status, errors);
    if (results == NULL) {
        return status;
    }
    hw_book book = {0};
    status = hw_sweep_summary_build(&book, results, errors);
    if (status == HW_OK) {
        status = hw_deliver(arguments, &book, NULL, errors);
    }
    if (status == HW_OK && !hw_delivers(arguments)) {
        hw_sweep_summary_print_head(stdout, results);
        hw_book_print(stdout, &book);
    }
    hw_sweep_summary_print_warnings(stderr, results);
    hw_book_free(&book);
    hw_sweep_results_close(results);
    return status;
}

static hw_status summarise(const hw_arguments *arguments, const hw_known *known, hw_errors *errors) {
    hw_outcomes outcomes;
    hw_status status =
        hw_outcomes_open_as(&outcomes, arguments->operands[0], hw_argument_trust(arguments), errors);
    if (status != HW_OK) {
        return status;
    }
    hw_summary_wish wish = {.place = hw_argument_text(arguments, "place"),
                            .every_year = hw_argument(arguments, "years") != NULL,
                            .terminal_only = !hw_delivers(arguments)};
    int64_t *by = hw_argument_days(arguments, "by", &wish.by_count);
    wish.by = by;
    hw_book book = {0};
    status = hw_known_apply(known, &outcomes, errors);
    if (status == HW_OK) {
        status = hw_money_ask(&outcomes, arguments, errors);
    }
    if (status == HW_OK) {
        status = hw_summary_build(&book, &outcomes, &wish, errors);
    }
    if (status == HW_OK) {
        status = write_book(arguments, &outcomes, &book, &known->inputs.rules, errors);
    } else if (status == HW_ERROR_LAW) {
        hw_summary_print_warnings(stderr, &outcomes);
    }
    hw_book_free(&book);
    hw_outcomes_close(&outcomes);
    free(by);
    return status;
}

static int run(const hw_arguments *arguments) {
    if (hw_rank() != 0) {
        return 0;
    }
    hw_errors errors = {0};
    if (hw_sweep_results_is(arguments->operands[0])) {
        hw_status swept = summarise_sweep(arguments, &errors);
        return swept == HW_OK ? 0 : hw_complain(swept, &errors, NULL);
    }
    hw_known known;
    hw_status status = hw_known_read(&known, arguments, &errors);
    if (status == HW_OK) {
        status = summarise(arguments, &known, &errors);
    }
    int code = status == HW_OK ? 0 : hw_complain(status, &errors, NULL);
    hw_known_free(&known);
    return code;
}

const hw_command hw_command_summary = {
    .name = "summary",
    .line = "answers of a result file as tables, CSV or JSON",
    .operands = "RESULTS",
    .fewest = 1,
    .most = 1,
    .options = options,
    .option_count = HW_LENGTH(options),
    .run = run,
};
