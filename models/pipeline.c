/* Moves ground through its stages and into its ledgers. */
#include "models/pipeline.h"
#include "models/land.h"
#include "models/quality.h"
#include <assert.h>
#include <math.h>

static hw_ledger ledger_of(const hw_item *item) {
    assert(!(item->flags & HW_ITEM_CANCELLED) || !(item->flags & HW_ITEM_REDUCED));
    if (item->flags & HW_ITEM_CANCELLED) {
        return HW_LEDGER_CANCELLED;
    }
    if (item->flags & HW_ITEM_REDUCED) {
        return HW_LEDGER_REDUCED;
    }
    return item->flags & HW_ITEM_WAS_BATTLE ? HW_LEDGER_BATTLE_CLEARED : HW_LEDGER_MINE_CLEARED;
}

static hw_area *area_of(hw_land *land, const hw_item *item) {
    return &land->ground.areas[item->area];
}

static double belief_weight(const hw_item *item) {
    return (double)item->belief_mined * item->area_m2;
}

void hw_pipeline_report(hw_land *land, uint32_t index, double uniform, double now) {
    assert(index < land->ground.item_count && uniform > 0 && uniform < 1);
    assert(land->ground.items[index].stage < HW_STAGES); /* a team has worked on it */
    assert(land->ground.report_mean >= 0);
    hw_item *item = &land->ground.items[index];
    hw_area *area = area_of(land, item);
    item->stage = HW_STAGE_REPORT;
    area->reporting_m2 += item->area_m2;
    /* At least half of the mean for paperwork that always takes time; the rest is memoryless. */
    double wait = land->ground.report_mean * (0.5 - 0.5 * log(uniform));
    hw_queue_push(&land->queues[area->district], now + wait, HW_EVENT_REPORT, index);
}

void hw_pipeline_append(hw_land *land, hw_ready *list, uint32_t index) {
    assert(list->head == HW_NOTHING || list->tail != index);
    land->ground.items[index].next = HW_NOTHING;
    if (list->head == HW_NOTHING) {
        list->head = index;
    } else {
        land->ground.items[list->tail].next = index;
    }
    list->tail = index;
}

void hw_pipeline_send(hw_land *land, uint32_t index, hw_stage stage) {
    assert(index < land->ground.item_count && stage < HW_STAGES);
    assert(land->ground.items[index].area_m2 > 0);
    assert(land->ground.items[index].stage != HW_STAGE_SPLIT); /* its ground is in its parcels */
    assert((stage == HW_STAGE_SURVEY || stage == HW_STAGE_TECHNICAL) <=
           (land->ground.items[index].part == 0));
    hw_item *item = &land->ground.items[index];
    hw_area *area = area_of(land, item);
    assert(item->hands == 0);
    item->stage = (uint8_t)stage;
    item->left = HW_WHOLE;
    area->open_m2[stage] += item->area_m2;
    if (stage == HW_STAGE_SURVEY) {
        area->prior_m2 += belief_weight(item);
    }
    hw_pipeline_append(land, &land->districts[area->district].sent, index);
}

uint32_t hw_pipeline_admit(hw_land *land, uint32_t district) {
    assert(district < land->district_count);
    assert(land->districts[district].sent.head != HW_NOTHING);
    hw_district_state *d = &land->districts[district];
    uint32_t index = d->sent.head;
    hw_item *item = &land->ground.items[index];
    hw_area *area = area_of(land, item);
    assert(area->district == district && item->stage < HW_STAGES);
    assert(area->open_m2[item->stage] >= item->area_m2);
    d->sent.head = item->next;
    if (area->accessible && area->ready[item->stage].head == HW_NOTHING) {
        hw_bitset_add(&d->ready[item->stage], area->rank);
    }
    hw_pipeline_append(land, &area->ready[item->stage], index);
    area->ready_parts[item->stage] += (int64_t)item->area_m2 * item->left;
    return index;
}

void hw_pipeline_leave(hw_land *land, uint32_t index) {
    hw_item *item = &land->ground.items[index];
    assert(item->stage < HW_STAGES);
    assert(area_of(land, item)->open_m2[item->stage] >= item->area_m2);
    area_of(land, item)->open_m2[item->stage] -= item->area_m2;
    if (item->stage == HW_STAGE_SURVEY) {
        area_of(land, item)->prior_m2 -= belief_weight(item);
    }
}

void hw_pipeline_cancel(hw_land *land, uint32_t index, double now) {
    hw_item *item = &land->ground.items[index];
    assert(item->part == 0 && item->flags & HW_ITEM_DRAWN);
    for (uint32_t type = 0; type < HW_ITEM_TYPES; type++) {
        hw_ground_pass_over(land, index, type, item->hidden[type]);
    }
    item->flags |= HW_ITEM_CANCELLED;
    double u = hw_land_draw(land, hw_block_entity(land, index), HW_DRAW_REPORT, hw_item_occurrence(item));
    hw_pipeline_report(land, index, u, now);
}

/* What survey has told of the block is kept, as if nothing were learnt from like ground: another survey may
 * go on from it. */
void hw_pipeline_clear_all(hw_land *land, hw_task *task, double now) {
    hw_item *block = &land->ground.items[task->work];
    double mined = (double)block->belief_mined, battle = (double)block->belief_battle;
    hw_pipeline_split(land, task, block->area_m2, now);
    if (block->stage == HW_STAGE_SPLIT) {
        hw_beliefs likelier = area_of(land, block)->likelier;
        block->whole = true;
        block->belief_mined = (float)hw_belief_times(mined, 1 / likelier.mined);
        block->belief_battle = (float)hw_belief_times(battle, 1 / likelier.battle);
    }
}

void hw_pipeline_take_way(hw_land *land, uint32_t block, double now) {
    land->ground.items[block].attempt++;
    hw_stage way = hw_ways_next(land, block).stage;
    if (way == HW_STAGE_REPORT) {
        hw_pipeline_cancel(land, block, now);
    } else if (way == HW_STAGE_CLEAR_ANY) {
        static const double none[HW_TASK_DRAWS]; /* all of it becomes parcels: nothing is left to be drawn */
        hw_task task = {.work = block, .draw = none};
        hw_pipeline_clear_all(land, &task, now);
    } else {
        hw_pipeline_send(land, block, way);
    }
}

uint32_t hw_pipeline_take_all(hw_land *land, hw_area *area, hw_stage stage) {
    uint32_t head = area->ready[stage].head;
    area->ready[stage] = (hw_ready){HW_NOTHING, HW_NOTHING};
    area->ready_parts[stage] = 0;
    if (area->accessible && head != HW_NOTHING) {
        hw_bitset_remove(&land->districts[area->district].ready[stage], area->rank);
    }
    return head;
}

void hw_pipeline_give_back(hw_land *land, hw_area *area, hw_stage stage, hw_ready list) {
    assert(area->ready[stage].head == HW_NOTHING); /* what was sent is still on its way */
    area->ready[stage] = list;
    for (uint32_t i = list.head; i != HW_NOTHING; i = land->ground.items[i].next) {
        area->ready_parts[stage] += (int64_t)land->ground.items[i].area_m2 * land->ground.items[i].left;
    }
    if (area->accessible && list.head != HW_NOTHING) {
        hw_bitset_add(&land->districts[area->district].ready[stage], area->rank);
    }
}

void hw_pipeline_take_out(hw_land *land, uint32_t index, uint32_t before) {
    const hw_item *item = &land->ground.items[index];
    hw_area *area = area_of(land, item);
    hw_ready *ready = &area->ready[item->stage];
    assert(item->left > 0 && item->hands == 0);
    assert(before == HW_NOTHING ? ready->head == index : land->ground.items[before].next == index);
    *(before == HW_NOTHING ? &ready->head : &land->ground.items[before].next) = item->next;
    if (ready->tail == index) {
        ready->tail = before;
    }
    area->ready_parts[item->stage] -= (int64_t)item->area_m2 * item->left;
    if (area->accessible && ready->head == HW_NOTHING) {
        hw_bitset_remove(&land->districts[area->district].ready[item->stage], area->rank);
    }
}

/* From the area of a rank that has ready items; HW_BITSET_NONE: from none. */
static inline uint32_t first_of(const hw_land *land, const hw_district_state *d, hw_stage stage,
                                uint32_t rank) {
    if (rank == HW_BITSET_NONE) {
        return HW_NOTHING;
    }
    assert(rank < d->area_count);
    uint32_t index = land->ground.areas[d->by_rank[rank]].ready[stage].head;
    assert(index != HW_NOTHING && land->ground.items[index].stage == stage);
    return index;
}

uint32_t hw_pipeline_best(const hw_land *land, uint32_t district, hw_stage stage) {
    assert(district < land->district_count && stage < HW_STAGES);
    const hw_district_state *d = &land->districts[district];
    return first_of(land, d, stage, hw_bitset_first(&d->ready[stage]));
}

uint32_t hw_pipeline_best_on(const hw_land *land, uint32_t district, hw_stage stage,
                             const hw_operator_numbers *operator_) {
    assert(district < land->district_count && stage < HW_STAGES);
    assert(operator_->choosy);
    const hw_district_state *d = &land->districts[district];
    uint32_t rank = hw_bitset_first(&d->ready[stage]);
    while (rank != HW_BITSET_NONE &&
           !hw_operator_works_on(operator_, land->ground.areas[d->by_rank[rank]].setting)) {
        rank = hw_bitset_next(&d->ready[stage], rank + 1);
    }
    return first_of(land, d, stage, rank);
}

void hw_pipeline_take(hw_land *land, uint32_t index, uint32_t parts) {
    hw_item *item = &land->ground.items[index];
    hw_area *area = area_of(land, item);
    hw_ready *ready = &area->ready[item->stage];
    assert(ready->head == index && parts > 0 && parts <= item->left);
    item->left -= parts;
    item->hands++;
    area->hands[item->stage]++;
    area->ready_parts[item->stage] -= (int64_t)item->area_m2 * parts;
    if (item->left > 0) {
        return;
    }
    ready->head = item->next;
    if (ready->head == HW_NOTHING) {
        hw_bitset_remove(&land->districts[area->district].ready[item->stage], area->rank);
    } else {
        /* Somebody takes it soon, and ground is too much for the near caches. */
        __builtin_prefetch(&land->ground.items[ready->head]);
    }
}

bool hw_pipeline_finish(hw_land *land, uint32_t index) {
    hw_item *item = &land->ground.items[index];
    assert(item->hands > 0 && item->stage < HW_STAGES);
    area_of(land, item)->hands[item->stage]--;
    return --item->hands == 0 && item->left == 0;
}

void hw_pipeline_hand_back(hw_land *land, uint32_t index, uint32_t parts) {
    hw_item *item = &land->ground.items[index];
    hw_area *area = area_of(land, item);
    hw_district_state *d = &land->districts[area->district];
    hw_ready *ready = &area->ready[item->stage];
    assert(item->hands > 0 && parts > 0 && item->left + parts <= HW_WHOLE && item->stage < HW_STAGES);
    if (item->left == 0) {
        if (ready->head == HW_NOTHING) {
            ready->tail = index;
            if (area->accessible) {
                hw_bitset_add(&d->ready[item->stage], area->rank);
            }
        }
        item->next = ready->head; /* what has been begun is finished first */
        ready->head = index;
    }
    item->hands--;
    area->hands[item->stage]--;
    item->left += parts;
    area->ready_parts[item->stage] += (int64_t)item->area_m2 * parts;
    d->handed_back = true;
}

void hw_pipeline_rank(hw_land *land, uint32_t district) {
    hw_district_state *d = &land->districts[district];
    assert(d->sent.head == HW_NOTHING && d->calls == 0); /* nothing is on its way between days */
    for (int stage = 0; stage < HW_STAGES; stage++) {
        hw_bitset_empty(&d->ready[stage]);
    }
    for (uint32_t rank = 0; rank < d->area_count; rank++) {
        const hw_area *area = &land->ground.areas[d->by_rank[rank]];
        assert(area->rank == rank && area->district == district);
        bool open = area->accessible && area->open_items > 0;
        for (int stage = 0; stage < HW_STAGES && open; stage++) {
            if (area->ready[stage].head != HW_NOTHING) {
                hw_bitset_add(&d->ready[stage], rank);
            }
        }
    }
}

void hw_pipeline_cleared(hw_land *land, hw_task *task, hw_ledger ledger, double now) {
    assert(ledger == HW_LEDGER_MINE_CLEARED || ledger == HW_LEDGER_BATTLE_CLEARED);
    assert((ledger == HW_LEDGER_BATTLE_CLEARED) == (land->ground.items[task->work].stage == HW_STAGE_BATTLE));
    hw_item *item = &land->ground.items[task->work];
    hw_pipeline_leave(land, task->work);
    item->redo = 0;
    if (ledger == HW_LEDGER_BATTLE_CLEARED) {
        item->flags |= HW_ITEM_WAS_BATTLE;
    } else {
        item->flags &= (uint8_t)~HW_ITEM_WAS_BATTLE;
    }
    double sampled = hw_quality_sampled(land, hw_item_area(land, item)->district);
    assert(sampled >= 0);
    if (hw_task_spend(task, HW_TASK_SAMPLE) < sampled) {
        hw_pipeline_send(land, task->work, HW_STAGE_CHECK);
    } else {
        hw_pipeline_report(land, task->work, hw_task_spend(task, HW_TASK_REPORT), now);
    }
}

void hw_pipeline_believe(hw_land *land, uint32_t index, double mined, double battle) {
    assert(index < land->ground.item_count);
    assert(mined >= 0 && mined <= 1 && battle >= 0 && battle <= 1);
    hw_item *item = &land->ground.items[index];
    hw_area *area = area_of(land, item);
    double before = belief_weight(item);
    item->belief_mined = (float)mined;
    item->belief_battle = (float)battle;
    area->belief_m2 += belief_weight(item) - before;
    if (item->stage == HW_STAGE_SURVEY) {
        area->prior_m2 += belief_weight(item) - before;
    }
}

/* One more or one fewer open piece of ground in an area; places and the district notice the first and the
 * last. */
static void open_one(hw_land *land, uint32_t area_index) {
    hw_area *area = &land->ground.areas[area_index];
    land->districts[area->district].open_items++;
    if (area->open_items++ == 0) {
        for (uint32_t i = land->ground.area_place_first[area_index];
             i < land->ground.area_place_first[area_index + 1]; i++) {
            land->places[land->ground.area_places[i]].missing_areas++;
        }
    }
}

static void close_one(hw_land *land, uint32_t area_index, double now) {
    hw_area *area = &land->ground.areas[area_index];
    hw_district_state *d = &land->districts[area->district];
    assert(area->open_items > 0 && d->open_items >= area->open_items);
    if (--d->open_items == 0 && isnan(d->completion_day)) {
        d->completion_day = now;
    }
    if (--area->open_items > 0) {
        return;
    }
    for (uint32_t i = land->ground.area_place_first[area_index];
         i < land->ground.area_place_first[area_index + 1]; i++) {
        hw_place_state *place = &land->places[land->ground.area_places[i]];
        assert(place->missing_areas > 0);
        if (--place->missing_areas == 0 && isnan(place->release_day)) {
            place->release_day = now;
            place->step[HW_STEP_RELEASED] = now;
        }
    }
}

/* Ground whose use is planned is released, or taken back. */
static void count_planned(hw_land *land, uint32_t area_index, int64_t m2) {
    for (uint32_t i = land->ground.area_place_first[area_index];
         i < land->ground.area_place_first[area_index + 1]; i++) {
        if (land->places[land->ground.area_places[i]].planned_people > 0) {
            land->districts[land->ground.areas[area_index].district].planned_released_m2 += m2;
            return;
        }
    }
}

void hw_pipeline_release(hw_land *land, uint32_t index, double now) {
    hw_item *item = &land->ground.items[index];
    uint32_t area_index = item->area;
    hw_area *area = &land->ground.areas[area_index];
    uint32_t hazard = HW_ITEM(land->scenario->settings, hw_terrain, area->setting)->hazard;
    int64_t *ledger = land->districts[area->district].ledger_m2[hazard];
    assert(item->stage == HW_STAGE_REPORT);
    assert(ledger[HW_LEDGER_REMAINING] >= item->area_m2 && area->reporting_m2 >= item->area_m2);
    ledger[HW_LEDGER_REMAINING] -= item->area_m2;
    ledger[ledger_of(item)] += item->area_m2;
    count_planned(land, area_index, item->area_m2);
    area->reporting_m2 -= item->area_m2;
    area->belief_m2 -= belief_weight(item);
    item->stage = HW_STAGE_RELEASED;
    close_one(land, area_index, now);
}

void hw_pipeline_discover(hw_land *land, uint32_t block) {
    hw_item *item = &land->ground.items[block];
    uint32_t area_index = item->area;
    hw_area *area = &land->ground.areas[area_index];
    uint32_t hazard = HW_ITEM(land->scenario->settings, hw_terrain, area->setting)->hazard;
    hw_district_state *d = &land->districts[area->district];
    assert(item->stage == HW_STAGE_HIDDEN && block < area->first_hidden + area->hidden_count);
    d->new_m2[hazard] += item->area_m2;
    d->ledger_m2[hazard][HW_LEDGER_REMAINING] += item->area_m2;
    area->belief_m2 += belief_weight(item);
    open_one(land, area_index);
    hw_pipeline_send(land, block, HW_STAGE_SURVEY);
}

void hw_pipeline_discover_next(hw_land *land, uint32_t area_index) {
    assert(area_index < land->ground.area_count);
    hw_area *area = &land->ground.areas[area_index];
    while (area->hidden_found < area->hidden_count) {
        uint32_t block = area->first_hidden + area->hidden_found++;
        if (land->ground.items[block].stage == HW_STAGE_HIDDEN) { /* else an accident has shown it */
            hw_pipeline_discover(land, block);
            return;
        }
    }
}

void hw_pipeline_reopen(hw_land *land, uint32_t index, uint32_t found_type) {
    hw_item *item = &land->ground.items[index];
    uint32_t area_index = item->area;
    hw_area *area = &land->ground.areas[area_index];
    uint32_t hazard = HW_ITEM(land->scenario->settings, hw_terrain, area->setting)->hazard;
    int64_t *ledger = land->districts[area->district].ledger_m2[hazard];
    assert(item->stage == HW_STAGE_RELEASED && found_type < HW_ITEM_TYPES);
    assert(ledger[ledger_of(item)] >= item->area_m2);
    ledger[ledger_of(item)] -= item->area_m2;
    ledger[HW_LEDGER_REMAINING] += item->area_m2;
    count_planned(land, area_index, -(int64_t)item->area_m2);
    hw_ground_search_again(land, index);
    item->flags &= (uint8_t) ~(HW_ITEM_CANCELLED | HW_ITEM_REDUCED | HW_ITEM_WAS_BATTLE);
    *(found_type == HW_ITEM_ERW ? &item->belief_battle : &item->belief_mined) = 1;
    area->belief_m2 += belief_weight(item);
    open_one(land, area_index);
    /* A mine in a block asks where its pattern runs; in a parcel the pattern is known to be. */
    hw_stage mined = item->part == 0 ? HW_STAGE_TECHNICAL : HW_STAGE_CLEAR_MANUAL;
    hw_pipeline_send(land, index, found_type == HW_ITEM_ERW ? HW_STAGE_BATTLE : mined);
}

static hw_stage first_clearance_stage(const hw_item *parcel) {
    if (!(parcel->flags & HW_ITEM_STEEP)) {
        return HW_STAGE_PREPARE;
    }
    return parcel->flags & HW_ITEM_NO_DOGS ? HW_STAGE_CLEAR_MANUAL : HW_STAGE_CLEAR_ANY;
}

/* The parcels of a block stand one after the other. */
uint32_t hw_parcels_end(const hw_land *land, uint32_t block) {
    const hw_item *items = land->ground.items;
    const hw_district_state *d = &land->districts[hw_item_area(land, &items[block])->district];
    uint32_t end = items[block].parcels;
    while (end != 0 && end < d->next_parcel && items[end].block == block) {
        end++;
    }
    return end;
}

/* Room for so many parcels, or fewer when the district has no more: that of the block's former ones, if it
 * was joined again. */
static uint32_t room_for_parcels(hw_land *land, uint32_t block, uint32_t *count) {
    const hw_item *items = land->ground.items;
    hw_district_state *d = &land->districts[hw_item_area(land, &items[block])->district];
    uint32_t former = items[block].parcels;
    if (former != 0 && items[former].stage == HW_STAGE_SPLIT) {
        uint32_t there = hw_parcels_end(land, block) - former;
        *count = *count > there ? there : *count;
        return former;
    }
    assert(d->next_parcel <= d->end_item);
    uint32_t room = d->end_item - d->next_parcel, first = d->next_parcel;
    *count = *count > room ? room : *count;
    d->next_parcel += *count;
    return first;
}

void hw_pipeline_join(hw_land *land, uint32_t block, double now) {
    hw_item *whole = &land->ground.items[block];
    hw_area *area = area_of(land, whole);
    assert(whole->whole && whole->stage == HW_STAGE_SPLIT && whole->area_m2 == 0);
    open_one(land, whole->area); /* before its parcels are closed, lest the place seem released */
    for (uint32_t i = whole->parcels, end = hw_parcels_end(land, block); i < end; i++) {
        hw_item *parcel = &land->ground.items[i];
        if (parcel->stage != HW_STAGE_SPLIT) {
            area->belief_m2 -= belief_weight(parcel);
            hw_ground_uncut(land, i);
            parcel->stage = HW_STAGE_SPLIT;
            close_one(land, whole->area, now);
        }
    }
    area->belief_m2 += belief_weight(whole);
    whole->stage = HW_STAGE_REPORT; /* in no list */
    whole->whole = false;
}

void hw_pipeline_split(hw_land *land, hw_task *task, uint32_t confirmed_m2, double now) {
    uint32_t block = task->work;
    hw_item *from = &land->ground.items[block];
    uint32_t area_index = from->area;
    hw_area *area = &land->ground.areas[area_index];
    double parcel_m2 = hw_in_force(land, land->scenario->layout.parcel);
    assert(from->part == 0 && confirmed_m2 > 0 && confirmed_m2 <= from->area_m2);
    assert(parcel_m2 > 0);
    uint32_t count = (uint32_t)ceil(confirmed_m2 / parcel_m2);
    count = count > land->ground.parcels_most ? land->ground.parcels_most : count;
    uint32_t first = room_for_parcels(land, block, &count);
    if (count == 0) {
        /* Blocks that were re-opened and split again have used up the district's room for parcels. */
        hw_pipeline_send(land, block, HW_STAGE_CLEAR_ANY);
        return;
    }
    from->whole = false;

    area->belief_m2 -= belief_weight(from);
    uint32_t given_m2 = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t upto_m2 = (uint32_t)((uint64_t)confirmed_m2 * (i + 1) / count);
        land->ground.items[first + i] = (hw_item){
            .area_m2 = upto_m2 - given_m2,
            .area = area_index,
            .block = block,
            .belief_mined = 1,
            .belief_battle = from->belief_battle,
            .flags = HW_ITEM_DRAWN,
            .part = from->attempt * land->ground.parcels_most + i + 1,
        };
        given_m2 = upto_m2;
        area->belief_m2 += belief_weight(&land->ground.items[first + i]);
    }
    assert(given_m2 == confirmed_m2);
    from->parcels = first;
    hw_ground_cut(land, block, first, count);
    for (uint32_t i = 0; i < count; i++) {
        open_one(land, area_index);
        hw_pipeline_send(land, first + i, first_clearance_stage(&land->ground.items[first + i]));
    }
    from->area_m2 -= confirmed_m2;
    from->belief_mined = 0;
    if (from->area_m2 > 0) {
        from->flags |= HW_ITEM_REDUCED;
        hw_pipeline_report(land, block, hw_task_spend(task, HW_TASK_REPORT), now);
    } else {
        from->stage = HW_STAGE_SPLIT;
        close_one(land, area_index, now);
    }
}
