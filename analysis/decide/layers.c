/* Makes sets of layers. */
#include "analysis/decide/layers.h"
#include "analysis/base/file_kind.h"
#include "analysis/base/memory.h"
#include "analysis/decide/budget.h"
#include <stdlib.h>
#include <string.h>

static const char none[] = "none of them";

static char *name_of(const char *path) {
    const char *slash = strrchr(path, '/'), *file = slash != NULL ? slash + 1 : path,
               *dot = strrchr(file, '.');
    return hw_take_text("%.*s", dot != NULL && dot != file ? (int)(dot - file) : (int)strlen(file), file);
}

static void read_layer(hw_layers *layers, const char *text, hw_errors *errors) {
    const char *equals = strrchr(text, '=');
    if (equals == NULL || equals == text) {
        hw_errors_say(errors,
                      "--layer wants FILE=PRICE, such as 'scenarios/levers/treaty.yaml=2 MUSD', not '%s'",
                      text);
        return;
    }
    hw_layer *one = &layers->items[layers->count++];
    one->path = hw_take_text("%.*s", (int)(equals - text), text);
    one->name = name_of(one->path);
    for (uint32_t i = 0; i + 1 < layers->count; i++) {
        if (strcmp(layers->items[i].name, one->name) == 0) {
            hw_errors_say(errors, "--layer: two layers are called '%s'", one->name);
        }
    }
    (void)hw_file_kind_check(one->path, HW_FILE_SCENARIO, errors);
    (void)hw_budget_read_money("layer", equals + 1, false, &one->usd, errors);
}

static double price_of(const hw_layers *layers, uint32_t set) {
    double usd = 0;
    for (uint32_t i = 0; i < layers->count; i++) {
        usd += (set >> i & 1) != 0 ? layers->items[i].usd : 0;
    }
    return usd;
}

static void add_set(hw_layers *layers, const char *base, uint32_t set) {
    const char **paths = hw_take(layers->count, sizeof *paths);
    char *text = NULL;
    size_t length = 0;
    FILE *out = hw_take_stream(&text, &length);
    hw_study_source *source = &layers->sources[layers->set_count];
    *source = (hw_study_source){.path = base, .layers = paths};
    for (uint32_t i = 0; i < layers->count; i++) {
        if ((set >> i & 1) != 0) {
            fprintf(out, "%s%s", source->layer_count > 0 ? " + " : "", layers->items[i].name);
            paths[source->layer_count++] = layers->items[i].path;
        }
    }
    fputs(set == 0 ? none : "", out);
    hw_end_stream(out);
    source->name = text;
    layers->usd[layers->set_count++] = price_of(layers, set);
}

hw_status hw_layers_read(hw_layers *layers, const char *base, const char *const *texts, uint32_t count,
                         double budget, hw_errors *errors) {
    uint32_t before = errors->count, affordable = 0;
    *layers = (hw_layers){0};
    if (count == 0 || count > HW_LAYERS_MOST) {
        hw_errors_say(errors, "--choose levers wants 1 to %d layers with their prices: --layer FILE=PRICE",
                      HW_LAYERS_MOST);
        return HW_ERROR_INPUT;
    }
    for (uint32_t i = 0; i < count; i++) {
        read_layer(layers, texts[i], errors);
    }
    if (errors->count > before) {
        return HW_ERROR_INPUT;
    }
    for (uint32_t set = 0; set < 1U << count; set++) {
        affordable += price_of(layers, set) <= budget;
    }
    if (affordable < 2 || affordable > HW_LAYER_SETS_MOST) {
        hw_errors_say(errors,
                      affordable < 2 ? "the budget pays for none of the layers"
                                     : "the budget pays for %u sets of these layers, and at most %d can be "
                                       "ranked: name fewer layers",
                      affordable, HW_LAYER_SETS_MOST);
        return HW_ERROR_INPUT;
    }
    layers->sources = hw_take(affordable, sizeof *layers->sources);
    layers->usd = hw_take(affordable, sizeof *layers->usd);
    for (uint32_t set = 0; set < 1U << count; set++) {
        if (price_of(layers, set) <= budget) {
            add_set(layers, base, set);
        }
    }
    return HW_OK;
}

void hw_layers_free(hw_layers *layers) {
    for (uint32_t i = 0; i < layers->set_count; i++) {
        free((char *)layers->sources[i].name);
        free((void *)layers->sources[i].layers);
    }
    for (uint32_t i = 0; i < layers->count; i++) {
        free(layers->items[i].path);
        free(layers->items[i].name);
    }
    free(layers->sources);
    free(layers->usd);
    *layers = (hw_layers){0};
}
