/* Sizes and odds of polygons, blocks and parcels. */
#include "models/ground_plan.h"
#include "sim/distribution.h"
#include <math.h>

/* Room is kept for the share of undiscovered ground that is exceeded in one world of a thousand. */
static const double HIDDEN_QUANTILE = 0.999;
/* Parcels grow beyond their nominal size in blocks that come out larger than this times nominal. */
static const double PARCEL_ROOM = 1.5;

double hw_scenario_median(const hw_scenario *scenario, hw_value_id id) {
    return id == UINT32_MAX ? 0 : hw_distribution_median(&scenario->values->items[id].distribution);
}

hw_value_id hw_ground_plan_undiscovered(const hw_scenario *scenario, uint32_t index) {
    const hw_hazard_area *area = HW_ITEM(scenario->hazard_areas, hw_hazard_area, index);
    return area->undiscovered != UINT32_MAX
               ? area->undiscovered
               : HW_ITEM(scenario->districts, hw_district, area->district)->undiscovered;
}

hw_area_plan hw_ground_plan_area(const hw_scenario *scenario, uint32_t index) {
    const hw_hazard_area *area = HW_ITEM(scenario->hazard_areas, hw_hazard_area, index);
    hw_value_id undiscovered = hw_ground_plan_undiscovered(scenario, index);
    double area_m2 = hw_scenario_median(scenario, area->area);
    double block_m2 = hw_scenario_median(scenario, scenario->layout.block);
    double polygon_m2 = hw_scenario_median(scenario, scenario->layout.polygon);
    double hidden =
        hw_distribution_quantile(&scenario->values->items[undiscovered].distribution, HIDDEN_QUANTILE);
    double blocks = fmax(1, round(area_m2 / block_m2));
    double each = fmax(1, round(polygon_m2 / block_m2));
    return (hw_area_plan){
        .blocks = (uint32_t)blocks,
        .hidden_most = (uint32_t)ceil(hidden * blocks),
        .polygons = (uint32_t)ceil(blocks / each),
        .block_m2 = area_m2 / blocks,
    };
}

uint32_t hw_ground_plan_parcels(const hw_scenario *scenario) {
    double block_m2 = hw_scenario_median(scenario, scenario->layout.block);
    double parcel_m2 = hw_scenario_median(scenario, scenario->layout.parcel);
    return (uint32_t)fmax(1, ceil(PARCEL_ROOM * block_m2 / parcel_m2));
}

double hw_ground_plan_items(const hw_scenario *scenario, uint32_t district) {
    double blocks = 0;
    for (uint32_t a = 0; a < scenario->hazard_areas.count; a++) {
        if (HW_ITEM(scenario->hazard_areas, hw_hazard_area, a)->district == district) {
            hw_area_plan plan = hw_ground_plan_area(scenario, a);
            blocks += (double)plan.blocks + plan.hidden_most;
        }
    }
    return blocks * (1 + hw_ground_plan_parcels(scenario));
}
