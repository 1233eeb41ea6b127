/* The delay ledger of a place, over all replications and in one. */
#include "analysis/summary/explain.h"
#include "analysis/base/memory.h"
#include "analysis/base/name_fold.h"
#include "analysis/results/learnt.h"
#include "analysis/results/question.h"
#include "analysis/summary/parts.h"
#include "sim/date.h"
#include "sim/statistics.h"
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Rounding in sums and in variables held as float; a day that nobody was charged for is far above it. */
static const double tolerance_days = 0.05;

/* Everything about one place, gathered from the outcomes. */
typedef struct question {
    const hw_outcomes *outcomes;
    const char *place;
    uint32_t index; /* of the place */
    const hw_axis *causes, *steps;
    double *release;  /* a day for each replication, NaN: censored */
    double *delays;   /* replications x causes */
    double *step_day; /* replications x steps */
    double begun;     /* the day from which it is charged; NaN when nothing ever was */
    uint64_t median;  /* position of the replication that is shown */
    double gap;       /* largest difference between the sum of causes and the time that passed, days */
    uint64_t gap_key; /* the replication where it is */
} question;

/* Housing comes after the release: it is shown, but is no part of the time to it. */
static bool is_before_release(const hw_axis *causes, uint32_t cause) {
    return strcmp(causes->labels[cause], "housing") != 0;
}

typedef struct ordered_day {
    double day;
    uint64_t position;
} ordered_day;

static int compare_ordered(const void *left, const void *right) {
    const ordered_day *a = left, *b = right;
    if (a->day != b->day) {
        return a->day < b->day ? -1 : 1;
    }
    return (a->position > b->position) - (a->position < b->position);
}

/* Where half of the weight is reached, in that order. */
static uint64_t weighted_middle(const ordered_day *order, const double *weights, uint64_t count) {
    static const double rounding = 1e-9;
    double sum = 0;
    uint64_t at = 0;
    for (; at + 1 < count; at++) {
        sum += weights[order[at].position];
        if (sum >= 0.5 - rounding) {
            break;
        }
    }
    return at;
}

uint64_t hw_median_replication(const double *days, const double *weights, uint64_t count) {
    ordered_day *order = hw_take(count, sizeof *order);
    for (uint64_t i = 0; i < count; i++) {
        order[i] = (ordered_day){.day = isnan(days[i]) ? (double)INFINITY : days[i], .position = i};
    }
    qsort(order, count, sizeof *order, compare_ordered);
    uint64_t middle =
        weights != NULL ? weighted_middle(order, weights, count) : hw_quantile_position(count, 0.5);
    uint64_t median = order[middle].position;
    free(order);
    return median;
}

/* What belongs to one place of a variable [place, ...]: `width` numbers for each replication. NULL with an
 * error. */
static double *read_place(const question *q, const char *name, uint32_t *axis, size_t *width,
                          hw_errors *errors) {
    const hw_record_layout *layout = q->outcomes->layout;
    const hw_variable *variable = hw_record_find(layout, name);
    bool fits =
        variable != NULL && variable->rank >= 1 && strcmp(layout->axes[variable->axis[0]].name, "place") == 0;
    if (!fits) {
        hw_errors_say(errors, "the result file has no variable %s for each place: nothing to explain", name);
        return NULL;
    }
    double *all = q->outcomes->read(q->outcomes->source, name, errors);
    if (all == NULL) {
        return NULL;
    }
    *width = variable->count / layout->axes[variable->axis[0]].length;
    *axis = variable->rank > 1 ? variable->axis[1] : UINT32_MAX;
    double *mine = hw_take(q->outcomes->count * *width, sizeof *mine);
    for (uint64_t r = 0; r < q->outcomes->count; r++) {
        memcpy(mine + r * *width, all + r * variable->count + q->index * *width, *width * sizeof *mine);
    }
    free(all);
    return mine;
}

static const hw_axis *labelled(const question *q, uint32_t axis, size_t width, const char *name,
                               hw_errors *errors) {
    const hw_axis *axes = q->outcomes->layout->axes;
    if (axis != UINT32_MAX && axes[axis].labels != NULL && axes[axis].length == width) {
        return &axes[axis];
    }
    hw_errors_say(errors, "the variable %s of the result file is not one number for each name", name);
    return NULL;
}

static hw_status read_question(question *q, hw_errors *errors) {
    uint32_t axis;
    size_t width = 0;
    q->release = read_place(q, "place_release_day", &axis, &width, errors);
    if (q->release == NULL || width != 1) {
        return HW_ERROR_IO;
    }
    q->delays = read_place(q, "place_delay_days", &axis, &width, errors);
    q->causes = q->delays != NULL ? labelled(q, axis, width, "place_delay_days", errors) : NULL;
    if (q->causes == NULL) {
        return HW_ERROR_IO;
    }
    q->step_day = read_place(q, "place_step_day", &axis, &width, errors);
    q->steps = q->step_day != NULL ? labelled(q, axis, width, "place_step_day", errors) : NULL;
    return q->steps != NULL ? HW_OK : HW_ERROR_IO;
}

static void free_question(question *q) {
    free(q->release);
    free(q->delays);
    free(q->step_day);
}

static double time_to_release(const question *q, uint64_t r) {
    double sum = 0;
    for (uint32_t c = 0; c < q->causes->length; c++) {
        if (is_before_release(q->causes, c)) {
            sum += q->delays[r * q->causes->length + c];
        }
    }
    return sum;
}

/* A place's start is the same in all replications: release (or horizon) less the charged days must always
 * give it. */
static void check_sums(question *q) {
    double horizon = (double)(q->outcomes->horizon - q->outcomes->start) + 1; /* the end of its day */
    q->begun = (double)NAN;
    for (uint64_t r = 0; r < q->outcomes->count; r++) {
        double sum = time_to_release(q, r);
        double start = (isnan(q->release[r]) ? horizon : q->release[r]) - sum;
        if (sum <= 0) {
            continue; /* released before anybody asked for it: nothing was charged */
        }
        if (isnan(q->begun)) {
            q->begun = start;
        }
        if (fabs(start - q->begun) > q->gap) {
            q->gap = fabs(start - q->begun);
            q->gap_key = q->outcomes->keys[r];
        }
    }
}

/* "the 12 of 1000 replications", of weighted ones "the 1.3 % of the weight"; NULL for none. */
static char *censored_words(const question *q) {
    const double *weights = q->outcomes->learnt.weights;
    uint64_t censored = 0;
    double weight = 0;
    for (uint64_t r = 0; r < q->outcomes->count; r++) {
        censored += isnan(q->release[r]) ? 1 : 0;
        weight += isnan(q->release[r]) && weights != NULL ? weights[r] : 0;
    }
    if (censored == 0) {
        return NULL;
    }
    return weights != NULL
               ? hw_take_text("the replications (%.1f %% of the weight)", 100 * weight)
               : hw_take_text("the %" PRIu64 " of %" PRIu64 " replications", censored, q->outcomes->count);
}

static hw_view_column plain_column(const char *title, uint32_t value, uint32_t error) {
    return (hw_view_column){
        .title = title, .value = value, .error = error, .low = HW_NO_COLUMN, .high = HW_NO_COLUMN};
}

static char *delay_note(const question *q) {
    if (isnan(q->begun)) {
        return hw_take_text("The place is released before anybody waits for it: no day is charged.");
    }
    char start[16], horizon[16];
    hw_date_print(q->outcomes->start + (int64_t)floor(q->begun + tolerance_days), start);
    hw_date_print(q->outcomes->horizon, horizon);
    char *censored = censored_words(q);
    char *open = censored == NULL
                     ? hw_take_text("%s", "")
                     : hw_take_text(", or to %s in %s that do not release it by then", horizon, censored);
    free(censored);
    char *sums =
        q->gap <= tolerance_days
            ? hw_take_text("In all %" PRIu64 " replications they add up to it", q->outcomes->count)
            : hw_take_text("!!! They do NOT add up in all replications: %.2f days are missing in %" PRIu64,
                           q->gap, q->gap_key);
    char *note = hw_take_text(
        "Each day from %s to the release%s is charged to one cause. %s. Housing is counted from the "
        "release to the first return and has no share.",
        start, open, sums);
    free(open);
    free(sums);
    return note;
}

/* The values of one element over all replications. */
static void gather(const double *values, uint64_t count, size_t elements, size_t element, double *sample) {
    for (uint64_t r = 0; r < count; r++) {
        sample[r] = values[r * elements + element];
    }
}

static void add_delay(hw_book *book, const question *q) {
    char *title = hw_take_text("What holds %s back: days by cause", q->place);
    hw_sheet *sheet = hw_book_add(book, "delay", title);
    free(title);
    sheet->note = delay_note(q);
    hw_sheet_add_column(sheet, "cause", NULL, 0);
    uint32_t first = hw_summary_add_quantile_columns(sheet, "days", "days", 0);
    uint32_t mean = hw_sheet_add_column(sheet, "mean", "days", 0);
    hw_sheet_add_column(sheet, "mean_error", "days", 0);
    uint32_t share = hw_sheet_add_column(sheet, "share", "%", 1);
    sheet->view = (hw_view){.label_title = "cause", .label = 0, .across = HW_NO_COLUMN, .column_count = 5};
    static const char *const titles[3] = {"P10 ±days", "P50 ±days", "P90 ±days"};
    sheet->view.columns[0] = plain_column("mean ±days", mean, mean + 1);
    for (uint32_t i = 0; i < 3; i++) {
        sheet->view.columns[i + 1] =
            plain_column(titles[i], first + i * HW_QUANTILE_COLUMNS, first + i * HW_QUANTILE_COLUMNS + 3);
    }
    sheet->view.columns[4] = plain_column("share, %", share, HW_NO_COLUMN);
    double *sample = hw_take(q->outcomes->count, sizeof *sample);
    for (uint64_t r = 0; r < q->outcomes->count; r++) {
        sample[r] = time_to_release(q, r);
    }
    double whole = hw_outcomes_mean(q->outcomes, sample).value;
    for (uint32_t c = 0; c < q->causes->length; c++) {
        gather(q->delays, q->outcomes->count, q->causes->length, c, sample);
        hw_spread spread = hw_outcomes_spread(q->outcomes, sample);
        hw_cell *row = hw_sheet_add_row(sheet, true);
        hw_cell_set_text(&row[0], q->causes->labels[c]);
        hw_summary_set_amounts(&row[first], &spread);
        hw_cell_set_number(&row[mean], spread.mean.value);
        hw_cell_set_number(&row[mean + 1], spread.mean.error);
        if (is_before_release(q->causes, c) && whole > 0) {
            hw_cell_set_number(&row[share], 100 * spread.mean.value / whole);
        }
    }
    free(sample);
}

static char *story_note(const question *q) {
    const char *place = q->place;
    char horizon[16];
    hw_date_print(q->outcomes->horizon, horizon);
    if (isnan(q->release[q->median])) {
        return hw_take_text(
            "The median lies past the end of the simulation: in this future, as in at least half of all, "
            "%s is not released by %s. What is reached until then:",
            place, horizon);
    }
    return hw_take_text("Its release day is the %smedian of %" PRIu64
                        " replications; everything else in it is as it "
                        "happened to come.",
                        q->outcomes->learnt.weights != NULL ? "weighted " : "", q->outcomes->count);
}

static void add_story_step(hw_sheet *sheet, const question *q, uint32_t step) {
    double day = q->step_day[q->median * q->steps->length + step];
    hw_cell *row = hw_sheet_add_row(sheet, true);
    if (isnan(day)) {
        row[0] = (hw_cell){.kind = HW_CELL_AFTER, .number = (double)q->outcomes->horizon};
    } else {
        row[0] = (hw_cell){.kind = HW_CELL_DATE, .number = (double)q->outcomes->start + floor(day)};
        hw_cell_set_number(&row[1], day);
    }
    hw_cell_set_text(&row[2], q->steps->labels[step]);
}

/* Steps in the order of their days; what was not reached comes last, in the order of the model. */
static void add_story(hw_book *book, const question *q) {
    char *title =
        hw_take_text("One possible future of %s, not a forecast: replication %" PRIu64 " of seed %" PRIu64,
                     q->place, q->outcomes->keys[q->median], q->outcomes->seed);
    hw_sheet *sheet = hw_book_add(book, "story", title);
    free(title);
    sheet->note = story_note(q);
    hw_sheet_add_column(sheet, "date", "date", 0);
    hw_sheet_add_column(sheet, "day", "days since the start", 0);
    hw_sheet_add_column(sheet, "step", NULL, 0);
    sheet->view = (hw_view){.label_title = "date", .label = 0, .across = HW_NO_COLUMN, .column_count = 1};
    sheet->view.columns[0] = plain_column("step", 2, HW_NO_COLUMN);
    ordered_day *order = hw_take(q->steps->length, sizeof *order);
    for (uint32_t i = 0; i < q->steps->length; i++) {
        double day = q->step_day[q->median * q->steps->length + i];
        order[i] = (ordered_day){.day = isnan(day) ? (double)INFINITY : day, .position = i};
    }
    qsort(order, q->steps->length, sizeof *order, compare_ordered);
    for (uint32_t i = 0; i < q->steps->length; i++) {
        add_story_step(sheet, q, (uint32_t)order[i].position);
    }
    free(order);
}

static void add_story_delay(hw_book *book, const question *q) {
    hw_sheet *sheet = hw_book_add(book, "story_delay", "What held it back in this future");
    hw_sheet_add_column(sheet, "cause", NULL, 0);
    hw_sheet_add_column(sheet, "days", "days", 0);
    hw_sheet_add_column(sheet, "share", "%", 1);
    sheet->view = (hw_view){.label_title = "cause", .label = 0, .across = HW_NO_COLUMN, .column_count = 2};
    sheet->view.columns[0] = plain_column("days", 1, HW_NO_COLUMN);
    sheet->view.columns[1] = plain_column("share, %", 2, HW_NO_COLUMN);
    double whole = time_to_release(q, q->median);
    for (uint32_t c = 0; c < q->causes->length; c++) {
        double days = q->delays[q->median * q->causes->length + c];
        hw_cell *row = hw_sheet_add_row(sheet, days != 0);
        hw_cell_set_text(&row[0], q->causes->labels[c]);
        hw_cell_set_number(&row[1], days);
        if (is_before_release(q->causes, c) && whole > 0) {
            hw_cell_set_number(&row[2], 100 * days / whole);
        }
    }
}

/* What is known of it from before the start. */
static hw_status add_facts(hw_book *book, const question *q, hw_errors *errors) {
    static const hw_summary_sheet what = {
        .name = "place_facts", .title = "A fact, not a forecast", .build = hw_summary_facts};
    const hw_summary_frame frame = {
        .outcomes = q->outcomes, .one_place = true, .place = q->index, .district = UINT32_MAX};
    return hw_summary_facts(book, &what, &frame, errors);
}

static bool is_released_before_the_start(const question *q) {
    for (uint64_t r = 0; r < q->outcomes->count; r++) {
        if (!(q->release[r] < 0)) {
            return false;
        }
    }
    return true;
}

static hw_status add_release(hw_book *book, const question *q, hw_errors *errors) {
    static const hw_summary_sheet what = {.name = "place_release",
                                          .title = "Release",
                                          .build = hw_summary_dates,
                                          .variable = "place_release_day"};
    const hw_summary_frame frame = {
        .outcomes = q->outcomes, .one_place = true, .place = q->index, .district = UINT32_MAX};
    return hw_summary_dates(book, &what, &frame, errors);
}

static hw_status tell(hw_book *book, question *q, hw_errors *errors) {
    check_sums(q);
    q->median = hw_median_replication(q->release, q->outcomes->learnt.weights, q->outcomes->count);
    hw_summary_add_about(book, q->outcomes);
    hw_status status = add_facts(book, q, errors);
    if (status == HW_OK && is_released_before_the_start(q)) {
        return HW_OK; /* nothing holds it back */
    }
    status = status == HW_OK ? add_release(book, q, errors) : status;
    if (status != HW_OK) {
        return status;
    }
    add_delay(book, q);
    add_story(book, q);
    add_story_delay(book, q);
    if (q->gap <= tolerance_days) {
        return HW_OK;
    }
    hw_errors_say(errors,
                  "the causes of delay of %s do not add up to the time that passed: %.2f days are missing in "
                  "replication "
                  "%" PRIu64,
                  q->place, q->gap, q->gap_key);
    return HW_ERROR_LAW;
}

static hw_status find_place(question *q, hw_errors *errors) {
    const hw_axis *places = hw_outcomes_axis(q->outcomes, "place");
    q->index = hw_axis_find(places, q->place);
    if (q->index != UINT32_MAX) {
        return HW_OK;
    }
    bool named = places != NULL && places->labels != NULL;
    hw_refuse_name("place", q->place, "these results", named ? places->labels : NULL,
                   named ? places->length : 0, errors);
    return HW_ERROR_INPUT;
}

hw_status hw_explain_build(hw_book *book, const hw_outcomes *outcomes, const char *place, hw_errors *errors) {
    hw_asked_name asked = hw_question_name(place);
    question q = {.outcomes = outcomes, .place = asked.name};
    if (asked.axis != NULL && strcmp(asked.axis, "district") == 0) {
        hw_errors_say(errors, "explain tells of places, not of districts: '%s'", place);
        return HW_ERROR_INPUT;
    }
    hw_status status = find_place(&q, errors);
    if (status != HW_OK) {
        return status;
    }
    if (outcomes->count == 0) {
        hw_errors_say(errors, "no replication is good (%" PRIu64 " failed): there is nothing to explain",
                      outcomes->failed_count);
        return HW_ERROR_LAW;
    }
    status = read_question(&q, errors);
    if (status == HW_OK) {
        status = tell(book, &q, errors);
    }
    free_question(&q);
    return status;
}
