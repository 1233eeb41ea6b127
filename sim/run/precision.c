/* Half-width of Wilson's interval, and when to look again. */
#include "sim/run/precision.h"
#include <math.h>

enum { FIRST_LOOK = 100 };

double hw_wilson_half_width(uint64_t happened, uint64_t tried) {
    if (tried == 0) {
        return 0.5;
    }
    const double z = 1.959963984540054; /* 97.5 % of the standard normal distribution */
    double n = (double)tried;
    double p = (double)happened / n;
    return z / (1.0 + z * z / n) * sqrt(p * (1.0 - p) / n + z * z / (4.0 * n * n));
}

uint64_t hw_precision_next_look(uint64_t finished, uint64_t most) {
    uint64_t next = FIRST_LOOK;
    while (next <= finished && next < most) {
        next = next > most / 2 ? most : next * 2;
    }
    return next < most ? next : most;
}
