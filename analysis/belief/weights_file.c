/* Weights of replications as JSON. */
#include "analysis/belief/weights_file.h"
#include "analysis/base/json.h"
#include "analysis/base/memory.h"
#include "sim/date.h"
#include <inttypes.h>
#include <stdlib.h>

static const char mark[] = "\"kind\": \"homeward weights\"";

const hw_output_format hw_weights_format = {
    .noun = "weights of replications", .streams = true, .is_kept = hw_output_lacks_mark, .context = mark};

static json_t *json_of(const hw_outcomes *outcomes, const hw_weights *weights) {
    /* Seeds have 64 bits, which a JSON number does not hold. */
    char date[16], *seed = hw_take_text("%" PRIu64, outcomes->seed);
    json_t *all = hw_json_object(), *keys = hw_json_array(), *numbers = hw_json_array();
    hw_json_put(all, "format", hw_json_count(1));
    hw_json_put(all, "kind", hw_json_text("homeward weights"));
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
