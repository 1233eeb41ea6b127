/* homeward schema: what a scenario file, or the file of a sweep, may say. */
#include "analysis/commands/commands.h"
#include "analysis/scenario/load.h"
#include "analysis/sweep/plan.h"
#include "sim/length.h"
#include "sim/run/experiment.h"
#include <stdio.h>

static const hw_option options[] = {
    {"sweep", 0, HW_OPTION_SWITCH, false, NULL, "the keys of a sweep's file instead of a scenario's"},
};

static int run(const hw_arguments *arguments) {
    if (hw_rank() != 0) {
        return 0;
    }
    hw_errors errors = {0};
    const char *path = arguments->operand_count > 0 ? arguments->operands[0] : NULL;
    hw_status status = hw_schema_print(
        stdout, hw_argument(arguments, "sweep") != NULL ? &hw_sweep_section : hw_load_section, path, &errors);
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
