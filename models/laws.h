/* Laws that hold in every run: area, money, items and team-days are conserved. */
#ifndef HW_MODELS_LAWS_H
#define HW_MODELS_LAWS_H

#include "models/kinds.h"

/* Checks all laws on the state at `now`; the first that does not hold is described in land->failure and
 * land->failed set. */
void hw_laws_check(hw_land *land, double now);

/* After posting: no team stands idle beside ready work that it may do, in its district, or elsewhere when its
 * move can be paid and the work is worth it and more than those on their way will take. */
void hw_laws_check_idle(hw_land *land, double now);

/* Begins the reason of a replication that would need more than there is room for: no law is broken then. */
#define HW_GIVEN_UP "given up: "

/* Says that the replication cannot be believed, and why. The first to say so is heard; the replication is
 * then counted as failed and shown with its reason. */
void hw_laws_broken(hw_land *land, double now, const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
