/* homeward compare, with results of sweeps: points against one of them, or against those of another sweep. */
#include "analysis/commands/compare.h"
#include "analysis/compare/sweep.h"
#include "analysis/results/outcomes.h"
#include "analysis/results/study.h"
#include "analysis/tables/deliver.h"
#include "sim/length.h"
#include "sim/run/sweep_results.h"
#include <stdio.h>
#include <stdlib.h>

bool hw_command_compare_has_sweeps(const hw_arguments *arguments) {
    for (uint32_t i = 0; i < arguments->operand_count; i++) {
        if (hw_sweep_results_is(arguments->operands[i])) {
            return true;
        }
    }
    return false;
}

/* What a finished sweep has decided already. */
static hw_status refuse_options(const hw_arguments *arguments, hw_errors *errors) {
    static const char *const decided[] = {"replications", "seed", "horizon", "as-of", "set", "keep"};
    hw_status status = HW_OK;
    for (size_t i = 0; i < HW_LENGTH(decided); i++) {
        if (hw_argument(arguments, decided[i]) == NULL) {
            continue;
        }
        hw_errors_say(errors,
                      "--%s is for scenarios that compare runs itself; a sweep is finished, its design says "
                      "what was run",
                      decided[i]);
        status = HW_ERROR_INPUT;
    }
    if (hw_argument(arguments, "page") != NULL) {
        hw_errors_say(errors, "--page shows scenarios; of a sweep there is no page");
        status = HW_ERROR_INPUT;
    }
    if (hw_argument(arguments, "observations") != NULL) {
        hw_errors_say(errors, "--observations is for scenarios and their results, not for sweeps");
    }
    if (hw_argument(arguments, "given") != NULL) {
        hw_errors_say(errors, "--given is for scenarios and their results, not for sweeps");
        status = HW_ERROR_INPUT;
    }
    if (arguments->operand_count == 2 && hw_argument(arguments, "base") != NULL) {
        hw_errors_say(errors,
                      "--base is for one sweep; of two, each point of the second is compared with the same "
                      "point of the first");
        status = HW_ERROR_INPUT;
    }
    return status;
}

hw_status hw_command_compare_check_results(const char *path, hw_trust trust, hw_errors *errors) {
    if (!hw_study_is_results(path)) {
        return HW_OK;
    }
    hw_outcomes outcomes = {0};
    hw_status status = hw_outcomes_open_as(&outcomes, path, trust, errors);
    if (status == HW_OK) {
        hw_outcomes_close(&outcomes);
    }
    return status;
}

static hw_status refuse_operands(const hw_arguments *arguments, hw_errors *errors) {
    hw_status status = HW_OK;
    if (arguments->operand_count > 2) {
        hw_errors_say(errors, "of sweeps, compare takes one or two; found %u files",
                      arguments->operand_count);
        status = HW_ERROR_INPUT;
    }
    for (uint32_t i = 0; i < arguments->operand_count; i++) {
        if (hw_sweep_results_is(arguments->operands[i])) {
            continue;
        }
        hw_status readable =
            hw_command_compare_check_results(arguments->operands[i], hw_argument_trust(arguments), errors);
        if (readable != HW_OK) {
            return readable;
        }
        hw_errors_say(errors,
                      "%s is not the result of a sweep, and a sweep is compared with sweeps only: add the "
                      "scenario to 'scenarios' of the design, or give one of its points by --base",
                      arguments->operands[i]);
        status = HW_ERROR_INPUT;
    }
    return status;
}

static hw_status tell(const hw_arguments *arguments, const hw_sweep_comparison *comparison,
                      hw_errors *errors) {
    hw_book book = {0};
    hw_compare_sweep_build(&book, comparison);
    hw_status status = hw_deliver(arguments, &book, NULL, errors);
    if (status == HW_OK && hw_delivers(arguments)) {
        hw_compare_sweep_print_warnings(stderr, comparison);
    } else if (status == HW_OK) {
        hw_compare_sweep_print_head(stdout, comparison);
        hw_book_print(stdout, &book);
    }
    hw_book_free(&book);
    return status;
}

static hw_status compare(const hw_arguments *arguments, hw_sweep_sample *samples, hw_errors *errors) {
    hw_compare_sweep_wish wish = {.what.place = hw_argument_text(arguments, "place"),
                                  .base = hw_argument_text(arguments, "base"),
                                  .outcome = hw_argument_text(arguments, "outcome")};
    const char **points = hw_argument_texts(arguments, "point", &wish.point_count);
    int64_t *by = hw_argument_days(arguments, "by", &wish.what.by_count);
    wish.points = points;
    wish.what.by = by;
    bool two = arguments->operand_count == 2;
    hw_status status;
    hw_sweep_comparison *comparison =
        hw_compare_sweeps(two ? &samples[0] : NULL, &samples[two ? 1 : 0], &wish, &status, errors);
    if (comparison != NULL) {
        status = tell(arguments, comparison, errors);
        hw_sweep_comparison_free(comparison);
    }
    free(by);
    free(points);
    return status;
}

hw_status hw_command_compare_sweeps(const hw_arguments *arguments, hw_errors *errors) {
    hw_status status = refuse_operands(arguments, errors);
    if (status == HW_OK) {
        status = refuse_options(arguments, errors);
    }
    hw_sweep_results *results[2] = {NULL, NULL};
    hw_sweep_sample samples[2] = {0};
    uint32_t opened = 0;
    for (; status == HW_OK && opened < arguments->operand_count; opened++) {
        results[opened] = hw_sweep_results_open_as(arguments->operands[opened], hw_argument_trust(arguments),
                                                   &status, errors);
        if (results[opened] != NULL) {
            status =
                hw_sweep_sample_open(&samples[opened], arguments->operands[opened], results[opened], errors);
        }
    }
    if (status == HW_OK) {
        status = compare(arguments, samples, errors);
    }
    for (uint32_t i = 0; i < opened; i++) {
        hw_sweep_sample_close(&samples[i]);
        hw_sweep_results_close(results[i]);
    }
    return status;
}
