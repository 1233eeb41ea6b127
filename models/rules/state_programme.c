/* As the programme went and is planned: at first roads, power lines and the belts of the former lines, then
 * the official list of places, then the land around them. Within each, by people for each day of work. */
#include "models/rule.h"
#include "sim/length.h"

typedef struct programme {
    hw_index_list belts;
    int64_t belts_until;
} programme;

static const hw_key keys[] = {
    {.name = "belts",
     .type = HW_KEY_REFERENCES,
     .refers_to = "settings",
     .optional = true,
     .offset = offsetof(programme, belts),
     .meaning = "Kinds of ground that go first, with corridors, until `belts_until`; none when left out."},
    {.name = "belts_until",
     .type = HW_KEY_DATE,
     .optional = true,
     .offset = offsetof(programme, belts_until),
     .before_start = "the places' list holds from the start",
     .meaning =
         "Day on which the places' list takes over; none when left out: corridors and belts stay first."},
};

const hw_section hw_rule_state_programme_parameters = {
    "state_programme",
    "Corridors and belts first until a date, then the places' list (`order` of their hazard areas), then "
    "other "
    "land; within each, by people for each day of work.",
    sizeof(programme), keys, HW_LENGTH(keys)};

static bool is_belt(const programme *p, uint32_t setting) {
    for (uint32_t i = 0; i < p->belts.count; i++) {
        if (p->belts.items[i] == setting) {
            return true;
        }
    }
    return false;
}

/* Orders lie between -1e6 and 1e6. */
static double stage(const void *parameters, const double *values, const hw_area_view *area) {
    (void)values;
    const programme *p = parameters;
    bool early = p->belts_until == INT64_MAX || area->date < (double)p->belts_until;
    if (early && (area->corridor || is_belt(p, area->setting))) {
        return 1e7;
    }
    return isfinite(area->place_team_days) ? -area->order : -1e7;
}

static double score(const void *parameters, const double *values, const hw_area_view *area) {
    (void)parameters;
    (void)values;
    return hw_people_per_work(area);
}

const hw_rule hw_rule_state_programme = {.score = score, .stage = stage};
