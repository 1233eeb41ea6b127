/* Packs text by gzip. */
#include "analysis/base/packed.h"
#include "analysis/base/memory.h"
#include <nettle/base64.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

hw_packed hw_packed_make(const char *page, size_t size) {
    enum { WINDOW_BITS = 15, GZIP = 16, MEMORY_LEVEL = 9 };
    hw_packed packed = {.plain = page, .plain_size = size};
    z_stream stream = {0};
    if (page == NULL || size > (uInt)-1 ||
        deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, WINDOW_BITS + GZIP, MEMORY_LEVEL,
                     Z_DEFAULT_STRATEGY) != Z_OK) {
        return packed;
    }
    size_t room = deflateBound(&stream, (uLong)size);
    packed.gzip = hw_take(room, 1);
    stream.next_in = (Bytef *)page;
    stream.avail_in = (uInt)size;
    stream.next_out = packed.gzip;
    stream.avail_out = (uInt)room;
    if (deflate(&stream, Z_FINISH) == Z_STREAM_END) {
        packed.gzip_size = stream.total_out;
    } else {
        free(packed.gzip);
        packed.gzip = NULL;
    }
    deflateEnd(&stream);
    return packed;
}

void hw_packed_free(hw_packed *packed) {
    free(packed->gzip);
    *packed = (hw_packed){0};
}

char *hw_packed_letters(const char *text) {
    hw_packed packed = hw_packed_make(text, text != NULL ? strlen(text) : 0);
    char *letters = NULL;
    if (packed.gzip != NULL) {
        size_t count = BASE64_ENCODE_RAW_LENGTH(packed.gzip_size);
        letters = hw_take(count + 1, 1);
        base64_encode_raw(letters, packed.gzip_size, packed.gzip);
        letters[count] = '\0';
    }
    hw_packed_free(&packed);
    return letters;
}

/* "q=0", "q=0.000": not at all. */
static bool is_nothing(const char *weight, size_t length) {
    static const char zeros[] = "0.";
    size_t past = strcspn(weight, "=");
    return past < length && strspn(weight + past + 1, zeros) >= length - past - 1;
}

bool hw_packed_is_taken(const char *accepts) {
    static const char name[] = "gzip", spaces[] = " \t";
    for (const char *item = accepts; item != NULL && *item != '\0';) {
        item += strspn(item, " \t,");
        size_t length = strcspn(item, ",");
        if (strncasecmp(item, name, strlen(name)) == 0) {
            const char *rest = item + strlen(name);
            rest += strspn(rest, spaces);
            size_t left = length - (size_t)(rest - item);
            while (left > 0 && strchr(spaces, rest[left - 1]) != NULL) {
                left--;
            }
            if (left == 0 || (*rest == ';' && !is_nothing(rest, left))) {
                return true;
            }
        }
        item += length;
    }
    return false;
}
