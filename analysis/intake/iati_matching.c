/* Transfers that both sides tell: an activity that gives (commitment, disbursement) and one that receives
 * (incoming commitment, incoming funds). The giver's telling is counted, the receiver's is not; and what the
 * receiver promises and pays on is counted only as far as it is more than what came in by such transfers.
 *
 * Two tellings are one transfer when their kinds go together, currency and value are the same to the cent,
 * the days are at most 31 apart, and the parties agree: one names the other's activity and none names another
 * one, or both name the same two organisations. */
#include "analysis/base/memory.h"
#include "analysis/intake/iati_store.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DAYS_APART = 31, TRIES_MOST = 1000 };

typedef struct telling {
    uint32_t sum;
    uint8_t kind; /* of the giver */
    char currency[HW_CURRENCY_BYTES];
    bool incoming, matched;
    int32_t day;
    int64_t cents;
} telling;

typedef struct matching {
    hw_iati_store *store;
    hw_import *import;
    telling *items;
    size_t count;
    double (*came)[2]; /* of each record: promised, paid in matched transfers */
} matching;

static int compare(const void *left, const void *right) {
    const telling *a = left, *b = right;
    int order =
        a->kind != b->kind ? (a->kind > b->kind) - (a->kind < b->kind) : strcmp(a->currency, b->currency);
    order = order != 0 ? order : (a->cents > b->cents) - (a->cents < b->cents);
    order = order != 0 ? order : (a->day > b->day) - (a->day < b->day);
    return order != 0 ? order : (a->sum > b->sum) - (a->sum < b->sum);
}

/* Whether two tellings stand in one group of the order above. */
static bool alike(const telling *a, const telling *b) {
    return a->kind == b->kind && a->cents == b->cents && strcmp(a->currency, b->currency) == 0;
}

static void gather(matching *m) {
    hw_iati_store *store = m->store;
    m->items = hw_take(store->sum_count, sizeof *m->items);
    for (size_t i = 0; i < store->sum_count; i++) {
        const hw_iati_sum *sum = &store->sums[i];
        const hw_iati_record *record = &store->records[sum->record];
        bool incoming = hw_iati_is_incoming(sum->kind);
        bool transfer = incoming || sum->kind == HW_IATI_COMMITMENT || sum->kind == HW_IATI_DISBURSEMENT ||
                        sum->kind == HW_IATI_PLEDGE;
        double cents = sum->amount * 100;
        if (!transfer || record->gone || record->is_aside || !(fabs(cents) < 9e18)) {
            continue;
        }
        telling *one = &m->items[m->count++];
        *one = (telling){.sum = (uint32_t)i,
                         .kind = incoming ? (uint8_t)hw_iati_giver_kind(sum->kind) : sum->kind,
                         .incoming = incoming,
                         .day = sum->day,
                         .cents = llround(cents)};
        memcpy(one->currency, sum->currency, sizeof one->currency);
    }
    if (m->count > 1) {
        qsort(m->items, m->count, sizeof *m->items, compare);
    }
}

/* Whether an identifier names an activity other than this one; a parent that is set aside stands for its
 * children. */
static bool names_another(hw_iati_store *store, uint32_t id, const hw_iati_record *record) {
    if (id == 0 || id == record->id) {
        return false;
    }
    const hw_iati_record *other = hw_iati_find(store, id);
    return other == NULL || !other->is_aside;
}

static bool same(uint32_t party, uint32_t one, uint32_t other) {
    return party != 0 && (party == one || party == other);
}

static bool agree(hw_iati_store *store, const hw_iati_sum *out, const hw_iati_sum *in) {
    const hw_iati_record *giver = &store->records[out->record], *receiver = &store->records[in->record];
    if (giver == receiver || names_another(store, in->provider_activity, giver) ||
        names_another(store, out->receiver_activity, receiver)) {
        return false;
    }
    bool by_activity = in->provider_activity == giver->id || out->receiver_activity == receiver->id;
    bool by_party = same(in->provider, giver->reporter, out->provider) &&
                    same(out->receiver, receiver->reporter, in->receiver);
    return by_activity || by_party;
}

/* The giver's telling nearest in time to the receiver's, or NULL. */
static telling *find_giver(matching *m, size_t at, bool *given_up) {
    telling *in = &m->items[at], *best = NULL;
    const hw_iati_sum *received = &m->store->sums[in->sum];
    uint32_t tries = 0;
    for (int step = -1; step <= 1; step += 2) {
        for (size_t i = at + (size_t)step; i < m->count; i += (size_t)step) { /* below 0 is above the count */
            telling *out = &m->items[i];
            int64_t apart = llabs((int64_t)out->day - in->day);
            if (!alike(out, in) || apart > DAYS_APART ||
                (best != NULL && apart >= llabs((int64_t)best->day - in->day))) {
                break;
            }
            if (++tries > TRIES_MOST) {
                *given_up = true;
                break;
            }
            if (!out->incoming && !out->matched && agree(m->store, &m->store->sums[out->sum], received)) {
                best = out;
                break;
            }
        }
    }
    return best;
}

static void tell(const matching *m, const hw_iati_sum *sum, hw_fate fate, const char *reason, uint32_t line) {
    const hw_strings *strings = &m->store->strings;
    char *what = hw_take_text("activity %s, %s", hw_string(strings, m->store->records[sum->record].id),
                              hw_iati_kind_name(sum->kind));
    const hw_left left = {.line = sum->line, .what = what, .fate = fate};
    if (line > 0) {
        hw_remainder_add(&m->import->remainder, &left, reason, "line %u", line);
    } else {
        hw_remainder_add(&m->import->remainder, &left, reason, NULL);
    }
    free(what);
}

static void match_all(matching *m) {
    for (size_t i = 0; i < m->count; i++) {
        telling *in = &m->items[i];
        bool given_up = false;
        telling *out = in->incoming ? find_giver(m, i, &given_up) : NULL;
        hw_iati_sum *received = &m->store->sums[in->sum];
        if (out != NULL) {
            out->matched = true;
            received->counted = 0;
            m->came[received->record][hw_iati_class_of(received->kind) == HW_IATI_PAID] += received->usd;
            tell(m, received, HW_FATE_ELSEWHERE, "the giver tells the same transfer",
                 m->store->sums[out->sum].line);
        } else if (given_up) {
            tell(m, received, HW_FATE_LEFT_OUT,
                 "too many transfers alike: not looked for the giver's telling", 0);
            received->counted = 0;
        }
    }
}

/* Of what a receiver tells of this money, in two classes, the share that is more than what came in. */
static void set_onward_aside(matching *m, hw_iati_record *record, bool promised, double came) {
    double told = promised ? hw_iati_usd(m->store, record, HW_IATI_PROMISED)
                           : hw_iati_usd(m->store, record, HW_IATI_PAID) +
                                 hw_iati_usd(m->store, record, HW_IATI_TO_COME);
    if (!(told > 0)) {
        return;
    }
    double left = came < told ? 1 - came / told : 0;
    for (uint32_t i = 0; i < record->sum_count; i++) {
        hw_iati_sum *sum = &m->store->sums[record->sum_first + i];
        bool of_class = (hw_iati_class_of(sum->kind) == HW_IATI_PROMISED) == promised;
        if (of_class && !hw_iati_is_incoming(sum->kind) && sum->counted > 0) {
            sum->counted *= left;
            tell(m, sum, HW_FATE_ELSEWHERE,
                 left > 0 ? "given on in part from money that its giver tells"
                          : "given on from money that its giver tells",
                 0);
        }
    }
}

void hw_iati_match(hw_iati_store *store, hw_import *import) {
    matching m = {.store = store, .import = import};
    if (store->sum_count == 0) {
        return;
    }
    m.came = hw_take(store->record_count, sizeof *m.came);
    gather(&m);
    match_all(&m);
    for (size_t i = 0; i < store->record_count; i++) {
        double came = fmax(m.came[i][0], m.came[i][1]);
        if (came > 0) {
            set_onward_aside(&m, &store->records[i], true, came);
            set_onward_aside(&m, &store->records[i], false, came);
        }
    }
    free(m.items);
    free(m.came);
}
