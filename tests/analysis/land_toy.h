/* A toy with the outcome variables of the land release model: quick, made up, and of known shape. It serves
 * as samples in memory (land_toy_make) and as a model for whole runs (land_toy_model).
 *
 * Agdam city is always released; the village of Ağdam mostly; Shusha in about three of ten replications, so
 * that its median is censored. */
#ifndef HW_TESTS_ANALYSIS_LAND_TOY_H
#define HW_TESTS_ANALYSIS_LAND_TOY_H

#include "analysis/results/outcomes.h"
#include "sim/date.h"
#include "sim/world.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LAND_TOY_START "2020-11-10"
#define LAND_TOY_HORIZON "2032-12-31"

enum {
    TOY_PLACES = 3,
    TOY_DISTRICTS = 2,
    TOY_YEARS = 13,
    TOY_MONTHS = 146,
    TOY_LEDGERS = 5,
    TOY_CAUSES = 11
};
enum { TOY_STEPS = 4, TOY_VARIABLES = 24, TOY_AXES = 15 };
enum { TOY_HOUSING = 10 };

typedef struct land_toy {
    hw_axis axes[TOY_AXES];
    hw_variable variables[TOY_VARIABLES];
    hw_record_layout layout;
    double years[TOY_YEARS], months[TOY_MONTHS], periods[TOY_YEARS];
    double horizon;         /* days */
    bool lose_days;         /* charge fewer days than passed, to break the law of the delay ledger */
    uint64_t fail_every;    /* as a model: every n-th replication breaks a law; 0: none */
    unsigned char *records; /* of land_toy_make */
    uint64_t count;
    uint64_t *keys;
} land_toy;

enum {
    AXIS_PLACE,
    AXIS_DISTRICT,
    AXIS_YEAR,
    AXIS_MONTH,
    AXIS_PERIOD,
    AXIS_LEDGER,
    AXIS_HAZARD,
    AXIS_CAUSE,
    AXIS_STREAM,
    AXIS_PURPOSE,
    AXIS_FATE,
    AXIS_ITEM,
    AXIS_VICTIM,
    AXIS_STEP,
    AXIS_USE,
};

static const char *const toy_labels[TOY_AXES][TOY_CAUSES] = {
    [AXIS_PLACE] = {"Agdam city", "Ağdam kəndi", "Shusha"},
    [AXIS_DISTRICT] = {"Agdam", "Shusha"},
    [AXIS_LEDGER] = {"remaining", "cancelled", "reduced", "mine_cleared", "battle_area_cleared"},
    [AXIS_HAZARD] = {"mined", "battle"},
    [AXIS_CAUSE] = {"access", "conflict", "survey queue", "money", "manual teams", "dogs", "machines",
                    "battle area teams", "season", "QC and rework", "housing"},
    [AXIS_STREAM] = {"state budget", "pledge, \"first\""},
    [AXIS_PURPOSE] = {"running", "training", "housing"},
    [AXIS_FATE] = {"pledged", "spent", "lapsed", "held"},
    [AXIS_ITEM] = {"AP", "AT", "ERW"},
    [AXIS_VICTIM] = {"civilian killed", "civilian injured", "deminer killed", "deminer injured"},
    [AXIS_STEP] = {"suspected", "surveyed", "first cleared", "released"},
    [AXIS_USE] = {"working", "idle: season", "idle: money"},
};

static inline void toy_axis(land_toy *toy, uint32_t axis, const char *name, uint32_t length,
                            const double *values, const char *units) {
    toy->axes[axis] = (hw_axis){.name = name,
                                .long_name = name,
                                .units = units,
                                .length = length,
                                .labels = values != NULL ? NULL : toy_labels[axis],
                                .values = values};
}

static inline void toy_variable(land_toy *toy, const char *name, const char *units, hw_number type,
                                uint32_t rank, const uint32_t *axes) {
    hw_variable *variable = &toy->variables[toy->layout.variable_count++];
    *variable = (hw_variable){.name = name,
                              .long_name = name,
                              .units = units,
                              .missing = strstr(name, "_day") != NULL ? "not by the horizon" : NULL,
                              .type = type,
                              .rank = rank};
    for (uint32_t i = 0; i < rank; i++) {
        variable->axis[i] = axes[i];
    }
}

#define TOY_AXES_OF(...)                                                                                     \
    (const uint32_t[]) {                                                                                     \
        __VA_ARGS__                                                                                          \
    }
#define TOY_SINCE "days since " LAND_TOY_START

static inline void toy_days_axes(land_toy *toy) {
    int64_t start, horizon, end;
    hw_date_parse(LAND_TOY_START, &start);
    hw_date_parse(LAND_TOY_HORIZON, &horizon);
    toy->horizon = (double)(horizon - start) + 1;
    for (int i = 0; i < TOY_YEARS; i++) {
        toy->years[i] = 2020 + i;
        end = hw_date_to_days((hw_date){.year = 2020 + i, .month = 12, .day = 31});
        toy->periods[i] = (double)(end - start);
    }
    for (int i = 0; i < TOY_MONTHS; i++) { /* each month by its last day */
        toy->months[i] = (double)(hw_date_next_month(start, i + 1) - start) - 1;
    }
}

static inline void land_toy_open(land_toy *toy) {
    memset(toy, 0, sizeof *toy);
    toy_days_axes(toy);
    toy_axis(toy, AXIS_PLACE, "place", TOY_PLACES, NULL, NULL);
    toy_axis(toy, AXIS_DISTRICT, "district", TOY_DISTRICTS, NULL, NULL);
    toy_axis(toy, AXIS_YEAR, "year", TOY_YEARS, toy->years, "1");
    toy_axis(toy, AXIS_MONTH, "month", TOY_MONTHS, toy->months, TOY_SINCE);
    toy_axis(toy, AXIS_PERIOD, "period", TOY_YEARS, toy->periods, TOY_SINCE);
    toy_axis(toy, AXIS_LEDGER, "ledger", TOY_LEDGERS, NULL, NULL);
    toy_axis(toy, AXIS_HAZARD, "hazard", 2, NULL, NULL);
    toy_axis(toy, AXIS_CAUSE, "cause", TOY_CAUSES, NULL, NULL);
    toy_axis(toy, AXIS_STREAM, "stream", 2, NULL, NULL);
    toy_axis(toy, AXIS_PURPOSE, "purpose", 3, NULL, NULL);
    toy_axis(toy, AXIS_FATE, "fate", 4, NULL, NULL);
    toy_axis(toy, AXIS_ITEM, "item", 3, NULL, NULL);
    toy_axis(toy, AXIS_VICTIM, "victim", 4, NULL, NULL);
    toy_axis(toy, AXIS_STEP, "step", TOY_STEPS, NULL, NULL);
    toy_axis(toy, AXIS_USE, "use", 3, NULL, NULL);
    toy->layout = (hw_record_layout){.axes = toy->axes, .axis_count = TOY_AXES, .variables = toy->variables};
    toy_variable(toy, "place_release_day", TOY_SINCE, HW_F64, 1, TOY_AXES_OF(AXIS_PLACE));
    toy_variable(toy, "place_first_return_day", TOY_SINCE, HW_F64, 1, TOY_AXES_OF(AXIS_PLACE));
    toy_variable(toy, "place_step_day", TOY_SINCE, HW_F64, 2, TOY_AXES_OF(AXIS_PLACE, AXIS_STEP));
    toy_variable(toy, "place_delay_days", "days", HW_F32, 2, TOY_AXES_OF(AXIS_PLACE, AXIS_CAUSE));
    toy_variable(toy, "place_people", "1", HW_I32, 2, TOY_AXES_OF(AXIS_PLACE, AXIS_YEAR));
    toy_variable(toy, "district_completion_day", TOY_SINCE, HW_F32, 1, TOY_AXES_OF(AXIS_DISTRICT));
    toy_variable(toy, "district_ledger_m2", "m2", HW_F32, 4,
                 TOY_AXES_OF(AXIS_DISTRICT, AXIS_HAZARD, AXIS_LEDGER, AXIS_PERIOD));
    toy_variable(toy, "district_people", "1", HW_I32, 2, TOY_AXES_OF(AXIS_DISTRICT, AXIS_PERIOD));
    toy_variable(toy, "district_victims", "1", HW_I32, 3,
                 TOY_AXES_OF(AXIS_DISTRICT, AXIS_VICTIM, AXIS_PERIOD));
    toy_variable(toy, "district_asset_days", "days", HW_F32, 3,
                 TOY_AXES_OF(AXIS_DISTRICT, AXIS_USE, AXIS_PERIOD));
    toy_variable(toy, "ledger_m2", "m2", HW_F64, 2, TOY_AXES_OF(AXIS_MONTH, AXIS_LEDGER));
    toy_variable(toy, "found", "1", HW_I64, 2, TOY_AXES_OF(AXIS_MONTH, AXIS_ITEM));
    toy_variable(toy, "victims", "1", HW_I32, 2, TOY_AXES_OF(AXIS_MONTH, AXIS_VICTIM));
    toy_variable(toy, "people_back", "1", HW_I64, 1, TOY_AXES_OF(AXIS_MONTH));
    toy_variable(toy, "people_employed", "1", HW_I32, 1, TOY_AXES_OF(AXIS_MONTH));
    toy_variable(toy, "stream_usd", "USD", HW_F64, 2, TOY_AXES_OF(AXIS_STREAM, AXIS_FATE));
    toy_variable(toy, "stream_spent_usd", "USD", HW_F64, 2, TOY_AXES_OF(AXIS_STREAM, AXIS_YEAR));
    toy_variable(toy, "purpose_spent_usd", "USD", HW_F64, 2, TOY_AXES_OF(AXIS_PURPOSE, AXIS_YEAR));
    toy_variable(toy, "suspected_m2", "m2", HW_F64, 0, NULL);
    toy_variable(toy, "new_area_m2", "m2", HW_F64, 0, NULL);
    hw_record_lay_out(&toy->layout);
}

static inline void toy_set(const hw_variable *variable, unsigned char *record, size_t element, double value) {
    unsigned char *field = record + variable->offset + element * hw_number_bytes(variable->type);
    float narrow = (float)value;
    int64_t whole = variable->type == HW_I64 ? (int64_t)value : 0;
    int32_t small = variable->type == HW_I32 ? (int32_t)value : 0;
    if (variable->type == HW_F64) {
        memcpy(field, &value, sizeof value);
    } else if (variable->type == HW_F32) {
        memcpy(field, &narrow, sizeof narrow);
    } else if (variable->type == HW_I64) {
        memcpy(field, &whole, sizeof whole);
    } else {
        memcpy(field, &small, sizeof small);
    }
}

static inline double toy_get(const hw_variable *variable, const unsigned char *record, size_t element) {
    return hw_number_read(record + variable->offset + element * hw_number_bytes(variable->type),
                          variable->type);
}

static inline void toy_put(const land_toy *toy, unsigned char *record, const char *name, size_t element,
                           double value) {
    toy_set(hw_record_find(&toy->layout, name), record, element, value);
}

/* A draw that depends on who and what for only. */
static inline double toy_draw(hw_rng_key key, const char *what, uint64_t element) {
    return hw_draw(key, hw_entity(what), element, 0);
}

static inline double toy_by_horizon(const land_toy *toy, double day) {
    return day < toy->horizon ? day : (double)NAN;
}

static inline void toy_fill_delays(const land_toy *toy, hw_rng_key key, unsigned char *record, uint32_t place,
                                   double release, double first_return) {
    double passed = isnan(release) ? toy->horizon : release;
    double weights[TOY_CAUSES], sum = 0;
    for (uint32_t c = 0; c < TOY_HOUSING; c++) {
        sum += weights[c] = toy_draw(key, "delay", place * TOY_CAUSES + c);
    }
    double charged = toy->lose_days && key.replication == 3 ? passed - 40 : passed;
    for (uint32_t c = 0; c < TOY_HOUSING; c++) {
        toy_put(toy, record, "place_delay_days", place * TOY_CAUSES + c, charged * weights[c] / sum);
    }
    double housed = isnan(release) ? 0 : (isnan(first_return) ? toy->horizon : first_return) - release;
    toy_put(toy, record, "place_delay_days", place * TOY_CAUSES + TOY_HOUSING, housed);
}

static inline void toy_fill_place(const land_toy *toy, hw_rng_key key, unsigned char *record,
                                  uint32_t place) {
    static const double shares[TOY_STEPS] = {0.05, 0.3, 0.6, 1};
    double u = toy_draw(key, "release", place);
    double day = place == 2 ? 3000 / u : 900 + (place == 0 ? 2000 : 4000) * u;
    double release = toy_by_horizon(toy, day);
    double first_return = toy_by_horizon(toy, day + 100 + 300 * toy_draw(key, "return", place));
    toy_put(toy, record, "place_release_day", place, release);
    toy_put(toy, record, "place_first_return_day", place, first_return);
    for (uint32_t s = 0; s < TOY_STEPS; s++) {
        toy_put(toy, record, "place_step_day", place * TOY_STEPS + s, toy_by_horizon(toy, day * shares[s]));
    }
    toy_fill_delays(toy, key, record, place, release, first_return);
    for (uint32_t y = 0; y < TOY_YEARS; y++) {
        double living = isnan(first_return) ? 0 : fmax(0, toy->periods[y] - first_return) * 20;
        toy_put(toy, record, "place_people", place * TOY_YEARS + y, floor(living));
    }
}

/* Whatever has no rule of its own gets the element's number times a draw, rising along the variable. */
static inline void toy_fill_rest(const land_toy *toy, hw_rng_key key, unsigned char *record) {
    for (uint32_t v = 0; v < toy->layout.variable_count; v++) {
        const hw_variable *variable = &toy->variables[v];
        if (strncmp(variable->name, "place_", 6) == 0 || strstr(variable->name, "_day") != NULL) {
            continue;
        }
        double scale = strcmp(variable->units, "1") == 0 ? 10 : 1e6;
        for (size_t i = 0; i < variable->count; i++) {
            toy_set(variable, record, i, floor(scale * (double)(i + 1) * toy_draw(key, variable->name, i)));
        }
    }
    for (uint32_t d = 0; d < TOY_DISTRICTS; d++) {
        toy_put(toy, record, "district_completion_day", d,
                toy_by_horizon(toy, 3000 + 2000 * toy_draw(key, "completion", d)));
    }
    const hw_variable *asset_days = hw_record_find(&toy->layout, "district_asset_days");
    for (size_t i = 0; i < asset_days->count; i++) {
        toy_set(asset_days, record, i, floor(300 * toy_draw(key, "asset days", i)));
    }
}

static inline void land_toy_fill(const land_toy *toy, hw_rng_key key, unsigned char *record) {
    for (uint32_t place = 0; place < TOY_PLACES; place++) {
        toy_fill_place(toy, key, record, place);
    }
    toy_fill_rest(toy, key, record);
}

/* ---- Samples in memory ---- */

static inline double *toy_read(void *source, const char *name, hw_errors *errors) {
    const land_toy *toy = source;
    const hw_variable *variable = hw_record_find(&toy->layout, name);
    if (variable == NULL) {
        hw_errors_say(errors, "no variable %s", name);
        return NULL;
    }
    double *values = malloc((toy->count * variable->count + 1) * sizeof *values);
    for (uint64_t r = 0; r < toy->count; r++) {
        for (size_t i = 0; i < variable->count; i++) {
            values[r * variable->count + i] = toy_get(variable, toy->records + r * toy->layout.bytes, i);
        }
    }
    return values;
}

/* `count` replications; release with land_toy_free. */
static inline hw_outcomes land_toy_make(land_toy *toy, uint64_t count) {
    toy->records = calloc(count + 1, toy->layout.bytes);
    toy->keys = calloc(count + 1, sizeof *toy->keys);
    toy->count = count;
    for (uint64_t r = 0; r < count; r++) {
        toy->keys[r] = r;
        land_toy_fill(toy, (hw_rng_key){.seed = 1, .replication = r}, toy->records + r * toy->layout.bytes);
    }
    hw_outcomes outcomes = {.title = "A toy",
                            .model = "toy 1",
                            .version = "0",
                            .digest = "0123456789abcdef",
                            .seed = 1,
                            .asked = count,
                            .count = count,
                            .keys = toy->keys,
                            .complete = true,
                            .layout = &toy->layout,
                            .source = toy,
                            .read = toy_read};
    hw_date_parse(LAND_TOY_START, &outcomes.start);
    hw_date_parse(LAND_TOY_HORIZON, &outcomes.horizon);
    return outcomes;
}

static inline void land_toy_free(land_toy *toy) {
    free(toy->records);
    free(toy->keys);
}

/* ---- A model of it: the scenario is a land_toy ---- */

typedef struct toy_state {
    const land_toy *toy;
    hw_rng_key key;
} toy_state;

static inline void *toy_create(hw_arena *arena, const void *scenario) {
    toy_state *state = HW_TAKE(arena, toy_state, 1);
    if (state != NULL) {
        state->toy = scenario;
    }
    return state;
}

static inline uint32_t toy_one(const void *scenario) {
    return scenario != NULL ? 1 : 0;
}

static inline uint32_t toy_capacity(const void *scenario, uint32_t process) {
    return scenario != NULL ? process + 4 : 0;
}

static inline void toy_begin(void *state, hw_rng_key key, hw_queue *queues) {
    ((toy_state *)state)->key = key;
    hw_queue_push(&queues[0], 1.0, 0, 0);
}

static inline double toy_plan(void *state, double now, hw_queue *queues) {
    return state != NULL && queues != NULL ? now + (double)INFINITY : now;
}

static inline void toy_handle(void *state, uint32_t process, hw_event event, hw_queue *queue) {
    (void)state, (void)process, (void)event,
        (void)queue; /* one event, so that the run has something to count */
}

static inline hw_status toy_end(void *state, double now, unsigned char *outcome, hw_failure *failure) {
    const toy_state *mine = state;
    if (mine->toy->fail_every && (mine->key.replication + 1) % mine->toy->fail_every == 0) {
        failure->time = now;
        snprintf(failure->message, sizeof failure->message, "area is not conserved: 12.5 m2 are missing");
        return HW_ERROR_LAW;
    }
    land_toy_fill(mine->toy, mine->key, outcome);
    return HW_OK;
}

static inline double toy_horizon(const void *scenario) {
    return ((const land_toy *)scenario)->horizon;
}

static const hw_model land_toy_model = {.name = "land toy",
                                        .version = "1",
                                        .create = toy_create,
                                        .process_count = toy_one,
                                        .queue_capacity = toy_capacity,
                                        .begin = toy_begin,
                                        .plan = toy_plan,
                                        .handle = toy_handle,
                                        .end = toy_end,
                                        .horizon = toy_horizon};

#endif
