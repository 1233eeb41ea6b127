/* What is signed with firms, what of it is accepted and paid, and how many crews that takes. */
#include "models/contracts.h"
#include "models/commitments.h"
#include "models/crews.h"
#include "models/laws.h"
#include "models/method.h"
#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

static const double MONTH = 30.436875;

const hw_stage hw_contract_stages[HW_JOBS] = {HW_STAGE_SURVEY, HW_STAGE_TECHNICAL, HW_STAGE_BATTLE,
                                              HW_STAGE_CLEAR_MANUAL};

static const hw_firm_terms *terms_of(const hw_land *land, uint32_t firm) {
    return HW_ITEM(land->scenario->contracts, hw_firm_terms, firm);
}

uint32_t hw_contract_method(const hw_land *land, uint32_t job) {
    uint32_t m = 0;
    while (m + 1 < land->force.method_count &&
           (hw_method_list[m]->stage_count == 0 || hw_method_list[m]->stages[0] != hw_contract_stages[job])) {
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

double hw_contract_m2_a_field_day(const hw_land *land, uint32_t job) {
    uint32_t method = hw_contract_method(land, job);
    double m2 = hw_backlog_m2_a_day(land, &land->contracts.backlog, method);
    return m2 > 0 ? m2 : 1 / land->force.methods[method].effort[hw_contract_stages[job]];
}

/* Each contract is done by its end, at an even pace; those signed first have the ground that is delivered. */
void hw_contracts_count_crews(hw_land *land, uint32_t firm, double now) {
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
        double one = hw_contract_m2_a_field_day(land, job) *
                     hw_backlog_capacity_of(land, &land->contracts.backlog, of->operator_,
                                            hw_contract_method(land, job));
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
        hw_contracts_count_crews(land, f, now);
        hw_crews_plan(land, f, now, next);
    }
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
