/* A scenario as it was known on earlier days: for each origin futures of its own, which know no value that
 * became known later. */
#ifndef HW_ANALYSIS_BELIEF_FROZEN_H
#define HW_ANALYSIS_BELIEF_FROZEN_H

#include "analysis/base/inputs.h"
#include "analysis/belief/hindcast.h"
#include "analysis/scenario/load.h"
#include "sim/run/experiment.h"

typedef struct hw_frozen_wish {
    const char *scenario;
    const hw_setting *settings; /* laid over it for all origins */
    uint32_t setting_count;
    const int64_t *days; /* ascending */
    uint32_t count;
    uint64_t replications, seed, ranks_per_world;
    const char *folder; /* of the results, origin-DATE.h5 */
    bool anyway;
    hw_progress_style progress;
    hw_inputs *inputs;
} hw_frozen_wish;

/* The results, on rank 0. */
typedef struct hw_frozen {
    hw_outcomes *outcomes;
    hw_besides *besides;
    double **area_shares;
    hw_hindcast_base *bases;
    uint32_t count;
} hw_frozen;

/* Collective over all ranks. A result of this very question that is there is taken, one that was begun is
 * gone on with. HW_ERROR_INTERRUPTED after a signal. */
hw_status hw_frozen_simulate(const hw_frozen_wish *wish, hw_errors *errors);

/* Holds the facts against the results. Free it after failure, too. */
hw_status hw_frozen_read(hw_frozen *frozen, const hw_frozen_wish *wish, const hw_observations *facts,
                         hw_errors *errors);
void hw_frozen_free(hw_frozen *frozen);

/* Where the result of an origin lies; free with free(). */
char *hw_frozen_path(const hw_frozen_wish *wish, uint32_t origin);

#endif
