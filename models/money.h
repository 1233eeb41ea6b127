/* Money: streams from pledge to spending, in whole cents, so that in = spent + lapsed + returned + held to
 * the cent. */
#ifndef HW_MODELS_MONEY_H
#define HW_MODELS_MONEY_H

#include "models/kinds.h"
#include "models/scenario.h"

typedef struct hw_stream_state {
    int64_t pledged, committed, disbursed, spent, lapsed, returned, dropped, retained; /* cents */
    int64_t granted;    /* part of the four first: came on top of the pledge, outside its tranches */
    int64_t balance;    /* disbursed and neither spent nor gone */
    int64_t contracted; /* of the balance: bound by contracts that are signed */
    double signing_day, drop_day, expiry_day; /* expiry of a budget: the end of its present year */
    double next_tranche_day, arrival_day;     /* when the next instalment is due, and when it comes */
    uint32_t tranche, tranches;
    bool closing;    /* past its end date: only what was retained is left */
    bool victim_aid; /* the giver has turned to victim assistance */
    double offers;   /* of what its giver would sign or budget, the share that it does; see matched_support */
    int64_t allowed; /* that may be spent this month */
    int64_t saved;   /* set aside for moves this month */
    int64_t reserved;                         /* kept for moves until wages are paid, not in `allowed` */
    int64_t promised;                         /* of that: for first moves of teams that are paid already */
    uint32_t entry;                           /* of a yearly series */
    double work_share, overhead_share;        /* of a dollar spent; overhead over work */
    uint32_t first_year, years;               /* of hw_money.budget_years: opened so far */
    uint32_t paying;                          /* of these, the one whose part `tranche` comes next */
    bool withdrawn;                           /* the giver budgets no more */
    double booked_to;                         /* the planning day before this one */
    double drop_rate, exposure, exposed_from; /* hazard of withdrawal: 1/day; left to drop_day; since when */
    double answer;                            /* uniform: what this donor makes of an offer, see conditions */
    uint32_t asked, held;   /* planning days on which a tranche had come; and its condition held */
    double times;           /* what signposts have made of its budgets, against what they would be */
    double reviewed_a_year; /* USD of its budget year at the last review of capacity */
    uint64_t entity;
} hw_stream_state;

/* A budget year of a yearly stream, from its first day on. */
typedef struct hw_budget_year {
    double start;
    int64_t cents;
    uint32_t parts; /* monthly */
} hw_budget_year;

/* What a team of one kind (operator and method) costs until the next planning day. */
typedef struct hw_wage {
    int64_t running_cents, standby_cents;
} hw_wage;

/* The money of a world. A set of streams has a bit for each, at its place in `order`: `words` words. */
typedef struct hw_money {
    uint32_t stream_count, budget_year_count, words;
    hw_stream_state *streams;
    hw_budget_year *budget_years;     /* by stream from its first_year */
    uint32_t *order, *place_in_order; /* streams, most restricted first; and where each stands in that */
    /* Sets of streams that may pay for a district, an operator, a method, the building of a place,
     * HW_PAYS_... */
    uint64_t *for_district, *for_operator, *for_method, *for_place, *for_purpose;
    uint64_t *anywhere, *anybody; /* that bear no earmark for districts and places; operators and methods */
    uint64_t *work;       /* that may pay work on the ground: earmarks for a place end with its release */
    uint64_t *funded;     /* that have money left for this month */
    uint64_t *refused_by; /* that together could not pay the last bill refused this month */
    int64_t refused_cents;
    uint64_t *may_pay; /* scratch: who may pay the bill in hand */
    hw_wage *wages;    /* by kind of team, this month */
    uint64_t
        *wage_payers; /* by kind of team: the set of streams that may pay it, before earmarks for districts */
} hw_money;

/* Which streams may pay what, and in which order: the same in every replication. */
void hw_money_lay_out(hw_land *land);

/* A planning day: what comes in (see income.h), and how much of each stream may be spent until the next
 * one. */
void hw_money_book(hw_land *land, double now);

/* Wages are paid: what was set aside for moves may be spent now. */
void hw_money_give_back(hw_land *land);

/* What a payment is for: streams may be earmarked. */
typedef struct hw_bill {
    uint32_t pays;      /* HW_PAYS_... */
    uint32_t district;  /* HW_NOTHING: none yet */
    uint32_t operator_; /* HW_NOTHING: none */
    uint32_t method;    /* HW_NOTHING: none */
    uint32_t place;     /* HW_NOTHING: none */
    hw_purpose purpose;
    double usd;
} hw_bill;

/* Whether this month's money covers the bill. */
bool hw_money_covers(hw_land *land, const hw_bill *bill);

/* Pays the bill as a whole, with the overhead of the streams that pay, from the most restricted first; false,
 * and nothing paid, when this month's money does not cover it. */
bool hw_money_pay(hw_land *land, const hw_bill *bill);

/* Pays the bill, or what is left for it when that is the share `least` of it or more. Returns the share paid.
 */
double hw_money_pay_share(hw_land *land, const hw_bill *bill, double least);

/* What a team of a kind costs until the next planning day, and with that who may pay it: once a month. */
void hw_money_set_wage(hw_land *land, uint32_t kind, double running_usd, double standby_usd);

/* Pays a team of a kind in a district (HW_NOTHING: none yet) its wage, or what is left for it when that is
 * `least` of it or more; `purpose` is that of its work. Returns the share paid. */
double hw_money_pay_wage(hw_land *land, uint32_t kind, uint32_t district, bool idle, hw_purpose purpose,
                         double least);

/* Whether a stream may pay teams of a kind, wherever they are. */
bool hw_money_may_pay(const hw_land *land, uint32_t stream, uint32_t kind);

/* Whether a stream may pay in a district; and whether it has money for work on the ground this month. */
bool hw_money_is_for(const hw_land *land, uint32_t stream, uint32_t district);
bool hw_money_pays_work(const hw_land *land, uint32_t stream);

/* Whether this month's money covers both the wage of a team of a kind and the bill of its first move, to a
 * district or to one that is not known yet; the move may come out of what is kept for moves. */
bool hw_money_covers_first_move(const hw_land *land, uint32_t kind, bool idle, const hw_bill *move);

/* Pays such a move, after the wage; where it goes to is not known yet, keeps the money for it out of the
 * reach of wages until posting. */
void hw_money_pay_first_move(hw_land *land, uint32_t kind, const hw_bill *move);

/* Whether some stream may pay teams of either kind. */
bool hw_money_may_pay_both(const hw_land *land, uint32_t one, uint32_t other);

/* A giver turns to victim assistance, or back: from now on all that its stream may spend goes there. */
void hw_money_turn(hw_land *land, uint32_t stream, bool to_victim_aid);

/* Adds to a stream what nobody had pledged before, outside its tranches and conditions; it can be spent at
 * once. */
void hw_money_grant(hw_land *land, uint32_t stream, double usd);

/* Whether a stream may sign a contract with a firm for its work of a kind: money for a district or a place
 * alone signs none. */
bool hw_money_may_contract(const hw_land *land, uint32_t stream, uint32_t kind);

/* A contract: work and fees are bound this month, however late they are paid. */
void hw_money_bind(hw_land *land, uint32_t stream, int64_t work, int64_t fees);
/* Pays out of what is bound. */
void hw_money_pay_bound(hw_land *land, uint32_t stream, int64_t work, int64_t fees);
/* Of what is bound, what the contract does not need any more: to be spent otherwise, or gone when its own
 * year is over. */
void hw_money_release(hw_land *land, uint32_t stream, int64_t cents, bool gone);

/* USD in a stream that were paid out and not spent. */
double hw_money_held(const hw_land *land, uint32_t stream);

#endif
