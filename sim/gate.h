/* A count in memory that several processes (or threads) share, and wait on until it has come to a number.
 *
 * Waits are mostly short: who waits looks for a while, then lets others have the processor, and at last
 * sleeps until somebody passes. So it also works with more processes than processors. */
#ifndef HW_SIM_GATE_H
#define HW_SIM_GATE_H

#include <stdint.h>

/* Zeroed memory is a gate that nobody has passed. Gates lie in cache lines of their own. */
typedef struct hw_gate {
    _Alignas(64) _Atomic uint32_t passed;
    _Atomic uint32_t asleep;
} hw_gate;

/* Counts one more and wakes all who sleep here. What was written before is seen by all who have waited for
 * it. */
void hw_gate_pass(hw_gate *gate);

/* Returns when `passed` (modulo 2^32) is `number`, which it must not step over meanwhile. */
void hw_gate_wait(hw_gate *gate, uint32_t number);

#endif
