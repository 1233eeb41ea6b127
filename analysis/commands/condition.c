/* homeward condition: what a result says as of a day, after the facts that were known by then. */
#include "analysis/base/file_kind.h"
#include "analysis/base/inputs.h"
#include "analysis/belief/condition_sheets.h"
#include "analysis/belief/discrepancy.h"
#include "analysis/belief/held.h"
#include "analysis/belief/weights_file.h"
#include "analysis/commands/commands.h"
#include "analysis/commands/condition_scenario.h"
#include "analysis/summary/summary.h"
#include "analysis/tables/deliver.h"
#include "sim/input/units.h"
#include "sim/length.h"
#include "sim/run/experiment.h"
#include <stdlib.h>

static const hw_option options[] = {
    {"observations", 0, HW_OPTION_TEXT, false, "FACTS", "the file of facts to learn from"},
    {"as-of", 0, HW_OPTION_DATE, false, "DATE", "learn from what was known by this date"},
    {"only", 0, HW_OPTION_TEXT, true, "QUANTITY", "only from facts about this quantity; may be repeated"},
    {"model-error", 0, HW_OPTION_TEXT, false, "SHARE",
     "how far the model is thought to be off even with the right values (10 %, times what is learnt)"},
    {"effective", 0, HW_OPTION_TEXT, false, "SHARE", "of the replications, how many stay effective (50 %)"},
    {"output", 'o', HW_OPTION_TEXT, false, "FILE",
     "weights of the replications (JSON), for tools of your own; of a scenario the table of values (HDF5)"},
    {"replications", 'n', HW_OPTION_COUNT, false, "N", "of a scenario: replications of each wave (1000)"},
    {"waves", 0, HW_OPTION_COUNT, false, "K",
     "of a scenario: at most so many waves behind the first one (3)"},
    {"values", 0, HW_OPTION_TEXT, true, "PATTERN",
     "of a scenario: learn only of values whose path is like that ('methods.*'); may be repeated"},
    {"members", 0, HW_OPTION_COUNT, false, "N",
     "of a scenario: leave so many members in the table, alike in weight, in place of all with weights"},
    {"stop-after", 0, HW_OPTION_TEXT, false, "TIME", "of a scenario: end in time, such as 15m"},
    {"seed", 's', HW_OPTION_SEED, false, "N", "of a scenario: same scenario, facts and seed, same table (1)"},
    {"horizon", 0, HW_OPTION_DATE, false, "DATE", "of a scenario: simulate to this date instead of its own"},
    {"set", 0, HW_OPTION_TEXT, true, "PATH=VALUE", "of a scenario: overrule one value; may be repeated"},
    {"ranks-per-world", 0, HW_OPTION_COUNT, false, "K",
     "of a scenario: ranks of a node that simulate one world together (1)"},
    HW_ANYWAY_OPTION,
    {"quiet", 'q', HW_OPTION_SWITCH, false, NULL, "of a scenario: no progress; the tables stay"},
    HW_TABLE_OPTIONS,
    HW_REPLACE_OPTION,
    HW_UNSEALED_OPTION,
};

/* A share that an option gives; as it was where it is not given. */
static void read_share(const hw_arguments *arguments, const char *option, double *share, hw_errors *errors) {
    const char *text = hw_argument_text(arguments, option);
    char problem[HW_UNIT_PROBLEM_BYTES];
    const hw_currencies none = {0};
    hw_quantity quantity;
    if (text == NULL) {
        return;
    }
    if (!hw_quantity_parse(text, HW_DIM_SHARE, &none, &quantity, problem)) {
        hw_errors_say(errors, "--%s: %s", option, problem);
    } else if (quantity.value < 0 || quantity.value > 1) {
        hw_errors_say(errors, "--%s: expected 0 to 100 %%, found '%s'", option, text);
    } else {
        *share = quantity.value;
    }
}

static hw_status read_learning(const hw_arguments *arguments, hw_learning *learning, hw_errors *errors) {
    const hw_given *as_of = hw_argument(arguments, "as-of");
    *learning = (hw_learning){.model = hw_usual_model_error, .share = 0.5};
    if (hw_argument(arguments, "observations") == NULL || as_of == NULL) {
        hw_errors_say(errors, "condition wants --observations FACTS and --as-of DATE");
        return HW_ERROR_INPUT;
    }
    learning->as_of = as_of->day;
    learning->only = hw_argument_texts(arguments, "only", &learning->only_count);
    (void)hw_learning_check(learning, errors);
    read_share(arguments, "model-error", &learning->model.share, errors);
    learning->model_is_given = hw_argument(arguments, "model-error") != NULL;
    read_share(arguments, "effective", &learning->share, errors);
    return errors->count == 0 ? HW_OK : HW_ERROR_INPUT;
}

static hw_status deliver(const hw_arguments *arguments, const hw_besides *besides,
                         const hw_learning *learning, const hw_weights *weights, const hw_output_rules *rules,
                         hw_errors *errors) {
    hw_forecast forecast;
    hw_book book = {0};
    hw_status status = hw_forecast_read(&forecast, besides->outcomes, learning->as_of, errors);
    if (status == HW_OK) {
        hw_summary_add_about(&book, besides->outcomes);
        hw_conditioning_build(&book, besides, learning, weights, &forecast);
        status = hw_deliver(arguments, &book, rules, errors);
    }
    if (status == HW_OK && !hw_delivers(arguments)) {
        hw_summary_print_head(stdout, besides->outcomes);
        hw_conditioning_print_head(stdout, weights);
        int64_t as_of = INT64_MAX;
        if (!hw_outcomes_as_of(besides->outcomes, &as_of) || as_of > learning->as_of) {
            puts("The scenario itself knows more than was known on that day: homeward run --as-of DATE "
                 "leaves that out.");
        }
        hw_book_print(stdout, &book);
    } else if (status == HW_OK) {
        hw_summary_print_warnings(stderr, besides->outcomes);
    }
    hw_book_free(&book);
    hw_forecast_free(&forecast);
    return status;
}

static hw_status condition(const hw_arguments *arguments, const hw_besides *besides,
                           const hw_learning *learning, const hw_output_rules *rules, hw_errors *errors) {
    const char *output = hw_argument_text(arguments, "output");
    hw_origin now = {.besides = besides, .learning = *learning};
    hw_learning_warn(besides, learning);
    hw_origin_weigh_alone(&now);
    const hw_weights weights = now.weights;
    hw_status status = HW_OK;
    if (weights.facts == 0) {
        hw_errors_say(errors,
                      "no fact that was known by then is one that the model tells: nothing to learn from");
        status = HW_ERROR_INPUT;
    } else if (weights.tempered.impossible) {
        hw_errors_say(errors, "%s", hw_impossible_facts);
        status = HW_ERROR_INPUT;
    }
    if (status == HW_OK && output != NULL) {
        status = hw_weights_write(output, besides->outcomes, &weights, rules, errors);
    }
    if (status == HW_OK) {
        status = deliver(arguments, besides, learning, &weights, rules, errors);
    }
    hw_origin_free(&now);
    return status;
}

/* Nothing is simulated anew for a result. */
static void refuse_options_of_scenarios(const hw_arguments *arguments, hw_errors *errors) {
    static const char *const names[] = {"replications", "waves", "stop-after",      "seed",  "horizon",
                                        "set",          "quiet", "ranks-per-world", "anyway"};
    for (size_t i = 0; i < HW_LENGTH(names); i++) {
        if (hw_argument(arguments, names[i]) != NULL) {
            hw_errors_say(errors, "--%s is for a scenario, which is simulated; %s is a result", names[i],
                          arguments->operands[0]);
        }
    }
}

static int run(const hw_arguments *arguments) {
    hw_errors errors = {0};
    hw_learning learning;
    bool is_scenario = hw_file_kind_of(arguments->operands[0]) == HW_FILE_SCENARIO;
    if (!is_scenario && hw_rank() != 0) {
        return 0;
    }
    hw_status status = read_learning(arguments, &learning, &errors);
    if (status == HW_OK && !is_scenario) {
        refuse_options_of_scenarios(arguments, &errors);
        status = errors.count > 0 ? HW_ERROR_INPUT : HW_OK;
    }
    if (status != HW_OK) {
        free((void *)learning.only);
        return hw_complain(status, &errors, arguments->command);
    }
    if (is_scenario) {
        int code = hw_condition_scenario(arguments, &learning);
        free((void *)learning.only);
        return code;
    }
    const char *output = hw_argument_text(arguments, "output");
    hw_held held = {0};
    hw_inputs inputs;
    hw_inputs_begin(&inputs, arguments);
    hw_inputs_add(&inputs, hw_argument_text(arguments, "observations"));
    if (output != NULL) {
        status = hw_output_check(output, &hw_weights_format, &inputs.rules, &errors);
    }
    if (status == HW_OK) {
        status = hw_held_open(&held, hw_argument_text(arguments, "observations"), INT64_MAX,
                              arguments->operands[0], hw_argument_trust(arguments), &errors);
        hw_inputs_add(&inputs, held.facts.linked);
    }
    if (status == HW_OK) {
        status = condition(arguments, &held.besides, &learning, &inputs.rules, &errors);
    }
    int code = status == HW_OK ? 0 : hw_complain(status, &errors, NULL);
    hw_held_close(&held);
    hw_inputs_free(&inputs);
    free((void *)learning.only);
    return code;
}

const hw_command hw_command_condition = {
    .name = "condition",
    .line = "what a result, or a scenario, says after the facts that were known by a day",
    .operands = "RESULTS|SCENARIO --observations FACTS --as-of DATE",
    .fewest = 1,
    .most = 1,
    .options = options,
    .option_count = HW_LENGTH(options),
    .shares_work = true,
    .run = run,
};
