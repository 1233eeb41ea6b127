/* What becomes of the gift's own money, and what is added by it, for each dollar. */
#ifndef HW_ANALYSIS_RECEIPT_MONEY_H
#define HW_ANALYSIS_RECEIPT_MONEY_H

#include "analysis/decide/receipt.h"

/* Sets spent_by. HW_ERROR_IO when outcomes cannot be read. */
hw_status hw_receipt_find_end(hw_receipt *receipt, const hw_outcomes *gift, hw_errors *errors);

/* Fills in fates, reasons and what is given, spent and added, once rows are compared. HW_ERROR_IO when
 * outcomes cannot be read. */
hw_status hw_receipt_tell_money(hw_receipt *receipt, const hw_outcomes *base, const hw_outcomes *gift,
                                hw_errors *errors);

#endif
