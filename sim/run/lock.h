/* Locks of files among programs (flock), and what can be said of them. */
#ifndef HW_SIM_RUN_LOCK_H
#define HW_SIM_RUN_LOCK_H

#include <stdbool.h>

typedef enum hw_lock_wish { HW_LOCK_SHARED, HW_LOCK_ALONE } hw_lock_wish;

typedef enum hw_lock {
    HW_LOCK_TAKEN,
    HW_LOCK_HELD_BY_OTHER,
    HW_LOCK_MISSING, /* the file system has none; the reason is in errno */
} hw_lock;

/* Does not wait. Closing the file gives the lock back. */
hw_lock hw_lock_try(int file, hw_lock_wish wish);

/* Once, before HDF5 is used: takes the user's word in HDF5_USE_FILE_LOCKING for these locks, and keeps HDF5
 * from its own, which would call a good file damaged where a file system has none. It also keeps HDF5 from
 * tidying up when the program ends: files are closed by then, and what a damaged one left open it cannot
 * close. */
void hw_lock_begin(void);

/* HDF5_USE_FILE_LOCKING=FALSE: the user knows what other programs do. */
bool hw_lock_is_unwanted(void);

/* " (process 4711, python3)" as far as the system tells who locks the file, else "". Returns `text`. */
enum { HW_LOCK_HOLDER = 64 };
const char *hw_lock_holder(int file, char text[HW_LOCK_HOLDER]);

#endif
