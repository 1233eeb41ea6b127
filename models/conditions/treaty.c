/* Funding condition: the state has acceded to the Mine Ban Convention. */
#include "models/condition.h"

typedef struct terms {
    hw_value_id response, response_time;
} terms;

static const hw_key keys[] = {
    {.name = "response",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_SHARE,
     .low = 0,
     .high = 1,
     .standard = "{p10: 30 %, p50: 60 %, p90: 85 %}",
     .offset = offsetof(terms, response),
     .meaning = "Probability, for each pledge, that accession moves the giver to pay."},
    {.name = "response_time",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_TIME,
     .low = 0,
     .high = 3650,
     .standard = "{p10: 3 months, p50: 9 months, p90: 24 months}",
     .offset = offsetof(terms, response_time),
     .meaning = "From accession to the first tranche."},
};

const hw_section hw_condition_treaty_parameters = {"treaty",
                                                   "The state must have acceded to the Anti-Personnel Mine "
                                                   "Ban Convention (see levers.treaty), and the giver "
                                                   "must answer to it.",
                                                   sizeof(terms), keys, HW_LENGTH(keys)};

static bool holds(const void *parameters, const double *values, const hw_donor_view *view) {
    const terms *t = parameters;
    return view->answer < values[t->response] && view->treaty_days >= values[t->response_time];
}

const hw_condition hw_condition_treaty = {.holds = holds};
