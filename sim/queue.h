/* The future event list of one logical process: small plain events in order.
 *
 * Most events come long after they were pushed, so they are put in order late: those beyond the window that
 * is being handled lie on one heap of papers, those of the window on a heap for each of its parts, and only
 * those of the part in hand are sorted: mostly one, or in a 4-ary heap when there are many. Order is (time,
 * kind, subject, sequence): total, and never an address. */
#ifndef HW_SIM_QUEUE_H
#define HW_SIM_QUEUE_H

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* 16 bytes. `order` packs kind (8 bits), subject (24 bits) and sequence (32 bits), highest first, so that one
 * integer comparison breaks all ties. The kind is its own priority: lower kinds go first at equal times. */
typedef struct hw_event {
    double time; /* days since the scenario's start, never negative */
    uint64_t order;
} hw_event;

enum { HW_EVENT_SUBJECTS = 1 << 24, HW_EVENT_KINDS = 1 << 8 };

/* An event that waits to be put in order; `next` is one more than where the next one of its heap is, or 0. */
typedef struct hw_waiting {
    hw_event event;
    uint32_t next;
} hw_waiting;

static inline uint32_t hw_event_kind(hw_event event) {
    return (uint32_t)(event.order >> 56);
}

static inline uint32_t hw_event_subject(hw_event event) {
    return (uint32_t)(event.order >> 32) & (HW_EVENT_SUBJECTS - 1);
}

/* The number that hw_queue_push returned for this event: keep it with the subject to know a cancelled event
 * when it comes out (its subject then waits for another sequence). */
static inline uint32_t hw_event_sequence(hw_event event) {
    return (uint32_t)event.order;
}

/* The parts of a window: so many that most have one event or none, and the processor guesses right. */
enum { HW_QUEUE_PARTS = 256, HW_QUEUE_WORDS = HW_QUEUE_PARTS / 64 };

/* Two processes of a world may be at work at once: no cache line belongs to both. */
typedef struct hw_queue {
    _Alignas(64) hw_event *events; /* of the part in hand; capacity from the arena */
    uint32_t count, capacity;
    uint32_t sequence;               /* of the last event pushed */
    bool heap;                       /* false: sorted, the first event last */
    double from, until, parts_a_day; /* the window */
    double in_hand;                  /* parts that are in hand or over */
    hw_waiting *waiting;             /* all other events; capacity from the arena */
    uint32_t waiting_count, free;    /* of `waiting`: touched so far; the first one that is free again */
    uint32_t later;                  /* events from `until` on */
    uint64_t filled[HW_QUEUE_WORDS]; /* bit p: part p has events */
    uint32_t part[HW_QUEUE_PARTS];
} hw_queue;

/* More events than the first are a heap, until there are no more than the second. */
enum { HW_QUEUE_SORTED_MOST = 64, HW_QUEUE_HEAP_LEAST = 16 };

/* Time and order as one number, so that finding the first of four children needs no branch to be guessed: on
 * heaps of a hundred events this halves the cost of a pop. IEEE 754 numbers of positive sign order like their
 * bits; negative ones come before all others in an order of their own, but a time before the start is a
 * broken law anyway. */
static inline int64_t hw_event_time_bits(hw_event event) {
    int64_t bits;
    memcpy(&bits, &event.time, sizeof bits);
    return bits;
}

static inline __int128 hw_event_rank(hw_event event) {
    return (__int128)((unsigned __int128)(uint64_t)hw_event_time_bits(event) << 64 | event.order);
}

static inline bool hw_event_before(hw_event a, hw_event b) {
    return hw_event_rank(a) < hw_event_rank(b);
}

/* Where the earliest of the children first, first + 1, ... below `count` is. */
static inline uint32_t hw_queue_earliest_child(const hw_event *events, uint32_t first, uint32_t count) {
    if (first + 4 <= count) {
        const hw_event *child = &events[first];
        uint32_t left = hw_event_before(child[1], child[0]);
        uint32_t right = 2 + (uint32_t)hw_event_before(child[3], child[2]);
        return first + (hw_event_before(child[right], child[left]) ? right : left);
    }
    uint32_t earliest = first;
    for (uint32_t child = first + 1; child < count; child++) {
        if (hw_event_before(events[child], events[earliest])) {
            earliest = child;
        }
    }
    return earliest;
}

/* Puts the event into the heap, starting from the free place `hole`, which has no children. */
static inline void hw_queue_rise(hw_event *events, uint32_t hole, hw_event event) {
    while (hole > 0) {
        uint32_t parent = (hole - 1) / 4;
        if (!hw_event_before(event, events[parent])) {
            break;
        }
        events[hole] = events[parent];
        hole = parent;
    }
    events[hole] = event;
}

/* Stops the program, in every build: a model has counted its events wrongly, and to go on would spoil memory.
 */
_Noreturn void hw_queue_full(uint32_t capacity);

/* Makes a heap of the sorted events, and sorts the heap. */
void hw_queue_make_heap(hw_queue *queue);
void hw_queue_sort(hw_queue *queue);

/* Puts an event where it belongs among the sorted ones, mostly near the end. */
static inline void hw_queue_insert(hw_queue *queue, hw_event event) {
    uint32_t place = queue->count++;
    for (; place > 0 && hw_event_before(queue->events[place - 1], event); place--) {
        queue->events[place] = queue->events[place - 1];
    }
    queue->events[place] = event;
}

/* Puts an event in order among those in hand. */
static inline void hw_queue_take_in_hand(hw_queue *queue, hw_event event) {
    if (queue->count == queue->capacity) {
        hw_queue_full(queue->capacity);
    }
    if (queue->count == HW_QUEUE_SORTED_MOST && !queue->heap) {
        hw_queue_make_heap(queue);
    }
    if (queue->heap) {
        hw_queue_rise(queue->events, queue->count++, event);
    } else {
        hw_queue_insert(queue, event);
    }
}

/* Lays an event on a heap of those that wait. */
static inline void hw_queue_lay(hw_queue *queue, uint32_t *first, hw_event event) {
    uint32_t at = queue->free;
    if (at != 0) {
        queue->free = queue->waiting[at - 1].next;
    } else if (queue->waiting_count == queue->capacity) {
        hw_queue_full(queue->capacity);
    } else {
        at = ++queue->waiting_count;
    }
    queue->waiting[at - 1] = (hw_waiting){event, *first};
    *first = at;
}

/* Takes one from a heap that has some. */
static inline hw_event hw_queue_lift(hw_queue *queue, uint32_t *first) {
    uint32_t at = *first;
    assert(at != 0);
    hw_waiting *waiting = &queue->waiting[at - 1];
    *first = waiting->next;
    waiting->next = queue->free;
    queue->free = at;
    return waiting->event;
}

/* Puts an event of the window in hand, or on the heap of its part, which follows from its time: later ones
 * are never in earlier parts. Others lie ahead. */
static inline void hw_queue_put(hw_queue *queue, hw_event event) {
    double part = (event.time - queue->from) * queue->parts_a_day;
    if (event.time >= queue->until) {
        hw_queue_lay(queue, &queue->later, event);
    } else if (part >= queue->in_hand) { /* and so a number */
        uint32_t p = part < HW_QUEUE_PARTS - 1 ? (uint32_t)part : HW_QUEUE_PARTS - 1;
        hw_queue_lay(queue, &queue->part[p], event);
        queue->filled[p / 64] |= UINT64_C(1) << p % 64;
    } else {
        hw_queue_take_in_hand(queue, event);
    }
}

/* Takes up the next part that has events, if any. */
static inline void hw_queue_take_up(hw_queue *queue) {
    for (uint32_t w = 0; w < HW_QUEUE_WORDS; w++) {
        if (queue->filled[w] != 0) {
            uint32_t p = w * 64 + (uint32_t)__builtin_ctzll(queue->filled[w]);
            queue->filled[w] &= queue->filled[w] - 1;
            queue->in_hand = p + 1;
            while (queue->part[p] != 0) {
                hw_queue_take_in_hand(queue, hw_queue_lift(queue, &queue->part[p]));
            }
            return;
        }
    }
}

/* Adds an event; `time` counts from the scenario's start, `kind` is below HW_EVENT_KINDS, `subject` below
 * HW_EVENT_SUBJECTS. The queue must not be full: its model knows the bound and gives `capacity` accordingly.
 * A time that is not a number becomes -infinity, so that it comes out next and is reported as time running
 * backwards. Returns the event's sequence number, never 0. */
static inline uint32_t hw_queue_push(hw_queue *queue, double time, uint32_t kind, uint32_t subject) {
    assert(kind < HW_EVENT_KINDS && subject < HW_EVENT_SUBJECTS);
    uint32_t sequence = queue->sequence + 1;
    sequence += sequence == 0; /* 0 stays free for "no event" when 2^32 have passed */
    queue->sequence = sequence;
    hw_event event = {
        .time = isnan(time) ? -HUGE_VAL : time + 0.0, /* -0 + 0 is +0: one zero, one rank */
        .order = (uint64_t)kind << 56 | (uint64_t)subject << 32 | sequence,
    };
    hw_queue_put(queue, event);
    return sequence;
}

/* The first event of the window, or NULL. */
static inline const hw_event *hw_queue_first(hw_queue *queue) {
    assert(queue->count <= queue->capacity);
    if (queue->count == 0) {
        hw_queue_take_up(queue);
    }
    return queue->count > 0 ? &queue->events[queue->heap ? 0 : queue->count - 1] : NULL;
}

/* Of a heap in hand: the hole at the top sinks to the bottom along the earliest children and the last event
 * rises from there: it mostly belongs near the bottom, so this compares less than letting it sink (Wegener
 * 1993, "Bottom-up heapsort"). */
static inline hw_event hw_queue_pop_heap(hw_queue *queue) {
    hw_event *events = queue->events;
    hw_event first = events[0];
    uint32_t count = --queue->count;
    uint32_t hole = 0;
    for (uint32_t child = 1; child < count; child = 4 * hole + 1) {
        uint32_t earliest = hw_queue_earliest_child(events, child, count);
        events[hole] = events[earliest];
        hole = earliest;
    }
    hw_queue_rise(events, hole, events[count]);
    if (count <= HW_QUEUE_HEAP_LEAST) {
        hw_queue_sort(queue);
    }
    return first;
}

/* Removes and returns the first event of the window. There must be one. */
static inline hw_event hw_queue_pop(hw_queue *queue) {
    if (queue->count == 0) {
        hw_queue_take_up(queue);
    }
    assert(queue->count > 0);
    return queue->heap ? hw_queue_pop_heap(queue) : queue->events[--queue->count];
}

/* The time of the first event of the window, or +infinity. */
static inline double hw_queue_next_time(hw_queue *queue) {
    const hw_event *first = hw_queue_first(queue);
    return first != NULL ? first->time : HUGE_VAL;
}

/* Goes on to the window [from, until) when the one before is over. Until the first one, all events lie ahead.
 */
void hw_queue_open(hw_queue *queue, double from, double until);

/* Between two windows: keeps the events for which `wanted` is true. */
void hw_queue_keep(hw_queue *queue, bool (*wanted)(const void *context, hw_event event), const void *context);

/* Forgets all events and starts the sequence anew. */
void hw_queue_clear(hw_queue *queue);

#endif
