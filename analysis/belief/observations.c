/* Reads files of observations, YAML and CSV, cell by cell into the same columns. */
#include "analysis/belief/observations.h"
#include "analysis/base/file_kind.h"
#include "analysis/base/memory.h"
#include "analysis/belief/parts.h"
#include "analysis/tables/csv_read.h"
#include "sim/input/document.h"
#include "sim/length.h"
#include "sim/letters.h"
#include <stdlib.h>
#include <string.h>

/* The column of that name; HW_FACT_COLUMNS with an error where there is none. */
static hw_fact_column find_column(const char *name, hw_position where, hw_errors *errors) {
    for (hw_fact_column c = 0; c < HW_FACT_COLUMNS; c++) {
        if (strcmp(name, hw_fact_column_names[c]) == 0) {
            return c;
        }
    }
    hw_suggest(errors, where, name, hw_fact_column_names, HW_FACT_COLUMNS, "", "unknown column '%s'", name);
    return HW_FACT_COLUMNS;
}

static hw_observation *add(hw_observations *observations) {
    observations->items =
        hw_take_again(observations->items, observations->count + 1, sizeof *observations->items);
    hw_observation *added = &observations->items[observations->count++];
    *added = (hw_observation){0};
    return added;
}

static void set_cell(hw_observation *o, hw_fact_column column, const char *text, hw_position where) {
    free(o->cells[column].text);
    o->cells[column] = (hw_fact_cell){.text = hw_take_text("%s", text), .where = where};
}

static hw_status read_csv(hw_observations *observations, const char *path, hw_errors *errors);
static hw_status read_yaml(hw_observations *observations, const char *path, bool linked, hw_errors *errors);

/* ---- YAML ---- */

/* A fact's own source, or that of all the file. */
static void inherit_source(hw_observation *o, const hw_node *root) {
    const hw_node *source = hw_node_child(root, "source");
    if (o->cells[HW_FACT_SOURCE].text == NULL && source != NULL && source->kind == HW_NODE_SCALAR) {
        set_cell(o, HW_FACT_SOURCE, source->text, source->where);
    }
}

static void read_node(hw_observations *observations, const hw_node *node, const hw_node *root,
                      const hw_currencies *currencies, hw_errors *errors) {
    if (node->kind != HW_NODE_MAPPING) {
        hw_errors_add(errors, node->where, "observation '%s': expected columns such as {quantity: ...}",
                      node->key);
        return;
    }
    uint32_t before = errors->count;
    hw_observation *o = add(observations);
    set_cell(o, HW_FACT_NAME, node->key, node->key_where);
    for (uint32_t i = 0; i < node->child_count; i++) {
        const hw_node *child = node->children[i];
        hw_fact_column column = find_column(child->key, child->key_where, errors);
        if (column == HW_FACT_NAME) {
            hw_errors_add(errors, child->key_where,
                          "the name of an observation is the key that it stands under");
        } else if (column < HW_FACT_COLUMNS && child->kind != HW_NODE_SCALAR) {
            hw_errors_add(errors, child->where, "'%s': expected one value", child->key);
        } else if (column < HW_FACT_COLUMNS) {
            set_cell(o, column, child->text, child->where);
        }
    }
    inherit_source(o, root);
    if (errors->count == before) {
        hw_observation_settle(o, node->key_where, currencies, errors);
    }
}

static hw_currencies read_currencies(const hw_node *root, hw_errors *errors) {
    const hw_node *node = hw_node_child(root, "currencies");
    uint32_t count = node != NULL && node->kind == HW_NODE_MAPPING ? node->child_count : 0;
    hw_currency *items = hw_take(count > 0 ? count : 1, sizeof *items);
    const hw_currencies none = {0};
    uint32_t read = 0;
    for (uint32_t i = 0; i < count; i++) {
        const hw_node *child = node->children[i];
        hw_quantity quantity;
        char problem[HW_UNIT_PROBLEM_BYTES] = "expected an amount such as 0.588 USD";
        if (strcmp(child->key, "source") == 0 || strcmp(child->key, "note") == 0) {
            continue;
        }
        if (!hw_currency_name_is_good(child->key)) {
            hw_errors_add(errors, child->key_where, "'%s' is not three capital letters as currencies have",
                          child->key);
        } else if (child->kind != HW_NODE_SCALAR ||
                   !hw_quantity_parse(child->text, HW_DIM_MONEY, &none, &quantity, problem)) {
            hw_errors_add(errors, child->where, "'%s': %s", child->key, problem);
        } else {
            items[read++] = (hw_currency){.name = child->key, .usd = quantity.value};
        }
    }
    return (hw_currencies){.items = items, .count = read};
}

static void check_top(const hw_node *root, hw_errors *errors) {
    static const char *const keys[] = {"observations", "currencies", "name", "source", "note", "include"};
    for (uint32_t i = 0; i < root->child_count; i++) {
        const hw_node *child = root->children[i];
        bool known = false;
        for (size_t k = 0; k < HW_LENGTH(keys); k++) {
            known = known || strcmp(child->key, keys[k]) == 0;
        }
        if (!known) {
            hw_suggest(errors, child->key_where, child->key, keys, HW_LENGTH(keys), "",
                       "unknown key '%s' in a file of observations", child->key);
        }
    }
}

/* The facts of a file that holds them; "include" and currencies included. */
static void read_facts(hw_observations *observations, const hw_node *root, const hw_node *list,
                       hw_errors *errors) {
    check_top(root, errors);
    hw_currencies currencies = read_currencies(root, errors);
    if (list == NULL || list->kind != HW_NODE_MAPPING) {
        hw_errors_add(errors, list != NULL ? list->where : root->where,
                      "expected 'observations': names, each with its columns (quantity, to, value, source)");
    } else {
        for (uint32_t i = 0; i < list->child_count; i++) {
            read_node(observations, list->children[i], root, &currencies, errors);
        }
    }
    free((hw_currency *)currencies.items);
}

/* A scenario names the file of its facts, beside the file in which it does so. It is kept as long as errors
 * may speak of it. */
static hw_status follow(hw_observations *observations, const hw_node *link, hw_errors *errors) {
    const char *slash = strrchr(link->where.file, '/');
    int folder = slash != NULL && link->text[0] != '/' ? (int)(slash - link->where.file) + 1 : 0;
    char *path = hw_take_text("%.*s%s", folder, link->where.file, link->text);
    hw_status status = hw_text_ends(path, ".csv") ? read_csv(observations, path, errors)
                                                  : read_yaml(observations, path, true, errors);
    observations->linked = path;
    return status;
}

static hw_status read_yaml(hw_observations *observations, const char *path, bool linked, hw_errors *errors) {
    hw_document *document = hw_document_load(path, errors);
    if (document == NULL || hw_document_check(document, errors) != HW_OK) {
        hw_document_free(document);
        return HW_ERROR_INPUT;
    }
    hw_status status = HW_OK;
    const hw_node *root = hw_document_root(document), *list = hw_node_child(root, "observations");
    if (list != NULL && list->kind == HW_NODE_SCALAR && !linked) {
        status = follow(observations, list, errors);
    } else {
        read_facts(observations, root, list, errors);
    }
    hw_document_free(document);
    return status;
}

/* ---- CSV ---- */

static void check_names(const hw_observations *observations, hw_errors *errors) {
    for (uint32_t i = 0; i < observations->count; i++) {
        const hw_fact_cell *name = &observations->items[i].cells[HW_FACT_NAME];
        for (uint32_t j = 0; j < i && name->text != NULL; j++) {
            const hw_fact_cell *other = &observations->items[j].cells[HW_FACT_NAME];
            if (other->text != NULL && strcmp(name->text, other->text) == 0) {
                hw_errors_add(errors, name->where, "two observations are named '%s': the other on line %u",
                              name->text, other->where.line);
            }
        }
    }
}

static void read_row(hw_observations *observations, const hw_csv *csv, uint64_t number,
                     const hw_fact_column *columns, hw_errors *errors) {
    const hw_currencies none = {0};
    const hw_csv_cell *row = csv->cells + number * csv->columns;
    uint32_t before = errors->count;
    hw_observation *o = add(observations);
    for (uint32_t i = 0; i < csv->columns; i++) {
        if (columns[i] < HW_FACT_COLUMNS && *row[i].text != '\0') {
            set_cell(o, columns[i], row[i].text, hw_csv_where(csv, &row[i]));
        }
    }
    if (o->cells[HW_FACT_NAME].text == NULL) {
        hw_errors_add(errors, hw_csv_where(csv, row), "'name' is missing: what the observation is called");
    }
    if (errors->count == before) {
        hw_observation_settle(o, hw_csv_where(csv, row), &none, errors);
    }
}

static hw_status read_csv(hw_observations *observations, const char *path, hw_errors *errors) {
    hw_csv csv;
    uint32_t before = errors->count;
    hw_status status = hw_csv_read(&csv, path, errors);
    if (status == HW_OK && csv.rows < 2) {
        hw_errors_say(errors,
                      "%s holds no observations: expected a first line of columns and a line for each", path);
        status = HW_ERROR_INPUT;
    }
    if (status == HW_OK) {
        hw_fact_column *columns = hw_take(csv.columns, sizeof *columns);
        for (uint32_t i = 0; i < csv.columns; i++) {
            columns[i] = find_column(csv.cells[i].text, hw_csv_where(&csv, &csv.cells[i]), errors);
        }
        bool named = errors->count == before;
        for (uint64_t row = 1; row < csv.rows && named; row++) {
            read_row(observations, &csv, row, columns, errors);
        }
        check_names(observations, errors);
        free(columns);
    }
    hw_csv_free(&csv);
    return status;
}

hw_status hw_observations_read(hw_observations *observations, const char *path, hw_errors *errors) {
    uint32_t before = errors->count;
    *observations = (hw_observations){0};
    hw_status status = hw_text_ends(path, ".csv") ? read_csv(observations, path, errors)
                                                  : read_yaml(observations, path, false, errors);
    return status == HW_OK && errors->count > before ? HW_ERROR_INPUT : status;
}

static void free_cells(hw_observation *o) {
    for (int c = 0; c < HW_FACT_COLUMNS; c++) {
        free(o->cells[c].text);
    }
}

void hw_observations_keep_known(hw_observations *observations, int64_t as_of) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < observations->count; i++) {
        if (observations->items[i].known_by <= as_of) {
            observations->items[kept++] = observations->items[i];
        } else {
            free_cells(&observations->items[i]);
        }
    }
    observations->count = kept;
}

void hw_observations_free(hw_observations *observations) {
    for (uint32_t i = 0; i < observations->count; i++) {
        free_cells(&observations->items[i]);
    }
    free(observations->items);
    free(observations->linked);
    *observations = (hw_observations){0};
}
