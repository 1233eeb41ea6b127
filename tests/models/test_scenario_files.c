#include "models/laws.h"
#include "tests/models/small_world.h"
#include <dirent.h>

/* Every scenario that comes with the program loads, checks clean, and runs without a broken law. */

static double plan_and_check(void *state, double now, hw_queue *queues) {
    double next = hw_land_release.plan(state, now, queues);
    const hw_land *land = state;
    if (land->calendar.month % 12 == 0) {
        hw_laws_check(state, now);
    }
    return next;
}

enum { MOST_EVENTS = 3000000, MOST_EVENTS_OF_UKRAINE = 20000000 };

/* The stress case needs gigabytes, thousands of teams hundreds of megabytes: they are loaded and checked, not
 * run. */
static bool too_large_to_run(const hw_scenario *scenario, uint64_t most) {
    uint64_t events = 0;
    for (uint32_t p = 0; p < scenario->districts.count; p++) {
        events += hw_land_release.queue_capacity(scenario, p);
    }
    return events > most;
}

static void load_and_run_up_to(uint64_t most_events, const char *name, uint32_t *run) {
    char path[1024];
    snprintf(path, sizeof path, HW_SOURCE_DIR "/scenarios/%.500s", name);
    hw_model model = hw_land_release;
    model.plan = plan_and_check;
    small_world small = {0};
    small.document = hw_document_load(path, &small.errors);
    if (small.document != NULL) {
        small.binding =
            hw_binding_create(&hw_scenario_section, small.document, &small.scenario, &small.errors);
    }
    if (small.binding != NULL) {
        small.scenario.values = hw_binding_values(small.binding);
        hw_scenario_check(&small.scenario, small_where, small.binding, &small.errors, NULL);
    }
    if (small.errors.count > 0) {
        char *text = hw_errors_text(&small.errors);
        print_error("%s", text);
        free(text);
    }
    assert_int_equal(small.errors.count, 0);
    small.layout = hw_scenario_layout(&small.scenario);
    assert_non_null(small.layout);
    small.record = calloc(1, small.layout->bytes);
    assert_non_null(small.record);
    small.good = true;
    if (!too_large_to_run(&small.scenario, most_events)) {
        assert_int_equal(hw_world_create(&small.world, &model, &small.scenario), HW_OK);
        for (uint64_t r = 0; r < 2; r++) {
            small_run(&small, r);
            assert_true(small.events > 100);
        }
        ++*run;
        print_message("%s: two replications, all laws hold\n", name);
    }
    small_close(&small);
}

static void load_and_run(const char *name, uint32_t *run) {
    load_and_run_up_to(MOST_EVENTS, name, run);
}

/* All files of a folder below scenarios/; returns how many. */
static uint32_t load_and_run_folder(const char *below, uint32_t *run) {
    char path[512];
    snprintf(path, sizeof path, HW_SOURCE_DIR "/scenarios/%s", below);
    DIR *folder = opendir(path);
    assert_non_null(folder);
    uint32_t loaded = 0;
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        size_t length = strlen(entry->d_name);
        if (length > 5 && strcmp(entry->d_name + length - 5, ".yaml") == 0) {
            snprintf(path, sizeof path, "%s%s", below, entry->d_name);
            load_and_run(path, run);
            loaded++;
        }
    }
    closedir(folder);
    return loaded;
}

static void test_every_scenario_file_runs_without_a_broken_law(void **state) {
    (void)state;
    uint32_t run = 0;
    load_and_run_folder("", &run);
    assert_true(run >= 2);
}

static void test_the_second_country_runs_without_a_broken_law(void **state) {
    (void)state;
    uint32_t run = 0;
    load_and_run("croatia/croatia.yaml", &run);
    load_and_run("croatia/croatia-from-2003.yaml", &run);
    assert_int_equal(run, 2);
}

static void test_ukraine_runs_without_a_broken_law(void **state) {
    (void)state;
    uint32_t run = 0;
    load_and_run_up_to(MOST_EVENTS_OF_UKRAINE, "ukraine/ukraine.yaml", &run);
    load_and_run_up_to(MOST_EVENTS_OF_UKRAINE, "ukraine/farmland.yaml", &run);
    load_and_run_up_to(MOST_EVENTS_OF_UKRAINE, "ukraine/access-2030.yaml", &run);
    assert_int_equal(run, 3);
}

static void test_every_lever_file_runs_without_a_broken_law(void **state) {
    (void)state;
    uint32_t run = 0;
    load_and_run_folder("levers/", &run);
    load_and_run_folder("levers/bundles/", &run);
    assert_true(run >= 5);
}

static void test_every_claim_loads(void **state) {
    (void)state;
    uint32_t run = 0;
    assert_true(load_and_run_folder("claims/", &run) >= 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_scenario_file_runs_without_a_broken_law),
        cmocka_unit_test(test_the_second_country_runs_without_a_broken_law),
        cmocka_unit_test(test_ukraine_runs_without_a_broken_law),
        cmocka_unit_test(test_every_lever_file_runs_without_a_broken_law),
        cmocka_unit_test(test_every_claim_loads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
