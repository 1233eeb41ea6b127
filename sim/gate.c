/* A count that processes wait on: by looking again for a short time, then asleep (futex). */
#include "sim/gate.h"
#include <limits.h>
#include <linux/futex.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

/* About as long as going to sleep and being woken takes; then a few turns of other processes. */
enum { LOOKS = 1000, TURNS = 200 };

static void pause_briefly(void) {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

/* Not FUTEX_PRIVATE: the memory may be another process's, too. */
static void futex(_Atomic uint32_t *word, int operation, uint32_t value) {
    syscall(SYS_futex, (void *)word, operation, value, NULL, NULL, 0);
}

void hw_gate_pass(hw_gate *gate) {
    atomic_fetch_add(&gate->passed, 1);
    if (atomic_load(&gate->asleep) > 0) {
        futex(&gate->passed, FUTEX_WAKE, INT_MAX);
    }
}

static bool there(const hw_gate *gate, uint32_t number) {
    return atomic_load_explicit(&gate->passed, memory_order_acquire) == number;
}

/* FUTEX_WAIT checks the count again, after `asleep` is visible to the waker: no wake-up is lost. */
static void sleep_until(hw_gate *gate, uint32_t number) {
    atomic_fetch_add(&gate->asleep, 1);
    for (uint32_t seen = atomic_load(&gate->passed); seen != number; seen = atomic_load(&gate->passed)) {
        futex(&gate->passed, FUTEX_WAIT, seen);
    }
    atomic_fetch_sub(&gate->asleep, 1);
}

void hw_gate_wait(hw_gate *gate, uint32_t number) {
    for (int look = 0; look < LOOKS; look++) {
        if (there(gate, number)) {
            return;
        }
        pause_briefly();
    }
    for (int turn = 0; turn < TURNS; turn++) {
        if (there(gate, number)) {
            return;
        }
        sched_yield();
    }
    sleep_until(gate, number);
}
