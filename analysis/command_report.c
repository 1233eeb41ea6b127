/* homeward report: result files as one page to look at. */
#include "analysis/commands.h"
#include "analysis/memory.h"
#include "analysis/page.h"
#include "analysis/summary.h"
#include "sim/run/experiment.h"
#include <stdlib.h>
#include <string.h>

enum { RESULTS_MOST = 8 };

static const hw_option options[] = {
    {"output", 'o', HW_OPTION_TEXT, false, "FILE", "the page (the first result file's name with .html)"},
    {"by", 0, HW_OPTION_DATE, false, "DATE", "the date that the page asks about when it is opened"},
    {"language", 0, HW_OPTION_TEXT, false, "en|az",
     "the language it opens in (en); it has both, with a switch"},
};

static const char help[] =
    "Writes one HTML file that any browser shows, without network and without other files: send it by mail, "
    "open it "
    "from disk,\n"
    "print it. It answers in this order: how likely by a date that a slider sets, with a map of the "
    "districts; how "
    "land is\n"
    "released and people return; when each place is released; what holds it back; where the money goes; "
    "casualties; "
    "and how to\n"
    "get the same results again. English and Azerbaijani. Each chart has its numbers as a table and CSV, and "
    "can be "
    "saved as SVG\n"
    "or PNG. Several result files make one page with a choice among them, the first one shown first,\n"
    "and with what the others change against it, when they were run on the same worlds (see homeward "
    "compare).\n"
    "\n"
    "Dots on the map stand anywhere in their district: nobody's position, and no uncleared ground, is in the "
    "page.\n"
    "\n"
    "examples:\n"
    "  homeward report results/great-return.h5\n"
    "  homeward report results/great-return.h5 --by 2030-12-31 --language az -o great-return-az.html\n"
    "  homeward report results/great-return.h5 results/more-teams.h5 -o both.html\n"
    "\n"
    "exit codes: 0 done, 2 wrong input, 4 cannot read or write a file, 5 no good replication in it\n";

static hw_status read_language(const char **language, const hw_arguments *arguments, hw_errors *errors) {
    const hw_given *given = hw_argument(arguments, "language");
    *language = given ? given->text : "en";
    if (strcmp(*language, "en") == 0 || strcmp(*language, "az") == 0)
        return HW_OK;
    hw_errors_add(errors, (hw_position){0}, "--language wants en or az, not '%s'", *language);
    return HW_ERROR_INPUT;
}

/* The file's name without its folder and ".h5"; all of the path where that is another's name already. */
static char *name_of(const hw_arguments *arguments, const hw_page_result *before, uint32_t i) {
    const char *path = arguments->operands[i], *slash = strrchr(path, '/'), *file = slash ? slash + 1 : path;
    size_t length = strlen(file);
    if (length > 3 && strcmp(file + length - 3, ".h5") == 0)
        length -= 3;
    for (uint32_t j = 0; j < i; j++)
        if (strncmp(before[j].name, file, length) == 0 && before[j].name[length] == '\0')
            return hw_take_text("%s", path);
    return hw_take_text("%.*s", (int)length, file);
}

static hw_status open_all(hw_outcomes *outcomes, hw_page_result *results, const hw_arguments *arguments,
                          hw_errors *errors) {
    hw_status status = HW_OK;
    for (uint32_t i = 0; i < arguments->operand_count && status == HW_OK; i++) {
        const char *file = arguments->operands[i], *slash = strrchr(file, '/');
        status = hw_outcomes_open(&outcomes[i], file, errors);
        results[i] = (hw_page_result){.file = slash ? slash + 1 : file,
                                      .name = name_of(arguments, results, i),
                                      .outcomes = &outcomes[i]};
    }
    return status;
}

static hw_status write_page(const hw_arguments *arguments, const char *path, const char *language,
                            hw_errors *errors) {
    hw_outcomes outcomes[RESULTS_MOST] = {0};
    hw_page_result results[RESULTS_MOST] = {0};
    const hw_given *by = hw_argument(arguments, "by");
    hw_status status = open_all(outcomes, results, arguments, errors);
    if (status == HW_OK) {
        const hw_page_wish wish = {.results = results,
                                   .result_count = arguments->operand_count,
                                   .by = by ? &by->day : NULL,
                                   .language = language};
        status = hw_page_write(path, &wish, errors);
    }
    for (uint32_t i = 0; i < arguments->operand_count; i++) {
        free((char *)results[i].name);
        if (!outcomes[i].layout)
            continue;
        hw_summary_print_warnings(stderr, &outcomes[i]);
        hw_outcomes_close(&outcomes[i]);
    }
    return status;
}

static int run(const hw_arguments *arguments) {
    if (hw_rank() != 0)
        return 0;
    hw_errors errors = {0};
    const char *language;
    hw_status status = read_language(&language, arguments, &errors);
    const hw_given *output = hw_argument(arguments, "output");
    char *path = output ? hw_take_text("%s", output->text) : hw_page_path(arguments->operands[0]);
    if (status == HW_OK)
        status = write_page(arguments, path, language, &errors);
    if (status == HW_OK)
        printf("page to look at: %s\n", path);
    free(path);
    return status == HW_OK ? 0 : hw_complain(status, &errors, NULL);
}

const hw_command hw_command_report = {
    .name = "report",
    .line = "result files as one page to look at: map, charts, tables, to send or to print",
    .operands = "RESULTS [MORE ...]",
    .fewest = 1,
    .most = RESULTS_MOST,
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .help = help,
    .run = run,
};
