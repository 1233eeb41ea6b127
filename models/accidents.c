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

/* How much of the district's ground at the start is still open: the measure of local danger. */
static double still_open(const hw_district_state *d) {
    int64_t open = d->ledger_m2[HW_HAZARD_MINED][HW_LEDGER_REMAINING] +
                   d->ledger_m2[HW_HAZARD_BATTLE][HW_LEDGER_REMAINING];
    assert(open >= 0);
    return d->remaining_at_start > 0 ? (double)open / (double)d->remaining_at_start : 0;
}

/* Visits' accidents halve as people learn where not to go, down to a floor. How fast may change on a planning
 * day; what has been learnt stays. */
static double visit_decay(const hw_land *land) {
    double floor_share = hw_in_force(land, land->scenario->safety.visit_floor);
    assert(floor_share >= 0 && floor_share <= 1 && land->visits_halved >= 0);
    return floor_share + (1 - floor_share) * exp2(-land->visits_halved);
}

/* A month's count is negative binomial with dispersion 1 (SOURCES 5): a Poisson count whose mean is itself
 * exponential. */
static uint32_t overdispersed_count(double mean, const double u[4]) {
    assert(mean >= 0);
    return hw_poisson_quantile(mean * -log(u[0]), u[1]);
}

static void schedule(hw_land *land, uint32_t district, uint32_t kind, uint32_t count, hw_draws *draws,
                     double now, double next) {
    if (count > HW_ACCIDENTS_A_MONTH) {
        hw_laws_broken(land, now, "%s: %u accidents or finds in a month, and there is room for %d",
                       land->scenario->districts.names[district], (unsigned)count, HW_ACCIDENTS_A_MONTH);
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        hw_queue_push(&land->queues[district], now + hw_draws_uniform(draws) * (next - now), kind, district);
    }
}

/* Missed items that nobody has reported yet. */
static double missed_items(const hw_district_state *d) {
    double missed = 0;
    for (uint32_t type = 0; type < HW_ITEM_TYPES; type++) {
        assert(d->items[type][HW_STATE_MISSED] >= d->spot_tasks[type]);
        missed += (double)d->items[type][HW_STATE_MISSED] - d->spot_tasks[type];
    }
    return fmax(0, missed);
}

void hw_accidents_plan(hw_land *land, double now, double next) {
    const hw_safety *s = &land->scenario->safety;
    double averted = 1 - hw_in_force(land, s->education);
    double visits = hw_in_force(land, s->visit_accidents) * visit_decay(land) * averted * (next - now);
    double residents = hw_in_force(land, s->resident_accidents) * averted * (next - now);
    double finds = hw_in_force(land, s->residual_finds) * (next - now);
    for (uint32_t d = 0; d < land->district_count; d++) {
        hw_district_state *district = &land->districts[d];
        district->accidents_12_months *= exp(-(now - land->calendar.planned_to) / MEMORY_DAYS);
        if (now < district->access_day) {
            continue;
        }
        double open = still_open(district);
        double mean =
            open * (visits * land->districts[d].visit_weight + residents * district->resident_people);
        hw_draws draws;
        hw_draws_open(&draws, land->key, land->districts[d].entity, HW_DRAW_CIVILIAN, land->calendar.month);
        double u[4];
        for (int i = 0; i < 4; i++) {
            u[i] = hw_draws_uniform(&draws);
        }
        schedule(land, d, HW_EVENT_ACCIDENT, overdispersed_count(mean, u), &draws, now, next);
        schedule(land, d, HW_EVENT_FIND, hw_poisson_quantile(finds * missed_items(district), u[2]), &draws,
                 now, next);
    }
    land->visits_halved += (next - now) / hw_in_force(land, s->visit_half_life);
}

/* Belief in mines of the ground around an accident: one accident makes mines there this many times likelier
 * against none. */
static double after_accident(double belief) {
    assert(belief >= 0 && belief <= 1);
    static const double LIKELIHOOD_RATIO = 20;
    return belief * LIKELIHOOD_RATIO / (belief * LIKELIHOOD_RATIO + 1 - belief);
}

static void believe_after_accident(hw_land *land, uint32_t block) {
    const hw_item *item = &land->ground.items[block];
    if (item->stage == HW_STAGE_SURVEY) {
        hw_pipeline_believe(land, block, after_accident((double)item->belief_mined),
                            after_accident((double)item->belief_battle));
    }
}

static void count_victims(hw_land *land, hw_district_state *d, hw_draws *draws) {
    const hw_safety *s = &land->scenario->safety;
    uint32_t victims = 1 + hw_poisson_quantile(hw_in_force(land, s->victims) - 1, hw_draws_uniform(draws));
    assert(victims > 0);
    uint32_t killed = hw_binomial_quantile(victims, hw_in_force(land, s->killed), hw_draws_uniform(draws));
    assert(killed <= victims);
    d->victims[HW_VICTIM_CIVILIAN_KILLED] += killed;
    d->victims[HW_VICTIM_CIVILIAN_INJURED] += victims - killed;
}

void hw_accident_event(hw_land *land, uint32_t district) {
    assert(district < land->district_count);
    hw_district_state *d = &land->districts[district];
    hw_draws draws;
    hw_draws_open(&draws, land->key, land->districts[district].entity, HW_DRAW_ACCIDENT, d->accidents++);
    d->accidents_12_months += 1;
    count_victims(land, d, &draws);
    bool unmapped = hw_draws_uniform(&draws) < hw_in_force(land, land->scenario->safety.unmapped);
    uint32_t block = hw_ground_accident(land, district, unmapped, &draws);
    if (block != HW_NOTHING) {
        believe_after_accident(land, block);
        return;
    }
    /* An accident where nobody suspected anything makes the ground suspected. */
    uint32_t area = d->areas[(uint32_t)(hw_draws_uniform(&draws) * d->area_count)];
    hw_pipeline_discover(land, area);
}

static uint32_t missed_in(const hw_item *item) {
    return (uint32_t)item->missed[HW_ITEM_AP] + item->missed[HW_ITEM_AT] + item->missed[HW_ITEM_ERW];
}

/* A type among the missed items of a piece of ground, each item alike. */
static uint32_t pick_type(const hw_item *item, double uniform) {
    double left = uniform * missed_in(item);
    uint32_t type = 0;
    while (type + 1 < HW_ITEM_TYPES && left >= item->missed[type]) {
        left -= item->missed[type++];
    }
    return type;
}

void hw_find_event(hw_land *land, uint32_t district) {
    assert(district < land->district_count);
    hw_district_state *d = &land->districts[district];
    if (d->missed_count == 0) {
        return;
    }
    double u[4];
    hw_draw_block(land->key, land->districts[district].entity, HW_DRAW_FIND, d->finds++, u);
    uint32_t *list = land->ground.missed_list + d->first_item;
    uint32_t at = (uint32_t)(u[0] * d->missed_count);
    assert(at < d->missed_count);
    uint32_t index = list[at];
    hw_item *item = &land->ground.items[index];
    assert(item->listed && hw_item_area(land, item)->district == district);
    if (missed_in(item) == 0) {
        item->listed = false;
        list[at] = list[--d->missed_count];
        return;
    }
    if (item->stage != HW_STAGE_RELEASED) {
        return; /* nobody walks there yet */
    }
    uint32_t type = pick_type(item, u[2]);
    if (u[1] < hw_in_force(land, land->scenario->safety.reopen) && item->attempt < UINT8_MAX / 2) {
        hw_pipeline_reopen(land, index, type);
        return;
    }
    assert(item->missed[type] > 0);
    item->missed[type]--;
    d->spot_tasks[type]++;
    d->calls++;
}
