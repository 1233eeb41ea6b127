/* Why money was not spent. */
#include "models/unspent.h"
#include "models/contracts.h"
#include "models/land.h"
#include <assert.h>

/* A budget that has grown by more than this is news. */
static const double NEWS = 1.01;

static int64_t *reasons_of(const hw_land *land, uint32_t stream) {
    assert(stream < land->money.stream_count);
    return land->growth.unspent + (size_t)stream * HW_UNSPENT_REASONS;
}

static bool is_kept(const hw_land *land, uint32_t stream) {
    return hw_stream_terms_of(land, stream)->pays == HW_PAYS_CLEARANCE;
}

/* What is left keeps the reason for which it was left first. */
static void take_off(int64_t *unspent, int64_t cents) {
    for (int reason = HW_UNSPENT_REASONS; reason-- > 0 && cents > 0;) {
        int64_t off = unspent[reason] < cents ? unspent[reason] : cents;
        unspent[reason] -= off;
        cents -= off;
    }
    assert(cents <= 0);
}

static uint32_t reason_today(const hw_land *land, uint32_t s) {
    if (hw_contracts_took_all(land, s)) {
        return HW_UNSPENT_FIRMS;
    }
    if (!land->growth.growing) {
        return HW_UNSPENT_LIST;
    }
    const hw_stream_state *stream = &land->money.streams[s];
    bool news = hw_budget_a_year(land, stream) > NEWS * stream->reviewed_a_year;
    return news ? HW_UNSPENT_REVIEW : land->growth.reason[s];
}

/* What is known of a stream's money without asking planners. */
static void set_known(int64_t *unspent, const hw_stream_state *stream) {
    unspent[HW_UNSPENT_SIGNED] = stream->contracted;
    unspent[HW_UNSPENT_LATER] = stream->balance - stream->contracted - stream->allowed;
}

void hw_unspent_note(hw_land *land) {
    for (uint32_t s = 0; s < land->money.stream_count; s++) {
        if (!is_kept(land, s)) {
            continue;
        }
        const hw_stream_state *stream = &land->money.streams[s];
        int64_t *unspent = reasons_of(land, s);
        set_known(unspent, stream);
        int64_t more = stream->balance;
        for (int reason = 0; reason < HW_UNSPENT_REASONS; reason++) {
            assert(unspent[reason] >= 0);
            more -= unspent[reason];
        }
        if (more >= 0) {
            unspent[reason_today(land, s)] += more;
        } else {
            unspent[HW_UNSPENT_LATER] = unspent[HW_UNSPENT_SIGNED] = 0;
            take_off(unspent, -more);
            set_known(unspent, stream);
        }
    }
}

static void add(hw_land *land, uint32_t s, uint32_t reason, int64_t cents) {
    assert(cents >= 0 && land->calendar.year < land->calendar.year_count);
    if (cents > 0) {
        size_t cell = (size_t)s * HW_UNSPENT_REASONS + reason;
        land->growth.given_up[cell * land->calendar.year_count + land->calendar.year] += cents;
    }
}

void hw_unspent_give_up(hw_land *land, uint32_t s) {
    if (!is_kept(land, s)) {
        return;
    }
    int64_t *unspent = reasons_of(land, s);
    int64_t left = land->money.streams[s].balance - land->money.streams[s].contracted;
    for (int reason = 0; reason < HW_UNSPENT_REASONS; reason++) {
        if (reason == HW_UNSPENT_SIGNED) {
            continue;
        }
        int64_t cents = unspent[reason] < left ? unspent[reason] : left;
        add(land, s, (uint32_t)reason, cents);
        left -= cents;
        unspent[reason] = 0;
    }
    add(land, s, HW_UNSPENT_TOO_LATE, left); /* it has come since the last planning day */
}

void hw_unspent_lose(hw_land *land, uint32_t s, uint32_t reason, int64_t cents) {
    assert(is_kept(land, s) && reasons_of(land, s)[reason] >= cents);
    reasons_of(land, s)[reason] -= cents;
    add(land, s, reason, cents);
}

void hw_unspent_close(hw_land *land) {
    for (uint32_t s = 0; s < land->money.stream_count; s++) {
        if (is_kept(land, s)) {
            hw_unspent_give_up(land, s);
            hw_unspent_lose(land, s, HW_UNSPENT_SIGNED, land->money.streams[s].contracted);
            add(land, s, HW_UNSPENT_CONDITION, land->money.streams[s].retained);
        }
    }
    land->growth.closed = true;
}
