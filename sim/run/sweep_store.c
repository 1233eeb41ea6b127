/* Writes the result of a sweep. */
#include "sim/run/sweep_store.h"
#include "sim/run/gather.h"
#include "sim/run/netcdf_write.h"
#include "sim/run/publish.h"
#include "sim/run/sweep_columns.h"
#include <hdf5_hl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct failed_point {
    uint64_t point;
    hw_journal_failure failure;
} failed_point;

typedef struct target {
    const hw_sweep *sweep;
    hw_trouble *trouble;
    hw_netcdf netcdf;
    char *output;
    hw_publication publication;
    hw_sweep_scales scales;
    hw_sweep_columns columns;
    failed_point *failed;
    uint64_t failed_count, failed_room;
} target;

/* ---- What stands at the head of the file ---- */

static char *coordinate_names(const hw_sweep *sweep) {
    char *names = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&names, &size);
    if (out == NULL) {
        return NULL;
    }
    for (uint32_t c = 0; c < sweep->source.coordinate_count; c++) {
        fprintf(out, "%s%s", c ? " " : "", sweep->source.coordinates[c].name);
    }
    return fclose(out) == 0 ? names : NULL;
}

static bool write_description(const target *t) {
    const hw_sweep *sweep = t->sweep;
    char source[256];
    char model[HW_MODEL_NAME];
    snprintf(source, sizeof source, "Homeward %s", sweep->version);
    hw_model_name(sweep->model, model);
    const int32_t format = HW_SWEEP_FORMAT;
    const int32_t whole = sweep->whole;
    const double confidence = 0.95;
    char *coordinates = coordinate_names(sweep);
    hid_t file = t->netcdf.file;
    bool good =
        coordinates != NULL && hw_netcdf_text(file, "Conventions", "CF-1.8") &&
        hw_netcdf_text(file, "title", sweep->title) && hw_netcdf_text(file, "question", sweep->question) &&
        hw_netcdf_text(file, "source", source) &&
        hw_netcdf_number(file, "homeward_sweep_format", H5T_STD_I32LE, H5T_NATIVE_INT32, &format) &&
        hw_netcdf_text(file, "homeward_version", sweep->version) && hw_netcdf_text(file, "model", model) &&
        hw_netcdf_text(file, "design", sweep->design) && hw_netcdf_text(file, "digest", sweep->digest) &&
        hw_netcdf_number(file, "seed", H5T_STD_U64LE, H5T_NATIVE_UINT64, &sweep->seed) &&
        hw_netcdf_number(file, "replications", H5T_STD_I64LE, H5T_NATIVE_UINT64, &sweep->replications) &&
        hw_netcdf_number(file, "whole_outcome", H5T_STD_I32LE, H5T_NATIVE_INT32, &whole) &&
        hw_netcdf_number(file, "confidence", H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, &confidence) &&
        hw_netcdf_text(file, "coordinates", coordinates);
    free(coordinates);
    return good;
}

static hid_t number_scale(target *t, const char *name, const char *long_name, uint64_t count) {
    uint64_t *keys = malloc((count + 1) * sizeof *keys);
    for (uint64_t i = 0; keys != NULL && i < count; i++) {
        keys[i] = i;
    }
    hid_t scale = keys != NULL ? hw_netcdf_keys(&t->netcdf, name, long_name, keys, count) : -1;
    if (keys == NULL) {
        hw_trouble_memory(t->trouble, "the result file");
    }
    free(keys);
    return scale;
}

/* The dates of which probabilities are kept, each as the day itself; -1 when no output is a day. */
static hid_t write_dates(target *t) {
    const hw_sweep_shape *shape = &t->sweep->shape;
    const char *units = NULL;
    for (uint32_t v = 0; v < shape->values->variable_count && units == NULL; v++) {
        const hw_variable *output = &shape->values->variables[v];
        units = hw_sweep_is_day(output) ? output->units : NULL;
    }
    double *days = units != NULL ? malloc(shape->by_count * sizeof *days) : NULL;
    if (units != NULL && days == NULL) {
        hw_trouble_memory(t->trouble, "the result file");
    }
    for (uint32_t b = 0; days != NULL && b < shape->by_count; b++) {
        days[b] = shape->by[b] - 1; /* from its end */
    }
    const hw_axis by_date = {.name = "by_date",
                             .long_name = "date asked for",
                             .units = units,
                             .length = shape->by_count,
                             .values = days};
    hid_t scale = days != NULL ? hw_netcdf_axis(&t->netcdf, &by_date) : -1;
    free(days);
    return scale;
}

static bool write_axes(target *t) {
    const hw_sweep *sweep = t->sweep;
    const hw_record_layout *values = sweep->shape.values;
    t->scales.axes = calloc(values->axis_count + (size_t)1, sizeof *t->scales.axes);
    const hw_axis quantile = {.name = "quantile",
                              .long_name = "share of replications below",
                              .units = "1",
                              .length = HW_SWEEP_QUANTILES,
                              .values = hw_sweep_quantiles};
    t->scales.point = number_scale(t, "point", "number of the point", sweep->points);
    t->scales.quantile = hw_netcdf_axis(&t->netcdf, &quantile);
    t->scales.by_date = sweep->shape.by_count > 0 ? write_dates(t) : -1;
    t->scales.replication = sweep->keep_outcomes ? number_scale(t, "replication", "number of the replication",
                                                                sweep->replications)
                                                 : -1;
    for (uint32_t a = 0; t->scales.axes != NULL && a < values->axis_count; a++) {
        t->scales.axes[a] = hw_netcdf_axis(&t->netcdf, &values->axes[a]);
    }
    return t->scales.axes != NULL && t->trouble->status == HW_OK;
}

static bool write_texts_along(target *t, hid_t scale, const char *name, const char *long_name,
                              const char *const *texts, uint64_t count) {
    return scale >= 0 && hw_netcdf_texts(&t->netcdf, name, long_name, scale, texts, count);
}

static bool write_integers_along(target *t, hid_t scale, const char *name, const char *long_name,
                                 const int64_t *numbers, uint64_t count) {
    const hw_variable variable = {.name = name, .long_name = long_name, .units = "1", .type = HW_I64};
    return hw_netcdf_numbers(&t->netcdf, &variable, scale, numbers, count, HW_SWEEP_CHUNK_POINTS);
}

static bool write_factors(target *t) {
    const hw_sweep_source *source = &t->sweep->source;
    uint32_t count = source->factor_count;
    const char **names = calloc(count + (size_t)1, sizeof *names);
    const char **paths = calloc(count + (size_t)1, sizeof *paths);
    const char **all_paths = calloc(count + (size_t)1, sizeof *all_paths);
    const char **units = calloc(count + (size_t)1, sizeof *units);
    int64_t *assumed = calloc(count + (size_t)1, sizeof *assumed);
    bool good = names != NULL && paths != NULL && all_paths != NULL && units != NULL && assumed != NULL;
    for (uint32_t f = 0; good && f < count; f++) {
        names[f] = source->factors[f].name;
        paths[f] = source->factors[f].path;
        all_paths[f] = source->factors[f].paths != NULL ? source->factors[f].paths : source->factors[f].path;
        units[f] = source->factors[f].units;
        assumed[f] = source->factors[f].assumed;
    }
    const hw_axis axis = {
        .name = "factor", .long_name = "factor of the sweep", .length = count, .labels = names};
    t->scales.factor = good ? hw_netcdf_axis(&t->netcdf, &axis) : -1;
    good =
        good &&
        write_texts_along(t, t->scales.factor, "factor_path", "first path in the scenario", paths, count) &&
        write_texts_along(t, t->scales.factor, "factor_paths", "all paths in the scenario, one a line",
                          all_paths, count) &&
        write_texts_along(t, t->scales.factor, "factor_units", "unit of its values", units, count) &&
        write_integers_along(t, t->scales.factor, "factor_assumed",
                             "1: the scenario's value is marked as assumed", assumed, count);
    free(names);
    free(paths);
    free(all_paths);
    free(units);
    free(assumed);
    return good;
}

static bool write_cases(target *t) {
    const hw_sweep_source *source = &t->sweep->source;
    const hw_axis axis = {.name = "case",
                          .long_name = "scenario of the sweep",
                          .length = source->scenario_count,
                          .labels = source->labels};
    hid_t scale = hw_netcdf_axis(&t->netcdf, &axis);
    bool good =
        write_texts_along(t, scale, "case_scenario", "the scenario without any factor set, with all defaults",
                          source->resolved, source->scenario_count) &&
        (source->rows == NULL ||
         write_texts_along(t, scale, "case_values",
                           "its values, one a line: the names on the way to it and then the value, with tabs "
                           "between them",
                           source->rows, source->scenario_count)) &&
        hw_netcdf_long_text(&t->netcdf, "sweep_file", "the sweep's own file, with all defaults",
                            t->sweep->file);
    if (scale >= 0) {
        H5Dclose(scale);
    }
    return good;
}

static void note_failure(target *t, const hw_answer *answer, uint64_t point) {
    if (*answer->failure.message == '\0') {
        return;
    }
    if (t->failed_count == t->failed_room) {
        uint64_t room = t->failed_room ? 2 * t->failed_room : 16;
        failed_point *failed = realloc(t->failed, room * sizeof *failed);
        if (failed == NULL) {
            hw_trouble_memory(t->trouble, "the list of failures");
            return;
        }
        t->failed = failed;
        t->failed_room = room;
    }
    t->failed[t->failed_count++] = (failed_point){.point = point, .failure = answer->failure};
}

/* ---- Writing ---- */

static void gather_points(target *t, hw_journal_index *index, double *numbers, const char **texts) {
    hw_answer answer = {0};
    hw_answer_create(&answer, t->sweep, t->trouble);
    uint64_t next = 0;
    for (uint64_t point = 0; point < t->sweep->points && t->trouble->status == HW_OK; point++) {
        uint64_t row = point % t->columns.block;
        if (hw_gather(&answer, t->sweep, index, point, &next, t->trouble) == HW_OK) {
            hw_sweep_columns_fill(&t->columns, &answer, point, numbers, texts);
            note_failure(t, &answer, point);
            if (row + 1 == t->columns.block || point + 1 == t->sweep->points) {
                hw_sweep_columns_write(&t->columns, point - row, row + 1);
            }
        }
    }
    hw_answer_free(&answer);
}

static void write_points(target *t, hw_journal_index *index) {
    const hw_sweep_source *source = &t->sweep->source;
    double *numbers = calloc(source->coordinate_count + (size_t)1, sizeof *numbers);
    const char **texts = calloc(source->coordinate_count + (size_t)1, sizeof *texts);
    if (numbers != NULL && texts != NULL) {
        gather_points(t, index, numbers, texts);
    } else {
        hw_trouble_memory(t->trouble, "the result file");
    }
    free(numbers);
    free(texts);
}

static bool write_failures(target *t) {
    uint64_t count = t->failed_count;
    uint64_t *points = calloc(count + 1, sizeof *points);
    int64_t *replications = calloc(count + 1, sizeof *replications);
    const char **messages = calloc(count + 1, sizeof *messages);
    bool good = points != NULL && replications != NULL && messages != NULL;
    for (uint64_t i = 0; good && i < count; i++) {
        points[i] = t->failed[i].point;
        replications[i] = t->failed[i].failure.replication;
        messages[i] = t->failed[i].failure.message;
    }
    hid_t scale =
        good ? hw_netcdf_keys(&t->netcdf, "failure", "point with failed replications", points, count) : -1;
    good = scale >= 0 &&
           write_integers_along(t, scale, "failure_replication",
                                "first failed replication; -1: the point could not be run", replications,
                                count) &&
           hw_netcdf_texts(&t->netcdf, "failure_message", "why it failed", scale, messages, count);
    if (scale >= 0) {
        H5Dclose(scale);
    }
    free(points);
    free(replications);
    free(messages);
    return good;
}

static void write_all(target *t, hw_journal_index *index) {
    if (!write_description(t) || !write_axes(t) || !write_factors(t)) {
        return;
    }
    hw_sweep_columns_create(&t->columns);
    if (t->trouble->status == HW_OK) {
        write_points(t, index);
    }
    if (t->trouble->status == HW_OK && write_failures(t)) {
        write_cases(t);
    }
}

static void release(target *t) {
    hw_sweep_columns_free(&t->columns);
    free(t->scales.axes);
    free(t->failed);
    free(t->output);
}

static void write_file(target *t, hw_journal_index *index) {
    hw_journal_index_by_point(index);
    if (hw_publish_begin(&t->publication, t->output, t->sweep->rules, t->trouble) == HW_OK &&
        hw_netcdf_create(&t->netcdf, t->publication.file.temporary, HW_SEALED_SWEEP, t->trouble)) {
        write_all(t, index);
        hw_netcdf_close(&t->netcdf);
    }
    hw_publish_end(&t->publication, t->trouble);
}

hw_status hw_sweep_store_write(const hw_sweep *sweep, hw_trouble *trouble) {
    char model[HW_MODEL_NAME];
    target t = {.sweep = sweep,
                .trouble = trouble,
                .netcdf.file = -1,
                .publication.question = hw_sweep_question(sweep, sweep->replications, true, model)};
    t.columns = (hw_sweep_columns){.sweep = sweep, .scales = &t.scales, .netcdf = &t.netcdf};
    hw_journal_index index = {0};
    char *stem = hw_sweep_stem(sweep);
    t.output = hw_sweep_result_path(sweep->folder);
    if (t.output == NULL || stem == NULL) {
        hw_trouble_memory(trouble, "the result file");
    } else if (hw_journal_index_open(&index, stem, HW_JOURNAL_LOOK, trouble) == HW_OK) {
        write_file(&t, &index);
    }
    hw_journal_index_free(&index);
    free(stem);
    release(&t);
    return trouble->status;
}
