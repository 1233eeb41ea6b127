/* What a benchmark measured: one line on the terminal as soon as it is known, and all lines as JSON at the
 * end. A measure is a constant that says what it is and what is wanted of it; a result is its spread over
 * rounds, or the reason why it is missing. */
#ifndef HW_ANALYSIS_BENCH_REPORT_H
#define HW_ANALYSIS_BENCH_REPORT_H

#include "sim/error.h"
#include "sim/run/output_file.h"
#include <stdbool.h>
#include <stdint.h>

typedef enum hw_bench_goal { HW_BENCH_NO_GOAL, HW_BENCH_AT_MOST, HW_BENCH_AT_LEAST } hw_bench_goal;

typedef struct hw_bench_measure {
    const char *key;   /* in JSON: "mm1_ratio" */
    const char *title; /* on the terminal */
    const char *unit;
    uint32_t decimals; /* on the terminal */
    hw_bench_goal goal;
    double target;
} hw_bench_measure;

typedef struct hw_bench_result {
    const hw_bench_measure *measure;
    double median, least, most;
    uint32_t rounds; /* 0: not measured */
    char *missing;   /* why not, or NULL; owned by the report */
} hw_bench_result;

enum { HW_BENCH_RESULTS_MOST = 64, HW_BENCH_ROUNDS_MOST = 16 };

typedef struct hw_bench_report {
    hw_bench_result results[HW_BENCH_RESULTS_MOST];
    uint32_t count;
} hw_bench_report;

void hw_bench_report_free(hw_bench_report *report);

/* A line of its own above the measures that follow, printf style. */
void hw_bench_heading(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Records and prints the median and the range of 1 to HW_BENCH_ROUNDS_MOST values. */
void hw_bench_record(hw_bench_report *report, const hw_bench_measure *measure, const double *values,
                     uint32_t count);
void hw_bench_record_one(hw_bench_report *report, const hw_bench_measure *measure, double value);

/* Records and prints that there is no answer, and why. */
void hw_bench_miss(hw_bench_report *report, const hw_bench_measure *measure, const char *why);

/* The result of a measure recorded before, or NULL. */
const hw_bench_result *hw_bench_find(const hw_bench_report *report, const hw_bench_measure *measure);

/* How many measures miss their target, and how many have a target but no figure. */
uint32_t hw_bench_count_missed(const hw_bench_report *report);
uint32_t hw_bench_count_unknown(const hw_bench_report *report);

/* To ask before minutes are spent whether the file can be written. */
extern const hw_output_format hw_bench_format;

/* {"format": 1, "version": …, "quick": …, "scenario": …, "machine": {…}, "measures": {KEY: {"title", "unit",
 * "median", "min", "max", "rounds", "goal": "at most" | "at least" | null, "target", "met", "missing"}}}.
 * Statuses as of hw_output_open. */
hw_status hw_bench_write_json(const hw_bench_report *report, const char *path, const char *scenario,
                              bool quick, const hw_output_rules *rules, hw_errors *errors);

#endif
