#include "models/ground.h"
#include "models/lever.h"
#include "models/method.h"
#include "tests/models/small_world.h"

/* Policy levers on shared worlds: a lever changes nothing before its date, nothing at all when its date never
 * comes, and what it changes afterwards goes the way that its documentation says. A lever without a row in
 * `cases` fails the first test. */

enum {
    WORLDS = 40,
    MANY_WORLDS = 300 /* where the effect is small beside the noise */,
    HORIZON_YEARS = 10,
    YEARS_BEFORE = 2
};

/* What a lever is tried on. */
typedef struct lever_case {
    const char *lever;
    const char *const
        *base; /* changes to the small country with and without the lever: path, YAML, ..., NULL */
    const char *const *pull; /* the lever's own further keys: path, YAML, ..., NULL */
    double (*answer)(const small_world *small, const char *name);
    const char *name;
    int direction; /* of the answer's mean over worlds, with the lever against without: -1 falls, 1 grows */
} lever_case;

/* ---- answers ---- */

/* Place-days without release up to the horizon, over all places: restricted mean time, so that "never" counts
 * as the horizon. */
static double days_to_release(const small_world *small, const char *name) {
    (void)name;
    const hw_variable *variable = small_variable(small, "place_release_day");
    double sum = 0;
    for (size_t i = 0; i < variable->count; i++) {
        double day = small_number(small, variable, i);
        sum += isnan(day) ? small_land(small)->horizon : day;
    }
    return sum;
}

static double spent_of(const small_world *small, const char *stream) {
    return small_fate(small, stream, "spent");
}

static double disbursed_of(const small_world *small, const char *stream) {
    return small_fate(small, stream, "disbursed");
}

static double dropped_of(const small_world *small, const char *stream) {
    return small_fate(small, stream, "dropped");
}

static double cancelled(const small_world *small, const char *name) {
    (void)name;
    return small_ledger(small, HW_LEDGER_CANCELLED);
}

static double left_behind(const small_world *small, const char *name) {
    (void)name;
    double sum = 0;
    for (uint32_t d = 0; d < small->scenario.districts.count; d++) {
        for (uint32_t type = 0; type < HW_ITEM_TYPES; type++) {
            sum += small_at(small, "district_items", d, type, HW_STATE_MISSED, 0);
        }
    }
    return sum;
}

static double civilian_victims(const small_world *small, const char *name) {
    (void)name;
    return small_last_month(small, "victims", HW_VICTIM_CIVILIAN_KILLED) +
           small_last_month(small, "victims", HW_VICTIM_CIVILIAN_INJURED);
}

static double team_days_of_work(const small_world *small, const char *name) {
    (void)name;
    const hw_variable *variable = small_variable(small, "district_asset_days");
    uint32_t last = small_length(small, variable, 2) - 1;
    double sum = 0;
    for (uint32_t d = 0; d < small->scenario.districts.count; d++) {
        sum += small_at(small, "district_asset_days", d, HW_USE_WORKING, last, 0);
    }
    return sum;
}

static double spent_on(const small_world *small, const char *name) {
    uint32_t purpose = small_index(small, "purpose", name);
    double sum = 0;
    for (uint32_t year = 0; year < HORIZON_YEARS; year++) {
        sum += small_at(small, "purpose_spent_usd", purpose, year, 0, 0);
    }
    return sum;
}

static double purchases(const small_world *small, const char *name) {
    (void)name;
    return spent_on(small, "purchase");
}

/* Team-days abroad; they are booked where a team without a posting is. */
static double days_away(const small_world *small, const char *name) {
    (void)name;
    return small_at(small, "unposted_asset_days", small_index(small, "use", "away"), 0, 0, 0);
}

/* Ground surveyed or released, added up over the first three years: what survey leaves open it has passed on.
 */
static double released_early(const small_world *small, const char *name) {
    (void)name;
    double sum = 0;
    for (uint32_t month = 0; month < 36; month++) {
        sum -= small_at(small, "ledger_m2", month, HW_LEDGER_REMAINING, 0, 0);
    }
    return sum;
}

static double laid(const small_world *small, const char *name) {
    (void)name;
    double sum = 0;
    for (uint32_t d = 0; d < 2; d++) {
        sum += small_at(small, "district_items", d, HW_ITEM_AP, HW_STATE_LAID, 0);
    }
    return sum;
}

static double conflict_days(const small_world *small, const char *place) {
    return small_delay(small, place, HW_CAUSE_CONFLICT);
}

static double people_back(const small_world *small, const char *name) {
    (void)name;
    const hw_variable *variable = small_variable(small, "people_back");
    double sum = 0;
    for (size_t i = 0; i < variable->count; i++) {
        sum += small_number(small, variable, i);
    }
    return sum;
}

static double access_days(const small_world *small, const char *place) {
    return small_delay(small, place, HW_CAUSE_ACCESS);
}

/* ---- cases ---- */

static const char *const NOTHING_MORE[] = {NULL};

static const char *const TREATY_DONOR[] = {
    "streams.Accession",
    "{kind: donor, amount: 10 MUSD, pledged: 2021-01-01, valid_for: 9 years, condition: treaty}",
    "streams.State.yearly", "{2021-01-01: 3 MUSD}", NULL};

/* The small country's budget is a hundredth of a real one. */
static const char *const AT_NO_COST[] = {"levers.treaty.running_cost", "0 USD/year", NULL};

static const char *const FICKLE_DONOR[] = {
    "streams.Fickle",
    "{kind: donor, amount: 10 MUSD, pledged: 2021-01-01, valid_for: 9 years, tranches: 16, "
    "tranche_interval: 6 months, drop_out: 30 %/year}",
    NULL};

static const char *const CONFUSED_SURVEY[] = {"methods.non_technical_survey.specificity",
                                              "20 %",
                                              "methods.non_technical_survey.rate",
                                              "1 ha/day",
                                              "assets.survey.teams",
                                              "1",
                                              NULL};

/* Ground that deminers take an age to clear, and no machine can prepare. */
static const char *const TANGLED_BELT[] = {"settings.belt.steep",
                                           "95 %",
                                           "settings.belt.vegetation",
                                           "8 min/m2",
                                           "settings.belt.unfit_for_dogs",
                                           "95 %",
                                           "assets.machine.teams",
                                           "4",
                                           NULL};

static const char *const FOR_THE_BELT[] = {"levers.trench_machines.settings", "[belt]", NULL};

static const char *const OLD_DOGS[] = {"methods.dogs.team.service_life", "400 days", "assets.dogs.teams", "4",
                                       NULL};

/* One giver with a pledge to come, one with a yearly budget. */
static const char *const GIVERS[] = {
    "streams.Coming",
    "{kind: donor, amount: 10 MUSD, pledged: 2024-01-01, valid_for: 6 years, tranches: 8, "
    "tranche_interval: 6 months}",
    "streams.Yearly", "{kind: donor, yearly: {2021-01-01: 1 MUSD}}", NULL};

static const char *const CHEAP_DOGS[] = {"levers.dog_centre.purchase",
                                         "0.5",
                                         "levers.dog_centre.starting_cost",
                                         "100 kUSD",
                                         "levers.dog_centre.delay",
                                         "6 months",
                                         NULL};

static const char *const OLD_MACHINES[] = {"methods.machines.team.service_life", "400 days", NULL};
static const char *const DEAR_MACHINES[] = {"levers.competition.machine_price", "3", NULL};

/* Survey is the bottleneck, and there are many searchers. */
static const char *const FEW_SURVEYORS[] = {"methods.non_technical_survey.rate",
                                            "0.3 ha/day",
                                            "assets.survey.teams",
                                            "1",
                                            "methods.non_technical_survey.specificity",
                                            "90 %",
                                            NULL};

static const char *const HALF_ABROAD[] = {"levers.expertise_export.share", "50 %", NULL};
static const char *const FULL_MAPS[] = {"levers.map_exchange.cover",
                                        "70 %",
                                        "levers.map_exchange.right",
                                        "90 %",
                                        "levers.map_exchange.delay",
                                        "0 days",
                                        NULL};

/* Survey tells nothing, and the fields of a search see few mines: who knows better leaves less behind. */
static const char *const BLIND_SURVEY[] = {"methods.non_technical_survey.specificity",
                                           "5 %",
                                           "methods.non_technical_survey.rate",
                                           "1 ha/day",
                                           "assets.survey.teams",
                                           "1",
                                           "methods.battle_area.mines_seen",
                                           "20 %",
                                           "safety.residual_finds",
                                           "0 /year",
                                           NULL};

static const char *const MANY_RECORDS[] = {"levers.accident_sharing.records",
                                           "40",
                                           "levers.accident_sharing.accurate",
                                           "90 %",
                                           "levers.accident_sharing.starting_cost",
                                           "0 USD",
                                           "levers.accident_sharing.delay",
                                           "0 days",
                                           NULL};

static const char *const CARELESS[] = {"methods.manual.detection",
                                       "80 %",
                                       "methods.dogs.detection",
                                       "80 %",
                                       "methods.battle_area.detection",
                                       "80 %",
                                       "methods.non_technical_survey.rate",
                                       "1 ha/day",
                                       "safety.residual_finds",
                                       "0 /year",
                                       NULL};

static const char *const CHEAP_QC[] = {"levers.external_qc.running_cost", "0 USD/year",
                                       "levers.external_qc.starting_cost", "0 USD", NULL};

/* People leave fast, and the schools can hardly replace them. */
static const char *const FEW_TRAINEES[] = {"training.places",
                                           "6 /year",
                                           "methods.manual.team.attrition",
                                           "40 %/year",
                                           "methods.battle_area.team.attrition",
                                           "40 %/year",
                                           "methods.non_technical_survey.rate",
                                           "1 ha/day",
                                           NULL};

/* As many as the schools can take, so that the gain stands out from worlds in which other mines go off. */
static const char *const CHEAP_RECRUITING[] = {"levers.women_deminers.running_cost",
                                               "0 USD/year",
                                               "levers.women_deminers.starting_cost",
                                               "0 USD",
                                               "levers.women_deminers.trainees",
                                               "3",
                                               "levers.women_deminers.leaving",
                                               "0.3",
                                               NULL};

static const char *const MANY_VISITS[] = {"safety.visit_accidents", "10 /month",
                                          "methods.non_technical_survey.rate", "1 ha/day", NULL};

static const char *const CHEAP_EDUCATION[] = {"levers.risk_education.running_cost", "0 USD/year", NULL};

/* The one team that searches cannot be done before they come. */
static const char *const KEPT_OUT[] = {"assets.battle.teams",
                                       "1",
                                       "operators.Guests",
                                       "{admitted: 0 %}",
                                       "assets.guests",
                                       "{operator: Guests, method: battle_area, teams: 4, on: 2023-03-01}",
                                       NULL};

static const char *const LET_IN[] = {"levers.ngo_access.operators",
                                     "[Guests]",
                                     "levers.ngo_access.admitted",
                                     "60 %",
                                     "levers.ngo_access.delay",
                                     "60 days",
                                     NULL};

static const char *const DONOR_FOR_CLEARANCE[] = {
    "streams.Giver",
    "{kind: donor, amount: 10 MUSD, pledged: 2021-01-01, valid_for: 9 years, tranches: 16, "
    "tranche_interval: 6 months}",
    "streams.State.yearly", "{2021-01-01: 2 MUSD}", NULL};

static const char *const MOST_TURN[] = {"levers.victim_aid_only.probability", "80 %", NULL};

static const char *const PLANNED_LAND[] = {"streams.Grants",
                                           "{kind: donor, yearly: {2021-01-01: 0 USD}}",
                                           "streams.State.yearly",
                                           "{2021-01-01: 3 MUSD}",
                                           "methods.non_technical_survey.rate",
                                           "1 ha/day",
                                           NULL};

static const char *const GRANTS[] = {"levers.development_grants.stream",
                                     "Grants",
                                     "levers.development_grants.per_area",
                                     "3 USD/m2",
                                     "levers.development_grants.delay",
                                     "0 days",
                                     "levers.development_grants.running_cost",
                                     "0 USD/year",
                                     NULL};

static const char *const AT_THE_BORDER[] = {
    "districts.North.border",
    "60 %",
    "districts.South.border",
    "80 %",
    "streams.Fickle",
    "{kind: donor, amount: 10 MUSD, pledged: 2021-01-01, valid_for: 9 years, tranches: 16, "
    "tranche_interval: 6 months, drop_out: 10 %/year}",
    "streams.Wary",
    "{kind: donor, amount: 10 MUSD, pledged: 2021-01-01, valid_for: 9 years, tranches: 16, "
    "tranche_interval: 6 months, condition: no_escalation}",
    NULL};

static const char *const LONG_FIGHTING[] = {"levers.tension.starts",
                                            "fighting",
                                            "levers.tension.fighting_to_tense",
                                            "0.7 /year",
                                            "levers.tension.remined",
                                            "5 %/year",
                                            NULL};

static const char *const INVESTORS[] = {"settings.fields.worth",
                                        "20 kUSD/ha",
                                        "operators.Farmers",
                                        "{works_on: [fields], own_money: yes}",
                                        "assets.farmers search",
                                        "{operator: Farmers, method: battle_area, teams: 4, on: 2021-02-01}",
                                        "streams.Investors",
                                        "{kind: investor, yearly: {2021-01-01: 0 USD}, "
                                        "only_operators: [Farmers]}",
                                        "streams.Taxes",
                                        "{kind: state, yearly: {2021-01-01: 0 USD}, "
                                        "only_operators: [Farmers]}",
                                        "assets.battle.teams",
                                        "1",
                                        "methods.battle_area.rate",
                                        "200 m2/day",
                                        NULL};

static const char *const TO_INVESTORS[] = {"levers.private_investors.stream", "Investors",
                                           "levers.private_investors.delay", "3 months", NULL};

static const char *const TAX_CREDIT[] = {"levers.private_investors.stream",
                                         "Investors",
                                         "levers.private_investors.credit_stream",
                                         "Taxes",
                                         "levers.private_investors.credit",
                                         "40 %",
                                         "levers.private_investors.delay",
                                         "3 months",
                                         NULL};

/* Accession is on its way, and likely to fail. */
static const char *const TREATY_IN_DOUBT[] = {
    "streams.Accession",
    "{kind: donor, amount: 10 MUSD, pledged: 2021-01-01, valid_for: 9 years, condition: treaty}",
    "streams.State.yearly",
    "{2021-01-01: 3 MUSD}",
    "levers.treaty",
    "{on: 2021-02-01, delay: 60 days, running_cost: 0 USD/year, chance: 10 %}",
    NULL};

static const char *const LIKELY_FOLLOWED[] = {"levers.armenia_first.follows",
                                              "80 %",
                                              "levers.armenia_first.answers",
                                              "40 %",
                                              "levers.armenia_first.delay",
                                              "60 days",
                                              NULL};

static const char *const MOST_ASK[] = {"levers.matched_support.asking", "70 %", NULL};

static const char *const CLOSED_BORDER[] = {
    "districts.North.border_closed",
    "50 %",
    "districts.South.border_closed",
    "50 %",
    "streams.Fickle",
    "{kind: donor, amount: 10 MUSD, pledged: 2021-01-01, valid_for: 9 years, tranches: 16, "
    "tranche_interval: 6 months, drop_out: 30 %/year}",
    NULL};

static const char *const OPENED[] = {"levers.joint_border_clearance.still_closed",
                                     "10 %",
                                     "levers.joint_border_clearance.starting_cost",
                                     "0 USD",
                                     "levers.joint_border_clearance.running_cost",
                                     "0 USD/year",
                                     "levers.joint_border_clearance.delay",
                                     "3 months",
                                     NULL};

/* Fighting that comes and goes for the whole time. */
static const char *const TENSE_BORDER[] = {
    "districts.North.border",
    "60 %",
    "districts.South.border",
    "80 %",
    "levers.tension",
    "{on: 2021-02-01, tense_to_fighting: 1 /year, fighting_to_tense: 4 /year, tense_to_calm: 0.5 /year}",
    NULL};

static const char *const DEAL[] = {"levers.detainees_and_maps.tension_falls", "3",
                                   "levers.detainees_and_maps.fighting", "0.3", NULL};

static const char *const OTHER_MAPS[] = {"methods.non_technical_survey.specificity",
                                         "20 %",
                                         "methods.non_technical_survey.rate",
                                         "1 ha/day",
                                         "assets.survey.teams",
                                         "1",
                                         "levers.map_exchange",
                                         "{on: 2021-02-01, delay: 0 days, starting_cost: 0 USD}",
                                         NULL};

static const char *const BETTER_MAPS[] = {"levers.detainees_and_maps.cover",
                                          "70 %",
                                          "levers.detainees_and_maps.right",
                                          "90 %",
                                          "levers.detainees_and_maps.delay",
                                          "0 days",
                                          NULL};

/* Papers take long, and there is much to sign. */
static const char *const RED_TAPE[] = {"planning.report_time",
                                       "200 days",
                                       "operators.Firm.permit_delay",
                                       "3 years",
                                       "methods.dogs.team.accreditation",
                                       "300 days",
                                       NULL};

static const char *const CHEAP_LAW[] = {"levers.mine_action_law.starting_cost",
                                        "0 USD",
                                        "levers.mine_action_law.running_cost",
                                        "0 USD/year",
                                        "levers.mine_action_law.delay",
                                        "6 months",
                                        "levers.mine_action_law.report_time",
                                        "0.4",
                                        NULL};

static const char *const EMPTY_FUND[] = {
    "streams.Fund",
    "{kind: trust_fund, amount: 0 USD, pledged: 2021-01-01, signing_lag: 0 days, valid_for: 12 years}",
    "streams.State.yearly",
    "{2021-01-01: 3 MUSD}",
    "methods.non_technical_survey.rate",
    "1 ha/day",
    NULL};

static const char *const GENEROUS[] = {"levers.donor_conference.stream",
                                       "Fund",
                                       "levers.donor_conference.starting_cost",
                                       "0 USD",
                                       "levers.donor_conference.running_cost",
                                       "0 USD/year",
                                       "levers.donor_conference.delay",
                                       "0 days",
                                       "levers.donor_conference.raised",
                                       "20 MUSD",
                                       NULL};

static const char *const CHEAP_JOBS[] = {"levers.jobs_and_schools.starting_cost", "0 USD",
                                         "levers.jobs_and_schools.running_cost", "0 USD/year", NULL};

static const lever_case cases[] = {
    {"treaty", TREATY_DONOR, AT_NO_COST, spent_of, "Accession", 1},
    {"treaty", TREATY_DONOR, AT_NO_COST, days_to_release, NULL, -1},
    {"armenia_first", TREATY_IN_DOUBT, LIKELY_FOLLOWED, spent_of, "Accession", 1},
    {"armenia_first", TREATY_IN_DOUBT, LIKELY_FOLLOWED, days_to_release, NULL, -1},
    {"depoliticised_support", FICKLE_DONOR, NOTHING_MORE, dropped_of, "Fickle", -1},
    {"technical_advice", CONFUSED_SURVEY, NOTHING_MORE, cancelled, NULL, 1},
    {"remote_survey", CONFUSED_SURVEY, NOTHING_MORE, cancelled, NULL, 1},
    {"trench_machines", TANGLED_BELT, FOR_THE_BELT, days_to_release, NULL, -1},
    {"dog_centre", OLD_DOGS, CHEAP_DOGS, purchases, NULL, -1},
    {"competition", GIVERS, NOTHING_MORE, disbursed_of, "Coming", -1},
    {"competition", GIVERS, NOTHING_MORE, disbursed_of, "Yearly", -1},
    {"competition", OLD_MACHINES, DEAR_MACHINES, purchases, NULL, 1},
    {"matched_support", GIVERS, MOST_ASK, disbursed_of, "Coming", -1},
    {"matched_support", GIVERS, MOST_ASK, disbursed_of, "Yearly", -1},
    {"joint_border_clearance", CLOSED_BORDER, OPENED, days_to_release, NULL, -1},
    {"joint_border_clearance", CLOSED_BORDER, OPENED, access_days, "Town", -1},
    {"joint_border_clearance", CLOSED_BORDER, OPENED, dropped_of, "Fickle", -1},
    {"joint_border_clearance", TENSE_BORDER, OPENED, conflict_days, "Town", -1},
    {"detainees_and_maps", OTHER_MAPS, BETTER_MAPS, cancelled, NULL, 1},
    {"detainees_and_maps", TENSE_BORDER, DEAL, conflict_days, "Town", -1},
    {"mine_action_law", RED_TAPE, CHEAP_LAW, days_to_release, NULL, -1},
    {"mine_action_law", CARELESS, CHEAP_LAW, left_behind, NULL, -1},
    {"donor_conference", EMPTY_FUND, GENEROUS, spent_of, "Fund", 1},
    {"donor_conference", EMPTY_FUND, GENEROUS, days_to_release, NULL, -1},
    {"jobs_and_schools", NOTHING_MORE, CHEAP_JOBS, people_back, NULL, 1},
    {"expertise_export", FICKLE_DONOR, HALF_ABROAD, days_away, NULL, 1},
    {"expertise_export", FICKLE_DONOR, HALF_ABROAD, dropped_of, "Fickle", -1},
    {"expertise_export", FICKLE_DONOR, HALF_ABROAD, days_to_release, NULL, 1},
    {"survey_first", FEW_SURVEYORS, NOTHING_MORE, released_early, NULL, 1},
    {"survey_first", CONFUSED_SURVEY, NOTHING_MORE, cancelled, NULL, 1},
    {"tension", AT_THE_BORDER, LONG_FIGHTING, days_to_release, NULL, 1},
    {"tension", AT_THE_BORDER, LONG_FIGHTING, conflict_days, "Town", 1},
    {"tension", AT_THE_BORDER, LONG_FIGHTING, laid, NULL, 1},
    {"tension", AT_THE_BORDER, LONG_FIGHTING, people_back, NULL, -1},
    {"tension", AT_THE_BORDER, LONG_FIGHTING, dropped_of, "Fickle", 1},
    {"tension", AT_THE_BORDER, LONG_FIGHTING, disbursed_of, "Wary", -1},

    {"map_exchange", CONFUSED_SURVEY, FULL_MAPS, cancelled, NULL, 1},
    /* Where people have been hurt, more is searched. What is left behind and when places are released hardly
     * move: planners weigh the one against the other. */
    {"accident_sharing", BLIND_SURVEY, MANY_RECORDS, team_days_of_work, NULL, 1},
    {"external_qc", CARELESS, CHEAP_QC, left_behind, NULL, -1},
    {"women_deminers", FEW_TRAINEES, CHEAP_RECRUITING, days_to_release, NULL, -1},
    {"risk_education", MANY_VISITS, CHEAP_EDUCATION, civilian_victims, NULL, -1},
    {"ngo_access", KEPT_OUT, LET_IN, team_days_of_work, NULL, 1},
    {"ngo_access", KEPT_OUT, LET_IN, days_to_release, NULL, -1},
    {"victim_aid_only", DONOR_FOR_CLEARANCE, MOST_TURN, spent_on, "victim aid", 1},
    {"victim_aid_only", DONOR_FOR_CLEARANCE, MOST_TURN, days_to_release, NULL, 1},
    {"development_grants", PLANNED_LAND, GRANTS, spent_of, "Grants", 1},
    {"development_grants", PLANNED_LAND, GRANTS, days_to_release, NULL, -1},
    {"private_investors", INVESTORS, TO_INVESTORS, spent_of, "Investors", 1},
    {"private_investors", INVESTORS, TO_INVESTORS, days_to_release, NULL, -1},
    {"private_investors", INVESTORS, TAX_CREDIT, spent_of, "Taxes", 1},
};

static const lever_case *case_of(const char *lever) {
    for (size_t i = 0; i < HW_LENGTH(cases); i++) {
        if (strcmp(cases[i].lever, lever) == 0) {
            return &cases[i];
        }
    }
    print_error("lever '%s' has no case in this test\n", lever);
    fail();
    return NULL;
}

/* Opens the case's country; on: the lever's date, or NULL without it. */
static void open_case(small_world *small, const lever_case *which, const char *on) {
    const char *changes[64];
    char path[96];
    size_t count = 0;
    for (size_t i = 0; which->base[i] != NULL; i++) {
        changes[count++] = which->base[i];
    }
    if (on != NULL) {
        snprintf(path, sizeof path, "levers.%s.on", which->lever);
        changes[count++] = path;
        changes[count++] = on;
        for (size_t i = 0; which->pull[i] != NULL; i++) {
            changes[count++] = which->pull[i];
        }
    }
    assert_true(count < HW_LENGTH(changes));
    changes[count] = NULL;
    small_open(small, &SMALL, changes);
}

/* ---- laws ---- */

static void test_a_lever_whose_date_never_comes_changes_not_one_byte(void **state) {
    (void)state;
    for (uint32_t l = 0; l < hw_levers.count; l++) {
        const lever_case *which = case_of(hw_levers.sections[l]->name);
        small_world without, with;
        open_case(&without, which, NULL);
        open_case(&with, which, "2040-01-01");
        assert_int_equal(without.layout->bytes, with.layout->bytes);
        for (uint64_t r = 0; r < 5; r++) {
            small_run(&without, r);
            small_run(&with, r);
            assert_memory_equal(without.record, with.record, without.layout->bytes);
        }
        small_close(&without);
        small_close(&with);
    }
}

/* How many entries of a time axis lie before the date, two years after the start; 0 for other axes. */
static uint32_t entries_before(const char *axis) {
    if (strcmp(axis, "month") == 0) {
        return 12 * YEARS_BEFORE;
    }
    return strcmp(axis, "year") == 0 || strcmp(axis, "period") == 0 ? YEARS_BEFORE : 0;
}

/* Whether the element lies before the date on the variable's axis of time; false when it has none. */
static bool lies_before(const small_world *small, const hw_variable *variable, size_t index) {
    for (uint32_t rank = variable->rank; rank-- > 0;) {
        uint32_t length = small_length(small, variable, rank);
        uint32_t before = entries_before(small->layout->axes[variable->axis[rank]].name);
        if (before > 0) {
            return index % length < before;
        }
        index /= length;
    }
    return false;
}

static uint32_t compare_before(const small_world *a, const small_world *b, const char *lever) {
    uint32_t compared = 0;
    for (uint32_t v = 0; v < a->layout->variable_count; v++) {
        const hw_variable *variable = &a->layout->variables[v];
        for (size_t i = 0; i < variable->count; i++) {
            if (!lies_before(a, variable, i)) {
                continue;
            }
            double x = small_number(a, variable, i), y = small_number(b, variable, i);
            if (memcmp(&x, &y, sizeof x) != 0) {
                print_error("%s: %s[%zu] is %g instead of %g before the lever's date\n", lever,
                            variable->name, i, y, x);
                fail();
            }
            compared++;
        }
    }
    return compared;
}

static void test_nothing_changes_before_the_date_of_a_lever_and_something_after_it(void **state) {
    (void)state;
    for (uint32_t l = 0; l < hw_levers.count; l++) {
        const lever_case *which = case_of(hw_levers.sections[l]->name);
        small_world without, with;
        open_case(&without, which, NULL);
        open_case(&with, which, "2023-01-01");
        bool differs = false;
        for (uint64_t r = 0; r < 10; r++) {
            small_run(&without, r);
            small_run(&with, r);
            assert_true(compare_before(&without, &with, which->lever) > 0);
            differs |= memcmp(without.record, with.record, without.layout->bytes) != 0;
        }
        if (!differs) {
            print_error("%s: no effect\n", which->lever);
        }
        assert_true(differs);
        small_close(&without);
        small_close(&with);
    }
}

static void test_each_lever_goes_the_way_it_says(void **state) {
    (void)state;
    for (size_t c = 0; c < HW_LENGTH(cases); c++) {
        small_world without, with;
        open_case(&without, &cases[c], NULL);
        open_case(&with, &cases[c], "2021-06-01");
        double difference = 0;
        uint64_t worlds = strcmp(cases[c].lever, "accident_sharing") == 0 ? MANY_WORLDS : WORLDS;
        for (uint64_t r = 0; r < worlds; r++) {
            small_run(&without, r);
            small_run(&with, r);
            difference += cases[c].answer(&with, cases[c].name) - cases[c].answer(&without, cases[c].name);
        }
        if (difference * cases[c].direction <= 0) {
            print_error("%s: the sum of differences is %g\n", cases[c].lever, difference);
            fail();
        }
        small_close(&without);
        small_close(&with);
    }
}

/* What makes a lever do nothing, besides a price of nothing. */
static const struct {
    const char *lever, *nothing;
} idle[] = {
    {"armenia_first", "follows: 0 %, answers: 0 %"},
    {"matched_support", "asking: 0 %"},
    {"joint_border_clearance",
     "still_closed: 100 %, tension_rises: 1, tension_falls: 1, fighting: 1, drop_out: 1"},
    {"detainees_and_maps", "cover: 0 %, right: 0 %, tension_falls: 1, fighting: 1, drop_out: 1"},
    {"mine_action_law",
     "permit_delay: 1, accreditation: 1, lead_time: 1, report_time: 1, missed: 1, drop_out: 1"},
    {"donor_conference", "stream: Fund, raised: 0 USD, giving: 1, drop_out: 1"},
    {"jobs_and_schools", "won_over: 0 %, arrival: 1"},
    {"depoliticised_support", "drop_out: 1"},
    {"competition", "giving: 1, drop_out: 1, machine_price: 1, machine_lead_time: 1"},
};

static void test_a_lever_without_price_and_effect_changes_not_one_byte(void **state) {
    (void)state;
    for (size_t i = 0; i < HW_LENGTH(idle); i++) {
        const lever_case *which = case_of(idle[i].lever);
        char path[96], text[256];
        snprintf(path, sizeof path, "levers.%s", idle[i].lever);
        snprintf(text, sizeof text,
                 "{on: 2021-06-01, delay: 40 days, starting_cost: 0 USD, running_cost: 0 USD/year, %s}",
                 idle[i].nothing);
        const char *pull[] = {path, text, NULL};
        lever_case free_one = *which;
        free_one.pull = pull;
        small_world without, with;
        open_case(&without, which, NULL);
        open_case(&with, &free_one, "2021-06-01");
        for (uint64_t r = 0; r < 5; r++) {
            small_run(&without, r);
            small_run(&with, r);
            assert_memory_equal(without.record, with.record, without.layout->bytes);
        }
        small_close(&without);
        small_close(&with);
    }
}

/* The more a conference raises, the more land is released early and the sooner places are. */
static void test_more_money_raised_is_never_less_mine_action(void **state) {
    (void)state;
    static const char *const raised[] = {"0 USD", "4 MUSD", "20 MUSD", "60 MUSD"};
    double early[HW_LENGTH(raised)] = {0}, days[HW_LENGTH(raised)] = {0};
    for (size_t i = 0; i < HW_LENGTH(raised); i++) {
        const char *pull[32] = {NULL};
        size_t count = 0;
        while (GENEROUS[count] != NULL) {
            pull[count] = GENEROUS[count];
            count++;
        }
        assert_string_equal(pull[count - 2], "levers.donor_conference.raised");
        pull[count - 1] = raised[i];
        lever_case conference = *case_of("donor_conference");
        conference.pull = pull;
        small_world small;
        open_case(&small, &conference, "2021-06-01");
        for (uint64_t r = 0; r < MANY_WORLDS; r++) {
            small_run(&small, r);
            early[i] += released_early(&small, NULL);
            days[i] += days_to_release(&small, NULL);
        }
        small_close(&small);
        assert_true(i == 0 || (early[i] >= early[i - 1] && days[i] <= days[i - 1]));
    }
    assert_true(early[3] > early[0] && days[3] < days[0]);
}

/* Jobs and schools are paid by those who build, to the cent, and clearance does not feel them. */
static void test_jobs_and_schools_are_paid_from_money_for_building(void **state) {
    (void)state;
    const char *changes[] = {"levers.jobs_and_schools",
                             "{on: 2022-01-01, until: 2024-01-01, delay: 0 days, starting_cost: 1 MUSD, "
                             "running_cost: 2 MUSD/year}",
                             NULL};
    small_world without, with;
    small_open(&without, &SMALL, NULL);
    small_open(&with, &SMALL, changes);
    for (uint64_t r = 0; r < 5; r++) {
        small_run(&without, r);
        small_run(&with, r);
        assert_true(fabs(spent_on(&with, "policy measures") - (1e6 + 2e6 * 730 / 365.2425)) < 1);
        assert_true(days_to_release(&with, NULL) == days_to_release(&without, NULL));
        double building = spent_on(&with, "building") + spent_on(&with, "policy measures");
        assert_true(fabs(spent_of(&with, "Building") - building) < 1);
    }
    small_close(&without);
    small_close(&with);
}

/* A lever that cannot be paid has no effect: its price is real. */
static void test_a_lever_that_cannot_be_paid_changes_nothing(void **state) {
    (void)state;
    for (uint32_t l = 0; l < hw_levers.count; l++) {
        const lever_case *which = case_of(hw_levers.sections[l]->name);
        char path[96];
        snprintf(path, sizeof path, "levers.%s.starting_cost", which->lever);
        const char *pull[32] = {NULL};
        size_t count = 0;
        while (which->pull[count] != NULL) {
            pull[count] = which->pull[count];
            count++;
        }
        pull[count] = path; /* the last word on the price */
        pull[count + 1] = "9 bnUSD";
        lever_case dear = *which;
        dear.pull = pull;
        small_world without, with;
        open_case(&without, which, NULL);
        open_case(&with, &dear, "2021-06-01");
        for (uint64_t r = 0; r < 3; r++) {
            small_run(&without, r);
            small_run(&with, r);
            assert_memory_equal(without.record, with.record, without.layout->bytes);
        }
        small_close(&without);
        small_close(&with);
    }
}

static void test_what_levers_cost_is_spent_on_policy_measures(void **state) {
    (void)state;
    const char *changes[] = {"levers.technical_advice",
                             "{on: 2022-01-01, until: 2024-01-01, delay: 0 days, starting_cost: 200 kUSD, "
                             "running_cost: 120 kUSD/year}",
                             NULL};
    small_world small;
    small_open(&small, &SMALL, changes);
    small_run(&small, 1);
    uint32_t purpose = small_index(&small, "purpose", "policy measures");
    double spent = 0;
    for (uint32_t year = 0; year < HORIZON_YEARS; year++) {
        spent += small_at(&small, "purpose_spent_usd", purpose, year, 0, 0);
    }
    /* Twelve-month years of 365 days against 365.2425, to the cent of each of 24 bills. */
    double paid_days = 730;
    assert_true(fabs(spent - (200e3 + 120e3 * paid_days / 365.2425)) < 1);
    small_close(&small);
}

static void test_grants_stop_at_their_ceiling(void **state) {
    (void)state;
    lever_case capped = *case_of("development_grants");
    const char *pull[32] = {"levers.development_grants.ceiling", "30 kUSD"};
    for (size_t i = 0; capped.pull[i] != NULL; i++) {
        pull[i + 2] = capped.pull[i];
    }
    capped.pull = pull;
    small_world small;
    open_case(&small, &capped, "2021-06-01");
    double most = 0;
    for (uint64_t r = 0; r < 5; r++) {
        small_run(&small, r);
        most = fmax(most, small_fate(&small, "Grants", "pledged"));
    }
    assert_true(most > 30e3 && most <= HORIZON_YEARS * 30e3);
    small_close(&small);
}

static void test_money_for_victims_goes_nowhere_else(void **state) {
    (void)state;
    const char *changes[] = {"streams.Helper",
                             "{kind: donor, pays: victim_aid, amount: 5 MUSD, pledged: 2021-01-01, "
                             "valid_for: 9 years, overhead: 10 %}",
                             NULL};
    small_world without, with;
    small_open(&without, &SMALL, NULL);
    small_open(&with, &SMALL, changes);
    small_run(&without, 2);
    small_run(&with, 2);
    double spent = small_fate(&with, "Helper", "spent");
    assert_true(spent > 1e6);
    assert_true(fabs(spent_on(&with, "victim aid") - 0.9 * spent) < 1);
    assert_true(days_to_release(&with, NULL) == days_to_release(&without, NULL));
    small_close(&without);
    small_close(&with);
}

/* ---- what records of past accidents do to belief ---- */

static double log_score;

/* The logarithm of the probability that belief gave to the truth of all ground that waits for survey, on the
 * day after the first month. */
static double score_belief(void *world, double now, hw_queue *queues) {
    double next = hw_land_release.plan(world, now, queues);
    const hw_land *land = world;
    for (uint32_t a = 0; a < land->ground.area_count && land->calendar.month == 1; a++) {
        const hw_area *area = &land->ground.areas[a];
        for (uint32_t b = area->first_block; b < area->first_hidden; b++) {
            double belief = (double)land->ground.items[b].belief_mined;
            if (land->ground.items[b].stage == HW_STAGE_SURVEY) {
                log_score += log(hw_ground_is_mined(land, b) ? belief : 1 - belief);
            }
        }
    }
    return next;
}

static double score_of(const char *const *changes) {
    hw_model model = hw_land_release;
    model.plan = score_belief;
    small_world small;
    small_open_model(&small, &SMALL, &model, changes);
    log_score = 0;
    for (uint64_t r = 0; r < WORLDS; r++) {
        small_run(&small, r);
    }
    small_close(&small);
    return log_score;
}

static void test_records_of_past_accidents_bring_belief_nearer_to_the_truth(void **state) {
    (void)state;
    const char *changes[] = {"levers.accident_sharing",
                             "{on: 2021-01-01, delay: 20 days, starting_cost: 0 USD, records: 15, "
                             "accurate: 60 %, around: 1.6}",
                             "horizon", "2022-01-01", NULL};
    const char *late[] = {"levers.accident_sharing", "{on: 2021-06-01}", "horizon", "2022-01-01", NULL};
    double with = score_of(changes), without = score_of(late);
    print_message("logarithmic score %.1f with records, %.1f without\n", with, without);
    assert_true(with > without);
}

/* Every value that a lever says it changes exists. */
static void test_every_change_of_a_lever_finds_its_value(void **state) {
    (void)state;
    for (uint32_t l = 0; l < hw_levers.count; l++) {
        const lever_case *which = case_of(hw_levers.sections[l]->name);
        small_world small;
        open_case(&small, which, "2021-06-01");
        const hw_land *land = small_land(&small);
        assert_true(land->policy.lever_count > 0); /* the case may need another lever besides */
        for (uint32_t c = 0; c < hw_lever_list[l]->change_count; c++) {
            bool found = false;
            for (uint32_t i = 0; i < land->policy.change_count; i++) {
                const char *path = small.scenario.values->items[land->policy.changes[i].value].path;
                const char *pattern = hw_lever_list[l]->changes[c].path;
                const char *star = strchr(pattern, '*');
                size_t same = star == NULL ? strlen(pattern) : (size_t)(star - pattern);
                found |= strncmp(path, pattern, same) == 0;
            }
            assert_true(found);
        }
        small_close(&small);
    }
}

/* An investor asks for a return: land that is not worth its clearance attracts nobody. */
static void test_investors_pay_for_worthwhile_land_only_and_up_to_their_ceiling(void **state) {
    (void)state;
    const struct {
        const char *worth, *returns;
        double most;
    } tries[] = {{"20 kUSD/ha", "10 %", 9e6}, {"20 USD/ha", "10 %", 0}, {"20 kUSD/ha", "1000 %", 9e6}};
    double disbursed[3];
    for (size_t i = 0; i < 3; i++) {
        const char *changes[32] = {"levers.private_investors",
                                   "{on: 2021-01-01, delay: 0 days, stream: Investors, ceiling: 1 MUSD/year, "
                                   "starting_cost: 0 USD}",
                                   "levers.private_investors.required_return", tries[i].returns};
        size_t count = 4;
        for (size_t k = 0; INVESTORS[k] != NULL; k++) {
            changes[count++] = INVESTORS[k];
        }
        changes[count++] = "settings.fields.worth";
        changes[count++] = tries[i].worth;
        small_world small;
        small_open(&small, &SMALL, changes);
        small_run(&small, 2);
        disbursed[i] = disbursed_of(&small, "Investors");
        assert_true(disbursed[i] <= tries[i].most);
        small_close(&small);
    }
    assert_true(disbursed[0] > 0);
    assert_true(disbursed[2] < disbursed[0]);
}

/* Teams that work on fields only finish fields, and nothing else is theirs. */
static void test_teams_that_choose_their_ground_work_on_no_other(void **state) {
    (void)state;
    small_text text = SMALL;
    text.operators = "operators:\n"
                     "  Farmers: {works_on: [fields]}\n";
    text.assets = "assets:\n"
                  "  survey: {operator: Farmers, method: non_technical_survey, teams: 2, on: 2021-01-01,\n"
                  "           standing: yes}\n";
    small_world small;
    small_open(&small, &text, NULL);
    for (uint64_t r = 0; r < 5; r++) {
        small_run(&small, r);
        const hw_land *land = small_land(&small);
        for (uint32_t a = 0; a < land->ground.area_count; a++) {
            bool fields = strcmp(small.scenario.settings.names[land->ground.areas[a].setting], "fields") == 0;
            const hw_item *first = &land->ground.items[land->ground.areas[a].first_block];
            assert_int_equal(first->attempt > 0, fields);
        }
    }
    small_close(&small);
}

/* Teams abroad are as many as the share says, paid in part by the host, and come home when it ends. */
static void test_teams_lent_abroad_come_home(void **state) {
    (void)state;
    const char *changes[] = {
        "levers.expertise_export",
        "{on: 2022-01-01, until: 2023-01-01, delay: 0 days, ramp: 0 days, share: 50 %, "
        "method: manual, operators: [Agency], starting_cost: 0 USD, paid_by_host: 100 %}",
        NULL};
    small_world small;
    small_open(&small, &SMALL, changes);
    small_run(&small, 4);
    /* Two of four teams for a year. */
    assert_true(fabs(days_away(&small, NULL) - 2 * 365) < 1e-6);
    const hw_land *land = small_land(&small);
    for (uint32_t t = 0; t < land->force.team_count; t++) {
        assert_true(land->force.teams[t].state != HW_TEAM_AWAY);
    }
    small_close(&small);
}

/* Who is abroad on the last day: half of the teams of that kind, and nobody else. */
static void test_only_teams_of_the_method_go_abroad(void **state) {
    (void)state;
    const char *changes[] = {"horizon", "2022-06-01", "levers.expertise_export",
                             "{on: 2022-01-01, delay: 0 days, ramp: 0 days, share: 50 %, method: manual, "
                             "operators: [Agency], starting_cost: 0 USD, paid_by_host: 100 %}",
                             NULL};
    small_world small;
    small_open(&small, &SMALL, changes);
    small_run(&small, 4);
    const hw_land *land = small_land(&small);
    uint32_t away = 0;
    for (uint32_t t = 0; t < land->force.team_count; t++) {
        const hw_team *team = &land->force.teams[t];
        if (team->state == HW_TEAM_AWAY) {
            assert_string_equal(hw_method_names[team->method], "manual");
            away++;
        }
    }
    assert_int_equal(away, 2);
    small_close(&small);
}

static void test_levers_end_without_a_trace_on_values(void **state) {
    (void)state;
    const char *changes[] = {"levers.technical_advice", "{on: 2022-01-01, until: 2023-01-01, delay: 0 days}",
                             NULL};
    small_world small;
    small_open(&small, &SMALL, changes);
    small_run(&small, 3);
    const hw_land *land = small_land(&small);
    assert_memory_equal(land->value, land->drawn, small.scenario.values->count * sizeof(double));
    small_close(&small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_lever_whose_date_never_comes_changes_not_one_byte),
        cmocka_unit_test(test_nothing_changes_before_the_date_of_a_lever_and_something_after_it),
        cmocka_unit_test(test_each_lever_goes_the_way_it_says),
        cmocka_unit_test(test_a_lever_without_price_and_effect_changes_not_one_byte),
        cmocka_unit_test(test_more_money_raised_is_never_less_mine_action),
        cmocka_unit_test(test_jobs_and_schools_are_paid_from_money_for_building),
        cmocka_unit_test(test_a_lever_that_cannot_be_paid_changes_nothing),
        cmocka_unit_test(test_what_levers_cost_is_spent_on_policy_measures),
        cmocka_unit_test(test_grants_stop_at_their_ceiling),
        cmocka_unit_test(test_money_for_victims_goes_nowhere_else),
        cmocka_unit_test(test_records_of_past_accidents_bring_belief_nearer_to_the_truth),
        cmocka_unit_test(test_every_change_of_a_lever_finds_its_value),
        cmocka_unit_test(test_investors_pay_for_worthwhile_land_only_and_up_to_their_ceiling),
        cmocka_unit_test(test_teams_that_choose_their_ground_work_on_no_other),
        cmocka_unit_test(test_teams_lent_abroad_come_home),
        cmocka_unit_test(test_only_teams_of_the_method_go_abroad),
        cmocka_unit_test(test_levers_end_without_a_trace_on_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
