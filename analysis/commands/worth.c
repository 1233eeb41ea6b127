/* homeward worth: what is worth knowing before a decision. */
#include "analysis/decide/worth.h"
#include "analysis/base/file_kind.h"
#include "analysis/base/memory.h"
#include "analysis/commands/commands.h"
#include "analysis/compare/levers.h"
#include "analysis/decide/answer.h"
#include "analysis/results/known.h"
#include "analysis/scenario/settings.h"
#include "sim/date.h"
#include "sim/length.h"
#include "sim/run/experiment.h"
#include <stdlib.h>
#include <string.h>

static const hw_option options[] = {
    {"of", 0, HW_OPTION_TEXT, false, "A,B",
     "values, or the beginnings of several; all: each by itself (all)"},
    {"for", 0, HW_OPTION_TEXT, false, "MEASURE", HW_MEASURE_MEANING},
    {"price", 0, HW_OPTION_TEXT, false, "USD",
     "dollars a unit of that: decisions are held against what they spend"},
    {"error", 0, HW_OPTION_COUNT, false, "PERCENT",
     "what a measurement is worth whose error is so much of the spread of the value"},
    {"replications", 'n', HW_OPTION_COUNT, false, "N", "how many worlds for each decision (1000)"},
    {"seed", 's', HW_OPTION_SEED, false, "N", "which worlds (1)"},
    HW_HORIZON_OPTION,
    HW_ANSWER_OPTION,
    HW_STUDY_OPTIONS,
};

static hw_status write_book(const hw_arguments *arguments, const hw_worth *worth, hw_errors *errors) {
    hw_book book = {0};
    hw_worth_build(&book, worth);
    hw_status status = hw_answer_deliver(arguments, &book, errors);
    if (status == HW_OK && !hw_delivers(arguments)) {
        hw_worth_print_head(stdout, worth);
        hw_book_print(stdout, &book);
    }
    hw_book_free(&book);
    return status;
}

/* Reads the measure when it is said; otherwise people by the usual date. */
static hw_status look(hw_worth *worth, const hw_arguments *arguments, const hw_study *study,
                      hw_errors *errors) {
    const hw_loaded *base = &study->parts[0].loaded;
    const hw_outcomes shape = {.layout = base->layout, .start = base->start, .horizon = base->horizon};
    const char *asked = hw_argument_text(arguments, "for");
    char date[16], usual[32];
    snprintf(usual, sizeof usual, "people by %s", hw_date_print(hw_levers_usual_date(&shape), date));
    hw_status status = hw_measure_read(worth->measure, "for", asked != NULL ? asked : usual, errors);
    if (status == HW_OK) {
        status = hw_measure_look_in_all(worth->measure, study, errors);
    }
    hw_status found = hw_worth_look(worth, study, errors);
    worth->title = base->title;
    worth->known = hw_known_text(hw_binding_rows(base->binding));
    if (study->replications < HW_KNOWING_FEWEST_WORLDS) {
        hw_errors_say(errors, "fewer than %d worlds (-n) are too few to tell what knowing is worth",
                      HW_KNOWING_FEWEST_WORLDS);
        return HW_ERROR_INPUT;
    }
    return status != HW_OK ? status : found;
}

static hw_status run_study(const hw_arguments *arguments, hw_worth *worth, const hw_study_wish *wish,
                           hw_errors *errors) {
    uint32_t count = arguments->operand_count;
    hw_study_source *sources = hw_take(count, sizeof *sources);
    for (uint32_t i = 0; i < count; i++) {
        sources[i] =
            (hw_study_source){.path = arguments->operands[i], .over = i > 0 ? arguments->operands[0] : NULL};
    }
    hw_study study = {0};
    hw_status status = hw_study_open(&study, sources, count, wish, errors);
    if (status == HW_OK) {
        status = look(worth, arguments, &study, errors);
    }
    if (status == HW_OK) {
        status = hw_answer_check(arguments, errors);
    }
    if (status == HW_OK) {
        status = hw_study_run(&study, errors);
    }
    if (status == HW_OK && hw_rank() == 0) {
        status = hw_worth_find(worth, &study, errors);
        status = status == HW_OK ? write_book(arguments, worth, errors) : status;
    }
    hw_study_close(&study);
    free(sources);
    return status;
}

static int run(const hw_arguments *arguments) {
    hw_errors errors = {0};
    uint32_t setting_count;
    hw_setting *settings = hw_settings_read(arguments, &setting_count, &errors);
    const hw_output_rules rules = {.replace = hw_argument(arguments, "replace") != NULL};
    const hw_study_wish wish = hw_study_wish_of(arguments, &rules, settings, setting_count);
    const hw_given *error = hw_argument(arguments, "error");
    const char *of = hw_argument_text(arguments, "of");
    hw_measure measure = {0};
    hw_worth worth = {.measure = &measure,
                      .wish = {.of = of != NULL ? of : "all",
                               .price = hw_measure_read_price(hw_argument_text(arguments, "price"), &errors),
                               .error = error != NULL ? (double)error->number / 100 : 0}};
    hw_status status = errors.count ? HW_ERROR_INPUT : HW_OK;
    for (uint32_t i = 0; i < arguments->operand_count && status == HW_OK; i++) {
        status = hw_file_kind_check(arguments->operands[i], HW_FILE_SCENARIO, &errors);
    }
    if (status == HW_OK) {
        status = run_study(arguments, &worth, &wish, &errors);
    }
    hw_worth_free(&worth);
    hw_measure_free(&measure);
    hw_settings_free(settings, setting_count);
    return status == HW_OK ? 0 : hw_complain(status, &errors, NULL);
}

const hw_command hw_command_worth = {
    .name = "worth",
    .line = "what is worth knowing before one of several decisions is taken",
    .operands = "BASE DECISION...",
    .fewest = 2,
    .most = 64,
    .options = options,
    .option_count = HW_LENGTH(options),
    .shares_work = true,
    .run = run,
};
