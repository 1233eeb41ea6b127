/* Plans the noise floor and the copies of scenarios. */
#include "analysis/compare/repeats.h"
#include "analysis/base/command.h"
#include "analysis/base/memory.h"
#include <stdlib.h>
#include <string.h>

/* The money of a source, a little more. `*loads`: the scenario can be read at all. */
static hw_nudge nudge_of(const hw_study_source *source, uint32_t more, const hw_study_wish *study,
                         bool *loads) {
    hw_loaded loaded = {0};
    hw_errors errors = {0}; /* the study tells them when it loads the same */
    hw_nudge nudge = {0};
    *loads = hw_study_load(&loaded, source, study, &errors) == HW_OK;
    if (*loads) {
        nudge = hw_nudge_of(&loaded, more);
    }
    hw_load_free(&loaded);
    hw_errors_free(&errors);
    return nudge;
}

static void add(hw_repeats *repeats, const hw_study_source *source, const char *name, hw_nudge nudge) {
    uint32_t number = repeats->count++, count = source->setting_count + nudge.count;
    hw_setting *settings = hw_take(count, sizeof *settings);
    for (uint32_t i = 0; i < count; i++) {
        settings[i] =
            i < source->setting_count ? source->settings[i] : nudge.settings[i - source->setting_count];
    }
    repeats->nudges[number] = nudge;
    repeats->settings[number] = settings;
    repeats->sources[number] = *source;
    repeats->sources[number].name = name;
    repeats->sources[number].settings = settings;
    repeats->sources[number].setting_count = count;
}

/* Copies from number `first` on; number 0 is the scenario as it is. */
static void add_copies(hw_repeats *repeats, const hw_study_source *source, const char *name, uint32_t first,
                       const hw_study_wish *study, hw_errors *errors) {
    for (uint32_t copy = 0; copy < repeats->wish.copies; copy++) {
        bool loads = false;
        hw_nudge nudge = first + copy > 0 ? nudge_of(source, first + copy, study, &loads) : (hw_nudge){0};
        if (loads && nudge.count == 0) {
            hw_errors_say(errors,
                          "--steady changes the money for clearance, and no stream of %s with a fixed "
                          "'exchange' pays for it",
                          source->path);
        }
        const char *slash = strrchr(source->path, '/'), *file = slash != NULL ? slash + 1 : source->path;
        char *own = copy == 0 ? (name != NULL ? hw_take_text("%s", name) : NULL)
                              : hw_take_text("%s, copy %u", name != NULL ? name : file, copy + 1);
        add(repeats, source, own, nudge);
    }
}

static bool has_money(const hw_study_source *source, const hw_study_wish *study) {
    bool loads;
    hw_nudge nudge = nudge_of(source, 1, study, &loads);
    bool some = nudge.count > 0;
    hw_nudge_free(&nudge);
    return some;
}

/* Copies stay near: and a finished result cannot be run again with other money. */
static void check_unfinished(const hw_study_source *sources, uint32_t count, const hw_repeats_wish *wish,
                             hw_errors *errors) {
    if (wish->copies > HW_COPIES_MOST) {
        hw_errors_say(errors, "--steady takes at most %d copies", HW_COPIES_MOST);
    }
    for (uint32_t i = 0; i < count; i++) {
        if ((wish->copies > 1 || (wish->floor && i == 0)) && hw_study_is_results(sources[i].path)) {
            hw_errors_say(errors,
                          "%s runs the scenario again with a little more money, and %s is finished: "
                          "name its scenario file",
                          wish->copies > 1 ? "--steady" : "--floor", sources[i].path);
        }
    }
}

hw_status hw_repeats_plan(hw_repeats *repeats, const hw_repeats_wish *wish, const hw_study_source *sources,
                          uint32_t count, const hw_study_wish *study, hw_errors *errors) {
    uint32_t before = errors->count;
    *repeats = (hw_repeats){0};
    check_unfinished(sources, count, wish, errors);
    if (errors->count > before) {
        return HW_ERROR_INPUT;
    }
    size_t most = ((size_t)count + 1) * wish->copies;
    *repeats = (hw_repeats){.wish = *wish,
                            .sources = hw_take(most, sizeof *repeats->sources),
                            .nudges = hw_take(most, sizeof *repeats->nudges),
                            .settings = hw_take(most, sizeof(hw_setting *))};
    repeats->floor = wish->floor && has_money(&sources[0], study);
    for (uint32_t i = 0; i < count; i++) {
        add_copies(repeats, &sources[i], sources[i].name, 0, study, errors);
        if (i == 0 && repeats->floor) {
            add_copies(repeats, &sources[0], "nothing changed", wish->copies, study, errors);
        }
    }
    return errors->count > before ? HW_ERROR_INPUT : HW_OK;
}

void hw_repeats_free(hw_repeats *repeats) {
    for (uint32_t i = 0; i < repeats->count; i++) {
        hw_nudge_free(&repeats->nudges[i]);
        free((char *)repeats->sources[i].name);
        free(repeats->settings[i]);
    }
    free(repeats->settings);
    free(repeats->nudges);
    free(repeats->sources);
    *repeats = (hw_repeats){0};
}

uint32_t hw_repeats_contenders(const hw_repeats *repeats) {
    return repeats->count / repeats->wish.copies;
}

uint32_t hw_repeats_source_of(const hw_repeats *repeats, uint32_t contender) {
    return contender > 0 && repeats->floor ? contender - 1 : contender;
}

hw_contender *hw_repeats_contend(const hw_repeats *repeats, const hw_study *study,
                                 const hw_outcomes ***copies) {
    size_t each = repeats->wish.copies;
    uint32_t count = hw_repeats_contenders(repeats);
    hw_contender *contenders = hw_take(count, sizeof *contenders);
    *copies = hw_take(repeats->count, sizeof(const hw_outcomes *));
    for (uint32_t i = 0; i < repeats->count; i++) {
        (*copies)[i] = &study->parts[i].outcomes;
    }
    for (uint32_t i = 0; i < count; i++) {
        contenders[i] = (hw_contender){.name = study->parts[i * each].name,
                                       .outcomes = (*copies)[i * each],
                                       .copies = *copies + i * each + 1,
                                       .copy_count = repeats->wish.copies - 1,
                                       .floor = i == 1 && repeats->floor};
    }
    return contenders;
}
