/* homeward explain: what holds a place back, or what became of the money. */
#include "analysis/summary/explain.h"
#include "analysis/belief/known.h"
#include "analysis/commands/commands.h"
#include "analysis/summary/summary.h"
#include "sim/length.h"
#include "sim/run/experiment.h"
#include <stdlib.h>

static const hw_option options[] = {
    {"place", 'p', HW_OPTION_TEXT, false, "NAME", "the place to explain"},
    {"money", 'm', HW_OPTION_SWITCH, false, NULL,
     "explain instead what became of the money for clearance, and why the rest was not spent"},
    HW_KNOWN_OPTIONS,
    HW_CURRENCY_OPTION,
    {"json", 0, HW_OPTION_SWITCH, false, NULL, "write the tables as one JSON document instead"},
    HW_UNSEALED_OPTION,
};

static hw_status explain(const hw_arguments *arguments, const hw_known *known, hw_errors *errors) {
    hw_outcomes outcomes;
    hw_status status =
        hw_outcomes_open_as(&outcomes, arguments->operands[0], hw_argument_trust(arguments), errors);
    if (status != HW_OK) {
        return status;
    }
    hw_book book = {0};
    status = hw_known_apply(known, &outcomes, errors);
    if (status == HW_OK) {
        status = hw_money_ask(&outcomes, arguments, errors);
    }
    if (status == HW_OK) {
        status = hw_argument(arguments, "money") != NULL
                     ? hw_explain_money(&book, &outcomes, errors)
                     : hw_explain_build(&book, &outcomes, hw_argument_text(arguments, "place"), errors);
    }
    if (book.count > 0 && hw_argument(arguments, "json") != NULL) {
        hw_book_write_json(stdout, &book);
        hw_summary_print_warnings(stderr, &outcomes);
    } else if (book.count > 0) {
        hw_summary_print_head(stdout, &outcomes);
        hw_summary_print_money(stdout, &outcomes);
        hw_book_print(stdout, &book);
    } else {
        hw_summary_print_warnings(stderr, &outcomes);
    }
    hw_book_free(&book);
    hw_outcomes_close(&outcomes);
    return status;
}

static int run(const hw_arguments *arguments) {
    if (hw_rank() != 0) {
        return 0;
    }
    hw_errors errors = {0};
    hw_known known;
    if ((hw_argument(arguments, "place") == NULL) != (hw_argument(arguments, "money") != NULL)) {
        hw_errors_say(&errors, "explain wants a place, --place NAME, or --money");
        return hw_complain(HW_ERROR_INPUT, &errors, &hw_command_explain);
    }
    hw_status status = hw_known_read(&known, arguments, &errors);
    if (status == HW_OK) {
        status = explain(arguments, &known, &errors);
    }
    int code = status == HW_OK ? 0 : hw_complain(status, &errors, NULL);
    hw_known_free(&known);
    return code;
}

const hw_command hw_command_explain = {
    .name = "explain",
    .line = "what holds a place back, in days by cause; or why money was not spent",
    .operands = "RESULTS (--place NAME | --money)",
    .fewest = 1,
    .most = 1,
    .options = options,
    .option_count = HW_LENGTH(options),
    .run = run,
};
