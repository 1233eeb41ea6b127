#include "models/lever.h"
#include "models/method.h"
#include "models/teams.h"
#include "tests/models/small_world.h"

/* How much each lever changes, worked out again from what its documentation says: values in force on every
 * planning day, before the lever, over its ramp and after its end; and what levers do besides. test_levers.c
 * tries on outcomes that they go the right way. */

enum { FROM = 151, UNTIL = 1095, RAMP = 600 }; /* days: 2021-06-01 and 2024-01-01 */

static void (*look)(hw_land *land, double now);

static double plan_and_look(void *state, double now, hw_queue *queues) {
    double next = hw_land_release.plan(state, now, queues);
    look(state, now);
    return next;
}

static void run_looking(const char *const *changes, uint64_t replications,
                        void (*what)(hw_land *land, double now)) {
    hw_model model = hw_land_release;
    model.plan = plan_and_look;
    look = what;
    small_world small;
    small_open_model(&small, &SMALL, &model, changes);
    for (uint64_t r = 0; r < replications; r++) {
        small_run(&small, r);
    }
    small_close(&small);
}

static uint32_t method_named(const char *name) {
    uint32_t m = 0;
    while (strcmp(hw_method_names[m], name) != 0) {
        m++;
    }
    return m;
}

/* ---- values in force ---- */

typedef enum size { TIMES, PART_OF_GAP, ON_TOP_AT_FIRST, AT_LEAST } size;

enum { ROWS_MOST = 16 }; /* of a lever */

typedef struct row {
    const char *lever, *key, *text; /* the lever's number ... */
    double x;                       /* ... and what it is */
    const char *path;               /* the value that it changes; one * stands for any name */
    size size;
} row;

static const row rows[] = {
    {"technical_advice", "doubts_settled", "40 %", 0.4, "methods.non_technical_survey.specificity",
     PART_OF_GAP},
    {"technical_advice", "signs_seen", "30 %", 0.3, "methods.non_technical_survey.sensitivity", PART_OF_GAP},
    {"remote_survey", "doubts_settled", "40 %", 0.4, "methods.non_technical_survey.imaged_specificity",
     PART_OF_GAP},
    {"remote_survey", "rate", "1.5", 1.5, "methods.aerial_survey.rate", TIMES},
    {"trench_machines", "kept_out", "60 %", 0.6, "settings.belt.steep", TIMES},
    {"trench_machines", "rate", "0.9", 0.9, "methods.machines.rate", TIMES},
    {"dog_centre", "lead_time", "0.5", 0.5, "methods.dogs.team.lead_time", TIMES},
    {"dog_centre", "purchase", "0.6", 0.6, "methods.dogs.team.purchase", TIMES},
    {"dog_centre", "failures_spared", "50 %", 0.5, "methods.dogs.team.pass", PART_OF_GAP},
    {"dog_centre", "service_life", "1.2", 1.2, "methods.dogs.team.service_life", TIMES},
    {"competition", "drop_out", "2", 2, "streams.Giver.drop_out", TIMES},
    {"competition", "machine_price", "1.5", 1.5, "methods.machines.team.purchase", TIMES},
    {"competition", "machine_lead_time", "3", 3, "methods.machines.team.lead_time", TIMES},
    {"expertise_export", "drop_out", "0.8", 0.8, "streams.Giver.drop_out", TIMES},
    {"depoliticised_support", "drop_out", "0.4", 0.4, "streams.Giver.drop_out", TIMES},
    {"survey_first", "doubts_settled", "30 %", 0.3, "methods.non_technical_survey.specificity", PART_OF_GAP},
    {"external_qc", "missed", "0.7", 0.7, "operators.Firm.quality", TIMES},
    {"external_qc", "sampled", "20 %", 0.2, "methods.quality_control.sampled", PART_OF_GAP},
    {"external_qc", "failures_at_first", "10 %", 0.1, "methods.quality_control.procedural_failure",
     ON_TOP_AT_FIRST},
    {"women_deminers", "trainees", "1.4", 1.4, "training.places", TIMES},
    {"women_deminers", "trainees", "1.4", 1.4, "capacity.recruits", TIMES},
    {"women_deminers", "leaving", "0.8", 0.8, "methods.manual.team.attrition", TIMES},
    {"women_deminers", "leaving", "0.8", 0.8, "methods.battle_area.team.attrition", TIMES},
    {"women_deminers", "leaving", "0.8", 0.8, "methods.non_technical_survey.team.attrition", TIMES},
    {"women_deminers", "leaving", "0.8", 0.8, "methods.technical_survey.team.attrition", TIMES},
    {"risk_education", "averted", "30 %", 0.3, "safety.education", PART_OF_GAP},
    {"risk_education", "half_life", "0.5", 0.5, "safety.visit_half_life", TIMES},
    {"ngo_access", "admitted", "60 %", 0.6, "operators.Firm.admitted", AT_LEAST},
    {"ngo_access", "pace", "1.1", 1.1, "operators.Firm.pace", TIMES},
    {"ngo_access", "quality", "0.8", 0.8, "operators.Firm.quality", TIMES},
    {"armenia_first", "follows", "40 %", 0.4, "levers.treaty.chance", PART_OF_GAP},
    {"armenia_first", "answers", "30 %", 0.3, "conditions.treaty.response", PART_OF_GAP},
    {"joint_border_clearance", "still_closed", "30 %", 0.3, "districts.*.border_closed", TIMES},
    {"joint_border_clearance", "tension_rises", "0.7", 0.7, "levers.tension.calm_to_tense", TIMES},
    {"joint_border_clearance", "tension_falls", "1.5", 1.5, "levers.tension.tense_to_calm", TIMES},
    {"joint_border_clearance", "fighting", "0.5", 0.5, "levers.tension.tense_to_fighting", TIMES},
    {"joint_border_clearance", "drop_out", "0.8", 0.8, "streams.*.drop_out", TIMES},
    {"detainees_and_maps", "cover", "60 %", 0.6, "levers.map_exchange.cover", AT_LEAST},
    {"detainees_and_maps", "right", "70 %", 0.7, "levers.map_exchange.right", AT_LEAST},
    {"detainees_and_maps", "tension_falls", "1.5", 1.5, "levers.tension.tense_to_calm", TIMES},
    {"detainees_and_maps", "fighting", "0.5", 0.5, "levers.tension.tense_to_fighting", TIMES},
    {"detainees_and_maps", "drop_out", "0.8", 0.8, "streams.*.drop_out", TIMES},
    {"mine_action_law", "permit_delay", "0.5", 0.5, "operators.*.permit_delay", TIMES},
    {"mine_action_law", "accreditation", "0.6", 0.6, "methods.*.team.accreditation", TIMES},
    {"mine_action_law", "lead_time", "0.7", 0.7, "methods.*.team.lead_time", TIMES},
    {"mine_action_law", "report_time", "0.8", 0.8, "planning.report_time", TIMES},
    {"mine_action_law", "missed", "0.7", 0.7, "operators.*.quality", TIMES},
    {"mine_action_law", "drop_out", "0.8", 0.8, "streams.*.drop_out", TIMES},
    {"donor_conference", "drop_out", "0.8", 0.8, "streams.*.drop_out", TIMES},
    {"jobs_and_schools", "won_over", "30 %", 0.3, "resettlement.uptake", PART_OF_GAP},
    {"jobs_and_schools", "arrival", "1.5", 1.5, "resettlement.arrival_rate", TIMES},
};

/* Levers that act at full strength from their first day on. */
static const char *const WITHOUT_RAMP[] = {"ngo_access", "armenia_first", "donor_conference"};

static bool has_ramp(const char *lever) {
    for (size_t i = 0; i < HW_LENGTH(WITHOUT_RAMP); i++) {
        if (strcmp(WITHOUT_RAMP[i], lever) == 0) {
            return false;
        }
    }
    return true;
}

static double expected_value(const row *r, double before, double strength) {
    switch (r->size) {
    case TIMES:
        return before * (1 + strength * (r->x - 1));
    case PART_OF_GAP:
        return before + strength * r->x * (1 - before);
    case ON_TOP_AT_FIRST:
        return before + (1 - strength) * r->x;
    default:
        return before > r->x ? before : before + strength * (r->x - before);
    }
}

static const row *rows_of(const char *lever, uint32_t *count) {
    *count = 0;
    const row *first = NULL;
    for (size_t i = 0; i < HW_LENGTH(rows); i++) {
        if (strcmp(rows[i].lever, lever) == 0) {
            first = first == NULL ? &rows[i] : first;
            ++*count;
        }
    }
    return first;
}

static bool meant(const char *pattern, const char *path) {
    size_t before = strcspn(pattern, "*");
    if (pattern[before] == '\0') {
        return strcmp(pattern, path) == 0;
    }
    const char *end = pattern + before + 1;
    size_t length = strlen(path), after = strlen(end);
    return length > before + after && strncmp(pattern, path, before) == 0 &&
           strcmp(path + length - after, end) == 0;
}

static const char *lever_tried;
static uint32_t days_in_force, days_at_full;

static void values_are_as_stated(hw_land *land, double now) {
    const hw_values *values = land->scenario->values;
    uint32_t count;
    const row *of_lever = rows_of(lever_tried, &count);
    bool in_force = now >= FROM && now < UNTIL;
    double strength = has_ramp(lever_tried) ? fmin(1, (now - FROM) / RAMP) : 1;
    days_in_force += in_force;
    days_at_full += in_force && strength >= 1;
    uint32_t met[ROWS_MOST] = {0};
    for (uint32_t v = 0; v < values->count; v++) {
        double expected = land->drawn[v];
        for (uint32_t i = 0; i < count && in_force; i++) {
            if (meant(of_lever[i].path, values->items[v].path)) {
                expected = expected_value(&of_lever[i], expected, strength);
                met[i]++;
            }
        }
        if (!(fabs(land->value[v] - expected) <= 1e-9 * fabs(expected))) {
            print_error("%s, day %.0f: %s is %.9g, not %.9g\n", lever_tried, now, values->items[v].path,
                        land->value[v], expected);
            fail();
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        assert_true((met[i] > 0) == in_force);
    }
}

/* What levers must be told besides. */
static const struct {
    const char *lever, *text;
} NEEDED[] = {{"ngo_access", "operators: [Firm]"},
              {"trench_machines", "settings: [belt]"},
              {"donor_conference", "stream: Giver"}};

static void test_each_lever_changes_its_values_by_what_it_says_and_no_others(void **state) {
    (void)state;
    for (uint32_t l = 0; l < hw_levers.count; l++) {
        lever_tried = hw_levers.sections[l]->name;
        uint32_t count;
        const row *of_lever = rows_of(lever_tried, &count);
        assert_int_equal(count, hw_lever_list[l]->change_count);
        assert_true(count < ROWS_MOST);
        if (count == 0) {
            continue;
        }
        char text[1024], path[64];
        int used = snprintf(
            text, sizeof text,
            "{on: 2021-06-01, until: 2024-01-01, delay: 0 days, starting_cost: 0 USD, running_cost: 0 "
            "USD/year");
        if (has_ramp(lever_tried)) {
            used += snprintf(text + used, sizeof text - (size_t)used, ", ramp: %d days", RAMP);
        }
        for (size_t i = 0; i < HW_LENGTH(NEEDED); i++) {
            if (strcmp(lever_tried, NEEDED[i].lever) == 0) {
                used += snprintf(text + used, sizeof text - (size_t)used, ", %s", NEEDED[i].text);
            }
        }
        for (uint32_t i = 0; i < count; i++) {
            if (i == 0 || strcmp(of_lever[i].key, of_lever[i - 1].key) != 0) {
                used += snprintf(text + used, sizeof text - (size_t)used, ", %s: %s", of_lever[i].key,
                                 of_lever[i].text);
            }
        }
        snprintf(text + used, sizeof text - (size_t)used, "}");
        snprintf(path, sizeof path, "levers.%s", lever_tried);
        /* Each lever finds something to change, and what it changes is far from its limits. */
        const char *changes[] = {path,
                                 text,
                                 "operators.Agency.quality",
                                 strcmp(lever_tried, "external_qc") == 0 ? "0" : "1",
                                 "operators.Firm",
                                 "{pace: 1.2, quality: 1.5, cost: 1.1, admitted: 20 %}",
                                 "methods.dogs.team.service_life",
                                 "1000 days",
                                 "streams.Giver",
                                 "{kind: donor, amount: 1 MUSD, pledged: 2021-01-01, drop_out: 10 %/year}",
                                 "streams.State.drop_out",
                                 "0 /year",
                                 "streams.Building.drop_out",
                                 "0 /year",
                                 "levers.treaty.chance",
                                 "20 %",
                                 "districts.South.border_closed",
                                 "20 %",
                                 "horizon",
                                 "2025-12-31",
                                 NULL};
        days_in_force = days_at_full = 0;
        run_looking(changes, 2, values_are_as_stated);
        assert_true(days_in_force > 50 && days_at_full > 10 &&
                    (!has_ramp(lever_tried) || days_at_full < days_in_force));
    }
}

/* ---- what levers do besides ---- */

static void treaty_and_maps(hw_land *land, double now) {
    assert_near(land->policy.effect.treaty_days, now >= FROM + 100 ? now - FROM - 100 : -1, 1e-9);
    double told = now >= FROM ? fmin(1, (now - FROM) / RAMP) * 0.7 * 0.9 : 0;
    assert_near(land->policy.effect.maps_told, told, 1e-12);
    assert_near(land->policy.effect.giving, now >= FROM ? 1 + fmin(1, (now - FROM) / RAMP) * (0.6 - 1) : 1,
                1e-12);
}

static void test_treaty_maps_and_giving_follow_their_dates(void **state) {
    (void)state;
    const char *changes[] = {
        "levers.treaty",
        "{on: 2021-06-01, delay: 100 days, running_cost: 0 USD/year}",
        "levers.map_exchange",
        "{on: 2021-06-01, delay: 0 days, starting_cost: 0 USD, ramp: 600 days, cover: 70 %, right: 90 %}",
        "levers.competition",
        "{on: 2021-06-01, delay: 0 days, ramp: 600 days, giving: 0.6}",
        NULL};
    run_looking(changes, 1, treaty_and_maps);
}

/* People of these methods in a district, all that are paid or those without work. */
static double people_there(const hw_land *land, uint32_t district, const char *const *methods, bool idle) {
    double people = 0;
    for (uint32_t t = 0; t < land->force.team_count; t++) {
        const hw_team *team = &land->force.teams[t];
        for (uint32_t i = 0; methods[i] != NULL && team->district == district; i++) {
            bool there = idle ? team->state == HW_TEAM_IDLE
                              : hw_team_in_service(team) && team->state != HW_TEAM_STOOD_DOWN;
            people += there && team->method == method_named(methods[i])
                          ? team->strength * land->force.methods[team->method].people
                          : 0;
        }
    }
    return people;
}

static uint32_t months_of_aid;

/* What deminers and searchers without work lend, the survey teams of their district gain while ground waits
 * for them. Who has work keeps to it. */
static void people_are_lent(hw_land *land, double now) {
    static const char *const lenders[] = {"manual", "battle_area", NULL};
    static const char *const surveyors[] = {"non_technical_survey", NULL};
    assert_near(land->force.methods[method_named("manual")].pace, 1, 0);
    assert_near(land->force.methods[method_named("battle_area")].pace, 1, 0);
    for (uint32_t d = 0; d < land->district_count; d++) {
        const hw_district_state *district = &land->districts[d];
        bool waits = false;
        for (uint32_t i = 0; i < district->area_count; i++) {
            waits = waits || land->ground.areas[district->areas[i]].open_m2[HW_STAGE_SURVEY] > 0;
        }
        double survey = people_there(land, d, surveyors, false);
        double come = now >= FROM && waits ? people_there(land, d, lenders, true) * 0.4 * 0.5 : 0;
        assert_near(district->survey_aid, survey > 0 ? 1 + come / survey : 1, 1e-9);
        months_of_aid += come > 0;
    }
}

static void test_survey_first_lends_the_share_of_idle_people_that_it_says(void **state) {
    (void)state;
    const char *changes[] = {
        "levers.survey_first",
        "{on: 2021-06-01, delay: 0 days, ramp: 0 days, starting_cost: 0 USD, running_cost: 0 USD/year, "
        "lent: 40 %, efficiency: 0.5, enough: 0 %}",
        "streams.State.yearly",
        "{2021-01-01: 90 MUSD}",
        "methods.manual.team.attrition",
        "0 /year",
        "methods.battle_area.team.attrition",
        "0 /year",
        "methods.non_technical_survey.team.attrition",
        "0 /year",
        "methods.non_technical_survey.rate",
        "0.5 ha/day",
        "horizon",
        "2022-12-31",
        NULL};
    run_looking(changes, 2, people_are_lent);
    assert_true(months_of_aid > 0);
}

/* ---- money that levers bring ---- */

static double planned_released_m2, granted_usd;

static void note_grants(hw_land *land, double now) {
    (void)now;
    planned_released_m2 = 0;
    for (uint32_t d = 0; d < land->district_count; d++) {
        planned_released_m2 += (double)land->districts[d].planned_released_m2;
    }
    granted_usd = (double)land->money.streams[land->money.stream_count - 1].granted / 100;
}

static void test_grants_are_so_much_for_each_square_metre_released_for_planned_use(void **state) {
    (void)state;
    const char *changes[] = {
        "streams.Grants", "{kind: donor, yearly: {2021-01-01: 0 USD}}", "levers.development_grants",
        "{on: 2021-01-01, delay: 0 days, running_cost: 0 USD/year, stream: Grants, per_area: 2 USD/m2, "
        "ceiling: 900 MUSD}",
        NULL};
    run_looking(changes, 1, note_grants);
    assert_true(planned_released_m2 > 1e5);
    assert_near(granted_usd, 2 * planned_released_m2, 2);
}

static void test_a_tax_credit_pays_its_share_and_investors_the_rest(void **state) {
    (void)state;
    const char *changes[] = {"operators.Farmers",
                             "{works_on: [fields], own_money: yes}",
                             "assets.farmers search",
                             "{operator: Farmers, method: battle_area, teams: 4, on: 2021-02-01}",
                             "streams.Investors",
                             "{kind: investor, yearly: {2021-01-01: 0 USD}, only_operators: [Farmers]}",
                             "streams.Taxes",
                             "{kind: state, yearly: {2021-01-01: 0 USD}, only_operators: [Farmers]}",
                             "levers.private_investors",
                             "{on: 2021-01-01, delay: 0 days, starting_cost: 0 USD, running_cost: 0 "
                             "USD/year, stream: Investors, credit_stream: "
                             "Taxes, credit: 40 %, required_return: 10 %, ceiling: 500 kUSD/year}",
                             NULL};
    small_world small;
    small_open(&small, &SMALL, changes);
    for (uint64_t r = 0; r < 3; r++) {
        small_run(&small, r);
        double taxes = small_fate(&small, "Taxes", "disbursed"),
               own = small_fate(&small, "Investors", "disbursed");
        assert_true(own > 5e4);
        assert_near(taxes / (taxes + own), 0.4, 1e-6);
        assert_true(taxes + own <= 10 * 500e3 + 1);
    }
    small_close(&small);
}

static void test_half_the_giving_is_half_the_money(void **state) {
    (void)state;
    static const char *const giving[] = {"1", "0.5"};
    double disbursed[2] = {0};
    for (size_t i = 0; i < 2; i++) {
        const char *changes[] = {
            "streams.Yearly",
            "{kind: donor, yearly: {2021-01-01: 1 MUSD}, drop_out: 0 /year}",
            "levers.competition",
            "{on: 2021-01-01, delay: 0 days, ramp: 0 days, drop_out: 1, machine_price: 1, "
            "machine_lead_time: 1}",
            "levers.competition.giving",
            giving[i],
            NULL};
        small_world small;
        small_open(&small, &SMALL, changes);
        small_run(&small, 0);
        disbursed[i] = small_fate(&small, "Yearly", "disbursed");
        small_close(&small);
    }
    assert_near(disbursed[0], 10e6, 1);
    /* The first of ten years was budgeted on the day before anybody gave less. */
    assert_near(disbursed[1], (1 + 9 * 0.5) * 1e6, 1);
}

/* ---- accession that may fail ---- */

enum { ARMENIA = 365, WORLDS_OF_CHANCE = 600 };
static uint32_t acceded[2]; /* before Armenia, after it */

static void note_accession(hw_land *land, double now) {
    double days = land->policy.effect.treaty_days;
    if (now < ARMENIA) {
        assert_true(days < 0 || fabs(days - now) < 1e-9);
        acceded[0] += days >= 0 && land->calendar.month == 11;
        acceded[1] += days >= 0 && land->calendar.month == 11;
    } else if (days >= 0 && land->calendar.month == 24) {
        /* Those who follow do so on Armenia's day, and no earlier. */
        acceded[1] += fabs(days - (now - ARMENIA)) < 1e-9;
        assert_true(fabs(days - (now - ARMENIA)) < 1e-9 || fabs(days - now) < 1e-9);
    }
}

static void test_accession_has_the_stated_chance_and_armenia_closes_its_share_of_the_gap(void **state) {
    (void)state;
    const char *changes[] = {"levers.treaty",
                             "{on: 2021-01-01, delay: 0 days, running_cost: 0 USD/year, chance: 20 %}",
                             "levers.armenia_first",
                             "{on: 2022-01-01, delay: 0 days, follows: 50 %, answers: 0 %}",
                             "horizon",
                             "2023-02-15",
                             NULL};
    acceded[0] = acceded[1] = 0;
    run_looking(changes, WORLDS_OF_CHANCE, note_accession);
    const double expected[2] = {0.2, 0.2 + 0.5 * 0.8};
    for (int i = 0; i < 2; i++) {
        double sd = sqrt(expected[i] * (1 - expected[i]) / WORLDS_OF_CHANCE);
        assert_near((double)acceded[i] / WORLDS_OF_CHANCE, expected[i], 4 * sd);
    }
}

/* ---- support that must be matched ---- */

static uint32_t offers_seen[3]; /* whole, costlier, nothing */

static void note_offers(hw_land *land, double now) {
    double offers = land->money.streams[land->money.stream_count - 1].offers;
    double state = land->money.streams[0].offers;
    if (now < FROM || now >= UNTIL) {
        assert_near(offers, 1, 0);
    } else {
        bool waits = offers <= 0;
        assert_true(!waits || now < FROM + 400);
        assert_true(waits || offers >= 1 || fabs(offers - 0.5) < 1e-12);
        offers_seen[waits ? 2 : offers < 1] += land->calendar.month == 6;
    }
    assert_true(state <= 1);
}

static void test_givers_who_ask_for_a_match_give_half_or_wait(void **state) {
    (void)state;
    const char *changes[] = {"streams.Giver",
                             "{kind: donor, amount: 1 MUSD, pledged: 2021-01-01}",
                             "levers.matched_support",
                             "{on: 2021-06-01, until: 2024-01-01, delay: 0 days, asking: 60 %, cost: 2, "
                             "waiting: 30 %, wait: 400 days}",
                             "horizon",
                             "2024-03-15",
                             NULL};
    memset(offers_seen, 0, sizeof offers_seen);
    run_looking(changes, 400, note_offers);
    const double expected[3] = {0.4, 0.6 * 0.7, 0.6 * 0.3};
    for (int i = 0; i < 3; i++) {
        double sd = sqrt(expected[i] * (1 - expected[i]) / 400);
        assert_near(offers_seen[i] / 400.0, expected[i], 4 * sd);
    }
}

/* A giver of whom a match is asked signs half; one who waits signs later, and keeps the end date. */
static void test_what_is_offered_is_what_is_signed(void **state) {
    (void)state;
    static const struct {
        const char *waiting, *wait;
        double disbursed;
    } tries[] = {{"0 %", "100 days", 0.5e6}, {"100 %", "600 days", 0.5e6}, {"100 %", "7000 days", 0}};
    for (size_t i = 0; i < HW_LENGTH(tries); i++) {
        const char *changes[] = {"streams.Giver",
                                 "{kind: donor, amount: 1 MUSD, pledged: 2021-06-01, valid_for: 6 years}",
                                 "levers.matched_support",
                                 "{on: 2021-01-01, delay: 0 days, asking: 100 %, cost: 2}",
                                 "levers.matched_support.waiting",
                                 tries[i].waiting,
                                 "levers.matched_support.wait",
                                 tries[i].wait,
                                 NULL};
        small_world small;
        small_open(&small, &SMALL, changes);
        small_run(&small, 3);
        assert_near(small_fate(&small, "Giver", "disbursed"), tries[i].disbursed, 0.01);
        assert_near(small_fate(&small, "State", "pledged"), 80e6, 0.01); /* nobody asks the state */
        small_close(&small);
    }
}

/* ---- a conference and its fund ---- */

static void fund_pays_in_equal_parts(hw_land *land, double now) {
    (void)now;
    const hw_stream_state *fund = &land->money.streams[land->money.stream_count - 1];
    double next = land->calendar.month_ends[land->calendar.month];
    double paid = fmin(1, fmax(0, next - FROM - 200) / 1461); /* with the month to come */
    assert_near((double)fund->granted / 100, 10e6 * 0.6 * paid, 1);
    assert_near(land->policy.effect.giving, now >= FROM ? 0.8 : 1, 1e-12);
}

static void test_a_fund_pays_what_is_honoured_late_and_in_equal_parts(void **state) {
    (void)state;
    const char *changes[] = {
        "streams.Fund",
        "{kind: trust_fund, amount: 0 USD, pledged: 2021-01-01, signing_lag: 0 days, valid_for: 12 years}",
        "levers.donor_conference",
        "{on: 2021-06-01, delay: 0 days, starting_cost: 0 USD, running_cost: 0 USD/year, stream: Fund, "
        "raised: 10 MUSD, honoured: 60 %, governance: 200 days, paid_over: 1461 days, giving: 0.8}",
        NULL};
    run_looking(changes, 2, fund_pays_in_equal_parts);
}

static uint32_t givers_turned;

static void note_turned(hw_land *land, double now) {
    (void)now;
    if (land->calendar.month == 3) {
        givers_turned += land->money.streams[land->money.stream_count - 1].victim_aid;
    }
}

static void test_each_giver_turns_to_victims_with_the_stated_probability(void **state) {
    (void)state;
    static const struct {
        const char *text;
        double share;
    } tries[] = {{"0 %", 0}, {"30 %", 0.3}, {"100 %", 1}};
    enum { WORLDS = 400 };
    for (size_t i = 0; i < HW_LENGTH(tries); i++) {
        const char *changes[] = {"streams.Giver",
                                 "{kind: donor, amount: 1 MUSD, pledged: 2021-01-01}",
                                 "levers.victim_aid_only",
                                 "{on: 2021-01-01, delay: 0 days}",
                                 "levers.victim_aid_only.probability",
                                 tries[i].text,
                                 "horizon",
                                 "2021-05-15",
                                 NULL};
        givers_turned = 0;
        run_looking(changes, WORLDS, note_turned);
        double sd = sqrt(tries[i].share * (1 - tries[i].share) / WORLDS);
        assert_near((double)givers_turned / WORLDS, tries[i].share, 4 * sd);
    }
}

/* ---- tension ---- */

enum { CALM, TENSE, FIGHTING, CONFLICTS };
static uint32_t after_a_month[CONFLICTS], months_of[CONFLICTS];

static uint32_t value_at(const hw_land *land, const char *path) {
    uint32_t v = 0;
    while (strcmp(land->scenario->values->items[v].path, path) != 0) {
        v++;
    }
    return v;
}

static void tension_moves_donors_and_families(hw_land *land, double now) {
    (void)now;
    static const double readiness[] = {1, 1.5, 4}, away[] = {0, 0.2, 0.8};
    uint32_t conflict = (uint32_t)land->policy.levers[0].number[0],
             drop_out = value_at(land, "streams.Giver.drop_out");
    after_a_month[conflict] += land->calendar.month == 1;
    months_of[conflict]++;
    assert_near(land->value[drop_out] / land->drawn[drop_out], readiness[conflict], 1e-9);
    assert_near(land->districts[0].unease, 0.5 * away[conflict], 1e-12);
    assert_near(land->districts[1].unease, 0, 0);
}

static void test_tension_changes_at_its_rates_and_moves_donors_and_families(void **state) {
    (void)state;
    const char *changes[] = {
        "streams.Giver",
        "{kind: donor, amount: 1 MUSD, pledged: 2021-01-01, drop_out: 10 %/year}",
        "districts.North.border",
        "50 %",
        "districts.South.border",
        "0 %",
        "levers.tension",
        "{on: 2021-01-01, starts: tense, calm_to_tense: 1 /year, tense_to_calm: 4 /year, "
        "tense_to_fighting: 2 /year, fighting_to_tense: 3 /year, drop_out_tense: 1.5, drop_out_fighting: "
        "4, stay_away_tense: 20 %, stay_away_fighting: 80 %, remined: 0 /year}",
        "horizon",
        "2021-07-15",
        NULL};
    enum { WORLDS = 800 };
    memset(after_a_month, 0, sizeof after_a_month);
    memset(months_of, 0, sizeof months_of);
    run_looking(changes, WORLDS, tension_moves_donors_and_families);
    /* The first month has 31 days; of those who leave, two of six go up. */
    double moves = 1 - exp(-6 * 31 / 365.2425), up = moves / 3, down = moves * 2 / 3;
    assert_near((double)after_a_month[FIGHTING] / WORLDS, up, 4 * sqrt(up * (1 - up) / WORLDS));
    assert_near((double)after_a_month[CALM] / WORLDS, down, 4 * sqrt(down * (1 - down) / WORLDS));
    assert_true(months_of[CALM] > 100 && months_of[TENSE] > 100 && months_of[FIGHTING] > 100);
}

/* ---- records of past accidents ---- */

enum { BLOCKS_MOST = 8192 };
static double odds_before[BLOCKS_MOST], odds_after[BLOCKS_MOST];
static uint32_t blocks_seen;

/* Of ground that waits for survey; of all other ground, which no record may touch, its belief. */
static double log_odds(const hw_item *item) {
    double belief = (double)item->belief_mined;
    return item->stage == HW_STAGE_SURVEY && belief > 0 ? log(belief / (1 - belief)) : belief;
}

static double plan_and_compare(void *state, double now, hw_queue *queues) {
    hw_land *land = state;
    if (now > 0) {
        return hw_land_release.plan(state, now, queues);
    }
    assert_true(land->ground.item_count <= BLOCKS_MOST);
    for (uint32_t i = 0; i < land->ground.item_count; i++) {
        odds_before[i] = log_odds(&land->ground.items[i]);
    }
    double next = hw_land_release.plan(state, now, queues);
    blocks_seen = 0;
    for (uint32_t i = 0; i < land->ground.item_count; i++) {
        odds_after[i] = log_odds(&land->ground.items[i]);
        blocks_seen++;
    }
    return next;
}

/* What silence does to the polygon: nothing in it was recorded in most worlds, so that its lowest change. */
static void look_at_polygons(const hw_land *land, uint32_t *raised, uint32_t *struck) {
    double silence[BLOCKS_MOST];
    for (uint32_t n = 0; n < BLOCKS_MOST; n++) {
        silence[n] = HUGE_VAL;
    }
    for (uint32_t p = 0; p < land->ground.polygon_count; p++) {
        const hw_polygon *polygon = &land->ground.polygons[p];
        for (uint32_t i = polygon->first; i < polygon->first + polygon->count; i++) {
            silence[polygon->count] = fmin(silence[polygon->count], odds_after[i] - odds_before[i]);
        }
    }
    for (uint32_t p = 0; p < land->ground.polygon_count; p++) {
        const hw_polygon *polygon = &land->ground.polygons[p];
        uint32_t higher = 0;
        double most = 0;
        for (uint32_t i = polygon->first; i < polygon->first + polygon->count; i++) {
            double change = odds_after[i] - odds_before[i] - silence[polygon->count];
            higher += change > 1e-4;
            most = fmax(most, change);
        }
        assert_true(higher == 0 || higher == polygon->count); /* all of the polygon, or none */
        *raised += higher > 0;
        for (uint32_t i = polygon->first; i < polygon->first + polygon->count && higher > 1; i++) {
            *struck += odds_after[i] - odds_before[i] - silence[polygon->count] > most - 1e-6;
        }
        assert_true(polygon->count == 0 ||
                    silence[polygon->count] < 0); /* where nothing was recorded it falls */
    }
}

static void test_a_record_raises_belief_in_its_polygon_and_most_where_it_lies(void **state) {
    (void)state;
    const char *changes[] = {
        "levers.accident_sharing",
        "{on: 2021-01-01, delay: 0 days, starting_cost: 0 USD, records: 1, accurate: 60 %, around: 1.6}",
        "horizon",
        "2021-02-15",
        "layout.polygon",
        "40 ha",
        "layout.block",
        "5 ha",
        NULL};
    hw_model model = hw_land_release;
    model.plan = plan_and_compare;
    small_world small;
    small_open_model(&small, &SMALL, &model, changes);
    uint32_t with_others = 0;
    for (uint64_t r = 0; r < 40; r++) {
        small_run(&small, r);
        uint32_t raised = 0, struck = 0;
        look_at_polygons(small_land(&small), &raised, &struck);
        assert_int_equal(raised, 1);
        assert_true(struck <= 1);
        with_others += struck;
    }
    assert_true(with_others > 20);
    small_close(&small);
}

static void test_records_that_are_never_right_change_no_belief(void **state) {
    (void)state;
    const char *changes[] = {
        "levers.accident_sharing",
        "{on: 2021-01-01, delay: 0 days, starting_cost: 0 USD, records: 50, accurate: 0 %, around: 1.6}",
        "horizon", "2021-02-15", NULL};
    hw_model model = hw_land_release;
    model.plan = plan_and_compare;
    small_world small;
    small_open_model(&small, &SMALL, &model, changes);
    small_run(&small, 3);
    assert_true(blocks_seen > 50);
    for (uint32_t i = 0; i < blocks_seen; i++) {
        assert_near(odds_after[i], odds_before[i], 1e-6);
    }
    small_close(&small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_lever_changes_its_values_by_what_it_says_and_no_others),
        cmocka_unit_test(test_treaty_maps_and_giving_follow_their_dates),
        cmocka_unit_test(test_survey_first_lends_the_share_of_idle_people_that_it_says),
        cmocka_unit_test(test_grants_are_so_much_for_each_square_metre_released_for_planned_use),
        cmocka_unit_test(test_a_tax_credit_pays_its_share_and_investors_the_rest),
        cmocka_unit_test(test_half_the_giving_is_half_the_money),
        cmocka_unit_test(test_accession_has_the_stated_chance_and_armenia_closes_its_share_of_the_gap),
        cmocka_unit_test(test_givers_who_ask_for_a_match_give_half_or_wait),
        cmocka_unit_test(test_what_is_offered_is_what_is_signed),
        cmocka_unit_test(test_a_fund_pays_what_is_honoured_late_and_in_equal_parts),
        cmocka_unit_test(test_each_giver_turns_to_victims_with_the_stated_probability),
        cmocka_unit_test(test_tension_changes_at_its_rates_and_moves_donors_and_families),
        cmocka_unit_test(test_a_record_raises_belief_in_its_polygon_and_most_where_it_lies),
        cmocka_unit_test(test_records_that_are_never_right_change_no_belief),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
