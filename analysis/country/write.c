/* Writes a first scenario, and lets nothing take its place that check would not pass. */
#include "analysis/base/installed.h"
#include "analysis/base/memory.h"
#include "analysis/country/country.h"
#include "analysis/country/text.h"
#include "analysis/scenario/load.h"
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The folder of the shared layers as a file in `folder` names it: "layers" where they lie beside it, else the
 * whole path of those that came with the program; NULL when there are none. */
static char *layers_for(const char *folder) {
    static const char shown[] = "layers/ground.yaml";
    char *beside = hw_take_text("%s/%s", folder, shown);
    bool here = access(beside, R_OK) == 0;
    free(beside);
    if (here) {
        return hw_take_text("layers");
    }
    char *real = hw_installed_real_file("scenarios/layers/ground.yaml");
    char *layers = real != NULL ? hw_take_text("%s", dirname(real)) : NULL;
    free(real);
    return layers;
}

/* Loads what was written, under the name that it has until it is whole. Its mistakes and warnings are told as
 * those of the map, since all else in it is always the same. */
static hw_status check(const char *written, const char *path, const char *map_path, hw_errors *errors) {
    hw_loaded loaded;
    hw_errors mistakes = {0};
    hw_status status = hw_load(&loaded, written, NULL, 0, &mistakes);
    hw_errors_join(&mistakes, &loaded.warnings);
    if (status == HW_OK && mistakes.count > 0) {
        status = HW_ERROR_INPUT;
    }
    if (status != HW_OK) {
        hw_errors_say(errors, "%s is not written, since a scenario of these names would not be right:",
                      map_path != NULL ? map_path : path);
        for (uint32_t i = 0; i < mistakes.kept; i++) {
            hw_errors_say(errors, "  %s", mistakes.items[i].message);
        }
    }
    hw_errors_free(&mistakes);
    hw_load_free(&loaded);
    return status;
}

static hw_status refuse_layers(hw_errors *errors) {
    hw_errors_say(errors,
                  "the layers that a scenario shares (scenarios/layers/ground.yaml) are not there: they come "
                  "with the program; install it again, or go to its folder");
    return HW_ERROR_IO;
}

static bool is_kept(const char *path, const void *context, char room[HW_OUTPUT_REASON]) {
    (void)path;
    (void)context;
    snprintf(room, HW_OUTPUT_REASON, "is there already");
    return true;
}

hw_status hw_country_write(const hw_country_wish *wish, const char *path, const hw_output_rules *rules,
                           hw_errors *errors) {
    const hw_output_format format = {.noun = "a scenario", .is_kept = is_kept};
    char *copy = hw_take_text("%s", path);
    char *layers = layers_for(dirname(copy));
    free(copy);
    if (layers == NULL) {
        return refuse_layers(errors);
    }
    hw_output_file file;
    hw_status status = hw_output_open(&file, path, &format, rules, errors);
    if (status == HW_OK) {
        hw_country_write_text(file.stream, wish, layers);
        status = fflush(file.stream) == 0 && file.temporary != NULL
                     ? check(file.temporary, path, wish->map_path, errors)
                     : HW_OK; /* closing says what is wrong with the disk */
        if (status == HW_OK) {
            status = hw_output_close(&file, errors);
        } else {
            hw_output_drop(&file);
        }
    }
    free(layers);
    return status;
}
