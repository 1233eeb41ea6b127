/* What is signed with firms, what of it is accepted and paid, and what it costs. */
#include "models/contracts.h"
#include "models/commitments.h"
#include "models/crews.h"
#include "models/income.h"
#include "models/laws.h"
#include "models/method.h"
#include "models/planner.h"
#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

static const double YEAR = 365.2425, MONTH = 30.436875;
/* On a planning day work is signed for in so many portions, each where it is needed most. */
enum { PORTIONS = 24, LEAST_M2 = 1000 };

static const hw_stage first_stage[HW_JOBS] = {HW_STAGE_SURVEY, HW_STAGE_TECHNICAL, HW_STAGE_BATTLE,
                                              HW_STAGE_CLEAR_MANUAL};

static const hw_firm_terms *terms_of(const hw_land *land, uint32_t firm) {
    return HW_ITEM(land->scenario->contracts, hw_firm_terms, firm);
}

static const hw_operator *operator_of(const hw_land *land, uint32_t firm) {
    return HW_ITEM(land->scenario->operators, hw_operator, terms_of(land, firm)->operator_);
}

uint32_t hw_contract_method(const hw_land *land, uint32_t job) {
    uint32_t m = 0;
    while (m + 1 < land->force.method_count &&
           (hw_method_list[m]->stage_count == 0 || hw_method_list[m]->stages[0] != first_stage[job])) {
        m++;
    }
    return m;
}

/* ---- Room and beginning ---- */

static size_t cells_of(const hw_land *land) {
    return (size_t)land->district_count * land->contracts.firm_count * HW_JOBS;
}

void hw_contracts_take(hw_contracts *contracts, hw_arena *arena, const hw_land *sizes) {
    size_t firms = sizes->contracts.firm_count;
    if (firms == 0) {
        return;
    }
    contracts->firms = HW_TAKE(arena, hw_firm, firms);
    contracts->signed_ = HW_TAKE(arena, hw_contract, contracts->most);
    contracts->crews = HW_TAKE(arena, hw_crew, sizes->force.most_teams);
    contracts->delivered = HW_TAKE(arena, uint32_t, firms * sizes->ground.item_count);
    contracts->delivered_m2 = HW_TAKE(arena, int64_t, cells_of(sizes));
    contracts->accepted_m2 = HW_TAKE(arena, int64_t, cells_of(sizes));
    contracts->accepted_year_m2 = HW_TAKE(arena, int64_t, (size_t)HW_JOBS * sizes->calendar.year_count);
    contracts->spare = HW_TAKE(arena, int64_t, sizes->money.stream_count);
    contracts->took_all = HW_TAKE(arena, bool, sizes->money.stream_count);
}

void hw_contracts_begin(hw_land *land) {
    hw_contracts *contracts = &land->contracts;
    size_t firms = contracts->firm_count;
    if (firms == 0) {
        return;
    }
    memset(contracts->crews, 0, land->force.most_teams * sizeof *contracts->crews);
    memset(contracts->delivered, 0, firms * land->ground.item_count * sizeof *contracts->delivered);
    memset(contracts->delivered_m2, 0, cells_of(land) * sizeof *contracts->delivered_m2);
    memset(contracts->accepted_m2, 0, cells_of(land) * sizeof *contracts->accepted_m2);
    memset(contracts->accepted_year_m2, 0,
           (size_t)HW_JOBS * land->calendar.year_count * sizeof *contracts->accepted_year_m2);
    memset(contracts->took_all, 0, land->money.stream_count * sizeof *contracts->took_all);
    contracts->count = contracts->first_open = 0;
    for (uint32_t f = 0; f < firms; f++) {
        contracts->firms[f] = (hw_firm){.operator_ = terms_of(land, f)->operator_, .year = UINT32_MAX};
        for (uint32_t job = 0; job < HW_JOBS; job++) {
            contracts->firms[f].kind[job] =
                hw_kind_of(&land->force, contracts->firms[f].operator_, hw_contract_method(land, job));
        }
    }
}

/* ---- What is accepted ---- */

/* Of an amount for all of a contract, what is due when so much of its ground is accepted. */
static int64_t due(int64_t all, int64_t accepted_m2, int64_t m2) {
    return accepted_m2 >= m2 ? all : llround((double)all * (double)accepted_m2 / (double)m2);
}

static void accept(hw_land *land, hw_contract *contract, int64_t m2) {
    contract->accepted_m2 += m2;
    int64_t work = due(contract->work, contract->accepted_m2, contract->m2) - contract->paid_work;
    int64_t fees = due(contract->fees, contract->accepted_m2, contract->m2) - contract->paid_fees;
    contract->paid_work += work;
    contract->paid_fees += fees;
    hw_money_pay_bound(land, contract->stream, work, fees);
    land->contracts.firms[contract->firm].in_hand_m2[contract->job] -= m2;
}

/* The contracts that were signed first are fulfilled first. */
static void pay_job(hw_land *land, uint32_t firm, uint32_t job) {
    hw_contracts *contracts = &land->contracts;
    int64_t m2 = 0;
    for (uint32_t d = 0; d < land->district_count; d++) {
        size_t cell = hw_contract_cell(contracts, d, firm, job);
        m2 += contracts->accepted_m2[cell];
        contracts->accepted_m2[cell] = 0;
    }
    contracts->accepted_year_m2[job * land->calendar.year_count + land->calendar.year] += m2;
    for (uint32_t c = contracts->first_open; c < contracts->count && m2 > 0; c++) {
        hw_contract *contract = &contracts->signed_[c];
        if (contract->firm == firm && contract->job == job) {
            int64_t left = contract->m2 - contract->accepted_m2;
            int64_t now = m2 < left ? m2 : left;
            accept(land, contract, now);
            m2 -= now;
        }
    }
    assert(m2 == 0); /* crews take on no more than is signed for */
}

/* Of an amount, what stays when so much ground is taken off: what is paid is paid. */
static int64_t kept(const hw_contract *contract, int64_t all, int64_t paid, int64_t m2) {
    int64_t left = contract->m2 - m2, share = due(all, left, contract->m2);
    return left == contract->accepted_m2 || share < paid ? paid : share;
}

/* A contract whose time is over keeps what crews have begun, and is freed of the rest. */
static void cut(hw_land *land, hw_contract *contract, int64_t m2, double now) {
    int64_t work = kept(contract, contract->work, contract->paid_work, m2);
    int64_t fees = kept(contract, contract->fees, contract->paid_fees, m2);
    hw_money_release(land, contract->stream, contract->work - work + contract->fees - fees,
                     now >= contract->money_day);
    contract->work = work;
    contract->fees = fees;
    contract->m2 -= m2;
    land->contracts.firms[contract->firm].in_hand_m2[contract->job] -= m2;
}

static void end_contracts(hw_land *land, double now) {
    hw_contracts *contracts = &land->contracts;
    for (uint32_t c = contracts->first_open; c < contracts->count; c++) {
        hw_contract *contract = &contracts->signed_[c];
        int64_t left = contract->m2 - contract->accepted_m2;
        int64_t open =
            now >= contract->end_day && left > 0 ? hw_crews_open_m2(land, contract->firm, contract->job) : 0;
        if (open > 0) {
            cut(land, contract, left < open ? left : open, now);
        }
    }
    while (contracts->first_open < contracts->count &&
           contracts->signed_[contracts->first_open].m2 ==
               contracts->signed_[contracts->first_open].accepted_m2) {
        contracts->first_open++;
    }
}

/* ---- How many crews that takes ---- */

static double m2_a_field_day(const hw_land *land, uint32_t job) {
    uint32_t method = hw_contract_method(land, job);
    double m2 = hw_backlog_m2_a_day(land, &land->contracts.backlog, method);
    return m2 > 0 ? m2 : 1 / land->force.methods[method].effort[first_stage[job]];
}

/* Each contract is done by its end, at an even pace; those signed first have the ground that is delivered. */
static void count_crews(hw_land *land, uint32_t firm, double now) {
    hw_contracts *contracts = &land->contracts;
    hw_firm *of = &contracts->firms[firm];
    for (uint32_t job = 0; job < HW_JOBS; job++) {
        double m2_a_day = 0;
        int64_t delivered = 0;
        for (uint32_t d = 0; d < land->district_count; d++) {
            delivered += contracts->delivered_m2[hw_contract_cell(contracts, d, firm, job)];
        }
        for (uint32_t c = contracts->first_open; c < contracts->count; c++) {
            const hw_contract *contract = &contracts->signed_[c];
            if (contract->firm == firm && contract->job == job) {
                int64_t left = contract->m2 - contract->accepted_m2;
                int64_t done = delivered < left ? delivered : left;
                delivered -= done;
                m2_a_day += (double)(left - done) / fmax(MONTH, contract->end_day - now);
            }
        }
        double one = m2_a_field_day(land, job) *
                     hw_backlog_capacity_of(land, of->operator_, hw_contract_method(land, job));
        of->crews_needed[job] = m2_a_day > 0 ? m2_a_day / one : 0;
    }
}

void hw_contracts_plan(hw_land *land, double now, double next) {
    if (land->contracts.firm_count == 0) {
        return;
    }
    for (uint32_t f = 0; f < land->contracts.firm_count; f++) {
        for (uint32_t job = 0; job < HW_JOBS; job++) {
            pay_job(land, f, job);
        }
    }
    end_contracts(land, now);
    hw_price_teams(land);
    hw_backlog_look(land, &land->contracts.backlog, hw_teams_cost_a_day(land));
    for (uint32_t f = 0; f < land->contracts.firm_count; f++) {
        count_crews(land, f, now);
        hw_crews_plan(land, f, now, next);
    }
}

/* ---- Money that may be signed for ---- */

/* What a stream can pay for work until its present year, or its pledge, ends. */
static double payable_by(const hw_land *land, uint32_t s, double now, double end) {
    const hw_stream_state *stream = &land->money.streams[s];
    bool pledge = hw_stream_terms_of(land, s)->amount != UINT32_MAX;
    double share = pledge && stream->expiry_day > end ? (end - now) / (stream->expiry_day - now) : 1;
    return share * hw_income_in_sight(land, s, now, end);
}

/* USD of a stream that would go at its end, since all teams there are and on order need less until then. */
static double would_go(hw_land *land, uint32_t stream, double now) {
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
        hw_bind_amount(land, k, hw_cost_of_kind(land, k, now, end));
    }
    return fmax(0, free[stream] - moves);
}

/* Cents of work that a stream can sign for today; what it keeps for moves is not touched. */
static int64_t spare_of(hw_land *land, uint32_t s, bool always, double now) {
    const hw_stream_state *stream = &land->money.streams[s];
    int64_t left = stream->allowed - stream->saved;
    if (hw_stream_terms_of(land, s)->pays != HW_PAYS_CLEARANCE || stream->victim_aid || stream->closing ||
        left <= 0) {
        return 0;
    }
    double cents = floor((double)left * stream->work_share) - 2 * PORTIONS; /* fees of each are rounded */
    cents = always ? cents : fmin(cents, floor(100 * would_go(land, s, now)));
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

static void look_at_job(tender *t, uint32_t job) {
    hw_land *land = t->land;
    const hw_backlog *backlog = &land->contracts.backlog;
    uint32_t method = hw_contract_method(land, job);
    double signed_m2 = 0, day_m2 = m2_a_field_day(land, job);
    for (uint32_t f = 0; f < land->contracts.firm_count; f++) {
        signed_m2 += (double)land->contracts.firms[f].in_hand_m2[job];
    }
    double open_m2 = 0;
    bool machines = land->force.serving[HW_STAGE_PREPARE] & land->force.fielded & ~(1U << method);
    for (uint32_t i = 0; i < land->planner.open_ground_count; i++) {
        const double *stages = land->planner.open_ground[i].open_m2;
        open_m2 += stages[first_stage[job]];
        open_m2 += job == HW_JOB_CLEARANCE ? stages[HW_STAGE_CLEAR_ANY] : 0;
        open_m2 += job == HW_JOB_CLEARANCE && !machines ? stages[HW_STAGE_PREPARE] : 0;
    }
    t->open_m2[job] = fmax(0, open_m2 - signed_m2);
    t->work_m2[job] = fmax(0, backlog->work[method] * day_m2 - signed_m2);
    t->pace_m2[job] = backlog->capacity[method] * day_m2 + signed_m2 / YEAR;
}

static tender open_tender(hw_land *land, uint32_t firm, double now) {
    const hw_firm_terms *terms = terms_of(land, firm);
    double cost = hw_in_force(land, operator_of(land, firm)->cost);
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
    return (int64_t)fmax(0, room);
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
        land->contracts.spare[s] = spare_of(land, s, always, now);
    }
    for (uint32_t job = most_needed(&t); job < HW_JOBS && room > 0; job = most_needed(&t)) {
        double most = fmin((double)(portion < room ? portion : room), floor(t.open_m2[job]));
        int64_t signed_m2 = sign_portion(&t, job, (int64_t)most);
        room -= signed_m2;
        t.paid[job] = signed_m2 == (int64_t)most;
    }
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
        count_crews(land, f, now);
    }
    hw_crews_mobilise(land, now, next);
}

bool hw_contracts_took_all(const hw_land *land, uint32_t stream) {
    return land->contracts.firm_count > 0 && land->contracts.took_all[stream];
}

/* ---- Laws ---- */

static void check_bound_money(hw_land *land, double now) {
    const hw_contracts *contracts = &land->contracts;
    int64_t paid = 0, spent = 0;
    for (uint32_t s = 0; s < land->money.stream_count; s++) {
        int64_t bound = 0;
        for (uint32_t c = 0; c < contracts->count; c++) {
            const hw_contract *contract = &contracts->signed_[c];
            if (contract->stream == s) {
                bound += contract->work - contract->paid_work + contract->fees - contract->paid_fees;
                paid += contract->paid_work;
            }
        }
        if (bound != land->money.streams[s].contracted) {
            hw_laws_broken(land, now, "contracts bind %" PRId64 " cents of stream %s, its books say %" PRId64,
                           bound, land->scenario->streams.names[s], land->money.streams[s].contracted);
        }
    }
    for (uint32_t y = 0; y < land->calendar.year_count; y++) {
        spent += land->outcome.purpose_year_spent[HW_PURPOSE_CONTRACTS * land->calendar.year_count + y];
    }
    if (paid != spent) {
        hw_laws_broken(land, now, "firms were paid %" PRId64 " cents, the books say %" PRId64, paid, spent);
    }
}

static void check_firm(hw_land *land, uint32_t f, double now) {
    const hw_contracts *contracts = &land->contracts;
    const hw_firm *firm = &contracts->firms[f];
    const char *name = land->scenario->contracts.names[f];
    int64_t delivered = 0, counted = 0;
    for (uint32_t job = 0; job < HW_JOBS; job++) {
        int64_t in_hand = 0;
        for (uint32_t c = 0; c < contracts->count; c++) {
            const hw_contract *contract = &contracts->signed_[c];
            bool of = contract->firm == f && contract->job == job;
            in_hand += of ? contract->m2 - contract->accepted_m2 : 0;
        }
        for (uint32_t d = 0; d < land->district_count; d++) {
            counted += contracts->delivered_m2[hw_contract_cell(contracts, d, f, job)];
        }
        if (in_hand != firm->in_hand_m2[job] || hw_crews_open_m2(land, f, job) < 0) {
            hw_laws_broken(land, now, "crews of %s have taken on more ground than is signed for", name);
        }
    }
    for (uint32_t i = 0; i < land->ground.item_count; i++) {
        uint32_t here = contracts->delivered[(size_t)f * land->ground.item_count + i];
        delivered += here;
        if (here > 0 && land->ground.items[i].stage >= HW_STAGES) {
            hw_laws_broken(land, now, "%s has %" PRIu32 " m2 of work in ground that is done, not accepted",
                           name, here);
        }
    }
    if (delivered != counted) {
        hw_laws_broken(land, now, "%s has delivered %" PRId64 " m2, the books say %" PRId64 " m2", name,
                       delivered, counted);
    }
}

void hw_contracts_check(hw_land *land, double now) {
    if (land->contracts.firm_count == 0) {
        return;
    }
    check_bound_money(land, now);
    for (uint32_t f = 0; f < land->contracts.firm_count; f++) {
        check_firm(land, f, now);
    }
}
