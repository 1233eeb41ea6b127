/* Sweep files of formats 1 and 2 say in the text of their design only which paths a factor sets, and whether
 * all of the outcome was kept. */
#include "analysis/results/sample.h"
#include "sim/input/document.h"
#include <string.h>

static const hw_node *path_of(const hw_node *factors, const char *name) {
    const hw_node *factor =
        factors != NULL && factors->kind == HW_NODE_MAPPING ? hw_node_child(factors, name) : NULL;
    return factor != NULL && factor->kind == HW_NODE_MAPPING ? hw_node_child(factor, "path") : NULL;
}

void hw_sweep_sample_read_older(hw_sweep_sample *s) {
    hw_errors ignored = {0};
    hw_document *document = hw_document_parse(s->about->file, "design in the sweep's result", &ignored);
    const hw_node *root = document != NULL ? hw_document_root(document) : NULL;
    const hw_node *factors = root != NULL ? hw_node_child(root, "factors") : NULL;
    const hw_node *outputs = root != NULL ? hw_node_child(root, "outputs") : NULL;
    for (uint32_t f = 0; f < s->factors.count; f++) {
        const hw_node *path = path_of(factors, s->factors.info[f].name);
        bool several = path != NULL && path->kind == HW_NODE_LIST;
        for (uint32_t i = 0; several && i < path->child_count; i++) {
            if (path->children[i]->kind == HW_NODE_SCALAR) {
                const char *text = path->children[i]->text;
                hw_sweep_sample_add_path(s, f, text, strlen(text));
            }
        }
        if (s->paths[f].count == 0) {
            hw_sweep_sample_add_path(s, f, s->factors.info[f].path, strlen(s->factors.info[f].path));
        }
    }
    s->whole = s->kept && root != NULL && (outputs == NULL || outputs->child_count == 0);
    if (document != NULL) {
        hw_document_free(document);
    }
    hw_errors_free(&ignored);
}
