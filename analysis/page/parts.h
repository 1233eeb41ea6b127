/* What the files of the page's numbers share. */
#ifndef HW_ANALYSIS_PAGE_PARTS_H
#define HW_ANALYSIS_PAGE_PARTS_H

#include "analysis/page/page.h"
#include "analysis/tables/sheet.h"

/* Puts "name": {"title", "note", "columns": [[name, units, decimals]], "rows": [[…]]} */
void hw_page_put_sheet(json_t *tables, const hw_sheet *sheet);

/* Puts "comparison": {"tables": {…}} and "incomparable": [] when there are several results: what the others
 * change against the first, as `homeward compare` has it; or null, and the reasons why they cannot be
 * compared. */
hw_status hw_page_comparison(json_t *page, const hw_page_wish *wish, hw_errors *errors);

/* Puts "sweep": {"file", "title", …, "outputs", "scenarios", "kind", "tables": {…}}  when there is one: which
 * inputs move the outcomes, as `homeward sensitivity` has it. HW_ERROR_INPUT as in hw_page_write. */
hw_status hw_page_influences(json_t *page, const hw_page_wish *wish, hw_errors *errors);

#endif
