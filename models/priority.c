/* What the planner believes about each hazard area, scored by the scenario's rule. */
#include "models/belief.h"
#include "models/method.h"
#include "models/pipeline.h"
#include "models/planner.h"
#include "models/rule.h"
#include "sim/extremes.h"
#include <assert.h>
#include <math.h>
#include <string.h>

/* The least team-days per m2 that any method needs for a stage. */
static void least_efforts(const hw_land *land, double effort[HW_STAGES]) {
    for (int stage = 0; stage < HW_STAGES; stage++) {
        effort[stage] = 0;
        for (uint32_t m = 0; m < land->force.method_count; m++) {
            double e = land->force.serving[stage] >> m & 1 ? land->force.methods[m].effort[stage] : 0;
            if (e > 0 && (effort[stage] <= 0 || e < effort[stage])) {
                effort[stage] = e;
            }
        }
    }
}

/* Team-days per m2 from each stage to the end. Suspected ground is expected to need a battle area search and,
 * as far as it is believed to be mined, technical survey and clearance: `certain` holds whatever is believed,
 * the others are times the belief, of ground that waits for either survey. */
typedef struct efforts {
    double certain[HW_STAGES], mined_survey, mined_technical;
} efforts;

static efforts efforts_to_the_end(const hw_land *land) {
    double least[HW_STAGES];
    least_efforts(land, least);
    double clear = least[HW_STAGE_PREPARE] + least[HW_STAGE_CLEAR_ANY];
    efforts e = {0};
    memcpy(e.certain, least, sizeof least);
    e.certain[HW_STAGE_SURVEY] += least[HW_STAGE_BATTLE];
    e.certain[HW_STAGE_PREPARE] += least[HW_STAGE_CLEAR_ANY];
    e.mined_survey = least[HW_STAGE_TECHNICAL] + clear;
    e.mined_technical = clear;
    return e;
}

static void estimate(hw_area *area, const efforts *e) {
    assert(area->reporting_m2 >= 0);
    if (area->open_items == 0) {
        area->all_open_m2 = area->belief = area->team_days = 0;
        return;
    }
    int64_t open = area->reporting_m2;
    double certain = 0;
    for (int stage = 0; stage < HW_STAGES; stage++) {
        assert(area->open_m2[stage] >= 0 && e->certain[stage] >= 0);
        open += area->open_m2[stage];
        certain += (double)area->open_m2[stage] * e->certain[stage];
    }
    area->all_open_m2 = (double)open;
    /* Ground that waits for survey follows what like ground has shown. */
    double waiting = (double)area->open_m2[HW_STAGE_SURVEY];
    double first = waiting > 0 ? hw_lesser(1, hw_greater(0, area->prior_m2 / waiting)) : 0;
    double suspected = hw_belief_times(first, area->likelier.mined) * waiting;
    area->belief = open > 0 ? hw_greater(0, area->belief_m2 - area->prior_m2 + suspected) / (double)open : 0;
    double mined = waiting * e->mined_survey + (double)area->open_m2[HW_STAGE_TECHNICAL] * e->mined_technical;
    area->team_days = certain + area->belief * mined;
    assert(area->belief <= 1 + 1e-3); /* a running sum of floats */
    assert(isfinite(area->team_days) && area->team_days >= 0);
}

/* A place that is nearly done is finished, whatever the rule says of it. */
static bool is_finishing(const hw_land *land, uint32_t p, double last_m2) {
    return !isnan(land->places[p].step[HW_STEP_FIRST_WORK]) && land->planner.place_open_m2[p] <= last_m2;
}

/* Returns whether a place that waits for the area is nearly done. */
static bool view_places(const hw_land *land, uint32_t a, double last_m2, hw_area_view *view) {
    bool finishing = false;
    view->place_team_days = HUGE_VAL;
    for (uint32_t i = land->ground.area_place_first[a]; i < land->ground.area_place_first[a + 1]; i++) {
        uint32_t p = land->ground.area_places[i];
        if (!isnan(land->places[p].release_day)) {
            continue;
        }
        finishing |= is_finishing(land, p, last_m2);
        view->people += land->places[p].planned_people;
        view->corridor |= HW_ITEM(land->scenario->places, hw_place, p)->kind == HW_PLACE_CORRIDOR;
        if (land->planner.place_least_days[p] < view->place_team_days) {
            view->place_team_days = land->planner.place_least_days[p];
            view->place_people = land->places[p].planned_people;
        }
    }
    return finishing;
}

/* Higher stages go first, in a stage higher scores. `a` stands behind `b` in last month's ranking, and
 * overtakes it only when its score is better by the hysteresis: so a trifle changes nobody's mind. Without
 * hysteresis ties go by index. */
static bool goes_before(const hw_planner *planner, uint32_t a, uint32_t b) {
    double one = planner->area_stage[a], other = planner->area_stage[b];
    if (one > other || one < other) {
        return one > other;
    }
    one = planner->area_score[a];
    other = planner->area_score[b];
    if (planner->hysteresis > 0) {
        return one > other + planner->hysteresis * fabs(other);
    }
    return one > other || (!(one < other) && a < b);
}

/* Short stretches by insertion. */
static void sort_stretch(const hw_planner *planner, uint32_t *order, uint32_t count) {
    for (uint32_t i = 1; i < count; i++) {
        uint32_t moving = order[i], j = i;
        for (; j > 0 && goes_before(planner, moving, order[j - 1]); j--) {
            order[j] = order[j - 1];
        }
        order[j] = moving;
    }
}

/* Merges two sorted stretches that lie side by side. */
static void merge(const hw_planner *planner, uint32_t *order, uint32_t first, uint32_t count) {
    assert(first < count);
    uint32_t *left = planner->sorting;
    memcpy(left, order, first * sizeof *left);
    for (uint32_t to = 0, a = 0, b = first; a < first; to++) {
        bool right = b < count && goes_before(planner, order[b], left[a]);
        order[to] = right ? order[b++] : left[a++];
    }
}

/* Nearly sorted from last month: most stretches follow one another already, and the time is linear then. */
static void sort_areas(hw_planner *planner, uint32_t count) {
    enum { STRETCH = 32 };
    uint32_t *order = planner->score_order;
    for (uint32_t at = 0; at < count; at += STRETCH) {
        sort_stretch(planner, order + at, count - at < STRETCH ? count - at : STRETCH);
    }
    for (uint32_t size = STRETCH; size < count; size *= 2) {
        for (uint32_t at = 0; at + size < count; at += 2 * size) {
            uint32_t both = count - at < 2 * size ? count - at : 2 * size;
            if (goes_before(planner, order[at + size], order[at + size - 1])) {
                merge(planner, order + at, size, both);
            }
        }
    }
}

/* The first place of national priority that waits for an area, or HW_NOTHING. */
static uint32_t national_place(const hw_land *land, uint32_t area) {
    for (uint32_t i = land->ground.area_place_first[area]; i < land->ground.area_place_first[area + 1]; i++) {
        uint32_t p = land->ground.area_places[i];
        if (isnan(land->places[p].release_day) &&
            HW_ITEM(land->scenario->places, hw_place, p)->priority == HW_PRIORITY_NATIONAL) {
            return p;
        }
    }
    return HW_NOTHING;
}

static void list_open_ground(hw_land *land, uint32_t index) {
    const hw_area *area = &land->ground.areas[index];
    uint32_t position = land->planner.open_ground_count++;
    assert(position < land->ground.area_count);
    hw_open_ground *open = &land->planner.open_ground[position];
    open->district = area->district;
    open->setting = area->setting;
    open->area = index;
    open->national = national_place(land, index);
    open->finishing = area->finishing;
    land->planner.finishing_end = area->finishing ? position + 1 : land->planner.finishing_end;
    land->planner.any_national |= open->national != HW_NOTHING;
    for (int stage = 0; stage < HW_STAGES; stage++) {
        open->open_m2[stage] = (double)area->open_m2[stage];
        if (area->open_m2[stage] > 0) {
            land->planner.open_at[stage][position / 64] |= UINT64_C(1) << position % 64;
        }
    }
}

/* Moves ground that places with planned people wait for up by a share of its position. Scores of different
 * rules cannot be compared with a bonus, positions can. */
static void favour_planned_use(hw_land *land) {
    double stays = 1 - land->policy.effect.favour_planned;
    assert(stays >= 0 && stays <= 1);
    for (uint32_t i = 0; i < land->ground.area_count; i++) {
        uint32_t a = land->planner.score_order[i];
        land->planner.area_stage[a] = 0;
        land->planner.area_score[a] = -((double)i + 1) * (land->ground.areas[a].planned_use ? stays : 1);
    }
    land->planner.hysteresis = 0;
    sort_areas(&land->planner, land->ground.area_count);
}

/* Ranks within each district, and opens areas whose day of access has come; ready masks are sorted anew only
 * where the ranking has changed. */
static void rank_areas(hw_land *land, double now) {
    for (uint32_t d = 0; d < land->district_count; d++) {
        land->planner.rank_cursor[d] = 0;
        land->planner.reranked[d] = false;
        land->districts[d].opened = false;
    }
    land->planner.open_ground_count = land->planner.finishing_end = 0;
    land->planner.any_national = false;
    for (int stage = 0; stage < HW_STAGES; stage++) {
        memset(land->planner.open_at[stage], 0,
               hw_words_for(land->ground.area_count) * sizeof *land->planner.open_at[stage]);
    }
    for (uint32_t i = 0; i < land->ground.area_count; i++) {
        uint32_t index = land->planner.score_order[i];
        hw_area *area = &land->ground.areas[index];
        uint32_t rank = land->planner.rank_cursor[area->district]++;
        assert(rank < land->districts[area->district].area_count);
        assert(i == 0 || !goes_before(&land->planner, index, land->planner.score_order[i - 1]));
        bool accessible = now >= area->access_day;
        if (area->rank != rank || area->accessible != accessible) {
            land->planner.reranked[area->district] = true;
            land->districts[area->district].opened |= area->accessible != accessible;
            area->accessible = accessible;
            area->rank = rank;
        }
        if (accessible && area->open_items > 0) {
            list_open_ground(land, index);
        }
        land->districts[area->district].by_rank[rank] = index;
    }
    for (uint32_t d = 0; d < land->district_count; d++) {
        if (land->planner.reranked[d] || land->calendar.month == 0) {
            hw_pipeline_rank(land, d);
        }
    }
}

static void estimate_places(hw_land *land, const efforts *e) {
    for (uint32_t p = 0; p < land->place_count; p++) {
        land->planner.place_team_days[p] = land->planner.place_open_m2[p] = 0;
    }
    for (uint32_t a = 0; a < land->ground.area_count; a++) {
        hw_area *area = &land->ground.areas[a];
        estimate(area, e);
        for (uint32_t i = land->ground.area_place_first[a]; i < land->ground.area_place_first[a + 1]; i++) {
            land->planner.place_team_days[land->ground.area_places[i]] += area->team_days;
            land->planner.place_open_m2[land->ground.area_places[i]] += area->all_open_m2;
        }
    }
    for (uint32_t p = 0; p < land->place_count; p++) {
        double least = land->calendar.month == 0 ? HUGE_VAL : land->planner.place_least_days[p];
        land->planner.place_least_days[p] = hw_lesser(least, land->planner.place_team_days[p]);
    }
}

static void score_area(hw_land *land, uint32_t a, double day_cost, double last_m2, double now) {
    const hw_scenario *s = land->scenario;
    const hw_rule *rule = hw_rule_list[land->signposts.rule];
    const void *parameters = s->rules[land->signposts.rule];
    hw_area *area = &land->ground.areas[a];
    hw_area_view view = {
        .open_m2 = area->all_open_m2,
        .team_days = area->team_days,
        .cost_usd = area->team_days * day_cost,
        .belief = area->belief,
        .visitors = land->planner.visitors[area->district],
        .date = (double)s->start + now,
        .setting = area->setting,
        .order = area->order,
    };
    bool finishing = view_places(land, a, last_m2, &view);
    area->planned_use = view.people > 0;
    area->finishing = finishing;
    land->planner.area_score[a] = rule->score(parameters, land->value, &view);
    land->planner.area_stage[a] = finishing             ? HUGE_VAL
                                  : rule->stage != NULL ? rule->stage(parameters, land->value, &view)
                                                        : 0;
}

void hw_priority_order(hw_land *land, double now) {
    efforts e = efforts_to_the_end(land);
    double day_cost = land->force.methods[land->planner.typical_method].running_cost;
    double last_m2 = hw_in_force(land, land->scenario->planning.last_hectares);
    estimate_places(land, &e);
    for (uint32_t a = 0; a < land->ground.area_count; a++) {
        score_area(land, a, day_cost, last_m2, now);
    }
    land->planner.hysteresis =
        land->calendar.month == 0 ? 0 : hw_in_force(land, land->scenario->planning.hysteresis);
    sort_areas(&land->planner, land->ground.area_count);
    if (land->policy.effect.favour_planned > 0) {
        favour_planned_use(land);
    }
}

void hw_priority_plan(hw_land *land, double now) {
    hw_priority_order(land, now);
    rank_areas(land, now);
}
