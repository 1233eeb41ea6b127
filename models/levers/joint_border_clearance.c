/* Both sides clear the ground along their border together. What was closed opens, as far as people on the
 * spot consent and as fast as talks with them go; tension falls. Ground of the neighbour is not in the model:
 * its own teams clear it. */
#include "models/lever.h"
#include "models/teams.h"
#include "models/weather.h"

typedef struct terms {
    hw_lever_terms lever;
    hw_value_id ramp, still_closed, tension_rises, tension_falls, fighting, drop_out;
} terms;

static const hw_key keys[] = {
    HW_LEVER_KEYS(terms, "{p10: 6 months, p50: 18 months, p90: 48 months}",
                  "{p10: 100 kUSD, p50: 300 kUSD, p90: 1 MUSD}",
                  "{p10: 100 kUSD/year, p50: 300 kUSD/year, p90: 1 MUSD/year}"),
    HW_LEVER_RAMP(terms, "{p10: 9 months, p50: 24 months, p90: 60 months}"),
    {HW_LEVER_QUANTITY(terms, still_closed, HW_DIM_SHARE, 0, 1),
     .standard = "{p10: 10 %, p50: 40 %, p90: 80 %}",
     .meaning =
         "Of the ground along the border that was closed (`border_closed` of districts), the share that "
         "stays so: people on the spot do not consent."},
    {HW_LEVER_QUANTITY(terms, tension_rises, HW_DIM_NUMBER, 0, 5),
     .standard = "{p10: 0.4, p50: 0.75, p90: 1}", .read_if = "levers.tension.on",
     .meaning = "Rate at which tension comes up, against before."},
    {HW_LEVER_QUANTITY(terms, tension_falls, HW_DIM_NUMBER, 0, 10), .standard = "{p10: 1, p50: 1.4, p90: 3}",
     .read_if = "levers.tension.on", .meaning = "Rate at which it dies down, against before."},
    {HW_LEVER_QUANTITY(terms, fighting, HW_DIM_NUMBER, 0, 5), .standard = "{p10: 0.3, p50: 0.6, p90: 1}",
     .read_if = "levers.tension.on",
     .meaning = "Rate at which fighting breaks out of tension, against before."},
    {HW_LEVER_QUANTITY(terms, drop_out, HW_DIM_NUMBER, 0, 2), .standard = "{p10: 0.6, p50: 0.85, p90: 1}",
     .meaning = "How readily donors withdraw, against before."},
};

const hw_section hw_lever_joint_border_clearance_parameters = {
    "joint_border_clearance",
    "Both sides clear the ground along their border together: as far as local people consent, closed ground "
    "opens; tension falls and fewer donors withdraw.",
    sizeof(terms), keys, HW_LENGTH(keys)};

static const hw_change changes[] = {
    {.path = "districts.*.border_closed", .kind = HW_CHANGE_SCALE, .by = offsetof(terms, still_closed)},
    {.path = "levers.tension.calm_to_tense", .kind = HW_CHANGE_SCALE, .by = offsetof(terms, tension_rises)},
    {.path = "levers.tension.tense_to_calm", .kind = HW_CHANGE_SCALE, .by = offsetof(terms, tension_falls)},
    {.path = "levers.tension.tense_to_fighting", .kind = HW_CHANGE_SCALE, .by = offsetof(terms, fighting)},
    {.path = "streams.*.drop_out", .kind = HW_CHANGE_SCALE, .by = offsetof(terms, drop_out)},
};

/* The working time of districts whose border has opened or closed follows. */
static void follow_border(hw_land *land, double now) {
    for (uint32_t d = 0; d < land->district_count; d++) {
        double closed = hw_in_force(land, HW_ITEM(land->scenario->districts, hw_district, d)->border_closed);
        double before = land->districts[d].border_closed;
        if (closed < before || closed > before) {
            hw_teams_pause(land, d, now);
            hw_weather_refill(land, d);
            hw_teams_resume(land, d, now);
        }
    }
}

static void act(hw_land *land, const void *parameters, hw_lever_state *state, hw_lever_day day) {
    (void)parameters, (void)state;
    follow_border(land, day.now);
}

static void leave(hw_land *land, const void *parameters, hw_lever_state *state, double now) {
    (void)parameters, (void)state;
    follow_border(land, now);
}

const hw_lever hw_lever_joint_border_clearance = {.ramp = offsetof(terms, ramp),
                                                  .changes = changes,
                                                  .change_count = HW_LENGTH(changes),
                                                  .act = act,
                                                  .leave = leave};
