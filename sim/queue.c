/* How a queue changes between sorted events and a heap; and what cannot happen to it, and must not be passed
 * over. */
#include "sim/queue.h"
#include <stdio.h>
#include <stdlib.h>

void hw_queue_full(uint32_t capacity) {
    fprintf(stderr, "error: a queue of %u events is full: the model promised fewer\n", capacity);
    abort();
}

/* Turned round, so that the first comes first, sorted events are a heap. */
void hw_queue_make_heap(hw_queue *queue) {
    hw_event *events = queue->events;
    for (uint32_t i = 0, j = queue->count; i + 1 < j; i++) {
        hw_event last = events[--j];
        events[j] = events[i];
        events[i] = last;
    }
    queue->heap = true;
}

void hw_queue_sort(hw_queue *queue) {
    uint32_t count = queue->count;
    queue->count = 0;
    queue->heap = false;
    for (uint32_t i = 0; i < count; i++) {
        hw_queue_insert(queue, queue->events[i]);
    }
}
