/* homeward desk: ask the model in a browser. */
#include "analysis/desk/desk.h"
#include "analysis/commands/commands.h"
#include "analysis/desk/crew.h"
#include "analysis/desk/engine.h"
#include "analysis/scenario/settings.h"
#include "sim/length.h"
#include "sim/run/experiment.h"
#include <stdio.h>

static const hw_option options[] = {
    {"port", 0, HW_OPTION_SEED, false, "N", "of 127.0.0.1 (8642; 0 takes any that is free)"},
    {"replications", 'n', HW_OPTION_COUNT, false, "N",
     "the most worlds that are simulated for a question (1000)"},
    {"seed", 's', HW_OPTION_SEED, false, "N", "which worlds (1)"},
    {"horizon", 0, HW_OPTION_DATE, false, "DATE", "simulate to this date instead of the scenario's"},
    HW_AS_OF_OPTION,
    {"set", 0, HW_OPTION_TEXT, true, "PATH=VALUE", "overrule one value of the base; may be repeated"},
    {"levers", 0, HW_OPTION_TEXT, false, "FOLDER",
     "policy levers that can be switched on (levers beside the scenario)"},
    {"scores", 0, HW_OPTION_TEXT, false, "FILE",
     "also show how good earlier forecasts were: a file of homeward hindcast --output"},
    {"language", 0, HW_OPTION_TEXT, false, "LANGUAGE",
     "in which the page opens: en, az, ru or uk (that of the browser)"},
    {"processes", 0, HW_OPTION_COUNT, false, "N", "that simulate at a time (one for each core)"},
    {"report", 0, HW_OPTION_TEXT, false, "PAGE",
     "also serve this page of homeward report; the desk links to it"},
    {"serve", 0, HW_OPTION_TEXT, false, "HOST",
     "also answer requests that a proxy on this computer passes on for this host, such as desk.example.org"},
};

static void tell_address(void *context, const char *address) {
    (void)context;
    printf("The desk is at %s\nOpen it in a browser on this computer; Ctrl-C ends it.\n", address);
    fflush(stdout);
}

static uint64_t number_or(const hw_arguments *arguments, const char *name, uint64_t otherwise) {
    const hw_given *given = hw_argument(arguments, name);
    return given != NULL ? given->number : otherwise;
}

static hw_status check(const hw_arguments *arguments, hw_errors *errors) {
    enum { PORTS = 65536, WORLDS_MOST = 100000 };
    if (number_or(arguments, "port", 0) >= PORTS) {
        hw_errors_say(errors, "--port goes from 0 to %d", PORTS - 1);
    }
    if (number_or(arguments, "processes", 1) > HW_CREW_MOST) {
        hw_errors_say(errors, "--processes goes from 1 to %d", HW_CREW_MOST);
    }
    uint64_t worlds = number_or(arguments, "replications", HW_FIRST_WORLDS);
    if (worlds < HW_FIRST_WORLDS || worlds > WORLDS_MOST) {
        hw_errors_say(errors, "--replications goes from %d to %d at the desk", HW_FIRST_WORLDS, WORLDS_MOST);
    }
    return errors->count > 0 ? HW_ERROR_INPUT : HW_OK;
}

static int run(const hw_arguments *arguments) {
    if (hw_rank() != 0) {
        return 0;
    }
    enum { USUAL_PORT = 8642, USUAL_WORLDS = 1000 };
    hw_errors errors = {0};
    uint32_t setting_count;
    hw_setting *settings = hw_settings_read(arguments, &setting_count, &errors);
    hw_status status = check(arguments, &errors);
    if (status == HW_OK) {
        const hw_desk_wish wish = {.scenario = arguments->operand_count > 0 ? arguments->operands[0]
                                                                            : "scenarios/great-return.yaml",
                                   .levers = hw_argument_text(arguments, "levers"),
                                   .scores = hw_argument_text(arguments, "scores"),
                                   .settings = settings,
                                   .setting_count = setting_count,
                                   .seed = number_or(arguments, "seed", 1),
                                   .worlds = number_or(arguments, "replications", USUAL_WORLDS),
                                   .processes = (uint32_t)number_or(arguments, "processes", 0),
                                   .port = (uint16_t)number_or(arguments, "port", USUAL_PORT),
                                   .host = hw_argument_text(arguments, "serve"),
                                   .language = hw_argument_text(arguments, "language"),
                                   .report = hw_argument_text(arguments, "report"),
                                   .ready = tell_address};
        status = hw_desk_run(&wish, &errors);
    }
    int code = status == HW_OK ? 0 : hw_complain(status, &errors, NULL);
    hw_settings_free(settings, setting_count);
    return code;
}

const hw_command hw_command_desk = {
    .name = "desk",
    .line = "ask in a browser, and see the answer move",
    .operands = "[FILE]",
    .fewest = 0,
    .most = 1,
    .options = options,
    .option_count = HW_LENGTH(options),
    .run = run,
};
