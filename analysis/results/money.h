/* The currency in which a result tells of money. The model counts in USD, and so do the variables of a result
 * file; a scenario says in which currency its readers think, and at what rate. */
#ifndef HW_ANALYSIS_MONEY_H
#define HW_ANALYSIS_MONEY_H

#include "analysis/base/command.h"
#include "sim/error.h"
#include "sim/record.h"

struct hw_outcomes;

/* The row of every command that tells of money in the currency of the scenario. */
#define HW_CURRENCY_OPTION                                                                                   \
    {                                                                                                        \
        "currency", 0, HW_OPTION_TEXT, false, "NAME",                                                        \
            "tell money in this currency of the scenario, instead of the one that it says"                   \
    }

typedef struct hw_money {
    char name[4]; /* "EUR"; "": USD */
    double usd;   /* value of one */
} hw_money;

/* The currency of that name among those of the scenario (rows as in value_tree.h); with NULL the one in which
 * the scenario wants results to be told, else USD. False with an error when the scenario has no such. */
bool hw_money_read(hw_money *money, const char *rows, const char *name, hw_errors *errors);

/* As the words of a command line ask for it. HW_ERROR_INPUT when the scenario has no such. */
hw_status hw_money_ask(struct hw_outcomes *outcomes, const hw_arguments *arguments, hw_errors *errors);

bool hw_money_is_usd(const struct hw_outcomes *outcomes);
/* "EUR" */
const char *hw_money_name(const struct hw_outcomes *outcomes);
/* By what numbers of a variable are multiplied: 1 when they are no money. */
double hw_money_scale(const struct hw_outcomes *outcomes, const hw_variable *variable);
/* A text about money, with that currency for "USD". The caller frees it. */
char *hw_money_text(const struct hw_outcomes *outcomes, const char *text);

#endif
