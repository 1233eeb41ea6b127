/* What is truly in the ground, and what survey and clearance do to it. */
#include "models/ground.h"
#include "models/land.h"
#include "sim/extremes.h"
#include <assert.h>
#include <gsl/gsl_cdf.h>
#include <math.h>

/* Number of items in a block: Poisson. Many are taken as a normal number corrected for skewness (Cornish and
 * Fisher 1938), which is off by less than half an item and spares adding up dozens of probabilities. */
static uint32_t count_of_items(const hw_bell *bell, double mean, double uniform) {
    static const double MANY = 30;
    if (mean < MANY) {
        return hw_poisson_quantile(mean, uniform);
    }
    double z = hw_bell_quantile(bell, uniform);
    return (uint32_t)hw_greater(0, mean + sqrt(mean) * z + (z * z - 1) / 6 + 0.5);
}

static uint32_t put(hw_land *land, uint32_t index, uint32_t type, double items) {
    assert(index < land->ground.item_count && type < HW_ITEM_TYPES && items >= 0);
    hw_item *item = &land->ground.items[index];
    uint32_t room = UINT16_MAX - (uint32_t)item->hidden[type] - item->missed[type];
    uint32_t count = (uint32_t)hw_lesser(items, room); /* see check_items in scenario_check.c */
    item->hidden[type] = (uint16_t)(item->hidden[type] + count);
    int64_t *books = land->districts[hw_item_area(land, item)->district].items[type];
    books[HW_STATE_LAID] += count;
    books[HW_STATE_REMAINING] += count;
    assert(books[HW_STATE_REMAINING] <= books[HW_STATE_LAID]);
    return count;
}

static void lay(hw_land *land, uint32_t index, uint32_t type, double mean, double uniform) {
    assert(mean >= 0 && uniform > 0 && uniform < 1);
    put(land, index, type, count_of_items(land->ground.bell, mean, uniform));
}

/* Now and then remnants lie in a cache or depot, of lognormal size. */
static void lay_cache(hw_land *land, uint32_t block, const hw_soil *soil, double there, double size) {
    hw_item *item = &land->ground.items[block];
    double mean = soil->caches * item->area_m2;
    if (there >= mean || there >= 1 - exp(-mean)) { /* 1 - exp(-x) <= x spares most of the exponentials */
        return;
    }
    double items = soil->cache_items * exp(soil->cache_spread * hw_bell_quantile(land->ground.bell, size));
    item->cache = (uint16_t)put(land, block, HW_ITEM_ERW, fmax(1, round(items)));
}

void hw_ground_reveal(hw_land *land, uint32_t block) {
    assert(block < land->ground.item_count);
    assert(land->ground.items[block].part == 0); /* a block: parcels are cut with their truth */
    hw_item *item = &land->ground.items[block];
    if (item->flags & HW_ITEM_DRAWN) {
        return;
    }
    item->flags |= HW_ITEM_DRAWN;
    const hw_polygon *polygon = &land->ground.polygons[hw_block_polygon(land, block)];
    const hw_soil *soil = &land->ground.soils[hw_item_area(land, item)->setting];
    uint64_t entity = hw_block_entity(land, block);
    double u[4];
    hw_land_draw_block(land, entity, HW_DRAW_TRUTH, 0, u);
    bool mined = u[0] < (double)polygon->mined;
    bool battle = u[1] < (double)polygon->battle;
    if (mined) {
        item->flags |= HW_ITEM_MINED;
        double share = hw_lesser(1.0, soil->pattern_share * hw_ground_varied(u[2]));
        item->pattern_m2 = (float)(share * item->area_m2);
        assert(share >= 0 && item->area_m2 > 0);
        double density = hw_ground_varied(u[3]);
        double v[4];
        hw_land_draw_block(land, entity, HW_DRAW_TRUTH, 1, v);
        lay(land, block, HW_ITEM_AP, soil->ap * density * (double)item->pattern_m2, v[0]);
        lay(land, block, HW_ITEM_AT, soil->at * density * (double)item->pattern_m2, v[1]);
    }
    if (battle) {
        double w[4];
        hw_land_draw_block(land, entity, HW_DRAW_TRUTH, 2, w);
        lay(land, block, HW_ITEM_ERW, soil->erw * item->area_m2, w[0]);
        lay_cache(land, block, soil, w[1], w[2]);
    }
}

void hw_ground_mine_anew(hw_land *land, uint32_t index, double uniform_ap, double uniform_at) {
    assert(index < land->ground.item_count);
    assert(land->ground.items[index].stage == HW_STAGE_RELEASED); /* people are back on it */
    hw_item *item = &land->ground.items[index];
    const hw_soil *soil = &land->ground.soils[hw_item_area(land, item)->setting];
    double pattern_m2 = soil->pattern_share * item->area_m2;
    item->flags |= HW_ITEM_MINED;
    item->pattern_m2 = (float)fmin(item->area_m2, (double)item->pattern_m2 + pattern_m2);
    lay(land, index, HW_ITEM_AP, soil->ap * pattern_m2, uniform_ap);
    lay(land, index, HW_ITEM_AT, soil->at * pattern_m2, uniform_at);
}

bool hw_ground_is_mined(const hw_land *land, uint32_t block) {
    assert(block < land->ground.item_count && land->ground.items[block].part == 0);
    const hw_polygon *polygon = &land->ground.polygons[hw_block_polygon(land, block)];
    return hw_land_draw(land, hw_block_entity(land, block), HW_DRAW_TRUTH, 0) < (double)polygon->mined;
}

bool hw_ground_is_mapped(const hw_land *land, uint32_t block) {
    double told = land->policy.effect.maps_told;
    return land->ground.items[block].mapped ||
           (told > 0 && hw_land_draw(land, hw_block_entity(land, block), HW_DRAW_MAPS, 0) < told);
}

void hw_ground_take_out(hw_land *land, uint32_t index, uint32_t type, uint32_t count, uint32_t to_state) {
    assert(index < land->ground.item_count && type < HW_ITEM_TYPES);
    assert(to_state == HW_STATE_FOUND || to_state == HW_STATE_EXPLODED || to_state == HW_STATE_MISSED);
    assert(count <= land->ground.items[index].hidden[type]);
    hw_item *item = &land->ground.items[index];
    int64_t *books = land->districts[hw_item_area(land, item)->district].items[type];
    item->hidden[type] = (uint16_t)(item->hidden[type] - count);
    books[HW_STATE_REMAINING] -= count;
    books[to_state] += count;
    assert(books[HW_STATE_REMAINING] >= 0);
    if (hw_item_cached(item) > item->hidden[HW_ITEM_ERW]) {
        item->cache = item->hidden[HW_ITEM_ERW]; /* what is taken out last is the cache */
    }
}

void hw_ground_pass_over(hw_land *land, uint32_t index, uint32_t type, uint32_t count) {
    if (count == 0) {
        return;
    }
    hw_item *item = &land->ground.items[index];
    uint32_t cached = type == HW_ITEM_ERW ? hw_item_cached(item) : 0;
    bool with_cache = cached > 0 && count >= cached && item->hidden[type] - count < cached;
    hw_ground_take_out(land, index, type, count, HW_STATE_MISSED);
    assert((uint32_t)item->hidden[type] + item->missed[type] + count <= UINT16_MAX);
    item->missed[type] = (uint16_t)(item->missed[type] + count);
    hw_district_state *d = &land->districts[hw_item_area(land, item)->district];
    if (with_cache) {
        item->cache = (uint16_t)cached;
        item->cache_missed = true;
        d->missed_caches++;
        d->missed_in_caches += cached;
    }
    if (!item->listed) {
        item->listed = true;
        assert(item->stage != HW_STAGE_HIDDEN); /* nobody has been there to pass anything over */
        land->ground.missed_list[d->first_item + d->missed_count++] = index;
    }
}

uint32_t hw_ground_overlooked(const hw_item *item, uint32_t type, double miss, const double uniform[4]) {
    uint32_t cached = type == HW_ITEM_ERW ? hw_item_cached(item) : 0;
    assert(cached <= item->hidden[type]);
    uint32_t missed = hw_binomial_quantile(item->hidden[type] - cached, miss, uniform[type]);
    return cached > 0 && uniform[3] < miss ? missed + cached : missed;
}

/* A missed cache has lost items, or is to be searched again. */
static void shrink_missed_cache(hw_district_state *d, hw_item *item, uint32_t left) {
    if (item->cache_missed && item->cache > left) {
        d->missed_in_caches -= item->cache - left;
        item->cache = (uint16_t)left;
        if (left == 0) {
            item->cache_missed = false;
            d->missed_caches--;
        }
    }
}

void hw_ground_lift_missed(hw_land *land, uint32_t index, uint32_t type, uint32_t to_state) {
    hw_item *item = &land->ground.items[index];
    hw_district_state *d = &land->districts[hw_item_area(land, item)->district];
    assert(item->missed[type] > 0 && d->items[type][HW_STATE_MISSED] > 0);
    item->missed[type]--;
    d->items[type][HW_STATE_MISSED]--;
    d->items[type][to_state]++;
    shrink_missed_cache(d, item, item->missed[HW_ITEM_ERW]);
}

/* Missed items of a type are hidden ones again. */
static void hide_again(hw_land *land, uint32_t index, uint32_t type, uint32_t count) {
    hw_item *item = &land->ground.items[index];
    int64_t *books = land->districts[hw_item_area(land, item)->district].items[type];
    assert(count <= item->missed[type] && books[HW_STATE_MISSED] >= count);
    assert((uint32_t)item->hidden[type] + item->missed[type] <= UINT16_MAX);
    books[HW_STATE_MISSED] -= count;
    books[HW_STATE_REMAINING] += count;
    item->hidden[type] = (uint16_t)(item->hidden[type] + count);
    item->missed[type] = (uint16_t)(item->missed[type] - count);
}

static void hide_cache_again(hw_land *land, hw_item *item) {
    uint16_t cache = item->cache;
    if (item->cache_missed) {
        shrink_missed_cache(&land->districts[hw_item_area(land, item)->district], item, 0);
        item->cache = cache;
    }
}

void hw_ground_search_again(hw_land *land, uint32_t index) {
    assert(index < land->ground.item_count);
    assert(land->ground.items[index].attempt < UINT8_MAX);
    hw_item *item = &land->ground.items[index];
    hide_cache_again(land, item);
    for (uint32_t type = 0; type < HW_ITEM_TYPES; type++) {
        hide_again(land, index, type, item->missed[type]);
    }
    item->redo = 0;
    item->attempt++;
}

void hw_ground_search_part_again(hw_land *land, uint32_t index, double share) {
    assert(share >= 0 && share <= 1 && land->ground.items[index].attempt < UINT8_MAX);
    hw_item *item = &land->ground.items[index];
    double u[4];
    hw_land_draw_block(land, hw_item_entity(land, item), HW_DRAW_LOT, hw_item_occurrence(item), u);
    uint32_t cached = item->cache_missed ? item->cache : 0;
    for (uint32_t type = 0; type < HW_ITEM_TYPES; type++) {
        uint32_t single = item->missed[type] - (type == HW_ITEM_ERW ? cached : 0);
        hide_again(land, index, type, hw_binomial_quantile(single, share, u[type]));
    }
    if (cached > 0 && u[3] < share) {
        hide_cache_again(land, item);
        hide_again(land, index, HW_ITEM_ERW, cached);
    }
    item->redo = (uint8_t)fmax(1, ceil(255 * share));
    item->attempt++;
}

uint32_t hw_ground_clear(hw_land *land, const hw_task *task, double detection) {
    assert(task->work < land->ground.item_count && task->team < land->force.team_count);
    assert(detection >= 0 && detection <= 1);
    assert(land->ground.items[task->work].flags & HW_ITEM_DRAWN); /* survey has drawn what is there */
    assert(land->ground.items[task->work].stage >= HW_STAGE_PREPARE &&
           land->ground.items[task->work].stage <= HW_STAGE_BATTLE);
    hw_item *item = &land->ground.items[task->work];
    uint32_t operator_ = land->force.teams[task->team].operator_;
    double miss = hw_lesser(1.0, (1 - detection) * land->force.operators[operator_].quality);
    uint32_t places = hw_item_places(item);
    if (places == 0) {
        return 0;
    }
    double u[4];
    hw_land_draw_block(land, hw_item_entity(land, item), HW_DRAW_MISS, hw_item_occurrence(item), u);
    for (uint32_t type = 0; type < HW_ITEM_TYPES; type++) {
        if (item->hidden[type] == 0) {
            continue; /* most ground holds one type or two */
        }
        uint32_t missed = hw_ground_overlooked(item, type, miss, u);
        bool with_cache = type == HW_ITEM_ERW && hw_item_cached(item) > 0 && u[3] < miss;
        places -= with_cache ? missed - item->cache + 1 : missed;
        hw_ground_pass_over(land, task->work, type, missed);
        hw_ground_take_out(land, task->work, type, item->hidden[type], HW_STATE_FOUND);
    }
    return places;
}

/* Shares a block's items among its parcels by exponential weights: mines lie in rows and clusters, so that
 * some parcels hold many and others none (a Dirichlet split with concentration 1). Rounding the running sum
 * conserves the count. */
static void share_items(hw_land *land, uint32_t block, uint32_t first, uint32_t count) {
    assert(count > 0);
    hw_item *from = &land->ground.items[block];
    hw_draws draws;
    hw_draws_open(&draws, land->key, hw_block_entity(land, block), HW_DRAW_SPLIT, from->attempt);
    double total = 0;
    hw_draws again = draws;
    for (uint32_t i = 0; i < count; i++) {
        total -= log(hw_draws_uniform(&again));
    }
    double sum = 0;
    uint32_t given[HW_ITEM_TYPES] = {0};
    uint32_t cached = hw_item_cached(from);
    from->hidden[HW_ITEM_ERW] = (uint16_t)(from->hidden[HW_ITEM_ERW] - cached);
    for (uint32_t i = 0; i < count; i++) {
        sum -= log(hw_draws_uniform(&draws));
        hw_item *parcel = &land->ground.items[first + i];
        for (uint32_t type = 0; type < HW_ITEM_TYPES; type++) {
            uint32_t upto =
                i + 1 == count ? from->hidden[type] : (uint32_t)(sum / total * from->hidden[type] + 0.5);
            assert(upto >= given[type] && upto <= from->hidden[type]);
            parcel->hidden[type] = (uint16_t)(upto - given[type]);
            given[type] = upto;
        }
    }
    for (uint32_t type = 0; type < HW_ITEM_TYPES; type++) {
        from->hidden[type] = 0;
    }
    if (cached > 0) { /* parcels are alike, so that a cache may as well lie in the first */
        hw_item *parcel = &land->ground.items[first];
        parcel->hidden[HW_ITEM_ERW] = (uint16_t)(parcel->hidden[HW_ITEM_ERW] + cached);
        parcel->cache = (uint16_t)cached;
        from->cache = 0;
    }
}

static void draw_parcel(hw_land *land, hw_item *parcel, uint64_t entity) {
    const hw_soil *soil = &land->ground.soils[hw_item_area(land, parcel)->setting];
    double u[4];
    hw_land_draw_block(land, entity, HW_DRAW_PARCEL, parcel->part, u);
    if (u[0] < soil->steep) {
        parcel->flags |= HW_ITEM_STEEP;
    }
    if (u[1] < soil->unfit_for_dogs) {
        parcel->flags |= HW_ITEM_NO_DOGS;
    }
}

void hw_ground_cut(hw_land *land, uint32_t block, uint32_t first, uint32_t count) {
    assert(block < first && first + count <= land->ground.item_count);
    assert(land->ground.items[block].part == 0 && land->ground.items[first].block == block);
    uint64_t entity = hw_block_entity(land, block);
    for (uint32_t i = 0; i < count; i++) {
        draw_parcel(land, &land->ground.items[first + i], entity);
    }
    share_items(land, block, first, count);
}

void hw_ground_uncut(hw_land *land, uint32_t parcel) {
    hw_item *from = &land->ground.items[parcel], *to = &land->ground.items[from->block];
    assert(from->part > 0 && !from->listed && !from->cache_missed);
    for (uint32_t type = 0; type < HW_ITEM_TYPES; type++) {
        assert(from->missed[type] == 0 && (uint32_t)to->hidden[type] + from->hidden[type] <= UINT16_MAX);
        to->hidden[type] = (uint16_t)(to->hidden[type] + from->hidden[type]);
        from->hidden[type] = 0;
    }
    to->cache = (uint16_t)(to->cache + from->cache); /* one parcel at most has a cache */
    from->cache = 0;
    to->area_m2 += from->area_m2;
    from->area_m2 = 0;
}

hw_soil hw_ground_typical(const hw_land *land) {
    hw_soil sum = {0};
    double total = 0;
    for (uint32_t a = 0; a < land->ground.area_count; a++) {
        const hw_soil *g = &land->ground.soils[land->ground.areas[a].setting];
        double weight = land->ground.areas[a].block_count;
        total += weight;
        sum.vegetation += weight * g->vegetation;
        sum.signals += weight * g->signals;
        sum.steep += weight * g->steep;
        sum.unfit_for_dogs += weight * g->unfit_for_dogs;
    }
    assert(total > 0);
    sum.vegetation /= total;
    sum.signals /= total;
    sum.steep /= total;
    sum.unfit_for_dogs /= total;
    return sum;
}
