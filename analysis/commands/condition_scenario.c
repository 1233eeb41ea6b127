/* homeward condition SCENARIO: simulates in waves and writes the table of values. */
#include "analysis/commands/condition_scenario.h"
#include "analysis/base/duration.h"
#include "analysis/base/inputs.h"
#include "analysis/belief/wave_sheets.h"
#include "analysis/belief/waves.h"
#include "analysis/commands/commands.h"
#include "analysis/scenario/settings.h"
#include "analysis/tables/deliver.h"
#include "sim/run/experiment.h"
#include <stdlib.h>

enum { USUAL_REPLICATIONS = 1000, USUAL_WAVES = 3 };

static uint64_t number_or(const hw_arguments *arguments, const char *option, uint64_t otherwise) {
    const hw_given *given = hw_argument(arguments, option);
    return given != NULL ? given->number : otherwise;
}

static hw_waves_wish wish_of(const hw_arguments *arguments, const hw_learning *learning) {
    const char *stop = hw_argument_text(arguments, "stop-after");
    bool quiet = hw_argument(arguments, "quiet") != NULL;
    uint32_t patterns = 0;
    const char *const *values = hw_argument_texts(arguments, "values", &patterns);
    return (hw_waves_wish){.values = values,
                           .value_count = patterns,
                           .members = number_or(arguments, "members", 0),
                           .facts = hw_argument_text(arguments, "observations"),
                           .output = hw_argument_text(arguments, "output"),
                           .learning = *learning,
                           .replications = number_or(arguments, "replications", USUAL_REPLICATIONS),
                           .seed = number_or(arguments, "seed", 1),
                           .waves = (uint32_t)number_or(arguments, "waves", USUAL_WAVES),
                           .stop_after = stop != NULL ? hw_duration_read(stop) : 0,
                           .ranks_per_world = number_or(arguments, "ranks-per-world", 1),
                           .anyway = hw_argument(arguments, "anyway") != NULL,
                           .progress = quiet ? HW_PROGRESS_NONE : HW_PROGRESS_AUTO,
                           .tell = quiet ? NULL : hw_wave_print};
}

static void check(const hw_waves_wish *wish, const hw_arguments *arguments, hw_errors *errors) {
    enum { FEWEST = 20, WAVES_MOST = 100 };
    const char *stop = hw_argument_text(arguments, "stop-after");
    if (wish->output == NULL) {
        hw_errors_say(errors, "of a scenario, condition wants --output FILE for the table of values");
    }
    if (hw_argument(arguments, "unsealed") != NULL) {
        hw_errors_say(errors, "--unsealed is for a result; %s is a scenario", arguments->operands[0]);
    }
    if (stop != NULL && !(wish->stop_after > 0)) {
        hw_errors_say(errors, "--stop-after wants a time such as 3h50m, 45m or 90s, not '%s'", stop);
    }
    if (wish->replications < FEWEST) {
        hw_errors_say(errors, "-n: expected at least %d replications for a wave to learn from", FEWEST);
    }
    if (number_or(arguments, "waves", USUAL_WAVES) > WAVES_MOST) {
        hw_errors_say(errors, "--waves: expected 1 to %d", WAVES_MOST);
    }
}

static hw_status deliver(const hw_arguments *arguments, const hw_waves_wish *wish,
                         const hw_waves_report *report, hw_errors *errors) {
    hw_book book = {0};
    hw_waves_build(&book, wish, report);
    hw_status status = hw_deliver(arguments, &book, &wish->inputs->rules, errors);
    if (status == HW_OK && !hw_delivers(arguments)) {
        hw_waves_print_head(stdout, wish, report);
        hw_book_print(stdout, &book);
    }
    hw_book_free(&book);
    return status;
}

static hw_status simulate(const hw_arguments *arguments, hw_loaded *loaded, const hw_waves_wish *asked,
                          hw_errors *errors) {
    hw_waves_wish wish = *asked;
    hw_waves_report report = {0};
    hw_inputs inputs;
    hw_inputs_begin(&inputs, arguments);
    hw_inputs_add(&inputs, wish.facts);
    hw_inputs_add_document(&inputs, loaded->document);
    wish.inputs = &inputs;
    hw_status status = hw_waves_run(loaded, &wish, &report, errors);
    if (status == HW_OK && hw_rank() == 0) {
        status = deliver(arguments, &wish, &report, errors);
    }
    hw_waves_report_free(&report);
    hw_inputs_free(&inputs);
    return status;
}

int hw_condition_scenario(const hw_arguments *arguments, const hw_learning *learning) {
    hw_errors errors = {0};
    uint32_t count = 0;
    hw_loaded loaded = {0};
    hw_waves_wish wish = wish_of(arguments, learning);
    check(&wish, arguments, &errors);
    hw_setting *settings = hw_settings_read(arguments, &count, &errors);
    hw_status status = errors.count > 0 ? HW_ERROR_INPUT : HW_OK;
    if (status == HW_OK) {
        status = hw_load_together(&loaded, arguments->operands[0], settings, count, &errors);
    }
    if (status == HW_OK) {
        hw_warn(&loaded.warnings);
        status = simulate(arguments, &loaded, &wish, &errors);
    }
    int code = status == HW_OK ? 0 : hw_complain(status, &errors, NULL);
    hw_load_free(&loaded);
    hw_settings_free(settings, count);
    free((void *)wish.values);
    return code;
}
