/* homeward adapt: rules with signposts against fixed plans. */
#include "analysis/base/file_kind.h"
#include "analysis/commands/commands.h"
#include "analysis/decide/adaptation.h"
#include "analysis/decide/answer.h"
#include "analysis/scenario/settings.h"
#include "sim/length.h"
#include "sim/run/experiment.h"

enum { USUAL_WORLDS = 400, USUAL_SEED = 1 };

static const hw_option options[] = {
    {"for", 0, HW_OPTION_TEXT, false, "MEASURE", HW_MEASURE_KINDS},
    {"price", 0, HW_OPTION_TEXT, false, "USD",
     "dollars a unit of that: plans are held against what they spend"},
    {"replications", 'n', HW_OPTION_COUNT, false, "N",
     "how many worlds choose the best of each kind, and how many prove them (400)"},
    {"seed", 's', HW_OPTION_SEED, false, "N", "which worlds (1); the proof takes the next ones"},
    HW_HORIZON_OPTION,
    HW_ANSWER_OPTION,
    HW_STUDY_OPTIONS,
};

static hw_status write_book(const hw_arguments *arguments, const hw_adaptation *adaptation,
                            hw_errors *errors) {
    hw_book book = {0};
    hw_adaptation_build(&book, adaptation);
    hw_status status = hw_answer_deliver(arguments, &book, errors);
    if (status == HW_OK && !hw_delivers(arguments)) {
        hw_adaptation_print_head(stdout, adaptation);
        hw_book_print(stdout, &book);
    }
    hw_book_free(&book);
    return status;
}

static hw_status read_question(hw_adaptation *adaptation, const hw_arguments *arguments, hw_errors *errors) {
    const char *measure = hw_argument_text(arguments, "for");
    const hw_given *worlds = hw_argument(arguments, "replications"), *seed = hw_argument(arguments, "seed");
    adaptation->worlds = worlds != NULL ? worlds->number : USUAL_WORLDS;
    adaptation->price = hw_measure_read_price(hw_argument_text(arguments, "price"), errors);
    adaptation->seed = seed != NULL ? seed->number : USUAL_SEED;
    if (measure == NULL) {
        hw_errors_say(errors, "better for what? --for 'people by 2032-12-31'");
    } else {
        (void)hw_measure_read(adaptation->measure, "for", measure, errors);
    }
    if (adaptation->worlds < HW_ADAPTATION_FEWEST_WORLDS) {
        hw_errors_say(errors, "fewer than %d worlds (-n) say nothing", HW_ADAPTATION_FEWEST_WORLDS);
    }
    for (uint32_t i = 0; i < arguments->operand_count; i++) {
        (void)hw_file_kind_check(arguments->operands[i], HW_FILE_SCENARIO, errors);
    }
    return errors->count > 0 ? HW_ERROR_INPUT : HW_OK;
}

static int run(const hw_arguments *arguments) {
    hw_errors errors = {0};
    uint32_t setting_count;
    hw_setting *settings = hw_settings_read(arguments, &setting_count, &errors);
    const hw_output_rules rules = {.replace = hw_argument(arguments, "replace") != NULL};
    const hw_study_wish wish = hw_study_wish_of(arguments, &rules, settings, setting_count);
    hw_measure measure = {0};
    hw_adaptation adaptation = {.measure = &measure};
    hw_status status = read_question(&adaptation, arguments, &errors);
    if (status == HW_OK) {
        status =
            hw_adaptation_look(&adaptation, arguments->operands, arguments->operand_count, &wish, &errors);
    }
    if (status == HW_OK) {
        status = hw_answer_check(arguments, &errors);
    }
    if (status == HW_OK) {
        status = hw_adaptation_find(&adaptation, &wish, &errors);
    }
    if (status == HW_OK && hw_rank() == 0) {
        status = write_book(arguments, &adaptation, &errors);
    }
    hw_adaptation_free(&adaptation);
    hw_measure_free(&measure);
    hw_settings_free(settings, setting_count);
    return status == HW_OK ? 0 : hw_complain(status, &errors, NULL);
}

const hw_command hw_command_adapt = {
    .name = "adapt",
    .line = "what it is worth to decide later: rules with signposts against fixed plans",
    .operands = "BASE [PLAN...]",
    .fewest = 1,
    .most = 32,
    .options = options,
    .option_count = HW_LENGTH(options),
    .shares_work = true,
    .run = run,
};
