/* Notes what went wrong, and lets all ranks agree on one of theirs. */
#include "sim/run/trouble.h"
#include <stdarg.h>
#include <stdio.h>

hw_status hw_trouble_note(hw_trouble *trouble, hw_status status, int system_error, const char *format, ...) {
    if (trouble->status != HW_OK) {
        return trouble->status;
    }
    trouble->status = status;
    trouble->system_error = system_error;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(trouble->text, sizeof trouble->text, format, arguments);
    va_end(arguments);
    return status;
}

hw_status hw_trouble_memory(hw_trouble *trouble, const char *what) {
    return hw_trouble_note(trouble, HW_ERROR_MEMORY, 0, "not enough memory for %s", what);
}

hw_status hw_trouble_agree_among(hw_trouble *trouble, MPI_Comm ranks) {
    struct {
        int status, rank;
    } worst = {.status = (int)trouble->status};
    MPI_Comm_rank(ranks, &worst.rank);
    MPI_Allreduce(MPI_IN_PLACE, &worst, 1, MPI_2INT, MPI_MAXLOC, ranks);
    if (worst.status != (int)HW_OK) {
        MPI_Bcast(trouble, (int)sizeof *trouble, MPI_BYTE, worst.rank, ranks);
    }
    return trouble->status;
}

hw_status hw_trouble_agree(hw_trouble *trouble) {
    return hw_trouble_agree_among(trouble, MPI_COMM_WORLD);
}
