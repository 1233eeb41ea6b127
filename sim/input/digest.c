/* SHA-256, by nettle. */
#include "sim/input/digest.h"

#include <nettle/sha2.h>
#include <stdint.h>
#include <stdio.h>

_Static_assert((int)HW_DIGEST_BYTES == (int)SHA256_DIGEST_SIZE, "a digest is one of SHA-256");

void hw_digest_bytes(const char *text, size_t length, unsigned char digest[HW_DIGEST_BYTES]) {
    struct sha256_ctx context;
    sha256_init(&context);
    sha256_update(&context, length, (const uint8_t *)text);
    sha256_digest(&context, HW_DIGEST_BYTES, digest);
}

void hw_digest_text(const char *text, size_t length, char digest[HW_DIGEST_TEXT]) {
    unsigned char bytes[HW_DIGEST_BYTES];
    hw_digest_bytes(text, length, bytes);
    for (size_t i = 0; i < HW_DIGEST_BYTES; i++) {
        snprintf(digest + 2 * i, 3, "%02x", bytes[i]);
    }
}
