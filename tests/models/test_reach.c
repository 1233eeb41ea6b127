#include "models/reach.h"
#include "sim/length.h"
#include "tests/models/random_scenario.h"
#include "tests/models/small_world.h"

/* What check says can never be released never is, in scenarios put together by dice and in every subset of
 * the teams of a small country; and whenever nothing at all is released, check has said so. */

static uint32_t released_in(const hw_land *land, uint32_t area) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < land->ground.item_count; i++) {
        const hw_item *item = &land->ground.items[i];
        count += item->stage == HW_STAGE_RELEASED && item->area_m2 > 0 && item->area == area;
    }
    return count;
}

/* Runs so many replications; returns how many areas have released ground in any. */
static uint32_t run_and_compare(small_world *small, uint64_t replications, uint32_t *never, uint32_t *weak) {
    const hw_scenario *s = &small->scenario;
    uint32_t areas = 0;
    for (uint64_t r = 0; r < replications; r++) {
        small_run(small, r);
        for (uint32_t a = 0; a < s->hazard_areas.count; a++) {
            char why[HW_REACH_CHAIN] = "";
            hw_reach reach = hw_reach_of_area(s, a, why);
            uint32_t released = released_in(small_land(small), a);
            if (reach == HW_REACH_NEVER && released > 0) {
                print_error("%s %s, and yet %u pieces are released\n", s->hazard_areas.names[a], why,
                            released);
                fail();
            }
            assert_true((reach != HW_REACH_FINE) == (why[0] != '\0') || reach == HW_REACH_FINE);
            *never += reach == HW_REACH_NEVER;
            *weak += reach == HW_REACH_HARDLY;
            areas += released > 0;
        }
    }
    return areas;
}

static void test_what_can_never_be_released_never_is(void **state) {
    (void)state;
    uint32_t never = 0, weak = 0, run = 0;
    for (uint64_t number = 0; number < 160; number++) {
        char *yaml = random_scenario(number);
        small_world small;
        small_try(&small, yaml, &hw_land_release, NULL);
        if (small.good) {
            run++;
            uint32_t released = run_and_compare(&small, 2, &never, &weak);
            bool told = false;
            for (uint32_t i = 0; i < small.warnings.kept; i++) {
                told = told || strstr(small.warnings.items[i].message, "ever be released") != NULL;
            }
            bool teams = small.scenario.assets.count > 0;
            if (released == 0 && !told && !teams) {
                print_error("scenario %llu releases nothing and check is silent\n",
                            (unsigned long long)number);
                fail();
            }
        }
        small_close(&small);
        free(yaml);
    }
    print_message("%u scenarios, %u areas never, %u hardly ever\n", run, never, weak);
    assert_true(run > 100 && never > 50 && weak > 20);
}

static const char *const teams[] = {"survey",  "technical", "manual",  "battle", "checks",
                                    "machine", "dogs",      "flights", "calls"};
enum { TEAMS = HW_LENGTH(teams) };

static bool is_told(const small_world *small) {
    for (uint32_t i = 0; i < small->warnings.kept; i++) {
        if (strstr(small->warnings.items[i].message, "ever be released") != NULL) {
            return small->warnings.items[i].where.line > 0;
        }
    }
    return false;
}

/* Nothing released, or a place never: said beforehand. */
static void check_changed(const small_text *text, const char *const *changes, uint64_t replications) {
    char *yaml = small_join(text);
    small_world small;
    uint32_t never = 0, weak = 0, places = 0;
    small_try(&small, yaml, &hw_land_release, changes);
    assert_true(small.good);
    uint32_t released = run_and_compare(&small, replications, &never, &weak);
    const hw_land *land = small_land(&small);
    for (uint32_t p = 0; p < land->place_count; p++) {
        places += isnan(land->places[p].release_day) ? 0 : 1;
    }
    bool told = is_told(&small);
    if ((released == 0 || places == 0) && !told) {
        for (size_t i = 0; changes != NULL && changes[i] != NULL; i += 2) {
            print_error("%s: %s\n", changes[i], changes[i + 1]);
        }
        print_error("%u areas with released ground, %u places released, and check is silent\n", released,
                    places);
        fail();
    }
    small_close(&small);
    free(yaml);
}

static void test_whatever_teams_are_missing_check_says_when_nothing_is_released(void **state) {
    (void)state;
    for (uint32_t without = 0; without < 1U << TEAMS; without++) {
        const char *changes[2 * TEAMS + 1];
        char paths[TEAMS][64];
        uint32_t used = 0;
        for (uint32_t t = 0; t < TEAMS; t++) {
            if (without >> t & 1) {
                snprintf(paths[t], sizeof paths[t], "assets.%s.teams", teams[t]);
                changes[used++] = paths[t];
                changes[used++] = "0";
            }
        }
        changes[used] = NULL;
        check_changed(&SMALL, changes, 1);
    }
}

static void test_whatever_money_or_operator_is_missing_check_says_when_nothing_is_released(void **state) {
    (void)state;
    static const char *const without[][2] = {
        {"streams.State.pays", "victim_aid"},
        {"streams.State.pays", "reconstruction"},
        {"streams.Building.pays", "victim_aid"},
        {"streams.State.only_operators", "[Agency, Firm]"},
        {"streams.State.only_operators", "[Firm]"},
        {"streams.State.only_districts", "[North]"},
        {"streams.State.only_districts", "[South]"},
        {"streams.State.only_place", "Road"},
        {"streams.State.only_place", "Village"},
        {"operators.Agency.admitted", "0"},
        {"operators.Firm.admitted", "0"},
        {"operators.Agency.own_money", "yes"},
        {"operators.Firm.own_money", "yes"},
        {"operators.Agency.permit_delay", "3650 days"},
    };
    for (size_t i = 0; i < HW_LENGTH(without); i++) {
        check_changed(&SMALL, (const char *[]){without[i][0], without[i][1], NULL}, 3);
    }
    for (size_t m = 0; m < hw_methods.count; m++) {
        for (size_t i = 2; i < HW_LENGTH(without); i++) { /* an earmark is for teams */
            check_changed(&SMALL,
                          (const char *[]){without[i][0], without[i][1], "streams.State.only_method",
                                           hw_method_names[m], NULL},
                          1);
        }
    }
}

typedef struct one_case {
    const char *changes[10];
    const char *says; /* part of a warning; NULL: no warning at all */
    const char *names;
} one_case;

static void check_case(const one_case *c) {
    char *yaml = small_join(&SMALL);
    small_world small;
    small_try(&small, yaml, &hw_land_release, c->changes);
    bool found = false;
    for (uint32_t i = 0; i < small.warnings.kept; i++) {
        const char *message = small.warnings.items[i].message;
        found = found || (c->says != NULL && strstr(message, c->says) != NULL &&
                          (c->names == NULL || strstr(message, c->names) == message) &&
                          small.warnings.items[i].where.line > 0);
    }
    if (!small.good || found != (c->says != NULL) || (c->says == NULL && small.warnings.count > 0)) {
        char *text = hw_warnings_text(&small.warnings), *errors = hw_errors_text(&small.errors);
        print_error("%s: expected '%s', got\n%s%s", c->changes[0] != NULL ? c->changes[0] : "nothing changed",
                    c->says != NULL ? c->says : "nothing", text, errors);
        free(text);
        free(errors);
        fail();
    }
    if (small.good) {
        uint32_t never = 0, weak = 0;
        run_and_compare(&small, 2, &never, &weak);
    }
    small_close(&small);
    free(yaml);
}

static const char gift_for_treaty[] =
    "{kind: donor, amount: 5 MUSD, pledged: 2021-01-01, signing_lag: 1 month, first_tranche_lag: 1 month, "
    "condition: treaty}";
static const char short_gift[] =
    "{kind: donor, amount: 5 MUSD, pledged: 2021-01-01, signing_lag: 1 month, first_tranche_lag: 1 month, "
    "valid_for: 12 months}";

static void test_the_chain_of_reasons_is_told(void **state) {
    (void)state;
    static const one_case cases[] = {
        {{NULL}, NULL, NULL},
        /* teams */
        {{"assets.survey.teams", "0", NULL},
         "can never be released: its hazard area 'North belt' needs non-technical survey, and no team does "
         "it "
         "('survey' has no team (teams: 0))",
         "Town"},
        {{"assets.survey.method", "technical_survey", NULL},
         "(assets: none with method non_technical_survey)",
         "Village"},
        {{"assets.checks.method", "spot_tasks", NULL},
         "can hardly ever be released: its hazard area 'South fields' needs quality control of what is "
         "cleared, "
         "and no team does it (assets: none with method quality_control)",
         "Village"},
        {{"assets.manual.teams", "0", "assets.dogs.teams", "0", NULL},
         "needs dogs or deminers on what technical survey confirms, and no team does it",
         "Town"},
        {{"assets.manual.method", "quality_control", "assets.dogs.method", "quality_control", NULL},
         "(assets: none with method dogs or manual)",
         "Town"},
        {{"assets.survey.on", "2032-01-01", NULL},
         "'survey' is ready on 2032-01-01 at the earliest, after the horizon, 2030-12-31",
         NULL},
        {{"operators.Agency.permit_delay", "3600 days", "assets.survey.on", "2021-02-01", NULL}, NULL, NULL},
        {{"operators.Agency.access_from", "2022-01-01", "operators.Agency.permit_delay", "3650 days", NULL},
         "ready on 2032-01-01 at the earliest",
         NULL},
        {{"operators.Agency.access_from", "2024-01-01", "assets.survey.until", "2023-06-01", NULL},
         "ready on 2024-01-01 at the earliest, after it has left, 2023-06-01",
         NULL},
        {{"operators.Agency.admitted", "0", NULL}, "no team of Agency is admitted", NULL},
        {{"training.places", "0 /year", "assets.survey.standing", "no", NULL}, "nobody can be trained", NULL},
        {{"operators.Agency.works_on", "[belt]", "assets.calls.teams", "0", "assets.calls.operator", "Firm",
          NULL},
         "Agency does not work on fields (works_on)",
         "Village"},
        {{"assets.survey.until", "2024-01-01", "districts.South.access_from", "2025-01-01", NULL},
         "'survey' leaves on 2024-01-01, before the ground opens on 2025-01-01",
         "Village"},
        /* ground */
        {{"districts.South.access_from", "2031-06-01", NULL},
         "its hazard area 'South fields' opens on 2031-06-01, after the horizon, 2030-12-31",
         "Village"},
        {{"hazard_areas.South fields.access_from", "2031-06-01", NULL}, "opens on 2031-06-01", "Village"},
        {{"districts.South.access_from", "2030-12-20", NULL},
         "opens on 2030-12-20, after the last planning day before the horizon",
         "Village"},
        {{"hazard_areas.South belt.access_from", "2031-06-01", NULL},
         "can never be released: it opens on 2031-06-01",
         "South belt"},
        {{"closures",
          "{a: {districts: [South], from: 2020-12-01, to: 2025-01-01}, b: {from: 2024-06-01, to: "
          "2032-01-01}}",
          NULL},
         "lies in South, which is closed from 2021-01-01 to the horizon",
         "Village"},
        /* money */
        {{"streams.State.yearly.2021-01-01", "0 USD", NULL}, "'State' has no money", "Town"},
        {{"streams.State.pays", "reconstruction", NULL}, "'State' does not pay clearance", "Town"},
        {{"streams.State.only_districts", "[South]", NULL}, "'State' is for other districts", "Town"},
        {{"streams.State.only_operators", "[Firm]", NULL}, "'State' is for other operators", "Town"},
        {{"streams.State.only_method", "manual", NULL}, "'State' is for another method", "Town"},
        {{"streams.State.only_place", "Village", NULL}, "'State' is for another place", "Town"},
        {{"operators.Agency.own_money", "yes", NULL}, "paid by its own money only (own_money)", "Town"},
        {{"streams.State.pays", "victim_aid", "streams.Gift", gift_for_treaty, NULL},
         "'Gift' waits for the treaty, and the lever treaty has no date or no chance",
         "Town"},
        {{"streams.State.pays", "victim_aid", "streams.Gift", gift_for_treaty, "levers.treaty",
          "{on: 2021-06-01, chance: 0 %}", NULL},
         "'Gift' waits for the treaty, and the lever treaty has no date or no chance",
         "Town"},
        {{"streams.State.pays", "victim_aid", "streams.Gift", short_gift, "districts.South.access_from",
          "2028-01-01", NULL},
         "'Gift' has no money after",
         "Village"},
        {{"streams.Building.pays", "victim_aid", NULL},
         "no stream pays for it ('State' does not pay reconstruction",
         NULL},
        {{"streams.Building.only_place", "Town", NULL},
         "'Building' is for another place",
         "no house of Village"},
        /* what waits for what can never be */
        {{"hazard_areas.North road.access_from", "2031-06-01", NULL},
         "can never be built: it opens after 'Road', which can never be released",
         "Town"},
        /* a beginner's scenario: survey and deminers, nobody else */
        {{"assets.battle.teams", "0", "assets.technical.teams", "0", "assets.checks.teams", "0", NULL},
         "needs technical survey of what is confirmed as mined",
         "Town"},
    };
    for (size_t i = 0; i < HW_LENGTH(cases); i++) {
        check_case(&cases[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_chain_of_reasons_is_told),
        cmocka_unit_test(test_what_can_never_be_released_never_is),
        cmocka_unit_test(test_whatever_money_or_operator_is_missing_check_says_when_nothing_is_released),
        cmocka_unit_test(test_whatever_teams_are_missing_check_says_when_nothing_is_released),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
