/* Quantities in all their forms: a number with its unit, quantiles, a named distribution. */
#include "sim/input/binder.h"

#include "sim/input/reader.h"
#include "sim/length.h"
#include <math.h>
#include <string.h>

/* What a parameter of a distribution measures. */
typedef enum unit_of {
    POINT,  /* a value like the key's: its unit, inside its range */
    SPREAD, /* a difference of such values: its unit only */
    PLAIN,  /* a number */
} unit_of;

enum { PARAMETERS_MOST = 3 };

typedef struct quantity_form {
    hw_distribution_kind kind;
    struct {
        const char *name;
        unit_of measure;
    } parameters[PARAMETERS_MOST];
} quantity_form;

static const quantity_form forms[] = {
    {HW_UNIFORM, {{"low", POINT}, {"high", POINT}}},
    {HW_TRIANGULAR, {{"low", POINT}, {"mode", POINT}, {"high", POINT}}},
    {HW_PERT, {{"low", POINT}, {"mode", POINT}, {"high", POINT}}},
    {HW_NORMAL, {{"mean", POINT}, {"sd", SPREAD}}},
    {HW_LOGNORMAL, {{"median", POINT}, {"sigma", PLAIN}}},
    {HW_EXPONENTIAL, {{"mean", POINT}}},
    {HW_GAMMA, {{"shape", PLAIN}, {"scale", SPREAD}}},
    {HW_BETA, {{"alpha", PLAIN}, {"beta", PLAIN}}},
};
enum { FORM_COUNT = HW_LENGTH(forms) };

static const quantity_form quantiles = {HW_QUANTILES, {{"p10", POINT}, {"p50", POINT}, {"p90", POINT}}};
static const quantity_form single = {HW_FIXED, {{"value", POINT}}};

static bool is_limited(const hw_key *key) {
    return key->low != 0.0 || key->high != 0.0;
}

static const char *range_text(hw_binding *binding, const hw_key *key, const hw_quantity *quantity) {
    double low = key->low / quantity->factor;
    double high = key->high / quantity->factor;
    const char *blank = *quantity->unit != '\0' && *quantity->unit != '/' ? " " : "";
    if (isinf(high)) {
        return hw_pool_print(&binding->pool, "at least %.10g%s%s", low, blank, quantity->unit);
    }
    if (isinf(low)) {
        return hw_pool_print(&binding->pool, "at most %.10g%s%s", high, blank, quantity->unit);
    }
    return hw_pool_print(&binding->pool, "%.10g to %.10g%s%s", low, high, blank, quantity->unit);
}

bool hw_in_range(hw_binding *binding, const hw_leaf *leaf, const hw_node *node, const hw_quantity *quantity) {
    const hw_key *key = leaf->key;
    if (!is_limited(key) || (quantity->value >= key->low && quantity->value <= key->high)) {
        return true;
    }
    char quoted[HW_QUOTE_BYTES];
    hw_blame(binding, leaf, node,
             hw_pool_print(&binding->pool, "out of range: expected %s, found '%s'",
                           range_text(binding, key, quantity), hw_quote(node->text, quoted)));
    return false;
}

/* One number of a quantity. False after adding a mistake. */
static bool read_number(hw_binding *binding, const hw_leaf *leaf, const hw_node *node, unit_of measure,
                        double *number) {
    hw_dimension dimension = measure == PLAIN ? HW_DIM_NUMBER : leaf->key->dimension;
    hw_quantity quantity;
    char problem[HW_UNIT_PROBLEM_BYTES];
    if (node->kind != HW_NODE_SCALAR || *node->text == '\0') {
        hw_expected(binding, leaf, node,
                    hw_pool_print(&binding->pool, "%s such as %s", hw_dimension_name(dimension),
                                  hw_dimension_example(dimension)));
        return false;
    }
    if (!hw_quantity_parse(node->text, dimension, &binding->currencies, &quantity, problem)) {
        hw_blame(binding, leaf, node, problem);
        return false;
    }
    *number = quantity.value;
    return measure != POINT || hw_in_range(binding, leaf, node, &quantity);
}

/* ---- Which form a mapping has ---- */

static bool has(const hw_node *mapping, const char *key) {
    return hw_node_child(mapping, key) != NULL;
}

static const quantity_form *named_form(hw_binding *binding, const hw_leaf *leaf, const hw_node *name) {
    const char *names[FORM_COUNT];
    const char *list = "";
    for (size_t i = 0; i < FORM_COUNT; i++) {
        names[i] = hw_distribution_name(forms[i].kind);
        if (name->kind == HW_NODE_SCALAR && strcmp(name->text, names[i]) == 0) {
            return &forms[i];
        }
        list = hw_pool_print(&binding->pool, "%s%s%s", list, i == 0 ? "" : ", ", names[i]);
    }
    const char *nearest =
        name->kind == HW_NODE_SCALAR ? hw_did_you_mean(binding, name->text, names, FORM_COUNT) : "";
    hw_blame(binding, leaf, name,
             hw_pool_print(&binding->pool, "expected a distribution (%s), found %s%s", list,
                           hw_found_text(binding, name), nearest));
    return NULL;
}

static const quantity_form *form_of(hw_binding *binding, const hw_leaf *leaf) {
    const hw_node *node = leaf->node;
    bool points = has(node, "p10") || has(node, "p50") || has(node, "p90");
    bool named = has(node, "distribution");
    bool value = has(node, "value");
    if (points + named + value != 1) {
        hw_blame(binding, leaf, node,
                 points + named + value == 0
                     ? "expected a number with its unit, or a mapping with 'value', with 'p10', 'p50' and "
                       "'p90', or "
                       "with 'distribution'"
                     : "expected only one of 'value', of 'p10', 'p50' and 'p90', and of 'distribution'");
        return NULL;
    }
    if (named) {
        return named_form(binding, leaf, hw_node_child(node, "distribution"));
    }
    return points ? &quantiles : &single;
}

static bool knows(const quantity_form *form, const char *key) {
    for (int i = 0; i < PARAMETERS_MOST && form->parameters[i].name != NULL; i++) {
        if (strcmp(form->parameters[i].name, key) == 0) {
            return true;
        }
    }
    bool named = form->kind != HW_FIXED && form->kind != HW_QUANTILES;
    return hw_is_mark(key) || (named && strcmp(key, "distribution") == 0);
}

static bool check_keys(hw_binding *binding, const hw_leaf *leaf, const quantity_form *form) {
    const char *names[PARAMETERS_MOST];
    size_t count = 0;
    bool good = true;
    while (count < PARAMETERS_MOST && form->parameters[count].name != NULL) {
        names[count] = form->parameters[count].name;
        count++;
    }
    for (uint32_t i = 0; i < leaf->node->child_count; i++) {
        const hw_node *child = leaf->node->children[i];
        if (!knows(form, child->key)) {
            char quoted[HW_QUOTE_BYTES];
            hw_remarks_add(&binding->mistakes, child->key_where, "unknown key '%s' in '%s'%s",
                           hw_quote(child->key, quoted), leaf->name,
                           hw_known_keys(binding, child->key, names, count));
            good = false;
        }
    }
    return good;
}

/* ---- Values ---- */

static bool read_parameters(hw_binding *binding, const hw_leaf *leaf, const quantity_form *form,
                            double *numbers) {
    bool good = check_keys(binding, leaf, form);
    for (int i = 0; i < PARAMETERS_MOST && form->parameters[i].name != NULL; i++) {
        const hw_node *node = hw_node_child(leaf->node, form->parameters[i].name);
        if (node == NULL) {
            hw_blame(binding, leaf, leaf->node,
                     hw_pool_print(&binding->pool, "'%s' is missing", form->parameters[i].name));
            good = false;
            continue;
        }
        good = read_number(binding, leaf, node, form->parameters[i].measure, &numbers[i]) && good;
    }
    return good;
}

static bool is_sound(hw_binding *binding, const hw_leaf *leaf, const hw_distribution *distribution) {
    bool unitless = leaf->key->dimension == HW_DIM_NUMBER || leaf->key->dimension == HW_DIM_SHARE;
    if (distribution->kind == HW_BETA && !unitless) {
        hw_blame(binding, leaf, leaf->node,
                 "a beta distribution lies between 0 and 1: it is for shares and numbers");
        return false;
    }
    const char *problem = hw_distribution_problem(distribution);
    if (problem != NULL) {
        hw_blame(binding, leaf, leaf->node, problem);
    }
    return problem == NULL;
}

/* "p10: 1 day, p50: 2 days, p90: 4 days" */
static const char *pairs_text(hw_binding *binding, const hw_leaf *leaf, const quantity_form *form) {
    const char *text = "";
    if (form->kind != HW_QUANTILES) {
        text = hw_pool_print(&binding->pool, "distribution: %s", hw_distribution_name(form->kind));
    }
    for (int i = 0; i < PARAMETERS_MOST && form->parameters[i].name != NULL; i++) {
        const char *name = form->parameters[i].name;
        text = hw_pool_print(&binding->pool, "%s%s%s: %s", text, *text == '\0' ? "" : ", ", name,
                             hw_yaml_scalar(&binding->pool, hw_node_child(leaf->node, name)->text));
    }
    return text;
}

static hw_distribution distribution_of(const hw_key *key, hw_distribution_kind kind, const double *numbers) {
    return (hw_distribution){.kind = kind,
                             .a = numbers[0],
                             .b = numbers[1],
                             .c = numbers[2],
                             .low = is_limited(key) ? key->low : -HUGE_VAL,
                             .high = is_limited(key) ? key->high : HUGE_VAL};
}

static hw_value_id add_number(hw_binding *binding, const hw_leaf *leaf, const hw_node *node, double number) {
    const double numbers[PARAMETERS_MOST] = {number};
    hw_entry entry = {.distribution = distribution_of(leaf->key, HW_FIXED, numbers),
                      .written = node->text,
                      .body = hw_yaml_scalar(&binding->pool, node->text)};
    return hw_add_value(binding, leaf, &entry);
}

hw_value_id hw_bind_quantity(hw_binding *binding, const hw_leaf *leaf) {
    if (leaf->node->kind != HW_NODE_MAPPING) {
        double number = 0.0;
        return read_number(binding, leaf, leaf->node, POINT, &number)
                   ? add_number(binding, leaf, leaf->node, number)
                   : UINT32_MAX;
    }
    double numbers[PARAMETERS_MOST] = {0};
    const quantity_form *form = form_of(binding, leaf);
    if (form == NULL || !read_parameters(binding, leaf, form, numbers)) {
        return UINT32_MAX;
    }
    if (form->kind == HW_FIXED) {
        return add_number(binding, leaf, hw_node_child(leaf->node, "value"), numbers[0]);
    }
    hw_entry entry = {.distribution = distribution_of(leaf->key, form->kind, numbers), .pairs = true};
    if (!is_sound(binding, leaf, &entry.distribution)) {
        return UINT32_MAX;
    }
    entry.body = pairs_text(binding, leaf, form);
    entry.written = hw_pool_print(&binding->pool, "{%s}", entry.body);
    return hw_add_value(binding, leaf, &entry);
}
