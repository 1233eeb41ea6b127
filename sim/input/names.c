/* Sorted lists of names. */
#include "sim/input/binder.h"

#include <stdlib.h>
#include <string.h>

static int compare(const void *left, const void *right) {
    const hw_named *a = left;
    const hw_named *b = right;
    int order = strcmp(a->name, b->name);
    return order != 0 ? order : a->index < b->index ? -1 : a->index > b->index;
}

void hw_named_sort(hw_named *items, uint32_t count) {
    if (count > 1) {
        qsort(items, count, sizeof(*items), compare);
    }
}

uint32_t hw_named_find(const hw_named *items, uint32_t count, const char *name) {
    uint32_t low = 0;
    uint32_t high = count;
    while (low < high) { /* the first that is not before `name` */
        uint32_t middle = low + (high - low) / 2;
        if (strcmp(items[middle].name, name) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < count && strcmp(items[low].name, name) == 0 ? items[low].index : UINT32_MAX;
}
