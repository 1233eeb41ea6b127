/* homeward export: results for maps and for mine action databases. */
#include "analysis/belief/known.h"
#include "analysis/commands/commands.h"
#include "analysis/pictures/geojson.h"
#include "analysis/summary/nouns.h"
#include "analysis/summary/summary.h"
#include "sim/length.h"
#include "sim/run/experiment.h"
#include "sim/run/output_file.h"
#include <stdlib.h>

static const hw_option options[] = {
    {"geojson", 'g', HW_OPTION_TEXT, false, "FILE",
     "districts and places with their results, for GIS programs"},
    {"csv", 0, HW_OPTION_TEXT, false, "FOLDER", "tables by the nouns of IMAS 05.10"},
    {"excel", 0, HW_OPTION_SWITCH, false, NULL,
     "with --csv: begin each file with a byte order mark, which Excel needs"},
    {"by", 0, HW_OPTION_DATE, true, "DATE", "GeoJSON: also the probability by this date; may be repeated"},
    HW_KNOWN_OPTIONS,
    HW_CURRENCY_OPTION,
    HW_REPLACE_OPTION,
    HW_UNSEALED_OPTION,
};

static hw_status check_arguments(const hw_arguments *arguments, hw_errors *errors) {
    bool geojson = hw_argument(arguments, "geojson") != NULL;
    if (!geojson && hw_argument(arguments, "csv") == NULL) {
        hw_errors_say(errors, "export wants --geojson FILE, --csv FOLDER or both");
    } else if (!geojson && hw_argument(arguments, "by") != NULL) {
        hw_errors_say(errors, "--by has no use without --geojson");
    }
    return errors->count == 0 ? HW_OK : HW_ERROR_INPUT;
}

static hw_status build(hw_book *book, const hw_arguments *arguments, const hw_outcomes *outcomes,
                       const char *const *sheets, hw_errors *errors) {
    hw_summary_wish wish = {.every_year = true, .only = sheets};
    int64_t *by = hw_argument_days(arguments, "by", &wish.by_count);
    wish.by = by;
    hw_status status = hw_summary_build(book, outcomes, &wish, errors);
    free(by);
    return status;
}

static void tell_written(const char *path, const hw_outcomes *outcomes) {
    char *missing = hw_geojson_without_outline(outcomes);
    if (!hw_output_is_standard(path)) {
        printf("%s: districts and places\n", path);
    }
    if (missing != NULL) {
        fprintf(stderr, "warning: no outline is known for %s: without a geometry in %s\n", missing, path);
    }
    free(missing);
}

static hw_status write_geojson(const hw_arguments *arguments, const hw_outcomes *outcomes,
                               const hw_output_rules *rules, hw_errors *errors) {
    const char *path = hw_argument(arguments, "geojson")->text;
    hw_book book = {0};
    hw_output_file file;
    hw_status status = build(&book, arguments, outcomes, hw_geojson_sheets, errors);
    if (status == HW_OK) {
        status = hw_output_open(&file, path, &hw_geojson_format, rules, errors);
    }
    if (status == HW_OK) {
        hw_geojson_write(file.stream, outcomes, &book);
        status = hw_output_close(&file, errors);
    }
    if (status == HW_OK) {
        tell_written(path, outcomes);
    }
    hw_book_free(&book);
    return status;
}

static hw_status write_csv(const hw_arguments *arguments, const hw_outcomes *outcomes,
                           const hw_output_rules *rules, hw_errors *errors) {
    const char *folder = hw_argument(arguments, "csv")->text;
    hw_book book = {0}, nouns = {0};
    hw_status status = build(&book, arguments, outcomes, hw_noun_sheets, errors);
    if (status == HW_OK) {
        hw_nouns_build(&nouns, outcomes, &book);
        bool excel = hw_argument(arguments, "excel") != NULL;
        status = hw_book_write_csv(folder, &nouns, excel, rules, errors);
    }
    if (status == HW_OK) {
        printf("%s: %u tables, described in nouns.csv\n", folder, nouns.count);
    }
    hw_book_free(&nouns);
    hw_book_free(&book);
    return status;
}

/* Before anything is read. */
static hw_status check_outputs(const hw_arguments *arguments, const hw_output_rules *rules,
                               hw_errors *errors) {
    const hw_given *geojson = hw_argument(arguments, "geojson"), *csv = hw_argument(arguments, "csv");
    hw_status status =
        geojson != NULL ? hw_output_check(geojson->text, &hw_geojson_format, rules, errors) : HW_OK;
    return status == HW_OK && csv != NULL ? hw_output_check_folder(csv->text, errors) : status;
}

static hw_status export(const hw_arguments *arguments, const hw_known *known, hw_errors *errors) {
    hw_outcomes outcomes;
    hw_status status =
        hw_outcomes_open_as(&outcomes, arguments->operands[0], hw_argument_trust(arguments), errors);
    if (status != HW_OK) {
        return status;
    }
    status = hw_known_apply(known, &outcomes, errors);
    if (status == HW_OK) {
        status = hw_money_ask(&outcomes, arguments, errors);
    }
    if (status == HW_OK && hw_argument(arguments, "geojson") != NULL) {
        status = write_geojson(arguments, &outcomes, &known->inputs.rules, errors);
    }
    if (status == HW_OK && hw_argument(arguments, "csv") != NULL) {
        status = write_csv(arguments, &outcomes, &known->inputs.rules, errors);
    }
    hw_summary_print_warnings(stderr, &outcomes);
    hw_outcomes_close(&outcomes);
    return status;
}

static int run(const hw_arguments *arguments) {
    if (hw_rank() != 0) {
        return 0;
    }
    hw_errors errors = {0};
    hw_known known;
    hw_status status = check_arguments(arguments, &errors);
    if (status != HW_OK) {
        return hw_complain(status, &errors, arguments->command);
    }
    status = hw_known_read(&known, arguments, &errors);
    if (status == HW_OK) {
        status = check_outputs(arguments, &known.inputs.rules, &errors);
    }
    if (status == HW_OK) {
        status = export(arguments, &known, &errors);
    }
    int code = status == HW_OK ? 0 : hw_complain(status, &errors, NULL);
    hw_known_free(&known);
    return code;
}

const hw_command hw_command_export = {
    .name = "export",
    .line = "results as GeoJSON and as CSV by the nouns of IMAS 05.10",
    .operands = "RESULTS",
    .fewest = 1,
    .most = 1,
    .options = options,
    .option_count = HW_LENGTH(options),
    .run = run,
};
