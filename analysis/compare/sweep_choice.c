/* Reads which points of a sweep are meant, by number or by values of factors. */
#include "analysis/compare/sweep_choice.h"
#include "analysis/base/memory.h"
#include "sim/date.h"
#include "sim/input/units.h"
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SCENARIO = UINT32_MAX };

/* "rule=worst_first": a factor, or SCENARIO, and what it must be. */
typedef struct condition {
    uint32_t factor;
    char *text;
    double number; /* of a factor that has numbers */
} condition;

typedef struct question {
    const hw_sweep_sample *sample;
    const char *option;
    condition *conditions;
    uint32_t count;
} question;

/* ---- Reading ---- */

static char *trimmed(const char *from, size_t length) {
    while (length > 0 && (*from == ' ' || *from == '\t')) {
        from++;
        length--;
    }
    while (length > 0 && (from[length - 1] == ' ' || from[length - 1] == '\t')) {
        length--;
    }
    return hw_take_text("%.*s", (int)length, from);
}

/* The end of "factor=value": at a comma behind which another "name=" follows, for values may hold commas. */
static size_t condition_length(const char *text) {
    size_t length = strcspn(text, ",");
    while (text[length] == ',') {
        size_t next = strcspn(text + length + 1, ",=");
        if (text[length + 1 + next] == '=') {
            break;
        }
        length += 1 + next;
    }
    return length;
}

static hw_status refuse_name(const question *q, const char *name, hw_errors *errors) {
    const hw_sweep_sample *s = q->sample;
    const char **names = hw_take(s->factors.count + 1, sizeof *names);
    char *known = hw_take_text("scenario");
    names[s->factors.count] = "scenario";
    for (uint32_t f = 0; f < s->factors.count; f++) {
        names[f] = s->factors.info[f].name;
        char *more = hw_take_text("%s, %s", known, names[f]);
        free(known);
        known = more;
    }
    const char *nearest = hw_nearest_name(name, names, s->factors.count + 1);
    if (nearest != NULL) {
        hw_errors_say(errors, "%s: '%s' is no factor of this sweep; did you mean '%s'?", q->option, name,
                      nearest);
    } else {
        hw_errors_say(errors,
                      "%s: expected the number of a point, or values of factors, FACTOR=VALUE,... of %s; "
                      "found '%s'",
                      q->option, known, name);
    }
    free(known);
    free(names);
    return HW_ERROR_INPUT;
}

/* In the unit of its dimension; a share also in per cent. */
static bool parse_quantity(const char *text, const char *held, double *number) {
    char problem[HW_UNIT_PROBLEM_BYTES];
    hw_quantity quantity;
    for (int d = 0; d < HW_DIM_COUNT_OF_DIMENSIONS; d++) {
        bool same = strcmp(hw_dimension_held((hw_dimension)d), held) == 0;
        if ((same || (!*held && d == HW_DIM_SHARE)) &&
            hw_quantity_parse(text, (hw_dimension)d, NULL, &quantity, problem)) {
            *number = quantity.value;
            return true;
        }
    }
    return false;
}

static bool parse_number(const hw_sweep_factor_info *factor, const char *text, double *number) {
    int64_t day;
    char *end = NULL;
    if (hw_sweep_sample_is_date(factor) && hw_date_parse(text, &day)) {
        *number = (double)day;
        return true;
    }
    *number = strtod(text, &end);
    if (end != text && *end == '\0' && isfinite(*number)) {
        return true;
    }
    return parse_quantity(text, hw_sweep_sample_units(factor), number);
}

static hw_status add_condition(question *q, const char *name, char *value, hw_errors *errors) {
    const hw_sweep_sample *s = q->sample;
    condition found = {.factor = SCENARIO, .text = value};
    uint32_t f = 0;
    while (f < s->factors.count && strcmp(s->factors.info[f].name, name) != 0) {
        f++;
    }
    if (f < s->factors.count) {
        found.factor = f;
    }
    q->conditions = hw_take_again(q->conditions, q->count + 1, sizeof *q->conditions);
    q->conditions[q->count++] = found;
    if (f == s->factors.count) {
        return strcmp(name, "scenario") == 0 ? HW_OK : refuse_name(q, name, errors);
    }
    if (s->factors.numbers[f] != NULL &&
        !parse_number(&s->factors.info[f], value, &q->conditions[q->count - 1].number)) {
        const char *units = hw_sweep_sample_units(&s->factors.info[f]);
        hw_errors_say(errors, "%s: '%s' is no value of %s%s%s%s", q->option, value, name, *units ? " (" : "",
                      units, *units ? ")" : "");
        return HW_ERROR_INPUT;
    }
    return HW_OK;
}

static hw_status read_conditions(question *q, const char *text, hw_errors *errors) {
    hw_status worst = HW_OK;
    for (;;) {
        size_t length = condition_length(text), left = strcspn(text, "=");
        bool assigns = left < length;
        char *name = trimmed(text, assigns ? left : length);
        if (assigns) {
            hw_status status = add_condition(q, name, trimmed(text + left + 1, length - left - 1), errors);
            worst = status != HW_OK ? status : worst;
        } else {
            worst = refuse_name(q, name, errors);
        }
        free(name);
        if (text[length] == '\0') {
            return worst;
        }
        text += length + 1;
    }
}

/* ---- Matching ---- */

static bool meets(const question *q, const condition *wanted, uint64_t point, double tolerance) {
    const hw_sweep_sample *s = q->sample;
    if (wanted->factor == SCENARIO) {
        return strcmp(s->scenario[point], wanted->text) == 0;
    }
    if (s->factors.words[wanted->factor] != NULL) {
        return strcmp(s->factors.words[wanted->factor][point], wanted->text) == 0;
    }
    double a = s->factors.numbers[wanted->factor][point], b = wanted->number;
    return fabs(a - b) <= tolerance * fmax(fabs(a), fabs(b));
}

static uint64_t mark(const question *q, double tolerance, bool *chosen) {
    uint64_t marked = 0;
    for (uint64_t point = 0; point < q->sample->about->points; point++) {
        bool all = true;
        for (uint32_t i = 0; i < q->count && all; i++) {
            all = meets(q, &q->conditions[i], point, tolerance);
        }
        chosen[point] = chosen[point] || all;
        marked += all;
    }
    return marked;
}

static char *condition_value(const question *q, const condition *wanted, uint64_t point) {
    return wanted->factor == SCENARIO ? hw_take_text("%s", q->sample->scenario[point])
                                      : hw_sweep_sample_value(q->sample, wanted->factor, point);
}

/* "rule has worst_first, nearest_release": the first few different values of a factor that no point meets. */
static bool tell_values(const question *q, const condition *wanted, hw_errors *errors) {
    enum { MOST_TOLD = 8 };
    const hw_sweep_sample *s = q->sample;
    char *told[MOST_TOLD];
    uint32_t count = 0;
    bool more = false, met = false;
    for (uint64_t point = 0; point < s->about->points && !more && !met; point++) {
        met = meets(q, wanted, point, 5e-4);
        char *value = condition_value(q, wanted, point);
        bool known = false;
        for (uint32_t i = 0; i < count && !known; i++) {
            known = strcmp(told[i], value) == 0;
        }
        more = !known && count == MOST_TOLD;
        if (known || more) {
            free(value);
        } else {
            told[count++] = value;
        }
    }
    for (uint64_t point = 0; point < s->about->points && !met; point++) {
        met = meets(q, wanted, point, 5e-4);
    }
    char *list = hw_take_text("%s", "");
    for (uint32_t i = 0; i < count; i++) {
        char *longer = hw_take_text("%s%s%s", list, i ? ", " : "", told[i]);
        free(list);
        free(told[i]);
        list = longer;
    }
    if (!met) {
        hw_errors_say(errors, "%s: no point has %s=%s; there %s %s%s", q->option,
                      wanted->factor == SCENARIO ? "scenario" : s->factors.info[wanted->factor].name,
                      wanted->text, count == 1 ? "is" : "are", list, more ? ", ..." : "");
    }
    free(list);
    return !met;
}

static hw_status refuse_values(const question *q, hw_errors *errors) {
    bool told = false;
    for (uint32_t i = 0; i < q->count; i++) {
        told = tell_values(q, &q->conditions[i], errors) || told;
    }
    if (!told) {
        hw_errors_say(errors, "%s: there are points with each of these values, but none with all of them",
                      q->option);
    }
    return HW_ERROR_INPUT;
}

static hw_status choose_number(const question *q, const char *text, bool *chosen, hw_errors *errors) {
    uint64_t points = q->sample->about->points, point = strtoull(text, NULL, 10);
    if (strlen(text) > 18 || point >= points) {
        hw_errors_say(errors, "%s: there is no point %s; points go from 0 to %" PRIu64, q->option, text,
                      points - 1);
        return HW_ERROR_INPUT;
    }
    chosen[point] = true;
    return HW_OK;
}

hw_status hw_sweep_choose(const hw_sweep_sample *sample, const char *text, const char *option, bool *chosen,
                          hw_errors *errors) {
    static const double exact = 1e-9, as_shown = 5e-4;
    question q = {.sample = sample, .option = option};
    if (*text && strspn(text, "0123456789") == strlen(text)) {
        return choose_number(&q, text, chosen, errors);
    }
    hw_status status = read_conditions(&q, text, errors);
    if (status == HW_OK && mark(&q, exact, chosen) == 0 && mark(&q, as_shown, chosen) == 0) {
        status = refuse_values(&q, errors);
    }
    for (uint32_t i = 0; i < q.count; i++) {
        free(q.conditions[i].text);
    }
    free(q.conditions);
    return status;
}
