/* The values of a factor: at a place in its range, in the cell of a table, and as words. */
#include "analysis/base/memory.h"
#include "analysis/sweep/factor.h"
#include "sim/date.h"
#include "sim/input/layers.h"
#include "sim/input/units.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
