/* Reads facts and results for a command. */
#include "analysis/belief/held.h"

hw_status hw_held_open(hw_held *held, const char *facts, int64_t as_of, const char *results, hw_trust trust,
                       hw_errors *errors) {
    *held = (hw_held){0};
    hw_status status = hw_observations_read(&held->facts, facts, errors);
    hw_observations_keep_known(&held->facts, as_of);
    if (status == HW_OK && held->facts.count == 0) {
        hw_errors_say(errors, "no fact was known by then");
        status = HW_ERROR_INPUT;
    }
    if (status != HW_OK || results == NULL) {
        return status;
    }
    status = hw_outcomes_open_as(&held->outcomes, results, trust, errors);
    if (status == HW_OK && held->outcomes.count == 0) {
        hw_errors_say(errors, "no replication of %s is good: there is nothing to hold facts against",
                      results);
        status = HW_ERROR_LAW;
    }
    if (status == HW_OK) {
        status = hw_besides_read(&held->besides, &held->outcomes, &held->facts, errors);
    }
    if (status == HW_OK) {
        hw_besides_warn(&held->besides);
        hw_besides_weigh(&held->besides, NULL, (double)held->outcomes.count);
    }
    return status;
}

void hw_held_close(hw_held *held) {
    hw_besides_free(&held->besides);
    hw_outcomes_close(&held->outcomes);
    hw_observations_free(&held->facts);
}
