/* Reads --set, --horizon and --as-of. */
#include "analysis/scenario/settings.h"
#include "analysis/base/memory.h"
#include "sim/input/setting.h"
#include <stdlib.h>
#include <string.h>

/* `yaml` points into the word, `path` is cut out of it. */
static bool read_setting(hw_setting *setting, const char *word, hw_errors *errors) {
    const char *equals = strchr(word, '=');
    if (equals == NULL || equals == word) {
        hw_errors_say(errors, "--set wants PATH=VALUE, such as planning.rule=worst_first, not '%s'", word);
        return false;
    }
    *setting = (hw_setting){.path = hw_take_text("%.*s", (int)(equals - word), word), .yaml = equals + 1};
    return true;
}

void hw_settings_free(hw_setting *settings, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        free((char *)settings[i].path);
    }
    free(settings);
}

/* The words of a setting; --horizon and --as-of are settings whose value is the whole argument. */
static char *words_of(const hw_setting *setting, const hw_arguments *arguments) {
    for (uint32_t i = 0; i < arguments->given_count; i++) {
        if (arguments->given[i].text == setting->yaml) {
            return hw_take_text("--%s %s", arguments->given[i].option->name, setting->yaml);
        }
    }
    return hw_take_text("--set %s=%s", setting->path, setting->yaml);
}

/* Which of two settings of one value counts is not for us to guess. */
static void refuse_twice(const hw_setting *first, const hw_setting *second, const hw_arguments *arguments,
                         hw_errors *errors) {
    hw_path_relation relation = hw_path_relate(first->path, second->path);
    if (relation == HW_PATHS_APART) {
        return;
    }
    char *one = words_of(first, arguments), *other = words_of(second, arguments);
    hw_errors_say(errors,
                  relation == HW_PATHS_SAME ? "%s and %s set the same value; which one is meant?"
                                            : "%s and %s: one lies inside the other; give one of them",
                  one, other);
    free(one);
    free(other);
}

hw_setting *hw_settings_read(const hw_arguments *arguments, uint32_t *count, hw_errors *errors) {
    hw_setting *settings = hw_take(arguments->given_count, sizeof *settings);
    *count = 0;
    for (uint32_t i = 0; i < arguments->given_count; i++) {
        const hw_given *given = &arguments->given[i];
        bool as_of = strcmp(given->option->name, "as-of") == 0;
        if (as_of || strcmp(given->option->name, "horizon") == 0) {
            settings[(*count)++] =
                (hw_setting){.path = hw_take_text("%s", as_of ? "as_of" : "horizon"), .yaml = given->text};
        } else if (strcmp(given->option->name, "set") == 0 &&
                   read_setting(&settings[*count], given->text, errors)) {
            (*count)++;
        }
    }
    for (uint32_t i = 0; i < *count; i++) {
        for (uint32_t j = 0; j < i; j++) {
            refuse_twice(&settings[j], &settings[i], arguments, errors);
        }
    }
    return settings;
}
