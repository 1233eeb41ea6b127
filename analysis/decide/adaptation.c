/* Rules with signposts against fixed plans. */
#include "analysis/decide/adaptation.h"
#include "analysis/base/memory.h"
#include "analysis/decide/asked.h"
#include "analysis/results/known.h"
#include "analysis/results/reading.h"
#include "models/scenario.h"
#include "models/signposts.h"
#include "sim/run/experiment.h"
#include "sim/run/trouble.h"
#include <inttypes.h>
#include <math.h>
#include <mpi.h>
#include <stdlib.h>
#include <string.h>

/* Of so many signposts every choice beforehand is tried; of more: none, all, and each alone. */
enum { CHOICES_MOST = 3 };

/* ---- What is tried ---- */

static hw_tried_plan *add_plan(hw_adaptation *a, const hw_study_source *like, char *name, bool adapts) {
    a->plans = hw_take_again(a->plans, a->count + 1, sizeof *a->plans);
    hw_tried_plan *plan = &a->plans[a->count++];
    *plan = (hw_tried_plan){.source = *like, .adapts = adapts};
    plan->source.name = name;
    return plan;
}

/* The signposts of a scenario that are read, in its order; allocated. */
static const char **read_signposts(const hw_scenario *s, uint32_t *count) {
    const char **names = hw_take(s->signposts.count + 1, sizeof *names);
    *count = 0;
    for (uint32_t i = 0; i < s->signposts.count; i++) {
        if (HW_ITEM(s->signposts, hw_signpost, i)->decide == HW_DECIDE_BY_READING) {
            names[(*count)++] = s->signposts.names[i];
        }
    }
    return names;
}

/* The plan with each signpost decided beforehand: bit i, the i-th is done. */
static void add_fixed(hw_adaptation *a, const hw_study_source *like, const char *of, const char **names,
                      uint32_t count, uint64_t done) {
    char *text = NULL;
    size_t length = 0;
    FILE *out = hw_take_stream(&text, &length);
    fprintf(out, "%s%s", of, done == 0 ? ", nothing done" : ", decided: ");
    bool first = true;
    hw_setting *settings = hw_take(count, sizeof *settings);
    for (uint32_t i = 0; i < count; i++) {
        bool is_done = done >> i & 1;
        settings[i] = (hw_setting){.path = hw_take_text("signposts.\"%s\".decide", names[i]),
                                   .yaml = is_done ? "always" : "never"};
        if (is_done) {
            fprintf(out, "%s%s", first ? "" : ", ", names[i]);
            first = false;
        }
    }
    hw_end_stream(out);
    hw_tried_plan *plan = add_plan(a, like, text, false);
    plan->source.settings = settings;
    plan->source.setting_count = count;
}

static void add_all_fixed(hw_adaptation *a, const hw_study_source *like, const char *of, const char **names,
                          uint32_t count) {
    if (count <= CHOICES_MOST) {
        for (uint64_t done = 0; done < UINT64_C(1) << count; done++) {
            add_fixed(a, like, of, names, count, done);
        }
        return;
    }
    add_fixed(a, like, of, names, count, 0);
    for (uint32_t i = 0; i < count; i++) {
        add_fixed(a, like, of, names, count, UINT64_C(1) << i);
    }
    add_fixed(a, like, of, names, count, UINT64_MAX);
}

static char *name_of(const char *path) {
    const char *slash = strrchr(path, '/'), *file = slash != NULL ? slash + 1 : path;
    const char *dot = strrchr(file, '.');
    return hw_take_text("%.*s", (int)(dot != NULL && dot > file ? (size_t)(dot - file) : strlen(file)), file);
}

static hw_status look_at(hw_adaptation *a, const hw_study_source *source, const hw_study_wish *wish,
                         hw_errors *errors) {
    enum { SIGNPOSTS_MOST = 32 };
    hw_loaded loaded = {0};
    hw_status status = hw_study_load(&loaded, source, wish, errors);
    if (status == HW_OK) {
        uint32_t read = 0;
        const char **names = read_signposts(loaded.scenario, &read);
        char *name = name_of(source->path);
        if (read > SIGNPOSTS_MOST) {
            hw_errors_say(errors, "%s reads %u signposts: at most %d can be decided beforehand", name, read,
                          SIGNPOSTS_MOST);
            status = HW_ERROR_INPUT;
        }
        (void)add_plan(a, source, hw_take_text("%s", name), read > 0);
        if (read > 0 && status == HW_OK) {
            add_all_fixed(a, source, name, names, read);
        }
        a->start = loaded.start;
        if (a->title == NULL) {
            a->title = hw_take_text("%s", loaded.title);
            a->known = hw_known_text(hw_binding_rows(loaded.binding));
        }
        free(name);
        free(names);
    }
    hw_load_free(&loaded);
    return status;
}

hw_status hw_adaptation_look(hw_adaptation *adaptation, const char *const *paths, uint32_t count,
                             const hw_study_wish *wish, hw_errors *errors) {
    hw_status status = HW_OK;
    bool any = false;
    for (uint32_t i = 0; i < count && status == HW_OK; i++) {
        const hw_study_source source = {.path = paths[i], .over = i > 0 ? paths[0] : NULL};
        status = look_at(adaptation, &source, wish, errors);
    }
    for (uint32_t i = 0; i < adaptation->count; i++) {
        any = any || adaptation->plans[i].adapts;
    }
    if (status == HW_OK && !any) {
        hw_errors_say(errors,
                      "none of these has a signpost that is read (homeward schema signposts): homeward "
                      "rank compares fixed plans");
        status = HW_ERROR_INPUT;
    }
    return status;
}

/* ---- Worlds ---- */

typedef enum told { BENEFIT, SPENDING } told;

static hw_status tell(const hw_adaptation *a, const hw_study_part *part, told what, double *each,
                      hw_errors *errors) {
    if (what == BENEFIT) {
        return hw_measure_benefits(a->measure, a->price, &part->outcomes, each, errors);
    }
    hw_status status = hw_measure_spending(&part->outcomes, each, errors);
    for (uint64_t r = 0; r < a->worlds; r++) {
        each[r] *= 1e-6;
    }
    return status;
}

/* Of two parts of a study, the second less the first. */
static hw_status compare(const hw_adaptation *a, const hw_study *study, uint32_t fixed, uint32_t rule,
                         told what, hw_paired *found, hw_errors *errors) {
    double *base = hw_take(a->worlds, sizeof *base), *variant = hw_take(a->worlds, sizeof *variant);
    hw_status status = tell(a, &study->parts[fixed], what, base, errors);
    if (status == HW_OK) {
        status = tell(a, &study->parts[rule], what, variant, errors);
    }
    if (status == HW_OK) {
        *found = hw_paired_means(base, variant, a->worlds);
    }
    free(base);
    free(variant);
    return status;
}

/* The first of the best of a kind. */
static uint32_t best_of(const hw_adaptation *a, bool adapts) {
    uint32_t best = a->count;
    for (uint32_t i = 0; i < a->count; i++) {
        if (a->plans[i].adapts == adapts && (best == a->count || a->plans[i].mean > a->plans[best].mean)) {
            best = i;
        }
    }
    return best;
}

static hw_status choose(hw_adaptation *a, const hw_study *study, hw_errors *errors) {
    hw_status status = hw_study_check_good(study, errors);
    double *each = hw_take(a->worlds, sizeof *each);
    for (uint32_t p = 0; p < a->count && status == HW_OK; p++) {
        status = tell(a, &study->parts[p], BENEFIT, each, errors);
        a->plans[p].mean = status == HW_OK ? hw_estimate_mean(each, a->worlds).value : 0;
        a->plans[p].digest = hw_asked_digest(&study->parts[p]);
    }
    free(each);
    a->rule = best_of(a, true);
    a->fixed = best_of(a, false);
    return status == HW_OK ? compare(a, study, a->fixed, a->rule, BENEFIT, &a->chosen, errors) : status;
}

static hw_status follow(hw_adaptation *a, const hw_study_part *rule, hw_errors *errors) {
    const hw_outcomes *outcomes = &rule->outcomes;
    const hw_axis *axis = hw_outcomes_axis(outcomes, "signpost");
    hw_reading reading;
    if (!hw_reading_open(&reading, outcomes, "signpost_day", errors)) {
        return HW_ERROR_IO;
    }
    a->followed_count = axis->length;
    a->followed = hw_take(axis->length, sizeof *a->followed);
    for (uint32_t i = 0; i < axis->length; i++) {
        a->followed[i] = (hw_followed){.signpost = hw_take_text("%s", axis->labels[i]),
                                       .share = 1 - hw_reading_missing(&reading, i).value,
                                       .day = hw_reading_spread(&reading, i, 1)};
    }
    hw_reading_close(&reading);
    return HW_OK;
}

static hw_status prove(hw_adaptation *a, const hw_study *study, hw_errors *errors) {
    hw_status status = hw_study_check_good(study, errors);
    if (status == HW_OK) {
        status = compare(a, study, 0, 1, BENEFIT, &a->proved, errors);
    }
    if (status == HW_OK) {
        status = compare(a, study, 0, 1, SPENDING, &a->spending, errors);
    }
    return status == HW_OK ? follow(a, &study->parts[1], errors) : status;
}

static hw_status run_study(hw_adaptation *a, const hw_study_source *sources, uint32_t count, uint64_t seed,
                           const hw_study_wish *wish, hw_errors *errors,
                           hw_status (*judge)(hw_adaptation *a, const hw_study *study, hw_errors *errors)) {
    hw_study_wish own = *wish;
    own.seed = &seed;
    own.replications = &a->worlds;
    own.warned = seed != a->seed;
    hw_study study = {0};
    hw_status status = hw_study_open(&study, sources, count, &own, errors);
    if (status == HW_OK) {
        status = hw_measure_look_in_all(a->measure, &study, errors);
    }
    if (status == HW_OK) {
        status = hw_study_run(&study, errors);
    }
    hw_trouble trouble = {0};
    if (status == HW_OK && hw_rank() == 0) {
        trouble.status = judge(a, &study, errors);
    }
    status = status == HW_OK ? hw_trouble_agree(&trouble) : status;
    hw_study_close(&study);
    return status;
}

hw_status hw_adaptation_find(hw_adaptation *adaptation, const hw_study_wish *wish, hw_errors *errors) {
    hw_study_source *sources = hw_take(adaptation->count, sizeof *sources);
    for (uint32_t i = 0; i < adaptation->count; i++) {
        sources[i] = adaptation->plans[i].source;
    }
    hw_status status =
        run_study(adaptation, sources, adaptation->count, adaptation->seed, wish, errors, choose);
    free(sources);
    if (status == HW_OK) {
        MPI_Bcast(&adaptation->rule, 1, MPI_UINT32_T, 0, MPI_COMM_WORLD);
        MPI_Bcast(&adaptation->fixed, 1, MPI_UINT32_T, 0, MPI_COMM_WORLD);
        const hw_study_source two[] = {adaptation->plans[adaptation->fixed].source,
                                       adaptation->plans[adaptation->rule].source};
        status = run_study(adaptation, two, 2, adaptation->seed + 1, wish, errors, prove);
    }
    return status;
}

void hw_adaptation_free(hw_adaptation *adaptation) {
    for (uint32_t i = 0; i < adaptation->count; i++) {
        hw_tried_plan *plan = &adaptation->plans[i];
        for (uint32_t s = 0; s < plan->source.setting_count; s++) {
            free((char *)plan->source.settings[s].path);
        }
        free((hw_setting *)plan->source.settings);
        free((char *)plan->source.name);
        free(plan->digest);
    }
    for (uint32_t i = 0; i < adaptation->followed_count; i++) {
        free(adaptation->followed[i].signpost);
    }
    free(adaptation->followed);
    free(adaptation->plans);
    free(adaptation->title);
    free(adaptation->known);
    *adaptation = (hw_adaptation){0};
}
