/* The machine that a benchmark ran on, for whoever reads its figures later. */
#ifndef HW_ANALYSIS_BENCH_MACHINE_H
#define HW_ANALYSIS_BENCH_MACHINE_H

typedef struct hw_bench_machine {
    int cores;           /* that this process may use */
    double load;         /* runnable processes, mean of the last minute; other work than ours makes noise */
    char processor[128]; /* "" where the system does not say */
    const char *compiler;
} hw_bench_machine;

hw_bench_machine hw_bench_this_machine(void);

#endif
