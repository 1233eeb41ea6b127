/* Streams of money from activities of IATI.
 *
 * A stream is either a promise (`amount`, with the day of the promise) or money by calendar year (`yearly`).
 * An activity with planned disbursements is told by year: what was paid, and what is planned from the day of
 * the file on. One without them is told by its commitments; without these by its pledges; without any promise
 * by what was paid. Where only the receiver tells, its incoming commitments, pledges and funds stand for
 * them. Never two of these at once: they are the same money. */
#include "analysis/base/memory.h"
#include "analysis/intake/iati_stream.h"
#include "analysis/tables/sheet.h"
#include "sim/date.h"
#include "sim/length.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { YEARS_MOST = 60, DAYS_VALID_LEAST = 30, DAYS_VALID_MOST = 36500 };
static const double USD_MOST = 1e12; /* of a stream */

/* ---- What is planned ---- */

/* What was paid by an activity from a day on. */
static double paid_since(const hw_iati_maker *m, const hw_iati_record *record, int32_t day) {
    double usd = 0;
    for (uint32_t i = 0; i < record->sum_count; i++) {
        const hw_iati_sum *sum = &m->store->sums[record->sum_first + i];
        bool paid = sum->kind == HW_IATI_DISBURSEMENT || sum->kind == HW_IATI_EXPENDITURE;
        usd += paid && sum->day >= day ? sum->counted * sum->usd : 0;
    }
    return usd;
}

/* Counts of each plan what is still to come: nothing of a period that is over, and of the one that holds the
 * day of the file what was not paid in it yet. */
static void look_at_plans(const hw_iati_maker *m, hw_iati_record *record) {
    double used = 0;
    for (uint32_t i = 0; i < record->sum_count; i++) {
        hw_iati_sum *sum = &m->store->sums[record->sum_first + i];
        double usd = sum->counted * sum->usd;
        if (sum->kind != HW_IATI_PLANNED || !(usd > 0)) {
            continue;
        }
        if (m->made == HW_NO_DAY) {
            hw_iati_tell(m, sum->line, record->id, HW_FATE_LEFT_OUT, false,
                         "planned, but nothing says when the file was made (--as-of)");
            sum->counted = 0;
        } else if (sum->until <= m->made && sum->day <= m->made) {
            hw_iati_tell(m, sum->line, record->id, HW_FATE_NOT_ASKED, false,
                         "planned for a time that is over: payments tell what came");
            sum->counted = 0;
        } else if (sum->day <= m->made) {
            double came = fmin(usd, fmax(0, paid_since(m, record, sum->day) - used));
            used += came;
            sum->counted *= 1 - came / usd;
            sum->day = (int32_t)m->made + 1;
            if (came > 0) {
                hw_iati_tell(m, sum->line, record->id, HW_FATE_ELSEWHERE, false,
                             "planned, and paid in part by now");
            }
        }
    }
}

/* ---- Which amounts a stream is made of ---- */

static hw_iati_choice choose(const hw_iati_maker *m, const hw_iati_record *record, hw_iati_kind a,
                             hw_iati_kind b, hw_iati_kind c) {
    hw_iati_choice chosen = {.kinds = {a, b, c},
                             .first = INT32_MAX,
                             .last = INT32_MIN,
                             .scheduled = hw_iati_class_of(a) != HW_IATI_PROMISED};
    for (uint32_t i = 0; i < record->sum_count; i++) {
        const hw_iati_sum *sum = &m->store->sums[record->sum_first + i];
        if (hw_iati_is_chosen(&chosen, sum)) {
            chosen.count++;
            chosen.usd += sum->counted * sum->usd;
            chosen.first = sum->day < chosen.first ? sum->day : chosen.first;
            chosen.last = sum->day > chosen.last ? sum->day : chosen.last;
        }
    }
    return chosen;
}

static hw_iati_choice choose_best(const hw_iati_maker *m, const hw_iati_record *record) {
    static const hw_iati_kind order[][3] = {{HW_IATI_COMMITMENT},
                                            {HW_IATI_INCOMING_COMMITMENT},
                                            {HW_IATI_PLEDGE},
                                            {HW_IATI_INCOMING_PLEDGE},
                                            {HW_IATI_DISBURSEMENT, HW_IATI_EXPENDITURE},
                                            {HW_IATI_INCOMING_FUNDS}};
    hw_iati_choice planned = choose(m, record, HW_IATI_PLANNED, HW_IATI_UNKNOWN, HW_IATI_UNKNOWN);
    if (planned.count > 0) {
        hw_iati_choice out = choose(m, record, HW_IATI_PLANNED, HW_IATI_DISBURSEMENT, HW_IATI_EXPENDITURE);
        return out.count > planned.count
                   ? out
                   : choose(m, record, HW_IATI_PLANNED, HW_IATI_INCOMING_FUNDS, HW_IATI_UNKNOWN);
    }
    hw_iati_choice none = {.count = 0};
    for (size_t i = 0; i < HW_LENGTH(order); i++) {
        hw_iati_choice one = choose(m, record, order[i][0], order[i][1], order[i][2]);
        if (one.count > 0) {
            return one;
        }
    }
    return none;
}

/* ---- Money by year ---- */

typedef struct by_year {
    int32_t first;
    uint32_t count;
    double usd[YEARS_MOST];
    bool spread[YEARS_MOST]; /* a part of a plan over several years */
} by_year;

static int32_t year_of(int64_t day) {
    return hw_date_from_days(day).year;
}

/* Adds an amount, evenly over its days. False beyond YEARS_MOST years. */
static bool spread(by_year *years, int32_t first, int32_t last, double usd) {
    for (int32_t year = year_of(first); year <= year_of(last); year++) {
        int64_t begins = hw_date_to_days((hw_date){year, 1, 1}),
                ends = hw_date_to_days((hw_date){year + 1, 1, 1});
        int64_t from = begins > first ? begins : first,
                until = ends < last + (int64_t)1 ? ends : last + (int64_t)1;
        int32_t place = year - years->first;
        if (place < 0 || place >= YEARS_MOST) {
            return false;
        }
        years->usd[place] += usd * (double)(until - from) / (double)(last + (int64_t)1 - first);
        years->spread[place] = years->spread[place] || year_of(first) != year_of(last);
        years->count = (uint32_t)place + 1 > years->count ? (uint32_t)place + 1 : years->count;
    }
    return true;
}

/* What is wrong with the sums by year, or NULL. */
static const char *add_years(const hw_iati_maker *m, const hw_iati_record *record, const hw_iati_choice *c,
                             by_year *years) {
    *years = (by_year){.first = year_of(c->first)};
    for (uint32_t i = 0; i < record->sum_count; i++) {
        const hw_iati_sum *sum = &m->store->sums[record->sum_first + i];
        if (hw_iati_is_chosen(c, sum) && !spread(years, sum->day, sum->until, sum->counted * sum->usd)) {
            return "money over more than 60 years: hardly meant";
        }
    }
    for (uint32_t i = 0; i < years->count; i++) {
        if (years->usd[i] < -0.005) {
            return "payments of a year add up to less than nothing: corrections of other years";
        }
    }
    return NULL;
}

static void write_years(hw_iati_maker *m, hw_taken_entry *entry, const by_year *years) {
    char *text = NULL;
    size_t length = 0;
    FILE *out = hw_take_stream(&text, &length);
    for (uint32_t i = 0; i < years->count; i++) {
        char *usd = hw_iati_plain_usd(fmax(0, years->usd[i]));
        fprintf(out,
                years->spread[i] ? "%d: {value: %s USD, source: plans spread evenly by days, assumed: true}, "
                                 : "%d: %s USD, ",
                years->first + (int32_t)i, usd);
        free(usd);
    }
    fprintf(out, "%d: 0 USD", years->first + (int32_t)years->count);
    hw_end_stream(out);
    hw_taken_yaml(&m->import->taken, entry, "yearly", "{%s}", text);
    free(text);
}

/* ---- Streams ---- */

static void write_promise(hw_iati_maker *m, hw_taken_entry *entry, const hw_iati_record *record,
                          const hw_iati_choice *c) {
    hw_taken *taken = &m->import->taken;
    char day[16], *usd = hw_iati_plain_usd(c->usd);
    hw_taken_yaml(taken, entry, "amount", "%s USD", usd);
    entry->tells = hw_pool_print(&taken->pool, "%s USD promised %s", usd, hw_date_print(c->first, day));
    free(usd);
    hw_taken_yaml(taken, entry, "pledged", "%s", hw_date_print(c->first, day));
    if (c->kinds[0] == HW_IATI_COMMITMENT || c->kinds[0] == HW_IATI_INCOMING_COMMITMENT) {
        hw_taken_yaml(taken, entry, "signing_lag", "{value: 0 days, source: \"a commitment is signed\"}");
    }
    int64_t valid = (int64_t)record->ends - c->first;
    if (record->ends != INT32_MIN && (valid < DAYS_VALID_LEAST || valid > DAYS_VALID_MOST)) {
        hw_iati_tell(
            m, record->line, record->id, HW_FATE_LEFT_OUT, false,
            "the end of the activity is not 30 to 36500 days after the promise: valid_for keeps its default");
    } else if (record->ends != INT32_MIN) {
        hw_taken_yaml(taken, entry, "valid_for", "{value: %lld days, source: \"to the activity's end, %s\"}",
                      (long long)valid, hw_date_print(record->ends, day));
    }
    m->promises++;
    m->promised_usd += c->usd;
}

static void write_schedule(hw_iati_maker *m, hw_taken_entry *entry, const by_year *years,
                           const hw_iati_choice *c) {
    char *usd = hw_iati_plain_usd(c->usd);
    write_years(m, entry, years);
    entry->tells = hw_pool_print(&m->import->taken.pool, "%s USD by year, %d to %d", usd, years->first,
                                 years->first + (int32_t)years->count - 1);
    free(usd);
    m->schedules++;
    m->scheduled_usd += c->usd;
}

/* Why there is no stream of that choice, or NULL. */
static const char *find_fault(const hw_iati_maker *m, const hw_iati_record *record, const hw_iati_choice *c,
                              by_year *years) {
    if (!(c->usd > 0.005)) {
        return "its amounts add up to nothing or less";
    }
    if (c->usd > USD_MOST) {
        return "its amounts add up to more than 1e12 USD: hardly meant";
    }
    if (m->import->taken.count == HW_TAKEN_MOST) {
        return "more than 100000 entries: a layer may not have more";
    }
    return c->scheduled ? add_years(m, record, c, years) : NULL;
}

static void make_stream(hw_iati_maker *m, hw_iati_record *record) {
    hw_taken *taken = &m->import->taken;
    by_year years = {0};
    look_at_plans(m, record);
    hw_iati_choice c = choose_best(m, record);
    if (record->sum_count == 0) {
        hw_iati_tell(m, record->line, record->id, HW_FATE_LEFT_OUT, true, "it has no amount that was taken");
        return;
    }
    if (c.count == 0) {
        hw_iati_tell(m, record->line, record->id, HW_FATE_ELSEWHERE, true,
                     "all its money is told by others, or is over");
        return;
    }
    const char *fault = find_fault(m, record, &c, &years);
    if (fault != NULL) {
        hw_iati_tell(m, record->line, record->id, HW_FATE_LEFT_OUT, true, fault);
        record->gone = true;
        return;
    }
    char day[16], *source = hw_iati_source_text(m, record, &c);
    hw_taken_entry *entry = hw_taken_add(taken, hw_iati_text(m, record->title), hw_iati_text(m, record->id));
    const char *by = hw_iati_text(m, record->reporter_name);
    entry->by = hw_pool_copy(&taken->pool, by, strlen(by));
    hw_taken_text(taken, entry, "source", source);
    hw_taken_yaml(taken, entry, "known_by", "%s",
                  hw_date_print(c.kinds[0] == HW_IATI_PLANNED ? m->made : c.last, day));
    hw_taken_yaml(taken, entry, "kind", "{value: donor, source: \"IATI does not tell\", assumed: true}");
    if (c.scheduled) {
        write_schedule(m, entry, &years, &c);
    } else {
        write_promise(m, entry, record, &c);
    }
    hw_iati_write_earmarks(m, entry, record, &c);
    hw_iati_write_note(m, entry, record, &c);
    free(source);
    m->import->rows_taken++;
}

static void add_totals(const hw_iati_maker *m) {
    for (size_t i = 0; i < m->store->sum_count; i++) {
        const hw_iati_sum *sum = &m->store->sums[i];
        if (m->store->records[sum->record].gone) {
            continue;
        }
        const hw_money_sum one = {.type = hw_iati_kind_name(sum->kind),
                                  .year = year_of(sum->day),
                                  .currency = sum->currency,
                                  .amount = sum->amount,
                                  .usd = sum->usd,
                                  .share = sum->counted};
        hw_money_totals_add(&m->import->totals, &one);
    }
}

void hw_iati_make_streams(hw_iati_store *store, hw_import *import, int64_t made) {
    hw_iati_maker m = {.store = store, .import = import, .made = made};
    import->taken.makes = HW_MAKES_STREAMS;
    for (size_t i = 0; i < store->record_count; i++) {
        if (!store->records[i].gone && !store->records[i].is_aside) {
            make_stream(&m, &store->records[i]);
        }
    }
    add_totals(&m);
    char *promised = hw_thousands(m.promised_usd, 0), *scheduled = hw_thousands(m.scheduled_usd, 0);
    hw_import_note(import,
                   "Promises: %s USD in %u streams. Payments and plans by year: %s USD in %u streams.",
                   promised, m.promises, scheduled, m.schedules);
    free(promised);
    free(scheduled);
}
