/* homeward compare: scenarios against a base, on the same worlds. */
#include "analysis/commands/compare.h"
#include "analysis/base/memory.h"
#include "analysis/belief/known.h"
#include "analysis/commands/commands.h"
#include "analysis/compare/compare.h"
#include "analysis/compare/repeats.h"
#include "analysis/page/page.h"
#include "analysis/results/study.h"
#include "analysis/scenario/settings.h"
#include "analysis/tables/deliver.h"
#include "sim/input/digest.h"
#include "sim/length.h"
#include "sim/run/experiment.h"
#include "sim/run/trouble.h"
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const hw_option options[] = {
    {"replications", 'n', HW_OPTION_COUNT, false, "N", "how many worlds (1000, or those of a result file)"},
    {"seed", 's', HW_OPTION_SEED, false, "N", "which worlds (1, or those of a result file)"},
    {"horizon", 0, HW_OPTION_DATE, false, "DATE", "simulate to this date instead of the scenarios'"},
    HW_AS_OF_OPTION,
    {"set", 0, HW_OPTION_TEXT, true, "PATH=VALUE",
     "overrule one value of all scenario files; may be repeated"},
    {"by", 0, HW_OPTION_DATE, true, "DATE", "also the probability of release by this date; may be repeated"},
    {"place", 'p', HW_OPTION_TEXT, false, "NAME",
     "only this place or district (place:NAME, district:NAME), and what concerns all"},
    {"floor", 0, HW_OPTION_SWITCH, false, NULL,
     "also the base with a hundred-thousandth more money: what moves no more is below the noise floor"},
    HW_STEADY_OPTION,
    {"base", 0, HW_OPTION_TEXT, false, "POINT",
     "of a sweep: the point that the others are compared with (the first)"},
    {"point", 0, HW_OPTION_TEXT, true, "POINT",
     "of a sweep: compare only this point, or those with these values; may be repeated"},
    {"outcome", 'o', HW_OPTION_TEXT, false, "NAME",
     "of a sweep: only this outcome, with all of its elements, or \"NAME: ELEMENT\""},
    {"keep", 0, HW_OPTION_TEXT, false, "FOLDER", "where results are kept and found again (results/runs)"},
    HW_GIVEN_OPTION,
    HW_OBSERVATIONS_OPTION,
    HW_TABLE_OPTIONS,
    {"page", 0, HW_OPTION_TEXT, false, "FILE",
     "the page to look at, of at most 8 scenarios (<results of the base>-compared-<variants>-<digest>.html)"},
    {"no-page", 0, HW_OPTION_SWITCH, false, NULL,
     "write no page; with --csv or --json none is written unless --page asks for it"},
    HW_ANYWAY_OPTION,
    HW_REPLACE_OPTION,
    {"quiet", 'q', HW_OPTION_SWITCH, false, NULL, "no progress; warnings stay"},
    HW_UNSEALED_OPTION,
};

static hw_status write_book(const hw_arguments *arguments, const hw_comparison *all,
                            const hw_output_rules *rules, hw_errors *errors) {
    hw_book book = {0};
    hw_compare_build(&book, all);
    hw_status status = hw_deliver(arguments, &book, rules, errors);
    if (status == HW_OK && hw_delivers(arguments)) {
        hw_compare_print_warnings(stderr, all);
    } else if (status == HW_OK) {
        hw_compare_print_head(stdout, all);
        hw_book_print(stdout, &book);
    }
    hw_book_free(&book);
    return status;
}

enum { PAGE_MOST = 8 };

static const char *results_of(const hw_study_part *part) {
    return part->is_results ? part->source.path : part->output;
}

/* What a part answers, for names that tell comparisons apart. */
static char *identity_of(const hw_study *study, const hw_study_part *part) {
    if (!part->is_results) {
        return hw_take_text("%s %" PRIu64 " %" PRIu64, hw_binding_digest(part->loaded.binding), study->seed,
                            study->replications);
    }
    const hw_outcomes *outcomes = &part->outcomes;
    return hw_take_text("%s %" PRIu64 " %" PRIu64, outcomes->digest, outcomes->seed, outcomes->asked);
}

/* Names of variants for a file's name: only what is harmless there, and no more than fits. */
static void print_names(FILE *out, const hw_study *study) {
    const char *before = "";
    for (uint32_t i = 1; i < study->count; i++) {
        if (study->parts[i].source.name != NULL) {
            continue; /* the floor, copies */
        }
        const char *name = study->parts[i].name, *slash = strrchr(name, '/');
        const char *text = slash != NULL ? slash + 1 : name;
        fputs(before, out);
        before = "+";
        for (int length = 0; *text && length < 60 / (int)study->count; text++, length++) {
            fputc(isalnum((unsigned char)*text) || strchr("-_.=", *text) != NULL ? *text : '_', out);
        }
    }
}

/* "results/great-return-compared-more-teams-1a2b3c4d.html", beside the base's results; free with free(). */
static char *usual_page(const hw_study *study) {
    const char *base = results_of(&study->parts[0]);
    size_t length = strlen(base), parts_length = 0;
    bool ends = length > 3 && strcmp(base + length - 3, ".h5") == 0;
    char *parts = NULL, *path = NULL, digest[HW_DIGEST_TEXT];
    FILE *out = hw_take_stream(&parts, &parts_length);
    for (uint32_t i = 0; i < study->count; i++) {
        char *identity = identity_of(study, &study->parts[i]);
        fprintf(out, "%s %s\n", study->parts[i].name, identity);
        free(identity);
    }
    fclose(out);
    hw_digest_text(parts, parts_length, digest);
    out = hw_take_stream(&path, &parts_length);
    fprintf(out, "%.*s-compared-", (int)(ends ? length - 3 : length), base);
    print_names(out, study);
    fprintf(out, "-%.8s.html", digest);
    fclose(out);
    free(parts);
    return path;
}

/* What is compared, with the floor and copies. */
typedef struct compared {
    const hw_contender *contenders;
    uint32_t count;
} compared;

static hw_status write_page(const hw_arguments *arguments, const char *path, const hw_study *study,
                            const compared *all, const hw_compare_wish *wish, hw_errors *errors) {
    hw_page_result results[PAGE_MOST];
    uint32_t shown = 0;
    for (uint32_t i = 0; i < study->count; i++) {
        if (study->parts[i].source.name != NULL) {
            continue;
        }
        const char *file = results_of(&study->parts[i]), *slash = strrchr(file, '/');
        results[shown++] = (hw_page_result){.file = slash != NULL ? slash + 1 : file,
                                            .name = study->parts[i].name,
                                            .outcomes = &study->parts[i].outcomes};
    }
    const hw_page_wish page = {.results = results,
                               .result_count = shown,
                               .contenders = all->contenders,
                               .contender_count = all->count,
                               .by = wish->by_count > 0 ? wish->by : NULL,
                               .place = wish->place,
                               .language = "en"};
    hw_inputs inputs;
    hw_inputs_begin(&inputs, arguments);
    hw_study_add_inputs(study, &inputs);
    hw_status status = hw_page_write(path, &page, &inputs.rules, errors);
    hw_inputs_free(&inputs);
    if (status == HW_OK && !hw_output_is_standard(path)) {
        fprintf(hw_argument(arguments, "json") != NULL ? stderr : stdout, "\nPage to look at: %s\n", path);
    }
    return status;
}

/* Where tables go to the terminal a page is written beside the base's results; else only when asked for.
 * NULL: no page. The caller frees it. */
static char *page_path(const hw_arguments *arguments, const hw_study *study) {
    const hw_given *asked = hw_argument(arguments, "page");
    bool usual = !hw_delivers(arguments) && hw_argument(arguments, "no-page") == NULL && hw_page_is_built() &&
                 hw_argument(arguments, "given") == NULL && hw_argument(arguments, "observations") == NULL;
    if ((asked == NULL && !usual) || arguments->operand_count > PAGE_MOST) {
        return NULL;
    }
    return asked != NULL ? hw_take_text("%s", asked->text) : usual_page(study);
}

static hw_status add_page(const hw_arguments *arguments, const hw_study *study, const compared *all,
                          const hw_compare_wish *wish, hw_errors *errors) {
    char *path = page_path(arguments, study);
    hw_status status = path != NULL ? write_page(arguments, path, study, all, wish, errors) : HW_OK;
    free(path);
    return status;
}

/* A folder that is not there yet will be made for the results that the page is beside. */
static hw_status check_page(const hw_arguments *arguments, const hw_study *study, const char *path,
                            hw_errors *errors) {
    struct stat about;
    hw_inputs inputs;
    hw_inputs_begin(&inputs, arguments);
    hw_study_add_inputs(study, &inputs);
    bool will_be_there = hw_argument(arguments, "page") == NULL && stat(path, &about) != 0;
    hw_status status = will_be_there ? HW_OK : hw_output_check(path, &hw_page_format, &inputs.rules, errors);
    hw_inputs_free(&inputs);
    return status;
}

/* What is known is read and where the answer goes is looked at before the work, by rank 0 for all. */
static hw_status check_outputs(const hw_arguments *arguments, const hw_study *study, hw_known *known,
                               hw_errors *errors) {
    const hw_given *csv = hw_argument(arguments, "csv");
    hw_trouble trouble = {0};
    if (hw_rank() == 0) {
        char *path = page_path(arguments, study);
        trouble.status = path != NULL ? check_page(arguments, study, path, errors) : HW_OK;
        if (trouble.status == HW_OK && csv != NULL) {
            trouble.status = hw_output_check_folder(csv->text, errors);
        }
        if (trouble.status == HW_OK) {
            trouble.status = hw_known_read(known, arguments, errors);
        }
        if (trouble.status == HW_OK) {
            trouble.status = hw_known_check_study(known, study, errors);
        }
        free(path);
    }
    return hw_trouble_agree(&trouble);
}

static hw_status tell(const hw_arguments *arguments, const hw_study *study, const hw_repeats *repeats,
                      const hw_known *known, hw_errors *errors) {
    const hw_outcomes **copies = NULL;
    hw_contender *contenders = hw_repeats_contend(repeats, study, &copies);
    uint32_t count = hw_repeats_contenders(repeats);
    hw_compare_wish wish = {.place = hw_argument_text(arguments, "place"),
                            .floor_missing = repeats->wish.floor && !repeats->floor};
    int64_t *by = hw_argument_days(arguments, "by", &wish.by_count);
    wish.by = by;
    hw_comparison all;
    hw_status status = hw_compare_scenarios(&all, &contenders[0], &contenders[1], count - 1, &wish, errors);
    if (status == HW_OK) {
        status = write_book(arguments, &all, &known->inputs.rules, errors);
    }
    if (status == HW_OK) {
        status = add_page(arguments, study, &(compared){contenders, count}, &wish, errors);
    }
    hw_comparison_free(&all);
    free(by);
    free(contenders);
    free(copies);
    return status;
}

/* What only sweeps have, and what only sweeps can do without. */
static hw_status check_operands(const hw_arguments *arguments, hw_errors *errors) {
    static const char *const of_sweeps[] = {"base", "point", "outcome"};
    for (size_t i = 0; i < HW_LENGTH(of_sweeps); i++) {
        if (hw_argument(arguments, of_sweeps[i]) != NULL) {
            hw_errors_say(errors, "--%s is for results of sweeps, such as DIR/sweep.h5", of_sweeps[i]);
        }
    }
    static const char *const of_readers[] = {"given", "observations"};
    for (size_t i = 0; i < HW_LENGTH(of_readers) && hw_argument(arguments, "page") != NULL; i++) {
        if (hw_argument(arguments, of_readers[i]) != NULL) {
            hw_errors_say(errors, "a page cannot say what is %s: leave out --page or --%s",
                          i == 0 ? "given" : "learnt from facts", of_readers[i]);
        }
    }
    if (arguments->operand_count > 1) {
        return errors->count ? HW_ERROR_INPUT : HW_OK;
    }
    hw_status readable =
        hw_command_compare_check_results(arguments->operands[0], hw_argument_trust(arguments), errors);
    if (readable == HW_OK) {
        hw_errors_say(errors, "compare wants BASE VARIANT..., or the result of a sweep: DIR/sweep.h5");
    }
    return readable == HW_OK ? HW_ERROR_INPUT : readable;
}

/* With facts, the day of finished results is that up to which facts are learnt from: nothing is frozen. */
static void keep_day_for_facts(const hw_arguments *arguments, hw_setting *settings, uint32_t *count) {
    bool any_scenario = hw_argument(arguments, "observations") == NULL;
    for (uint32_t i = 0; i < arguments->operand_count; i++) {
        any_scenario = any_scenario || !hw_study_is_results(arguments->operands[i]);
    }
    for (uint32_t i = *count; !any_scenario && i-- > 0;) {
        if (strcmp(settings[i].path, "as_of") == 0 &&
            settings[i].yaml == hw_argument_text(arguments, "as-of")) {
            free((char *)settings[i].path);
            memmove(&settings[i], &settings[i + 1], (--*count - i) * sizeof *settings);
        }
    }
}

static int run(const hw_arguments *arguments) {
    hw_errors errors = {0};
    if (hw_command_compare_has_sweeps(arguments)) {
        hw_status told = hw_rank() == 0 ? hw_command_compare_sweeps(arguments, &errors) : HW_OK;
        return told == HW_OK ? 0 : hw_complain(told, &errors, NULL);
    }
    hw_status status = check_operands(arguments, &errors);
    uint32_t setting_count;
    hw_setting *settings = hw_settings_read(arguments, &setting_count, &errors);
    keep_day_for_facts(arguments, settings, &setting_count);
    const hw_output_rules rules = {.replace = hw_argument(arguments, "replace") != NULL};
    hw_study_wish wish = hw_study_wish_of(arguments, &rules, settings, setting_count);
    wish.trust = hw_argument_trust(arguments);
    hw_study_source *sources = hw_take(arguments->operand_count, sizeof *sources);
    for (uint32_t i = 0; i < arguments->operand_count; i++) {
        sources[i].path = arguments->operands[i];
    }
    hw_study study = {0};
    hw_repeats repeats = {0};
    hw_known known = {0};
    if (hw_argument(arguments, "page") != NULL && arguments->operand_count > PAGE_MOST) {
        hw_errors_say(&errors, "--page has room for %d scenarios, not for %u", PAGE_MOST,
                      arguments->operand_count);
    }
    if (status == HW_OK && errors.count > 0) {
        status = HW_ERROR_INPUT;
    }
    if (status == HW_OK) {
        const hw_repeats_wish asked = {.floor = hw_argument(arguments, "floor") != NULL,
                                       .copies = hw_argument_copies(arguments)};
        status = hw_repeats_plan(&repeats, &asked, sources, arguments->operand_count, &wish, &errors);
    }
    if (status == HW_OK) {
        status = hw_study_open(&study, repeats.sources, repeats.count, &wish, &errors);
    }
    if (status == HW_OK) {
        status = check_outputs(arguments, &study, &known, &errors);
    }
    if (status == HW_OK) {
        status = hw_study_run(&study, &errors);
    }
    if (status == HW_OK && hw_rank() == 0) {
        status = hw_known_apply_to_study(&known, &study, &errors);
    }
    if (status == HW_OK && hw_rank() == 0) {
        status = tell(arguments, &study, &repeats, &known, &errors);
    }
    hw_study_close(&study);
    hw_repeats_free(&repeats);
    free(sources);
    hw_settings_free(settings, setting_count);
    int code = status == HW_OK ? 0 : hw_complain(status, &errors, NULL);
    hw_known_free(&known);
    return code;
}

const hw_command hw_command_compare = {
    .name = "compare",
    .line = "what variants change against a base, on the same worlds",
    .operands = "BASE VARIANT... | SWEEP [SWEEP]",
    .fewest = 1,
    .most = 64,
    .options = options,
    .option_count = HW_LENGTH(options),
    .shares_work = true,
    .run = run,
};
