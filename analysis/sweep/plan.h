/* A sweep as its file describes it: scenarios, factors, a design, replications, outputs. Everything is read
 * and checked here, before anything is run. */
#ifndef HW_ANALYSIS_SWEEP_PLAN_H
#define HW_ANALYSIS_SWEEP_PLAN_H

#include "analysis/scenario/load.h"
#include "analysis/sweep/design.h"
#include "analysis/sweep/factor.h"
#include "analysis/sweep/outputs.h"

enum { HW_KEEP_SUMMARIES, HW_KEEP_OUTCOMES };

typedef struct hw_sweep_terms {
    const char *name, *question;
    const char *scenario; /* path, beside the design's file; or else: */
    hw_table scenarios;   /* of hw_sweep_scenario_terms */
    hw_table factors;     /* of hw_factor_terms */
    bool every_assumed;
    int64_t as_of; /* INT64_MAX: as each scenario says */
    const void *designs[HW_REGISTRY_MOST];
    uint32_t replications, seed, keep;
    hw_table outputs; /* of hw_output_terms */
    const char *by;
} hw_sweep_terms;
extern const hw_section hw_sweep_section;

/* One scenario of the sweep. */
typedef struct hw_sweep_scenario {
    const char *label;
    char *path;
    hw_loaded loaded; /* without any factor set */
} hw_sweep_scenario;

typedef struct hw_sweep_plan {
    hw_document *document;
    hw_binding *binding;
    hw_sweep_terms terms;
    hw_sweep_scenario *scenarios;
    uint32_t scenario_count;
    hw_factor *factors;
    uint32_t factor_count;
    char **texts; /* names that stand in no file */
    uint32_t text_count;
    const hw_design *design;
    const char *design_name;
    hw_design_plan design_plan;
    uint64_t points; /* of the design, for each scenario in turn */
    hw_outputs outputs;
    double *by; /* days since the start, at their end */
    uint32_t by_count;
    char digest[65];   /* of all that the answer depends on, program version apart */
    char question[65]; /* of seed, outputs and dates: what is asked of each point */
} hw_sweep_plan;

/* Reads DESIGN.yaml with settings (of the design, not of the scenario) laid over it. All mistakes are
 * collected, with file:line:column. Free after failure too, but only when the errors have been printed. */
hw_status hw_sweep_plan_read(hw_sweep_plan *plan, const char *path, const hw_setting *settings,
                             uint32_t setting_count, hw_errors *errors);
void hw_sweep_plan_free(hw_sweep_plan *plan);

/* What is hardly meant in its scenarios, and in them with single values of its factors; free with
 * hw_errors_free. */
hw_errors hw_sweep_plan_warnings(const hw_sweep_plan *plan);

/* The scenario of a point. */
const hw_sweep_scenario *hw_sweep_plan_scenario(const hw_sweep_plan *plan, uint64_t point);

/* The values of all factors at a point (factor_count of each), and its place in the design. */
void hw_sweep_plan_values(const hw_sweep_plan *plan, uint64_t point, double *unit, hw_factor_value *values,
                          hw_design_place *place);

/* The scenario with the point's values, ready to run, and the outputs by its layout; free both after failure
 * too. HW_ERROR_INPUT when the values together break a law of the scenario, or change the shape of what is
 * kept. */
hw_status hw_sweep_plan_open(const hw_sweep_plan *plan, uint64_t point, hw_loaded *loaded,
                             hw_outputs *outputs, hw_errors *errors);

#endif
