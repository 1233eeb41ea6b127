/* What to set a key of a scenario to when a test asks whether it matters: its extremes and more. */
#ifndef HW_TESTS_MODELS_KEY_TRIES_H
#define HW_TESTS_MODELS_KEY_TRIES_H

#include "tests/models/small_world.h"

static const char *const key_units[HW_DIM_COUNT_OF_DIMENSIONS] = {
    [HW_DIM_NUMBER] = "",
    [HW_DIM_SHARE] = "",
    [HW_DIM_AREA] = "m2",
    [HW_DIM_LENGTH] = "m",
    [HW_DIM_TIME] = "days",
    [HW_DIM_MONEY] = "USD",
    [HW_DIM_AREA_PER_TIME] = "m2/day",
    [HW_DIM_TIME_PER_AREA] = "min/m2",
    [HW_DIM_MINUTES] = "min",
    [HW_DIM_PER_AREA] = "/m2",
    [HW_DIM_PER_TIME] = "/day",
    [HW_DIM_MONEY_PER_TIME] = "USD/day",
    [HW_DIM_MONEY_PER_AREA] = "USD/m2",
};

/* Number `index` of what a quantity may be; around the value that holds, when there is one. */
static inline bool key_try_quantity(const small_world *base, const hw_key *key, const char *path,
                                    uint32_t index, char *yaml, size_t size) {
    hw_value_id id = hw_binding_find(base->binding, path);
    double now =
        id == UINT32_MAX ? 0 : hw_distribution_median(&base->scenario.values->items[id].distribution);
    const double tries[] = {key->high, key->low, now * 1.7, now * 0.4, key->low + (key->high - key->low) / 3};
    if (index >= HW_LENGTH(tries)) {
        return false;
    }
    snprintf(yaml, size, "%.17g %s", fmax(key->low, fmin(key->high, tries[index])),
             key_units[key->dimension]);
    return true;
}

static inline bool key_try_text(const char *const *texts, size_t count, uint32_t index, const char *format,
                                char *yaml, size_t size) {
    if (index >= count || texts[index] == NULL) {
        return false;
    }
    snprintf(yaml, size, format, texts[index]);
    return true;
}

/* The table of the root that references name. */
static inline const hw_table *key_table(const small_world *base, const char *name) {
    for (uint32_t k = 0; k < hw_scenario_section.key_count; k++) {
        const hw_key *key = &hw_scenario_section.keys[k];
        if (strcmp(key->name, name) == 0) {
            return (const hw_table *)(const void *)((const char *)&base->scenario + key->offset);
        }
    }
    fail();
    return NULL;
}

/* Writes number `index` of the values to try; false when there are no more. */
static inline bool key_try(const small_world *base, const hw_key *key, const char *path, uint32_t index,
                           char *yaml, size_t size) {
    static const char *const dates[] = {"2021-09-01", "2022-03-15", "2023-04-01", "2026-01-01",
                                        "2029-06-01", "2035-12-31", "2020-10-01"};
    static const char *const numbers[] = {"1", "3", "7"};
    static const char *const answers[] = {"yes", "no"};
    static const char *const series[] = {"{2021-01-01: 1 MUSD}", "{2022-01-01: 20 MUSD}",
                                         "{2022-01-01: 0.1}"};
    const hw_table *table;
    switch (key->type) {
    case HW_KEY_QUANTITY:
        return key_try_quantity(base, key, path, index, yaml, size);
    case HW_KEY_COUNT:
        return key_try_text(numbers, HW_LENGTH(numbers), index, "%s", yaml, size);
    case HW_KEY_YES_NO:
        return key_try_text(answers, HW_LENGTH(answers), index, "%s", yaml, size);
    case HW_KEY_DATE:
        return key_try_text(dates, HW_LENGTH(dates), index, "%s", yaml, size);
    case HW_KEY_DATED:
        return key_try_text(series, HW_LENGTH(series), index, "%s", yaml, size);
    case HW_KEY_CHOICE:
        return key_try_text(key->choices, SIZE_MAX, index, "%s", yaml, size);
    case HW_KEY_REFERENCE:
        table = key_table(base, key->refers_to);
        return key_try_text(table->names, table->count, index, "%s", yaml, size);
    case HW_KEY_REFERENCES:
        table = key_table(base, key->refers_to);
        return key_try_text(table->names, table->count, index, "[%s]", yaml, size);
    default:
        fail();
        return false;
    }
}

#endif
