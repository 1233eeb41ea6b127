/* Reads the rule of `sweep --until` against what a sweep keeps. */
#include "analysis/sweep/precision.h"
#include <string.h>

/* The output that keeps a variable of the outcome whole; NULL without one. */
static const hw_variable *whole_output(const hw_sweep_plan *plan, const char *variable) {
    const hw_table *asked = &plan->terms.outputs;
    const hw_output_terms *outputs = asked->items;
    if (asked->count == 0) {
        return hw_record_find(&plan->outputs.layout, variable);
    }
    for (uint32_t i = 0; i < asked->count; i++) {
        const char *of = outputs[i].of != NULL ? outputs[i].of : asked->names[i];
        if (outputs[i].at == NULL && strcmp(of, variable) == 0) {
            return hw_record_find(&plan->outputs.layout, asked->names[i]);
        }
    }
    return NULL;
}

hw_status hw_sweep_until_read(hw_until *until, hw_stop_rule *rule, const char *text,
                              const hw_sweep_plan *plan, hw_errors *errors) {
    const hw_loaded *scenario = &plan->scenarios[0].loaded;
    hw_status status =
        hw_until_read(until, rule, text, scenario->layout, scenario->start, scenario->horizon, errors);
    if (status != HW_OK) {
        return status;
    }
    const char *name = until->variable->name;
    until->variable = whole_output(plan, name);
    if (until->variable != NULL) {
        return HW_OK;
    }
    hw_errors_say(errors,
                  "--until: the sweep keeps no day of this in its outputs: add one such as 'day: {of: %s}'",
                  name);
    return HW_ERROR_INPUT;
}
