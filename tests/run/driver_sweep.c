/* A sweep over the toy model, for tests over several ranks: points differ in how far apart visits are
 * counted. usage: driver_sweep -o DIR [-P points] [-n replications] [-p pause] [-f fail_every] [-s seed] [-r]
 * [-R DIR] [-S seconds]
 *        [-K] [-b point] [-d digest] [-F largest file in bytes] [-u half width] */
#include "sim/run/sweep.h"
#include "tests/run/toy_model.h"
#include <getopt.h>
#include <sys/resource.h>

typedef struct toy_points {
    toy_scenario scenario;
    toy_layout layout;
    uint64_t seed, bad_point;
} toy_points;

static hw_status open_point(void *context, uint64_t point, hw_sweep_case *opened, char problem[200]) {
    toy_points *points = context;
    if (point == points->bad_point) {
        snprintf(problem, 200, "point %llu was asked to be impossible", (unsigned long long)point);
        return HW_ERROR_INPUT;
    }
    *opened = (hw_sweep_case){
        .model = &toy_model, .scenario = &points->scenario, .outcome_bytes = points->layout.layout.bytes};
    /* By what a point is, not by its number: half a point's replications would be another question. */
    memcpy(opened->key, &point, sizeof point);
    memcpy(opened->key + sizeof point, &points->seed, sizeof points->seed);
    opened->own = malloc(sizeof point);
    memcpy(opened->own, &point, sizeof point);
    return HW_OK;
}

static void close_point(void *context, hw_sweep_case *opened) {
    (void)context;
    free(opened->own);
}

/* Values: three days, of which some never come; a count. */
static void measure(void *context, const hw_sweep_case *opened, const unsigned char *outcome,
                    double *values) {
    toy_points *points = context;
    uint64_t point = 0;
    int32_t steps = 0;
    memcpy(&point, opened->own, sizeof point);
    memcpy(values, outcome + points->layout.variables[TOY_RELEASE].offset, TOY_SITES * sizeof *values);
    memcpy(&steps, outcome + points->layout.variables[TOY_STEPS].offset, sizeof steps);
    for (int s = 0; s < TOY_SITES; s++) {
        values[s] = values[s] < 390.0 - 10.0 * (double)point ? values[s] : (double)NAN;
    }
    values[TOY_SITES] = steps + 100.0 * (double)point;
}

static void locate(void *context, uint64_t point, double *numbers, const char **texts, double *unit) {
    (void)context;
    static char word[32];
    snprintf(word, sizeof word, "word %llu", (unsigned long long)point % 3);
    texts[0] = "toy";
    numbers[1] = (double)point;
    texts[2] = word;
    unit[0] = (double)point / 100.0;
    unit[1] = 0.5;
}

static const hw_sweep_coordinate coordinates[] = {
    {"scenario", "scenario", NULL}, {"lateness", "how late", "days"}, {"word", "a word", NULL}};
static const hw_sweep_factor factors[] = {{"lateness", "toy.lateness", "days", true, NULL},
                                          {"word", "toy.word", "1", false, NULL}};
static const char *const labels[] = {"toy"};
static const char *const resolved[] = {"sites: 3\n"};
static const double by[] = {150.0, 300.0};

static const hw_axis axes[] = {
    {.name = "site", .long_name = "named site", .length = TOY_SITES, .labels = toy_sites}};
static hw_variable variables[] = {{.name = "release",
                                   .long_name = "day of the last visit",
                                   .units = "days since 2020-11-10",
                                   .missing = "never",
                                   .type = HW_F64,
                                   .rank = 1},
                                  {.name = "steps", .long_name = "events", .units = "1", .type = HW_F64}};

/* For sweeps to precision: was the first site visited after day 300, or not at all? */
static bool late(const void *context, const unsigned char *row) {
    (void)context;
    double day = 0.0;
    memcpy(&day, row, sizeof day);
    return !(day <= 300.0);
}

typedef struct wishes {
    hw_sweep sweep;
    toy_points points;
    hw_stop_rule stop;
    const char *reuse[4];
} wishes;

static bool read_wishes(wishes *w, int argc, char **argv) {
    for (int option; (option = getopt(argc, argv, "o:P:n:p:f:s:rR:S:Kb:d:F:au:")) != -1;) {
        switch (option) {
        case 'o':
            w->sweep.folder = optarg;
            break;
        case 'P':
            w->sweep.points = strtoull(optarg, NULL, 10);
            break;
        case 'n':
            w->sweep.replications = strtoull(optarg, NULL, 10);
            break;
        case 'p':
            w->points.scenario.pause_seconds = strtod(optarg, NULL);
            break;
        case 'f':
            w->points.scenario.fail_every = strtoull(optarg, NULL, 10);
            break;
        case 's':
            w->sweep.seed = w->points.seed = strtoull(optarg, NULL, 10);
            break;
        case 'a':
            w->sweep.anyway = true;
            break;
        case 'r':
            w->sweep.resume = true;
            break;
        case 'R':
            w->reuse[w->sweep.reuse_count++ % 4] = optarg;
            break;
        case 'S':
            w->sweep.stop_after = strtod(optarg, NULL);
            break;
        case 'K':
            w->sweep.keep_outcomes = true;
            break;
        case 'b':
            w->points.bad_point = strtoull(optarg, NULL, 10);
            break;
        case 'F': {
            /* Only now: MPI's own files are larger. */
            const struct rlimit limit = {strtoull(optarg, NULL, 10), RLIM_INFINITY};
            setrlimit(RLIMIT_FSIZE, &limit);
            break;
        }
        case 'u':
            w->stop = (hw_stop_rule){.happened = late, .half_width = strtod(optarg, NULL)};
            w->sweep.stop = &w->stop;
            break;
        case 'd':
            w->sweep.digest = optarg;
            break;
        default:
            return false;
        }
    }
    return w->sweep.folder != NULL;
}

int main(int argc, char **argv) {
    hw_ranks_start(&argc, &argv);
    hw_record_layout values = {.axes = axes, .axis_count = 1, .variables = variables, .variable_count = 2};
    hw_record_lay_out(&values);
    wishes w = {.sweep = {.title = "Toy sweep",
                          .design = "grid",
                          .file = "name: Toy sweep\n",
                          .version = "0.0-test",
                          .model = &toy_model,
                          .digest = "0123",
                          .seed = 7,
                          .points = 12,
                          .replications = 50,
                          .progress = HW_PROGRESS_NONE},
                .points = {.scenario = {.ledger_length = 4}, .seed = 7, .bad_point = UINT64_MAX}};
    if (!read_wishes(&w, argc, argv)) {
        hw_ranks_abort(2);
    }
    toy_layout_make(&w.points.layout, &w.points.scenario);
    w.sweep.shape = hw_sweep_shape_of(&values, by, 2);
    w.sweep.reuse = w.reuse;
    w.sweep.source = (hw_sweep_source){.context = &w.points,
                                       .open = open_point,
                                       .close = close_point,
                                       .measure = measure,
                                       .coordinates = coordinates,
                                       .coordinate_count = 3,
                                       .factors = factors,
                                       .factor_count = 2,
                                       .locate = locate,
                                       .labels = labels,
                                       .resolved = resolved,
                                       .scenario_count = 1};
    hw_sweep_report report;
    hw_errors errors = {0};
    hw_status status = hw_sweep_run(&w.sweep, &report, &errors);
    if (hw_rank() == 0) {
        printf("finished=%llu found=%llu reused=%llu whole=%llu failed=%llu problems=%llu damaged=%llu "
               "complete=%d\n",
               (unsigned long long)report.finished, (unsigned long long)report.found,
               (unsigned long long)report.reused, (unsigned long long)report.reused_points,
               (unsigned long long)report.failed, (unsigned long long)report.problems,
               (unsigned long long)report.damaged, report.complete);
        fflush(stdout);
        char *text = hw_errors_text(&errors);
        fputs(text != NULL ? text : "", stderr);
        free(text);
    }
    hw_errors_free(&errors);
    toy_layout_free(&w.points.layout);
    hw_ranks_end();
    return hw_status_exit_code(status);
}
