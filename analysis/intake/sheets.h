/* What an import would take and leave out, as sheets. */
#ifndef HW_ANALYSIS_INTAKE_SHEETS_H
#define HW_ANALYSIS_INTAKE_SHEETS_H

#include "analysis/intake/import.h"
#include "analysis/tables/sheet.h"

/* "41 of 50 activities taken, 9 left out: 4 ..., 5 ..." and what else is to say of the whole; the caller
 * frees it. */
char *hw_import_summary(const hw_import *import);

/* taken, money, families, reasons, left_out. */
void hw_import_build(hw_book *book, const hw_import *import);

#endif
