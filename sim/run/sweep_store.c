/* Writes the result of a sweep. */
#define _GNU_SOURCE /* asprintf */
#include "sim/run/sweep_store.h"
#include "sim/length.h"
#include "sim/run/gather.h"
#include "sim/run/netcdf_write.h"
#include "sim/run/publish.h"
#include "sim/statistics.h"
#include <hdf5_hl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK_POINTS = 1024, BUFFER_BYTES = 32 << 20 };

/* One variable along `point` that is written block by block. */
typedef struct column {
    hid_t dataset;
    uint64_t each;   /* numbers of one point; texts: 1 */
    double *numbers; /* of a block */
    char **texts;    /* instead, of a text */
    hsize_t lengths[HW_NETCDF_MAX_RANK];
    uint32_t rank; /* with the point */
} column;

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
    uint64_t block; /* points written at once, and in a chunk */
    hid_t point, factor, quantile, by_date, replication;
    hid_t *axes;
    column *columns; /* the first ones are the coordinates */
    uint32_t column_count, column_room;
    uint32_t unit, good, given_up, horizon; /* columns */
    uint32_t *outputs;                      /* the first column of each output: see MEAN */
    uint32_t kept;                          /* the first column of kept outcomes; the last is `good` */
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
    t->axes = calloc(values->axis_count + (size_t)1, sizeof *t->axes);
    const hw_axis quantile = {.name = "quantile",
                              .long_name = "share of replications below",
                              .units = "1",
                              .length = HW_SWEEP_QUANTILES,
                              .values = hw_sweep_quantiles};
    t->point = number_scale(t, "point", "number of the point", sweep->points);
    t->quantile = hw_netcdf_axis(&t->netcdf, &quantile);
    t->by_date = sweep->shape.by_count > 0 ? write_dates(t) : -1;
    t->replication = sweep->keep_outcomes
                         ? number_scale(t, "replication", "number of the replication", sweep->replications)
                         : -1;
    for (uint32_t a = 0; t->axes != NULL && a < values->axis_count; a++) {
        t->axes[a] = hw_netcdf_axis(&t->netcdf, &values->axes[a]);
    }
    return t->axes != NULL && t->trouble->status == HW_OK;
}

static bool write_texts_along(target *t, hid_t scale, const char *name, const char *long_name,
                              const char *const *texts, uint64_t count) {
    return scale >= 0 && hw_netcdf_texts(&t->netcdf, name, long_name, scale, texts, count);
}

static bool write_integers_along(target *t, hid_t scale, const char *name, const char *long_name,
                                 const int64_t *numbers, uint64_t count) {
    const hw_variable variable = {.name = name, .long_name = long_name, .units = "1", .type = HW_I64};
    return hw_netcdf_numbers(&t->netcdf, &variable, scale, numbers, count, CHUNK_POINTS);
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
    t->factor = good ? hw_netcdf_axis(&t->netcdf, &axis) : -1;
    good = good &&
           write_texts_along(t, t->factor, "factor_path", "first path in the scenario", paths, count) &&
           write_texts_along(t, t->factor, "factor_paths", "all paths in the scenario, one a line", all_paths,
                             count) &&
           write_texts_along(t, t->factor, "factor_units", "unit of its values", units, count) &&
           write_integers_along(t, t->factor, "factor_assumed",
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

/* ---- Columns ---- */

/* The columns of an output, in the order in which they are added; the last two only of days, where the design
 * asks for dates. */
enum { MEAN, MEAN_ERROR, SD, MISSING, QUANTILE, QUANTILE_LOW, QUANTILE_HIGH, BY, BY_ERROR };

static column *new_column(target *t) {
    if (t->column_count == t->column_room) {
        uint32_t room = t->column_room ? 2 * t->column_room : 64;
        column *columns = realloc(t->columns, room * sizeof *columns);
        if (columns == NULL) {
            hw_trouble_memory(t->trouble, "the result file");
            return NULL;
        }
        t->columns = columns;
        t->column_room = room;
    }
    column *added = &t->columns[t->column_count++];
    *added = (column){.dataset = -1};
    return added;
}

/* Numbers along `point` and further scales. */
static void add_numbers(target *t, const hw_variable *variable, const hid_t *scales, const hsize_t *lengths,
                        uint32_t rank) {
    column *added = t->trouble->status == HW_OK ? new_column(t) : NULL;
    if (added == NULL) {
        return;
    }
    added->each = 1;
    added->rank = rank;
    for (uint32_t d = 0; d < rank; d++) {
        added->lengths[d] = lengths[d];
        added->each *= d > 0 ? lengths[d] : 1;
    }
    added->numbers = malloc((t->block * added->each + 1) * sizeof *added->numbers);
    if (added->numbers == NULL) {
        hw_trouble_memory(t->trouble, "the result file");
        return;
    }
    added->dataset = hw_netcdf_variable(&t->netcdf, variable, scales, lengths, rank, t->block);
}

static void add_plain(target *t, const char *name, const char *long_name, const char *units, hw_number type) {
    const hw_variable variable = {.name = name, .long_name = long_name, .units = units, .type = type};
    const hsize_t length = t->sweep->points;
    add_numbers(t, &variable, &t->point, &length, 1);
}

static void add_text(target *t, const hw_sweep_coordinate *coordinate) {
    column *added = t->trouble->status == HW_OK ? new_column(t) : NULL;
    if (added == NULL) {
        return;
    }
    added->each = 1;
    added->rank = 1;
    added->lengths[0] = t->sweep->points;
    added->texts = calloc(t->block, sizeof *added->texts);
    if (added->texts == NULL) {
        hw_trouble_memory(t->trouble, "the result file");
        return;
    }
    added->dataset = hw_netcdf_text_column(&t->netcdf, coordinate->name, coordinate->long_name, t->point,
                                           t->sweep->points, t->block);
}

static void add_coordinates(target *t) {
    const hw_sweep_source *source = &t->sweep->source;
    for (uint32_t c = 0; c < source->coordinate_count; c++) {
        const hw_sweep_coordinate *coordinate = &source->coordinates[c];
        if (coordinate->units != NULL) {
            add_plain(t, coordinate->name, coordinate->long_name, coordinate->units, HW_F64);
        } else {
            add_text(t, coordinate);
        }
    }
    const hw_variable unit = {
        .name = "unit_coordinate", .long_name = "place in the unit cube", .units = "1", .type = HW_F64};
    const hid_t scales[2] = {t->point, t->factor};
    const hsize_t lengths[2] = {t->sweep->points, source->factor_count};
    t->unit = t->column_count;
    add_numbers(t, &unit, scales, lengths, 2);
    t->good = t->column_count;
    add_plain(t, "replications_good", "replications that kept all laws", "1", HW_I64);
    t->given_up = t->column_count;
    add_plain(t, "replications_failed", "replications that were given up", "1", HW_I64);
    t->horizon = t->column_count;
    add_plain(t, "horizon_day", "from the start to the end of the simulation", "days", HW_F64);
}

/* A statistic of an output: its axes, and one more scale behind them unless that is negative. */
static void add_statistic(target *t, const hw_variable *output, const char *suffix, const char *what,
                          const char *units, const char *missing, hid_t last, uint64_t last_length) {
    hid_t scales[HW_NETCDF_MAX_RANK] = {t->point};
    hsize_t lengths[HW_NETCDF_MAX_RANK] = {t->sweep->points};
    uint32_t rank = 1;
    for (uint32_t d = 0; d < output->rank; d++, rank++) {
        scales[rank] = t->axes[output->axis[d]];
        lengths[rank] = t->sweep->shape.values->axes[output->axis[d]].length;
    }
    if (last >= 0) {
        scales[rank] = last;
        lengths[rank++] = last_length;
    }
    char *name = NULL;
    char long_name[400];
    if (asprintf(&name, "%s%s", output->name, suffix) < 0) {
        hw_trouble_memory(t->trouble, "the result file");
        return;
    }
    snprintf(long_name, sizeof long_name, "%s: %s", what, output->long_name);
    const hw_variable variable = {.name = name,
                                  .long_name = long_name,
                                  .units = units,
                                  .missing = missing,
                                  .type = HW_F64,
                                  .cells = output->cells};
    add_numbers(t, &variable, scales, lengths, rank);
    free(name);
}

static void add_output(target *t, const hw_variable *output) {
    static const char never[] = "not before the horizon, or too few replications to say";
    bool day = hw_sweep_is_day(output);
    const char *difference = day ? "days" : output->units;
    add_statistic(t, output, "_mean", day ? "mean, counting the horizon where it does not happen" : "mean",
                  output->units, "no good replication", -1, 0);
    add_statistic(t, output, "_mean_error", "half the width of the 95 % interval of the mean", difference,
                  "too few replications", -1, 0);
    add_statistic(t, output, "_sd", "standard deviation", difference, "too few replications", -1, 0);
    add_statistic(t, output, "_missing", day ? "share not by the horizon" : "share missing", "1",
                  "no good replication", -1, 0);
    add_statistic(t, output, "_quantile", "quantile", output->units, never, t->quantile, HW_SWEEP_QUANTILES);
    add_statistic(t, output, "_quantile_low", "lower bound (95 %) of the quantile", output->units, never,
                  t->quantile, HW_SWEEP_QUANTILES);
    add_statistic(t, output, "_quantile_high", "upper bound (95 %) of the quantile", output->units, never,
                  t->quantile, HW_SWEEP_QUANTILES);
    if (day && t->sweep->shape.by_count > 0) {
        add_statistic(t, output, "_by", "probability by date", "1", "no good replication", t->by_date,
                      t->sweep->shape.by_count);
        add_statistic(t, output, "_by_error",
                      "half the width of the 95 % interval of the probability by date", "1",
                      "no good replication", t->by_date, t->sweep->shape.by_count);
    }
}

static void add_kept(target *t) {
    const hw_record_layout *values = t->sweep->shape.values;
    for (uint32_t v = 0; v < values->variable_count; v++) {
        hid_t scales[HW_NETCDF_MAX_RANK] = {t->point, t->replication};
        hsize_t lengths[HW_NETCDF_MAX_RANK] = {t->sweep->points, t->sweep->replications};
        const hw_variable *output = &values->variables[v];
        for (uint32_t d = 0; d < output->rank; d++) {
            scales[d + 2] = t->axes[output->axis[d]];
            lengths[d + 2] = values->axes[output->axis[d]].length;
        }
        add_numbers(t, output, scales, lengths, output->rank + 2);
    }
    const hw_variable good = {
        .name = "good", .long_name = "1: the replication kept all laws", .units = "1", .type = HW_I32};
    const hid_t scales[2] = {t->point, t->replication};
    const hsize_t lengths[2] = {t->sweep->points, t->sweep->replications};
    add_numbers(t, &good, scales, lengths, 2);
}

/* ---- Filling in the columns of one point ---- */

static double or_nan(double number) {
    return isinf(number) ? (double)NAN : number;
}

static void fill_statistics(const double *statistics, uint64_t element, uint64_t row, column *columns) {
    static const uint32_t single[][2] = {
        {MEAN, HW_SWEEP_MEAN}, {MEAN_ERROR, HW_SWEEP_ERROR}, {SD, HW_SWEEP_SD}, {MISSING, HW_SWEEP_MISSING}};
    static const uint32_t ordered[][2] = {
        {QUANTILE, HW_SWEEP_QUANTILE}, {QUANTILE_LOW, HW_SWEEP_LOW}, {QUANTILE_HIGH, HW_SWEEP_HIGH}};
    for (size_t s = 0; s < HW_LENGTH(single); s++) {
        column *one = &columns[single[s][0]];
        one->numbers[row * one->each + element] = or_nan(statistics[single[s][1]]);
    }
    for (size_t s = 0; s < HW_LENGTH(ordered); s++) {
        column *one = &columns[ordered[s][0]];
        double *numbers = one->numbers + row * one->each + element * HW_SWEEP_QUANTILES;
        for (uint32_t q = 0; q < HW_SWEEP_QUANTILES; q++) {
            numbers[q] = or_nan(statistics[ordered[s][1] + q]);
        }
    }
}

static void fill_shares(const double *shares, uint32_t count, uint64_t good, uint64_t element, uint64_t row,
                        column *columns) {
    for (uint32_t b = 0; b < count; b++) {
        uint64_t at = row * columns[BY].each + element * count + b;
        hw_interval interval = {0.0, 0.0};
        if (good > 0) {
            interval = hw_wilson_interval((uint64_t)llround(shares[b] * (double)good), good, 0.95);
        }
        columns[BY].numbers[at] = shares[b];
        columns[BY_ERROR].numbers[at] = good > 0 ? 0.5 * (interval.high - interval.low) : (double)NAN;
    }
}

static void fill_summary(const target *t, const hw_answer *answer, uint64_t row) {
    const hw_sweep_shape *shape = &t->sweep->shape;
    const double *statistics = answer->summary;
    const double *shares = answer->summary + (size_t)shape->value_count * HW_SWEEP_STATISTICS;
    for (uint32_t v = 0; v < shape->values->variable_count; v++) {
        const hw_variable *output = &shape->values->variables[v];
        column *columns = t->columns + t->outputs[v];
        bool dated = hw_sweep_is_day(output) && shape->by_count > 0;
        for (size_t element = 0; element < output->count; element++, statistics += HW_SWEEP_STATISTICS) {
            fill_statistics(statistics, element, row, columns);
            if (dated) {
                fill_shares(shares, shape->by_count, answer->good_count, element, row, columns);
                shares += shape->by_count;
            }
        }
    }
}

static void fill_kept(const target *t, const hw_answer *answer, uint64_t row) {
    column *columns = t->columns + t->kept;
    const hw_sweep_shape *shape = &t->sweep->shape;
    uint64_t replications = t->sweep->replications;
    uint32_t first = 0;
    for (uint32_t v = 0; v < shape->values->variable_count; v++, columns++) {
        size_t count = shape->values->variables[v].count;
        for (uint64_t r = 0; r < replications; r++) {
            memcpy(columns->numbers + row * columns->each + r * count,
                   answer->values + r * shape->value_count + first, count * sizeof(double));
        }
        first += (uint32_t)count;
    }
    for (uint64_t r = 0; r < replications; r++) {
        columns->numbers[row * columns->each + r] = answer->good[r];
    }
}

static void fill_point(target *t, const hw_answer *answer, uint64_t point, uint64_t row, double *numbers,
                       const char **texts) {
    const hw_sweep_source *source = &t->sweep->source;
    double *unit = t->columns[t->unit].numbers + row * source->factor_count;
    source->locate(source->context, point, numbers, texts, unit);
    for (uint32_t c = 0; c < source->coordinate_count; c++) {
        column *coordinate = &t->columns[c];
        if (coordinate->texts != NULL) {
            free(coordinate->texts[row]);
            coordinate->texts[row] = strdup(texts[c] != NULL ? texts[c] : "");
        } else if (coordinate->numbers != NULL) {
            coordinate->numbers[row] = numbers[c];
        }
    }
    t->columns[t->good].numbers[row] = (double)answer->good_count;
    t->columns[t->given_up].numbers[row] = (double)answer->failed_count;
    t->columns[t->horizon].numbers[row] = answer->horizon;
    fill_summary(t, answer, row);
    if (t->sweep->keep_outcomes) {
        fill_kept(t, answer, row);
    }
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

static void write_block(target *t, uint64_t first, uint64_t count) {
    uint64_t most = 0;
    for (uint32_t c = 0; c < t->column_count; c++) {
        most += count * t->columns[c].each * sizeof(double);
    }
    if (!hw_netcdf_reserve(&t->netcdf, most)) {
        return;
    }
    for (uint32_t c = 0; c < t->column_count && t->trouble->status == HW_OK; c++) {
        const column *written = &t->columns[c];
        hsize_t start[HW_NETCDF_MAX_RANK] = {first};
        hsize_t lengths[HW_NETCDF_MAX_RANK];
        memcpy(lengths, written->lengths, sizeof lengths);
        lengths[0] = count;
        if (written->each > 0) {
            hw_netcdf_write_rows(written->dataset, written->rank, start, lengths,
                                 written->texts != NULL ? (const void *)written->texts
                                                        : (const void *)written->numbers,
                                 written->texts != NULL);
        }
    }
}

static void gather_points(target *t, hw_journal_index *index, double *numbers, const char **texts) {
    hw_answer answer = {0};
    hw_answer_create(&answer, t->sweep, t->trouble);
    uint64_t next = 0;
    for (uint64_t point = 0; point < t->sweep->points && t->trouble->status == HW_OK; point++) {
        uint64_t row = point % t->block;
        if (hw_gather(&answer, t->sweep, index, point, &next, t->trouble) == HW_OK) {
            fill_point(t, &answer, point, row, numbers, texts);
            note_failure(t, &answer, point);
            if (row + 1 == t->block || point + 1 == t->sweep->points) {
                write_block(t, point - row, row + 1);
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

static uint64_t block_of(const hw_sweep *sweep) {
    uint64_t kept = sweep->keep_outcomes ? sweep->replications * (sweep->shape.value_count + 1) : 0;
    uint64_t bytes = sweep->shape.summary_bytes + kept * sizeof(double) + 1;
    uint64_t block = BUFFER_BYTES / bytes;
    block = block < CHUNK_POINTS ? block : CHUNK_POINTS;
    block = block < sweep->points ? block : sweep->points;
    return block > 0 ? block : 1;
}

static void write_all(target *t, hw_journal_index *index) {
    const hw_record_layout *values = t->sweep->shape.values;
    if (!write_description(t) || !write_axes(t) || !write_factors(t)) {
        return;
    }
    t->outputs = calloc(values->variable_count + (size_t)1, sizeof *t->outputs);
    if (t->outputs == NULL) {
        hw_trouble_memory(t->trouble, "the result file");
        return;
    }
    add_coordinates(t);
    for (uint32_t v = 0; v < values->variable_count; v++) {
        t->outputs[v] = t->column_count;
        add_output(t, &values->variables[v]);
    }
    if (t->sweep->keep_outcomes) {
        t->kept = t->column_count;
        add_kept(t);
    }
    if (t->trouble->status == HW_OK) {
        write_points(t, index);
    }
    if (t->trouble->status == HW_OK && write_failures(t)) {
        write_cases(t);
    }
}

static void release(target *t) {
    for (uint32_t c = 0; c < t->column_count; c++) {
        for (uint64_t row = 0; t->columns[c].texts != NULL && row < t->block; row++) {
            free(t->columns[c].texts[row]);
        }
        free((void *)t->columns[c].texts);
        free(t->columns[c].numbers);
    }
    free(t->outputs);
    free(t->columns);
    free(t->axes);
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
                .block = block_of(sweep),
                .publication.question = hw_sweep_question(sweep, sweep->replications, true, model)};
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
