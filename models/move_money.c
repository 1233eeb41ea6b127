/* Money for moves: what wages leave for them, and what is promised to the first move of a team. */
#include "models/purse.h"
#include "sim/extremes.h"

void hw_money_unreserve(hw_land *land, uint32_t s) {
    hw_stream_state *stream = &land->money.streams[s];
    stream->allowed += stream->reserved;
    stream->reserved = stream->promised = 0;
    assert(stream->allowed <= stream->balance);
}

hw_moves hw_cost_of_moves(const hw_land *land) {
    hw_moves cost = {0, 0};
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
int64_t hw_kept_for_moves(const hw_land *land, uint32_t s, int64_t saved, hw_moves cost) {
    const hw_stream_state *stream = &land->money.streams[s];
    if (hw_stream_terms_of(land, s)->pays != HW_PAYS_CLEARANCE || stream->victim_aid) {
        return 0;
    }
    double fresh = hw_in_force(land, land->scenario->planning.move_reserve) * (double)stream->allowed;
    double enough = hw_greater(fresh, hw_lesser((double)saved + fresh, cost.dearest / stream->work_share));
    return (int64_t)hw_lesser((double)stream->allowed,
                              ceil(hw_lesser(enough, cost.all / stream->work_share)));
}

void hw_money_give_back(hw_land *land) {
    for (uint32_t s = 0; s < land->money.stream_count; s++) {
        hw_money_unreserve(land, s);
        hw_set_bit(&land->money, land->money.funded, s, hw_can_pay(&land->money.streams[s]));
    }
    hw_forget_refusals(&land->money);
}

/* ---- First moves ---- */

/* What a stream has for a first move: also what it keeps for moves and has not promised. */
static int64_t purse_of(const hw_stream_state *stream) {
    assert(stream->promised <= stream->reserved);
    return stream->allowed + stream->reserved - stream->promised;
}

static bool may_move(const hw_land *land, uint32_t s, uint32_t kind, uint32_t district) {
    return hw_money_is_for(land, s, district) && hw_money_may_pay(land, s, kind);
}

bool hw_money_covers_first_move(const hw_land *land, uint32_t kind, bool idle, const hw_bill *move) {
    const hw_wage *wage = &land->money.wages[kind];
    int64_t wage_left = idle ? wage->standby_cents : wage->running_cents, fees;
    int64_t all_left = wage_left + hw_cents(move->usd);
    for (uint32_t i = 0; i < land->money.stream_count && all_left > 0; i++) {
        uint32_t s = land->money.order[i];
        const hw_stream_state *stream = &land->money.streams[s];
        if (may_move(land, s, kind, move->district)) {
            wage_left -= hw_share_of(stream, wage_left, &fees);
            all_left -= hw_share_out_of(stream, purse_of(stream), all_left, &fees);
        }
    }
    return wage_left <= 0 && all_left <= 0;
}

/* Pays from what is kept for moves as far as it goes, then from what wages are paid from. */
static void pay_move(hw_land *land, uint32_t s, int64_t work, int64_t fees) {
    hw_stream_state *stream = &land->money.streams[s];
    int64_t all = work + fees, kept = stream->reserved - stream->promised;
    kept = kept < all ? kept : all;
    stream->reserved -= kept;
    stream->allowed -= all - kept;
    hw_money_enter(land, HW_PURPOSE_MOVES, s, work, fees);
}

static void promise(hw_stream_state *stream, int64_t all) {
    stream->promised += all;
    int64_t lack = stream->promised > stream->reserved ? stream->promised - stream->reserved : 0;
    stream->reserved += lack;
    stream->allowed -= lack;
}

void hw_money_pay_first_move(hw_land *land, uint32_t kind, const hw_bill *move) {
    int64_t left = hw_cents(move->usd), fees;
    for (uint32_t i = 0; i < land->money.stream_count && left > 0; i++) {
        uint32_t s = land->money.order[i];
        hw_stream_state *stream = &land->money.streams[s];
        if (!may_move(land, s, kind, move->district)) {
            continue;
        }
        int64_t work = hw_share_out_of(stream, purse_of(stream), left, &fees);
        if (move->district == HW_NOTHING) {
            promise(stream, work + fees);
        } else {
            pay_move(land, s, work, fees);
        }
        hw_set_bit(&land->money, land->money.funded, s, hw_can_pay(stream));
        left -= work;
    }
}
