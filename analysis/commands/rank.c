/* homeward rank: the best of several scenarios. */
#include "analysis/base/file_kind.h"
#include "analysis/base/memory.h"
#include "analysis/commands/commands.h"
#include "analysis/decide/answer.h"
#include "analysis/decide/ranking.h"
#include "analysis/scenario/settings.h"
#include "sim/length.h"
#include "sim/run/experiment.h"
#include <math.h>
#include <stdlib.h>

enum { USUAL_BATCH = 100, USUAL_MOST = 2000, USUAL_SEED = 1, FEWEST_BATCH = 10 };

static const hw_option options[] = {
    {"for", 0, HW_OPTION_TEXT, false, "MEASURE", HW_MEASURE_KINDS},
    {"indifference", 0, HW_OPTION_TEXT, false, "NUMBER",
     "a difference that does not matter, in units of the measure"},
    {"batch", 0, HW_OPTION_COUNT, false, "N", "worlds that all that are left are run for at a time (100)"},
    {"most", 0, HW_OPTION_COUNT, false, "N", "worlds for each scenario at most (2000)"},
    {"seed", 's', HW_OPTION_SEED, false, "N", "of the first batch; the others take the next ones (1)"},
    HW_HORIZON_OPTION,
    HW_ANSWER_OPTION,
    HW_STUDY_OPTIONS,
};

static uint64_t number_of(const hw_arguments *arguments, const char *option, uint64_t usual) {
    const hw_given *given = hw_argument(arguments, option);
    return given != NULL ? given->number : usual;
}

/* Everything that can be asked wrongly; the rest shows when the first scenario is read. */
static hw_status read_question(hw_ranking *ranking, const hw_arguments *arguments, double *indifference,
                               hw_errors *errors) {
    const char *measure = hw_argument_text(arguments, "for"),
               *text = hw_argument_text(arguments, "indifference");
    char *end = NULL;
    *indifference = text != NULL ? strtod(text, &end) : 0;
    if (measure == NULL) {
        hw_errors_say(errors, "best for what? --for 'people by 2032-12-31'");
    } else {
        (void)hw_measure_read(ranking->measure, "for", measure, errors);
    }
    if (text == NULL || *end != '\0' || !(*indifference > 0) || !isfinite(*indifference)) {
        hw_errors_say(errors, "which difference does not matter? --indifference wants a number above 0");
    }
    ranking->batch = number_of(arguments, "batch", USUAL_BATCH);
    ranking->most = number_of(arguments, "most", USUAL_MOST);
    ranking->seed = number_of(arguments, "seed", USUAL_SEED);
    if (ranking->batch < FEWEST_BATCH || ranking->most < ranking->batch) {
        hw_errors_say(errors, "--batch is %d worlds or more, and --most no less than that", FEWEST_BATCH);
    }
    for (uint32_t i = 0; i < arguments->operand_count; i++) {
        (void)hw_file_kind_check(arguments->operands[i], HW_FILE_SCENARIO, errors);
    }
    return errors->count > 0 ? HW_ERROR_INPUT : HW_OK;
}

static hw_status write_book(const hw_arguments *arguments, const hw_ranking *ranking, hw_errors *errors) {
    hw_book book = {0};
    hw_ranking_build(&book, ranking);
    hw_status status = hw_answer_deliver(arguments, &book, errors);
    if (status == HW_OK && !hw_delivers(arguments)) {
        hw_ranking_print_head(stdout, ranking);
        hw_book_print(stdout, &book);
    }
    hw_book_free(&book);
    return status;
}

static int run(const hw_arguments *arguments) {
    hw_errors errors = {0};
    uint32_t setting_count, count = arguments->operand_count;
    double indifference = 0;
    hw_setting *settings = hw_settings_read(arguments, &setting_count, &errors);
    const hw_output_rules rules = {.replace = hw_argument(arguments, "replace") != NULL};
    const hw_study_wish wish = {.rules = &rules,
                                .settings = settings,
                                .setting_count = setting_count,
                                .folder = hw_argument_text(arguments, "keep") != NULL
                                              ? hw_argument_text(arguments, "keep")
                                              : "results/runs",
                                .quiet = hw_argument(arguments, "quiet") != NULL,
                                .anyway = hw_argument(arguments, "anyway") != NULL};
    hw_measure measure = {0};
    hw_ranking ranking = {.measure = &measure};
    hw_study_source *sources = hw_take(count, sizeof *sources);
    for (uint32_t i = 0; i < count; i++) {
        sources[i] = (hw_study_source){.path = arguments->operands[i]};
    }
    hw_status status = read_question(&ranking, arguments, &indifference, &errors);
    if (status == HW_OK) {
        status = hw_answer_check(arguments, &errors);
    }
    if (status == HW_OK) {
        status = hw_ranking_find(&ranking, sources, count, indifference, &wish, &errors);
    }
    if (status == HW_OK && hw_rank() == 0) {
        status = write_book(arguments, &ranking, &errors);
    }
    hw_ranking_free(&ranking);
    hw_measure_free(&measure);
    hw_settings_free(settings, setting_count);
    free(sources);
    return status == HW_OK ? 0 : hw_complain(status, &errors, NULL);
}

const hw_command hw_command_rank = {
    .name = "rank",
    .line = "the best of several scenarios, with worlds spent where they separate",
    .operands = "SCENARIO SCENARIO...",
    .fewest = 2,
    .most = 64,
    .options = options,
    .option_count = HW_LENGTH(options),
    .shares_work = true,
    .run = run,
};
