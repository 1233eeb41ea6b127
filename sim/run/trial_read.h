/* Reading a file of which nothing is certain. HDF5 may crash, or never come to an end, over damage that its
 * own check sums do not see; so all of the reading is done once by a child first. */
#ifndef HW_SIM_RUN_TRIAL_READ_H
#define HW_SIM_RUN_TRIAL_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HW_TRIAL_TEXT = 160 };

/* Lets a child do what this process is about to do. True when the child came to its end, whatever it found;
 * else false with what became of it in words, for "FILE is damaged: %s". `bytes` is the size of the file: a
 * large one may take longer. */
bool hw_trial_read(void (*read)(void *context), void *context, uint64_t bytes, char why[HW_TRIAL_TEXT]);

#endif
