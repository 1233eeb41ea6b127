/* Finds the money that is asked about, and gives it an amount. */
#include "analysis/decide/purse.h"
#include "analysis/base/memory.h"
#include "models/scenario.h"
#include "sim/date.h"
#include "sim/input/setting.h"
#include <stdlib.h>
#include <string.h>

static const hw_stream_terms *find(const hw_scenario *scenario, const char *stream) {
    for (uint32_t i = 0; i < scenario->streams.count; i++) {
        if (strcmp(scenario->streams.names[i], stream) == 0) {
            return HW_ITEM(scenario->streams, hw_stream_terms, i);
        }
    }
    return NULL;
}

/* Finds the factor in force, if there is one; those of later years would take the place of the one asked. */
static hw_status look_at_terms(hw_purse *purse, const hw_stream_terms *terms, int64_t day,
                               hw_errors *errors) {
    if (terms->amount != UINT32_MAX) {
        hw_errors_say(errors, "'%s' is a pledge: ask for yearly money, or for a new name", purse->stream);
        return HW_ERROR_INPUT;
    }
    for (uint32_t i = 0; i < terms->factor.count; i++) {
        if (terms->factor.items[i].day >= day) {
            hw_errors_say(errors, "'%s' has a factor of its own from %d on: say --from a later year",
                          purse->stream, hw_date_from_days(terms->factor.items[i].day).year);
            return HW_ERROR_INPUT;
        }
        purse->factored = true;
        purse->factor = terms->factor.items[i].day;
    }
    return HW_OK;
}

/* A name that is nearly that of a stream is hardly meant as a new one. */
static hw_status look_at_name(const hw_scenario *scenario, const char *stream, hw_errors *errors) {
    const char *nearest = hw_nearest_name(stream, scenario->streams.names, scenario->streams.count);
    if (nearest != NULL) {
        hw_errors_say(errors,
                      "the scenario has no stream '%s'; did you mean '%s'? A new budget wants a name that "
                      "is less alike",
                      stream, nearest);
    }
    return nearest != NULL ? HW_ERROR_INPUT : HW_OK;
}

hw_status hw_purse_look(hw_purse *purse, const hw_loaded *loaded, const char *stream, int32_t from,
                        hw_errors *errors) {
    const hw_stream_terms *terms = find(loaded->scenario, stream);
    hw_date start = hw_date_from_days(loaded->start);
    bool first_of_year = start.month == 1 && start.day == 1;
    *purse = (hw_purse){.stream = stream, .from = from != 0 ? from : start.year + !first_of_year};
    int64_t day = hw_date_to_days((hw_date){purse->from, 1, 1});
    purse->kind = terms == NULL ? HW_PURSE_NEW : HW_PURSE_YEARLY;
    purse->plan = purse->kind == HW_PURSE_NEW ? 0 : 1;
    purse->first = purse->kind == HW_PURSE_NEW ? 4e6 : 1.5;
    purse->infinite = purse->kind == HW_PURSE_NEW ? 2e9 : 100;
    if (day < loaded->start || day > loaded->horizon) {
        hw_errors_say(errors, "--from %d is outside what is simulated", purse->from);
        return HW_ERROR_INPUT;
    }
    return terms != NULL ? look_at_terms(purse, terms, day, errors)
                         : look_at_name(loaded->scenario, stream, errors);
}

hw_setting hw_purse_setting(const hw_purse *purse, double amount) {
    if (purse->kind == HW_PURSE_NEW) {
        return (hw_setting){
            .path = hw_take_text("streams.\"%s\"", purse->stream),
            .yaml =
                hw_take_text("{kind: state, yearly: {%d: %.10g USD}, source: the amount that is asked for}",
                             purse->from, amount)};
    }
    char day[16];
    return (hw_setting){.path = hw_take_text("streams.\"%s\".factor.%d", purse->stream, purse->from),
                        .yaml = purse->factored ? hw_take_text("%.10g %% of %s", 100 * amount,
                                                               hw_date_print(purse->factor, day))
                                                : hw_take_text("%.10g", amount)};
}

char *hw_purse_words(const hw_purse *purse, double amount) {
    double said = purse->kind == HW_PURSE_NEW ? amount / 1e6 : amount;
    char *number = said < 1000 ? hw_take_text("%.3g", said) : hw_take_text("%.0f", said);
    char *words = hw_take_text("%s %s", number,
                               purse->kind == HW_PURSE_NEW ? "million dollars a year" : "times the plan");
    free(number);
    return words;
}
