#include "models/lever.h"
#include "models/method.h"
#include "sim/length.h"
#include "tests/models/key_tries.h"
#include "tests/models/small_world.h"
#include <fnmatch.h>
#include <stdarg.h>

/* Every key of every kind of entry changes the run, or is refused for that kind, or is listed below with the
 * reason why it may not matter there. Kinds of entries are put together by machine: streams of each kind, use
 * and form, places of each kind, teams of each method standing and ordered, and so on. A listed key that does
 * matter fails as well.
 *
 * And what is warned of as read by nothing is read by nothing. */

/* Pairs of a kind of entry and a key (both patterns) that may be accepted and change nothing. */
static const struct {
    const char *entry, *key, *reason;
} reasons[] = {
    {"place * without houses", "opens_after", "nothing is built where no houses are planned"},
    {"place * without houses", "*_time", "nothing is built where no houses are planned"},
    {"place * without houses", "build_from", "nothing is built where no houses are planned"},
    {"place * without houses", "standing", "nothing is built where no houses are planned"},
    {"place * without houses", "house_cost", "nothing is built where no houses are planned"},
};

/* ---- the country that entries are put into ---- */

static const char DISTRICTS[] = "districts:\n"
                                "  North: {climate: mild, undiscovered: 10 %, visitors: 1}\n"
                                "  South: {climate: alpine, undiscovered: 10 %, visitors: 2}\n"
                                "  East: {climate: mild, undiscovered: 0 %, visitors: 1}\n";

static const char AREAS[] = "hazard_areas:\n"
                            "  North belt: {district: North, class: high, setting: belt, area: 40 ha}\n"
                            "  North fields: {district: North, class: low, setting: fields, area: 60 ha}\n"
                            "  North road: {district: North, class: low, setting: belt, area: 30 ha}\n"
                            "  South belt: {district: South, class: high, setting: belt, area: 40 ha}\n"
                            "  South fields: {district: South, class: low, setting: fields, area: 60 ha}\n"
                            "  East fields: {district: East, class: low, setting: fields, area: 30 ha}\n";

static const char PLACES[] =
    "places:\n"
    "  Road: {district: North, kind: corridor, must_release: [North road]}\n"
    "  Town: {district: North, kind: town, must_release: [North belt], opens_after: [Road],\n"
    "    houses: 100, population: 400, build_time: 3 months, delivery_time: 4 months, house_cost: 50 kUSD}\n"
    "  Village: {district: South, must_release: [South fields], houses: 60, population: 200,\n"
    "    build_time: 2 months, delivery_time: 3 months, house_cost: 50 kUSD}\n";

static const char OPERATORS[] = "operators:\n"
                                "  Agency: {}\n"
                                "  Firm: {pace: 1.2, quality: 1.5, cost: 1.1}\n";

static const char FIRMS[] = "operators:\n"
                            "  Agency: {}\n"
                            "  Firm: {pace: 1.2, quality: 1.5, cost: 1.1}\n"
                            "  Tenderers: {pace: 0.15}\n"
                            "  Others: {quality: 9}\n";

static const char STREAMS[] =
    "streams:\n"
    "  State: {kind: state, yearly: {2021-01-01: 3 MUSD}}\n"
    "  Building: {kind: state, pays: reconstruction, yearly: {2021-01-01: 3 MUSD}}\n";

static const char METHODS[] = "methods:\n"
                              "  quality_control: {sampled: 50 %}\n"
                              "  spot_tasks: {team: {breakdown_after: 1 day}}\n";

static const char REST[] = "planning: {rule: weighted}\n"
                           "safety: {residual_finds: 5 %/month, reopen: 30 %, visit_accidents: 4 /month}\n"
                           "conditions: {performance: {released: 1 km2}, reporting: {failed: 5 %}}\n";

/* All teams of the country, but for one method (NULL: of all). */
static const char *assets_without(const char *method) {
    static char text[4096];
    size_t used = (size_t)snprintf(text, sizeof text, "assets:\n");
    for (uint32_t m = 0; m < hw_methods.count; m++) {
        if (method != NULL && strcmp(hw_method_names[m], method) == 0) {
            continue;
        }
        used +=
            (size_t)snprintf(text + used, sizeof text - used,
                             "  %s here: {operator: Agency, method: %s, teams: 1, on: 2021-01-01, "
                             "standing: yes}\n"
                             "  %s new: {operator: Firm, method: %s, teams: 1, on: 2021-03-01}\n",
                             hw_method_names[m], hw_method_names[m], hw_method_names[m], hw_method_names[m]);
    }
    return text;
}

static small_text country(void) {
    small_text text = SMALL;
    text.time = "name: country\nstart: 2021-01-01\nhorizon: 2025-12-31\n";
    text.districts = DISTRICTS;
    text.areas = AREAS;
    text.places = PLACES;
    text.operators = OPERATORS;
    text.methods = METHODS;
    text.assets = assets_without(NULL);
    text.streams = STREAMS;
    text.rest = REST;
    return text;
}

/* ---- trying ---- */

enum { REPLICATIONS = 4 };

typedef struct search {
    char *yaml;
    small_world base;
    unsigned char *answers;
    uint32_t entries, keys, alive, refused, excused, failed;
    bool used[HW_LENGTH(reasons)];
} search;

static void open_base(search *s, const small_text *text) {
    s->yaml = small_join(text);
    small_try(&s->base, s->yaml, &hw_land_release, NULL);
    if (!s->base.good) {
        char *errors = hw_errors_text(&s->base.errors);
        print_error("%s\n%s", s->yaml, errors);
        free(errors);
    }
    assert_true(s->base.good);
    s->answers = calloc(REPLICATIONS, s->base.layout->bytes);
    assert_non_null(s->answers);
    for (uint32_t r = 0; r < REPLICATIONS; r++) {
        small_run(&s->base, r);
        memcpy(s->answers + r * s->base.layout->bytes, s->base.record, s->base.layout->bytes);
    }
}

static void close_base(search *s) {
    free(s->answers);
    free(s->yaml);
    small_close(&s->base);
}

typedef enum effect { NOTHING, MOVES, REFUSED } effect;

static effect effect_of(const search *s, const char *path, const char *yaml) {
    const char *const changes[] = {path, yaml, NULL};
    small_world small;
    small_try(&small, s->yaml, &hw_land_release, changes);
    size_t bytes = s->base.layout->bytes;
    effect found = !small.good ? REFUSED : small.layout->bytes != bytes ? MOVES : NOTHING;
    for (uint32_t r = 0; r < REPLICATIONS && found == NOTHING; r++) {
        small_run(&small, r);
        found = memcmp(small.record, s->answers + r * bytes, bytes) != 0 ? MOVES : NOTHING;
    }
    small_close(&small);
    return found;
}

static bool is_said_already(const search *s, const char *path, const char *yaml) {
    hw_value_id id = hw_binding_find(s->base.binding, path);
    return id != UINT32_MAX && strcmp(s->base.scenario.values->items[id].written, yaml) == 0;
}

/* What setting a key does, over all that is tried: it moves the answers, is always refused, or does nothing.
 */
static effect effect_of_key(const search *s, const hw_key *key, const char *path) {
    bool accepted = false;
    char yaml[160];
    for (uint32_t i = 0; key_try(&s->base, key, path, i, yaml, sizeof yaml); i++) {
        if (is_said_already(s, path, yaml)) {
            continue;
        }
        effect found = effect_of(s, path, yaml);
        if (found == MOVES) {
            return MOVES;
        }
        accepted = accepted || found == NOTHING;
    }
    return accepted ? NOTHING : REFUSED;
}

static size_t reason_for(const char *entry, const char *key) {
    size_t i = 0;
    while (i < HW_LENGTH(reasons) &&
           (fnmatch(reasons[i].entry, entry, 0) != 0 || fnmatch(reasons[i].key, key, 0) != 0)) {
        i++;
    }
    return i;
}

/* Refused for other reasons than that the key would do nothing (`only_with`): a place lies where its ground
 * is, a stream is a budget or a pledge, a place that is lived in says how many live there. */
static bool may_be_refused(const hw_key *key) {
    static const char *const names[] = {"district", "yearly", "amount", "lived_in_since"};
    for (size_t i = 0; i < HW_LENGTH(names); i++) {
        if (strcmp(names[i], key->name) == 0) {
            return true;
        }
    }
    return key->only_with != NULL;
}

static void try_key(search *s, const char *entry, const hw_key *key, const char *path) {
    s->keys++;
    effect found = effect_of_key(s, key, path);
    size_t reason = reason_for(entry, key->name);
    bool excused = reason < HW_LENGTH(reasons);
    s->alive += found == MOVES;
    s->refused += found == REFUSED;
    s->excused += found == NOTHING && excused;
    if (excused) {
        s->used[reason] = true;
    }
    if (found == REFUSED && !may_be_refused(key)) {
        print_error("%s: '%s' is always refused\n", entry, key->name);
        s->failed++;
    } else if (found == NOTHING && !excused) {
        print_error("%s: '%s' is read and changes nothing\n", entry, key->name);
        s->failed++;
    } else if (found != NOTHING && excused) {
        print_error("%s: '%s' matters, or is refused, and is listed as: %s\n", entry, key->name,
                    reasons[reason].reason);
        s->failed++;
    }
}

static const hw_key *root_key(const char *name) {
    for (uint32_t k = 0; k < hw_scenario_section.key_count; k++) {
        if (strcmp(hw_scenario_section.keys[k].name, name) == 0) {
            return &hw_scenario_section.keys[k];
        }
    }
    fail();
    return NULL;
}

/* Tries all keys of the entry Probe of a table; keys that wait for another choice (`read_if`) are for the
 * test of warnings. */
static void try_entry(search *s, const small_text *text, const char *table, const char *entry) {
    const hw_section *section = root_key(table)->section;
    open_base(s, text);
    s->entries++;
    for (uint32_t k = 0; k < section->key_count; k++) {
        char path[128];
        snprintf(path, sizeof path, "%s.Probe.%s", table, section->keys[k].name);
        if (section->keys[k].read_if == NULL) {
            try_key(s, entry, &section->keys[k], path);
        }
    }
    close_base(s);
}

/* `text` with one more entry in a table. */
static const char *with_probe(const char *table, const char *format, ...) {
    static char text[4096];
    size_t used = (size_t)snprintf(text, sizeof text, "%s  Probe: {", table);
    va_list arguments;
    va_start(arguments, format);
    used += (size_t)vsnprintf(text + used, sizeof text - used, format, arguments);
    va_end(arguments);
    snprintf(text + used, sizeof text - used, "}\n");
    return text;
}

static void report(const search *s) {
    print_message(
        "%u keys of %u kinds of entries: %u move the answers, %u are refused, %u have a reason, %u fail\n",
        s->keys, s->entries, s->alive, s->refused, s->excused, s->failed);
    assert_int_equal(s->failed, 0);
}

/* ---- kinds of entries ---- */

static void try_streams(search *s) {
    static const char *const forms[] = {
        "yearly: {2021-01-01: 1 MUSD, 2023-01-01: 2 MUSD}",
        "amount: 3 MUSD, pledged: 2021-02-01, tranches: 4, valid_for: 4 years"};
    const hw_section *section = root_key("streams")->section;
    const char *const *kinds = section->keys[0].choices, *const *pays = section->keys[1].choices;
    for (size_t k = 0; kinds[k] != NULL; k++) {
        for (size_t p = 0; pays[p] != NULL; p++) {
            for (size_t f = 0; f < 2; f++) {
                small_text text = country();
                char entry[64];
                snprintf(entry, sizeof entry, "stream %s %s %s", kinds[k], pays[p],
                         f == 0 ? "yearly" : "pledge");
                text.levers = "levers: {competition: {on: 2021-01-01, delay: 0 days, giving: 0.5}}\n";
                text.streams = with_probe(STREAMS, "kind: %s, pays: %s, %s", kinds[k], pays[p], forms[f]);
                try_entry(s, &text, "streams", entry);
            }
        }
    }
}

static void try_places(search *s) {
    static const char *const kinds[] = {"village", "town", "corridor"};
    for (size_t i = 0; i < 2 * HW_LENGTH(kinds) - 1; i++) {
        size_t k = i % HW_LENGTH(kinds);
        bool houses = i < 2;
        small_text text = country();
        char entry[64];
        snprintf(entry, sizeof entry, "place %s%s", kinds[k], k == 2 || houses ? "" : " without houses");
        text.places = with_probe(
            PLACES, "district: North, kind: %s, must_release: [North fields]%s", kinds[k],
            houses
                ? ", houses: 80, population: 300, build_time: 4 months, standing: 40 %, repair_time: 2 months"
                : "");
        try_entry(s, &text, "places", entry);
    }
}

static void try_assets(search *s) {
    for (uint32_t m = 0; m < hw_methods.count; m++) {
        for (int form = 0; form < 4; form++) {
            small_text text = country();
            char entry[96];
            snprintf(entry, sizeof entry, "asset %s %s%s", hw_method_names[m],
                     form & 1 ? "standing" : "ordered", form & 2 ? " with an end" : "");
            text.assets = with_probe(assets_without(NULL),
                                     "operator: Agency, method: %s, teams: 2, on: 2021-02-01, standing: %s%s",
                                     hw_method_names[m], form & 1 ? "yes" : "no",
                                     form & 2 ? ", until: 2023-01-01" : "");
            try_entry(s, &text, "assets", entry);
        }
    }
}

static void try_contracts(search *s) {
    static const char *const when[] = {"spare_money", "always"};
    for (size_t i = 0; i < HW_LENGTH(when); i++) {
        small_text text = country();
        char entry[64];
        snprintf(entry, sizeof entry, "contract %s", when[i]);
        text.operators = FIRMS;
        text.assets = assets_without("technical_survey");
        text.streams = "streams: {State: {kind: state, yearly: {2021-01-01: 8 MUSD}}}\n";
        text.levers =
            with_probe("contracts:\n",
                       "operator: Tenderers, when: %s, capacity: 1 km2/year, crews: 2, survey_price: "
                       "0.01 USD/m2, technical_price: 0.2 USD/m2, search_price: 0.1 USD/m2, "
                       "clearance_price: 1 USD/m2, term: 60 days",
                       when[i]);
        try_entry(s, &text, "contracts", entry);
    }
}

static void try_closures(search *s) {
    for (int form = 0; form < 4; form++) {
        small_text text = country();
        char entry[64];
        snprintf(entry, sizeof entry, "closure %s %s", form & 1 ? "conflict" : "access",
                 form & 2 ? "of a district" : "of all");
        text.closures = with_probe("closures:\n", "from: 2021-05-01, to: 2021-08-01, cause: %s%s",
                                   form & 1 ? "conflict" : "access", form & 2 ? ", districts: [North]" : "");
        try_entry(s, &text, "closures", entry);
    }
}

static void try_operators(search *s) {
    static char assets[8192], streams[1024];
    for (int form = 0; form < 8; form++) {
        bool own = form & 1, choosy = form & 2, standing = form & 4;
        small_text text = country();
        char entry[96];
        snprintf(entry, sizeof entry, "operator %s %s %s", own ? "own money" : "common money",
                 choosy ? "on some ground" : "on all ground", standing ? "standing" : "ordered");
        snprintf(
            assets, sizeof assets,
            "%s  probe: {operator: Probe, method: battle_area, teams: 4, on: 2021-01-01, standing: %s}\n",
            assets_without("battle_area"), standing ? "yes" : "no");
        snprintf(
            streams, sizeof streams,
            "%s  Probe money: {kind: investor, yearly: {2021-01-01: 600 kUSD}, only_operators: [Probe]}\n",
            STREAMS);
        text.assets = assets;
        text.streams = streams;
        text.operators = with_probe(OPERATORS, "own_money: %s%s", own ? "yes" : "no",
                                    choosy ? ", works_on: [fields]" : "");
        try_entry(s, &text, "operators", entry);
    }
}

static void try_ground(search *s) {
    static char ground[4096];
    for (int mined = 0; mined < 2; mined++) {
        small_text text = country();
        char entry[64];
        const char *hazard = mined ? "mined" : "battle";
        snprintf(entry, sizeof entry, "setting %s", hazard);
        /* Settings stand before classes: the new one is put in between. */
        const char *classes = strstr(text.ground, "classes:\n");
        snprintf(ground, sizeof ground,
                 "%.*s  Probe: {hazard: %s, ap: 20 /ha, at: 5 /ha, erw: 2 /ha, caches: 50 /km2, gone: 20 %%, "
                 "pattern_share: 25 %%, "
                 "signals: 0.1 /m2, vegetation: 1 min/m2, steep: 20 %%, unfit_for_dogs: 20 %%}\n%s",
                 (int)(classes - text.ground), text.ground, hazard, classes);
        text.ground = ground;
        text.areas = with_probe(AREAS, "district: North, class: high, setting: Probe, area: 60 ha");
        try_entry(s, &text, "settings", entry);
        snprintf(entry, sizeof entry, "hazard area %s", hazard);
        try_entry(s, &text, "hazard_areas", entry);
    }
}

static void test_every_key_of_every_kind_of_entry_matters_is_refused_or_has_a_reason(void **state) {
    (void)state;
    search s = {0};
    try_streams(&s);
    try_places(&s);
    try_assets(&s);
    try_contracts(&s);
    try_closures(&s);
    try_operators(&s);
    try_ground(&s);
    for (size_t i = 0; i < HW_LENGTH(reasons); i++) {
        if (!s.used[i]) {
            print_error("no entry needs the reason '%s' of %s\n", reasons[i].reason, reasons[i].key);
            s.failed++;
        }
    }
    assert_true(s.entries >= 30 + 5 + 36 + 4 + 8 + 4);
    report(&s);
}

/* ---- what is warned of as read by nothing ---- */

static uint32_t moving_keys(const search *s, const hw_section *section, const char *at, uint32_t *tried) {
    uint32_t moving = 0;
    for (uint32_t k = 0; k < section->key_count; k++) {
        const hw_key *key = &section->keys[k];
        char path[160], yaml[160];
        snprintf(path, sizeof path, "%s.%s", at, key->name);
        if (key->type == HW_KEY_SECTION) {
            moving += moving_keys(s, key->section, path, tried);
            continue;
        }
        for (uint32_t i = 0;
             i < 2 && strcmp(key->name, "on") != 0 && key_try(&s->base, key, path, i, yaml, sizeof yaml);
             i++) {
            ++*tried;
            if (effect_of(s, path, yaml) == MOVES) {
                print_error("%s matters though a warning says that nothing reads it\n", path);
                moving++;
                break;
            }
        }
    }
    return moving;
}

/* Entries of tables that nothing names. */
static uint32_t unnamed_entries(uint32_t *tried) {
    static const struct {
        const char *table, *terms;
    } tables[] = {{"climates", ""},
                  {"settings", "ap: 20 /ha, erw: 2 /ha"},
                  {"classes", "mined: 30 %, battle: 30 %, believed_mined: 30 %, believed_battle: 30 %"},
                  {"operators", ""}};
    uint32_t moving = 0;
    for (size_t i = 0; i < HW_LENGTH(tables); i++) {
        const hw_key *key = root_key(tables[i].table);
        assert_non_null(key->chosen_by);
        search s = {0};
        small_text text = country();
        char *whole = small_join(&text), more[8192];
        char head[32], path[64];
        snprintf(head, sizeof head, "%s:\n", tables[i].table);
        const char *at = strstr(whole, head) + strlen(head);
        snprintf(more, sizeof more, "%.*s  Probe: {%s}\n%s", (int)(at - whole), whole, tables[i].terms, at);
        open_base(&s, &(small_text){.time = more});
        snprintf(path, sizeof path, "%s.Probe", tables[i].table);
        moving += moving_keys(&s, key->section, path, tried);
        close_base(&s);
        free(whole);
    }
    return moving;
}

/* Keys that wait for a lever or a rule. */
static uint32_t unread_keys(uint32_t *tried) {
    static const char *const paths[] = {"settings.belt", "districts.North", "hazard_areas.North belt"};
    uint32_t moving = 0, waiting = 0;
    search s = {0};
    small_text text = country();
    open_base(&s, &text);
    for (size_t i = 0; i < HW_LENGTH(paths); i++) {
        char table[32];
        snprintf(table, sizeof table, "%.*s", (int)strcspn(paths[i], "."), paths[i]);
        const hw_section *section = root_key(table)->section;
        for (uint32_t k = 0; k < section->key_count; k++) {
            if (section->keys[k].read_if != NULL) {
                char path[128];
                snprintf(path, sizeof path, "%s.%s", paths[i], section->keys[k].name);
                moving += effect_of_key(&s, &section->keys[k], path) != NOTHING;
                waiting++;
            }
        }
    }
    close_base(&s);
    assert_int_equal(waiting, 3);
    *tried += waiting;
    return moving;
}

/* Entries of a registry that nothing names, levers that are not pulled, and the rest of what is warned of. */
static void test_what_nothing_reads_changes_nothing(void **state) {
    (void)state;
    static const char *const registries[] = {"levers", "rules", "conditions"};
    uint32_t moving = 0, tried = 0;
    for (size_t i = 0; i < HW_LENGTH(registries); i++) {
        const hw_registry *registry = root_key(registries[i])->registry;
        for (uint32_t e = 0; e < registry->count; e++) {
            search s = {0};
            small_text text = country();
            text.rest = "";
            const char *name = registry->sections[e]->name;
            open_base(&s, &text);
            char path[128];
            snprintf(path, sizeof path, "%s.%s", registries[i], name);
            if (strcmp(name, "nearest_release") != 0) {
                moving += moving_keys(&s, registry->sections[e], path, &tried);
            }
            close_base(&s);
        }
    }
    moving += unnamed_entries(&tried) + unread_keys(&tried);
    print_message("%u changes of what nothing reads, %u matter\n", tried, moving);
    assert_true(tried > 300);
    assert_int_equal(moving, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_key_of_every_kind_of_entry_matters_is_refused_or_has_a_reason),
        cmocka_unit_test(test_what_nothing_reads_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
