/* What no result file tells: how teams and places fare within a run. Plays worlds of a scenario and prints
 * one line a figure, its name first: idle     share of team-days in service that stand idle while work that
 * is ready somewhere waits for them waiting  months of work that wait for quality control, in the median
 * month of clearance held     share of shares of work that one team holds for over 90 field days left places
 * a world with under 10 ha left for over two years, for no want of money, access or peace usage: inside
 * SCENARIO [WORLDS] */
#include "models/method.h"
#include "models/planner.h"
#include "models/teams.h"
#include "tests/models/small_world.h"
#include <math.h>

enum { WORLDS_USUAL = 20, HELD_MOST = 90, LEFT_MONTHS = 24 };
static const double LEFT_HA = 10, FIELD_DAYS_A_MONTH = 20;

/* Of a place, the stretch of months in which little is left, and what its delay was charged to before it. */
typedef struct stretch {
    uint32_t months, at_work; /* months with somebody at work on it */
    double before[HW_CAUSES];
} stretch;

static struct seen {
    double team_days, idle_days; /* in service; of those, idle beside work */
    double shares, long_shares;
    double *months_waiting;
    size_t month_count, month_capacity;
    uint32_t left_places, slow_places;
    stretch *stretches;
} seen;

/* ---- teams ---- */

/* Team-days of work that a method could start, anywhere. */
static double ready_days(const hw_land *land, uint32_t m) {
    const hw_method *method = hw_method_list[m];
    double days = 0;
    for (uint32_t a = 0; a < land->ground.area_count; a++) {
        const hw_area *area = &land->ground.areas[a];
        for (uint32_t i = 0; i < method->stage_count && area->accessible; i++) {
            uint32_t stage = method->stages[i];
            days += (double)area->ready_parts[stage] / HW_WHOLE * land->force.methods[m].effort[stage];
        }
    }
    return days;
}

/* Right after planning nobody stands idle beside work. Whoever does on the eve of the next planning day has
 * done so for half a month in the mean, but no longer than the work would have taken. */
static void look_at_method(const hw_land *land, uint32_t m) {
    double in_service = 0, idle = 0;
    for (uint32_t k = land->force.method_teams_first[m]; k < land->force.method_teams_first[m + 1]; k++) {
        const hw_team *team = &land->force.teams[land->force.method_teams[k]];
        in_service += hw_team_in_service(team);
        idle += team->state == HW_TEAM_IDLE;
        if (team->item != HW_NOTHING) {
            seen.shares++;
            seen.long_shares += team->work_taken > HELD_MOST;
        }
    }
    seen.team_days += in_service * FIELD_DAYS_A_MONTH;
    seen.idle_days += fmin(idle * FIELD_DAYS_A_MONTH / 2, ready_days(land, m));
}

static void look_at_teams(const hw_land *land) {
    for (uint32_t m = 0; m < land->force.method_count; m++) {
        if (hw_method_list[m]->stage_count > 0 && hw_method_list[m]->take == NULL) {
            look_at_method(land, m);
        }
    }
}

/* ---- quality control ---- */

/* What waits is ready, and nobody is at work on it. */
static void look_at_checks(const hw_land *land) {
    uint32_t method = land->force.quality_method;
    double days = 0, teams = 0;
    for (uint32_t a = 0; a < land->ground.area_count; a++) {
        days += (double)land->ground.areas[a].ready_parts[HW_STAGE_CHECK] / HW_WHOLE *
                land->force.methods[method].effort[HW_STAGE_CHECK];
    }
    for (uint32_t k = land->force.method_teams_first[method]; k < land->force.method_teams_first[method + 1];
         k++) {
        teams += hw_team_in_service(&land->force.teams[land->force.method_teams[k]]);
    }
    if (teams > 0 && days > 0) {
        if (seen.month_count == seen.month_capacity) {
            seen.month_capacity = 2 * seen.month_capacity + 1000;
            seen.months_waiting =
                realloc(seen.months_waiting, seen.month_capacity * sizeof *seen.months_waiting);
        }
        seen.months_waiting[seen.month_count++] = days / (teams * FIELD_DAYS_A_MONTH);
    }
}

/* ---- places ---- */

/* What is left of a place, and how many teams are at work on it. */
typedef struct rest {
    double ha;
    uint32_t hands;
} rest;

static rest rest_of(const hw_land *land, uint32_t place) {
    rest left = {0};
    for (uint32_t a = 0; a < land->ground.area_count; a++) {
        const hw_area *area = &land->ground.areas[a];
        for (uint32_t i = land->ground.area_place_first[a]; i < land->ground.area_place_first[a + 1]; i++) {
            if (land->ground.area_places[i] == place) {
                left.ha += area->all_open_m2 / 1e4;
                for (uint32_t stage = 0; stage < HW_STAGES; stage++) {
                    left.hands += area->hands[stage];
                }
            }
        }
    }
    return left;
}

/* A stretch is excused when what it was delayed by is mostly money, access or conflict. */
static bool is_excused(const hw_place_state *place, const stretch *s) {
    double all = 0, excused = 0;
    for (uint32_t c = 0; c < HW_CAUSES; c++) {
        double days = place->delay[c] - s->before[c];
        all += days;
        excused += c == HW_CAUSE_MONEY || c == HW_CAUSE_ACCESS || c == HW_CAUSE_CONFLICT ? days : 0;
    }
    return excused > all / 2;
}

static void end_stretch(const hw_place_state *place, stretch *s) {
    bool is_long = s->months > LEFT_MONTHS && !is_excused(place, s);
    bool worked_on = 2 * s->at_work >= s->months;
    seen.left_places += is_long && !worked_on;
    seen.slow_places += is_long && worked_on;
    s->months = s->at_work = 0;
}

static void look_at_places(const hw_land *land) {
    for (uint32_t p = 0; p < land->place_count; p++) {
        const hw_place_state *place = &land->places[p];
        rest left = rest_of(land, p);
        stretch *s = &seen.stretches[p];
        if (!isnan(place->release_day) || left.ha >= LEFT_HA) {
            end_stretch(place, s);
            continue;
        }
        if (s->months++ == 0) {
            memcpy(s->before, place->delay, sizeof s->before);
        }
        s->at_work += left.hands > 0;
    }
}

/* ---- worlds ---- */

static double look_and_plan(void *state, double now, hw_queue *queues) {
    hw_land *land = state;
    if (now > 0) {
        look_at_teams(land);
        look_at_checks(land);
    }
    double next = hw_land_release.plan(state, now, queues);
    look_at_places(land);
    return next;
}

static void open_scenario(small_world *small, const char *path) {
    static hw_model model;
    model = hw_land_release;
    model.plan = look_and_plan;
    small->document = hw_document_load(path, &small->errors);
    if (small->document != NULL) {
        small_bind(small, &model);
    }
    if (!small->good) {
        fprintf(stderr, "%s", hw_errors_text(&small->errors));
        exit(2);
    }
}

int main(int argc, char **argv) {
    if (argc < 2) {
        fprintf(stderr, "usage: inside SCENARIO [WORLDS]\n");
        return 2;
    }
    uint64_t worlds = argc > 2 ? strtoull(argv[2], NULL, 10) : WORLDS_USUAL;
    small_world small = {0};
    open_scenario(&small, argv[1]);
    uint32_t places = small.scenario.places.count;
    seen.stretches = calloc(places + 1, sizeof *seen.stretches);
    for (uint64_t r = 0; r < worlds; r++) {
        memset(seen.stretches, 0, places * sizeof *seen.stretches);
        small_run(&small, r);
        for (uint32_t p = 0; p < places; p++) {
            end_stretch(&small_land(&small)->places[p], &seen.stretches[p]);
        }
    }
    qsort(seen.months_waiting, seen.month_count, sizeof *seen.months_waiting, small_compare);
    printf("idle %.4f\n", seen.idle_days / fmax(1, seen.team_days));
    printf("waiting %.3f\n", seen.month_count > 0 ? seen.months_waiting[seen.month_count / 2] : 0);
    printf("held %.5f\n", seen.long_shares / fmax(1, seen.shares));
    printf("left %.3f\n", seen.left_places / fmax(1, (double)worlds));
    printf("slow %.3f\n", seen.slow_places / fmax(1, (double)worlds));
    free(seen.stretches);
    free(seen.months_waiting);
    small_close(&small);
    return 0;
}
