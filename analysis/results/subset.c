/* Reads some replications of outcomes as if there were no others. */
#include "analysis/results/subset.h"
#include "analysis/base/memory.h"
#include "analysis/results/tallies.h"
#include "sim/run/block.h"
#include <stdlib.h>
#include <string.h>

typedef struct subset {
    hw_outcomes whole; /* its source and how to read it; all else belongs to the outcomes themselves */
    uint64_t *at;      /* of each that is left: its position in the whole */
    uint64_t *keys;
    uint64_t count;
} subset;

static void close_subset(void *source) {
    subset *part = source;
    if (part->whole.close != NULL) {
        part->whole.close(part->whole.source);
    }
    free(part->at);
    free(part->keys);
    free(part);
}

/* So many replications of the whole from `from` on, as far as it can read so few. */
static double *read_whole(const hw_outcomes *whole, const char *variable, uint64_t *from, uint64_t *count,
                          hw_errors *errors) {
    if (whole->read_some == NULL) {
        *from = 0;
        *count = whole->count;
        return whole->read(whole->source, variable, errors);
    }
    uint64_t step = whole->block > 0 ? whole->block : whole->count;
    *count = step < whole->count - *from ? step : whole->count - *from;
    return whole->read_some(whole->source, variable, *from, *count, errors);
}

static double *read_some(void *source, const char *variable, uint64_t first, uint64_t count,
                         hw_errors *errors) {
    const subset *part = source;
    size_t width = hw_record_find(part->whole.layout, variable)->count;
    double *rows = hw_take(count * width, sizeof *rows);
    for (uint64_t done = 0; done < count;) {
        uint64_t from = part->at[first + done], read = 0;
        double *values = read_whole(&part->whole, variable, &from, &read, errors);
        if (values == NULL) {
            free(rows);
            return NULL;
        }
        for (; done < count && part->at[first + done] < from + read; done++) {
            memcpy(rows + done * width, values + (part->at[first + done] - from) * width,
                   width * sizeof *rows);
        }
        free(values);
    }
    return rows;
}

static double *read_all(void *source, const char *variable, hw_errors *errors) {
    const subset *part = source;
    return read_some(source, variable, 0, part->count, errors);
}

void hw_outcomes_leave(hw_outcomes *outcomes, uint64_t *at, uint64_t count) {
    subset *part = hw_take(1, sizeof *part);
    *part = (subset){.whole = *outcomes, .at = at, .count = count};
    part->keys = hw_take(count, sizeof *part->keys);
    for (uint64_t i = 0; i < count; i++) {
        part->keys[i] = outcomes->keys[at[i]];
    }
    hw_tallies_free(outcomes->tallies);
    outcomes->tallies = count > HW_EXACT_MOST ? hw_tallies_create(outcomes->layout) : NULL;
    outcomes->block = hw_block_length(outcomes->layout, count);
    outcomes->left_out += outcomes->count - count;
    outcomes->keys = part->keys;
    outcomes->count = count;
    outcomes->source = part;
    outcomes->close = close_subset;
    outcomes->read = read_all;
    outcomes->read_some = read_some;
}
