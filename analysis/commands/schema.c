/* homeward schema: what a scenario file, the file of a sweep, or the map of an import may say. */
#include "analysis/commands/commands.h"
#include "analysis/intake/mapping.h"
#include "analysis/scenario/load.h"
#include "analysis/sweep/plan.h"
#include "sim/length.h"
#include "sim/run/experiment.h"
#include <stdio.h>

static const hw_option options[] = {
    {"sweep", 0, HW_OPTION_SWITCH, false, NULL, "the keys of a sweep's file instead of a scenario's"},
    {"map", 0, HW_OPTION_SWITCH, false, NULL, "the keys of a map of columns (homeward import) instead"},
};

static int run(const hw_arguments *arguments) {
    if (hw_rank() != 0) {
        return 0;
    }
    hw_errors errors = {0};
    const char *path = arguments->operand_count > 0 ? arguments->operands[0] : NULL;
    bool sweep = hw_argument(arguments, "sweep") != NULL, map = hw_argument(arguments, "map") != NULL;
    hw_status status = HW_ERROR_INPUT;
    if (sweep && map) {
        hw_errors_say(&errors, "either --sweep or --map, not both");
    } else {
        status = hw_schema_print(stdout,
                                 sweep ? &hw_sweep_section
                                 : map ? &hw_map_section
                                       : hw_load_section,
                                 path, &errors);
    }
    return status == HW_OK ? 0 : hw_complain(status, &errors, &hw_command_schema);
}

const hw_command hw_command_schema = {
    .name = "schema",
    .line = "all keys of a scenario file: unit, default, range, meaning",
    .operands = "[PATH]",
    .fewest = 0,
    .most = 1,
    .options = options,
    .option_count = HW_LENGTH(options),
    .run = run,
};
