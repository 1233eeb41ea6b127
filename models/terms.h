/* The tables of keys of a scenario, by what they are about; methods, rules, conditions and levers bring their
 * own. */
#ifndef HW_MODELS_TERMS_H
#define HW_MODELS_TERMS_H

#include "models/scenario.h"

extern const hw_section hw_layout_section, hw_climate_section, hw_setting_section, hw_class_section,
    hw_district_section, hw_closure_section, hw_area_section, hw_place_section, hw_operator_section,
    hw_asset_section, hw_planning_section, hw_training_section, hw_stream_section, hw_safety_section,
    hw_resettlement_section, hw_firm_section, hw_recorded_section;

/* A key of the field `field` of `owner` that holds a quantity. */
#define QUANTITY(owner, field, dim, lo, hi)                                                                  \
    .name = #field, .type = HW_KEY_QUANTITY, .dimension = (dim), .low = (lo), .high = (hi),                  \
    .offset = offsetof(owner, field)

#endif
