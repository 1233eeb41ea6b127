/* Opening what is to be read. A pipe that nobody writes to would make a reader wait for ever, and a device
 * may do anything when it is opened: only ordinary files are read, and all others are named as what they are.
 */
#ifndef HW_SIM_ORDINARY_FILE_H
#define HW_SIM_ORDINARY_FILE_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/stat.h>

/* What keeps it from being read, for "cannot read FILE: %s"; NULL for an ordinary file. */
const char *hw_ordinary_problem(const struct stat *about);

/* Opens an ordinary file for reading, without waiting for anything. Returns the descriptor, or -1 with
 * *problem, which lives until the next call. */
int hw_ordinary_open(const char *path, struct stat *about, const char **problem);

/* The same with flags of open(2) beside the usual ones: O_RDWR, O_CREAT (with mode 0666), O_APPEND. */
int hw_ordinary_open_as(const char *path, int flags, struct stat *about, const char **problem);

/* As a stream for reading; NULL with *problem. */
FILE *hw_ordinary_stream(const char *path, const char **problem);

#endif
