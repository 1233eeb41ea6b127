/* A country of two districts that runs in a millisecond: its text, changes to it, and what a replication of
 * it answers. Everything is certain and mild, so that a test can make one thing matter at a time. */
#ifndef HW_TESTS_MODELS_SMALL_WORLD_H
#define HW_TESTS_MODELS_SMALL_WORLD_H

#include "models/land.h"
#include "models/land_release.h"
#include "sim/input/binding.h"
#include "sim/length.h"
#include "tests/sim/check.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The parts of a scenario's text; a test replaces those that it needs otherwise. NULL: nothing. */
typedef struct small_text {
    const char *time, *layout, *ground, *districts, *closures, *areas, *places, *operators, *methods, *assets,
        *streams, *levers, *rest;
} small_text;

static const small_text SMALL = {
    .time = "name: small\nstart: 2021-01-01\nhorizon: 2030-12-31\n",
    .layout = "layout: {polygon: 40 ha, block: 10 ha, parcel: 1 ha}\n",
    .ground =
        "climates:\n"
        "  mild: {winter_lost: 20 days, heat_lost_dogs: 20 days, field_share: 0.7, weather_sd: 0.3}\n"
        "  alpine: {winter_lost: 90 days, heat_lost_dogs: 0 days, field_share: 0.6, weather_sd: 0.3}\n"
        "settings:\n"
        "  belt: {hazard: mined, ap: 20 /ha, at: 5 /ha, erw: 1 /ha, gone: 20 %, pattern_share: 25 %,\n"
        "         signals: 0.2 /m2, vegetation: 1 min/m2, steep: 20 %, unfit_for_dogs: 20 %}\n"
        "  fields: {hazard: battle, ap: 5 /ha, at: 5 /ha, erw: 2 /ha, gone: 20 %, pattern_share: 20 %,\n"
        "         signals: 0.1 /m2, vegetation: 0.5 min/m2, steep: 10 %, unfit_for_dogs: 10 %,\n"
        "         worth: 20 kUSD/ha}\n"
        "classes:\n"
        "  high: {mined: 35 %, battle: 30 %, patchy: 0.8, believed_mined: 40 %, believed_battle: 40 %}\n"
        "  low: {mined: 5 %, battle: 15 %, patchy: 0.8, believed_mined: 4 %, believed_battle: 12 %}\n",
    .districts = "districts:\n"
                 "  North: {climate: mild, undiscovered: 10 %, visitors: 1}\n"
                 "  South: {climate: alpine, undiscovered: 10 %, visitors: 2}\n",
    .closures = "",
    .areas = "hazard_areas:\n"
             "  North belt: {district: North, class: high, setting: belt, area: 100 ha, order: 3}\n"
             "  North fields: {district: North, class: low, setting: fields, area: 150 ha, order: 2}\n"
             "  North road: {district: North, class: low, setting: belt, area: 60 ha, order: 1}\n"
             "  South belt: {district: South, class: high, setting: belt, area: 80 ha, order: 4}\n"
             "  South fields: {district: South, class: low, setting: fields, area: 200 ha, order: 5}\n",
    .places = "places:\n"
              "  Road: {district: North, kind: corridor, must_release: [North road]}\n"
              "  Town: {district: North, kind: town, must_release: [North belt, North fields],\n"
              "         opens_after: [Road], houses: 300, population: 1200, build_time: 6 months,\n"
              "         delivery_time: 12 months, house_cost: 100 kUSD}\n"
              "  Village: {district: South, must_release: [South fields], houses: 100, population: 400,\n"
              "         build_time: 5 months, delivery_time: 8 months, house_cost: 100 kUSD}\n",
    .operators = "operators:\n"
                 "  Agency: {}\n"
                 "  Firm: {pace: 1.2, quality: 1.5, cost: 1.1, permit_delay: 60 days}\n",
    .methods = "",
    .assets =
        "assets:\n"
        "  survey: {operator: Agency, method: non_technical_survey, teams: 2, on: 2021-01-01,\n"
        "           standing: yes}\n"
        "  technical: {operator: Agency, method: technical_survey, teams: 2, on: 2021-01-01,\n"
        "           standing: yes}\n"
        "  manual: {operator: Agency, method: manual, teams: 4, on: 2021-01-01, standing: yes}\n"
        "  battle: {operator: Agency, method: battle_area, teams: 4, on: 2021-01-01, standing: yes}\n"
        "  checks: {operator: Agency, method: quality_control, teams: 1, on: 2021-01-01, standing: yes}\n"
        "  machine: {operator: Firm, method: machines, teams: 1, on: 2021-01-01, standing: yes}\n"
        "  dogs: {operator: Firm, method: dogs, teams: 1, on: 2021-02-01, standing: no}\n"
        "  flights: {operator: Firm, method: aerial_survey, teams: 1, on: 2021-01-01, standing: yes}\n"
        "  calls: {operator: Agency, method: spot_tasks, teams: 1, on: 2021-01-01, standing: yes}\n",
    .streams = "streams:\n"
               "  State: {kind: state, yearly: {2021-01-01: 8 MUSD}}\n"
               "  Building: {kind: state, pays: reconstruction, yearly: {2021-01-01: 40 MUSD}}\n",
    .levers = "",
    /* A small country, and few who go where they should not. */
    .rest = "safety: {visit_accidents: 0.5 /month, duty_accidents: 0.5 /month}\n",
};

/* What a scenario is made of between opening and closing. */
typedef struct small_world {
    hw_document *document;
    hw_binding *binding;
    hw_scenario scenario;
    hw_record_layout *layout;
    hw_errors errors, warnings;
    hw_world world;
    unsigned char *record;
    uint64_t events;
    hw_failure failure;
    bool good; /* loads and checks clean */
} small_world;

static inline hw_position small_where(const void *context, const char *path) {
    return hw_binding_where(context, path);
}

/* The document of the texts put together. */
static inline char *small_join(const small_text *text) {
    const char *parts[] = {text->time,    text->layout, text->ground,    text->districts, text->closures,
                           text->areas,   text->places, text->operators, text->methods,   text->assets,
                           text->streams, text->levers, text->rest};
    size_t size = 1;
    for (size_t i = 0; i < HW_LENGTH(parts); i++) {
        size += parts[i] != NULL ? strlen(parts[i]) : 0;
    }
    char *joined = calloc(size, 1);
    assert_non_null(joined);
    for (size_t i = 0; i < HW_LENGTH(parts); i++) {
        strcat(joined, parts[i] != NULL ? parts[i] : "");
    }
    return joined;
}

static inline void small_bind(small_world *small, const hw_model *model) {
    small->binding =
        hw_binding_create(&hw_scenario_section, small->document, &small->scenario, &small->errors);
    if (small->binding == NULL) {
        return;
    }
    small->scenario.values = hw_binding_values(small->binding);
    hw_scenario_check(&small->scenario, small_where, small->binding, &small->errors, &small->warnings);
    if (small->errors.count > 0) {
        return;
    }
    small->layout = hw_scenario_layout(&small->scenario);
    assert_non_null(small->layout);
    assert_int_equal(hw_world_create(&small->world, model, &small->scenario), HW_OK);
    small->record = calloc(1, small->layout->bytes);
    assert_non_null(small->record);
    small->good = true;
}

/* Loads text with changes (path, YAML, path, YAML, ..., NULL); small->good says whether it is a scenario that
 * can run. */
static inline void small_try(small_world *small, const char *yaml, const hw_model *model,
                             const char *const *changes) {
    memset(small, 0, sizeof *small);
    small->document = hw_document_parse(yaml, "small.yaml", &small->errors);
    if (small->document == NULL) {
        return;
    }
    for (size_t i = 0; changes != NULL && changes[i] != NULL; i += 2) {
        if (hw_document_set(small->document, changes[i], changes[i + 1], "change", &small->errors) != HW_OK) {
            return;
        }
    }
    small_bind(small, model);
}

static inline void small_close(small_world *small) {
    if (small->good) {
        hw_world_destroy(&small->world);
        hw_scenario_layout_free(small->layout);
        free(small->record);
    }
    if (small->binding != NULL) {
        hw_binding_free(small->binding);
    }
    if (small->document != NULL) {
        hw_document_free(small->document);
    }
    hw_errors_free(&small->errors);
    hw_errors_free(&small->warnings);
}

/* The same for scenarios that must load. */
static inline void small_open_model(small_world *small, const small_text *text, const hw_model *model,
                                    const char *const *changes) {
    char *yaml = small_join(text);
    small_try(small, yaml, model, changes);
    if (!small->good) {
        char *errors = hw_errors_text(&small->errors);
        print_error("%s\n%s", yaml, errors);
        free(errors);
    }
    free(yaml);
    assert_true(small->good);
}

static inline void small_open(small_world *small, const small_text *text, const char *const *changes) {
    small_open_model(small, text, &hw_land_release, changes);
}

static inline hw_status small_replicate(small_world *small, uint64_t replication) {
    return hw_world_replicate(&small->world, (hw_rng_key){2011, replication}, small->record, &small->events,
                              &small->failure);
}

/* A replication in which all laws must hold. */
static inline void small_run(small_world *small, uint64_t replication) {
    if (small_replicate(small, replication) != HW_OK) {
        print_error("day %.1f: %s\n", small->failure.time, small->failure.message);
        fail();
    }
}

static inline const hw_land *small_land(const small_world *small) {
    return small->world.state;
}

/* Index of a label on an axis. */
static inline uint32_t small_index(const small_world *small, const char *axis, const char *label) {
    for (uint32_t a = 0; a < small->layout->axis_count; a++) {
        if (strcmp(small->layout->axes[a].name, axis) != 0) {
            continue;
        }
        for (uint32_t i = 0; i < small->layout->axes[a].length; i++) {
            if (strcmp(small->layout->axes[a].labels[i], label) == 0) {
                return i;
            }
        }
    }
    print_error("no '%s' on axis '%s'\n", label, axis);
    fail();
    return 0;
}

static inline uint32_t small_length(const small_world *small, const hw_variable *variable, uint32_t rank) {
    return small->layout->axes[variable->axis[rank]].length;
}

static inline const hw_variable *small_variable(const small_world *small, const char *name) {
    const hw_variable *variable = hw_record_find(small->layout, name);
    if (variable == NULL) {
        print_error("no variable '%s'\n", name);
        fail();
    }
    return variable;
}

static inline double small_number(const small_world *small, const hw_variable *variable, size_t index) {
    const unsigned char *from = small->record + variable->offset;
    if (variable->type == HW_F32) {
        float number;
        memcpy(&number, from + index * sizeof number, sizeof number);
        return (double)number;
    }
    double number;
    assert_int_equal(variable->type, HW_F64);
    memcpy(&number, from + index * sizeof number, sizeof number);
    return number;
}

/* The number at up to four indices along the variable's axes. */
static inline double small_at(const small_world *small, const char *name, uint32_t i, uint32_t j, uint32_t k,
                              uint32_t l) {
    const hw_variable *variable = small_variable(small, name);
    const uint32_t at[HW_RECORD_MAX_RANK] = {i, j, k, l};
    size_t index = 0;
    for (uint32_t rank = 0; rank < variable->rank; rank++) {
        assert_true(at[rank] < small_length(small, variable, rank));
        index = index * small_length(small, variable, rank) + at[rank];
    }
    return small_number(small, variable, index);
}

/* The sum over all of a variable. */
static inline double small_sum(const small_world *small, const char *name) {
    const hw_variable *variable = small_variable(small, name);
    double sum = 0;
    for (size_t i = 0; i < variable->count; i++) {
        sum += small_number(small, variable, i);
    }
    return sum;
}

static inline double small_release(const small_world *small, const char *place) {
    return small_at(small, "place_release_day", small_index(small, "place", place), 0, 0, 0);
}

static inline double small_delay(const small_world *small, const char *place, hw_cause cause) {
    return small_at(small, "place_delay_days", small_index(small, "place", place), cause, 0, 0);
}

/* What became of a stream's money: "spent", "lapsed", ... */
static inline double small_fate(const small_world *small, const char *stream, const char *fate) {
    return small_at(small, "stream_usd", small_index(small, "stream", stream),
                    small_index(small, "fate", fate), 0, 0);
}

/* A series at its end. */
static inline double small_last_month(const small_world *small, const char *name, uint32_t k) {
    const hw_variable *variable = small_variable(small, name);
    return small_at(small, name, small_length(small, variable, 0) - 1, k, 0, 0);
}

static inline double small_ledger(const small_world *small, hw_ledger ledger) {
    return small_last_month(small, "ledger_m2", ledger);
}

static inline int small_compare(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The median over replications 0, 1, ... of what `answer` reads; not a number counts as never. */
static inline double small_median(small_world *small, uint32_t replications,
                                  double (*answer)(const small_world *small, const char *name),
                                  const char *name) {
    double *answers = calloc(replications, sizeof *answers);
    assert_non_null(answers);
    for (uint32_t r = 0; r < replications; r++) {
        small_run(small, r);
        double number = answer(small, name);
        answers[r] = isnan(number) ? HUGE_VAL : number;
    }
    qsort(answers, replications, sizeof *answers, small_compare);
    double median = answers[replications / 2];
    free(answers);
    return median;
}

#endif
