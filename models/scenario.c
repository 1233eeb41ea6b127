/* A scenario file as a whole: what stands at its top, and the sections and tables in it. */
#include "models/condition.h"
#include "models/lever.h"
#include "models/method.h"
#include "models/rule.h"
#include "models/terms.h"

static const char *const series_names[] = {"year", "quarter", "month", NULL};

/* Why these are no factors of a sweep. */
static const char other_start[] =
    "all days are counted from it, so points would be measured by different rulers";
static const char other_knowledge[] =
    "what was known decides which values there are; make a scenario of each day, and compare those";
static const char other_end[] =
    "what is not done by then is censored, so points would be measured by different rulers";
static const char other_members[] =
    "replications of one number would be other worlds; make a scenario of each table, and compare those";
static const char only_words[] = "it stands above the results, and nothing in the world depends on it";
static const char other_record[] = "it chooses what is kept, and all points must keep the same";

static const hw_key results_keys[] = {
    {.name = "district_series",
     .type = HW_KEY_CHOICE,
     .choices = series_names,
     .standard = "year",
     .offset = offsetof(hw_results_options, district_series),
     .meaning = "Step of the series that are kept for each district and replication; national series are "
                "always monthly.",
     .fixes = other_record},
};
static const hw_section results_section = {"results", "What is kept for each replication.",
                                           sizeof(hw_results_options), results_keys, HW_LENGTH(results_keys)};

#define TABLE(field, of)                                                                                     \
    .name = #field, .type = HW_KEY_TABLE, .section = &(of), .offset = offsetof(hw_scenario, field)
#define SECTION(field, of)                                                                                   \
    .name = #field, .type = HW_KEY_SECTION, .section = &(of), .offset = offsetof(hw_scenario, field)

static const hw_key scenario_keys[] = {
    {.name = "name",
     .type = HW_KEY_TEXT,
     .offset = offsetof(hw_scenario, name),
     .meaning = "Title, shown above all results.",
     .fixes = only_words},
    {.name = "question",
     .type = HW_KEY_TEXT,
     .optional = true,
     .offset = offsetof(hw_scenario, question),
     .meaning = "What the scenario asks, in a sentence.",
     .fixes = only_words},
    {.name = "observations",
     .type = HW_KEY_TEXT,
     .optional = true,
     .beside = true,
     .offset = offsetof(hw_scenario, observations),
     .meaning = "The file of facts that results are held against, beside the file that says so: see homeward "
                "observations --help. Nothing in the world depends on it.",
     .fixes = only_words},
    {.name = "parameters_from",
     .type = HW_KEY_TEXT,
     .optional = true,
     .offset = offsetof(hw_scenario, parameters_from),
     .meaning =
         "A table of values that facts have conditioned (homeward condition SCENARIO), beside the file that "
         "says so. Each replication takes a member of it by weight. Values that the scenario says otherwise "
         "than it did then are drawn as it says.",
     .fixes = other_members},
    {.name = "parameters_are",
     .type = HW_KEY_TEXT,
     .optional = true,
     .only_with = "parameters_from",
     .offset = offsetof(hw_scenario, parameters_are),
     .meaning =
         "What that table is, filled in by the program. A table that is not the one named here is refused.",
     .fixes = other_members},
    {.name = "start",
     .type = HW_KEY_DATE,
     .standard = "2020-11-10",
     .offset = offsetof(hw_scenario, start),
     .meaning = "First day.",
     .source = "ceasefire of 9/10 November 2020",
     .fixes = other_start},
    {.name = "horizon",
     .type = HW_KEY_DATE,
     .standard = "2045-12-31",
     .offset = offsetof(hw_scenario, horizon),
     .meaning = "Last day; what is not released by then is censored.",
     .fixes = other_end},
    {.name = "as_of",
     .type = HW_KEY_DATE,
     .optional = true,
     .offset = offsetof(hw_scenario, as_of),
     .before_start = "what was planned before it began",
     .meaning = "Take only what was known by this day: a value whose 'known_by' is later falls back to the "
                "file before it, else to its default; an entry of a table that was known later is left out. "
                "Of teams and capacity nothing is history after this day.",
     .fixes = other_knowledge},
    {SECTION(layout, hw_layout_section), .meaning = "Sizes of polygons, blocks and parcels."},
    {SECTION(results, results_section), .meaning = "What is kept."},
    {TABLE(climates, hw_climate_section), .chosen_by = "districts.*.climate", .meaning = "Climates by name."},
    {TABLE(settings, hw_setting_section), .chosen_by = "hazard_areas.*.setting",
     .meaning = "Kinds of ground by name."},
    {TABLE(classes, hw_class_section), .chosen_by = "hazard_areas.*.class",
     .meaning = "Classes of suspicion by name."},
    {TABLE(districts, hw_district_section), .meaning = "Districts by name."},
    {TABLE(closures, hw_closure_section), .optional = true, .meaning = "Closures by name."},
    {TABLE(hazard_areas, hw_area_section), .meaning = "Hazard areas by name."},
    {TABLE(places, hw_place_section), .optional = true, .meaning = "Places by name."},
    {TABLE(recorded, hw_recorded_section), .optional = true,
     .meaning = "What of the ground had been released or surveyed before the start, by name of the record."},
    {TABLE(operators, hw_operator_section), .chosen_by = "assets.*.operator, contracts.*.operator",
     .meaning = "Operators by name."},
    {.name = "methods",
     .type = HW_KEY_REGISTRY,
     .registry = &hw_methods,
     .offset = offsetof(hw_scenario, methods),
     .meaning = "Parameters of each method."},
    {TABLE(assets, hw_asset_section), .meaning = "Teams by name of their order."},
    {TABLE(contracts, hw_firm_section), .optional = true,
     .meaning = "Firms that work by the hectare, by name of their framework contract."},
    {TABLE(streams, hw_stream_section), .meaning = "Streams of money by name."},
    {.name = "conditions",
     .type = HW_KEY_REGISTRY,
     .registry = &hw_conditions,
     .chosen_by = "streams.*.condition",
     .offset = offsetof(hw_scenario, conditions),
     .meaning = "Parameters of funding conditions."},
    {.name = "levers",
     .type = HW_KEY_REGISTRY,
     .registry = &hw_levers,
     .chosen_by = "signposts.*.pull",
     .offset = offsetof(hw_scenario, levers),
     .meaning = "Policy levers; one that has no date `on` is not pulled."},
    {TABLE(signposts, hw_signpost_section), .optional = true,
     .meaning = "What planners do when they read that something is so, by name: see `homeward adapt`."},
    {SECTION(planning, hw_planning_section), .meaning = "How the planner decides."},
    {.name = "rules",
     .type = HW_KEY_REGISTRY,
     .registry = &hw_rules,
     .chosen_by = "planning.rule, signposts.*.rule",
     .offset = offsetof(hw_scenario, rules),
     .meaning = "Parameters of priority rules."},
    {SECTION(training, hw_training_section), .meaning = "Training schools."},
    {SECTION(capacity, hw_capacity_section), .meaning = "How operators grow and shrink with money."},
    {SECTION(safety, hw_safety_section), .meaning = "Accidents and finds."},
    {SECTION(resettlement, hw_resettlement_section), .meaning = "Return of people."},
};

const hw_section hw_scenario_section = {
    "scenario", "A scenario file: what the world is like, who works, with which money, and what is asked.",
    sizeof(hw_scenario), scenario_keys, HW_LENGTH(scenario_keys)};
