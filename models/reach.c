/* Follows the chain from a place to its ground, stages, teams and money, and says where it breaks. */
#include "models/reach.h"
#include "models/bounds.h"
#include "models/ground_plan.h"
#include "models/method.h"
#include "models/reach_teams.h"
#include "sim/date.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* So many places and areas are named one by one. */
enum { TOLD_MOST = 12 };

static const char *const needs[HW_STAGES] = {
    [HW_STAGE_SURVEY] = "needs non-technical survey",
    [HW_STAGE_TECHNICAL] = "needs technical survey of what is confirmed as mined",
    [HW_STAGE_PREPARE] = "needs machines or deminers on what technical survey confirms",
    [HW_STAGE_CLEAR_ANY] = "needs dogs or deminers on what technical survey confirms",
    [HW_STAGE_CLEAR_MANUAL] = "needs deminers where dogs cannot work",
    [HW_STAGE_BATTLE] = "needs battle area clearance of what survey does not cancel",
    [HW_STAGE_CHECK] = "needs quality control of what is cleared",
};

/* ---- Where ground is expected to come ---- */

/* Median of a value by its path; the standards of methods included. */
static double median_at(const hw_scenario *s, const char *path) {
    for (uint32_t i = 0; i < s->values->count; i++) {
        if (strcmp(s->values->items[i].path, path) == 0) {
            return hw_scenario_median(s, i);
        }
    }
    return 0;
}

/* What survey, searches and checks do at the median. */
typedef struct habits {
    double sensitivity, specificity, sampled;
    bool searches, surveys; /* some team of the programme does battle area search, technical survey */
} habits;

static bool has_teams(const hw_scenario *s, const char *method) {
    for (uint32_t a = 0; a < s->assets.count; a++) {
        const hw_asset *asset = HW_ITEM(s->assets, hw_asset, a);
        if (asset->teams > 0 && strcmp(hw_method_names[asset->method], method) == 0) {
            return true;
        }
    }
    for (uint32_t m = 0; m < hw_methods.count; m++) {
        if (strcmp(hw_method_names[m], method) == 0) {
            return hw_reach_by_contract(s, HW_NOTHING, m);
        }
    }
    return false;
}

static habits habits_of(const hw_scenario *s) {
    return (habits){.searches = has_teams(s, "battle_area"),
                    .surveys = has_teams(s, "technical_survey"),
                    .sensitivity = median_at(s, "methods.non_technical_survey.sensitivity"),
                    .specificity = median_at(s, "methods.non_technical_survey.specificity"),
                    .sampled = median_at(s, "methods.quality_control.sampled")};
}

/* Belief after signs were found, by Bayes' rule. */
static double posterior(double prior, double sensitivity, double specificity) {
    double right = prior * sensitivity, wrong = (1 - prior) * (1 - specificity);
    return right + wrong > 0 ? right / (right + wrong) : prior;
}

/* Which stages follow the survey of an area, at the medians of all that is uncertain. Planners take the
 * cheapest way among those that some team of the programme can go; a search that meets mines asks for
 * technical survey.
 */
static void after_survey(const hw_scenario *s, const habits *h, uint32_t a, bool expected[HW_STAGES]) {
    const hw_hazard_area *area = HW_ITEM(s->hazard_areas, hw_hazard_area, a);
    const hw_class *class = HW_ITEM(s->classes, hw_class, area->class);
    double sensitivity = h->sensitivity, specificity = h->specificity;
    double mined = hw_scenario_median(s, class->believed_mined);
    double battle = hw_scenario_median(s, class->believed_battle);
    double cancel = hw_scenario_median(s, s->planning.cancel_below);
    double clear = hw_scenario_median(s, s->planning.clear_above);
    double signs = posterior(mined, sensitivity, specificity);
    double without = posterior(mined, 1 - sensitivity, 1 - specificity);
    double remnants = posterior(battle, sensitivity, specificity);
    bool left = fmax(signs, remnants) >= cancel;
    double mined_blocks = hw_scenario_median(s, class->mined) * hw_ground_plan_area(s, a).blocks;
    expected[HW_STAGE_TECHNICAL] = (left && mined_blocks >= 1) || signs >= clear || (left && !h->searches);
    expected[HW_STAGE_BATTLE] = left && without < clear && (h->searches || !h->surveys);
}

/* Follows ground from stage to stage, over those that are served. */
static void follow(const hw_scenario *s, const habits *h, uint32_t a, const bool served[HW_STAGES],
                   bool expected[HW_STAGES]) {
    const hw_hazard_area *area = HW_ITEM(s->hazard_areas, hw_hazard_area, a);
    const hw_terrain *ground = HW_ITEM(s->settings, hw_terrain, area->setting);
    double steep = hw_scenario_median(s, ground->steep),
           unfit = hw_scenario_median(s, ground->unfit_for_dogs);
    expected[HW_STAGE_SURVEY] = true;
    if (!served[HW_STAGE_SURVEY]) {
        return;
    }
    after_survey(s, h, a, expected);
    if (expected[HW_STAGE_TECHNICAL] && served[HW_STAGE_TECHNICAL]) {
        expected[HW_STAGE_PREPARE] = steep < 1;
        expected[HW_STAGE_CLEAR_ANY] = unfit < 1 && steep > 0;
        expected[HW_STAGE_CLEAR_MANUAL] = unfit > 0 && steep > 0;
    }
    /* Deminers clear where they are; machines only prepare. */
    if (expected[HW_STAGE_PREPARE] && served[HW_STAGE_PREPARE] && !served[HW_STAGE_CLEAR_MANUAL]) {
        expected[HW_STAGE_CLEAR_ANY] |= unfit < 1;
        expected[HW_STAGE_CLEAR_MANUAL] |= unfit > 0;
    }
    bool cleared =
        (expected[HW_STAGE_BATTLE] && served[HW_STAGE_BATTLE]) ||
        (expected[HW_STAGE_CLEAR_ANY] && served[HW_STAGE_CLEAR_ANY]) ||
        ((expected[HW_STAGE_CLEAR_MANUAL] || expected[HW_STAGE_PREPARE]) && served[HW_STAGE_CLEAR_MANUAL]);
    expected[HW_STAGE_CHECK] = cleared && h->sampled > 0;
}

/* ---- One area ---- */

static bool never_opens(const hw_scenario *s, uint32_t a, char why[HW_REACH_CHAIN]) {
    uint32_t district = HW_ITEM(s->hazard_areas, hw_hazard_area, a)->district;
    hw_span access = hw_reach_access(s, a);
    char from[16], horizon[16];
    hw_date_print(s->horizon, horizon);
    if (access.from > access.to) {
        double opens = hw_reach_opening(s, a);
        snprintf(why, HW_REACH_CHAIN, "opens on %s, after %s, %s", hw_date_print((int64_t)opens, from),
                 opens > access.to ? "the horizon" : "the last planning day before the horizon", horizon);
        return true;
    }
    if (hw_reach_closed(s, district, access)) {
        snprintf(why, HW_REACH_CHAIN, "lies in %s, which is closed from %s to the horizon, %s",
                 s->districts.names[district], hw_date_print((int64_t)access.from, from), horizon);
        return true;
    }
    return false;
}

static hw_reach judge(const hw_scenario *s, const habits *h, uint32_t a, char why[HW_REACH_CHAIN]) {
    if (never_opens(s, a, why)) {
        return HW_REACH_NEVER;
    }
    bool served[HW_STAGES], expected[HW_STAGES] = {false};
    char reasons[HW_STAGES][HW_REACH_WHY];
    for (int stage = 0; stage < HW_STAGES; stage++) {
        served[stage] = hw_reach_served(s, a, (hw_stage)stage, reasons[stage]);
    }
    follow(s, h, a, served, expected);
    for (int stage = 0; stage < HW_STAGES; stage++) {
        if (!expected[stage] || served[stage]) {
            continue;
        }
        /* Whatever is not cancelled needs one of the two. */
        bool all = stage == HW_STAGE_SURVEY || (!(hw_bounds_most(s, s->planning.cancel_below) > 0) &&
                                                !served[HW_STAGE_TECHNICAL] && !served[HW_STAGE_BATTLE]);
        snprintf(why, HW_REACH_CHAIN, "%s, and no team does it (%.500s)", needs[stage], reasons[stage]);
        return all ? HW_REACH_NEVER : HW_REACH_HARDLY;
    }
    return HW_REACH_FINE;
}

hw_reach hw_reach_of_area(const hw_scenario *s, uint32_t a, char why[HW_REACH_CHAIN]) {
    habits h = habits_of(s);
    return judge(s, &h, a, why);
}

/* ---- Places, and areas of no place ---- */

typedef struct teller {
    const hw_scenario *scenario;
    hw_where_function where;
    const void *context;
    hw_errors *warnings;
    hw_reach *of_place, *of_area;
    char (*whys)[HW_REACH_CHAIN]; /* by area */
    uint32_t told, more;
    hw_position last;
} teller;

static hw_position at(const teller *t, const char *table, const char *name, const char *key) {
    char path[512];
    const char *quote = strchr(name, '.') != NULL ? "\"" : "";
    snprintf(path, sizeof path, "%s.%s%s%s%s%s", table, quote, name, quote, *key != '\0' ? "." : "", key);
    hw_position where = t->where(t->context, path);
    return where.line > 0 || *key == '\0' ? where : at(t, table, name, "");
}

static bool is_told(teller *t, hw_position where) {
    if (t->told < TOLD_MOST) {
        t->told++;
        return true;
    }
    t->more++;
    t->last = where;
    return false;
}

static const char *said(hw_reach reach) {
    return reach == HW_REACH_NEVER ? "can never be released" : "can hardly ever be released";
}

/* The worst of its areas. */
static uint32_t weakest(const teller *t, const hw_place *place) {
    uint32_t worst = place->must_release.items[0];
    for (uint32_t i = 1; i < place->must_release.count; i++) {
        uint32_t a = place->must_release.items[i];
        worst = t->of_area[a] > t->of_area[worst] ? a : worst;
    }
    return worst;
}

static void tell_place(teller *t, uint32_t p) {
    const hw_scenario *s = t->scenario;
    const hw_place *place = HW_ITEM(s->places, hw_place, p);
    if (place->must_release.count == 0) {
        return; /* an error of its own */
    }
    uint32_t a = weakest(t, place);
    t->of_place[p] = t->of_area[a];
    hw_position where = at(t, "places", s->places.names[p], "must_release");
    if (t->of_area[a] != HW_REACH_FINE && is_told(t, where)) {
        hw_errors_add(t->warnings, where, "%s %s: its hazard area '%s' %s", s->places.names[p],
                      said(t->of_area[a]), s->hazard_areas.names[a], t->whys[a]);
    }
}

static void tell_building(teller *t, uint32_t p) {
    const hw_scenario *s = t->scenario;
    const hw_place *place = HW_ITEM(s->places, hw_place, p);
    const char *name = s->places.names[p];
    if (t->of_place[p] == HW_REACH_NEVER || !(hw_bounds_most(s, place->houses) > 0)) {
        return;
    }
    for (uint32_t i = 0; i < place->opens_after.count; i++) {
        uint32_t before = place->opens_after.items[i];
        hw_position where = at(t, "places", name, "opens_after");
        if (t->of_place[before] != HW_REACH_FINE && is_told(t, where)) {
            hw_errors_add(t->warnings, where, "%s can %s be built: it opens after '%s', which %s", name,
                          t->of_place[before] == HW_REACH_NEVER ? "never" : "hardly ever",
                          s->places.names[before], said(t->of_place[before]));
        }
    }
    char why[HW_REACH_WHY] = "";
    hw_position where = at(t, "places", name, "houses");
    if (!hw_reach_built(s, p, why) && is_told(t, where)) {
        hw_errors_add(t->warnings, where, "no house of %s can ever be built: no stream pays for it (%s)",
                      name, why);
    }
}

static bool has_place(const hw_scenario *s, uint32_t area) {
    for (uint32_t p = 0; p < s->places.count; p++) {
        const hw_place *place = HW_ITEM(s->places, hw_place, p);
        for (uint32_t i = 0; i < place->must_release.count; i++) {
            if (place->must_release.items[i] == area) {
                return true;
            }
        }
    }
    return false;
}

static void tell_area(teller *t, uint32_t a) {
    const char *name = t->scenario->hazard_areas.names[a];
    hw_position where = at(t, "hazard_areas", name, "");
    if (t->of_area[a] != HW_REACH_FINE && !has_place(t->scenario, a) && is_told(t, where)) {
        hw_errors_add(t->warnings, where, "%s %s: it %s", name, said(t->of_area[a]), t->whys[a]);
    }
}

static void tell(teller *t) {
    const hw_scenario *s = t->scenario;
    habits h = habits_of(s);
    for (uint32_t a = 0; a < s->hazard_areas.count; a++) {
        t->of_area[a] = judge(s, &h, a, t->whys[a]);
    }
    for (uint32_t p = 0; p < s->places.count; p++) {
        tell_place(t, p);
    }
    for (uint32_t a = 0; a < s->hazard_areas.count; a++) {
        tell_area(t, a);
    }
    for (uint32_t p = 0; p < s->places.count; p++) {
        tell_building(t, p);
    }
    if (t->more > 0) {
        hw_errors_add(t->warnings, t->last,
                      "%u more places and hazard areas cannot be released or built, here the last", t->more);
    }
}

void hw_reach_check(const hw_scenario *scenario, hw_where_function where, const void *context,
                    hw_errors *warnings) {
    uint32_t areas = scenario->hazard_areas.count, places = scenario->places.count;
    teller t = {.scenario = scenario,
                .where = where,
                .context = context,
                .warnings = warnings,
                .of_place = calloc(places + (size_t)1, sizeof *t.of_place),
                .of_area = calloc(areas + (size_t)1, sizeof *t.of_area),
                .whys = calloc(areas + (size_t)1, sizeof *t.whys)};
    if (t.of_place != NULL && t.of_area != NULL && t.whys != NULL) {
        tell(&t);
    }
    free(t.of_place);
    free(t.of_area);
    free(t.whys);
}
