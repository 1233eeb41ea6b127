/* The numbers of a page as compact JSON: tables as the summary has them, without repeating the columns' names
 * in each row; and what only charts need, month by month. */
#include "analysis/base/memory.h"
#include "analysis/base/packed.h"
#include "analysis/page/parts.h"
#include "analysis/results/learnt.h"
#include "analysis/results/reading.h"
#include "analysis/results/value_tree.h"
#include "analysis/summary/summary.h"
#include "sim/date.h"
#include "sim/length.h"
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The sheets of the summary that the page shows. */
static const char *const page_sheets[] = {"place_facts",
                                          "place_release",
                                          "place_delay",
                                          "place_first_return",
                                          "district_completion",
                                          "people_back",
                                          "money_by_stream",
                                          "spending_by_purpose",
                                          "casualties",
                                          "casualties_by_year",
                                          "spending_by_stream",
                                          "spending_by_purpose_and_year",
                                          "unspent",
                                          "unspent_by_year",
                                          "land_by_year",
                                          "all_districts",
                                          "ledgers",
                                          NULL};

typedef struct page_months {
    const hw_axis *axis;
    int64_t *last; /* last day of each, since 1970-01-01 */
} page_months;

static json_t *day_text(int64_t day) {
    char date[16];
    return hw_json_text(hw_date_print(day, date));
}

static json_t *labels_of(const hw_axis *axis) {
    json_t *labels = hw_json_array();
    for (uint32_t i = 0; i < axis->length; i++) {
        hw_json_append(labels, hw_json_text(axis->labels[i]));
    }
    return labels;
}

/* ---- what was run */

static void put_learnt(json_t *page, const hw_learnt *learnt) {
    if (learnt->weights == NULL) {
        return;
    }
    json_t *told = hw_json_object();
    hw_json_put(told, "as_of", day_text(learnt->as_of));
    hw_json_put(told, "facts", hw_json_count(learnt->facts));
    hw_json_put(told, "power", hw_json_number(learnt->power));
    hw_json_put(told, "effective", hw_json_number(learnt->effective));
    hw_json_put(page, "learnt", told);
}

/* Streams that pay no mine action, but what is built after it. */
static json_t *reconstruction_of(const hw_outcomes *outcomes) {
    json_t *names = hw_json_array();
    hw_value_tree values;
    hw_value_tree_read(&values, outcomes->rows != NULL ? outcomes->rows : "");
    const hw_value_tree *streams = hw_value_tree_child(&values, "streams");
    for (uint32_t i = 0; streams != NULL && i < streams->count; i++) {
        const char *pays = hw_value_tree_text(&streams->items[i], "pays");
        if (pays != NULL && strcmp(pays, "reconstruction") == 0) {
            hw_json_append(names, hw_json_text(streams->items[i].name));
        }
    }
    hw_value_tree_free(&values);
    return names;
}

static void put_about(json_t *page, const hw_page_result *result) {
    const hw_outcomes *outcomes = result->outcomes;
    hw_json_put(page, "file", hw_json_text(result->file));
    hw_json_put(page, "name", hw_json_text(result->name));
    hw_json_put(page, "title", hw_json_text(outcomes->title));
    hw_json_put(page, "model", hw_json_text(outcomes->model));
    hw_json_put(page, "version", hw_json_text(outcomes->version));
    hw_json_put(page, "digest", hw_json_text(outcomes->digest));
    /* As text: 64 bits do not fit into a number of JSON. */
    char *seed = hw_take_text("%" PRIu64, outcomes->seed);
    hw_json_put(page, "seed", hw_json_text(seed));
    free(seed);
    hw_json_put(page, "asked", hw_json_count(outcomes->asked));
    hw_json_put(page, "count", hw_json_count(outcomes->count));
    hw_json_put(page, "failed", hw_json_count(outcomes->failed_count));
    hw_json_put(page, "complete", json_boolean(outcomes->complete));
    hw_json_put(page, "start", day_text(outcomes->start));
    hw_json_put(page, "horizon", day_text(outcomes->horizon));
    if (!hw_money_is_usd(outcomes)) {
        hw_json_put(page, "money", hw_json_text(hw_money_name(outcomes)));
    }
    hw_json_put(page, "reconstruction", reconstruction_of(outcomes));
    int64_t as_of;
    if (hw_outcomes_as_of(outcomes, &as_of)) {
        hw_json_put(page, "as_of", day_text(as_of));
    }
    if (outcomes->given_count > 0) {
        json_t *given = hw_json_array();
        for (uint32_t i = 0; i < outcomes->given_count; i++) {
            hw_json_append(given, hw_json_text(outcomes->given[i]));
        }
        hw_json_put(page, "given", given);
        hw_json_put(page, "left_out", hw_json_count(outcomes->left_out));
    }
    put_learnt(page, &outcomes->learnt);
}

/* Hundreds of kilobytes that few ask for. */
static json_t *packed_scenario(const hw_outcomes *outcomes) {
    char *letters = hw_packed_letters(outcomes->resolved);
    json_t *text = hw_json_text(letters);
    free(letters);
    return text;
}

static void put_places(json_t *page, const hw_outcomes *outcomes, const hw_axis *places) {
    json_t *district_of = hw_json_array(), *lived_in = hw_json_array();
    for (uint32_t i = 0; places != NULL && i < places->length; i++) {
        uint32_t district = outcomes->district_of != NULL ? outcomes->district_of[i] : UINT32_MAX;
        hw_json_append(district_of, district != UINT32_MAX ? hw_json_count(district) : json_null());
        hw_json_append(lived_in, hw_json_count(!(outcomes->empty != NULL && outcomes->empty[i])));
    }
    hw_json_put(page, "places", places != NULL ? labels_of(places) : hw_json_array());
    hw_json_put(page, "district_of", district_of);
    hw_json_put(page, "lived_in", lived_in);
}

/* ---- how many replications got there by the end of each month */

/* Shares are told once each: rows hold the key of their share, which is how many replications they are, or of
 * weighted ones how many millionths. */
typedef struct told_shares {
    uint64_t of;
    bool *used; /* of + 1 keys */
} told_shares;

static uint64_t key_of(const told_shares *told, const hw_probability *p) {
    return (uint64_t)llround(p->value * (double)told->of);
}

static json_t *rows_of(const hw_reading *reading, const page_months *months, const told_shares *told) {
    int64_t start = reading->outcomes->start;
    json_t *rows = hw_json_array();
    for (size_t i = 0; i < reading->variable->count; i++) {
        json_t *row = hw_json_array();
        for (uint32_t m = 0; m < months->axis->length; m++) {
            hw_probability p = hw_reading_until(reading, i, (double)(months->last[m] - start));
            uint64_t key = key_of(told, &p);
            hw_json_append(row, hw_json_count(key));
            told->used[key] = true;
        }
        hw_json_append(rows, row);
    }
    return rows;
}

/* One row of keys for each name. */
static hw_status put_counts(json_t *page, const hw_outcomes *outcomes, const page_months *months,
                            const char *name, const told_shares *told, hw_errors *errors) {
    const hw_variable *variable = hw_record_find(outcomes->layout, name);
    hw_reading reading;
    if (variable == NULL || variable->rank != 1 || variable->count == 0) {
        return HW_OK;
    }
    if (!hw_reading_open(&reading, outcomes, name, errors)) {
        return HW_ERROR_IO;
    }
    hw_json_put(page, name, rows_of(&reading, months, told));
    hw_reading_close(&reading);
    return HW_OK;
}

/* Of results of land alone also those in which all districts got there. */
static hw_status put_counts_of_all(json_t *page, const hw_outcomes *outcomes, const page_months *months,
                                   const told_shares *told, hw_errors *errors) {
    hw_reading reading;
    hw_variable last;
    if (!hw_outcomes_of_land_alone(outcomes) || outcomes->tallies != NULL) {
        return HW_OK;
    }
    if (!hw_reading_open_last(&reading, &last, outcomes, "district_completion_day", errors)) {
        return HW_ERROR_IO;
    }
    hw_json_put(page, "all_districts", rows_of(&reading, months, told));
    hw_reading_close(&reading);
    return HW_OK;
}

/* What each key means: [probability, low, high, error] in percent. */
static json_t *shares_of(const hw_outcomes *outcomes, const told_shares *told) {
    json_t *shares = hw_json_object();
    for (uint64_t happened = 0; happened <= told->of; happened++) {
        if (!told->used[happened]) {
            continue;
        }
        hw_probability p = hw_outcomes_share(outcomes, happened, (double)happened / (double)told->of);
        const double percent[] = {100 * p.value, 100 * p.low, 100 * p.high, 100 * p.error};
        char key[24];
        snprintf(key, sizeof key, "%" PRIu64, happened);
        hw_json_put(shares, key, hw_json_numbers(percent, HW_LENGTH(percent)));
    }
    return shares;
}

static hw_status put_probabilities(json_t *page, const hw_outcomes *outcomes, const page_months *months,
                                   hw_errors *errors) {
    enum { MILLION = 1000000 };
    static const char *const names[] = {"place_release_day", "place_first_return_day",
                                        "district_completion_day"};
    told_shares told = {.of = outcomes->learnt.weights != NULL ? MILLION : outcomes->count};
    told.used = hw_take(told.of + 1, sizeof *told.used);
    json_t *counts = hw_json_object();
    hw_status status = HW_OK;
    for (size_t i = 0; i < HW_LENGTH(names) && status == HW_OK; i++) {
        status = put_counts(counts, outcomes, months, names[i], &told, errors);
    }
    if (status == HW_OK) {
        status = put_counts_of_all(counts, outcomes, months, &told, errors);
    }
    hw_json_put(counts, "of", hw_json_count(told.of));
    hw_json_put(page, "counts", counts);
    hw_json_put(page, "shares", shares_of(outcomes, &told));
    free(told.used);
    return status;
}

/* ---- amounts by month */

typedef struct page_series {
    const char *variable;
    double scale;
} page_series;

/* Six significant digits are enough for a chart. */
static double rounded(double number) {
    enum { DIGITS = 6 };
    if (number == 0 || !isfinite(number)) {
        return number;
    }
    double decimals = DIGITS - 1 - floor(log10(fabs(number)));
    double tens = pow(10, fabs(decimals));
    return decimals >= 0 ? rint(number * tens) / tens : rint(number / tens) * tens;
}

static json_t *quantiles_of(hw_reading *reading, size_t first, size_t step, uint32_t months, double scale) {
    json_t *rows = hw_json_array();
    for (uint32_t m = 0; m < months; m++) {
        hw_spread spread = hw_reading_spread(reading, first + m * step, scale);
        const double quantiles[] = {rounded(spread.p10.value), rounded(spread.p50.value),
                                    rounded(spread.p90.value)};
        hw_json_append(rows, hw_json_numbers(quantiles, HW_LENGTH(quantiles)));
    }
    return rows;
}

/* A variable along months, alone or with names: {"name": [[P10, P50, P90] of each month], …}. */
static hw_status put_one_series(json_t *page, const hw_outcomes *outcomes, const page_months *months,
                                const page_series *series, hw_errors *errors) {
    const hw_record_layout *layout = outcomes->layout;
    const hw_variable *variable = hw_record_find(layout, series->variable);
    if (variable == NULL || variable->rank < 1 || variable->rank > 2 ||
        &layout->axes[variable->axis[0]] != months->axis) {
        return HW_OK;
    }
    const hw_axis *names = variable->rank == 2 ? &layout->axes[variable->axis[1]] : NULL;
    hw_reading reading;
    if (!hw_reading_open(&reading, outcomes, series->variable, errors)) {
        return HW_ERROR_IO;
    }
    size_t step = names != NULL ? names->length : 1;
    json_t *of_names = hw_json_object();
    for (size_t i = 0; i < step; i++) {
        hw_json_put(of_names, names != NULL && names->labels != NULL ? names->labels[i] : "all",
                    quantiles_of(&reading, i, step, months->axis->length, series->scale));
    }
    hw_json_put(page, series->variable, of_names);
    hw_reading_close(&reading);
    return HW_OK;
}

static hw_status put_series(json_t *page, const hw_outcomes *outcomes, const page_months *months,
                            hw_errors *errors) {
    static const page_series all[] = {{"ledger_m2", 1e-4}, {"people_back", 1}, {"victims", 1}};
    json_t *series = hw_json_object();
    hw_status status = HW_OK;
    for (size_t i = 0; i < HW_LENGTH(all) && status == HW_OK; i++) {
        status = put_one_series(series, outcomes, months, &all[i], errors);
    }
    hw_json_put(page, "series", series);
    return status;
}

/* ---- tables */

static json_t *columns_of(const hw_sheet *sheet) {
    json_t *columns = hw_json_array();
    for (uint32_t i = 0; i < sheet->column_count; i++) {
        const hw_column *column = &sheet->columns[i];
        json_t *facts = hw_json_array();
        hw_json_append(facts, hw_json_text(column->name));
        hw_json_append(facts, hw_json_text(column->units));
        hw_json_append(facts, hw_json_count(column->decimals));
        hw_json_append(columns, facts);
    }
    return columns;
}

void hw_page_put_sheet(json_t *tables, const hw_sheet *sheet) {
    json_t *table = hw_json_object(), *rows = hw_json_array();
    for (size_t r = 0; r < sheet->row_count; r++) {
        json_t *row = hw_json_array();
        for (uint32_t i = 0; i < sheet->column_count; i++) {
            hw_json_append(row, hw_cell_json(hw_sheet_cell(sheet, r, i)));
        }
        hw_json_append(rows, row);
    }
    hw_json_put(table, "title", hw_json_text(sheet->title));
    hw_json_put(table, "note", hw_json_text(sheet->note));
    hw_json_put(table, "columns", columns_of(sheet));
    hw_json_put(table, "rows", rows);
    hw_json_put(tables, sheet->name, table);
}

static hw_status put_tables(json_t *page, const hw_outcomes *outcomes, hw_errors *errors) {
    hw_book book = {0};
    const hw_summary_wish wish = {.only = page_sheets};
    hw_status status = hw_summary_build(&book, outcomes, &wish, errors);
    json_t *tables = hw_json_object();
    for (uint32_t i = 0; i < book.count && status == HW_OK; i++) {
        hw_page_put_sheet(tables, &book.sheets[i]);
    }
    hw_json_put(page, "tables", tables);
    hw_book_free(&book);
    return status;
}

/* ---- all of it */

static hw_status put_by_month(json_t *page, const hw_outcomes *outcomes, hw_errors *errors) {
    page_months months = {.axis = hw_outcomes_axis(outcomes, "month")};
    months.last = hw_take(months.axis->length, sizeof *months.last);
    json_t *dates = hw_json_array();
    for (uint32_t m = 0; m < months.axis->length; m++) {
        months.last[m] = hw_outcomes_last_day(outcomes, months.axis->values[m]);
        hw_json_append(dates, day_text(months.last[m]));
    }
    hw_json_put(page, "months", dates);
    hw_status status = put_probabilities(page, outcomes, &months, errors);
    if (status == HW_OK) {
        status = put_series(page, outcomes, &months, errors);
    }
    free(months.last);
    return status;
}

static hw_status put_result(json_t *page, const hw_page_result *result, hw_errors *errors) {
    const hw_outcomes *outcomes = result->outcomes;
    const hw_axis *places = hw_outcomes_axis(outcomes, "place"),
                  *months = hw_outcomes_axis(outcomes, "month");
    const hw_axis *districts = hw_outcomes_axis(outcomes, "district");
    bool fits = districts != NULL && districts->labels != NULL && months != NULL && months->values != NULL &&
                months->length > 0 && hw_record_find(outcomes->layout, "district_completion_day") != NULL &&
                (places == NULL || places->length == 0 || places->labels != NULL);
    if (!fits) {
        hw_errors_say(errors,
                      "%s: results of the model %s have no districts and months that a page could show",
                      result->file, outcomes->model);
        return HW_ERROR_IO;
    }
    put_about(page, result);
    hw_json_put(page, "districts", labels_of(districts));
    put_places(page, outcomes, places);
    hw_status status = put_by_month(page, outcomes, errors);
    return status == HW_OK ? put_tables(page, outcomes, errors) : status;
}

json_t *hw_page_result_data(const hw_page_result *result, hw_status *status, hw_errors *errors) {
    json_t *data = hw_json_object();
    *status = put_result(data, result, errors);
    return data;
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

json_t *hw_page_data(const hw_page_wish *wish, hw_status *status, hw_errors *errors) {
    json_t *page = hw_json_object(), *results = hw_json_array();
    *status = check_date(wish, errors);
    hw_json_put(page, "format", hw_json_count(1));
    hw_json_put(page, "language", hw_json_text(wish->language));
    if (wish->by != NULL) {
        hw_json_put(page, "by", day_text(*wish->by));
    }
    for (uint32_t i = 0; i < wish->result_count && *status == HW_OK; i++) {
        const hw_page_result *one = &wish->results[i];
        json_t *result =
            one->data != NULL ? json_incref(one->data) : hw_page_result_data(one, status, errors);
        if (!wish->without_scenarios) {
            hw_json_put(result, "scenario", packed_scenario(one->outcomes));
        }
        hw_json_append(results, result);
    }
    hw_json_put(page, "results", results);
    if (wish->place != NULL) {
        const char *colon = strchr(wish->place, ':');
        hw_json_put(page, "place", hw_json_text(colon != NULL ? colon + 1 : wish->place));
    }
    if (wish->map != NULL) {
        hw_json_put(page, "map", json_incref(wish->map));
    }
    if (*status == HW_OK) {
        *status = hw_page_comparison(page, wish, errors);
    }
    if (*status == HW_OK) {
        *status = hw_page_influences(page, wish, errors);
    }
    hw_page_put_scores(page, wish);
    hw_page_put_answers(page, wish);
    return page;
}
