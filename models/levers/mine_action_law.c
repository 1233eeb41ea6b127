/* A mine action law: who may work under which licence, how teams are accredited, how work and equipment are
 * tendered, who signs for released ground. */
#include "models/lever.h"

typedef struct terms {
    hw_lever_terms lever;
    hw_value_id ramp, permit_delay, accreditation, lead_time, report_time, missed, drop_out;
} terms;

static const hw_key keys[] = {
    HW_LEVER_KEYS(terms, "{p10: 9 months, p50: 18 months, p90: 48 months}",
                  "{p10: 100 kUSD, p50: 300 kUSD, p90: 1 MUSD}",
                  "{p10: 100 kUSD/year, p50: 300 kUSD/year, p90: 1 MUSD/year}"),
    HW_LEVER_RAMP(terms, "{p10: 6 months, p50: 12 months, p90: 36 months}"),
    {HW_LEVER_QUANTITY(terms, permit_delay, HW_DIM_NUMBER, 0, 2), .standard = "{p10: 0.3, p50: 0.6, p90: 1}",
     .meaning = "Licences: time of operators for registration and permits, against before."},
    {HW_LEVER_QUANTITY(terms, accreditation, HW_DIM_NUMBER, 0, 2), .standard = "{p10: 0.4, p50: 0.7, p90: 1}",
     .meaning = "Time in which teams are accredited, against before."},
    {HW_LEVER_QUANTITY(terms, lead_time, HW_DIM_NUMBER, 0, 2), .standard = "{p10: 0.7, p50: 0.9, p90: 1}",
     .meaning = "Tenders: time from order to delivery of teams, dogs and machines, against before."},
    {HW_LEVER_QUANTITY(terms, report_time, HW_DIM_NUMBER, 0, 2), .standard = "{p10: 0.5, p50: 0.8, p90: 1}",
     .meaning = "Time from the last work to the signed completion report, against before."},
    {HW_LEVER_QUANTITY(terms, missed, HW_DIM_NUMBER, 0, 2), .standard = "{p10: 0.7, p50: 0.9, p90: 1}",
     .meaning = "Quality: items that teams of all operators miss, against before; who misses many loses the "
                "licence."},
    {HW_LEVER_QUANTITY(terms, drop_out, HW_DIM_NUMBER, 0, 2), .standard = "{p10: 0.6, p50: 0.85, p90: 1}",
     .meaning = "Trust: how readily donors withdraw, against before."},
};

const hw_section hw_lever_mine_action_law_parameters = {
    "mine_action_law",
    "A law on mine action, with licences, accreditation and tenders by rule: weeks saved, fewer missed "
    "items, "
    "more trust of donors.",
    sizeof(terms), keys, HW_LENGTH(keys)};

static const hw_change changes[] = {
    {.path = "operators.*.permit_delay", .kind = HW_CHANGE_SCALE, .by = offsetof(terms, permit_delay)},
    {.path = "methods.*.team.accreditation", .kind = HW_CHANGE_SCALE, .by = offsetof(terms, accreditation)},
    {.path = "methods.*.team.lead_time", .kind = HW_CHANGE_SCALE, .by = offsetof(terms, lead_time)},
    {.path = "planning.report_time", .kind = HW_CHANGE_SCALE, .by = offsetof(terms, report_time)},
    {.path = "operators.*.quality", .kind = HW_CHANGE_SCALE, .by = offsetof(terms, missed)},
    {.path = "streams.*.drop_out", .kind = HW_CHANGE_SCALE, .by = offsetof(terms, drop_out)},
};

const hw_lever hw_lever_mine_action_law = {
    .ramp = offsetof(terms, ramp), .changes = changes, .change_count = HW_LENGTH(changes)};
