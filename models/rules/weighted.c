/* Weighted criteria, as in multi-criteria priority setting ([GP4]: two to five indicators). Each criterion is
 * scaled to about 0..1 so that weights can be compared. */
#include "models/rule.h"
#include <math.h>

typedef struct weights {
    hw_value_id people, nearness, danger, corridor;
} weights;

static const hw_key keys[] = {
    {.name = "people",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_NUMBER,
     .low = 0,
     .high = 100,
     .standard = "1",
     .offset = offsetof(weights, people),
     .meaning = "Weight of the people planned for places that need the area (10,000 count as 1)."},
    {.name = "nearness",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_NUMBER,
     .low = 0,
     .high = 100,
     .standard = "1",
     .offset = offsetof(weights, nearness),
     .meaning = "Weight of how little work the nearest place still needs."},
    {.name = "danger",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_NUMBER,
     .low = 0,
     .high = 100,
     .standard = "1",
     .offset = offsetof(weights, danger),
     .meaning = "Weight of the belief in mines."},
    {.name = "corridor",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_NUMBER,
     .low = 0,
     .high = 100,
     .standard = "0.5",
     .offset = offsetof(weights, corridor),
     .meaning = "Weight of being part of a road or power corridor."},
};

const hw_section hw_rule_weighted_parameters = {
    "weighted",
    "A weighted sum of people, nearness of release, danger and corridors, which counts the more the less "
    "work is left.",
    sizeof(weights), keys, HW_LENGTH(keys)};

static double score(const void *parameters, const double *values, const hw_area_view *area) {
    const weights *w = parameters;
    double work = isfinite(area->place_team_days) ? area->place_team_days : area->team_days;
    double nearness = isfinite(area->place_team_days) ? 1 : 0;
    double criteria = values[w->people] * fmin(1, area->people / 1e4) + values[w->nearness] * nearness +
                      values[w->danger] * area->belief + values[w->corridor] * area->corridor;
    return criteria * 1000 / (1000 + work);
}

const hw_rule hw_rule_weighted = {.score = score};
