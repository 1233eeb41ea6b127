/* Lays out a world in its arena. */
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
#include "sim/length.h"
#include <assert.h>
#include <math.h>
#include <string.h>

static const double WEEK = 7;

/* Room for everything; with a measuring arena the pointers stay NULL and only the sizes count. */

/* Words of the sets of ready areas. A district of n areas needs less than n / 63 for a stage, or none. */
static size_t ready_words(const hw_scenario *s) {
    return HW_STAGES * (s->hazard_areas.count / 63 + (size_t)HW_BITSET_LEVELS * s->districts.count);
}

static void take_ground(hw_ground *ground, hw_arena *arena, const hw_scenario *s) {
    ground->areas = HW_TAKE(arena, hw_area, ground->area_count);
    ground->polygons = HW_TAKE(arena, hw_polygon, ground->polygon_count);
    ground->items = HW_TAKE(arena, hw_item, ground->item_count);
    ground->missed_list = HW_TAKE(arena, uint32_t, ground->item_count);
    ground->nominal_m2 = HW_TAKE(arena, float, ground->area_count);
    ground->areas_by_district = HW_TAKE(arena, uint32_t, ground->area_count);
    ground->areas_by_rank = HW_TAKE(arena, uint32_t, ground->area_count);
    ground->ready_words = HW_TAKE(arena, uint64_t, ready_words(s));
    ground->area_place_first = HW_TAKE(arena, uint32_t, ground->area_count + 1);
    ground->area_places = HW_TAKE(arena, uint32_t, ground->area_place_count);
    ground->soils = HW_TAKE(arena, hw_soil, s->settings.count);
    ground->odds = HW_TAKE(arena, hw_odds, s->classes.count);
    ground->ways.costs = HW_TAKE(arena, hw_way_costs, s->settings.count);
    ground->dangers = HW_TAKE(arena, hw_danger, ground->area_count);
    ground->bell = HW_TAKE(arena, hw_bell, 1);
}

static void take_force(hw_force *force, hw_arena *arena, const hw_scenario *s) {
    force->teams = HW_TAKE(arena, hw_team, force->most_teams);
    force->paid_until = HW_TAKE(arena, double, force->most_teams);
    force->debts = HW_TAKE(arena, hw_debt, force->most_teams);
    force->methods = HW_TAKE(arena, hw_method_numbers, force->method_count);
    force->kind_newest = HW_TAKE(arena, uint32_t, force->kind_count);
    force->kind_teams = HW_TAKE(arena, uint32_t, force->kind_count);
    force->kind_added = HW_TAKE(arena, uint32_t, force->kind_count);
    force->kind_entity = HW_TAKE(arena, uint64_t, force->kind_count);
    force->present = HW_TAKE(arena, uint32_t, force->most_teams);
    force->method_teams = HW_TAKE(arena, uint32_t, force->most_teams);
    force->method_teams_first = HW_TAKE(arena, uint32_t, force->method_count + 1);
    force->operators = HW_TAKE(arena, hw_operator_numbers, s->operators.count);
    force->grounds = HW_TAKE(arena, uint64_t, (size_t)s->operators.count * hw_words_for(s->settings.count));
    force->pace = HW_TAKE(arena, hw_pace, 1);
}

static void take_money(hw_money *money, hw_arena *arena, const hw_scenario *s) {
    money->streams = HW_TAKE(arena, hw_stream_state, money->stream_count);
    money->budget_years = HW_TAKE(arena, hw_budget_year, money->budget_year_count);
    money->order = HW_TAKE(arena, uint32_t, money->stream_count);
    money->place_in_order = HW_TAKE(arena, uint32_t, money->stream_count);
    size_t words = money->words;
    uint64_t **masks[] = {&money->anywhere, &money->anybody,    &money->work,
                          &money->funded,   &money->refused_by, &money->may_pay};
    for (uint32_t i = 0; i < HW_LENGTH(masks); i++) {
        *masks[i] = HW_TAKE(arena, uint64_t, words);
    }
    money->for_district = HW_TAKE(arena, uint64_t, words * s->districts.count);
    money->for_operator = HW_TAKE(arena, uint64_t, words * s->operators.count);
    money->for_method = HW_TAKE(arena, uint64_t, words * hw_methods.count);
    money->for_place = HW_TAKE(arena, uint64_t, words * s->places.count);
    money->for_purpose = HW_TAKE(arena, uint64_t, words * HW_PAYS);
    size_t kinds = (size_t)s->operators.count * hw_methods.count;
    money->wages = HW_TAKE(arena, hw_wage, kinds);
    money->wage_payers = HW_TAKE(arena, uint64_t, words * kinds);
}

static void take_weather(hw_weather *weather, hw_arena *arena, uint32_t districts) {
    weather->share = HW_TAKE(arena, double, weather->weeks);
    weather->factor = HW_TAKE(arena, double, weather->weeks);
    weather->from_winter = HW_TAKE(arena, double, (size_t)HW_HEMISPHERES * weather->weeks);
    weather->from_summer = HW_TAKE(arena, double, (size_t)HW_HEMISPHERES * weather->weeks);
    weather->fighting = HW_TAKE(arena, double, weather->weeks);
    weather->open = HW_TAKE(arena, double, (size_t)weather->weeks *districts);
    weather->closes_until = HW_TAKE(arena, double, (size_t)districts *HW_CLOSURE_CAUSES);
}

static void take_planner(hw_land *land, hw_arena *arena) {
    hw_planner *planner = &land->planner;
    uint32_t areas = land->ground.area_count, teams = land->force.most_teams;
    planner->area_score = HW_TAKE(arena, double, areas);
    planner->calls = HW_TAKE(arena, hw_call, areas);
    planner->floor_left = HW_TAKE(arena, uint32_t, land->place_count);
    planner->area_stage = HW_TAKE(arena, double, areas);
    planner->place_open_m2 = HW_TAKE(arena, double, land->place_count);
    planner->place_least_days = HW_TAKE(arena, double, land->place_count);
    planner->score_order = HW_TAKE(arena, uint32_t, areas);
    planner->sorting = HW_TAKE(arena, uint32_t, areas);
    planner->open_ground = HW_TAKE(arena, hw_open_ground, areas);
    for (int stage = 0; stage < HW_STAGES; stage++) {
        planner->open_at[stage] = HW_TAKE(arena, uint64_t, hw_words_for(areas));
    }
    planner->place_team_days = HW_TAKE(arena, double, land->place_count);
    planner->visitors = HW_TAKE(arena, double, land->district_count);
    planner->reranked = HW_TAKE(arena, bool, land->district_count);
    planner->rank_cursor = HW_TAKE(arena, uint32_t, land->district_count);
    planner->unclaimed_m2 = HW_TAKE(arena, double, (size_t)areas *HW_STAGES);
    planner->unclaimed_days = HW_TAKE(arena, double, land->district_count);
    planner->own = HW_TAKE(arena, hw_stretch, land->district_count + 1);
    planner->roster = HW_TAKE(arena, uint32_t, teams);
    planner->standing = HW_TAKE(arena, uint32_t, teams);
    planner->roll_at = HW_TAKE(arena, uint32_t, 2 * (size_t)land->district_count);
    planner->targets = HW_TAKE(arena, uint32_t, land->district_count);
    planner->posted = HW_TAKE(arena, uint32_t, land->district_count);
    planner->kept = HW_TAKE(arena, uint32_t, land->district_count);
    planner->pay_order = HW_TAKE(arena, uint32_t, teams);
    planner->wanted_at = HW_TAKE(arena, uint32_t, teams);
    planner->wanted_count = HW_TAKE(arena, uint32_t, areas + 2);
}

static void take_growth(hw_growth *growth, hw_arena *arena, const hw_scenario *s) {
    growth->room = HW_TAKE(arena, double, s->operators.count);
    growth->people = HW_TAKE(arena, double, s->operators.count);
    size_t kinds = (size_t)s->operators.count * hw_methods.count;
    growth->bound = HW_TAKE(arena, double, kinds);
    growth->needed = HW_TAKE(arena, double, kinds);
    growth->follows = HW_TAKE(arena, bool, kinds);
    growth->due = HW_TAKE(arena, uint32_t, kinds);
    growth->borne = HW_TAKE(arena, uint32_t, kinds);
    growth->worth = HW_TAKE(arena, double, kinds);
    growth->cost = HW_TAKE(arena, double, kinds);
    growth->weight = HW_TAKE(arena, double, kinds);
    growth->kinds = HW_TAKE(arena, uint32_t, kinds);
    growth->hindrance = HW_TAKE(arena, uint32_t, kinds);
    growth->free = HW_TAKE(arena, double, s->streams.count);
    growth->reason = HW_TAKE(arena, uint32_t, s->streams.count);
    growth->unspent = HW_TAKE(arena, int64_t, (size_t)s->streams.count * HW_UNSPENT_REASONS);
    growth->given_up = HW_TAKE(arena, int64_t, growth->given_up_cells);
}

static void take_earmarks(hw_land *land, hw_arena *arena) {
    hw_earmarks *earmarks = &land->earmarks;
    size_t methods = (size_t)earmarks->count * land->force.method_count;
    size_t cells = methods * land->district_count;
    earmarks->streams = HW_TAKE(arena, uint32_t, earmarks->count);
    earmarks->could = HW_TAKE(arena, uint32_t, cells);
    earmarks->wanted = HW_TAKE(arena, uint32_t, cells);
    earmarks->there = HW_TAKE(arena, uint32_t, cells);
    double **days[] = {&earmarks->work, &earmarks->present, &earmarks->work_left, &earmarks->present_left};
    for (uint32_t i = 0; i < HW_LENGTH(days); i++) {
        *days[i] = HW_TAKE(arena, double, methods);
    }
    earmarks->held = HW_TAKE(arena, bool, earmarks->count > 0 ? land->force.most_teams : 0);
}

static void take_outcome(hw_land *land, hw_arena *arena) {
    hw_outcome *outcome = &land->outcome;
    const hw_calendar *calendar = &land->calendar;
    outcome->months = HW_TAKE(arena, hw_month_row, calendar->month_count);
    outcome->district_rows =
        HW_TAKE(arena, hw_district_row, (size_t)land->district_count * calendar->period_count);
    outcome->place_people = HW_TAKE(arena, double, (size_t)land->place_count * calendar->year_count);
    outcome->place_months = HW_TAKE(arena, float, (size_t)land->place_count * calendar->month_count);
    outcome->stream_year_spent =
        HW_TAKE(arena, int64_t, (size_t)land->money.stream_count * calendar->year_count);
    outcome->purpose_year_spent = HW_TAKE(arena, int64_t, (size_t)HW_PURPOSES * calendar->year_count);
}

static void take_districts(hw_land *land, hw_arena *arena) {
    land->districts = HW_TAKE(arena, hw_district_state, land->district_count);
    for (uint32_t d = 0; d < land->district_count; d++) {
        for (int kind = 0; kind < HW_CALENDARS; kind++) {
            double *cumulative = HW_TAKE(arena, double, hw_worktime_entries(land->weather.weeks));
            if (land->districts != NULL) {
                land->districts[d].worktime[kind] =
                    (hw_worktime){.cumulative = cumulative, .steps = land->weather.weeks, .step_days = WEEK};
            }
        }
    }
}

static void take_arrays(hw_land *land, hw_arena *arena) {
    const hw_scenario *s = land->scenario;
    land->value = HW_TAKE(arena, double, s->values->count);
    land->drawn = HW_TAKE(arena, double, s->values->count);
    take_districts(land, arena);
    take_ground(&land->ground, arena, s);
    take_force(&land->force, arena, s);
    land->places = HW_TAKE(arena, hw_place_state, land->place_count);
    take_money(&land->money, arena, s);
    take_weather(&land->weather, arena, land->district_count);
    land->policy.levers = HW_TAKE(arena, hw_lever_state, land->policy.lever_count);
    land->policy.changes = HW_TAKE(arena, hw_policy_change, land->policy.change_count);
    land->signposts.items = HW_TAKE(arena, hw_signpost_state, s->signposts.count);
    uint32_t read = s->signposts.count > 0 ? land->district_count : 0;
    land->signposts.released = HW_TAKE(arena, double, read);
    take_earmarks(land, arena);
    land->calendar.month_ends = HW_TAKE(arena, double, land->calendar.month_count);
    land->calendar.month_years = HW_TAKE(arena, uint32_t, land->calendar.month_count);
    land->calendar.month_periods = HW_TAKE(arena, uint32_t, land->calendar.month_count);
    take_planner(land, arena);
    take_growth(&land->growth, arena, s);
    hw_contracts_take(&land->contracts, arena, land);
    land->recorded_m2 = HW_TAKE(arena, double, (size_t)s->recorded.count *HW_LEDGERS);
    take_outcome(land, arena);
}

static void count(hw_land *land, const hw_scenario *s, hw_timeline timeline) {
    land->scenario = s;
    land->district_count = s->districts.count;
    land->ground.area_count = s->hazard_areas.count;
    land->place_count = s->places.count;
    land->money.stream_count = s->streams.count;
    land->force.method_count = hw_methods.count;
    land->earmarks.count = hw_earmarks_of(s);
    land->calendar.month_count = timeline.months;
    land->calendar.year_count = timeline.years;
    land->calendar.period_count = timeline.periods;
    land->horizon = timeline.horizon;
    land->weather.weeks = (uint32_t)ceil(timeline.horizon / WEEK);
    land->force.listed_count = hw_scenario_listed_teams(s);
    land->force.most_teams = hw_scenario_most_teams(s);
    land->contracts.firm_count = s->contracts.count;
    land->contracts.most = s->contracts.count * HW_JOBS * s->streams.count * timeline.months;
    land->force.kind_count = s->operators.count * hw_methods.count;
    land->growth.given_up_cells = (size_t)s->streams.count * HW_UNSPENT_REASONS * timeline.years;
    for (uint32_t a = 0; a < land->ground.area_count; a++) {
        land->ground.polygon_count += hw_ground_plan_area(s, a).polygons;
    }
    for (uint32_t d = 0; d < land->district_count; d++) {
        land->ground.item_count += (uint32_t)hw_ground_plan_items(s, d);
    }
    land->money.words = hw_words_for(s->streams.count);
    for (uint32_t p = 0; p < land->place_count; p++) {
        land->ground.area_place_count += HW_ITEM(s->places, hw_place, p)->must_release.count;
    }
    for (uint32_t i = 0; i < land->money.stream_count; i++) {
        land->money.budget_year_count +=
            hw_budget_years_most(HW_ITEM(s->streams, hw_stream_terms, i), timeline.horizon);
    }
    land->ground.parcels_most = hw_ground_plan_parcels(s);
    hw_policy_size policy = hw_policy_size_of(s);
    land->policy.lever_count = policy.levers;
    land->policy.change_count = policy.changes;
}

/* One hazard area from the given item and polygon on: polygons of neighbouring blocks, hidden blocks spread
 * over them. */
static void lay_out_area(hw_land *land, uint32_t index, uint32_t item, uint32_t polygon) {
    assert(index < land->ground.area_count);
    assert(item < land->ground.item_count && polygon < land->ground.polygon_count);
    const hw_scenario *s = land->scenario;
    const hw_hazard_area *terms = HW_ITEM(s->hazard_areas, hw_hazard_area, index);
    hw_area_plan plan = hw_ground_plan_area(s, index);
    land->ground.areas[index] = (hw_area){
        .district = terms->district,
        .class = terms->class,
        .setting = terms->setting,
        .first_polygon = polygon,
        .polygon_count = plan.polygons,
        .first_block = item,
        .block_count = plan.blocks,
        .first_hidden = item + plan.blocks,
        .hidden_most = plan.hidden_most,
        .hidden_count = plan.hidden_most, /* until the first replication, which lays all of them out */
        .entity = hw_entity(s->hazard_areas.names[index]),
    };
    assert(plan.blocks > 0 && plan.polygons > 0 && plan.block_m2 > 0);
    assert(item + plan.blocks + plan.hidden_most <= land->ground.item_count);
    land->ground.nominal_m2[index] = (float)plan.block_m2;
    uint32_t each = plan.blocks / plan.polygons + (plan.blocks % plan.polygons > 0);
    each = each > 0 ? each : 1; /* a plan has blocks and polygons, but says so only in its comment */
    for (uint32_t i = 0; i < plan.polygons; i++) {
        uint32_t first = i * each;
        uint32_t next = first + each < plan.blocks ? first + each : plan.blocks;
        land->ground.polygons[polygon + i] =
            (hw_polygon){.area = index, .first = item + first, .count = next > first ? next - first : 0};
    }
    land->ground.areas[index].polygon_blocks = each;
}

/* The areas of each district, packed by district. */
static void list_areas(hw_land *land) {
    const hw_table *areas = &land->scenario->hazard_areas;
    for (uint32_t a = 0; a < areas->count; a++) {
        land->districts[HW_ITEM(*areas, hw_hazard_area, a)->district].area_count++;
    }
    uint32_t first = 0;
    for (uint32_t d = 0; d < land->district_count; d++) {
        hw_district_state *district = &land->districts[d];
        district->areas = &land->ground.areas_by_district[first];
        district->by_rank = &land->ground.areas_by_rank[first];
        first += district->area_count;
        district->area_count = 0;
    }
    for (uint32_t a = 0; a < areas->count; a++) {
        hw_district_state *district = &land->districts[HW_ITEM(*areas, hw_hazard_area, a)->district];
        district->areas[district->area_count++] = a;
    }
}

/* The first area of its district with the same class and setting; its districts' areas before it are laid
 * out.
 */
static uint32_t first_like(const hw_land *land, uint32_t index) {
    const hw_area *area = &land->ground.areas[index];
    const hw_district_state *d = &land->districts[area->district];
    for (uint32_t i = 0; d->areas[i] != index; i++) {
        const hw_area *other = &land->ground.areas[d->areas[i]];
        if (other->class == area->class && other->setting == area->setting) {
            return d->areas[i];
        }
    }
    return index;
}

/* Hazard areas in the order of their districts, so that a district's areas and ground lie side by side. */
static void lay_out_ground(hw_land *land) {
    uint32_t item = 0, polygon = 0;
    uint64_t *ready_words = land->ground.ready_words;
    for (uint32_t d = 0; d < land->district_count; d++) {
        hw_district_state *district = &land->districts[d];
        district->first_item = item;
        for (uint32_t i = 0; i < district->area_count; i++) {
            lay_out_area(land, district->areas[i], item, polygon);
            hw_area *area = &land->ground.areas[district->areas[i]];
            area->like = first_like(land, district->areas[i]);
            item += area->block_count + area->hidden_most;
            polygon += area->polygon_count;
        }
        for (int stage = 0; stage < HW_STAGES; stage++) {
            district->ready[stage] = hw_bitset_in(ready_words, district->area_count);
            ready_words += hw_bitset_words(district->area_count);
        }
        district->next_parcel = district->first_parcel = item;
        item = district->end_item = item + (item - district->first_item) * land->ground.parcels_most;
    }
}

/* Which places need an area: the other way round than the scenario says it. */
static void link_places(hw_land *land) {
    const hw_table *places = &land->scenario->places;
    uint32_t *first = land->ground.area_place_first;
    for (uint32_t p = 0; p < places->count; p++) {
        const hw_index_list *needs = &HW_ITEM(*places, hw_place, p)->must_release;
        for (uint32_t i = 0; i < needs->count; i++) {
            first[needs->items[i]]++;
        }
    }
    uint32_t end = 0;
    for (uint32_t a = 0; a <= land->ground.area_count; a++) {
        end += first[a];
        first[a] = end; /* filled from the end */
    }
    for (uint32_t p = places->count; p-- > 0;) {
        const hw_index_list *needs = &HW_ITEM(*places, hw_place, p)->must_release;
        for (uint32_t i = needs->count; i-- > 0;) {
            assert(first[needs->items[i]] > 0);
            land->ground.area_places[--first[needs->items[i]]] = p;
        }
    }
}

static void lay_out_calendar(hw_land *land) {
    for (uint32_t m = 0; m < land->calendar.month_count; m++) {
        hw_month month = hw_timeline_month(land->scenario, m);
        land->calendar.month_ends[m] = month.end;
        land->calendar.month_years[m] = month.year;
        land->calendar.month_periods[m] = month.period;
    }
    hw_weather_lay_out(land);
}

/* Kinds of team: who is added to one draws the same in every scenario that names its operator and method
 * alike. */
static void name_kinds(hw_land *land) {
    for (uint32_t k = 0; k < land->force.kind_count; k++) {
        uint64_t owner = hw_entity(land->scenario->operators.names[hw_kind_operator(&land->force, k)]);
        land->force.kind_entity[k] = owner ^ hw_entity(hw_method_names[hw_kind_method(&land->force, k)]) << 1;
    }
    for (uint32_t a = 0; a < land->scenario->assets.count; a++) {
        const hw_asset *asset = HW_ITEM(land->scenario->assets, hw_asset, a);
        land->force.fielded |= (uint32_t)(asset->teams > 0) << asset->method;
    }
    for (uint32_t f = 0; f < land->scenario->contracts.count; f++) {
        for (uint32_t job = 0; job < HW_JOBS; job++) {
            land->force.fielded |= (uint32_t)hw_firm_does(land->scenario, f, job)
                                   << hw_contract_method(land, job);
        }
    }
}

static void index_grounds(hw_land *land) {
    const hw_scenario *s = land->scenario;
    uint32_t words = hw_words_for(s->settings.count);
    for (uint32_t o = 0; o < s->operators.count; o++) {
        const hw_index_list *works_on = &HW_ITEM(s->operators, hw_operator, o)->works_on;
        uint64_t *grounds = land->force.grounds + (size_t)o * words;
        bool choosy = works_on->count > 0;
        memset(grounds, choosy ? 0 : UINT8_MAX, words * sizeof *grounds);
        for (uint32_t i = 0; i < works_on->count; i++) {
            grounds[works_on->items[i] / 64] |= UINT64_C(1) << works_on->items[i] % 64;
        }
        land->force.operators[o].grounds = grounds;
        land->force.operators[o].choosy = choosy;
        land->force.operators[o].firm = HW_NOTHING;
    }
    for (uint32_t f = 0; f < s->contracts.count; f++) {
        uint32_t operator_ = HW_ITEM(s->contracts, hw_firm_terms, f)->operator_;
        land->force.operators[operator_].firm = f;
        for (uint32_t job = 0; job < HW_JOBS; job++) {
            land->force.choosy_methods |= (uint32_t)land->force.operators[operator_].choosy
                                          << hw_contract_method(land, job);
        }
    }
    for (uint32_t a = 0; a < s->assets.count; a++) {
        const hw_asset *asset = HW_ITEM(s->assets, hw_asset, a);
        land->force.choosy_methods |= (uint32_t)land->force.operators[asset->operator_].choosy
                                      << asset->method;
    }
}

static void index_methods(hw_land *land) {
    for (uint32_t m = 0; m < land->force.method_count; m++) {
        const hw_method *method = hw_method_list[m];
        for (uint32_t i = 0; i < method->stage_count; i++) {
            land->force.serving[method->stages[i]] |= 1U << m;
        }
        if (method->stage_count > 0 && method->stages[0] == HW_STAGE_CHECK) {
            land->force.quality_method = m;
        }
        if (method->stage_count > 0 && method->stages[0] == HW_STAGE_BATTLE) {
            land->planner.typical_method = m;
        }
        land->force.on_call |= (uint32_t)method->on_call << m;
    }
}

void *hw_land_create(hw_arena *arena, const void *scenario) {
    const hw_scenario *s = scenario;
    hw_timeline timeline = hw_timeline_of(s);
    hw_land sizes = {0};
    count(&sizes, s, timeline);
    hw_land *land = HW_TAKE(arena, hw_land, 1);
    take_arrays(&sizes, arena);
    if (land == NULL || sizes.ground.items == NULL) {
        return NULL;
    }
    *land = sizes;
    for (uint32_t d = 0; d < land->district_count; d++) {
        land->districts[d].entity = hw_entity(s->districts.names[d]);
    }
    for (uint32_t p = 0; p < land->place_count; p++) {
        land->places[p].entity = hw_entity(s->places.names[p]);
    }
    for (uint32_t a = 0; a < land->ground.area_count; a++) {
        land->planner.score_order[a] = a;
    }
    hw_bell_fill(land->ground.bell);
    hw_pace_fill(land->force.pace);
    list_areas(land);
    lay_out_ground(land);
    link_places(land);
    lay_out_calendar(land);
    index_methods(land);
    index_grounds(land);
    name_kinds(land);
    hw_money_lay_out(land);
    hw_earmarks_lay_out(land);
    hw_policy_lay_out(land);
    return hw_outcome_find_offsets(land) ? land : NULL;
}
