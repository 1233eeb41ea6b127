/* Finds which numbers of a result answer a question. */
#include "analysis/belief/telling.h"
#include "analysis/base/memory.h"
#include "sim/date.h"
#include "sim/length.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Longest step of a series between whose ends a straight line is drawn, and how near to an end a day must
 * otherwise be. */
static const double longest_step = 31, near_an_end = 3;

typedef struct teller {
    const hw_record_layout *layout;
    const hw_question *question;
    int64_t start, horizon;
    const hw_variable *variable;
    hw_telling *telling;
} teller;

/* A position on the axis of time, and how often its numbers count. */
typedef struct moment {
    uint32_t at;
    double factor;
} moment;

enum { MOMENTS_MOST = 100 };
typedef struct moments {
    moment items[MOMENTS_MOST];
    uint32_t count;
} moments;

static const hw_axis *axis_of(const teller *t, const hw_variable *variable, uint32_t dimension) {
    return &t->layout->axes[variable->axis[dimension]];
}

static bool is_time(const hw_axis *axis) {
    static const char *const times[] = {"month", "period", "year"};
    for (size_t i = 0; i < HW_LENGTH(times); i++) {
        if (strcmp(axis->name, times[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* Which scope chooses among the labels of an axis; HW_SCOPES: none does. */
static hw_scope scope_of(const teller *t, const hw_axis *axis) {
    const char *of_axis = t->question->kind->of_axis;
    if (of_axis != NULL && strcmp(axis->name, of_axis) == 0) {
        return HW_SCOPE_OF;
    }
    for (hw_scope scope = HW_SCOPE_DISTRICT; scope < HW_SCOPES; scope++) {
        if (strcmp(axis->name, hw_scope_names[scope]) == 0) {
            return scope;
        }
    }
    return HW_SCOPES;
}

/* ---- Which variable ---- */

static bool has_scope(const teller *t, const hw_variable *variable, hw_scope scope) {
    for (uint32_t d = 0; d < variable->rank; d++) {
        if (scope_of(t, axis_of(t, variable, d)) == scope) {
            return true;
        }
    }
    return false;
}

/* A scope that is asked for and that the variable has no axis for; HW_SCOPES: none. */
static hw_scope lacking(const teller *t, const hw_variable *variable) {
    for (hw_scope scope = 0; scope < HW_SCOPES; scope++) {
        if (t->question->scope[scope] != NULL && !has_scope(t, variable, scope)) {
            return scope;
        }
    }
    return HW_SCOPES;
}

static bool find_variable(teller *t) {
    const hw_fact_kind *kind = t->question->kind;
    hw_scope lacks = HW_SCOPES;
    for (uint32_t i = 0; i < HW_FACT_VARIABLES && kind->variables[i] != NULL; i++) {
        const hw_variable *variable = hw_record_find(t->layout, kind->variables[i]);
        hw_scope lack = variable != NULL ? lacking(t, variable) : HW_SCOPES;
        if (variable != NULL && lack == HW_SCOPES) {
            t->variable = variable;
            return true;
        }
        lacks = lack != HW_SCOPES ? lack : lacks;
    }
    t->telling->why = lacks == HW_SCOPES ? hw_take_text("the result does not hold %s", kind->name)
                                         : hw_take_text("the model does not tell %s by %s", kind->name,
                                                        hw_scope_names[lacks]);
    return false;
}

/* ---- Which days ---- */

/* The last day of a span, in days since the start. */
static double end_of(const teller *t, const hw_axis *axis, uint32_t i) {
    if (strcmp(axis->name, "year") != 0) {
        return axis->values[i];
    }
    int64_t last = hw_date_to_days((hw_date){(int32_t)axis->values[i], 12, 31});
    return (double)((last < t->horizon ? last : t->horizon) - t->start);
}

static bool refuse(teller *t, char *why) {
    free(t->telling->why);
    t->telling->why = why;
    return false;
}

static char *date_text(int64_t day) {
    char text[16];
    return hw_take_text("%s", hw_date_print(day, text));
}

/* Adds how a series stands at the end of a day, times `sign`. Before its first end it grows from nothing, but
 * what is a level without a known beginning, which is as at that end. */
static bool add_state(teller *t, const hw_axis *axis, double day, double sign, moments *out) {
    uint32_t k = 0;
    while (k < axis->length && end_of(t, axis, k) < day) {
        k++;
    }
    if (k == axis->length) {
        return refuse(t, hw_take_text("the model ends before"));
    }
    double after = end_of(t, axis, k), before = k > 0 ? end_of(t, axis, k - 1) : -1;
    double share = (day - before) / (after - before);
    if (after - before > longest_step && day < after) {
        bool near = day - before <= near_an_end || after - day <= near_an_end;
        if (!near) {
            return refuse(t, hw_take_text("the series of %s are kept by %s only (results.district_series)",
                                          t->variable->name, after - before > 100 ? "year" : "quarter"));
        }
        share = round(share);
    }
    const hw_fact_kind *kind = t->question->kind;
    bool begins_unknown = k == 0 && ((kind->level && !kind->counts) || kind->anew);
    if (k > 0 && share < 1) {
        out->items[out->count++] = (moment){k - 1, sign * (1 - share)};
    }
    out->items[out->count++] = (moment){k, sign * (begins_unknown ? 1 : share)};
    return true;
}

/* Sums of calendar years that lie between two days whole, as far as they were simulated. */
static bool add_years(teller *t, const hw_axis *axis, double from, double to, moments *out) {
    for (uint32_t y = 0; y < axis->length; y++) {
        double begin = (double)(hw_date_to_days((hw_date){(int32_t)axis->values[y], 1, 1}) - t->start);
        double end = end_of(t, axis, y);
        bool inside = from <= fmax(begin, 0) && end <= to, apart = end < from || to < fmax(begin, 0);
        if (!inside && !apart) {
            return refuse(t,
                          hw_take_text("the model tells %s by calendar year only", t->question->kind->name));
        }
        if (inside && out->count == MOMENTS_MOST) {
            return refuse(t, hw_take_text("more than %d years in one", MOMENTS_MOST));
        }
        if (inside) {
            out->items[out->count++] = (moment){y, 1};
        }
    }
    return out->count > 0 || refuse(t, hw_take_text("the model has no such year"));
}

static bool find_moments(teller *t, const hw_axis *axis, moments *out) {
    const hw_question *q = t->question;
    *out = (moments){0};
    double to = (double)(q->to - t->start);
    double from = q->from == INT64_MIN ? 0 : (double)(q->from - t->start);
    if (q->to > t->horizon) {
        return refuse(t, hw_take_text("the model ends before"));
    }
    if (to < 0 || (from < 0 && !q->kind->level)) {
        char *start = date_text(t->start);
        char *why = hw_take_text("it begins before the model does (%s)", start);
        free(start);
        return refuse(t, why);
    }
    if (t->variable->cells == HW_CELLS_SUM) {
        return add_years(t, axis, from, to, out);
    }
    bool good = add_state(t, axis, to, 1, out);
    if (good && !q->kind->level && (from > 0 || q->kind->anew)) {
        good = add_state(t, axis, from - 1, -1, out);
    }
    if (q->kind->per_day) {
        for (uint32_t i = 0; i < out->count; i++) {
            out->items[i].factor /= to - from + 1;
        }
    }
    return good;
}

/* ---- Which elements ---- */

/* Whether each word of `words` is a word of `label`: "killed" of "civilian killed". */
static bool has_words(const char *label, const char *words) {
    for (const char *word = words; *word != '\0';) {
        size_t length = strcspn(word, " ");
        bool found = false;
        for (const char *part = label; *part != '\0' && !found;) {
            size_t there = strcspn(part, " ");
            found = there == length && strncmp(part, word, length) == 0;
            part += there + (part[there] == ' ');
        }
        if (!found) {
            return false;
        }
        word += length + (word[length] == ' ');
    }
    return true;
}

static bool is_chosen(const teller *t, const hw_axis *axis, uint32_t i) {
    const hw_fact_kind *kind = t->question->kind;
    hw_scope scope = scope_of(t, axis);
    if (scope == HW_SCOPES || axis->labels == NULL) {
        return true;
    }
    const char *wanted = t->question->scope[scope], *label = axis->labels[i];
    if (scope != HW_SCOPE_OF) {
        return wanted == NULL || strcmp(label, wanted) == 0;
    }
    wanted = kind->of_fixed != NULL ? kind->of_fixed : wanted;
    return wanted != NULL ? has_words(label, wanted)
                          : kind->all_but == NULL || strcmp(label, kind->all_but) != 0;
}

static void add_element(hw_telling *telling, size_t element, double factor) {
    telling->elements = hw_take_again(telling->elements, telling->count + 1, sizeof *telling->elements);
    telling->factors = hw_take_again(telling->factors, telling->count + 1, sizeof *telling->factors);
    telling->elements[telling->count] = element;
    telling->factors[telling->count++] = factor;
}

static void add_elements(teller *t, const moments *when, uint32_t dimension, size_t element, double factor) {
    if (dimension == t->variable->rank || dimension == HW_RECORD_MAX_RANK) {
        add_element(t->telling, element, factor);
        return;
    }
    const hw_axis *axis = axis_of(t, t->variable, dimension);
    if (is_time(axis)) {
        for (uint32_t i = 0; i < when->count; i++) {
            add_elements(t, when, dimension + 1, element * axis->length + when->items[i].at,
                         factor * when->items[i].factor);
        }
        return;
    }
    for (uint32_t i = 0; i < axis->length; i++) {
        if (is_chosen(t, axis, i)) {
            add_elements(t, when, dimension + 1, element * axis->length + i, factor);
        }
    }
}

/* Each name that is asked for stands on its axis. */
static bool names_are_known(teller *t) {
    for (uint32_t d = 0; d < t->variable->rank; d++) {
        const hw_axis *axis = axis_of(t, t->variable, d);
        hw_scope scope = scope_of(t, axis);
        const char *name = scope != HW_SCOPES ? t->question->scope[scope] : NULL;
        bool known = name == NULL;
        for (uint32_t i = 0; i < axis->length && !known; i++) {
            known = is_chosen(t, axis, i);
        }
        if (!known) {
            const char *near = hw_nearest_name(name, axis->labels, axis->length);
            t->telling->unknown = scope;
            return refuse(t, near == NULL ? hw_take_text("the scenario has no %s '%s'", axis->name, name)
                                          : hw_take_text("the scenario has no %s '%s'; did you mean '%s'?",
                                                         axis->name, name, near));
        }
    }
    return true;
}

hw_telling hw_tell(const hw_record_layout *layout, int64_t start, int64_t horizon,
                   const hw_question *question) {
    hw_telling telling = {.question = question, .unknown = HW_SCOPES};
    teller t = {
        .layout = layout, .question = question, .start = start, .horizon = horizon, .telling = &telling};
    moments when = {0};
    bool good = find_variable(&t) && names_are_known(&t);
    for (uint32_t d = 0; good && d < t.variable->rank; d++) {
        const hw_axis *axis = axis_of(&t, t.variable, d);
        good = !is_time(axis) || find_moments(&t, axis, &when);
    }
    if (good) {
        add_elements(&t, &when, 0, 0, 1);
        telling.variable = t.variable;
    }
    return telling;
}

void hw_telling_free(hw_telling *telling) {
    free(telling->why);
    free(telling->elements);
    free(telling->factors);
    *telling = (hw_telling){0};
}

bool hw_same_series(const hw_question *a, const hw_question *b) {
    bool same = a->kind == b->kind;
    for (int scope = 0; scope < HW_SCOPES && same; scope++) {
        const char *one = a->scope[scope], *other = b->scope[scope];
        same = one == other || (one != NULL && other != NULL && strcmp(one, other) == 0);
    }
    return same;
}
