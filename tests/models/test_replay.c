#include "tests/counted_requests.h"
#include "tests/models/small_world.h"

/* The same key gives the same bytes, and what cannot be touched stays as it was (common random numbers). */

static void assert_used_again_like_fresh(const char *const *changes) {
    small_world used, fresh;
    small_open(&used, &SMALL, changes);
    for (uint64_t r = 0; r < 12; r++) {
        small_run(&used, r * 7919 % 12);
        small_open(&fresh, &SMALL, changes);
        small_run(&fresh, r * 7919 % 12);
        assert_memory_equal(used.record, fresh.record, used.layout->bytes);
        assert_int_equal(used.events, fresh.events);
        small_close(&fresh);
    }
    small_close(&used);
}

static void test_a_world_used_again_gives_the_bytes_of_a_fresh_one(void **state) {
    (void)state;
    assert_used_again_like_fresh(NULL);
    const char *const short_of_money[] = {"streams.State.yearly", "{2021-01-01: 1 MUSD}", NULL};
    assert_used_again_like_fresh(short_of_money);
}

static void test_different_replications_differ(void **state) {
    (void)state;
    small_world one, other;
    small_open(&one, &SMALL, NULL);
    small_open(&other, &SMALL, NULL);
    for (uint64_t r = 0; r < 10; r++) {
        small_run(&one, r);
        small_run(&other, r + 1);
        assert_memory_not_equal(one.record, other.record, one.layout->bytes);
    }
    small_close(&one);
    small_close(&other);
}

static void test_a_replication_asks_for_no_memory(void **state) {
    (void)state;
#if COUNTS_REQUESTS
    small_world small;
    small_open(&small, &SMALL, NULL);
    small_run(&small, 0);
    uint64_t before = requests;
    hw_status status = HW_OK;
    for (uint64_t r = 1; r < 6 && status == HW_OK; r++) {
        status = small_replicate(&small, r);
    }
    uint64_t during = requests - before;
    assert_int_equal(status, HW_OK);
    assert_int_equal(during, 0);
    void *volatile proof = malloc(100);
    free(proof);
    assert_true(requests > before);
    small_close(&small);
#else
    skip();
#endif
}

/* ---- what another scenario shares with this one ---- */

/* The same element of the same variable in another layout, found by the labels of its axes. */
static size_t elsewhere(const small_world *here, const small_world *there, const hw_variable *variable,
                        size_t index) {
    uint32_t at[HW_RECORD_MAX_RANK] = {0};
    for (uint32_t rank = variable->rank; rank-- > 0;) {
        at[rank] = (uint32_t)(index % small_length(here, variable, rank));
        index /= small_length(here, variable, rank);
    }
    size_t there_index = 0;
    for (uint32_t rank = 0; rank < variable->rank; rank++) {
        const hw_axis *axis = &here->layout->axes[variable->axis[rank]];
        uint32_t same = at[rank];
        if (axis->labels != NULL) {
            same = small_index(there, axis->name, axis->labels[at[rank]]);
        }
        there_index = there_index * small_length(there, variable, rank) + same;
    }
    return there_index;
}

static bool has_axis(const small_world *small, const hw_variable *variable, const char *name) {
    for (uint32_t rank = 0; rank < variable->rank; rank++) {
        if (strcmp(small->layout->axes[variable->axis[rank]].name, name) == 0) {
            return true;
        }
    }
    return false;
}

/* All that the first scenario answers, the second one answers alike; national sums only on request. */
static void assert_shared(const small_world *here, const small_world *there, bool sums_too) {
    uint32_t compared = 0;
    for (uint32_t v = 0; v < here->layout->variable_count; v++) {
        const hw_variable *variable = &here->layout->variables[v];
        if (!sums_too && !has_axis(here, variable, "place") && !has_axis(here, variable, "district")) {
            continue;
        }
        const hw_variable *other = small_variable(there, variable->name);
        for (size_t i = 0; i < variable->count; i++, compared++) {
            double a = small_number(here, variable, i);
            double b = small_number(there, other, elsewhere(here, there, variable, i));
            if (!(a == b || (isnan(a) && isnan(b)))) {
                print_error("%s[%u] was %.17g and is %.17g\n", variable->name, (unsigned)i, a, b);
                fail();
            }
        }
    }
    assert_true(compared > 200);
}

/* The order of work must not depend on what is added, nor what a planner thinks typical: the same vegetation
 * and signals everywhere, in numbers that a sum keeps exactly. */
static const char *const PLAIN[] = {"planning.rule",
                                    "fixed_order",
                                    "settings.belt.signals",
                                    "0.5 /m2",
                                    "settings.fields.signals",
                                    "0.5 /m2",
                                    "settings.belt.vegetation",
                                    "0.5 min/m2",
                                    "settings.fields.vegetation",
                                    "0.5 min/m2",
                                    "results.district_series",
                                    "month",
                                    NULL};

static void assert_addition_changes_nothing(const small_text *longer, bool sums_too) {
    small_world before, after;
    small_open(&before, &SMALL, PLAIN);
    small_open(&after, longer, PLAIN);
    for (uint64_t r = 0; r < 6; r++) {
        small_run(&before, r);
        small_run(&after, r);
        assert_shared(&before, &after, sums_too);
    }
    small_close(&before);
    small_close(&after);
}

static char *longer_by(const char *text, const char *more) {
    char *both = calloc(1, strlen(text) + strlen(more) + 1);
    assert_non_null(both);
    strcat(strcat(both, text), more);
    return both;
}

static void test_a_closed_district_more_changes_nothing_in_the_others(void **state) {
    (void)state;
    small_text text = SMALL;
    char *districts =
        longer_by(SMALL.districts, "  East: {climate: mild, access_from: 2050-01-01, soldiers: 0, visitors: "
                                   "0, undiscovered: {p10: 1 %, p50: 5 %, p90: 20 %}}\n");
    char *areas = longer_by(
        SMALL.areas, "  East belt: {district: East, class: high, setting: belt, area: 70 ha, order: 0}\n");
    char *places =
        longer_by(SMALL.places,
                  "  Eastville: {district: East, must_release: [East belt], houses: 50, population: 200}\n");
    text.districts = districts;
    text.areas = areas;
    text.places = places;
    assert_addition_changes_nothing(&text, false);
    free(districts);
    free(areas);
    free(places);
}

static void test_a_place_more_without_houses_changes_nothing_elsewhere(void **state) {
    (void)state;
    small_text text = SMALL;
    char *places = longer_by(SMALL.places, "  Ruin: {district: South, must_release: [South belt]}\n");
    text.places = places;
    assert_addition_changes_nothing(&text, true);
    free(places);
}

static void test_an_empty_stream_and_teams_that_never_come_change_nothing(void **state) {
    (void)state;
    small_text text = SMALL;
    char *streams =
        longer_by(SMALL.streams, "  Empty: {kind: donor, amount: 0 USD, only_districts: [North]}\n");
    char *assets =
        longer_by(SMALL.assets, "  late: {operator: Firm, method: manual, teams: 3, on: 2040-01-01}\n");
    text.streams = streams;
    text.assets = assets;
    assert_addition_changes_nothing(&text, true);
    free(streams);
    free(assets);
}

static void test_another_order_of_the_districts_draws_the_same_ground(void **state) {
    (void)state;
    /* Without teams: with them, the order of districts decides where the first one goes. */
    small_text idle = SMALL;
    idle.assets = "assets: {}\n";
    small_text text = idle;
    text.districts = "districts:\n"
                     "  South: {climate: alpine, undiscovered: 10 %, visitors: 2}\n"
                     "  North: {climate: mild, undiscovered: 10 %, visitors: 1}\n";
    small_world before, after;
    small_open(&before, &idle, NULL);
    small_open(&after, &text, NULL);
    for (uint64_t r = 0; r < 6; r++) {
        small_run(&before, r);
        small_run(&after, r);
        assert_shared(&before, &after, false);
    }
    small_close(&before);
    small_close(&after);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_world_used_again_gives_the_bytes_of_a_fresh_one),
        cmocka_unit_test(test_different_replications_differ),
        cmocka_unit_test(test_a_replication_asks_for_no_memory),
        cmocka_unit_test(test_a_closed_district_more_changes_nothing_in_the_others),
        cmocka_unit_test(test_a_place_more_without_houses_changes_nothing_elsewhere),
        cmocka_unit_test(test_an_empty_stream_and_teams_that_never_come_change_nothing),
        cmocka_unit_test(test_another_order_of_the_districts_draws_the_same_ground),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
