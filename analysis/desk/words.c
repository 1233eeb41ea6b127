/* Reads a question's words. */
#include "analysis/desk/words.h"
#include "analysis/base/memory.h"
#include <stdlib.h>
#include <string.h>

bool hw_desk_find_lever(const hw_engine_wish *wish, const char *name, uint32_t *found, hw_errors *errors) {
    for (uint32_t i = 0; i < wish->ground.lever_count && name != NULL; i++) {
        if (strcmp(wish->lever_names[i], name) == 0) {
            *found = i;
            return true;
        }
    }
    hw_suggest(errors, (hw_position){0}, name != NULL ? name : "", wish->lever_names,
               wish->ground.lever_count, "", "there is no lever '%s'", name != NULL ? name : "");
    return false;
}

hw_status hw_desk_words_read(hw_desk_words *words, const hw_engine_wish *wish, const char *json,
                             hw_errors *errors) {
    *words = (hw_desk_words){.json = json_loads(json, JSON_REJECT_DUPLICATES, NULL)};
    const json_t *levers = json_object_get(words->json, "levers"),
                 *yaml = json_object_get(words->json, "yaml");
    if (!json_is_string(yaml) || !json_is_array(levers)) {
        hw_errors_say(errors, "a question is {\"levers\": [names], \"yaml\": text}");
        return HW_ERROR_INPUT;
    }
    words->text = json_string_value(yaml);
    words->levers = hw_take(json_array_size(levers) + 1, sizeof *words->levers);
    for (size_t i = 0; i < json_array_size(levers); i++) {
        const char *name = json_string_value(json_array_get(levers, i));
        if (!hw_desk_find_lever(wish, name, &words->levers[words->lever_count], errors)) {
            return HW_ERROR_INPUT;
        }
        words->lever_count++;
    }
    return HW_OK;
}

void hw_desk_words_free(hw_desk_words *words) {
    json_decref(words->json);
    free(words->levers);
    *words = (hw_desk_words){0};
}
