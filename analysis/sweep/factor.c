/* Reads the factors of a sweep and checks that each of their values can be set. */
#include "analysis/sweep/factor.h"
#include "analysis/base/memory.h"
#include "analysis/sweep/factor_trial.h"
#include "sim/input/layers.h"
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

/* ---- Reading ---- */

static bool name_is_good(const char *name) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_";
    char all[80];
    snprintf(all, sizeof all, "%s0123456789", letters);
    return strchr(letters, *name) != NULL && *name != '\0' && strspn(name, all) == strlen(name);
}

static hw_status read_paths(hw_factor *factor, const hw_node *node, hw_errors *errors) {
    bool list = node->kind == HW_NODE_LIST;
    factor->where = node->where;
    factor->path_count = list ? node->child_count : 1;
    factor->paths = hw_take(factor->path_count, sizeof *factor->paths);
    factor->path_where = hw_take(factor->path_count, sizeof *factor->path_where);
    for (uint32_t i = 0; i < factor->path_count; i++) {
        const hw_node *path = list ? node->children[i] : node;
        if (path->kind != HW_NODE_SCALAR || *path->text == '\0') {
            hw_errors_add(errors, path->where,
                          "'path': expected a path such as planning.rule, or a list of paths");
            return HW_ERROR_INPUT;
        }
        factor->paths[i] = path->text;
        factor->path_where[i] = path->where;
    }
    if (factor->path_count > 0) {
        return HW_OK;
    }
    hw_errors_add(errors, node->where, "'path': the list is empty");
    return HW_ERROR_INPUT;
}

static bool is_certain(const hw_factor_probe *seen) {
    bool number = seen->type == HW_KEY_QUANTITY || seen->type == HW_KEY_COUNT || seen->type == HW_KEY_DATE;
    return number && seen->distribution.kind == HW_FIXED;
}

static void take_type(hw_factor *factor, const hw_factor_probe *seen) {
    factor->type = seen->type;
    factor->dimension = seen->dimension;
}

static char *position_text(hw_position where) {
    return hw_take_text("%s:%u:%u", where.file != NULL ? where.file : "?", where.line, where.column);
}

static bool nearly(double a, double b) {
    return a == b || fabs(a - b) <= 1e-12 * fmax(fabs(a), fabs(b));
}

/* The same number or distribution, whatever the units that it is written in. */
static bool same_distribution(const hw_distribution *a, const hw_distribution *b) {
    static const double probabilities[] = {0.01, 0.1, 0.5, 0.9, 0.99};
    bool same = true;
    for (size_t i = 0; i < HW_LENGTH(probabilities) && same; i++) {
        same = nearly(hw_distribution_quantile(a, probabilities[i]),
                      hw_distribution_quantile(b, probabilities[i]));
    }
    return same;
}

static bool same_level(const hw_factor_probe *a, const hw_factor_probe *b) {
    bool numbers = a->type == HW_KEY_QUANTITY || a->type == HW_KEY_COUNT || a->type == HW_KEY_DATE ||
                   a->type == HW_KEY_YES_NO;
    return numbers ? same_distribution(&a->distribution, &b->distribution) : a->text == b->text;
}

static hw_status check_levels_differ(const hw_factor *factor, const hw_factor_probe *seen,
                                     hw_errors *errors) {
    uint32_t before = errors->count;
    for (uint32_t i = 1; i < factor->level_count; i++) {
        uint32_t j = 0;
        while (j < i && !same_level(&seen[i], &seen[j])) {
            j++;
        }
        if (j < i) {
            char *where = position_text(factor->levels[j]->where);
            hw_errors_add(errors, factor->levels[i]->where,
                          "'levels': %s is the same value as %s at %s; levels must differ",
                          factor->level_words[i], factor->level_words[j], where);
            free(where);
        }
    }
    return errors->count == before ? HW_OK : HW_ERROR_INPUT;
}

/* In YAML's flow style, on one line: distributions that differ have words that differ. */
static void write_words(FILE *out, const hw_node *node) {
    if (node->kind == HW_NODE_SCALAR) {
        fputs(node->text, out);
        return;
    }
    bool mapping = node->kind == HW_NODE_MAPPING;
    fputc(mapping ? '{' : '[', out);
    for (uint32_t i = 0; i < node->child_count; i++) {
        fprintf(out, "%s%s%s", i ? ", " : "", mapping ? node->children[i]->key : "", mapping ? ": " : "");
        write_words(out, node->children[i]);
    }
    fputc(mapping ? '}' : ']', out);
}

static char *words_of_node(const hw_node *node) {
    char *text = NULL;
    size_t size = 0;
    FILE *out = hw_take_stream(&text, &size);
    write_words(out, node);
    hw_end_stream(out);
    return text;
}

static hw_status read_levels(hw_factor *factor, const hw_node *list, const hw_loaded *const *scenarios,
                             uint32_t count, hw_errors *errors) {
    factor->kind = HW_FACTOR_LEVELS;
    if (list->kind != HW_NODE_LIST || list->child_count == 0) {
        hw_errors_add(errors, list->where, "'levels': expected a list of values such as [20 MUSD, 40 MUSD]");
        return HW_ERROR_INPUT;
    }
    hw_factor_probe *seen = hw_take(list->child_count, sizeof *seen);
    factor->levels = hw_take(list->child_count, sizeof(const hw_node *));
    factor->level_numbers = hw_take(list->child_count, sizeof *factor->level_numbers);
    factor->level_words = hw_take(list->child_count, sizeof *factor->level_words);
    factor->level_count = list->child_count;
    hw_status worst = HW_OK;
    for (uint32_t i = 0; i < list->child_count; i++) {
        factor->levels[i] = list->children[i];
        factor->level_words[i] = words_of_node(list->children[i]);
        hw_status status =
            hw_factor_try_everywhere(factor, scenarios, count, list->children[i], &seen[i], errors);
        factor->level_numbers[i] =
            status == HW_OK && is_certain(&seen[i]) ? seen[i].distribution.a : (double)NAN;
        take_type(factor, &seen[i]);
        worst = status != HW_OK ? status : worst;
    }
    if (worst == HW_OK) {
        worst = check_levels_differ(factor, seen, errors);
    }
    free(seen);
    return worst;
}

static hw_status read_range(hw_factor *factor, const hw_node *list, const hw_loaded *const *scenarios,
                            uint32_t count, hw_errors *errors) {
    hw_factor_probe low = {0}, high = {0};
    factor->kind = HW_FACTOR_RANGE;
    if (list->kind != HW_NODE_LIST || list->child_count != 2) {
        hw_errors_add(errors, list->where,
                      "'range': expected the lowest and the highest value, such as [10 %%, 60 %%]");
        return HW_ERROR_INPUT;
    }
    hw_status status = hw_factor_try_everywhere(factor, scenarios, count, list->children[0], &low, errors);
    hw_status other = hw_factor_try_everywhere(factor, scenarios, count, list->children[1], &high, errors);
    if (status != HW_OK || other != HW_OK) {
        return status != HW_OK ? status : other;
    }
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
        char *where = position_text(list->children[0]->where);
        hw_errors_add(errors, list->children[1]->where,
                      "'range': the second value must be larger than the first, which stands at %s", where);
        free(where);
        return HW_ERROR_INPUT;
    }
    if (factor->logarithmic && !(factor->low > 0 && factor->type == HW_KEY_QUANTITY)) {
        hw_errors_add(errors, list->where, "'scale': a logarithmic one is for quantities larger than 0");
        return HW_ERROR_INPUT;
    }
    return HW_OK;
}

/* `node`: the spread, or NULL for the scenario's own. */
static hw_status read_spread(hw_factor *factor, const hw_node *node, const hw_loaded *const *scenarios,
                             uint32_t count, hw_errors *errors) {
    hw_factor_probe seen = {0};
    factor->kind = HW_FACTOR_UNCERTAIN;
    hw_status status = hw_factor_try_everywhere(factor, scenarios, count, node, &seen, errors);
    if (status != HW_OK) {
        return status;
    }
    if (seen.type != HW_KEY_QUANTITY || seen.distribution.kind == HW_FIXED) {
        hw_errors_add(errors, node != NULL ? node->where : factor->where,
                      node != NULL
                          ? "'spread': expected a distribution such as {p10: 1 day, p50: 2 days, p90: 4 days}"
                          : "'%s' is certain in the scenario: give levels, a range or a spread",
                      factor->paths[0]);
        return HW_ERROR_INPUT;
    }
    take_type(factor, &seen);
    factor->distribution = seen.distribution;
    if (nearly(hw_distribution_quantile(&seen.distribution, 0.01),
               hw_distribution_quantile(&seen.distribution, 0.99))) {
        hw_errors_add(errors, node != NULL ? node->where : factor->where,
                      "'%s': this distribution has one value only, so there is nothing to move",
                      factor->paths[0]);
        return HW_ERROR_INPUT;
    }
    return HW_OK;
}

static const char *check_form(const hw_factor_terms *terms, bool from_table) {
    int forms = (terms->levels != NULL) + (terms->range != NULL) + (terms->spread != NULL);
    if (forms > 1) {
        return "levels, range and spread exclude each other";
    }
    if (from_table && forms > 0) {
        return "with the design 'points' the values stand in its file, not here";
    }
    return terms->scale == LOG && terms->range == NULL ? "a scale is for a range" : NULL;
}

hw_status hw_factor_read(hw_factor *factor, const char *name, const hw_node *node,
                         const hw_factor_terms *terms, const hw_loaded *const *scenarios,
                         uint32_t scenario_count, bool from_table, hw_errors *errors) {
    *factor = (hw_factor){.name = name, .logarithmic = terms->scale == LOG};
    const char *problem = check_form(terms, from_table);
    if (!name_is_good(name)) {
        problem = "its name becomes a coordinate of the result: letters, digits and _ only";
    }
    if (problem != NULL) {
        hw_errors_add(errors, node->key_where, "factor '%s': %s", name, problem);
        return HW_ERROR_INPUT;
    }
    hw_status status = read_paths(factor, hw_node_child(node, "path"), errors);
    if (status == HW_OK) {
        status = hw_factor_check_days(factor, scenarios, scenario_count, errors);
    }
    if (status != HW_OK) {
        return status;
    }
    hw_factor_probe own = hw_factor_look_up(scenarios[0], factor->paths[0]);
    factor->assumed = own.assumed;
    factor->currencies = hw_binding_currencies(scenarios[0]->binding);
    take_type(factor, &own);
    if (from_table) {
        factor->kind = HW_FACTOR_FROM_TABLE;
        return HW_OK;
    }
    if (terms->levels != NULL) {
        return read_levels(factor, hw_node_child(node, "levels"), scenarios, scenario_count, errors);
    }
    if (terms->range != NULL) {
        return read_range(factor, hw_node_child(node, "range"), scenarios, scenario_count, errors);
    }
    return read_spread(factor, terms->spread != NULL ? hw_node_child(node, "spread") : NULL, scenarios,
                       scenario_count, errors);
}

hw_status hw_factor_try_text(hw_factor *factor, const char *text, hw_position where,
                             const hw_loaded *const *scenarios, uint32_t count, hw_errors *errors) {
    const hw_factor_value value = {.from = text, .where = where};
    hw_status status = HW_OK;
    hw_errors found = {0};
    hw_factor_probe seen = {0};
    for (uint32_t s = count; s-- > 0 && status == HW_OK;) {
        status = hw_factor_try_value(factor, scenarios[s], &value, &seen, &found);
    }
    for (uint32_t i = 0; i < found.kept; i++) {
        const hw_error *one = &found.items[i];
        bool of_design = one->where.file != NULL && strcmp(one->where.file, factor->where.file) == 0;
        hw_errors more = {0};
        hw_errors_add(&more, of_design ? one->where : where, "%s", one->message);
        hw_errors_join(errors, &more);
        hw_errors_free(&more);
    }
    hw_errors_free(&found);
    if (status == HW_OK) {
        take_type(factor, &seen);
    }
    return status;
}

/* ---- Factors together ---- */

/* Whether `inner` is `outer`, or stands below it. */
static bool is_within(const char *inner, const char *outer) {
    size_t length = strlen(outer);
    return strncmp(inner, outer, length) == 0 && (inner[length] == '\0' || inner[length] == '.');
}

static void check_pair(const hw_factor *first, uint32_t i, const hw_factor *second, uint32_t j,
                       hw_errors *errors) {
    char *one = first->paths[i] != NULL ? hw_path_canonical(first->paths[i]) : NULL;
    char *other = second->paths[j] != NULL ? hw_path_canonical(second->paths[j]) : NULL;
    if (one != NULL && other != NULL && (is_within(one, other) || is_within(other, one))) {
        char *where = position_text(first->path_where[i]);
        hw_errors_add(
            errors, second->path_where[j],
            "'%s' is moved twice: factor '%s' moves %s%s%s at %s already, and only one of them would count",
            second->paths[j], first->name, strcmp(one, other) == 0 ? "it" : "'",
            strcmp(one, other) == 0 ? "" : first->paths[i], strcmp(one, other) == 0 ? "" : "'", where);
        free(where);
    }
    free(one);
    free(other);
}

hw_status hw_factors_check_apart(const hw_factor *factors, uint32_t count, hw_errors *errors) {
    uint32_t before = errors->count;
    for (uint32_t f = 0; f < count; f++) {
        for (uint32_t j = 0; j < factors[f].path_count; j++) {
            for (uint32_t g = 0; g <= f; g++) {
                for (uint32_t i = 0; i < (g == f ? j : factors[g].path_count); i++) {
                    check_pair(&factors[g], i, &factors[f], j, errors);
                }
            }
        }
    }
    return errors->count == before ? HW_OK : HW_ERROR_INPUT;
}

bool hw_factor_of_value(hw_factor *factor, const char *name, const hw_value *value) {
    if (value->key->type != HW_KEY_QUANTITY || value->distribution.kind == HW_FIXED ||
        (value->key->fixes != NULL && !value->key->fixes_known)) {
        return false;
    }
    *factor = (hw_factor){.name = name,
                          .paths = hw_take(1, sizeof *factor->paths),
                          .path_count = 1,
                          .where = value->where,
                          .kind = HW_FACTOR_UNCERTAIN,
                          .type = value->key->type,
                          .dimension = value->key->dimension,
                          .distribution = value->distribution,
                          .assumed = value->assumed};
    factor->path_where = hw_take(1, sizeof *factor->path_where);
    factor->paths[0] = value->path;
    factor->path_where[0] = value->where;
    return true;
}

void hw_factor_free(hw_factor *factor) {
    for (uint32_t i = 0; i < factor->level_count; i++) {
        free(factor->level_words != NULL ? factor->level_words[i] : NULL);
    }
    free(factor->level_words);
    free(factor->paths);
    free(factor->path_where);
    free(factor->levels);
    free(factor->level_numbers);
    hw_errors_free(&factor->warnings);
    *factor = (hw_factor){0};
}
