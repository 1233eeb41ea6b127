/* Maps memory at one address in all ranks of a node. */
#define _GNU_SOURCE /* memfd_create */
#include "sim/run/shared_memory.h"
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Where to look for room that all ranks have: first where the first rank's system has put it, then at steps
 * through a part of the address space that programs, stacks and libraries mostly leave alone. */
enum { PLACES = 64 };
static const uint64_t FIRST_PLACE = UINT64_C(0x100000000000), STEP = UINT64_C(0x10000000000);

/* How the other ranks find the first one's memory: through the folder of its process. */
typedef struct invitation {
    int64_t process;
    int32_t file; /* negative: missing */
    int32_t system_error;
} invitation;

static bool is_first(MPI_Comm ranks) {
    int rank = 0;
    MPI_Comm_rank(ranks, &rank);
    return rank == 0;
}

static int create_file(size_t bytes, invitation *answer) {
    int file = memfd_create("homeward world", MFD_CLOEXEC);
    if (file >= 0 && ftruncate(file, (off_t)bytes) != 0) {
        int error = errno;
        close(file);
        errno = error;
        file = -1;
    }
    *answer = (invitation){.process = getpid(), .file = file, .system_error = file < 0 ? errno : 0};
    return file;
}

static int open_file(const invitation *from) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%lld/fd/%d", (long long)from->process, (int)from->file);
    return open(path, O_RDWR | O_CLOEXEC);
}

/* An open file for the memory on each rank. */
static int share_file(size_t bytes, MPI_Comm ranks, hw_trouble *trouble) {
    invitation how = {0};
    int file = -1;
    bool first = is_first(ranks);
    if (first) {
        file = create_file(bytes, &how);
    }
    MPI_Bcast(&how, (int)sizeof how, MPI_BYTE, 0, ranks);
    if (how.file < 0) {
        hw_trouble_note(trouble, HW_ERROR_MEMORY, how.system_error,
                        "no memory of %zu bytes can be made for ranks to share: %s", bytes,
                        strerror(how.system_error));
    } else if (!first) {
        file = open_file(&how);
        if (file < 0) {
            hw_trouble_note(trouble, HW_ERROR_MEMORY, errno,
                            "a rank cannot share the memory of another on its node (%s): do they run in "
                            "containers of their own?",
                            strerror(errno));
        }
    }
    return file;
}

/* At `place`, or anywhere when that is NULL; NULL when there is no room. */
static void *map_at(void *place, size_t bytes, int file) {
    int fixed = place != NULL ? MAP_FIXED_NOREPLACE : 0;
    void *base = mmap(place, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | fixed, file, 0);
    if (base == MAP_FAILED) {
        return NULL;
    }
    if (place != NULL && base != place) { /* systems before Linux 4.17 take it as a hint */
        munmap(base, bytes);
        return NULL;
    }
    return base;
}

static void *place_of(int attempt) {
    uint64_t address = attempt == 0 ? 0 : FIRST_PLACE + (uint64_t)attempt * STEP;
    return (void *)(uintptr_t)address; // NOLINT(performance-no-int-to-ptr): nothing lies there yet
}

/* One attempt: the first rank maps and announces the address; true when all have it there. */
static bool map_together(hw_shared_memory *memory, int attempt, int file, MPI_Comm ranks) {
    bool first = is_first(ranks);
    if (first) {
        memory->base = map_at(place_of(attempt), memory->bytes, file);
    }
    void *place = memory->base;
    MPI_Bcast(&place, (int)sizeof place, MPI_BYTE, 0, ranks); /* an address in all, if it can be had */
    if (!first && place != NULL) {
        memory->base = map_at(place, memory->bytes, file);
    }
    int all = memory->base != NULL;
    MPI_Allreduce(MPI_IN_PLACE, &all, 1, MPI_INT, MPI_LAND, ranks);
    if (!all && memory->base != NULL) {
        munmap(memory->base, memory->bytes);
        memory->base = NULL;
    }
    return all;
}

hw_status hw_shared_memory_map(hw_shared_memory *memory, size_t bytes, MPI_Comm ranks, hw_trouble *trouble) {
    *memory = (hw_shared_memory){.bytes = bytes};
    int file = bytes <= INT64_MAX ? share_file(bytes, ranks, trouble) : -1;
    if (bytes > INT64_MAX) {
        hw_trouble_memory(trouble, "a world of this scenario");
    }
    if (hw_trouble_agree_among(trouble, ranks) == HW_OK) {
        bool mapped = false;
        for (int attempt = 0; attempt < PLACES && !mapped; attempt++) {
            mapped = map_together(memory, attempt, file, ranks);
        }
        if (!mapped) {
            hw_trouble_note(trouble, HW_ERROR_MEMORY, 0,
                            "no room of %zu bytes at one address in all ranks of a world", bytes);
        }
    }
    if (memory->base != NULL) {
    }
    if (file >= 0) {
        close(file);
    }
    return trouble->status;
}

void hw_shared_memory_unmap(hw_shared_memory *memory) {
    if (memory->base != NULL) {
        munmap(memory->base, memory->bytes);
    }
    *memory = (hw_shared_memory){0};
}
