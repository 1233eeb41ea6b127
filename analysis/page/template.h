/* The page before and after the place for the numbers: written by analysis/page/build.mjs when the program is
 * built, empty when it is built without the page. */
#ifndef HW_ANALYSIS_PAGE_TEMPLATE_H
#define HW_ANALYSIS_PAGE_TEMPLATE_H

#include "sim/error.h"
#include <stddef.h>

typedef struct hw_page_template {
    const char *before;
    size_t before_size; /* bytes */
    const char *after;
    size_t after_size;
    const char *const *languages; /* that it speaks, English first, until NULL */
} hw_page_template;

/* The desk's page: the place is for what may be asked (analysis/desk/choices.h). */
extern const hw_page_template hw_page_desk;

/* With the map of Azerbaijan, and without any. */
extern const hw_page_template hw_page_full, hw_page_plain;

/* Whether the page speaks it, such as "az"; else HW_ERROR_INPUT, with those that it does speak. */
hw_status hw_page_check_language(const hw_page_template *page, const char *language, hw_errors *errors);

#endif
