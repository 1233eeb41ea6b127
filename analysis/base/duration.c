/* Reads times. */
#include "analysis/base/duration.h"
#include <stdlib.h>
#include <string.h>

double hw_duration_read(const char *text) {
    double seconds = 0;
    const char *left = "hms";
    if (*text == '\0') {
        return -1;
    }
    while (*text) {
        size_t digits = strspn(text, "0123456789");
        const char *unit = digits > 0 && digits < 8 && text[digits] ? strchr(left, text[digits]) : NULL;
        if (unit == NULL) {
            return -1;
        }
        seconds += strtod(text, NULL) * (*unit == 'h' ? 3600 : *unit == 'm' ? 60 : 1);
        left = unit + 1; /* hours before minutes before seconds, each once */
        text += digits + 1;
    }
    return seconds;
}
