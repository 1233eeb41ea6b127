#include "analysis/settings.h"
#include "analysis/memory.h"
#include <stdlib.h>
#include <string.h>

/* `yaml` points into the word, `path` is cut out of it. */
static bool read_setting(hw_setting *setting, const char *word, hw_errors *errors) {
    const char *equals = strchr(word, '=');
    if (!equals || equals == word) {
        hw_errors_add(errors, (hw_position){0},
                      "--set wants PATH=VALUE, such as planning.rule=worst_first, not '%s'", word);
        return false;
    }
    *setting = (hw_setting){.path = hw_take_text("%.*s", (int)(equals - word), word), .yaml = equals + 1};
    return true;
}

void hw_settings_free(hw_setting *settings, uint32_t count) {
    for (uint32_t i = 0; i < count; i++)
        free((char *)settings[i].path);
    free(settings);
}

hw_setting *hw_settings_read(const hw_arguments *arguments, uint32_t *count, hw_errors *errors) {
    hw_setting *settings = hw_take(arguments->given_count, sizeof *settings);
    *count = 0;
    for (uint32_t i = 0; i < arguments->given_count; i++) {
        const hw_given *given = &arguments->given[i];
        if (strcmp(given->option->name, "horizon") == 0)
            settings[(*count)++] = (hw_setting){.path = hw_take_text("horizon"), .yaml = given->text};
        else if (strcmp(given->option->name, "set") == 0 &&
                 read_setting(&settings[*count], given->text, errors))
            (*count)++;
    }
    return settings;
}
