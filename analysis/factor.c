#include "analysis/factor.h"
#include "analysis/memory.h"
#include "sim/date.h"
#include "sim/input/units.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const scales[] = {"linear", "log", NULL};
enum { LINEAR, LOG };

static const hw_key keys[] = {
    {.name = "path",
     .type = HW_KEY_YAML,
     .offset = offsetof(hw_factor_terms, path),
     .meaning =
         "Where the value stands in the scenario, such as planning.rule; or a list of paths that all get the "
         "same value."},
    {.name = "levels",
     .type = HW_KEY_YAML,
     .optional = true,
     .offset = offsetof(hw_factor_terms, levels),
     .meaning = "A list of values, each written as in a scenario: [20 MUSD, 40 MUSD]."},
    {.name = "range",
     .type = HW_KEY_YAML,
     .optional = true,
     .offset = offsetof(hw_factor_terms, range),
     .meaning = "The lowest and the highest value of a quantity, a count or a date: [10 %, 60 %]."},
    {.name = "scale",
     .type = HW_KEY_CHOICE,
     .choices = scales,
     .standard = "linear",
     .offset = offsetof(hw_factor_terms, scale),
     .meaning = "Whether equal steps in a range are equal differences or equal ratios.",
     .source = "our choice"},
    {.name = "spread",
     .type = HW_KEY_YAML,
     .optional = true,
     .offset = offsetof(hw_factor_terms, spread),
     .meaning =
         "A distribution as in a scenario: {p10: 1 day, p50: 2 days, p90: 4 days}. A factor with neither "
         "levels nor range nor spread takes the distribution that the scenario itself has there."},
};

const hw_section hw_factor_section = {"factor",
                                      "What a sweep changes: a value of the scenario, or several together.",
                                      sizeof(hw_factor_terms), keys, HW_LENGTH(keys)};

/* ---- Looking at a scenario with one value changed ---- */

typedef struct probe {
    hw_key_type type;
    hw_dimension dimension;
    hw_distribution distribution;
    bool assumed, found;
} probe;

static probe look_up(const hw_loaded *loaded, const char *path) {
    probe seen = {0};
    hw_value_id id = hw_binding_find(loaded->binding, path);
    if (id != UINT32_MAX) {
        const hw_value *value = &hw_binding_values(loaded->binding)->items[id];
        hw_key_type type = value->key->type;
        seen = (probe){.type = type == HW_KEY_DATED ? HW_KEY_QUANTITY : type, /* an entry of it */
                       .dimension = value->key->dimension,
                       .distribution = value->distribution,
                       .assumed = value->assumed,
                       .found = true};
    }
    return seen;
}

/* The scenario with `node` (NULL: nothing) at all paths of the factor. What is seen is at the first path. */
static hw_status try_node(hw_factor *factor, const hw_document *scenario, const hw_node *node, probe *seen,
                          hw_errors *errors) {
    hw_loaded loaded = {0};
    hw_status status = hw_load_begin(&loaded, scenario);
    for (uint32_t i = 0; node && status == HW_OK && i < factor->path_count; i++)
        status = hw_document_graft(loaded.document, factor->paths[i], factor->where, node, errors);
    if (status == HW_OK)
        status = hw_load_bind(&loaded, errors);
    if (status == HW_OK && node != NULL) {
        hw_errors_join(&factor->warnings, &loaded.warnings);
    }
    for (uint32_t i = factor->path_count; status == HW_OK && i-- > 0;) {
        *seen = look_up(&loaded, factor->paths[i]);
        if (!seen->found) {
            hw_errors_add(errors, factor->where, "there is no value '%s' in the scenario", factor->paths[i]);
            status = HW_ERROR_INPUT;
        }
    }
    hw_load_free(&loaded);
    return status;
}

/* In all scenarios; what is seen is in the first one. */
static hw_status try_everywhere(hw_factor *factor, const hw_document *const *scenarios, uint32_t count,
                                const hw_node *node, probe *seen, hw_errors *errors) {
    for (uint32_t s = count; s-- > 0;) {
        hw_status status = try_node(factor, scenarios[s], node, seen, errors);
        if (status != HW_OK)
            return status;
    }
    return HW_OK;
}

/* ---- Entries of dated series ---- */

/* The day that a path ends in, and how much of the path stands before it, with the dot. */
static bool ends_in_day(const char *path, int64_t *day, size_t *before) {
    const char *dot = strrchr(path, '.');
    char text[32];
    if (!dot || strlen(dot + 1) > 10)
        return false;
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
    if (!ends_in_day(path, &sought, &before) || hw_binding_find(loaded->binding, path) != UINT32_MAX)
        return HW_OK;
    const hw_values *values = hw_binding_values(loaded->binding);
    for (uint32_t i = 0; i < values->count; i++) {
        const char *own = values->items[i].path;
        if (strncmp(own, path, before) != 0 || !ends_in_day(own, &day, &other) || other != before)
            continue;
        if (!series || llabs(day - sought) < llabs(nearest - sought))
            nearest = day;
        series = true;
    }
    if (!series)
        return HW_OK;
    char text[16];
    hw_errors_add(
        errors, factor->where,
        "'%.*s' has no entry of %s in the scenario; the nearest is %s (a factor changes entries that "
        "are there)",
        (int)before - 1, path, path + before, hw_date_print(nearest, text));
    return HW_ERROR_INPUT;
}

static hw_status check_days(const hw_factor *factor, const hw_document *const *scenarios, uint32_t count,
                            hw_errors *errors) {
    int64_t day;
    size_t before;
    bool any = false;
    for (uint32_t i = 0; i < factor->path_count; i++)
        any = any || ends_in_day(factor->paths[i], &day, &before);
    hw_status status = HW_OK;
    for (uint32_t s = 0; any && s < count && status == HW_OK; s++) {
        hw_loaded loaded = {0};
        status = hw_load_begin(&loaded, scenarios[s]);
        if (status == HW_OK)
            status = hw_load_bind(&loaded, errors);
        for (uint32_t i = 0; i < factor->path_count && status == HW_OK; i++)
            status = check_day(factor, factor->paths[i], &loaded, errors);
        hw_load_free(&loaded);
    }
    return status;
}

/* ---- Reading ---- */

static bool name_is_good(const char *name) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_";
    char all[80];
    snprintf(all, sizeof all, "%s0123456789", letters);
    return strchr(letters, *name) && *name != '\0' && strspn(name, all) == strlen(name);
}

static hw_status read_paths(hw_factor *factor, const hw_node *node, hw_errors *errors) {
    bool list = node->kind == HW_NODE_LIST;
    factor->where = node->where;
    factor->path_count = list ? node->child_count : 1;
    factor->paths = hw_take(factor->path_count, sizeof *factor->paths);
    for (uint32_t i = 0; i < factor->path_count; i++) {
        const hw_node *path = list ? node->children[i] : node;
        if (path->kind != HW_NODE_SCALAR || *path->text == '\0') {
            hw_errors_add(errors, path->where,
                          "'path': expected a path such as planning.rule, or a list of paths");
            return HW_ERROR_INPUT;
        }
        factor->paths[i] = path->text;
    }
    if (factor->path_count > 0)
        return HW_OK;
    hw_errors_add(errors, node->where, "'path': the list is empty");
    return HW_ERROR_INPUT;
}

static bool is_certain(const probe *seen) {
    bool number = seen->type == HW_KEY_QUANTITY || seen->type == HW_KEY_COUNT || seen->type == HW_KEY_DATE;
    return number && seen->distribution.kind == HW_FIXED;
}

static void take_type(hw_factor *factor, const probe *seen) {
    factor->type = seen->type;
    factor->dimension = seen->dimension;
}

static hw_status read_levels(hw_factor *factor, const hw_node *list, const hw_document *const *scenarios,
                             uint32_t count, hw_errors *errors) {
    factor->kind = HW_FACTOR_LEVELS;
    if (list->kind != HW_NODE_LIST || list->child_count == 0) {
        hw_errors_add(errors, list->where, "'levels': expected a list of values such as [20 MUSD, 40 MUSD]");
        return HW_ERROR_INPUT;
    }
    factor->levels = hw_take(list->child_count, sizeof(const hw_node *));
    factor->level_numbers = hw_take(list->child_count, sizeof *factor->level_numbers);
    factor->level_count = list->child_count;
    hw_status worst = HW_OK;
    for (uint32_t i = 0; i < list->child_count; i++) {
        probe seen = {0};
        factor->levels[i] = list->children[i];
        hw_status status = try_everywhere(factor, scenarios, count, list->children[i], &seen, errors);
        factor->level_numbers[i] = status == HW_OK && is_certain(&seen) ? seen.distribution.a : (double)NAN;
        take_type(factor, &seen);
        worst = status != HW_OK ? status : worst;
    }
    return worst;
}

static hw_status read_range(hw_factor *factor, const hw_node *list, const hw_document *const *scenarios,
                            uint32_t count, hw_errors *errors) {
    probe low = {0}, high = {0};
    factor->kind = HW_FACTOR_RANGE;
    if (list->kind != HW_NODE_LIST || list->child_count != 2) {
        hw_errors_add(errors, list->where,
                      "'range': expected the lowest and the highest value, such as [10 %%, 60 %%]");
        return HW_ERROR_INPUT;
    }
    hw_status status = try_everywhere(factor, scenarios, count, list->children[0], &low, errors);
    hw_status other = try_everywhere(factor, scenarios, count, list->children[1], &high, errors);
    if (status != HW_OK || other != HW_OK)
        return status != HW_OK ? status : other;
    if (!is_certain(&low) || !is_certain(&high)) {
        hw_errors_add(
            errors, list->where,
            "'range': a range is of a quantity, a count or a date; give other values as levels, and a "
            "distribution as spread");
        return HW_ERROR_INPUT;
    }
    take_type(factor, &low);
    factor->low = low.distribution.a;
    factor->high = high.distribution.a;
    if (!(factor->low < factor->high)) {
        hw_errors_add(errors, list->children[1]->where,
                      "'range': the second value must be larger than the first");
        return HW_ERROR_INPUT;
    }
    if (factor->logarithmic && !(factor->low > 0 && factor->type == HW_KEY_QUANTITY)) {
        hw_errors_add(errors, list->where, "'scale': a logarithmic one is for quantities larger than 0");
        return HW_ERROR_INPUT;
    }
    return HW_OK;
}

/* `node`: the spread, or NULL for the scenario's own. */
static hw_status read_spread(hw_factor *factor, const hw_node *node, const hw_document *const *scenarios,
                             uint32_t count, hw_errors *errors) {
    probe seen = {0};
    factor->kind = HW_FACTOR_UNCERTAIN;
    hw_status status = try_everywhere(factor, scenarios, count, node, &seen, errors);
    if (status != HW_OK)
        return status;
    if (seen.type != HW_KEY_QUANTITY || seen.distribution.kind == HW_FIXED) {
        hw_errors_add(errors, node ? node->where : factor->where,
                      node
                          ? "'spread': expected a distribution such as {p10: 1 day, p50: 2 days, p90: 4 days}"
                          : "'%s' is certain in the scenario: give levels, a range or a spread",
                      factor->paths[0]);
        return HW_ERROR_INPUT;
    }
    take_type(factor, &seen);
    factor->distribution = seen.distribution;
    return HW_OK;
}

static const char *check_form(const hw_factor_terms *terms, bool from_table) {
    int forms = (terms->levels != NULL) + (terms->range != NULL) + (terms->spread != NULL);
    if (forms > 1)
        return "levels, range and spread exclude each other";
    if (from_table && forms > 0)
        return "with the design 'points' the values stand in its file, not here";
    return terms->scale == LOG && !terms->range ? "a scale is for a range" : NULL;
}

hw_status hw_factor_read(hw_factor *factor, const char *name, const hw_node *node,
                         const hw_factor_terms *terms, const hw_document *const *scenarios,
                         uint32_t scenario_count, bool from_table, hw_errors *errors) {
    *factor = (hw_factor){.name = name, .logarithmic = terms->scale == LOG};
    const char *problem = check_form(terms, from_table);
    if (!name_is_good(name))
        problem = "its name becomes a coordinate of the result: letters, digits and _ only";
    if (problem) {
        hw_errors_add(errors, node->key_where, "factor '%s': %s", name, problem);
        return HW_ERROR_INPUT;
    }
    hw_status status = read_paths(factor, hw_node_child(node, "path"), errors);
    if (status == HW_OK)
        status = check_days(factor, scenarios, scenario_count, errors);
    probe own = {0};
    hw_errors ignored = {0};
    if (status == HW_OK && try_node(factor, scenarios[0], NULL, &own, &ignored) == HW_OK) {
        factor->assumed = own.assumed;
        take_type(factor, &own);
    }
    hw_errors_free(&ignored);
    if (status != HW_OK)
        return status;
    if (from_table) {
        factor->kind = HW_FACTOR_FROM_TABLE;
        return HW_OK;
    }
    if (terms->levels)
        return read_levels(factor, hw_node_child(node, "levels"), scenarios, scenario_count, errors);
    if (terms->range)
        return read_range(factor, hw_node_child(node, "range"), scenarios, scenario_count, errors);
    return read_spread(factor, terms->spread ? hw_node_child(node, "spread") : NULL, scenarios,
                       scenario_count, errors);
}

bool hw_factor_of_value(hw_factor *factor, const char *name, const hw_value *value) {
    if (value->key->type != HW_KEY_QUANTITY || value->distribution.kind == HW_FIXED)
        return false;
    *factor = (hw_factor){.name = name,
                          .paths = hw_take(1, sizeof *factor->paths),
                          .path_count = 1,
                          .where = value->where,
                          .kind = HW_FACTOR_UNCERTAIN,
                          .type = value->key->type,
                          .dimension = value->key->dimension,
                          .distribution = value->distribution,
                          .assumed = value->assumed};
    factor->paths[0] = value->path;
    return true;
}

void hw_factor_free(hw_factor *factor) {
    free(factor->paths);
    free(factor->levels);
    free(factor->level_numbers);
    hw_errors_free(&factor->warnings);
    *factor = (hw_factor){0};
}

/* ---- Values ---- */

/* What a text says is what counts: the number is read back from it. */
static void say_number(const hw_factor *factor, double number, hw_factor_value *value) {
    if (factor->type == HW_KEY_DATE) {
        value->number = floor(number);
        hw_date_print((int64_t)value->number, value->own);
        return;
    }
    if (factor->type == HW_KEY_COUNT) {
        value->number = floor(number);
        snprintf(value->own, sizeof value->own, "%.0f", value->number);
        return;
    }
    snprintf(value->own, sizeof value->own, "%.15g", number);
    value->number = strtod(value->own, NULL);
    const char *unit = hw_dimension_held(factor->dimension);
    size_t length = strlen(value->own);
    snprintf(value->own + length, sizeof value->own - length, "%s%s", *unit ? " " : "", unit);
}

static double in_range(const hw_factor *factor, double unit) {
    if (factor->type != HW_KEY_QUANTITY) /* whole numbers, each as likely as any other */
        return fmin(factor->low + floor(unit * (factor->high - factor->low + 1)), factor->high);
    double number = factor->logarithmic ? factor->low * pow(factor->high / factor->low, unit)
                                        : factor->low + unit * (factor->high - factor->low);
    return fmin(fmax(number, factor->low), factor->high);
}

double hw_factor_quantile_at(double unit, bool reaches_ends) {
    return reaches_ends ? 0.01 + 0.98 * unit : unit;
}

void hw_factor_value_at(const hw_factor *factor, double unit, bool reaches_ends, hw_factor_value *value) {
    *value = (hw_factor_value){.number = (double)NAN};
    if (factor->kind == HW_FACTOR_LEVELS) {
        double level = fmin(floor(unit * factor->level_count), factor->level_count - 1.0);
        value->node = factor->levels[(uint32_t)level];
        value->number = factor->level_numbers[(uint32_t)level];
    } else if (factor->kind == HW_FACTOR_RANGE) {
        say_number(factor, in_range(factor, unit), value);
    } else if (factor->kind == HW_FACTOR_UNCERTAIN) {
        double p = hw_factor_quantile_at(unit, reaches_ends);
        say_number(factor, hw_distribution_quantile(&factor->distribution, p), value);
    }
}

hw_status hw_factor_set(const hw_factor *factor, const hw_factor_value *value, hw_document *document,
                        hw_errors *errors) {
    hw_status status = HW_OK;
    for (uint32_t i = 0; i < factor->path_count && status == HW_OK; i++)
        status = value->node
                     ? hw_document_graft(document, factor->paths[i], factor->where, value->node, errors)
                     : hw_document_set(document, factor->paths[i], value->from ? value->from : value->own,
                                       "<a point of the sweep>", errors);
    return status;
}

bool hw_factor_is_number(const hw_factor *factor) {
    if (factor->kind == HW_FACTOR_FROM_TABLE)
        return false;
    for (uint32_t i = 0; i < factor->level_count; i++)
        if (isnan(factor->level_numbers[i]))
            return false;
    return true;
}

const char *hw_factor_units(const hw_factor *factor) {
    if (factor->type == HW_KEY_DATE)
        return "days since 1970-01-01";
    const char *unit = factor->type == HW_KEY_QUANTITY ? hw_dimension_held(factor->dimension) : "";
    return *unit ? unit : "1";
}

const char *hw_factor_words(const hw_factor_value *value) {
    if (value->node)
        return value->node->kind == HW_NODE_SCALAR ? value->node->text : "(a distribution)";
    return value->from ? value->from : value->own;
}
