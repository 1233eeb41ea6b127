/* Contracts by the hectare: firms are paid by the m2 for ground that their crews have surveyed, searched or
 * cleared. The money is bound when a contract is signed, and paid as the ground is accepted; how the crews
 * come, work and deliver is crews.h. */
#ifndef HW_MODELS_CONTRACTS_H
#define HW_MODELS_CONTRACTS_H

#include "models/backlog.h"
#include "models/kinds.h"
#include "sim/arena.h"
#include "sim/schema.h"
#include <stdbool.h>

/* So much ground, at a price, out of one stream: all that is signed on a day for one job. */
typedef struct hw_contract {
    uint32_t firm, job, stream;
    int64_t m2, accepted_m2;
    int64_t work, fees;           /* cents for all of it */
    int64_t paid_work, paid_fees; /* for what is accepted */
    double end_day;               /* of the work */
    double money_day;             /* after it, what is not needed is gone */
} hw_contract;

/* A firm, or several as one: an entry of the scenario's contracts. */
typedef struct hw_firm {
    uint32_t operator_, kind[HW_JOBS]; /* its crews' kinds of team */
    int64_t in_hand_m2[HW_JOBS];       /* signed and not yet accepted */
    double crews_needed[HW_JOBS];      /* in mean weather, to be done in time */
    double taken;                      /* of a year's capacity, what was signed of late */
    int64_t signed_m2;                 /* this calendar year */
    double year_from;                  /* when that began */
    uint32_t year;
} hw_firm;

/* A crew's contract: by index of its team. */
typedef struct hw_crew {
    int64_t quota_m2; /* that it may still take on until the next planning day */
    int64_t piece_m2; /* that it has in hand */
} hw_crew;

typedef struct hw_contracts {
    uint32_t firm_count, most, count, first_open; /* contracts: room, signed, those before are done */
    hw_firm *firms;
    hw_contract *signed_;
    hw_crew *crews;
    uint32_t *delivered; /* firm x item: m2 that it has done there and that are not yet accepted */
    int64_t *delivered_m2, *accepted_m2; /* district x firm x job: their sums; accepted since last planning */
    int64_t *accepted_year_m2;           /* job x year */
    int64_t *spare;                      /* by stream, cents: scratch */
    bool *took_all;                      /* by stream: firms had no room for more of its money today */
    hw_backlog backlog;                  /* as of today's ranking */
} hw_contracts;

/* The place of a firm's job in a district in delivered_m2 and accepted_m2. */
static inline size_t hw_contract_cell(const hw_contracts *contracts, uint32_t district, uint32_t firm,
                                      uint32_t job) {
    return ((size_t)district * contracts->firm_count + firm) * HW_JOBS + job;
}

/* Room in the arena, for a world whose counts are known. */
void hw_contracts_take(hw_contracts *contracts, hw_arena *arena, const hw_land *sizes);
void hw_contracts_begin(hw_land *land);

/* Which method does a job. */
uint32_t hw_contract_method(const hw_land *land, uint32_t job);

/* The stage that a job is about; clearance has more, with the same method. */
extern const hw_stage hw_contract_stages[HW_JOBS];

/* Ground that a field day of one crew brings, as it is mixed in sight today. */
double hw_contract_m2_a_field_day(const hw_land *land, uint32_t job);

/* Works out how many crews a firm's contracts need. */
void hw_contracts_count_crews(hw_land *land, uint32_t firm, double now);

/* A planning day, before pay: pays what was accepted, ends contracts, sends crews. After ranking. */
void hw_contracts_plan(hw_land *land, double now, double next);

/* Its end: signs contracts with the money that is left, and mobilises crews for them: tenders.c. */
void hw_contracts_sign(hw_land *land, double now, double next);

/* Whether a stream has money left today for which firms had no room. */
bool hw_contracts_took_all(const hw_land *land, uint32_t stream);

/* The books against their sums. */
void hw_contracts_check(hw_land *land, double now);

#endif
