/* Accidents and finds as events, and what people believe after them. */
#include "models/accidents.h"
#include "models/ground.h"
#include "models/land.h"
#include "models/laws.h"
#include "models/pipeline.h"
#include "models/teams.h"
#include <assert.h>
#include <math.h>

static const double MEMORY_DAYS = 365.2425; /* for which people remember an accident */

/* Accidents halve as people learn where not to go and as posts are made safe, down to a floor. How fast may
 * change on a planning day; what has been learnt stays. */
static double decay(const hw_land *land, uint32_t people, hw_value_id floor) {
    double floor_share = hw_in_force(land, floor);
    assert(floor_share >= 0 && floor_share <= 1 && land->halved[people] >= 0);
    return floor_share + (1 - floor_share) * exp2(-land->halved[people]);
}

/* A month's count is negative binomial with dispersion 1 (SOURCES 5): a Poisson count whose mean is itself
 * exponential. */
static uint32_t overdispersed_count(double mean, hw_draws *draws) {
    double spread = -log(hw_draws_uniform(draws));
    assert(mean >= 0);
    return hw_poisson_quantile(mean * spread, hw_draws_uniform(draws));
}

/* False: more than there is room for, so that the world is given up rather than counted wrongly. */
static bool has_room(hw_land *land, uint32_t district, uint32_t count, uint32_t most, double now) {
    if (count > most) {
        hw_laws_broken(land, now,
                       HW_GIVEN_UP
                       "%s has %u accidents, finds or visits in a month, and there is room for %u",
                       land->scenario->districts.names[district], (unsigned)count, (unsigned)most);
    }
    return count <= most;
}

/* Visits lie anywhere on the ground, which is far from the near caches: they are looked at some at a time, so
 * that their blocks are fetched together. */
enum { VISITS_AT_ONCE = 32 };

typedef struct visit {
    uint32_t district, people, block;
    double meets, day;
} visit;

typedef struct visit_list {
    uint32_t count;
    visit next[VISITS_AT_ONCE];
    uint32_t district, people, accidents; /* of the last people who met something in a district */
} visit_list;

/* Those that meet something become accidents; what is taken out of the ground before their day makes them
 * pass unharmed. */
static void look_at_visits(hw_land *land, visit_list *all, double now) {
    static const uint32_t event[HW_PEOPLE] = {HW_EVENT_ACCIDENT, HW_EVENT_SOLDIERS};
    for (uint32_t i = 0; i < all->count; i++) {
        const visit *v = &all->next[i];
        if (!hw_danger_meets(land, v->block, v->meets)) {
            continue;
        }
        bool others = v->district != all->district || v->people != all->people;
        all->district = v->district;
        all->people = v->people;
        all->accidents = others ? 1 : all->accidents + 1;
        if (has_room(land, v->district, all->accidents, HW_ACCIDENTS_A_MONTH, now)) {
            hw_queue_push(&land->queues[v->district], v->day, event[v->people], v->block);
        }
    }
    all->count = 0;
}

/* Visits that would meet something if all ground were as bad as the worst of its hazard area. */
static void plan_visits(hw_land *land, visit_list *all, uint32_t district, uint32_t people, double mean,
                        double now, double next) {
    static const uint32_t purpose[HW_PEOPLE] = {HW_DRAW_CIVILIAN, HW_DRAW_SOLDIERS};
    hw_draws draws;
    hw_draws_open(&draws, land->key, land->districts[district].entity, purpose[people], land->calendar.month);
    uint32_t count = overdispersed_count(mean, &draws);
    if (!has_room(land, district, count, HW_VISITS_A_MONTH, now)) {
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t block = hw_danger_visited(land, district, people, hw_draws_uniform(&draws));
        double meets = hw_draws_uniform(&draws);
        double when = hw_draws_uniform(&draws);
        if (block == HW_NOTHING) {
            continue;
        }
        __builtin_prefetch(&land->ground.items[block], 1);
        all->next[all->count++] = (visit){district, people, block, meets, now + when * (next - now)};
        if (all->count == VISITS_AT_ONCE) {
            look_at_visits(land, all, now);
        }
    }
}

/* Accidents by missed items, and finds of them, among people on ground that has been released. */
static void plan_missed(hw_land *land, uint32_t district, double accidents, double finds, double now,
                        double next) {
    hw_draws draws;
    hw_draws_open(&draws, land->key, land->districts[district].entity, HW_DRAW_MISSED, land->calendar.month);
    uint32_t count[2];
    count[0] = overdispersed_count(accidents, &draws);
    count[1] = hw_poisson_quantile(finds, hw_draws_uniform(&draws));
    static const uint32_t event[] = {HW_EVENT_MISSED, HW_EVENT_FIND};
    for (int kind = 0; kind < 2; kind++) {
        if (!has_room(land, district, count[kind], HW_ACCIDENTS_A_MONTH, now)) {
            return;
        }
        for (uint32_t i = 0; i < count[kind]; i++) {
            double when = now + hw_draws_uniform(&draws) * (next - now);
            hw_queue_push(&land->queues[district], when, event[kind], district);
        }
    }
}

/* Finds do not care what it is. */
static const double ALIKE[HW_ITEM_TYPES] = {1, 1, 1};

void hw_accidents_begin(hw_land *land) {
    const hw_safety *s = &land->scenario->safety;
    double days =
        s->learning_since == INT64_MAX ? 0 : fmax(0, (double)(land->scenario->start - s->learning_since));
    land->halved[HW_CIVILIANS] = days / hw_in_force(land, s->visit_half_life);
    land->halved[HW_SOLDIERS] = days / hw_in_force(land, s->duty_half_life);
}

void hw_accidents_plan(hw_land *land, double now, double next) {
    static const double HECTARE = 1e4;
    const hw_safety *s = &land->scenario->safety;
    double days = next - now;
    double averted = 1 - hw_in_force(land, s->education);
    double visits = hw_in_force(land, s->visit_accidents) * averted * days;
    double residents = hw_in_force(land, s->resident_accidents) * averted * days;
    double duty = hw_in_force(land, s->duty_accidents) * decay(land, HW_SOLDIERS, s->duty_floor) * days;
    double learnt = decay(land, HW_CIVILIANS, s->visit_floor);
    double released = hw_in_force(land, s->use_of_released);
    double finds = hw_in_force(land, s->residual_finds) * days;
    visit_list all = {.count = 0, .district = HW_NOTHING};
    for (uint32_t d = 0; d < land->district_count; d++) {
        hw_district_state *district = &land->districts[d];
        district->accidents_12_months *= exp(-(now - land->calendar.planned_to) / MEMORY_DAYS);
        if (now < district->access_day) {
            continue;
        }
        double hectares = (double)district->remaining_at_start / HECTARE;
        double here = visits * district->visit_weight[HW_CIVILIANS] / hectares;
        double at_home = residents * district->resident_people / hectares;
        plan_visits(land, &all, d, HW_CIVILIANS, (here * learnt + at_home) * district->danger[HW_CIVILIANS],
                    now, next);
        plan_visits(land, &all, d, HW_SOLDIERS,
                    duty * district->visit_weight[HW_SOLDIERS] / hectares * district->danger[HW_SOLDIERS],
                    now, next);
        plan_missed(land, d,
                    (here + at_home) * released * hw_danger_missed(land, d, land->ground.item_danger),
                    finds * hw_danger_missed(land, d, ALIKE), now, next);
    }
    look_at_visits(land, &all, now);
    land->halved[HW_CIVILIANS] += days / hw_in_force(land, s->visit_half_life);
    land->halved[HW_SOLDIERS] += days / hw_in_force(land, s->duty_half_life);
}

/* Belief in mines, or in remnants, of the ground around an accident: one accident makes what went off this
 * many times likelier there against none. */
static double after_accident(double belief) {
    assert(belief >= 0 && belief <= 1);
    static const double LIKELIHOOD_RATIO = 20;
    return belief * LIKELIHOOD_RATIO / (belief * LIKELIHOOD_RATIO + 1 - belief);
}

static void believe_after_accident(hw_land *land, uint32_t block, uint32_t type) {
    hw_item *item = &land->ground.items[block];
    if (item->stage != HW_STAGE_SURVEY) {
        item->shown = true;
        return;
    }
    double mined = (double)item->belief_mined, battle = (double)item->belief_battle;
    if (type == HW_ITEM_ERW) {
        hw_pipeline_believe(land, block, mined, after_accident(battle));
    } else {
        hw_pipeline_believe(land, block, after_accident(mined), battle);
    }
}

static void count_victims(hw_land *land, hw_district_state *d, uint32_t people, hw_draws *draws) {
    const hw_safety *s = &land->scenario->safety;
    static const uint32_t kind[HW_PEOPLE] = {HW_VICTIM_CIVILIAN_KILLED, HW_VICTIM_SOLDIER_KILLED};
    double deadly = hw_in_force(land, people == HW_SOLDIERS ? s->soldiers_killed : s->killed);
    uint32_t victims = 1 + hw_poisson_quantile(hw_in_force(land, s->victims) - 1, hw_draws_uniform(draws));
    assert(victims > 0);
    uint32_t killed = hw_binomial_quantile(victims, deadly, hw_draws_uniform(draws));
    assert(killed <= victims);
    d->victims[kind[people]] += killed;
    d->victims[kind[people] + 1] += victims - killed;
    if (people == HW_CIVILIANS) {
        d->accidents++;
        d->accidents_12_months += 1;
    }
}

/* What lies in a block and its parcels changes with each accident there: no two in a month draw alike. */
static uint64_t accident_occurrence(const hw_land *land, uint32_t block) {
    return (uint64_t)land->calendar.month << 32 | hw_danger_items(land, block);
}

void hw_accident_event(hw_land *land, uint32_t district, uint32_t block, uint32_t people) {
    assert(district < land->district_count && block < land->ground.item_count && people < HW_PEOPLE);
    hw_draws draws;
    hw_draws_open(&draws, land->key, hw_block_entity(land, block), HW_DRAW_ACCIDENT,
                  accident_occurrence(land, block) << 1 | people);
    uint32_t type = HW_NOTHING;
    uint32_t piece = hw_danger_explode(land, block, hw_draws_uniform(&draws), &type);
    if (piece == HW_NOTHING) {
        return;
    }
    count_victims(land, &land->districts[district], people, &draws);
    if (land->ground.items[piece].stage == HW_STAGE_HIDDEN) {
        hw_pipeline_discover(land, piece);
    }
    believe_after_accident(land, piece, type);
}

static uint32_t missed_in(const hw_item *item) {
    return (uint32_t)item->missed[HW_ITEM_AP] + item->missed[HW_ITEM_AT] + item->missed[HW_ITEM_ERW];
}

/* A type among the missed items of a piece of ground, each item by the weight of its type. */
static uint32_t pick_type(const hw_item *item, const double *weight, double uniform) {
    double all = 0;
    for (uint32_t type = 0; type < HW_ITEM_TYPES; type++) {
        all += item->missed[type] * weight[type];
    }
    double left = uniform * all;
    uint32_t picked = HW_NOTHING;
    for (uint32_t type = 0; type < HW_ITEM_TYPES && (picked == HW_NOTHING || left >= 0); type++) {
        if (item->missed[type] > 0) {
            picked = type;
            left -= item->missed[type] * weight[type];
        }
    }
    return picked;
}

/* Released ground with missed items of a district, or HW_NOTHING: nobody walks yet where they lie, or none
 * are left. */
static uint32_t pick_missed(hw_land *land, uint32_t district, double uniform) {
    hw_district_state *d = &land->districts[district];
    if (d->missed_count == 0) {
        return HW_NOTHING;
    }
    uint32_t *list = land->ground.missed_list + d->first_item;
    uint32_t at = (uint32_t)(uniform * d->missed_count);
    assert(at < d->missed_count);
    uint32_t index = list[at];
    hw_item *item = &land->ground.items[index];
    assert(item->listed && hw_item_area(land, item)->district == district);
    if (missed_in(item) == 0) {
        item->listed = false;
        list[at] = list[--d->missed_count];
        return HW_NOTHING;
    }
    return item->stage == HW_STAGE_RELEASED ? index : HW_NOTHING;
}

static bool may_reopen(const hw_item *item) {
    return item->attempt < UINT8_MAX / 2;
}

/* The ground of an accident is searched again. */
void hw_missed_event(hw_land *land, uint32_t district) {
    assert(district < land->district_count);
    hw_district_state *d = &land->districts[district];
    hw_draws draws;
    hw_draws_open(&draws, land->key, d->entity, HW_DRAW_STEPPED, d->missed_met++);
    uint32_t index = pick_missed(land, district, hw_draws_uniform(&draws));
    if (index == HW_NOTHING) {
        return;
    }
    hw_item *item = &land->ground.items[index];
    uint32_t type = pick_type(item, land->ground.item_danger, hw_draws_uniform(&draws));
    hw_ground_lift_missed(land, index, type, HW_STATE_EXPLODED);
    count_victims(land, d, HW_CIVILIANS, &draws);
    if (may_reopen(item)) {
        hw_pipeline_reopen(land, index, type);
    }
}

void hw_find_event(hw_land *land, uint32_t district) {
    assert(district < land->district_count);
    hw_district_state *d = &land->districts[district];
    double u[4];
    hw_land_draw_block(land, d->entity, HW_DRAW_FIND, d->finds++, u);
    uint32_t index = pick_missed(land, district, u[0]);
    if (index == HW_NOTHING) {
        return;
    }
    hw_item *item = &land->ground.items[index];
    uint32_t type = pick_type(item, ALIKE, u[2]);
    if (u[1] < hw_in_force(land, land->scenario->safety.reopen) && may_reopen(item)) {
        hw_pipeline_reopen(land, index, type);
        return;
    }
    hw_ground_lift_missed(land, index, type, HW_STATE_MISSED); /* until a team comes */
    d->spot_tasks[type]++;
    d->calls++;
}
