/* Philox streams, by key; and the same as a generator of GSL. */
#include "sim/rng.h"

uint64_t hw_entity(const char *name) {
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (const char *letter = name; *letter != '\0'; letter++) {
        hash = (hash ^ (unsigned char)*letter) * UINT64_C(0x100000001b3);
    }
    return hash;
}
