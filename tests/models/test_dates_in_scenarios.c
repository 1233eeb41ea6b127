#include "models/lever.h"
#include "tests/models/small_world.h"

/* A date outside of what is simulated is told, wherever a key of dates stands, unless the key's row says what
 * it means. The cases are made from the descriptor table and from the values of a scenario that says them
 * all. */

static const char EVERY_DATE[] = "levers:\n"
                                 "  treaty: {on: 2024-03-01, until: 2027-03-01, delay: 10 days}\n";

static small_text text_with_every_date(void) {
    small_text text = SMALL;
    text.time = "name: small\nstart: 2021-01-01\nhorizon: 2030-12-31\n"
                "capacity: {growth: fixed, known_to: 2022-06-01}\n";
    text.districts = "districts:\n"
                     "  North: {climate: mild, undiscovered: 10 %, access_from: 2021-05-01}\n"
                     "  South: {climate: alpine, undiscovered: 10 %}\n";
    text.closures = "closures: {spring: {from: 2022-02-01, to: 2022-04-01}}\n";
    text.areas = "hazard_areas:\n"
                 "  North belt: {district: North, class: high, setting: belt, area: 100 ha}\n"
                 "  North road: {district: North, class: low, setting: belt, area: 60 ha}\n"
                 "  North fields: {district: North, class: low, setting: fields, area: 150 ha}\n"
                 "  South fields: {district: South, class: low, setting: fields, area: 20 ha,\n"
                 "         access_from: 2022-01-01}\n";
    text.places = "places:\n"
                  "  Village: {district: South, must_release: [South fields], wanted_from: 2022-05-01,\n"
                  "         houses: 10, build_from: 2022-06-01, released_by: 2020-10-01,\n"
                  "         lived_in_since: 2020-11-01, residents: 20, houses_built: 5}\n";
    text.operators =
        "operators:\n"
        "  Agency: {access_from: 2021-02-01}\n"
        "  Firm: {pace: 1.2}\n"
        "contracts: {Tenders: {operator: Firm, capacity: 1 km2/year, clearance_price: 1 USD/m2,\n"
        "    factor: {2023-01-01: 1}}}\n";
    text.streams = "streams:\n"
                   "  State: {kind: state, yearly: {2021-01-01: 8 MUSD, 2024-01-01: 9 MUSD},\n"
                   "    factor: {2022-01-01: 1}}\n"
                   "  Gift: {kind: donor, amount: 1 MUSD, pledged: 2022-01-01}\n";
    text.assets =
        "assets:\n"
        "  survey: {operator: Agency, method: non_technical_survey, teams: 1, on: 2021-01-01,\n"
        "           until: 2029-01-01, standing: yes}\n"
        "  battle: {operator: Agency, method: battle_area, teams: 1, on: 2021-02-01, standing: yes}\n";
    text.levers = EVERY_DATE;
    text.rest = "planning: {rule: state_programme}\n"
                "signposts: {Slow: {on: 2023-06-01, until: 2024-06-01, rule: worst_first}}\n"
                "safety: {learning_since: 2020-02-01}\n"
                "rules: {state_programme: {belts: [belt], belts_until: 2023-01-01}}\n";
    return text;
}

typedef enum side { EARLY, LATE, CENTURY_EARLY, CENTURY_LATE, SIDES } side;

/* Not too far: ten years are "from the start"; a typing mistake of one digit in the century. */
static const char *const days[SIDES] = {"2019-06-01", "2036-06-01", "1921-06-01", "2124-06-01"};

static bool mentions(const hw_errors *list, const char *path, const char *words) {
    for (uint32_t i = 0; i < list->kept; i++) {
        const char *message = list->items[i].message;
        if (strstr(message, path) == message && strstr(message, words) != NULL) {
            return list->items[i].where.line > 0;
        }
    }
    return false;
}

/* The path as a change says it: an entry of a series is one more entry. */
static void moved(const hw_value *value, side s, char path[128], const char **yaml) {
    snprintf(path, 128, "%s", value->path);
    *yaml = days[s];
    if (value->key->type == HW_KEY_DATED) {
        char *dot = strrchr(path, '.');
        assert_non_null(dot);
        snprintf(dot + 1, 16, "%s", days[s]);
        *yaml = value->key->dimension == HW_DIM_MONEY ? "1 MUSD" : "1";
    }
}

static void try_day(const char *yaml, const hw_value *value, side s) {
    char path[128];
    const char *day = NULL;
    moved(value, s, path, &day);
    const char *changes[] = {path, day, NULL};
    small_world small;
    small_try(&small, yaml, &hw_land_release, changes);
    bool late = s == LATE || s == CENTURY_LATE, century = s == CENTURY_EARLY || s == CENTURY_LATE;
    const char *meaning = late ? value->key->after_horizon : value->key->before_start;
    const char *words = late ? "is after the horizon, 2030-12-31" : "is before the start, 2021-01-01";
    bool refused = mentions(&small.errors, path, words), warned = mentions(&small.warnings, path, words);
    bool expect_refusal = century && !(late && meaning != NULL);
    bool expect_warning = !expect_refusal && (century || meaning == NULL);
    if (refused != expect_refusal || warned != expect_warning) {
        print_error("%s at %s: refused %d, warned %d\n", path, day, refused, warned);
        fail();
    }
    small_close(&small);
}

static uint32_t keys_of_dates(const hw_section *section, const hw_section **seen, uint32_t *seen_count) {
    for (uint32_t i = 0; i < *seen_count; i++) {
        if (seen[i] == section) {
            return 0;
        }
    }
    seen[(*seen_count)++] = section;
    uint32_t count = 0;
    for (uint32_t k = 0; k < section->key_count; k++) {
        const hw_key *key = &section->keys[k];
        count += key->type == HW_KEY_DATE || key->type == HW_KEY_DATED;
        if (key->section != NULL) {
            count += keys_of_dates(key->section, seen, seen_count);
        }
        for (uint32_t r = 0; key->registry != NULL && r < key->registry->count; r++) {
            count += keys_of_dates(key->registry->sections[r], seen, seen_count);
        }
    }
    return count;
}

static void test_a_date_outside_of_the_run_is_told_in_every_entry(void **state) {
    (void)state;
    small_text text = text_with_every_date();
    char *yaml = small_join(&text);
    small_world small;
    small_try(&small, yaml, &hw_land_release, NULL);
    assert_int_equal(small.errors.count, 0);
    for (uint32_t i = 0; i < small.warnings.kept; i++) { /* of the few teams there are other warnings */
        assert_null(strstr(small.warnings.items[i].message, "is after the horizon"));
        assert_null(strstr(small.warnings.items[i].message, "is before the start"));
    }
    const hw_key *met[64];
    uint32_t met_count = 0;
    const hw_values *values = hw_binding_values(small.binding);
    for (uint32_t i = 0; i < values->count; i++) {
        const hw_value *value = &values->items[i];
        bool is_date = value->key->type == HW_KEY_DATE || value->key->type == HW_KEY_DATED;
        bool span = strchr(value->path, '.') == NULL; /* start, horizon, as_of */
        if (!is_date || span) {
            continue;
        }
        bool known = false;
        for (uint32_t m = 0; m < met_count; m++) {
            known = known || met[m] == value->key;
        }
        if (!known) {
            met[met_count++] = value->key;
        }
        for (int s = 0; s < SIDES; s++) {
            try_day(yaml, value, (side)s);
        }
    }
    /* All keys of dates were met but the start, the horizon, the day of knowledge, and those of the other
     * levers, which are alike. */
    const hw_section *seen[256];
    uint32_t seen_count = 0;
    uint32_t all = keys_of_dates(&hw_scenario_section, seen, &seen_count);
    assert_int_equal(met_count, all - 3 - 2 * (hw_levers.count - 1));
    small_close(&small);
    free(yaml);
}

static void expect(const char *const *changes, bool refused, const char *words) {
    small_text text = text_with_every_date();
    char *yaml = small_join(&text);
    small_world small;
    small_try(&small, yaml, &hw_land_release, changes);
    const hw_errors *list = refused ? &small.errors : &small.warnings;
    bool found = false;
    for (uint32_t i = 0; i < list->kept; i++) {
        found = found || (strstr(list->items[i].message, words) != NULL && list->items[i].where.line > 0);
    }
    if (!found) {
        print_error("%s: %s: nothing says '%s'\n", changes[0], changes[1], words);
        fail();
    }
    small_close(&small);
    free(yaml);
}

static void test_a_run_in_another_century_is_refused_and_a_very_short_one_told(void **state) {
    (void)state;
    expect((const char *[]){"start", "1920-01-01", "horizon", "1945-12-31", NULL}, true, "another century?");
    expect((const char *[]){"start", "1920-01-01", NULL}, true, "within 100 years");
    expect((const char *[]){"horizon", "2945-12-31", NULL}, true, "within 100 years");
    expect((const char *[]){"horizon", "2020-12-31", NULL}, true, "must be after the start");
    expect((const char *[]){"horizon", "2021-02-28", NULL}, false, "only 59 days are simulated");
    expect((const char *[]){"as_of", "2031-01-01", NULL}, true,
           "as_of is 2031-01-01, after the horizon, 2030-12-31");
    expect((const char *[]){"as_of", "1921-01-01", NULL}, true, "another century?");
}

static void test_dates_in_the_wrong_order_are_refused(void **state) {
    (void)state;
    expect((const char *[]){"closures.spring.to", "2022-01-01", NULL}, true, "'to' must be after 'from'");
    expect((const char *[]){"assets.survey.until", "2020-12-31", NULL}, true, "'until' must be after 'on'");
    expect((const char *[]){"levers.treaty.until", "2023-01-01", NULL}, true, "ends before it begins");
}

static void test_a_lever_that_never_takes_effect_is_told(void **state) {
    (void)state;
    expect((const char *[]){"levers.treaty.delay", "{distribution: uniform, low: 4000 days, high: 5000 days}",
                            "levers.treaty.until", "2030-12-30", NULL},
           false, "never in force");
    expect((const char *[]){"levers.treaty.delay", "1100 days", NULL}, false,
           "not before its end, 2027-03-01");
}

static void test_many_dates_of_one_kind_do_not_drown_the_rest(void **state) {
    (void)state;
    small_text text = SMALL;
    char *yaml = small_join(&text);
    small_world small;
    small_try(&small, yaml, &hw_land_release,
              (const char *[]){"start", "2020-06-01", "horizon", "2020-12-31", "streams", "{}", NULL});
    uint32_t on = 0, rest = 0;
    for (uint32_t i = 0; i < small.warnings.kept; i++) {
        on += strstr(small.warnings.items[i].message, ".on: 2021-") != NULL;
        rest += strstr(small.warnings.items[i].message, "'on': 6 more dates are after the horizon") != NULL;
    }
    assert_int_equal(on, 3);
    assert_int_equal(rest, 1);
    small_close(&small);
    free(yaml);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_date_outside_of_the_run_is_told_in_every_entry),
        cmocka_unit_test(test_a_run_in_another_century_is_refused_and_a_very_short_one_told),
        cmocka_unit_test(test_dates_in_the_wrong_order_are_refused),
        cmocka_unit_test(test_a_lever_that_never_takes_effect_is_told),
        cmocka_unit_test(test_many_dates_of_one_kind_do_not_drown_the_rest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
