/* Asks worlds, and remembers what they said. */
#include "analysis/decide/asking.h"
#include "analysis/base/memory.h"
#include "sim/ordinary_file.h"
#include "sim/run/experiment.h"
#include "sim/run/trouble.h"
#include <inttypes.h>
#include <mpi.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char head[] = "# Homeward: a measure of each world";

/* ---- The small file ---- */

/* What it answers, as its second line: version of the model, digest, seed, worlds, measure. */
static char *question_of(const hw_asking *asking, const hw_study *study) {
    const hw_loaded *loaded = &study->parts[0].loaded;
    return hw_take_text("# %s %s, scenario %s, seed %" PRIu64 ", %" PRIu64 " worlds: %s", loaded->model->name,
                        loaded->model->version, hw_binding_digest(loaded->binding), study->seed,
                        study->replications, asking->measure->title);
}

/* Beside the result file that the study would keep. */
static char *path_of(const hw_study *study) {
    const char *output = study->parts[0].output;
    return hw_take_text("%.*s.worlds", (int)(strrchr(output, '.') - output), output);
}

static bool next_line(FILE *file, char *line, size_t size) {
    if (fgets(line, (int)size, file) == NULL) {
        return false;
    }
    line[strcspn(line, "\n")] = '\0';
    return true;
}

static bool remember(const char *path, const char *question, double *numbers, uint64_t worlds) {
    enum { LINE = 4096 };
    const char *problem = NULL;
    FILE *file = hw_ordinary_stream(path, &problem);
    if (file == NULL) {
        return false;
    }
    char *line = hw_take(LINE, 1), *end = NULL;
    bool good = next_line(file, line, LINE) && strcmp(line, head) == 0 && next_line(file, line, LINE) &&
                strcmp(line, question) == 0;
    for (uint64_t r = 0; r < worlds && good; r++) {
        good = next_line(file, line, LINE);
        numbers[r] = good ? strtod(line, &end) : 0;
        good = good && end != line && *end == '\0';
    }
    good = good && !next_line(file, line, LINE);
    fclose(file);
    free(line);
    return good;
}

static hw_status note(const hw_asking *asking, const char *path, const char *question, const double *numbers,
                      uint64_t worlds, hw_errors *errors) {
    const hw_output_format format = {
        .noun = "numbers of worlds", .is_kept = hw_output_lacks_head, .context = head};
    hw_output_file file;
    hw_status status = hw_output_open(&file, path, &format, asking->wish->rules, errors);
    if (status != HW_OK) {
        return status;
    }
    fprintf(file.stream, "%s\n%s\n", head, question);
    for (uint64_t r = 0; r < worlds; r++) {
        fprintf(file.stream, "%.17g\n", numbers[r]);
    }
    return hw_output_close(&file, errors);
}

/* ---- Worlds ---- */

static hw_status read_worlds(const hw_asking *asking, const hw_study *study, double *numbers,
                             hw_errors *errors) {
    const hw_outcomes *outcomes = &study->parts[0].outcomes;
    hw_status status = hw_outcomes_all_good(outcomes, study->replications, study->parts[0].name, errors);
    return status == HW_OK ? hw_measure_worlds(asking->measure, outcomes, numbers, errors) : status;
}

/* Runs them, notes their numbers, and takes the result file away if it was not there before. */
static hw_status run_worlds(const hw_asking *asking, hw_study *study, const char *path, const char *question,
                            double *numbers, hw_errors *errors) {
    struct stat about;
    bool was_there = hw_rank() == 0 && stat(study->parts[0].output, &about) == 0;
    hw_status status = hw_study_run(study, errors);
    hw_trouble trouble = {0};
    if (status == HW_OK && hw_rank() == 0) {
        trouble.status = read_worlds(asking, study, numbers, errors);
        if (trouble.status == HW_OK) {
            trouble.status = note(asking, path, question, numbers, study->replications, errors);
        }
        if (trouble.status == HW_OK && !was_there) {
            (void)unlink(study->parts[0].output);
        }
    }
    return status == HW_OK ? hw_trouble_agree(&trouble) : status;
}

hw_status hw_ask(hw_asking *asking, const hw_study_source *source, uint64_t seed, uint64_t worlds,
                 double **numbers, hw_errors *errors) {
    hw_study_wish wish = *asking->wish;
    wish.seed = &seed;
    wish.replications = &worlds;
    wish.warned = true;
    wish.done_before = asking->done;
    wish.left_after = asking->expected > worlds ? asking->expected - worlds : 0;
    *numbers = hw_take(worlds, sizeof **numbers);
    hw_study study = {0};
    hw_status status = hw_study_open(&study, source, 1, &wish, errors);
    if (status == HW_OK) {
        char *question = question_of(asking, &study), *path = path_of(&study);
        int remembered = hw_rank() == 0 && remember(path, question, *numbers, worlds);
        MPI_Bcast(&remembered, 1, MPI_INT, 0, MPI_COMM_WORLD);
        if (!remembered) {
            status = run_worlds(asking, &study, path, question, *numbers, errors);
            asking->done += worlds;
        }
        asking->expected = wish.left_after;
        free(question);
        free(path);
    }
    hw_study_close(&study);
    return status;
}
