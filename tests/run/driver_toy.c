/* Runs the toy model as the program runs the real one, for tests with several ranks. Rank 0 prints one line
 * of name=value pairs; errors go to standard error; the exit code is the program's. */
#include "sim/run/experiment.h"
#include "tests/run/toy_model.h"
#include <getopt.h>

typedef struct command_line {
    hw_experiment experiment;
    toy_scenario scenario;
    hw_stop_rule stop;
} command_line;

/* Worlds of it cannot be split. */
static hw_model whole_model;

static uint64_t whole(const char *text) {
    return strtoull(text, NULL, 10);
}

static bool read_arguments(command_line *arguments, int argc, char **argv) {
    for (int option; (option = getopt(argc, argv, "o:n:s:d:f:p:w:l:k:K:u:g:xqa")) != -1;) {
        switch (option) {
        case 'o':
            arguments->experiment.output = optarg;
            break;
        case 'n':
            arguments->experiment.replications = whole(optarg);
            break;
        case 's':
            arguments->experiment.seed = whole(optarg);
            break;
        case 'd':
            arguments->experiment.digest = optarg;
            break;
        case 'f':
            arguments->scenario.fail_every = whole(optarg);
            break;
        case 'p':
            arguments->scenario.pause_seconds = strtod(optarg, NULL);
            break;
        case 'w':
            arguments->scenario.spins = whole(optarg);
            break;
        case 'l':
            arguments->scenario.ledger_length = (uint32_t)whole(optarg);
            break;
        case 'k':
            arguments->scenario.signal = SIGKILL;
            arguments->scenario.signal_at = whole(optarg);
            break;
        case 'K':
            arguments->scenario.signal = SIGKILL;
            arguments->scenario.signal_helper = true;
            arguments->scenario.signal_at = whole(optarg);
            break;
        case 'g':
            arguments->experiment.ranks_per_world = whole(optarg);
            break;
        case 'x':
            arguments->experiment.model = &whole_model;
            break;
        case 'u':
            arguments->stop.half_width = strtod(optarg, NULL);
            arguments->experiment.stop = &arguments->stop;
            break;
        case 'a':
            arguments->experiment.anyway = true;
            break;
        case 'q':
            arguments->experiment.progress = HW_PROGRESS_NONE;
            break;
        default:
            return false;
        }
    }
    return arguments->experiment.output != NULL;
}

static void print_report(const hw_experiment_report *report) {
    printf("finished=%llu failed=%llu events=%llu ranks=%d interrupted=%d half_width=%.6f seconds=%.3f\n",
           (unsigned long long)report->finished, (unsigned long long)report->failed,
           (unsigned long long)report->events, report->ranks, report->interrupted, report->half_width,
           report->seconds);
    fflush(stdout);
}

int main(int argc, char **argv) {
    hw_ranks_start(&argc, &argv);
    command_line arguments = {
        .experiment = {.model = &toy_model,
                       .replications = 50,
                       .seed = 7,
                       .title = "Toy sites",
                       .resolved = "sites: [Agdam city, Şuşa, Zabukh]\n",
                       .digest = "00112233445566778899aabbccddeeff",
                       .version = "0.0-test"},
        .scenario = {.ledger_length = 10},
        .stop = {.happened = toy_late},
    };
    whole_model = toy_model;
    whole_model.adopt = NULL;
    if (!read_arguments(&arguments, argc, argv)) {
        hw_ranks_abort(2);
    }
    toy_layout layout;
    toy_layout_make(&layout, &arguments.scenario);
    arguments.experiment.scenario = &arguments.scenario;
    arguments.experiment.layout = &layout.layout;
    arguments.stop.context = &layout.layout;

    hw_experiment_report report;
    hw_errors errors = {0};
    hw_status status = hw_experiment_run(&arguments.experiment, &report, &errors);
    if (hw_rank() == 0) {
        print_report(&report);
        char *text = hw_errors_text(&errors);
        if (text != NULL) {
            fputs(text, stderr);
        }
        free(text);
    }
    hw_errors_free(&errors);
    toy_layout_free(&layout);
    hw_ranks_end();
    return hw_status_exit_code(report.interrupted && status == HW_OK ? HW_ERROR_INTERRUPTED : status);
}
