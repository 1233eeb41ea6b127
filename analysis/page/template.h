/* The page before and after the place for the numbers: written by analysis/page/build.mjs when the program is
 * built, empty when it is built without the page. */
#ifndef HW_ANALYSIS_PAGE_TEMPLATE_H
#define HW_ANALYSIS_PAGE_TEMPLATE_H

#include <stddef.h>

extern const char hw_page_before[], hw_page_after[];
extern const size_t hw_page_before_size, hw_page_after_size; /* bytes */

#endif
