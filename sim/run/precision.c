/* Half-width of Wilson's interval, and when to look again. */
#include "sim/run/precision.h"
#include "sim/statistics.h"

enum { FIRST_LOOK = 100 };

double hw_wilson_half_width(uint64_t happened, uint64_t tried) {
    hw_interval interval = hw_wilson_interval(happened, tried, 0.95);
    return (interval.high - interval.low) / 2;
}

uint64_t hw_precision_next_look(uint64_t finished, uint64_t most) {
    uint64_t next = FIRST_LOOK;
    while (next <= finished && next < most) {
        next = next > most / 2 ? most : next * 2;
    }
    return next < most ? next : most;
}
