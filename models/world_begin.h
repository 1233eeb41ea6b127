/* Laying out a world in its arena, and setting it back to the scenario's first day for a replication. */
#ifndef HW_MODELS_WORLD_BEGIN_H
#define HW_MODELS_WORLD_BEGIN_H

#include "models/kinds.h"
#include "sim/world.h"

void *hw_land_create(hw_arena *arena, const void *scenario);
void hw_land_begin(void *state, hw_rng_key key, hw_queue *queues);

#endif
