/* homeward report: result files as one page to look at. */
#include "analysis/base/memory.h"
#include "analysis/base/name_fold.h"
#include "analysis/belief/known.h"
#include "analysis/commands/commands.h"
#include "analysis/page/outlines.h"
#include "analysis/page/page.h"
#include "analysis/summary/summary.h"
#include "analysis/summary/sweep.h"
#include "sim/length.h"
#include "sim/run/experiment.h"
#include <stdlib.h>
#include <string.h>

enum { RESULTS_MOST = 8, FILES_MOST = RESULTS_MOST + 1, ANSWERS_MOST = 16 };

static const hw_option options[] = {
    {"output", 'o', HW_OPTION_TEXT, false, "FILE", "the page (the first result file's name with .html)"},
    {"by", 0, HW_OPTION_DATE, false, "DATE", "the date that the page asks about when it is opened"},
    {"language", 0, HW_OPTION_TEXT, false, "LANGUAGE",
     "the language it opens in: en, ru, uk, and az where the page is of Azerbaijan (en); a switch "
     "has all"},
    {"place", 'p', HW_OPTION_TEXT, false, "NAME", "the place or district that the page shows first"},
    {"map", 0, HW_OPTION_TEXT, false, "FILE",
     "outlines of the districts (GeoJSON) instead of those that come with the program"},
    {"outcome", 0, HW_OPTION_TEXT, false, "NAME",
     "of a sweep only this outcome, as in homeward sensitivity (all)"},
    {"scores", 0, HW_OPTION_TEXT, false, "FILE",
     "also show on the page how good earlier forecasts were (homeward hindcast --output)"},
    {"answers", 0, HW_OPTION_TEXT, true, "FILE",
     "also show this answer (homeward pledge, target, rank, ... --output); may be repeated"},
    HW_KNOWN_OPTIONS,
    HW_CURRENCY_OPTION,
    HW_REPLACE_OPTION,
    HW_UNSEALED_OPTION,
};

static const char *file_of(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

/* The file's name without its folder and ".h5"; all of the path where that is another's name already. */
static char *name_of(const char *path, const hw_page_result *before, uint32_t count) {
    const char *file = file_of(path);
    size_t length = strlen(file);
    if (length > 3 && strcmp(file + length - 3, ".h5") == 0) {
        length -= 3;
    }
    for (uint32_t j = 0; j < count; j++) {
        if (strncmp(before[j].name, file, length) == 0 && before[j].name[length] == '\0') {
            return hw_take_text("%s", path);
        }
    }
    return hw_take_text("%.*s", (int)length, file);
}

/* What the command line names, by what the files are. */
typedef struct question {
    const char *results[FILES_MOST]; /* paths */
    uint32_t result_count;
    const char *sweep; /* path, or NULL */
    hw_page_scores scores;
    bool has_scores;
    hw_page_answer answers[ANSWERS_MOST];
    uint32_t answer_count;
    hw_known known; /* of the only result */
} question;

static hw_status sort_files(question *asked, const hw_arguments *arguments, hw_errors *errors) {
    for (uint32_t i = 0; i < arguments->operand_count; i++) {
        const char *path = arguments->operands[i];
        if (!hw_sweep_results_is(path)) {
            asked->results[asked->result_count++] = path;
        } else if (asked->sweep == NULL) {
            asked->sweep = path;
        } else {
            hw_errors_say(errors, "%s and %s are both results of sweeps: a page shows one", asked->sweep,
                          path);
            return HW_ERROR_INPUT;
        }
    }
    if (asked->result_count == 0) {
        hw_errors_say(
            errors,
            "%s is the result of a sweep: name the result file of its scenario, too (homeward run), "
            "or see homeward sensitivity",
            asked->sweep);
    } else if (asked->result_count > RESULTS_MOST) {
        hw_errors_say(errors, "a page shows at most %d result files", RESULTS_MOST);
    } else if (asked->sweep == NULL && hw_argument(arguments, "outcome") != NULL) {
        hw_errors_say(errors, "--outcome is for the result of a sweep, and none was named");
    } else if (asked->result_count > 1 && hw_known_any(&asked->known)) {
        hw_errors_say(errors, "--given and --observations are for one result file");
    } else {
        return HW_OK;
    }
    return HW_ERROR_INPUT;
}

static hw_status read_scores(question *asked, const hw_arguments *arguments, hw_errors *errors) {
    const char *path = hw_argument_text(arguments, "scores");
    asked->has_scores = path != NULL;
    hw_inputs_add(&asked->known.inputs, path);
    return path != NULL ? hw_page_scores_read(&asked->scores, path, errors) : HW_OK;
}

static hw_status read_answers(question *asked, const hw_arguments *arguments, hw_errors *errors) {
    uint32_t count;
    const char **paths = hw_argument_texts(arguments, "answers", &count);
    hw_status status = HW_OK;
    if (count > ANSWERS_MOST) {
        hw_errors_say(errors, "a page shows at most %d answers", ANSWERS_MOST);
        status = HW_ERROR_INPUT;
    }
    for (uint32_t i = 0; i < count && status == HW_OK; i++) {
        hw_inputs_add(&asked->known.inputs, paths[i]);
        status = hw_page_answer_read(&asked->answers[asked->answer_count++], paths[i], errors);
    }
    free(paths);
    return status;
}

static hw_status open_results(hw_outcomes *outcomes, hw_page_result *results, const question *asked,
                              const hw_arguments *arguments, hw_errors *errors) {
    hw_trust trust = hw_argument_trust(arguments);
    hw_status status = HW_OK;
    for (uint32_t i = 0; i < asked->result_count && status == HW_OK; i++) {
        const char *path = asked->results[i];
        status = hw_outcomes_open_as(&outcomes[i], path, trust, errors);
        if (status == HW_OK) {
            status = hw_known_apply(&asked->known, &outcomes[i], errors);
        }
        if (status == HW_OK) {
            status = hw_money_ask(&outcomes[i], arguments, errors);
        }
        results[i] = (hw_page_result){
            .file = file_of(path), .name = name_of(path, results, i), .outcomes = &outcomes[i]};
    }
    return status;
}

static hw_status open_sweep(hw_page_sweep *sweep, hw_sweep_results **opened, const question *asked,
                            const hw_arguments *arguments, hw_errors *errors) {
    *opened = NULL;
    if (asked->sweep == NULL) {
        return HW_OK;
    }
    hw_status status = HW_OK;
    *opened = hw_sweep_results_open_as(asked->sweep, hw_argument_trust(arguments), &status, errors);
    *sweep = (hw_page_sweep){
        .file = file_of(asked->sweep), .results = *opened, .outcome = hw_argument_text(arguments, "outcome")};
    return status;
}

/* Of outlines that were asked for. */
static json_t *read_map(const hw_arguments *arguments, const hw_outcomes *outcomes, hw_status *status,
                        hw_errors *errors) {
    const char *path = hw_argument_text(arguments, "map");
    return path != NULL ? hw_outlines_read(path, outcomes, status, errors) : NULL;
}

/* A place or district of the first result, as it sounds, with or without what it is before it. */
static hw_status check_place(const hw_arguments *arguments, const hw_outcomes *outcomes, const char **place,
                             hw_errors *errors) {
    *place = hw_argument_text(arguments, "place");
    const char *colon = *place != NULL ? strchr(*place, ':') : NULL;
    const char *name = colon != NULL ? colon + 1 : *place;
    static const char *const axes[] = {"place", "district"};
    char *sound = name != NULL ? hw_name_fold(name) : NULL;
    bool found = name == NULL;
    for (size_t a = 0; a < HW_LENGTH(axes) && !found; a++) {
        const hw_axis *axis = hw_outcomes_axis(outcomes, axes[a]);
        for (uint32_t i = 0; axis != NULL && axis->labels != NULL && i < axis->length && !found; i++) {
            char *own = hw_name_fold(axis->labels[i]);
            found = strcmp(own, sound) == 0;
            *place = found ? axis->labels[i] : *place;
            free(own);
        }
    }
    free(sound);
    if (!found) {
        const hw_axis *axis = hw_outcomes_axis(outcomes, "place");
        bool has_labels = axis != NULL && axis->labels != NULL;
        hw_refuse_name("place", name, "these results", has_labels ? (const char *const *)axis->labels : NULL,
                       has_labels ? axis->length : 0, errors);
        return HW_ERROR_INPUT;
    }
    return HW_OK;
}

static hw_status write_page(const hw_arguments *arguments, const question *asked, const char *path,
                            hw_errors *errors) {
    hw_outcomes outcomes[RESULTS_MOST] = {0};
    hw_page_result results[RESULTS_MOST] = {0};
    hw_page_sweep sweep = {0};
    hw_sweep_results *opened = NULL;
    const hw_given *by = hw_argument(arguments, "by");
    hw_status status = open_results(outcomes, results, asked, arguments, errors);
    if (status == HW_OK) {
        status = open_sweep(&sweep, &opened, asked, arguments, errors);
    }
    const char *language = hw_argument_text(arguments, "language"), *place = NULL;
    json_t *map = NULL;
    if (status == HW_OK) {
        status = check_place(arguments, &outcomes[0], &place, errors);
    }
    if (status == HW_OK) {
        map = read_map(arguments, &outcomes[0], &status, errors);
    }
    if (status == HW_OK) {
        const hw_page_wish wish = {.results = results,
                                   .result_count = asked->result_count,
                                   .by = by != NULL ? &by->day : NULL,
                                   .language = language != NULL ? language : "en",
                                   .place = place,
                                   .map = map,
                                   .sweep = opened != NULL ? &sweep : NULL,
                                   .scores = asked->has_scores ? &asked->scores : NULL,
                                   .answers = asked->answers,
                                   .answer_count = asked->answer_count};
        status = hw_page_write(path, &wish, &asked->known.inputs.rules, errors);
    }
    json_decref(map);
    for (uint32_t i = 0; i < asked->result_count; i++) {
        free((char *)results[i].name);
        if (outcomes[i].layout == NULL) {
            continue;
        }
        hw_summary_print_warnings(stderr, &outcomes[i]);
        hw_outcomes_close(&outcomes[i]);
    }
    if (opened != NULL) {
        hw_sweep_summary_print_warnings(stderr, opened);
    }
    hw_sweep_results_close(opened);
    return status;
}

static int run(const hw_arguments *arguments) {
    if (hw_rank() != 0) {
        return 0;
    }
    hw_errors errors = {0};
    question asked = {0};
    hw_status status = hw_known_read(&asked.known, arguments, &errors);
    if (status == HW_OK) {
        hw_inputs_add(&asked.known.inputs, hw_argument_text(arguments, "map"));
        status = sort_files(&asked, arguments, &errors);
    }
    if (status == HW_OK) {
        status = read_scores(&asked, arguments, &errors);
    }
    if (status == HW_OK) {
        status = read_answers(&asked, arguments, &errors);
    }
    if (status == HW_OK) {
        const hw_given *output = hw_argument(arguments, "output");
        char *path = output != NULL ? hw_take_text("%s", output->text) : hw_page_path(asked.results[0]);
        status = hw_output_check(path, &hw_page_format, &asked.known.inputs.rules, &errors);
        if (status == HW_OK) {
            status = write_page(arguments, &asked, path, &errors);
        }
        if (status == HW_OK && !hw_output_is_standard(path)) {
            printf("page to look at: %s\n", path);
        }
        free(path);
    }
    int code = status == HW_OK ? 0 : hw_complain(status, &errors, NULL);
    hw_known_free(&asked.known);
    hw_book_free(&asked.scores.tables);
    for (uint32_t i = 0; i < asked.answer_count; i++) {
        hw_page_answer_free(&asked.answers[i]);
    }
    return code;
}

const hw_command hw_command_report = {
    .name = "report",
    .line = "result files as one page to look at: map, charts, tables, to send or to print",
    .operands = "RESULTS [MORE ...] [SWEEP]",
    .fewest = 1,
    .most = FILES_MOST,
    .options = options,
    .option_count = HW_LENGTH(options),
    .run = run,
};
