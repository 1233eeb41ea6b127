/* The keys of ground that was released or surveyed before the start. */
#include "models/terms.h"
#include "sim/length.h"

#define LEDGER(field, words)                                                                                 \
    QUANTITY(hw_recorded, field, HW_DIM_AREA, 0, 2e10), .standard = "0 ha", .meaning = (words)

static const hw_key recorded_keys[] = {
    {.name = "district",
     .type = HW_KEY_REFERENCE,
     .refers_to = "districts",
     .offset = offsetof(hw_recorded, district),
     .meaning = "Where it was."},
    {.name = "areas",
     .type = HW_KEY_REFERENCES,
     .refers_to = "hazard_areas",
     .optional = true,
     .offset = offsetof(hw_recorded, areas),
     .meaning = "Hazard areas of the district in which it was; all when left out. Which blocks of them is "
                "told by the priority rule on the first day. Ground that a place waits for is left out as "
                "long as there is other ground: `released_by` and `released_share` of the place tell of it."},
    {LEDGER(cancelled, "Cancelled by survey. Ground is recorded in whole survey blocks; what is less than a "
                       "block is a chance of one.")},
    {LEDGER(reduced, "Reduced by technical survey.")},
    {LEDGER(mine_cleared, "Cleared of mines.")},
    {LEDGER(battle_area_cleared, "Searched as battle area.")},
    {LEDGER(surveyed, "Surveyed besides, and waiting for a search or technical survey at the start.")},
};
const hw_section hw_recorded_section = {
    "recorded", "Ground that had left suspicion, or had been surveyed, before the start.",
    sizeof(hw_recorded), recorded_keys, HW_LENGTH(recorded_keys)};
