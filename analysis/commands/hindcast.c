/* homeward hindcast: how good forecasts from earlier days would have been. */
#include "analysis/base/file_kind.h"
#include "analysis/base/inputs.h"
#include "analysis/base/memory.h"
#include "analysis/base/results_folder.h"
#include "analysis/belief/ahead.h"
#include "analysis/belief/area_shares.h"
#include "analysis/belief/frozen.h"
#include "analysis/belief/held.h"
#include "analysis/belief/hindcast_sheets.h"
#include "analysis/belief/scores_file.h"
#include "analysis/commands/commands.h"
#include "analysis/commands/hindcast_asked.h"
#include "analysis/scenario/settings.h"
#include "analysis/summary/summary.h"
#include "analysis/tables/deliver.h"
#include "sim/date.h"
#include "sim/length.h"
#include "sim/run/experiment.h"
#include "sim/run/output_file.h"
#include <stdio.h>
#include <stdlib.h>

enum { USUAL_REPLICATIONS = 300 };

static const hw_option options[] = {
    {"observations", 0, HW_OPTION_TEXT, false, "FACTS",
     "the file of facts to learn from and to be scored by (of a scenario: the one that it names)"},
    {"origins", 0, HW_OPTION_TEXT, false, "DATES", "days to forecast from, such as 2021-12-31,2022-12-31"},
    {"origin", 0, HW_OPTION_DATE, true, "DATE", "one of them; may be repeated (neither: each end of a year)"},
    {"ahead", 0, HW_OPTION_TEXT, false, "MONTHS",
     "facts are scored up to so many months after the origin (24)"},
    {"only", 0, HW_OPTION_TEXT, true, "QUANTITY",
     "learn only from facts about this quantity; may be repeated"},
    {"replications", 'n', HW_OPTION_COUNT, false, "N",
     "of a scenario: how many futures to simulate from each origin (300)"},
    {"seed", 's', HW_OPTION_SEED, false, "N", "of a scenario: same scenario and seed, same scores (1)"},
    {"horizon", 0, HW_OPTION_DATE, false, "DATE", "of a scenario: simulate to this date instead of its own"},
    {"set", 0, HW_OPTION_TEXT, true, "PATH=VALUE", "of a scenario: overrule one value; may be repeated"},
    {"runs", 0, HW_OPTION_TEXT, false, "FOLDER",
     "of a scenario: where the results of the origins are kept (results/<scenario>.hindcast)"},
    {"ranks-per-world", 0, HW_OPTION_COUNT, false, "K",
     "of a scenario: ranks of a node that simulate one world together (1)"},
    HW_ANYWAY_OPTION,
    {"quiet", 'q', HW_OPTION_SWITCH, false, NULL, "of a scenario: no progress; the tables stay"},
    {"output", 'o', HW_OPTION_TEXT, false, "FILE",
     "also keep all tables as HDF5, for Python and for homeward report --scores"},
    HW_TABLE_OPTIONS,
    HW_REPLACE_OPTION,
    HW_UNSEALED_OPTION,
};

/* ---- Telling ---- */

/* A result that knows no more than the first origin leaks nothing. */
static void print_leak(const hw_outcomes *outcomes, const hw_hindcast *hindcast) {
    int64_t as_of = INT64_MAX;
    if (!hw_outcomes_as_of(outcomes, &as_of) || as_of > hindcast->origins[0].learning.as_of) {
        puts(
            "\nOne result, weighed anew from each origin: its scenario knows more than was known at the "
            "first "
            "origin.\nValues that became known later are in these forecasts, and make them look better than "
            "they were. Of a\nscenario instead of a result, each origin has futures of its own, frozen as of "
            "that day.");
    } else {
        puts(
            "\nOne result, weighed anew from each origin. Its scenario knows nothing that became known after "
            "the first.");
    }
}

static void print_frozen(const hw_outcomes *outcomes) {
    printf(
        "\nEach origin has %llu futures of its own, seed %llu, frozen as of that day: what says that it "
        "became "
        "known\nlater is not in them. What says no day, and the model itself, may have been made with later "
        "facts in sight:\nhomeward check SCENARIO --as-of DATE lists such values.\n",
        (unsigned long long)outcomes->asked, (unsigned long long)outcomes->seed);
}

static hw_status deliver(const hw_arguments *arguments, const hw_hindcast *hindcast, bool frozen,
                         int64_t ahead, const hw_output_rules *rules, hw_errors *errors) {
    const hw_outcomes *outcomes = hindcast->origins[hindcast->origin_count - 1].besides->outcomes;
    hw_book book = {0};
    hw_summary_add_about(&book, outcomes);
    hw_hindcast_build(&book, hindcast);
    hw_status status = hw_ahead_build(&book, hindcast, ahead, errors);
    const char *output = hw_argument_text(arguments, "output");
    if (status == HW_OK && output != NULL) {
        status = hw_book_file_write(output, &book, &hw_scores_kind, NULL, rules, errors);
    }
    if (status == HW_OK) {
        status = hw_deliver(arguments, &book, rules, errors);
    }
    if (status == HW_OK && !hw_delivers(arguments)) {
        hw_summary_print_head(stdout, outcomes);
        if (frozen) {
            print_frozen(outcomes);
        } else {
            print_leak(outcomes, hindcast);
        }
        hw_book_print(stdout, &book);
        puts("\nEach fact: --csv FOLDER or --json.");
    } else if (status == HW_OK) {
        hw_summary_print_warnings(stderr, outcomes);
    }
    hw_book_free(&book);
    return status;
}

static hw_status score(const hw_arguments *arguments, const hw_hindcast_asked *a,
                       const hw_hindcast_base *bases, bool frozen, const hw_output_rules *rules,
                       hw_errors *errors) {
    hw_hindcast hindcast = hw_hindcast_make(bases, a->count, a->ahead, &a->learning);
    hw_status status = HW_ERROR_INPUT;
    if (hindcast.count == 0 && !frozen) {
        hw_errors_say(errors, "no fact that the model tells lies after an origin: nothing to score");
    } else {
        status = deliver(arguments, &hindcast, frozen, a->ahead, rules, errors);
    }
    hw_hindcast_free(&hindcast);
    return status;
}

/* ---- One result ---- */

static hw_status score_held(const hw_arguments *arguments, hw_hindcast_asked *a, const hw_besides *besides,
                            const hw_output_rules *rules, hw_errors *errors) {
    if (a->count == 0) {
        hw_hindcast_add_ends_of_years(a, besides->observations, besides->outcomes->start);
    }
    double *shares = hw_area_shares(besides, errors);
    hw_hindcast_base *bases = hw_take(a->count + 1, sizeof *bases);
    for (uint32_t o = 0; o < a->count; o++) {
        bases[o] = (hw_hindcast_base){.day = a->origins[o], .besides = besides, .area_shares = shares};
    }
    hw_status status = shares != NULL ? score(arguments, a, bases, false, rules, errors) : HW_ERROR_IO;
    free(bases);
    free(shares);
    return status;
}

static hw_status hindcast_result(const hw_arguments *arguments, hw_hindcast_asked *a, hw_inputs *inputs,
                                 hw_errors *errors) {
    hw_held held = {0};
    hw_status status = hw_held_open(&held, a->facts, INT64_MAX, arguments->operands[0],
                                    hw_argument_trust(arguments), errors);
    hw_inputs_add(inputs, held.facts.linked);
    if (status == HW_OK) {
        status = score_held(arguments, a, &held.besides, &inputs->rules, errors);
    }
    hw_held_close(&held);
    return status;
}

/* ---- A scenario ---- */

static void check_origins(const hw_hindcast_asked *a, const hw_loaded *loaded, hw_errors *errors) {
    for (uint32_t o = 0; o < a->count; o++) {
        char date[16];
        if (a->origins[o] > loaded->horizon) { /* its start, each origin has its own: frozen.c */
            hw_errors_say(errors, "--origin %s is not within the simulated time",
                          hw_date_print(a->origins[o], date));
        }
    }
    if (a->count == 0) {
        hw_errors_say(errors, "no fact lies behind the end of the first year: name the --origins");
    }
}

/* The facts and, where none are given, the origins: the same on all ranks, which all read the files. */
static hw_status read_facts(hw_hindcast_asked *a, const hw_frozen_wish *wish, hw_observations *facts,
                            hw_errors *errors) {
    hw_loaded loaded = {0};
    hw_status status = hw_load_together(&loaded, wish->scenario, wish->settings, wish->setting_count, errors);
    if (status == HW_OK && a->facts == wish->scenario &&
        hw_node_child(hw_document_root(loaded.document), "observations") == NULL) {
        hw_errors_say(errors, "%s names no file of facts (observations): give --observations FACTS",
                      a->facts);
        status = HW_ERROR_INPUT;
    }
    if (status == HW_OK) {
        status = hw_load_agree(hw_observations_read(facts, a->facts, errors), a->facts, errors);
    }
    if (status == HW_OK) {
        if (a->count == 0) {
            hw_hindcast_add_ends_of_years(a, facts, loaded.start);
        }
        check_origins(a, &loaded, errors);
        hw_inputs_add_document(wish->inputs, loaded.document);
        hw_inputs_add(wish->inputs, facts->linked);
        status = errors->count > 0 ? HW_ERROR_INPUT : HW_OK;
    }
    hw_load_free(&loaded);
    return status;
}

static hw_status score_frozen(const hw_arguments *arguments, const hw_hindcast_asked *a,
                              const hw_frozen_wish *wish, const hw_observations *facts, hw_errors *errors) {
    hw_frozen frozen;
    hw_status status = hw_frozen_read(&frozen, wish, facts, errors);
    if (status == HW_OK) {
        status = score(arguments, a, frozen.bases, true, &wish->inputs->rules, errors);
    }
    hw_frozen_free(&frozen);
    return status;
}

/* Ranks share the futures; the first of them scores. */
static hw_status hindcast_scenario(const hw_arguments *arguments, hw_hindcast_asked *a,
                                   const hw_frozen_wish *asked_wish, hw_errors *errors) {
    hw_frozen_wish wish = *asked_wish;
    hw_observations facts = {0};
    hw_status status = read_facts(a, &wish, &facts, errors);
    wish.days = a->origins;
    wish.count = a->count;
    if (status == HW_OK && hw_argument(arguments, "runs") == NULL) {
        status = hw_load_agree(hw_results_make_folder("a folder", errors), "results", errors);
    }
    if (status == HW_OK) {
        hw_status made = hw_rank() == 0 ? hw_output_make_folder(wish.folder, errors) : HW_OK;
        status = hw_load_agree(made, wish.folder, errors);
    }
    if (status == HW_OK) {
        status = hw_frozen_simulate(&wish, errors);
    }
    if (status == HW_OK && hw_rank() == 0) {
        status = score_frozen(arguments, a, &wish, &facts, errors);
    }
    hw_observations_free(&facts);
    return status;
}

static uint64_t number_or(const hw_arguments *arguments, const char *option, uint64_t otherwise) {
    const hw_given *given = hw_argument(arguments, option);
    return given != NULL ? given->number : otherwise;
}

static hw_status begin_scenario(const hw_arguments *arguments, hw_hindcast_asked *a, hw_inputs *inputs,
                                hw_errors *errors) {
    uint32_t count = 0;
    hw_setting *settings = hw_settings_read(arguments, &count, errors);
    const char *named = hw_argument_text(arguments, "runs");
    char *folder =
        named != NULL ? hw_take_text("%s", named) : hw_results_path(arguments->operands[0], ".hindcast");
    bool quiet = hw_argument(arguments, "quiet") != NULL;
    const hw_frozen_wish wish = {.scenario = arguments->operands[0],
                                 .settings = settings,
                                 .setting_count = count,
                                 .replications = number_or(arguments, "replications", USUAL_REPLICATIONS),
                                 .seed = number_or(arguments, "seed", 1),
                                 .ranks_per_world = number_or(arguments, "ranks-per-world", 1),
                                 .folder = folder,
                                 .anyway = hw_argument(arguments, "anyway") != NULL,
                                 .progress = quiet ? HW_PROGRESS_NONE : HW_PROGRESS_AUTO,
                                 .inputs = inputs};
    if (hw_argument(arguments, "unsealed") != NULL) {
        hw_errors_say(errors, "--unsealed is for a result; %s is a scenario", arguments->operands[0]);
    }
    hw_status status = errors->count > 0 ? HW_ERROR_INPUT : HW_OK;
    if (status == HW_OK) {
        status = hindcast_scenario(arguments, a, &wish, errors);
    }
    free(folder);
    hw_settings_free(settings, count);
    return status;
}

/* Nothing is simulated anew for a result. */
static void refuse_options_of_scenarios(const hw_arguments *arguments, hw_errors *errors) {
    static const char *const names[] = {"replications", "seed",  "horizon", "set",
                                        "runs",         "quiet", "anyway",  "ranks-per-world"};
    for (size_t i = 0; i < HW_LENGTH(names); i++) {
        if (hw_argument(arguments, names[i]) != NULL) {
            hw_errors_say(errors, "--%s is for a scenario, which is simulated; %s is a result", names[i],
                          arguments->operands[0]);
        }
    }
}

static int run(const hw_arguments *arguments) {
    bool is_scenario = hw_file_kind_of(arguments->operands[0]) == HW_FILE_SCENARIO;
    if (!is_scenario && hw_rank() != 0) {
        return 0;
    }
    hw_errors errors = {0};
    hw_inputs inputs;
    hw_inputs_begin(&inputs, arguments);
    hw_hindcast_asked a = hw_hindcast_read(arguments, is_scenario, &errors);
    hw_inputs_add(&inputs, a.facts);
    if (!is_scenario) {
        refuse_options_of_scenarios(arguments, &errors);
    }
    hw_status status = errors.count == 0 ? HW_OK : HW_ERROR_INPUT;
    const char *output = hw_argument_text(arguments, "output");
    if (status == HW_OK && output != NULL) {
        hw_status allowed =
            hw_rank() == 0 ? hw_output_check(output, &hw_scores_format, &inputs.rules, &errors) : HW_OK;
        status = is_scenario ? hw_load_agree(allowed, output, &errors) : allowed;
    }
    bool asked_wrong = status != HW_OK && a.facts == NULL;
    if (status == HW_OK && is_scenario) {
        status = begin_scenario(arguments, &a, &inputs, &errors);
    } else if (status == HW_OK) {
        status = hindcast_result(arguments, &a, &inputs, &errors);
    }
    int code = status == HW_OK ? 0 : hw_complain(status, &errors, asked_wrong ? arguments->command : NULL);
    hw_inputs_free(&inputs);
    hw_hindcast_asked_free(&a);
    return code;
}

const hw_command hw_command_hindcast = {
    .name = "hindcast",
    .line = "how good forecasts from earlier days would have been, beside simple rules",
    .operands = "SCENARIO|RESULTS [--observations FACTS]",
    .fewest = 1,
    .most = 1,
    .options = options,
    .option_count = HW_LENGTH(options),
    .shares_work = true,
    .run = run,
};
