#include "analysis/sweep/dry_run.h"
#include "analysis/sweep/plan.h"
#include "models/scenario.h"
#include "sim/input/binding.h"
#include "tests/sim/check.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A sweep over the tutorial's scenario, written into a file of the current folder. */
typedef struct reading {
    char path[64];
    hw_sweep_plan plan;
    hw_status status;
    hw_errors errors;
} reading;

static void read_plan(reading *r, const char *body) {
    static unsigned number;
    *r = (reading){0};
    snprintf(r->path, sizeof r->path, "sweep-plan-%d-%u.yaml", (int)getpid(), number++);
    FILE *file = fopen(r->path, "w");
    assert_non_null(file);
    fprintf(file, "name: Try\nscenario: %s/scenarios/quick.yaml\nreplications: 3\n%s", HW_SOURCE_DIR, body);
    assert_int_equal(fclose(file), 0);
    r->status = hw_sweep_plan_read(&r->plan, r->path, NULL, 0, &r->errors);
}

static void end_reading(reading *r) {
    unlink(r->path);
    hw_errors_free(&r->errors);
    hw_sweep_plan_free(&r->plan);
}

static void assert_good(const reading *r) {
    char *text = hw_errors_text(&r->errors);
    if (r->status != HW_OK) {
        print_error("%s", text);
    }
    free(text);
    assert_int_equal(r->status, HW_OK);
}

/* The body stands behind three lines. */
static void assert_refused(const char *body, uint32_t line, uint32_t column, const char *words) {
    reading r;
    read_plan(&r, body);
    assert_int_equal(r.status, HW_ERROR_INPUT);
    char expected[400];
    snprintf(expected, sizeof expected, "%s:%u:%u: %s", r.path, line, column, words);
    char *text = hw_errors_text(&r.errors);
    if (strstr(text, expected) == NULL) {
        fail_msg("expected \"%s\" in \"%s\"", expected, text);
    }
    free(text);
    end_reading(&r);
}

static void test_mistakes_are_told_where_they_stand(void **state) {
    (void)state;
#define DESIGN "design: {grid: {steps: 3}}\nfactors:\n"
    assert_refused(DESIGN "  a: {path: planning.rul, levels: [worst_first]}\n", 6, 13,
                   "unknown key 'rul' in section 'planning'; did you mean 'rule'?");
    assert_refused(DESIGN "  a: {path: planning.rule, levels: [worst_first, best_first]}\n", 6, 50,
                   "'rule': expected one of");
    assert_refused(DESIGN "  a: {path: districts.Zangilan.undiscovered, range: [1 km2, 5 %]}\n", 6, 54,
                   "'undiscovered': expected a share");
    assert_refused(DESIGN "  a: {path: districts.Zangilan.undiscovered, range: [1 %, 5000 %]}\n", 6, 59,
                   "'undiscovered': out of range");
    assert_refused(DESIGN "  a: {path: districts.Zangilan.undiscovered, range: [5 %, 1 %]}\n", 6, 59,
                   "'range': the second value must be larger than the first");
    assert_refused(DESIGN "  a: {path: planning.rule, range: [worst_first, weighted]}\n", 6, 35,
                   "'range': a range is of a quantity, a count or a date");
    assert_refused(DESIGN "  a: {path: planning.rule}\n", 6, 13,
                   "'planning.rule' is certain in the scenario");
    assert_refused(DESIGN "  a b: {path: planning.rule, levels: [weighted]}\n", 6, 3,
                   "factor 'a b': its name becomes");
    assert_refused(DESIGN "  victims: {path: planning.rule, levels: [weighted]}\n", 6, 19,
                   "factor 'victims': the result calls something else so");
    assert_refused("design: {gird: {}}\nfactors:\n  a: {path: planning.rule, levels: [weighted]}\n", 4, 10,
                   "there is no 'gird' in designs; did you mean 'grid'?");
    assert_refused(
        "design: {grid: {}, sobol: {}}\nfactors:\n  a: {path: planning.rule, levels: [weighted]}\n", 4, 1,
        "'design': expected one design");
    assert_refused(DESIGN "  a: {path: planning.rule, levels: [weighted]}\noutputs: {x: {of: victimz}}\n", 7,
                   19, "the outcome has no variable 'victimz'; did you mean 'victims'?");
    assert_refused(
        DESIGN "  a: {path: planning.rule, levels: [weighted]}\noutputs: {victims: {at: [last, deminer]}}\n",
        7, 32, "'deminer' is not on the axis 'victim'");
    assert_refused(DESIGN "  a: {path: planning.rule, levels: [weighted]}\nby: [2099-01-01]\n", 7, 6,
                   "'by': 2099-01-01 is not in the time that is simulated");
    assert_refused("design: {points: {}}\nfactors: {a: {path: planning.rule}}\n", 4, 10, "'file' is missing");
}

static double value_at(const hw_loaded *loaded, const char *path) {
    hw_value_id id = hw_binding_find(loaded->binding, path);
    assert_true(id != UINT32_MAX);
    const hw_value *value = &hw_binding_values(loaded->binding)->items[id];
    assert_int_equal(value->distribution.kind, HW_FIXED);
    return value->distribution.a;
}

/* What the coordinates say is what the scenario of that point has, in every dimension and scale. */
static void test_a_point_has_the_values_that_its_coordinates_say(void **state) {
    (void)state;
    reading r;
    read_plan(&r,
              "design: {latin_hypercube: {points: 9}}\n"
              "factors:\n"
              "  share: {path: districts.Zangilan.undiscovered, range: [1 %, 30 %]}\n"
              "  rate: {path: methods.non_technical_survey.rate, range: [2 ha/day, 50 ha/day], scale: log}\n"
              "  density: {path: settings.belt.ap, spread: {p10: 20 /ha, p50: 35 /ha, p90: 55 /ha}}\n"
              "  treaty: {path: levers.treaty.on, range: [2029-01-01, 2029-12-31]}\n"
              "  steep: {path: settings.belt.steep, levels: [5 %, 0.06]}\n");
    assert_good(&r);
    static const char *const paths[] = {"districts.Zangilan.undiscovered",
                                        "methods.non_technical_survey.rate", "settings.belt.ap",
                                        "levers.treaty.on", "settings.belt.steep"};
    for (uint64_t p = 0; p < r.plan.points; p++) {
        double unit[5];
        hw_factor_value values[5];
        hw_design_place place;
        hw_loaded loaded = {0};
        hw_outputs outputs;
        hw_sweep_plan_values(&r.plan, p, unit, values, &place);
        assert_int_equal(hw_sweep_plan_open(&r.plan, p, &loaded, &outputs, &r.errors), HW_OK);
        for (int f = 0; f < 5; f++) {
            assert_true(values[f].number == value_at(&loaded, paths[f]));
        }
        assert_true(values[0].number >= 0.01 && values[0].number <= 0.30);
        assert_true(values[1].number >= 20000 && values[1].number <= 500000);
        hw_outputs_free(&outputs);
        hw_load_free(&loaded);
    }
    end_reading(&r);
}

static void test_a_factor_without_values_takes_the_scenarios_own_uncertainty(void **state) {
    (void)state;
    reading r;
    read_plan(&r, "design: {latin_hypercube: {points: 4}}\nfactors:\n  share: {path: "
                  "districts.Zangilan.undiscovered}\n");
    assert_good(&r);
    assert_true(r.plan.factors[0].assumed);
    hw_factor_value value;
    hw_factor_value_at(&r.plan.factors[0], 0.1, false, &value);
    assert_true(fabs(value.number - 0.03) < 1e-9);
    hw_factor_value_at(&r.plan.factors[0], 0.9, false, &value);
    assert_true(fabs(value.number - 0.25) < 1e-9);
    end_reading(&r);
}

static void test_every_assumed_value_can_be_a_factor(void **state) {
    (void)state;
    reading r;
    read_plan(&r, "design: {morris: {trajectories: 1}}\nevery_assumed: yes\n");
    assert_good(&r);
    const hw_values *values = hw_binding_values(r.plan.scenarios[0].loaded.binding);
    uint32_t expected = 0;
    for (uint32_t i = 0; i < values->count; i++) {
        expected += values->items[i].assumed && values->items[i].key->type == HW_KEY_QUANTITY &&
                    values->items[i].distribution.kind != HW_FIXED;
    }
    assert_true(expected > 20);
    assert_int_equal(r.plan.factor_count, expected);
    assert_int_equal(r.plan.points, expected + 1);
    end_reading(&r);
}

/* 2021 and 2021-01-01 name the same entry of a dated series. */
static void test_an_entry_of_a_dated_series_is_a_factor_by_day_or_year(void **state) {
    (void)state;
    static const char *const days[] = {"2021", "2021-01-01", "2020-11-10"};
    static const char *const values[] = {"", ", range: [1 MUSD, 2 MUSD]", ", levels: [1 MUSD, 2 MUSD]"};
    for (int d = 0; d < 3; d++) {
        for (int v = 0; v < 3; v++) {
            char body[300], path[100];
            reading r;
            snprintf(body, sizeof body,
                     "design: {grid: {steps: 2}}\nfactors:\n  a: {path: "
                     "streams.State mine action budget.yearly.%s%s}\n",
                     days[d], values[v]);
            snprintf(path, sizeof path, "streams.State mine action budget.yearly.%s", days[d]);
            read_plan(&r, body);
            assert_good(&r);
            assert_true(r.plan.factors[0].assumed);
            for (uint64_t p = 0; p < r.plan.points; p++) {
                double unit[1];
                hw_factor_value value[1];
                hw_design_place place;
                hw_loaded loaded = {0};
                hw_outputs outputs;
                hw_sweep_plan_values(&r.plan, p, unit, value, &place);
                assert_int_equal(hw_sweep_plan_open(&r.plan, p, &loaded, &outputs, &r.errors), HW_OK);
                assert_true(value[0].number == value_at(&loaded, path));
                assert_true(v == 0 || value[0].number == (p ? 2e6 : 1e6));
                assert_int_equal(hw_binding_values(loaded.binding)->count,
                                 hw_binding_values(r.plan.scenarios[0].loaded.binding)->count);
                hw_outputs_free(&outputs);
                hw_load_free(&loaded);
            }
            end_reading(&r);
        }
    }
    assert_refused(DESIGN "  a: {path: streams.State mine action budget.yearly.2022, levels: [1 MUSD]}\n", 6,
                   13,
                   "'streams.State mine action budget.yearly' has no entry of 2022 in the scenario; the "
                   "nearest is 2021-01-01");
}

static char *plan_in_words(const char *body) {
    reading r;
    read_plan(&r, body);
    assert_good(&r);
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    assert_non_null(out);
    hw_sweep_print_plan(out, &r.plan);
    fclose(out);
    end_reading(&r);
    return text;
}

/* The ends that are told are those to which the design moves the factor. */
static void test_the_dry_run_tells_how_far_the_design_moves_a_distribution(void **state) {
    (void)state;
#define FACTOR "factors: {share: {path: districts.Zangilan.undiscovered}}\n"
    reading r;
    read_plan(&r, "design: {grid: {steps: 2}}\n" FACTOR);
    assert_good(&r);
    char expected[300];
    double unit[1];
    hw_factor_value low[1], high[1];
    hw_design_place place;
    hw_sweep_plan_values(&r.plan, 0, unit, low, &place);
    hw_sweep_plan_values(&r.plan, 1, unit, high, &place);
    snprintf(expected, sizeof expected, "part of its distribution, P1 to P99: %s to %s", hw_factor_words(low),
             hw_factor_words(high));
    end_reading(&r);
    static const char *const ending[] = {"grid: {steps: 2}", "morris: {trajectories: 1}"};
    for (int i = 0; i < 2; i++) {
        char body[200];
        snprintf(body, sizeof body, "design: {%s}\n" FACTOR, ending[i]);
        char *text = plan_in_words(body);
        assert_non_null(strstr(text, expected));
        free(text);
    }
    char *text = plan_in_words("design: {latin_hypercube: {points: 2}}\n" FACTOR);
    assert_non_null(strstr(text, "all of its distribution, P10 to P90: 0.03"));
    free(text);
}

static void test_points_of_a_table_are_run_as_they_stand(void **state) {
    (void)state;
    FILE *file = fopen("sweep-plan-points.csv", "w");
    assert_non_null(file);
    fputs("share,rule\n5 %,worst_first\n\"7 %\",weighted\n", file);
    fclose(file);
    reading r;
    read_plan(&r, "design: {points: {file: sweep-plan-points.csv}}\n"
                  "factors: {rule: {path: planning.rule}, share: {path: districts.Zangilan.undiscovered}}\n");
    assert_good(&r);
    assert_int_equal(r.plan.points, 2);
    hw_loaded loaded = {0};
    hw_outputs outputs;
    assert_int_equal(hw_sweep_plan_open(&r.plan, 1, &loaded, &outputs, &r.errors), HW_OK);
    assert_true(fabs(value_at(&loaded, "districts.Zangilan.undiscovered") - 0.07) < 1e-12);
    hw_outputs_free(&outputs);
    hw_load_free(&loaded);
    end_reading(&r);

    file = fopen("sweep-plan-points.csv", "w");
    assert_non_null(file);
    fputs("share,ruel\n5 km,worst_first\n", file);
    fclose(file);
    read_plan(&r, "design: {points: {file: sweep-plan-points.csv}}\n"
                  "factors: {rule: {path: planning.rule}, share: {path: districts.Zangilan.undiscovered}}\n");
    assert_int_equal(r.status, HW_ERROR_INPUT);
    char *text = hw_errors_text(&r.errors);
    assert_non_null(
        strstr(text, "sweep-plan-points.csv:1:7: there is no factor 'ruel'; did you mean 'rule'?"));
    free(text);
    end_reading(&r);
    unlink("sweep-plan-points.csv");
}

static void test_what_is_asked_and_only_that_is_in_the_digest(void **state) {
    (void)state;
    static const char *const bodies[] = {
        "design: {latin_hypercube: {points: 4}}\nfactors:\n  s: {path: districts.Zangilan.undiscovered}\n",
        "# a remark\ndesign: {latin_hypercube: {points: 4}}\nfactors:\n  s: {path: "
        "districts.Zangilan.undiscovered}\n",
        "design: {latin_hypercube: {points: 5}}\nfactors:\n  s: {path: districts.Zangilan.undiscovered}\n",
        "design: {latin_hypercube: {points: 4}}\nfactors:\n  s: {path: "
        "districts.Zangilan.undiscovered}\nseed: 2\n"};
    reading r[4];
    for (int i = 0; i < 4; i++) {
        read_plan(&r[i], bodies[i]);
        assert_good(&r[i]);
    }
    assert_string_equal(r[0].plan.digest, r[1].plan.digest);
    assert_string_not_equal(r[0].plan.digest, r[2].plan.digest);
    assert_string_not_equal(r[0].plan.digest, r[3].plan.digest);
    assert_string_equal(r[0].plan.question, r[2].plan.question);
    assert_string_not_equal(r[0].plan.question, r[3].plan.question);
    for (int i = 0; i < 4; i++) {
        end_reading(&r[i]);
    }
}

/* Law: the tables of scenarios and designs are sound: each default can be read and lies in its range. */
static void test_the_descriptor_tables_are_sound(void **state) {
    (void)state;
    hw_errors errors = {0};
    assert_int_equal(hw_schema_check(&hw_scenario_section, &errors), HW_OK);
    assert_int_equal(hw_schema_check(&hw_sweep_section, &errors), HW_OK);
    assert_int_equal(errors.count, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_descriptor_tables_are_sound),
        cmocka_unit_test(test_mistakes_are_told_where_they_stand),
        cmocka_unit_test(test_a_point_has_the_values_that_its_coordinates_say),
        cmocka_unit_test(test_a_factor_without_values_takes_the_scenarios_own_uncertainty),
        cmocka_unit_test(test_every_assumed_value_can_be_a_factor),
        cmocka_unit_test(test_an_entry_of_a_dated_series_is_a_factor_by_day_or_year),
        cmocka_unit_test(test_the_dry_run_tells_how_far_the_design_moves_a_distribution),
        cmocka_unit_test(test_points_of_a_table_are_run_as_they_stand),
        cmocka_unit_test(test_what_is_asked_and_only_that_is_in_the_digest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
