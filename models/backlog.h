/* The work that waits for each method, against what its teams can do. */
#ifndef HW_MODELS_BACKLOG_H
#define HW_MODELS_BACKLOG_H

#include "models/kinds.h"
#include "models/planner.h"
#include "sim/schema.h"

typedef struct hw_backlog {
    double field_share;                /* of days, over the districts: hw_backlog_field_share */
    double ground[HW_STAGES];          /* m2 that are open or expected, by stage, weighted by rank */
    double work[HW_REGISTRY_MOST];     /* field days of one team, by method */
    double capacity[HW_REGISTRY_MOST]; /* field days a day of all teams, those on order included */
    double wait[HW_REGISTRY_MOST]; /* days until its teams have done all its work; infinite: it has no team */
    double missed_by_m2[HW_STAGES]; /* items left behind, as far as what was found so far tells */
} hw_backlog;

/* Looks at the ground as it was ranked today, and at the teams, which cost so much a day. Ground further down
 * the ranking, which waits longer at that pace, counts for less. */
void hw_backlog_look(const hw_land *land, hw_backlog *backlog, double usd_a_day);

/* Shares ground out among methods that may all work on it, so that each is busy as long as the others: after
 * looking, and when the capacity has changed. */
void hw_backlog_share_out(const hw_land *land, hw_backlog *backlog);

/* Ground that a field day of a team frees of a method's stages, as they are mixed in sight: m2. */
double hw_backlog_m2_a_day(const hw_land *land, const hw_backlog *backlog, uint32_t method);

/* Items that a full team of ordinary quality leaves behind on a field day: of what is there by what was found
 * so far, what detection misses. */
double hw_backlog_missed_a_field_day(const hw_land *land, const hw_backlog *backlog, uint32_t method);

/* A piece of open ground, with what is expected to become of it: m2 by stage, whatever its rank. */
void hw_backlog_expect(const hw_land *land, const hw_open_ground *open, double ground[HW_STAGES]);

/* Field days of one team of a method in so much ground, if it does all that it can. */
double hw_backlog_days(const hw_land *land, uint32_t method, const double ground[HW_STAGES]);

/* Share of days that are field days, over the districts. */
double hw_backlog_field_share(const hw_land *land);

/* Field days a day that a full team gives. */
double hw_backlog_capacity_of(const hw_land *land, const hw_backlog *backlog, uint32_t operator_,
                              uint32_t method);

#endif
