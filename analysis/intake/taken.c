/* Gathers entries and writes them as YAML. */
#include "analysis/intake/taken.h"
#include "analysis/base/memory.h"
#include "analysis/intake/strings.h"
#include "sim/input/twins.h"
#include "sim/input/writer.h"
#include "sim/visible.h"
#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_BYTES_MOST = 80 };

const char *const hw_makes_keys[HW_MAKES] = {"streams", "hazard_areas", "observations"};

struct hw_taken_names {
    hw_strings skeletons;
};

/* ---- Names ---- */

/* Hidden characters, line breaks and double quotes become blanks, several blanks one. Paths of values put
 * names into double quotes. */
static char *tidy(hw_pool *pool, const char *text) {
    const unsigned char *bytes = (const unsigned char *)text;
    size_t length = strlen(text), to = 0;
    char *name = hw_pool_take(pool, length + 1, 1);
    for (size_t i = 0; i < length;) {
        uint32_t code = 0;
        size_t step = hw_utf8_decode(bytes + i, length - i, &code);
        bool blank =
            step == 0 || code <= ' ' || code == '\\' || hw_is_hidden(code) || hw_hidden_name(code) != NULL;
        step = step > 0 ? step : 1;
        if (to + step > NAME_BYTES_MOST) {
            break;
        }
        if (!blank) {
            memcpy(name + to, code == '"' ? "'" : text + i, step);
            to += step;
        } else if (to > 0 && name[to - 1] != ' ') {
            name[to++] = ' ';
        }
        i += step;
    }
    while (to > 0 && name[to - 1] == ' ') {
        to--;
    }
    name[to] = '\0';
    return name;
}

static bool is_free(hw_taken *taken, const char *name) {
    if (taken->names == NULL) {
        taken->names = hw_take(1, sizeof *taken->names);
    }
    hw_pool pool = {0};
    const char *skeleton = hw_name_skeleton(&pool, name);
    bool free_one = *skeleton != '\0' && hw_strings_find(&taken->names->skeletons, skeleton) == 0;
    if (free_one) {
        (void)hw_strings_keep(&taken->names->skeletons, skeleton);
    }
    hw_pool_free(&pool);
    return free_one;
}

static const char *unique_name(hw_taken *taken, const char *name, const char *otherwise) {
    const char *wanted = tidy(&taken->pool, name), *other = tidy(&taken->pool, otherwise);
    if (*wanted != '\0' && is_free(taken, wanted)) {
        return wanted;
    }
    wanted = hw_pool_print(&taken->pool, "%s%s%s", wanted, *wanted != '\0' && *other != '\0' ? " " : "",
                           *other != '\0' || *wanted != '\0' ? other : "entry");
    for (uint32_t number = 1;; number++) {
        const char *numbered = number == 1 ? wanted : hw_pool_print(&taken->pool, "%s %u", wanted, number);
        if (is_free(taken, numbered)) {
            return numbered;
        }
    }
}

/* ---- Entries ---- */

hw_taken_entry *hw_taken_add(hw_taken *taken, const char *name, const char *otherwise) {
    if (taken->count == taken->room) {
        taken->room = taken->room > 0 ? 2 * taken->room : 64;
        taken->entries = hw_take_again(taken->entries, taken->room, sizeof *taken->entries);
    }
    hw_taken_entry *entry = &taken->entries[taken->count++];
    *entry = (hw_taken_entry){.name = unique_name(taken, name, otherwise), .tells = ""};
    return entry;
}

static void put(hw_taken_entry *entry, const char *key, const char *yaml) {
    assert(entry->count < HW_TAKEN_VALUES_MOST);
    entry->values[entry->count++] = (hw_taken_value){key, yaml};
}

void hw_taken_yaml(hw_taken *taken, hw_taken_entry *entry, const char *key, const char *format, ...) {
    va_list words;
    va_start(words, format);
    char *text = hw_format(format, words);
    va_end(words);
    put(entry, key, hw_pool_copy(&taken->pool, text, strlen(text)));
    free(text);
}

const char *hw_taken_quote(hw_taken *taken, const char *text) {
    char *visible = hw_take_visible(text);
    const char *copy = hw_pool_copy(&taken->pool, visible, strlen(visible));
    free(visible);
    return hw_yaml_scalar(&taken->pool, copy);
}

void hw_taken_text(hw_taken *taken, hw_taken_entry *entry, const char *key, const char *text) {
    put(entry, key, hw_taken_quote(taken, text));
}

void hw_taken_free(hw_taken *taken) {
    if (taken->names != NULL) {
        hw_strings_free(&taken->names->skeletons);
    }
    free(taken->names);
    free(taken->entries);
    hw_pool_free(&taken->pool);
    *taken = (hw_taken){.makes = taken->makes};
}

/* ---- The file ---- */

/* What a planner may have changed by hand since. */
static bool is_kept(const char *path, const void *context, char room[HW_OUTPUT_REASON]) {
    (void)path;
    (void)context;
    snprintf(room, HW_OUTPUT_REASON, "holds something");
    return true;
}

const hw_output_format hw_taken_format = {.noun = "a scenario layer", .streams = true, .is_kept = is_kept};

hw_status hw_taken_write(const hw_taken *taken, const char *path, const char *head,
                         const hw_output_rules *rules, hw_errors *errors) {
    hw_output_file file;
    hw_pool pool = {0};
    hw_status status = hw_output_open(&file, path, &hw_taken_format, rules, errors);
    if (status != HW_OK) {
        return status;
    }
    fprintf(file.stream, "%s%s:\n", head, hw_makes_keys[taken->makes]);
    for (uint32_t i = 0; i < taken->count; i++) {
        const hw_taken_entry *entry = &taken->entries[i];
        fprintf(file.stream, "  %s:\n", hw_yaml_scalar(&pool, entry->name));
        for (uint32_t v = 0; v < entry->count; v++) {
            fprintf(file.stream, "    %s: %s\n", entry->values[v].key, entry->values[v].yaml);
        }
    }
    hw_pool_free(&pool);
    return hw_output_close(&file, errors);
}
