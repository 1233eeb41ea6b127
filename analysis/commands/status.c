/* homeward status: how far a sweep is, from outside. */
#include "analysis/base/file_kind.h"
#include "analysis/base/json.h"
#include "analysis/base/memory.h"
#include "analysis/commands/commands.h"
#include "analysis/tables/sheet.h"
#include "sim/length.h"
#include "sim/run/experiment.h"
#include "sim/run/intake.h"
#include "sim/run/sweep.h"
#include "sim/run/sweep_status.h"
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const hw_option options[] = {
    {"json", 0, HW_OPTION_SWITCH, false, NULL, "one line of JSON instead, for monitoring"},
    HW_UNSEALED_OPTION,
};

/* "3 h 20 min" */
static char *in_words(double seconds) {
    if (seconds >= 3600) {
        return hw_take_text("%.0f h %02.0f min",
                            seconds / 3600 - 0.5 < 0 ? 0.0 : (double)(int64_t)(seconds / 3600),
                            (double)((int64_t)(seconds / 60) % 60));
    }
    if (seconds >= 60) {
        return hw_take_text("%.0f min", seconds / 60);
    }
    return hw_take_text("%.0f s", seconds);
}

static void print_state(const char *folder, const hw_sweep_status *status, bool all) {
    char *idle = in_words(status->idle_seconds);
    char *result = hw_sweep_result_path(folder);
    if (status->in_use > 0) {
        printf("running: %u of %u journals are being written to, the last write was %s ago\n", status->in_use,
               status->journals, idle);
    } else if (status->done) {
        printf("done: %s\n", result != NULL ? result : folder);
    } else if (all) {
        printf("all replications are there, but not the result: run the same command again with --resume\n");
    } else {
        printf("not running (as far as can be seen from this machine), the last write was %s ago: run the "
               "same command "
               "again with --resume\n",
               idle);
    }
    free(idle);
    free(result);
}

static void print_words(const char *folder, const hw_sweep_status *status) {
    double asked = (double)status->points * (double)status->replications;
    char *finished = hw_thousands((double)status->finished, 0), *all = hw_thousands(asked, 0),
         *whole = hw_thousands((double)status->whole, 0), *points = hw_thousands((double)status->points, 0);
    printf("%s\n", status->title != NULL ? status->title : folder);
    print_state(folder, status, (double)status->finished >= asked);
    printf(
        "%s of %s replications are on the disk (%.1f %%), %s of %s points are whole; journals have %.1f MB\n",
        finished, all, 100 * (double)status->finished / asked, whole, points, (double)status->bytes / 1e6);
    if (status->problems > 0) {
        printf("%" PRIu64 " points cannot be run\n", status->problems);
    }
    if (status->in_use > 0 && status->rate > 0) {
        char *left = in_words((asked - (double)status->finished) / status->rate);
        printf("about %.3g replications a second; about %s left\n", status->rate, left);
        free(left);
    }
    free(finished);
    free(all);
    free(whole);
    free(points);
}

static void print_json(const hw_sweep_status *status) {
    double asked = (double)status->points * (double)status->replications;
    json_t *answer = hw_json_object();
    hw_json_put(answer, "format", hw_json_count(1));
    hw_json_put(answer, "points", hw_json_count(status->points));
    hw_json_put(answer, "replications", hw_json_count(status->replications));
    hw_json_put(answer, "finished", hw_json_count(status->finished));
    hw_json_put(answer, "share", hw_json_number((double)status->finished / asked));
    hw_json_put(answer, "points_whole", hw_json_count(status->whole));
    hw_json_put(answer, "problems", hw_json_count(status->problems));
    hw_json_put(answer, "journals", hw_json_count(status->journals));
    hw_json_put(answer, "in_use", hw_json_count(status->in_use));
    hw_json_put(answer, "bytes", hw_json_count(status->bytes));
    hw_json_put(answer, "replications_a_second", hw_json_number(status->rate));
    hw_json_put(answer, "idle_seconds", hw_json_number(round(status->idle_seconds)));
    hw_json_put(answer, "done", json_boolean(status->done));
    hw_json_write(stdout, answer);
    putchar('\n');
}

/* A sweep whose result is not as it was written is not done. */
static hw_status judge_result(const hw_arguments *arguments, hw_errors *errors) {
    char *path = hw_sweep_result_path(arguments->operands[0]);
    hw_status status =
        path != NULL ? hw_intake_judge(path, hw_argument_trust(arguments), errors) : HW_ERROR_MEMORY;
    free(path);
    return status;
}

static int run(const hw_arguments *arguments) {
    if (hw_rank() != 0) {
        return 0;
    }
    hw_errors errors = {0};
    hw_status kind = hw_file_kind_check(arguments->operands[0], HW_FILE_SWEEP_FOLDER, &errors);
    if (kind != HW_OK && hw_file_kind_of(arguments->operands[0]) != HW_FILE_FOLDER) {
        return hw_complain(kind, &errors, NULL);
    }
    hw_errors_free(&errors);
    hw_sweep_status status;
    hw_trouble trouble = {0};
    if (hw_sweep_status_read(&status, arguments->operands[0], &trouble) != HW_OK) {
        hw_errors_say(&errors, "%s", trouble.text);
        hw_sweep_status_free(&status);
        return hw_complain(trouble.status, &errors, NULL);
    }
    if (status.done && judge_result(arguments, &errors) != HW_OK) {
        hw_sweep_status_free(&status);
        return hw_complain(HW_ERROR_IO, &errors, NULL);
    }
    if (hw_argument(arguments, "json") != NULL) {
        print_json(&status);
    } else {
        print_words(arguments->operands[0], &status);
    }
    hw_sweep_status_free(&status);
    return 0;
}

const hw_command hw_command_status = {
    .name = "status",
    .line = "how far a sweep is: running, dead or done",
    .operands = "DIR",
    .fewest = 1,
    .most = 1,
    .options = options,
    .option_count = HW_LENGTH(options),
    .run = run,
};
