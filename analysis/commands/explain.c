/* homeward explain: what holds a place back, or what became of the money. */
#include "analysis/summary/explain.h"
#include "analysis/commands/commands.h"
#include "analysis/results/given.h"
#include "analysis/summary/summary.h"
#include "sim/length.h"
#include "sim/run/experiment.h"
#include <stdlib.h>

static const hw_option options[] = {
    {"place", 'p', HW_OPTION_TEXT, false, "NAME", "the place to explain"},
    {"money", 'm', HW_OPTION_SWITCH, false, NULL,
     "explain instead what became of the money for clearance, and why the rest was not spent"},
    HW_GIVEN_OPTION,
    {"json", 0, HW_OPTION_SWITCH, false, NULL, "write the tables as one JSON document instead"},
    HW_UNSEALED_OPTION,
};

static int run(const hw_arguments *arguments) {
    if (hw_rank() != 0) {
        return 0;
    }
    hw_errors errors = {0};
    const hw_given *place = hw_argument(arguments, "place");
    bool money = hw_argument(arguments, "money") != NULL;
    if ((place == NULL) != money) {
        hw_errors_say(&errors, "explain wants a place, --place NAME, or --money");
        return hw_complain(HW_ERROR_INPUT, &errors, &hw_command_explain);
    }
    hw_outcomes outcomes;
    hw_status status =
        hw_outcomes_open_as(&outcomes, arguments->operands[0], hw_argument_trust(arguments), &errors);
    if (status != HW_OK) {
        return hw_complain(status, &errors, NULL);
    }
    hw_book book = {0};
    uint32_t given_count;
    const char **given = hw_argument_texts(arguments, "given", &given_count);
    status = hw_given_apply(&outcomes, given, given_count, &errors);
    if (status == HW_OK) {
        status = money ? hw_explain_money(&book, &outcomes, &errors)
                       : hw_explain_build(&book, &outcomes, place->text, &errors);
    }
    if (book.count > 0 && hw_argument(arguments, "json") != NULL) {
        hw_book_write_json(stdout, &book);
        hw_summary_print_warnings(stderr, &outcomes);
    } else if (book.count > 0) {
        hw_summary_print_head(stdout, &outcomes);
        hw_book_print(stdout, &book);
    } else {
        hw_summary_print_warnings(stderr, &outcomes);
    }
    hw_book_free(&book);
    hw_outcomes_close(&outcomes);
    free(given);
    return status == HW_OK ? 0 : hw_complain(status, &errors, NULL);
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
