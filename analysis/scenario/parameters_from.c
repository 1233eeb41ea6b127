/* Finds the table that a scenario draws from. */
#include "analysis/scenario/parameters_from.h"
#include "analysis/base/memory.h"
#include "sim/date.h"
#include <stdlib.h>
#include <string.h>

/* The tables that were read, until the program ends: the points of a sweep all draw from one. */
typedef struct known_table {
    char *path;
    hw_parameters table;
    struct known_table *next;
} known_table;
static known_table *known_tables;

static const hw_node *named(const hw_document *document, const char *key) {
    const hw_node *node = hw_node_child(hw_document_root(document), key);
    if (node != NULL && node->kind == HW_NODE_MAPPING) {
        node = hw_node_child(node, "value");
    }
    return node != NULL && node->kind == HW_NODE_SCALAR ? node : NULL;
}

hw_position hw_parameters_where(const hw_document *document) {
    const hw_node *node = named(document, "parameters_from");
    return node != NULL ? node->where : (hw_position){0};
}

/* Beside the file that names it; from the command line, where the user is. */
static char *path_of(const hw_node *node) {
    const char *slash =
        node->where.file != NULL && node->where.file[0] != '<' ? strrchr(node->where.file, '/') : NULL;
    return node->text[0] == '/' || slash == NULL
               ? hw_take_text("%s", node->text)
               : hw_take_text("%.*s/%s", (int)(slash - node->where.file), node->where.file, node->text);
}

char *hw_parameters_path(const hw_document *document) {
    const hw_node *node = named(document, "parameters_from");
    return node != NULL ? path_of(node) : NULL;
}

static const hw_parameters *find(const char *path, hw_position where, hw_errors *errors) {
    for (const known_table *known = known_tables; known != NULL; known = known->next) {
        if (strcmp(known->path, path) == 0) {
            return &known->table;
        }
    }
    hw_errors problems = {0};
    known_table *fresh = hw_take(1, sizeof *fresh);
    if (hw_parameters_read(&fresh->table, path, &problems) != HW_OK) {
        hw_errors_add(errors, where, "%s",
                      problems.kept > 0 ? problems.items[0].message : "the table cannot be read");
        hw_errors_free(&problems);
        hw_parameters_free(&fresh->table);
        free(fresh);
        return NULL;
    }
    fresh->path = hw_take_text("%s", path);
    fresh->next = known_tables;
    known_tables = fresh;
    return &fresh->table;
}

/* A forecast as of a day draws from no table that has learnt from later facts. */
static bool is_known(const hw_document *document, const hw_parameters *table, const hw_node *from,
                     hw_errors *errors) {
    int64_t as_of;
    char then[16], learnt[16];
    if (!hw_document_as_of(document, &as_of) || table->as_of <= as_of) {
        return true;
    }
    hw_errors_add(errors, from->where,
                  "as of %s nobody knew the table '%s': it has learnt from facts that were known by %s; name "
                  "a table as of that day or before, or take the scenario without parameters_from",
                  hw_date_print(as_of, then), from->text,
                  table->as_of != INT64_MAX ? hw_date_print(table->as_of, learnt)
                                            : "a day that it does not say");
    return false;
}

hw_status hw_parameters_from(hw_document *document, const hw_parameters **table, hw_errors *errors) {
    const hw_node *from = named(document, "parameters_from"), *are = named(document, "parameters_are");
    *table = NULL;
    if (from == NULL) {
        return HW_OK;
    }
    char *path = path_of(from);
    *table = find(path, from->where, errors);
    free(path);
    if (*table == NULL || !is_known(document, *table, from, errors)) {
        return HW_ERROR_INPUT;
    }
    if (are == NULL) {
        char *yaml = hw_take_text("\"%s\"", (*table)->about);
        hw_status status = hw_document_set(document, "parameters_are", yaml, "<parameters_from>", errors);
        free(yaml);
        return status;
    }
    if (strcmp(are->text, (*table)->about) != 0) {
        hw_errors_add(errors, are->where, "the table in '%s' is another one: %s", from->text,
                      (*table)->about);
        return HW_ERROR_INPUT;
    }
    return HW_OK;
}

void hw_parameters_remark(const hw_parameters *table, const hw_drawn_values *drawn, hw_position where,
                          hw_remarks *remarks) {
    if (drawn->otherwise > 0) {
        hw_remarks_add(remarks, where,
                       "%u of %u values of the table are said otherwise by this scenario, which has its way",
                       drawn->otherwise, table->columns);
    }
}
