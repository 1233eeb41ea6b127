/* Models of known answer, through the whole kernel: streams, queue, world. The exact mean must lie inside the
 * confidence interval of independent replications at an error rate of 1 in 1000 each; seeds are fixed. So
 * that an interval cannot pass by being wide, its half width must be small against the mean. */
#include "sim/statistics.h"
#include "tests/sim/check.h"
#include "tests/sim/models/machine_repair.h"
#include "tests/sim/models/service_station.h"

static const double CONFIDENCE = 0.999;

enum { REPLICATIONS = 200 };

static double mean_wait(hw_world *world, uint64_t replication) {
    station_outcome outcome;
    hw_failure failure;
    hw_rng_key key = {.seed = 1917, .replication = replication};
    assert_int_equal(hw_world_replicate(world, key, (unsigned char *)&outcome, NULL, &failure), HW_OK);
    return outcome.mean_wait;
}

/* Erlang's C formula: the probability that a customer of M/M/c has to wait (Kleinrock 1975, "Queueing systems
 * I", section 3.5). */
static double waiting_probability(uint32_t servers, double load) {
    double term = 1.0, sum = 0.0;
    for (uint32_t k = 0; k < servers; k++) {
        sum += term;
        term *= load / (k + 1);
    }
    double all_busy = term / (1.0 - load / servers);
    return all_busy / (sum + all_busy);
}

static double exact_wait(const station_scenario *s) {
    double probability = waiting_probability(s->servers, s->arrival_rate / s->service_rate);
    return probability / (s->servers * s->service_rate - s->arrival_rate);
}

static void check_station(station_scenario scenario) {
    hw_world world;
    assert_int_equal(hw_world_create(&world, &station_model, &scenario), HW_OK);
    hw_moments waits = {0};
    for (uint64_t replication = 0; replication < REPLICATIONS; replication++) {
        hw_moments_add(&waits, mean_wait(&world, replication));
    }
    hw_world_destroy(&world);
    double exact = exact_wait(&scenario);
    hw_interval interval = hw_moments_interval(&waits, CONFIDENCE);
    print_message("  c = %u: exact %.6g, simulated %.6g in [%.6g, %.6g]\n", scenario.servers, exact,
                  waits.mean, interval.low, interval.high);
    assert_true(interval.low < exact && exact < interval.high);
    assert_true(interval.high - interval.low < 0.15 * exact);
}

static void test_one_server_keeps_customers_waiting_as_long_as_theory_says(void **state) {
    (void)state;
    station_scenario scenario = {.arrival_rate = 0.5, .service_rate = 1.0, .servers = 1};
    scenario.customers = 10000;
    scenario.warm_up = 1000;
    assert_near(exact_wait(&scenario), 1.0, 1e-12); /* rho / (mu - lambda) */
    check_station(scenario);
    scenario.arrival_rate = 0.8;
    assert_near(exact_wait(&scenario), 4.0, 1e-12);
    check_station(scenario);
}

static void test_many_servers_keep_customers_waiting_as_long_as_theory_says(void **state) {
    (void)state;
    station_scenario scenario = {.service_rate = 2.0, .customers = 10000, .warm_up = 1000};
    static const uint32_t servers[] = {2, 5, STATION_SERVERS_MOST};
    for (int i = 0; i < 3; i++) {
        scenario.servers = servers[i];
        scenario.arrival_rate = 0.8 * scenario.service_rate * servers[i];
        check_station(scenario);
    }
}

/* With times on a binary grid no sum is rounded: Little's law holds to the last bit on every path, not in the
 * mean. */
static void test_littles_law_holds_exactly_on_every_path(void **state) {
    (void)state;
    station_scenario scenario = {.service_rate = 1.0, .customers = 5000, .grid = 0x1p-10};
    for (uint32_t servers = 1; servers <= 4; servers++) {
        scenario.servers = servers;
        scenario.arrival_rate = 0.95 * servers;
        hw_world world;
        assert_int_equal(hw_world_create(&world, &station_model, &scenario), HW_OK);
        for (uint64_t replication = 0; replication < 20; replication++) {
            station_outcome outcome;
            hw_failure failure;
            uint64_t events;
            hw_rng_key key = {.seed = servers, .replication = replication};
            hw_status status = hw_world_replicate(&world, key, (unsigned char *)&outcome, &events, &failure);
            assert_int_equal(status, HW_OK);
            assert_same(outcome.served, (double)scenario.customers);
            assert_int_equal(events, 2 * scenario.customers);
            assert_true(outcome.times_in_station > outcome.served * 0.5);
            assert_same(outcome.customers_time, outcome.times_in_station); /* L T = N W */
        }
        hw_world_destroy(&world);
    }
}

/* Balance of the birth-death process: P(k + 1) = P(k) (N - k) failure / (min(k + 1, R) repair). */
static double exact_mean_broken(const repair_scenario *s) {
    double term = 1.0, sum = 1.0, weighted = 0.0;
    for (uint32_t k = 0; k < s->machines; k++) {
        uint32_t at_work = k + 1 < s->repairers ? k + 1 : s->repairers;
        term *= (s->machines - k) * s->failure_rate / (at_work * s->repair_rate);
        sum += term;
        weighted += (k + 1) * term;
    }
    return weighted / sum;
}

static void check_repair_shop(repair_scenario scenario) {
    hw_world world;
    assert_int_equal(hw_world_create(&world, &repair_model, &scenario), HW_OK);
    hw_moments broken = {0};
    for (uint64_t replication = 0; replication < REPLICATIONS; replication++) {
        double mean_broken;
        hw_failure failure;
        hw_rng_key key = {.seed = 1876, .replication = replication};
        hw_status status = hw_world_replicate(&world, key, (unsigned char *)&mean_broken, NULL, &failure);
        assert_int_equal(status, HW_OK);
        hw_moments_add(&broken, mean_broken);
    }
    hw_world_destroy(&world);
    double exact = exact_mean_broken(&scenario);
    hw_interval interval = hw_moments_interval(&broken, CONFIDENCE);
    print_message("  %u machines, %u repairers: exact %.6g, simulated %.6g in [%.6g, %.6g]\n",
                  scenario.machines, scenario.repairers, exact, broken.mean, interval.low, interval.high);
    assert_true(interval.low < exact && exact < interval.high);
    assert_true(interval.high - interval.low < 0.05 * exact);
}

static void test_as_many_machines_are_broken_as_theory_says(void **state) {
    (void)state;
    repair_scenario scenario = {.failure_rate = 0.1, .repair_rate = 0.5, .warm_up = 100.0, .horizon = 1600.0};
    scenario.machines = 10;
    for (scenario.repairers = 1; scenario.repairers <= 4; scenario.repairers++) {
        check_repair_shop(scenario);
    }
    scenario.machines = scenario.repairers =
        6; /* nobody waits: each machine is broken one sixth of the time */
    assert_near(exact_mean_broken(&scenario), 1.0, 1e-12);
    check_repair_shop(scenario);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_server_keeps_customers_waiting_as_long_as_theory_says),
        cmocka_unit_test(test_many_servers_keep_customers_waiting_as_long_as_theory_says),
        cmocka_unit_test(test_littles_law_holds_exactly_on_every_path),
        cmocka_unit_test(test_as_many_machines_are_broken_as_theory_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
