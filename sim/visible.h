/* Characters that nobody sees, or that a terminal obeys, made visible.
 *
 * Names, titles, file names and arguments come from outside. On a terminal an escape sequence in them could
 * rewrite what was said before, and a mark that turns the direction of writing could show a number backwards.
 */
#ifndef HW_SIM_VISIBLE_H
#define HW_SIM_VISIBLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Bytes of the UTF-8 character at `bytes`, its code point in *code; 0 when it is not well formed, or when
 * more than `left` bytes would be needed. */
size_t hw_utf8_decode(const unsigned char *bytes, size_t left, uint32_t *code);

/* Whether a character is a control (C0 without tab and line feed, DEL, C1), turns the direction of writing,
 * has no width, or separates lines where no line feed is seen. */
bool hw_is_hidden(uint32_t code);

/* What a blank or hidden character is called ("no-break space"), or NULL when it is an ordinary one. */
const char *hw_hidden_name(uint32_t code);

/* Writes `size` bytes, hidden characters as "\u202E" and bytes that are no UTF-8 as "\x9B". */
void hw_write_visible(FILE *out, const char *text, size_t size);

/* The same as a text of its own, which the caller frees; NULL without memory. */
char *hw_visible_text(const char *text);

#endif
