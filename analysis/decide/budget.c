/* Shares a budget of a scenario. */
#include "analysis/decide/budget.h"
#include "analysis/base/memory.h"
#include "analysis/decide/quoted.h"
#include "models/method.h"
#include "models/scenario.h"
#include "sim/date.h"
#include "sim/input/units.h"
#include "sim/length.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- What may be shared among ---- */

static void add_part(hw_budget *budget, char *name) {
    if (budget->count < HW_SHARES_MOST) {
        budget->names[budget->count] = name;
    } else {
        free(name);
    }
    budget->count++; /* what is too much is seen afterwards */
}

static void list_districts(hw_budget *budget, const hw_loaded *loaded) {
    const hw_scenario *scenario = loaded->scenario;
    for (uint32_t d = 0; d < scenario->districts.count; d++) {
        add_part(budget, hw_take_text("%s", scenario->districts.names[d]));
    }
}

/* Methods that the scenario has teams of: where it has none, nobody grows. */
static void list_methods(hw_budget *budget, const hw_loaded *loaded) {
    const hw_scenario *scenario = loaded->scenario;
    for (uint32_t m = 0; hw_method_names[m] != NULL; m++) {
        bool has = false;
        for (uint32_t a = 0; a < scenario->assets.count; a++) {
            const hw_asset *asset = HW_ITEM(scenario->assets, hw_asset, a);
            has = has || (asset->method == m && asset->teams > 0);
        }
        if (has) {
            add_part(budget, hw_take_text("%s", hw_method_names[m]));
        }
    }
}

static void list_years(hw_budget *budget, const hw_loaded *loaded) {
    (void)loaded;
    for (int32_t year = budget->from; year <= budget->last; year++) {
        add_part(budget, hw_take_text("%d", year));
    }
}

const hw_choice hw_choices[] = {
    {"districts", "district", "anywhere", "only_districts: [", "]", list_districts},
    {"methods", "method", "any method", "only_method: ", "", list_methods},
    {"years", "year", .list = list_years},
};
const size_t hw_choice_count = HW_LENGTH(hw_choices);

const hw_choice *hw_choice_find(const char *name) {
    for (size_t i = 0; i < hw_choice_count; i++) {
        if (strcmp(hw_choices[i].name, name) == 0) {
            return &hw_choices[i];
        }
    }
    return NULL;
}

/* ---- Words ---- */

hw_status hw_budget_read_money(const char *option, const char *text, bool yearly, double *usd,
                               hw_errors *errors) {
    static const char a_year[] = "/year";
    size_t length = strlen(text), tail = strlen(a_year);
    bool says_year = length > tail && strcmp(text + length - tail, a_year) == 0;
    char *money = hw_take_text("%.*s", (int)(says_year ? length - tail : length), text);
    char problem[HW_UNIT_PROBLEM_BYTES];
    hw_quantity quantity = {0};
    bool good = hw_quantity_parse(money, HW_DIM_MONEY, NULL, &quantity, problem) && says_year == yearly &&
                quantity.value >= 1 && quantity.value <= 1e12;
    free(money);
    *usd = good ? round(quantity.value) : 0;
    if (!good) {
        hw_errors_say(errors, "--%s wants money%s, such as '%s', not '%s'", option,
                      yearly ? " a year" : " in all", yearly ? "120 MUSD/year" : "5 MUSD", text);
    }
    return good ? HW_OK : HW_ERROR_INPUT;
}

/* "20 %" as thousandths. */
static bool read_share(const char *text, uint32_t *thousandths) {
    char problem[HW_UNIT_PROBLEM_BYTES];
    hw_quantity quantity = {0};
    bool good = hw_quantity_parse(text + strspn(text, " "), HW_DIM_SHARE, NULL, &quantity, problem) &&
                quantity.value >= 0 && quantity.value <= 1;
    *thousandths = good ? (uint32_t)lround(HW_SHARES_WHOLE * quantity.value) : 0;
    return good;
}

/* "Agdam=10 %", where the part is one that there is. */
static void read_limit(const hw_budget *budget, const char *option, const char *text, uint32_t *limits,
                       hw_errors *errors) {
    const char *equals = strrchr(text, '=');
    uint32_t share;
    if (equals == NULL || !read_share(equals + 1, &share)) {
        hw_errors_say(errors, "--%s wants NAME=SHARE, such as '%s=10 %%', not '%s'", option,
                      budget->names[budget->count - 1], text);
        return;
    }
    size_t length = (size_t)(equals - text);
    while (length > 0 && text[length - 1] == ' ') {
        length--;
    }
    char *name = hw_take_text("%.*s", (int)length, text);
    for (uint32_t i = 0; i < budget->count; i++) {
        if (strcmp(budget->names[i], name) == 0) {
            limits[i] = share;
            free(name);
            return;
        }
    }
    hw_suggest(errors, (hw_position){0}, name, (const char *const *)budget->names, budget->count, "",
               "--%s: there is no %s '%s' to share the budget among", option, budget->choice->noun, name);
    free(name);
}

/* ---- Looking up ---- */

static bool bears_string(const hw_stream_terms *terms) {
    return terms->only_districts.count > 0 || terms->only_operators.count > 0 ||
           terms->only_place != HW_NO_REFERENCE || terms->only_method != 0 || terms->condition != 0;
}

static void replace(hw_budget *budget, const hw_loaded *loaded, const char *stream, int32_t from,
                    hw_errors *errors) {
    budget->replaced = hw_take_again(budget->replaced, budget->replaced_count + 1, sizeof *budget->replaced);
    hw_purse *purse = &budget->replaced[budget->replaced_count];
    if (hw_purse_look(purse, loaded, stream, from, errors) != HW_OK) {
        return;
    }
    if (purse->kind == HW_PURSE_NEW) {
        hw_errors_say(errors, "--money: the scenario has no stream '%s' whose place the budget could take",
                      stream);
        return;
    }
    purse->stream = hw_take_text("%s", stream); /* the name may be that of a scenario, which goes */
    budget->replaced_count++;
}

/* The named ones, or all yearly money for mine action that bears no string. */
static void find_replaced(hw_budget *budget, const hw_budget_wish *wish, const hw_loaded *loaded,
                          hw_errors *errors) {
    const hw_scenario *scenario = loaded->scenario;
    bool none = wish->money_count == 1 && strcmp(wish->money[0], "none") == 0;
    for (uint32_t i = 0; i < wish->money_count && !none; i++) {
        replace(budget, loaded, wish->money[i], budget->from, errors);
    }
    for (uint32_t i = 0; i < scenario->streams.count && wish->money_count == 0; i++) {
        const hw_stream_terms *terms = HW_ITEM(scenario->streams, hw_stream_terms, i);
        if (terms->pays == HW_PAYS_CLEARANCE && terms->yearly.count > 0 && !bears_string(terms)) {
            replace(budget, loaded, scenario->streams.names[i], budget->from, errors);
        }
    }
    for (uint32_t i = 0; i < scenario->streams.count && budget->replaced_count > 0; i++) {
        if (strcmp(scenario->streams.names[i], budget->replaced[0].stream) == 0) {
            const hw_value *values = hw_binding_values(loaded->binding)->items;
            const hw_stream_terms *terms = HW_ITEM(scenario->streams, hw_stream_terms, i);
            budget->overhead = hw_distribution_median(&values[terms->overhead].distribution);
        }
    }
}

static void share_as_today(hw_budget *budget) {
    uint32_t sum = 0;
    for (uint32_t i = 0; i < budget->count; i++) {
        budget->low[i] = 0;
        budget->high[i] = HW_SHARES_WHOLE;
        uint32_t reached = (uint32_t)lround((double)HW_SHARES_WHOLE * (i + 1) / budget->count);
        budget->today[i] = budget->choice->free != NULL ? (i == 0 ? HW_SHARES_WHOLE : 0) : reached - sum;
        sum = reached;
    }
}

static void read_limits(hw_budget *budget, const hw_budget_wish *wish, hw_errors *errors) {
    uint32_t least = 0, most = 0;
    bool today = true;
    for (uint32_t i = 0; i < wish->at_least_count; i++) {
        read_limit(budget, "at-least", wish->at_least[i], budget->low, errors);
    }
    for (uint32_t i = 0; i < wish->at_most_count; i++) {
        read_limit(budget, "at-most", wish->at_most[i], budget->high, errors);
    }
    for (uint32_t i = 0; i < budget->count; i++) {
        least += budget->low[i];
        most += budget->high[i];
        today = today && budget->low[i] <= budget->today[i] && budget->today[i] <= budget->high[i];
        if (budget->low[i] > budget->high[i]) {
            hw_errors_say(errors, "'%s' is to have at least more than at most", budget->names[i]);
        }
    }
    if (least > HW_SHARES_WHOLE || most < HW_SHARES_WHOLE) {
        hw_errors_say(errors,
                      "no shares keep to these limits: together they are %g %% to %g %% of the budget",
                      least / 10.0, most / 10.0);
    }
    budget->change = HW_SHARES_WHOLE;
    if (wish->change != NULL && !read_share(wish->change, &budget->change)) {
        hw_errors_say(errors, "--change-at-most wants a share, such as '20 %%', not '%s'", wish->change);
    }
    if (budget->change < HW_SHARES_WHOLE && !today) {
        hw_errors_say(errors, "--change-at-most counts from today's shares, which do not keep to the other "
                              "limits");
    }
}

hw_status hw_budget_look(hw_budget *budget, const hw_choice *choice, const hw_budget_wish *wish,
                         const hw_loaded *loaded, hw_errors *errors) {
    uint32_t before = errors->count;
    hw_date start = hw_date_from_days(loaded->start), horizon = hw_date_from_days(loaded->horizon);
    bool first_of_year = start.month == 1 && start.day == 1;
    *budget = (hw_budget){.choice = choice,
                          .from = wish->from != 0 ? wish->from : start.year + !first_of_year,
                          .last = horizon.year};
    (void)hw_budget_read_money("budget", wish->amount, true, &budget->usd, errors);
    if (budget->from < start.year + !first_of_year || budget->from > budget->last) {
        hw_errors_say(errors, "--from %d is outside of the years that are simulated whole, %d to %d",
                      budget->from, start.year + !first_of_year, budget->last);
        return HW_ERROR_INPUT;
    }
    if (choice->free != NULL) {
        add_part(budget, hw_take_text("%s", choice->free));
    }
    choice->list(budget, loaded);
    if (budget->count < 2 || budget->count > HW_SHARES_MOST) {
        hw_errors_say(errors, "the budget is to be shared among %u %s: 2 to %d can be chosen among",
                      budget->count, choice->name, HW_SHARES_MOST);
        budget->count = budget->count > HW_SHARES_MOST ? HW_SHARES_MOST : budget->count;
        return HW_ERROR_INPUT;
    }
    share_as_today(budget);
    read_limits(budget, wish, errors);
    find_replaced(budget, wish, loaded, errors);
    return errors->count > before ? HW_ERROR_INPUT : HW_OK;
}

void hw_budget_free(hw_budget *budget) {
    for (uint32_t i = 0; i < budget->count; i++) {
        free(budget->names[i]);
    }
    for (uint32_t i = 0; i < budget->replaced_count; i++) {
        free((char *)budget->replaced[i].stream);
    }
    free(budget->replaced);
    *budget = (hw_budget){0};
}

/* ---- Shared ---- */

double hw_budget_whole(const hw_budget *budget) {
    bool by_year = budget->choice->earmark == NULL;
    return by_year ? budget->usd * (budget->last - budget->from + 1) : budget->usd;
}

void hw_budget_amounts(const hw_budget *budget, const uint32_t *parts, double *usd) {
    double whole = hw_budget_whole(budget), before = 0;
    uint32_t sum = 0;
    for (uint32_t i = 0; i < budget->count; i++) {
        sum += parts[i];
        double reached = round(whole * sum / HW_SHARES_WHOLE);
        usd[i] = reached - before;
        before = reached;
    }
}

static const char stream_name[] = "The budget";

/* One stream with an entry for each year. */
static hw_setting by_year(const hw_budget *budget, const double *usd) {
    char *text = NULL;
    size_t length = 0;
    FILE *out = hw_take_stream(&text, &length);
    fputs("{kind: state, yearly: {", out);
    for (uint32_t i = 0; i < budget->count; i++) {
        fprintf(out, "%s%s: %.0f USD", i > 0 ? ", " : "", budget->names[i], usd[i]);
    }
    fprintf(out, "}, overhead: %.6g %%, source: a budget that is shared}", 100 * budget->overhead);
    hw_end_stream(out);
    return (hw_setting){.path = hw_take_text("streams.\"%s\"", stream_name), .yaml = text};
}

/* A stream for one part. All have one, also those that get nothing: what else is drawn stays the same. */
static hw_setting for_part(const hw_budget *budget, uint32_t part, double usd) {
    bool is_free = part == 0;
    char *text = NULL;
    size_t length = 0;
    FILE *out = hw_take_stream(&text, &length);
    fprintf(out, "{kind: state, yearly: {%d: %.0f USD}, overhead: %.6g %%, ", budget->from, usd,
            100 * budget->overhead);
    if (!is_free) {
        fputs(budget->choice->earmark, out);
        hw_print_quoted(out, budget->names[part]);
        fprintf(out, "%s, ", budget->choice->after);
    }
    fputs("source: a budget that is shared}", out);
    hw_end_stream(out);
    return (hw_setting){.path = hw_take_text("streams.\"%s%s%s\"", stream_name, is_free ? "" : " for ",
                                             is_free ? "" : budget->names[part]),
                        .yaml = text};
}

hw_setting *hw_budget_settings(const hw_budget *budget, const uint32_t *parts, uint32_t *count) {
    hw_setting *settings = hw_take(budget->replaced_count + budget->count, sizeof *settings);
    double usd[HW_SHARES_MOST];
    hw_budget_amounts(budget, parts, usd);
    *count = 0;
    for (uint32_t i = 0; i < budget->replaced_count; i++) {
        settings[(*count)++] = hw_purse_setting(&budget->replaced[i], 0);
    }
    if (budget->choice->earmark == NULL) {
        settings[(*count)++] = by_year(budget, usd);
        return settings;
    }
    for (uint32_t i = 0; i < budget->count; i++) {
        settings[(*count)++] = for_part(budget, i, usd[i]);
    }
    return settings;
}

void hw_budget_settings_free(hw_setting *settings, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        free((char *)settings[i].path);
        free((char *)settings[i].yaml);
    }
    free(settings);
}

char *hw_budget_words(const hw_budget *budget) {
    char *text = NULL, *amount = hw_take_text("%.6g", budget->usd / 1e6);
    size_t length = 0;
    FILE *out = hw_take_stream(&text, &length);
    fprintf(out, "%s million dollars a year from %d on, ", amount, budget->from);
    fputs(budget->replaced_count > 0 ? "in the place of " : "beside all other money", out);
    for (uint32_t i = 0; i < budget->replaced_count; i++) {
        bool last = i + 1 == budget->replaced_count;
        fprintf(out, "%s%s", i == 0 ? "" : last ? " and " : ", ", budget->replaced[i].stream);
    }
    hw_end_stream(out);
    free(amount);
    return text;
}
