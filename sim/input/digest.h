/* SHA-256 of texts: the names under which answers are found again. */
#ifndef HW_SIM_INPUT_DIGEST_H
#define HW_SIM_INPUT_DIGEST_H

#include <stddef.h>

enum { HW_DIGEST_BYTES = 32, HW_DIGEST_TEXT = 65 };

/* The digest of `length` bytes; and the same in hexadecimal with its terminating zero. */
void hw_digest_bytes(const char *text, size_t length, unsigned char digest[HW_DIGEST_BYTES]);
void hw_digest_text(const char *text, size_t length, char digest[HW_DIGEST_TEXT]);

#endif
