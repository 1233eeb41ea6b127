/* The last step of writing a result file. */
#ifndef HW_SIM_RUN_PUBLISH_H
#define HW_SIM_RUN_PUBLISH_H

#include "sim/run/trouble.h"

/* Seals `partial`, waits until the disk has it, and gives it the name `output`. After a trouble what was
 * under that name is untouched and `partial` is gone. */
void hw_publish(const char *partial, const char *output, hw_trouble *trouble);

#endif
