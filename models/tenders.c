/* Tenders: what streams can sign for, what firms ask, and which work is signed for first. */
#include "models/commitments.h"
#include "models/contracts.h"
#include "models/crews.h"
#include "models/dated.h"
#include "models/income.h"
#include "models/planner.h"
#include <assert.h>
#include <math.h>
#include <string.h>

static const double YEAR = 365.2425;
/* On a planning day work is signed for in so many portions, each where it is needed most. */
enum { PORTIONS = 24, LEAST_M2 = 1000 };

static const hw_firm_terms *terms_of(const hw_land *land, uint32_t firm) {
    return HW_ITEM(land->scenario->contracts, hw_firm_terms, firm);
}

static const hw_operator *operator_of(const hw_land *land, uint32_t firm) {
    return HW_ITEM(land->scenario->operators, hw_operator, terms_of(land, firm)->operator_);
}

/* ---- Money that may be signed for ---- */

/* What a stream can pay for work until its present year, or its pledge, ends. */
static double payable_by(const hw_land *land, uint32_t s, double now, double end) {
    const hw_stream_state *stream = &land->money.streams[s];
    bool pledge = hw_stream_terms_of(land, s)->amount != UINT32_MAX;
    double share = pledge && stream->expiry_day > end ? (end - now) / (stream->expiry_day - now) : 1;
    return share * hw_income_in_sight(land, s, now, end);
}

/* USD of a stream that would go at its end, since all teams there are and on order need less until then. Up
 * to the next planning day they are paid. */
static double would_go(hw_land *land, uint32_t stream, double now, double next) {
    double end = land->money.streams[stream].expiry_day;
    if (!(end > now) || isinf(end)) {
        return 0;
    }
    double *free = land->growth.free;
    for (uint32_t s = 0; s < land->money.stream_count; s++) {
        free[s] = payable_by(land, s, now, end);
    }
    double moves = hw_in_force(land, land->scenario->planning.move_reserve) * free[stream];
    for (uint32_t k = 0; k < land->force.kind_count; k++) {
        hw_bind_amount(land, k, hw_cost_of_kind(land, k, fmin(next, end), end));
    }
    return fmax(0, free[stream] - moves);
}

/* Cents of work that a stream can sign for today; what it keeps for moves is not touched. */
static int64_t spare_of(hw_land *land, uint32_t s, bool always, double now, double next) {
    const hw_stream_state *stream = &land->money.streams[s];
    int64_t left = stream->allowed - stream->saved;
    if (hw_stream_terms_of(land, s)->pays != HW_PAYS_CLEARANCE || stream->victim_aid || stream->closing ||
        left <= 0) {
        return 0;
    }
    double cents = floor((double)left * stream->work_share) - 2 * PORTIONS; /* fees of each are rounded */
    cents = always ? cents : fmin(cents, floor(100 * would_go(land, s, now, next)));
    return (int64_t)fmax(0, cents);
}

/* ---- Tenders ---- */

/* What a firm bids today, and what of it is needed. */
typedef struct tender {
    hw_land *land;
    uint32_t firm;
    double now, end_day;
    double year_m2;          /* its capacity of a year */
    double price[HW_JOBS];   /* USD/m2 before the surcharge */
    double open_m2[HW_JOBS]; /* ground that waits, and for which nobody has signed */
    double work_m2[HW_JOBS]; /* the same with what is expected, by rank */
    double pace_m2[HW_JOBS]; /* a day: of teams, and of what is signed, spread over a year */
    bool paid[HW_JOBS];      /* some stream can still pay it today */
    uint32_t first_of_today; /* contract */
} tender;

/* Ground that is signed for and still open: what is done waits for its check. */
static double open_m2_of_contracts(const hw_land *land, uint32_t job) {
    const hw_contracts *contracts = &land->contracts;
    int64_t m2 = 0;
    for (uint32_t f = 0; f < contracts->firm_count; f++) {
        m2 += contracts->firms[f].in_hand_m2[job];
        for (uint32_t d = 0; d < land->district_count; d++) {
            size_t cell = hw_contract_cell(contracts, d, f, job);
            m2 -= contracts->delivered_m2[cell] + contracts->accepted_m2[cell];
        }
    }
    return (double)(m2 > 0 ? m2 : 0);
}

static void look_at_job(tender *t, uint32_t job) {
    hw_land *land = t->land;
    const hw_backlog *backlog = &land->contracts.backlog;
    uint32_t method = hw_contract_method(land, job);
    double signed_m2 = open_m2_of_contracts(land, job), day_m2 = hw_contract_m2_a_field_day(land, job);
    const hw_operator_numbers *who = &land->force.operators[terms_of(land, t->firm)->operator_];
    double open_m2 = 0;
    bool machines = !terms_of(land, t->firm)->unprepared &&
                    (land->force.serving[HW_STAGE_PREPARE] & land->force.fielded & ~(1U << method)) != 0;
    for (uint32_t i = 0; i < land->planner.open_ground_count; i++) {
        const double *stages = land->planner.open_ground[i].open_m2;
        if (who->choosy && !hw_operator_works_on(who, land->planner.open_ground[i].setting)) {
            continue;
        }
        open_m2 += stages[hw_contract_stages[job]];
        open_m2 += job == HW_JOB_CLEARANCE ? stages[HW_STAGE_CLEAR_ANY] : 0;
        open_m2 += job == HW_JOB_CLEARANCE && !machines ? stages[HW_STAGE_PREPARE] : 0;
    }
    t->open_m2[job] = fmax(0, open_m2 - signed_m2);
    t->work_m2[job] = fmax(0, backlog->work[method] * day_m2 - signed_m2);
    t->pace_m2[job] = backlog->capacity[method] * day_m2 + signed_m2 / YEAR;
}

static tender open_tender(hw_land *land, uint32_t firm, double now) {
    const hw_firm_terms *terms = terms_of(land, firm);
    double cost = hw_in_force(land, operator_of(land, firm)->cost) *
                  hw_dated_factor(land, &terms->factor, land->scenario->start + (int64_t)floor(now));
    tender t = {.land = land,
                .firm = firm,
                .now = now,
                .end_day = now + hw_in_force(land, terms->mobilise) + hw_in_force(land, terms->term),
                .year_m2 = YEAR * hw_in_force(land, terms->capacity) *
                           land->force.operators[terms->operator_].admitted,
                .price = {cost * hw_in_force(land, terms->survey_price),
                          cost * hw_in_force(land, terms->technical_price),
                          cost * hw_in_force(land, terms->search_price),
                          cost * hw_in_force(land, terms->clearance_price)},
                .first_of_today = land->contracts.count};
    for (uint32_t job = 0; job < HW_JOBS; job++) {
        look_at_job(&t, job);
        t.paid[job] = t.price[job] > 0;
    }
    return t;
}

/* Days until the work of a job is done at today's pace: the slowest holds up all. */
static double wait_of(const tender *t, uint32_t job) {
    return t->work_m2[job] / fmax(t->pace_m2[job], 1e-9);
}

static uint32_t most_needed(const tender *t) {
    uint32_t most = HW_JOBS;
    for (uint32_t job = 0; job < HW_JOBS; job++) {
        if (t->paid[job] && t->open_m2[job] >= 1 && (most == HW_JOBS || wait_of(t, job) > wait_of(t, most))) {
            most = job;
        }
    }
    return most;
}

/* The contract of today for a job out of a stream. */
static hw_contract *contract_of(tender *t, uint32_t job, uint32_t stream) {
    hw_contracts *contracts = &t->land->contracts;
    for (uint32_t c = t->first_of_today; c < contracts->count; c++) {
        if (contracts->signed_[c].job == job && contracts->signed_[c].stream == stream) {
            return &contracts->signed_[c];
        }
    }
    if (contracts->count == contracts->most) {
        return NULL;
    }
    hw_contract *contract = &contracts->signed_[contracts->count++];
    *contract = (hw_contract){.firm = t->firm,
                              .job = job,
                              .stream = stream,
                              .end_day = t->end_day,
                              .money_day = t->land->money.streams[stream].expiry_day};
    return contract;
}

/* Signs for up to so many m2 out of a stream; returns how many. */
static int64_t sign(tender *t, uint32_t job, uint32_t stream, int64_t m2) {
    hw_land *land = t->land;
    hw_firm *firm = &land->contracts.firms[t->firm];
    double surcharge = hw_in_force(land, terms_of(land, t->firm)->surcharge);
    double taken = firm->taken + 0.5 * (double)m2 / t->year_m2;
    double cents_a_m2 = 100 * t->price[job] * (1 + surcharge * taken);
    int64_t *spare = &land->contracts.spare[stream];
    int64_t asked = m2;
    m2 = (int64_t)fmin((double)m2, floor((double)*spare / cents_a_m2));
    bool worth_it = m2 == asked || m2 >= LEAST_M2; /* nobody tenders the last dollar */
    hw_contract *contract = m2 > 0 && worth_it ? contract_of(t, job, stream) : NULL;
    if (contract == NULL) {
        return 0;
    }
    int64_t work = llround((double)m2 * cents_a_m2);
    work = work < *spare ? work : *spare;
    int64_t fees = (int64_t)((double)work * land->money.streams[stream].overhead_share + 0.5);
    int64_t left = land->money.streams[stream].allowed - work;
    fees = fees < left ? fees : left;
    hw_money_bind(land, stream, work, fees);
    contract->m2 += m2;
    contract->work += work;
    contract->fees += fees;
    *spare -= work;
    firm->in_hand_m2[job] += m2;
    firm->signed_m2 += m2;
    firm->taken += (double)m2 / t->year_m2;
    t->open_m2[job] -= (double)m2;
    t->work_m2[job] = fmax(0, t->work_m2[job] - (double)m2);
    t->pace_m2[job] += (double)m2 / YEAR;
    return m2;
}

/* A portion, from the most restricted stream on; returns how much of it is paid for. */
static int64_t sign_portion(tender *t, uint32_t job, int64_t m2) {
    const hw_land *land = t->land;
    int64_t left = m2;
    for (uint32_t i = 0; i < land->money.stream_count && left > 0; i++) {
        uint32_t s = land->money.order[i];
        if (land->contracts.spare[s] > 0 &&
            hw_money_may_contract(land, s, land->contracts.firms[t->firm].kind[job])) {
            left -= sign(t, job, s, left);
        }
    }
    return m2 - left;
}

/* Ground on which a firm was at work before the world began: m2 that it signs for on the first day. */
static int64_t in_hand(const hw_land *land, uint32_t firm, double now) {
    return now > 0 ? 0 : (int64_t)hw_in_force(land, terms_of(land, firm)->in_hand);
}

/* Ground that a firm may still take on this month: capacity comes day by day, and ends with the year. */
static int64_t room_of(hw_land *land, const tender *t, double next) {
    hw_firm *firm = &land->contracts.firms[t->firm];
    if (firm->year != land->calendar.year) {
        firm->year = land->calendar.year;
        firm->year_from = t->now;
        firm->signed_m2 = 0;
    }
    double from = fmax(firm->year_from, land->force.operators[firm->operator_].ready);
    double room = fmin(t->year_m2, t->year_m2 / YEAR * fmax(0, next - from)) - (double)firm->signed_m2;
    return (int64_t)fmax(0, room) + in_hand(land, t->firm, t->now);
}

/* Money that is left although there is work, and firms have no room. */
static void note_what_is_left(const tender *t, bool full) {
    hw_land *land = t->land;
    for (uint32_t s = 0; s < land->money.stream_count; s++) {
        for (uint32_t job = 0; job < HW_JOBS; job++) {
            land->contracts.took_all[s] |=
                full && land->contracts.spare[s] > 0 && t->price[job] > 0 && t->open_m2[job] >= 1 &&
                hw_money_may_contract(land, s, land->contracts.firms[t->firm].kind[job]);
        }
    }
}

static void hold_tender(hw_land *land, uint32_t firm, double now, double next) {
    tender t = open_tender(land, firm, now);
    int64_t room = room_of(land, &t, next), portion = room / PORTIONS + 1;
    bool always = terms_of(land, firm)->when == HW_TENDER_ALWAYS;
    for (uint32_t s = 0; s < land->money.stream_count; s++) {
        land->contracts.spare[s] = spare_of(land, s, always, now, next);
    }
    for (uint32_t job = most_needed(&t); job < HW_JOBS && room > 0; job = most_needed(&t)) {
        double most = fmin((double)(portion < room ? portion : room), floor(t.open_m2[job]));
        int64_t signed_m2 = sign_portion(&t, job, (int64_t)most);
        room -= signed_m2;
        t.paid[job] = signed_m2 == (int64_t)most;
    }
    int64_t *this_year = &land->contracts.firms[firm].signed_m2, before = in_hand(land, firm, now);
    *this_year -= *this_year < before ? *this_year : before;
    note_what_is_left(&t, room <= 0);
}

void hw_contracts_sign(hw_land *land, double now, double next) {
    if (land->contracts.firm_count == 0) {
        return;
    }
    memset(land->contracts.took_all, 0, land->money.stream_count * sizeof *land->contracts.took_all);
    for (uint32_t f = 0; f < land->contracts.firm_count; f++) {
        land->contracts.firms[f].taken *= exp(-(now - land->calendar.planned_to) / YEAR);
        if (now >= land->force.operators[land->contracts.firms[f].operator_].ready) {
            hold_tender(land, f, now, next);
        }
        hw_contracts_count_crews(land, f, now);
    }
    hw_crews_mobilise(land, now, next);
}
