/* The land release pipeline: ground moves from stage to stage, waits in ready lists, and ends in one of five
 * ledgers. `index` is that of an item: a polygon, a block or a parcel.
 *
 * IMAS 07.11: suspected -> survey -> cancelled | technical survey -> reduced | clearance -> check -> report
 * -> released. */
#ifndef HW_MODELS_PIPELINE_H
#define HW_MODELS_PIPELINE_H

#include "models/draws.h"
#include "models/ground.h"
#include "models/kinds.h"
#include "models/teams.h"
#include <stdbool.h>

/* Sends known ground that is in no list to a stage. It is on its way until it is admitted to its ready list:
 * one piece after the other, so that each can wake a team before the next one comes (hw_teams_wake). */
void hw_pipeline_send(hw_land *land, uint32_t index, hw_stage stage);

/* Admits the ground of a district that was sent first; there must be some. Returns the item. */
uint32_t hw_pipeline_admit(hw_land *land, uint32_t district);

/* Ground that a task has cleared is booked under `ledger` and goes to the external quality check when it is
 * sampled, to its report otherwise. */
void hw_pipeline_cleared(hw_land *land, hw_task *task, hw_ledger ledger, double now);

/* Work on the ground is over: its completion report takes a time that follows from `uniform`. */
void hw_pipeline_report(hw_land *land, uint32_t index, double uniform, double now);

/* Cancels ground that has left its stage: what is in it stays behind, and its report is written. */
void hw_pipeline_cancel(hw_land *land, uint32_t index, double now);

/* Clears a block as a whole: all of it becomes clearance parcels. */
void hw_pipeline_clear_all(hw_land *land, hw_task *task, double now);

/* A block that went into parcels as a whole (hw_item.whole) is one piece again. Nobody has begun on the
 * parcels, and they have left their lists; the block is in none. */
void hw_pipeline_join(hw_land *land, uint32_t block, double now);

/* One past the last of a block's parcels, which stand one after the other from hw_item.parcels on; 0: it has
 * none.
 */
uint32_t hw_parcels_end(const hw_land *land, uint32_t block);

/* Ground that has left survey goes the way that planners choose for it: it is cancelled, searched, surveyed
 * technically, or cleared as a whole. */
void hw_pipeline_take_way(hw_land *land, uint32_t block, double now);

/* Planning days only: takes the ready list of a stage from an area, first to last by hw_item.next; what is to
 * stay is appended to a new list and given back. */
uint32_t hw_pipeline_take_all(hw_land *land, hw_area *area, hw_stage stage);
void hw_pipeline_append(hw_land *land, hw_ready *list, uint32_t index);
void hw_pipeline_give_back(hw_land *land, hw_area *area, hw_stage stage, hw_ready list);

/* Planning days only: takes one piece that nobody is at work on out of its ready list, in which it follows
 * `before` (HW_NOTHING: it is the first). */
void hw_pipeline_take_out(hw_land *land, uint32_t index, uint32_t before);

/* Takes ground out of the stage that a team has just finished. */
void hw_pipeline_leave(hw_land *land, uint32_t index);

/* The first ready item for a stage in the area of the best rank in a district; HW_NOTHING when there is none.
 */
uint32_t hw_pipeline_best(const hw_land *land, uint32_t district, hw_stage stage);

/* The same in an area of a setting that the operator works on. */
uint32_t hw_pipeline_best_on(const hw_land *land, uint32_t district, hw_stage stage,
                             const hw_operator_numbers *operator_);

/* A team takes so many parts of the work on the best item. What is left stays ready for others; when nothing
 * is, the item leaves its list (but is still counted as open in the stage). */
void hw_pipeline_take(hw_land *land, uint32_t index, uint32_t parts);

/* A team has done its share; returns whether that was the last of the item's work. */
bool hw_pipeline_finish(hw_land *land, uint32_t index);

/* A team lets go of so many parts that it has not done: they are ready again. Planning days only. */
void hw_pipeline_hand_back(hw_land *land, uint32_t index, uint32_t parts);

/* The completion report of an item is signed: books its area, and releases places and the district when it
 * was the last. */
void hw_pipeline_release(hw_land *land, uint32_t index, double now);

/* Ground that nobody suspected becomes a suspected block: adds new area. The first one of a hazard area, if
 * it hides any; or that block. */
void hw_pipeline_discover_next(hw_land *land, uint32_t area);
void hw_pipeline_discover(hw_land *land, uint32_t block);

/* Released ground goes back after an item of a type was found in it: a block to technical survey, a parcel to
 * clearance, either to a battle area search when the item is a remnant. */
void hw_pipeline_reopen(hw_land *land, uint32_t index, uint32_t found_type);

/* Splits the block of a technical survey: `confirmed_m2` goes into clearance parcels, the rest is reduced. */
void hw_pipeline_split(hw_land *land, hw_task *task, uint32_t confirmed_m2, double now);

/* Sorts the ready areas by the areas' new ranks. */
void hw_pipeline_rank(hw_land *land, uint32_t district);

/* The planners' belief in mines over an item's open ground changes. */
void hw_pipeline_believe(hw_land *land, uint32_t index, double mined, double battle);

#endif
