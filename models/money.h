/* Money: streams from pledge to spending, in whole cents, so that in = spent + lapsed + returned + held to
 * the cent. */
#ifndef HW_MODELS_MONEY_H
#define HW_MODELS_MONEY_H

#include "models/land.h"

/* At most this many streams: one bit each. */
enum { HW_STREAMS_MOST = 64 };

/* Which streams may pay what, and in which order: the same in every replication. */
void hw_money_lay_out(hw_land *land);

/* A planning day: what comes in (see income.h), and how much of each stream may be spent until the next
 * one. */
void hw_money_book(hw_land *land, double now);

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
bool hw_money_covers(const hw_land *land, const hw_bill *bill);

/* Pays the bill as a whole, with the overhead of the streams that pay, from the most restricted first; false,
 * and nothing paid, when this month's money does not cover it. */
bool hw_money_pay(hw_land *land, const hw_bill *bill);

/* What the teams of one asset cost until the next planning day, and which streams may pay it: worked out once
 * a month. */
struct hw_wage {
    uint64_t payers; /* before earmarks for districts */
    int64_t running_cents, standby_cents;
};

hw_wage hw_money_wage(const hw_land *land, uint32_t operator_, uint32_t method, double running_usd,
                      double standby_usd);

/* Pays a team in a district (HW_NOTHING: none yet), as hw_money_pay does; `purpose` is that of its work. */
bool hw_money_pay_wage(hw_land *land, const hw_wage *wage, uint32_t district, bool idle, hw_purpose purpose);

/* A giver turns to victim assistance, or back: from now on all that its stream may spend goes there. */
void hw_money_turn(hw_land *land, uint32_t stream, bool to_victim_aid);

/* Adds to a stream what nobody had pledged before, outside its tranches and conditions; it can be spent at
 * once. */
void hw_money_grant(hw_land *land, uint32_t stream, double usd);

/* USD in a stream that were paid out and not spent. */
double hw_money_held(const hw_land *land, uint32_t stream);

#endif
