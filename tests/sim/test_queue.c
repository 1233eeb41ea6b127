#include "sim/queue.h"

#include "sim/length.h"
#include "sim/rng.h"
#include "tests/sim/check.h"
#include <stdlib.h>

enum { CAPACITY = 5000 };

/* The naive future event list: an array kept in order by insertion, compared field by field. */
typedef struct plain_event {
    double time;
    uint32_t kind, subject, sequence;
} plain_event;

typedef struct sorted_list {
    plain_event events[CAPACITY];
    uint32_t count;
} sorted_list;

static bool goes_after(plain_event a, plain_event b) {
    if (a.time != b.time) {
        return a.time > b.time;
    }
    if (a.kind != b.kind) {
        return a.kind > b.kind;
    }
    if (a.subject != b.subject) {
        return a.subject > b.subject;
    }
    return a.sequence > b.sequence;
}

/* Last in the array is first in time, so that taking it is cheap. */
static void insert(sorted_list *list, plain_event event) {
    uint32_t place = list->count++;
    while (place > 0 && goes_after(event, list->events[place - 1])) {
        list->events[place] = list->events[place - 1];
        place--;
    }
    list->events[place] = event;
}

typedef struct pair {
    hw_event storage[CAPACITY];
    hw_waiting waiting[CAPACITY];
    hw_queue queue;
    sorted_list list;
    hw_draws draws;
} pair;

static pair *create_pair(uint64_t seed) {
    pair *both = malloc(sizeof *both);
    assert_non_null(both);
    both->queue = (hw_queue){.events = both->storage, .waiting = both->waiting, .capacity = CAPACITY};
    hw_queue_open(&both->queue, 0, HUGE_VAL);
    both->list.count = 0;
    hw_draws_open(&both->draws, (hw_rng_key){seed, 0}, 0, 0, 0);
    return both;
}

/* Times fall on a grid when `grid` > 0, so that ties abound; kinds and subjects include the largest ones. */
static void push_both(pair *both, double now, double grid) {
    double delay = -log(hw_draws_uniform(&both->draws));
    double time = grid > 0.0 ? now + grid * floor(delay / grid) : now + delay;
    uint64_t bits = hw_draws_bits(&both->draws);
    uint32_t kind = bits & 1 ? (uint32_t)(bits >> 8) % 3 : HW_EVENT_KINDS - 1;
    uint32_t subject = bits & 2 ? (uint32_t)(bits >> 16) % 4 : HW_EVENT_SUBJECTS - 1;
    uint32_t sequence = hw_queue_push(&both->queue, time, kind, subject);
    insert(&both->list, (plain_event){time, kind, subject, sequence});
}

static double pop_both(pair *both) {
    plain_event expected = both->list.events[--both->list.count];
    assert_same(hw_queue_next_time(&both->queue), expected.time);
    hw_event event = hw_queue_pop(&both->queue);
    assert_same(event.time, expected.time);
    assert_int_equal(hw_event_kind(event), expected.kind);
    assert_int_equal(hw_event_subject(event), expected.subject);
    assert_int_equal(hw_event_sequence(event), expected.sequence);
    return event.time;
}

/* The hold model (Jones 1986, CACM 29): keep `pending` events, take the first and put one back. */
static void hold(uint64_t seed, uint32_t pending, int holds, double grid) {
    pair *both = create_pair(seed);
    for (uint32_t i = 0; i < pending; i++) {
        push_both(both, 0.0, grid);
    }
    for (int i = 0; i < holds; i++) {
        push_both(both, pop_both(both), grid);
    }
    while (both->list.count > 0) {
        pop_both(both);
    }
    assert_int_equal(both->queue.count, 0);
    free(both);
}

static void test_the_hold_model_comes_out_as_from_a_sorted_list(void **state) {
    (void)state;
    static const uint32_t pending[] = {1, 2, 3, 4, 5, 6, 17, 100, 1000};
    for (uint64_t i = 0; i < HW_LENGTH(pending); i++) {
        hold(i, pending[i], 5000, 0.0);
        hold(i, pending[i], 5000, 0.25); /* most times tie */
        hold(i, pending[i], 2000, 10.0); /* nearly all tie at 0 */
    }
}

static void test_any_mix_of_pushes_and_pops_comes_out_as_from_a_sorted_list(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < 20; seed++) {
        pair *both = create_pair(seed);
        double now = 0.0;
        for (int i = 0; i < 4000; i++) {
            bool grow = hw_draws_uniform(&both->draws) < 0.55;
            if (grow || both->list.count == 0) {
                push_both(both, now, seed % 2 == 0 ? 0.5 : 0.0);
            } else {
                now = pop_both(both);
            }
        }
        while (both->list.count > 0) {
            pop_both(both);
        }
        free(both);
    }
}

/* Windows of any length: what lies ahead comes out in its own, in the same order; also what is pushed between
 * two of them. */
static void test_window_after_window_comes_out_as_from_a_sorted_list(void **state) {
    (void)state;
    static const double length[] = {0.25, 1.0, 30.0, 1e-9};
    for (uint64_t seed = 0; seed < 40; seed++) {
        pair *both = create_pair(seed);
        hw_queue_clear(&both->queue);
        double from = 0.0;
        for (int window = 0; window < 60; window++) {
            for (uint32_t i = 0; i < seed; i++) {
                push_both(both, from, seed % 3 == 0 ? 0.5 : 0.0);
            }
            double until = from + length[seed % HW_LENGTH(length)];
            hw_queue_open(&both->queue, from, until);
            while (both->list.count > 0 && both->list.events[both->list.count - 1].time < until) {
                double now = pop_both(both);
                if (hw_draws_uniform(&both->draws) < 0.9) {
                    push_both(both, now, seed % 3 == 0 ? 0.5 : 0.0);
                }
            }
            assert_same(hw_queue_next_time(&both->queue), HUGE_VAL);
            from = until;
        }
        free(both);
    }
}

static hw_event storage[8];
static hw_waiting waiting[8];

/* A queue of one window without an end. */
static hw_queue small_queue(void) {
    hw_queue queue = {.events = storage, .waiting = waiting, .capacity = 8};
    hw_queue_open(&queue, 0, HUGE_VAL);
    return queue;
}

static void test_ties_go_by_kind_then_subject_then_order_of_pushing(void **state) {
    (void)state;
    hw_queue queue = small_queue();
    uint32_t second = hw_queue_push(&queue, 1.0, 2, 5);
    hw_queue_push(&queue, 1.0, 2, 6);
    uint32_t third = hw_queue_push(&queue, 1.0, 2, 5);
    hw_queue_push(&queue, 1.0, 1, 9);
    hw_queue_push(&queue, 0.5, 9, 9);
    assert_int_equal(hw_event_kind(hw_queue_pop(&queue)), 9);
    assert_int_equal(hw_event_kind(hw_queue_pop(&queue)), 1);
    assert_int_equal(hw_event_sequence(hw_queue_pop(&queue)), second);
    assert_int_equal(hw_event_sequence(hw_queue_pop(&queue)), third);
    assert_int_equal(hw_event_subject(hw_queue_pop(&queue)), 6);
}

static void test_an_empty_queue_has_its_next_event_at_infinity(void **state) {
    (void)state;
    hw_queue queue = small_queue();
    assert_same(hw_queue_next_time(&queue), HUGE_VAL);
    hw_queue_push(&queue, 3.0, 0, 0);
    assert_same(hw_queue_next_time(&queue), 3.0);
    hw_queue_clear(&queue);
    assert_same(hw_queue_next_time(&queue), HUGE_VAL);
}

static void test_clearing_makes_the_queue_as_new(void **state) {
    (void)state;
    hw_queue queue = small_queue();
    uint32_t first = hw_queue_push(&queue, 3.0, 0, 0);
    hw_queue_push(&queue, 4.0, 0, 0);
    hw_queue_clear(&queue);
    assert_int_equal(hw_queue_push(&queue, 5.0, 0, 0), first);
    hw_queue_open(&queue, 0, HUGE_VAL);
    assert_same(hw_queue_pop(&queue).time, 5.0);
    assert_same(hw_queue_next_time(&queue), HUGE_VAL);
}

static void test_a_sequence_number_is_never_zero(void **state) {
    (void)state;
    hw_queue queue = small_queue();
    queue.sequence = UINT32_MAX - 1;
    assert_int_equal(hw_queue_push(&queue, 0.0, 0, 0), UINT32_MAX);
    assert_int_equal(hw_queue_push(&queue, 0.0, 0, 0), 1);
}

static void test_minus_zero_is_the_same_time_as_zero(void **state) {
    (void)state;
    hw_queue queue = small_queue();
    hw_queue_push(&queue, -0.0, 7, 0);
    hw_queue_push(&queue, 0.0, 3, 0);
    assert_int_equal(hw_event_kind(hw_queue_pop(&queue)), 3);
}

static void test_times_before_the_start_and_no_times_come_out_first(void **state) {
    (void)state;
    const double wrong[] = {-1.0, -1e-300, -HUGE_VAL, (double)NAN, -(double)NAN};
    for (int i = 0; i < 5; i++) {
        hw_queue queue = small_queue();
        hw_queue_push(&queue, 0.0, 0, 0);
        hw_queue_push(&queue, 1.0, 0, 0);
        hw_queue_push(&queue, wrong[i], 9, 9);
        hw_event event = hw_queue_pop(&queue);
        assert_int_equal(hw_event_kind(event), 9);
        assert_true(event.time < 0.0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_hold_model_comes_out_as_from_a_sorted_list),
        cmocka_unit_test(test_any_mix_of_pushes_and_pops_comes_out_as_from_a_sorted_list),
        cmocka_unit_test(test_window_after_window_comes_out_as_from_a_sorted_list),
        cmocka_unit_test(test_ties_go_by_kind_then_subject_then_order_of_pushing),
        cmocka_unit_test(test_an_empty_queue_has_its_next_event_at_infinity),
        cmocka_unit_test(test_clearing_makes_the_queue_as_new),
        cmocka_unit_test(test_a_sequence_number_is_never_zero),
        cmocka_unit_test(test_minus_zero_is_the_same_time_as_zero),
        cmocka_unit_test(test_times_before_the_start_and_no_times_come_out_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
