/* Computes, writes and checks the seal of a file. */
#define _GNU_SOURCE /* memmem */
#include "sim/run/seal.h"
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

/* ---- The text ---- */

/* "HOMEWARD SEAL 2 result at 0000000000000800 of 00000000000126c0 bytes, crc32 1c291ca3          \n" */
static const char MAGIC[] = "HOMEWARD SEAL 2 ";
static const char *const KINDS[] = {[HW_SEALED_RESULT] = "result", [HW_SEALED_SWEEP] = "sweep "};
enum {
    MAGIC_BYTES = sizeof MAGIC - 1,
    KIND_BYTES = 6,
    AT = MAGIC_BYTES + KIND_BYTES + 4,
    OF = AT + 20,
    HEX = 16
};

typedef struct mark {
    hw_sealed kind;
    uint64_t offset, size;
    uint32_t crc;
} mark;

static void print_mark(char text[HW_SEAL_BYTES + 1], const mark *m) {
    char line[HW_SEAL_BYTES + 1];
    int length =
        snprintf(line, sizeof line, "%s%s at %016" PRIx64 " of %016" PRIx64 " bytes, crc32 %08" PRIx32, MAGIC,
                 KINDS[m->kind], m->offset, m->size, m->crc);
    assert(length > 0 && length < HW_SEAL_BYTES);
    memset(text, ' ', HW_SEAL_BYTES);
    memcpy(text, line, (size_t)length);
    text[HW_SEAL_BYTES - 1] = '\n';
    text[HW_SEAL_BYTES] = '\0';
}

void hw_seal_placeholder(char text[HW_SEAL_BYTES + 1], hw_sealed kind) {
    const mark empty = {.kind = kind};
    print_mark(text, &empty);
}

static uint64_t read_hexadecimal(const char *digits) {
    char text[HEX + 1] = {0};
    memcpy(text, digits, HEX);
    return strspn(text, "0123456789abcdef") == HEX ? strtoull(text, NULL, 16) : 0;
}

static hw_sealed kind_of(const char *text) {
    return memcmp(text + MAGIC_BYTES, KINDS[HW_SEALED_SWEEP], KIND_BYTES) == 0 ? HW_SEALED_SWEEP
                                                                               : HW_SEALED_RESULT;
}

/* ---- One pass over the file ---- */

enum { STEP_BYTES = 1 << 20 };

typedef struct scan {
    bool knows_seals; /* a file that is about to be sealed has none yet: looking for one takes longer than the
                         sum */
    uint64_t digested; /* bytes that count into `crc` */
    uLong crc;         /* with the seal as it was before it was known */
    uint32_t seals, strays;
    char seal[HW_SEAL_BYTES + 1]; /* the last one that says where it stands */
    uint64_t stated_size;
} scan;

/* Looks for seals in a stretch of the file, and puts the placeholder where one is. */
static void find_seals(scan *found, unsigned char *bytes, size_t length, uint64_t offset) {
    unsigned char *at = bytes;
    size_t left = length;
    unsigned char *hit;
    while (left >= HW_SEAL_BYTES && (hit = memmem(at, left, MAGIC, MAGIC_BYTES)) != NULL &&
           (size_t)(bytes + length - hit) >= HW_SEAL_BYTES) {
        const char *text = (const char *)hit;
        uint64_t stated = read_hexadecimal(text + AT);
        if (stated == offset + (uint64_t)(hit - bytes) && stated > 0) {
            char placeholder[HW_SEAL_BYTES + 1];
            found->seals++;
            found->stated_size = read_hexadecimal(text + OF);
            memcpy(found->seal, text, HW_SEAL_BYTES);
            hw_seal_placeholder(placeholder, kind_of(text));
            memcpy(hit, placeholder, HW_SEAL_BYTES);
        } else {
            found->strays++; /* a text that speaks of a seal, or a copy of one */
        }
        at = hit + MAGIC_BYTES;
        left = (size_t)(bytes + length - at);
    }
}

static ssize_t read_some(int file, unsigned char *bytes, size_t wanted, uint64_t offset) {
    ssize_t n;
    do {
        n = pread(file, bytes, wanted, (off_t)offset);
    } while (n < 0 && errno == EINTR);
    return n;
}

/* The last bytes of each stretch are looked at again with the next one, as a seal may begin in them. */
static bool scan_file(scan *found, int file, uint64_t size) {
    unsigned char *bytes = malloc(STEP_BYTES + HW_SEAL_BYTES);
    uint64_t offset = 0; /* of the first byte in memory */
    size_t have = 0;
    found->crc = crc32_z(0, NULL, 0);
    while (bytes != NULL && offset + have < size) {
        ssize_t n = read_some(file, bytes + have, STEP_BYTES, offset + have);
        if (n <= 0) {
            errno = n == 0 ? EIO : errno; /* it was cut while it was read */
            break;
        }
        have += (size_t)n;
        if (!found->knows_seals) {
            find_seals(found, bytes, have, offset);
        }
        bool end = offset + have >= size;
        size_t done = end ? have : have < HW_SEAL_BYTES ? 0 : have - HW_SEAL_BYTES + 1;
        uint64_t left = found->digested > offset ? found->digested - offset : 0;
        found->crc = crc32_z(found->crc, bytes, left < done ? (size_t)left : done);
        memmove(bytes, bytes + done, have - done);
        have -= done;
        offset += done;
    }
    free(bytes);
    return offset + have >= size;
}

/* ---- Writing ---- */

hw_status hw_seal_write(const char *path, uint64_t offset, hw_trouble *trouble) {
    struct stat about;
    scan found = {.knows_seals = true, .digested = UINT64_MAX};
    char placeholder[HW_SEAL_BYTES + 1] = {0};
    errno = 0;
    int file = open(path, O_RDWR | O_CLOEXEC);
    bool good = file >= 0 && fstat(file, &about) == 0 &&
                read_some(file, (unsigned char *)placeholder, HW_SEAL_BYTES, offset) == HW_SEAL_BYTES &&
                scan_file(&found, file, (uint64_t)about.st_size);
    if (good) {
        char text[HW_SEAL_BYTES + 1];
        const mark seal = {.kind = kind_of(placeholder),
                           .offset = offset,
                           .size = (uint64_t)about.st_size,
                           .crc = (uint32_t)found.crc};
        print_mark(text, &seal);
        good = pwrite(file, text, HW_SEAL_BYTES, (off_t)offset) == HW_SEAL_BYTES;
    }
    if (!good) {
        int error = errno ? errno : ENOSPC; /* a write that comes up short says nothing else */
        hw_trouble_note(trouble, HW_ERROR_IO, error, "%s writing %s", strerror(error), path);
    }
    if (file >= 0) {
        close(file);
    }
    return trouble->status;
}

/* ---- The seal of older files, behind the last byte ---- */

typedef struct old_seal {
    char magic[8];
    uint64_t bytes; /* of the file before the seal */
    uint64_t crc;   /* CRC-32 of them */
} old_seal;

static const char OLD_MAGIC[sizeof((old_seal){0}.magic) + 1] = "HWSEAL1\n";

static bool read_old_seal(int file, uint64_t size, old_seal *old) {
    return size >= sizeof *old &&
           read_some(file, (unsigned char *)old, sizeof *old, size - sizeof *old) == (ssize_t)sizeof *old &&
           memcmp(old->magic, OLD_MAGIC, sizeof old->magic) == 0;
}

/* ---- Reading ---- */

static hw_seal judge(const scan *found, uint64_t size) {
    if (found->seals == 0) {
        return found->strays > 0 ? HW_SEAL_REWRITTEN : HW_SEAL_NONE;
    }
    if (found->stated_size != size) {
        return found->stated_size > size ? HW_SEAL_CUT : HW_SEAL_LONGER;
    }
    char text[HW_SEAL_BYTES + 1];
    const mark seal = {.kind = kind_of(found->seal),
                       .offset = read_hexadecimal(found->seal + AT),
                       .size = size,
                       .crc = (uint32_t)found->crc};
    print_mark(text, &seal);
    return found->seals == 1 && memcmp(text, found->seal, HW_SEAL_BYTES) == 0 ? HW_SEAL_GOOD : HW_SEAL_BROKEN;
}

hw_seal hw_seal_check(int file, uint64_t size) {
    old_seal old;
    bool is_old = read_old_seal(file, size, &old);
    scan found = {.digested = is_old ? size - sizeof old : UINT64_MAX};
    if (!scan_file(&found, file, size)) {
        return HW_SEAL_UNREADABLE;
    }
    if (is_old && found.seals == 0) {
        return old.bytes == size - sizeof old && old.crc == found.crc ? HW_SEAL_GOOD : HW_SEAL_BROKEN;
    }
    return judge(&found, size);
}

const char *hw_seal_words(hw_seal seal) {
    static const char *const words[] = {
        [HW_SEAL_GOOD] = "is as it was written",
        [HW_SEAL_NONE] =
            "has no seal: another program wrote it anew (h5py, xarray, h5repack, ...), or the end of "
            "it is missing, or it was never finished",
        [HW_SEAL_REWRITTEN] =
            "was written anew by another program (nccopy, h5repack, h5py, ...): its seal is that "
            "of another file",
        [HW_SEAL_CUT] = "is truncated: it is shorter than when it was written",
        [HW_SEAL_LONGER] = "was changed since it was written: it has grown longer",
        [HW_SEAL_BROKEN] = "is damaged, or was changed since it was written: its check sum is wrong",
        [HW_SEAL_UNREADABLE] = "cannot be read to its end",
    };
    return words[seal];
}
