/* homeward target: the least money for a place by a date. */
#include "analysis/decide/target.h"
#include "analysis/base/file_kind.h"
#include "analysis/base/memory.h"
#include "analysis/commands/commands.h"
#include "analysis/decide/answer.h"
#include "analysis/results/known.h"
#include "analysis/scenario/settings.h"
#include "models/scenario.h"
#include "sim/date.h"
#include "sim/input/setting.h"
#include "sim/length.h"
#include "sim/run/experiment.h"
#include <stdlib.h>
#include <string.h>

enum { USUAL_WORLDS = 400, USUAL_SEED = 1, LAST_YEAR = 9999, FEWEST_WORLDS = 2 };

static const hw_option options[] = {
    {"by", 0, HW_OPTION_TEXT, false, "AIM", "'p(PLACE by YYYY-MM-DD) >= N %'"},
    {"money", 0, HW_OPTION_TEXT, false, "STREAM",
     "the yearly stream whose amount is asked for; a new name: a budget of the state beside the others"},
    {"from", 0, HW_OPTION_COUNT, false, "YEAR", "the first year of the other amount (the first to begin)"},
    {"replications", 'n', HW_OPTION_COUNT, false, "N", "how many worlds for each amount (400)"},
    {"seed", 's', HW_OPTION_SEED, false, "N", "which worlds (1); the proof takes the next ones"},
    {"horizon", 0, HW_OPTION_DATE, false, "DATE", "simulate to this date (the end of the aim's year)"},
    HW_ANSWER_OPTION,
    HW_STUDY_OPTIONS,
};

static hw_status write_book(const hw_arguments *arguments, const hw_target *target, hw_errors *errors) {
    hw_book book = {0};
    hw_target_build(&book, target);
    hw_status status = hw_answer_deliver(arguments, &book, errors);
    if (status == HW_OK && !hw_delivers(arguments)) {
        hw_target_print_head(stdout, target);
        hw_book_print(stdout, &book);
    }
    hw_book_free(&book);
    return status;
}

/* A place that is recorded as released is no question of money. */
static hw_status check_open(const hw_aim *aim, const hw_loaded *loaded, hw_errors *errors) {
    char date[16];
    const hw_scenario *scenario = loaded->scenario;
    if (aim->of_district || aim->position >= scenario->places.count) {
        return HW_OK;
    }
    const hw_place *place = HW_ITEM(scenario->places, hw_place, aim->position);
    if (place->released_by == INT64_MAX) {
        return HW_OK;
    }
    hw_errors_say(errors, "%s was released before the start, by %s: a fact, which no money changes",
                  aim->name, hw_date_print(place->released_by, date));
    return HW_ERROR_INPUT;
}

/* Looks the aim and the money up in the scenario, before anything is run (collective). */
static hw_status look(hw_target *target, const hw_arguments *arguments, const hw_study_wish *wish,
                      hw_errors *errors) {
    const hw_given *from = hw_argument(arguments, "from");
    const char *money = hw_argument_text(arguments, "money");
    const hw_study_source source = {.path = target->base};
    hw_loaded loaded = {0};
    hw_status status = hw_study_load(&loaded, &source, wish, errors);
    if (status == HW_OK) {
        const hw_outcomes shape = {.layout = loaded.layout, .start = loaded.start, .horizon = loaded.horizon};
        status = hw_aim_look(&target->aim, &shape, errors);
        status = status == HW_OK ? check_open(&target->aim, &loaded, errors) : status;
        int32_t year = from != NULL ? (int32_t)from->number : 0;
        if (hw_purse_look(&target->purse, &loaded, money, year, errors) != HW_OK) {
            status = HW_ERROR_INPUT;
        }
        target->title = hw_take_text("%s", loaded.title);
        target->known = hw_known_text(hw_binding_rows(loaded.binding));
        target->digest = hw_take_text("%s", hw_binding_digest(loaded.binding));
        target->start = loaded.start;
        target->horizon = loaded.horizon;
        hw_warn(&loaded.warnings);
    }
    hw_load_free(&loaded);
    return status;
}

static hw_status read_question(hw_target *target, const hw_arguments *arguments, hw_errors *errors) {
    const char *aim = hw_argument_text(arguments, "by");
    if (aim == NULL) {
        hw_errors_say(errors, "what is aimed at? --by 'p(Agdam city by 2028-12-31) >= 80 %%'");
    }
    if (hw_argument_text(arguments, "money") == NULL) {
        hw_errors_say(errors, "whose money? --money 'State mine action budget', or a new name");
    }
    const hw_given *from = hw_argument(arguments, "from");
    if (from != NULL && (from->number == 0 || from->number > LAST_YEAR)) {
        hw_errors_say(errors, "--from wants a year, such as 2026, not '%s'", from->text);
    }
    const hw_given *worlds = hw_argument(arguments, "replications");
    if (worlds != NULL && worlds->number < FEWEST_WORLDS) {
        hw_errors_say(errors, "the search needs at least %d worlds (-n)", FEWEST_WORLDS);
    }
    if (errors->count > 0) {
        return HW_ERROR_INPUT;
    }
    target->base = arguments->operands[0];
    hw_status status = hw_file_kind_check(target->base, HW_FILE_SCENARIO, errors);
    return status == HW_OK ? hw_aim_read(&target->aim, aim, errors) : status;
}

/* What comes after the aim changes nothing: worlds end with its year, unless somebody says otherwise. */
static hw_setting end_of_year(const hw_aim *aim, char text[16]) {
    int64_t end = hw_date_to_days((hw_date){hw_date_from_days(aim->by).year, 12, 31});
    return (hw_setting){.path = hw_take_text("horizon"), .yaml = hw_date_print(end, text)};
}

static bool is_set(const hw_setting *settings, uint32_t count, const char *path) {
    for (uint32_t i = 0; i < count; i++) {
        if (hw_path_relate(settings[i].path, path) != HW_PATHS_APART) {
            return true;
        }
    }
    return false;
}

static int run(const hw_arguments *arguments) {
    hw_errors errors = {0};
    uint32_t setting_count;
    hw_setting *settings = hw_settings_read(arguments, &setting_count, &errors);
    char end[16];
    hw_target target = {0};
    hw_status status = read_question(&target, arguments, &errors);
    if (status == HW_OK && !is_set(settings, setting_count, "horizon")) {
        settings = hw_take_again(settings, setting_count + 1, sizeof *settings);
        settings[setting_count++] = end_of_year(&target.aim, end);
    }
    const hw_output_rules rules = {.replace = hw_argument(arguments, "replace") != NULL};
    static const uint64_t worlds = USUAL_WORLDS, seed = USUAL_SEED;
    hw_study_wish wish = hw_study_wish_of(arguments, &rules, settings, setting_count);
    wish.replications = wish.replications != NULL ? wish.replications : &worlds;
    wish.seed = wish.seed != NULL ? wish.seed : &seed;
    wish.warned = true; /* once, and not for each amount */
    if (status == HW_OK) {
        status = look(&target, arguments, &wish, &errors);
    }
    if (status == HW_OK) {
        status = hw_answer_check(arguments, &errors);
    }
    if (status == HW_OK) {
        status = hw_target_find(&target, &wish, &errors);
    }
    if (status == HW_OK && hw_rank() == 0) {
        status = write_book(arguments, &target, &errors);
    }
    hw_target_free(&target);
    hw_settings_free(settings, setting_count);
    return status == HW_OK ? 0 : hw_complain(status, &errors, NULL);
}

const hw_command hw_command_target = {
    .name = "target",
    .line = "the least money for a place by a date, with what confidence",
    .operands = "BASE",
    .fewest = 1,
    .most = 1,
    .options = options,
    .option_count = HW_LENGTH(options),
    .shares_work = true,
    .run = run,
};
