/* When is a probability known well enough? */
#ifndef HW_SIM_RUN_PRECISION_H
#define HW_SIM_RUN_PRECISION_H

#include <stdint.h>

/* Half the width of the 95 % Wilson score interval (E. B. Wilson 1927, J. Am. Stat. Assoc. 22:209) of a
 * probability of which `happened` of `tried` were seen; 0.5 when nothing was tried. */
double hw_wilson_half_width(uint64_t happened, uint64_t tried);

/* After how many replications to look for the next time: 100, 200, 400, ..., at most `most`. Looking at fixed
 * points makes the answer independent of who finished what first. */
uint64_t hw_precision_next_look(uint64_t finished, uint64_t most);

#endif
