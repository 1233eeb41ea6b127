/* Ground that had been released before the first day, as its ledgers tell. Survey finds what it would have
 * found, the planners learn from it, and what each way of release misses stays behind. */
#include "models/recorded.h"
#include "models/belief.h"
#include "models/land.h"
#include "models/pipeline.h"
#include "models/planner.h"
#include <assert.h>
#include <math.h>

/* The day of what the record gives no day of: the last one before the start. */
static const double BEFORE = -1;

/* m2 of an entry that are still to be found, by ledger; HW_LEDGER_REMAINING: surveyed only. */
static double *left_of(const hw_land *land, uint32_t entry) {
    return land->recorded_m2 + (size_t)entry * HW_LEDGERS;
}

static const hw_recorded *entry_terms(const hw_land *land, uint32_t entry) {
    return HW_ITEM(land->scenario->recorded, hw_recorded, entry);
}

static void open_entries(hw_land *land) {
    for (uint32_t e = 0; e < land->scenario->recorded.count; e++) {
        const hw_recorded *terms = entry_terms(land, e);
        double *left = left_of(land, e);
        left[HW_LEDGER_REMAINING] = hw_in_force(land, terms->surveyed);
        left[HW_LEDGER_CANCELLED] = hw_in_force(land, terms->cancelled);
        left[HW_LEDGER_REDUCED] = hw_in_force(land, terms->reduced);
        left[HW_LEDGER_MINE_CLEARED] = hw_in_force(land, terms->mine_cleared);
        left[HW_LEDGER_BATTLE_CLEARED] = hw_in_force(land, terms->battle_area_cleared);
    }
}

static bool covers(const hw_recorded *terms, const hw_land *land, uint32_t area) {
    if (terms->areas.count == 0) {
        return land->ground.areas[area].district == terms->district;
    }
    for (uint32_t i = 0; i < terms->areas.count; i++) {
        if (terms->areas.items[i] == area) {
            return true;
        }
    }
    return false;
}

/* The first entry that tells of an area, or HW_NOTHING. */
static uint32_t entry_of(const hw_land *land, uint32_t area) {
    for (uint32_t e = 0; e < land->scenario->recorded.count; e++) {
        if (covers(entry_terms(land, e), land, area)) {
            return e;
        }
    }
    return HW_NOTHING;
}

/* Whether ground of so many m2 goes into a ledger: what is less than it is a chance of all of it. */
static bool goes_into(hw_land *land, uint32_t entry, hw_ledger ledger, double m2) {
    double *left = &left_of(land, entry)[ledger];
    bool goes = *left >= m2;
    if (!goes && *left > 0) {
        uint64_t name = hw_entity(land->scenario->recorded.names[entry]);
        goes = hw_land_draw(land, name, HW_DRAW_RECORDED, ledger) * m2 < *left;
    }
    *left = goes || *left < m2 ? fmax(0, goes ? *left - m2 : 0) : *left;
    return goes;
}

/* ---- One block ---- */

/* Survey of a block that has left its list; returns the way that planners would take. */
static hw_stage survey(hw_land *land, uint32_t index) {
    hw_item *item = &land->ground.items[index];
    assert(item->stage == HW_STAGE_SURVEY && item->part == 0);
    hw_ground_reveal(land, index);
    double u[HW_TASK_DRAWS];
    hw_land_draw_block(land, hw_block_entity(land, index), HW_DRAW_TASK, hw_item_occurrence(item), u);
    hw_signs truth = {item->flags & HW_ITEM_MINED, item->hidden[HW_ITEM_ERW] > 0};
    const hw_survey_quality *quality = &land->ground.survey_quality;
    hw_signs signs = hw_belief_evidence(quality, truth, u[HW_TASK_RESULT], u[HW_TASK_SECOND_RESULT]);
    hw_beliefs before = hw_belief_of(land, index);
    hw_beliefs after = hw_belief_after_survey(quality, signs, before);
    hw_belief_learn(land, index, before, after);
    hw_pipeline_believe(land, index, after.mined, after.battle);
    hw_pipeline_leave(land, index);
    item->attempt++;
    item->stage = HW_STAGE_REPORT; /* in no list */
    hw_stage way = hw_ways_next(land, index).stage;
    return way == HW_STAGE_CLEAR_ANY ? HW_STAGE_TECHNICAL : way;
}

/* Whether somebody has seen that a surveyed block is mined. */
static bool seen_as_mined(const hw_land *land, uint32_t index, hw_stage way) {
    if (!(land->ground.items[index].flags & HW_ITEM_MINED)) {
        return false;
    }
    return way != HW_STAGE_BATTLE || hw_land_draw(land, hw_block_entity(land, index), HW_DRAW_RECORDED, 0) <
                                         land->ground.ways.search_sees_mines;
}

/* The ledger in which a surveyed block ends by itself. */
static hw_ledger ledger_of(const hw_land *land, uint32_t index, hw_stage way) {
    if (way == HW_STAGE_REPORT) {
        return HW_LEDGER_CANCELLED;
    }
    if (seen_as_mined(land, index, way)) {
        return HW_LEDGER_MINE_CLEARED;
    }
    return way == HW_STAGE_BATTLE ? HW_LEDGER_BATTLE_CLEARED : HW_LEDGER_REDUCED;
}

/* The probability that an item of a type is passed over where ground leaves suspicion in such a way. */
static double misses(const hw_ways *ways, hw_ledger ledger, uint32_t type) {
    switch (ledger) {
    case HW_LEDGER_CANCELLED:
        return 1;
    case HW_LEDGER_REDUCED:
        return type == HW_ITEM_ERW ? 1 : 1 - ways->technical_finds;
    case HW_LEDGER_BATTLE_CLEARED:
        return 1 - ways->search_finds;
    default:
        return 1 - ways->clearance_finds;
    }
}

static void take_items(hw_land *land, uint32_t index, hw_ledger ledger) {
    const hw_item *item = &land->ground.items[index];
    double u[4];
    hw_land_draw_block(land, hw_block_entity(land, index), HW_DRAW_MISS, hw_item_occurrence(item), u);
    for (uint32_t type = 0; type < HW_ITEM_TYPES; type++) {
        double miss = misses(&land->ground.ways, ledger, type);
        hw_ground_pass_over(land, index, type, hw_ground_overlooked(item, type, miss, u));
        hw_ground_take_out(land, index, type, item->hidden[type], HW_STATE_FOUND);
    }
}

/* What the last work on a block has shown of like ground. */
static void learn(hw_land *land, uint32_t index, hw_ledger ledger) {
    const hw_item *item = &land->ground.items[index];
    hw_beliefs before = {(double)item->belief_mined, (double)item->belief_battle}, after = before;
    if (ledger == HW_LEDGER_CANCELLED) {
        return;
    }
    after.mined = ledger == HW_LEDGER_MINE_CLEARED && item->flags & HW_ITEM_MINED ? 1 : 0;
    if (ledger == HW_LEDGER_BATTLE_CLEARED) {
        after.mined = hw_belief_posterior(before.mined, false, land->ground.ways.search_sees_mines, 1);
        after.battle = item->hidden[HW_ITEM_ERW] > 0 ? 1 : 0;
    }
    hw_belief_learn(land, index, before, after);
}

static void release(hw_land *land, uint32_t index, hw_ledger ledger) {
    static const uint8_t flags[HW_LEDGERS] = {[HW_LEDGER_CANCELLED] = HW_ITEM_CANCELLED,
                                              [HW_LEDGER_REDUCED] = HW_ITEM_REDUCED,
                                              [HW_LEDGER_BATTLE_CLEARED] = HW_ITEM_WAS_BATTLE};
    hw_item *item = &land->ground.items[index];
    assert(ledger != HW_LEDGER_REMAINING && item->stage == HW_STAGE_REPORT);
    learn(land, index, ledger);
    take_items(land, index, ledger);
    item->flags |= flags[ledger];
    land->ground.areas[item->area].reporting_m2 += item->area_m2;
    hw_pipeline_release(land, index, BEFORE);
}

/* A surveyed block waits: what could be cancelled, and by the record is not, for a search. */
static void wait(hw_land *land, uint32_t index, hw_stage way) {
    hw_pipeline_send(land, index, way == HW_STAGE_REPORT ? HW_STAGE_BATTLE : way);
}

static void admit_all(hw_land *land, uint32_t district) {
    while (land->districts[district].sent.head != HW_NOTHING) {
        hw_pipeline_admit(land, district);
    }
}

/* ---- The ground of places ---- */

static bool is_released(const hw_place *place) {
    return place->released_by != INT64_MAX;
}

/* Blocks of an area that its places say were released. Of a place that is not known to be released something
 * is open at the start, if only a block. */
static uint32_t blocks_of_places(const hw_land *land, uint32_t index) {
    const hw_area *area = &land->ground.areas[index];
    double share = 0;
    for (uint32_t i = land->ground.area_place_first[index]; i < land->ground.area_place_first[index + 1];
         i++) {
        const hw_place *place = HW_ITEM(land->scenario->places, hw_place, land->ground.area_places[i]);
        if (is_released(place)) {
            return area->block_count;
        }
        if (place->released_share != UINT32_MAX) {
            share = fmax(share, hw_in_force(land, place->released_share));
        }
    }
    double u = hw_land_draw(land, area->entity, HW_DRAW_RECORDED, 0);
    return (uint32_t)fmin(area->block_count - 1.0, floor(share * area->block_count + u));
}

/* Whether survey would have told that something is in a block. */
static bool looks_dirty(const hw_land *land, uint32_t index) {
    const hw_item *item = &land->ground.items[index];
    bool holds = item->flags & HW_ITEM_MINED || item->hidden[HW_ITEM_ERW] > 0;
    return holds && hw_land_draw(land, hw_block_entity(land, index), HW_DRAW_RECORDED, 1) <
                        land->ground.survey_quality.sensitivity;
}

/* A ledger that has room, its own first; HW_LEDGER_REMAINING: none has. Ground that looks dirty is cancelled
 * or reduced only where the record leaves no other. */
static hw_ledger booked(hw_land *land, uint32_t entry, hw_ledger own, double m2, bool dirty) {
    static const hw_ledger others[] = {HW_LEDGER_BATTLE_CLEARED, HW_LEDGER_MINE_CLEARED, HW_LEDGER_REDUCED,
                                       HW_LEDGER_CANCELLED};
    enum { SEARCHED = 2 };
    if (goes_into(land, entry, own, m2)) {
        return own;
    }
    for (size_t i = 0; i < (dirty ? SEARCHED : HW_LENGTH(others)); i++) {
        if (goes_into(land, entry, others[i], m2)) {
            return others[i];
        }
    }
    return HW_LEDGER_REMAINING;
}

static void release_ground_of_places(hw_land *land, uint32_t index) {
    hw_area *area = &land->ground.areas[index];
    uint32_t blocks = blocks_of_places(land, index), entry = entry_of(land, index);
    if (blocks == 0) {
        return;
    }
    hw_ready left = {HW_NOTHING, HW_NOTHING};
    uint32_t next;
    for (uint32_t i = hw_pipeline_take_all(land, area, HW_STAGE_SURVEY); i != HW_NOTHING; i = next) {
        next = land->ground.items[i].next;
        if (blocks > 0) {
            hw_ledger own = ledger_of(land, i, survey(land, i));
            double m2 = land->ground.items[i].area_m2;
            bool dirty = looks_dirty(land, i);
            hw_ledger ledger = entry != HW_NOTHING ? booked(land, entry, own, m2, dirty) : own;
            release(land, i, ledger != HW_LEDGER_REMAINING ? ledger : own);
            blocks--;
        } else {
            hw_pipeline_append(land, &left, i);
        }
    }
    hw_pipeline_give_back(land, area, HW_STAGE_SURVEY, left);
}

/* ---- Other ground, down the ranking ---- */

static bool is_waited_for(const hw_land *land, uint32_t area) {
    return land->ground.area_place_first[area] != land->ground.area_place_first[area + 1];
}

/* Survey goes on until there is enough for a ledger: searched ground, or ground that waits. */
static void survey_area(hw_land *land, uint32_t entry, uint32_t index, hw_ledger until) {
    hw_area *area = &land->ground.areas[index];
    double *room = left_of(land, entry);
    bool may_leave = until != HW_LEDGER_REMAINING;
    hw_ready left = {HW_NOTHING, HW_NOTHING};
    uint32_t next;
    for (uint32_t i = hw_pipeline_take_all(land, area, HW_STAGE_SURVEY); i != HW_NOTHING; i = next) {
        next = land->ground.items[i].next;
        double m2 = land->ground.items[i].area_m2;
        if (room[until] <= 0) {
            hw_pipeline_append(land, &left, i);
            continue;
        }
        hw_stage way = survey(land, i);
        hw_ledger ledger = ledger_of(land, i, way);
        if (may_leave && goes_into(land, entry, ledger, m2)) {
            release(land, i, ledger);
        } else {
            room[HW_LEDGER_REMAINING] -= m2;
            wait(land, i, way);
        }
    }
    hw_pipeline_give_back(land, area, HW_STAGE_SURVEY, left);
    admit_all(land, area->district);
}

static bool is_full(const double *room) {
    return room[HW_LEDGER_CANCELLED] <= 0 && room[HW_LEDGER_REDUCED] <= 0 &&
           room[HW_LEDGER_MINE_CLEARED] <= 0 && room[HW_LEDGER_BATTLE_CLEARED] <= 0;
}

/* What survey alone would not have brought into the ledgers of the record is there all the same. */
static void fill_up(hw_land *land, uint32_t entry, uint32_t index, hw_stage stage, bool dirty_too) {
    hw_area *area = &land->ground.areas[index];
    double *room = left_of(land, entry);
    hw_ready left = {HW_NOTHING, HW_NOTHING};
    uint32_t next;
    for (uint32_t i = hw_pipeline_take_all(land, area, stage); i != HW_NOTHING; i = next) {
        hw_item *item = &land->ground.items[i];
        next = item->next;
        if (is_full(room)) {
            hw_pipeline_append(land, &left, i);
            continue;
        }
        hw_stage way = stage;
        if (stage == HW_STAGE_SURVEY) {
            way = survey(land, i);
        } else {
            hw_pipeline_leave(land, i);
            item->stage = HW_STAGE_REPORT;
            room[HW_LEDGER_REMAINING] += item->area_m2; /* it waits no more */
        }
        hw_ledger ledger =
            booked(land, entry, ledger_of(land, i, way), item->area_m2, !dirty_too && looks_dirty(land, i));
        if (ledger == HW_LEDGER_REMAINING) {
            room[HW_LEDGER_REMAINING] -= item->area_m2;
            wait(land, i, way); /* less than a block was left, and chance was against it */
        } else {
            release(land, i, ledger);
        }
    }
    hw_pipeline_give_back(land, area, stage, left);
    admit_all(land, area->district);
}

static void fill_up_entry(hw_land *land, uint32_t entry, bool waited_for, bool dirty_too) {
    static const hw_stage stages[] = {HW_STAGE_BATTLE, HW_STAGE_TECHNICAL, HW_STAGE_SURVEY};
    for (size_t k = 0; k < HW_LENGTH(stages); k++) {
        for (uint32_t i = 0; i < land->ground.area_count && !is_full(left_of(land, entry)); i++) {
            uint32_t area = land->planner.score_order[i];
            if (covers(entry_terms(land, entry), land, area) && is_waited_for(land, area) == waited_for) {
                fill_up(land, entry, area, stages[k], dirty_too);
            }
        }
    }
}

static void survey_entry(hw_land *land, uint32_t entry, hw_ledger until) {
    for (uint32_t i = 0; i < land->ground.area_count && left_of(land, entry)[until] > 0; i++) {
        uint32_t area = land->planner.score_order[i];
        bool may_leave = until == HW_LEDGER_REMAINING || !is_waited_for(land, area);
        if (may_leave && covers(entry_terms(land, entry), land, area) &&
            land->ground.areas[area].access_day <= 0) {
            survey_area(land, entry, area, until);
        }
    }
}

static void release_entry(hw_land *land, uint32_t entry) {
    survey_entry(land, entry, HW_LEDGER_BATTLE_CLEARED);
    for (int pass = 0; pass < 4; pass++) { /* other ground before that of places, clean before dirty */
        fill_up_entry(land, entry, pass / 2, pass % 2);
    }
    survey_entry(land, entry, HW_LEDGER_REMAINING);
}

/* ---- All of it ---- */

bool hw_recorded_any(const hw_scenario *s) {
    bool any = s->recorded.count > 0;
    for (uint32_t p = 0; p < s->places.count && !any; p++) {
        const hw_place *place = HW_ITEM(s->places, hw_place, p);
        any = is_released(place) || place->released_share != UINT32_MAX;
    }
    return any;
}

/* What was found before the start is neither laid nor found in this world. */
static void forget_found(hw_land *land) {
    for (uint32_t d = 0; d < land->district_count; d++) {
        for (uint32_t type = 0; type < HW_ITEM_TYPES; type++) {
            int64_t *books = land->districts[d].items[type];
            books[HW_STATE_LAID] -= books[HW_STATE_FOUND];
            books[HW_STATE_FOUND] = 0;
        }
    }
}

static void note_released(hw_land *land) {
    for (uint32_t d = 0; d < land->district_count; d++) {
        for (int hazard = 0; hazard < HW_HAZARDS; hazard++) {
            for (int ledger = HW_LEDGER_CANCELLED; ledger < HW_LEDGERS; ledger++) {
                land->past_year.released_before += land->districts[d].ledger_m2[hazard][ledger];
            }
        }
    }
    for (uint32_t p = 0; p < land->place_count; p++) {
        const hw_place *terms = HW_ITEM(land->scenario->places, hw_place, p);
        if (is_released(terms)) {
            hw_place_state *place = &land->places[p];
            assert(place->missing_areas == 0);
            place->release_day = (double)(terms->released_by - land->scenario->start);
            place->step[HW_STEP_RELEASED] = place->release_day;
        }
    }
}

void hw_recorded_begin(hw_land *land) {
    if (!hw_recorded_any(land->scenario)) {
        return;
    }
    open_entries(land);
    hw_priority_order(land, 0);
    for (uint32_t i = 0; i < land->ground.area_count; i++) {
        if (is_waited_for(land, land->planner.score_order[i])) {
            release_ground_of_places(land, land->planner.score_order[i]);
        }
    }
    for (uint32_t e = 0; e < land->scenario->recorded.count; e++) {
        release_entry(land, e);
    }
    hw_belief_take_in(land);
    forget_found(land);
    note_released(land);
}

/* ---- People ---- */

/* Houses that stand before the start are begun and go on at the pace of their plan. */
static double built(hw_works *works, double houses) {
    works->ready = fmin(houses, works->houses);
    if (works->ready > 0) {
        works->first_left = 0;
        works->pace = works->houses / fmax(1, works->deliver_days);
    }
    return houses - works->ready;
}

void hw_recorded_settle(hw_land *land, uint32_t p) {
    const hw_place *terms = HW_ITEM(land->scenario->places, hw_place, p);
    hw_place_state *place = &land->places[p];
    if (terms->lived_in_since == INT64_MAX) {
        return;
    }
    double houses = hw_in_force(land, terms->houses_built);
    hw_works *repaired = &place->works[HW_WORKS_REPAIR], *new = &place->works[HW_WORKS_NEW];
    new->houses += fmax(0, houses - place->planned_houses); /* more than this world would have planned */
    place->planned_houses = fmax(place->planned_houses, houses);
    built(new, built(repaired, houses));
    place->people = hw_in_force(land, terms->residents);
    /* Where people live closer together than elsewhere, so do those who come. */
    place->household = fmax(place->household, houses > 0 ? place->people / houses : 0);
    place->families = place->people / place->household;
    place->planned_people = fmax(place->planned_people, place->people);
    place->building = true;
    place->first_return_day = (double)(terms->lived_in_since - land->scenario->start);
    place->step[HW_STEP_FIRST_HOMES] = place->first_return_day;
    if (place->people >= 0.5 * place->planned_people) {
        place->step[HW_STEP_HALF] = BEFORE;
    }
    land->districts[terms->district].resident_people += place->people;
}
