/* Simulates a scenario as of several days. */
#include "analysis/belief/frozen.h"
#include "analysis/base/memory.h"
#include "analysis/belief/area_shares.h"
#include "sim/date.h"
#include "sim/run/trouble.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *hw_frozen_path(const hw_frozen_wish *wish, uint32_t origin) {
    char date[16];
    return hw_take_text("%s/origin-%s.h5", wish->folder, hw_date_print(wish->days[origin], date));
}

static bool is_there(const hw_frozen_wish *wish, const hw_loaded *loaded, const char *path) {
    hw_errors ignored = {0};
    hw_outcomes outcomes;
    bool there = access(path, F_OK) == 0 && hw_outcomes_open(&outcomes, path, &ignored) == HW_OK;
    if (there) {
        there = hw_outcomes_answer(&outcomes, loaded->model, hw_binding_digest(loaded->binding), wish->seed,
                                   wish->replications);
        hw_outcomes_close(&outcomes);
    }
    hw_errors_free(&ignored);
    return there;
}

/* What rank 0 found, for all. */
static bool agree_whether(bool here) {
    hw_trouble trouble = {0};
    if (here) {
        hw_trouble_note(&trouble, HW_ERROR_REQUEUE, 0, "yes");
    }
    return hw_trouble_agree(&trouble) != HW_OK;
}

static hw_status simulate_one(const hw_frozen_wish *wish, uint32_t origin, const hw_loaded *loaded,
                              hw_errors *errors) {
    char *path = hw_frozen_path(wish, origin),
         *part = hw_take_text("origin %u of %u", origin + 1, wish->count);
    hw_status status = HW_OK;
    if (!agree_whether(hw_rank() == 0 && is_there(wish, loaded, path))) {
        const hw_experiment experiment = {
            .model = loaded->model,
            .scenario = loaded->scenario,
            .layout = loaded->layout,
            .seed = wish->seed,
            .replications = wish->replications,
            .output = path,
            .rules = &wish->inputs->rules,
            .title = loaded->title,
            .settings = loaded->settings,
            .files = loaded->files,
            .resolved = hw_binding_resolved(loaded->binding),
            .rows = hw_binding_rows(loaded->binding),
            .digest = hw_binding_digest(loaded->binding),
            .version = HW_VERSION,
            .anyway = wish->anyway,
            .progress = wish->progress,
            .done_before = origin * wish->replications,
            .left_after = (wish->count - 1 - origin) * wish->replications,
            .part = part,
            .ranks_per_world = wish->ranks_per_world,
        };
        hw_experiment_report done = {0};
        status = hw_experiment_run(&experiment, &done, errors);
        status = status == HW_OK && done.interrupted ? HW_ERROR_INTERRUPTED : status;
    }
    free(part);
    free(path);
    return status;
}

static bool is_cut(const hw_frozen_wish *wish) {
    bool cut = false;
    for (uint32_t s = 0; s < wish->setting_count; s++) {
        cut = cut || strcmp(wish->settings[s].path, "horizon") == 0;
    }
    return cut;
}

static void add_once(hw_errors *fresh, hw_errors *said, hw_position where, char *message) {
    const hw_error words = {.message = message};
    if (!hw_errors_hold(said, &words)) {
        hw_errors_say(said, "%s", message);
        hw_errors_add(fresh, where, "%s", message);
    }
}

/* What is odd is said once, not at each origin. Where the command cuts the horizon, most of what is odd in
 * the file are days behind it, and these are no news. */
static void warn(const hw_frozen_wish *wish, const hw_loaded *loaded, hw_errors *said) {
    const hw_errors *all = &loaded->warnings;
    hw_errors fresh = {0};
    bool hidden = false;
    for (uint32_t i = 0; i < all->kept; i++) {
        if (is_cut(wish) && all->items[i].where.file != NULL) {
            hidden = true;
        } else {
            add_once(&fresh, said, all->items[i].where, all->items[i].message);
        }
    }
    if (hidden) {
        char day[16];
        char *words = hw_take_text(
            "simulated to %s only (--horizon): what the scenario says of later days plays no part",
            hw_date_print(loaded->horizon, day));
        add_once(&fresh, said, (hw_position){0}, words);
        free(words);
    }
    hw_warn(&fresh);
    hw_errors_free(&fresh);
}

hw_status hw_frozen_simulate(const hw_frozen_wish *wish, hw_errors *errors) {
    hw_status status = HW_OK;
    hw_errors said = {0};
    hw_setting *settings = hw_take(wish->setting_count + 1, sizeof *settings);
    for (uint32_t s = 0; s < wish->setting_count; s++) {
        settings[s] = wish->settings[s];
    }
    for (uint32_t o = 0; o < wish->count && status == HW_OK; o++) {
        hw_loaded loaded = {0};
        char date[16];
        settings[wish->setting_count] =
            (hw_setting){.path = "as_of", .yaml = hw_date_print(wish->days[o], date)};
        status = hw_load_together(&loaded, wish->scenario, settings, wish->setting_count + 1, errors);
        if (status == HW_OK && wish->days[o] < loaded.start - 1) {
            hw_errors_say(errors, "--origin %s is not within the simulated time", date);
            status = HW_ERROR_INPUT;
        }
        if (status == HW_OK) {
            warn(wish, &loaded, &said);
            hw_inputs_add_document(wish->inputs, loaded.document);
            status = simulate_one(wish, o, &loaded, errors);
        }
        hw_load_free(&loaded);
    }
    hw_errors_free(&said);
    free(settings);
    return status;
}

static hw_status read_one(hw_frozen *frozen, uint32_t origin, const char *path, const hw_observations *facts,
                          hw_errors *errors) {
    hw_outcomes *outcomes = &frozen->outcomes[origin];
    hw_besides *besides = &frozen->besides[origin];
    hw_status status = hw_outcomes_open(outcomes, path, errors);
    if (status == HW_OK && outcomes->count == 0) {
        hw_errors_say(errors, "no replication of %s is good: there is nothing to hold facts against", path);
        status = HW_ERROR_LAW;
    }
    if (status == HW_OK) {
        status = hw_besides_read(besides, outcomes, facts, errors);
    }
    if (status == HW_OK) {
        hw_besides_weigh(besides, NULL, (double)outcomes->count);
        frozen->area_shares[origin] = hw_area_shares(besides, errors);
        status = frozen->area_shares[origin] != NULL ? HW_OK : HW_ERROR_IO;
    }
    return status;
}

hw_status hw_frozen_read(hw_frozen *frozen, const hw_frozen_wish *wish, const hw_observations *facts,
                         hw_errors *errors) {
    hw_status status = HW_OK;
    *frozen = (hw_frozen){.outcomes = hw_take(wish->count + 1, sizeof *frozen->outcomes),
                          .besides = hw_take(wish->count + 1, sizeof *frozen->besides),
                          .area_shares = hw_take(wish->count + 1, sizeof *frozen->area_shares),
                          .bases = hw_take(wish->count + 1, sizeof *frozen->bases),
                          .count = wish->count};
    for (uint32_t o = 0; o < wish->count && status == HW_OK; o++) {
        char *path = hw_frozen_path(wish, o);
        hw_inputs_add(wish->inputs, path);
        status = read_one(frozen, o, path, facts, errors);
        frozen->bases[o] = (hw_hindcast_base){
            .day = wish->days[o], .besides = &frozen->besides[o], .area_shares = frozen->area_shares[o]};
        free(path);
    }
    if (status == HW_OK) {
        hw_besides_warn(&frozen->besides[0]);
    }
    return status;
}

void hw_frozen_free(hw_frozen *frozen) {
    for (uint32_t o = 0; o < frozen->count; o++) {
        hw_besides_free(&frozen->besides[o]);
        hw_outcomes_close(&frozen->outcomes[o]);
        free(frozen->area_shares[o]);
    }
    free(frozen->bases);
    free(frozen->area_shares);
    free(frozen->besides);
    free(frozen->outcomes);
    *frozen = (hw_frozen){0};
}
