/* A seal: the check sum of a result file, behind its last byte, where HDF5 does not look. HDF5 checks most of
 * what it reads, but follows damaged references to texts wherever they point; with a seal damage is known
 * before. */
#ifndef HW_SIM_RUN_SEAL_H
#define HW_SIM_RUN_SEAL_H

#include "sim/run/trouble.h"

/* Appends the seal to a finished file. */
hw_status hw_seal_write(const char *path, hw_trouble *trouble);

typedef enum hw_seal {
    HW_SEAL_GOOD,   /* not a bit was changed */
    HW_SEAL_NONE,   /* rewritten by another program, or cut */
    HW_SEAL_BROKEN, /* damaged or changed in place */
} hw_seal;

hw_seal hw_seal_check(const char *path);

#endif
