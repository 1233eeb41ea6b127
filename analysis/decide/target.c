/* Searches for the least money. */
#include "analysis/decide/target.h"
#include "analysis/base/memory.h"
#include "analysis/figures/estimate.h"
#include "sim/date.h"
#include "sim/run/experiment.h"
#include "sim/run/trouble.h"
#include <inttypes.h>
#include <math.h>
#include <mpi.h>
#include <stdlib.h>
#include <string.h>

/* ---- One try ---- */

/* Asks the worlds of one seed. */
typedef struct search {
    hw_target *target;
    hw_study_wish wish;
    double *plan; /* what each world spends on mine action by the plan until the aim's year ends; rank 0 */
    hw_errors *errors;
    uint64_t proof_seed; /* that the wish points to, while it is proved */
} search;

/* Spent on all but building, until the end of the year of the aim, million USD. */
static bool take_spending(const hw_target *target, const hw_outcomes *outcomes, double *spent,
                          hw_errors *errors) {
    static const char name[] = "purpose_spent_usd";
    const hw_variable *variable = hw_record_find(outcomes->layout, name);
    const hw_axis *purposes = &outcomes->layout->axes[variable->axis[0]],
                  *years = &outcomes->layout->axes[variable->axis[1]];
    double *values = outcomes->read(outcomes->source, name, errors);
    int32_t last = hw_date_from_days(target->aim.by).year;
    for (uint64_t r = 0; values != NULL && r < outcomes->count; r++) {
        spent[r] = 0;
        for (uint32_t p = 0; p < purposes->length; p++) {
            for (uint32_t y = 0; strcmp(purposes->labels[p], "building") != 0 && y < years->length; y++) {
                double in_year = values[r * variable->count + (size_t)p * years->length + y];
                spent[r] += (int32_t)years->values[y] <= last ? 1e-6 * in_year : 0;
            }
        }
    }
    free(values);
    return values != NULL;
}

static void compare_spending(search *s, hw_try *one, const double *spent, uint64_t count) {
    double *more = hw_take(count, sizeof *more);
    for (uint64_t r = 0; r < count; r++) {
        more[r] = spent[r] - s->plan[r];
    }
    hw_mean mean = hw_estimate_mean(more, count);
    one->spent = mean.value;
    one->spent_error = mean.error;
    free(more);
}

/* What rank 0 reads off the outcomes of a try. */
static hw_status read_try(search *s, hw_try *one, const hw_outcomes *outcomes) {
    if (hw_outcomes_all_good(outcomes, *s->wish.replications, "an amount", s->errors) != HW_OK) {
        return HW_ERROR_LAW;
    }
    one->each = hw_take(outcomes->count, sizeof *one->each);
    double *spent = hw_take(outcomes->count, sizeof *spent);
    bool read = hw_aim_met(&s->target->aim, outcomes, one->each, s->errors) &&
                take_spending(s->target, outcomes, spent, s->errors);
    for (uint64_t r = 0; read && r < outcomes->count; r++) {
        one->met += one->each[r];
    }
    if (read && s->plan == NULL) { /* the plan is tried first */
        s->plan = spent;
        spent = NULL;
    } else if (read) {
        compare_spending(s, one, spent, outcomes->count);
    }
    free(spent);
    return read ? HW_OK : HW_ERROR_IO;
}

typedef hw_status (*look_at)(search *s, hw_try *one, const hw_outcomes *outcomes);

/* Runs the scenario with an amount, or finds it among what is kept, and looks at it. */
static hw_status run_amount(search *s, hw_try *one, look_at look) {
    const hw_target *target = s->target;
    hw_setting setting = hw_purse_setting(&target->purse, one->amount);
    char *words = hw_purse_words(&target->purse, one->amount);
    const hw_study_source source = {
        .path = target->base, .name = words, .settings = &setting, .setting_count = 1};
    hw_study study = {0};
    hw_status status = hw_study_open(&study, &source, 1, &s->wish, s->errors);
    if (status == HW_OK) {
        status = hw_study_run(&study, s->errors);
    }
    hw_trouble trouble = {0};
    if (status == HW_OK && hw_rank() == 0) {
        trouble.status = look(s, one, &study.parts[0].outcomes);
    }
    status = status == HW_OK ? hw_trouble_agree(&trouble) : status;
    MPI_Bcast(&one->met, 1, MPI_UINT64_T, 0, MPI_COMM_WORLD);
    hw_study_close(&study);
    free((char *)setting.path);
    free((char *)setting.yaml);
    free(words);
    return status;
}

static hw_status ask(void *who, hw_try *one) {
    return run_amount(who, one, read_try);
}

/* ---- Proof on fresh worlds ---- */

hw_share_bounds hw_target_share(const hw_try *one, uint64_t worlds) {
    return hw_share_exact(one->met, worlds, 0.95);
}

bool hw_target_proves(const hw_target *target, const hw_try *proof) {
    static const double error = 0.05;
    double confidence = 1 - 2 * error / HW_TARGET_PROOFS_MOST; /* one bound of two counts */
    return hw_share_exact(proof->met, target->proof_worlds, confidence).low >= target->aim.share;
}

/* That nothing is enough was not searched for: nothing is always tried, and its own bound counts. */
static bool is_enough(const hw_target *t, const hw_try *one) {
    return hw_target_share(one, t->least.worlds).low >= t->aim.share;
}

bool hw_target_needs_none(const hw_target *t) {
    return t->least.end == HW_LEAST_FREE &&
           (is_enough(t, &t->least.tries[0]) || (t->proof_count > 0 && hw_target_proves(t, &t->proofs[0])));
}

static hw_status read_proof(search *s, hw_try *one, const hw_outcomes *outcomes) {
    bool *met = hw_take(outcomes->count, sizeof *met);
    bool read = outcomes->read != NULL && hw_aim_met(&s->target->aim, outcomes, met, s->errors);
    for (uint64_t r = 0; read && r < outcomes->count; r++) {
        one->met += met[r]; /* replications that failed have not met it */
    }
    free(met);
    return read ? HW_OK : HW_ERROR_IO;
}

/* The answer, and when that does not hold, the upper end of its interval. */
static hw_status prove(search *s) {
    hw_target *t = s->target;
    const double amounts[HW_TARGET_PROOFS_MOST] = {t->least.answer, t->least.high};
    hw_status status = HW_OK;
    for (uint32_t i = 0; i < HW_TARGET_PROOFS_MOST && status == HW_OK; i++) {
        bool again = i > 0 && !(amounts[i] > amounts[i - 1]);
        if (!isfinite(amounts[i]) || again || (i > 0 && hw_target_proves(t, &t->proofs[i - 1]))) {
            return HW_OK;
        }
        s->proof_seed = t->seed + 1 + i;
        s->wish.seed = &s->proof_seed;
        s->wish.replications = &t->proof_worlds;
        hw_try *one = &t->proofs[t->proof_count++];
        one->amount = amounts[i];
        status = run_amount(s, one, read_proof);
    }
    return status;
}

/* ---- What holds it back ---- */

static int compare_held(const void *left, const void *right) {
    const hw_held *a = left, *b = right;
    return a->days > b->days ? -1 : a->days < b->days ? 1 : strcmp(a->cause, b->cause);
}

/* In worlds that miss the aim with the most money: days by cause, in the mean. */
static hw_status read_held(search *s, hw_try *one, const hw_outcomes *outcomes) {
    static const char name[] = "place_delay_days";
    hw_target *t = s->target;
    const hw_variable *variable = hw_record_find(outcomes->layout, name);
    double *values = variable != NULL ? outcomes->read(outcomes->source, name, s->errors) : NULL;
    bool *met = hw_take(outcomes->count, sizeof *met);
    if (values == NULL || !hw_aim_met(&t->aim, outcomes, met, s->errors)) {
        free(values);
        free(met);
        return HW_ERROR_IO;
    }
    static const char after_release[] = "housing";
    const hw_axis *causes = &outcomes->layout->axes[variable->axis[1]];
    t->held = hw_take(causes->length, sizeof *t->held);
    for (uint32_t c = 0; c < causes->length; c++) {
        double sum = 0, missed = 0;
        if (strcmp(causes->labels[c], after_release) == 0) {
            continue;
        }
        for (uint64_t r = 0; r < outcomes->count; r++) {
            double days = values[r * variable->count + (size_t)t->aim.position * causes->length + c];
            sum += met[r] || isnan(days) ? 0 : days;
            missed += !met[r];
        }
        t->held[t->held_count++] =
            (hw_held){.cause = hw_take_text("%s", causes->labels[c]), .days = missed > 0 ? sum / missed : 0};
    }
    qsort(t->held, t->held_count, sizeof *t->held, compare_held);
    one->met = 0;
    free(values);
    free(met);
    return HW_OK;
}

/* ---- The whole ---- */

hw_status hw_target_find(hw_target *target, const hw_study_wish *wish, hw_errors *errors) {
    search s = {.target = target, .wish = *wish, .errors = errors};
    hw_least *least = &target->least;
    target->seed = *wish->seed;
    *least = (hw_least){.ask = ask,
                        .who = &s,
                        .worlds = *wish->replications,
                        .share = target->aim.share,
                        .plan = target->purse.plan,
                        .first = target->purse.first,
                        .infinite = target->purse.infinite};
    target->proof_worlds = 2 * least->worlds;
    hw_status status = hw_least_search(least);
    if (status == HW_OK && least->end != HW_LEAST_FREE && !target->aim.of_district) {
        hw_try most = {.amount = target->purse.infinite};
        status = run_amount(&s, &most, read_held);
    }
    bool answered =
        least->end == HW_LEAST_FOUND || (least->end == HW_LEAST_FREE && !is_enough(target, &least->tries[0]));
    if (status == HW_OK && answered) {
        status = prove(&s);
    }
    free(s.plan);
    return status;
}

void hw_target_free(hw_target *target) {
    hw_least_free(&target->least);
    for (uint32_t i = 0; i < target->held_count; i++) {
        free((char *)target->held[i].cause);
    }
    free(target->held);
    free(target->aim.name);
    free(target->title);
    free(target->known);
    free(target->digest);
    *target = (hw_target){0};
}
