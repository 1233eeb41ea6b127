/* Code lists of IATI 2.03 that an import reads. Source: the code lists of the standard, iatistandard.org
 * (TransactionType, ActivityStatus, EarmarkingCategory, ActivityDateType, SectorVocabulary,
 * RelatedActivityType). */
#ifndef HW_ANALYSIS_IATI_CODES_H
#define HW_ANALYSIS_IATI_CODES_H

#include <stdbool.h>
#include <stdint.h>

typedef enum hw_iati_kind {
    HW_IATI_UNKNOWN,
    HW_IATI_INCOMING_FUNDS = 1,
    HW_IATI_COMMITMENT = 2,
    HW_IATI_DISBURSEMENT = 3,
    HW_IATI_EXPENDITURE = 4,
    HW_IATI_INCOMING_COMMITMENT = 11,
    HW_IATI_PLEDGE = 12,
    HW_IATI_INCOMING_PLEDGE = 13,
    HW_IATI_PLANNED = 20, /* planned-disbursement: not of that list */
    HW_IATI_KINDS = 21,
} hw_iati_kind;

/* What an amount says about money that is given. */
typedef enum hw_iati_class {
    HW_IATI_NOTHING,  /* interest, equity, loans paid back: no gift */
    HW_IATI_PROMISED, /* pledges and commitments, out or in */
    HW_IATI_PAID,
    HW_IATI_TO_COME, /* planned */
} hw_iati_class;

/* "commitment"; NULL where there is no such kind. */
const char *hw_iati_kind_name(hw_iati_kind kind);
hw_iati_class hw_iati_class_of(hw_iati_kind kind);
/* Whether it is told by the one who receives. */
bool hw_iati_is_incoming(hw_iati_kind kind);
/* The kind that the giver tells of the same money: a disbursement for incoming funds. HW_IATI_UNKNOWN: none.
 */
hw_iati_kind hw_iati_giver_kind(hw_iati_kind kind);

/* The number of a code that is a whole number of one to three digits, or -1. */
int hw_iati_code(const char *text);
/* The type of a transaction: its number where the list has it, else HW_IATI_UNKNOWN. Types that are no gift
 * are in the list too. */
hw_iati_kind hw_iati_transaction_kind(const char *code);

enum { HW_IATI_CANCELLED = 5, HW_IATI_SUSPENDED = 6, HW_IATI_STATUSES = 6, HW_IATI_PIPELINE = 1 };
/* "softly earmarked"; NULL where there is no such code (1 to 4). */
const char *hw_iati_earmark_name(int code);

/* Elements of an activity that the standard has and an import does not need. */
bool hw_iati_is_element(const char *name);

/* The purpose code of the OECD's Development Assistance Committee for "Removal of land mines and explosive
 * remnants of war", in vocabulary 1. */
#define HW_IATI_MINE_ACTION "15250"

#endif
