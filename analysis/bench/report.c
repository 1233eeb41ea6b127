/* Figures of a benchmark: printed as they come, written as JSON at the end. */
#include "analysis/bench/report.h"
#include "analysis/base/memory.h"
#include "analysis/bench/machine.h"
#include "analysis/tables/sheet.h"
#include <assert.h>
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void hw_bench_report_free(hw_bench_report *report) {
    for (uint32_t i = 0; i < report->count; i++) {
        free(report->results[i].missing);
    }
    *report = (hw_bench_report){0};
}

void hw_bench_heading(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    putchar('\n');
    vprintf(format, arguments);
    putchar('\n');
    va_end(arguments);
    fflush(stdout);
}

/* ---- spread ---- */

static int compare_numbers(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static void take_spread(hw_bench_result *result, const double *values, uint32_t count) {
    double sorted[HW_BENCH_ROUNDS_MOST];
    assert(count > 0 && count <= HW_BENCH_ROUNDS_MOST);
    memcpy(sorted, values, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, compare_numbers);
    result->median = 0.5 * (sorted[(count - 1) / 2] + sorted[count / 2]);
    result->least = sorted[0];
    result->most = sorted[count - 1];
    result->rounds = count;
}

static bool meets_target(const hw_bench_result *result) {
    const hw_bench_measure *measure = result->measure;
    return measure->goal == HW_BENCH_AT_MOST ? result->median <= measure->target
                                             : result->median >= measure->target;
}

static const char *goal_words(hw_bench_goal goal) {
    return goal == HW_BENCH_AT_MOST ? "at most" : "at least";
}

/* ---- terminal ---- */

static void print_range(const hw_bench_result *result) {
    if (result->rounds < 2) {
        return;
    }
    char *least = hw_thousands(result->least, result->measure->decimals),
         *most = hw_thousands(result->most, result->measure->decimals);
    printf("  (%s–%s)", least, most);
    free(least);
    free(most);
}

static void print_goal(const hw_bench_result *result) {
    const hw_bench_measure *measure = result->measure;
    if (measure->goal == HW_BENCH_NO_GOAL) {
        return;
    }
    bool whole = measure->target == floor(measure->target);
    char *target = hw_thousands(measure->target, whole ? 0 : measure->decimals);
    printf("  wanted: %s %s", goal_words(measure->goal), target);
    if (result->rounds > 0) {
        fputs(meets_target(result) ? ", met" : ", MISSED", stdout);
    }
    free(target);
}

static void print_result(const hw_bench_result *result) {
    const hw_bench_measure *measure = result->measure;
    printf("  %-44s ", measure->title);
    if (result->rounds > 0) {
        char *median = hw_thousands(result->median, measure->decimals);
        printf("%12s %s", median, measure->unit);
        free(median);
        print_range(result);
    } else {
        printf("no answer: %s", result->missing);
    }
    print_goal(result);
    putchar('\n');
    fflush(stdout);
}

static hw_bench_result *add_result(hw_bench_report *report, const hw_bench_measure *measure) {
    assert(report->count < HW_BENCH_RESULTS_MOST);
    hw_bench_result *result = &report->results[report->count++];
    *result = (hw_bench_result){.measure = measure};
    return result;
}

void hw_bench_record(hw_bench_report *report, const hw_bench_measure *measure, const double *values,
                     uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        if (!isfinite(values[i])) {
            hw_bench_miss(report, measure, "a round gave no number");
            return;
        }
    }
    hw_bench_result *result = add_result(report, measure);
    take_spread(result, values, count);
    print_result(result);
}

void hw_bench_record_one(hw_bench_report *report, const hw_bench_measure *measure, double value) {
    hw_bench_record(report, measure, &value, 1);
}

void hw_bench_miss(hw_bench_report *report, const hw_bench_measure *measure, const char *why) {
    hw_bench_result *result = add_result(report, measure);
    result->missing = hw_take_text("%s", why);
    print_result(result);
}

const hw_bench_result *hw_bench_find(const hw_bench_report *report, const hw_bench_measure *measure) {
    for (uint32_t i = 0; i < report->count; i++) {
        if (report->results[i].measure == measure) {
            return &report->results[i];
        }
    }
    return NULL;
}

uint32_t hw_bench_count_missed(const hw_bench_report *report) {
    uint32_t missed = 0;
    for (uint32_t i = 0; i < report->count; i++) {
        const hw_bench_result *result = &report->results[i];
        missed += result->measure->goal != HW_BENCH_NO_GOAL && result->rounds > 0 && !meets_target(result);
    }
    return missed;
}

uint32_t hw_bench_count_unknown(const hw_bench_report *report) {
    uint32_t unknown = 0;
    for (uint32_t i = 0; i < report->count; i++) {
        unknown += report->results[i].measure->goal != HW_BENCH_NO_GOAL && report->results[i].rounds == 0;
    }
    return unknown;
}

/* ---- JSON ---- */

static json_t *machine_facts(void) {
    hw_bench_machine machine = hw_bench_this_machine();
    json_t *facts = hw_json_object();
    hw_json_put(facts, "cores", hw_json_number(machine.cores));
    hw_json_put(facts, "load", hw_json_number(machine.load));
    hw_json_put(facts, "processor", hw_json_text(machine.processor[0] ? machine.processor : NULL));
    hw_json_put(facts, "compiler", hw_json_text(machine.compiler));
    return facts;
}

static json_t *result_facts(const hw_bench_result *result) {
    const hw_bench_measure *measure = result->measure;
    bool known = result->rounds > 0, wanted = measure->goal != HW_BENCH_NO_GOAL;
    json_t *facts = hw_json_object();
    hw_json_put(facts, "title", hw_json_text(measure->title));
    hw_json_put(facts, "unit", hw_json_text(measure->unit));
    hw_json_put(facts, "median", hw_json_number(known ? result->median : (double)NAN));
    hw_json_put(facts, "min", hw_json_number(known ? result->least : (double)NAN));
    hw_json_put(facts, "max", hw_json_number(known ? result->most : (double)NAN));
    hw_json_put(facts, "rounds", hw_json_count(result->rounds));
    hw_json_put(facts, "goal", hw_json_text(wanted ? goal_words(measure->goal) : NULL));
    hw_json_put(facts, "target", hw_json_number(wanted ? measure->target : (double)NAN));
    hw_json_put(facts, "met", wanted && known ? json_boolean(meets_target(result)) : json_null());
    hw_json_put(facts, "missing", hw_json_text(result->missing));
    return facts;
}

/* Both; the second is of earlier versions, too. */
static bool is_kept(const char *path, const void *context, char room[HW_OUTPUT_REASON]) {
    (void)context;
    return hw_output_lacks_mark(path, "{\n  \"format\": 1,\n  \"version\": ", room) ||
           hw_output_lacks_mark(path, "\n  \"machine\": {", room);
}

const hw_output_format hw_bench_format = {.noun = "figures of a bench", .streams = true, .is_kept = is_kept};

hw_status hw_bench_write_json(const hw_bench_report *report, const char *path, const char *scenario,
                              bool quick, const hw_output_rules *rules, hw_errors *errors) {
    hw_output_file file;
    hw_status status = hw_output_open(&file, path, &hw_bench_format, rules, errors);
    if (status != HW_OK) {
        return status;
    }
    json_t *figures = hw_json_object(), *measures = hw_json_object();
    hw_json_put(figures, "format", hw_json_count(1));
    hw_json_put(figures, "version", hw_json_text(HW_VERSION));
    hw_json_put(figures, "quick", json_boolean(quick));
    hw_json_put(figures, "scenario", hw_json_text(scenario));
    hw_json_put(figures, "machine", machine_facts());
    for (uint32_t i = 0; i < report->count; i++) {
        hw_json_put(measures, report->results[i].measure->key, result_facts(&report->results[i]));
    }
    hw_json_put(figures, "measures", measures);
    hw_json_write_lines(file.stream, figures);
    return hw_output_close(&file, errors);
}
