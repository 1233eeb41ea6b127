/* homeward allocate: the best shares of a budget, or the best layers for it. */
#include "analysis/base/file_kind.h"
#include "analysis/base/memory.h"
#include "analysis/commands/commands.h"
#include "analysis/decide/allocation.h"
#include "analysis/decide/answer.h"
#include "analysis/decide/layers.h"
#include "analysis/results/known.h"
#include "analysis/scenario/settings.h"
#include "sim/date.h"
#include "sim/input/setting.h"
#include "sim/length.h"
#include "sim/run/experiment.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    USUAL_WORLDS = 200,
    USUAL_SEED = 1,
    FEWEST_WORLDS = 2,
    FRESH = 4, /* times as many worlds */
    TRIES_A_PART = 12,
    FEWEST_TRIES = 6,
    MOST_TRIES = 100000,
    BATCHES = 20,
    LAST_YEAR = 9999
};

static const hw_option options[] = {
    {"budget", 0, HW_OPTION_TEXT, false, "MONEY", "'120 MUSD/year'; of levers what all may cost, '5 MUSD'"},
    {"choose", 0, HW_OPTION_TEXT, false, "WHAT", "districts, methods or years to share it among, or levers"},
    {"aim", 0, HW_OPTION_TEXT, false, "MEASURE", HW_MEASURE_KINDS},
    {"by", 0, HW_OPTION_DATE, false, "DATE", "of an aim that is 'people' or 'land' alone"},
    {"for", 0, HW_OPTION_TEXT, false, "RISK",
     "mean; p20: what four of five worlds reach; cvar20: the mean of the worst fifth; regret (mean)"},
    {"future", 0, HW_OPTION_TEXT, true, "FILE",
     "with --for regret: a scenario laid over FILE, beside FILE itself; may be repeated"},
    {"money", 0, HW_OPTION_TEXT, true, "STREAM",
     "yearly stream whose place the budget takes; may be repeated; none (all that bear no earmark)"},
    {"from", 0, HW_OPTION_COUNT, false, "YEAR", "the first year of the budget (the first to begin)"},
    {"at-least", 0, HW_OPTION_TEXT, true, "NAME=SHARE", "such as 'Agdam=10 %'; may be repeated"},
    {"at-most", 0, HW_OPTION_TEXT, true, "NAME=SHARE", "such as 'anywhere=0 %'; may be repeated"},
    {"change-at-most", 0, HW_OPTION_TEXT, false, "SHARE", "of the budget may stand elsewhere than today"},
    {"layer", 0, HW_OPTION_TEXT, true, "FILE=PRICE", "with --choose levers: a scenario laid over FILE"},
    {"indifference", 0, HW_OPTION_TEXT, false, "NUMBER",
     "with --choose levers: a difference that does not matter, in units of the aim"},
    {"tries", 0, HW_OPTION_COUNT, false, "N", "ways to share that are tried at most (12 for each part)"},
    {"replications", 'n', HW_OPTION_COUNT, false, "N",
     "worlds of the search (200); the proof takes four times as many fresh ones"},
    {"seed", 's', HW_OPTION_SEED, false, "N", "which worlds (1)"},
    {"horizon", 0, HW_OPTION_DATE, false, "DATE", "simulate to this date (the end of the aim's year)"},
    HW_ANSWER_OPTION,
    HW_STUDY_OPTIONS,
};

/* All that the command line says, and what lives as long as the answer. */
typedef struct asked {
    const hw_arguments *arguments;
    hw_measure measure;
    hw_ranking ranking;
    hw_layers layers;
    hw_allocation allocation;
    const hw_choice *choice; /* NULL: levers */
    hw_budget_wish budget;
    double indifference;
    const char **money, **at_least, **at_most, **futures;
} asked;

static uint64_t number_of(const hw_arguments *arguments, const char *option, uint64_t usual) {
    const hw_given *given = hw_argument(arguments, option);
    return given != NULL ? given->number : usual;
}

/* ---- Reading ---- */

/* 'people' --by 2030-12-31 is 'people by 2030-12-31'. */
static void read_aim(asked *q, hw_errors *errors) {
    const char *text = hw_argument_text(q->arguments, "aim");
    const hw_given *by = hw_argument(q->arguments, "by");
    if (text == NULL) {
        hw_errors_say(errors, "what is aimed at? --aim 'people by 2030-12-31'");
        return;
    }
    bool bare = strcmp(text, "people") == 0 || strcmp(text, "land") == 0;
    if (by != NULL && !bare) {
        hw_errors_say(errors,
                      "--by is the date of an aim that is 'people' or 'land' alone; here the aim is '%s'",
                      text);
        return;
    }
    char *whole =
        hw_take_text("%s%s%s", text, bare && by != NULL ? " by " : "", bare && by != NULL ? by->text : "");
    (void)hw_measure_read(&q->measure, "aim", whole, errors);
    free(whole);
}

static void read_choice(asked *q, hw_errors *errors) {
    static const char levers[] = "levers";
    const char *text = hw_argument_text(q->arguments, "choose");
    const char *names[8] = {levers};
    for (size_t i = 0; i < hw_choice_count; i++) {
        names[1 + i] = hw_choices[i].name;
    }
    if (text == NULL) {
        hw_errors_say(errors, "what is chosen? --choose districts, methods, years or levers");
        return;
    }
    q->choice = hw_choice_find(text);
    if (q->choice == NULL && strcmp(text, levers) == 0) {
        q->allocation.ranking = &q->ranking;
        q->allocation.layers = &q->layers;
    } else if (q->choice == NULL) {
        hw_suggest(errors, (hw_position){0}, text, names, 1 + hw_choice_count, "",
                   "--choose is districts, methods, years or levers, not '%s'", text);
    }
}

static void read_risk(asked *q, hw_errors *errors) {
    const char *text = hw_argument_text(q->arguments, "for");
    bool regret = text != NULL && strcmp(text, "regret") == 0;
    q->allocation.risk = regret ? NULL : hw_risk_find(text != NULL ? text : "mean");
    if (q->allocation.risk == NULL && !regret) {
        hw_errors_say(errors, "--for is mean, p20, cvar20 or regret, not '%s'", text);
    }
    if (regret != (q->allocation.future_count > 0)) {
        hw_errors_say(errors, regret ? "regret of which futures? --future FILE, once or more"
                                     : "--future is for --for regret");
    }
    for (uint32_t i = 0; i < q->allocation.future_count; i++) {
        (void)hw_file_kind_check(q->futures[i], HW_FILE_SCENARIO, errors);
    }
    if (q->allocation.ranking != NULL && text != NULL && strcmp(text, "mean") != 0) {
        hw_errors_say(errors, "--choose levers is ranked by the mean, not by '%s'", text);
    }
}

/* Options of one kind of choice given with another would do nothing. */
static void check_mix(const asked *q, hw_errors *errors) {
    static const char *const of_shares[] = {"money",   "from",           "at-least",
                                            "at-most", "change-at-most", "tries"},
                             *const of_levers[] = {"layer", "indifference"};
    bool levers = q->allocation.ranking != NULL;
    const char *const *strange = levers ? of_shares : of_levers;
    size_t count = levers ? HW_LENGTH(of_shares) : HW_LENGTH(of_levers);
    for (size_t i = 0; i < count; i++) {
        if (hw_argument(q->arguments, strange[i]) != NULL) {
            hw_errors_say(errors,
                          levers ? "--%s is for shares, not for --choose levers"
                                 : "--%s is for --choose levers",
                          strange[i]);
        }
    }
}

static void read_levers(asked *q, hw_errors *errors) {
    const char *text = hw_argument_text(q->arguments, "indifference");
    char *end = NULL;
    q->indifference = text != NULL ? strtod(text, &end) : 0;
    if (text == NULL || end == text || *end != '\0' || !(q->indifference > 0) || !isfinite(q->indifference)) {
        hw_errors_say(errors, "which difference does not matter? --indifference wants a number above 0");
    }
    uint32_t count;
    double budget;
    const char **texts = hw_argument_texts(q->arguments, "layer", &count);
    if (q->budget.amount != NULL &&
        hw_budget_read_money("budget", q->budget.amount, false, &budget, errors) == HW_OK) {
        (void)hw_layers_read(&q->layers, q->allocation.base, texts, count, budget, errors);
    }
    free(texts);
}

static void read_numbers(asked *q, hw_errors *errors) {
    hw_allocation *a = &q->allocation;
    a->worlds = number_of(q->arguments, "replications", USUAL_WORLDS);
    a->seed = number_of(q->arguments, "seed", USUAL_SEED);
    a->fresh_worlds = FRESH * a->worlds;
    a->fresh_seed = a->seed + (a->ranking != NULL ? BATCHES : 1);
    uint64_t tries = number_of(q->arguments, "tries", FEWEST_TRIES);
    if (a->worlds < (a->ranking != NULL ? 10 : FEWEST_WORLDS)) {
        hw_errors_say(errors, "the search needs at least %d worlds (-n)",
                      a->ranking != NULL ? 10 : FEWEST_WORLDS);
    }
    if (tries < FEWEST_TRIES || tries > MOST_TRIES) {
        hw_errors_say(errors, "--tries is %d to %d", FEWEST_TRIES, MOST_TRIES);
    }
    const hw_given *from = hw_argument(q->arguments, "from");
    if (from != NULL && (from->number == 0 || from->number > LAST_YEAR)) {
        hw_errors_say(errors, "--from wants a year, such as 2026, not '%s'", from->text);
    }
    q->budget.from = from != NULL && from->number <= LAST_YEAR ? (int32_t)from->number : 0;
}

static hw_status read_question(asked *q, hw_errors *errors) {
    hw_allocation *a = &q->allocation;
    a->base = q->arguments->operands[0];
    a->measure = &q->measure;
    q->budget.amount = hw_argument_text(q->arguments, "budget");
    q->budget.change = hw_argument_text(q->arguments, "change-at-most");
    q->money = hw_argument_texts(q->arguments, "money", &q->budget.money_count);
    q->at_least = hw_argument_texts(q->arguments, "at-least", &q->budget.at_least_count);
    q->at_most = hw_argument_texts(q->arguments, "at-most", &q->budget.at_most_count);
    q->futures = hw_argument_texts(q->arguments, "future", &a->future_count);
    q->budget.money = q->money;
    q->budget.at_least = q->at_least;
    q->budget.at_most = q->at_most;
    a->futures = q->futures;
    if (q->budget.amount == NULL) {
        hw_errors_say(errors, "which budget? --budget '120 MUSD/year'");
    }
    (void)hw_file_kind_check(a->base, HW_FILE_SCENARIO, errors);
    read_aim(q, errors);
    read_choice(q, errors);
    read_risk(q, errors);
    read_numbers(q, errors);
    if (q->choice != NULL || a->ranking != NULL) {
        check_mix(q, errors);
    }
    if (a->ranking != NULL) {
        read_levers(q, errors);
    }
    return errors->count > 0 ? HW_ERROR_INPUT : HW_OK;
}

/* Whether the aim lies in what the scenario simulates, before its horizon is drawn in. */
static hw_status look_at_aim(asked *q, const hw_study_wish *wish, hw_errors *errors) {
    const hw_study_source source = {.path = q->allocation.base};
    hw_loaded loaded = {0};
    hw_status status = hw_study_load(&loaded, &source, wish, errors);
    if (status == HW_OK) {
        const hw_outcomes shape = {.layout = loaded.layout, .start = loaded.start, .horizon = loaded.horizon};
        status = hw_measure_look(&q->measure, &shape, errors);
    }
    hw_load_free(&loaded);
    return status;
}

/* Looks aim and budget up in the scenario and in the futures, before anything is run (collective). */
static hw_status look(asked *q, const hw_study_wish *wish, hw_errors *errors) {
    hw_allocation *a = &q->allocation;
    hw_status worst = HW_OK;
    for (uint32_t f = a->future_count + 1; f-- > 0 && worst == HW_OK;) { /* the base is looked up last */
        const hw_study_source source = {.path = f > 0 ? a->futures[f - 1] : a->base,
                                        .over = f > 0 ? a->base : NULL};
        hw_loaded loaded = {0};
        worst = hw_study_load(&loaded, &source, wish, errors);
        if (worst == HW_OK) {
            const hw_outcomes shape = {
                .layout = loaded.layout, .start = loaded.start, .horizon = loaded.horizon};
            worst = hw_measure_look(&q->measure, &shape, errors);
            hw_budget_free(&a->budget);
            if (q->choice != NULL &&
                hw_budget_look(&a->budget, q->choice, &q->budget, &loaded, errors) != HW_OK) {
                worst = HW_ERROR_INPUT;
            }
            hw_warn(&loaded.warnings);
        }
        if (f == 0 && worst == HW_OK) {
            a->title = hw_take_text("%s", loaded.title);
            a->known = hw_known_text(hw_binding_rows(loaded.binding));
            a->digest = hw_take_text("%s", hw_binding_digest(loaded.binding));
            a->start = loaded.start;
            a->horizon = loaded.horizon;
        }
        hw_load_free(&loaded);
    }
    a->most = (uint32_t)number_of(q->arguments, "tries", (uint64_t)TRIES_A_PART * a->budget.count);
    return worst;
}

/* What comes after the aim changes nothing: worlds end with its year, unless somebody says otherwise. */
static int64_t last_day_that_counts(const hw_measure *measure) {
    static const int64_t horizon = INT64_MAX;
    switch (measure->kind) {
    case HW_MEASURE_PEOPLE:
    case HW_MEASURE_LAND:
    case HW_MEASURE_CHANCE:
        return measure->event.by;
    case HW_MEASURE_ALL:
        return measure->all[0].by;
    case HW_MEASURE_SUM: {
        int64_t last = INT64_MIN;
        for (uint32_t i = 0; i < measure->count; i++) {
            int64_t one = last_day_that_counts(&measure->parts[i]);
            last = one > last ? one : last;
        }
        return last;
    }
    default:
        return horizon;
    }
}

static bool is_set(const hw_setting *settings, uint32_t count, const char *path) {
    for (uint32_t i = 0; i < count; i++) {
        if (hw_path_relate(settings[i].path, path) != HW_PATHS_APART) {
            return true;
        }
    }
    return false;
}

/* ---- Answering ---- */

static hw_status find(asked *q, hw_study_wish *wish, hw_errors *errors) {
    hw_allocation *a = &q->allocation;
    if (a->ranking == NULL) {
        return hw_allocation_find(a, wish, errors);
    }
    q->ranking = (hw_ranking){
        .measure = &q->measure, .batch = a->worlds, .most = BATCHES * a->worlds, .seed = a->seed};
    return hw_allocation_rank(a, q->layers.sources, q->layers.set_count, q->indifference, wish, errors);
}

static hw_status write_book(const hw_arguments *arguments, const hw_allocation *a, hw_errors *errors) {
    hw_book book = {0};
    hw_allocation_build(&book, a);
    hw_status status = hw_answer_deliver(arguments, &book, errors);
    if (status == HW_OK && !hw_delivers(arguments)) {
        hw_allocation_print_head(stdout, a);
        hw_book_print(stdout, &book);
    }
    hw_book_free(&book);
    return status;
}

static void forget(asked *q) {
    hw_allocation_free(&q->allocation);
    hw_ranking_free(&q->ranking);
    hw_layers_free(&q->layers);
    hw_measure_free(&q->measure);
    free(q->money);
    free(q->at_least);
    free(q->at_most);
    free(q->futures);
}

static int run(const hw_arguments *arguments) {
    hw_errors errors = {0};
    uint32_t setting_count;
    hw_setting *settings = hw_settings_read(arguments, &setting_count, &errors);
    asked q = {.arguments = arguments};
    char end[16];
    const hw_output_rules rules = {.replace = hw_argument(arguments, "replace") != NULL};
    hw_study_wish wish = hw_study_wish_of(arguments, &rules, settings, setting_count);
    wish.warned = true; /* once, and not for each try */
    hw_status status = read_question(&q, &errors);
    if (status == HW_OK) {
        status = look_at_aim(&q, &wish, &errors);
    }
    int64_t last = status == HW_OK ? last_day_that_counts(&q.measure) : INT64_MAX;
    if (last != INT64_MAX && !is_set(settings, setting_count, "horizon")) {
        int64_t day = hw_date_to_days((hw_date){hw_date_from_days(last).year, 12, 31});
        settings = hw_take_again(settings, setting_count + 1, sizeof *settings);
        settings[setting_count++] =
            (hw_setting){.path = hw_take_text("horizon"), .yaml = hw_date_print(day, end)};
    }
    wish.settings = settings;
    wish.setting_count = setting_count;
    if (status == HW_OK) {
        status = look(&q, &wish, &errors);
    }
    if (status == HW_OK) {
        status = hw_answer_check(arguments, &errors);
    }
    if (status == HW_OK) {
        status = find(&q, &wish, &errors);
    }
    if (status == HW_OK && hw_rank() == 0) {
        status = write_book(arguments, &q.allocation, &errors);
    }
    forget(&q);
    hw_settings_free(settings, setting_count);
    return status == HW_OK ? 0 : hw_complain(status, &errors, NULL);
}

const hw_command hw_command_allocate = {
    .name = "allocate",
    .line = "the best shares of a budget, or the best levers for it, held against today",
    .operands = "FILE",
    .fewest = 1,
    .most = 1,
    .options = options,
    .option_count = HW_LENGTH(options),
    .shares_work = true,
    .run = run,
};
