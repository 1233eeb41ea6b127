/* Money for districts or a place alone. Who is bound by it works there: teams of the operators that it names,
 * and teams that are hired for it; so many of them as it pays and as could be at work there now, before the
 * ranking shares out all others. It takes no other team from work that the ranking puts first. A team that
 * nobody pays where it is goes where such money pays it.
 *
 * Reviews of capacity count on it only for the work of its districts: for the teams that are bound or there,
 * and for new ones, whom it pays as a whole. */
#ifndef HW_MODELS_EARMARKS_H
#define HW_MODELS_EARMARKS_H

#include "models/kinds.h"
#include "models/scenario.h"
#include "models/teams.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Arrays by earmark (a stream with such a string), then by method, then by district. */
typedef struct hw_earmarks {
    uint32_t count;
    uint32_t *streams; /* by earmark */
    uint32_t *could;   /* teams that could be at work today */
    uint32_t *wanted;  /* of them, those that this month's money is for, as far as there are teams */
    uint32_t *there;   /* of those, how many are there */
    bool *held;        /* by team of the method in hand: it stays in its district */
    /* By earmark and method, in a review: team-days of work, and of teams that will do it; and of both, what
     * is not paid for yet. */
    double *work, *present, *work_left, *present_left;
} hw_earmarks;

/* How many of a scenario's streams are for districts or a place alone. */
uint32_t hw_earmarks_of(const hw_scenario *scenario);

/* When the world is laid out: which streams they are. */
void hw_earmarks_lay_out(hw_land *land);

/* A planning day, after ranking: what is wanted until the next one. */
void hw_earmarks_plan(hw_land *land, double now, double next);

/* Posts a team that nobody pays where it is to a district whose money pays it with its move; false: none. */
bool hw_earmarks_send(hw_land *land, uint32_t index, double now);

/* Before the teams of a method are posted: those that are bound stay in their districts, or go there, as far
 * as they are wanted. Adds them to the planner's targets and takes them from `teams`. */
void hw_earmarks_keep(hw_land *land, uint32_t method, uint32_t *teams, double now);

/* Whether a team of the method in hand has to stay where it is. */
bool hw_earmarks_hold(const hw_land *land, uint32_t index);

/* A district in which a team that is not here yet is to work; HW_NOTHING: where the ranking sends it. Its
 * equipment and training may be paid out of that district's money. */
uint32_t hw_earmarks_district_of(const hw_land *land, const hw_team *team);

/* Opens a review, which looks ahead so many days. */
void hw_earmarks_look(hw_land *land, double look_ahead);

/* All work and all teams are unpaid again. */
void hw_earmarks_unbind(hw_land *land);

/* USD that a stream may pay for teams of a kind that there are; infinite for a stream that pays everywhere.
 */
double hw_earmarks_room(const hw_land *land, uint32_t stream, uint32_t kind);

/* So much is paid to them. */
void hw_earmarks_bind(hw_land *land, uint32_t stream, uint32_t kind, double usd);

/* An earmark that can pay a new team of a kind as a whole, out of growth.free; HW_NOTHING: none. */
uint32_t hw_earmarks_for_new(const hw_land *land, uint32_t kind, double usd);

/* It does, and the team is bound by it. */
void hw_earmarks_hire(hw_land *land, uint32_t earmark, uint32_t index, double usd);

#endif
