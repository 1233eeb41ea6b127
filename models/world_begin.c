#include "models/world_begin.h"
#include "models/ground_plan.h"
#include "models/method.h"
#include "models/money.h"
#include "models/outcome.h"
#include "models/pipeline.h"
#include "models/settlement.h"
#include "models/teams.h"
#include "models/timeline.h"
#include "models/weather.h"
#include <math.h>
#include <string.h>

static const double WEEK = 7;

/* Room for everything; with a measuring arena the pointers stay NULL and only the sizes count. */
static void take_arrays(hw_land *land, hw_arena *arena, const hw_scenario *s, hw_timeline timeline) {
    uint32_t d = land->district_count;
    land->value = HW_TAKE(arena, double, s->values->count);
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
    land->stream_order = HW_TAKE(arena, uint32_t, land->stream_count);
    land->area_place_first = HW_TAKE(arena, uint32_t, land->area_count + 1);
    land->area_places = HW_TAKE(arena, uint32_t, land->area_place_count);
    land->score_order = HW_TAKE(arena, uint32_t, land->area_count);
    land->methods = HW_TAKE(arena, hw_method_numbers, land->method_count);
    land->bell = HW_TAKE(arena, hw_bell, 1);
    land->week_share = HW_TAKE(arena, double, land->weeks);
    land->week_weather = HW_TAKE(arena, double, land->weeks);
    land->week_from_winter = HW_TAKE(arena, double, land->weeks);
    land->week_from_summer = HW_TAKE(arena, double, land->weeks);
    land->method_teams = HW_TAKE(arena, uint32_t, land->team_count);
    land->method_teams_first = HW_TAKE(arena, uint32_t, land->method_count + 1);
    land->week_open = HW_TAKE(arena, double, (size_t)land->weeks *d);
    land->district_entity = HW_TAKE(arena, uint64_t, d);
    land->visit_weight = HW_TAKE(arena, double, d);
    land->pays_district = HW_TAKE(arena, uint64_t, d);
    land->pays_operator = HW_TAKE(arena, uint64_t, s->operators.count);
    land->targets = HW_TAKE(arena, uint32_t, d);
    land->posted = HW_TAKE(arena, uint32_t, d);
    land->rank_cursor = HW_TAKE(arena, uint32_t, d);
    land->ground = HW_TAKE(arena, struct hw_ground, s->settings.count);
    land->odds = HW_TAKE(arena, struct hw_odds, s->classes.count);
    land->operator_quality = HW_TAKE(arena, double, s->operators.count);
    land->operator_pace = HW_TAKE(arena, double, s->operators.count);
    land->operator_cost = HW_TAKE(arena, double, s->operators.count);
    land->operator_ready = HW_TAKE(arena, double, s->operators.count);
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
    land->parcels_most = hw_ground_plan_parcels(s);
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
    lay_out_ground(land);
    link_places(land);
    lay_out_calendar(land);
    index_methods(land);
    index_teams(land);
    hw_money_lay_out(land);
    return hw_outcome_find_offsets(land) ? land : NULL;
}

static void draw_numbers(hw_land *land) {
    const hw_scenario *s = land->scenario;
    hw_values_realise(s->values, land->key, HW_DRAW_VALUE, land->value);
    for (uint32_t i = 0; i < s->settings.count; i++) {
        const hw_terrain *setting = HW_ITEM(s->settings, hw_terrain, i);
        double there = 1 - hw_drawn(land, setting->gone);
        land->ground[i] = (struct hw_ground){
            .ap = hw_drawn(land, setting->ap) * there,
            .at = hw_drawn(land, setting->at) * there,
            .erw = hw_drawn(land, setting->erw),
            .pattern_share = hw_drawn(land, setting->pattern_share),
            .signals = hw_drawn(land, setting->signals),
            .vegetation = hw_drawn(land, setting->vegetation),
            .steep = hw_drawn(land, setting->steep),
            .unfit_for_dogs = hw_drawn(land, setting->unfit_for_dogs),
        };
    }
    for (uint32_t i = 0; i < s->classes.count; i++) {
        const hw_class *class = HW_ITEM(s->classes, hw_class, i);
        land->odds[i] = (struct hw_odds){
            .mined = hw_drawn(land, class->mined),
            .battle = hw_drawn(land, class->battle),
            .patchy = hw_drawn(land, class->patchy),
            .believed_mined = hw_drawn(land, class->believed_mined),
            .believed_battle = hw_drawn(land, class->believed_battle),
        };
    }
    for (uint32_t i = 0; i < s->operators.count; i++) {
        const hw_operator *operator_ = HW_ITEM(s->operators, hw_operator, i);
        double asked = operator_->access_from == INT64_MAX ? 0 : (double)(operator_->access_from - s->start);
        land->operator_ready[i] = asked + hw_drawn(land, operator_->permit_delay);
        land->operator_pace[i] = hw_drawn(land, operator_->pace);
        land->operator_quality[i] = hw_drawn(land, operator_->quality);
        land->operator_cost[i] = hw_drawn(land, operator_->cost);
    }
    land->cancel_below = hw_drawn(land, s->planning.cancel_below);
    land->clear_above = hw_drawn(land, s->planning.clear_above);
    land->report_mean = hw_drawn(land, s->planning.report_time);
    land->deminer_casualties = hw_drawn(land, s->safety.deminer_casualties);
    land->deminers_killed = hw_drawn(land, s->safety.deminers_killed);
    land->stand_down = hw_drawn(land, s->safety.stand_down);
}

/* The numbers that all methods share, from the terms with which each method's parameters start. */
static void draw_methods(hw_land *land) {
    for (uint32_t m = 0; m < land->method_count; m++) {
        const hw_team_terms *t = land->scenario->methods[m];
        double breakdown = hw_drawn(land, t->breakdown_after);
        land->methods[m] = (hw_method_numbers){
            .people = hw_drawn(land, t->people),
            .running_cost = hw_drawn(land, t->running_cost),
            .standby_cost = hw_drawn(land, t->standby_cost),
            .purchase = hw_drawn(land, t->purchase),
            .lead_time = hw_drawn(land, t->lead_time),
            .service_life = hw_drawn(land, t->service_life),
            .course = hw_drawn(land, t->course),
            .accreditation = hw_drawn(land, t->accreditation),
            .pass = hw_drawn(land, t->pass),
            .retraining = hw_drawn(land, t->retraining),
            .attrition = hw_drawn(land, t->attrition),
            .breakdown_rate = breakdown > 0 ? 1 / breakdown : 0,
            .repair = hw_drawn(land, t->repair),
            .move_cost = hw_drawn(land, t->move_cost),
            .move_time = hw_drawn(land, t->move_time),
            .learning_start = hw_drawn(land, t->learning_start),
            .learning_rate = 1 / hw_drawn(land, t->learning_time),
        };
        hw_method_list[m]->set_up(land, t, &land->methods[m]);
    }
}

static double shifted_odds(double share, double shift) {
    if (share <= 0 || share >= 1) {
        return share;
    }
    return 1 / (1 + (1 - share) / share * exp(-shift));
}

static void draw_polygons(hw_land *land, const hw_area *area) {
    const struct hw_odds *odds = &land->odds[area->class];
    for (uint32_t i = 0; i < area->polygon_count; i++) {
        hw_polygon *polygon = &land->polygons[area->first_polygon + i];
        double u[4];
        hw_draw_block(land->key, area->entity, HW_DRAW_POLYGON, i, u);
        polygon->mined = (float)shifted_odds(odds->mined, odds->patchy * hw_normal_quantile(u[0]));
        polygon->battle = (float)shifted_odds(odds->battle, odds->patchy * hw_normal_quantile(u[1]));
        polygon->imaged = false;
    }
}

/* All ground of an area as it was on the first day: known blocks in the queue for survey, the rest hidden. */
static void reset_ground(hw_land *land, uint32_t index) {
    hw_area *area = &land->areas[index];
    const hw_scenario *s = land->scenario;
    const struct hw_odds *odds = &land->odds[area->class];
    const hw_hazard_area *terms = HW_ITEM(s->hazard_areas, hw_hazard_area, index);
    double factor = hw_drawn(land, terms->area) / hw_scenario_median(s, terms->area);
    /* An absurdly wide distribution of areas ends at the largest block that a number can hold. */
    uint32_t block_m2 = (uint32_t)fmin(4e9, fmax(1, round((double)land->nominal_m2[index] * factor)));
    for (uint32_t i = area->first_block; i < area->first_hidden + area->hidden_most; i++) {
        bool hidden = i >= area->first_hidden;
        land->items[i] = (hw_item){
            .next = hidden || i + 1 == area->first_hidden ? HW_NOTHING : i + 1,
            .area_m2 = block_m2,
            .polygon = land->items[i].polygon,
            .block = i,
            .belief_mined = (float)odds->believed_mined,
            .belief_battle = (float)odds->believed_battle,
            .stage = hidden ? HW_STAGE_HIDDEN : HW_STAGE_SURVEY,
        };
    }
    for (int stage = 0; stage < HW_STAGES; stage++) {
        area->ready[stage] = (hw_ready){HW_NOTHING, HW_NOTHING};
        area->open_m2[stage] = 0;
    }
    area->ready[HW_STAGE_SURVEY] = (hw_ready){area->first_block, area->first_hidden - 1};
    int64_t known_m2 = (int64_t)block_m2 * area->block_count;
    area->open_m2[HW_STAGE_SURVEY] = known_m2;
    area->reporting_m2 = 0;
    area->open_items = area->block_count;
    area->belief_m2 = (double)(float)odds->believed_mined * (double)known_m2;
    area->next_polygon = 0;
    area->hidden_found = 0;
    double undiscovered = hw_drawn(land, HW_ITEM(s->districts, hw_district, area->district)->undiscovered);
    /* A fraction of a block is a chance of a whole one. */
    double u = hw_draw(land->key, area->entity, HW_DRAW_HIDDEN, 0);
    area->hidden_count = (uint32_t)fmin(area->hidden_most, floor(undiscovered * area->block_count + u));

    hw_district_state *d = &land->districts[area->district];
    double own_access = terms->access_from == INT64_MAX ? 0 : (double)(terms->access_from - s->start);
    area->access_day = fmax(d->access_day, own_access);
    area->accessible = false; /* until a planning day opens it */
    uint32_t hazard = HW_ITEM(s->settings, hw_terrain, area->setting)->hazard;
    d->baseline_m2[hazard] += known_m2;
    d->ledger_m2[hazard][HW_LEDGER_REMAINING] += known_m2;
    d->remaining_at_start += known_m2;
    d->open_items += area->block_count;
}

/* Sets the fields of a district that a replication changes; its layout and its tables stay. */
static void reset_district(hw_land *land, uint32_t index) {
    hw_district_state *d = &land->districts[index];
    hw_district_state fresh = {
        .first_item = d->first_item,
        .first_parcel = d->first_parcel,
        .next_parcel = d->first_parcel,
        .end_item = d->end_item,
        .area_count = d->area_count,
        .worktime = {d->worktime[0], d->worktime[1]},
        .completion_day = (double)NAN,
    };
    memcpy(fresh.area_list, d->area_list, sizeof fresh.area_list);
    memcpy(fresh.by_rank, d->area_list, sizeof fresh.by_rank);
    for (uint32_t m = 0; m < HW_REGISTRY_MOST; m++) {
        fresh.idle_head[m] = HW_NOTHING;
    }
    int64_t access = HW_ITEM(land->scenario->districts, hw_district, index)->access_from;
    fresh.access_day = access == INT64_MAX ? 0 : fmax(0, (double)(access - land->scenario->start));
    *d = fresh;
}

static void reset_places(hw_land *land) {
    const hw_scenario *s = land->scenario;
    for (uint32_t p = 0; p < land->place_count; p++) {
        const hw_place *terms = HW_ITEM(s->places, hw_place, p);
        const hw_district_state *d = &land->districts[terms->district];
        double opens = d->access_day;
        for (uint32_t i = 0; i < terms->must_release.count; i++) {
            opens = fmax(opens, land->areas[terms->must_release.items[i]].access_day);
        }
        double wanted = terms->wanted_from == INT64_MAX ? d->access_day
                                                        : fmax(0, (double)(terms->wanted_from - s->start));
        hw_place_state fresh = {
            .entity = land->places[p].entity,
            .missing_areas = terms->must_release.count,
            .release_day = (double)NAN,
            .first_return_day = (double)NAN,
            .delay_start = wanted,
            .delay_from = wanted,
        };
        for (int step = 0; step < HW_STEPS; step++) {
            fresh.step[step] = (double)NAN;
        }
        fresh.step[HW_STEP_ACCESS] = opens;
        land->places[p] = fresh;
    }
}

static void weigh_visits(hw_land *land) {
    double sum = 0;
    for (uint32_t d = 0; d < land->district_count; d++) {
        double visitors = hw_drawn(land, HW_ITEM(land->scenario->districts, hw_district, d)->visitors);
        land->visit_weight[d] = visitors * (double)land->districts[d].remaining_at_start;
        sum += land->visit_weight[d];
    }
    for (uint32_t d = 0; d < land->district_count; d++) {
        land->visit_weight[d] = sum > 0 ? land->visit_weight[d] / sum : 0;
    }
}

static void clear_books(hw_land *land) {
    memset(land->unposted_days, 0, sizeof land->unposted_days);
    memset(land->money_short, 0, sizeof land->money_short);
    memset(land->unpaid_orders, 0, sizeof land->unpaid_orders);
    memset(land->released_12_months, 0, sizeof land->released_12_months);
    memset(land->checks_12, 0, sizeof land->checks_12);
    memset(land->failed_12, 0, sizeof land->failed_12);
    memset(land->stream_year_spent, 0,
           sizeof *land->stream_year_spent * land->stream_count * land->year_count);
    memset(land->purpose_year_spent, 0, sizeof *land->purpose_year_spent * HW_PURPOSES * land->year_count);
    land->released_before = 0;
    land->checks_before = land->failed_before = 0;
    land->training_places = 0;
    land->month = land->year = 0;
    land->planned_to = 0;
    land->failed = false;
}

void hw_land_begin(void *state, hw_rng_key key, hw_queue *queues) {
    hw_land *land = state;
    land->key = key;
    land->queues = queues;
    clear_books(land);
    draw_numbers(land);
    draw_methods(land);
    for (uint32_t d = 0; d < land->district_count; d++) {
        reset_district(land, d);
    }
    hw_weather_begin(land);
    for (uint32_t a = 0; a < land->area_count; a++) {
        land->score_order[a] = a; /* ties and the first sorting start alike in every replication */
        draw_polygons(land, &land->areas[a]);
        reset_ground(land, a);
    }
    weigh_visits(land);
    reset_places(land);
    hw_settlement_begin(land);
    hw_money_begin(land);
    hw_teams_begin(land);
}
