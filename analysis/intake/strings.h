/* Texts kept once each, known by a number: identifiers of activities and parties come again and again. */
#ifndef HW_ANALYSIS_STRINGS_H
#define HW_ANALYSIS_STRINGS_H

#include <stddef.h>
#include <stdint.h>

/* Zero-initialise; end with hw_strings_free. */
typedef struct hw_strings {
    char *bytes; /* all texts, each with its zero */
    size_t length, room;
    size_t *offsets; /* of each number */
    uint32_t *slots; /* numbers; 0: free */
    uint32_t slot_count, count;
} hw_strings;

/* The number of a text, the same for the same text: 1, 2, 3, ... as they come; 0 for NULL and "". */
uint32_t hw_strings_keep(hw_strings *strings, const char *text);
/* The same without keeping it: 0 when it is not there. */
uint32_t hw_strings_find(const hw_strings *strings, const char *text);
/* The text; holds until the next one is kept. */
const char *hw_string(const hw_strings *strings, uint32_t number);
void hw_strings_free(hw_strings *strings);

#endif
