/* Conditions a scenario: simulates it in waves (figures/population.h), each drawn where the facts were likely
 * in those before it, and writes a table of values that any run can draw from (scenario/parameters.h). */
#ifndef HW_ANALYSIS_BELIEF_WAVES_H
#define HW_ANALYSIS_BELIEF_WAVES_H

#include "analysis/base/inputs.h"
#include "analysis/belief/likelihood.h"
#include "analysis/figures/population.h"
#include "analysis/scenario/load.h"
#include "sim/run/experiment.h"

typedef struct hw_waves_wish {
    const char *facts, *output;
    hw_learning learning; /* `share`: of the members of one wave that are to stay effective */
    uint64_t replications, seed;
    uint32_t waves;            /* at most, behind the first one, which is the prior */
    const char *const *values; /* patterns of paths; what they do not name is not learnt of */
    uint32_t value_count;      /* of them; 0: all values */
    uint64_t members;          /* that the table has in the end; 0: all, with their weights */
    double stop_after;         /* seconds, looked at inside a wave, too; 0: no limit */
    uint64_t ranks_per_world;
    bool anyway;
    hw_progress_style progress;
    hw_inputs *inputs; /* what is read; the file that a scenario names its facts by is added */
    void (*tell)(uint32_t wave, const hw_tempered *tempered, uint64_t members); /* after each wave; or NULL */
} hw_waves_wish;

typedef struct hw_wave_row {
    hw_tempered tempered; /* of this wave and all before it together */
    uint64_t members;     /* of this wave: good replications */
    uint32_t moved;       /* values that were not drawn as the scenario says */
} hw_wave_row;

typedef struct hw_told_value {
    const char *path; /* borrowed from the scenario */
    hw_column_told told;
} hw_told_value;

typedef struct hw_waves_report {
    hw_wave_row *rows;
    uint32_t row_count;
    uint32_t facts;
    hw_told_value *values; /* of the table */
    uint32_t value_count;
    const char *stopped_by;
} hw_waves_report;

/* Collective over all ranks; the report is rank 0's. Waves lie in the folder `<output>.waves` until the table
 * is written, and a call that was ended goes on from there, with the same bytes in the end. HW_ERROR_REQUEUE
 * when the time ended before the first wave was finished; HW_ERROR_INPUT without a fact to learn from. Free
 * the report after failure too. */
hw_status hw_waves_run(hw_loaded *loaded, const hw_waves_wish *wish, hw_waves_report *report,
                       hw_errors *errors);
void hw_waves_report_free(hw_waves_report *report);

#endif
