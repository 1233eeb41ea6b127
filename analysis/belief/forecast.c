/* Asks a result for its main outcomes. */
#include "analysis/belief/forecast.h"
#include "analysis/base/memory.h"
#include "sim/date.h"
#include "sim/length.h"
#include <stdlib.h>

static void add(hw_forecast *f, hw_question question, char *name) {
    f->names = hw_take_again(f->names, f->count + 1, sizeof *f->names);
    f->questions = hw_take_again(f->questions, f->count + 1, sizeof *f->questions);
    f->names[f->count] = name;
    f->questions[f->count++] = question;
}

/* The ends of the year of `as_of` and of those 1, 2, 3, 5, 10 and 20 years later, as far as they were
 * simulated. */
static void add_by_years(hw_forecast *f, const hw_outcomes *outcomes, int64_t as_of, const char *kind,
                         const char *of) {
    static const int32_t later[] = {0, 1, 2, 3, 5, 10, 20};
    char date[16];
    for (size_t i = 0; i < HW_LENGTH(later); i++) {
        int64_t day = hw_date_to_days((hw_date){hw_date_from_days(as_of).year + later[i], 12, 31});
        if (day < outcomes->start || day > outcomes->horizon) {
            continue;
        }
        hw_question question = {.kind = hw_fact_kind_find(kind), .from = INT64_MIN, .to = day};
        question.scope[HW_SCOPE_OF] = of;
        add(f, question,
            hw_take_text("%s%s%s by %s", kind, of != NULL ? " " : "", of != NULL ? of : "",
                         hw_date_print(day, date)));
    }
}

static void add_by_place(hw_forecast *f, const hw_outcomes *outcomes, const char *kind, bool lived_in) {
    const hw_axis *places = hw_outcomes_axis(outcomes, "place");
    for (uint32_t p = 0; places != NULL && places->labels != NULL && p < places->length; p++) {
        if (lived_in && outcomes->empty != NULL && outcomes->empty[p]) {
            continue;
        }
        hw_question question = {.kind = hw_fact_kind_find(kind), .from = INT64_MIN};
        question.scope[HW_SCOPE_PLACE] = places->labels[p];
        add(f, question, hw_take_text("%s %s", kind, places->labels[p]));
    }
}

hw_status hw_forecast_read(hw_forecast *forecast, const hw_outcomes *outcomes, int64_t as_of,
                           hw_errors *errors) {
    *forecast = (hw_forecast){0};
    add_by_years(forecast, outcomes, as_of, "land_released", NULL);
    add_by_years(forecast, outcomes, as_of, "people_back", NULL);
    add_by_years(forecast, outcomes, as_of, "victims", "civilian");
    add_by_place(forecast, outcomes, "release", false);
    add_by_place(forecast, outcomes, "first_families", true);
    forecast->tellings = hw_take(forecast->count + 1, sizeof *forecast->tellings);
    for (uint32_t i = 0; i < forecast->count; i++) {
        forecast->tellings[i] =
            hw_tell(outcomes->layout, outcomes->start, outcomes->horizon, &forecast->questions[i]);
    }
    forecast->samples = hw_tellings_read(outcomes, forecast->tellings, forecast->count, errors);
    return forecast->samples != NULL ? HW_OK : HW_ERROR_IO;
}

void hw_forecast_free(hw_forecast *forecast) {
    hw_samples_free(forecast->samples, forecast->count);
    for (uint32_t i = 0; i < forecast->count; i++) {
        free(forecast->names[i]);
        if (forecast->tellings != NULL) {
            hw_telling_free(&forecast->tellings[i]);
        }
    }
    free(forecast->tellings);
    free(forecast->questions);
    free(forecast->names);
    *forecast = (hw_forecast){0};
}
