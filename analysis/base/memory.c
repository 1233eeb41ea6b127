/* Memory that ends the program when there is no more. */
#define _GNU_SOURCE /* vasprintf */
#include "analysis/base/memory.h"
#include "sim/error.h"
#include "sim/run/experiment.h"
#include "sim/visible.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Noreturn void hw_out_of_memory(void) {
    fputs("homeward: not enough memory\n", stderr);
    hw_ranks_abort(hw_status_exit_code(HW_ERROR_MEMORY));
    abort();
}

void *hw_take(size_t count, size_t size) {
    void *memory = calloc(count ? count : 1, size ? size : 1);
    if (memory == NULL) {
        hw_out_of_memory();
    }
    return memory;
}

void *hw_take_again(void *old, size_t count, size_t size) {
    void *memory = reallocarray(old, count ? count : 1, size ? size : 1);
    if (memory == NULL) {
        hw_out_of_memory();
    }
    return memory;
}

/* Not from getrusage, which remembers the program that started this one. */
double hw_peak_bytes(void) {
    double kilobytes = 0;
    char line[256];
    FILE *file = fopen("/proc/self/status", "r");
    while (file != NULL && kilobytes == 0 && fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, "VmHWM:", 6) == 0) {
            kilobytes = strtod(line + 6, NULL);
        }
    }
    if (file != NULL) {
        fclose(file);
    }
    return 1024 * kilobytes;
}

FILE *hw_take_stream(char **text, size_t *length) {
    FILE *memory = open_memstream(text, length);
    if (memory == NULL) {
        hw_out_of_memory();
    }
    return memory;
}

void hw_end_stream(FILE *stream) {
    if (fclose(stream) != 0) {
        hw_out_of_memory();
    }
}

char *hw_take_text(const char *format, ...) {
    char *text = NULL;
    va_list arguments;
    va_start(arguments, format);
    int length = vasprintf(&text, format, arguments);
    va_end(arguments);
    if (length < 0) {
        hw_out_of_memory();
    }
    return text;
}

char *hw_take_visible(const char *text) {
    char *visible = hw_visible_text(text);
    if (visible == NULL) {
        hw_out_of_memory();
    }
    return visible;
}
