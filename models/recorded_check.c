/* What a record cannot say. */
#include "models/ground_plan.h"
#include "models/recorded.h"
#include "sim/date.h"
#include <stdio.h>
#include <string.h>

enum { LARGEST_FAMILY = 12 };

typedef struct checker {
    const hw_scenario *scenario;
    hw_recorded_where where;
    const void *context;
    hw_errors *errors;
} checker;

static hw_position at(const checker *c, const char *table, const char *name, const char *key) {
    char path[512];
    const char *quote = strchr(name, '.') != NULL ? "\"" : "";
    snprintf(path, sizeof path, "%s.%s%s%s%s%s", table, quote, name, quote, key != NULL ? "." : "",
             key != NULL ? key : "");
    return c->where(c->context, path);
}

static double median(const checker *c, hw_value_id id) {
    return hw_scenario_median(c->scenario, id);
}

static double ledgers_m2(const checker *c, const hw_recorded *entry) {
    return median(c, entry->cancelled) + median(c, entry->reduced) + median(c, entry->mine_cleared) +
           median(c, entry->battle_area_cleared) + median(c, entry->surveyed);
}

static double district_m2(const checker *c, uint32_t district) {
    double m2 = 0;
    for (uint32_t a = 0; a < c->scenario->hazard_areas.count; a++) {
        const hw_hazard_area *area = HW_ITEM(c->scenario->hazard_areas, hw_hazard_area, a);
        m2 += area->district == district ? median(c, area->area) : 0;
    }
    return m2;
}

static double areas_m2(const checker *c, uint32_t e) {
    const hw_scenario *s = c->scenario;
    const hw_recorded *entry = HW_ITEM(s->recorded, hw_recorded, e);
    double m2 = 0;
    for (uint32_t i = 0; i < entry->areas.count; i++) {
        const hw_hazard_area *area = HW_ITEM(s->hazard_areas, hw_hazard_area, entry->areas.items[i]);
        m2 += median(c, area->area);
        if (area->district != entry->district) {
            hw_errors_add(c->errors, at(c, "recorded", s->recorded.names[e], "areas"),
                          "'%s' lies in %s, not in %s", s->hazard_areas.names[entry->areas.items[i]],
                          s->districts.names[area->district], s->districts.names[entry->district]);
        }
    }
    return entry->areas.count == 0 ? district_m2(c, entry->district) : m2;
}

static void check_room(const checker *c, uint32_t e, double told_m2, double room_m2, const char *where) {
    static const double HECTARE = 1e4, ROUNDING = 1 + 1e-9;
    if (told_m2 > room_m2 * ROUNDING) {
        hw_errors_add(c->errors, at(c, "recorded", c->scenario->recorded.names[e], NULL),
                      "%.0f ha are recorded as released or surveyed, and %s has %.0f ha", told_m2 / HECTARE,
                      where, room_m2 / HECTARE);
    }
}

static void check_entry(const checker *c, uint32_t e) {
    const hw_scenario *s = c->scenario;
    const hw_recorded *entry = HW_ITEM(s->recorded, hw_recorded, e);
    double own = ledgers_m2(c, entry), all = 0;
    check_room(c, e, own, areas_m2(c, e),
               entry->areas.count > 0 ? "that ground" : s->districts.names[entry->district]);
    for (uint32_t i = 0; i <= e; i++) {
        const hw_recorded *other = HW_ITEM(s->recorded, hw_recorded, i);
        all += other->district == entry->district ? ledgers_m2(c, other) : 0;
    }
    if (all > own) {
        check_room(c, e, all, district_m2(c, entry->district), s->districts.names[entry->district]);
    }
}

static void check_day(const checker *c, const char *name, const char *key, int64_t day) {
    char told[16], start[16];
    if (day != INT64_MAX && day >= c->scenario->start) {
        hw_errors_add(c->errors, at(c, "places", name, key),
                      "%s: %s is %s, and what is recorded is from before the start, %s", name, key,
                      hw_date_print(day, told), hw_date_print(c->scenario->start, start));
    }
}

static void check_people(const checker *c, const hw_place *place, const char *name) {
    if (place->residents == UINT32_MAX || place->houses_built == UINT32_MAX) {
        hw_errors_add(c->errors, at(c, "places", name, "lived_in_since"),
                      "%s is lived in: say 'residents' and 'houses_built'", name);
        return;
    }
    if (place->kind == HW_PLACE_CORRIDOR) {
        hw_errors_add(c->errors, at(c, "places", name, "lived_in_since"), "nobody lives in a corridor");
    }
    if (place->released_by == INT64_MAX && place->released_share == UINT32_MAX) {
        hw_errors_add(c->errors, at(c, "places", name, "lived_in_since"),
                      "people live in %s: say 'released_by', or how much of its ground is 'released_share'",
                      name);
    }
    double people = median(c, place->residents), houses = median(c, place->houses_built);
    if (people > LARGEST_FAMILY * houses) {
        hw_errors_add(c->errors, at(c, "places", name, "residents"),
                      "%.0f people in %.0f houses: expected at most %d in each", people, houses,
                      LARGEST_FAMILY);
    }
}

void hw_recorded_check(const hw_scenario *scenario, hw_recorded_where where, const void *context,
                       hw_errors *errors) {
    checker c = {scenario, where, context, errors};
    for (uint32_t e = 0; e < scenario->recorded.count; e++) {
        check_entry(&c, e);
    }
    for (uint32_t p = 0; p < scenario->places.count; p++) {
        const hw_place *place = HW_ITEM(scenario->places, hw_place, p);
        check_day(&c, scenario->places.names[p], "released_by", place->released_by);
        check_day(&c, scenario->places.names[p], "lived_in_since", place->lived_in_since);
        if (place->lived_in_since != INT64_MAX) {
            check_people(&c, place, scenario->places.names[p]);
        }
    }
}
