/* A pledge: signed after a lag, paid in tranches, at an end on a date. */
#include "models/land.h"
#include "sim/extremes.h"
#include <assert.h>
#include <math.h>

/* What was retained is paid on the end date and can be spent for so long. */
static const double CLOSING_DAYS = 92;

/* When the next tranche comes: on its day, or late. */
static void expect_tranche(hw_land *land, hw_stream_state *stream, const hw_stream_terms *terms) {
    double late =
        hw_income_lateness(land, stream, terms, hw_in_force(land, terms->tranche_interval), stream->tranche);
    stream->arrival_day = stream->next_tranche_day + late;
}

void hw_pledge_begin(hw_land *land, hw_stream_state *stream, const hw_stream_terms *terms) {
    double usd = hw_in_force(land, terms->amount) * hw_in_force(land, terms->exchange);
    assert(usd >= 0 && terms->tranches > 0);
    stream->pledged = (int64_t)(usd * 100 + 0.5);
    stream->signing_day = hw_income_day_of(land, terms->pledged) + hw_in_force(land, terms->signing_lag);
    stream->next_tranche_day = stream->signing_day + hw_in_force(land, terms->first_tranche_lag);
    stream->expiry_day = stream->signing_day + hw_in_force(land, terms->valid_for);
    stream->tranches = terms->tranches;
    expect_tranche(land, stream, terms);
}

static int64_t tranche_amount(const hw_land *land, const hw_stream_state *stream,
                              const hw_stream_terms *terms) {
    assert(stream->tranche < stream->tranches);
    if (stream->tranche + 1 == stream->tranches) {
        return stream->committed - stream->disbursed - stream->retained;
    }
    double first = hw_in_force(land, terms->first_share);
    double share = stream->tranche == 0 ? first : (1 - first) / (stream->tranches - 1);
    return llround(share * (double)(stream->pledged - stream->granted));
}

static void sign(hw_land *land, hw_stream_state *stream, const hw_stream_terms *terms, double now) {
    if (stream->committed == stream->granted && stream->dropped == 0 && now >= stream->signing_day &&
        stream->drop_day > stream->signing_day) {
        stream->pledged = hw_income_offered(land, stream, terms, terms->amount) + stream->granted;
        stream->committed = stream->pledged;
    }
}

/* Whether the condition of a tranche that has come holds; planners remember how often it did. */
static bool asks(hw_land *land, hw_stream_state *stream, const hw_stream_terms *terms, double pledged_day,
                 double now) {
    bool holds = hw_income_condition_holds(land, stream, terms, pledged_day, now);
    stream->asked++;
    stream->held += holds;
    return holds;
}

static void pay_tranches(hw_land *land, hw_stream_state *stream, const hw_stream_terms *terms, double now) {
    double pledged_day = hw_income_day_of(land, terms->pledged);
    while (stream->committed > stream->granted && stream->dropped == 0 && now < stream->expiry_day &&
           stream->tranche < stream->tranches && now >= stream->arrival_day && now < stream->drop_day &&
           asks(land, stream, terms, pledged_day, now)) {
        int64_t amount = tranche_amount(land, stream, terms);
        int64_t retained = llround(hw_in_force(land, terms->retention) * (double)amount);
        assert(amount >= 0 && retained >= 0 && retained <= amount);
        assert(stream->disbursed + stream->retained + amount <= stream->committed);
        stream->retained += retained;
        stream->disbursed += amount - retained;
        stream->balance += amount - retained;
        stream->tranche++;
        stream->next_tranche_day += hw_in_force(land, terms->tranche_interval);
        expect_tranche(land, stream, terms);
    }
}

static void close(hw_land *land, hw_stream_state *stream, const hw_stream_terms *terms) {
    assert(!stream->closing);
    stream->closing = true;
    hw_income_give_up(land, stream, terms);
    stream->disbursed += stream->retained;
    stream->balance += stream->retained;
    stream->retained = 0;
}

void hw_pledge_book(hw_land *land, hw_stream_state *stream, const hw_stream_terms *terms, double now) {
    bool over = now >= stream->expiry_day;
    sign(land, stream, terms, now);
    pay_tranches(land, stream, terms, now);
    bool drops = now >= stream->drop_day && stream->tranche < stream->tranches;
    if (stream->dropped == 0 && (drops || over)) {
        stream->dropped = stream->pledged - stream->disbursed - stream->retained;
    }
    if (over && !stream->closing) {
        close(land, stream, terms);
    }
    if (now >= stream->expiry_day + CLOSING_DAYS) {
        hw_income_give_up(land, stream, terms);
    }
}

double hw_pledge_in_sight(const hw_land *land, const hw_stream_state *stream, const hw_stream_terms *terms,
                          double now, double until) {
    if (stream->committed <= stream->granted || stream->dropped > 0) {
        return 0;
    }
    double last = hw_lesser(until, stream->expiry_day), interval = hw_in_force(land, terms->tranche_interval);
    double due = hw_greater(now, stream->next_tranche_day), sum = 0;
    double left = (double)(stream->committed - stream->disbursed - stream->retained) / 100;
    double each = left / hw_greater(1, stream->tranches - stream->tranche);
    for (uint32_t i = stream->tranche; i < stream->tranches && due < last; i++) {
        sum += each * (1 - hw_in_force(land, terms->retention)) * exp(-stream->drop_rate * (due - now));
        due += interval;
    }
    return sum;
}
