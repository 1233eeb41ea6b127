/* A seal: the check sum of a whole file, inside the file itself.
 *
 * HDF5 checks most of what it reads, but follows damaged references wherever they point, and it knows nothing
 * of a value that another program changed. So each result carries a short text, in a dataset of its own, that
 * says where in the file it stands, how long the file is and what the CRC-32 of all its bytes is (its own
 * counted as they were before it was known). It is found by looking for the text among the bytes of the file,
 * so a file can be judged before HDF5 touches it, and a file that any program wrote anew, cut, or added to
 * betrays itself.
 *
 * CRC-32 is against accidents, not against forgers, who could seal their own file as well: it finds every
 * change of up to 32 neighbouring bits and all but one in four thousand million others, and zlib is faster at
 * it than disks are. Older files carry their seal behind the last byte instead. */
#ifndef HW_SIM_RUN_SEAL_H
#define HW_SIM_RUN_SEAL_H

#include "sim/run/trouble.h"
#include <stdint.h>
#include <sys/types.h>

enum { HW_SEAL_BYTES = 96 };

/* What the file is. */
typedef enum hw_sealed { HW_SEALED_RESULT, HW_SEALED_SWEEP } hw_sealed;

/* The text that holds the place of a seal until hw_seal_write; all of it must be written at one place. */
void hw_seal_placeholder(char text[HW_SEAL_BYTES + 1], hw_sealed kind);

/* Seals a finished file whose placeholder is at `offset`. */
hw_status hw_seal_write(const char *path, uint64_t offset, hw_trouble *trouble);

typedef enum hw_seal {
    HW_SEAL_GOOD,       /* not a bit was changed */
    HW_SEAL_NONE,       /* never sealed, or the seal was lost */
    HW_SEAL_REWRITTEN,  /* holds the seal of another file: copied by a program that writes it anew */
    HW_SEAL_CUT,        /* shorter than it was sealed */
    HW_SEAL_LONGER,     /* something was added */
    HW_SEAL_BROKEN,     /* damaged or changed in place */
    HW_SEAL_UNREADABLE, /* the disk gives an error, which is in errno */
} hw_seal;

/* Reads the whole open file once. */
hw_seal hw_seal_check(int file, uint64_t size);

/* What may have happened, for "FILE ...": "has no seal: ...". Not of a good one. */
const char *hw_seal_words(hw_seal seal);

#endif
