/* When and how much money comes into a stream. */
#include "models/income.h"
#include "models/condition.h"
#include "models/land.h"
#include "models/unspent.h"
#include "models/weather.h"
#include "sim/extremes.h"
#include <assert.h>
#include <math.h>

static const double MONTH = 30.436875, YEAR = 365.2425;

static bool is_pledge(const hw_stream_terms *terms) {
    return terms->amount != UINT32_MAX;
}

double hw_income_day_of(const hw_land *land, int64_t date) {
    return date == INT64_MAX ? 0 : (double)(date - land->scenario->start);
}

bool hw_income_is_given(const hw_stream_terms *terms) {
    return terms->kind == HW_STREAM_DONOR || terms->kind == HW_STREAM_TRUST_FUND;
}

int64_t hw_income_offered(const hw_land *land, const hw_stream_state *stream, const hw_stream_terms *terms,
                          hw_value_id amount) {
    double usd = hw_in_force(land, amount) * hw_in_force(land, terms->exchange);
    double share = hw_income_is_given(terms) ? land->policy.effect.giving * stream->offers : 1;
    assert(share >= 0);
    return (int64_t)(usd * share * 100 + 0.5);
}

void hw_income_give_up(hw_land *land, hw_stream_state *stream, const hw_stream_terms *terms) {
    assert(stream->balance >= stream->contracted);
    hw_unspent_give_up(land, (uint32_t)(stream - land->money.streams));
    hw_income_lose(stream, terms, stream->balance - stream->contracted);
}

void hw_income_lose(hw_stream_state *stream, const hw_stream_terms *terms, int64_t cents) {
    assert(cents >= 0 && cents <= stream->balance);
    *(terms->kind == HW_STREAM_STATE ? &stream->lapsed : &stream->returned) += cents;
    stream->balance -= cents;
}

/* ---- Givers who withdraw ---- */

/* A giver withdraws when the hazard met adds up to an exponential number drawn at the start. */
static double drop_day(const hw_stream_state *stream) {
    assert(stream->drop_rate >= 0);
    return stream->drop_rate > 0 ? stream->exposed_from + stream->exposure / stream->drop_rate : HUGE_VAL;
}

static void begin_giver(const hw_land *land, hw_stream_state *stream, const hw_stream_terms *terms,
                        double pledged_day) {
    double u[4];
    hw_land_draw_block(land, stream->entity, HW_DRAW_STREAM, 0, u);
    stream->exposure = -log(u[0]);
    stream->exposed_from = pledged_day;
    stream->drop_rate = hw_in_force(land, terms->drop_out);
    stream->drop_day = drop_day(stream);
    stream->answer = u[1];
}

void hw_income_follow_drop_out(hw_land *land, double now) {
    for (uint32_t s = 0; s < land->money.stream_count; s++) {
        hw_stream_state *stream = &land->money.streams[s];
        double rate = hw_in_force(land, hw_stream_terms_of(land, s)->drop_out);
        bool changes = rate < stream->drop_rate || rate > stream->drop_rate;
        if (!changes || now >= stream->drop_day) {
            continue;
        }
        double from = fmax(now, stream->exposed_from);
        assert(rate >= 0);
        stream->exposure -= stream->drop_rate * (from - stream->exposed_from);
        stream->exposed_from = from;
        stream->drop_rate = rate;
        stream->drop_day = drop_day(stream);
    }
}

/* ---- Conditions ---- */

/* The share of checks that failed among those of the last twelve months. */
static double failed_share(const hw_land *land) {
    uint32_t checks = 0, failed = 0;
    for (int i = 0; i < 12; i++) {
        checks += land->past_year.checks[i];
        failed += land->past_year.failed[i];
    }
    assert(failed <= checks);
    return checks > 0 ? (double)failed / checks : 0;
}

static hw_donor_view donor_view(const hw_land *land, double pledged_day, double answer, double now) {
    double released = 0, closed = 0;
    for (int i = 0; i < 12; i++) {
        released += (double)land->past_year.released_m2[i];
    }
    for (uint32_t d = 0; d < land->district_count; d++) {
        closed +=
            hw_weather_closed_days(land, d, HW_CLOSURE_CONFLICT, now - YEAR, now) / land->district_count;
    }
    return (hw_donor_view){
        .day = now,
        .months_since_pledge = (now - pledged_day) / MONTH,
        .released_last_year_m2 = released,
        .failed_checks_last_year = failed_share(land),
        .closed_days_last_year = closed,
        .treaty_days = land->policy.effect.treaty_days,
        .answer = answer,
    };
}

bool hw_income_condition_holds(const hw_land *land, const hw_stream_state *stream,
                               const hw_stream_terms *terms, double pledged_day, double now) {
    const hw_condition *condition = hw_condition_list[terms->condition];
    if (condition->holds == NULL) {
        return true;
    }
    hw_donor_view view = donor_view(land, pledged_day, stream->answer, now);
    return condition->holds(land->scenario->conditions[terms->condition], land->value, &view);
}

/* ---- Lateness ---- */

/* Instalments vary around the mean by at most half of the time to the next one: so they come in their order
 * and the mean is what the scenario says. */
double hw_income_lateness(const hw_land *land, const hw_stream_state *stream, const hw_stream_terms *terms,
                          double interval, uint64_t occurrence) {
    double mean = hw_in_force(land, terms->late);
    if (mean <= 0) {
        return 0;
    }
    assert(interval > 0);
    double spread = fmin(mean, 0.5 * interval);
    return mean + spread * (2 * hw_land_draw(land, stream->entity, HW_DRAW_LATE, occurrence) - 1);
}

/* ---- A planning day ---- */

void hw_income_begin(hw_land *land) {
    uint32_t first_year = 0;
    for (uint32_t s = 0; s < land->money.stream_count; s++) {
        const hw_stream_terms *terms = hw_stream_terms_of(land, s);
        hw_stream_state *stream = &land->money.streams[s];
        *stream = (hw_stream_state){.entity = hw_entity(land->scenario->streams.names[s]),
                                    .offers = 1,
                                    .times = 1,
                                    .drop_day = HUGE_VAL,
                                    .expiry_day = HUGE_VAL};
        /* Of each dollar spent, a share goes to fees. */
        double fees = hw_in_force(land, terms->overhead);
        assert(fees >= 0 && fees < 1);
        stream->work_share = 1 - fees;
        stream->overhead_share = fees / (1 - fees);
        if (is_pledge(terms)) {
            begin_giver(land, stream, terms, hw_income_day_of(land, terms->pledged));
            hw_pledge_begin(land, stream, terms);
        } else {
            begin_giver(land, stream, terms, fmax(0, hw_income_day_of(land, terms->yearly.items[0].day)));
            stream->first_year = first_year;
            first_year += hw_budget_years_most(terms, land->horizon);
            hw_budget_begin(land, stream, terms);
        }
    }
}

/* Careful spending: what is there, spread over the months in which it may still be spent, with a quarter on
 * top so that little is left over. Yearly money comes in monthly parts by itself. */
static int64_t allowance(const hw_stream_state *stream, bool pledge, double now) {
    int64_t free = stream->balance - stream->contracted;
    if (!pledge || stream->expiry_day - now < 2 * MONTH) {
        return free;
    }
    double months = (stream->expiry_day - now) / MONTH;
    /* A tranche that is overdue is late, or held back by its condition: nobody counts on it. */
    bool more = stream->tranche < stream->tranches && stream->dropped == 0 && stream->next_tranche_day > now;
    double next = more ? hw_greater(1, (stream->next_tranche_day - now) / MONTH) : months;
    double share = hw_lesser(1, 1.25 / hw_lesser(months, next));
    assert(share > 0 && free >= 0);
    return llround(share * (double)free);
}

int64_t hw_income_book(hw_land *land, uint32_t s, double now) {
    assert(s < land->money.stream_count);
    const hw_stream_terms *terms = hw_stream_terms_of(land, s);
    hw_stream_state *stream = &land->money.streams[s];
    bool pledge = is_pledge(terms);
    if (pledge) {
        hw_pledge_book(land, stream, terms, now);
    } else {
        hw_budget_book(land, stream, terms, now);
    }
    return allowance(stream, pledge, now);
}

double hw_income_in_sight(const hw_land *land, uint32_t s, double now, double until) {
    assert(until >= now);
    const hw_stream_terms *terms = hw_stream_terms_of(land, s);
    const hw_stream_state *stream = &land->money.streams[s];
    if (terms->pays != HW_PAYS_CLEARANCE || stream->victim_aid) {
        return 0;
    }
    double promised = is_pledge(terms) ? hw_pledge_in_sight(land, stream, terms, now, until)
                                       : hw_budget_in_sight(land, stream, terms, now, until);
    /* A condition is trusted as far as it has held when it was asked for. */
    bool always = hw_condition_list[terms->condition]->holds == NULL;
    double trusted = always ? 1 : (stream->held + 1.0) / (stream->asked + 2.0);
    double held = (double)(stream->balance - stream->contracted) / 100;
    return stream->work_share * (held + trusted * promised);
}
