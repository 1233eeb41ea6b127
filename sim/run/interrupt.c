/* Notes signals for the loop that looks for them. */
#include "sim/run/interrupt.h"
#include "sim/run/clock.h"
#include <signal.h>
#include <stddef.h>
#include <string.h>

static volatile sig_atomic_t asked;
static double asked_at; /* written once, before `asked` */
static struct sigaction before_interrupt, before_terminate, before_file_size;

/* mpirun, timeout(1) and a terminal may all pass on one Ctrl-C: what comes at nearly the same moment is one
 * wish. */
static const double SAME_WISH_SECONDS = 0.5;

static void on_signal(int number) {
    double now = hw_clock_seconds();
    if (!asked) {
        asked_at = now;
        asked = number;
    } else if (now - asked_at > SAME_WISH_SECONDS) {
        signal(number, SIG_DFL);
        raise(number);
    }
}

void hw_interrupt_begin(void) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    sigemptyset(&action.sa_mask);
    action.sa_handler = on_signal;
    action.sa_flags = SA_RESTART;
    sigaction(SIGINT, &action, &before_interrupt);
    sigaction(SIGTERM, &action, &before_terminate);
    action.sa_handler = SIG_IGN;
    sigaction(SIGXFSZ, &action, &before_file_size);
}

void hw_interrupt_end(bool obeyed) {
    if (obeyed) {
        asked = 0;
    }
    sigaction(SIGINT, &before_interrupt, NULL);
    sigaction(SIGTERM, &before_terminate, NULL);
    sigaction(SIGXFSZ, &before_file_size, NULL);
}

bool hw_interrupt_asked(void) {
    return asked != 0;
}

int hw_interrupt_signal(void) {
    return asked;
}
