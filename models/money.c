#include "models/money.h"
#include "models/income.h"
#include "models/land.h"
#include <math.h>

/* Of an amount that is not negative. */
static int64_t cents(double usd) {
    return (int64_t)(usd * 100 + 0.5);
}

static void book(hw_land *land, hw_purpose purpose, uint32_t s, int64_t work, int64_t fees) {
    hw_stream_state *stream = &land->money.streams[s];
    stream->balance -= work + fees;
    stream->spent += work + fees;
    land->outcome.stream_year_spent[s * land->calendar.year_count + land->calendar.year] += work + fees;
    land->outcome.purpose_year_spent[purpose * land->calendar.year_count + land->calendar.year] += work;
    land->outcome.purpose_year_spent[HW_PURPOSE_OVERHEAD * land->calendar.year_count + land->calendar.year] +=
        fees;
}

/* What a stream can pay of `due` this month, and the fees that go with it. */
static int64_t share_of(const hw_stream_state *stream, int64_t due, int64_t *fees) {
    int64_t work = (int64_t)((double)stream->allowed * stream->work_share);
    work = work < due ? work : due;
    *fees = (int64_t)((double)work * stream->overhead_share + 0.5);
    *fees = *fees < stream->allowed - work ? *fees : stream->allowed - work;
    return work;
}

/* Victims need more than any giver has: all that may be spent this month is. */
static void spend_on_victims(hw_land *land, uint32_t s) {
    int64_t fees;
    int64_t work = share_of(&land->money.streams[s], INT64_MAX, &fees);
    book(land, HW_PURPOSE_VICTIM_AID, s, work, fees);
    land->money.streams[s].allowed = 0;
}

static uint64_t bit_of(const hw_land *land, uint32_t stream) {
    uint32_t place_in_order = 0;
    while (land->money.order[place_in_order] != stream) {
        place_in_order++;
    }
    return UINT64_C(1) << place_in_order;
}

void hw_money_turn(hw_land *land, uint32_t s, bool to_victim_aid) {
    land->money.streams[s].victim_aid = to_victim_aid;
    if (to_victim_aid) {
        spend_on_victims(land, s);
        land->money.funded &= ~bit_of(land, s);
    }
}

void hw_money_grant(hw_land *land, uint32_t s, double usd) {
    hw_stream_state *stream = &land->money.streams[s];
    int64_t granted = cents(usd);
    stream->granted += granted;
    stream->pledged += granted;
    stream->committed += granted;
    stream->disbursed += granted;
    stream->balance += granted;
    if (granted > 0 && !stream->victim_aid) {
        stream->allowed += granted;
        land->money.funded |= bit_of(land, s);
        land->money.refused_by = 0; /* what was refused may be paid now */
    }
}

double hw_money_held(const hw_land *land, uint32_t stream) {
    return (double)land->money.streams[stream].balance / 100;
}

void hw_money_book(hw_land *land, double now) {
    for (uint32_t s = 0; s < land->money.stream_count; s++) {
        const hw_stream_terms *terms = hw_stream_terms_of(land, s);
        hw_stream_state *stream = &land->money.streams[s];
        stream->allowed = hw_income_book(land, s, now);
        if (terms->pays == HW_PAYS_VICTIM_AID || stream->victim_aid) {
            spend_on_victims(land, s);
        }
    }
    land->money.refused_by = 0;
    land->money.funded = land->money.pays_work = 0;
    for (uint32_t i = 0; i < land->money.stream_count; i++) {
        uint32_t s = land->money.order[i];
        uint32_t place = hw_stream_terms_of(land, s)->only_place;
        bool released = place != HW_NO_REFERENCE && !isnan(land->places[place].release_day);
        land->money.funded |= (uint64_t)(land->money.streams[s].allowed > 0) << i;
        land->money.pays_work |= (uint64_t)!released << i;
    }
}

static bool listed(const hw_index_list *list, uint32_t wanted) {
    for (uint32_t i = 0; i < list->count; i++) {
        if (list->items[i] == wanted) {
            return true;
        }
    }
    return list->count == 0;
}

/* The most restricted money is spent first; equals in the scenario's order. */
static uint32_t earmarks(const hw_stream_terms *terms) {
    return (terms->only_place != HW_NO_REFERENCE ? 8U : 0) + (terms->only_districts.count > 0 ? 4U : 0) +
           (terms->only_operators.count > 0 ? 2U : 0) + (terms->only_method > 0);
}

/* An earmark for a place pays work in its district, and the building of the place itself. */
static bool district_allowed(const hw_land *land, const hw_stream_terms *terms, uint32_t district) {
    if (terms->only_place != HW_NO_REFERENCE &&
        HW_ITEM(land->scenario->places, hw_place, terms->only_place)->district != district) {
        return false;
    }
    return listed(&terms->only_districts, district);
}

static void lay_out_masks(hw_land *land, uint32_t place_in_order, const hw_stream_terms *terms) {
    uint64_t bit = UINT64_C(1) << place_in_order;
    for (uint32_t d = 0; d < land->district_count; d++) {
        land->money.pays_district[d] |= district_allowed(land, terms, d) ? bit : 0;
    }
    for (uint32_t p = 0; p < land->place_count; p++) {
        land->money.pays_place[p] |= terms->only_place == HW_NO_REFERENCE || terms->only_place == p ? bit : 0;
    }
    for (uint32_t o = 0; o < land->scenario->operators.count; o++) {
        bool own = HW_ITEM(land->scenario->operators, hw_operator, o)->own_money;
        bool pays = listed(&terms->only_operators, o) && (!own || terms->only_operators.count > 0);
        land->money.pays_operator[o] |= pays ? bit : 0;
    }
    for (uint32_t m = 0; m < land->force.method_count; m++) {
        land->money.pays_method[m] |= terms->only_method == 0 || terms->only_method - 1 == m ? bit : 0;
    }
    bool anywhere = terms->only_districts.count == 0 && terms->only_place == HW_NO_REFERENCE;
    land->money.pays_nowhere |= anywhere ? bit : 0;
    land->money.pays_nobody |= terms->only_operators.count == 0 && terms->only_method == 0 ? bit : 0;
    land->money.pays_for[terms->pays] |= bit;
}

void hw_money_lay_out(hw_land *land) {
    uint32_t at = 0;
    for (uint32_t marks = 16; marks-- > 0;) {
        for (uint32_t s = 0; s < land->money.stream_count; s++) {
            if (earmarks(hw_stream_terms_of(land, s)) == marks) {
                lay_out_masks(land, at, hw_stream_terms_of(land, s));
                land->money.order[at++] = s;
            }
        }
    }
}

/* Streams that may pay something, one bit for each place in the order, lowest first. */
static uint64_t payers_in(const hw_land *land, uint32_t district) {
    return district == HW_NOTHING ? land->money.pays_nowhere : land->money.pays_district[district];
}

static uint64_t payers(const hw_land *land, const hw_bill *bill) {
    uint64_t who = bill->operator_ == HW_NOTHING
                       ? land->money.pays_nobody
                       : land->money.pays_operator[bill->operator_] & land->money.pays_method[bill->method];
    uint64_t what = bill->place == HW_NOTHING ? land->money.pays_work : land->money.pays_place[bill->place];
    return payers_in(land, bill->district) & who & what & land->money.pays_for[bill->pays] &
           land->money.funded;
}

/* Streams that together cover a bill, most restricted first. */
typedef struct parts {
    uint32_t count;
    uint32_t stream[HW_STREAMS_MOST];
    int64_t work[HW_STREAMS_MOST], fees[HW_STREAMS_MOST];
    uint64_t emptied; /* streams that have nothing left for this month then */
} parts;

static bool find_parts(const hw_land *land, uint64_t may_pay, int64_t due, parts *found) {
    found->count = 0;
    found->emptied = 0;
    for (uint64_t left = may_pay; left != 0 && due > 0; left &= left - 1) {
        uint32_t place_in_order = (uint32_t)__builtin_ctzll(left);
        uint32_t s = land->money.order[place_in_order];
        uint32_t i = found->count++;
        found->stream[i] = s;
        found->work[i] = share_of(&land->money.streams[s], due, &found->fees[i]);
        if (found->work[i] + found->fees[i] == land->money.streams[s].allowed) {
            found->emptied |= UINT64_C(1) << place_in_order;
        }
        due -= found->work[i];
    }
    return due == 0;
}

bool hw_money_covers(const hw_land *land, const hw_bill *bill) {
    parts found;
    return find_parts(land, payers(land, bill), cents(bill->usd), &found);
}

/* Most bills are covered by the first stream that may pay them: seen without listing parts. */
static bool pay_from_first(hw_land *land, uint64_t may_pay, int64_t due, hw_purpose purpose) {
    uint32_t place_in_order = (uint32_t)__builtin_ctzll(may_pay);
    uint32_t s = land->money.order[place_in_order];
    int64_t fees;
    if (share_of(&land->money.streams[s], due, &fees) < due) {
        return false;
    }
    land->money.streams[s].allowed -= due + fees;
    book(land, purpose, s, due, fees);
    if (land->money.streams[s].allowed == 0) {
        land->money.funded &= ~(UINT64_C(1) << place_in_order);
    }
    return true;
}

/* Money only gets less between two bookings: what all these streams could not pay, none of them can later. */
static bool refused_before(const hw_land *land, uint64_t may_pay, int64_t due) {
    return (may_pay & ~land->money.refused_by) == 0 && due >= land->money.refused_cents;
}

static bool pay(hw_land *land, uint64_t may_pay, int64_t due, hw_purpose purpose) {
    if (may_pay == 0) {
        return due <= 0;
    }
    if (refused_before(land, may_pay, due)) {
        return false;
    }
    if (pay_from_first(land, may_pay, due, purpose)) {
        return true;
    }
    parts found;
    if (!find_parts(land, may_pay, due, &found)) {
        land->money.refused_by = may_pay;
        land->money.refused_cents = due;
        return false;
    }
    for (uint32_t i = 0; i < found.count; i++) {
        land->money.streams[found.stream[i]].allowed -= found.work[i] + found.fees[i];
        book(land, purpose, found.stream[i], found.work[i], found.fees[i]);
    }
    land->money.funded &= ~found.emptied;
    return true;
}

bool hw_money_pay(hw_land *land, const hw_bill *bill) {
    return pay(land, payers(land, bill), cents(bill->usd), bill->purpose);
}

hw_wage hw_money_wage(const hw_land *land, uint32_t operator_, uint32_t method, double running_usd,
                      double standby_usd) {
    return (hw_wage){.payers = land->money.pays_operator[operator_] & land->money.pays_method[method] &
                               land->money.pays_work & land->money.pays_for[HW_PAYS_CLEARANCE],
                     .running_cents = cents(running_usd),
                     .standby_cents = cents(standby_usd)};
}

bool hw_money_pay_wage(hw_land *land, const hw_wage *wage, uint32_t district, bool idle, hw_purpose purpose) {
    uint64_t may_pay = wage->payers & payers_in(land, district) & land->money.funded;
    return idle ? pay(land, may_pay, wage->standby_cents, HW_PURPOSE_STANDBY)
                : pay(land, may_pay, wage->running_cents, purpose);
}
