/* Reads what the program prints through a pipe and passes it on, made visible. */
#define _GNU_SOURCE /* fopencookie */
#include "analysis/base/terminal.h"
#include "sim/visible.h"
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

/* A stream over a file descriptor. A character may be cut by the end of a buffer: its first bytes wait. */
typedef struct guarded {
    int descriptor;
    char waiting[4];
    size_t waiting_count;
} guarded;

static bool write_all(int descriptor, const char *bytes, size_t count) {
    while (count > 0) {
        ssize_t written = write(descriptor, bytes, count);
        if (written < 0 && errno != EINTR) {
            return false;
        }
        bytes += written > 0 ? written : 0;
        count -= written > 0 ? (size_t)written : 0;
    }
    return true;
}

/* How many bytes at the end begin a character that is not whole yet: at most 3. */
static size_t unfinished(const char *bytes, size_t count) {
    for (size_t back = 1; back <= 3 && back <= count; back++) {
        unsigned char byte = (unsigned char)bytes[count - back];
        if (byte >= 0xC0) {
            size_t length = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
            return length > back ? back : 0;
        }
        if (byte < 0x80) {
            return 0;
        }
    }
    return 0;
}

static ssize_t pass_on(void *cookie, const char *bytes, size_t count) {
    guarded *stream = cookie;
    char *whole = NULL;
    char *visible = NULL;
    size_t size = 0;
    size_t all = stream->waiting_count + count;
    FILE *out = NULL;
    bool good = (whole = malloc(all + 1)) != NULL && (out = open_memstream(&visible, &size)) != NULL;
    if (good) {
        memcpy(whole, stream->waiting, stream->waiting_count);
        memcpy(whole + stream->waiting_count, bytes, count);
        size_t kept = unfinished(whole, all);
        hw_write_visible(out, whole, all - kept);
        memcpy(stream->waiting, whole + all - kept, kept);
        stream->waiting_count = kept;
    }
    good = out != NULL && fclose(out) == 0 && good && write_all(stream->descriptor, visible, size);
    free(visible);
    free(whole);
    return good ? (ssize_t)count : 0;
}

/* What never became whole is no character. */
static int finish(void *cookie) {
    guarded *stream = cookie;
    for (size_t i = 0; i < stream->waiting_count; i++) {
        char escape[8];
        snprintf(escape, sizeof escape, "\\x%02X", (unsigned)(unsigned char)stream->waiting[i]);
        (void)write_all(stream->descriptor, escape, strlen(escape));
    }
    stream->waiting_count = 0;
    return 0;
}

static FILE *guard(guarded *stream, FILE *plain, int buffering) {
    fflush(plain);
    FILE *guarded_stream =
        fopencookie(stream, "w", (cookie_io_functions_t){.write = pass_on, .close = finish});
    if (guarded_stream != NULL) {
        setvbuf(guarded_stream, NULL, buffering, BUFSIZ);
    }
    return guarded_stream != NULL ? guarded_stream : plain;
}

void hw_terminal_guard(void) {
    static guarded output = {.descriptor = STDOUT_FILENO};
    static guarded complaints = {.descriptor = STDERR_FILENO};
    stdout = guard(&output, stdout, isatty(STDOUT_FILENO) ? _IOLBF : _IOFBF);
    stderr = guard(&complaints, stderr, _IOLBF);
}
