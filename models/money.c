/* The books of streams: grants, holdings, earmarks, spending. */
#include "models/money.h"
#include "models/income.h"
#include "models/land.h"
#include "models/unspent.h"
#include "sim/extremes.h"
#include <assert.h>
#include <math.h>
#include <string.h>

/* Of an amount that is not negative. */
static int64_t cents(double usd) {
    assert(isfinite(usd) && usd > -0.005);
    return (int64_t)(usd * 100 + 0.5);
}

static void book(hw_land *land, hw_purpose purpose, uint32_t s, int64_t work, int64_t fees) {
    assert(purpose < HW_PURPOSES && s < land->money.stream_count);
    assert(work >= 0 && fees >= 0);
    assert(land->calendar.year < land->calendar.year_count);
    hw_stream_state *stream = &land->money.streams[s];
    assert(stream->balance >= work + fees); /* nobody spends what is not there */
    stream->balance -= work + fees;
    stream->spent += work + fees;
    land->outcome.stream_year_spent[s * land->calendar.year_count + land->calendar.year] += work + fees;
    land->outcome.purpose_year_spent[purpose * land->calendar.year_count + land->calendar.year] += work;
    land->outcome.purpose_year_spent[HW_PURPOSE_OVERHEAD * land->calendar.year_count + land->calendar.year] +=
        fees;
}

/* What a stream can pay of `due` this month, and the fees that go with it. */
static int64_t share_of(const hw_stream_state *stream, int64_t due, int64_t *fees) {
    assert(due >= 0 && stream->allowed >= 0);
    assert(stream->work_share > 0 && stream->work_share <= 1 && stream->overhead_share >= 0);
    int64_t work = (int64_t)((double)stream->allowed * stream->work_share);
    work = work < due ? work : due;
    *fees = (int64_t)((double)work * stream->overhead_share + 0.5);
    *fees = *fees < stream->allowed - work ? *fees : stream->allowed - work;
    assert(*fees >= 0 && work + *fees <= stream->allowed);
    return work;
}

/* Too little for a cent of work and its fees is nothing. */
static bool can_pay(const hw_stream_state *stream) {
    return (int64_t)((double)stream->allowed * stream->work_share) > 0;
}

static void forget_refusals(hw_money *money) {
    money->refused_cents = INT64_MAX;
}

/* Victims need more than any giver has: all that may be spent this month is. */
static void spend_on_victims(hw_land *land, uint32_t s) {
    int64_t fees;
    int64_t work = share_of(&land->money.streams[s], INT64_MAX, &fees);
    book(land, HW_PURPOSE_VICTIM_AID, s, work, fees);
    land->money.streams[s].allowed = 0;
}

static void give_back(hw_land *land, uint32_t s) {
    hw_stream_state *stream = &land->money.streams[s];
    stream->allowed += stream->reserved;
    stream->reserved = 0;
    assert(stream->allowed <= stream->balance);
}

/* ---- Sets of streams: a bit for each, at its place in the order ---- */

static void set_bit(const hw_money *money, uint64_t *set, uint32_t stream, bool on) {
    assert(stream < money->stream_count);
    assert(money->order[money->place_in_order[stream]] == stream);
    uint32_t place = money->place_in_order[stream];
    uint64_t bit = UINT64_C(1) << place % 64;
    set[place / 64] = on ? set[place / 64] | bit : set[place / 64] & ~bit;
}

/* The set of an item in an array of sets. */
static uint64_t *set_of(const hw_money *money, uint64_t *sets, uint32_t item) {
    return sets + (size_t)item * money->words;
}

void hw_money_turn(hw_land *land, uint32_t s, bool to_victim_aid) {
    assert(s < land->money.stream_count);
    land->money.streams[s].victim_aid = to_victim_aid;
    if (to_victim_aid) {
        give_back(land, s);
        spend_on_victims(land, s);
        set_bit(&land->money, land->money.funded, s, false);
    }
}

void hw_money_grant(hw_land *land, uint32_t s, double usd) {
    assert(s < land->money.stream_count);
    hw_stream_state *stream = &land->money.streams[s];
    int64_t granted = cents(usd);
    stream->granted += granted;
    stream->pledged += granted;
    stream->committed += granted;
    stream->disbursed += granted;
    stream->balance += granted;
    if (granted > 0 && !stream->victim_aid) {
        stream->allowed += granted;
        set_bit(&land->money, land->money.funded, s, can_pay(stream));
        forget_refusals(&land->money); /* what was refused may be paid now */
    }
}

double hw_money_held(const hw_land *land, uint32_t stream) {
    return (double)land->money.streams[stream].balance / 100;
}

/* What it costs to move every team once, and the team whose move is dearest. */
typedef struct moves {
    double all, dearest; /* cents */
} moves;

static moves cost_of_moves(const hw_land *land) {
    moves cost = {0, 0};
    for (uint32_t k = 0; k < land->force.kind_count; k++) {
        uint32_t teams = land->force.kind_teams[k];
        if (teams > 0) {
            double one = ceil(100 * land->force.methods[hw_kind_method(&land->force, k)].move_cost *
                              land->force.operators[hw_kind_operator(&land->force, k)].cost);
            cost.all += teams * one;
            cost.dearest = hw_greater(cost.dearest, one);
        }
    }
    return cost;
}

/* A team whose move nobody can pay stands idle beside work elsewhere: so wages leave something for moves.
 * What was left of it last month is saved up until the dearest move can be paid. */
static int64_t set_aside(const hw_land *land, uint32_t s, int64_t saved, moves cost) {
    const hw_stream_state *stream = &land->money.streams[s];
    if (hw_stream_terms_of(land, s)->pays != HW_PAYS_CLEARANCE || stream->victim_aid) {
        return 0;
    }
    double fresh = hw_in_force(land, land->scenario->planning.move_reserve) * (double)stream->allowed;
    double enough = hw_greater(fresh, hw_lesser((double)saved + fresh, cost.dearest / stream->work_share));
    return (int64_t)hw_lesser((double)stream->allowed,
                              ceil(hw_lesser(enough, cost.all / stream->work_share)));
}

void hw_money_book(hw_land *land, double now) {
    moves cost = cost_of_moves(land);
    for (uint32_t s = 0; s < land->money.stream_count; s++) {
        const hw_stream_terms *terms = hw_stream_terms_of(land, s);
        hw_stream_state *stream = &land->money.streams[s];
        int64_t saved = stream->allowed < stream->saved ? stream->allowed : stream->saved;
        stream->allowed = hw_income_book(land, s, now);
        assert(stream->allowed >= 0 && stream->allowed <= stream->balance);
        if (terms->pays == HW_PAYS_VICTIM_AID || stream->victim_aid) {
            spend_on_victims(land, s);
        }
        stream->saved = stream->reserved = set_aside(land, s, saved, cost);
        stream->allowed -= stream->reserved;
    }
    forget_refusals(&land->money);
    for (uint32_t s = 0; s < land->money.stream_count; s++) {
        uint32_t place = hw_stream_terms_of(land, s)->only_place;
        bool released = place != HW_NO_REFERENCE && !isnan(land->places[place].release_day);
        set_bit(&land->money, land->money.funded, s, can_pay(&land->money.streams[s]));
        set_bit(&land->money, land->money.work, s, !released);
    }
}

void hw_money_give_back(hw_land *land) {
    for (uint32_t s = 0; s < land->money.stream_count; s++) {
        give_back(land, s);
        set_bit(&land->money, land->money.funded, s, can_pay(&land->money.streams[s]));
    }
    forget_refusals(&land->money);
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

/* What a stream may pay, by its earmarks. */
static void lay_out_stream(hw_land *land, uint32_t s) {
    hw_money *money = &land->money;
    const hw_stream_terms *terms = hw_stream_terms_of(land, s);
    for (uint32_t d = 0; d < land->district_count; d++) {
        set_bit(money, set_of(money, money->for_district, d), s, district_allowed(land, terms, d));
    }
    for (uint32_t p = 0; p < land->place_count; p++) {
        bool pays = terms->only_place == HW_NO_REFERENCE || terms->only_place == p;
        set_bit(money, set_of(money, money->for_place, p), s, pays);
    }
    for (uint32_t o = 0; o < land->scenario->operators.count; o++) {
        bool own = HW_ITEM(land->scenario->operators, hw_operator, o)->own_money;
        bool pays = listed(&terms->only_operators, o) && (!own || terms->only_operators.count > 0);
        set_bit(money, set_of(money, money->for_operator, o), s, pays);
    }
    for (uint32_t m = 0; m < land->force.method_count; m++) {
        bool pays = terms->only_method == 0 || terms->only_method - 1 == m;
        set_bit(money, set_of(money, money->for_method, m), s, pays);
    }
    bool anywhere = terms->only_districts.count == 0 && terms->only_place == HW_NO_REFERENCE;
    set_bit(money, money->anywhere, s, anywhere);
    set_bit(money, money->anybody, s, terms->only_operators.count == 0 && terms->only_method == 0);
    set_bit(money, set_of(money, money->for_purpose, terms->pays), s, true);
}

void hw_money_lay_out(hw_land *land) {
    uint32_t at = 0;
    for (uint32_t marks = 16; marks-- > 0;) {
        for (uint32_t s = 0; s < land->money.stream_count; s++) {
            if (earmarks(hw_stream_terms_of(land, s)) == marks) {
                land->money.place_in_order[s] = at;
                land->money.order[at++] = s;
                lay_out_stream(land, s);
            }
        }
    }
}

/* ---- Paying ---- */

static const uint64_t *payers_in(const hw_money *money, uint32_t district) {
    return district == HW_NOTHING ? money->anywhere : set_of(money, money->for_district, district);
}

/* Fills `may_pay` with the streams that may pay a bill and have money. */
static void find_payers(hw_money *money, const hw_bill *bill) {
    assert(bill->pays < HW_PAYS && bill->purpose < HW_PURPOSES);
    assert((bill->operator_ == HW_NOTHING) == (bill->method == HW_NOTHING));
    bool nobody = bill->operator_ == HW_NOTHING;
    const uint64_t *where = payers_in(money, bill->district);
    const uint64_t *who = nobody ? money->anybody : set_of(money, money->for_operator, bill->operator_);
    const uint64_t *how = nobody ? money->anybody : set_of(money, money->for_method, bill->method);
    const uint64_t *what =
        bill->place == HW_NOTHING ? money->work : set_of(money, money->for_place, bill->place);
    const uint64_t *purpose = set_of(money, money->for_purpose, bill->pays);
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
        left -= share_of(&money->streams[s], left, &fees);
        place++;
    }
    return due - left;
}

static bool covers(const hw_money *money, int64_t due) {
    return covered(money, due) == due;
}

bool hw_money_covers(hw_land *land, const hw_bill *bill) {
    find_payers(&land->money, bill);
    return covers(&land->money, cents(bill->usd));
}

/* Takes work and its fees out of a stream. */
static void draw_on(hw_land *land, uint32_t s, int64_t work, int64_t fees, hw_purpose purpose) {
    hw_stream_state *stream = &land->money.streams[s];
    stream->allowed -= work + fees;
    assert(stream->allowed >= 0 && stream->allowed <= stream->balance);
    book(land, purpose, s, work, fees);
    if (!can_pay(stream)) {
        set_bit(&land->money, land->money.funded, s, false);
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
        int64_t work = share_of(&land->money.streams[s], due, &fees);
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
    if (share_of(&land->money.streams[s], due, &fees) != due) {
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
    return pay(land, cents(bill->usd), bill->purpose);
}

void hw_money_set_wage(hw_land *land, uint32_t kind, double running_usd, double standby_usd) {
    assert(kind < land->force.kind_count);
    hw_money *money = &land->money;
    uint64_t *payers = set_of(money, money->wage_payers, kind);
    const uint64_t *who = set_of(money, money->for_operator, hw_kind_operator(&land->force, kind));
    const uint64_t *how = set_of(money, money->for_method, hw_kind_method(&land->force, kind));
    const uint64_t *purpose = set_of(money, money->for_purpose, HW_PAYS_CLEARANCE);
    for (uint32_t w = 0; w < money->words; w++) {
        payers[w] = who[w] & how[w] & purpose[w] & money->work[w];
    }
    money->wages[kind] = (hw_wage){.running_cents = cents(running_usd), .standby_cents = cents(standby_usd)};
}

/* Which of 64 streams may pay teams of a kind, if they pay for work at all. */
static uint64_t payers_of_kind(const hw_land *land, uint32_t kind, uint32_t word) {
    const hw_money *money = &land->money;
    return set_of(money, money->for_operator, hw_kind_operator(&land->force, kind))[word] &
           set_of(money, money->for_method, hw_kind_method(&land->force, kind))[word] &
           set_of(money, money->for_purpose, HW_PAYS_CLEARANCE)[word] & money->work[word];
}

bool hw_money_may_pay(const hw_land *land, uint32_t stream, uint32_t kind) {
    uint32_t place = land->money.place_in_order[stream];
    return payers_of_kind(land, kind, place / 64) >> place % 64 & 1 &&
           !land->money.streams[stream].victim_aid;
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

void hw_money_bind(hw_land *land, uint32_t s, int64_t work, int64_t fees) {
    hw_stream_state *stream = &land->money.streams[s];
    assert(work >= 0 && fees >= 0 && work + fees <= stream->allowed);
    stream->allowed -= work + fees;
    stream->contracted += work + fees;
    set_bit(&land->money, land->money.funded, s, can_pay(stream));
}

void hw_money_pay_bound(hw_land *land, uint32_t s, int64_t work, int64_t fees) {
    assert(land->money.streams[s].contracted >= work + fees);
    land->money.streams[s].contracted -= work + fees;
    book(land, HW_PURPOSE_CONTRACTS, s, work, fees);
}

void hw_money_release(hw_land *land, uint32_t s, int64_t cents, bool gone) {
    hw_stream_state *stream = &land->money.streams[s];
    assert(cents >= 0 && cents <= stream->contracted);
    stream->contracted -= cents;
    if (gone) {
        hw_income_lose(stream, hw_stream_terms_of(land, s), cents);
        hw_unspent_lose(land, s, HW_UNSPENT_SIGNED, cents);
        return;
    }
    stream->allowed += stream->victim_aid ? 0 : cents;
    set_bit(&land->money, land->money.funded, s, can_pay(stream));
    forget_refusals(&land->money);
}

/* The last team that money reaches is paid for part of the month. */
static double pay_part(hw_land *land, int64_t due, hw_purpose purpose, double least) {
    int64_t there = covered(&land->money, due);
    double share = (double)there / (double)due;
    if (there == 0 || share < least) {
        return 0;
    }
    pay_in_parts(land, there, purpose);
    return share;
}

double hw_money_pay_wage(hw_land *land, uint32_t kind, uint32_t district, bool idle, hw_purpose purpose,
                         double least) {
    assert(kind < land->force.kind_count);
    assert(district == HW_NOTHING || district < land->district_count);
    hw_money *money = &land->money;
    const uint64_t *payers = set_of(money, money->wage_payers, kind), *where = payers_in(money, district);
    uint32_t first = HW_NOTHING;
    for (uint32_t w = 0; w < money->words; w++) {
        uint64_t here = payers[w] & where[w] & money->funded[w];
        money->may_pay[w] = here;
        if (here != 0 && first == HW_NOTHING) {
            first = money->order[w * 64 + (uint32_t)__builtin_ctzll(here)];
        }
    }
    int64_t due = idle ? money->wages[kind].standby_cents : money->wages[kind].running_cents;
    if (first == HW_NOTHING) {
        return due <= 0;
    }
    purpose = idle ? HW_PURPOSE_STANDBY : purpose;
    if (pay_alone(land, first, due, purpose) || pay_together(land, due, purpose)) {
        return 1;
    }
    return pay_part(land, due, purpose, least);
}
