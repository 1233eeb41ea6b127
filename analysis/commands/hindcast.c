/* homeward hindcast: how good forecasts from earlier days would have been. */
#include "analysis/base/inputs.h"
#include "analysis/base/memory.h"
#include "analysis/belief/area_shares.h"
#include "analysis/belief/held.h"
#include "analysis/belief/hindcast_sheets.h"
#include "analysis/belief/scores_file.h"
#include "analysis/commands/commands.h"
#include "analysis/summary/summary.h"
#include "analysis/tables/deliver.h"
#include "sim/date.h"
#include "sim/length.h"
#include "sim/run/experiment.h"
#include <stdlib.h>

static const hw_option options[] = {
    {"observations", 0, HW_OPTION_TEXT, false, "FACTS",
     "the file of facts to learn from and to be scored by"},
    {"origin", 0, HW_OPTION_DATE, true, "DATE",
     "a day to forecast from; may be repeated (each end of a year)"},
    {"ahead", 0, HW_OPTION_COUNT, false, "MONTHS",
     "facts are scored up to so many months after the origin (24)"},
    {"only", 0, HW_OPTION_TEXT, true, "QUANTITY",
     "learn only from facts about this quantity; may be repeated"},
    {"output", 'o', HW_OPTION_TEXT, false, "FILE",
     "also keep all tables as HDF5, for Python and for homeward report --scores"},
    HW_TABLE_OPTIONS,
    HW_REPLACE_OPTION,
    HW_UNSEALED_OPTION,
};

/* The ends of the years behind the start, as long as a fact comes after them. */
static int64_t *ends_of_years(const hw_besides *besides, uint32_t *count) {
    int64_t last = INT64_MIN, *days = NULL;
    for (uint32_t i = 0; i < besides->count; i++) {
        const hw_observation *o = &besides->observations->items[i];
        last = o->question.kind != NULL && !o->plan && o->question.to > last ? o->question.to : last;
    }
    *count = 0;
    for (int32_t year = hw_date_from_days(besides->outcomes->start).year + 1;; year++) {
        int64_t day = hw_date_to_days((hw_date){year, 12, 31});
        if (day >= last) {
            return days;
        }
        days = hw_take_again(days, *count + 1, sizeof *days);
        days[(*count)++] = day;
    }
}

/* A result that knows no more than the first origin leaks nothing. */
static void print_leak(const hw_outcomes *outcomes, const hw_hindcast *hindcast) {
    int64_t as_of = INT64_MAX, first = INT64_MAX;
    for (uint32_t o = 0; o < hindcast->origins; o++) {
        first = hindcast->weights[o].as_of < first ? hindcast->weights[o].as_of : first;
    }
    if (!hw_outcomes_as_of(outcomes, &as_of) || as_of > first) {
        puts("\nThe scenario itself knows more than was known at the first origin: values that became known "
             "later are\n"
             "in these forecasts. homeward run --as-of DATE leaves them out.");
    }
    puts("\nEach fact: --csv FOLDER or --json.");
}

static hw_status deliver(const hw_arguments *arguments, const hw_besides *besides,
                         const hw_hindcast *hindcast, const hw_output_rules *rules, hw_errors *errors) {
    hw_book book = {0};
    hw_summary_add_about(&book, besides->outcomes);
    hw_hindcast_build(&book, besides, hindcast);
    const char *output = hw_argument_text(arguments, "output");
    hw_status status = output != NULL ? hw_scores_write(output, &book, rules, errors) : HW_OK;
    if (status == HW_OK) {
        status = hw_deliver(arguments, &book, rules, errors);
    }
    if (status == HW_OK && !hw_delivers(arguments)) {
        hw_summary_print_head(stdout, besides->outcomes);
        hw_book_print(stdout, &book);
        print_leak(besides->outcomes, hindcast);
    } else if (status == HW_OK) {
        hw_summary_print_warnings(stderr, besides->outcomes);
    }
    hw_book_free(&book);
    return status;
}

static hw_status score(const hw_arguments *arguments, const hw_besides *besides, const hw_learning *learning,
                       const hw_output_rules *rules, hw_errors *errors) {
    const hw_given *ahead = hw_argument(arguments, "ahead");
    double months = ahead != NULL ? (double)ahead->number : 24;
    uint32_t count = 0;
    int64_t *origins = hw_argument_days(arguments, "origin", &count);
    if (count == 0) {
        free(origins);
        origins = ends_of_years(besides, &count);
    }
    hw_hindcast hindcast = {0};
    hw_status status = HW_ERROR_INPUT;
    double *shares = hw_area_shares(besides, errors);
    if (shares != NULL) {
        int64_t days = (int64_t)(months * 365.2425 / 12 + 0.5);
        hindcast = hw_hindcast_make(besides, origins, count, days, learning, shares);
    }
    if (shares == NULL) {
        status = HW_ERROR_IO;
    } else if (hindcast.count == 0) {
        hw_errors_say(errors, "no fact that the model tells lies after an origin: nothing to score");
    } else {
        status = deliver(arguments, besides, &hindcast, rules, errors);
    }
    free(shares);
    hw_hindcast_free(&hindcast);
    free(origins);
    return status;
}

static void check(const hw_arguments *arguments, hw_errors *errors) {
    enum { AHEAD_MOST = 1200 };
    char date[16];
    uint32_t count = 0;
    int64_t *origins = hw_argument_days(arguments, "origin", &count);
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t j = 0; j < i; j++) {
            if (origins[i] == origins[j]) {
                hw_errors_say(errors, "--origin %s is given twice", hw_date_print(origins[i], date));
            }
        }
    }
    free(origins);
    const hw_given *ahead = hw_argument(arguments, "ahead");
    if (ahead != NULL && ahead->number > AHEAD_MOST) {
        hw_errors_say(errors, "--ahead: expected at most %d months", AHEAD_MOST);
    }
}

static int run(const hw_arguments *arguments) {
    if (hw_rank() != 0) {
        return 0;
    }
    hw_errors errors = {0};
    hw_learning learning = {.model = hw_usual_model_error, .share = 0.5};
    if (hw_argument(arguments, "observations") == NULL) {
        hw_errors_say(&errors, "hindcast wants --observations FACTS");
        return hw_complain(HW_ERROR_INPUT, &errors, arguments->command);
    }
    learning.only = hw_argument_texts(arguments, "only", &learning.only_count);
    (void)hw_learning_check(&learning, &errors);
    check(arguments, &errors);
    hw_status status = errors.count == 0 ? HW_OK : HW_ERROR_INPUT;
    hw_held held = {0};
    hw_inputs inputs;
    hw_inputs_begin(&inputs, arguments);
    hw_inputs_add(&inputs, hw_argument_text(arguments, "observations"));
    const char *output = hw_argument_text(arguments, "output");
    if (status == HW_OK && output != NULL) {
        status = hw_output_check(output, &hw_scores_format, &inputs.rules, &errors);
    }
    if (status == HW_OK) {
        status = hw_held_open(&held, hw_argument_text(arguments, "observations"), INT64_MAX,
                              arguments->operands[0], hw_argument_trust(arguments), &errors);
        hw_inputs_add(&inputs, held.facts.linked);
    }
    if (status == HW_OK) {
        status = score(arguments, &held.besides, &learning, &inputs.rules, &errors);
    }
    int code = status == HW_OK ? 0 : hw_complain(status, &errors, NULL);
    hw_held_close(&held);
    hw_inputs_free(&inputs);
    free((void *)learning.only);
    return code;
}

const hw_command hw_command_hindcast = {
    .name = "hindcast",
    .line = "how good forecasts from earlier days would have been, beside simple rules",
    .operands = "RESULTS --observations FACTS",
    .fewest = 1,
    .most = 1,
    .options = options,
    .option_count = HW_LENGTH(options),
    .run = run,
};
