/* homeward sweep: many variants of a scenario, each replicated many times, on one core or a thousand. */
#include "sim/run/sweep.h"
#include "analysis/base/duration.h"
#include "analysis/base/inputs.h"
#include "analysis/base/memory.h"
#include "analysis/base/results_folder.h"
#include "analysis/commands/commands.h"
#include "analysis/scenario/load.h"
#include "analysis/scenario/settings.h"
#include "analysis/sweep/dry_run.h"
#include "analysis/sweep/plan.h"
#include "analysis/sweep/precision.h"
#include "analysis/sweep/source.h"
#include "analysis/tables/sheet.h"
#include "sim/length.h"
#include "sim/run/experiment.h"
#include "sim/run/intake.h"
#include "sim/run/trouble.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const hw_option options[] = {
    {"output", 'o', HW_OPTION_TEXT, false, "DIR", "folder of the sweep (results/<name of the file>)"},
    {"dry-run", 0, HW_OPTION_SWITCH, false, NULL,
     "print points, core-hours, file sizes and memory; run nothing"},
    {"resume", 0, HW_OPTION_SWITCH, false, NULL, "go on with what is in the folder, if there is anything"},
    {"reuse", 0, HW_OPTION_TEXT, true, "DIR", "take over what another sweep has answered; may be repeated"},
    {"until", 0, HW_OPTION_TEXT, false, "RULE",
     "run each point until a probability is known, at most as often as the design says"},
    {"stop-after", 0, HW_OPTION_TEXT, false, "TIME", "end in time, such as 3h50m, with exit code 75"},
    {"ranks-per-world", 0, HW_OPTION_COUNT, false, "K",
     "ranks of a node that simulate one world together (1)"},
    HW_AS_OF_OPTION,
    {"set", 0, HW_OPTION_TEXT, true, "PATH=VALUE", "overrule one value of DESIGN, such as replications=50"},
    HW_ANYWAY_OPTION,
    HW_REPLACE_OPTION,
    {"quiet", 'q', HW_OPTION_SWITCH, false, NULL, "no progress and no words at the end; warnings stay"},
    HW_UNSEALED_OPTION,
};

/* ---- Options ---- */

/* Somebody has written into a folder whose result is not as it was written. */
static hw_status judge_reuse(const hw_arguments *arguments, hw_errors *errors) {
    uint32_t count = 0;
    const char **folders = hw_argument_texts(arguments, "reuse", &count);
    hw_status status = HW_OK;
    for (uint32_t i = 0; i < count && status == HW_OK && hw_rank() == 0; i++) {
        char *path = hw_sweep_result_path(folders[i]);
        struct stat about;
        if (path != NULL && stat(path, &about) == 0) {
            status = hw_intake_judge(path, hw_argument_trust(arguments), errors);
        }
        free(path);
    }
    free(folders);
    hw_trouble trouble = {0};
    if (status != HW_OK) {
        hw_trouble_note(&trouble, status, 0, "a sweep cannot be taken over");
    }
    return hw_trouble_agree(&trouble);
}

/* ---- Running ---- */

static hw_status dry_run(const hw_sweep_plan *plan, hw_errors *errors) {
    if (hw_rank() != 0) {
        return HW_OK;
    }
    hw_sweep_cost cost = {0};
    hw_sweep_print_plan(stdout, plan);
    hw_status status = hw_sweep_measure(plan, &cost, errors);
    if (status == HW_OK) {
        hw_sweep_print_cost(stdout, plan, &cost);
    }
    return status;
}

static void print_done(const hw_sweep *sweep, const hw_sweep_report *report) {
    char *all = hw_thousands((double)report->finished, 0), *points = hw_thousands((double)sweep->points, 0);
    char *path = hw_sweep_result_path(sweep->folder);
    printf("%s: %s points, %s replications in %.2f s on %d rank%s\n", path != NULL ? path : sweep->folder,
           points, all, report->seconds, report->ranks, report->ranks == 1 ? "" : "s");
    if (sweep->reuse_count > 0) {
        printf("%" PRIu64 " replications were answered before and taken over, %" PRIu64 " points whole\n",
               report->reused, report->reused_points);
    }
    if (sweep->stop != NULL) {
        printf("The probability asked for is known to ±%.4f at every point%s\n", report->half_width,
               report->half_width <= sweep->stop->half_width
                   ? ""
                   : ", not as well as asked for: more replications are needed");
    }
    printf("More: homeward summary %s; journals for --reuse are kept in %s\n",
           path != NULL ? path : sweep->folder, sweep->folder);
    free(all);
    free(points);
    free(path);
}

static void print_warnings(const hw_sweep_report *report) {
    if (report->failed > 0) {
        fprintf(stderr, "warning: %" PRIu64 " replications broke a law of the model and are left out\n",
                report->failed);
    }
    if (report->problems > 0) {
        fprintf(stderr, "warning: %" PRIu64 " points cannot be run: see failure_message in the result\n",
                report->problems);
    }
}

static void add_inputs(hw_inputs *inputs, const hw_sweep_plan *plan) {
    hw_inputs_add_document(inputs, plan->document);
    for (uint32_t i = 0; i < plan->scenario_count; i++) {
        hw_inputs_add_document(inputs, plan->scenarios[i].loaded.document);
    }
    const char *points =
        plan->design != NULL && plan->design->file != NULL ? plan->design->file(&plan->design_plan) : NULL;
    if (points != NULL) {
        hw_inputs_add(inputs, points);
    }
}

static hw_status run_sweep(const hw_arguments *arguments, const hw_sweep_plan *plan, const hw_stop_rule *rule,
                           const char *folder, hw_errors *errors) {
    const hw_given *stop = hw_argument(arguments, "stop-after"),
                   *ranks = hw_argument(arguments, "ranks-per-world");
    bool quiet = hw_argument(arguments, "quiet") != NULL;
    hw_sweep sweep = {.folder = folder,
                      .resume = hw_argument(arguments, "resume") != NULL,
                      .anyway = hw_argument(arguments, "anyway") != NULL,
                      .stop = rule,
                      .stop_after = stop != NULL ? hw_duration_read(stop->text) : 0,
                      .ranks_per_world = ranks != NULL ? ranks->number : 1,
                      .progress = quiet ? HW_PROGRESS_NONE : HW_PROGRESS_AUTO};
    hw_inputs inputs;
    hw_inputs_begin(&inputs, arguments);
    add_inputs(&inputs, plan);
    sweep.rules = &inputs.rules;
    const char **reuse = hw_argument_texts(arguments, "reuse", &sweep.reuse_count);
    sweep.reuse = reuse;
    hw_sweep_points *points = hw_sweep_points_create(plan, &sweep);
    hw_sweep_report report;
    hw_status status = hw_sweep_run(&sweep, &report, errors);
    if (hw_rank() == 0 && status == HW_OK && !quiet) {
        print_done(&sweep, &report);
    }
    if (hw_rank() == 0) {
        print_warnings(&report);
    }
    hw_sweep_points_free(points);
    hw_inputs_free(&inputs);
    free(reuse);
    return status;
}

static int run(const hw_arguments *arguments) {
    hw_errors errors = {0};
    uint32_t count = 0;
    hw_sweep_plan plan = {0};
    const char *design = arguments->operands[0];
    const hw_given *given_output = hw_argument(arguments, "output");
    bool dry = hw_argument(arguments, "dry-run") != NULL;
    hw_setting *settings = hw_settings_read(arguments, &count, &errors);
    const hw_given *stop = hw_argument(arguments, "stop-after"), *rule_text = hw_argument(arguments, "until");
    hw_until until;
    hw_stop_rule rule;
    if (stop != NULL && !(hw_duration_read(stop->text) > 0)) {
        hw_errors_say(&errors, "--stop-after wants a time such as 3h50m, 45m or 90s, not '%s'", stop->text);
    }
    hw_status status = errors.count ? HW_ERROR_INPUT : HW_OK;
    if (status == HW_OK) {
        status = hw_sweep_plan_read(&plan, design, settings, count, &errors);
        status = hw_load_agree(status, design, &errors);
    }
    if (status == HW_OK && rule_text != NULL) {
        status = hw_sweep_until_read(&until, &rule, rule_text->text, &plan, &errors);
    }
    if (status == HW_OK && !dry) {
        status = judge_reuse(arguments, &errors);
    }
    if (status == HW_OK) {
        hw_errors warnings = hw_sweep_plan_warnings(&plan);
        hw_warn(&warnings);
        hw_errors_free(&warnings);
    }
    if (status == HW_OK && !dry && given_output == NULL) {
        status = hw_results_make_folder("a folder", &errors);
    }
    if (status == HW_OK && dry) {
        status = dry_run(&plan, &errors);
    } else if (status == HW_OK) {
        char *folder =
            given_output != NULL ? hw_take_text("%s", given_output->text) : hw_results_path(design, "");
        status = run_sweep(arguments, &plan, rule_text != NULL ? &rule : NULL, folder, &errors);
        free(folder);
    }
    /* Errors point into the plan's files: print them before it is freed. */
    int code = status == HW_OK ? 0 : hw_complain(status, &errors, NULL);
    hw_sweep_plan_free(&plan);
    hw_settings_free(settings, count);
    return code;
}

const hw_command hw_command_sweep = {
    .name = "sweep",
    .line = "run a scenario at many points of a design, durably, on any number of ranks",
    .operands = "DESIGN",
    .fewest = 1,
    .most = 1,
    .options = options,
    .option_count = HW_LENGTH(options),
    .shares_work = true,
    .run = run,
};
