/* What homeward compare compares: each kind of difference with the samples that its rows are made of. */
#include "analysis/base/memory.h"
#include "analysis/compare/parts.h"
#include "sim/date.h"
#include "sim/length.h"
#include <string.h>

static const double none = (double)NAN;

static const hw_axis *axis_of(const hw_compare_side *side, uint32_t number) {
    return &side->outcomes->layout->axes[side->variable->axis[number]];
}

/* ---- Land and people by a date ---- */

static void take_element(const hw_compare_job *job, const hw_compare_side *side, size_t element,
                         double *sample) {
    for (uint64_t r = 0; r < job->count; r++) {
        sample[r] = hw_compare_value(side, r, element) * job->what->scale;
    }
}

/* How many months have ended by a date: the last one is the state on it. */
static uint32_t months_until(const hw_compare_job *job, int64_t date) {
    const hw_axis *months = axis_of(&job->base, 0);
    uint32_t ended = 0;
    while (ended < months->length &&
           hw_outcomes_last_day(job->base.outcomes, months->values[ended]) <= date) {
        ended++;
    }
    return ended;
}

typedef void (*month_sample)(const hw_compare_job *job, const hw_compare_side *side, uint32_t month,
                             double *sample);

static void rows_by_month(hw_compare_job *job, const char *label, month_sample take) {
    uint32_t dates;
    const int64_t *by = hw_compare_dates(job, &dates);
    for (uint32_t d = 0; d < dates; d++) {
        uint32_t ended = months_until(job, by[d]);
        if (ended == 0) {
            continue;
        }
        take(job, &job->base, ended - 1, job->x);
        take(job, &job->changed, ended - 1, job->y);
        double end = axis_of(&job->base, 0)->values[ended - 1];
        hw_compare_add(job, label, (double)hw_outcomes_last_day(job->base.outcomes, end))->total = true;
    }
}

static void people_of(const hw_compare_job *job, const hw_compare_side *side, uint32_t month,
                      double *sample) {
    take_element(job, side, month, sample);
}

void hw_compare_rows_people(hw_compare_job *job) {
    rows_by_month(job, "people back", people_of);
}

/* Every ledger but what remains suspected. */
static void land_of(const hw_compare_job *job, const hw_compare_side *side, uint32_t month, double *sample) {
    const hw_axis *ledgers = axis_of(side, 1);
    uint32_t remaining = hw_axis_find(ledgers, "remaining");
    for (uint64_t r = 0; r < job->count; r++) {
        double released = 0;
        for (uint32_t i = 0; i < ledgers->length; i++) {
            released += i != remaining ? hw_compare_value(side, r, (size_t)month * ledgers->length + i) : 0;
        }
        sample[r] = released * job->what->scale;
    }
}

void hw_compare_rows_land(hw_compare_job *job) {
    rows_by_month(job, "land released", land_of);
}

/* Of each month with the people at its end. */
static void person_years(const hw_compare_job *job, const hw_compare_side *side, double *sample) {
    const hw_axis *months = axis_of(side, 0);
    for (uint64_t r = 0; r < job->count; r++) {
        double sum = 0, before = 0;
        for (uint32_t m = 0; m < months->length; m++) {
            double end = months->values[m] + 1; /* of the month's last day */
            sum += hw_compare_value(side, r, m) * (end - before) / 365.25;
            before = end;
        }
        sample[r] = sum;
    }
}

static void rows_person_years(hw_compare_job *job) {
    person_years(job, &job->base, job->x);
    person_years(job, &job->changed, job->y);
    hw_compare_add(job, "person-years at home", none);
}

static void rows_place_people(hw_compare_job *job) {
    const hw_axis *names = axis_of(&job->base, 0), *others = axis_of(&job->changed, 0);
    const hw_axis *years = axis_of(&job->base, 1);
    const bool *empty = job->base.outcomes->empty;
    for (uint32_t i = 0; i < names->length; i++) {
        uint32_t other = hw_axis_find(others, names->labels[i]);
        if (other == UINT32_MAX || !hw_compare_wants(job->all, names->name, names->labels[i]) ||
            (empty != NULL && empty[i])) {
            continue;
        }
        for (uint32_t d = 0; d < job->all->by_count; d++) {
            int32_t year = hw_date_from_days(job->all->by[d]).year;
            uint32_t y = (uint32_t)(year - (int32_t)years->values[0]);
            if (d > 0 && year == hw_date_from_days(job->all->by[d - 1]).year) {
                continue;
            }
            take_element(job, &job->base, (size_t)i * years->length + y, job->x);
            take_element(job, &job->changed, (size_t)other * years->length + y, job->y);
            hw_compare_add(job, names->labels[i], year);
        }
    }
}

/* ---- Money and victims ---- */

typedef bool (*label_choice)(const char *label, const char *wanted);

static bool is_label(const char *label, const char *wanted) {
    return strcmp(label, wanted) == 0;
}

static bool is_any(const char *label, const char *wanted) {
    return label != NULL && wanted != NULL;
}

static bool is_other(const char *label, const char *wanted) {
    return strcmp(label, wanted) != 0;
}

static bool starts_so(const char *label, const char *wanted) {
    return strncmp(label, wanted, strlen(wanted)) == 0;
}

/* Adds up what the chosen labels have at all positions of time from `first` on. */
static void sum_labels(const hw_compare_job *job, const hw_compare_side *side, uint32_t label_axis,
                       uint32_t first, label_choice chosen, const char *wanted, double *sample) {
    const hw_axis *labels = axis_of(side, label_axis), *times = axis_of(side, 1 - label_axis);
    size_t label_stride = label_axis == 0 ? times->length : 1,
           time_stride = label_axis == 0 ? 1 : labels->length;
    for (uint64_t r = 0; r < job->count; r++) {
        double sum = 0;
        for (uint32_t i = 0; i < labels->length; i++) {
            for (uint32_t t = first; chosen(labels->labels[i], wanted) && t < times->length; t++) {
                sum += hw_compare_value(side, r, i * label_stride + t * time_stride);
            }
        }
        sample[r] = sum * job->what->scale;
    }
}

static hw_compare_row *add_purposes(hw_compare_job *job, const char *label, label_choice chosen,
                                    const char *wanted) {
    sum_labels(job, &job->base, 0, 0, chosen, wanted, job->x);
    sum_labels(job, &job->changed, 0, 0, chosen, wanted, job->y);
    return hw_compare_add(job, label, none);
}

void hw_compare_row_spending(hw_compare_job *job) {
    add_purposes(job, "mine action in all", is_other, "building")->total = true;
}

static void rows_purposes(hw_compare_job *job) {
    const hw_axis *purposes = axis_of(&job->base, 0);
    hw_compare_row_spending(job);
    add_purposes(job, "everything", is_any, "");
    for (uint32_t i = 0; i < purposes->length; i++) {
        add_purposes(job, purposes->labels[i], is_label, purposes->labels[i]);
    }
    /* What only the variant spends on, such as contracts. */
    const hw_axis *others = axis_of(&job->changed, 0);
    for (uint32_t i = 0; i < others->length; i++) {
        if (hw_axis_find(purposes, others->labels[i]) == UINT32_MAX) {
            add_purposes(job, others->labels[i], is_label, others->labels[i]);
        }
    }
}

/* Counts since the start: the last month has them all. */
static hw_compare_row *add_victims(hw_compare_job *job, const char *label, label_choice chosen,
                                   const char *wanted) {
    uint32_t last = axis_of(&job->base, 0)->length - 1;
    sum_labels(job, &job->base, 1, last, chosen, wanted, job->x);
    sum_labels(job, &job->changed, 1, last, chosen, wanted, job->y);
    return hw_compare_add(job, label, none);
}

void hw_compare_row_victims(hw_compare_job *job) {
    add_victims(job, "all victims", is_any, "")->total = true;
}

static void rows_victims(hw_compare_job *job) {
    const hw_axis *kinds = axis_of(&job->base, 1);
    hw_compare_row_victims(job);
    add_victims(job, "civilians", starts_so, "civilian ");
    add_victims(job, "deminers", starts_so, "deminer ");
    add_victims(job, "soldiers", starts_so, "soldier ");
    for (uint32_t i = 0; i < kinds->length; i++) {
        add_victims(job, kinds->labels[i], is_label, kinds->labels[i]);
    }
}

/* A stream that a scenario does not have spends nothing. */
static void take_spent(const hw_compare_job *job, const hw_compare_side *side, const char *stream,
                       double *sample) {
    const hw_axis *fates = axis_of(side, 1);
    uint32_t s = hw_axis_find(axis_of(side, 0), stream), spent = hw_axis_find(fates, "spent");
    if (s != UINT32_MAX && spent != UINT32_MAX) {
        take_element(job, side, (size_t)s * fates->length + spent, sample);
    } else {
        memset(sample, 0, job->count * sizeof *sample);
    }
}

static void add_stream(hw_compare_job *job, const char *stream) {
    take_spent(job, &job->base, stream, job->x);
    take_spent(job, &job->changed, stream, job->y);
    hw_compare_add(job, stream, none);
}

static void rows_streams(hw_compare_job *job) {
    const hw_axis *streams = axis_of(&job->base, 0), *others = axis_of(&job->changed, 0);
    for (uint32_t i = 0; i < streams->length; i++) {
        add_stream(job, streams->labels[i]);
    }
    for (uint32_t i = 0; i < others->length; i++) {
        if (hw_axis_find(streams, others->labels[i]) == UINT32_MAX) {
            add_stream(job, others->labels[i]);
        }
    }
}

#define DAYS .units = "days", .difference_units = "days", .scale = 1, .rows = hw_compare_rows_restricted
#define SHARES .units = "%", .difference_units = "points", .scale = 100, .decimals = 1, .share = true
#define PEOPLE .units = "persons", .difference_units = "persons", .scale = 1
#define MONEY                                                                                                \
    .group = "money", .units = "million USD", .difference_units = "million USD", .scale = 1e-6, .decimals = 1

const hw_compare_kind hw_compare_kinds[HW_KINDS] = {
    [HW_KIND_PLACE_RELEASE] =
        {.name = "place_release",
         .title =
             "Days from the start to the release of a place (what is not released counts to the horizon)",
         .group = "places",
         .variable = "place_release_day",
         .label = "place",
         DAYS},
    [HW_KIND_PLACE_RELEASE_BY] =
        {.name = "place_release_by",
         .title = "Probability that a place is released by the end of a day, percentage points of difference",
         .group = "places, by a day",
         .variable = "place_release_day",
         .label = "place",
         .by = "by",
         .by_units = "date",
         SHARES,
         .rows = hw_compare_rows_by},
    [HW_KIND_PLACE_NEVER] = {.name = "place_never",
                             .title = "Share of futures in which a place is not released by the horizon, %",
                             .group = "places, never",
                             .variable = "place_release_day",
                             .label = "place",
                             SHARES,
                             .rows = hw_compare_rows_never},
    [HW_KIND_PLACE_PEOPLE] = {.name = "place_people",
                              .title =
                                  "People living in a place at the end of the year, persons of difference",
                              .group = "people of places",
                              .variable = "place_people",
                              .label = "place",
                              .by = "year",
                              PEOPLE,
                              .only_with_place = true,
                              .rows = rows_place_people},
    [HW_KIND_DISTRICT_COMPLETION] = {.name = "district_completion",
                                     .title = "Days from the start to the completion of a district (what is "
                                              "not complete counts to the horizon)",
                                     .group = "districts",
                                     .variable = "district_completion_day",
                                     .label = "district",
                                     DAYS},
    [HW_KIND_DISTRICT_COMPLETION_BY] =
        {.name = "district_completion_by",
         .title =
             "Probability that a district is complete by the end of a day, percentage points of difference",
         .group = "districts, by a day",
         .variable = "district_completion_day",
         .label = "district",
         .by = "by",
         .by_units = "date",
         SHARES,
         .rows = hw_compare_rows_by},
    [HW_KIND_DISTRICT_NEVER] = {.name = "district_never",
                                .title =
                                    "Share of futures in which a district is not complete by the horizon, %",
                                .group = "districts, never",
                                .variable = "district_completion_day",
                                .label = "district",
                                SHARES,
                                .rows = hw_compare_rows_never},
    [HW_KIND_LAND] = {.name = "land",
                      .title = "Land released by the end of a month, km2 of difference",
                      .group = "land",
                      .variable = "ledger_m2",
                      .label = "land",
                      .by = "by",
                      .by_units = "date",
                      .units = "km2",
                      .difference_units = "km2",
                      .scale = 1e-6,
                      .decimals = 1,
                      .month_ends = true,
                      .rows = hw_compare_rows_land},
    [HW_KIND_PEOPLE] = {.name = "people",
                        .title = "People back in all places by the end of a month, persons of difference",
                        .group = "people",
                        .variable = "people_back",
                        .label = "people",
                        .by = "by",
                        .by_units = "date",
                        PEOPLE,
                        .month_ends = true,
                        .rows = hw_compare_rows_people},
    [HW_KIND_PERSON_YEARS] = {.name = "person_years",
                              .title = "Person-years at home from the start to the horizon, all places",
                              .group = "person-years",
                              .variable = "people_back",
                              .label = "people",
                              .units = "person-years",
                              .difference_units = "person-years",
                              .scale = 1,
                              .rows = rows_person_years},
    [HW_KIND_MONEY] = {.name = "money",
                       .title = "Money spent until the horizon by purpose, million USD",
                       .variable = "purpose_spent_usd",
                       .label = "purpose",
                       MONEY,
                       .rows = rows_purposes},
    [HW_KIND_MONEY_BY_STREAM] = {.name = "money_by_stream",
                                 .title = "Money spent until the horizon by stream, million USD",
                                 .variable = "stream_usd",
                                 .label = "stream",
                                 MONEY,
                                 .rows = rows_streams},
    [HW_KIND_VICTIMS] = {.name = "victims",
                         .title = "Victims until the horizon, persons",
                         .group = "victims",
                         .variable = "victims",
                         .label = "victim",
                         .units = "persons",
                         .difference_units = "persons",
                         .scale = 1,
                         .decimals = 1,
                         .rows = rows_victims},
};
