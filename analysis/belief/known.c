/* Conditions and facts, from the options of a command to outcomes. */
#include "analysis/belief/known.h"
#include "analysis/belief/discrepancy.h"
#include "analysis/results/given.h"
#include "analysis/results/learnt.h"
#include <stdlib.h>

static hw_status read_facts(hw_known *known, const char *path, hw_errors *errors) {
    hw_status status = hw_observations_read(&known->facts, path, errors);
    hw_inputs_add(&known->inputs, path);
    if (status != HW_OK) {
        return status;
    }
    hw_inputs_add(&known->inputs, known->facts.linked);
    hw_observations_keep_known(&known->facts, known->as_of);
    if (known->facts.count == 0) {
        hw_errors_say(errors, "--observations %s: no fact was known by then", path);
        return HW_ERROR_INPUT;
    }
    return HW_OK;
}

hw_status hw_known_read(hw_known *known, const hw_arguments *arguments, hw_errors *errors) {
    bool takes_facts = hw_command_takes(arguments->command, "observations");
    const char *facts = takes_facts ? hw_argument_text(arguments, "observations") : NULL;
    const hw_given *as_of = hw_argument(arguments, "as-of");
    *known = (hw_known){.learns = facts != NULL};
    known->given = hw_argument_texts(arguments, "given", &known->given_count);
    hw_inputs_begin(&known->inputs, arguments);
    if (facts != NULL && as_of == NULL) {
        hw_errors_say(errors, "--observations wants --as-of DATE: facts that were known by then");
    } else if (facts == NULL && as_of != NULL && !hw_command_takes(arguments->command, "set")) {
        hw_errors_say(errors, "--as-of wants --observations FACTS: what was known by then");
    } else if (facts != NULL) {
        known->as_of = as_of->day;
        return read_facts(known, facts, errors);
    } else {
        return HW_OK;
    }
    return HW_ERROR_INPUT;
}

void hw_known_free(hw_known *known) {
    hw_observations_free(&known->facts);
    hw_inputs_free(&known->inputs);
    free(known->given);
    *known = (hw_known){0};
}

/* Takes over what `weights` hold. */
static hw_status weigh(hw_outcomes *outcomes, hw_weights *weights, hw_errors *errors) {
    if (weights->facts == 0 || weights->tempered.impossible) {
        hw_errors_say(errors, "--observations: %s",
                      weights->facts > 0
                          ? hw_impossible_facts
                          : "no fact that was known by then is one that the model tells: nothing "
                            "to learn from");
        return HW_ERROR_INPUT;
    }
    const hw_learnt learnt = {.as_of = weights->as_of,
                              .facts = weights->facts,
                              .power = weights->tempered.power,
                              .effective = weights->tempered.effective,
                              .weights = weights->weights};
    weights->weights = NULL;
    return hw_outcomes_weigh(outcomes, &learnt, errors);
}

static hw_status learn(const hw_known *known, hw_outcomes *outcomes, hw_errors *errors) {
    const hw_learning learning = {.as_of = known->as_of, .model = hw_usual_model_error, .share = 0.5};
    hw_besides besides;
    if (outcomes->keys == NULL || outcomes->read == NULL) {
        hw_errors_say(errors, "--observations: only summaries of the replications were kept");
        return HW_ERROR_INPUT;
    }
    if (outcomes->count == 0) {
        return HW_OK; /* whoever answers says that nothing is good */
    }
    hw_status status = hw_besides_read(&besides, outcomes, &known->facts, errors);
    if (status == HW_OK) {
        hw_besides_warn(&besides);
        hw_besides_weigh(&besides, NULL, (double)outcomes->count);
        hw_learning_warn(&besides, &learning);
        hw_origin now = {.besides = &besides, .learning = learning};
        hw_origin_weigh_alone(&now);
        status = weigh(outcomes, &now.weights, errors);
        hw_origin_free(&now);
    }
    hw_besides_free(&besides);
    return status;
}

hw_status hw_known_apply(const hw_known *known, hw_outcomes *outcomes, hw_errors *errors) {
    hw_status status = hw_given_apply(outcomes, known->given, known->given_count, errors);
    return status == HW_OK && known->learns ? learn(known, outcomes, errors) : status;
}

static void apply_as_in(const hw_known *known, hw_outcomes *outcomes, const hw_outcomes *base) {
    if (known->given_count > 0) {
        hw_given_as_in(outcomes, base);
    }
    hw_outcomes_weigh_as_in(outcomes, base);
}

/* Every world of a study must be there to be left out or weighed. */
static hw_status check_kept(const hw_known *known, const hw_study *study, hw_errors *errors) {
    for (uint32_t i = 0; i < study->count; i++) {
        if (study->parts[i].outcomes.keys == NULL) {
            hw_errors_say(errors, "--%s: of %s only summaries of the replications were kept",
                          known->given_count > 0 ? "given" : "observations", study->parts[i].name);
            return HW_ERROR_INPUT;
        }
    }
    return HW_OK;
}

hw_status hw_known_check_study(const hw_known *known, const hw_study *study, hw_errors *errors) {
    const hw_study_part *base = &study->parts[0];
    const hw_outcomes scenario = {
        .layout = base->loaded.layout, .start = base->loaded.start, .horizon = base->loaded.horizon};
    return hw_given_check(base->is_results ? &base->outcomes : &scenario, known->given, known->given_count,
                          errors);
}

hw_status hw_known_apply_to_study(const hw_known *known, hw_study *study, hw_errors *errors) {
    if (!hw_known_any(known)) {
        return HW_OK;
    }
    hw_outcomes *base = &study->parts[0].outcomes;
    hw_status status = check_kept(known, study, errors);
    status = status == HW_OK ? hw_known_apply(known, base, errors) : status;
    for (uint32_t i = 1; i < study->count && status == HW_OK; i++) {
        apply_as_in(known, &study->parts[i].outcomes, base);
    }
    return status;
}
