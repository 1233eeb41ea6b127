/* Text for a terminal, wrapped. */
#ifndef HW_SIM_INPUT_PROSE_H
#define HW_SIM_INPUT_PROSE_H

#include <stdio.h>

/* Writes the words of `text` in lines of at most about 100 columns, the first behind `indent` blanks, the
 * others behind `hang` more. */
void hw_prose_print(FILE *out, int indent, int hang, const char *text);

/* How many columns a UTF-8 text takes, when every character takes one. */
int hw_prose_columns(const char *text);

#endif
