/* Censoring: worlds in which a day does not come by the horizon. A mean has to count them as the horizon, so
 * it is too early, differences of such means are too small, and indices and correlations follow the horizon
 * as well. This is the one place that says from which share on a reader is warned, and in which words. */
#ifndef HW_ANALYSIS_CENSORING_H
#define HW_ANALYSIS_CENSORING_H

#include "analysis/tables/sheet.h"
#include <stdbool.h>
#include <stdio.h>

/* Whether so large a share of worlds (0 to 1) is censored that means are to be cautioned: a tenth or more. */
bool hw_censored_heavily(double share);

/* "censored in up to 45 % of worlds"; "" when that is not heavy. The caller frees it. */
char *hw_censored_words(double share);

/* What the words mean, for the notes of sheets. */
extern const char hw_censored_note[];

/* A mean of days that a book shows: in a row of one of its sheets, of one scenario against a base. */
typedef struct hw_censored_mean {
    const char *sheet, *label, *scenario;
    double base, variant; /* shares of worlds */
} hw_censored_mean;

typedef struct hw_censored_means {
    hw_censored_mean *items; /* labels are owned */
    size_t count, room;
} hw_censored_means;

void hw_censored_add(hw_censored_means *means, const hw_censored_mean *mean);
void hw_censored_free(hw_censored_means *means);

/* The sheet "censoring": a row for each heavily censored mean, however many scenarios have it. None when
 * there is none. */
void hw_censored_build(hw_book *book, const hw_censored_means *means);

/* Two loud lines for the terminal when there is such a mean. */
void hw_censored_print_warning(FILE *out, const hw_censored_means *means);

#endif
