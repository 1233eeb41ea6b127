/* Lays the text of a question over its base. */
#include "analysis/desk/question.h"
#include "analysis/base/memory.h"
#include "sim/length.h"
#include <stdlib.h>
#include <string.h>

const char hw_desk_question_file[] = "question.yaml";

/* Keys that name files, or the day that decides what of the files is known. */
static const char *const refused[] = {"include", "observations", "parameters_from", "as_of"};

static void check_keys(const hw_node *root, hw_errors *errors) {
    for (uint32_t i = 0; i < root->child_count; i++) {
        const hw_node *child = root->children[i];
        for (size_t k = 0; k < HW_LENGTH(refused); k++) {
            if (strcmp(child->key, refused[k]) == 0) {
                hw_errors_add(
                    errors, child->key_where,
                    "'%s' cannot be asked here: the desk opens no other files; use the command line",
                    refused[k]);
            }
        }
        if (strpbrk(child->key, ".\"") != NULL) {
            hw_errors_add(errors, child->key_where, "'%s' is no key of a scenario", child->key);
        }
    }
}

static hw_status lay_text(hw_desk_question *question, const char *text, hw_errors *errors) {
    if (text[strspn(text, " \t\r\n")] == '\0') {
        return HW_OK;
    }
    uint32_t before = errors->count;
    question->text = hw_document_parse(text, hw_desk_question_file, errors);
    if (question->text == NULL || hw_document_check(question->text, errors) != HW_OK) {
        return HW_ERROR_INPUT;
    }
    const hw_node *root = hw_document_root(question->text);
    check_keys(root, errors);
    for (uint32_t i = 0; i < root->child_count && errors->count == before; i++) {
        const hw_node *child = root->children[i];
        (void)hw_document_graft(question->loaded.document, child->key, child->key_where, child, errors);
    }
    return errors->count == before ? HW_OK : HW_ERROR_INPUT;
}

/* The base alone costs nothing; with levers files are read again, in the order in which they would include
 * each other. */
static const hw_document *layers_of(hw_desk_question *question, const hw_desk_ground *ground,
                                    const uint32_t *levers, uint32_t lever_count, hw_errors *errors) {
    if (lever_count == 0) {
        return ground->base;
    }
    const char **paths = hw_take(lever_count + 1, sizeof *paths);
    paths[0] = ground->path;
    for (uint32_t i = 0; i < lever_count; i++) {
        paths[i + 1] = ground->levers[levers[i]];
    }
    question->layers = hw_document_load_layers(paths, lever_count + 1, errors);
    free(paths);
    bool laid = question->layers != NULL &&
                hw_load_lay(question->layers, ground->settings, ground->setting_count, errors) == HW_OK;
    return laid ? question->layers : NULL;
}

/* On the command line --set is laid over all files: a text that says something else about the same value
 * would be answered otherwise there. */
static hw_status check_settings(const hw_desk_question *question, const hw_desk_ground *ground,
                                hw_errors *errors) {
    if (ground->setting_count == 0) {
        return HW_OK;
    }
    hw_loaded set;
    hw_status status = hw_load_begin(&set, question->loaded.document);
    if (status == HW_OK) {
        status = hw_load_lay(set.document, ground->settings, ground->setting_count, errors);
    }
    if (status == HW_OK) {
        status = hw_load_bind(&set, errors);
    }
    if (status == HW_OK &&
        strcmp(hw_binding_digest(set.binding), hw_binding_digest(question->loaded.binding)) != 0) {
        hw_errors_say(errors, "the question changes what was set when the desk was started (%s, ...)",
                      ground->settings[0].path);
        status = HW_ERROR_INPUT;
    }
    hw_load_free(&set);
    return status;
}

hw_status hw_desk_question_read(hw_desk_question *question, const hw_desk_ground *ground, const char *text,
                                const uint32_t *levers, uint32_t lever_count, hw_errors *errors) {
    *question = (hw_desk_question){0};
    const hw_document *layers = layers_of(question, ground, levers, lever_count, errors);
    if (layers == NULL) {
        return HW_ERROR_INPUT;
    }
    hw_status status = hw_load_begin(&question->loaded, layers);
    if (status == HW_OK) {
        status = lay_text(question, text, errors);
    }
    if (status == HW_OK) {
        status = hw_load_bind(&question->loaded, errors);
    }
    return status == HW_OK ? check_settings(question, ground, errors) : status;
}

void hw_desk_question_free(hw_desk_question *question) {
    hw_load_free(&question->loaded);
    if (question->text != NULL) {
        hw_document_free(question->text);
    }
    if (question->layers != NULL) {
        hw_document_free(question->layers);
    }
    *question = (hw_desk_question){0};
}
