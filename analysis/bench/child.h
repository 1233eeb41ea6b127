/* Another program, started, waited for and listened to. */
#ifndef HW_ANALYSIS_BENCH_CHILD_H
#define HW_ANALYSIS_BENCH_CHILD_H

#include <stdbool.h>

typedef struct hw_bench_child {
    int exit_code;    /* 127 when it could not be started, 128 + number when a signal ended it */
    char *output;     /* what it wrote to standard output */
    char *complaints; /* and to standard error */
} hw_bench_child;

/* Runs a program to its end; words[0] is its path, or its name on the path; NULL ends the words. Free the
 * child whatever happened. */
hw_bench_child hw_bench_child_run(const char *const *words);
void hw_bench_child_free(hw_bench_child *child);

/* The number after "\nKEY " or at the beginning of the output; NaN when it is missing. */
double hw_bench_child_number(const hw_bench_child *child, const char *key);

/* The last line that it complained with, or `otherwise` when it said nothing; free with free(). */
char *hw_bench_child_last_words(const hw_bench_child *child, const char *otherwise);

#endif
