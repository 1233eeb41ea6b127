/* Paying: who may pay a bill, whether money covers it, and from which streams it is taken. */
#include "models/purse.h"
#include <string.h>

/* Fills `may_pay` with the streams that may pay a bill and have money. */
static void find_payers(hw_money *money, const hw_bill *bill) {
    assert(bill->pays < HW_PAYS && bill->purpose < HW_PURPOSES);
    assert((bill->operator_ == HW_NOTHING) == (bill->method == HW_NOTHING));
    bool nobody = bill->operator_ == HW_NOTHING;
    const uint64_t *where = hw_payers_in(money, bill->district);
    const uint64_t *who = nobody ? money->anybody : hw_set_of(money, money->for_operator, bill->operator_);
    const uint64_t *how = nobody ? money->anybody : hw_set_of(money, money->for_method, bill->method);
    const uint64_t *what =
        bill->place == HW_NOTHING ? money->work : hw_set_of(money, money->for_place, bill->place);
    const uint64_t *purpose = hw_set_of(money, money->for_purpose, bill->pays);
    for (uint32_t w = 0; w < money->words; w++) {
        money->may_pay[w] = where[w] & who[w] & how[w] & what[w] & purpose[w] & money->funded[w];
    }
}

/* The first stream in `may_pay` from a place in the order on, or HW_NOTHING; `place` becomes its own. */
static uint32_t next_payer(const hw_money *money, uint32_t *place) {
    uint64_t left = UINT64_MAX << *place % 64;
    for (uint32_t w = *place / 64; w < money->words; w++) {
        uint64_t here = money->may_pay[w] & left;
        if (here != 0) {
            *place = w * 64 + (uint32_t)__builtin_ctzll(here);
            assert(*place < money->stream_count);
            return money->order[*place];
        }
        left = UINT64_MAX;
    }
    return HW_NOTHING;
}

/* How much of an amount the streams in `may_pay` cover together, most restricted first. */
static int64_t covered(const hw_money *money, int64_t due) {
    uint32_t place = 0;
    int64_t left = due;
    for (uint32_t s = next_payer(money, &place); s != HW_NOTHING && left > 0; s = next_payer(money, &place)) {
        int64_t fees;
        left -= hw_share_of(&money->streams[s], left, &fees);
        place++;
    }
    return due - left;
}

static bool covers(const hw_money *money, int64_t due) {
    return covered(money, due) == due;
}

bool hw_money_covers(hw_land *land, const hw_bill *bill) {
    find_payers(&land->money, bill);
    return covers(&land->money, hw_cents(bill->usd));
}

/* Takes work and its fees out of a stream. */
static void draw_on(hw_land *land, uint32_t s, int64_t work, int64_t fees, hw_purpose purpose) {
    hw_stream_state *stream = &land->money.streams[s];
    stream->allowed -= work + fees;
    assert(stream->allowed >= 0 && stream->allowed <= stream->balance);
    hw_money_enter(land, purpose, s, work, fees);
    if (!hw_can_pay(stream)) {
        hw_set_bit(&land->money, land->money.funded, s, false);
    }
}

/* Money only gets less between two bookings: what all these streams could not pay, none of them can later. */
static bool refused_before(const hw_money *money, int64_t due) {
    if (due < money->refused_cents) {
        return false;
    }
    uint64_t others = 0;
    for (uint32_t w = 0; w < money->words; w++) {
        others |= money->may_pay[w] & ~money->refused_by[w];
    }
    return others == 0;
}

/* From the streams in `may_pay`, which cover the amount together. */
static void pay_in_parts(hw_land *land, int64_t due, hw_purpose purpose) {
    for (uint32_t place = 0; due > 0; place++) {
        uint32_t s = next_payer(&land->money, &place);
        assert(s != HW_NOTHING);
        int64_t fees;
        int64_t work = hw_share_of(&land->money.streams[s], due, &fees);
        draw_on(land, s, work, fees, purpose);
        due -= work;
    }
}

/* From several streams in `may_pay`, if they cover the amount together. */
static bool pay_together(hw_land *land, int64_t due, hw_purpose purpose) {
    hw_money *money = &land->money;
    if (refused_before(money, due)) {
        return false;
    }
    if (covers(money, due)) {
        pay_in_parts(land, due, purpose);
        return true;
    }
    memcpy(money->refused_by, money->may_pay, money->words * sizeof *money->refused_by);
    money->refused_cents = due;
    return false;
}

/* One stream covers an amount, and pays it. */
static bool pay_alone(hw_land *land, uint32_t s, int64_t due, hw_purpose purpose) {
    int64_t fees;
    if (hw_share_of(&land->money.streams[s], due, &fees) != due) {
        return false;
    }
    draw_on(land, s, due, fees, purpose);
    return true;
}

/* An amount, from the streams in `may_pay`. Most are covered by the first stream that may pay them. */
static bool pay(hw_land *land, int64_t due, hw_purpose purpose) {
    assert(due >= 0);
    uint32_t place = 0;
    uint32_t first = next_payer(&land->money, &place);
    if (first == HW_NOTHING) {
        return due <= 0;
    }
    return pay_alone(land, first, due, purpose) || pay_together(land, due, purpose);
}

bool hw_money_pay(hw_land *land, const hw_bill *bill) {
    find_payers(&land->money, bill);
    return pay(land, hw_cents(bill->usd), bill->purpose);
}

/* What money is left for: the last team that it reaches works a part of the month, and so do builders. */
static double pay_part(hw_land *land, int64_t due, hw_purpose purpose, double least) {
    int64_t there = covered(&land->money, due);
    double share = (double)there / (double)due;
    if (there == 0 || share < least) {
        return 0;
    }
    pay_in_parts(land, there, purpose);
    return share;
}

double hw_money_pay_share(hw_land *land, const hw_bill *bill, double least) {
    int64_t due = hw_cents(bill->usd);
    find_payers(&land->money, bill);
    return pay(land, due, bill->purpose) ? 1 : pay_part(land, due, bill->purpose, least);
}

void hw_money_set_wage(hw_land *land, uint32_t kind, double running_usd, double standby_usd) {
    assert(kind < land->force.kind_count);
    hw_money *money = &land->money;
    uint64_t *payers = hw_set_of(money, money->wage_payers, kind);
    const uint64_t *who = hw_set_of(money, money->for_operator, hw_kind_operator(&land->force, kind));
    const uint64_t *how = hw_set_of(money, money->for_method, hw_kind_method(&land->force, kind));
    const uint64_t *purpose = hw_set_of(money, money->for_purpose, HW_PAYS_CLEARANCE);
    for (uint32_t w = 0; w < money->words; w++) {
        payers[w] = who[w] & how[w] & purpose[w] & money->work[w];
    }
    money->wages[kind] =
        (hw_wage){.running_cents = hw_cents(running_usd), .standby_cents = hw_cents(standby_usd)};
}

/* Which of 64 streams may pay teams of a kind, if they pay for work at all. */
static uint64_t payers_of_kind(const hw_land *land, uint32_t kind, uint32_t word) {
    const hw_money *money = &land->money;
    return hw_set_of(money, money->for_operator, hw_kind_operator(&land->force, kind))[word] &
           hw_set_of(money, money->for_method, hw_kind_method(&land->force, kind))[word] &
           hw_set_of(money, money->for_purpose, HW_PAYS_CLEARANCE)[word] & money->work[word];
}

bool hw_money_may_pay(const hw_land *land, uint32_t stream, uint32_t kind) {
    uint32_t place = land->money.place_in_order[stream];
    return payers_of_kind(land, kind, place / 64) >> place % 64 & 1 &&
           !land->money.streams[stream].victim_aid;
}

bool hw_money_is_for(const hw_land *land, uint32_t stream, uint32_t district) {
    uint32_t place = land->money.place_in_order[stream];
    return hw_payers_in(&land->money, district)[place / 64] >> place % 64 & 1;
}

bool hw_money_pays_work(const hw_land *land, uint32_t stream) {
    const hw_money *money = &land->money;
    uint32_t place = money->place_in_order[stream];
    return money->work[place / 64] & money->funded[place / 64] & UINT64_C(1) << place % 64 &&
           hw_stream_terms_of(land, stream)->pays == HW_PAYS_CLEARANCE && !money->streams[stream].victim_aid;
}

bool hw_money_may_pay_both(const hw_land *land, uint32_t one, uint32_t other) {
    const hw_money *money = &land->money;
    for (uint32_t w = 0; w < money->words; w++) {
        uint64_t both = payers_of_kind(land, one, w) & payers_of_kind(land, other, w);
        for (; both != 0; both &= both - 1) {
            if (!money->streams[money->order[w * 64 + (uint32_t)__builtin_ctzll(both)]].victim_aid) {
                return true;
            }
        }
    }
    return false;
}

bool hw_money_may_contract(const hw_land *land, uint32_t stream, uint32_t kind) {
    uint32_t place = land->money.place_in_order[stream];
    return hw_money_may_pay(land, stream, kind) && land->money.anywhere[place / 64] >> place % 64 & 1;
}

/* The streams that may pay a wage and have money, 64 of them. */
static uint64_t payers_of_wage(const hw_money *money, uint32_t kind, uint32_t district, uint32_t word) {
    return hw_set_of(money, money->wage_payers, kind)[word] & hw_payers_in(money, district)[word] &
           money->funded[word];
}

/* A wage that the first stream which may pay it does not cover. Rare, and not inline: what most wages need
 * stays short. */
__attribute__((noinline)) static double pay_with_others(hw_land *land, uint32_t kind, uint32_t district,
                                                        int64_t due, hw_purpose purpose, double least) {
    hw_money *money = &land->money;
    for (uint32_t w = 0; w < money->words; w++) {
        money->may_pay[w] = payers_of_wage(money, kind, district, w);
    }
    return pay_together(land, due, purpose) ? 1 : pay_part(land, due, purpose, least);
}

double hw_money_pay_wage(hw_land *land, uint32_t kind, uint32_t district, bool idle, hw_purpose purpose,
                         double least) {
    assert(kind < land->force.kind_count);
    assert(district == HW_NOTHING || district < land->district_count);
    const hw_money *money = &land->money;
    int64_t due = idle ? money->wages[kind].standby_cents : money->wages[kind].running_cents;
    purpose = idle ? HW_PURPOSE_STANDBY : purpose;
    for (uint32_t w = 0; w < money->words; w++) {
        uint64_t here = payers_of_wage(money, kind, district, w);
        if (here != 0) {
            uint32_t first = money->order[w * 64 + (uint32_t)__builtin_ctzll(here)];
            return pay_alone(land, first, due, purpose)
                       ? 1
                       : pay_with_others(land, kind, district, due, purpose, least);
        }
    }
    return due <= 0;
}
