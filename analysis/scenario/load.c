/* Loads a scenario: files, settings, binding, warnings. */
#include "analysis/scenario/load.h"
#include "analysis/base/file_kind.h"
#include "analysis/base/memory.h"
#include "analysis/scenario/as_of.h"
#include "analysis/scenario/parameters_from.h"
#include "models/land_release.h"
#include "sim/input/setting.h"
#include "sim/run/experiment.h"
#include "sim/run/trouble.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const hw_section *const hw_load_section = &hw_scenario_section;

static hw_position where_in_file(const void *context, const char *path) {
    return hw_binding_where(context, path);
}

hw_status hw_load_set(hw_document *document, const hw_section *root, const hw_setting *setting,
                      hw_errors *errors) {
    static const char origin[] = "<command line>";
    hw_status status = hw_setting_check(root, document, setting->path, origin, errors);
    if (status != HW_OK) {
        return status;
    }
    return setting->yaml != NULL ? hw_document_set(document, setting->path, setting->yaml, origin, errors)
                                 : hw_document_forget(document, setting->path, origin, errors);
}

/* The day of knowledge alone, or all but that. */
static hw_status lay_settings(hw_document *document, const hw_setting *settings, uint32_t count, bool as_of,
                              hw_errors *errors) {
    hw_status status = HW_OK;
    for (uint32_t i = 0; i < count && status == HW_OK; i++) {
        if ((strcmp(settings[i].path, "as_of") == 0) == as_of) {
            status = hw_load_set(document, &hw_scenario_section, &settings[i], errors);
        }
    }
    return status;
}

hw_status hw_load_lay(hw_document *document, const hw_setting *settings, uint32_t count, hw_errors *errors) {
    hw_status status = lay_settings(document, settings, count, true, errors);
    return status == HW_OK ? lay_settings(document, settings, count, false, errors) : status;
}

static hw_status read_document(hw_loaded *loaded, const char *const *paths, size_t count,
                               const hw_setting *settings, uint32_t setting_count, hw_errors *errors) {
    for (size_t i = 0; i < count; i++) {
        if (hw_file_kind_check(paths[i], HW_FILE_SCENARIO, errors) != HW_OK) {
            return HW_ERROR_INPUT;
        }
    }
    loaded->document = hw_document_load_layers(paths, count, errors);
    return loaded->document != NULL ? hw_load_lay(loaded->document, settings, setting_count, errors)
                                    : HW_ERROR_INPUT;
}

/* Those of the binder and those of the model, sorted together. */
static void keep_warnings(hw_loaded *loaded, const hw_errors *of_model) {
    hw_remarks all = {0};
    size_t count = 0;
    const char *const *files = hw_document_files(loaded->document, &count);
    hw_remarks_join(&all, hw_binding_warnings(loaded->binding));
    hw_as_of_remark(loaded->document, loaded->binding, &all);
    if (loaded->drawn != NULL) {
        hw_parameters_remark(loaded->table, loaded->drawn, hw_parameters_where(loaded->document), &all);
    }
    for (uint32_t i = 0; i < of_model->kept; i++) {
        hw_remarks_add(&all, of_model->items[i].where, "%s", of_model->items[i].message);
    }
    all.count += of_model->count - of_model->kept;
    hw_remarks_report(&all, files, count, &loaded->warnings);
    hw_remarks_free(&all);
}

void hw_warn(const hw_errors *warnings) {
    if (hw_rank() != 0 || warnings->count == 0) {
        return;
    }
    char *text = hw_warnings_text(warnings);
    fflush(stdout);
    fputs(text != NULL ? text : "warning: there are warnings, but not enough memory to print them\n", stderr);
    free(text);
}

static char *settings_text(const hw_setting *settings, uint32_t count, const char *between) {
    char *text = NULL;
    size_t length = 0;
    FILE *out = hw_take_stream(&text, &length);
    for (uint32_t i = 0; i < count; i++) {
        bool gone = settings[i].yaml == NULL;
        fprintf(out, "%s%s%s%s%s", i ? between : "", gone ? "without " : "", settings[i].path,
                gone ? "" : "=", gone ? "" : settings[i].yaml);
    }
    fclose(out);
    return text;
}

static char *files_text(const hw_document *document) {
    char *text = NULL;
    size_t length = 0, count = 0;
    const char *const *files = hw_document_files(document, &count);
    FILE *out = hw_take_stream(&text, &length);
    for (size_t i = 0; i < count; i++) {
        const char *slash = strrchr(files[i], '/');
        if (files[i][0] != '<') { /* no file, but the command line */
            fprintf(out, "%s%s", i ? "\n" : "", slash != NULL ? slash + 1 : files[i]);
        }
    }
    fclose(out);
    return text;
}

/* What the result is known by. */
static void label(hw_loaded *loaded, const hw_setting *settings, uint32_t count) {
    loaded->files = files_text(loaded->document);
    if (count == 0) {
        return;
    }
    char *line = settings_text(settings, count, ", ");
    loaded->settings = settings_text(settings, count, "\n");
    loaded->named = hw_take_text("%s (%s)", loaded->title, line);
    loaded->title = loaded->named;
    free(line);
}

hw_status hw_load_draw_from(hw_loaded *loaded, const hw_parameters *table, bool by_weight,
                            hw_errors *errors) {
    hw_drawn_values *drawn = hw_parameters_bind(table, loaded->binding, loaded->document, by_weight,
                                                hw_parameters_where(loaded->document), errors);
    if (drawn == NULL) {
        return HW_ERROR_INPUT;
    }
    hw_drawn_values_free(loaded->drawn);
    loaded->table = table;
    loaded->drawn = drawn;
    ((hw_scenario *)loaded->scenario)->values = &drawn->values;
    return HW_OK;
}

void hw_load_draw_from_itself(hw_loaded *loaded) {
    hw_drawn_values_free(loaded->drawn);
    loaded->table = NULL;
    loaded->drawn = NULL;
    ((hw_scenario *)loaded->scenario)->values = hw_binding_values(loaded->binding);
}

hw_status hw_load_bind(hw_loaded *loaded, hw_errors *errors) {
    const hw_parameters *table;
    if (hw_parameters_from(loaded->document, &table, errors) != HW_OK) {
        return HW_ERROR_INPUT;
    }
    hw_scenario *scenario = hw_take(1, hw_scenario_section.size);
    loaded->scenario = scenario;
    loaded->binding = hw_binding_create(&hw_scenario_section, loaded->document, scenario, errors);
    if (loaded->binding == NULL) {
        return HW_ERROR_INPUT;
    }
    scenario->values = hw_binding_values(loaded->binding);
    if (table != NULL && hw_load_draw_from(loaded, table, true, errors) != HW_OK) {
        return HW_ERROR_INPUT;
    }
    uint32_t before = errors->count;
    hw_errors warnings = {0};
    hw_scenario_check(scenario, where_in_file, loaded->binding, errors,
                      loaded->without_warnings ? NULL : &warnings);
    if (!loaded->without_warnings) {
        keep_warnings(loaded, &warnings);
    }
    hw_errors_free(&warnings);
    hw_as_of_check(loaded->document, scenario->horizon, errors);
    if (errors->count > before) {
        return HW_ERROR_INPUT;
    }
    loaded->title = scenario->name;
    loaded->start = scenario->start;
    loaded->horizon = scenario->horizon;
    loaded->layout = hw_scenario_layout(scenario);
    return loaded->layout != NULL ? HW_OK : HW_ERROR_MEMORY;
}

hw_status hw_load(hw_loaded *loaded, const char *path, const hw_setting *settings, uint32_t setting_count,
                  hw_errors *errors) {
    return hw_load_layers(loaded, &path, 1, settings, setting_count, errors);
}

hw_status hw_load_layers(hw_loaded *loaded, const char *const *paths, size_t count,
                         const hw_setting *settings, uint32_t setting_count, hw_errors *errors) {
    *loaded = (hw_loaded){.model = &hw_land_release};
    hw_status status = read_document(loaded, paths, count, settings, setting_count, errors);
    if (status != HW_OK) {
        return status;
    }
    status = hw_load_bind(loaded, errors);
    if (status == HW_OK) {
        label(loaded, settings, setting_count);
    }
    return status;
}

hw_status hw_load_begin(hw_loaded *loaded, const hw_document *base) {
    *loaded = (hw_loaded){.model = &hw_land_release, .document = hw_document_over(base)};
    return loaded->document != NULL ? HW_OK : HW_ERROR_MEMORY;
}

void hw_load_free(hw_loaded *loaded) {
    hw_drawn_values_free(loaded->drawn);
    if (loaded->layout != NULL) {
        hw_scenario_layout_free(loaded->layout);
    }
    if (loaded->binding != NULL) {
        hw_binding_free(loaded->binding);
    }
    free(loaded->scenario);
    hw_errors_free(&loaded->warnings);
    free(loaded->named);
    free(loaded->settings);
    free(loaded->files);
    if (loaded->document != NULL) {
        hw_document_free(loaded->document);
    }
    *loaded = (hw_loaded){0};
}

hw_status hw_load_together(hw_loaded *loaded, const char *path, const hw_setting *settings,
                           uint32_t setting_count, hw_errors *errors) {
    return hw_load_layers_together(loaded, &path, 1, settings, setting_count, errors);
}

hw_status hw_load_layers_together(hw_loaded *loaded, const char *const *paths, size_t count,
                                  const hw_setting *settings, uint32_t setting_count, hw_errors *errors) {
    hw_status status = hw_load_layers(loaded, paths, count, settings, setting_count, errors);
    return hw_load_agree(status, paths[count - 1], errors);
}

hw_status hw_load_agree(hw_status own, const char *path, hw_errors *errors) {
    hw_trouble trouble = {0};
    if (own != HW_OK) {
        hw_trouble_note(&trouble, own, 0, "rank %d cannot load %s", hw_rank(), path);
    }
    hw_status agreed = hw_trouble_agree(&trouble);
    if (own == HW_OK && agreed != HW_OK) {
        hw_errors_say(errors, "%s, though rank %d can: is it the same file on every computer?", trouble.text,
                      hw_rank());
    }
    return agreed;
}
