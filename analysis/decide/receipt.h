/* The receipt of a gift: what becomes of its money, what mine action has more of for it, what it brings to
 * places, people and land, and what each string costs. Each world with the gift is held against the same
 * world without it; nothing is booked to a dollar. */
#ifndef HW_ANALYSIS_RECEIPT_H
#define HW_ANALYSIS_RECEIPT_H

#include "analysis/compare/parts.h"
#include "analysis/figures/estimate.h"
#include "analysis/figures/ratio.h"

/* What a gift is measured by, and what it is told of. */
enum {
    HW_RECEIPT_DAYS,
    HW_RECEIPT_CHANCE,
    HW_RECEIPT_LAND,
    HW_RECEIPT_PEOPLE,
    HW_RECEIPT_PERSON_YEARS,
    HW_RECEIPT_VICTIMS,
    HW_RECEIPT_ADDED, /* more spent on what the gift pays for, until all but a hundredth of it is spent */
    HW_RECEIPT_SPENDING,
    HW_RECEIPT_MAIN, /* those above are totals, and what strings are measured by */
    HW_RECEIPT_STREAM_SPENT = HW_RECEIPT_MAIN,
    HW_RECEIPT_STREAM_UNSPENT,
    HW_RECEIPT_PLACES,
    HW_RECEIPT_DISTRICTS,
    HW_RECEIPT_YEAR_GIFT,
    HW_RECEIPT_YEAR_SPENDING,
    HW_RECEIPT_YEAR_LAND,
    HW_RECEIPT_YEAR_PEOPLE,
    HW_RECEIPT_YEAR_VICTIMS,
    HW_RECEIPT_KINDS
};

/* Groups of contenders. */
enum { HW_RECEIPT_GIFT, HW_RECEIPT_UNTIED };

/* A part of the gift's money over the worlds, million USD. */
typedef struct hw_receipt_fate {
    char *name; /* "spent", "lapsed: recruits" */
    hw_spread spread;
} hw_receipt_fate;

typedef struct hw_receipt_wish {
    const char *const *streams; /* of the gift */
    uint32_t stream_count;
    uint32_t pays;             /* HW_GIFT_PAYS_... */
    const char *const *others; /* of the base, and pay for the same */
    uint32_t other_count;
    const char *place;   /* as in hw_compare_wish */
    int64_t from;        /* the day of the gift: years before are not told */
    int64_t by, land_by; /* people, chances; land */
    bool floor_missing;
} hw_receipt_wish;

typedef struct hw_receipt {
    hw_receipt_wish wish;
    hw_compare_kind kinds[HW_RECEIPT_KINDS];
    hw_comparison all;
    uint32_t gift;    /* which variant */
    int64_t spent_by; /* the end of the year in which nearly all that is spent of the gift has been spent, or
                       * the horizon. What is added until then is known far better: the years after it add
                       * noise. They may also take some of it back, so both are told. */
    hw_receipt_fate *fates, *reasons;
    uint32_t fate_count, reason_count;
    double given, spent;               /* million USD: pledged, and paid out for mine action, means */
    double given_error;                /* of a pledge that is uncertain; else 0 */
    double never;                      /* million USD: pledged, and dropped by the giver or by its end date */
    hw_ratio spent_share, added_share; /* of what is given: spent, and added until spent_by */
} hw_receipt;

/* Contenders after the base: the floor if there is one, the gift, and the gift untied, each of its group and
 * the latter with the gift as their base. HW_ERROR_INPUT when only summaries of replications were kept;
 * otherwise statuses as hw_compare_scenarios. Free after failure too; the receipt must not move. */
hw_status hw_receipt_make(hw_receipt *receipt, const hw_contender *base, const hw_contender *variants,
                          uint32_t count, const hw_receipt_wish *wish, hw_errors *errors);
void hw_receipt_free(hw_receipt *receipt);

/* The row of a kind for a variant, of its total or (label not NULL) under that label; NULL: none. */
const hw_compare_row *hw_receipt_row(const hw_receipt *receipt, uint32_t kind, uint32_t variant,
                                     const char *label, double by);

/* Whether less of a kind is better. */
bool hw_receipt_less_is_better(uint32_t kind);

/* What is paid for: "mine action", "reconstruction". */
const char *hw_receipt_paid(const hw_receipt *receipt);

/* Whether the purpose, as outcomes call it, is one of those that are paid for (HW_GIFT_PAYS_...). */
bool hw_receipt_counts(uint32_t pays, const char *purpose);

/* What a main kind is called, with its place and dates: "Land released by 2030-12-31". Free it. */
char *hw_receipt_title(const hw_receipt *receipt, uint32_t kind);

/* Its sentences, as findings of `all`. */
void hw_receipt_say(hw_receipt *receipt);

/* Its tables. */
void hw_receipt_build(hw_book *book, const hw_receipt *receipt);

/* What was compared, how to read it, and the findings in sentences. */
void hw_receipt_print_head(FILE *out, const hw_receipt *receipt);

#endif
