/* Judges activities of IATI one by one, and keeps small records of them. */
#include "analysis/intake/iati_store.h"
#include "analysis/base/memory.h"
#include "sim/date.h"
#include "sim/input/reader.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double USD_MOST = 1e12; /* of one amount: as a stream of money may have */
static const double PERCENT_OFF = 1; /* by which percentages may miss a hundred: rounding */

typedef struct judge {
    hw_iati_store *store;
    hw_import *import;
    const hw_iati_activity *activity;
    int64_t made;
    char what[160]; /* the activity, for the remainder */
} judge;

/* ---- What is not taken ---- */

static void drop_activity(judge *j, hw_fate fate, const char *reason, const char *detail) {
    const hw_left left = {.line = j->activity->line, .what = j->what, .fate = fate, .row = true};
    if (detail != NULL) {
        hw_remainder_add(&j->import->remainder, &left, reason, "%s", detail);
    } else {
        hw_remainder_add(&j->import->remainder, &left, reason, NULL);
    }
}

static bool drop_part(judge *j, uint64_t line, hw_fate fate, const char *reason, const char *detail) {
    char quoted[HW_QUOTE_BYTES];
    const hw_left left = {.line = line, .what = j->what, .fate = fate};
    if (detail != NULL) {
        hw_remainder_add(&j->import->remainder, &left, reason, "'%s'", hw_quote(detail, quoted));
    } else {
        hw_remainder_add(&j->import->remainder, &left, reason, NULL);
    }
    return false;
}

/* ---- Shares of sectors and countries ---- */

/* What is wrong with percentages, or NULL; then *share is that of the code that was asked for. */
static const char *share_of(const hw_iati_parts *parts, double *share) {
    *share = 0;
    if (parts->bad > 0) {
        return "a percentage is no number from 0 to 100";
    }
    if (parts->count == 1 && parts->without == 1) {
        *share = parts->has_asked;
        return NULL;
    }
    if (parts->without > 0) {
        return "several sectors or countries without percentages";
    }
    if (fabs(parts->percent - 100) > PERCENT_OFF) {
        return "percentages of sectors or countries do not add up to 100";
    }
    *share = parts->asked / parts->percent;
    return NULL;
}

/* The share of an amount: of its own sectors and countries where it says some, else of those of its activity.
 */
static const char *share_of_amount(const judge *j, const hw_iati_amount *amount, double *share,
                                   bool *elsewhere) {
    const hw_iati_parts *sectors = amount->sectors.count > 0 ? &amount->sectors : &j->activity->sectors,
                        *countries =
                            amount->countries.count > 0 ? &amount->countries : &j->activity->countries;
    double of_sector = 1, of_country = 1;
    const char *problem = NULL;
    if (j->store->sector != NULL) {
        problem = sectors->count > 0 ? share_of(sectors, &of_sector) : "no sector of vocabulary 1 (OECD DAC)";
    }
    if (problem == NULL && countries->count > 0) {
        problem = share_of(countries, &of_country);
    } else if (problem == NULL && j->import->wish->country != NULL) {
        problem = "no recipient country";
    }
    *share = of_sector * of_country;
    *elsewhere = !(of_country > 0);
    return problem;
}

/* ---- One amount ---- */

static bool read_day(judge *j, const hw_iati_amount *amount, const char *text, const char *missing,
                     const char *wrong, int32_t *day) {
    int64_t read = 0;
    if (text == NULL) {
        return drop_part(j, amount->line, HW_FATE_LEFT_OUT, missing, NULL);
    }
    if (!hw_date_parse(text, &read)) {
        return drop_part(j, amount->line, HW_FATE_LEFT_OUT, wrong, text);
    }
    if (!hw_is_likely_day(read)) {
        return drop_part(j, amount->line, HW_FATE_LEFT_OUT, "a year before 1990 or after 2100: hardly meant",
                         text);
    }
    *day = (int32_t)read;
    return true;
}

static bool read_kind(judge *j, const hw_iati_amount *amount, hw_iati_sum *sum) {
    hw_iati_kind kind = amount->planned ? HW_IATI_PLANNED : hw_iati_transaction_kind(amount->type);
    if (kind == HW_IATI_UNKNOWN) {
        return drop_part(j, amount->line, HW_FATE_LEFT_OUT,
                         amount->type == NULL ? "transaction-type is missing"
                                              : "unknown transaction type (1 to 13)",
                         amount->type);
    }
    if (hw_iati_class_of(kind) == HW_IATI_NOTHING) {
        return drop_part(j, amount->line, HW_FATE_NOT_ASKED,
                         "no gift: interest, repayment, equity, guarantee", hw_iati_kind_name(kind));
    }
    sum->kind = (uint8_t)kind;
    return true;
}

static bool read_money(judge *j, const hw_iati_amount *amount, hw_iati_sum *sum) {
    const char *currency = amount->currency != NULL ? amount->currency : j->activity->currency;
    if (amount->value == NULL || *amount->value == '\0') {
        return drop_part(j, amount->line, HW_FATE_LEFT_OUT, "value is missing", NULL);
    }
    if (!hw_plain_number(amount->value, &sum->amount)) {
        return drop_part(j, amount->line, HW_FATE_LEFT_OUT, "value is no plain number such as 1250000.50",
                         amount->value);
    }
    if (currency == NULL) {
        return drop_part(j, amount->line, HW_FATE_LEFT_OUT, "no currency, and no default-currency", NULL);
    }
    if (!hw_is_currency(currency)) {
        return drop_part(j, amount->line, HW_FATE_LEFT_OUT, "currency is not three capital letters",
                         currency);
    }
    memcpy(sum->currency, currency, HW_CURRENCY_BYTES);
    return true;
}

static bool convert(judge *j, const hw_iati_amount *amount, hw_iati_sum *sum) {
    double rate = 0;
    int64_t dated = 0;
    if (!hw_rates_find(&j->import->rates, sum->currency, sum->value_day, &rate, &dated)) {
        char day[16], detail[64];
        snprintf(detail, sizeof detail, "%s on %s", sum->currency, hw_date_print(sum->value_day, day));
        return drop_part(j, amount->line, HW_FATE_LEFT_OUT, "no exchange rate for the value date (--rates)",
                         detail);
    }
    sum->usd = sum->amount * rate;
    sum->rate_day = (int32_t)dated;
    if (fabs(sum->usd) > USD_MOST) {
        return drop_part(j, amount->line, HW_FATE_LEFT_OUT, "more than 1e12 USD: hardly meant",
                         amount->value);
    }
    return true;
}

static bool take_share(judge *j, const hw_iati_amount *amount, hw_iati_sum *sum) {
    double share = 0;
    bool elsewhere = false;
    const char *problem = share_of_amount(j, amount, &share, &elsewhere);
    if (problem != NULL) {
        return drop_part(j, amount->line, HW_FATE_LEFT_OUT, problem, NULL);
    }
    if (!(share > 0)) {
        const hw_iati_list *countries = &j->activity->countries_named; /* of it and of its transactions */
        return elsewhere ? drop_part(j, amount->line, HW_FATE_NOT_ASKED, "another country (--country)",
                                     countries->count == 1 ? countries->items[0] : NULL)
                         : drop_part(j, amount->line, HW_FATE_NOT_ASKED, "another sector (--sector)", NULL);
    }
    sum->amount *= share;
    sum->usd *= share;
    sum->cut = share < 1;
    return true;
}

static bool check_days(judge *j, const hw_iati_amount *amount, hw_iati_sum *sum) {
    if (!amount->planned) {
        sum->until = sum->day;
        if (j->made != HW_NO_DAY && sum->day > j->made) {
            return drop_part(j, amount->line, HW_FATE_LEFT_OUT,
                             "a transaction after the day on which the file was made", amount->date);
        }
        return true;
    }
    sum->until = sum->day;
    if (amount->until != NULL &&
        !read_day(j, amount, amount->until, "", "period-end is no date", &sum->until)) {
        return false;
    }
    if (sum->until < sum->day) {
        return drop_part(j, amount->line, HW_FATE_LEFT_OUT, "the period ends before it begins",
                         amount->until);
    }
    if (sum->amount < 0) {
        return drop_part(j, amount->line, HW_FATE_LEFT_OUT, "a plan of less than nothing", amount->value);
    }
    return true;
}

static void keep_parties(hw_strings *strings, const hw_iati_amount *amount, hw_iati_sum *sum) {
    int earmark = hw_iati_code(amount->earmark);
    sum->earmark = hw_iati_earmark_name(earmark) != NULL ? (uint8_t)earmark : 0;
    sum->provider = hw_strings_keep(strings, amount->provider);
    sum->provider_activity = hw_strings_keep(strings, amount->provider_activity);
    sum->receiver = hw_strings_keep(strings, amount->receiver);
    sum->receiver_activity = hw_strings_keep(strings, amount->receiver_activity);
}

static void take_amount(judge *j, const hw_iati_amount *amount, uint32_t record) {
    hw_iati_store *store = j->store;
    hw_iati_sum sum = {.record = record, .line = (uint32_t)amount->line, .counted = 1};
    const char *missing = amount->planned ? "period-start is missing" : "transaction-date is missing",
               *wrong = amount->planned ? "period-start is no date" : "transaction-date is no date";
    bool good = read_kind(j, amount, &sum) && read_day(j, amount, amount->date, missing, wrong, &sum.day) &&
                read_money(j, amount, &sum) &&
                read_day(j, amount, amount->value_date, "value-date is missing: no rate can be found",
                         "value-date is no date", &sum.value_day) &&
                check_days(j, amount, &sum) && take_share(j, amount, &sum) && convert(j, amount, &sum);
    if (!good) {
        return;
    }
    if (store->sum_count == HW_IATI_SUMS_MOST) {
        store->full = true;
        return;
    }
    keep_parties(&store->strings, amount, &sum);
    store->sums = hw_grow(store->sums, store->sum_count, &store->sum_room, sizeof *store->sums);
    store->sums[store->sum_count++] = sum;
}

/* ---- The activity ---- */

static void name_activity(judge *j) {
    char quoted[HW_QUOTE_BYTES];
    const char *id = j->activity->identifier;
    snprintf(j->what, sizeof j->what, "activity %s",
             id != NULL && *id != '\0' ? hw_quote(id, quoted) : "without an identifier");
}

/* Why all of an activity is left out, or NULL. */
static const char *find_fault(const judge *j, const char **detail) {
    const hw_iati_activity *a = j->activity;
    int status = hw_iati_code(a->status);
    size_t length = a->identifier != NULL ? strlen(a->identifier) : 0;
    *detail = NULL;
    if (length == 0) {
        return "iati-identifier is missing";
    }
    if (length >= HW_IATI_TEXT_BYTES - 1) {
        return "iati-identifier is too long";
    }
    if (a->reporter == NULL || *a->reporter == '\0') {
        return "reporting-org has no ref";
    }
    if (a->too_many) {
        return "more than 100000 transactions";
    }
    *detail = a->status;
    if (status < 1 || status > HW_IATI_STATUSES) {
        return a->status == NULL ? "activity-status is missing" : "unknown activity status (1 to 6)";
    }
    return NULL;
}

static const char *find_reason_not_asked(const judge *j) {
    int status = hw_iati_code(j->activity->status);
    return status == HW_IATI_CANCELLED   ? "the activity is cancelled"
           : status == HW_IATI_SUSPENDED ? "the activity is suspended"
                                         : NULL;
}

static uint32_t join(hw_strings *strings, const hw_iati_list *list) {
    char *text = NULL;
    size_t length = 0;
    FILE *out = hw_take_stream(&text, &length);
    for (uint32_t i = 0; i < list->count; i++) {
        fprintf(out, "%s%s", i > 0 ? "\n" : "", list->items[i]);
    }
    hw_end_stream(out);
    uint32_t number = hw_strings_keep(strings, text);
    free(text);
    return number;
}

static int32_t find_end(judge *j) {
    enum { PLANNED_END = 3, ACTUAL_END = 4 };
    const char *text = j->activity->dates[ACTUAL_END] != NULL ? j->activity->dates[ACTUAL_END]
                                                              : j->activity->dates[PLANNED_END];
    int64_t day = 0;
    if (text == NULL) {
        return INT32_MIN;
    }
    if (!hw_date_parse(text, &day) || !hw_is_likely_day(day)) {
        (void)drop_part(j, j->activity->line, HW_FATE_LEFT_OUT, "activity-date of the end is no date", text);
        return INT32_MIN;
    }
    return (int32_t)day;
}

static void keep_links(hw_iati_store *store, const hw_iati_activity *activity, uint32_t id) {
    for (uint32_t i = 0; i < activity->parents.count + activity->children.count; i++) {
        bool up = i < activity->parents.count;
        uint32_t other =
            hw_strings_keep(&store->strings, up ? activity->parents.items[i]
                                                : activity->children.items[i - activity->parents.count]);
        store->links = hw_grow(store->links, store->link_count, &store->link_room, sizeof *store->links);
        store->links[store->link_count++] = up ? (hw_iati_link){id, other} : (hw_iati_link){other, id};
    }
}

static void note_countries(hw_iati_store *store, const hw_iati_activity *activity) {
    for (uint32_t i = 0; i < activity->countries_named.count; i++) {
        uint32_t code = hw_strings_keep(&store->strings, activity->countries_named.items[i]);
        store->several_countries =
            store->several_countries || (store->country != 0 && code != store->country);
        store->country = store->country != 0 ? store->country : code;
    }
}

static void take_activity(judge *j) {
    hw_iati_store *store = j->store;
    const hw_iati_activity *a = j->activity;
    int earmark = hw_iati_code(a->earmark);
    hw_iati_record record = {.line = (uint32_t)a->line, .sum_first = (uint32_t)store->sum_count};
    uint32_t index = (uint32_t)store->record_count;
    for (uint32_t i = 0; i < a->amount_count && !store->full; i++) {
        take_amount(j, &a->amounts[i], index);
    }
    record.sum_count = (uint32_t)store->sum_count - record.sum_first;
    record.id = hw_strings_keep(&store->strings, a->identifier);
    record.title = hw_strings_keep(&store->strings, a->title != NULL ? a->title : a->identifier);
    record.reporter = hw_strings_keep(&store->strings, a->reporter);
    record.reporter_name =
        hw_strings_keep(&store->strings, a->reporter_name != NULL ? a->reporter_name : a->reporter);
    record.status = (uint8_t)hw_iati_code(a->status);
    record.earmark = hw_iati_earmark_name(earmark) != NULL ? (uint8_t)earmark : 0;
    record.ends = find_end(j);
    record.places = join(&store->strings, &a->places);
    record.implementers = join(&store->strings, &a->implementers);
    keep_links(store, a, record.id);
    if (record.sum_count > 0) {
        note_countries(store, a);
    }
    store->records =
        hw_grow(store->records, store->record_count, &store->record_room, sizeof *store->records);
    store->records[store->record_count++] = record;
}

static void tell_oddities(judge *j) {
    const hw_iati_activity *a = j->activity;
    if (a->budgets > 0) {
        (void)drop_part(j, a->line, HW_FATE_NOT_ASKED, "budget: a plan to spend, not money given", NULL);
    }
    if (a->unknown != NULL) {
        (void)drop_part(j, a->unknown_line, HW_FATE_LEFT_OUT, "an element that IATI 2.03 does not have",
                        a->unknown);
    }
    if (a->earmark != NULL && hw_iati_earmark_name(hw_iati_code(a->earmark)) == NULL) {
        (void)drop_part(j, a->line, HW_FATE_LEFT_OUT, "unknown earmark (aid-type of vocabulary 2: 1 to 4)",
                        a->earmark);
    }
}

void hw_iati_store_add(hw_iati_store *store, hw_import *import, const hw_iati_activity *activity,
                       int64_t made) {
    judge j = {.store = store, .import = import, .activity = activity, .made = made};
    const char *detail = NULL, *fault = NULL;
    store->seen++;
    import->rows++;
    name_activity(&j);
    fault = find_fault(&j, &detail);
    if (fault != NULL) {
        drop_activity(&j, HW_FATE_LEFT_OUT, fault, detail);
        return;
    }
    const char *not_asked = find_reason_not_asked(&j);
    if (not_asked != NULL) {
        drop_activity(&j, HW_FATE_NOT_ASKED, not_asked, NULL);
        return;
    }
    if (store->record_count == HW_IATI_RECORDS_MOST) {
        store->full = true;
        return;
    }
    tell_oddities(&j);
    take_activity(&j);
}

double hw_iati_usd(const hw_iati_store *store, const hw_iati_record *record, hw_iati_class class) {
    double usd = 0;
    for (uint32_t i = 0; i < record->sum_count; i++) {
        const hw_iati_sum *sum = &store->sums[record->sum_first + i];
        usd += hw_iati_class_of(sum->kind) == class && !hw_iati_is_incoming(sum->kind)
                   ? sum->counted * sum->usd
                   : 0;
    }
    return usd;
}

void hw_iati_store_free(hw_iati_store *store) {
    hw_strings_free(&store->strings);
    free(store->records);
    free(store->sums);
    free(store->links);
    free(store->by_id);
    *store = (hw_iati_store){0};
}
