/* Checks whether results share worlds, and pairs their replications. */
#include "analysis/results/worlds.h"
#include "analysis/base/memory.h"
#include "sim/date.h"
#include "sim/run/experiment.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

hw_worlds hw_worlds_of(const hw_outcomes *outcomes, const char *name) {
    return (hw_worlds){.name = name,
                       .model = outcomes->model,
                       .code = outcomes->code,
                       .seed = outcomes->seed,
                       .replications =
                           outcomes->complete ? outcomes->count + outcomes->failed_count : outcomes->asked,
                       .start = outcomes->start,
                       .horizon = outcomes->horizon,
                       .rows = outcomes->rows,
                       .laid = outcomes->laid,
                       .laid_count = outcomes->laid_count};
}

static void check_days(const char *what, const hw_worlds *base, int64_t base_day, const hw_worlds *variant,
                       int64_t variant_day, hw_errors *errors) {
    char one[16], other[16];
    if (base_day != variant_day) {
        hw_errors_say(errors, "%s and %s do not share worlds: %s on %s and on %s", base->name, variant->name,
                      what, hw_date_print(base_day, one), hw_date_print(variant_day, other));
    }
}

static void check_layout(const hw_worlds *base, const hw_worlds *variant, const hw_differences *differences,
                         hw_errors *errors) {
    for (uint32_t i = 0; i < differences->count; i++) {
        const hw_difference *one = &differences->items[i];
        if (strncmp(one->path, "layout", 6) == 0) {
            hw_errors_say(errors,
                          "%s and %s do not share worlds: %s is %s and %s, so their ground is numbered "
                          "differently",
                          base->name, variant->name, one->path, one->base != NULL ? one->base : "not there",
                          one->variant != NULL ? one->variant : "not there");
        }
    }
}

/* Of other code even the same scenario may have another answer. */
static void warn_of_code(const hw_worlds *base, const hw_worlds *variant) {
    const char *one = base->code != NULL ? base->code : "",
               *other = variant->code != NULL ? variant->code : "";
    if (strcmp(one, other) != 0 && hw_rank() == 0) {
        fprintf(stderr,
                "warning: %s and %s were simulated by different code: what differs may be the program; run "
                "both anew\n",
                base->name, variant->name);
    }
}

hw_status hw_worlds_check(const hw_worlds *base, const hw_worlds *variant, hw_differences *differences,
                          hw_errors *errors) {
    uint32_t before = errors->count;
    *differences = (hw_differences){0};
    if (base->rows != NULL && variant->rows != NULL) {
        hw_differences_find(differences, base->rows, variant->rows);
    }
    hw_differences_lay(differences, base->laid, base->laid_count, variant->laid, variant->laid_count);
    if (strcmp(base->model, variant->model) != 0) {
        hw_errors_say(errors,
                      "%s and %s do not share worlds: one was simulated by the model %s, the other by %s",
                      base->name, variant->name, base->model, variant->model);
    }
    if (base->seed != variant->seed) {
        hw_errors_say(errors,
                      "%s and %s do not share worlds: seeds %" PRIu64 " and %" PRIu64
                      "; run both with the same seed",
                      base->name, variant->name, base->seed, variant->seed);
    }
    if (base->replications != variant->replications) {
        hw_errors_say(errors,
                      "%s and %s do not share worlds: %" PRIu64 " and %" PRIu64
                      " replications; run both with as many",
                      base->name, variant->name, base->replications, variant->replications);
    }
    check_days("they start", base, base->start, variant, variant->start, errors);
    check_days("they end", base, base->horizon, variant, variant->horizon, errors);
    check_layout(base, variant, differences, errors);
    if (errors->count == before) {
        warn_of_code(base, variant);
        return HW_OK;
    }
    return HW_ERROR_INPUT;
}

static uint64_t failed_in_either(const hw_outcomes *base, const hw_outcomes *variant) {
    uint64_t count = base->failed_count;
    for (uint64_t i = 0; i < variant->failed_count; i++) {
        bool known = false;
        for (uint64_t j = 0; j < base->failed_count && !known; j++) {
            known = base->failed[j].key == variant->failed[i].key;
        }
        count += !known;
    }
    return count;
}

hw_pairs hw_pairs_find(const hw_outcomes *base, const hw_outcomes *variant) {
    uint64_t most = base->count < variant->count ? base->count : variant->count;
    if (base->keys == NULL || variant->keys == NULL) {
        return (hw_pairs){.base = base,
                          .variant = variant,
                          .count = most,
                          .failed = base->failed_count + variant->failed_count};
    }
    hw_pairs pairs = {.base = base,
                      .variant = variant,
                      .base_at = hw_take(most, sizeof *pairs.base_at),
                      .variant_at = hw_take(most, sizeof *pairs.variant_at),
                      .failed = failed_in_either(base, variant)};
    uint64_t i = 0, j = 0;
    while (i < base->count && j < variant->count) {
        if (base->keys[i] == variant->keys[j]) {
            pairs.base_at[pairs.count] = i++;
            pairs.variant_at[pairs.count++] = j++;
        } else if (base->keys[i] < variant->keys[j]) {
            i++;
        } else {
            j++;
        }
    }
    uint64_t range = hw_worlds_of(base, "").replications, told = pairs.count + pairs.failed;
    pairs.missing = range > told ? range - told : 0;
    return pairs;
}

void hw_pairs_free(hw_pairs *pairs) {
    free(pairs->base_at);
    free(pairs->variant_at);
    *pairs = (hw_pairs){0};
}
