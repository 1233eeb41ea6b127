/* Teams: from order through training and accreditation to work, breakdown, standing down and the end of
 * service.
 *
 * A task is one event: the work it needs is mapped to an end date through the district's working-time table.
 */
#ifndef HW_MODELS_TEAMS_H
#define HW_MODELS_TEAMS_H

#include "models/land.h"

/* All teams of all orders, at the start of a replication. */
void hw_teams_begin(hw_land *land);

/* Books the days since the team's last change under its present use, and changes it. */
void hw_team_use(hw_land *land, uint32_t team, hw_use use, double now);

/* An idle, paid team takes the best work of its district and starts, or stays idle. */
void hw_team_start(hw_land *land, uint32_t team, double now);

/* Event of a team: task done, breakdown, repaired, arrived, trained. Stale events (another sequence) are
 * ignored. */
void hw_team_event(hw_land *land, uint32_t team, uint32_t sequence, double now);

/* No money: puts the task down with what is done of it. And takes it up again. */
void hw_team_stand_down(hw_land *land, uint32_t team, double now);
void hw_team_call_up(hw_land *land, uint32_t team, double now);

/* Before the working time of a district changes, and after: its teams' work is counted up to now, and goes on
 * by the new table. Planning days only. */
void hw_teams_pause(hw_land *land, uint32_t district, double now);
void hw_teams_resume(hw_land *land, uint32_t district, double now);

/* Posts an idle team to a district, where it arrives after its moving time. */
void hw_team_post(hw_land *land, uint32_t team, uint32_t district, double now);

/* Leaves service: what it has in hand waits for another team, from its beginning. */
void hw_team_retire(hw_land *land, uint32_t team, double now);

/* Is lent abroad, and comes back without a posting. Planning days only. */
void hw_team_send_away(hw_land *land, uint32_t team, double now);
void hw_team_come_home(hw_land *land, uint32_t team, double now);

/* In the list of idle teams of its district or not. */
void hw_team_set_idle(hw_land *land, uint32_t team, double now);
void hw_team_leave_idle(hw_land *land, uint32_t team);

/* Has been trained and equipped, and is not abroad: may be called on planning days only. */
static inline bool hw_team_in_service(const hw_team *team) {
    const uint32_t out =
        1U << HW_TEAM_ORDERED | 1U << HW_TEAM_TRAINING | 1U << HW_TEAM_AWAY | 1U << HW_TEAM_GONE;
    return !(out >> team->state & 1);
}

#endif
