/* Runs or opens the scenarios of a study. */
#include "analysis/results/study.h"
#include "analysis/base/memory.h"
#include "analysis/results/question.h"
#include "analysis/results/worlds.h"
#include "sim/ordinary_file.h"
#include "sim/run/experiment.h"
#include "sim/run/trouble.h"
#include <errno.h>
#include <inttypes.h>
#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { USUAL_SEED = 1, USUAL_REPLICATIONS = 1000, DIGEST_SHOWN = 12 };

/* What rank 0 found is what all go by. */
static hw_status agree(hw_status status) {
    int agreed = (int)status;
    MPI_Bcast(&agreed, 1, MPI_INT, 0, MPI_COMM_WORLD);
    return (hw_status)agreed;
}

static bool agree_on(bool answer) {
    int agreed = answer;
    MPI_Bcast(&agreed, 1, MPI_INT, 0, MPI_COMM_WORLD);
    return agreed != 0;
}

/* ---- Names ---- */

/* "-seed1-n100" */
static bool is_kept_tail(const char *tail) {
    static const char digits[] = "0123456789";
    tail += strlen("-seed");
    size_t seed = strspn(tail, digits);
    tail += seed;
    size_t count = strncmp(tail, "-n", 2) == 0 ? strspn(tail + 2, digits) : 0;
    return seed > 0 && count > 0 && tail[2 + count] == '\0';
}

/* "results/runs/quick-0123456789ab-seed1-n100.h5" is about "quick", and so is "scenarios/quick.yaml". */
static char *short_name(const char *path) {
    const char *slash = strrchr(path, '/'), *base = slash != NULL ? slash + 1 : path,
               *dot = strrchr(base, '.');
    char *name =
        hw_take_text("%.*s", dot != NULL && dot != base ? (int)(dot - base) : (int)strlen(base), base);
    char *tail = strstr(name, "-seed");
    if (tail != NULL && is_kept_tail(tail) && tail - name > DIGEST_SHOWN + 1 &&
        tail[-DIGEST_SHOWN - 1] == '-') {
        tail[-DIGEST_SHOWN - 1] = '\0';
    }
    return name;
}

static bool is_taken(const hw_study *study, uint32_t before, const char *name) {
    for (uint32_t i = 0; i < before; i++) {
        if (strcmp(study->parts[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

static void name_part(hw_study *study, uint32_t part) {
    const char *path = study->parts[part].source.path;
    const char *given = study->parts[part].source.name;
    char *name = given != NULL ? hw_take_text("%s", given) : short_name(path);
    for (int attempt = 1; is_taken(study, part, name); attempt++) {
        free(name);
        name = attempt == 1 ? hw_take_text("%s", path) : hw_take_text("%s (%d)", path, attempt);
    }
    study->parts[part].name = name;
}

static void name_output(const hw_study *study, hw_study_part *part) {
    char *name = short_name(part->source.path);
    part->output =
        hw_take_text("%s/%s-%.*s-seed%" PRIu64 "-n%" PRIu64 ".h5", study->wish->folder, name, DIGEST_SHOWN,
                     hw_binding_digest(part->loaded.binding), study->seed, study->replications);
    free(name);
}

/* ---- Before: what is asked for, and do they share worlds? ---- */

bool hw_study_is_results(const char *path) {
    static const unsigned char hdf5[8] = {0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    unsigned char head[sizeof hdf5];
    const char *problem = NULL;
    FILE *file = hw_ordinary_stream(path, &problem);
    bool read = file != NULL && fread(head, sizeof head, 1, file) == 1;
    if (file != NULL) {
        fclose(file);
    }
    size_t length = strlen(path);
    bool named_so = length > 3 && strcmp(path + length - 3, ".h5") == 0;
    return named_so || (read && memcmp(head, hdf5, sizeof hdf5) == 0);
}

static hw_status open_results(hw_study_part *part, hw_trust trust, hw_errors *errors) {
    hw_status status = HW_OK;
    if (hw_rank() == 0) {
        status = hw_outcomes_open_as(&part->outcomes, part->source.path, trust, errors);
        part->is_open = status == HW_OK;
    }
    return agree(status);
}

static void choose_range(hw_study *study) {
    const hw_study_part *first = NULL;
    for (uint32_t i = study->count; i-- > 0;) {
        first = study->parts[i].is_open ? &study->parts[i] : first;
    }
    const hw_study_wish *wish = study->wish;
    hw_worlds worlds = {.seed = USUAL_SEED, .replications = USUAL_REPLICATIONS};
    if (first != NULL) {
        worlds = hw_worlds_of(&first->outcomes, first->name);
    }
    uint64_t range[2] = {wish->seed != NULL ? *wish->seed : worlds.seed,
                         wish->replications != NULL ? *wish->replications : worlds.replications};
    MPI_Bcast(range, 2, MPI_UINT64_T, 0, MPI_COMM_WORLD);
    study->seed = range[0];
    study->replications = range[1];
}

hw_status hw_study_load(hw_loaded *loaded, const hw_study_source *source, const hw_study_wish *wish,
                        hw_errors *errors) {
    const char **layers = hw_take(2 + source->layer_count, sizeof *layers);
    uint32_t layer_count = 0, count = wish->setting_count + source->setting_count;
    if (source->over != NULL) {
        layers[layer_count++] = source->over;
    }
    layers[layer_count++] = source->path;
    for (uint32_t i = 0; i < source->layer_count; i++) {
        layers[layer_count++] = source->layers[i];
    }
    hw_setting *settings = hw_take(count, sizeof *settings);
    for (uint32_t i = 0; i < count; i++) {
        settings[i] = i < wish->setting_count ? wish->settings[i] : source->settings[i - wish->setting_count];
    }
    hw_status status = hw_load_layers_together(loaded, layers, layer_count, settings, count, errors);
    free(settings);
    free(layers);
    return status;
}

static hw_status read_parts(hw_study *study, hw_errors *errors) {
    hw_status worst = HW_OK;
    for (uint32_t i = 0; i < study->count; i++) {
        hw_study_part *part = &study->parts[i];
        part->is_results = agree_on(hw_rank() == 0 && hw_study_is_results(part->source.path));
        hw_status status = part->is_results
                               ? open_results(part, study->wish->trust, errors)
                               : hw_study_load(&part->loaded, &part->source, study->wish, errors);
        worst = status > worst ? status : worst;
    }
    return worst;
}

/* Scenarios that share a file share its warnings: each is printed once. */
static void warn(const hw_study *study) {
    hw_errors all = {0};
    for (uint32_t i = 0; i < study->count && !study->wish->warned; i++) {
        hw_errors_join(&all, &study->parts[i].loaded.warnings);
    }
    hw_warn(&all);
    hw_errors_free(&all);
}

/* What is finished cannot be set any more. */
static hw_status check_settings(const hw_study *study, hw_errors *errors) {
    bool any_scenario = false;
    for (uint32_t i = 0; i < study->count; i++) {
        any_scenario = any_scenario || !study->parts[i].is_results;
    }
    if (any_scenario || study->wish->setting_count == 0) {
        return HW_OK;
    }
    hw_errors_say(errors, "'%s' cannot be set: all that is compared is finished, and no scenario is run",
                  study->wish->settings[0].path);
    return HW_ERROR_INPUT;
}

static hw_worlds worlds_of_part(const hw_study *study, const hw_study_part *part, char **model) {
    if (part->is_results) {
        return hw_worlds_of(&part->outcomes, part->name);
    }
    *model = hw_take_text("%s %s", part->loaded.model->name, part->loaded.model->version);
    return (hw_worlds){.name = part->name,
                       .model = *model,
                       .code = part->loaded.model->code,
                       .seed = study->seed,
                       .replications = study->replications,
                       .start = part->loaded.start,
                       .horizon = part->loaded.horizon,
                       .rows = hw_binding_rows(part->loaded.binding)};
}

static hw_status check_worlds(const hw_study *study, hw_errors *errors) {
    hw_status worst = HW_OK;
    char *base_model = NULL;
    hw_worlds base = worlds_of_part(study, &study->parts[0], &base_model);
    for (uint32_t i = 1; i < study->count; i++) {
        char *model = NULL;
        hw_differences differences;
        hw_worlds variant = worlds_of_part(study, &study->parts[i], &model);
        hw_status status = hw_worlds_check(&base, &variant, &differences, errors);
        worst = status > worst ? status : worst;
        hw_differences_free(&differences);
        free(model);
    }
    free(base_model);
    return worst;
}

hw_study_wish hw_study_wish_of(const hw_arguments *arguments, const hw_output_rules *rules,
                               const hw_setting *settings, uint32_t setting_count) {
    const hw_given *seed = hw_argument(arguments, "seed"),
                   *replications = hw_argument(arguments, "replications"),
                   *folder = hw_argument(arguments, "keep");
    return (hw_study_wish){.rules = rules,
                           .seed = seed != NULL ? &seed->number : NULL,
                           .replications = replications != NULL ? &replications->number : NULL,
                           .settings = settings,
                           .setting_count = setting_count,
                           .folder = folder != NULL ? folder->text : "results/runs",
                           .quiet = hw_argument(arguments, "quiet") != NULL,
                           .anyway = hw_argument(arguments, "anyway") != NULL};
}

hw_status hw_study_open(hw_study *study, const hw_study_source *sources, uint32_t count,
                        const hw_study_wish *wish, hw_errors *errors) {
    *study = (hw_study){.wish = wish, .parts = hw_take(count, sizeof *study->parts), .count = count};
    for (uint32_t i = 0; i < count; i++) {
        study->parts[i].source = sources[i];
        name_part(study, i);
    }
    hw_status status = read_parts(study, errors);
    if (status == HW_OK) {
        status = check_settings(study, errors);
    }
    if (status != HW_OK) {
        return status;
    }
    warn(study);
    choose_range(study);
    for (uint32_t i = 0; i < count; i++) {
        if (!study->parts[i].is_results) {
            name_output(study, &study->parts[i]);
        }
    }
    return agree(hw_rank() == 0 ? check_worlds(study, errors) : HW_OK);
}

hw_status hw_study_check_question(const hw_arguments *arguments, const hw_study *study, hw_errors *errors) {
    const hw_loaded *base = &study->parts[0].loaded;
    const hw_outcomes shape = {.layout = base->layout, .start = base->start, .horizon = base->horizon};
    const hw_given *place = hw_argument(arguments, "place");
    const hw_given *const dates[] = {hw_argument(arguments, "by"), hw_argument(arguments, "land-by")};
    uint32_t place_number, district_number, before = errors->count;
    for (int i = 0; i < 2; i++) {
        if (dates[i] != NULL) {
            (void)hw_question_check_dates(&shape, &dates[i]->day, 1, errors);
        }
    }
    if (place != NULL) {
        (void)hw_question_place(&shape, place->text, &place_number, &district_number, errors);
    }
    return errors->count > before ? HW_ERROR_INPUT : HW_OK;
}

void hw_study_add_inputs(const hw_study *study, hw_inputs *inputs) {
    for (uint32_t i = 0; i < study->count; i++) {
        const hw_study_part *part = &study->parts[i];
        hw_inputs_add(inputs, part->source.path);
        hw_inputs_add_document(inputs, part->loaded.document);
        hw_inputs_add(inputs, part->output);
    }
}

/* ---- Running ---- */

static bool fits(const hw_study *study, const hw_study_part *part, const hw_outcomes *outcomes) {
    return hw_outcomes_answer(outcomes, part->loaded.model, hw_binding_digest(part->loaded.binding),
                              study->seed, study->replications);
}

/* Opens the part's results if they are there, whole, and an answer to this very question. What is not is left
 * alone: the experiment knows what it may replace. */
static bool find_results(const hw_study *study, hw_study_part *part, const char *path) {
    struct stat about;
    if (part->is_open || stat(path, &about) != 0) {
        return part->is_open;
    }
    hw_errors ignored = {0};
    part->is_open = hw_outcomes_open(&part->outcomes, path, &ignored) == HW_OK;
    if (part->is_open && !fits(study, part, &part->outcomes)) {
        hw_outcomes_close(&part->outcomes);
        part->is_open = false;
    }
    if (ignored.kept > 0 && hw_intake_kind_of(path) == HW_INTAKE_RESULT) {
        fprintf(stderr, "warning: not used again: %s\n", ignored.items[0].message);
    }
    hw_errors_free(&ignored);
    if (part->is_open && path == part->output) {
        hw_experiment_remove_journals(
            path); /* left by a run that was killed when it had all but removed them */
    }
    if (part->is_open && !study->wish->quiet) {
        fprintf(stderr, "%s: taken from %s\n", part->name, path);
    }
    return part->is_open;
}

/* From this study's folder, or from where `homeward run` puts its results. */
static bool find_anywhere(const hw_study *study, hw_study_part *part) {
    bool found = part->is_results;
    if (hw_rank() == 0 && !found) {
        char *name = short_name(part->source.path);
        char *usual = hw_take_text("results/%s.h5", name);
        found = find_results(study, part, part->output) || find_results(study, part, usual);
        free(usual);
        free(name);
    }
    return agree_on(found);
}

static hw_status make_folder(const char *path, hw_errors *errors) {
    hw_status status = HW_OK;
    char *copy = hw_take_text("%s", path);
    for (char *slash = copy; hw_rank() == 0 && slash != NULL;) {
        slash = strchr(slash + 1, '/');
        if (slash != NULL) {
            *slash = '\0';
        }
        if (status == HW_OK && mkdir(copy, 0777) != 0 && errno != EEXIST) {
            hw_errors_say(errors, "cannot make the folder %s: %s", copy, strerror(errno));
            status = HW_ERROR_IO;
        }
        if (slash != NULL) {
            *slash = '/';
        }
    }
    free(copy);
    return agree(status);
}

static hw_status run_part(const hw_study *study, hw_study_part *part, uint64_t done, uint64_t left,
                          hw_errors *errors) {
    uint32_t number = (uint32_t)(part - study->parts) + 1;
    char *title = study->count > 1 ? hw_take_text("%s, %u of %u", part->name, number, study->count)
                                   : hw_take_text("%s", part->name);
    const hw_experiment experiment = {
        .model = part->loaded.model,
        .scenario = part->loaded.scenario,
        .layout = part->loaded.layout,
        .seed = study->seed,
        .replications = study->replications,
        .output = part->output,
        .rules = study->wish->rules,
        .title = part->loaded.title,
        .settings = part->loaded.settings,
        .files = part->loaded.files,
        .resolved = hw_binding_resolved(part->loaded.binding),
        .rows = hw_binding_rows(part->loaded.binding),
        .digest = hw_binding_digest(part->loaded.binding),
        .version = HW_VERSION,
        .progress = study->wish->quiet ? HW_PROGRESS_NONE : HW_PROGRESS_AUTO,
        .anyway = study->wish->anyway,
        .part = title,
        .done_before = study->wish->done_before + done,
        .left_after = study->wish->left_after + left,
    };
    hw_experiment_report report = {0};
    hw_status status = hw_experiment_run(&experiment, &report, errors);
    if (status == HW_OK && report.interrupted) {
        hw_errors_say(errors,
                      "interrupted in %s; what is finished is kept in %s, and the same command goes on from "
                      "there",
                      title, study->wish->folder);
        status = HW_ERROR_INTERRUPTED;
    }
    free(title);
    if (status == HW_OK && hw_rank() == 0) {
        status = hw_outcomes_open(&part->outcomes, part->output, errors);
        part->is_open = status == HW_OK;
    }
    return agree(status);
}

hw_status hw_study_run(hw_study *study, hw_errors *errors) {
    uint64_t left = 0, done = 0;
    bool *found = hw_take(study->count, sizeof *found);
    for (uint32_t i = 0; i < study->count; i++) {
        found[i] = find_anywhere(study, &study->parts[i]);
        left += found[i] ? 0 : study->replications;
    }
    hw_status status = left > 0 ? make_folder(study->wish->folder, errors) : HW_OK;
    for (uint32_t i = 0; i < study->count && status == HW_OK; i++) {
        /* Looked for again: an earlier part may be the same scenario. */
        if (found[i] || find_anywhere(study, &study->parts[i])) {
            continue;
        }
        left -= study->replications;
        status = run_part(study, &study->parts[i], done, left, errors);
        done += study->replications;
    }
    free(found);
    return status;
}

hw_status hw_study_check_good(const hw_study *study, hw_errors *errors) {
    hw_status status = HW_OK;
    for (uint32_t i = 0; i < study->count && status == HW_OK; i++) {
        const hw_study_part *part = &study->parts[i];
        status = hw_outcomes_all_good(&part->outcomes, study->replications, part->name, errors);
    }
    return status;
}

void hw_study_close(hw_study *study) {
    for (uint32_t i = 0; i < study->count; i++) {
        hw_study_part *part = &study->parts[i];
        if (part->is_open) {
            hw_outcomes_close(&part->outcomes);
        }
        hw_load_free(&part->loaded);
        free(part->name);
        free(part->output);
    }
    free(study->parts);
    *study = (hw_study){0};
}
