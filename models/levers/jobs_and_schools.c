/* Jobs and schools where people return: what holds families back besides houses and fear. Paid from money for
 * building, as no mine action. */
#include "models/lever.h"

typedef struct terms {
    hw_lever_terms lever;
    hw_value_id ramp, won_over, arrival;
} terms;

static const hw_key keys[] = {
    HW_LEVER_KEYS_PAID_FROM("building", terms, "{p10: 6 months, p50: 12 months, p90: 30 months}",
                            "{p10: 5 MUSD, p50: 20 MUSD, p90: 60 MUSD}",
                            "{p10: 5 MUSD/year, p50: 20 MUSD/year, p90: 80 MUSD/year}"),
    HW_LEVER_RAMP(terms, "{p10: 12 months, p50: 30 months, p90: 60 months}"),
    {HW_LEVER_QUANTITY(terms, won_over, HW_DIM_SHARE, 0, 1), .standard = "{p10: 5 %, p50: 20 %, p90: 45 %}",
     .meaning = "Of the families that would not want to move in the long run, the share that then does.",
     .source = "SOURCES 13: from 45 % to 70 % of the planned people would be 45 % of the others; assumed"},
    {HW_LEVER_QUANTITY(terms, arrival, HW_DIM_NUMBER, 0, 5), .standard = "{p10: 1, p50: 1.3, p90: 2}",
     .meaning = "Rate at which waiting willing families arrive, against before."},
};

const hw_section hw_lever_jobs_and_schools_parameters = {
    "jobs_and_schools",
    "Jobs and schools in places of return: more families want to move, and they come sooner. Clearance stays "
    "as it is.",
    sizeof(terms), keys, HW_LENGTH(keys)};

static const hw_change changes[] = {
    {.path = "resettlement.uptake", .kind = HW_CHANGE_CLOSE_GAP, .by = offsetof(terms, won_over)},
    {.path = "resettlement.arrival_rate", .kind = HW_CHANGE_SCALE, .by = offsetof(terms, arrival)},
};

const hw_lever hw_lever_jobs_and_schools = {.ramp = offsetof(terms, ramp),
                                            .pays = HW_PAYS_RECONSTRUCTION,
                                            .changes = changes,
                                            .change_count = HW_LENGTH(changes)};
