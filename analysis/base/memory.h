/* Memory for the analysis floor. A question is answered whole or not at all, so running out of memory ends
 * the program with the exit code for it; nothing here returns NULL. */
#ifndef HW_ANALYSIS_MEMORY_H
#define HW_ANALYSIS_MEMORY_H

#include <stddef.h>
#include <stdio.h>

/* `count` zeroed items of `size` bytes; free with free(). */
void *hw_take(size_t count, size_t size);

/* `old` grown or shrunk to `count` items of `size` bytes; what is new is not zeroed. */
void *hw_take_again(void *old, size_t count, size_t size);

/* A printf-style text; free with free(). */
char *hw_take_text(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A stream into memory: after fclose, `*text` (free with free()) holds `*length` bytes and a zero. */
FILE *hw_take_stream(char **text, size_t *length);
/* Closes it, and ends the program without memory. */
void hw_end_stream(FILE *stream);

/* The most memory that this program has had so far, in bytes, with its libraries; 0 where the system does not
 * tell. */
double hw_peak_bytes(void);

/* Says so and ends the program. */
_Noreturn void hw_out_of_memory(void);

/* hw_visible_text, and the end of the program without memory; the caller frees. */
char *hw_take_visible(const char *text);

#endif
