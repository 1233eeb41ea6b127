/* homeward observations: is a file of facts right, and what does the model say of each? */
#include "analysis/belief/sheets.h"
#include "analysis/commands/commands.h"
#include "analysis/summary/summary.h"
#include "analysis/tables/deliver.h"
#include "sim/date.h"
#include "sim/length.h"
#include "sim/run/experiment.h"
#include <stdlib.h>
#include <string.h>

static const hw_option options[] = {
    {"as-of", 0, HW_OPTION_DATE, false, "DATE", "only facts that were known by this date"},
    {"output", 'o', HW_OPTION_TEXT, false, "FILE",
     "write the facts to this file, as CSV when its name ends in .csv, otherwise as YAML"},
    HW_TABLE_OPTIONS,
    HW_REPLACE_OPTION,
    HW_UNSEALED_OPTION,
};

/* Keeps the facts that were known by then, in their order. */
static void keep_known(hw_observations *facts, int64_t as_of) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < facts->count; i++) {
        if (facts->items[i].known_by <= as_of) {
            hw_observation known = facts->items[i];
            facts->items[i] = facts->items[kept];
            facts->items[kept++] = known;
        }
    }
    for (uint32_t i = kept; i < facts->count; i++) {
        for (int c = 0; c < HW_FACT_COLUMNS; c++) {
            free(facts->items[i].cells[c].text);
        }
    }
    facts->count = kept;
}

static hw_status show_facts(const hw_arguments *arguments, const hw_observations *facts, hw_errors *errors) {
    const char *output = hw_argument_text(arguments, "output");
    const hw_output_rules rules = hw_arguments_rules(arguments);
    if (output != NULL) {
        hw_status status = hw_observations_write(facts, output, &rules, errors);
        if (status == HW_OK && !hw_output_is_standard(output)) {
            printf("%s: %u facts\n", output, facts->count);
        }
        return status;
    }
    hw_book book = {0};
    hw_observations_add_list(&book, facts);
    hw_status status = hw_deliver(arguments, &book, errors);
    if (status == HW_OK && !hw_delivers(arguments)) {
        hw_book_print(stdout, &book);
    }
    hw_book_free(&book);
    return status;
}

static hw_status show_beside(const hw_arguments *arguments, const hw_observations *facts, hw_errors *errors) {
    hw_outcomes outcomes;
    hw_status status =
        hw_outcomes_open_as(&outcomes, arguments->operands[1], hw_argument_trust(arguments), errors);
    if (status != HW_OK) {
        return status;
    }
    hw_book book = {0};
    hw_besides besides;
    status = hw_besides_read(&besides, &outcomes, facts, errors);
    if (status == HW_OK) {
        hw_besides_warn(&besides);
        hw_besides_weigh(&besides, NULL, (double)outcomes.count);
        hw_summary_add_about(&book, &outcomes);
        hw_besides_build(&book, &besides);
        status = hw_deliver(arguments, &book, errors);
    }
    if (status == HW_OK && !hw_delivers(arguments)) {
        hw_summary_print_head(stdout, &outcomes);
        hw_book_print(stdout, &book);
    } else if (status == HW_OK) {
        hw_summary_print_warnings(stderr, &outcomes);
    }
    hw_book_free(&book);
    hw_besides_free(&besides);
    hw_outcomes_close(&outcomes);
    return status;
}

static int run(const hw_arguments *arguments) {
    if (hw_rank() != 0) {
        return 0;
    }
    hw_errors errors = {0};
    hw_observations facts = {0};
    const hw_given *as_of = hw_argument(arguments, "as-of");
    bool beside = arguments->operand_count > 1;
    if (beside && hw_argument(arguments, "output") != NULL) {
        hw_errors_say(&errors, "--output is for a file of facts alone, without results");
        return hw_complain(HW_ERROR_INPUT, &errors, arguments->command);
    }
    hw_status status = hw_observations_read(&facts, arguments->operands[0], &errors);
    if (status == HW_OK && as_of != NULL) {
        keep_known(&facts, as_of->day);
    }
    if (status == HW_OK) {
        status = beside ? show_beside(arguments, &facts, &errors) : show_facts(arguments, &facts, &errors);
    }
    int code = status == HW_OK ? 0 : hw_complain(status, &errors, NULL);
    hw_observations_free(&facts);
    return code;
}

const hw_command hw_command_observations = {
    .name = "observations",
    .line = "check a file of facts, turn it into CSV or YAML, or hold it against results",
    .operands = "FACTS [RESULTS]",
    .fewest = 1,
    .most = 2,
    .options = options,
    .option_count = HW_LENGTH(options),
    .run = run,
};
