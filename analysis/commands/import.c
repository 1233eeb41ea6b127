/* homeward import: files of others as a scenario layer or a file of facts. */
#include "analysis/base/inputs.h"
#include "analysis/base/memory.h"
#include "analysis/commands/commands.h"
#include "analysis/intake/formats.h"
#include "analysis/intake/sheets.h"
#include "analysis/tables/deliver.h"
#include "sim/length.h"
#include "sim/letters.h"
#include "sim/run/experiment.h"
#include <stdlib.h>
#include <string.h>

static const hw_option options[] = {
    {"output", 'o', HW_OPTION_TEXT, false, "LAYER", "write the layer, or the facts, to this file (YAML)"},
    {"plan", 0, HW_OPTION_SWITCH, false, NULL, "write nothing: only tell what would come of it"},
    {"as", 0, HW_OPTION_TEXT, false, "FORMAT",
     "of this format, whatever it looks like (homeward list formats)"},
    {"columns", 'c', HW_OPTION_TEXT, false, "MAP", "what the columns mean, as YAML (csv, hxl, geojson)"},
    {"rates", 0, HW_OPTION_TEXT, false, "FILE",
     "exchange rates: a table of date,currency,usd; an amount without one is left out"},
    {"districts", 0, HW_OPTION_TEXT, false, "OUTLINES",
     "outlines of districts, GeoJSON: which one a hazard area lies in (geojson)"},
    {"country", 0, HW_OPTION_TEXT, false, "CODE", "only money for this country, as IATI codes it: AZ (iati)"},
    {"sector", 0, HW_OPTION_TEXT, false, "CODE",
     "only money of this OECD DAC purpose code (iati; 15250, removal of land mines); any: all"},
    {"as-of", 0, HW_OPTION_DATE, false, "DATE",
     "the day up to which the file tells payments (iati; the day on which it was made)"},
    HW_TABLE_OPTIONS,
    HW_REPLACE_OPTION,
};

static const struct {
    const char *name;
    hw_import_option option;
} some_read[] = {{"columns", HW_IMPORT_COLUMNS},    {"rates", HW_IMPORT_RATES},
                 {"districts", HW_IMPORT_OUTLINES}, {"country", HW_IMPORT_COUNTRY},
                 {"sector", HW_IMPORT_SECTOR},      {"as-of", HW_IMPORT_AS_OF}};

/* Wrong questions are refused before the work. */
static hw_status check_question(const hw_arguments *arguments, const hw_intake_format *format,
                                const hw_output_rules *rules, hw_errors *errors) {
    const char *output = hw_argument_text(arguments, "output");
    bool plan = hw_argument(arguments, "plan") != NULL;
    uint32_t before = errors->count;
    for (size_t i = 0; i < HW_LENGTH(some_read); i++) {
        if (hw_argument(arguments, some_read[i].name) != NULL &&
            (format->options & some_read[i].option) == 0) {
            hw_errors_say(errors, "--%s means nothing for a file of the format %s", some_read[i].name,
                          format->name);
        }
    }
    if (plan == (output != NULL)) {
        hw_errors_say(
            errors,
            plan ? "--plan writes nothing: leave out --output"
                 : "say where the layer goes, as in -o scenarios/imported.yaml, or --plan to look first");
    } else if (output != NULL && !hw_text_ends(output, ".yaml") && !hw_text_ends(output, ".yml") &&
               strncmp(output, "/dev/", 5) != 0) {
        hw_errors_say(errors, "--output: a layer is YAML: expected a name that ends in .yaml, found '%s'",
                      output);
    }
    if (errors->count > before) {
        return HW_ERROR_INPUT;
    }
    hw_status status = output != NULL ? hw_output_check(output, &hw_taken_format, rules, errors) : HW_OK;
    const char *folder = hw_argument_text(arguments, "csv");
    return status == HW_OK && folder != NULL ? hw_output_check_folder(folder, errors) : status;
}

/* "# Written by homeward import ..." : what it is, and how much of the file it is. */
static char *head_of(const hw_import *import, const hw_intake_format *format, const char *summary) {
    char *text = NULL;
    size_t length = 0;
    char *path = hw_take_visible(import->wish->path);
    for (char *c = path; *c != '\0'; c++) { /* a line break would end the comment */
        *c = *c == '\n' || *c == '\r' ? ' ' : *c;
    }
    FILE *out = hw_take_stream(&text, &length);
    fprintf(out, "# Made by homeward import (%s) from %s\n# ", format->name, path);
    for (const char *c = summary; *c != '\0'; c++) {
        fputc(*c, out);
        fputs(*c == '\n' && c[1] != '\0' ? "# " : "", out);
    }
    hw_end_stream(out);
    free(path);
    return text;
}

static hw_status tell(const hw_arguments *arguments, const hw_import *import, const char *summary,
                      const hw_output_rules *rules, hw_errors *errors) {
    const char *output = hw_argument_text(arguments, "output");
    bool quiet = output != NULL && hw_output_is_standard(output);
    hw_book book = {0};
    hw_import_build(&book, import);
    hw_status status = hw_deliver(arguments, &book, rules, errors);
    if (status == HW_OK && !hw_delivers(arguments) && !quiet) {
        char *visible = hw_take_visible(import->wish->path);
        printf("%s: %s", visible, summary);
        free(visible);
        hw_book_print(stdout, &book);
    } else if (status == HW_OK) {
        fputs(summary, stderr);
    }
    hw_book_free(&book);
    return status;
}

static hw_status deliver(const hw_arguments *arguments, const hw_import *import,
                         const hw_intake_format *format, const hw_output_rules *rules, hw_errors *errors) {
    const char *output = hw_argument_text(arguments, "output");
    char *summary = hw_import_summary(import);
    hw_status status = tell(arguments, import, summary, rules, errors);
    if (status == HW_OK && import->taken.count == 0) {
        hw_errors_say(errors, "nothing of %s could be taken%s", import->wish->path,
                      output != NULL ? ": no layer is written" : "");
        status = HW_ERROR_INPUT;
    }
    if (status == HW_OK && output != NULL) {
        char *head = head_of(import, format, summary);
        status = hw_taken_write(&import->taken, output, head, rules, errors);
        if (status == HW_OK && !hw_output_is_standard(output)) {
            fprintf(hw_delivers(arguments) ? stderr : stdout, "%s: %u entries in '%s'\n", output,
                    import->taken.count, hw_makes_keys[import->taken.makes]);
        }
        free(head);
    }
    free(summary);
    return status;
}

static int run(const hw_arguments *arguments) {
    if (hw_rank() != 0) {
        return 0;
    }
    hw_errors errors = {0};
    const hw_given *as_of = hw_argument(arguments, "as-of");
    const char *name = hw_argument_text(arguments, "as");
    const hw_import_wish wish = {
        .path = arguments->operands[0],
        .columns = hw_argument_text(arguments, "columns"),
        .rates = hw_argument_text(arguments, "rates"),
        .outlines = hw_argument_text(arguments, "districts"),
        .country = hw_argument_text(arguments, "country"),
        .sector = hw_argument_text(arguments, "sector"),
        .as_of = as_of != NULL ? as_of->day : HW_NO_DAY,
    };
    hw_inputs inputs;
    hw_inputs_begin(&inputs, arguments);
    hw_inputs_add(&inputs, wish.columns);
    hw_inputs_add(&inputs, wish.rates);
    hw_inputs_add(&inputs, wish.outlines);
    hw_import import = {.rows = 0};
    const hw_intake_format *format =
        name != NULL ? hw_intake_format_find(name, &errors) : hw_intake_format_of(wish.path, &errors);
    hw_status status =
        format != NULL ? check_question(arguments, format, &inputs.rules, &errors) : HW_ERROR_INPUT;
    if (status == HW_OK) {
        status = hw_import_read(&import, format, &wish, &errors);
    }
    if (status == HW_OK) {
        status = deliver(arguments, &import, format, &inputs.rules, &errors);
    }
    int code = status == HW_OK ? 0 : hw_complain(status, &errors, NULL);
    hw_import_free(&import);
    hw_inputs_free(&inputs);
    return code;
}

const hw_command hw_command_import = {
    .name = "import",
    .line = "files that you have already (IATI, IMSMA, HXL, GeoJSON) as a scenario layer or facts",
    .operands = "FILE",
    .fewest = 1,
    .most = 1,
    .options = options,
    .option_count = HW_LENGTH(options),
    .run = run,
};
