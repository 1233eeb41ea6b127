/* homeward check: is a scenario file right, and on what does it rest? */
#include "analysis/belief/sheets.h"
#include "analysis/commands/commands.h"
#include "analysis/scenario/load.h"
#include "analysis/scenario/settings.h"
#include "sim/date.h"
#include "sim/input/frozen.h"
#include "sim/length.h"
#include "sim/run/experiment.h"
#include <stdio.h>

static const hw_option options[] = {
    {"assumptions", 'a', HW_OPTION_SWITCH, false, NULL, "list every value with its source, or as assumed"},
    {"observations", 0, HW_OPTION_TEXT, false, "FACTS",
     "say which of these facts the scenario's results will tell, and why not the others"},
    HW_AS_OF_OPTION,
};

static void print_verdict(const char *path, const hw_loaded *loaded) {
    const hw_values *values = hw_binding_values(loaded->binding);
    uint32_t assumed = 0, sourced = 0;
    for (uint32_t i = 0; i < values->count; i++) {
        assumed += values->items[i].assumed ? 1 : 0;
        sourced += values->items[i].source != NULL ? 1 : 0;
    }
    char start[16], horizon[16];
    uint32_t warnings = loaded->warnings.count;
    if (warnings == 0) {
        printf("%s is right: ", path);
    } else {
        printf("%s can be run, with %u warning%s: ", path, warnings, warnings == 1 ? "" : "s");
    }
    printf("%s, %s to %s\n", loaded->title, hw_date_print(loaded->start, start),
           hw_date_print(loaded->horizon, horizon));
    printf("%u values, %u with a source, %u assumed; digest %.12s\n", values->count, sourced, assumed,
           hw_binding_digest(loaded->binding));
}

static void print_facts(const hw_loaded *loaded, const hw_observations *facts) {
    hw_besides besides;
    hw_book book = {0};
    hw_besides_tell(&besides, loaded->layout, loaded->start, loaded->horizon, facts);
    hw_besides_warn(&besides);
    uint32_t told = hw_besides_add_untold(&book, &besides);
    printf("%u of %u facts are told by the results\n", told, facts->count);
    hw_book_print(stdout, &book);
    hw_book_free(&book);
    hw_besides_free(&besides);
}

static int run(const hw_arguments *arguments) {
    if (hw_rank() != 0) {
        return 0;
    }
    hw_errors errors = {0};
    hw_loaded loaded;
    uint32_t setting_count;
    hw_setting *settings = hw_settings_read(arguments, &setting_count, &errors);
    hw_status status = hw_load(&loaded, arguments->operands[0], settings, setting_count, &errors);
    hw_warn(&loaded.warnings);
    const char *observations = hw_argument_text(arguments, "observations");
    hw_observations facts = {0};
    if (status == HW_OK && observations != NULL) {
        status = hw_observations_read(&facts, observations, &errors);
    }
    if (status == HW_OK && observations != NULL) {
        print_facts(&loaded, &facts);
    } else if (status == HW_OK && hw_argument(arguments, "assumptions") != NULL) {
        uint32_t assumed = hw_assumptions_print(stdout, loaded.binding);
        printf("\n%u of %u values are assumed\n", assumed, hw_binding_values(loaded.binding)->count);
    } else if (status == HW_OK) {
        print_verdict(arguments->operands[0], &loaded);
        hw_frozen_print(stdout, loaded.binding, loaded.document);
    }
    /* Errors point into the document: print them before it is freed. */
    int code = status == HW_OK ? 0 : hw_complain(status, &errors, NULL);
    hw_observations_free(&facts);
    hw_load_free(&loaded);
    hw_settings_free(settings, setting_count);
    return code;
}

const hw_command hw_command_check = {
    .name = "check",
    .line = "check a scenario file, or list its values with their sources",
    .operands = "FILE",
    .fewest = 1,
    .most = 1,
    .options = options,
    .option_count = HW_LENGTH(options),
    .run = run,
};
