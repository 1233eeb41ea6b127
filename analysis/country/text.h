/* The text of a first scenario. */
#ifndef HW_ANALYSIS_COUNTRY_TEXT_H
#define HW_ANALYSIS_COUNTRY_TEXT_H

#include "analysis/country/country.h"
#include <stdio.h>

/* `layers`: the folder of the shared layers, as the file names it ("layers", or "/usr/share/..."). */
void hw_country_write_text(FILE *out, const hw_country_wish *wish, const char *layers);

#endif
