/* Strangers read our results: ncdump, and xarray with both of its engines. These programs must be there. */
#include "sim/run/results.h"
#include "tests/run/toy_run.h"
#include <sys/wait.h>

static void must_run(const char *command) {
    int status = system(command);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fail_msg("failed with status %d: %s", status, command);
    }
}

/* Writes a result; `days` takes the release days of replication 0. */
static void write_result(const char *path, uint64_t replications, uint64_t fail_every,
                         double days[TOY_SITES]) {
    toy_run run;
    toy_run_make(&run, path, replications);
    run.scenario.fail_every = fail_every;
    assert_int_equal(toy_run_do(&run), HW_OK);
    hw_status status = HW_OK;
    hw_results *results = hw_results_open_as(path, HW_SEALED_ONLY, &status, &run.errors);
    assert_non_null(results);
    double *all = hw_results_read(results, "release_day", &run.errors);
    for (int s = 0; s < TOY_SITES && hw_results_about(results)->count > 0; s++) {
        days[s] = all[s];
    }
    free(all);
    hw_results_close(results);
    toy_run_free(&run);
}

static void check_with_strangers(const char *path, uint64_t replications, uint64_t fail_every) {
    double days[TOY_SITES] = {nan(""), nan(""), nan("")};
    char command[1024];
    write_result(path, replications, fail_every, days);
    unsigned failed = fail_every ? (unsigned)(replications / fail_every) : 0;
    snprintf(command, sizeof command,
             "/usr/bin/python3 -W ignore::RuntimeWarning '%s/tests/run/check_netcdf.py' %s %u %u "
             "'%s' %.17g '%s' %.17g '%s' %.17g",
             HW_SOURCE_DIR, path, (unsigned)replications - failed, failed, toy_sites[0], days[0],
             toy_sites[1], days[1], toy_sites[2], days[2]);
    must_run(command);
}

static void test_xarray_reads_a_result(void **state) {
    (void)state;
    check_with_strangers("mixed.nc", 300, 7);
    check_with_strangers("good.nc", 10, 0);
}

static void test_xarray_reads_a_result_of_failures_alone(void **state) {
    (void)state;
    check_with_strangers("failed.nc", 3, 1);
}

static void test_ncdump_shows_dimensions_units_and_times(void **state) {
    (void)state;
    double days[TOY_SITES];
    write_result("shown.nc", 20, 7, days);
    must_run("ncdump -h shown.nc > shown.txt");
    must_run("grep -q 'replication = UNLIMITED ; // (18 currently)' shown.txt");
    must_run("grep -q 'site = 3 ;' shown.txt");
    must_run("grep -q 'float cost(replication, site, month) ;' shown.txt");
    must_run("grep -q 'release_day:units = \"days since 2020-11-10\" ;' shown.txt");
    must_run("grep -q 'release_day:_FillValue = NaN ;' shown.txt");
    must_run("grep -q ':Conventions = \"CF-1.8\" ;' shown.txt");
    must_run("grep -q ':homeward_format = 3 ;' shown.txt");
    must_run("ncdump -t -v month shown.nc | grep -q '\"2020-11-10\", \"2021-02-18\"'");
    must_run("ncdump -v site shown.nc | grep -q 'site = \"Agdam city\", \"Şuşa\", \"Zabukh\" ;'");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_xarray_reads_a_result),
        cmocka_unit_test(test_xarray_reads_a_result_of_failures_alone),
        cmocka_unit_test(test_ncdump_shows_dimensions_units_and_times),
    };
    return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
