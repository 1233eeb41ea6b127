/* Leaves out the worlds that contradict what is known. */
#include "analysis/results/given.h"
#include "analysis/base/memory.h"
#include "analysis/results/question.h"
#include "analysis/results/subset.h"
#include "analysis/tables/sheet.h"
#include "sim/date.h"
#include "sim/length.h"
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What may have happened, and the days of it, of places and of districts (NULL: none). */
static const struct event {
    const char *words, *of_place, *of_district;
} events[] = {
    {" released by ", "place_release_day", "district_completion_day"},
    {" lived in by ", "place_first_return_day", NULL},
};

/* One thing that is known. */
typedef struct known {
    const char *variable;
    uint32_t element;
    bool happened;
    double last_day; /* days since the start, to its end */
} known;

/* ---- Reading ---- */

/* The last place of the words in a text: names may hold them, too. */
static const char *last_of(const char *text, const char *words) {
    const char *found = NULL;
    for (const char *at = text; (at = strstr(at, words)) != NULL; at++) {
        found = at;
    }
    return found;
}

/* The name before the words, without "is", "not" and the blanks between. */
static char *name_before(const char *text, const char *end, bool *happened) {
    static const char *const not [] = {" is not", " not"};
    static const char is[] = " is";
    char *name = hw_take_text("%.*s", (int)(end - text), text);
    size_t length = strlen(name);
    *happened = true;
    for (size_t i = 0; i < HW_LENGTH(not ) && *happened; i++) {
        size_t cut = strlen(not [i]);
        if (length > cut && strcmp(name + length - cut, not [i]) == 0) {
            name[length - cut] = '\0';
            *happened = false;
        }
    }
    if (*happened && length > strlen(is) && strcmp(name + length - strlen(is), is) == 0) {
        name[length - strlen(is)] = '\0';
    }
    return name;
}

static bool find_days(known *one, const hw_outcomes *outcomes, const struct event *event, const char *name,
                      hw_errors *errors) {
    uint32_t place, district;
    if (hw_question_place(outcomes, name, &place, &district, errors) != HW_OK) {
        return false;
    }
    one->variable = place != UINT32_MAX ? event->of_place : event->of_district;
    one->element = place != UINT32_MAX ? place : district;
    if (one->variable == NULL || hw_record_find(outcomes->layout, one->variable) == NULL) {
        hw_errors_say(errors, "--given: it is not known of %s whether it is%.*s", name,
                      (int)strlen(event->words) - 4, event->words);
        return false;
    }
    return true;
}

static bool find_day(known *one, const hw_outcomes *outcomes, const char *text, hw_errors *errors) {
    int64_t day;
    if (!hw_date_parse(text, &day)) {
        hw_errors_say(errors, "--given: '%s' is not a date such as 2026-12-31", text);
        return false;
    }
    one->last_day = (double)(day - outcomes->start);
    return hw_question_check_dates(outcomes, &day, 1, errors) == HW_OK;
}

static bool read_known(known *one, const hw_outcomes *outcomes, const char *text, hw_errors *errors) {
    for (size_t i = 0; i < HW_LENGTH(events); i++) {
        const char *words = last_of(text, events[i].words);
        if (words == NULL) {
            continue;
        }
        char *name = name_before(text, words, &one->happened);
        bool good = find_days(one, outcomes, &events[i], name, errors) &&
                    find_day(one, outcomes, words + strlen(events[i].words), errors);
        free(name);
        return good;
    }
    hw_errors_say(
        errors,
        "--given wants 'PLACE released by DATE' or 'PLACE lived in by DATE', also with 'not', such as "
        "'Agdam city not released by 2026-11-26', not '%s'",
        text);
    return false;
}

/* ---- Leaving out ---- */

/* Strikes out the replications that contradict it. */
static bool strike_out(bool *struck, const hw_outcomes *outcomes, const known *one, hw_errors *errors) {
    size_t width = hw_record_find(outcomes->layout, one->variable)->count;
    uint64_t step = outcomes->read_some != NULL && outcomes->block > 0 ? outcomes->block : outcomes->count;
    for (uint64_t first = 0; first < outcomes->count; first += step) {
        uint64_t left = outcomes->count - first, count = left < step ? left : step;
        double *days = outcomes->read_some != NULL
                           ? outcomes->read_some(outcomes->source, one->variable, first, count, errors)
                           : outcomes->read(outcomes->source, one->variable, errors);
        if (days == NULL) {
            return false;
        }
        for (uint64_t r = 0; r < count; r++) {
            bool happened = floor(days[r * width + one->element]) <= one->last_day; /* false for NaN: never */
            struck[first + r] = struck[first + r] || happened != one->happened;
        }
        free(days);
    }
    return true;
}

static hw_status leave_the_rest(hw_outcomes *outcomes, const bool *struck, hw_errors *errors) {
    uint64_t *at = hw_take(outcomes->count, sizeof *at), count = 0;
    for (uint64_t r = 0; r < outcomes->count; r++) {
        if (!struck[r]) {
            at[count++] = r;
        }
    }
    if (count < HW_GIVEN_FEWEST) {
        hw_errors_say(errors,
                      "--given: only %" PRIu64 " of %" PRIu64 " worlds agree with what is given, and %d are "
                      "the fewest that tell anything: run more replications",
                      count, outcomes->count, HW_GIVEN_FEWEST);
        free(at);
        return HW_ERROR_INPUT;
    }
    hw_outcomes_leave(outcomes, at, count);
    return HW_OK;
}

hw_status hw_given_check(const hw_outcomes *outcomes, const char *const *given, uint32_t count,
                         hw_errors *errors) {
    bool good = true;
    for (uint32_t i = 0; i < count; i++) {
        known one;
        good = read_known(&one, outcomes, given[i], errors) && good;
    }
    return good ? HW_OK : HW_ERROR_INPUT;
}

hw_status hw_given_apply(hw_outcomes *outcomes, const char *const *given, uint32_t count, hw_errors *errors) {
    if (count == 0) {
        return HW_OK;
    }
    if (outcomes->keys == NULL || outcomes->read == NULL) {
        hw_errors_say(errors, "--given: only summaries of the replications were kept");
        return HW_ERROR_INPUT;
    }
    bool *struck = hw_take(outcomes->count, sizeof *struck);
    hw_status status = HW_OK;
    for (uint32_t i = 0; i < count; i++) {
        known one;
        if (!read_known(&one, outcomes, given[i], errors)) {
            status = HW_ERROR_INPUT;
        } else if (!strike_out(struck, outcomes, &one, errors)) {
            status = HW_ERROR_IO;
        }
    }
    if (status == HW_OK) {
        status = leave_the_rest(outcomes, struck, errors);
    }
    if (status == HW_OK) {
        outcomes->given = given;
        outcomes->given_count = count;
    }
    free(struck);
    return status;
}

void hw_given_as_in(hw_outcomes *outcomes, const hw_outcomes *base) {
    uint64_t *at = hw_take(outcomes->count, sizeof *at), count = 0, b = 0;
    for (uint64_t r = 0; r < outcomes->count; r++) {
        while (b < base->count && base->keys[b] < outcomes->keys[r]) {
            b++;
        }
        if (b < base->count && base->keys[b] == outcomes->keys[r]) {
            at[count++] = r;
        }
    }
    hw_outcomes_leave(outcomes, at, count);
}

char *hw_given_text(const hw_outcomes *outcomes) {
    char *text = NULL;
    size_t length = 0;
    if (outcomes->given_count == 0) {
        return NULL;
    }
    FILE *out = hw_take_stream(&text, &length);
    uint64_t all = outcomes->count + outcomes->left_out;
    char *left = hw_thousands((double)outcomes->count, 0), *of = hw_thousands((double)all, 0);
    fputs("Given ", out);
    for (uint32_t i = 0; i < outcomes->given_count; i++) {
        fprintf(out, "%s\"%s\"", i == 0 ? "" : " and ", outcomes->given[i]);
    }
    fprintf(out, ": %s of %s worlds agree (%.1f %%)", left, of, 100 * (double)outcomes->count / (double)all);
    fclose(out);
    free(left);
    free(of);
    return text;
}
