#include "sim/run/seal.h"
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

typedef struct seal {
    char magic[8];
    uint64_t bytes; /* of the file before the seal */
    uint64_t crc;   /* CRC-32 of them */
} seal;

static const char MAGIC[sizeof((seal){0}.magic) + 1] = "HWSEAL1\n";
enum { STEP_BYTES = 1 << 20 };

static bool crc_of_file(int file, uint64_t bytes, uint64_t *crc) {
    unsigned char *buffer = malloc(STEP_BYTES);
    uLong sum = crc32_z(0, NULL, 0);
    uint64_t done = 0;
    while (buffer && done < bytes) {
        size_t wanted = bytes - done < STEP_BYTES ? (size_t)(bytes - done) : STEP_BYTES;
        ssize_t n = pread(file, buffer, wanted, (off_t)done);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            break;
        }
        sum = crc32_z(sum, buffer, (size_t)n);
        done += (uint64_t)n;
    }
    bool whole = buffer && done == bytes;
    free(buffer);
    *crc = sum;
    return whole;
}

hw_status hw_seal_write(const char *path, hw_trouble *trouble) {
    seal mark;
    struct stat about;
    memcpy(mark.magic, MAGIC, sizeof mark.magic);
    errno = 0;
    int file = open(path, O_RDWR | O_CLOEXEC);
    bool good = file >= 0 && fstat(file, &about) == 0;
    if (good) {
        mark.bytes = (uint64_t)about.st_size;
        good = crc_of_file(file, mark.bytes, &mark.crc) &&
               pwrite(file, &mark, sizeof mark, about.st_size) == (ssize_t)sizeof mark;
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

static bool read_seal(int file, seal *mark, uint64_t *size) {
    struct stat about;
    if (file < 0 || fstat(file, &about) != 0 || about.st_size < (off_t)sizeof *mark) {
        return false;
    }
    *size = (uint64_t)about.st_size;
    return pread(file, mark, sizeof *mark, about.st_size - (off_t)sizeof *mark) == (ssize_t)sizeof *mark &&
           memcmp(mark->magic, MAGIC, sizeof mark->magic) == 0;
}

hw_seal hw_seal_check(const char *path) {
    seal mark;
    uint64_t size = 0;
    uint64_t crc = 0;
    hw_seal answer = HW_SEAL_NONE;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (read_seal(file, &mark, &size)) {
        bool same =
            mark.bytes == size - sizeof mark && crc_of_file(file, mark.bytes, &crc) && crc == mark.crc;
        answer = same ? HW_SEAL_GOOD : HW_SEAL_BROKEN;
    }
    if (file >= 0) {
        close(file);
    }
    return answer;
}
