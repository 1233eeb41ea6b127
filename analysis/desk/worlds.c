/* Keeps the worlds of a question. */
#include "analysis/desk/worlds.h"
#include "analysis/base/memory.h"
#include <stdlib.h>
#include <string.h>

hw_status hw_worlds_begin(hw_worlds_kept *worlds, const hw_loaded *loaded, uint64_t seed, uint64_t most) {
    *worlds = (hw_worlds_kept){.loaded = loaded, .seed = seed, .most = most};
    worlds->records = calloc(most, loaded->layout->bytes); /* pages that nobody writes take no memory */
    worlds->states = calloc(most, sizeof *worlds->states);
    worlds->failed = calloc(most, sizeof *worlds->failed);
    bool taken = worlds->records != NULL && worlds->states != NULL && worlds->failed != NULL;
    return taken ? HW_OK : HW_ERROR_MEMORY;
}

void hw_worlds_free(hw_worlds_kept *worlds) {
    for (uint64_t i = 0; worlds->failed != NULL && i < worlds->most; i++) {
        free(worlds->failed[i]);
    }
    free(worlds->records);
    free(worlds->states);
    free(worlds->failed);
    *worlds = (hw_worlds_kept){0};
}

void hw_worlds_keep(hw_worlds_kept *worlds, uint64_t replication, const unsigned char *record,
                    const char *why) {
    if (replication >= worlds->most || worlds->states[replication] != HW_WORLD_MISSING) {
        return;
    }
    size_t bytes = worlds->loaded->layout->bytes;
    if (record != NULL) {
        memcpy(worlds->records + replication * bytes, record, bytes);
    } else {
        worlds->failed[replication] = hw_take_text("%s", why);
    }
    worlds->states[replication] = record != NULL ? HW_WORLD_GOOD : HW_WORLD_FAILED;
    while (worlds->whole < worlds->most && worlds->states[worlds->whole] != HW_WORLD_MISSING) {
        worlds->whole++;
    }
}

bool hw_worlds_have(const hw_worlds_kept *worlds, uint64_t count) {
    return worlds->whole >= count;
}
