/* What the files of money share: amounts, the purse of a stream, sets of streams. For money.c, payment.c and
 * move_money.c alone. */
#ifndef HW_MODELS_PURSE_H
#define HW_MODELS_PURSE_H

#include "models/land.h"
#include "models/money.h"
#include <assert.h>
#include <math.h>

/* Of an amount that is not negative. */
static inline int64_t hw_cents(double usd) {
    assert(isfinite(usd) && usd > -0.005);
    return (int64_t)(usd * 100 + 0.5);
}

/* Work and its fees leave a stream: into the books of its year and purpose. */
void hw_money_enter(hw_land *land, hw_purpose purpose, uint32_t stream, int64_t work, int64_t fees);

/* How much of `due` can be paid out of `left` of a stream, and the fees that go with it. */
static inline int64_t hw_share_out_of(const hw_stream_state *stream, int64_t left, int64_t due,
                                      int64_t *fees) {
    assert(due >= 0 && left >= 0);
    assert(stream->work_share > 0 && stream->work_share <= 1 && stream->overhead_share >= 0);
    int64_t work = (int64_t)((double)left * stream->work_share);
    work = work < due ? work : due;
    *fees = (int64_t)((double)work * stream->overhead_share + 0.5);
    *fees = *fees < left - work ? *fees : left - work;
    assert(*fees >= 0 && work + *fees <= left);
    return work;
}

/* The same of what it may spend this month. */
static inline int64_t hw_share_of(const hw_stream_state *stream, int64_t due, int64_t *fees) {
    return hw_share_out_of(stream, stream->allowed, due, fees);
}

/* Too little for a cent of work and its fees is nothing. */
static inline bool hw_can_pay(const hw_stream_state *stream) {
    return (int64_t)((double)stream->allowed * stream->work_share) > 0;
}

/* Streams may have come to money again: what was refused may be paid now. */
static inline void hw_forget_refusals(hw_money *money) {
    money->refused_cents = INT64_MAX;
}

/* ---- Sets of streams: a bit for each, at its place in the order ---- */

static inline void hw_set_bit(const hw_money *money, uint64_t *set, uint32_t stream, bool on) {
    assert(stream < money->stream_count);
    assert(money->order[money->place_in_order[stream]] == stream);
    uint32_t place = money->place_in_order[stream];
    uint64_t bit = UINT64_C(1) << place % 64;
    set[place / 64] = on ? set[place / 64] | bit : set[place / 64] & ~bit;
}

/* The set of an item in an array of sets. */
static inline uint64_t *hw_set_of(const hw_money *money, uint64_t *sets, uint32_t item) {
    return sets + (size_t)item * money->words;
}

/* The streams that may pay in a district (HW_NOTHING: none yet). */
static inline const uint64_t *hw_payers_in(const hw_money *money, uint32_t district) {
    return district == HW_NOTHING ? money->anywhere : hw_set_of(money, money->for_district, district);
}

/* ---- Kept for moves: move_money.c ---- */

/* What it costs to move every team once, and the team whose move is dearest; cents. */
typedef struct hw_moves {
    double all, dearest;
} hw_moves;

hw_moves hw_cost_of_moves(const hw_land *land);

/* Of what a stream may spend this month, what wages leave for moves; `saved` was left of it last month. */
int64_t hw_kept_for_moves(const hw_land *land, uint32_t stream, int64_t saved, hw_moves cost);

/* What a stream keeps for moves may be spent on anything. */
void hw_money_unreserve(hw_land *land, uint32_t stream);

#endif
