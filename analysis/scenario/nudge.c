/* Which settings give a scenario a hundred-thousandth more money. */
#include "analysis/scenario/nudge.h"
#include "analysis/base/memory.h"
#include "models/scenario.h"
#include "sim/schema.h"
#include <stdlib.h>

/* Every part of a stream's money passes through its exchange. One that is uncertain is left alone, since a
 * number in its place would change more than a hundred-thousandth. */
static const hw_value *exchange_of(const hw_loaded *loaded, uint32_t stream) {
    const hw_scenario *scenario = loaded->scenario;
    const hw_stream_terms *terms = HW_ITEM(scenario->streams, hw_stream_terms, stream);
    const hw_value *exchange = &hw_binding_values(loaded->binding)->items[terms->exchange];
    bool usable = terms->pays == HW_PAYS_CLEARANCE && exchange->distribution.kind == HW_FIXED;
    return usable ? exchange : NULL;
}

static bool is_state_budget(const hw_loaded *loaded, uint32_t stream) {
    const hw_scenario *scenario = loaded->scenario;
    const hw_stream_terms *terms = HW_ITEM(scenario->streams, hw_stream_terms, stream);
    return terms->kind == HW_STREAM_STATE && terms->yearly.count > 0;
}

static void add(hw_nudge *nudge, const hw_value *exchange, uint32_t hundred_thousandths) {
    double more = exchange->distribution.a * (1 + 1e-5 * hundred_thousandths);
    nudge->settings = hw_take_again(nudge->settings, nudge->count + 1, sizeof *nudge->settings);
    nudge->settings[nudge->count++] =
        (hw_setting){.path = hw_take_text("%s", exchange->path), .yaml = hw_take_text("%.15g", more)};
}

hw_nudge hw_nudge_of(const hw_loaded *loaded, uint32_t hundred_thousandths) {
    const hw_scenario *scenario = loaded->scenario;
    hw_nudge nudge = {0};
    for (uint32_t s = 0; s < scenario->streams.count; s++) {
        const hw_value *exchange = exchange_of(loaded, s);
        if (exchange != NULL && is_state_budget(loaded, s)) {
            add(&nudge, exchange, hundred_thousandths);
        }
    }
    for (uint32_t s = 0; s < scenario->streams.count && nudge.count == 0; s++) {
        const hw_value *exchange = exchange_of(loaded, s);
        if (exchange != NULL) {
            add(&nudge, exchange, hundred_thousandths);
        }
    }
    return nudge;
}

void hw_nudge_free(hw_nudge *nudge) {
    for (uint32_t i = 0; i < nudge->count; i++) {
        free((char *)nudge->settings[i].path);
        free((char *)nudge->settings[i].yaml);
    }
    free(nudge->settings);
    *nudge = (hw_nudge){0};
}
