/* The quantities that facts can be about. */
#include "analysis/belief/kinds.h"
#include "sim/length.h"
#include <string.h>

const char *const hw_scope_names[HW_SCOPES] = {"of", "district", "place", "operator", "stream", "purpose"};

const hw_fact_kind hw_fact_kinds[] = {
    {.name = "land_released",
     .meaning = "land cancelled, reduced or cleared; of: one ledger (mine_cleared, battle_area_cleared)",
     .dimension = HW_DIM_AREA,
     .units = "ha",
     .in_units = 1e-4,
     .of_axis = "ledger",
     .all_but = "remaining",
     .variables = {"ledger_m2", "district_ledger_m2"}},
    {.name = "land_open",
     .meaning = "suspected and confirmed land that is left on a day",
     .dimension = HW_DIM_AREA,
     .level = true,
     .units = "ha",
     .in_units = 1e-4,
     .of_axis = "ledger",
     .of_fixed = "remaining",
     .variables = {"ledger_m2", "district_ledger_m2"}},
    {.name = "land_found",
     .meaning = "suspected land that nobody had suspected before",
     .dimension = HW_DIM_AREA,
     .anew = true,
     .units = "ha",
     .in_units = 1e-4,
     .variables = {"ledger_m2", "district_ledger_m2"}},
    {.name = "items_found",
     .meaning = "explosive items found; of: AP, AT or ERW",
     .counts = true,
     .units = "1",
     .in_units = 1,
     .of_axis = "item",
     .variables = {"found", "district_found"}},
    {.name = "victims",
     .meaning = "people killed or injured; of: civilian, deminer, soldier, killed, injured, or two of them "
                "(civilian killed)",
     .counts = true,
     .units = "1",
     .in_units = 1,
     .of_axis = "victim",
     .variables = {"victims", "district_victims"}},
    {.name = "people_back",
     .meaning = "people who live there on a day",
     .level = true,
     .counts = true,
     .units = "1",
     .in_units = 1,
     .variables = {"people_back", "district_people", "place_people_month"}},
    {.name = "first_families",
     .meaning = "the day on which the first families of a place return",
     .scale = HW_SCALE_DAY,
     .day = true,
     .units = "date",
     .in_units = 1,
     .variables = {"place_first_return_day"}},
    {.name = "release",
     .meaning = "the day on which the last ground of a place, of a district or of all districts is released",
     .scale = HW_SCALE_DAY,
     .day = true,
     .units = "date",
     .in_units = 1,
     .variables = {"district_completion_day", "place_release_day"}},
    {.name = "people_employed",
     .meaning = "people in demining teams on a day",
     .level = true,
     .units = "1",
     .in_units = 1,
     .variables = {"people_employed"}},
    {.name = "teams",
     .meaning = "teams that are posted, the mean over the days; of: what they do (working, no work, money)",
     .per_day = true,
     .units = "1",
     .in_units = 1,
     .of_axis = "use",
     .variables = {"district_asset_days"}},
    {.name = "money_spent",
     .meaning = "money spent, by purpose or by stream, in whole calendar years",
     .dimension = HW_DIM_MONEY,
     .scale = HW_SCALE_LOG,
     .units = "million USD",
     .in_units = 1e-6,
     .variables = {"purpose_spent_usd", "stream_spent_usd"}},
};
const uint32_t hw_fact_kind_count = HW_LENGTH(hw_fact_kinds);

const hw_fact_kind *hw_fact_kind_find(const char *name) {
    for (uint32_t i = 0; i < hw_fact_kind_count; i++) {
        if (strcmp(hw_fact_kinds[i].name, name) == 0) {
            return &hw_fact_kinds[i];
        }
    }
    return NULL;
}
