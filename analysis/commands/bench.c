/* homeward bench: how fast this program is here. */
#include "analysis/base/installed.h"
#include "analysis/base/memory.h"
#include "analysis/bench/machine.h"
#include "analysis/bench/parts.h"
#include "analysis/commands/commands.h"
#include "sim/length.h"
#include "sim/run/experiment.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const hw_option options[] = {
    {"json", 'j', HW_OPTION_TEXT, false, "FILE", "write all figures into this file too"},
    {"quick", 'q', HW_OPTION_SWITCH, false, NULL, "a tenth of the work, without nationwide-parcels.yaml"},
    HW_REPLACE_OPTION,
};

static void print_machine(const char *scenario) {
    hw_bench_machine machine = hw_bench_this_machine();
    printf("homeward %s, %s, %d core%s%s%s, load %.1f; scenario: %s\n", HW_VERSION, machine.compiler,
           machine.cores, machine.cores == 1 ? "" : "s", machine.processor[0] ? " of " : "",
           machine.processor, machine.load, scenario);
}

static void print_verdict(const hw_bench_report *report) {
    uint32_t missed = hw_bench_count_missed(report), unknown = hw_bench_count_unknown(report);
    printf("\n%u target%s missed, %u without an answer\n", missed, missed == 1 ? "" : "s", unknown);
}

/* The scenario is loaded first, so that a wrong one is known before minutes have passed. */
static hw_status measure(hw_bench_report *report, const hw_bench_wish *wish, hw_errors *errors) {
    hw_loaded loaded = {0};
    hw_status status = hw_load(&loaded, wish->scenario, NULL, 0, errors);
    if (status == HW_OK) {
        print_machine(wish->scenario);
        hw_bench_kernel(report, wish);
        hw_bench_simpy(report, wish);
        status = hw_bench_scenario(report, wish, &loaded, errors);
    }
    if (status == HW_OK) {
        status = hw_bench_profile(report, wish, &loaded, errors);
    }
    if (status == HW_OK) {
        hw_bench_sharing(report, wish, &loaded);
        hw_bench_tail(report, wish, &loaded);
    }
    hw_load_free(&loaded);
    if (status == HW_OK) {
        hw_bench_memory(report, wish);
        hw_bench_ranks(report, wish);
        hw_bench_sweep(report, wish);
        print_verdict(report);
    }
    return status;
}

/* Without an operand: the baseline. */
static char *find_scenario(const hw_arguments *arguments, hw_errors *errors) {
    if (arguments->operand_count > 0) {
        return hw_take_text("%s", arguments->operands[0]);
    }
    char *path = hw_installed_file("scenarios/great-return.yaml");
    if (path == NULL) {
        hw_errors_say(errors, "scenarios/great-return.yaml is not to be found from here; name a scenario");
    }
    return path;
}

static int run(const hw_arguments *arguments) {
    if (hw_rank() != 0) {
        return 0;
    }
    hw_errors errors = {0};
    hw_bench_report report = {0};
    const hw_given *json = hw_argument(arguments, "json");
    char *scenario = find_scenario(arguments, &errors), *program = hw_installed_self(),
         *counter = hw_installed_program("homeward_allocations"),
         *peer = hw_installed_file("analysis/bench/peers/mm1_simpy.py"),
         *parcels = hw_installed_file("scenarios/nationwide-parcels.yaml");
    const hw_bench_wish wish = {.quick = hw_argument(arguments, "quick") != NULL,
                                .scenario = scenario,
                                .parcels = parcels,
                                .peer = peer,
                                .program = program,
                                .counter = counter};
    const char *const inputs[] = {scenario};
    const hw_output_rules rules = {
        .replace = hw_argument(arguments, "replace") != NULL, .inputs = inputs, .input_count = 1};
    hw_status status = scenario != NULL ? HW_OK : HW_ERROR_INPUT;
    if (status == HW_OK && json != NULL) {
        status = hw_output_check(json->text, &hw_bench_format, &rules, &errors);
    }
    if (status == HW_OK) {
        status = measure(&report, &wish, &errors);
    }
    if (status == HW_OK && json != NULL) {
        status = hw_bench_write_json(&report, json->text, scenario, wish.quick, &rules, &errors);
    }
    hw_bench_report_free(&report);
    free(scenario);
    free(program);
    free(counter);
    free(peer);
    free(parcels);
    return status == HW_OK ? 0 : hw_complain(status, &errors, NULL);
}

const hw_command hw_command_bench = {
    .name = "bench",
    .line = "how fast this program is here: ratios to a loop by hand, to SimPy, to one rank",
    .operands = "[SCENARIO]",
    .fewest = 0,
    .most = 1,
    .options = options,
    .option_count = HW_LENGTH(options),
    .run = run,
};
