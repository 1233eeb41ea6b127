/* A yearly budget that is shared: among districts, methods, or the years in which it comes. It takes the
 * place of yearly money that the scenario has for mine action. */
#ifndef HW_ANALYSIS_BUDGET_H
#define HW_ANALYSIS_BUDGET_H

#include "analysis/decide/purse.h"
#include "analysis/figures/shares.h"

struct hw_budget;

/* What money may be shared among; one row each. */
typedef struct hw_choice {
    const char *name; /* "districts" */
    const char *noun; /* "district" */
    const char *free; /* the part that bears no earmark, which is all of it today: "anywhere"; NULL: none, and
                         today all parts are even */
    const char *earmark, *after; /* around the name of a part, in its stream; NULL: one stream, part by year
                                  */
    void (*list)(struct hw_budget *budget, const hw_loaded *loaded); /* adds the parts */
} hw_choice;

extern const hw_choice hw_choices[];
extern const size_t hw_choice_count;

/* NULL for an unknown name. */
const hw_choice *hw_choice_find(const char *name);

typedef struct hw_budget_wish {
    const char *amount;       /* "120 MUSD/year" */
    const char *const *money; /* streams whose place it takes; "none"; none: all that bear no string */
    uint32_t money_count;
    int32_t from; /* the first year, or 0: the first that begins after the scenario's start */
    const char *const *at_least, *const *at_most; /* "Agdam=10 %" */
    uint32_t at_least_count, at_most_count;
    const char *change; /* "20 %": of the money that may stand elsewhere than today; NULL: all */
} hw_budget_wish;

typedef struct hw_budget {
    const hw_choice *choice;
    double usd; /* a year, whole dollars */
    int32_t from, last;
    char *names[HW_SHARES_MOST]; /* of the parts */
    uint32_t count;
    uint32_t low[HW_SHARES_MOST], high[HW_SHARES_MOST], today[HW_SHARES_MOST], change; /* as hw_shares */
    hw_purse *replaced;
    uint32_t replaced_count;
    double overhead; /* of what is spent: the median of the first that is replaced */
} hw_budget;

/* Looks everything up in the scenario. HW_ERROR_INPUT with all that is wrong. Free after failure too; names
 * of streams must outlive it. */
hw_status hw_budget_look(hw_budget *budget, const hw_choice *choice, const hw_budget_wish *wish,
                         const hw_loaded *loaded, hw_errors *errors);
void hw_budget_free(hw_budget *budget);

/* Reads "120 MUSD/year" or, not yearly, "120 MUSD"; whole dollars. HW_ERROR_INPUT, saying what was expected.
 */
hw_status hw_budget_read_money(const char *option, const char *text, bool yearly, double *usd,
                               hw_errors *errors);

/* What is shared in all: a year's money, or of years that of all years. */
double hw_budget_whole(const hw_budget *budget);

/* Dollars of each part: whole, and together the whole. */
void hw_budget_amounts(const hw_budget *budget, const uint32_t *parts, double *usd);

/* The settings over the scenario that share the budget so; `count` of them. Free with
 * hw_budget_settings_free. */
hw_setting *hw_budget_settings(const hw_budget *budget, const uint32_t *parts, uint32_t *count);
void hw_budget_settings_free(hw_setting *settings, uint32_t count);

/* "120 million dollars a year from 2026 on, in the place of State mine action budget". Free it. */
char *hw_budget_words(const hw_budget *budget);

#endif
