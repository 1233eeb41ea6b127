/* homeward pledge: the receipt of a gift. */
#include "analysis/base/file_kind.h"
#include "analysis/base/memory.h"
#include "analysis/belief/known.h"
#include "analysis/commands/commands.h"
#include "analysis/compare/levers.h"
#include "analysis/compare/repeats.h"
#include "analysis/decide/answer.h"
#include "analysis/decide/gift.h"
#include "analysis/decide/receipt.h"
#include "analysis/scenario/settings.h"
#include "sim/length.h"
#include "sim/run/experiment.h"
#include "sim/run/trouble.h"
#include <stdlib.h>

enum { USUAL_WORLDS = 400, FEWEST_WORLDS = 2 };

static const hw_option options[] = {
    HW_GIFT_OPTIONS,
    {"replications", 'n', HW_OPTION_COUNT, false, "N", "how many worlds (400)"},
    {"seed", 's', HW_OPTION_SEED, false, "N", "which worlds (1)"},
    {"place", 'p', HW_OPTION_TEXT, false, "NAME",
     "days gained for this place or district (place:NAME, district:NAME; mean of all places, but those "
     "released before the start)"},
    {"by", 0, HW_OPTION_DATE, false, "DATE",
     "people home, and probability of release, by this date (2035-12-31, or the horizon)"},
    {"land-by", 0, HW_OPTION_DATE, false, "DATE", "land released by this date (2030-12-31, or the horizon)"},
    {"tied", 0, HW_OPTION_SWITCH, false, NULL, "only the gift as it is: do not ask what each string costs"},
    HW_GIVEN_OPTION,
    HW_HORIZON_OPTION,
    HW_ANSWER_OPTION,
    HW_STUDY_OPTIONS,
};

static hw_status write_book(const hw_arguments *arguments, const hw_receipt *receipt, hw_errors *errors) {
    hw_book book = {0};
    hw_receipt_build(&book, receipt);
    hw_status status = hw_answer_deliver(arguments, &book, errors);
    if (status == HW_OK && hw_delivers(arguments)) {
        hw_compare_print_warnings(stderr, &receipt->all);
    } else if (status == HW_OK) {
        hw_receipt_print_head(stdout, receipt);
        hw_book_print(stdout, &book);
    }
    hw_book_free(&book);
    return status;
}

/* Contenders in the order of the sources: the base, perhaps the floor, the gift, the gift untied. */
static void group(hw_contender *contenders, const hw_repeats *repeats) {
    const hw_contender *gift = &contenders[1 + repeats->floor];
    for (uint32_t i = 2 + repeats->floor; i < hw_repeats_contenders(repeats); i++) {
        contenders[i].group = HW_RECEIPT_UNTIED;
        contenders[i].base = gift;
    }
}

static hw_status tell(const hw_arguments *arguments, const hw_study *study, const hw_repeats *repeats,
                      const hw_gift *gift, hw_errors *errors) {
    const hw_outcomes **copies = NULL;
    hw_contender *contenders = hw_repeats_contend(repeats, study, &copies);
    group(contenders, repeats);
    const hw_given *by = hw_argument(arguments, "by"), *land = hw_argument(arguments, "land-by");
    const hw_outcomes *base = contenders[0].outcomes;
    const hw_receipt_wish wish = {
        .streams = gift->streams,
        .stream_count = gift->stream_count,
        .pays = gift->pays,
        .others = gift->others,
        .other_count = gift->other_count,
        .place = hw_argument_text(arguments, "place"),
        .from = gift->from,
        .by = by != NULL ? by->day : hw_levers_usual_date(base),
        .land_by = land != NULL ? land->day : hw_levers_usual_land_date(base),
        .floor_missing = !repeats->floor,
    };
    hw_receipt receipt;
    hw_status status = hw_receipt_make(&receipt, &contenders[0], &contenders[1],
                                       hw_repeats_contenders(repeats) - 1, &wish, errors);
    if (status == HW_OK) {
        hw_receipt_say(&receipt);
        status = write_book(arguments, &receipt, errors);
    }
    hw_receipt_free(&receipt);
    free(contenders);
    free(copies);
    return status;
}

/* Wrong questions are refused before the work, not after. */
static hw_status check_question(const hw_arguments *arguments, const hw_study *study, const hw_gift *gift,
                                hw_errors *errors) {
    uint32_t before = errors->count;
    (void)hw_study_check_question(arguments, study, errors);
    if (study->replications < FEWEST_WORLDS) {
        hw_errors_say(errors, "a receipt needs at least %d worlds (-n)", FEWEST_WORLDS);
    }
    if (gift->from > study->parts[0].loaded.horizon) {
        hw_errors_say(errors, "the gift comes after the horizon: nothing of it would be seen");
    }
    return errors->count > before ? HW_ERROR_INPUT : HW_OK;
}

/* What the reader knows, before the work; only rank 0 does. */
static hw_status read_known(hw_known *known, const hw_arguments *arguments, const hw_study *study,
                            hw_errors *errors) {
    hw_trouble trouble = {0};
    if (hw_rank() == 0) {
        trouble.status = hw_known_read(known, arguments, errors);
        trouble.status =
            trouble.status == HW_OK ? hw_known_check_study(known, study, errors) : trouble.status;
    }
    return hw_trouble_agree(&trouble);
}

static hw_status run_study(const hw_arguments *arguments, const hw_gift *gift, const hw_study_wish *wish,
                           hw_known *known, hw_errors *errors) {
    hw_study_source *sources = hw_gift_sources(gift, arguments->operands[0]);
    uint32_t count = hw_argument(arguments, "tied") != NULL ? 2 : 2 + gift->untied_count;
    hw_study study = {0};
    hw_repeats repeats = {0};
    const hw_repeats_wish asked = {.floor = true, .copies = 1};
    hw_status status = hw_repeats_plan(&repeats, &asked, sources, count, wish, errors);
    if (status == HW_OK) {
        status = hw_study_open(&study, repeats.sources, repeats.count, wish, errors);
    }
    if (status == HW_OK) {
        status = check_question(arguments, &study, gift, errors);
    }
    if (status == HW_OK) {
        status = read_known(known, arguments, &study, errors);
    }
    if (status == HW_OK) {
        status = hw_study_run(&study, errors);
    }
    if (status == HW_OK && hw_rank() == 0) {
        status = hw_known_apply_to_study(known, &study, errors);
    }
    if (status == HW_OK && hw_rank() == 0) {
        status = tell(arguments, &study, &repeats, gift, errors);
    }
    hw_study_close(&study);
    hw_repeats_free(&repeats);
    hw_gift_sources_free(gift, sources);
    return status;
}

static int run(const hw_arguments *arguments) {
    hw_errors errors = {0};
    uint32_t setting_count;
    hw_setting *settings = hw_settings_read(arguments, &setting_count, &errors);
    const hw_output_rules rules = {.replace = hw_argument(arguments, "replace") != NULL};
    hw_study_wish wish = hw_study_wish_of(arguments, &rules, settings, setting_count);
    static const uint64_t usual = USUAL_WORLDS;
    wish.replications = wish.replications != NULL ? wish.replications : &usual;
    hw_gift gift = {0};
    hw_known known = {0};
    hw_status status = errors.count ? HW_ERROR_INPUT : HW_OK;
    if (status == HW_OK) {
        status = hw_file_kind_check(arguments->operands[0], HW_FILE_SCENARIO, &errors);
    }
    if (status == HW_OK) {
        status = hw_gift_read(&gift, arguments, &errors);
    }
    if (status == HW_OK) {
        status = hw_gift_look(&gift, arguments->operands[0], &wish, &errors);
    }
    if (status == HW_OK) {
        status = hw_answer_check(arguments, &errors);
    }
    if (status == HW_OK) {
        status = run_study(arguments, &gift, &wish, &known, &errors);
    }
    hw_gift_free(&gift);
    hw_settings_free(settings, setting_count);
    int code = status == HW_OK ? 0 : hw_complain(status, &errors, NULL);
    hw_known_free(&known); /* errors borrow texts of it */
    return code;
}

const hw_command hw_command_pledge = {
    .name = "pledge",
    .line = "the receipt of a gift: what it becomes, adds and brings, and what its strings cost",
    .operands = "BASE",
    .fewest = 1,
    .most = 1,
    .options = options,
    .option_count = HW_LENGTH(options),
    .shares_work = true,
    .run = run,
};
