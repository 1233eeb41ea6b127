/* The kinds of differences of a receipt. */
#ifndef HW_ANALYSIS_RECEIPT_KINDS_H
#define HW_ANALYSIS_RECEIPT_KINDS_H

#include "analysis/decide/receipt.h"

/* Fills receipt->kinds, for the wish. */
void hw_receipt_choose_kinds(hw_receipt *receipt, const hw_outcomes *base);

#endif
