/* Streams of money from activities of IATI.
 *
 * A stream is either a promise (`amount`, with the day of the promise) or money by calendar year (`yearly`).
 * An activity with planned disbursements is told by year: what was paid, and what is planned from the day of
 * the file on. One without them is told by its commitments; without these by its pledges; without any promise
 * by what was paid. Where only the receiver tells, its incoming commitments, pledges and funds stand for
 * them. Never two of these at once: they are the same money. */
#include "analysis/base/memory.h"
#include "analysis/intake/iati_store.h"
#include "analysis/tables/sheet.h"
#include "sim/date.h"
#include "sim/length.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { YEARS_MOST = 60, DAYS_VALID_LEAST = 30, DAYS_VALID_MOST = 36500, AMOUNTS_NAMED = 6 };
static const double USD_MOST = 1e12; /* of a stream */

typedef struct maker {
    hw_iati_store *store;
    hw_import *import;
    int64_t made; /* or HW_NO_DAY */
    uint32_t promises, schedules;
    double promised_usd, scheduled_usd;
} maker;

static const char *text_of(const maker *m, uint32_t number) {
    return hw_string(&m->store->strings, number);
}

static void tell(const maker *m, uint32_t line, uint32_t id, hw_fate fate, bool row, const char *reason) {
    char *what = hw_take_text("activity %s", text_of(m, id));
    const hw_left left = {.line = line, .what = what, .fate = fate, .row = row};
    hw_remainder_add(&m->import->remainder, &left, reason, NULL);
    free(what);
}

/* "1200000" or "1200000.5": no exponent, and no digits behind the cent. */
static char *plain_usd(double usd) {
    char *text = hw_take_text("%.2f", usd);
    char *end = text + strlen(text);
    while (end[-1] == '0') {
        *--end = '\0';
    }
    if (end[-1] == '.') {
        end[-1] = '\0';
    }
    return text;
}

/* ---- What is planned ---- */

/* What was paid by an activity from a day on. */
static double paid_since(const maker *m, const hw_iati_record *record, int32_t day) {
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
static void look_at_plans(const maker *m, hw_iati_record *record) {
    double used = 0;
    for (uint32_t i = 0; i < record->sum_count; i++) {
        hw_iati_sum *sum = &m->store->sums[record->sum_first + i];
        double usd = sum->counted * sum->usd;
        if (sum->kind != HW_IATI_PLANNED || !(usd > 0)) {
            continue;
        }
        if (m->made == HW_NO_DAY) {
            tell(m, sum->line, record->id, HW_FATE_LEFT_OUT, false,
                 "planned, but nothing says when the file was made (--as-of)");
            sum->counted = 0;
        } else if (sum->until <= m->made && sum->day <= m->made) {
            tell(m, sum->line, record->id, HW_FATE_NOT_ASKED, false,
                 "planned for a time that is over: payments tell what came");
            sum->counted = 0;
        } else if (sum->day <= m->made) {
            double came = fmin(usd, fmax(0, paid_since(m, record, sum->day) - used));
            used += came;
            sum->counted *= 1 - came / usd;
            sum->day = (int32_t)m->made + 1;
            if (came > 0) {
                tell(m, sum->line, record->id, HW_FATE_ELSEWHERE, false, "planned, and paid in part by now");
            }
        }
    }
}

/* ---- Which amounts a stream is made of ---- */

/* Those of one kind, or of two (0: none). */
typedef struct choice {
    hw_iati_kind kinds[3];
    uint32_t count; /* amounts */
    double usd;
    int32_t first, last; /* days */
    bool scheduled;
} choice;

static bool is_chosen(const choice *c, const hw_iati_sum *sum) {
    return sum->counted > 0 &&
           (sum->kind == c->kinds[0] || sum->kind == c->kinds[1] || sum->kind == c->kinds[2]);
}

static choice choose(const maker *m, const hw_iati_record *record, hw_iati_kind a, hw_iati_kind b,
                     hw_iati_kind c) {
    choice chosen = {.kinds = {a, b, c},
                     .first = INT32_MAX,
                     .last = INT32_MIN,
                     .scheduled = hw_iati_class_of(a) != HW_IATI_PROMISED};
    for (uint32_t i = 0; i < record->sum_count; i++) {
        const hw_iati_sum *sum = &m->store->sums[record->sum_first + i];
        if (is_chosen(&chosen, sum)) {
            chosen.count++;
            chosen.usd += sum->counted * sum->usd;
            chosen.first = sum->day < chosen.first ? sum->day : chosen.first;
            chosen.last = sum->day > chosen.last ? sum->day : chosen.last;
        }
    }
    return chosen;
}

static choice choose_best(const maker *m, const hw_iati_record *record) {
    static const hw_iati_kind order[][3] = {{HW_IATI_COMMITMENT},
                                            {HW_IATI_INCOMING_COMMITMENT},
                                            {HW_IATI_PLEDGE},
                                            {HW_IATI_INCOMING_PLEDGE},
                                            {HW_IATI_DISBURSEMENT, HW_IATI_EXPENDITURE},
                                            {HW_IATI_INCOMING_FUNDS}};
    choice planned = choose(m, record, HW_IATI_PLANNED, HW_IATI_UNKNOWN, HW_IATI_UNKNOWN);
    if (planned.count > 0) {
        choice out = choose(m, record, HW_IATI_PLANNED, HW_IATI_DISBURSEMENT, HW_IATI_EXPENDITURE);
        return out.count > planned.count
                   ? out
                   : choose(m, record, HW_IATI_PLANNED, HW_IATI_INCOMING_FUNDS, HW_IATI_UNKNOWN);
    }
    choice none = {.count = 0};
    for (size_t i = 0; i < HW_LENGTH(order); i++) {
        choice one = choose(m, record, order[i][0], order[i][1], order[i][2]);
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
static const char *add_years(const maker *m, const hw_iati_record *record, const choice *c, by_year *years) {
    *years = (by_year){.first = year_of(c->first)};
    for (uint32_t i = 0; i < record->sum_count; i++) {
        const hw_iati_sum *sum = &m->store->sums[record->sum_first + i];
        if (is_chosen(c, sum) && !spread(years, sum->day, sum->until, sum->counted * sum->usd)) {
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

static void write_years(maker *m, hw_taken_entry *entry, const by_year *years) {
    char *text = NULL;
    size_t length = 0;
    FILE *out = hw_take_stream(&text, &length);
    for (uint32_t i = 0; i < years->count; i++) {
        char *usd = plain_usd(fmax(0, years->usd[i]));
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

/* ---- Words ---- */

/* "donors.xml, line 12: commitment 2021-03-01 of 1000000 EUR at 1.2; ..." */
static char *source_text(const maker *m, const hw_iati_record *record, const choice *c) {
    char *text = NULL;
    size_t length = 0;
    uint32_t named = 0;
    const char *slash = strrchr(m->import->wish->path, '/');
    FILE *out = hw_take_stream(&text, &length);
    fprintf(out, "IATI activity %s, %s line %u: ", text_of(m, record->id),
            slash != NULL ? slash + 1 : m->import->wish->path, record->line);
    for (uint32_t i = 0; i < record->sum_count; i++) {
        const hw_iati_sum *sum = &m->store->sums[record->sum_first + i];
        if (!is_chosen(c, sum) || ++named > AMOUNTS_NAMED) {
            continue;
        }
        char day[16], *amount = plain_usd(sum->amount);
        fprintf(out, "%s%s %s of %s %s", named > 1 ? "; " : "", hw_iati_kind_name(sum->kind),
                hw_date_print(sum->day, day), amount, sum->currency);
        free(amount);
        if (strcmp(sum->currency, "USD") != 0 && fabs(sum->amount) > 0) {
            fprintf(out, " at %.6g USD (rate of %s)", sum->usd / sum->amount,
                    hw_date_print(sum->rate_day, day));
        }
        fprintf(out, "%s", sum->cut ? ", its share of sector or country" : "");
        if (sum->counted < 1) {
            fprintf(out, ", %.4g %% of it", 100 * sum->counted);
        }
    }
    if (named > AMOUNTS_NAMED) {
        fprintf(out, "; and %u more", named - AMOUNTS_NAMED);
    }
    hw_end_stream(out);
    return text;
}

/* The earmark of what a stream is made of: a code, 0 for none told, -1 for several. */
static int earmark_of(const maker *m, const hw_iati_record *record, const choice *c) {
    int found = 0;
    bool any = false;
    for (uint32_t i = 0; i < record->sum_count; i++) {
        const hw_iati_sum *sum = &m->store->sums[record->sum_first + i];
        int one = sum->earmark > 0 ? sum->earmark : record->earmark;
        if (is_chosen(c, sum)) {
            found = any && one != found ? -1 : one;
            any = true;
            if (found < 0) {
                return found;
            }
        }
    }
    return found;
}

static void write_note(maker *m, hw_taken_entry *entry, const hw_iati_record *record, const choice *c) {
    int earmark = earmark_of(m, record, c);
    double promised = c->scheduled ? hw_iati_usd(m->store, record, HW_IATI_PROMISED) : 0;
    char *text = NULL;
    size_t length = 0;
    FILE *out = hw_take_stream(&text, &length);
    if (c->kinds[0] == HW_IATI_PLEDGE || c->kinds[0] == HW_IATI_INCOMING_PLEDGE) {
        fputs(" A pledge, not binding.", out);
    }
    if (record->status == HW_IATI_PIPELINE) {
        fputs(" In the pipeline: not agreed yet.", out);
    }
    if (earmark != 0) {
        fprintf(out, " Told as %s.",
                earmark > 0 ? hw_iati_earmark_name(earmark) : "earmarked in several ways");
    }
    if (promised > 0) {
        char *usd = plain_usd(promised);
        fprintf(out, " Promises of %s USD are not counted beside payments and plans.", usd);
        free(usd);
    }
    hw_end_stream(out);
    if (length > 0) {
        hw_taken_text(&m->import->taken, entry, "note", text + 1);
    }
    free(text);
}

/* ---- Earmarks ---- */

/* What each of a record's names means in the scenario, as "[A, B]"; NULL where one is not in the map (which
 * is told), or there is none. The caller frees it. */
static char *meanings_of(maker *m, const hw_iati_record *record, uint32_t names, hw_map_field_kind kind) {
    const hw_map_field *field = &m->store->mapping->terms.columns[kind];
    char *all = hw_take_text("%s", text_of(m, names)), *rest = all, *text = NULL;
    hw_strings said = {0};
    size_t length = 0;
    bool known = true;
    FILE *out = hw_take_stream(&text, &length);
    for (char *name = NULL; (name = strsep(&rest, "\n")) != NULL && known && *name != '\0';) {
        const char *means = hw_map_meaning(field, name);
        known = means != NULL;
        if (known && hw_strings_find(&said, means) == 0) {
            fprintf(out, "%s%s", said.count > 0 ? ", " : "[", hw_taken_quote(&m->import->taken, means));
            (void)hw_strings_keep(&said, means);
        }
    }
    fputs("]", out);
    hw_end_stream(out);
    if (!known) {
        tell(m, record->line, record->id, HW_FATE_LEFT_OUT, false,
             kind == HW_MAP_DISTRICT
                 ? "earmarked, and the map does not have its location: not tied to a district"
                 : "earmarked, and the map does not have who implements it: not tied to an operator");
    }
    bool tied = known && said.count > 0;
    hw_strings_free(&said);
    free(all);
    if (!tied) {
        free(text);
    }
    return tied ? text : NULL;
}

/* Ties a stream to districts and operators where it is told as earmarked, or tightly so, and the map knows
 * them. */
static void write_earmarks(maker *m, hw_taken_entry *entry, const hw_iati_record *record, const choice *c) {
    enum { EARMARKED = 3 };
    if (m->store->mapping == NULL || earmark_of(m, record, c) < EARMARKED) {
        return;
    }
    const struct {
        hw_map_field_kind kind;
        uint32_t names;
        const char *key;
    } ties[] = {{HW_MAP_DISTRICT, record->places, "only_districts"},
                {HW_MAP_OPERATOR, record->implementers, "only_operators"}};
    for (size_t i = 0; i < HW_LENGTH(ties); i++) {
        char *list = m->store->mapping->terms.columns[ties[i].kind].column != NULL
                         ? meanings_of(m, record, ties[i].names, ties[i].kind)
                         : NULL;
        if (list != NULL) {
            hw_taken_yaml(&m->import->taken, entry, ties[i].key, "%s", list);
        }
        free(list);
    }
}

/* ---- Streams ---- */

static void write_promise(maker *m, hw_taken_entry *entry, const hw_iati_record *record, const choice *c) {
    hw_taken *taken = &m->import->taken;
    char day[16], *usd = plain_usd(c->usd);
    hw_taken_yaml(taken, entry, "amount", "%s USD", usd);
    entry->tells = hw_pool_print(&taken->pool, "%s USD promised %s", usd, hw_date_print(c->first, day));
    free(usd);
    hw_taken_yaml(taken, entry, "pledged", "%s", hw_date_print(c->first, day));
    if (c->kinds[0] == HW_IATI_COMMITMENT || c->kinds[0] == HW_IATI_INCOMING_COMMITMENT) {
        hw_taken_yaml(taken, entry, "signing_lag", "{value: 0 days, source: \"a commitment is signed\"}");
    }
    int64_t valid = (int64_t)record->ends - c->first;
    if (record->ends != INT32_MIN && (valid < DAYS_VALID_LEAST || valid > DAYS_VALID_MOST)) {
        tell(
            m, record->line, record->id, HW_FATE_LEFT_OUT, false,
            "the end of the activity is not 30 to 36500 days after the promise: valid_for keeps its default");
    } else if (record->ends != INT32_MIN) {
        hw_taken_yaml(taken, entry, "valid_for", "{value: %lld days, source: \"to the activity's end, %s\"}",
                      (long long)valid, hw_date_print(record->ends, day));
    }
    m->promises++;
    m->promised_usd += c->usd;
}

static void write_schedule(maker *m, hw_taken_entry *entry, const by_year *years, const choice *c) {
    char *usd = plain_usd(c->usd);
    write_years(m, entry, years);
    entry->tells = hw_pool_print(&m->import->taken.pool, "%s USD by year, %d to %d", usd, years->first,
                                 years->first + (int32_t)years->count - 1);
    free(usd);
    m->schedules++;
    m->scheduled_usd += c->usd;
}

/* Why there is no stream of that choice, or NULL. */
static const char *find_fault(const maker *m, const hw_iati_record *record, const choice *c, by_year *years) {
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

static void make_stream(maker *m, hw_iati_record *record) {
    hw_taken *taken = &m->import->taken;
    by_year years = {0};
    look_at_plans(m, record);
    choice c = choose_best(m, record);
    if (record->sum_count == 0) {
        tell(m, record->line, record->id, HW_FATE_LEFT_OUT, true, "it has no amount that was taken");
        return;
    }
    if (c.count == 0) {
        tell(m, record->line, record->id, HW_FATE_ELSEWHERE, true,
             "all its money is told by others, or is over");
        return;
    }
    const char *fault = find_fault(m, record, &c, &years);
    if (fault != NULL) {
        tell(m, record->line, record->id, HW_FATE_LEFT_OUT, true, fault);
        record->gone = true;
        return;
    }
    char day[16], *source = source_text(m, record, &c);
    hw_taken_entry *entry = hw_taken_add(taken, text_of(m, record->title), text_of(m, record->id));
    hw_taken_text(taken, entry, "source", source);
    hw_taken_yaml(taken, entry, "known_by", "%s",
                  hw_date_print(c.kinds[0] == HW_IATI_PLANNED ? m->made : c.last, day));
    hw_taken_yaml(taken, entry, "kind", "{value: donor, source: \"IATI does not tell\", assumed: true}");
    if (c.scheduled) {
        write_schedule(m, entry, &years, &c);
    } else {
        write_promise(m, entry, record, &c);
    }
    write_earmarks(m, entry, record, &c);
    write_note(m, entry, record, &c);
    free(source);
    m->import->rows_taken++;
}

static void add_totals(const maker *m) {
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
    maker m = {.store = store, .import = import, .made = made};
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
