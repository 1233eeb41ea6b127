/* homeward new: a first scenario of another country. */
#include "analysis/base/installed.h"
#include "analysis/base/memory.h"
#include "analysis/base/results_folder.h"
#include "analysis/commands/commands.h"
#include "analysis/country/country.h"
#include "sim/date.h"
#include "sim/length.h"
#include "sim/run/experiment.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const hw_option options[] = {
    {"output", 'o', HW_OPTION_TEXT, false, "FILE",
     "the scenario (scenarios/COUNTRY.yaml where there is a folder scenarios, else COUNTRY.yaml)"},
    {"map", 'm', HW_OPTION_TEXT, false, "FILE", "districts from outlines (GeoJSON), with their p-codes"},
    {"place", 'p', HW_OPTION_TEXT, false, "NAME",
     "the place that people wait for, in the first district (First village of it)"},
    {"start", 0, HW_OPTION_DATE, false, "DATE", "the first day that is played (1 January of next year)"},
    {"currency", 0, HW_OPTION_TEXT, false, "CODE=RATE",
     "money in this currency, of which one unit is worth so many USD"},
};

static int64_t next_year(void) {
    enum { SECONDS_OF_A_DAY = 86400 };
    hw_date today = hw_date_from_days(time(NULL) / SECONDS_OF_A_DAY);
    return hw_date_to_days((hw_date){today.year + 1, 1, 1});
}

static char *path_of(const hw_arguments *arguments) {
    const char *given = hw_argument_text(arguments, "output");
    if (given != NULL) {
        return hw_take_text("%s", given);
    }
    char *name = hw_country_file_name(arguments->operands[0]);
    bool beside = access("scenarios/layers/ground.yaml", R_OK) == 0;
    char *path = hw_take_text("%s%s", beside ? "scenarios/" : "", name);
    free(name);
    return path;
}

/* As a shell takes it for one word. */
static char *quoted(const char *word) {
    char *text = NULL;
    size_t length = 0;
    FILE *out = hw_take_stream(&text, &length);
    fputc('\'', out);
    for (; *word != '\0'; word++) {
        fputs(*word == '\'' ? "'\\''" : (char[2]){*word, '\0'}, out);
    }
    fputc('\'', out);
    hw_end_stream(out);
    return text;
}

static void tell(const char *path, const hw_country_wish *wish) {
    char *name = hw_country_place(wish), *place = quoted(name), *file = quoted(path),
         *usual = hw_results_path(path, ".h5"), *result = quoted(usual);
    printf("%s: a first scenario of %s, with %u districts; all in it is assumed\n\n", path, wish->name,
           wish->map != NULL ? wish->map->count : 2);
    printf("  homeward check %s --assumptions\n  homeward run %s\n  homeward explain %s --place %s\n", file,
           file, result, place);
    char *guide = hw_installed_real_file("analysis/guide/country.md");
    printf("\nWhat to find out stands beside each value in the file; %s leads on from there.\n",
           guide != NULL ? guide : "the page country.md of the guide");
    char *const texts[] = {name, place, file, usual, result, guide};
    for (size_t i = 0; i < HW_LENGTH(texts); i++) {
        free(texts[i]);
    }
}

static hw_status read_wish(hw_country_wish *wish, hw_country_map *map, const hw_arguments *arguments,
                           hw_errors *errors) {
    const hw_given *start = hw_argument(arguments, "start");
    *wish = (hw_country_wish){.name = arguments->operands[0],
                              .place = hw_argument_text(arguments, "place"),
                              .map_path = hw_argument_text(arguments, "map"),
                              .start = start != NULL ? start->day : next_year()};
    (void)hw_country_check_name(wish->name, errors);
    (void)hw_country_check_place(wish->place, errors);
    (void)hw_country_read_currency(&wish->currency, hw_argument_text(arguments, "currency"), errors);
    if (errors->count > 0) {
        return HW_ERROR_INPUT;
    }
    if (wish->map_path == NULL) {
        return HW_OK;
    }
    wish->map = map;
    return hw_country_read_map(map, wish->map_path, errors);
}

static int run(const hw_arguments *arguments) {
    if (hw_rank() != 0) {
        return 0;
    }
    hw_errors errors = {0};
    hw_country_map map = {.count = 0};
    hw_country_wish wish;
    hw_status status = read_wish(&wish, &map, arguments, &errors);
    if (status == HW_OK) {
        char *path = path_of(arguments);
        const hw_output_rules rules = {.inputs = &wish.map_path, .input_count = wish.map_path != NULL};
        status = hw_country_write(&wish, path, &rules, &errors);
        if (status == HW_OK) {
            tell(path, &wish);
        }
        free(path);
    }
    hw_country_free_map(&map);
    return status == HW_OK ? 0 : hw_complain(status, &errors, NULL);
}

const hw_command hw_command_new = {
    .name = "new",
    .line = "a first scenario of another country, with every choice explained",
    .operands = "COUNTRY",
    .fewest = 1,
    .most = 1,
    .options = options,
    .option_count = HW_LENGTH(options),
    .run = run,
};
