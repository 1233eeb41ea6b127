/* What the files of the page's numbers share. */
#ifndef HW_ANALYSIS_PAGE_PARTS_H
#define HW_ANALYSIS_PAGE_PARTS_H

#include "analysis/page/page.h"
#include "analysis/tables/sheet.h"

/* "name":{"title", "note", "columns": [[name, units, decimals]], "rows": [[…]]} */
void hw_page_sheet(FILE *out, const hw_sheet *sheet);

/* "comparison":{"tables": {…}},"incomparable":[]  when there are several results: what the others change
 * against the first, as `homeward compare` has it; or null, and the reasons why they cannot be compared. */
hw_status hw_page_comparison(FILE *out, const hw_page_wish *wish, hw_errors *errors);

/* "sweep":{"file", "title", …, "outputs", "scenarios", "kind", "tables": {…}}  when there is one: which
 * inputs move the outcomes, as `homeward sensitivity` has it. HW_ERROR_INPUT as in hw_page_write. */
hw_status hw_page_influences(FILE *out, const hw_page_wish *wish, hw_errors *errors);

#endif
