/* The numbers of a page as compact JSON: tables as the summary has them, without repeating the columns' names
 * in each row; and what only charts need, month by month. */
#include "analysis/base/memory.h"
#include "analysis/figures/estimate.h"
#include "analysis/page/parts.h"
#include "analysis/summary/summary.h"
#include "sim/date.h"
#include "sim/length.h"
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The sheets of the summary that the page shows. */
static const char *const page_sheets[] = {"place_release",
                                          "place_delay",
                                          "place_first_return",
                                          "district_completion",
                                          "people_back",
                                          "people_employed",
                                          "money_by_stream",
                                          "spending_by_purpose",
                                          "casualties",
                                          "casualties_by_year",
                                          "spending_by_stream",
                                          "spending_by_purpose_and_year",
                                          "area",
                                          "ledgers",
                                          "failed_replications",
                                          "items_found",
                                          NULL};

typedef struct page_months {
    const hw_axis *axis;
    int64_t *last; /* last day of each, since 1970-01-01 */
} page_months;

static void write_key(FILE *out, const char *name) {
    hw_json_write(out, hw_json_text(name));
    fputc(':', out);
}

static void write_text(FILE *out, const char *name, const char *text) {
    write_key(out, name);
    if (text != NULL) {
        hw_json_write(out, hw_json_text(text));
    } else {
        fputs("null", out);
    }
    fputc(',', out);
}

static void write_day(FILE *out, const char *name, int64_t day) {
    char date[16];
    write_text(out, name, hw_date_print(day, date));
}

static void write_labels(FILE *out, const char *name, const hw_axis *axis) {
    write_key(out, name);
    for (uint32_t i = 0; i < axis->length; i++) {
        fputc(i ? ',' : '[', out);
        hw_json_write(out, hw_json_text(axis->labels[i]));
    }
    fputs(axis->length ? "]," : "[],", out);
}

/* ---- what was run */

static void write_about(FILE *out, const hw_page_result *result) {
    const hw_outcomes *outcomes = result->outcomes;
    write_text(out, "file", result->file);
    write_text(out, "name", result->name);
    write_text(out, "title", outcomes->title);
    write_text(out, "model", outcomes->model);
    write_text(out, "version", outcomes->version);
    write_text(out, "digest", outcomes->digest);
    /* As text: 64 bits do not fit into a number of JSON. */
    fprintf(out,
            "\"seed\":\"%" PRIu64 "\",\"asked\":%" PRIu64 ",\"count\":%" PRIu64 ",\"failed\":%" PRIu64 ",",
            outcomes->seed, outcomes->asked, outcomes->count, outcomes->failed_count);
    fprintf(out, "\"complete\":%s,", outcomes->complete ? "true" : "false");
    write_day(out, "start", outcomes->start);
    write_day(out, "horizon", outcomes->horizon);
    write_text(out, "scenario", outcomes->resolved);
}

static void write_places(FILE *out, const hw_outcomes *outcomes, const hw_axis *places) {
    write_labels(out, "places", places);
    fputs("\"district_of\":[", out);
    for (uint32_t i = 0; i < places->length; i++) {
        uint32_t district = outcomes->district_of != NULL ? outcomes->district_of[i] : UINT32_MAX;
        fputs(i ? "," : "", out);
        if (district == UINT32_MAX) {
            fputs("null", out);
        } else {
            fprintf(out, "%" PRIu32, district);
        }
    }
    fputs("],\"lived_in\":[", out);
    for (uint32_t i = 0; i < places->length; i++) {
        fprintf(out, "%s%d", i ? "," : "", !(outcomes->empty != NULL && outcomes->empty[i]));
    }
    fputs("],", out);
}

/* ---- how many replications got there by the end of each month */

/* The first month whose last day is not before the day; the number of months when none is. */
static uint32_t month_of(const page_months *months, int64_t day) {
    uint32_t low = 0, high = months->axis->length;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (months->last[middle] < day) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static void count_by_month(const hw_outcomes *outcomes, const page_months *months, const double *values,
                           size_t elements, size_t element, uint64_t *counts) {
    memset(counts, 0, months->axis->length * sizeof *counts);
    for (uint64_t r = 0; r < outcomes->count; r++) {
        double day = values[r * elements + element];
        uint32_t month =
            isnan(day) ? months->axis->length : month_of(months, outcomes->start + (int64_t)floor(day));
        if (month < months->axis->length) {
            counts[month]++;
        }
    }
    for (uint32_t m = 1; m < months->axis->length; m++) {
        counts[m] += counts[m - 1];
    }
}

/* One row of counts for each name; marks in `used` which counts occur. */
static hw_status write_counts(FILE *out, const hw_outcomes *outcomes, const page_months *months,
                              const char *name, bool *used, hw_errors *errors) {
    const hw_variable *variable = hw_record_find(outcomes->layout, name);
    if (variable == NULL || variable->rank != 1) {
        return HW_OK;
    }
    double *values = outcomes->read(outcomes->source, name, errors);
    if (values == NULL) {
        return HW_ERROR_IO;
    }
    uint64_t *counts = hw_take(months->axis->length, sizeof *counts);
    write_key(out, name);
    for (size_t i = 0; i < variable->count; i++) {
        count_by_month(outcomes, months, values, variable->count, i, counts);
        fputs(i ? ",[" : "[[", out);
        for (uint32_t m = 0; m < months->axis->length; m++) {
            fprintf(out, "%s%" PRIu64, m ? "," : "", counts[m]);
            used[counts[m]] = true;
        }
        fputc(']', out);
    }
    fputs(variable->count ? "]," : "[],", out);
    free(counts);
    free(values);
    return HW_OK;
}

/* What each count means: [probability, low, high, error] in percent. */
static void write_shares(FILE *out, uint64_t count, const bool *used) {
    const char *comma = "";
    fputs("\"shares\":{", out);
    for (uint64_t happened = 0; happened <= count; happened++) {
        if (!used[happened]) {
            continue;
        }
        hw_probability p = hw_estimate_probability(happened, count);
        fprintf(out, "%s\"%" PRIu64 "\":[%.10g,%.10g,%.10g,%.10g]", comma, happened, 100 * p.value,
                100 * p.low, 100 * p.high, 100 * p.error);
        comma = ",";
    }
    fputs("},", out);
}

static hw_status write_probabilities(FILE *out, const hw_outcomes *outcomes, const page_months *months,
                                     hw_errors *errors) {
    static const char *const names[] = {"place_release_day", "place_first_return_day",
                                        "district_completion_day"};
    bool *used = hw_take(outcomes->count + 1, sizeof *used);
    hw_status status = HW_OK;
    fputs("\"counts\":{", out);
    for (size_t i = 0; i < HW_LENGTH(names) && status == HW_OK; i++) {
        status = write_counts(out, outcomes, months, names[i], used, errors);
    }
    fputs("\"of\":", out);
    fprintf(out, "%" PRIu64 "},", outcomes->count);
    write_shares(out, outcomes->count, used);
    free(used);
    return status;
}

/* ---- amounts by month */

typedef struct page_series {
    const char *variable;
    double scale;
} page_series;

static void write_quantiles(FILE *out, const hw_outcomes *outcomes, const double *values, size_t elements,
                            size_t first, size_t step, uint32_t months, double scale) {
    double *sample = hw_take(outcomes->count, sizeof *sample);
    fputc('[', out);
    for (uint32_t m = 0; m < months; m++) {
        for (uint64_t r = 0; r < outcomes->count; r++) {
            sample[r] = scale * values[r * elements + first + m * step];
        }
        hw_spread spread = hw_estimate_spread(sample, outcomes->count);
        fprintf(out, "%s[%.6g,%.6g,%.6g]", m ? "," : "", spread.p10.value, spread.p50.value,
                spread.p90.value);
    }
    fputc(']', out);
    free(sample);
}

/* A variable along months, alone or with names: {"name": [[P10, P50, P90] of each month], …}. */
static hw_status write_one_series(FILE *out, const hw_outcomes *outcomes, const page_months *months,
                                  const page_series *series, hw_errors *errors) {
    const hw_record_layout *layout = outcomes->layout;
    const hw_variable *variable = hw_record_find(layout, series->variable);
    if (variable == NULL || variable->rank < 1 || variable->rank > 2 ||
        &layout->axes[variable->axis[0]] != months->axis) {
        return HW_OK;
    }
    const hw_axis *names = variable->rank == 2 ? &layout->axes[variable->axis[1]] : NULL;
    double *values = outcomes->read(outcomes->source, series->variable, errors);
    if (values == NULL) {
        return HW_ERROR_IO;
    }
    size_t step = names != NULL ? names->length : 1;
    write_key(out, series->variable);
    for (size_t i = 0; i < step; i++) {
        fputc(i ? ',' : '{', out);
        write_key(out, names != NULL && names->labels != NULL ? names->labels[i] : "all");
        write_quantiles(out, outcomes, values, variable->count, i, step, months->axis->length, series->scale);
    }
    fputs("},", out);
    free(values);
    return HW_OK;
}

static hw_status write_series(FILE *out, const hw_outcomes *outcomes, const page_months *months,
                              hw_errors *errors) {
    static const page_series all[] = {{"ledger_m2", 1e-4}, {"people_back", 1}, {"victims", 1}};
    hw_status status = HW_OK;
    fputs("\"series\":{", out);
    for (size_t i = 0; i < HW_LENGTH(all) && status == HW_OK; i++) {
        status = write_one_series(out, outcomes, months, &all[i], errors);
    }
    fputs("\"format\":1},", out);
    return status;
}

/* ---- tables */

static void write_columns(FILE *out, const hw_sheet *sheet) {
    fputs("\"columns\":[", out);
    for (uint32_t i = 0; i < sheet->column_count; i++) {
        const hw_column *column = &sheet->columns[i];
        fputs(i ? ",[" : "[", out);
        hw_json_write(out, hw_json_text(column->name));
        fputc(',', out);
        if (column->units != NULL) {
            hw_json_write(out, hw_json_text(column->units));
        } else {
            fputs("null", out);
        }
        fprintf(out, ",%" PRIu32 "]", column->decimals);
    }
    fputs("],", out);
}

void hw_page_sheet(FILE *out, const hw_sheet *sheet) {
    write_key(out, sheet->name);
    fputc('{', out);
    write_text(out, "title", sheet->title);
    write_text(out, "note", sheet->note);
    write_columns(out, sheet);
    fputs("\"rows\":[", out);
    for (size_t row = 0; row < sheet->row_count; row++) {
        fputs(row ? ",[" : "[", out);
        for (uint32_t i = 0; i < sheet->column_count; i++) {
            fputs(i ? "," : "", out);
            hw_json_write(out, hw_cell_json(hw_sheet_cell(sheet, row, i)));
        }
        fputc(']', out);
    }
    fputs("]}", out);
}

static hw_status write_tables(FILE *out, const hw_outcomes *outcomes, hw_errors *errors) {
    hw_book book = {0};
    const hw_summary_wish wish = {.only = page_sheets};
    hw_status status = hw_summary_build(&book, outcomes, &wish, errors);
    fputs("\"tables\":{", out);
    for (uint32_t i = 0; i < book.count && status == HW_OK; i++) {
        fputs(i ? "," : "", out);
        hw_page_sheet(out, &book.sheets[i]);
    }
    fputc('}', out);
    hw_book_free(&book);
    return status;
}

/* ---- all of it */

static hw_status write_by_month(FILE *out, const hw_outcomes *outcomes, hw_errors *errors) {
    page_months months = {.axis = hw_outcomes_axis(outcomes, "month")};
    months.last = hw_take(months.axis->length, sizeof *months.last);
    fputs("\"months\":[", out);
    for (uint32_t m = 0; m < months.axis->length; m++) {
        char date[16];
        months.last[m] = hw_outcomes_last_day(outcomes, months.axis->values[m]);
        fprintf(out, "%s\"%s\"", m ? "," : "", hw_date_print(months.last[m], date));
    }
    fputs("],", out);
    hw_status status = write_probabilities(out, outcomes, &months, errors);
    if (status == HW_OK) {
        status = write_series(out, outcomes, &months, errors);
    }
    free(months.last);
    return status;
}

static hw_status write_result(FILE *out, const hw_page_result *result, hw_errors *errors) {
    const hw_outcomes *outcomes = result->outcomes;
    const hw_axis *places = hw_outcomes_axis(outcomes, "place"),
                  *months = hw_outcomes_axis(outcomes, "month");
    const hw_axis *districts = hw_outcomes_axis(outcomes, "district");
    bool fits = places != NULL && places->labels != NULL && districts != NULL && districts->labels != NULL &&
                months != NULL && months->values != NULL && months->length > 0 &&
                hw_record_find(outcomes->layout, "place_release_day") != NULL;
    if (!fits) {
        hw_errors_say(
            errors, "%s: results of the model %s have no places, districts and months that a page could show",
            result->file, outcomes->model);
        return HW_ERROR_IO;
    }
    fputc('{', out);
    write_about(out, result);
    write_labels(out, "districts", districts);
    write_places(out, outcomes, places);
    hw_status status = write_by_month(out, outcomes, errors);
    if (status == HW_OK) {
        status = write_tables(out, outcomes, errors);
    }
    fputc('}', out);
    return status;
}

static hw_status check_date(const hw_page_wish *wish, hw_errors *errors) {
    const hw_outcomes *first = wish->results[0].outcomes;
    if (wish->by == NULL || (*wish->by >= first->start && *wish->by <= first->horizon)) {
        return HW_OK;
    }
    char asked[16], start[16], horizon[16];
    hw_errors_say(errors, "%s is outside of what was simulated: %s to %s", hw_date_print(*wish->by, asked),
                  hw_date_print(first->start, start), hw_date_print(first->horizon, horizon));
    return HW_ERROR_INPUT;
}

hw_status hw_page_data(FILE *out, const hw_page_wish *wish, hw_errors *errors) {
    hw_status status = check_date(wish, errors);
    fputs("{\"format\":1,", out);
    write_text(out, "language", wish->language);
    if (wish->by != NULL) {
        write_day(out, "by", *wish->by);
    }
    fputs("\"results\":[", out);
    for (uint32_t i = 0; i < wish->result_count && status == HW_OK; i++) {
        fputs(i ? ",\n" : "\n", out);
        status = write_result(out, &wish->results[i], errors);
    }
    fputc(']', out);
    if (status == HW_OK) {
        status = hw_page_comparison(out, wish, errors);
    }
    if (status == HW_OK) {
        status = hw_page_influences(out, wish, errors);
    }
    fputc('}', out);
    return status;
}
