/* Reads the currencies of a scenario from its rows. */
#include "analysis/results/money.h"
#include "analysis/base/memory.h"
#include "analysis/results/outcomes.h"
#include "analysis/results/value_tree.h"
#include "sim/input/units.h"
#include <stdlib.h>
#include <string.h>

static const char usd[] = "USD";

static void refuse(const hw_value_tree *currencies, const char *name, hw_errors *errors) {
    uint32_t all = currencies != NULL ? currencies->count : 0, count = 0;
    const char **names = hw_take(all + 1, sizeof *names);
    names[count++] = usd;
    for (uint32_t i = 0; i < all; i++) {
        if (hw_currency_name_is_good(currencies->items[i].name)) {
            names[count++] = currencies->items[i].name;
        }
    }
    hw_suggest(errors, (hw_position){0}, name, names, count, "", "the scenario has no currency '%s'", name);
    free(names);
}

bool hw_money_read(hw_money *money, const char *rows, const char *name, hw_errors *errors) {
    hw_value_tree values;
    hw_value_tree_read(&values, rows);
    const hw_value_tree *currencies = hw_value_tree_child(&values, "currencies");
    const char *asked = name != NULL ? name : hw_value_tree_text(currencies, "shown_in");
    const char *worth = asked != NULL ? hw_value_tree_text(currencies, asked) : NULL;
    hw_quantity quantity = {.value = 1};
    char problem[HW_UNIT_PROBLEM_BYTES];
    bool good = asked == NULL || strcmp(asked, usd) == 0;
    *money = (hw_money){.usd = 1};
    if (!good && hw_currency_name_is_good(asked) && worth != NULL &&
        hw_quantity_parse(worth, HW_DIM_MONEY, NULL, &quantity, problem) && quantity.value > 0) {
        memcpy(money->name, asked, sizeof money->name);
        money->usd = quantity.value;
        good = true;
    }
    if (!good) {
        refuse(currencies, asked, errors);
    }
    hw_value_tree_free(&values);
    return good;
}

hw_status hw_money_ask(hw_outcomes *outcomes, const hw_arguments *arguments, hw_errors *errors) {
    const char *name = hw_argument_text(arguments, "currency");
    bool good = name == NULL || hw_money_read(&outcomes->money, outcomes->rows, name, errors);
    return good ? HW_OK : HW_ERROR_INPUT;
}

bool hw_money_is_usd(const hw_outcomes *outcomes) {
    return outcomes->money.name[0] == '\0';
}

const char *hw_money_name(const hw_outcomes *outcomes) {
    return hw_money_is_usd(outcomes) ? usd : outcomes->money.name;
}

double hw_money_scale(const hw_outcomes *outcomes, const hw_variable *variable) {
    bool other = !hw_money_is_usd(outcomes) && strcmp(variable->units, usd) == 0;
    return other ? 1 / outcomes->money.usd : 1;
}

char *hw_money_text(const hw_outcomes *outcomes, const char *text) {
    char *copy = hw_take_text("%s", text);
    for (char *at = strstr(copy, usd); at != NULL; at = strstr(at + 3, usd)) {
        memcpy(at, hw_money_name(outcomes), 3);
    }
    return copy;
}
