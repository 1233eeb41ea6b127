/* homeward levers: every lever one at a time against the base, ranked. */
#include "analysis/compare/levers.h"
#include "analysis/base/file_kind.h"
#include "analysis/base/memory.h"
#include "analysis/belief/known.h"
#include "analysis/commands/commands.h"
#include "analysis/compare/lever_files.h"
#include "analysis/compare/repeats.h"
#include "analysis/results/question.h"
#include "analysis/results/study.h"
#include "analysis/scenario/settings.h"
#include "analysis/tables/deliver.h"
#include "sim/length.h"
#include "sim/run/experiment.h"
#include "sim/run/trouble.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const hw_option options[] = {
    {"replications", 'n', HW_OPTION_COUNT, false, "N", "how many worlds for each lever (1000)"},
    {"seed", 's', HW_OPTION_SEED, false, "N", "which worlds (1)"},
    {"place", 'p', HW_OPTION_TEXT, false, "NAME",
     "days gained for this place or district (place:NAME, district:NAME; mean of all places, but those "
     "released before the start)"},
    {"by", 0, HW_OPTION_DATE, false, "DATE",
     "people home, and probability of release, by this date (2035-12-31, or the horizon)"},
    {"land-by", 0, HW_OPTION_DATE, false, "DATE", "land released by this date (2030-12-31, or the horizon)"},
    HW_STEADY_OPTION,
    {"only", 0, HW_OPTION_TEXT, false, "A,B", "only these levers and bundles, by the names of their files"},
    {"levers", 0, HW_OPTION_TEXT, false, "FOLDER", "where the levers are (levers/ beside the base)"},
    HW_HORIZON_OPTION,
    HW_GIVEN_OPTION,
    HW_OBSERVATIONS_OPTION,
    HW_STUDY_OPTIONS,
};

static hw_status write_book(const hw_arguments *arguments, const hw_levers *levers,
                            const hw_output_rules *rules, hw_errors *errors) {
    hw_book book = {0};
    hw_levers_build(&book, levers);
    hw_status status = hw_deliver(arguments, &book, rules, errors);
    if (status == HW_OK && hw_delivers(arguments)) {
        hw_compare_print_warnings(stderr, &levers->all);
    } else if (status == HW_OK) {
        hw_levers_print_head(stdout, levers);
        hw_book_print(stdout, &book);
    }
    hw_book_free(&book);
    return status;
}

/* The kind of each lever is its group. */
static void group(hw_contender *contenders, const hw_repeats *repeats, const hw_lever_files *files) {
    for (uint32_t i = 1; i < hw_repeats_contenders(repeats); i++) {
        uint32_t source = hw_repeats_source_of(repeats, i);
        contenders[i].group = source > 0 ? (uint32_t)files->items[source - 1].kind : HW_LEVER_SINGLE;
    }
}

static hw_status tell(const hw_arguments *arguments, const hw_study *study, const hw_repeats *repeats,
                      const hw_lever_files *files, const hw_known *known, hw_errors *errors) {
    const hw_outcomes **copies = NULL;
    hw_contender *contenders = hw_repeats_contend(repeats, study, &copies);
    group(contenders, repeats, files);
    const hw_given *by = hw_argument(arguments, "by"), *land = hw_argument(arguments, "land-by");
    int64_t day = by != NULL ? by->day : hw_levers_usual_date(contenders[0].outcomes);
    int64_t land_by = land != NULL ? land->day : hw_levers_usual_land_date(contenders[0].outcomes);
    const hw_compare_wish wish = {.by = &day,
                                  .by_count = 1,
                                  .only_by = true,
                                  .place = hw_argument_text(arguments, "place"),
                                  .floor_missing = !repeats->floor};
    hw_levers levers;
    hw_status status = hw_levers_rank(&levers, &contenders[0], &contenders[1],
                                      hw_repeats_contenders(repeats) - 1, &wish, land_by, errors);
    if (status == HW_OK) {
        status = write_book(arguments, &levers, &known->inputs.rules, errors);
    }
    hw_levers_free(&levers);
    free(contenders);
    free(copies);
    return status;
}

/* Only rank 0 knows what the reader knows. */
static hw_status check_known(const hw_known *known, const hw_study *study, hw_errors *errors) {
    hw_trouble trouble = {0};
    if (hw_rank() == 0) {
        trouble.status = hw_known_check_study(known, study, errors);
    }
    return hw_trouble_agree(&trouble);
}

static void hint_at_cores(const hw_study *study) {
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    if (hw_rank() == 0 && hw_rank_count() == 1 && cores > 1 && !study->wish->quiet) {
        fprintf(stderr, "One of %ld cores is used; with mpirun -np %ld in front of the command all are.\n",
                cores, cores);
    }
}

/* What is known is read and where the tables go is looked at before the work, by rank 0 for all. */
static hw_status check_outputs(const hw_arguments *arguments, hw_known *known, hw_errors *errors) {
    const hw_given *csv = hw_argument(arguments, "csv");
    hw_trouble trouble = {0};
    if (hw_rank() == 0 && csv != NULL) {
        trouble.status = hw_output_check_folder(csv->text, errors);
    }
    if (hw_rank() == 0 && trouble.status == HW_OK) {
        trouble.status = hw_known_read(known, arguments, errors);
    }
    return hw_trouble_agree(&trouble);
}

static hw_status run_study(const hw_arguments *arguments, const hw_study_wish *wish,
                           const hw_lever_files *files, const hw_known *known, hw_errors *errors) {
    hw_study_source *sources = hw_take(files->count + 1, sizeof *sources);
    sources[0].path = arguments->operands[0];
    for (uint32_t i = 0; i < files->count; i++) {
        sources[i + 1] = (hw_study_source){.path = files->items[i].path, .over = sources[0].path};
    }
    hw_study study = {0};
    hw_repeats repeats = {0};
    const hw_repeats_wish asked = {.floor = true, .copies = hw_argument_copies(arguments)};
    hw_status status = hw_repeats_plan(&repeats, &asked, sources, files->count + 1, wish, errors);
    if (status == HW_OK) {
        status = hw_study_open(&study, repeats.sources, repeats.count, wish, errors);
    }
    if (status == HW_OK) {
        status = hw_study_check_question(arguments, &study, errors);
    }
    if (status == HW_OK) {
        status = check_known(known, &study, errors);
    }
    if (status == HW_OK) {
        hint_at_cores(&study);
        status = hw_study_run(&study, errors);
    }
    if (status == HW_OK && hw_rank() == 0) {
        status = hw_known_apply_to_study(known, &study, errors);
    }
    if (status == HW_OK && hw_rank() == 0) {
        status = tell(arguments, &study, &repeats, files, known, errors);
    }
    hw_study_close(&study);
    hw_repeats_free(&repeats);
    free(sources);
    return status;
}

static int run(const hw_arguments *arguments) {
    hw_errors errors = {0};
    uint32_t setting_count;
    hw_setting *settings = hw_settings_read(arguments, &setting_count, &errors);
    const hw_output_rules rules = {.replace = hw_argument(arguments, "replace") != NULL};
    const hw_study_wish wish = hw_study_wish_of(arguments, &rules, settings, setting_count);
    hw_lever_files files = {0};
    hw_known known = {0};
    hw_status status = errors.count ? HW_ERROR_INPUT : HW_OK;
    if (status == HW_OK) {
        status = hw_file_kind_check(arguments->operands[0], HW_FILE_SCENARIO, &errors);
    }
    if (status == HW_OK) {
        status = hw_lever_files_find(&files, arguments->operands[0], hw_argument_text(arguments, "levers"),
                                     hw_argument_text(arguments, "only"), &errors);
    }
    if (status == HW_OK) {
        status = check_outputs(arguments, &known, &errors);
    }
    if (status == HW_OK) {
        status = run_study(arguments, &wish, &files, &known, &errors);
    }
    hw_lever_files_free(&files);
    hw_settings_free(settings, setting_count);
    int code = status == HW_OK ? 0 : hw_complain(status, &errors, NULL);
    hw_known_free(&known);
    return code;
}

const hw_command hw_command_levers = {
    .name = "levers",
    .line = "what each policy lever brings, ranked, on the same worlds",
    .operands = "BASE",
    .fewest = 1,
    .most = 1,
    .options = options,
    .option_count = HW_LENGTH(options),
    .shares_work = true,
    .run = run,
};
