/* Reads what a decision is for, and asks worlds for it. */
#include "analysis/decide/measure.h"
#include "analysis/base/memory.h"
#include "sim/date.h"
#include "sim/length.h"
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *words, *title, *units;
    bool dated, named, event, fewer;
} measures[] = {
    [HW_MEASURE_PEOPLE] = {.words = "people by ", .title = "people home", .units = "persons", .dated = true},
    [HW_MEASURE_LAND] = {.words = "land by ", .title = "land released", .units = "km2", .dated = true},
    [HW_MEASURE_PERSON_YEARS] = {.words = "person-years",
                                 .title = "person-years at home until the horizon",
                                 .units = "person-years"},
    [HW_MEASURE_VICTIMS] = {.words = "victims",
                            .title = "victims until the horizon",
                            .units = "persons",
                            .fewer = true},
    [HW_MEASURE_WORST] = {.words = "days of the worst place",
                          .title = "days until the last place is released",
                          .units = "days",
                          .fewer = true},
    [HW_MEASURE_DAYS] =
        {.words = "days of ", .title = "days until release", .units = "days", .named = true, .fewer = true},
    [HW_MEASURE_ALL] = {.words = "p(all of ",
                        .title = "probability of release of",
                        .units = "points",
                        .event = true},
    [HW_MEASURE_CHANCE] = {.words = "p(",
                           .title = "probability of release",
                           .units = "points",
                           .event = true},
    [HW_MEASURE_SUM] = {.units = "in all"},
};

/* The words behind the beginning of a kind; NULL: it is another. */
static const char *behind(hw_measure_kind kind, const char *text) {
    size_t length = strlen(measures[kind].words);
    bool begins = strncmp(text, measures[kind].words, length) == 0;
    bool whole = !measures[kind].dated && !measures[kind].named && !measures[kind].event;
    return begins && (!whole || text[length] == '\0') ? text + length : NULL;
}

/* "all of A, B" as the places A and B. */
static void read_list(hw_measure *measure) {
    const char *name = measure->event.name + strlen("all of ");
    while (name != NULL) {
        const char *next = strstr(name, ", ");
        int length = next != NULL ? (int)(next - name) : (int)strlen(name);
        measure->all = hw_take_again(measure->all, measure->count + 1, sizeof *measure->all);
        measure->all[measure->count++] =
            (hw_aim){.name = hw_take_text("%.*s", length, name), .by = measure->event.by};
        name = next != NULL ? next + 2 : NULL;
    }
    free(measure->event.name);
    measure->event.name = NULL;
}

static bool read_event(hw_measure *measure, const char *text) {
    char date[16];
    const char *end = hw_aim_read_event(&measure->event, text);
    if (end == NULL || *end != '\0') {
        return false;
    }
    measure->title = hw_take_text("%s%s%s by %s", measures[measure->kind].title,
                                  measure->kind == HW_MEASURE_ALL ? " " : ", ", measure->event.name,
                                  hw_date_print(measure->event.by, date));
    if (measure->kind == HW_MEASURE_ALL) {
        read_list(measure);
    }
    return true;
}

static bool read_one(hw_measure *measure, const char *text) {
    for (uint32_t kind = 0; kind < HW_MEASURE_SUM; kind++) {
        const char *rest = behind((hw_measure_kind)kind, text);
        if (rest == NULL) {
            continue;
        }
        measure->kind = (hw_measure_kind)kind;
        if (measures[kind].event) {
            return read_event(measure, text);
        }
        if (measures[kind].dated) {
            bool good = hw_date_parse(rest, &measure->event.by);
            measure->title = hw_take_text("%s by %s", measures[kind].title, rest);
            return good;
        }
        measure->event.name = measures[kind].named ? hw_take_text("%s", rest) : NULL;
        measure->title = hw_take_text("%s%s%s", measures[kind].title, measures[kind].named ? ", " : "",
                                      measures[kind].named ? rest : "");
        return true;
    }
    return false;
}

/* A part of a sum: "2 * victims", or without a weight. */
static bool read_part(hw_measure *sum, const char *text) {
    sum->parts = hw_take_again(sum->parts, sum->count + 1, sizeof *sum->parts);
    sum->weights = hw_take_again(sum->weights, sum->count + 1, sizeof *sum->weights);
    char *end = NULL;
    double weight = strtod(text, &end);
    bool weighed = end != text && strncmp(end, " * ", 3) == 0;
    sum->weights[sum->count] = weighed ? weight : 1;
    sum->parts[sum->count] = (hw_measure){0};
    return read_one(&sum->parts[sum->count++], weighed ? end + 3 : text) &&
           (!weighed || (weight > 0 && isfinite(weight)));
}

static bool read_sum(hw_measure *measure, const char *text) {
    static const char plus[] = " + ";
    measure->kind = HW_MEASURE_SUM;
    measure->title = hw_take_text("%s", text);
    bool good = true;
    for (const char *part = text; part != NULL && good;) {
        const char *next = strstr(part, plus);
        char *one = hw_take_text("%.*s", next != NULL ? (int)(next - part) : (int)strlen(part), part);
        good = read_part(measure, one);
        free(one);
        part = next != NULL ? next + strlen(plus) : NULL;
    }
    return good;
}

hw_status hw_measure_read(hw_measure *measure, const char *option, const char *text, hw_errors *errors) {
    *measure = (hw_measure){0};
    bool sum = strstr(text, " * ") != NULL || strstr(text, " + ") != NULL;
    if (sum && read_sum(measure, text)) {
        return HW_OK;
    }
    hw_measure_free(measure);
    if (read_one(measure, text)) { /* a name may have a plus in it */
        return HW_OK;
    }
    hw_errors_say(errors,
                  "--%s is 'people by YYYY-MM-DD', 'land by YYYY-MM-DD', 'person-years', 'victims', 'days of "
                  "PLACE', 'days of the worst place', 'p(PLACE by YYYY-MM-DD)', 'p(all of A, B by "
                  "YYYY-MM-DD)', or a sum of these, 'N * ... + M * ...', not '%s'",
                  option, text);
    return HW_ERROR_INPUT;
}

void hw_measure_free(hw_measure *measure) {
    for (uint32_t i = 0; i < measure->count && measure->all != NULL; i++) {
        free(measure->all[i].name);
    }
    for (uint32_t i = 0; i < measure->count && measure->parts != NULL; i++) {
        hw_measure_free(&measure->parts[i]);
    }
    free(measure->all);
    free(measure->parts);
    free(measure->weights);
    free(measure->event.name);
    free(measure->title);
    *measure = (hw_measure){0};
}

hw_status hw_measure_look(hw_measure *measure, const hw_outcomes *outcomes, hw_errors *errors) {
    hw_aim *event = &measure->event;
    hw_status worst = HW_OK;
    for (uint32_t i = 0; i < measure->count; i++) {
        hw_status status = measure->all != NULL ? hw_aim_look(&measure->all[i], outcomes, errors)
                                                : hw_measure_look(&measure->parts[i], outcomes, errors);
        worst = status > worst ? status : worst;
    }
    if (measure->count > 0) {
        return worst;
    }
    if (measure->kind == HW_MEASURE_WORST && hw_record_find(outcomes->layout, "place_release_day") == NULL) {
        hw_errors_say(errors, "the scenario has no places, and none that is released last");
        return HW_ERROR_INPUT;
    }
    if (!measures[measure->kind].dated && measure->kind != HW_MEASURE_CHANCE) {
        event->by = outcomes->horizon; /* there is no other day to check */
    }
    if (event->name != NULL) {
        return hw_aim_look(event, outcomes, errors);
    }
    if (event->by < outcomes->start || event->by > outcomes->horizon) {
        char date[16], start[16], horizon[16];
        hw_errors_say(errors, "%s is outside what is simulated, %s to %s", hw_date_print(event->by, date),
                      hw_date_print(outcomes->start, start), hw_date_print(outcomes->horizon, horizon));
        return HW_ERROR_INPUT;
    }
    return HW_OK;
}

double hw_measure_sign(const hw_measure *measure) {
    return measures[measure->kind].fewer ? -1 : 1;
}

const char *hw_measure_units(const hw_measure *measure) {
    return measures[measure->kind].units;
}

/* ---- Worlds ---- */

/* A variable of all good replications. */
typedef struct table {
    const hw_outcomes *outcomes;
    const hw_variable *variable;
    double *values;
} table;

static bool open_table(table *t, const hw_outcomes *outcomes, const char *name, hw_errors *errors) {
    *t = (table){.outcomes = outcomes, .variable = hw_record_find(outcomes->layout, name)};
    if (t->variable == NULL || outcomes->read == NULL) {
        hw_errors_say(errors, "the results have no %s of each replication", name);
        return false;
    }
    t->values = outcomes->read(outcomes->source, name, errors);
    return t->values != NULL;
}

static const hw_axis *axis_of(const table *t, uint32_t number) {
    return &t->outcomes->layout->axes[t->variable->axis[number]];
}

static const double *of_world(const table *t, uint64_t world) {
    return t->values + world * t->variable->count;
}

/* How many months have ended by a day; the table is month by month. */
static uint32_t months_ended(const table *t, int64_t day) {
    const hw_axis *months = axis_of(t, 0);
    uint32_t ended = 0;
    while (ended < months->length && hw_outcomes_last_day(t->outcomes, months->values[ended]) <= day) {
        ended++;
    }
    return ended;
}

static double people(const table *t, const double *world, int64_t by) {
    uint32_t ended = months_ended(t, by);
    return ended > 0 ? world[ended - 1] : 0;
}

static double person_years(const table *t, const double *world, int64_t by) {
    (void)by;
    const hw_axis *months = axis_of(t, 0);
    double sum = 0, before = 0;
    for (uint32_t m = 0; m < months->length; m++) {
        double end = months->values[m] + 1; /* of the month's last day */
        sum += world[m] * (end - before) / 365.25;
        before = end;
    }
    return sum;
}

/* Every ledger but what remains suspected, km2. */
static double land(const table *t, const double *world, int64_t by) {
    const hw_axis *ledgers = axis_of(t, 1);
    uint32_t ended = months_ended(t, by), remaining = hw_axis_find(ledgers, "remaining");
    double sum = 0;
    for (uint32_t i = 0; ended > 0 && i < ledgers->length; i++) {
        sum += i != remaining ? 1e-6 * world[(size_t)(ended - 1) * ledgers->length + i] : 0;
    }
    return sum;
}

static double fewer_victims(const table *t, const double *world, int64_t by) {
    (void)by;
    size_t kinds = axis_of(t, 1)->length, last = axis_of(t, 0)->length - 1;
    double sum = 0;
    for (size_t k = 0; k < kinds; k++) {
        sum += world[last * kinds + k];
    }
    return -sum;
}

static double all_but_building(const table *t, const double *world, int64_t by) {
    (void)by;
    const hw_axis *purposes = axis_of(t, 0), *years = axis_of(t, 1);
    double sum = 0;
    for (uint32_t p = 0; p < purposes->length; p++) {
        for (uint32_t y = 0; strcmp(purposes->labels[p], "building") != 0 && y < years->length; y++) {
            sum += world[(size_t)p * years->length + y];
        }
    }
    return sum;
}

typedef double (*of_table)(const table *t, const double *world, int64_t by);

static hw_status take(const hw_outcomes *outcomes, const char *name, of_table view, int64_t by, double *each,
                      hw_errors *errors) {
    table t;
    bool read_it = open_table(&t, outcomes, name, errors);
    for (uint64_t r = 0; read_it && r < outcomes->count; r++) {
        each[r] = view(&t, of_world(&t, r), by);
    }
    free(t.values);
    return read_it ? HW_OK : HW_ERROR_IO;
}

static hw_status take_days(const hw_measure *measure, const hw_outcomes *outcomes, double *each,
                           hw_errors *errors) {
    table t;
    bool read_it = open_table(
        &t, outcomes, measure->event.of_district ? "district_completion_day" : "place_release_day", errors);
    for (uint64_t r = 0; read_it && r < outcomes->count; r++) {
        assert(measure->event.position < t.variable->count);
        double day = of_world(&t, r)[measure->event.position];
        each[r] = -(isnan(day) ? (double)(outcomes->horizon + 1 - outcomes->start) : day);
    }
    free(t.values);
    return read_it ? HW_OK : HW_ERROR_IO;
}

static hw_status take_worst(const hw_outcomes *outcomes, double *each, hw_errors *errors) {
    table t;
    bool read_it = open_table(&t, outcomes, "place_release_day", errors);
    for (uint64_t r = 0; read_it && r < outcomes->count; r++) {
        double last = 0;
        for (uint32_t p = 0; p < t.variable->count; p++) {
            double day = of_world(&t, r)[p];
            last = fmax(last, isnan(day) ? (double)(outcomes->horizon + 1 - outcomes->start) : day);
        }
        each[r] = -last;
    }
    free(t.values);
    return read_it ? HW_OK : HW_ERROR_IO;
}

static hw_status take_all(const hw_measure *measure, const hw_outcomes *outcomes, double *each,
                          hw_errors *errors) {
    bool *met = hw_take(outcomes->count, sizeof *met), read_it = true;
    for (uint64_t r = 0; r < outcomes->count; r++) {
        each[r] = 100;
    }
    for (uint32_t i = 0; i < measure->count && read_it; i++) {
        read_it = hw_aim_met(&measure->all[i], outcomes, met, errors);
        for (uint64_t r = 0; read_it && r < outcomes->count; r++) {
            each[r] = met[r] ? each[r] : 0;
        }
    }
    free(met);
    return read_it ? HW_OK : HW_ERROR_IO;
}

static hw_status take_sum(const hw_measure *measure, const hw_outcomes *outcomes, double *each,
                          hw_errors *errors) {
    double *part = hw_take(outcomes->count, sizeof *part);
    hw_status status = HW_OK;
    for (uint64_t r = 0; r < outcomes->count; r++) {
        each[r] = 0;
    }
    for (uint32_t i = 0; i < measure->count && status == HW_OK; i++) {
        status = hw_measure_worlds(&measure->parts[i], outcomes, part, errors);
        for (uint64_t r = 0; status == HW_OK && r < outcomes->count; r++) {
            each[r] += measure->weights[i] * part[r];
        }
    }
    free(part);
    return status;
}

static hw_status take_chance(const hw_measure *measure, const hw_outcomes *outcomes, double *each,
                             hw_errors *errors) {
    bool *met = hw_take(outcomes->count, sizeof *met);
    bool read_it = hw_aim_met(&measure->event, outcomes, met, errors);
    for (uint64_t r = 0; read_it && r < outcomes->count; r++) {
        each[r] = met[r] ? 100 : 0;
    }
    free(met);
    return read_it ? HW_OK : HW_ERROR_IO;
}

/* Of a measure that has been looked up in these outcomes. */
static hw_status take_kind(const hw_measure *measure, const hw_outcomes *outcomes, double *each,
                           hw_errors *errors) {
    int64_t by = measure->event.by;
    switch (measure->kind) {
    case HW_MEASURE_PEOPLE:
        return take(outcomes, "people_back", people, by, each, errors);
    case HW_MEASURE_LAND:
        return take(outcomes, "ledger_m2", land, by, each, errors);
    case HW_MEASURE_PERSON_YEARS:
        return take(outcomes, "people_back", person_years, by, each, errors);
    case HW_MEASURE_VICTIMS:
        return take(outcomes, "victims", fewer_victims, by, each, errors);
    case HW_MEASURE_DAYS:
        return take_days(measure, outcomes, each, errors);
    case HW_MEASURE_CHANCE:
        return take_chance(measure, outcomes, each, errors);
    case HW_MEASURE_WORST:
        return take_worst(outcomes, each, errors);
    case HW_MEASURE_ALL:
        return take_all(measure, outcomes, each, errors);
    case HW_MEASURE_SUM:
        return take_sum(measure, outcomes, each, errors);
    }
    return HW_ERROR_INPUT;
}

hw_status hw_measure_worlds(const hw_measure *measure, const hw_outcomes *outcomes, double *each,
                            hw_errors *errors) {
    hw_measure here = *measure; /* a place may stand elsewhere in another scenario */
    hw_status status = here.count > 0 ? HW_OK : hw_measure_look(&here, outcomes, errors);
    return status == HW_OK ? take_kind(&here, outcomes, each, errors) : status;
}

hw_status hw_measure_look_in_all(hw_measure *measure, const hw_study *study, hw_errors *errors) {
    for (uint32_t p = study->count; p-- > 0;) { /* the first one is looked up last, and stays */
        const hw_loaded *loaded = &study->parts[p].loaded;
        const hw_outcomes shape = {
            .layout = loaded->layout, .start = loaded->start, .horizon = loaded->horizon};
        if (hw_measure_look(measure, &shape, errors) != HW_OK) {
            if (study->count > 1) {
                hw_errors_say(errors, "this is asked of every scenario, also of %s", study->parts[p].name);
            }
            return HW_ERROR_INPUT;
        }
    }
    return HW_OK;
}

hw_status hw_measure_spending(const hw_outcomes *outcomes, double *each, hw_errors *errors) {
    return take(outcomes, "purpose_spent_usd", all_but_building, 0, each, errors);
}

hw_status hw_measure_benefits(const hw_measure *measure, double price, const hw_outcomes *outcomes,
                              double *each, hw_errors *errors) {
    hw_status status = hw_measure_worlds(measure, outcomes, each, errors);
    if (status != HW_OK || !(price > 0)) {
        return status;
    }
    double *spent = hw_take(outcomes->count, sizeof *spent);
    status = hw_measure_spending(outcomes, spent, errors);
    for (uint64_t r = 0; r < outcomes->count; r++) {
        each[r] = 1e-6 * (price * each[r] - spent[r]);
    }
    free(spent);
    return status;
}

double hw_measure_read_price(const char *text, hw_errors *errors) {
    char *end = NULL;
    double price = text != NULL ? strtod(text, &end) : 0;
    if (text != NULL && (end == text || *end != '\0' || !(price > 0) || !isfinite(price))) {
        hw_errors_say(errors, "--price is a number of dollars above 0, not '%s'", text);
        return 0;
    }
    return price;
}
