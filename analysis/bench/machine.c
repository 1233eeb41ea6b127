/* Cores, load, processor and compiler of this machine. */
#define _GNU_SOURCE /* CPU_COUNT */
#include "analysis/bench/machine.h"
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int usable_cores(void) {
    cpu_set_t set;
    return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
}

static void read_processor(char *name, size_t room) {
    name[0] = '\0';
    FILE *file = fopen("/proc/cpuinfo", "r");
    if (file == NULL) {
        return;
    }
    char line[256];
    while (name[0] == '\0' && fgets(line, sizeof line, file) != NULL) {
        const char *colon = strchr(line, ':');
        if (strncmp(line, "model name", 10) == 0 && colon != NULL) {
            snprintf(name, room, "%.*s", (int)strcspn(colon + 2, "\n"), colon + 2);
        }
    }
    fclose(file);
}

static const char *compiler(void) {
#ifdef __clang__
    return __VERSION__; /* names itself */
#else
    return "gcc " __VERSION__;
#endif
}

hw_bench_machine hw_bench_this_machine(void) {
    hw_bench_machine machine = {.cores = usable_cores(), .compiler = compiler()};
    if (getloadavg(&machine.load, 1) != 1) {
        machine.load = 0.0;
    }
    read_processor(machine.processor, sizeof machine.processor);
    return machine;
}
