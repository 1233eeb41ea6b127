/* One point of a sweep as outcomes. */
#include "analysis/base/memory.h"
#include "analysis/results/sample.h"
#include "sim/date.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Numbers of a variable that are held at once; one point may have more. */
static const double block_bytes = 4e6;

static uint64_t case_of(const hw_sweep_sample *s, uint64_t point) {
    uint64_t c = s->case_count - 1;
    while (c > 0 && strcmp(s->cases[c], s->scenario[point]) != 0) {
        c--;
    }
    return c;
}

typedef struct point_source {
    hw_sweep_sample *sample;
    uint64_t point;
    hw_laid_value *laid;
    uint64_t *keys; /* own ones, where replications failed */
} point_source;

static hw_sweep_block *block_of(hw_sweep_sample *s, const char *name) {
    for (uint32_t b = 0; b < s->block_count; b++) {
        if (strcmp(s->blocks[b].name, name) == 0) {
            return &s->blocks[b];
        }
    }
    s->blocks = hw_take_again(s->blocks, s->block_count + 1, sizeof *s->blocks);
    s->blocks[s->block_count] = (hw_sweep_block){.name = hw_take_text("%s", name)};
    return &s->blocks[s->block_count++];
}

/* The numbers of a variable of the file at a point, which hold until the next question; NULL with an error
 * when they cannot be read. */
static const double *numbers_at(hw_sweep_sample *s, const char *name, uint64_t point, hw_errors *errors) {
    hw_sweep_block *block = block_of(s, name);
    if (block->numbers == NULL || point < block->first || point >= block->first + block->count) {
        const hw_sweep_variable *variable = hw_sweep_results_find(s->results, name);
        block->each = variable != NULL ? variable->count : 0;
        double fit = floor(block_bytes / ((double)(block->each + 1) * sizeof(double)));
        uint64_t room = fit > 1 ? (uint64_t)fit : 1;
        block->first = point - point % room;
        uint64_t left = s->about->points - block->first;
        block->count = left < room ? left : room;
        free(block->numbers);
        block->numbers = hw_sweep_results_some_numbers(s->results, name, block->first, block->count, errors);
    }
    return block->numbers != NULL ? block->numbers + (point - block->first) * block->each : NULL;
}

/* All good replications of a variable, as hw_results_read gives them. */
static double *read_kept(void *source, const char *name, hw_errors *errors) {
    const point_source *own = source;
    const hw_variable *variable = hw_record_find(&own->sample->layout, name);
    const double *values = numbers_at(own->sample, name, own->point, errors);
    if (values == NULL) {
        return NULL;
    }
    size_t each = variable->count;
    uint64_t count = (uint64_t)own->sample->good[own->point];
    const uint64_t *keys = own->keys != NULL ? own->keys : own->sample->keys;
    double *good = hw_take(count * each, sizeof *good);
    for (uint64_t r = 0; r < count; r++) {
        memcpy(good + r * each, values + keys[r] * each, each * sizeof *good);
    }
    return good;
}

/* Copies one number of each element into its place in the summaries. */
static bool take_statistic(const point_source *own, const char *name, const char *suffix, size_t each,
                           size_t place, size_t count, double *summaries, size_t elements,
                           hw_errors *errors) {
    char *full = hw_take_text("%s%s", name, suffix);
    const double *numbers = numbers_at(own->sample, full, own->point, errors);
    for (size_t e = 0; numbers != NULL && e < elements; e++) {
        memcpy(summaries + e * each + place, numbers + e * count, count * sizeof *summaries);
    }
    free(full);
    return numbers != NULL;
}

static double *summarise(void *source, const char *name, hw_errors *errors) {
    const point_source *own = source;
    const hw_sweep_sample *s = own->sample;
    size_t elements = hw_record_find(&s->layout, name)->count, each = HW_SUMMARY_BY + s->by_count;
    double *summaries = hw_take(elements * each, sizeof *summaries);
    for (size_t i = 0; i < elements * each; i++) {
        summaries[i] = (double)NAN;
    }
    char *by = hw_take_text("%s_by", name);
    const hw_sweep_variable *shares = hw_sweep_results_find(s->results, by);
    bool dated =
        s->by_count > 0 && shares != NULL && !shares->text && shares->count == elements * s->by_count;
    free(by);
    bool good =
        take_statistic(own, name, "_mean", each, HW_SUMMARY_MEAN, 1, summaries, elements, errors) &&
        take_statistic(own, name, "_sd", each, HW_SUMMARY_SD, 1, summaries, elements, errors) &&
        take_statistic(own, name, "_missing", each, HW_SUMMARY_MISSING, 1, summaries, elements, errors) &&
        (!dated ||
         take_statistic(own, name, "_by", each, HW_SUMMARY_BY, s->by_count, summaries, elements, errors));
    if (good) {
        return summaries;
    }
    free(summaries);
    return NULL;
}

/* The numbers of the good replications, where some failed; and the failed ones. */
static hw_status read_keys(point_source *own, hw_outcomes *outcomes, hw_errors *errors) {
    const hw_sweep_sample *s = own->sample;
    const double *good = numbers_at(own->sample, "good", own->point, errors);
    if (good == NULL) {
        return HW_ERROR_IO;
    }
    own->keys = hw_take(s->about->replications, sizeof *own->keys);
    outcomes->failed = hw_take(s->about->replications, sizeof *outcomes->failed);
    uint64_t count = 0, failed = 0;
    for (uint64_t r = 0; r < s->about->replications; r++) {
        if (good[r] > 0) {
            own->keys[count++] = r;
        } else {
            outcomes->failed[failed++] = (hw_failed_replication){r, "a law did not hold"};
        }
    }
    outcomes->keys = own->keys;
    if (count == outcomes->count && failed == outcomes->failed_count) {
        return HW_OK;
    }
    hw_errors_say(errors, "%s is damaged: it does not say which replications of point %llu failed", s->path,
                  (unsigned long long)own->point);
    return HW_ERROR_IO;
}

/* What the factors set, path by path; a date among them may be the start. */
static void lay_values(point_source *own, hw_outcomes *outcomes) {
    const hw_sweep_sample *s = own->sample;
    own->laid = hw_take(s->path_count, sizeof *own->laid);
    uint32_t count = 0;
    for (uint32_t f = 0; f < s->factors.count; f++) {
        for (uint32_t i = 0; i < s->paths[f].count; i++) {
            char *value = hw_sweep_sample_value(s, f, own->point);
            const char *units = hw_sweep_sample_is_date(&s->factors.info[f])
                                    ? ""
                                    : hw_sweep_sample_units(&s->factors.info[f]);
            own->laid[count++] =
                (hw_laid_value){.path = s->paths[f].items[i],
                                .text = hw_take_text("%s%s%s", value, *units ? " " : "", units)};
            free(value);
        }
    }
    outcomes->laid = own->laid;
    outcomes->laid_count = count;
}

static void choose_span(hw_outcomes *outcomes, const hw_sweep_sample *s, uint64_t point) {
    for (uint32_t i = 0; i < outcomes->laid_count; i++) {
        if (strcmp(outcomes->laid[i].path, "start") == 0) {
            hw_date_parse(outcomes->laid[i].text, &outcomes->start);
        }
    }
    double days = s->horizon_day[point];
    if (isfinite(days)) {
        outcomes->horizon = outcomes->start + (int64_t)floor(days) - 1;
    }
}

hw_status hw_sweep_point_open(hw_outcomes *outcomes, hw_sweep_sample *s, uint64_t point, hw_errors *errors) {
    point_source *own = hw_take(1, sizeof *own);
    *own = (point_source){.sample = s, .point = point};
    double good = fmin(fmax(s->good[point], 0), (double)s->about->replications);
    double failed = fmin(fmax(s->failed[point], 0), (double)s->about->replications - good);
    const hw_outcomes *span = &s->spans[case_of(s, point)];
    *outcomes = (hw_outcomes){.title = s->scenario[point],
                              .model = s->about->model,
                              .version = s->about->version,
                              .seed = s->about->seed,
                              .asked = s->about->replications,
                              .count = (uint64_t)good,
                              .keys = s->kept ? s->keys : NULL,
                              .failed_count = (uint64_t)failed,
                              .complete = good + failed >= (double)s->about->replications,
                              .start = span->start,
                              .horizon = span->horizon,
                              .empty = span->empty,
                              .district_of = span->district_of,
                              .resolved = s->resolved[case_of(s, point)],
                              .rows = span->rows,
                              .layout = &s->layout,
                              .source = own,
                              .read = s->kept ? read_kept : NULL,
                              .summarise = summarise,
                              .summary_by = s->by,
                              .summary_by_count = s->by_count};
    lay_values(own, outcomes);
    choose_span(outcomes, s, point);
    bool some_failed = outcomes->count < s->about->replications;
    return s->kept && some_failed ? read_keys(own, outcomes, errors) : HW_OK;
}

void hw_sweep_point_close(hw_outcomes *outcomes) {
    point_source *own = outcomes->source;
    if (own != NULL) {
        for (uint32_t i = 0; i < outcomes->laid_count; i++) {
            free((char *)own->laid[i].text);
        }
        free(own->laid);
        free(own->keys);
        free(own);
    }
    free(outcomes->failed);
    *outcomes = (hw_outcomes){0};
}
