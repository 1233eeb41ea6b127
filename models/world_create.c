#include "models/ground_plan.h"
#include "models/income.h"
#include "models/method.h"
#include "models/money.h"
#include "models/outcome.h"
#include "models/policy.h"
#include "models/teams.h"
#include "models/timeline.h"
#include "models/weather.h"
#include "models/world_begin.h"
#include <math.h>

static const double WEEK = 7;

/* Room for everything; with a measuring arena the pointers stay NULL and only the sizes count. */
static void take_arrays(hw_land *land, hw_arena *arena, const hw_scenario *s, hw_timeline timeline) {
    uint32_t d = land->district_count;
    land->value = HW_TAKE(arena, double, s->values->count);
    land->drawn = HW_TAKE(arena, double, s->values->count);
    land->levers = HW_TAKE(arena, hw_lever_state, land->lever_count);
    land->policy_changes = HW_TAKE(arena, hw_policy_change, land->policy_change_count);
    land->districts = HW_TAKE(arena, hw_district_state, d);
    land->areas = HW_TAKE(arena, hw_area, land->area_count);
    land->polygons = HW_TAKE(arena, hw_polygon, land->polygon_count);
    land->items = HW_TAKE(arena, hw_item, land->item_count);
    land->missed_list = HW_TAKE(arena, uint32_t, land->item_count);
    land->nominal_m2 = HW_TAKE(arena, float, land->area_count);
    land->teams = HW_TAKE(arena, hw_team, land->team_count);
    land->places = HW_TAKE(arena, hw_place_state, land->place_count);
    land->place_team_days = HW_TAKE(arena, double, land->place_count);
    land->streams = HW_TAKE(arena, hw_stream_state, land->stream_count);
    land->budget_years = HW_TAKE(arena, hw_budget_year, land->budget_year_count);
    land->stream_order = HW_TAKE(arena, uint32_t, land->stream_count);
    land->area_place_first = HW_TAKE(arena, uint32_t, land->area_count + 1);
    land->area_places = HW_TAKE(arena, uint32_t, land->area_place_count);
    land->area_score = HW_TAKE(arena, double, land->area_count);
    land->score_order = HW_TAKE(arena, uint32_t, land->area_count);
    land->open_ground = HW_TAKE(arena, hw_open_ground, land->area_count);
    for (int stage = 0; stage < HW_STAGES; stage++) {
        land->open_at[stage] = HW_TAKE(arena, uint64_t, HW_POSITION_WORDS(land->area_count));
    }
    land->methods = HW_TAKE(arena, hw_method_numbers, land->method_count);
    land->bell = HW_TAKE(arena, hw_bell, 1);
    land->pace = HW_TAKE(arena, hw_pace, 1);
    land->week_share = HW_TAKE(arena, double, land->weeks);
    land->week_weather = HW_TAKE(arena, double, land->weeks);
    land->week_from_winter = HW_TAKE(arena, double, land->weeks);
    land->week_from_summer = HW_TAKE(arena, double, land->weeks);
    land->method_teams = HW_TAKE(arena, uint32_t, land->team_count);
    land->method_teams_first = HW_TAKE(arena, uint32_t, land->method_count + 1);
    land->week_fought = HW_TAKE(arena, double, land->weeks);
    land->week_open = HW_TAKE(arena, double, (size_t)land->weeks *d);
    land->district_entity = HW_TAKE(arena, uint64_t, d);
    land->visit_weight = HW_TAKE(arena, double, d);
    land->pays_district = HW_TAKE(arena, uint64_t, d);
    land->pays_operator = HW_TAKE(arena, uint64_t, s->operators.count);
    land->pays_place = HW_TAKE(arena, uint64_t, land->place_count);
    land->wages = HW_TAKE(arena, hw_wage, s->assets.count);
    land->closes_until = HW_TAKE(arena, double, (size_t)d *HW_CLOSURE_CAUSES);
    land->pay_order = HW_TAKE(arena, uint32_t, land->team_count);
    land->wanted_at = HW_TAKE(arena, uint32_t, land->team_count);
    land->wanted_count = HW_TAKE(arena, uint32_t, land->area_count + 2);
    land->targets = HW_TAKE(arena, uint32_t, d);
    land->district_visitors = HW_TAKE(arena, double, d);
    land->posted = HW_TAKE(arena, uint32_t, d);
    land->rank_cursor = HW_TAKE(arena, uint32_t, d);
    land->ground = HW_TAKE(arena, struct hw_ground, s->settings.count);
    land->odds = HW_TAKE(arena, struct hw_odds, s->classes.count);
    land->operator_grounds = HW_TAKE(arena, uint64_t, s->operators.count);
    land->operator_quality = HW_TAKE(arena, double, s->operators.count);
    land->operator_pace = HW_TAKE(arena, double, s->operators.count);
    land->operator_cost = HW_TAKE(arena, double, s->operators.count);
    land->operator_ready = HW_TAKE(arena, double, s->operators.count);
    land->operator_admitted = HW_TAKE(arena, double, s->operators.count);
    land->month_ends = HW_TAKE(arena, double, timeline.months);
    land->month_years = HW_TAKE(arena, uint32_t, timeline.months);
    land->month_period = HW_TAKE(arena, uint32_t, timeline.months);
    land->months = HW_TAKE(arena, hw_month_row, timeline.months);
    land->place_people = HW_TAKE(arena, double, (size_t)land->place_count *timeline.years);
    land->stream_year_spent = HW_TAKE(arena, int64_t, (size_t)land->stream_count * timeline.years);
    land->purpose_year_spent = HW_TAKE(arena, int64_t, (size_t)HW_PURPOSES * timeline.years);
    land->district_rows = HW_TAKE(arena, hw_district_row, (size_t)d * timeline.periods);
    for (uint32_t i = 0; i < d; i++) {
        for (int kind = 0; kind < HW_CALENDARS; kind++) {
            double *cumulative = HW_TAKE(arena, double, land->weeks + 1);
            if (land->districts != NULL) {
                land->districts[i].worktime[kind] =
                    (hw_worktime){.cumulative = cumulative, .steps = land->weeks, .step_days = WEEK};
            }
        }
    }
}

static void count(hw_land *land, const hw_scenario *s, hw_timeline timeline) {
    land->scenario = s;
    land->district_count = s->districts.count;
    land->area_count = s->hazard_areas.count;
    land->place_count = s->places.count;
    land->stream_count = s->streams.count;
    land->method_count = hw_methods.count;
    land->month_count = timeline.months;
    land->year_count = timeline.years;
    land->period_count = timeline.periods;
    land->horizon = timeline.horizon;
    land->weeks = (uint32_t)ceil(timeline.horizon / WEEK);
    for (uint32_t a = 0; a < s->assets.count; a++) {
        land->team_count += HW_ITEM(s->assets, hw_asset, a)->teams;
    }
    for (uint32_t a = 0; a < land->area_count; a++) {
        land->polygon_count += hw_ground_plan_area(s, a).polygons;
    }
    for (uint32_t d = 0; d < land->district_count; d++) {
        land->item_count += (uint32_t)hw_ground_plan_items(s, d);
    }
    for (uint32_t p = 0; p < land->place_count; p++) {
        land->area_place_count += HW_ITEM(s->places, hw_place, p)->must_release.count;
    }
    for (uint32_t i = 0; i < land->stream_count; i++) {
        land->budget_year_count +=
            hw_budget_years_most(HW_ITEM(s->streams, hw_stream_terms, i), timeline.horizon);
    }
    land->parcels_most = hw_ground_plan_parcels(s);
    hw_policy_size policy = hw_policy_size_of(s);
    land->lever_count = policy.levers;
    land->policy_change_count = policy.changes;
}

/* One hazard area from the given item and polygon on: polygons of neighbouring blocks, hidden blocks spread
 * over them. */
static void lay_out_area(hw_land *land, uint32_t index, uint32_t item, uint32_t polygon) {
    const hw_scenario *s = land->scenario;
    const hw_hazard_area *terms = HW_ITEM(s->hazard_areas, hw_hazard_area, index);
    hw_area_plan plan = hw_ground_plan_area(s, index);
    land->areas[index] = (hw_area){
        .district = terms->district,
        .class = terms->class,
        .setting = terms->setting,
        .first_polygon = polygon,
        .polygon_count = plan.polygons,
        .first_block = item,
        .block_count = plan.blocks,
        .first_hidden = item + plan.blocks,
        .hidden_most = plan.hidden_most,
        .entity = hw_entity(s->hazard_areas.names[index]),
    };
    land->nominal_m2[index] = (float)plan.block_m2;
    uint32_t each = plan.blocks / plan.polygons + (plan.blocks % plan.polygons > 0);
    each = each > 0 ? each : 1; /* a plan has blocks and polygons, but says so only in its comment */
    for (uint32_t i = 0; i < plan.polygons; i++) {
        uint32_t first = i * each;
        uint32_t next = first + each < plan.blocks ? first + each : plan.blocks;
        land->polygons[polygon + i] =
            (hw_polygon){.area = index, .first = item + first, .count = next > first ? next - first : 0};
    }
    for (uint32_t i = 0; i < plan.blocks + plan.hidden_most; i++) {
        uint32_t in = i < plan.blocks ? i / each : (i - plan.blocks) % plan.polygons;
        land->items[item + i].polygon = polygon + in;
    }
}

/* Hazard areas in the order of their districts, so that a district's areas and ground lie side by side. */
static void lay_out_ground(hw_land *land) {
    uint32_t item = 0, polygon = 0;
    for (uint32_t d = 0; d < land->district_count; d++) {
        hw_district_state *district = &land->districts[d];
        district->first_item = item;
        for (uint32_t a = 0; a < land->area_count; a++) {
            if (HW_ITEM(land->scenario->hazard_areas, hw_hazard_area, a)->district == d) {
                lay_out_area(land, a, item, polygon);
                const hw_area *area = &land->areas[a];
                item += area->block_count + area->hidden_most;
                polygon += area->polygon_count;
                district->area_list[district->area_count++] = a;
            }
        }
        district->next_parcel = district->first_parcel = item;
        item = district->end_item = item + (item - district->first_item) * land->parcels_most;
    }
}

/* Which places need an area: the other way round than the scenario says it. */
static void link_places(hw_land *land) {
    uint32_t at = 0;
    for (uint32_t a = 0; a < land->area_count; a++) {
        land->area_place_first[a] = at;
        for (uint32_t p = 0; p < land->place_count; p++) {
            const hw_index_list *needs = &HW_ITEM(land->scenario->places, hw_place, p)->must_release;
            for (uint32_t i = 0; i < needs->count; i++) {
                if (needs->items[i] == a) {
                    land->area_places[at++] = p;
                }
            }
        }
    }
    land->area_place_first[land->area_count] = at;
}

static void lay_out_calendar(hw_land *land) {
    for (uint32_t m = 0; m < land->month_count; m++) {
        hw_month month = hw_timeline_month(land->scenario, m);
        land->month_ends[m] = month.end;
        land->month_years[m] = month.year;
        land->month_period[m] = month.period;
    }
    hw_weather_lay_out(land);
}

/* Teams are numbered in the order of the assets, as hw_teams_begin does. */
static void index_teams(hw_land *land) {
    uint32_t at = 0;
    for (uint32_t m = 0; m < land->method_count; m++) {
        land->method_teams_first[m] = at;
        uint32_t team = 0;
        for (uint32_t a = 0; a < land->scenario->assets.count; a++) {
            const hw_asset *asset = HW_ITEM(land->scenario->assets, hw_asset, a);
            for (uint32_t i = 0; i < asset->teams; i++, team++) {
                if (asset->method == m) {
                    land->method_teams[at++] = team;
                }
            }
        }
    }
    land->method_teams_first[land->method_count] = at;
    for (uint32_t m = 0; m < land->method_count; m++) {
        land->fielded |= (uint32_t)(land->method_teams_first[m + 1] > land->method_teams_first[m]) << m;
    }
}

static void index_grounds(hw_land *land) {
    const hw_scenario *s = land->scenario;
    for (uint32_t o = 0; o < s->operators.count; o++) {
        const hw_index_list *works_on = &HW_ITEM(s->operators, hw_operator, o)->works_on;
        land->operator_grounds[o] = works_on->count > 0 ? 0 : UINT64_MAX;
        for (uint32_t i = 0; i < works_on->count; i++) {
            land->operator_grounds[o] |= UINT64_C(1) << works_on->items[i];
        }
    }
    for (uint32_t a = 0; a < s->assets.count; a++) {
        const hw_asset *asset = HW_ITEM(s->assets, hw_asset, a);
        bool choosy = land->operator_grounds[asset->operator_] != UINT64_MAX;
        land->choosy_methods |= (uint32_t)choosy << asset->method;
    }
}

static void index_methods(hw_land *land) {
    for (uint32_t m = 0; m < land->method_count; m++) {
        const hw_method *method = hw_method_list[m];
        for (uint32_t i = 0; i < method->stage_count; i++) {
            land->serving[method->stages[i]] |= 1U << m;
        }
        if (method->stage_count > 0 && method->stages[0] == HW_STAGE_CHECK) {
            land->quality_method = m;
        }
        if (method->stage_count > 0 && method->stages[0] == HW_STAGE_BATTLE) {
            land->typical_method = m;
        }
        land->on_call |= (uint32_t)method->on_call << m;
    }
}

void *hw_land_create(hw_arena *arena, const void *scenario) {
    const hw_scenario *s = scenario;
    hw_timeline timeline = hw_timeline_of(s);
    hw_land sizes = {0};
    count(&sizes, s, timeline);
    hw_land *land = HW_TAKE(arena, hw_land, 1);
    take_arrays(&sizes, arena, s, timeline);
    if (land == NULL || sizes.items == NULL) {
        return NULL;
    }
    *land = sizes;
    for (uint32_t d = 0; d < land->district_count; d++) {
        land->district_entity[d] = hw_entity(s->districts.names[d]);
    }
    for (uint32_t p = 0; p < land->place_count; p++) {
        land->places[p].entity = hw_entity(s->places.names[p]);
    }
    for (uint32_t a = 0; a < land->area_count; a++) {
        land->score_order[a] = a;
    }
    hw_bell_fill(land->bell);
    hw_pace_fill(land->pace);
    lay_out_ground(land);
    link_places(land);
    lay_out_calendar(land);
    index_methods(land);
    index_grounds(land);
    index_teams(land);
    hw_money_lay_out(land);
    hw_policy_lay_out(land);
    return hw_outcome_find_offsets(land) ? land : NULL;
}
