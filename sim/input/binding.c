/* Creates a binding: sections, checks and remarks, in that order. */
#include "sim/input/binding.h"

#include "sim/input/binder.h"
#include "sim/input/digest.h"
#include "sim/input/layers.h"
#include <stdlib.h>
#include <string.h>

/* A mistake in the model's own table ends the program, once it has been built with asserts: tests ask it of
 * all tables, and to read some hundred defaults again would be a tenth of a small run. */
static void abort_on_unsound(const hw_section *root) {
#ifndef NDEBUG
    static const hw_section *sound; /* a sweep binds thousands of times, always by the same table */
    hw_errors errors = {0};
    if (root != sound && hw_schema_check(root, &errors) != HW_OK) {
        char *text = hw_errors_text(&errors);
        fprintf(stderr, "the descriptor table of '%s' is unsound:\n%s", root->name, text != NULL ? text : "");
        abort();
    }
    sound = root;
#else
    (void)root;
#endif
}

static int compare_places(const void *left, const void *right) {
    const hw_spot *a = left;
    const hw_spot *b = right;
    return strcmp(a->path, b->path);
}

static void complete(hw_binding *binding) {
    binding->view = (hw_values){.items = binding->values, .count = (uint32_t)binding->value_count};
    binding->by_path = hw_pool_take(&binding->pool, binding->value_count, sizeof(*binding->by_path));
    for (uint32_t i = 0; i < binding->view.count; i++) {
        binding->by_path[i] = (hw_named){.name = binding->values[i].path, .index = i};
    }
    hw_named_sort(binding->by_path, binding->view.count);
    if (binding->spot_count > 0) {
        qsort(binding->spots, binding->spot_count, sizeof(*binding->spots), compare_places);
    }
    hw_write_raw(&binding->resolved, "");
    hw_digest_text(binding->resolved.text, binding->resolved.length, binding->digest);
}

hw_binding *hw_binding_create(const hw_section *root, const hw_document *document, void *out,
                              hw_errors *errors) {
    abort_on_unsound(root);
    hw_binding *binding = calloc(1, sizeof(*binding));
    if (binding == NULL) {
        hw_errors_say(errors, "not enough memory to read the scenario");
        return NULL;
    }
    const hw_node *node = hw_document_root(document);
    binding->root = root;
    binding->document = document;
    hw_remarks_join(&binding->mistakes, hw_document_mistakes(document));
    hw_bind_currencies(binding, node);
    hw_index_tables(binding, node);
    hw_site site = {.path = "", .described = "the scenario", .node = node, .where = node->where};
    hw_write_note(binding, node);
    hw_bind_section(binding, root, &site, out);
    if (binding->mistakes.count > 0) {
        size_t count = 0;
        const char *const *files = hw_document_files(document, &count);
        hw_remarks_report(&binding->mistakes, files, count, errors);
        hw_binding_free(binding);
        return NULL;
    }
    complete(binding);
    hw_warn_of_idle(binding, document);
    return binding;
}

void hw_binding_free(hw_binding *binding) {
    if (binding == NULL) {
        return;
    }
    hw_remarks_free(&binding->mistakes);
    hw_remarks_free(&binding->warnings);
    hw_writer_free(&binding->resolved);
    free(binding->plans);
    free(binding->values);
    free(binding->spots);
    hw_pool_free(&binding->pool);
    free(binding);
}

const hw_remarks *hw_binding_warnings(const hw_binding *binding) {
    return &binding->warnings;
}

const hw_values *hw_binding_values(const hw_binding *binding) {
    return &binding->view;
}

hw_value_id hw_binding_find(const hw_binding *binding, const char *path) {
    hw_value_id id = hw_named_find(binding->by_path, binding->view.count, path);
    char *canonical = id == UINT32_MAX ? hw_path_canonical(path) : NULL;
    if (canonical != NULL) {
        id = hw_named_find(binding->by_path, binding->view.count, canonical);
        free(canonical);
    }
    return id;
}

bool hw_binding_has(const hw_binding *binding, const char *path) {
    hw_spot sought = {.path = path};
    return *path == '\0' ||
           (binding->spot_count > 0 && bsearch(&sought, binding->spots, binding->spot_count,
                                               sizeof(*binding->spots), compare_places) != NULL);
}

const hw_currencies *hw_binding_currencies(const hw_binding *binding) {
    return &binding->currencies;
}

const char *hw_binding_resolved(const hw_binding *binding) {
    return binding->resolved.text;
}

const char *hw_binding_rows(const hw_binding *binding) {
    return hw_value_rows_text(&binding->resolved.rows);
}

const char *hw_binding_digest(const hw_binding *binding) {
    return binding->digest;
}

hw_position hw_binding_where(const hw_binding *binding, const char *path) {
    hw_spot sought = {.path = path};
    const hw_spot *spot = binding->spot_count == 0 ? NULL
                                                   : bsearch(&sought, binding->spots, binding->spot_count,
                                                             sizeof(*binding->spots), compare_places);
    return spot != NULL ? spot->where : (hw_position){0};
}
