/* Lays values of a factor over scenarios, and looks at what stands there then. */
#include "analysis/sweep/factor_trial.h"
#include "sim/date.h"
#include "sim/input/layers.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

hw_factor_probe hw_factor_look_up(const hw_loaded *loaded, const char *path) {
    hw_factor_probe seen = {0};
    hw_value_id id = hw_binding_find(loaded->binding, path);
    if (id != UINT32_MAX) {
        const hw_value *value = &hw_binding_values(loaded->binding)->items[id];
        hw_key_type type = value->key->type;
        seen = (hw_factor_probe){.key = value->key,
                                 .type = type == HW_KEY_DATED ? HW_KEY_QUANTITY : type, /* an entry of it */
                                 .dimension = value->key->dimension,
                                 .distribution = value->distribution,
                                 .text = hw_entity(value->written),
                                 .assumed = value->assumed,
                                 .found = true};
    }
    return seen;
}

/* A path must lead to a value, in an entry that the scenario has, that a sweep may move. */
static void check_path(const hw_factor *factor, uint32_t path, const hw_binding *base,
                       const hw_factor_probe *seen, hw_errors *errors) {
    const char *written = factor->paths[path];
    char *entry = hw_path_canonical(written);
    char *dot = entry != NULL ? strrchr(entry, '.') : NULL;
    if (dot != NULL) {
        *dot = '\0';
    }
    if (!seen->found) {
        hw_errors_add(errors, factor->path_where[path], "there is no value '%s' in the scenario", written);
    } else if (dot != NULL && !hw_binding_has(base, entry)) {
        hw_errors_add(errors, factor->path_where[path],
                      "there is no '%s' in the scenario; a factor changes what is there", entry);
    } else if (seen->key->fixes != NULL && !(seen->key->fixes_known && factor->kind == HW_FACTOR_UNCERTAIN)) {
        hw_errors_add(errors, factor->path_where[path], "'%s' cannot be a factor: %s", written,
                      seen->key->fixes);
    }
    free(entry);
}

hw_status hw_factor_try_value(hw_factor *factor, const hw_loaded *scenario, const hw_factor_value *value,
                              hw_factor_probe *seen, hw_errors *errors) {
    hw_loaded loaded = {0};
    hw_errors wrong_paths = {0};
    hw_status status = hw_load_begin(&loaded, scenario->document);
    if (status == HW_OK && value != NULL) {
        status = hw_factor_set(factor, value, loaded.document, errors);
    }
    if (status == HW_OK) {
        status = hw_load_bind(&loaded, errors);
    }
    if (status == HW_OK && value != NULL) {
        hw_errors_join(&factor->warnings, &loaded.warnings);
    }
    for (uint32_t i = factor->path_count; status == HW_OK && i-- > 0;) {
        *seen = hw_factor_look_up(&loaded, factor->paths[i]);
        check_path(factor, i, scenario->binding, seen, &wrong_paths);
    }
    hw_errors_join(errors, &wrong_paths); /* once, however many levels there are */
    status = wrong_paths.count > 0 ? HW_ERROR_INPUT : status;
    hw_errors_free(&wrong_paths);
    hw_load_free(&loaded);
    return status;
}

hw_status hw_factor_try_everywhere(hw_factor *factor, const hw_loaded *const *scenarios, uint32_t count,
                                   const hw_node *node, hw_factor_probe *seen, hw_errors *errors) {
    const hw_factor_value value = {.node = node};
    for (uint32_t s = count; s-- > 0;) {
        hw_status status =
            hw_factor_try_value(factor, scenarios[s], node != NULL ? &value : NULL, seen, errors);
        if (status != HW_OK) {
            return status;
        }
    }
    return HW_OK;
}

/* ---- Entries of dated series ---- */

/* The day that a path ends in, and how much of the path stands before it, with the dot. */
static bool ends_in_day(const char *path, int64_t *day, size_t *before) {
    const char *dot = strrchr(path, '.');
    char text[32];
    if (dot == NULL || strlen(dot + 1) > 10) {
        return false;
    }
    snprintf(text, sizeof text, "%.10s%s", dot + 1, strlen(dot + 1) == 4 ? "-01-01" : "");
    *before = (size_t)(dot + 1 - path);
    return hw_date_parse(text, day);
}

/* A series that has no entry of this day would get one more, and the entry before it would end sooner:
 * another question than the one that was asked. */
static hw_status check_day(const hw_factor *factor, const char *path, const hw_loaded *loaded,
                           hw_errors *errors) {
    int64_t sought, day, nearest = 0;
    size_t before, other;
    bool series = false;
    if (!ends_in_day(path, &sought, &before) || hw_binding_find(loaded->binding, path) != UINT32_MAX) {
        return HW_OK;
    }
    const hw_values *values = hw_binding_values(loaded->binding);
    for (uint32_t i = 0; i < values->count; i++) {
        const char *own = values->items[i].path;
        if (strncmp(own, path, before) != 0 || !ends_in_day(own, &day, &other) || other != before) {
            continue;
        }
        if (!series || llabs(day - sought) < llabs(nearest - sought)) {
            nearest = day;
        }
        series = true;
    }
    if (!series) {
        return HW_OK;
    }
    char text[16];
    hw_errors_add(
        errors, factor->where,
        "'%.*s' has no entry of %s in the scenario; the nearest is %s (a factor changes entries that "
        "are there)",
        (int)before - 1, path, path + before, hw_date_print(nearest, text));
    return HW_ERROR_INPUT;
}

hw_status hw_factor_check_days(const hw_factor *factor, const hw_loaded *const *scenarios, uint32_t count,
                               hw_errors *errors) {
    hw_status status = HW_OK;
    for (uint32_t s = 0; s < count && status == HW_OK; s++) {
        for (uint32_t i = 0; i < factor->path_count && status == HW_OK; i++) {
            status = check_day(factor, factor->paths[i], scenarios[s], errors);
        }
    }
    return status;
}
