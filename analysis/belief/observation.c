/* One observation from its columns: quantity, scope, span, value and error are checked and put into held
 * units. */
#include "analysis/base/memory.h"
#include "analysis/belief/parts.h"
#include "sim/date.h"
#include "sim/input/reader.h"
#include "sim/length.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const hw_fact_column_names[HW_FACT_COLUMNS] = {
    [HW_FACT_NAME] = "name",
    [HW_FACT_QUANTITY] = "quantity",
    [HW_FACT_SCOPE + HW_SCOPE_OF] = "of",
    [HW_FACT_SCOPE + HW_SCOPE_DISTRICT] = "district",
    [HW_FACT_SCOPE + HW_SCOPE_PLACE] = "place",
    [HW_FACT_SCOPE + HW_SCOPE_OPERATOR] = "operator",
    [HW_FACT_SCOPE + HW_SCOPE_STREAM] = "stream",
    [HW_FACT_SCOPE + HW_SCOPE_PURPOSE] = "purpose",
    [HW_FACT_FROM] = "from",
    [HW_FACT_TO] = "to",
    [HW_FACT_VALUE] = "value",
    [HW_FACT_AT_LEAST] = "at_least",
    [HW_FACT_AT_MOST] = "at_most",
    [HW_FACT_ERROR] = "error",
    [HW_FACT_ROUNDED_TO] = "rounded_to",
    [HW_FACT_CONFIDENCE] = "confidence",
    [HW_FACT_PLAN] = "plan",
    [HW_FACT_KNOWN_BY] = "known_by",
    [HW_FACT_SOURCE] = "source",
    [HW_FACT_NOTE] = "note",
    [HW_FACT_NOT_MODELLED] = "not_modelled",
};

/* Errors of official figures, where a fact does not say its own: shares of a value, and days of a date. They
 * are what a figure may be off as a measure of what the model counts, and an assumption. */
typedef struct confidence {
    const char *word;
    double share, days;
} confidence;

static const confidence words[] = {
    {"high", 0.05, 7},     {"medium", 0.1, 30},  {"low", 0.25, 90},
    {"rounded", 0.05, 15}, {"derived", 0.1, 30}, {"undated", 0.2, 60},
};

typedef struct settler {
    hw_observation *o;
    hw_position where;
    const hw_currencies *currencies;
    hw_errors *errors;
} settler;

static const hw_fact_cell *cell_of(const settler *s, hw_fact_column column) {
    return s->o->cells[column].text != NULL ? &s->o->cells[column] : NULL;
}

const char *hw_observation_text(const hw_observation *observation, hw_fact_column column) {
    return observation->cells[column].text != NULL ? observation->cells[column].text : "";
}

static bool read_date(settler *s, hw_fact_column column, int64_t *day) {
    const hw_fact_cell *cell = cell_of(s, column);
    if (cell == NULL) {
        return false;
    }
    if (!hw_date_parse(cell->text, day)) {
        hw_errors_add(s->errors, cell->where, "'%s': expected a date such as 2024-05-31, found '%s'",
                      hw_fact_column_names[column], cell->text);
        return false;
    }
    return true;
}

/* A number in held units of a dimension. */
static bool read_number(settler *s, hw_fact_column column, hw_dimension dimension, double *number) {
    const hw_fact_cell *cell = cell_of(s, column);
    hw_quantity quantity;
    char problem[HW_UNIT_PROBLEM_BYTES];
    if (cell == NULL) {
        return false;
    }
    if (!hw_quantity_parse(cell->text, dimension, s->currencies, &quantity, problem)) {
        hw_errors_add(s->errors, cell->where, "'%s': %s", hw_fact_column_names[column], problem);
        return false;
    }
    *number = quantity.value;
    return true;
}

/* A value or a bound of the observation's kind. */
static bool read_amount(settler *s, hw_fact_column column, double *amount) {
    const hw_fact_kind *kind = s->o->question.kind;
    int64_t day = 0;
    if (kind->day) {
        bool good = read_date(s, column, &day);
        *amount = good ? (double)day : *amount;
        return good;
    }
    if (!read_number(s, column, kind->dimension, amount)) {
        return false;
    }
    double least = kind->scale == HW_SCALE_LOG ? 1 : 0;
    if (*amount < least) {
        hw_errors_add(s->errors, cell_of(s, column)->where, "'%s': expected %s, found '%s'",
                      hw_fact_column_names[column], least > 0 ? "more than nothing" : "nothing below 0",
                      cell_of(s, column)->text);
        return false;
    }
    return true;
}

/* ---- Quantity and scope ---- */

static void settle_kind(settler *s) {
    const char *names[64];
    const hw_fact_cell *cell = cell_of(s, HW_FACT_QUANTITY);
    if (cell == NULL) {
        hw_errors_add(s->errors, s->where, "'quantity' is missing: what the fact is about");
        return;
    }
    if (cell_of(s, HW_FACT_NOT_MODELLED) != NULL) {
        return;
    }
    s->o->question.kind = hw_fact_kind_find(cell->text);
    for (uint32_t i = 0; i < hw_fact_kind_count; i++) {
        names[i] = hw_fact_kinds[i].name;
    }
    if (s->o->question.kind == NULL) {
        hw_suggest(s->errors, cell->where, cell->text, names, hw_fact_kind_count,
                   "; `not_modelled` says why the model has no such thing",
                   "'quantity': unknown quantity '%s'", cell->text);
    }
}

static void settle_scope(settler *s) {
    const hw_fact_kind *kind = s->o->question.kind;
    for (hw_scope scope = 0; scope < HW_SCOPES; scope++) {
        const hw_fact_cell *cell = cell_of(s, (hw_fact_column)(HW_FACT_SCOPE + scope));
        s->o->question.scope[scope] = cell != NULL ? cell->text : NULL;
    }
    const hw_fact_cell *of = cell_of(s, HW_FACT_SCOPE);
    if (of != NULL && (kind->of_axis == NULL || kind->of_fixed != NULL)) {
        hw_errors_add(s->errors, of->where, "'of': %s is of one kind only, found '%s'", kind->name, of->text);
    }
    bool of_places_only = kind->day && kind->variables[1] == NULL;
    if (of_places_only && s->o->question.scope[HW_SCOPE_PLACE] == NULL) {
        hw_errors_add(s->errors, s->where, "%s wants a `place`", kind->name);
    }
}

/* ---- Span and value ---- */

static void settle_span(settler *s) {
    hw_question *q = &s->o->question;
    bool ends = read_date(s, HW_FACT_TO, &q->to);
    if (!read_date(s, HW_FACT_FROM, &q->from)) {
        q->from = INT64_MIN;
    }
    if (!q->kind->day && !ends && cell_of(s, HW_FACT_TO) == NULL) {
        hw_errors_add(s->errors, s->where, "'to' is missing: the last day that the fact is about");
    } else if (ends && q->from > q->to) {
        hw_errors_add(s->errors, s->o->cells[HW_FACT_FROM].where, "'from' is after 'to' (%s)",
                      s->o->cells[HW_FACT_TO].text);
    }
}

static void settle_value(settler *s) {
    hw_observation *o = s->o;
    bool exact = cell_of(s, HW_FACT_VALUE) != NULL;
    const hw_fact_cell *least = cell_of(s, HW_FACT_AT_LEAST), *most = cell_of(s, HW_FACT_AT_MOST);
    if (exact == (least != NULL || most != NULL)) {
        hw_errors_add(s->errors, s->where,
                      exact ? "either 'value', or 'at_least' and 'at_most' or one of them, not both"
                            : "'value' is missing, or 'at_least', 'at_most' or both of them");
        return;
    }
    o->low = -HUGE_VAL;
    o->high = HUGE_VAL;
    if (exact) {
        read_amount(s, HW_FACT_VALUE, &o->low);
        o->high = o->low;
        return;
    }
    bool has_least = read_amount(s, HW_FACT_AT_LEAST, &o->low);
    bool has_most = read_amount(s, HW_FACT_AT_MOST, &o->high);
    if (has_least && has_most && least != NULL && most != NULL && o->low > o->high) {
        hw_errors_add(s->errors, least->where, "'at_least' is more than 'at_most' (%s)", most->text);
    }
}

double hw_observation_value(const hw_observation *observation) {
    double low = observation->low, high = observation->high;
    return !isfinite(low) ? high : !isfinite(high) ? low : (low + high) / 2;
}

/* ---- Error ---- */

static const confidence *find_confidence(settler *s) {
    const char *names[HW_LENGTH(words)];
    const hw_fact_cell *cell = cell_of(s, HW_FACT_CONFIDENCE);
    for (size_t i = 0; i < HW_LENGTH(words); i++) {
        names[i] = words[i].word;
        if (cell != NULL && strcmp(cell->text, words[i].word) == 0) {
            return &words[i];
        }
    }
    if (cell != NULL) {
        hw_suggest(s->errors, cell->where, cell->text, names, HW_LENGTH(words),
                   "; expected high, medium, low, rounded, derived or undated",
                   "'confidence': unknown word '%s'", cell->text);
    }
    return &words[1];
}

static bool is_share(const char *text) {
    return strchr(text, '%') != NULL;
}

static void settle_error(settler *s) {
    const hw_fact_kind *kind = s->o->question.kind;
    const confidence *usual = find_confidence(s);
    const hw_fact_cell *cell = cell_of(s, HW_FACT_ERROR);
    double value = fabs(hw_observation_value(s->o)), error = 0, step = 0;
    hw_dimension absolute = kind->day ? HW_DIM_TIME : kind->dimension;
    error = kind->day ? usual->days : usual->share * value;
    if (cell != NULL && is_share(cell->text) && !kind->day) {
        read_number(s, HW_FACT_ERROR, HW_DIM_SHARE, &error);
        error *= value;
    } else if (cell != NULL) {
        read_number(s, HW_FACT_ERROR, absolute, &error);
    }
    /* Rounding is uniform over its step. */
    read_number(s, HW_FACT_ROUNDED_TO, absolute, &step);
    s->o->error = fmax(error, step / sqrt(12));
    if (cell != NULL && !(error > 0)) {
        hw_errors_add(s->errors, cell->where, "'error': expected more than nothing, found '%s'", cell->text);
    } else if (cell == NULL && !kind->counts && !(s->o->error > 0)) {
        hw_errors_add(s->errors, s->where,
                      "'error' is missing: a share of nothing is nothing; say it in units, such as %s",
                      kind->dimension == HW_DIM_AREA ? "5 ha" : "5");
    }
}

/* ---- All of it ---- */

/* Where a fact does not say since when it is known: since the last day that it is about. Only a plan can be
 * known before the day, or before the first day on which a date can have come. */
static void settle_known_by(settler *s) {
    hw_observation *o = s->o;
    const hw_fact_kind *kind = o->question.kind;
    bool day = kind != NULL && kind->day;
    if (!read_date(s, HW_FACT_KNOWN_BY, &o->known_by)) {
        double last = isfinite(o->high) ? o->high : o->low;
        o->known_by = day && isfinite(last) ? (int64_t)last : o->question.to;
        return;
    }
    hw_fact_column first = !day                                ? HW_FACT_TO
                           : cell_of(s, HW_FACT_VALUE) != NULL ? HW_FACT_VALUE
                                                               : HW_FACT_AT_LEAST;
    double came = day ? o->low : (double)o->question.to;
    if (kind != NULL && !o->plan && (double)o->known_by < came) {
        hw_errors_add(s->errors, cell_of(s, HW_FACT_KNOWN_BY)->where,
                      "'known_by' is before '%s' (%s): only a plan can be known before",
                      hw_fact_column_names[first], hw_observation_text(o, first));
    }
}

static void settle_plan(settler *s) {
    const hw_fact_cell *cell = cell_of(s, HW_FACT_PLAN);
    int answer = cell != NULL ? hw_yes_or_no(cell->text) : 0;
    s->o->plan = answer == 1;
    if (answer < 0) {
        hw_errors_add(s->errors, cell->where, "'plan': expected yes or no, found '%s'", cell->text);
    }
}

void hw_observation_settle(hw_observation *observation, hw_position where, const hw_currencies *currencies,
                           hw_errors *errors) {
    settler s = {.o = observation, .where = where, .currencies = currencies, .errors = errors};
    uint32_t before = errors->count;
    settle_kind(&s);
    if (cell_of(&s, HW_FACT_SOURCE) == NULL) {
        hw_errors_add(errors, where, "'source' is missing: where the fact can be read");
    }
    settle_plan(&s);
    if (observation->question.kind != NULL) {
        settle_scope(&s);
        settle_span(&s);
        settle_value(&s);
        if (errors->count == before) {
            settle_error(&s);
        }
    } else {
        read_date(&s, HW_FACT_TO, &observation->question.to);
    }
    settle_known_by(&s);
}
