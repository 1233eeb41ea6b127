/* Danger of ground, and what goes off in it. */
#include "models/danger.h"
#include "models/ground.h"
#include "models/land.h"
#include "models/pipeline.h"
#include "sim/extremes.h"
#include <assert.h>
#include <math.h>

/* A cache is one place to be hurt at. */
static double danger_by(const hw_ground *ground, const hw_item *item, uint32_t type) {
    uint32_t places = type == HW_ITEM_ERW ? hw_item_remnant_places(item) : item->hidden[type];
    return places * ground->item_danger[type];
}

static double danger_in(const hw_ground *ground, const hw_item *item) {
    return danger_by(ground, item, HW_ITEM_AP) + danger_by(ground, item, HW_ITEM_AT) +
           danger_by(ground, item, HW_ITEM_ERW);
}

static double danger_of(const hw_land *land, uint32_t block) {
    const hw_ground *ground = &land->ground;
    const hw_item *item = &ground->items[block];
    double danger = danger_in(ground, item);
    for (uint32_t i = item->parcels, end = hw_parcels_end(land, block); i < end; i++) {
        danger += danger_in(ground, &ground->items[i]);
    }
    return danger;
}

static uint32_t items_in(const hw_item *item) {
    return (uint32_t)item->hidden[HW_ITEM_AP] + item->hidden[HW_ITEM_AT] + item->hidden[HW_ITEM_ERW];
}

uint64_t hw_danger_items(const hw_land *land, uint32_t block) {
    const hw_item *items = land->ground.items;
    uint64_t count = items_in(&items[block]);
    for (uint32_t i = items[block].parcels, end = hw_parcels_end(land, block); i < end; i++) {
        count += items_in(&items[i]);
    }
    return count;
}

static double at_least_one(double items) {
    return items > 0 ? fmax(1, items) : 0;
}

/* What a contaminated block of the area usually holds. More than that adds nothing: where items lie thick,
 * people see it and stay away. */
static double peak_of(const hw_land *land, const hw_area *area) {
    const hw_soil *soil = &land->ground.soils[area->setting];
    const double *danger = land->ground.item_danger;
    double block_m2 = land->ground.items[area->first_block].area_m2;
    double pattern_m2 = soil->pattern_share * block_m2;
    return at_least_one(soil->ap * pattern_m2) * danger[HW_ITEM_AP] +
           at_least_one(soil->at * pattern_m2) * danger[HW_ITEM_AT] +
           at_least_one(soil->erw * block_m2) * danger[HW_ITEM_ERW];
}

static double unwarned(const hw_land *land) {
    return hw_in_force(land, land->scenario->safety.unwarned);
}

static double blocks_of(const hw_land *land, const hw_area *area) {
    return area->block_count + unwarned(land) * area->hidden_count;
}

void hw_danger_begin(hw_land *land) {
    const hw_scenario *s = land->scenario;
    land->ground.item_danger[HW_ITEM_AP] = 1;
    land->ground.item_danger[HW_ITEM_AT] = hw_in_force(land, s->safety.anti_tank_danger);
    land->ground.item_danger[HW_ITEM_ERW] = hw_in_force(land, s->safety.remnant_danger);
    for (uint32_t a = 0; a < land->ground.area_count; a++) {
        const hw_area *area = &land->ground.areas[a];
        hw_danger *danger = &land->ground.dangers[a];
        double visits = hw_in_force(land, HW_ITEM(s->settings, hw_terrain, area->setting)->visits);
        danger->peak = peak_of(land, area);
        danger->weight[HW_SOLDIERS] = danger->peak * blocks_of(land, area);
        danger->weight[HW_CIVILIANS] = danger->weight[HW_SOLDIERS] * visits;
        assert(danger->peak >= 0 && visits >= 0);
        for (int people = 0; people < HW_PEOPLE; people++) {
            land->districts[area->district].danger[people] += danger->weight[people];
        }
    }
}

uint32_t hw_danger_visited(const hw_land *land, uint32_t district, uint32_t people, double where) {
    assert(district < land->district_count && people < HW_PEOPLE);
    const hw_district_state *d = &land->districts[district];
    double left = where * d->danger[people];
    uint32_t i = 0;
    while (i + 1 < d->area_count && left >= land->ground.dangers[d->areas[i]].weight[people]) {
        left -= land->ground.dangers[d->areas[i++]].weight[people];
    }
    const hw_danger *danger = &land->ground.dangers[d->areas[i]];
    const hw_area *area = &land->ground.areas[d->areas[i]];
    if (danger->weight[people] <= 0) {
        return HW_NOTHING;
    }
    double at = hw_lesser(1, left / danger->weight[people]) * blocks_of(land, area);
    double hidden = (at - area->block_count) / unwarned(land);
    if (hidden >= 0 && area->hidden_count > 0) {
        return area->first_hidden + (uint32_t)hw_lesser(hidden, area->hidden_count - 1);
    }
    return area->first_block + (uint32_t)hw_lesser(at, area->block_count - 1);
}

bool hw_danger_meets(hw_land *land, uint32_t block, double uniform) {
    hw_ground_reveal(land, block);
    const hw_item *item = &land->ground.items[block];
    double chance = danger_of(land, block) / land->ground.dangers[item->area].peak;
    bool unsuspected = block >= hw_item_area(land, item)->first_hidden;
    if (unsuspected && item->stage != HW_STAGE_HIDDEN) {
        chance /= unwarned(land); /* people have been warned since */
    }
    return uniform < chance;
}

uint32_t hw_danger_explode(hw_land *land, uint32_t block, double uniform, uint32_t *type_met) {
    double left = uniform * danger_of(land, block);
    if (left <= 0) {
        return HW_NOTHING;
    }
    uint32_t first = land->ground.items[block].parcels, end = hw_parcels_end(land, block);
    uint32_t met = HW_NOTHING;
    for (uint32_t i = block; left >= 0; i = i == block ? first : i + 1) {
        if (i != block && i >= end) {
            break; /* rounding: the last item of all */
        }
        for (uint32_t type = 0; type < HW_ITEM_TYPES && left >= 0; type++) {
            double here = danger_by(&land->ground, &land->ground.items[i], type);
            if (here > 0) {
                met = i;
                *type_met = type;
                left -= here;
            }
        }
    }
    assert(met != HW_NOTHING);
    hw_ground_take_out(land, met, *type_met, 1, HW_STATE_EXPLODED);
    return met;
}

double hw_danger_missed(const hw_land *land, uint32_t district, const double danger[HW_ITEM_TYPES]) {
    const hw_district_state *d = &land->districts[district];
    double sum = ((double)d->missed_caches - (double)d->missed_in_caches) * danger[HW_ITEM_ERW];
    for (uint32_t type = 0; type < HW_ITEM_TYPES; type++) {
        assert(d->items[type][HW_STATE_MISSED] >= d->spot_tasks[type]);
        sum += (double)(d->items[type][HW_STATE_MISSED] - d->spot_tasks[type]) * danger[type];
    }
    return hw_greater(0, sum);
}
