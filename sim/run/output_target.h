/* Where a path leads. */
#ifndef HW_SIM_RUN_OUTPUT_TARGET_H
#define HW_SIM_RUN_OUTPUT_TARGET_H

#include <stdbool.h>

/* The folder that a path is in, for the caller to free; NULL without memory. */
char *hw_output_folder(const char *path);

/* The number of this program's open file that a path such as /dev/stdout or /dev/fd/3 means, through links
 * too; -1 for other paths. */
int hw_output_descriptor(const char *path);

/* Waits until the disk has the names in the folder of `path`. Some file systems cannot: then names are as
 * durable as they make them. */
void hw_output_synchronise_folder(const char *path);

#endif
