/* Reads the factors of a sweep and checks that each of their values can be set. */
#include "analysis/sweep/factor.h"
#include "analysis/base/memory.h"
#include "sim/date.h"
#include "sim/input/layers.h"
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
    const hw_key *key;
    hw_key_type type;
    hw_dimension dimension;
    hw_distribution distribution;
    uint64_t text; /* stands for the text of a value that is no number */
    bool assumed, found;
} probe;

static probe look_up(const hw_loaded *loaded, const char *path) {
    probe seen = {0};
    hw_value_id id = hw_binding_find(loaded->binding, path);
    if (id != UINT32_MAX) {
        const hw_value *value = &hw_binding_values(loaded->binding)->items[id];
        hw_key_type type = value->key->type;
        seen = (probe){.key = value->key,
                       .type = type == HW_KEY_DATED ? HW_KEY_QUANTITY : type, /* an entry of it */
                       .dimension = value->key->dimension,
                       .distribution = value->distribution,
                       .text = hw_entity(value->written),
                       .assumed = value->assumed,
                       .found = true};
    }
    return seen;
}

/* The scenario with `node` (NULL: nothing) at all paths of the factor. What is seen is at the first path. */
/* A path must lead to a value, in an entry that the scenario has, that a sweep may move. */
static void check_path(const hw_factor *factor, uint32_t path, const hw_binding *base, const probe *seen,
                       hw_errors *errors) {
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

/* The scenario with a value (NULL: nothing) at all paths of the factor. What is seen is at the first path. */
static hw_status try_value(hw_factor *factor, const hw_loaded *scenario, const hw_factor_value *value,
                           probe *seen, hw_errors *errors) {
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
        *seen = look_up(&loaded, factor->paths[i]);
        check_path(factor, i, scenario->binding, seen, &wrong_paths);
    }
    hw_errors_join(errors, &wrong_paths); /* once, however many levels there are */
    status = wrong_paths.count > 0 ? HW_ERROR_INPUT : status;
    hw_errors_free(&wrong_paths);
    hw_load_free(&loaded);
    return status;
}

/* In all scenarios; what is seen is in the first one. */
static hw_status try_everywhere(hw_factor *factor, const hw_loaded *const *scenarios, uint32_t count,
                                const hw_node *node, probe *seen, hw_errors *errors) {
    const hw_factor_value value = {.node = node};
    for (uint32_t s = count; s-- > 0;) {
        hw_status status = try_value(factor, scenarios[s], node != NULL ? &value : NULL, seen, errors);
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

static hw_status check_days(const hw_factor *factor, const hw_loaded *const *scenarios, uint32_t count,
                            hw_errors *errors) {
    hw_status status = HW_OK;
    for (uint32_t s = 0; s < count && status == HW_OK; s++) {
        for (uint32_t i = 0; i < factor->path_count && status == HW_OK; i++) {
            status = check_day(factor, factor->paths[i], scenarios[s], errors);
        }
    }
    return status;
}

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

static bool is_certain(const probe *seen) {
    bool number = seen->type == HW_KEY_QUANTITY || seen->type == HW_KEY_COUNT || seen->type == HW_KEY_DATE;
    return number && seen->distribution.kind == HW_FIXED;
}

static void take_type(hw_factor *factor, const probe *seen) {
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

static bool same_level(const probe *a, const probe *b) {
    bool numbers = a->type == HW_KEY_QUANTITY || a->type == HW_KEY_COUNT || a->type == HW_KEY_DATE ||
                   a->type == HW_KEY_YES_NO;
    return numbers ? same_distribution(&a->distribution, &b->distribution) : a->text == b->text;
}

static hw_status check_levels_differ(const hw_factor *factor, const probe *seen, hw_errors *errors) {
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
    if (fclose(out) != 0) {
        hw_out_of_memory();
    }
    return text;
}

static hw_status read_levels(hw_factor *factor, const hw_node *list, const hw_loaded *const *scenarios,
                             uint32_t count, hw_errors *errors) {
    factor->kind = HW_FACTOR_LEVELS;
    if (list->kind != HW_NODE_LIST || list->child_count == 0) {
        hw_errors_add(errors, list->where, "'levels': expected a list of values such as [20 MUSD, 40 MUSD]");
        return HW_ERROR_INPUT;
    }
    probe *seen = hw_take(list->child_count, sizeof *seen);
    factor->levels = hw_take(list->child_count, sizeof(const hw_node *));
    factor->level_numbers = hw_take(list->child_count, sizeof *factor->level_numbers);
    factor->level_words = hw_take(list->child_count, sizeof *factor->level_words);
    factor->level_count = list->child_count;
    hw_status worst = HW_OK;
    for (uint32_t i = 0; i < list->child_count; i++) {
        factor->levels[i] = list->children[i];
        factor->level_words[i] = words_of_node(list->children[i]);
        hw_status status = try_everywhere(factor, scenarios, count, list->children[i], &seen[i], errors);
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
    probe low = {0}, high = {0};
    factor->kind = HW_FACTOR_RANGE;
    if (list->kind != HW_NODE_LIST || list->child_count != 2) {
        hw_errors_add(errors, list->where,
                      "'range': expected the lowest and the highest value, such as [10 %%, 60 %%]");
        return HW_ERROR_INPUT;
    }
    hw_status status = try_everywhere(factor, scenarios, count, list->children[0], &low, errors);
    hw_status other = try_everywhere(factor, scenarios, count, list->children[1], &high, errors);
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
    probe seen = {0};
    factor->kind = HW_FACTOR_UNCERTAIN;
    hw_status status = try_everywhere(factor, scenarios, count, node, &seen, errors);
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
        status = check_days(factor, scenarios, scenario_count, errors);
    }
    if (status != HW_OK) {
        return status;
    }
    probe own = look_up(scenarios[0], factor->paths[0]);
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
    probe seen = {0};
    for (uint32_t s = count; s-- > 0 && status == HW_OK;) {
        status = try_value(factor, scenarios[s], &value, &seen, &found);
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

/* ---- Numbers of a table ---- */

static double parse_number(const hw_factor *factor, const char *text) {
    char problem[HW_UNIT_PROBLEM_BYTES];
    hw_quantity quantity;
    int64_t day = 0;
    if (factor->type == HW_KEY_DATE) {
        return hw_date_parse(text, &day) ? (double)day : (double)NAN;
    }
    if (factor->type != HW_KEY_QUANTITY && factor->type != HW_KEY_COUNT) {
        return (double)NAN;
    }
    hw_dimension dimension = factor->type == HW_KEY_COUNT ? HW_DIM_NUMBER : factor->dimension;
    return hw_quantity_parse(text, dimension, factor->currencies, &quantity, problem) ? quantity.value
                                                                                      : (double)NAN;
}

/* A cell may have quotes, or say where its value comes from: {value: 5 ha/day, source: ...}. */
static double parse_yaml(const hw_factor *factor, const char *text) {
    hw_errors ignored = {0};
    char *line = hw_take_text("cell: %s", text);
    hw_document *document = hw_document_parse(line, "cell", &ignored);
    const hw_node *node = document != NULL ? hw_node_child(hw_document_root(document), "cell") : NULL;
    if (node != NULL && node->kind == HW_NODE_MAPPING) {
        node = hw_node_child(node, "value");
    }
    double number =
        node != NULL && node->kind == HW_NODE_SCALAR ? parse_number(factor, node->text) : (double)NAN;
    if (document != NULL) {
        hw_document_free(document);
    }
    hw_errors_free(&ignored);
    free(line);
    return number;
}

double hw_factor_number_of(const hw_factor *factor, const char *text) {
    double number = parse_number(factor, text);
    return isnan(number) ? parse_yaml(factor, text) : number;
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
    if (factor->type != HW_KEY_QUANTITY) { /* whole numbers, each as likely as any other */
        return fmin(factor->low + floor(unit * (factor->high - factor->low + 1)), factor->high);
    }
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
        value->words = factor->level_words[(uint32_t)level];
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
    for (uint32_t i = 0; i < factor->path_count && status == HW_OK; i++) {
        status =
            value->node != NULL
                ? hw_document_graft(document, factor->paths[i], factor->where, value->node, errors)
                : hw_document_set(document, factor->paths[i], value->from != NULL ? value->from : value->own,
                                  "<a point of the sweep>", errors);
    }
    return status;
}

bool hw_factor_is_number(const hw_factor *factor) {
    if (factor->kind == HW_FACTOR_FROM_TABLE) {
        return factor->table_of_numbers;
    }
    for (uint32_t i = 0; i < factor->level_count; i++) {
        if (isnan(factor->level_numbers[i])) {
            return false;
        }
    }
    return true;
}

const char *hw_factor_units(const hw_factor *factor) {
    if (factor->type == HW_KEY_DATE) {
        return "days since 1970-01-01";
    }
    const char *unit = factor->type == HW_KEY_QUANTITY ? hw_dimension_held(factor->dimension) : "";
    return *unit ? unit : "1";
}

const char *hw_factor_words(const hw_factor_value *value) {
    if (value->node != NULL) {
        return value->words;
    }
    return value->from != NULL ? value->from : value->own;
}
