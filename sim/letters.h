/* Letters of names: capital and small ones, and how names end. UTF-8. */
#ifndef HW_SIM_LETTERS_H
#define HW_SIM_LETTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The small letter of a capital one, of Latin, Greek and Cyrillic scripts; others stay. The four letters i of
 * Turkic alphabets (I, ı, İ, i) become one, since a name can meet us in either custom. */
uint32_t hw_small_letter(uint32_t code);

/* Whether two texts differ in nothing but capital and small letters. */
bool hw_same_but_for_case(const char *a, const char *b);

/* The candidate that differs from `word` in the case of letters only, or NULL. */
const char *hw_find_but_for_case(const char *word, const char *const *candidates, size_t count);

/* Whether a text has this end, and more before it. */
bool hw_text_ends(const char *text, const char *end);

#endif
