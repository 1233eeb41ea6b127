/* What went wrong on one rank, in words that can travel to the others.
 *
 * A list of errors (sim/error.h) lives on one rank. A trouble is plain data: the first thing that went wrong
 * here, until all ranks have agreed on one of theirs. */
#ifndef HW_SIM_RUN_TROUBLE_H
#define HW_SIM_RUN_TROUBLE_H

#include "sim/error.h"
#include <mpi.h>

enum { HW_TROUBLE_TEXT = 1024 };

typedef struct hw_trouble {
    hw_status status;
    int system_error; /* errno of it, or 0 */
    char text[HW_TROUBLE_TEXT];
} hw_trouble;

/* Notes a trouble (printf style, no full stop) unless there is one already; returns trouble->status. */
hw_status hw_trouble_note(hw_trouble *trouble, hw_status status, int system_error, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

hw_status hw_trouble_memory(hw_trouble *trouble, const char *what);

/* Collective: afterwards every rank has the worst trouble of all ranks (of equals, the lowest rank's). */
hw_status hw_trouble_agree(hw_trouble *trouble);

/* The same among the ranks of a communicator. */
hw_status hw_trouble_agree_among(hw_trouble *trouble, MPI_Comm ranks);

#endif
