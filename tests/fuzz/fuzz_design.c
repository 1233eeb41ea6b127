/* Whatever a design of a sweep, its table of points and the settings laid over it say, it is refused with a
 * message, or makes a plan that is the same when it is read again, and all of whose points lie in the unit
 * cube and either open or say why they do not.
 *
 * Input: the design, which finds scenario.yaml beside it; then parts that begin with a line of their own:
 *   @points    points.csv, beside it
 *   @set       lines PATH=VALUE */
#define _GNU_SOURCE /* nftw, strsep */
#include "analysis/sweep/plan.h"
#include "analysis/tables/csv_read.h"
#include "tests/fuzz/fuzz.h"
#include <math.h>

static const char design_path[] = "design.yaml";
static const char points_path[] = "points.csv";
static const char scenario_path[] = "scenario.yaml";

/* The smallest scenario with a bit of everything that designs move. */
static const char scenario[] =
    "name: small\nstart: 2021-01-01\nhorizon: 2023-12-31\n"
    "layout: {polygon: 100 ha, block: 10 ha, parcel: 2 ha}\n"
    "climates: {none: {winter_lost: 0 days, heat_lost_dogs: 0 days, field_share: 1, weather_sd: 0}}\n"
    "settings: {fields: {hazard: battle, erw: {p10: 1 /ha, p50: 2 /ha, p90: 5 /ha, assumed: true}}}\n"
    "classes: {clean: {mined: 0, battle: 50 %, patchy: 0, believed_mined: 1 %, believed_battle: 50 %}}\n"
    "districts: {Here: {climate: none, undiscovered: {p10: 3 %, p50: 8 %, p90: 25 %, assumed: true}}}\n"
    "hazard_areas: {Field: {district: Here, class: clean, setting: fields, area: {p10: 8 ha, p50: 10 ha, "
    "p90: 20 ha}}}\n"
    "places: {Farm: {district: Here, must_release: [Field], population: 10}, Mill: {district: Here, "
    "must_release: [Field]}}\n"
    "operators: {Agency: {}}\n"
    "assets:\n"
    "  survey: {operator: Agency, method: non_technical_survey, teams: 1, on: 2021-01-01, standing: yes}\n"
    "  battle: {operator: Agency, method: battle_area, teams: 2, on: 2021-01-01, standing: yes}\n"
    "streams: {State: {kind: state, yearly: {2021: 5 MUSD, 2022: 6 MUSD}}}\n";

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc;
    (void)argv;
    fuzz_enter_folder();
    atexit(fuzz_leave_folder);
    fuzz_write_file(scenario_path, scenario, sizeof scenario - 1);
    return 0;
}

/* ---- Points ---- */

enum { POINTS_MOST = 12 };

static void check_point(const hw_sweep_plan *plan, uint64_t point) {
    double *unit = calloc(plan->factor_count, sizeof *unit);
    hw_factor_value *values = calloc(plan->factor_count, sizeof *values);
    hw_design_place place = {{0}};
    hw_sweep_plan_values(plan, point, unit, values, &place);
    for (uint32_t f = 0; f < plan->factor_count; f++) {
        if (plan->design->text == NULL && !(unit[f] >= 0 && unit[f] <= 1)) {
            fuzz_give_up("a point outside the unit cube", plan->factors[f].name);
        }
        if (hw_factor_words(&values[f]) == NULL) {
            fuzz_give_up("a value without words", plan->factors[f].name);
        }
    }
    free(unit);
    free(values);
    hw_loaded loaded = {0};
    hw_outputs outputs = {0};
    hw_errors errors = {0};
    hw_status status = hw_sweep_plan_open(plan, point, &loaded, &outputs, &errors);
    if ((status == HW_OK) != (errors.count == 0)) {
        fuzz_give_up("a point does not open and says nothing, or opens and complains", "");
    }
    hw_outputs_free(&outputs);
    hw_load_free(&loaded);
    hw_errors_free(&errors);
}

/* The first ones, and the last. */
static void check_points(const hw_sweep_plan *plan) {
    uint64_t most = plan->points < POINTS_MOST ? plan->points : POINTS_MOST;
    for (uint64_t p = 0; p < most; p++) {
        check_point(plan, p);
    }
    if (plan->points > 0) {
        check_point(plan, plan->points - 1);
    }
}

/* ---- Reading ---- */

enum { SETTINGS_MOST = 8 };

static uint32_t read_settings(char *text, hw_setting *settings) {
    uint32_t count = 0;
    for (char *line = NULL; count < SETTINGS_MOST && (line = strsep(&text, "\n")) != NULL;) {
        char *value = strchr(line, '=');
        if (value != NULL) {
            *value = '\0';
            settings[count++] = (hw_setting){line, value + 1};
        }
    }
    return count;
}

static void read_twice(const hw_setting *settings, uint32_t count) {
    hw_sweep_plan plan, again;
    hw_errors errors = {0};
    hw_errors errors_again = {0};
    hw_status status = hw_sweep_plan_read(&plan, design_path, settings, count, &errors);
    if ((status == HW_OK) != (errors.count == 0)) {
        fuzz_give_up("a design is refused without a message, or accepted with one", "");
    }
    if (status == HW_OK) {
        check_points(&plan);
        if (hw_sweep_plan_read(&again, design_path, settings, count, &errors_again) != HW_OK ||
            strcmp(plan.digest, again.digest) != 0 || plan.points != again.points) {
            fuzz_give_up("the same design read twice is another plan", "");
        }
        fuzz_accepted = true;
        hw_errors_free(&errors_again);
        hw_sweep_plan_free(&again);
    }
    char *messages = hw_errors_text(&errors);
    free(messages);
    hw_errors_free(&errors);
    hw_sweep_plan_free(&plan);
}

/* A table, whether a design names it or not. */
static void read_table(void) {
    hw_csv csv;
    hw_errors errors = {0};
    hw_status status = hw_csv_read(&csv, points_path, &errors);
    if ((status == HW_OK) != (errors.count == 0)) {
        fuzz_give_up("a table is refused without a message, or accepted with one", "");
    }
    size_t letters = 0;
    for (uint64_t c = 0; status == HW_OK && c < csv.rows * csv.columns; c++) {
        letters += strlen(csv.cells[c].text);
        if (csv.cells[c].line == 0) {
            fuzz_give_up("a cell is nowhere", csv.cells[c].text);
        }
    }
    (void)letters;
    hw_csv_free(&csv);
    hw_errors_free(&errors);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    fuzz_part parts[FUZZ_PARTS_MOST];
    hw_setting settings[SETTINGS_MOST];
    char *text = NULL;
    bool table = false;
    size_t count = fuzz_split(data, size, parts);
    fuzz_write_file(design_path, parts[0].bytes, parts[0].size);
    for (size_t i = 1; i < count; i++) {
        if (strcmp(parts[i].word, "points") == 0) {
            fuzz_write_file(points_path, parts[i].bytes, parts[i].size);
            table = true;
        } else if (strcmp(parts[i].word, "set") == 0) {
            free(text);
            text = strndup((const char *)parts[i].bytes, parts[i].size);
        }
    }
    if (table) {
        read_table();
    }
    read_twice(settings, text == NULL ? 0 : read_settings(text, settings));
    unlink(points_path);
    free(text);
    return 0;
}

#ifndef HW_FUZZ_MAIN
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed) {
    size_t changed = seed % 3 == 0 ? fuzz_change_number(data, size, most, seed / 3) : 0;
    return changed > 0 ? changed : LLVMFuzzerMutate(data, size, most);
}
#endif
