#include "models/laws.h"
#include "sim/length.h"
#include "tests/models/key_tries.h"
#include "tests/models/small_world.h"

/* No key of a scenario is read and ignored: for each one there is a change that changes what a run answers.
 *
 * The test walks over the descriptor tables, so a new key is tried without a line here; one that only matters
 * under certain conditions gets them in the table `contexts`. */

/* A scenario in which everything is in use: each method with standing and with new teams, each condition,
 * each kind of earmark, closures, a rule with parameters. */
static const char METHODS[] =
    "methods:\n"
    "  non_technical_survey: {team: {service_life: 2 years, breakdown_after: 20 days, pass: 20 %},\n"
    "    rate: 0.5 ha/day, maps_cover: 50 %}\n"
    "  technical_survey: {team: {service_life: 2 years, breakdown_after: 20 days, pass: 40 %},\n"
    "    rate: 0.1 ha/day}\n"
    "  aerial_survey: {team: {service_life: 2 years, breakdown_after: 2 days, pass: 40 %},\n"
    "    rate: 1 ha/day}\n"
    "  machines: {team: {service_life: 2 years, breakdown_after: 20 days, pass: 40 %}}\n"
    "  dogs: {team: {service_life: 2 years, breakdown_after: 20 days, pass: 40 %}}\n"
    "  manual: {team: {service_life: 2 years, breakdown_after: 20 days, pass: 40 %}}\n"
    "  battle_area: {team: {service_life: 2 years, breakdown_after: 20 days, pass: 40 %}}\n"
    "  spot_tasks: {team: {service_life: 2 years, breakdown_after: 1 days, pass: 40 %}}\n"
    "  quality_control: {team: {service_life: 2 years, breakdown_after: 2 days, pass: 40 %}, sampled: 50 "
    "%}\n";

static const char STREAMS[] =
    "streams:\n"
    "  State: {kind: state, yearly: {2021-01-01: 7 MUSD}, only_operators: [Agency]}\n"
    "  Free: {kind: state, yearly: {2021-01-01: 6 MUSD}}\n"
    "  Building: {kind: state, pays: reconstruction, yearly: {2021-01-01: 4 MUSD}, overhead: 5 %}\n"
    "  Performers: {kind: donor, amount: 4 MUSD, pledged: 2021-01-01, tranches: 5, drop_out: 10 %/year,\n"
    "    valid_for: 5 years, retention: 5 %, overhead: 10 %, condition: performance, only_districts: "
    "[North]}\n"
    "  Reporters: {kind: donor, amount: 4 MUSD, pledged: 2021-03-01, tranches: 5, condition: reporting,\n"
    "    valid_for: 5 years, only_place: Village}\n"
    "  Peaceful: {kind: trust_fund, amount: 4 MUSD, pledged: 2021-02-01, tranches: 5, valid_for: 5 years,\n"
    "    condition: no_escalation, only_method: manual}\n"
    "  Acceders: {kind: donor, amount: 4 MUSD, pledged: 2021-02-01, tranches: 5, valid_for: 5 years,\n"
    "    condition: treaty, drop_out: 10 %/year}\n"
    "  Investors: {kind: investor, yearly: {2021-01-01: 0 USD}, only_operators: [Farmers]}\n"
    "  Grants: {kind: public_private, yearly: {2021-01-01: 0 USD}}\n"
    "  Helpers: {kind: donor, pays: victim_aid, amount: 1 MUSD, pledged: 2021-01-01}\n";

static const char CLOSURES[] = "closures:\n"
                               "  fighting: {districts: [North], from: 2021-06-01, to: 2021-08-20}\n"
                               "  permits: {from: 2022-05-01, to: 2022-06-01, cause: access}\n";

static const char *const method_names[] = {
    "non_technical_survey", "technical_survey", "aerial_survey",  "machines", "dogs", "manual",
    "battle_area",          "spot_tasks",       "quality_control"};

/* All levers in force from the first summer on. */
static const char LEVERS[] = "levers:\n"
                             "  treaty: {on: 2021-06-01, chance: 50 %}\n"
                             "  armenia_first: {on: 2021-06-01}\n"
                             "  depoliticised_support: {on: 2021-06-01}\n"
                             "  matched_support: {on: 2021-01-01, delay: 20 days}\n"
                             "  technical_advice: {on: 2021-06-01}\n"
                             "  remote_survey: {on: 2021-06-01}\n"
                             "  trench_machines: {on: 2021-06-01, settings: [belt]}\n"
                             "  dog_centre: {on: 2021-06-01, delay: 3 months, starting_cost: 100 kUSD}\n"
                             "  competition: {on: 2021-06-01}\n"
                             "  expertise_export: {on: 2021-06-01, share: 30 %}\n"
                             "  survey_first: {on: 2021-06-01}\n"
                             "  tension: {on: 2022-06-01, starts: fighting, tense_to_fighting: 4 /year}\n"
                             "  joint_border_clearance: {on: 2021-06-01}\n"
                             "  detainees_and_maps: {on: 2021-06-01, cover: 60 %}\n"
                             "  map_exchange: {on: 2021-06-01, cover: 40 %, right: 50 %}\n"
                             "  accident_sharing: {on: 2021-02-01, delay: 20 days}\n"
                             "  external_qc: {on: 2021-06-01}\n"
                             "  mine_action_law: {on: 2021-06-01, delay: 60 days}\n"
                             "  women_deminers: {on: 2021-02-01}\n"
                             "  risk_education: {on: 2021-06-01}\n"
                             "  ngo_access: {on: 2021-06-01, operators: [Firm]}\n"
                             "  victim_aid_only: {on: 2021-06-01}\n"
                             "  development_grants: {on: 2021-06-01, stream: Grants}\n"
                             "  donor_conference: {on: 2021-06-01, stream: Grants, raised: 3 MUSD}\n"
                             "  jobs_and_schools: {on: 2021-06-01, starting_cost: 50 kUSD, running_cost: "
                             "50 kUSD/year}\n"
                             "  private_investors: {on: 2021-06-01, delay: 60 days, stream: Investors, "
                             "credit_stream: Free,\n"
                             "    credit: 20 %, ceiling: 500 kUSD/year}\n";

static const char OPERATORS[] = "operators:\n"
                                "  Agency: {}\n"
                                "  Firm: {pace: 1.2, quality: 1.5, cost: 1.1, permit_delay: 60 days,\n"
                                "    admitted: 50 %}\n"
                                "  Farmers: {works_on: [fields], own_money: yes}\n"
                                "  Contractors: {}\n"
                                "  Slow ones: {pace: 0.2}\n";

static const char CONTRACTS[] = "contracts:\n"
                                "  Tenders: {operator: Contractors, capacity: 0.2 km2/year, crews: 2,\n"
                                "    survey_price: 0.01 USD/m2, technical_price: 0.2 USD/m2,\n"
                                "    search_price: 0.1 USD/m2, clearance_price: 1 USD/m2, term: 90 days}\n";

/* In the last one people live at the start. */
static const char RICH_PLACES[] =
    "places:\n"
    "  Road: {district: North, kind: corridor, must_release: [North road]}\n"
    "  Town: {district: North, kind: town, must_release: [North belt, North fields],\n"
    "    opens_after: [Road], houses: 300, population: 1200, build_time: 6 months,\n"
    "    delivery_time: 12 months, house_cost: 100 kUSD}\n"
    "  Village: {district: South, must_release: [South fields], houses: 100, population: 400,\n"
    "    build_time: 5 months, delivery_time: 8 months, house_cost: 100 kUSD}\n"
    "  Hamlet: {district: South, must_release: [South fields], houses: 50, population: 200,\n"
    "    released_share: 10 %, lived_in_since: 2020-06-01, residents: 30, houses_built: 12}\n";

/* Read at the start, in the first spring, month by month until it is so, and late. */
static const char SIGNPOSTS[] =
    "signposts:\n"
    "  First: {on: 2021-01-01, hire: dogs new, retire: farmers, stream: Free, times: 1.2}\n"
    "  Spring: {on: 2021-03-01, rule: worst_first, pull: technical_advice}\n"
    "  Waiting: {on: 2021-02-01, until: 2030-12-31, released_above: 100 ha, to: South, teams: 2,\n"
    "    method: battle_area}\n"
    "  Late: {on: 2029-06-01, rule: nearest_release}\n";

static char *rich_text(void) {
    static char assets[4096];
    size_t used = (size_t)snprintf(assets, sizeof assets, "assets:\n");
    for (size_t m = 0; m < HW_LENGTH(method_names); m++) {
        used += (size_t)snprintf(assets + used, sizeof assets - used,
                                 "  %s here: {operator: Agency, method: %s, teams: 2, on: 2021-01-01, "
                                 "standing: yes, until: 2029-01-01}\n"
                                 "  %s new: {operator: Firm, method: %s, teams: 1, on: 2021-02-01}\n",
                                 method_names[m], method_names[m], method_names[m], method_names[m]);
    }
    snprintf(
        assets + used, sizeof assets - used,
        "  farmers: {operator: Farmers, method: battle_area, teams: 1, on: 2021-03-01, standing: yes}\n");
    small_text text = SMALL;
    text.assets = assets;
    text.time = "name: small\nstart: 2021-01-01\nhorizon: 2030-12-31\ncapacity: {growth: by_money, "
                "backlog_enough: 30 days}\n";
    text.districts = "districts:\n"
                     "  North: {climate: mild, undiscovered: 10 %, visitors: 1, border: 30 %,\n"
                     "    border_closed: 10 %}\n"
                     "  South: {climate: alpine, undiscovered: 10 %, visitors: 2, border: 40 %,\n"
                     "    border_closed: 20 %}\n";
    text.methods = METHODS;
    text.streams = STREAMS;
    text.operators = OPERATORS;
    text.closures = CLOSURES;
    text.rest = "planning: {rule: weighted}\n"
                "safety: {residual_finds: 5 %/month, reopen: 30 %, deminer_casualties: 0.01}\n"
                "training: {places: 300 /year}\n"
                "conditions: {reporting: {failed: 5 %}}\n"
                "recorded:\n"
                "  Before: {district: North, cancelled: 10 ha, reduced: 10 ha, mine_cleared: 10 ha,\n"
                "    battle_area_cleared: 20 ha, surveyed: 10 ha}\n";
    text.places = RICH_PLACES;
    char *more = small_join(&(small_text){.streams = SIGNPOSTS, .levers = LEVERS, .rest = CONTRACTS});
    text.levers = more;
    char *joined = small_join(&text);
    free(more);
    return joined;
}

/* Further changes, to the base as well, without which a key cannot matter. */
static const struct {
    const char *path;
    const char *change[5];
} contexts[] = {
    {"settings.*.cache_items", {"settings.fields.caches", "50 /km2", NULL}},
    {"settings.*.cache_spread", {"settings.fields.caches", "50 /km2", NULL}},
    {"places.*.repair_time", {"places.Village.standing", "40 %", NULL}},
    {"resettlement.repair_cost", {"places.Village.standing", "40 %", NULL}},
    {"hazard_areas.*.order", {"planning.rule", "fixed_order", NULL}},
    {"rules.state_programme.belts", {"planning.rule", "state_programme", NULL}},
    {"rules.state_programme.belts_until",
     {"planning.rule", "state_programme", "rules.state_programme.belts", "[fields]", NULL}},
    {"planning.national_floor", {"places.Village.priority", "national", NULL}},
    /* The only corridor needs least work: without weight it is first unless people weigh more. */
    {"rules.weighted.corridor", {"rules.weighted.people", "100", NULL}},
    /* Ordered when the lever is in force. */
    {"levers.dog_centre.lead_time", {"assets.dogs new.on", "2022-06-01", NULL}},
    {"levers.dog_centre.failures_spared", {"assets.dogs new.on", "2022-06-01", NULL}},
    {"levers.competition.machine_lead_time", {"assets.machines new.on", "2022-06-01", NULL}},
    /* What is known stays known: an end matters before the beginning. */
    {"levers.accident_sharing.until", {"levers.accident_sharing.delay", "300 days", NULL}},
    {"levers.women_deminers.trainees", {"training.places", "20 /year", NULL}},
    {"levers.joint_border_clearance.drop_out", {"levers.joint_border_clearance.delay", "60 days", NULL}},
    {"methods.non_technical_survey.again_news",
     {"methods.non_technical_survey.again_after", "1 years", NULL}},
    /* Whose yearly money is trusted. */
    {"capacity.trust_donors", {"streams.Free.kind", "donor", NULL}},
    {"capacity.trust_private", {"streams.Free.kind", "investor", NULL}},
    /* The day to which anything is known. */
    {"as_of", {"districts.North.access_from", "{value: 2021-06-01, known_by: 2029-12-31}", NULL}},
    /* Permits that would come after the law. */
    {"levers.mine_action_law.permit_delay", {"operators.Firm.permit_delay", "900 days", NULL}},
};

/* The path with the names of table items left out: "places.*.houses". */
static const char *const *context_of(const char *pattern) {
    for (size_t i = 0; i < HW_LENGTH(contexts); i++) {
        if (strcmp(contexts[i].path, pattern) == 0) {
            return contexts[i].change;
        }
    }
    return NULL;
}

/* A place lies where its hazard areas lie: every other district is refused, which is as good as being read.
 */
static const char REFUSED_ELSEWHERE[] = "places.*.district";

/* Matters where people of one method stand idle and another lacks them, which no part of this country does:
 * test_growth has one. */
static const char HELD_ELSEWHERE[] = "capacity.retrain";

enum { REPLICATIONS = 16 };

typedef struct search {
    char *yaml;
    const small_world *base; /* as bound, for the values that hold */
    size_t bytes[2];         /* of one answer, without and with the context */
    unsigned char *answers[2];
    const char *const *context;
    uint32_t keys, dead, runs;
    uint32_t refused; /* changes of the present key */
} search;

/* The answers of all replications, one after the other; NULL when the scenario is refused. */
static unsigned char *answers_of(const char *yaml, const char *const *changes, size_t *bytes) {
    small_world small;
    small_try(&small, yaml, &hw_land_release, changes);
    unsigned char *all = NULL;
    if (small.good) {
        *bytes = small.layout->bytes;
        all = calloc(REPLICATIONS, *bytes);
        assert_non_null(all);
        for (uint32_t r = 0; r < REPLICATIONS; r++) {
            small_run(&small, r);
            memcpy(all + r * *bytes, small.record, *bytes);
        }
    }
    small_close(&small);
    return all;
}

/* A replication; false when it is given up for want of room, which is another answer as well. */
static bool is_answered(small_world *small, uint64_t replication) {
    if (small_replicate(small, replication) == HW_OK) {
        return true;
    }
    if (strncmp(small->failure.message, HW_GIVEN_UP, strlen(HW_GIVEN_UP)) != 0) {
        print_error("day %.1f: %s\n", small->failure.time, small->failure.message);
        fail();
    }
    return false;
}

/* Whether some replication of a changed scenario answers otherwise; stops at the first one. */
static bool answers_differ(search *s, const char *const *changes, int context) {
    small_world small;
    small_try(&small, s->yaml, &hw_land_release, changes);
    s->refused += !small.good;
    bool differs = small.good && small.layout->bytes != s->bytes[context];
    for (uint32_t r = 0; r < REPLICATIONS && small.good && !differs; r++) {
        differs = !is_answered(&small, r) ||
                  memcmp(small.record, s->answers[context] + r * s->bytes[context], s->bytes[context]) != 0;
    }
    small_close(&small);
    return differs;
}

/* Whether saying `yaml` at `path` changes what the run answers. */
static bool matters(search *s, const char *path, const char *yaml) {
    const char *changes[7] = {path, yaml};
    int context = s->context != NULL;
    if (context) {
        for (uint32_t i = 0; s->context[i] != NULL; i++) {
            changes[2 + i] = s->context[i];
        }
        free(s->answers[1]);
        s->answers[1] = answers_of(s->yaml, s->context, &s->bytes[1]);
        assert_non_null(s->answers[1]);
    }
    s->runs++;
    return answers_differ(s, changes, context);
}

static bool leaf_matters(search *s, const hw_key *key, const char *path) {
    char yaml[160];
    for (uint32_t i = 0; key_try(s->base, key, path, i, yaml, sizeof yaml); i++) {
        if (matters(s, path, yaml)) {
            return true;
        }
    }
    return false;
}

static void join(char *out, size_t size, const char *path, const char *name) {
    snprintf(out, size, "%s%s%s", path, path[0] != '\0' ? "." : "", name);
}

/* Several structs that one section describes, such as the items of a table. */
typedef struct owners {
    const void *const *structs;
    char (*paths)[128];
    uint32_t count;
} owners;

static void walk(search *s, const hw_section *section, const owners *of, const char *pattern);

static void walk_section(search *s, const hw_key *key, const owners *of, const char *pattern) {
    const void *structs[16];
    char paths[16][128];
    for (uint32_t i = 0; i < of->count; i++) {
        structs[i] = (const char *)of->structs[i] + key->offset;
        join(paths[i], sizeof paths[i], of->paths[i], key->name);
    }
    walk(s, key->section, &(owners){structs, paths, of->count}, pattern);
}

/* Tables and registries stand at the root only. */
static void walk_table(search *s, const hw_key *key, const hw_table *table) {
    const void *structs[16];
    char paths[16][128], pattern[128];
    uint32_t count = 0;
    /* From both ends, so that a few items stand for many. */
    for (uint32_t i = 0; i < table->count && count < 16; i++, count++) {
        structs[count] = (const char *)table->items + i * key->section->size;
        snprintf(paths[count], sizeof paths[count], "%s.%s", key->name, table->names[i]);
    }
    snprintf(pattern, sizeof pattern, "%s.*", key->name);
    walk(s, key->section, &(owners){structs, paths, count}, pattern);
}

static void walk_registry(search *s, const hw_key *key, const void *const *parameters) {
    for (uint32_t i = 0; i < key->registry->count; i++) {
        char path[1][128];
        snprintf(path[0], sizeof path[0], "%s.%s", key->name, key->registry->sections[i]->name);
        walk(s, key->registry->sections[i], &(owners){&parameters[i], path, 1}, path[0]);
    }
}

static void try_leaf(search *s, const hw_key *key, const owners *of, const char *pattern) {
    s->keys++;
    s->context = context_of(pattern);
    s->refused = 0;
    for (uint32_t i = 0; i < of->count; i++) {
        char path[160];
        join(path, sizeof path, of->paths[i], key->name);
        if (leaf_matters(s, key, path)) {
            return;
        }
    }
    if (strcmp(pattern, HELD_ELSEWHERE) == 0) {
        return;
    }
    if (strcmp(pattern, REFUSED_ELSEWHERE) == 0 && s->refused >= of->count) {
        return;
    }
    s->dead++;
    print_error("%s: no change of this key changes the run\n", pattern);
}

static void walk(search *s, const hw_section *section, const owners *of, const char *pattern) {
    for (uint32_t k = 0; k < section->key_count; k++) {
        const hw_key *key = &section->keys[k];
        char below[160];
        join(below, sizeof below, pattern, key->name);
        const void *first = (const char *)of->structs[0] + key->offset;
        if (key->type == HW_KEY_SECTION) {
            walk_section(s, key, of, below);
        } else if (key->type == HW_KEY_TABLE) {
            walk_table(s, key, first);
        } else if (key->type == HW_KEY_REGISTRY) {
            walk_registry(s, key, first);
        } else if (key->type != HW_KEY_TEXT) { /* names and questions change nothing, and need not */
            try_leaf(s, key, of, below);
        }
    }
}

static void test_every_key_of_a_scenario_changes_the_run(void **state) {
    (void)state;
    search s = {.yaml = rich_text()};
    small_world base;
    small_try(&base, s.yaml, &hw_land_release, NULL);
    if (!base.good) {
        char *errors = hw_errors_text(&base.errors);
        print_error("%s", errors);
        free(errors);
    }
    assert_true(base.good);
    s.base = &base;
    s.answers[0] = answers_of(s.yaml, NULL, &s.bytes[0]);
    const void *root = &base.scenario;
    char path[1][128] = {""};
    walk(&s, &hw_scenario_section, &(owners){&root, path, 1}, "");
    print_message("%u keys tried with %u changes, %u change nothing\n", s.keys, s.runs, s.dead);
    free(s.answers[0]);
    free(s.answers[1]);
    free(s.yaml);
    small_close(&base);
    assert_true(s.keys > 250);
    assert_int_equal(s.dead, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_key_of_a_scenario_changes_the_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
