/* Lets values of a scenario come from a table. */
#include "analysis/scenario/parameters.h"
#include "analysis/base/memory.h"
#include <stdlib.h>
#include <string.h>

void hw_parameters_free(hw_parameters *p) {
    for (uint32_t c = 0; p->paths != NULL && c < p->columns; c++) {
        free(p->paths[c]);
    }
    free(p->paths);
    free(p->priors);
    free(p->numbers);
    free(p->weights);
    free(p->about);
    *p = (hw_parameters){0};
}

static bool is_same(const hw_distribution *a, const hw_distribution *b) {
    return a->kind == b->kind && a->a == b->a && a->b == b->b && a->c == b->c;
}

static void blame_path(const char *path, const hw_binding *binding, hw_position where, hw_errors *errors) {
    const hw_values *values = hw_binding_values(binding);
    const char **names = hw_take(values->count + 1, sizeof *names);
    for (uint32_t i = 0; i < values->count; i++) {
        names[i] = values->items[i].path;
    }
    const char *nearest = hw_nearest_name(path, names, values->count);
    hw_errors_add(errors, where, "the table has '%s', which this scenario lacks%s%s%s", path,
                  nearest != NULL ? "; did you mean '" : "", nearest != NULL ? nearest : "",
                  nearest != NULL ? "'?" : "");
    free((void *)names);
}

static void find_columns(hw_drawn_values *drawn, uint32_t *column_of, const hw_parameters *p,
                         const hw_binding *binding, const hw_document *document, hw_position where,
                         hw_errors *errors) {
    enum { NAMED_MOST = 5 };
    uint32_t unknown = 0, asked = 0;
    for (uint32_t c = 0; c < p->columns; c++) {
        hw_value_id id = hw_binding_find(binding, p->paths[c]);
        if (id == UINT32_MAX) {
            if (unknown++ < NAMED_MOST) {
                blame_path(p->paths[c], binding, where, errors);
            }
        } else if (is_same(&drawn->values.items[id].distribution, &p->priors[c])) {
            column_of[id] = c;
        } else {
            drawn->otherwise++;
            asked += hw_document_asked(document, drawn->values.items[id].where);
        }
    }
    if (unknown > NAMED_MOST) {
        hw_errors_add(errors, where, "the table has %u more values that this scenario lacks",
                      unknown - NAMED_MOST);
    }
    if (unknown == 0 && asked == 0 && drawn->otherwise == p->columns) {
        hw_errors_add(errors, where,
                      "this scenario says all %u values of the table otherwise: none would be used",
                      p->columns);
    }
}

static double *added_up(const hw_parameters *p) {
    double sum = 0, *reached = hw_take(p->count + 1, sizeof *reached);
    for (uint64_t m = 0; m < p->count; m++) {
        sum += p->weights[m];
        reached[m] = sum;
    }
    return reached;
}

hw_drawn_values *hw_parameters_bind(const hw_parameters *p, const hw_binding *binding,
                                    const hw_document *document, bool by_weight, hw_position where,
                                    hw_errors *errors) {
    hw_drawn_values *drawn = hw_take(1, sizeof *drawn);
    drawn->values = *hw_binding_values(binding);
    uint32_t before = errors->count, *column_of = hw_take(drawn->values.count + 1, sizeof *column_of);
    for (uint32_t i = 0; i < drawn->values.count; i++) {
        column_of[i] = HW_DRAWN_BY_ITSELF;
    }
    find_columns(drawn, column_of, p, binding, document, where, errors);
    drawn->members = (hw_members){.numbers = p->numbers,
                                  .column_of = column_of,
                                  .reached = by_weight ? added_up(p) : NULL,
                                  .count = p->count,
                                  .columns = p->columns};
    drawn->values.members = &drawn->members;
    if (errors->count > before) {
        hw_drawn_values_free(drawn);
        return NULL;
    }
    return drawn;
}

void hw_drawn_values_free(hw_drawn_values *drawn) {
    if (drawn != NULL) {
        free((uint32_t *)drawn->members.column_of);
        free((double *)drawn->members.reached);
        free(drawn);
    }
}
