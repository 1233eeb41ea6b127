/* How a queue goes from window to window, and changes between sorted events and a heap; and what cannot
 * happen to it, and must not be passed over. */
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

/* All that lies in the heap is laid down again, or in order, where it is wanted. */
static void lay_again(hw_queue *queue, uint32_t heap, bool (*wanted)(const void *, hw_event),
                      const void *context) {
    while (heap != 0) {
        hw_event event = hw_queue_lift(queue, &heap);
        if (wanted == NULL || wanted(context, event)) {
            hw_queue_put(queue, event);
        }
    }
}

void hw_queue_open(hw_queue *queue, double from, double until) {
    assert(from <= until);
    uint32_t ahead = queue->later;
    queue->from = from;
    queue->until = until;
    queue->parts_a_day = HW_QUEUE_PARTS / (until - from);
    queue->in_hand = 0;
    queue->later = 0;
    lay_again(queue, ahead, NULL, NULL);
}

void hw_queue_keep(hw_queue *queue, bool (*wanted)(const void *context, hw_event event),
                   const void *context) {
    uint32_t ahead = queue->later;
    queue->later = 0;
    lay_again(queue, ahead, wanted, context);
}

void hw_queue_clear(hw_queue *queue) {
    *queue = (hw_queue){.events = queue->events, .waiting = queue->waiting, .capacity = queue->capacity};
}
