/* A name inside YAML that is made here. */
#ifndef HW_ANALYSIS_QUOTED_H
#define HW_ANALYSIS_QUOTED_H

#include <stdio.h>

/* A text of YAML that can hold anything but a line's end. */
static inline void hw_print_quoted(FILE *out, const char *text) {
    fputc('\'', out);
    for (; *text != '\0'; text++) {
        fputs(*text == '\'' ? "''" : (char[2]){*text, '\0'}, out);
    }
    fputc('\'', out);
}

#endif
