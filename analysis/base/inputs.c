/* The list of files that a call reads. */
#include "analysis/base/inputs.h"
#include "analysis/base/memory.h"
#include <stdlib.h>

void hw_inputs_begin(hw_inputs *inputs, const hw_arguments *arguments) {
    *inputs = (hw_inputs){.rules.replace = hw_arguments_rules(arguments).replace};
    for (uint32_t i = 0; i < arguments->operand_count; i++) {
        hw_inputs_add(inputs, arguments->operands[i]);
    }
}

void hw_inputs_add(hw_inputs *inputs, const char *path) {
    if (path == NULL) {
        return;
    }
    inputs->paths = hw_take_again(inputs->paths, inputs->count + 1, sizeof *inputs->paths);
    inputs->paths[inputs->count++] = hw_take_text("%s", path);
    inputs->rules.inputs = inputs->paths;
    inputs->rules.input_count = inputs->count;
}

void hw_inputs_add_document(hw_inputs *inputs, const hw_document *document) {
    size_t count = 0;
    const char *const *files = document != NULL ? hw_document_files(document, &count) : NULL;
    for (size_t i = 0; i < count; i++) {
        hw_inputs_add(inputs, files[i]);
    }
}

void hw_inputs_free(hw_inputs *inputs) {
    for (size_t i = 0; i < inputs->count; i++) {
        free((char *)inputs->paths[i]);
    }
    free(inputs->paths);
    *inputs = (hw_inputs){.count = 0};
}
