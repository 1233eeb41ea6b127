/* Simulates waves one after the other. */
#include "analysis/belief/waves.h"
#include "analysis/base/memory.h"
#include "analysis/belief/discrepancy.h"
#include "analysis/belief/wave_tables.h"
#include "models/draws.h"
#include "models/scenario.h"
#include "sim/input/digest.h"
#include "sim/run/clock.h"
#include "sim/run/trouble.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FIRST_WAVE = 0 };

typedef struct waves_run {
    hw_loaded *loaded;
    const hw_waves_wish *wish;
    hw_waves_report *report;
    hw_errors *errors;
    double began;
    hw_observations facts; /* on rank 0, as all that follows */
    hw_uncertain uncertain;
    hw_population population;
    hw_proposal next;      /* that the coming wave is drawn from */
    double *weights;       /* of all members so far */
    double *factors;       /* of the model's error, by fact: learnt from the first wave */
    hw_parameters members; /* of the wave that is simulated; on all ranks */
} waves_run;

static uint64_t seed_of(const hw_waves_wish *wish, uint32_t wave) {
    return wish->seed + wave * UINT64_C(0x9e3779b97f4a7c15);
}

static char *file_of(const hw_waves_wish *wish, uint32_t wave, const char *ending) {
    return hw_take_text("%s.waves/wave-%u%s.h5", wish->output, wave, ending);
}

/* ---- What all ranks must know ---- */

static bool agree_whether(bool here) {
    hw_trouble trouble = {0};
    if (here) {
        hw_trouble_note(&trouble, HW_ERROR_REQUEUE, 0, "yes");
    }
    return hw_trouble_agree(&trouble) != HW_OK;
}

static hw_status agree_on(const waves_run *run, hw_status own) {
    hw_trouble trouble = {0};
    if (own != HW_OK) {
        hw_trouble_note(&trouble, own, 0, "rank %d", hw_rank());
    }
    hw_status agreed = hw_trouble_agree(&trouble);
    if (agreed != HW_OK && hw_rank() == 0 && run->errors->count == 0) {
        hw_errors_say(run->errors, "%s cannot go on", trouble.text);
    }
    return agreed;
}

static bool is_late(const waves_run *run) {
    double limit = run->wish->stop_after;
    return limit > 0 && hw_clock_seconds() - run->began >= limit;
}

/* ---- Simulating one ---- */

/* A wave's outcomes answer to its members, too. */
static void digest_of(const waves_run *run, uint32_t wave, char digest[HW_DIGEST_TEXT]) {
    const char *scenario = hw_binding_digest(run->loaded->binding);
    char *text = wave == FIRST_WAVE ? hw_take_text("first wave\n%s", scenario)
                                    : hw_take_text("wave %u\n%s\n%s", wave, scenario, run->members.about);
    hw_digest_text(text, strlen(text), digest);
    free(text);
}

static bool is_there(const waves_run *run, uint32_t wave, const char *path, const char *digest) {
    hw_errors ignored = {0};
    hw_outcomes outcomes;
    bool there = access(path, F_OK) == 0 && hw_outcomes_open(&outcomes, path, &ignored) == HW_OK;
    if (there) {
        there = hw_outcomes_answer(&outcomes, run->loaded->model, digest, seed_of(run->wish, wave),
                                   run->wish->replications);
        hw_outcomes_close(&outcomes);
    }
    hw_errors_free(&ignored);
    return there;
}

/* `*stopped`: by the time, before it was finished. */
static hw_status simulate(waves_run *run, uint32_t wave, bool *stopped) {
    const hw_waves_wish *wish = run->wish;
    const hw_loaded *loaded = run->loaded;
    char digest[HW_DIGEST_TEXT], *path = file_of(wish, wave, "");
    digest_of(run, wave, digest);
    hw_experiment_report done = {0};
    hw_status status = HW_OK;
    double spent = hw_clock_seconds() - run->began;
    *stopped = agree_whether(is_late(run));
    if (!agree_whether(hw_rank() == 0 && is_there(run, wave, path, digest)) && !*stopped) {
        char *part = hw_take_text("wave %u", wave);
        const hw_experiment experiment = {
            .model = loaded->model,
            .scenario = loaded->scenario,
            .layout = loaded->layout,
            .seed = seed_of(wish, wave),
            .replications = wish->replications,
            .output = path,
            .rules = &wish->inputs->rules,
            .title = loaded->title,
            .settings = loaded->settings,
            .files = loaded->files,
            .resolved = hw_binding_resolved(loaded->binding),
            .rows = hw_binding_rows(loaded->binding),
            .digest = digest,
            .version = HW_VERSION,
            .anyway = wish->anyway,
            .progress = wish->progress,
            .part = part,
            .stop_after = wish->stop_after > 0 ? wish->stop_after - spent : 0,
            .ranks_per_world = wish->ranks_per_world,
        };
        status = hw_experiment_run(&experiment, &done, run->errors);
        free(part);
        bool late = agree_whether(is_late(run));
        if (done.interrupted && late) {
            *stopped = true;
            status = HW_OK;
        } else if (done.interrupted) {
            status = HW_ERROR_INTERRUPTED;
        }
    }
    free(path);
    return status;
}

static void remove_waves(const hw_waves_wish *wish, uint32_t count) {
    for (uint32_t wave = FIRST_WAVE; wave < count; wave++) {
        char *outcomes = file_of(wish, wave, ""), *members = file_of(wish, wave, "-members");
        unlink(outcomes);
        unlink(members);
        free(outcomes);
        free(members);
    }
    char *folder = hw_take_text("%s.waves", wish->output);
    rmdir(folder);
    free(folder);
}

/* ---- Learning from it ---- */

static void keep_row(waves_run *run, const hw_tempered *tempered, uint64_t members) {
    hw_waves_report *report = run->report;
    report->rows = hw_take_again(report->rows, report->row_count + 1, sizeof *report->rows);
    const hw_wave *wave = &run->population.waves[report->row_count];
    report->rows[report->row_count++] =
        (hw_wave_row){.tempered = *tempered, .members = members, .moved = wave->proposal.count};
    if (run->wish->tell != NULL) {
        run->wish->tell(report->row_count - 1, tempered, members);
    }
}

static void weigh(waves_run *run, uint64_t members) {
    uint64_t count = hw_population_count(&run->population);
    double wanted = run->wish->learning.share * (double)run->wish->replications;
    run->weights = hw_take_again(run->weights, count + 1, sizeof *run->weights);
    hw_tempered tempered = hw_population_weigh(&run->population, wanted, run->weights);
    run->next = hw_population_fit(&run->population, run->weights, tempered.effective);
    keep_row(run, &tempered, members);
}

/* How far the model was off in forecasts of earlier years, from the first wave on the same. */
static void learn_factors(waves_run *run, const hw_besides *besides) {
    if (run->factors == NULL) {
        hw_origin now = {.besides = besides, .learning = run->wish->learning};
        hw_origin_weigh_alone(&now);
        run->factors = hw_take(besides->count + 1, sizeof *run->factors);
        memcpy(run->factors, now.discrepancy.factors, besides->count * sizeof *run->factors);
        hw_origin_free(&now);
    }
}

/* Reads the facts beside the outcomes of a wave, and fits the next one. */
static hw_status learn(waves_run *run, uint32_t wave) {
    char *path = file_of(run->wish, wave, "");
    hw_outcomes outcomes = {0};
    hw_besides besides = {0};
    hw_status status = hw_outcomes_open(&outcomes, path, run->errors);
    if (status == HW_OK && outcomes.count == 0) {
        hw_errors_say(run->errors, "no replication of %s is good: there is nothing to hold facts against",
                      path);
        status = HW_ERROR_LAW;
    }
    if (status == HW_OK) {
        status = hw_besides_read(&besides, &outcomes, &run->facts, run->errors);
    }
    if (status == HW_OK) {
        hw_besides_weigh(&besides, NULL, (double)outcomes.count);
        if (wave == FIRST_WAVE) {
            hw_learning_warn(&besides, &run->wish->learning);
        }
        learn_factors(run, &besides);
        hw_learning learning = run->wish->learning;
        learning.factors = run->factors;
        double *logs = hw_log_likelihoods(&besides, &learning, &run->report->facts);
        hw_population_add(&run->population, seed_of(run->wish, wave), &run->next, outcomes.keys, logs,
                          outcomes.count);
        weigh(run, outcomes.count);
        if (run->report->rows[wave].tempered.impossible) {
            hw_errors_say(run->errors, "%s", hw_impossible_facts);
            remove_waves(run->wish, wave + 1);
            status = HW_ERROR_INPUT;
        }
        free(logs);
    }
    hw_besides_free(&besides);
    hw_outcomes_close(&outcomes);
    free(path);
    return status;
}

static bool has_all(const hw_waves_report *report) {
    return report->row_count > 0 && report->rows[report->row_count - 1].tempered.power >= 1;
}

/* Rank 0 writes who takes part in the coming wave, all read it. */
static hw_status prepare(waves_run *run, uint32_t wave) {
    char *path = file_of(run->wish, wave, "-members");
    hw_status status = HW_OK;
    if (hw_rank() == 0) {
        status = hw_wave_members_write(path, &run->uncertain, &run->population, &run->next,
                                       seed_of(run->wish, wave), run->wish->replications,
                                       &run->wish->inputs->rules, run->errors);
    }
    status = agree_on(run, status);
    if (status == HW_OK) {
        hw_parameters before = run->members;
        status = hw_parameters_read(&run->members, path, run->errors);
        if (status == HW_OK) {
            status = hw_load_draw_from(run->loaded, &run->members, false, run->errors);
        }
        hw_parameters_free(&before);
        status = agree_on(run, status);
    }
    free(path);
    return status;
}

/* ---- From the first to the last ---- */

static hw_status go_through(waves_run *run) {
    hw_status status = HW_OK;
    bool over = false;
    run->report->stopped_by = "the number of waves";
    for (uint32_t wave = FIRST_WAVE; wave <= run->wish->waves && status == HW_OK && !over; wave++) {
        bool stopped = false;
        status = wave > FIRST_WAVE ? prepare(run, wave) : HW_OK;
        if (status == HW_OK) {
            status = simulate(run, wave, &stopped);
        }
        if (status == HW_OK && stopped && wave == FIRST_WAVE) {
            hw_errors_say(run->errors,
                          "the time ended before the first wave: the same command goes on from there");
            status = HW_ERROR_REQUEUE;
        } else if (status == HW_OK && stopped) {
            run->report->stopped_by = "the time";
            over = true;
        } else if (status == HW_OK) {
            status = agree_on(run, hw_rank() == 0 ? learn(run, wave) : HW_OK);
            over = status == HW_OK && agree_whether(has_all(run->report));
            run->report->stopped_by = over ? "power 1" : run->report->stopped_by;
        }
    }
    return status;
}

static hw_status check_output(const waves_run *run) {
    const hw_posterior posterior = {.facts = &run->facts,
                                    .as_of = run->wish->learning.as_of,
                                    .scenario = hw_binding_digest(run->loaded->binding)};
    return hw_posterior_check(run->wish->output, &posterior, &run->wish->inputs->rules, run->errors);
}

/* Whether there will be anything to learn: before anything is simulated. */
static hw_status check_facts(const waves_run *run) {
    const hw_loaded *loaded = run->loaded;
    hw_besides besides;
    bool any = false;
    hw_besides_tell(&besides, loaded->layout, loaded->start, loaded->horizon, &run->facts);
    hw_besides_warn(&besides);
    for (uint32_t i = 0; i < besides.count && !any; i++) {
        const hw_beside row = {.observation = &run->facts.items[i],
                               .told = besides.tellings[i].variable != NULL,
                               .why = besides.tellings[i].why};
        any = hw_is_learnt_from(&row, &run->wish->learning);
    }
    hw_besides_free(&besides);
    if (!any) {
        hw_errors_say(run->errors,
                      "no fact that was known by then is one that the model tells: nothing to learn from");
    }
    return any ? HW_OK : HW_ERROR_INPUT;
}

static hw_status begin(waves_run *run) {
    const hw_waves_wish *wish = run->wish;
    hw_status status = HW_OK;
    if (run->loaded->table != NULL) {
        hw_errors_say(run->errors,
                      "the scenario draws from a table already (parameters_from): condition it without");
        status = HW_ERROR_INPUT;
    }
    run->uncertain =
        hw_uncertain_of(hw_binding_values(run->loaded->binding), wish->values, wish->value_count);
    run->population = (hw_population){
        .entities = run->uncertain.entities, .columns = run->uncertain.count, .purpose = HW_DRAW_VALUE};
    if (status == HW_OK && run->uncertain.count == 0) {
        hw_errors_say(run->errors, "the scenario is certain of all these values: there is nothing to learn");
        status = HW_ERROR_INPUT;
    }
    if (status == HW_OK && hw_rank() == 0) {
        char *folder = hw_take_text("%s.waves", wish->output);
        status = hw_observations_read(&run->facts, wish->facts, run->errors);
        hw_inputs_add(wish->inputs, run->facts.linked);
        status = status == HW_OK ? check_output(run) : status;
        status = status == HW_OK ? check_facts(run) : status;
        status = status == HW_OK ? hw_output_make_folder(folder, run->errors) : status;
        free(folder);
    }
    return agree_on(run, status);
}

static hw_status end(waves_run *run) {
    hw_waves_report *report = run->report;
    hw_status status = HW_OK;
    if (hw_rank() == 0) {
        const hw_posterior posterior = {.uncertain = &run->uncertain,
                                        .population = &run->population,
                                        .weights = run->weights,
                                        .last = &run->next,
                                        .tempered = report->rows[report->row_count - 1].tempered,
                                        .facts = &run->facts,
                                        .facts_learnt = report->facts,
                                        .members = run->wish->members,
                                        .as_of = run->wish->learning.as_of,
                                        .scenario = hw_binding_digest(run->loaded->binding)};
        report->values = hw_posterior_write(run->wish->output, &posterior, &run->wish->inputs->rules,
                                            &report->value_count, &status, run->errors);
        if (status == HW_OK && strcmp(report->stopped_by, "the time") != 0) {
            remove_waves(run->wish, report->row_count);
        }
    }
    return agree_on(run, status);
}

hw_status hw_waves_run(hw_loaded *loaded, const hw_waves_wish *wish, hw_waves_report *report,
                       hw_errors *errors) {
    waves_run run = {
        .loaded = loaded, .wish = wish, .report = report, .errors = errors, .began = hw_clock_seconds()};
    *report = (hw_waves_report){0};
    hw_status status = begin(&run);
    status = status == HW_OK ? go_through(&run) : status;
    status = status == HW_OK ? end(&run) : status;
    hw_load_draw_from_itself(loaded);
    hw_parameters_free(&run.members);
    hw_proposal_free(&run.next);
    hw_population_free(&run.population);
    hw_uncertain_free(&run.uncertain);
    hw_observations_free(&run.facts);
    free(run.weights);
    free(run.factors);
    return status;
}

void hw_waves_report_free(hw_waves_report *report) {
    free(report->rows);
    free(report->values);
    *report = (hw_waves_report){0};
}
