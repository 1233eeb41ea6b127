/* Checks dates and places of a question against the results. */
#include "analysis/results/question.h"
#include "analysis/base/memory.h"
#include "analysis/base/name_fold.h"
#include "sim/date.h"
#include "sim/length.h"
#include <stdlib.h>
#include <string.h>

static int compare_days(const void *left, const void *right) {
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return (a > b) - (a < b);
}

int64_t *hw_question_dates(const hw_outcomes *outcomes, const int64_t *by, uint32_t by_count,
                           uint32_t *count) {
    static const int32_t usual[] = {2026, 2030, 2035, 2040};
    enum { USUAL = HW_LENGTH(usual) };
    int64_t *days = hw_take(USUAL + 1 + by_count, sizeof *days);
    uint32_t n = 0;
    for (int i = 0; i < USUAL; i++) {
        int64_t day = hw_date_to_days((hw_date){.year = usual[i], .month = 12, .day = 31});
        if (day >= outcomes->start && day <= outcomes->horizon) {
            days[n++] = day;
        }
    }
    for (uint32_t i = 0; i < by_count; i++) {
        days[n++] = by[i];
    }
    if (n == 0) {
        days[n++] = outcomes->horizon;
    }
    qsort(days, n, sizeof *days, compare_days);
    *count = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (i == 0 || days[i] != days[i - 1]) {
            days[(*count)++] = days[i];
        }
    }
    return days;
}

hw_status hw_question_check_dates(const hw_outcomes *outcomes, const int64_t *by, uint32_t by_count,
                                  hw_errors *errors) {
    hw_status status = HW_OK;
    for (uint32_t i = 0; i < by_count; i++) {
        if (by[i] >= outcomes->start && by[i] <= outcomes->horizon) {
            continue;
        }
        char asked[16], start[16], horizon[16];
        hw_errors_say(errors, "%s is outside of what was simulated: %s to %s", hw_date_print(by[i], asked),
                      hw_date_print(outcomes->start, start), hw_date_print(outcomes->horizon, horizon));
        status = HW_ERROR_INPUT;
    }
    return status;
}

hw_asked_name hw_question_name(const char *asked) {
    static const char *const axes[] = {"place", "district"};
    for (size_t i = 0; i < HW_LENGTH(axes); i++) {
        size_t length = strlen(axes[i]);
        if (strncmp(asked, axes[i], length) == 0 && asked[length] == ':') {
            return (hw_asked_name){asked + length + 1 + strspn(asked + length + 1, " "), axes[i]};
        }
    }
    return (hw_asked_name){asked, NULL};
}

static void say_unknown(const hw_axis *places, const hw_axis *districts, const hw_asked_name *asked,
                        hw_errors *errors) {
    bool no_places = asked->axis != NULL && strcmp(asked->axis, "district") == 0;
    bool no_districts = asked->axis != NULL && strcmp(asked->axis, "place") == 0;
    uint32_t place_count = places != NULL && !no_places ? places->length : 0;
    uint32_t district_count = districts != NULL && !no_districts ? districts->length : 0;
    const char **names = hw_take(place_count + district_count, sizeof *names);
    for (uint32_t i = 0; i < place_count; i++) {
        names[i] = places->labels[i];
    }
    for (uint32_t i = 0; i < district_count; i++) {
        names[place_count + i] = districts->labels[i];
    }
    const char *what = asked->axis != NULL ? asked->axis : "place or district";
    hw_refuse_name(what, asked->name, "these results", names, place_count + district_count, errors);
    free(names);
}

hw_status hw_question_place(const hw_outcomes *outcomes, const char *name, uint32_t *place,
                            uint32_t *district, hw_errors *errors) {
    const hw_axis *places = hw_outcomes_axis(outcomes, "place");
    const hw_axis *districts = hw_outcomes_axis(outcomes, "district");
    hw_asked_name asked = hw_question_name(name);
    bool any = asked.axis == NULL;
    *place = any || strcmp(asked.axis, "place") == 0 ? hw_axis_find(places, asked.name) : UINT32_MAX;
    *district = any || strcmp(asked.axis, "district") == 0 ? hw_axis_find(districts, asked.name) : UINT32_MAX;
    if (*place != UINT32_MAX && *district != UINT32_MAX) {
        hw_errors_say(errors, "'%s' is a place and a district: say 'place:%s' or 'district:%s'", asked.name,
                      asked.name, asked.name);
        return HW_ERROR_INPUT;
    }
    if (*place != UINT32_MAX || *district != UINT32_MAX) {
        return HW_OK;
    }
    say_unknown(places, districts, &asked, errors);
    return HW_ERROR_INPUT;
}
