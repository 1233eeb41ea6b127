/* Weights of replications as JSON. */
#include "analysis/belief/weights_file.h"
#include "analysis/base/json.h"
#include "analysis/base/memory.h"
#include "sim/date.h"
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char kind[] = "homeward weights";
static const char mark[] = "\"kind\": \"homeward weights\"";

const hw_output_format hw_weights_format = {
    .noun = "weights of replications", .streams = true, .is_kept = hw_output_lacks_mark, .context = mark};

/* Seeds have 64 bits, which a JSON number does not hold. */
static char *seed_text(const hw_outcomes *outcomes) {
    return hw_take_text("%" PRIu64, outcomes->seed);
}

static json_t *json_of(const hw_outcomes *outcomes, const hw_weights *weights) {
    char date[16], *seed = seed_text(outcomes);
    json_t *all = hw_json_object(), *keys = hw_json_array(), *numbers = hw_json_array();
    hw_json_put(all, "format", hw_json_count(1));
    hw_json_put(all, "kind", hw_json_text(kind));
    hw_json_put(all, "scenario", hw_json_text(outcomes->digest));
    hw_json_put(all, "model", hw_json_text(outcomes->model));
    hw_json_put(all, "seed", hw_json_text(seed));
    hw_json_put(all, "as_of", hw_json_text(hw_date_print(weights->as_of, date)));
    hw_json_put(all, "facts", hw_json_count(weights->facts));
    hw_json_put(all, "power", hw_json_number(weights->tempered.power));
    hw_json_put(all, "effective", hw_json_number(weights->tempered.effective));
    hw_json_put(all, "largest", hw_json_number(weights->tempered.largest));
    for (uint64_t i = 0; i < weights->count; i++) {
        hw_json_append(keys, hw_json_count(outcomes->keys[i]));
        hw_json_append(numbers, hw_json_number(weights->weights[i]));
    }
    hw_json_put(all, "replications", keys);
    hw_json_put(all, "weights", numbers);
    free(seed);
    return all;
}

hw_status hw_weights_write(const char *path, const hw_outcomes *outcomes, const hw_weights *weights,
                           const hw_output_rules *rules, hw_errors *errors) {
    hw_output_file file;
    hw_status status = hw_output_open(&file, path, &hw_weights_format, rules, errors);
    if (status == HW_OK) {
        hw_json_write(file.stream, json_of(outcomes, weights));
        fputc('\n', file.stream);
        status = hw_output_close(&file, errors);
    }
    return status;
}

static bool has_text(const json_t *all, const char *key, const char *wanted) {
    const char *text = json_string_value(json_object_get(all, key));
    return text != NULL && wanted != NULL && strcmp(text, wanted) == 0;
}

static bool is_of(const json_t *all, const hw_outcomes *outcomes) {
    char *seed = seed_text(outcomes);
    const json_t *keys = json_object_get(all, "replications");
    bool same = has_text(all, "scenario", outcomes->digest) && has_text(all, "model", outcomes->model) &&
                has_text(all, "seed", seed) && json_array_size(keys) == outcomes->count;
    for (uint64_t i = 0; i < outcomes->count && same; i++) {
        same = (uint64_t)json_integer_value(json_array_get(keys, i)) == outcomes->keys[i];
    }
    free(seed);
    return same;
}

/* False when they are no weights. */
static bool take(hw_weights *weights, const json_t *all, uint64_t count) {
    const json_t *numbers = json_object_get(all, "weights");
    const char *as_of = json_string_value(json_object_get(all, "as_of"));
    bool good = json_array_size(numbers) == count && as_of != NULL && hw_date_parse(as_of, &weights->as_of);
    double sum = 0;
    weights->weights = hw_take(count + 1, sizeof *weights->weights);
    weights->count = count;
    for (uint64_t i = 0; i < count && good; i++) {
        weights->weights[i] = json_number_value(json_array_get(numbers, i));
        good = isfinite(weights->weights[i]) && weights->weights[i] >= 0;
        sum += weights->weights[i];
    }
    weights->facts = (uint32_t)json_integer_value(json_object_get(all, "facts"));
    weights->tempered.power = json_number_value(json_object_get(all, "power"));
    weights->tempered.effective = hw_effective_sample(weights->weights, count);
    weights->tempered.largest = json_number_value(json_object_get(all, "largest"));
    return good && sum > 0;
}

hw_status hw_weights_read(hw_weights *weights, const char *path, const hw_outcomes *outcomes,
                          hw_errors *errors) {
    json_error_t problem;
    *weights = (hw_weights){0};
    json_t *all = json_load_file(path, 0, &problem);
    if (all == NULL) {
        hw_errors_say(errors, "cannot read the weights in '%s': %s", path, problem.text);
        return HW_ERROR_INPUT;
    }
    bool ours = has_text(all, "kind", kind), same = ours && is_of(all, outcomes);
    bool good = same && take(weights, all, outcomes->count);
    json_decref(all);
    if (good) {
        return HW_OK;
    }
    hw_errors_say(errors,
                  !ours   ? "'%s' holds no weights of homeward condition"
                  : !same ? "the weights in '%s' are of another result: scenario, seed or replications differ"
                          : "'%s' is damaged: its weights cannot be read",
                  path);
    hw_weights_free(weights);
    return HW_ERROR_INPUT;
}
