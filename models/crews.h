/* Crews of firms: teams without wages. They come when a contract is signed, take on as much ground as is
 * signed for, and what they have delivered is accepted, or sent back. */
#ifndef HW_MODELS_CREWS_H
#define HW_MODELS_CREWS_H

#include "models/land.h"

/* ---- planning days ---- */

/* As many crews as the firm's contracts need stay, and share what they may take on among them. */
void hw_crews_plan(hw_land *land, uint32_t firm, double now, double next);

/* Ground that is signed for, and that nobody has begun. */
int64_t hw_crews_open_m2(const hw_land *land, uint32_t firm, uint32_t job);

/* Crews come for what has been signed today. Those that are not there are as if they did not exist until
 * `next`. */
void hw_crews_mobilise(hw_land *land, double now, double next);

/* ---- at work ---- */

/* Whether a crew may take on more ground. */
bool hw_crew_may_start(const hw_land *land, uint32_t team);

/* A crew takes on so many parts of an item, or fewer; returns how many. */
uint32_t hw_crew_take(hw_land *land, uint32_t team, uint32_t item, uint32_t parts);

/* A crew has done its share of an item; or the given share of it, and lets go of the rest. */
void hw_crew_deliver(hw_land *land, uint32_t team, uint32_t item, double share);

/* The work of a stage on an item is over: what firms have delivered there is accepted, unless it waits for
 * the quality check; and so is what has passed it. */
void hw_crews_after_task(hw_land *land, uint32_t index, hw_stage stage);

/* Planners call off the work of a stage: what has been done of it is accepted. */
void hw_crews_accept(hw_land *land, uint32_t item, hw_stage stage);

/* The quality check sends a part of an item back: whoever does it again has done it. */
void hw_crews_reject(hw_land *land, uint32_t index);

#endif
