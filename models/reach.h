/* What a scenario can never release, or hardly ever, and why: the chain from a place to its ground, to the
 * stage at which the ground stays, to the teams and the money that are not there.
 *
 * "Never" is certain, whatever is drawn. "Hardly ever" means that ground which planners expect to come to a
 * stage stays there: only a replication in which none of it does is luckier. */
#ifndef HW_MODELS_REACH_H
#define HW_MODELS_REACH_H

#include "models/scenario.h"

typedef enum hw_reach { HW_REACH_FINE, HW_REACH_HARDLY, HW_REACH_NEVER } hw_reach;

/* What is said of one hazard area; `why` is a phrase that goes on from its name, when it is not fine. */
enum { HW_REACH_CHAIN = 700 };
hw_reach hw_reach_of_area(const hw_scenario *scenario, uint32_t area, char why[HW_REACH_CHAIN]);

/* Adds a warning for each place, and for each hazard area of no place, that is not fine; and for places of
 * which no house can be built. */
void hw_reach_check(const hw_scenario *scenario, hw_where_function where, const void *context,
                    hw_errors *warnings);

#endif
