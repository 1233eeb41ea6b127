#include "sim/run/group.h"
#include "tests/run/toy_run.h"

/* With one rank; what several do together is tested by ranks.sh. */

static void test_a_group_of_one_simulates_what_a_world_does(void **state) {
    (void)state;
    toy_scenario scenario = {.ledger_length = 10};
    toy_layout layout;
    toy_layout_make(&layout, &scenario);
    hw_trouble trouble = {0};
    hw_group group;
    assert_int_equal(hw_group_open(&group, 1, &trouble), HW_OK);
    assert_true(hw_group_leads(&group));
    assert_int_equal(group.groups, 1);
    hw_world world;
    assert_int_equal(hw_world_create(&world, &toy_model, &scenario), HW_OK);
    unsigned char *alone = calloc(1, layout.layout.bytes), *grouped = calloc(1, layout.layout.bytes);
    for (int again = 0; again < 2; again++) { /* a group can be set up for one world after the other */
        assert_int_equal(hw_group_set_up(&group, &toy_model, &scenario, &trouble), HW_OK);
        for (uint64_t r = 0; r < 3; r++) {
            hw_failure failure;
            uint64_t events = 0, events_alone = 0;
            hw_rng_key key = {7, r};
            assert_int_equal(hw_world_replicate(&world, key, alone, &events_alone, &failure), HW_OK);
            assert_int_equal(hw_group_replicate(&group, key, grouped, &events, &failure), HW_OK);
            assert_memory_equal(grouped, alone, layout.layout.bytes);
            assert_int_equal(events, events_alone);
        }
        hw_group_dismiss(&group);
        hw_group_take_down(&group);
    }
    hw_group_close(&group);
    hw_world_destroy(&world);
    free(alone);
    free(grouped);
    toy_layout_free(&layout);
}

static void test_a_group_larger_than_its_node_is_refused(void **state) {
    (void)state;
    static const uint64_t sizes[] = {2, 3, UINT64_MAX};
    for (int i = 0; i < 3; i++) {
        hw_trouble trouble = {0};
        hw_group group;
        assert_int_equal(hw_group_open(&group, sizes[i], &trouble), HW_ERROR_INPUT);
        assert_non_null(strstr(trouble.text, "ranks per world do not go into 1 rank: start a multiple of "));
        hw_group_close(&group);
    }
}

static void test_a_group_without_memory_for_its_world_says_so(void **state) {
    (void)state;
    hw_trouble trouble = {0};
    hw_shared_memory memory;
    assert_int_equal(hw_shared_memory_map(&memory, SIZE_MAX, MPI_COMM_SELF, &trouble), HW_ERROR_MEMORY);
    assert_null(memory.base);
    trouble = (hw_trouble){0}; /* as many bytes as a file can have, but not the address space of a process */
    assert_int_equal(hw_shared_memory_map(&memory, INT64_MAX, MPI_COMM_SELF, &trouble), HW_ERROR_MEMORY);
    assert_null(memory.base);
    assert_non_null(strstr(trouble.text, "9223372036854775807 bytes"));
}

static void test_shared_memory_is_zeroed_and_gone_when_unmapped(void **state) {
    (void)state;
    enum { BYTES = 3 << 20 };
    for (int again = 0; again < 3; again++) {
        hw_trouble trouble = {0};
        hw_shared_memory memory;
        assert_int_equal(hw_shared_memory_map(&memory, BYTES, MPI_COMM_SELF, &trouble), HW_OK);
        const unsigned char *bytes = memory.base;
        for (size_t i = 0; i < BYTES; i += 4096) {
            assert_int_equal(bytes[i], 0);
        }
        memset(memory.base, 255, BYTES);
        hw_shared_memory_unmap(&memory);
        assert_null(memory.base);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_group_of_one_simulates_what_a_world_does),
        cmocka_unit_test(test_a_group_larger_than_its_node_is_refused),
        cmocka_unit_test(test_a_group_without_memory_for_its_world_says_so),
        cmocka_unit_test(test_shared_memory_is_zeroed_and_gone_when_unmapped),
    };
    return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
