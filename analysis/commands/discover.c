/* homeward discover: in which futures a scenario fails. */
#include "analysis/base/file_kind.h"
#include "analysis/commands/commands.h"
#include "analysis/decide/answer.h"
#include "analysis/decide/discovery.h"
#include "analysis/results/known.h"
#include "analysis/scenario/settings.h"
#include "sim/length.h"
#include "sim/run/experiment.h"

static const hw_option options[] = {
    {"bad", 0, HW_OPTION_TEXT, false, "WHAT",
     "'PLACE after DATE', 'people by DATE < N', 'land by DATE < N', 'person-years < N' or 'victims > N'"},
    {"replications", 'n', HW_OPTION_COUNT, false, "N", "how many worlds (1000)"},
    {"seed", 's', HW_OPTION_SEED, false, "N", "which worlds (1)"},
    HW_HORIZON_OPTION,
    HW_ANSWER_OPTION,
    HW_STUDY_OPTIONS,
};

static hw_status write_book(const hw_arguments *arguments, const hw_discovery *discovery, hw_errors *errors) {
    hw_book book = {0};
    hw_discovery_build(&book, discovery);
    hw_status status = hw_answer_deliver(arguments, &book, errors);
    if (status == HW_OK && !hw_delivers(arguments)) {
        hw_discovery_print_head(stdout, discovery);
        hw_book_print(stdout, &book);
    }
    hw_book_free(&book);
    return status;
}

static hw_status run_study(const hw_arguments *arguments, hw_discovery *discovery, const hw_study_wish *wish,
                           hw_errors *errors) {
    const hw_study_source source = {.path = arguments->operands[0]};
    hw_study study = {0};
    hw_status status = hw_study_open(&study, &source, 1, wish, errors);
    if (status == HW_OK) {
        discovery->title = study.parts[0].loaded.title;
        discovery->known = hw_known_text(hw_binding_rows(study.parts[0].loaded.binding));
        status = hw_measure_look_in_all(&discovery->badness->measure, &study, errors);
    }
    if (status == HW_OK && study.replications < HW_DISCOVERY_FEWEST_WORLDS) {
        hw_errors_say(errors, "fewer than %d worlds (-n) say nothing", HW_DISCOVERY_FEWEST_WORLDS);
        status = HW_ERROR_INPUT;
    }
    if (status == HW_OK) {
        status = hw_answer_check(arguments, errors);
    }
    if (status == HW_OK) {
        status = hw_study_run(&study, errors);
    }
    if (status == HW_OK && hw_rank() == 0) {
        status = hw_discovery_find(discovery, &study, errors);
        status = status == HW_OK ? write_book(arguments, discovery, errors) : status;
    }
    hw_study_close(&study);
    return status;
}

static int run(const hw_arguments *arguments) {
    hw_errors errors = {0};
    uint32_t setting_count;
    hw_setting *settings = hw_settings_read(arguments, &setting_count, &errors);
    const hw_output_rules rules = {.replace = hw_argument(arguments, "replace") != NULL};
    const hw_study_wish wish = hw_study_wish_of(arguments, &rules, settings, setting_count);
    const char *bad = hw_argument_text(arguments, "bad");
    hw_badness badness = {0};
    hw_discovery discovery = {.badness = &badness};
    if (bad == NULL) {
        hw_errors_say(&errors, "what is bad? --bad 'Agdam city after 2030-12-31'");
    }
    hw_status status =
        errors.count ? HW_ERROR_INPUT : hw_file_kind_check(arguments->operands[0], HW_FILE_SCENARIO, &errors);
    if (status == HW_OK) {
        status = hw_badness_read(&badness, bad, &errors);
    }
    if (status == HW_OK) {
        status = run_study(arguments, &discovery, &wish, &errors);
    }
    hw_discovery_free(&discovery);
    hw_badness_free(&badness);
    hw_settings_free(settings, setting_count);
    return status == HW_OK ? 0 : hw_complain(status, &errors, NULL);
}

const hw_command hw_command_discover = {
    .name = "discover",
    .line = "in which futures a plan fails, as a few limits on what is uncertain",
    .operands = "SCENARIO",
    .fewest = 1,
    .most = 1,
    .options = options,
    .option_count = HW_LENGTH(options),
    .shares_work = true,
    .run = run,
};
