/* Stopping on a signal (Ctrl-C, or mpirun ending the job) between two replications, not inside one. */
#ifndef HW_SIM_RUN_INTERRUPT_H
#define HW_SIM_RUN_INTERRUPT_H

#include <stdbool.h>

/* From now on SIGINT and SIGTERM only raise a flag; a second one later ends the process at once. A write
 * beyond the allowed file size fails with an error instead of a signal. */
void hw_interrupt_begin(void);

/* Restores what was before. A wish that came too late to be obeyed stays for the next run of the same
 * command.
 */
void hw_interrupt_end(bool obeyed);

bool hw_interrupt_asked(void);

/* Which signal asked first; 0 for none. */
int hw_interrupt_signal(void);

#endif
