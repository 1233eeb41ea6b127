/* Reads --origins, --ahead and what a hindcast learns from. */
#include "analysis/commands/hindcast_asked.h"
#include "analysis/base/memory.h"
#include "sim/date.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { USUAL_AHEAD = 24, AHEAD_MOST = 1200 };

static int ascending(const void *a, const void *b) {
    const int64_t *one = a, *other = b;
    return (*one > *other) - (*one < *other);
}

static void add_origin(hw_hindcast_asked *a, int64_t day) {
    a->origins = hw_take_again(a->origins, a->count + 1, sizeof *a->origins);
    a->origins[a->count++] = day;
}

/* The dates of --origins, between commas. */
static void read_list(hw_hindcast_asked *a, const char *text, hw_errors *errors) {
    enum { DATE = 32 };
    while (text != NULL && *text != '\0') {
        char word[DATE];
        int64_t day;
        size_t length = strcspn(text, ",");
        snprintf(word, sizeof word, "%.*s", (int)(length < DATE ? length : DATE - 1), text);
        if (hw_date_parse(word, &day)) {
            add_origin(a, day);
        } else {
            hw_errors_say(errors, "--origins wants dates such as 2021-12-31,2022-12-31, not '%s'", word);
        }
        text += length + (text[length] == ',');
    }
}

static void read_origins(hw_hindcast_asked *a, const hw_arguments *arguments, hw_errors *errors) {
    char date[16];
    uint32_t count = 0;
    int64_t *days = hw_argument_days(arguments, "origin", &count);
    for (uint32_t i = 0; i < count; i++) {
        add_origin(a, days[i]);
    }
    free(days);
    read_list(a, hw_argument_text(arguments, "origins"), errors);
    if (a->count > 0) {
        qsort(a->origins, a->count, sizeof *a->origins, ascending);
    }
    for (uint32_t i = 1; i < a->count; i++) {
        if (a->origins[i] == a->origins[i - 1]) {
            hw_errors_say(errors, "--origin %s is given twice", hw_date_print(a->origins[i], date));
        }
    }
}

/* "24", or "24 months" or "2 years". */
static void read_ahead(hw_hindcast_asked *a, const char *text, hw_errors *errors) {
    char *end = NULL;
    double months = text != NULL ? strtod(text, &end) : USUAL_AHEAD;
    bool years = text != NULL && end != text && (strcmp(end, " years") == 0 || strcmp(end, " year") == 0);
    bool whole = text == NULL || years || (end != text && (*end == '\0' || strcmp(end, " months") == 0));
    months *= years ? 12 : 1;
    if (!whole || !(months >= 1)) {
        hw_errors_say(errors, "--ahead wants a number of months, or as in 8 years, not '%s'", text);
    } else if (months > AHEAD_MOST) {
        hw_errors_say(errors, "--ahead: expected at most %d months", AHEAD_MOST);
    } else {
        a->ahead = (int64_t)(months * 365.2425 / 12 + 0.5);
    }
}

hw_hindcast_asked hw_hindcast_read(const hw_arguments *arguments, bool is_scenario, hw_errors *errors) {
    hw_hindcast_asked a = {.learning = {.model = hw_usual_model_error, .share = 0.5},
                           .facts = hw_argument_text(arguments, "observations")};
    if (a.facts == NULL && !is_scenario) {
        hw_errors_say(errors, "hindcast wants --observations FACTS");
    } else if (a.facts == NULL) {
        a.facts = arguments->operands[0];
    }
    a.learning.only = hw_argument_texts(arguments, "only", &a.learning.only_count);
    (void)hw_learning_check(&a.learning, errors);
    read_origins(&a, arguments, errors);
    read_ahead(&a, hw_argument_text(arguments, "ahead"), errors);
    return a;
}

void hw_hindcast_add_ends_of_years(hw_hindcast_asked *a, const hw_observations *facts, int64_t start) {
    int64_t last = INT64_MIN;
    for (uint32_t i = 0; i < facts->count; i++) {
        const hw_observation *o = &facts->items[i];
        last = o->question.kind != NULL && !o->plan && o->question.to > last ? o->question.to : last;
    }
    for (int32_t year = hw_date_from_days(start).year + 1;; year++) {
        int64_t day = hw_date_to_days((hw_date){year, 12, 31});
        if (day >= last) {
            return;
        }
        add_origin(a, day);
    }
}

void hw_hindcast_asked_free(hw_hindcast_asked *asked) {
    free((void *)asked->learning.only);
    free(asked->origins);
    *asked = (hw_hindcast_asked){0};
}
