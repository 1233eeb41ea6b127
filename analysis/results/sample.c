/* Reads the factors, scenarios and outputs of a sweep's result. */
#include "analysis/results/sample.h"
#include "analysis/base/memory.h"
#include "sim/date.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- Factors and scenarios ---- */

void hw_sweep_sample_add_path(hw_sweep_sample *s, uint32_t factor, const char *path, size_t length) {
    hw_sweep_paths *paths = &s->paths[factor];
    paths->items = hw_take_again(paths->items, paths->count + 1, sizeof *paths->items);
    paths->items[paths->count++] = hw_take_text("%.*s", (int)length, path);
    s->path_count++;
}

/* A factor may set several values: one path a line. */
static void read_paths(hw_sweep_sample *s) {
    uint64_t count = 0;
    char **texts = hw_sweep_results_paths(s->results, &count);
    for (uint32_t f = 0; f < s->factors.count; f++) {
        const char *path = texts != NULL && f < count ? texts[f] : s->factors.info[f].path;
        while (s->paths[f].count == 0 || *path != '\0') {
            size_t length = strcspn(path, "\n");
            hw_sweep_sample_add_path(s, f, path, length);
            path += length + (path[length] == '\n');
        }
    }
    hw_sweep_results_free_texts(texts, count);
}

static void read_design(hw_sweep_sample *s) {
    s->paths = hw_take(s->factors.count, sizeof *s->paths);
    if (s->about->whole < 0) {
        hw_sweep_sample_read_older(s);
    } else {
        s->whole = s->kept && s->about->whole > 0;
        read_paths(s);
    }
}

static hw_status read_cases(hw_sweep_sample *s, hw_errors *errors) {
    uint64_t count = 0, row_count = 0;
    s->cases = hw_sweep_results_axis(s->results, "case", &s->case_count);
    s->resolved = hw_sweep_results_axis(s->results, "case_scenario", &count);
    s->case_rows = hw_sweep_results_rows(s->results, &row_count);
    s->scenario = hw_sweep_results_texts(s->results, "scenario", errors);
    bool good = s->cases != NULL && s->resolved != NULL && s->scenario != NULL && s->case_count > 0 &&
                count == s->case_count && (s->case_rows == NULL || row_count == count);
    if (!good && s->scenario != NULL) {
        hw_errors_say(errors, "%s is damaged: its scenarios cannot be read", s->path);
    }
    return good ? HW_OK : HW_ERROR_IO;
}

/* ---- What was kept ---- */

static bool read_axis(const hw_sweep_sample *s, hw_axis *axis, const char *name, uint64_t length) {
    uint64_t found = 0;
    double *numbers = hw_sweep_results_axis_numbers(s->results, name, &found);
    char **labels = numbers != NULL ? NULL : hw_sweep_results_axis(s->results, name, &found);
    *axis = (hw_axis){.name = name,
                      .long_name = name,
                      .units = numbers != NULL ? hw_sweep_results_axis_units(s->results, name) : NULL,
                      .length = (uint32_t)found,
                      .labels = (const char *const *)labels,
                      .values = numbers};
    return (numbers != NULL || labels != NULL) && found == length;
}

static uint32_t find_axis(hw_sweep_sample *s, const char *name, uint64_t length) {
    for (uint32_t a = 0; a < s->layout.axis_count; a++) {
        if (strcmp(s->axes[a].name, name) == 0) {
            return s->axes[a].length == length ? a : UINT32_MAX;
        }
    }
    uint32_t added = s->layout.axis_count++;
    s->axes = hw_take_again(s->axes, s->layout.axis_count, sizeof *s->axes);
    return read_axis(s, &s->axes[added], name, length) ? added : UINT32_MAX;
}

/* "mean, counting ...: day on which ...": what was taken the mean of. */
static const char *plain_name(const char *long_name, const char *otherwise) {
    const char *colon = long_name != NULL ? strstr(long_name, ": ") : NULL;
    return colon != NULL ? colon + 2 : otherwise;
}

/* Whether each point has so many numbers of a variable. */
static bool has_numbers(const hw_sweep_sample *s, const char *name, const char *suffix, uint64_t count) {
    char *full = hw_take_text("%s%s", name, suffix);
    const hw_sweep_variable *variable = hw_sweep_results_find(s->results, full);
    free(full);
    return variable != NULL && !variable->text && variable->count == count;
}

static bool add_variable(hw_sweep_sample *s, const char *name) {
    char *full = hw_take_text("%s_mean", name);
    const hw_sweep_variable *mean = hw_sweep_results_find(s->results, full);
    free(full);
    if (mean == NULL || mean->rank > HW_RECORD_MAX_RANK) {
        return false;
    }
    hw_variable *variable = &s->layout.variables[s->layout.variable_count++];
    *variable = (hw_variable){.name = name,
                              .long_name = plain_name(mean->long_name, name),
                              .units = mean->units != NULL ? mean->units : "1",
                              .type = HW_F64,
                              .rank = mean->rank};
    for (uint32_t d = 0; d < mean->rank; d++) {
        variable->axis[d] = find_axis(s, mean->axis[d], mean->length[d]);
        if (variable->axis[d] == UINT32_MAX) {
            return false;
        }
    }
    return has_numbers(s, name, "_sd", mean->count) && has_numbers(s, name, "_missing", mean->count) &&
           (!s->kept || has_numbers(s, name, "", mean->count * s->about->replications));
}

static hw_status read_layout(hw_sweep_sample *s, hw_errors *errors) {
    uint32_t count = 0;
    const char *const *names = hw_sweep_results_outputs(s->results, &count);
    s->layout.variables = hw_take(count, sizeof *s->layout.variables);
    bool good = count > 0 && (!s->kept || has_numbers(s, "good", "", s->about->replications));
    for (uint32_t i = 0; i < count && good; i++) {
        good = add_variable(s, names[i]);
    }
    if (!good) {
        hw_errors_say(errors, "%s is damaged: its outputs cannot be read", s->path);
        return HW_ERROR_IO;
    }
    s->layout.axes = s->axes;
    hw_record_lay_out(&s->layout);
    return HW_OK;
}

static hw_status read_points(hw_sweep_sample *s, hw_errors *errors) {
    s->good = hw_sweep_results_numbers(s->results, "replications_good", errors);
    s->failed = hw_sweep_results_numbers(s->results, "replications_failed", errors);
    s->horizon_day = hw_sweep_results_numbers(s->results, "horizon_day", errors);
    return s->good != NULL && s->failed != NULL && s->horizon_day != NULL ? HW_OK : HW_ERROR_IO;
}

static void read_dates(hw_sweep_sample *s) {
    uint64_t count = 0;
    double *days = hw_sweep_results_axis_numbers(s->results, "by_date", &count);
    s->by = hw_take(count, sizeof *s->by);
    s->by_count = (uint32_t)count;
    for (uint64_t d = 0; d < count; d++) {
        s->by[d] = s->start + (int64_t)floor(days[d]);
    }
    free(days);
}

static hw_status read_spans(hw_sweep_sample *s, hw_errors *errors) {
    bool good = true;
    s->spans = hw_take(s->case_count, sizeof *s->spans);
    for (uint64_t c = 0; c < s->case_count && good; c++) {
        s->spans[c].layout = &s->layout;
        good = hw_outcomes_read_scenario(&s->spans[c], s->case_rows != NULL ? s->case_rows[c] : NULL,
                                         s->resolved[c], errors);
    }
    s->start = s->spans[0].start;
    return good ? HW_OK : HW_ERROR_IO;
}

hw_status hw_sweep_sample_open(hw_sweep_sample *sample, const char *path, const hw_sweep_results *results,
                               hw_errors *errors) {
    *sample = (hw_sweep_sample){.path = path, .results = results, .about = hw_sweep_results_about(results)};
    sample->kept = hw_sweep_results_find(results, "good") != NULL;
    sample->keys = hw_take(sample->about->replications, sizeof *sample->keys);
    for (uint64_t r = 0; r < sample->about->replications; r++) {
        sample->keys[r] = r;
    }
    hw_status status = hw_factor_values_read(&sample->factors, results, UINT32_MAX, errors);
    if (status == HW_OK) {
        status = read_cases(sample, errors);
    }
    if (status == HW_OK) {
        status = read_layout(sample, errors);
    }
    if (status == HW_OK) {
        status = read_points(sample, errors);
    }
    if (status == HW_OK) {
        status = read_spans(sample, errors);
    }
    if (status != HW_OK) {
        return status;
    }
    read_design(sample);
    read_dates(sample);
    return HW_OK;
}

void hw_sweep_sample_close(hw_sweep_sample *s) {
    uint64_t points = s->about != NULL ? s->about->points : 0;
    for (uint32_t f = 0; f < s->factors.count; f++) {
        for (uint32_t i = 0; s->paths != NULL && i < s->paths[f].count; i++) {
            free(s->paths[f].items[i]);
        }
        free(s->paths != NULL ? s->paths[f].items : NULL);
    }
    hw_factor_values_free(&s->factors);
    for (uint32_t a = 0; a < s->layout.axis_count; a++) {
        hw_sweep_results_free_texts((char **)s->axes[a].labels, s->axes[a].length);
        free((double *)s->axes[a].values);
        free((char *)s->axes[a].units);
    }
    for (uint64_t c = 0; s->spans != NULL && c < s->case_count; c++) {
        hw_outcomes_free_scenario(&s->spans[c]);
    }
    free(s->spans);
    for (uint32_t b = 0; b < s->block_count; b++) {
        free(s->blocks[b].name);
        free(s->blocks[b].numbers);
    }
    hw_sweep_results_free_texts(s->scenario, points);
    hw_sweep_results_free_texts(s->cases, s->case_count);
    hw_sweep_results_free_texts(s->resolved, s->case_count);
    hw_sweep_results_free_texts(s->case_rows, s->case_count);
    free(s->paths);
    free(s->good);
    free(s->failed);
    free(s->horizon_day);
    free(s->layout.variables);
    free(s->axes);
    free(s->by);
    free(s->keys);
    free(s->blocks);
    *s = (hw_sweep_sample){0};
}

/* ---- Names and values ---- */

const char *hw_sweep_sample_units(const hw_sweep_factor_info *factor) {
    bool any = !factor->text && factor->units != NULL && strcmp(factor->units, "1") != 0;
    return any ? factor->units : "";
}

bool hw_sweep_sample_is_date(const hw_sweep_factor_info *factor) {
    return strncmp(hw_sweep_sample_units(factor), "days since ", 11) == 0;
}

/* To four digits, as a person wants to read it: "12.35", "120000" rather than "1.2e+05". */
static char *short_number(double number) {
    char digits[32];
    snprintf(digits, sizeof digits, "%.4g", number);
    return hw_take_text("%.15g", strtod(digits, NULL));
}

static char *value_text(const hw_sweep_sample *s, uint32_t factor, uint64_t point, bool is_short) {
    if (s->factors.words[factor] != NULL) {
        return hw_take_text("%s", s->factors.words[factor][point]);
    }
    char date[16];
    double number = s->factors.numbers[factor][point];
    if (hw_sweep_sample_is_date(&s->factors.info[factor]) && isfinite(number)) {
        return hw_take_text("%s", hw_date_print((int64_t)floor(number), date));
    }
    return is_short ? short_number(number) : hw_take_text("%.10g", number);
}

char *hw_sweep_sample_value(const hw_sweep_sample *sample, uint32_t factor, uint64_t point) {
    return value_text(sample, factor, point, false);
}

bool hw_sweep_sample_same(const hw_sweep_sample *sample, uint64_t point, uint32_t factor,
                          const hw_sweep_sample *other, uint64_t other_point, uint32_t other_factor) {
    const char *const *words = (const char *const *)sample->factors.words[factor];
    const char *const *other_words = (const char *const *)other->factors.words[other_factor];
    if (words != NULL && other_words != NULL) {
        return strcmp(words[point], other_words[other_point]) == 0;
    }
    return words == NULL && other_words == NULL &&
           sample->factors.numbers[factor][point] == other->factors.numbers[other_factor][other_point];
}

static char *append(char *text, const char *more) {
    char *longer = hw_take_text("%s%s", text, more);
    free(text);
    return longer;
}

char *hw_sweep_sample_name(const hw_sweep_sample *s, uint64_t point, uint64_t base) {
    enum { MOST_NAMED = 4 };
    char *name = hw_take_text("%llu", (unsigned long long)point);
    const char *comma = ": ";
    if (s->case_count > 1) {
        char *part = hw_take_text("%s%s", comma, s->scenario[point]);
        name = append(name, part);
        free(part);
        comma = ", ";
    }
    uint32_t named = 0, left = 0;
    for (uint32_t f = 0; f < s->factors.count; f++) {
        bool told = s->factors.count <= MOST_NAMED || !hw_sweep_sample_same(s, point, f, s, base, f);
        left += told && named == MOST_NAMED;
        if (!told || named == MOST_NAMED) {
            continue;
        }
        char *value = value_text(s, f, point, true);
        const char *units =
            hw_sweep_sample_is_date(&s->factors.info[f]) ? "" : hw_sweep_sample_units(&s->factors.info[f]);
        char *part =
            hw_take_text("%s%s=%s%s%s", comma, s->factors.info[f].name, value, *units ? " " : "", units);
        name = append(name, part);
        free(part);
        free(value);
        comma = ", ";
        named++;
    }
    if (left > 0) {
        char *part = hw_take_text(" and %u more", left);
        name = append(name, part);
        free(part);
    }
    return name;
}
