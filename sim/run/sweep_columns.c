/* Creates, fills in and writes the variables along `point`. */
#define _GNU_SOURCE /* asprintf */
#include "sim/run/sweep_columns.h"
#include "sim/length.h"
#include "sim/statistics.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BUFFER_BYTES = 32 << 20 };

/* The columns of an output, in the order in which they are added; the last two only of days, where the design
 * asks for dates. */
enum { MEAN, MEAN_ERROR, SD, MISSING, QUANTILE, QUANTILE_LOW, QUANTILE_HIGH, BY, BY_ERROR };

static hw_sweep_column *new_column(hw_sweep_columns *table) {
    if (table->count == table->room) {
        uint32_t room = table->room ? 2 * table->room : 64;
        hw_sweep_column *columns = realloc(table->items, room * sizeof *columns);
        if (columns == NULL) {
            hw_trouble_memory(table->netcdf->trouble, "the result file");
            return NULL;
        }
        table->items = columns;
        table->room = room;
    }
    hw_sweep_column *added = &table->items[table->count++];
    *added = (hw_sweep_column){.dataset = -1};
    return added;
}

/* Numbers along `point` and further scales. */
static void add_numbers(hw_sweep_columns *table, const hw_variable *variable, const hid_t *scales,
                        const hsize_t *lengths, uint32_t rank) {
    hw_sweep_column *added = table->netcdf->trouble->status == HW_OK ? new_column(table) : NULL;
    if (added == NULL) {
        return;
    }
    added->each = 1;
    added->rank = rank;
    for (uint32_t d = 0; d < rank; d++) {
        added->lengths[d] = lengths[d];
        added->each *= d > 0 ? lengths[d] : 1;
    }
    added->numbers = malloc((table->block * added->each + 1) * sizeof *added->numbers);
    if (added->numbers == NULL) {
        hw_trouble_memory(table->netcdf->trouble, "the result file");
        return;
    }
    added->dataset = hw_netcdf_variable(table->netcdf, variable, scales, lengths, rank, table->block);
}

static void add_plain(hw_sweep_columns *table, const char *name, const char *long_name, const char *units,
                      hw_number type) {
    const hw_variable variable = {.name = name, .long_name = long_name, .units = units, .type = type};
    const hsize_t length = table->sweep->points;
    add_numbers(table, &variable, &table->scales->point, &length, 1);
}

static void add_text(hw_sweep_columns *table, const hw_sweep_coordinate *coordinate) {
    hw_sweep_column *added = table->netcdf->trouble->status == HW_OK ? new_column(table) : NULL;
    if (added == NULL) {
        return;
    }
    added->each = 1;
    added->rank = 1;
    added->lengths[0] = table->sweep->points;
    added->texts = calloc(table->block, sizeof *added->texts);
    if (added->texts == NULL) {
        hw_trouble_memory(table->netcdf->trouble, "the result file");
        return;
    }
    added->dataset = hw_netcdf_text_column(table->netcdf, coordinate->name, coordinate->long_name,
                                           table->scales->point, table->sweep->points, table->block);
}

static void add_coordinates(hw_sweep_columns *table) {
    const hw_sweep_source *source = &table->sweep->source;
    for (uint32_t c = 0; c < source->coordinate_count; c++) {
        const hw_sweep_coordinate *coordinate = &source->coordinates[c];
        if (coordinate->units != NULL) {
            add_plain(table, coordinate->name, coordinate->long_name, coordinate->units, HW_F64);
        } else {
            add_text(table, coordinate);
        }
    }
    const hw_variable unit = {
        .name = "unit_coordinate", .long_name = "place in the unit cube", .units = "1", .type = HW_F64};
    const hid_t scales[2] = {table->scales->point, table->scales->factor};
    const hsize_t lengths[2] = {table->sweep->points, source->factor_count};
    table->unit = table->count;
    add_numbers(table, &unit, scales, lengths, 2);
    table->good = table->count;
    add_plain(table, "replications_good", "replications that kept all laws", "1", HW_I64);
    table->given_up = table->count;
    add_plain(table, "replications_failed", "replications that were given up", "1", HW_I64);
    table->horizon = table->count;
    add_plain(table, "horizon_day", "from the start to the end of the simulation", "days", HW_F64);
}

/* A statistic of an output: its axes, and one more scale behind them unless that is negative. */
static void add_statistic(hw_sweep_columns *table, const hw_variable *output, const char *suffix,
                          const char *what, const char *units, const char *missing, hid_t last,
                          uint64_t last_length) {
    hid_t scales[HW_NETCDF_MAX_RANK] = {table->scales->point};
    hsize_t lengths[HW_NETCDF_MAX_RANK] = {table->sweep->points};
    uint32_t rank = 1;
    for (uint32_t d = 0; d < output->rank; d++, rank++) {
        scales[rank] = table->scales->axes[output->axis[d]];
        lengths[rank] = table->sweep->shape.values->axes[output->axis[d]].length;
    }
    if (last >= 0) {
        scales[rank] = last;
        lengths[rank++] = last_length;
    }
    char *name = NULL;
    char long_name[400];
    if (asprintf(&name, "%s%s", output->name, suffix) < 0) {
        hw_trouble_memory(table->netcdf->trouble, "the result file");
        return;
    }
    snprintf(long_name, sizeof long_name, "%s: %s", what, output->long_name);
    const hw_variable variable = {.name = name,
                                  .long_name = long_name,
                                  .units = units,
                                  .missing = missing,
                                  .type = HW_F64,
                                  .cells = output->cells};
    add_numbers(table, &variable, scales, lengths, rank);
    free(name);
}

static void add_output(hw_sweep_columns *table, const hw_variable *output) {
    static const char never[] = "not before the horizon, or too few replications to say";
    bool day = hw_sweep_is_day(output);
    const char *difference = day ? "days" : output->units;
    add_statistic(table, output, "_mean",
                  day ? "mean, counting the horizon where it does not happen" : "mean", output->units,
                  "no good replication", -1, 0);
    add_statistic(table, output, "_mean_error", "half the width of the 95 % interval of the mean", difference,
                  "too few replications", -1, 0);
    add_statistic(table, output, "_sd", "standard deviation", difference, "too few replications", -1, 0);
    add_statistic(table, output, "_missing", day ? "share not by the horizon" : "share missing", "1",
                  "no good replication", -1, 0);
    add_statistic(table, output, "_quantile", "quantile", output->units, never, table->scales->quantile,
                  HW_SWEEP_QUANTILES);
    add_statistic(table, output, "_quantile_low", "lower bound (95 %) of the quantile", output->units, never,
                  table->scales->quantile, HW_SWEEP_QUANTILES);
    add_statistic(table, output, "_quantile_high", "upper bound (95 %) of the quantile", output->units, never,
                  table->scales->quantile, HW_SWEEP_QUANTILES);
    if (day && table->sweep->shape.by_count > 0) {
        add_statistic(table, output, "_by", "probability by date", "1", "no good replication",
                      table->scales->by_date, table->sweep->shape.by_count);
        add_statistic(table, output, "_by_error",
                      "half the width of the 95 % interval of the probability by date", "1",
                      "no good replication", table->scales->by_date, table->sweep->shape.by_count);
    }
}

static void add_kept(hw_sweep_columns *table) {
    const hw_record_layout *values = table->sweep->shape.values;
    for (uint32_t v = 0; v < values->variable_count; v++) {
        hid_t scales[HW_NETCDF_MAX_RANK] = {table->scales->point, table->scales->replication};
        hsize_t lengths[HW_NETCDF_MAX_RANK] = {table->sweep->points, table->sweep->replications};
        const hw_variable *output = &values->variables[v];
        for (uint32_t d = 0; d < output->rank; d++) {
            scales[d + 2] = table->scales->axes[output->axis[d]];
            lengths[d + 2] = values->axes[output->axis[d]].length;
        }
        add_numbers(table, output, scales, lengths, output->rank + 2);
    }
    const hw_variable good = {
        .name = "good", .long_name = "1: the replication kept all laws", .units = "1", .type = HW_I32};
    const hid_t scales[2] = {table->scales->point, table->scales->replication};
    const hsize_t lengths[2] = {table->sweep->points, table->sweep->replications};
    add_numbers(table, &good, scales, lengths, 2);
}

/* ---- Filling in the columns of one point ---- */

static double or_nan(double number) {
    return isinf(number) ? (double)NAN : number;
}

static void fill_statistics(const double *statistics, uint64_t element, uint64_t row,
                            hw_sweep_column *columns) {
    static const uint32_t single[][2] = {
        {MEAN, HW_SWEEP_MEAN}, {MEAN_ERROR, HW_SWEEP_ERROR}, {SD, HW_SWEEP_SD}, {MISSING, HW_SWEEP_MISSING}};
    static const uint32_t ordered[][2] = {
        {QUANTILE, HW_SWEEP_QUANTILE}, {QUANTILE_LOW, HW_SWEEP_LOW}, {QUANTILE_HIGH, HW_SWEEP_HIGH}};
    for (size_t s = 0; s < HW_LENGTH(single); s++) {
        hw_sweep_column *one = &columns[single[s][0]];
        one->numbers[row * one->each + element] = or_nan(statistics[single[s][1]]);
    }
    for (size_t s = 0; s < HW_LENGTH(ordered); s++) {
        hw_sweep_column *one = &columns[ordered[s][0]];
        double *numbers = one->numbers + row * one->each + element * HW_SWEEP_QUANTILES;
        for (uint32_t q = 0; q < HW_SWEEP_QUANTILES; q++) {
            numbers[q] = or_nan(statistics[ordered[s][1] + q]);
        }
    }
}

static void fill_shares(const double *shares, uint32_t count, uint64_t good, uint64_t element, uint64_t row,
                        hw_sweep_column *columns) {
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

static void fill_summary(const hw_sweep_columns *table, const hw_answer *answer, uint64_t row) {
    const hw_sweep_shape *shape = &table->sweep->shape;
    const double *statistics = answer->summary;
    const double *shares = answer->summary + (size_t)shape->value_count * HW_SWEEP_STATISTICS;
    for (uint32_t v = 0; v < shape->values->variable_count; v++) {
        const hw_variable *output = &shape->values->variables[v];
        hw_sweep_column *columns = table->items + table->outputs[v];
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

static void fill_kept(const hw_sweep_columns *table, const hw_answer *answer, uint64_t row) {
    hw_sweep_column *columns = table->items + table->kept;
    const hw_sweep_shape *shape = &table->sweep->shape;
    uint64_t replications = table->sweep->replications;
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

void hw_sweep_columns_fill(hw_sweep_columns *table, const hw_answer *answer, uint64_t point, double *numbers,
                           const char **texts) {
    uint64_t row = point % table->block;
    const hw_sweep_source *source = &table->sweep->source;
    double *unit = table->items[table->unit].numbers + row * source->factor_count;
    source->locate(source->context, point, numbers, texts, unit);
    for (uint32_t c = 0; c < source->coordinate_count; c++) {
        hw_sweep_column *coordinate = &table->items[c];
        if (coordinate->texts != NULL) {
            free(coordinate->texts[row]);
            coordinate->texts[row] = strdup(texts[c] != NULL ? texts[c] : "");
        } else if (coordinate->numbers != NULL) {
            coordinate->numbers[row] = numbers[c];
        }
    }
    table->items[table->good].numbers[row] = (double)answer->good_count;
    table->items[table->given_up].numbers[row] = (double)answer->failed_count;
    table->items[table->horizon].numbers[row] = answer->horizon;
    fill_summary(table, answer, row);
    if (table->sweep->keep_outcomes) {
        fill_kept(table, answer, row);
    }
}

void hw_sweep_columns_write(hw_sweep_columns *table, uint64_t first, uint64_t rows) {
    uint64_t most = 0;
    for (uint32_t c = 0; c < table->count; c++) {
        most += rows * table->items[c].each * sizeof(double);
    }
    if (!hw_netcdf_reserve(table->netcdf, most)) {
        return;
    }
    for (uint32_t c = 0; c < table->count && table->netcdf->trouble->status == HW_OK; c++) {
        const hw_sweep_column *written = &table->items[c];
        hsize_t start[HW_NETCDF_MAX_RANK] = {first};
        hsize_t lengths[HW_NETCDF_MAX_RANK];
        memcpy(lengths, written->lengths, sizeof lengths);
        lengths[0] = rows;
        if (written->each > 0) {
            hw_netcdf_write_rows(written->dataset, written->rank, start, lengths,
                                 written->texts != NULL ? (const void *)written->texts
                                                        : (const void *)written->numbers,
                                 written->texts != NULL);
        }
    }
}

/* ---- All of them ---- */

static uint64_t block_of(const hw_sweep *sweep) {
    uint64_t kept = sweep->keep_outcomes ? sweep->replications * (sweep->shape.value_count + 1) : 0;
    uint64_t bytes = sweep->shape.summary_bytes + kept * sizeof(double) + 1;
    uint64_t block = BUFFER_BYTES / bytes;
    block = block < HW_SWEEP_CHUNK_POINTS ? block : HW_SWEEP_CHUNK_POINTS;
    block = block < sweep->points ? block : sweep->points;
    return block > 0 ? block : 1;
}

void hw_sweep_columns_create(hw_sweep_columns *table) {
    const hw_record_layout *values = table->sweep->shape.values;
    table->block = block_of(table->sweep);
    table->outputs = calloc(values->variable_count + (size_t)1, sizeof *table->outputs);
    if (table->outputs == NULL) {
        hw_trouble_memory(table->netcdf->trouble, "the result file");
        return;
    }
    add_coordinates(table);
    for (uint32_t v = 0; v < values->variable_count; v++) {
        table->outputs[v] = table->count;
        add_output(table, &values->variables[v]);
    }
    if (table->sweep->keep_outcomes) {
        table->kept = table->count;
        add_kept(table);
    }
}

void hw_sweep_columns_free(hw_sweep_columns *table) {
    for (uint32_t c = 0; c < table->count; c++) {
        for (uint64_t row = 0; table->items[c].texts != NULL && row < table->block; row++) {
            free(table->items[c].texts[row]);
        }
        free((void *)table->items[c].texts);
        free(table->items[c].numbers);
    }
    free(table->outputs);
    free(table->items);
}
