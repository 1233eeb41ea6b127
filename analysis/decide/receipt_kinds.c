/* What a receipt compares: kinds of homeward compare, and by year for a report to those who gave. */
#include "analysis/decide/receipt_kinds.h"
#include "analysis/decide/gift.h"
#include "analysis/results/question.h"
#include "sim/date.h"
#include <math.h>
#include <string.h>

static const hw_axis *axis_of(const hw_compare_side *side, uint32_t number) {
    return &side->outcomes->layout->axes[side->variable->axis[number]];
}

/* Only of the gift itself (and of the floor): of the gift untied the totals are enough. */
static bool is_untied(const hw_compare_job *job) {
    return job->all->variants[job->variant].group == HW_RECEIPT_UNTIED;
}

static void rows_each(hw_compare_job *job) {
    if (!is_untied(job)) {
        hw_compare_rows_restricted(job);
    }
}

/* ---- Streams ---- */

/* What of a stream's money has which fate; a scenario without the stream has none of it. */
static void take_fates(const hw_compare_job *job, const hw_compare_side *side, const char *stream,
                       const char *const *fates, double *sample) {
    uint32_t s = hw_axis_find(axis_of(side, 0), stream);
    memset(sample, 0, job->count * sizeof *sample);
    for (; s != UINT32_MAX && *fates != NULL; fates++) {
        uint32_t fate = hw_axis_find(axis_of(side, 1), *fates);
        for (uint64_t r = 0; r < job->count; r++) {
            sample[r] +=
                hw_compare_value(side, r, (size_t)s * axis_of(side, 1)->length + fate) * job->what->scale;
        }
    }
}

/* Of all streams of the variant, which has those of the base too. */
static void rows_of_fates(hw_compare_job *job, const char *const *fates) {
    const hw_axis *streams = axis_of(&job->changed, 0);
    for (uint32_t i = 0; i < streams->length && !is_untied(job); i++) {
        take_fates(job, &job->base, streams->labels[i], fates, job->x);
        take_fates(job, &job->changed, streams->labels[i], fates, job->y);
        hw_compare_add(job, streams->labels[i], (double)NAN);
    }
}

static void rows_spent(hw_compare_job *job) {
    static const char *const spent[] = {"spent", NULL};
    rows_of_fates(job, spent);
}

static void rows_unspent(hw_compare_job *job) {
    static const char *const unspent[] = {"lapsed", "returned", "held", NULL};
    rows_of_fates(job, unspent);
}

/* ---- By year ---- */

/* The position of a calendar year; UINT32_MAX when it is not simulated. */
static uint32_t year_at(const hw_axis *years, int32_t year) {
    for (uint32_t y = 0; y < years->length; y++) {
        if ((int32_t)years->values[y] == year) {
            return y;
        }
    }
    return UINT32_MAX;
}

typedef bool (*label_choice)(const hw_compare_job *job, const hw_compare_side *side, const char *label);

static bool is_paid_for(const hw_compare_job *job, const hw_compare_side *side, const char *label) {
    (void)side;
    return hw_receipt_counts(job->what->pays, label);
}

/* What the variant has and the base has not: the gift. */
static bool is_gift(const hw_compare_job *job, const hw_compare_side *side, const char *label) {
    return side == &job->changed && hw_axis_find(axis_of(&job->base, 0), label) == UINT32_MAX;
}

/* Adds the chosen labels at a position of years. */
static void add_year(const hw_compare_job *job, const hw_compare_side *side, label_choice chosen, uint32_t y,
                     double *sample) {
    const hw_axis *labels = axis_of(side, 0), *years = axis_of(side, 1);
    for (uint32_t i = 0; i < labels->length && y < years->length; i++) {
        for (uint64_t r = 0; chosen(job, side, labels->labels[i]) && r < job->count; r++) {
            sample[r] += hw_compare_value(side, r, (size_t)i * years->length + y) * job->what->scale;
        }
    }
}

/* The sum of the chosen labels in a year. */
static void take_year(const hw_compare_job *job, const hw_compare_side *side, label_choice chosen,
                      int32_t year, double *sample) {
    memset(sample, 0, job->count * sizeof *sample);
    add_year(job, side, chosen, year_at(axis_of(side, 1), year), sample);
}

/* What is spent on what the gift pays for, in all years or until that of a date. */
static void take_spending(const hw_compare_job *job, const hw_compare_side *side, double *sample) {
    const hw_axis *years = axis_of(side, 1);
    const int64_t *on = job->what->on;
    memset(sample, 0, job->count * sizeof *sample);
    for (uint32_t y = 0; y < years->length; y++) {
        if (on == NULL || (int32_t)years->values[y] <= hw_date_from_days(*on).year) {
            add_year(job, side, is_paid_for, y, sample);
        }
    }
}

static void row_spending(hw_compare_job *job) {
    const int64_t *on = job->what->on;
    take_spending(job, &job->base, job->x);
    take_spending(job, &job->changed, job->y);
    hw_compare_add(job, "in all", on == NULL ? (double)NAN : (double)*on)->total = true;
}

static void row_added(hw_compare_job *job) {
    if (!is_untied(job)) {
        row_spending(job);
    }
}

static void rows_by_year(hw_compare_job *job, label_choice chosen, const char *label) {
    for (uint32_t d = 0; d < job->all->by_count && !is_untied(job); d++) {
        int32_t year = hw_date_from_days(job->all->by[d]).year;
        take_year(job, &job->base, chosen, year, job->x);
        take_year(job, &job->changed, chosen, year, job->y);
        hw_compare_add(job, label, (double)job->all->by[d]);
    }
}

static void rows_gift_by_year(hw_compare_job *job) {
    rows_by_year(job, is_gift, "the gift");
}

static void rows_spending_by_year(hw_compare_job *job) {
    rows_by_year(job, is_paid_for, "in all");
}

static void rows_land_by_year(hw_compare_job *job) {
    if (!is_untied(job)) {
        hw_compare_rows_land(job);
    }
}

static void rows_people_by_year(hw_compare_job *job) {
    if (!is_untied(job)) {
        hw_compare_rows_people(job);
    }
}

/* Of the last month that has ended by a date, all kinds together. */
static void take_victims(const hw_compare_job *job, const hw_compare_side *side, int64_t date,
                         double *sample) {
    const hw_axis *months = axis_of(side, 0);
    uint32_t kinds = axis_of(side, 1)->length, ended = 0;
    while (ended < months->length && hw_outcomes_last_day(side->outcomes, months->values[ended]) <= date) {
        ended++;
    }
    memset(sample, 0, job->count * sizeof *sample);
    for (uint64_t r = 0; ended > 0 && r < job->count; r++) {
        for (uint32_t k = 0; k < kinds; k++) {
            sample[r] += hw_compare_value(side, r, (size_t)(ended - 1) * kinds + k);
        }
    }
}

static void rows_victims_by_year(hw_compare_job *job) {
    for (uint32_t d = 0; d < job->all->by_count && !is_untied(job); d++) {
        take_victims(job, &job->base, job->all->by[d], job->x);
        take_victims(job, &job->changed, job->all->by[d], job->y);
        hw_compare_add(job, "victims", (double)job->all->by[d]);
    }
}

/* ---- The table ---- */

static bool is_district(const hw_outcomes *outcomes, const char *asked) {
    hw_asked_name name = hw_question_name(asked);
    bool place = hw_axis_find(hw_outcomes_axis(outcomes, "place"), name.name) != UINT32_MAX;
    return name.axis != NULL ? strcmp(name.axis, "district") == 0 : !place;
}

static hw_compare_kind like(uint32_t kind, const char *name, const char *title) {
    hw_compare_kind like = hw_compare_kinds[kind];
    like.name = like.group = name;
    like.title = title;
    return like;
}

void hw_receipt_choose_kinds(hw_receipt *receipt, const hw_outcomes *base) {
    hw_compare_kind *kinds = receipt->kinds;
    kinds[HW_RECEIPT_DAYS] = like(HW_KIND_PLACE_RELEASE, "release", "Days from the start to release");
    kinds[HW_RECEIPT_CHANCE] =
        like(HW_KIND_PLACE_RELEASE_BY, "release_by", "Probability of release by a date");
    kinds[HW_RECEIPT_LAND] = like(HW_KIND_LAND, "land", "Land released by a date");
    kinds[HW_RECEIPT_PEOPLE] = like(HW_KIND_PEOPLE, "people", "People back in all places");
    kinds[HW_RECEIPT_PERSON_YEARS] =
        like(HW_KIND_PERSON_YEARS, "person_years", "Person-years at home until the horizon");
    kinds[HW_RECEIPT_VICTIMS] = like(HW_KIND_VICTIMS, "victims", "Victims until the horizon");
    kinds[HW_RECEIPT_VICTIMS].rows = hw_compare_row_victims;
    kinds[HW_RECEIPT_ADDED] = like(HW_KIND_MONEY, "added",
                                   "Money spent on what the gift pays for, until nearly all of it is spent");
    kinds[HW_RECEIPT_ADDED].rows = row_added;
    kinds[HW_RECEIPT_ADDED].on = &receipt->spent_by;
    kinds[HW_RECEIPT_ADDED].by = "until";
    kinds[HW_RECEIPT_ADDED].by_units = "date";
    kinds[HW_RECEIPT_SPENDING] =
        like(HW_KIND_MONEY, "spending", "Money spent on what the gift pays for, until the horizon");
    kinds[HW_RECEIPT_SPENDING].rows = row_spending;
    kinds[HW_RECEIPT_STREAM_SPENT] =
        like(HW_KIND_MONEY_BY_STREAM, "spent_by_stream", "Money spent until the horizon by stream");
    kinds[HW_RECEIPT_STREAM_SPENT].rows = rows_spent;
    kinds[HW_RECEIPT_STREAM_UNSPENT] = like(HW_KIND_MONEY_BY_STREAM, "unspent_by_stream",
                                            "Money lapsed, returned or held by stream, until the horizon");
    kinds[HW_RECEIPT_STREAM_UNSPENT].rows = rows_unspent;
    kinds[HW_RECEIPT_PLACES] =
        like(HW_KIND_PLACE_RELEASE, "place_release", "Days from the start to the release of a place");
    kinds[HW_RECEIPT_PLACES].rows = rows_each;
    kinds[HW_RECEIPT_DISTRICTS] = like(HW_KIND_DISTRICT_COMPLETION, "district_completion",
                                       "Days from the start to the completion of a district");
    kinds[HW_RECEIPT_DISTRICTS].rows = rows_each;
    kinds[HW_RECEIPT_YEAR_GIFT] = like(HW_KIND_MONEY, "gift_by_year", "The gift's money spent in the year");
    kinds[HW_RECEIPT_YEAR_GIFT].variable = "stream_spent_usd";
    kinds[HW_RECEIPT_YEAR_GIFT].rows = rows_gift_by_year;
    kinds[HW_RECEIPT_YEAR_SPENDING] =
        like(HW_KIND_MONEY, "spending_by_year", "Money spent in the year on what the gift pays for");
    kinds[HW_RECEIPT_YEAR_SPENDING].rows = rows_spending_by_year;
    kinds[HW_RECEIPT_YEAR_LAND] = like(HW_KIND_LAND, "land_by_year", "Land released by the end of the year");
    kinds[HW_RECEIPT_YEAR_LAND].rows = rows_land_by_year;
    kinds[HW_RECEIPT_YEAR_PEOPLE] =
        like(HW_KIND_PEOPLE, "people_by_year", "People back by the end of the year");
    kinds[HW_RECEIPT_YEAR_PEOPLE].rows = rows_people_by_year;
    kinds[HW_RECEIPT_YEAR_VICTIMS] =
        like(HW_KIND_VICTIMS, "victims_by_year", "Victims by the end of the year");
    kinds[HW_RECEIPT_YEAR_VICTIMS].rows = rows_victims_by_year;
    for (uint32_t k = HW_RECEIPT_YEAR_GIFT; k < HW_RECEIPT_KINDS; k++) {
        kinds[k].by = "year_end";
        kinds[k].by_units = "date";
    }
    kinds[HW_RECEIPT_ADDED].pays = kinds[HW_RECEIPT_SPENDING].pays = kinds[HW_RECEIPT_YEAR_SPENDING].pays =
        receipt->wish.pays;
    const char *place = receipt->wish.place;
    bool of_district = place != NULL && is_district(base, place);
    kinds[HW_RECEIPT_DAYS].rows = place != NULL ? hw_compare_rows_restricted : hw_compare_rows_mean_of_places;
    kinds[HW_RECEIPT_CHANCE].rows = place != NULL ? hw_compare_rows_by : hw_compare_rows_mean_chance;
    kinds[HW_RECEIPT_CHANCE].share = place != NULL; /* the mean over places is no event */
    if (of_district) {
        kinds[HW_RECEIPT_DAYS].variable = kinds[HW_RECEIPT_CHANCE].variable = "district_completion_day";
    }
    kinds[HW_RECEIPT_CHANCE].on = kinds[HW_RECEIPT_PEOPLE].on = &receipt->wish.by;
    kinds[HW_RECEIPT_LAND].on = &receipt->wish.land_by;
}
