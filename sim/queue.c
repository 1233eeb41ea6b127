/* What cannot happen to a queue, and must not be passed over. */
#include "sim/queue.h"
#include <stdio.h>
#include <stdlib.h>

void hw_queue_full(uint32_t capacity) {
    fprintf(stderr, "error: a queue of %u events is full: the model promised fewer\n", capacity);
    abort();
}
