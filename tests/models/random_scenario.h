/* Scenarios put together by dice, to try the laws on what nobody would think of: no places, no teams, no
 * money, one month, closures, earmarks, conditions, teams that leave, every rule, every lever. */
#ifndef HW_TESTS_MODELS_RANDOM_SCENARIO_H
#define HW_TESTS_MODELS_RANDOM_SCENARIO_H

#include "models/condition.h"
#include "models/lever.h"
#include "models/method.h"
#include "models/rule.h"
#include "sim/rng.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct dice {
    hw_draws numbers;
    char *text;
    size_t size, used;
} dice;

/* A whole number from 0 to most - 1. */
static inline uint32_t roll(dice *d, uint32_t most) {
    return (uint32_t)(hw_draws_uniform(&d->numbers) * most);
}

static inline bool chance(dice *d, double probability) {
    return hw_draws_uniform(&d->numbers) < probability;
}

static inline double between(dice *d, double low, double high) {
    return low + (high - low) * hw_draws_uniform(&d->numbers);
}

static inline void say(dice *d, const char *format, ...) __attribute__((format(printf, 2, 3)));

static inline void say(dice *d, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int written = vsnprintf(d->text + d->used, d->size - d->used, format, arguments);
    va_end(arguments);
    d->used += (size_t)written;
}

static inline void say_date(dice *d, const char *key, uint32_t first_year, uint32_t years) {
    say(d, "%s: %04u-%02u-%02u", key, first_year + roll(d, years), 1 + roll(d, 12), 1 + roll(d, 28));
}

enum { RANDOM_AREAS_MOST = 20 };

static inline void say_ground(dice *d) {
    say(d, "layout: {polygon: %u ha, block: %u ha, parcel: %u ha}\n", 20 + roll(d, 60), 5 + roll(d, 12),
        1 + roll(d, 4));
    say(d, "climates:\n  one: {winter_lost: %u days, heat_lost_dogs: %u days, field_share: %.2f}\n",
        roll(d, 200), roll(d, 100), between(d, 0.2, 1));
    say(d, "  other: {weather_sd: %.2f}\n", between(d, 0, 1.4));
    say(d, "settings:\n");
    for (uint32_t i = 0; i < 2; i++) {
        say(d,
            "  setting%u: {hazard: %s, ap: %.1f /ha, at: %.1f /ha, erw: %.1f /ha, pattern_share: %.2f, "
            "steep: "
            "%.2f, unfit_for_dogs: %.2f, worth: %u kUSD/ha}\n",
            i, chance(d, 0.5) ? "mined" : "battle", between(d, 0, 80), between(d, 0, 20), between(d, 0, 30),
            between(d, 0.01, 1), between(d, 0, 1), between(d, 0, 1), roll(d, 2) * 20);
    }
    say(d, "classes:\n");
    for (uint32_t i = 0; i < 2; i++) {
        say(d,
            "  class%u: {mined: %.2f, battle: %.2f, patchy: %.1f, believed_mined: %.2f, believed_battle: "
            "%.2f}\n",
            i, between(d, 0, 1), between(d, 0, 1), between(d, 0, 3), between(d, 0.01, 0.9),
            between(d, 0.01, 0.9));
    }
}

/* Returns the number of places. */
static inline uint32_t say_country(dice *d, uint32_t districts) {
    uint32_t area_of[RANDOM_AREAS_MOST];
    say(d, "districts:\n");
    for (uint32_t i = 0; i < districts; i++) {
        say(d, "  district%u: {climate: %s, undiscovered: %.2f, visitors: %.1f, border: %.2f", i,
            chance(d, 0.5) ? "one" : "other", between(d, 0, 0.5), between(d, 0, 3), between(d, 0, 1));
        if (chance(d, 0.3)) {
            say_date(d, ", access_from", 2019, 5);
        }
        say(d, "}\n");
    }
    uint32_t areas = districts + roll(d, 4);
    say(d, "hazard_areas:\n");
    for (uint32_t i = 0; i < areas; i++) {
        area_of[i] = i < districts ? i : roll(d, districts);
        say(d, "  area%u: {district: district%u, class: class%u, setting: setting%u, ", i, area_of[i],
            roll(d, 2), roll(d, 2));
        uint32_t size = 1 + roll(d, chance(d, 0.4) ? 6 : 120);
        if (chance(d, 0.5)) {
            say(d, "area: %u ha}\n", size);
        } else {
            say(d, "area: {p10: %u ha, p50: %u ha, p90: %u ha}}\n", size, 2 * size, 4 * size);
        }
    }
    uint32_t places = chance(d, 0.2) ? 0 : 1 + roll(d, 4);
    say(d, places > 0 ? "places:\n" : "");
    for (uint32_t i = 0; i < places; i++) {
        uint32_t area = roll(d, areas);
        static const char *const kinds[] = {"village", "town", "corridor"};
        uint32_t kind = roll(d, 3);
        say(d, "  place%u: {district: district%u, must_release: [area%u], kind: %s, population: %u", i,
            area_of[area], area, kinds[kind], roll(d, 3000));
        if (kind != 2) { /* nothing is built in a corridor */
            say(d, ", houses: %u, build_time: %u days", roll(d, 500), roll(d, 400));
        }
        if (kind != 2 && i > 0 && chance(d, 0.3)) {
            say(d, ", opens_after: [place%u]", roll(d, i));
        }
        if (chance(d, 0.3)) {
            say_date(d, ", wanted_from", 2020, 5);
        }
        say(d, "}\n");
    }
    return places;
}

static inline void say_closures(dice *d, uint32_t districts) {
    uint32_t closures = roll(d, 3);
    say(d, closures > 0 ? "closures:\n" : "");
    for (uint32_t i = 0; i < closures; i++) {
        uint32_t year = 2020 + roll(d, 4), month = 1 + roll(d, 8);
        say(d, "  closure%u: {from: %u-%02u-10, to: %u-%02u-05, cause: %s", i, year, month, year,
            month + 1 + roll(d, 4), chance(d, 0.5) ? "conflict" : "access");
        if (chance(d, 0.5)) {
            say(d, ", districts: [district%u]", roll(d, districts));
        }
        say(d, "}\n");
    }
}

static inline void say_assets(dice *d, bool choosy_firms) {
    say(d,
        "operators:\n  agency: {}\n  firm: {pace: %.1f, quality: %.1f, cost: %.1f, permit_delay: %u days, "
        "admitted: %.2f}\n  farmers: {works_on: [setting%u], own_money: %s}\n  tenderers: {quality: 8%s}\n",
        between(d, 0.2, 3), between(d, 0, 15), between(d, 0.1, 3), roll(d, 500),
        between(d, 0, 1.5) > 1 ? 1 : between(d, 0, 1), roll(d, 2), chance(d, 0.5) ? "yes" : "no",
        choosy_firms ? ", works_on: [setting0]" : "");
    if (chance(d, 0.15)) {
        say(d, "assets: {}\n");
        return;
    }
    say(d, "assets:\n");
    uint32_t name = 0;
    for (uint32_t m = 0; m < hw_methods.count; m++) {
        for (uint32_t orders = roll(d, 3); orders > 0; orders--) {
            bool farmers = hw_method_list[m]->take == NULL && chance(d, 0.2);
            say(d, "  asset%u: {operator: %s, method: %s, teams: %u, standing: %s", name++,
                farmers          ? "farmers"
                : chance(d, 0.7) ? "agency"
                                 : "firm",
                hw_method_names[m], roll(d, 5), chance(d, 0.7) ? "yes" : "no");
            say_date(d, ", on", 2019, 4);
            if (chance(d, 0.3)) {
                say_date(d, ", until", 2023, 3);
            }
            say(d, "}\n");
        }
    }
    if (name == 0) {
        say(d, "  asset: {operator: agency, method: manual, teams: 0, on: 2020-01-01}\n");
    }
}

/* Help for victims bears no earmark, and reconstruction none for teams. */
static inline void say_earmarks(dice *d, uint32_t pays, uint32_t districts, uint32_t places) {
    if (pays == HW_PAYS_VICTIM_AID) {
        return;
    }
    if (chance(d, 0.2)) {
        say(d, ", only_districts: [district%u]", roll(d, districts));
    }
    if (places > 0 && chance(d, 0.2)) {
        say(d, ", only_place: place%u", roll(d, places));
    }
    if (pays == HW_PAYS_RECONSTRUCTION) {
        return;
    }
    if (chance(d, 0.2)) {
        static const char *const operators[] = {"agency", "firm", "farmers"};
        say(d, ", only_operators: [%s]", operators[roll(d, 3)]);
    }
    if (chance(d, 0.2)) {
        say(d, ", only_method: %s", hw_method_names[roll(d, hw_methods.count)]);
    }
}

static inline void say_pledge(dice *d) {
    static const char *const kinds[] = {"donor", "trust_fund", "public_private", "investor", "state"};
    say(d, "{kind: %s, amount: {p10: 0.3 MUSD, p50: 1.5 MUSD, p90: 4 MUSD}", kinds[roll(d, 5)]);
    say_date(d, ", pledged", 2019, 4);
    say(d,
        ", tranches: %u, first_share: %.2f, retention: %.2f, valid_for: %u days, tranche_interval: %u days",
        1 + roll(d, 6), between(d, 0, 1), chance(d, 0.5) ? 0 : between(d, 0, 0.5), 40 + roll(d, 1500),
        1 + roll(d, 400));
}

static inline void say_budget(dice *d) {
    say(d, "{kind: %s, yearly: {2020-11-10: %.2f MUSD, 2021: %.2f MUSD, 2023-04-01: 0 USD}",
        chance(d, 0.7) ? "state" : "donor", between(d, 0, 2), between(d, 0, 30));
}

/* What pledges and budgets have in common. */
static inline void say_terms(dice *d) {
    say(d,
        ", overhead: %.3f, drop_out: %u %%/year, condition: %s, late: %u days, "
        "exchange: {distribution: normal, mean: 1, sd: 0.2}",
        between(d, 0, 0.6), chance(d, 0.5) ? 0 : roll(d, 200),
        hw_condition_names[roll(d, hw_conditions.count)], chance(d, 0.5) ? 0 : roll(d, 700));
}

/* Returns the number of streams. */
static inline uint32_t say_streams(dice *d, uint32_t districts, uint32_t places) {
    if (chance(d, 0.15)) {
        say(d, "streams: {}\n");
        return 0;
    }
    say(d, "streams:\n");
    uint32_t streams = 1 + roll(d, 6);
    for (uint32_t i = 0; i < streams; i++) {
        say(d, "  stream%u: ", i);
        if (chance(d, 0.5)) {
            say_pledge(d);
        } else {
            say_budget(d);
        }
        say_terms(d);
        uint32_t pays = chance(d, 0.6)   ? HW_PAYS_CLEARANCE
                        : chance(d, 0.7) ? HW_PAYS_RECONSTRUCTION
                                         : HW_PAYS_VICTIM_AID;
        static const char *const pays_names[] = {"clearance", "reconstruction", "victim_aid"};
        say(d, ", pays: %s", pays_names[pays]);
        say_earmarks(d, pays, districts, places);
        say(d, "}\n");
    }
    return streams;
}

/* Levers that must be told what they act on; false when there is no such thing. */
static inline bool say_what_lever_needs(dice *d, const char *lever, uint32_t streams) {
    if (strcmp(lever, "ngo_access") == 0) {
        say(d, ", operators: [firm]");
    } else if (strcmp(lever, "development_grants") == 0 || strcmp(lever, "private_investors") == 0 ||
               strcmp(lever, "donor_conference") == 0) {
        if (streams == 0) {
            return false;
        }
        say(d, ", stream: stream%u", roll(d, streams));
    }
    return true;
}

static inline void say_levers(dice *d, uint32_t streams) {
    if (chance(d, 0.4)) {
        return;
    }
    say(d, "levers:\n");
    for (uint32_t l = 0; l < hw_levers.count; l++) {
        const char *name = hw_levers.sections[l]->name;
        say(d, "  %s: {delay: %u days, starting_cost: 0 USD", name, roll(d, 100));
        if (say_what_lever_needs(d, name, streams) && chance(d, 0.6)) {
            say_date(d, ", on", 2020, 4);
            if (chance(d, 0.4)) {
                say_date(d, ", until", 2024, 3);
            }
        }
        say(d, "}\n");
    }
}

static inline void say_contract(dice *d) {
    say(d,
        "contracts:\n  tenders: {operator: tenderers, when: %s, capacity: %.2f km2/year, search_price: %.2f "
        "USD/m2, clearance_price: %.2f USD/m2, ",
        chance(d, 0.5) ? "always" : "spare_money", between(d, 0, 3), between(d, 0, 0.5), between(d, 0.01, 2));
    say(d,
        "technical_price: %.2f USD/m2, survey_price: %.3f USD/m2, mobilise: %u days, term: %u days, "
        "crews: %u, surcharge: %.1f}\n",
        between(d, 0, 0.3), between(d, 0, 0.02), roll(d, 200), 28 + roll(d, 500), roll(d, 12),
        between(d, 0, 3));
    if (chance(d, 0.5)) {
        say(d, "capacity: {growth: by_money, backlog_enough: 30 days, review: 3 months, most_teams: 500}\n");
    }
}

/* The text of scenario number `number`; free it. */
static inline char *random_scenario(uint64_t number) {
    dice d = {.size = 1 << 16, .text = malloc(1 << 16)};
    if (d.text == NULL) {
        abort();
    }
    hw_draws_open(&d.numbers, (hw_rng_key){number, 0}, hw_entity("random scenario"), 0, 0);
    say(&d, "name: by dice %u\nstart: 2020-11-10\n", (unsigned)number);
    if (chance(&d, 0.1)) {
        say(&d, "horizon: 2020-11-%02u\n", 11 + roll(&d, 20));
    } else {
        say_date(&d, "horizon", 2020 + 1, 6);
        say(&d, "\n");
    }
    uint32_t districts = 1 + roll(&d, 3);
    say_ground(&d);
    uint32_t places = say_country(&d, districts);
    say_closures(&d, districts);
    say_assets(&d, number % 3 == 0);
    say_levers(&d, say_streams(&d, districts, places));
    static const char *const series[] = {"year", "quarter", "month"};
    say(&d, "results: {district_series: %s}\n", series[roll(&d, 3)]);
    say(&d,
        "planning: {rule: %s, crowding: %u, cancel_below: %.2f, clear_above: %.2f, report_time: %u "
        "days}\n",
        hw_rule_names[roll(&d, hw_rules.count)], 1 + roll(&d, 8), between(&d, 0, 0.3), between(&d, 0, 1),
        roll(&d, 60));
    /* Many missed items, finds, re-openings and accidents, which are rare in life. */
    say(&d,
        "safety: {residual_finds: %.2f /month, reopen: %.2f, visit_accidents: %u /month, unwarned: "
        "%.2f, deminer_casualties: %.3f}\n",
        between(&d, 0, 1), between(&d, 0, 1), roll(&d, 30), between(&d, 1, 20), between(&d, 0, 0.1));
    say(&d,
        "methods:\n  manual: {detection: %.2f, team: {breakdown_after: %u days, service_life: %u "
        "days}}\n",
        between(&d, 0.5, 1), roll(&d, 40), chance(&d, 0.5) ? 0 : 100 + roll(&d, 500));
    say(&d, "  battle_area: {detection: %.2f, mines_seen: %.2f}\n", between(&d, 0.3, 1), between(&d, 0, 1));
    say(&d, "  quality_control: {sampled: %.2f, procedural_failure: %.2f, searched: %.2f}\n",
        between(&d, 0, 1), between(&d, 0, 0.6), between(&d, 0.01, 1));
    say(&d, "  spot_tasks: {tasks_a_day: %.2f}\n", between(&d, 0.05, 5));
    if (chance(&d, 0.5)) {
        say_contract(&d);
    }
    return d.text;
}

#endif
