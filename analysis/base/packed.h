/* Text packed by gzip, once and as hard as it goes: a page as it goes over the wire to who takes that, and
 * what a page carries for the few who ask for it. */
#ifndef HW_ANALYSIS_BASE_PACKED_H
#define HW_ANALYSIS_BASE_PACKED_H

#include <stdbool.h>
#include <stddef.h>

typedef struct hw_packed {
    const char *plain;   /* the caller's; NULL where there is no page */
    size_t plain_size;   /* bytes */
    unsigned char *gzip; /* RFC 1952; NULL where packing failed */
    size_t gzip_size;    /* bytes */
} hw_packed;

/* The page must live as long. Free with hw_packed_free. */
hw_packed hw_packed_make(const char *page, size_t size);
void hw_packed_free(hw_packed *packed);

/* The text packed and written in the letters of base64 (RFC 4648), as a browser unpacks it again. NULL for
 * NULL, and where packing failed. Free with free(). */
char *hw_packed_letters(const char *text);

/* Whether a header Accept-Encoding (or NULL) takes gzip: RFC 9110, 12.5.3. */
bool hw_packed_is_taken(const char *accepts);

#endif
