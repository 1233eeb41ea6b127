/* How much money an aim costs: the least amount of a purse with which a place is released by a date in a
 * share of the worlds, tried again on worlds that the search has not seen. */
#ifndef HW_ANALYSIS_TARGET_H
#define HW_ANALYSIS_TARGET_H

#include "analysis/decide/aim.h"
#include "analysis/decide/least.h"
#include "analysis/decide/purse.h"
#include "analysis/figures/exact_share.h"
#include "analysis/results/study.h"
#include "analysis/tables/sheet.h"

enum { HW_TARGET_PROOFS_MOST = 2 };

/* A cause that keeps the place, in the worlds that miss the aim whatever is paid. */
typedef struct hw_held {
    const char *cause;
    double days; /* mean */
} hw_held;

typedef struct hw_target {
    hw_aim aim;
    hw_purse purse;
    const char *base;
    uint64_t seed;
    hw_least least; /* what is spent: more on mine action than by the plan until the year of the aim ends,
                       million USD */
    hw_try proofs[HW_TARGET_PROOFS_MOST]; /* on fresh worlds, each with its own seed */
    uint32_t proof_count;
    uint64_t proof_worlds;
    hw_held *held; /* the longest first; of a place */
    uint32_t held_count;
    char *title, *digest; /* of the base */
    char *known;          /* from what the values are known, in lines */
    int64_t start, horizon;
} hw_target;

/* Asks (collective). The aim is read, the purse looked up; the study wish says worlds, seed and where they
 * are kept. HW_ERROR_LAW when replications fail, so that worlds cannot be held against each other. Free after
 * failure too. */
hw_status hw_target_find(hw_target *target, const hw_study_wish *wish, hw_errors *errors);
void hw_target_free(hw_target *target);

/* The share of worlds of a try, and whether a proof holds: its exact lower bound is not below the aim. With
 * several proofs each is asked for more, so that all together err in one of twenty at most. */
hw_share_bounds hw_target_share(const hw_try *one, uint64_t worlds);
bool hw_target_proves(const hw_target *target, const hw_try *proof);

/* Whether the aim needs none of the money: where that is the answer of the search, its exact lower bound
 * says so, or the proof with nothing. */
bool hw_target_needs_none(const hw_target *target);

/* Its tables, and its sentences. */
void hw_target_build(hw_book *book, const hw_target *target);
void hw_target_print_head(FILE *out, const hw_target *target);

#endif
