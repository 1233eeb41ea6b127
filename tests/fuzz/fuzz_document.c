/* Whatever the bytes, the loader either says what is wrong, or gives a scenario whose resolved text loads
 * again to the same text. The language is that of a test (bakery.h); fuzz_scenario tries the real one. */
#define _GNU_SOURCE /* nftw, strsep */
#include "sim/input/binding.h"
#include "tests/fuzz/fuzz.h"
#include "tests/input/bakery.h"

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc;
    (void)argv;
    return 0;
}

/* The resolved text, or NULL when the scenario is refused; then there must be a message. */
static char *resolve(const char *text) {
    hw_errors errors = {0};
    bakery chain = {0};
    char *resolved = NULL;
    hw_document *document = hw_document_parse(text, "fuzz.yaml", &errors);
    hw_binding *binding =
        document == NULL ? NULL : hw_binding_create(&bakery_section, document, &chain, &errors);
    if ((binding == NULL) != (errors.count > 0)) {
        fuzz_give_up("refused without a message, or a message without refusal", text);
    }
    if (binding != NULL) {
        resolved = strdup(hw_binding_resolved(binding));
    }
    char *messages = hw_errors_text(&errors);
    free(messages);
    hw_binding_free(binding);
    hw_document_free(document);
    hw_errors_free(&errors);
    return resolved;
}

/* The first line as a path, the rest as the value to set there. */
static void set(const char *text) {
    size_t length = strcspn(text, "\n");
    char *path = strndup(text, length);
    const char *yaml = text + length + (text[length] == '\n');
    hw_errors errors = {0};
    bakery chain = {0};
    hw_document *document =
        hw_document_parse("title: B\nshops: {A: {area: 20 m2, staff: 1}}\n", "set.yaml", &errors);
    hw_status status = hw_document_set(document, path, yaml, "<command line>", &errors);
    if ((status == HW_OK) != (errors.count == 0)) {
        fuzz_give_up("a setting was refused without a message, or taken with one", text);
    }
    hw_binding *binding = hw_binding_create(&bakery_section, document, &chain, &errors);
    if (status != HW_OK && binding == NULL) {
        fuzz_give_up("a refused setting changed the document", text);
    }
    hw_binding_free(binding);
    hw_document_free(document);
    hw_errors_free(&errors);
    free(path);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *text = calloc(size + 1, 1);
    if (text == NULL) {
        return 0;
    }
    memcpy(text, data, size);
    char *first = resolve(text);
    if (first != NULL) {
        char *second = resolve(first);
        if (second == NULL || strcmp(first, second) != 0) {
            fuzz_give_up("the resolved text does not load again to itself", first);
        }
        free(second);
        fuzz_accepted = true;
    }
    free(first);
    set(text);
    free(text);
    return 0;
}
