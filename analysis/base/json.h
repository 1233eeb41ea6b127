/* JSON as this program writes it, over jansson: values that cannot fail, numbers of ten significant digits,
 * and no character in a text that nobody sees. */
#ifndef HW_ANALYSIS_JSON_H
#define HW_ANALYSIS_JSON_H

#include <jansson.h>
#include <stdint.h>
#include <stdio.h>

/* New values; json_decref frees them, or what they are put into does. Memory that runs out ends the program.
 */
json_t *hw_json_object(void);
json_t *hw_json_array(void);
/* Bytes that are no UTF-8 become U+FFFD; NULL becomes null. */
json_t *hw_json_text(const char *text);
/* As printf has it with ten digits: no decimals where there is nothing behind the point. NaN and infinities
 * become null. */
json_t *hw_json_number(double number);
json_t *hw_json_numbers(const double *numbers, size_t count);
json_t *hw_json_count(uint64_t count); /* up to 2^63 - 1 */

/* Put a value into what holds it, which owns it from then on. */
void hw_json_put(json_t *object, const char *key, json_t *value);
void hw_json_append(json_t *array, json_t *value);

/* The value on one line, without a line feed; then frees it. */
void hw_json_write(FILE *out, json_t *value);
/* The same without blanks and without freeing it, with "<" escaped: nothing in it can end an element of a
 * page. All letters but those of ASCII are escaped, too: browsers read a page of ASCII much faster. */
void hw_json_write_in_page(FILE *out, const json_t *value);
/* A line for each member of what holds other containers, set in by two blanks a level; then frees it. */
void hw_json_write_lines(FILE *out, json_t *value);

#endif
