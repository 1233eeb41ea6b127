/* Reads the rule of --until, and judges replications by it. */
#include "analysis/results/until.h"
#include "analysis/base/memory.h"
#include "analysis/results/outcomes.h"
#include "analysis/results/question.h"
#include "sim/date.h"
#include "sim/length.h"
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool has_happened(const void *context, const unsigned char *outcome) {
    const hw_until *until = context;
    const unsigned char *field = outcome + until->variable->offset;
    double day;
    if (until->variable->type == HW_F32) {
        float narrow;
        memcpy(&narrow, field + until->element * sizeof narrow, sizeof narrow);
        day = (double)narrow;
    } else {
        memcpy(&day, field + until->element * sizeof day, sizeof day);
    }
    return floor(day) <= until->last_day; /* false for NaN: censored */
}

static const char *skip_blanks(const char *text) {
    while (isspace((unsigned char)*text)) {
        text++;
    }
    return text;
}

static const char *skip_word(const char *text, const char *word) {
    text = skip_blanks(text);
    size_t length = strlen(word);
    return strncmp(text, word, length) == 0 ? text + length : NULL;
}

/* Start of the last " by " inside [text, end), or NULL: a name may have the word in it. */
static const char *last_by(const char *text, const char *end) {
    const char *found = NULL;
    for (const char *c = text; c + 4 <= end; c++) {
        if (memcmp(c, " by ", 4) == 0) {
            found = c;
        }
    }
    return found;
}

static const char *skip_plus_minus(const char *text) {
    static const char *const signs[] = {"±", "+-", "+/-"};
    for (size_t i = 0; i < HW_LENGTH(signs); i++) {
        const char *after = skip_word(text, signs[i]);
        if (after != NULL) {
            return after;
        }
    }
    return NULL;
}

static bool read_half_width(const char *text, double *half_width) {
    char *end;
    text = skip_blanks(text);
    if (!isdigit((unsigned char)*text) && *text != '.') {
        return false;
    }
    *half_width = strtod(text, &end);
    const char *rest = skip_blanks(end);
    if (*rest == '%') {
        *half_width /= 100;
        rest = skip_blanks(rest + 1);
    }
    return *rest == '\0' && *half_width > 0 && *half_width < 0.5;
}

static char *copy_trimmed(const char *from, const char *to) {
    from = skip_blanks(from);
    while (to > from && isspace((unsigned char)to[-1])) {
        to--;
    }
    return hw_take_text("%.*s", to > from ? (int)(to - from) : 0, from);
}

/* Cuts the text into its three parts; false when it does not have that form. */
static bool cut(const char *text, char **name, char **date, double *half_width) {
    const char *open = skip_word(text, "p");
    open = open != NULL ? open : skip_word(text, "P");
    const char *inside = open != NULL ? skip_word(open, "(") : NULL;
    const char *close = inside != NULL ? strrchr(inside, ')') : NULL;
    const char *by = close != NULL ? last_by(inside, close) : NULL;
    const char *after = by != NULL ? skip_plus_minus(close + 1) : NULL;
    if (after == NULL || !read_half_width(after, half_width)) {
        return false;
    }
    *name = copy_trimmed(inside, by);
    *date = copy_trimmed(by + 4, close);
    return true;
}

static bool find_in(hw_until *until, const hw_record_layout *layout, const char *variable,
                    const hw_asked_name *asked, const char *axis) {
    if (asked->axis != NULL && strcmp(asked->axis, axis) != 0) {
        return false;
    }
    const hw_variable *found = hw_record_find(layout, variable);
    if (found == NULL || found->rank != 1 || (found->type != HW_F64 && found->type != HW_F32)) {
        return false;
    }
    uint32_t element = hw_axis_find(&layout->axes[found->axis[0]], asked->name);
    if (element == UINT32_MAX) {
        return false;
    }
    until->variable = found;
    until->element = element;
    return true;
}

static void unknown_name(const hw_record_layout *layout, const char *name, hw_errors *errors) {
    const hw_axis *nearest = NULL;
    for (uint32_t i = 0; i < layout->axis_count && nearest == NULL; i++) {
        const hw_axis *axis = &layout->axes[i];
        bool names = strcmp(axis->name, "place") == 0 || strcmp(axis->name, "district") == 0;
        if (names && axis->labels != NULL && hw_nearest_name(name, axis->labels, axis->length) != NULL) {
            nearest = axis;
        }
    }
    hw_suggest(errors, (hw_position){0}, name, nearest != NULL ? nearest->labels : NULL,
               nearest != NULL ? nearest->length : 0, " in the scenario",
               "--until: there is no place or district '%s'", name);
}

static void find_name(hw_until *until, const hw_record_layout *layout, const char *name, hw_errors *errors) {
    const hw_asked_name asked = hw_question_name(name);
    bool district = find_in(until, layout, "district_completion_day", &asked, "district");
    bool place = find_in(until, layout, "place_release_day", &asked, "place");
    if (district && place) {
        hw_errors_say(errors, "--until: '%s' is a place and a district: say 'place:%s' or 'district:%s'",
                      asked.name, asked.name, asked.name);
    } else if (!district && !place) {
        unknown_name(layout, asked.name, errors);
    }
}

static void check_date(hw_until *until, const char *date, int64_t start, int64_t horizon, hw_errors *errors) {
    int64_t day = 0;
    char from[16], to[16];
    if (!hw_date_parse(date, &day)) {
        hw_errors_say(errors, "--until: '%s' is not a date such as 2026-12-31", date);
    } else if (day < start || day > horizon) {
        hw_errors_say(errors, "--until: %s is outside of what is simulated: %s to %s", date,
                      hw_date_print(start, from), hw_date_print(horizon, to));
    }
    until->last_day = (double)(day - start);
}

hw_status hw_until_read(hw_until *until, hw_stop_rule *rule, const char *text, const hw_record_layout *layout,
                        int64_t start, int64_t horizon, hw_errors *errors) {
    char *name = NULL, *date = NULL;
    uint32_t before = errors->count;
    *until = (hw_until){0};
    *rule = (hw_stop_rule){.happened = has_happened, .context = until};
    if (!cut(text, &name, &date, &rule->half_width)) {
        hw_errors_say(
            errors,
            "--until wants 'p(PLACE by DATE) ± HALF_WIDTH' with a half-width between 0 and 0.5, such as "
            "'p(Agdam city by 2026-12-31) ± 0.02', not '%s'",
            text);
        return HW_ERROR_INPUT;
    }
    find_name(until, layout, name, errors);
    check_date(until, date, start, horizon, errors);
    free(name);
    free(date);
    return errors->count == before ? HW_OK : HW_ERROR_INPUT;
}
