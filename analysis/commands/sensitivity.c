/* homeward sensitivity: what moves the outcomes of a sweep. */
#include "analysis/sensitivity/sensitivity.h"
#include "analysis/base/file_kind.h"
#include "analysis/commands/commands.h"
#include "analysis/summary/sweep.h"
#include "analysis/tables/deliver.h"
#include "sim/length.h"
#include "sim/run/experiment.h"
#include <stdio.h>

static const hw_option options[] = {
    {"outcome", 'o', HW_OPTION_TEXT, false, "NAME",
     "only this outcome, with all of its elements, or \"NAME: ELEMENT\""},
    {"by", 0, HW_OPTION_DATE, false, "DATE", "the probability of having happened by this date, not the mean"},
    HW_TABLE_OPTIONS,
    HW_REPLACE_OPTION,
    {"check", 0, HW_OPTION_SWITCH, false, NULL, "estimate known indices (no file) and show the errors"},
    HW_UNSEALED_OPTION,
};

static hw_status check(const hw_arguments *arguments, hw_errors *errors) {
    hw_book book = {0};
    hw_known_index indices[HW_KNOWN_INDICES];
    hw_sensitivity_check(indices);
    hw_sensitivity_build_check(&book, indices);
    bool good = true;
    for (uint32_t i = 0; i < HW_KNOWN_INDICES; i++) {
        good = good && indices[i].good;
    }
    hw_status status = hw_deliver(arguments, &book, NULL, errors);
    if (status == HW_OK && !hw_delivers(arguments)) {
        hw_book_print(stdout, &book);
    }
    hw_book_free(&book);
    if (status == HW_OK && !good) {
        hw_errors_say(errors, "the estimators miss indices that are known");
        return HW_ERROR_LAW;
    }
    return status;
}

static hw_status tell(const hw_arguments *arguments, const hw_sweep_results *results, hw_errors *errors) {
    const char *outcome = hw_argument_text(arguments, "outcome");
    const hw_given *by = hw_argument(arguments, "by");
    const hw_sensitivity_wish wish = {.outcome = outcome, .by = by != NULL ? &by->day : NULL};
    hw_sensitivity sensitivity;
    hw_book book = {0};
    hw_status status = hw_sensitivity_read(&sensitivity, results, &wish, errors);
    if (status == HW_OK) {
        hw_sweep_summary_add_seal(&book, results);
        hw_sensitivity_build(&book, &sensitivity, outcome != NULL);
        status = hw_deliver(arguments, &book, NULL, errors);
    }
    if (status == HW_OK && !hw_delivers(arguments)) {
        hw_sweep_summary_print_head(stdout, results);
        hw_book_print(stdout, &book);
    }
    hw_book_free(&book);
    hw_sensitivity_free(&sensitivity);
    return status;
}

static hw_status tell_file(const hw_arguments *arguments, hw_errors *errors) {
    const char *path = arguments->operands[0];
    hw_status status = hw_file_kind_check(path, HW_FILE_SWEEP, errors);
    if (status != HW_OK) {
        return status;
    }
    hw_sweep_results *results = hw_sweep_results_open_as(path, hw_argument_trust(arguments), &status, errors);
    if (results == NULL) {
        return status;
    }
    status = tell(arguments, results, errors);
    hw_sweep_summary_print_warnings(stderr, results);
    hw_sweep_results_close(results);
    return status;
}

static int run(const hw_arguments *arguments) {
    if (hw_rank() != 0) {
        return 0;
    }
    hw_errors errors = {0};
    bool checks = hw_argument(arguments, "check") != NULL;
    hw_status status = HW_OK;
    if (checks == (arguments->operand_count == 1)) {
        hw_errors_say(&errors, checks ? "--check needs no file"
                                      : "expected the result of a sweep, such as DIR/sweep.h5");
        status = HW_ERROR_INPUT;
    } else if (checks &&
               (hw_argument(arguments, "outcome") != NULL || hw_argument(arguments, "by") != NULL)) {
        hw_errors_say(&errors, "--outcome and --by are for the result of a sweep, not for --check");
        status = HW_ERROR_INPUT;
    } else {
        status = checks ? check(arguments, &errors) : tell_file(arguments, &errors);
    }
    return status == HW_OK ? 0 : hw_complain(status, &errors, NULL);
}

const hw_command hw_command_sensitivity = {
    .name = "sensitivity",
    .line = "which factors move the outcomes of a sweep: Sobol indices, Morris measures",
    .operands = "SWEEP",
    .fewest = 0,
    .most = 1,
    .options = options,
    .option_count = HW_LENGTH(options),
    .run = run,
};
