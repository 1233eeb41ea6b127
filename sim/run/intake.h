/* What a result file must pass before HDF5 may open it: it is an ordinary file, nobody else is writing it, it
 * is HDF5, and its seal is good. */
#ifndef HW_SIM_RUN_INTAKE_H
#define HW_SIM_RUN_INTAKE_H

#include "sim/error.h"
#include "sim/run/seal.h"
#include <hdf5.h>
#include <stdbool.h>
#include <stdint.h>

typedef enum hw_trust {
    HW_SEALED_ONLY,  /* what is not as Homeward wrote it is refused */
    HW_UNSEALED_TOO, /* read with care; the caller hears that it is not sealed */
} hw_trust;

typedef struct hw_intake {
    int handle; /* of the file, with a shared lock where there are locks; -1: none */
    uint64_t bytes;
    hw_seal seal;
} hw_intake;

/* Judges a file and keeps it locked against writers until hw_intake_end. False with one error that says what
 * is wrong, what may have happened, and the cure. */
bool hw_intake_begin(hw_intake *intake, const char *path, hw_trust trust, hw_errors *errors);
void hw_intake_end(hw_intake *intake);

/* Only judges it; HW_ERROR_IO with the error of hw_intake_begin. */
hw_status hw_intake_judge(const char *path, hw_trust trust, hw_errors *errors);

/* Whether a file is as Homeward wrote it. */
bool hw_intake_is_sealed(const char *path);

/* The title of a file that is not sealed says so, wherever it is shown. Takes over `title`; NULL stays NULL.
 */
char *hw_intake_title(const hw_intake *intake, char *title);

/* Opens the file with HDF5, for reading; a negative number when HDF5 cannot. Its own locks are not used: it
 * calls a file damaged that is only locked, and cannot read at all on a file system without locks. */
hid_t hw_intake_open(const char *path);

/* What a file holds, by its bytes alone; other for everything that cannot be read. */
typedef enum hw_intake_kind { HW_INTAKE_OTHER, HW_INTAKE_RESULT, HW_INTAKE_SWEEP } hw_intake_kind;
hw_intake_kind hw_intake_kind_of(const char *path);

#endif
