/* The way of every text to the terminal: what is printed to standard output and standard error goes through
 * here, whoever prints it. Characters that a terminal obeys, or that nobody sees, arrive as visible escapes
 * ("\u001B"). The bar of sim/run/progress.c moves the cursor itself and is the one exception. */
#ifndef HW_ANALYSIS_TERMINAL_H
#define HW_ANALYSIS_TERMINAL_H

/* To be called once, before anything is printed. */
void hw_terminal_guard(void);

#endif
