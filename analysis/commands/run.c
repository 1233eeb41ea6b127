/* homeward run: from a scenario file to a result file and its summary. */
#include "analysis/base/inputs.h"
#include "analysis/base/memory.h"
#include "analysis/base/results_folder.h"
#include "analysis/commands/commands.h"
#include "analysis/page/page.h"
#include "analysis/results/heard.h"
#include "analysis/results/until.h"
#include "analysis/scenario/load.h"
#include "analysis/scenario/settings.h"
#include "analysis/summary/summary.h"
#include "sim/input/digest.h"
#include "sim/length.h"
#include "sim/run/experiment.h"
#include "sim/run/trouble.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { USUAL_REPLICATIONS = 1000, MOST_TO_PRECISION = 12800 };

static const hw_option options[] = {
    {"replications", 'n', HW_OPTION_COUNT, false, "N",
     "how many futures to simulate (1000; with --until at most, 12800)"},
    {"seed", 's', HW_OPTION_SEED, false, "N", "same scenario and seed, same results (1)"},
    {"horizon", 0, HW_OPTION_DATE, false, "DATE", "simulate to this date instead of the scenario's"},
    HW_AS_OF_OPTION,
    {"output", 'o', HW_OPTION_TEXT, false, "FILE", "result file (results/<scenario>[+<settings>].h5)"},
    {"until", 0, HW_OPTION_TEXT, false, "RULE", "stop when a probability is known well enough, see below"},
    {"set", 0, HW_OPTION_TEXT, true, "PATH=VALUE", "overrule one value of the scenario; may be repeated"},
    {"ranks-per-world", 0, HW_OPTION_COUNT, false, "K",
     "spread the districts of one world over K ranks of a node, for worlds too large for one (1)"},
    {"scores", 0, HW_OPTION_TEXT, false, "FILE",
     "also show on the page how good earlier forecasts were (homeward hindcast --output)"},
    {"no-page", 0, HW_OPTION_SWITCH, false, NULL, "write no page to look at beside the result file"},
    HW_ANYWAY_OPTION,
    HW_REPLACE_OPTION,
    {"quiet", 'q', HW_OPTION_SWITCH, false, NULL, "no progress and no summary; warnings stay"},
};

enum { SETTINGS_IN_NAME = 100, DIGEST_IN_NAME = 12 };

/* "+planning.rule=worst_first"; where that is no good name for a file, a digest of it. */
static char *name_of_settings(const char *settings) {
    static const char harmless[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-=\n";
    size_t length = settings != NULL ? strlen(settings) : 0;
    if (length == 0) {
        return hw_take_text("%s", "");
    }
    if (length > SETTINGS_IN_NAME || strspn(settings, harmless) != length) {
        char digest[HW_DIGEST_TEXT];
        hw_digest_text(settings, length, digest);
        return hw_take_text("+%.*s", DIGEST_IN_NAME, digest);
    }
    char *name = hw_take_text("+%s", settings);
    for (char *c = name; *c; c++) {
        *c = *c == '\n' ? '+' : *c;
    }
    return name;
}

/* results/quick.h5, results/quick+planning.rule=worst_first.h5 */
static char *usual_output(const char *scenario, const char *settings) {
    char *set = name_of_settings(settings);
    char *ending = hw_take_text("%s.h5", set);
    char *name = hw_results_path(scenario, ending);
    free(ending);
    free(set);
    return name;
}

static void print_done(const hw_experiment *experiment, const hw_experiment_report *report) {
    char *rate = hw_thousands(report->seconds > 0 ? (double)report->events / report->seconds : 0, 0);
    printf("%s: %" PRIu64 " replications in %.1f s on %d rank%s, %s events a second\n", experiment->output,
           report->finished, report->seconds, report->ranks, report->ranks == 1 ? "" : "s", rate);
    free(rate);
    if (experiment->stop != NULL) {
        printf("The probability asked for is known to ±%.4f%s\n", report->half_width,
               report->half_width <= experiment->stop->half_width
                   ? ""
                   : ", not as well as asked for: more replications (-n) are needed");
    }
}

/* What is shown of a finished run. */
typedef struct showing {
    bool quiet, page;
    const hw_page_scores *scores; /* on the page; or NULL */
} showing;

/* The page beside the result file. */
static hw_status write_page(const char *results, const hw_outcomes *outcomes, const showing *show,
                            const hw_output_rules *rules, hw_errors *errors) {
    if (!hw_page_is_built()) {
        if (!show->quiet) {
            puts("No page to look at: this program was built without it (HW_PAGE=OFF)");
        }
        return HW_OK;
    }
    const char *slash = strrchr(results, '/');
    const char *file = slash != NULL ? slash + 1 : results;
    const hw_page_result result = {.file = file, .name = file, .outcomes = outcomes};
    const hw_page_wish wish = {
        .results = &result, .result_count = 1, .language = "en", .scores = show->scores};
    char *path = hw_page_path(results);
    hw_status status = hw_page_write(path, &wish, rules, errors);
    if (status == HW_OK && !show->quiet) {
        printf("Page to look at: %s\n", path);
    }
    free(path);
    return status;
}

static int print_summary(hw_heard *heard, const hw_experiment *experiment, const hw_experiment_report *report,
                         const showing *show) {
    const char *path = experiment->output;
    hw_errors errors = {0};
    hw_outcomes outcomes;
    hw_book book = {0};
    hw_status status = hw_heard_open(&outcomes, heard, experiment, report, &errors);
    if (status != HW_OK) {
        return hw_complain(status, &errors, NULL);
    }
    const hw_summary_wish wish = {.terminal_only = true};
    if (!show->quiet || outcomes.count == 0) { /* the warnings need none of its tables */
        status = hw_summary_build(&book, &outcomes, &wish, &errors);
    }
    if (show->quiet || status != HW_OK) {
        hw_summary_print_warnings(stderr, &outcomes);
    } else {
        fputc('\n', stdout);
        hw_summary_print_head(stdout, &outcomes);
        hw_summary_print_money(stdout, &outcomes);
        hw_book_print(stdout, &book);
        printf("\nMore: homeward summary %s --help, homeward explain %s --place NAME\n", path, path);
    }
    if (show->page && status == HW_OK) {
        status = write_page(path, &outcomes, show, experiment->rules, &errors);
    }
    hw_book_free(&book);
    hw_outcomes_close(&outcomes);
    return status == HW_OK ? 0 : hw_complain(status, &errors, NULL);
}

static int report_run(hw_heard *heard, const hw_experiment *experiment, const hw_experiment_report *report,
                      const showing *show) {
    int code = 0;
    hw_heard_gather(heard, report);
    if (hw_rank() == 0) {
        if (!show->quiet) {
            print_done(experiment, report);
        }
        code = print_summary(heard, experiment, report, show);
    }
    if (!report->interrupted) {
        return code;
    }
    if (hw_rank() == 0) {
        fflush(stdout);
        fprintf(stderr,
                "\nInterrupted: %" PRIu64 " of %" PRIu64
                " replications are kept in %s, which is marked incomplete.\n",
                report->finished, experiment->replications, experiment->output);
    }
    return hw_status_exit_code(HW_ERROR_INTERRUPTED);
}

/* Before the work, on all ranks: whether the page beside the result may be replaced. Without an old page,
 * checking the result file is enough: both lie in one folder. */
static hw_status check_page(const hw_arguments *arguments, const char *output, const hw_output_rules *rules,
                            hw_errors *errors) {
    hw_trouble trouble = {0};
    if (hw_rank() == 0 && hw_page_is_built() && hw_argument(arguments, "no-page") == NULL) {
        char *page = hw_page_path(output);
        struct stat about;
        if (lstat(page, &about) == 0) {
            trouble.status = hw_output_check(page, &hw_page_format, rules, errors);
        }
        free(page);
    }
    return hw_trouble_agree(&trouble);
}

/* Of rank 0, before the work, for all. */
static hw_status read_scores(hw_page_scores *scores, const hw_arguments *arguments, hw_errors *errors) {
    const char *path = hw_argument_text(arguments, "scores");
    hw_trouble trouble = {0};
    if (hw_rank() == 0 && path != NULL && hw_argument(arguments, "no-page") != NULL) {
        hw_errors_say(errors, "--scores are shown on the page: leave out --no-page or --scores");
        trouble.status = HW_ERROR_INPUT;
    } else if (hw_rank() == 0 && path != NULL) {
        trouble.status = hw_page_scores_read(scores, path, errors);
    }
    return hw_trouble_agree(&trouble);
}

static int run_experiment(const hw_arguments *arguments, const hw_loaded *loaded, const char *output,
                          const hw_output_rules *rules) {
    hw_errors errors = {0};
    const hw_given *replications = hw_argument(arguments, "replications"),
                   *seed = hw_argument(arguments, "seed");
    const hw_given *rule_text = hw_argument(arguments, "until"),
                   *ranks_per_world = hw_argument(arguments, "ranks-per-world");
    bool quiet = hw_argument(arguments, "quiet") != NULL;
    hw_until until;
    hw_stop_rule rule;
    if (rule_text != NULL) {
        hw_status status = hw_until_read(&until, &rule, rule_text->text, loaded->layout, loaded->start,
                                         loaded->horizon, &errors);
        if (status != HW_OK) {
            return hw_complain(status, &errors, &hw_command_run);
        }
    }
    hw_page_scores scores = {0};
    hw_status allowed = check_page(arguments, output, rules, &errors);
    if (allowed == HW_OK) {
        allowed = read_scores(&scores, arguments, &errors);
    }
    if (allowed != HW_OK) {
        hw_book_free(&scores.tables);
        return hw_complain(allowed, &errors, NULL);
    }
    hw_heard heard;
    hw_heard_begin(&heard, loaded->layout);
    const hw_experiment experiment = {
        .model = loaded->model,
        .scenario = loaded->scenario,
        .layout = loaded->layout,
        .seed = seed != NULL ? seed->number : 1,
        .replications = replications != NULL ? replications->number
                        : rule_text != NULL  ? MOST_TO_PRECISION
                                             : USUAL_REPLICATIONS,
        .output = output,
        .rules = rules,
        .title = loaded->title,
        .settings = loaded->settings,
        .files = loaded->files,
        .resolved = hw_binding_resolved(loaded->binding),
        .rows = hw_binding_rows(loaded->binding),
        .digest = hw_binding_digest(loaded->binding),
        .anyway = hw_argument(arguments, "anyway") != NULL,
        .version = HW_VERSION,
        .stop = rule_text != NULL ? &rule : NULL,
        .audience = &heard.audience,
        .ranks_per_world = ranks_per_world != NULL ? ranks_per_world->number : 1,
        .progress = quiet ? HW_PROGRESS_NONE : HW_PROGRESS_AUTO,
    };
    hw_experiment_report report = {0};
    hw_status status = hw_experiment_run(&experiment, &report, &errors);
    int code;
    if (status == HW_OK) {
        hw_errors_free(&errors);
        const showing show = {.quiet = quiet,
                              .page = hw_argument(arguments, "no-page") == NULL,
                              .scores = hw_argument(arguments, "scores") != NULL ? &scores : NULL};
        code = report_run(&heard, &experiment, &report, &show);
    } else {
        code = hw_complain(status, &errors, NULL);
    }
    hw_heard_end(&heard);
    hw_book_free(&scores.tables);
    return code;
}

static int run(const hw_arguments *arguments) {
    hw_errors errors = {0};
    uint32_t setting_count;
    hw_setting *settings = hw_settings_read(arguments, &setting_count, &errors);
    hw_loaded loaded = {0};
    hw_status status = errors.count ? HW_ERROR_INPUT : HW_OK;
    if (status == HW_OK) {
        status = hw_load_together(&loaded, arguments->operands[0], settings, setting_count, &errors);
    }
    const hw_given *given_output = hw_argument(arguments, "output");
    if (status == HW_OK) {
        hw_warn(&loaded.warnings);
    }
    if (status == HW_OK && given_output == NULL) {
        status = hw_results_make_folder("a result file", &errors);
    }
    int code;
    if (status == HW_OK) {
        char *output = given_output != NULL ? hw_take_text("%s", given_output->text)
                                            : usual_output(arguments->operands[0], loaded.settings);
        hw_inputs inputs;
        hw_inputs_begin(&inputs, arguments);
        hw_inputs_add_document(&inputs, loaded.document);
        hw_inputs_add(&inputs, hw_argument_text(arguments, "scores"));
        code = run_experiment(arguments, &loaded, output, &inputs.rules);
        hw_inputs_free(&inputs);
        free(output);
    } else {
        code = hw_complain(status, &errors, NULL);
    }
    hw_load_free(&loaded);
    hw_settings_free(settings, setting_count);
    return code;
}

const hw_command hw_command_run = {
    .name = "run",
    .line = "simulate a scenario many times and print when, how likely and for how much",
    .operands = "FILE",
    .fewest = 1,
    .most = 1,
    .options = options,
    .option_count = HW_LENGTH(options),
    .shares_work = true,
    .run = run,
};
