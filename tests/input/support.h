/* Loading bakery scenarios in tests: from text, and from files in a folder of their own. */
#ifndef HW_TESTS_INPUT_SUPPORT_H
#define HW_TESTS_INPUT_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sim/input/binding.h"
#include "tests/input/bakery.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct loading {
    hw_document *document;
    hw_binding *binding; /* NULL: see errors */
    hw_errors errors;
    bakery bakery;
} loading;

static inline void bind_document(loading *loaded) {
    if (loaded->document != NULL) {
        loaded->binding =
            hw_binding_create(&bakery_section, loaded->document, &loaded->bakery, &loaded->errors);
    }
}

static inline void load_text(loading *loaded, const char *yaml) {
    memset(loaded, 0, sizeof(*loaded));
    loaded->document = hw_document_parse(yaml, "bread.yaml", &loaded->errors);
    bind_document(loaded);
}

static inline void load_file(loading *loaded, const char *path) {
    memset(loaded, 0, sizeof(*loaded));
    loaded->document = hw_document_load(path, &loaded->errors);
    bind_document(loaded);
}

static inline void unload(loading *loaded) {
    hw_binding_free(loaded->binding);
    hw_document_free(loaded->document);
    hw_errors_free(&loaded->errors);
}

static inline void assert_no_errors(const loading *loaded) {
    if (loaded->errors.count != 0) {
        char *text = hw_errors_text(&loaded->errors);
        print_error("%s", text);
        free(text);
    }
    assert_int_equal(loaded->errors.count, 0);
    assert_non_null(loaded->binding);
}

static inline void assert_error_text(const hw_errors *errors, const char *expected) {
    char *text = hw_errors_text(errors);
    assert_string_equal(text, expected);
    free(text);
}

/* The text must be refused with exactly these messages. */
static inline void assert_refused(const char *yaml, const char *expected) {
    loading loaded;
    load_text(&loaded, yaml);
    assert_null(loaded.binding);
    assert_error_text(&loaded.errors, expected);
    unload(&loaded);
}

static inline const hw_value *value_at(const loading *loaded, const char *path) {
    hw_value_id id = hw_binding_find(loaded->binding, path);
    assert_int_not_equal(id, UINT32_MAX);
    return &hw_binding_values(loaded->binding)->items[id];
}

static inline void write_bytes(const char *name, const char *bytes, size_t size) {
    FILE *file = fopen(name, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static inline void write_file(const char *name, const char *text) {
    write_bytes(name, text, strlen(text));
}

#endif
