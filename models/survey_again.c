/* Which ground is surveyed again, and when. */
#include "models/survey_again.h"
#include "models/belief.h"
#include "models/crews.h"
#include "models/land.h"
#include "models/pipeline.h"
#include "sim/length.h"
#include <assert.h>
#include <math.h>

/* Where surveyed ground waits, for work that nobody has begun. */
static const hw_stage waits_for[] = {HW_STAGE_TECHNICAL, HW_STAGE_BATTLE, HW_STAGE_PREPARE,
                                     HW_STAGE_CLEAR_ANY, HW_STAGE_CLEAR_MANUAL};

/* More surveys of one block are in vain. */
enum { MOST_SURVEYS = 100 };

static bool anybody_surveys(const hw_land *land) {
    uint32_t surveyors = land->force.serving[HW_STAGE_SURVEY];
    for (uint32_t i = 0; i < land->force.present_count; i++) {
        const hw_team *team = &land->force.teams[land->force.present[i]];
        if (surveyors >> team->method & 1 && hw_team_in_service(team)) {
            return true;
        }
    }
    for (uint32_t f = 0; f < land->contracts.firm_count; f++) {
        if (hw_firm_does(land->scenario, f, HW_JOB_SURVEY)) {
            return true;
        }
    }
    return false;
}

static bool is_untouched(const hw_item *item) {
    return item->hands == 0 && item->left == HW_WHOLE && item->redo == 0 && !item->listed &&
           !(item->flags & HW_ITEM_PREPARED);
}

/* A parcel of a block that has been cleared in part is no ground for survey, nor are the others then. */
static bool are_parcels_untouched(const hw_land *land, uint32_t block) {
    const hw_item *items = land->ground.items;
    bool untouched = items[block].whole;
    for (uint32_t i = items[block].parcels, end = hw_parcels_end(land, block); i < end && untouched; i++) {
        bool waits = items[i].stage >= HW_STAGE_PREPARE && items[i].stage <= HW_STAGE_CLEAR_MANUAL;
        untouched =
            items[i].stage == HW_STAGE_SPLIT || (waits && items[i].attempt == 0 && is_untouched(&items[i]));
    }
    return untouched;
}

static double day_of_month(const hw_land *land, uint32_t month) {
    return month > 0 ? land->calendar.month_ends[month - 1] : 0;
}

/* Survey has nothing to add where a find, an accident or a right map has shown what lies there. */
static bool may_be_surveyed(const hw_land *land, uint32_t block, double now) {
    const hw_item *item = &land->ground.items[block];
    if (now - day_of_month(land, item->surveyed) < land->ground.survey_again_after || item->attempt == 0 ||
        item->attempt > MOST_SURVEYS || item->shown || item->belief_mined >= 1 || item->belief_battle >= 1 ||
        hw_ground_is_mapped(land, block)) {
        return false;
    }
    if (item->stage == HW_STAGE_TECHNICAL || item->stage == HW_STAGE_BATTLE) {
        return is_untouched(item);
    }
    return item->stage == HW_STAGE_SPLIT && are_parcels_untouched(land, block);
}

/* Counts what stands in a block that is due, by the stage for which it waits. */
static void count_pieces(const hw_land *land, uint32_t block, uint32_t pieces[HW_STAGES]) {
    const hw_item *items = land->ground.items;
    if (items[block].stage != HW_STAGE_SPLIT) {
        pieces[items[block].stage]++;
        return;
    }
    for (uint32_t i = items[block].parcels, end = hw_parcels_end(land, block); i < end; i++) {
        if (items[i].stage != HW_STAGE_SPLIT) {
            pieces[items[i].stage]++;
        }
    }
}

/* Takes so many pieces, those that stand in blocks that are due, out of their list. Others may be many, and
 * those behind the last of these are not looked at. */
static void withdraw(hw_land *land, hw_area *area, hw_stage stage, uint32_t pieces) {
    uint32_t next = area->ready[stage].head, before = HW_NOTHING;
    while (pieces > 0) {
        uint32_t i = next;
        assert(i != HW_NOTHING);
        next = land->ground.items[i].next;
        if (!land->ground.items[land->ground.items[i].block].due) {
            before = i;
            continue;
        }
        pieces--;
        hw_pipeline_take_out(land, i, before);
        hw_pipeline_leave(land, i);
        hw_crews_accept(land, i, stage);
    }
}

static void send_to_survey(hw_land *land, const hw_area *area, uint32_t block, double now) {
    hw_item *item = &land->ground.items[block];
    item->due = false;
    if (item->stage == HW_STAGE_SPLIT) {
        hw_pipeline_join(land, block, now);
    } else { /* while it waits, belief in it is as if nothing were learnt from like ground: hw_belief_of */
        item->stage = HW_STAGE_REPORT;
        hw_pipeline_believe(land, block,
                            hw_belief_times((double)item->belief_mined, 1 / area->reviewed.mined),
                            hw_belief_times((double)item->belief_battle, 1 / area->reviewed.battle));
    }
    hw_pipeline_send(land, block, HW_STAGE_SURVEY);
}

/* Blocks that fall to these days when a round of them takes so long. */
static uint32_t share_of(double blocks, double now, double next, double round) {
    return (uint32_t)(floor(next / round * blocks) - floor(now / round * blocks));
}

/* A round goes over the blocks of an area in their order, no more than an even share of them each month, so
 * that clearance keeps the rest. */
static void go_on(hw_land *land, hw_area *area, double now, double next) {
    enum { LOOKS = 4 }; /* at blocks for each that may go */
    uint32_t blocks = area->first_hidden + area->hidden_count - area->first_block;
    uint32_t share = share_of(blocks, now, next, land->ground.survey_again_after), due = 0;
    uint32_t looks = share < blocks / LOOKS ? LOOKS * share : blocks, first = area->next_again;
    uint32_t pieces[HW_STAGES] = {0};
    for (uint32_t k = 0; k < looks && due < share; k++) {
        uint32_t block = area->first_block + area->next_again;
        if (may_be_surveyed(land, block, now)) {
            land->ground.items[block].due = true;
            count_pieces(land, block, pieces);
            due++;
        }
        area->next_again = (area->next_again + 1) % blocks;
    }
    if (due == 0) {
        return;
    }
    for (size_t k = 0; k < HW_LENGTH(waits_for); k++) {
        withdraw(land, area, waits_for[k], pieces[waits_for[k]]);
    }
    for (uint32_t k = 0; k < looks; k++) {
        uint32_t block = area->first_block + (first + k) % blocks;
        if (land->ground.items[block].due) {
            send_to_survey(land, area, block, now);
        }
    }
}

/* First comes ground that was never surveyed: no round goes on while more waits for survey, anywhere, than
 * falls to these days. */
static bool keeps_up(const hw_land *land, double now, double next) {
    double waits_m2 = 0, open_m2 = 0;
    for (uint32_t a = 0; a < land->ground.area_count; a++) {
        const hw_area *area = &land->ground.areas[a];
        if (area->accessible) {
            waits_m2 += (double)area->open_m2[HW_STAGE_SURVEY];
            open_m2 += area->start_m2;
        }
    }
    return waits_m2 <= open_m2 * (next - now) / land->ground.survey_again_after;
}

void hw_survey_again_plan(hw_land *land, double now, double next) {
    if (!(land->ground.survey_again_after > 0) || !anybody_surveys(land) || !keeps_up(land, now, next)) {
        return;
    }
    for (uint32_t a = 0; a < land->ground.area_count; a++) {
        hw_area *area = &land->ground.areas[a];
        if (area->accessible && area->open_items > 0) {
            go_on(land, area, now, next);
        }
    }
    for (uint32_t d = 0; d < land->district_count; d++) {
        if (land->districts[d].sent.head != HW_NOTHING) {
            hw_teams_wake(land, d, now);
        }
    }
}
