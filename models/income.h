/* How money comes into a stream: pledges in tranches, budgets in monthly parts; conditions, lateness, givers
 * who withdraw, end dates. What is then spent is money.h's. */
#ifndef HW_MODELS_INCOME_H
#define HW_MODELS_INCOME_H

#include "models/money.h"

/* What donors look back on: the last twelve months. */
typedef struct hw_past_year {
    int64_t released_m2[12], released_before; /* by month of planning, modulo 12 */
    uint32_t checks[12], failed[12], checks_before, failed_before;
} hw_past_year;

void hw_income_begin(hw_land *land);

/* A planning day of one stream. Returns what it may spend until the next one. */
int64_t hw_income_book(hw_land *land, uint32_t stream, double now);

/* Levers have changed how readily givers withdraw: the hazard met so far counts, the rest is met at the new
 * rate. */
void hw_income_follow_drop_out(hw_land *land, double now);

/* ---- what pledges and budgets have in common ---- */

/* Days since the start; a date left out is the start. */
double hw_income_day_of(const hw_land *land, int64_t date);

/* Whether it comes from a donor or a trust fund. */
bool hw_income_is_given(const hw_stream_terms *terms);

/* What a giver signs or budgets today, in cents: policy moves donors, not the state's own budgets or
 * investors. */
int64_t hw_income_offered(const hw_land *land, const hw_stream_state *stream, const hw_stream_terms *terms,
                          hw_value_id amount);

/* Money that is there but may no longer be spent, and is bound by no contract, goes back to the giver, or
 * lapses in a state budget. */
void hw_income_give_up(hw_land *land, hw_stream_state *stream, const hw_stream_terms *terms);

/* Of what is there, an amount goes the same way. */
void hw_income_lose(hw_stream_state *stream, const hw_stream_terms *terms, int64_t cents);

/* What planners expect a stream to have for work between now and a day: what it holds, instalments that are
 * promised, and budgets that repeat, as far as they trust them. USD. */
double hw_income_in_sight(const hw_land *land, uint32_t stream, double now, double until);

/* Whether the stream's condition holds today; `pledged_day` is when the giver promised. */
bool hw_income_condition_holds(const hw_land *land, const hw_stream_state *stream,
                               const hw_stream_terms *terms, double pledged_day, double now);

/* By how many days an instalment misses its day, `interval` days before the next one; `occurrence`
 * distinguishes the stream's instalments apart. */
double hw_income_lateness(const hw_land *land, const hw_stream_state *stream, const hw_stream_terms *terms,
                          double interval, uint64_t occurrence);

/* ---- pledges.c ---- */
void hw_pledge_begin(hw_land *land, hw_stream_state *stream, const hw_stream_terms *terms);
void hw_pledge_book(hw_land *land, hw_stream_state *stream, const hw_stream_terms *terms, double now);
double hw_pledge_in_sight(const hw_land *land, const hw_stream_state *stream, const hw_stream_terms *terms,
                          double now, double until);

/* ---- budgets.c ---- */
/* The most budget years that a stream can open within so many days. */
uint32_t hw_budget_years_most(const hw_stream_terms *terms, double horizon);
void hw_budget_begin(hw_land *land, hw_stream_state *stream, const hw_stream_terms *terms);
void hw_budget_book(hw_land *land, hw_stream_state *stream, const hw_stream_terms *terms, double now);
/* USD of its present budget year, as if it had twelve months; 0: none has begun. */
double hw_budget_a_year(const hw_land *land, const hw_stream_state *stream);
double hw_budget_in_sight(const hw_land *land, const hw_stream_state *stream, const hw_stream_terms *terms,
                          double now, double until);

#endif
