/* homeward observations: is a file of facts right, and what does the model say of each? */
#include "analysis/base/inputs.h"
#include "analysis/belief/held.h"
#include "analysis/belief/sheets.h"
#include "analysis/commands/commands.h"
#include "analysis/summary/summary.h"
#include "analysis/tables/deliver.h"
#include "sim/length.h"
#include "sim/run/experiment.h"

static const hw_option options[] = {
    {"as-of", 0, HW_OPTION_DATE, false, "DATE", "only facts that were known by this date"},
    {"output", 'o', HW_OPTION_TEXT, false, "FILE",
     "write the facts to this file, as CSV when its name ends in .csv, otherwise as YAML"},
    HW_TABLE_OPTIONS,
    HW_REPLACE_OPTION,
    HW_UNSEALED_OPTION,
};

static hw_status show_facts(const hw_arguments *arguments, const hw_observations *facts,
                            const hw_output_rules *rules, hw_errors *errors) {
    const char *output = hw_argument_text(arguments, "output");
    if (output != NULL) {
        hw_status status = hw_observations_write(facts, output, rules, errors);
        if (status == HW_OK && !hw_output_is_standard(output)) {
            printf("%s: %u facts\n", output, facts->count);
        }
        return status;
    }
    hw_book book = {0};
    hw_observations_add_list(&book, facts);
    hw_status status = hw_deliver(arguments, &book, rules, errors);
    if (status == HW_OK && !hw_delivers(arguments)) {
        hw_book_print(stdout, &book);
    }
    hw_book_free(&book);
    return status;
}

static hw_status deliver_beside(const hw_arguments *arguments, const hw_besides *besides,
                                const hw_output_rules *rules, hw_errors *errors) {
    hw_book book = {0};
    hw_summary_add_about(&book, besides->outcomes);
    hw_besides_build(&book, besides);
    hw_status status = hw_deliver(arguments, &book, rules, errors);
    if (status == HW_OK && !hw_delivers(arguments)) {
        hw_summary_print_head(stdout, besides->outcomes);
        hw_book_print(stdout, &book);
    } else if (status == HW_OK) {
        hw_summary_print_warnings(stderr, besides->outcomes);
    }
    hw_book_free(&book);
    return status;
}

static int run(const hw_arguments *arguments) {
    if (hw_rank() != 0) {
        return 0;
    }
    hw_errors errors = {0};
    hw_held held;
    const hw_given *given = hw_argument(arguments, "as-of");
    int64_t as_of = given != NULL ? given->day : INT64_MAX;
    const char *results = arguments->operand_count > 1 ? arguments->operands[1] : NULL;
    if (results != NULL && hw_argument(arguments, "output") != NULL) {
        hw_errors_say(&errors, "--output is for a file of facts alone, without results");
        return hw_complain(HW_ERROR_INPUT, &errors, arguments->command);
    }
    hw_status status =
        hw_held_open(&held, arguments->operands[0], as_of, results, hw_argument_trust(arguments), &errors);
    hw_inputs inputs;
    hw_inputs_begin(&inputs, arguments);
    hw_inputs_add(&inputs, held.facts.linked);
    if (status == HW_OK) {
        status = results != NULL ? deliver_beside(arguments, &held.besides, &inputs.rules, &errors)
                                 : show_facts(arguments, &held.facts, &inputs.rules, &errors);
    }
    int code = status == HW_OK ? 0 : hw_complain(status, &errors, NULL);
    hw_held_close(&held);
    hw_inputs_free(&inputs);
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
