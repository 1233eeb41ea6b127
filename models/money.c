/* The books of streams: grants, holdings, earmarks, spending. */
#include "models/income.h"
#include "models/purse.h"
#include "models/unspent.h"
#include <assert.h>
#include <math.h>
#include <string.h>

/* Fees of building are what building costs, and no mine action. */
static hw_purpose purpose_of_fees(hw_purpose purpose) {
    return purpose == HW_PURPOSE_BUILDING ? HW_PURPOSE_BUILDING : HW_PURPOSE_OVERHEAD;
}

void hw_money_enter(hw_land *land, hw_purpose purpose, uint32_t s, int64_t work, int64_t fees) {
    assert(purpose < HW_PURPOSES && s < land->money.stream_count);
    assert(work >= 0 && fees >= 0);
    assert(land->calendar.year < land->calendar.year_count);
    hw_stream_state *stream = &land->money.streams[s];
    assert(stream->balance >= work + fees); /* nobody spends what is not there */
    stream->balance -= work + fees;
    stream->spent += work + fees;
    land->outcome.stream_year_spent[s * land->calendar.year_count + land->calendar.year] += work + fees;
    land->outcome.purpose_year_spent[purpose * land->calendar.year_count + land->calendar.year] += work;
    land->outcome
        .purpose_year_spent[purpose_of_fees(purpose) * land->calendar.year_count + land->calendar.year] +=
        fees;
}

/* Victims need more than any giver has: all that may be spent this month is. */
static void spend_on_victims(hw_land *land, uint32_t s) {
    int64_t fees;
    int64_t work = hw_share_of(&land->money.streams[s], INT64_MAX, &fees);
    hw_money_enter(land, HW_PURPOSE_VICTIM_AID, s, work, fees);
    land->money.streams[s].allowed = 0;
}

void hw_money_turn(hw_land *land, uint32_t s, bool to_victim_aid) {
    assert(s < land->money.stream_count);
    land->money.streams[s].victim_aid = to_victim_aid;
    if (to_victim_aid) {
        hw_money_unreserve(land, s);
        spend_on_victims(land, s);
        hw_set_bit(&land->money, land->money.funded, s, false);
    }
}

void hw_money_grant(hw_land *land, uint32_t s, double usd) {
    assert(s < land->money.stream_count);
    hw_stream_state *stream = &land->money.streams[s];
    int64_t granted = hw_cents(usd);
    stream->granted += granted;
    stream->pledged += granted;
    stream->committed += granted;
    stream->disbursed += granted;
    stream->balance += granted;
    if (granted > 0 && !stream->victim_aid) {
        stream->allowed += granted;
        hw_set_bit(&land->money, land->money.funded, s, hw_can_pay(stream));
        hw_forget_refusals(&land->money); /* what was refused may be paid now */
    }
}

double hw_money_held(const hw_land *land, uint32_t stream) {
    return (double)land->money.streams[stream].balance / 100;
}

void hw_money_book(hw_land *land, double now) {
    hw_moves cost = hw_cost_of_moves(land);
    for (uint32_t s = 0; s < land->money.stream_count; s++) {
        const hw_stream_terms *terms = hw_stream_terms_of(land, s);
        hw_stream_state *stream = &land->money.streams[s];
        int64_t saved = stream->allowed < stream->saved ? stream->allowed : stream->saved;
        stream->allowed = hw_income_book(land, s, now);
        assert(stream->allowed >= 0 && stream->allowed <= stream->balance);
        if (terms->pays == HW_PAYS_VICTIM_AID || stream->victim_aid) {
            spend_on_victims(land, s);
        }
        stream->saved = stream->reserved = hw_kept_for_moves(land, s, saved, cost);
        stream->allowed -= stream->reserved;
    }
    hw_forget_refusals(&land->money);
    for (uint32_t s = 0; s < land->money.stream_count; s++) {
        uint32_t place = hw_stream_terms_of(land, s)->only_place;
        bool released = place != HW_NO_REFERENCE && !isnan(land->places[place].release_day);
        hw_set_bit(&land->money, land->money.funded, s, hw_can_pay(&land->money.streams[s]));
        hw_set_bit(&land->money, land->money.work, s, !released);
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

/* What a stream may pay, by its earmarks. */
static void lay_out_stream(hw_land *land, uint32_t s) {
    hw_money *money = &land->money;
    const hw_stream_terms *terms = hw_stream_terms_of(land, s);
    for (uint32_t d = 0; d < land->district_count; d++) {
        hw_set_bit(money, hw_set_of(money, money->for_district, d), s, district_allowed(land, terms, d));
    }
    for (uint32_t p = 0; p < land->place_count; p++) {
        bool pays = terms->only_place == HW_NO_REFERENCE || terms->only_place == p;
        hw_set_bit(money, hw_set_of(money, money->for_place, p), s, pays);
    }
    for (uint32_t o = 0; o < land->scenario->operators.count; o++) {
        bool own = HW_ITEM(land->scenario->operators, hw_operator, o)->own_money;
        bool pays = listed(&terms->only_operators, o) && (!own || terms->only_operators.count > 0);
        hw_set_bit(money, hw_set_of(money, money->for_operator, o), s, pays);
    }
    for (uint32_t m = 0; m < land->force.method_count; m++) {
        bool pays = terms->only_method == 0 || terms->only_method - 1 == m;
        hw_set_bit(money, hw_set_of(money, money->for_method, m), s, pays);
    }
    bool anywhere = terms->only_districts.count == 0 && terms->only_place == HW_NO_REFERENCE;
    hw_set_bit(money, money->anywhere, s, anywhere);
    hw_set_bit(money, money->anybody, s, terms->only_operators.count == 0 && terms->only_method == 0);
    hw_set_bit(money, hw_set_of(money, money->for_purpose, terms->pays), s, true);
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

/* ---- Contracts ---- */

void hw_money_bind(hw_land *land, uint32_t s, int64_t work, int64_t fees) {
    hw_stream_state *stream = &land->money.streams[s];
    assert(work >= 0 && fees >= 0 && work + fees <= stream->allowed);
    stream->allowed -= work + fees;
    stream->contracted += work + fees;
    hw_set_bit(&land->money, land->money.funded, s, hw_can_pay(stream));
}

void hw_money_pay_bound(hw_land *land, uint32_t s, int64_t work, int64_t fees) {
    assert(land->money.streams[s].contracted >= work + fees);
    land->money.streams[s].contracted -= work + fees;
    hw_money_enter(land, HW_PURPOSE_CONTRACTS, s, work, fees);
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
    hw_set_bit(&land->money, land->money.funded, s, hw_can_pay(stream));
    hw_forget_refusals(&land->money);
}
