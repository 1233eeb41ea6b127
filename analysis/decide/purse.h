/* Money whose amount is asked for: a stream of the scenario of which there is more or less from a year on, or
 * a new budget of the state. */
#ifndef HW_ANALYSIS_PURSE_H
#define HW_ANALYSIS_PURSE_H

#include "analysis/scenario/load.h"

typedef enum hw_purse_kind {
    HW_PURSE_YEARLY, /* times what the scenario says, from a year on */
    HW_PURSE_NEW,    /* USD a year, from a year on */
} hw_purse_kind;

typedef struct hw_purse {
    hw_purse_kind kind;
    const char *stream;
    int32_t from;
    bool factored;   /* the scenario has a factor in force in that year: times that */
    int64_t factor;  /* since that day */
    double plan;     /* the amount that leaves the scenario as it is: 1 or 0 */
    double first;    /* an amount above it to begin a search with */
    double infinite; /* more than anybody could spend */
} hw_purse;

/* `from`: a year, or 0: the first that begins after the scenario's start. HW_ERROR_INPUT for a pledge, for a
 * new name that is nearly that of a stream, for a stream with factors of its own after that year, and for a
 * year outside what is simulated. The name must outlive it. */
hw_status hw_purse_look(hw_purse *purse, const hw_loaded *loaded, const char *stream, int32_t from,
                        hw_errors *errors);

/* The setting that gives it an amount, over the scenario; free both texts. */
hw_setting hw_purse_setting(const hw_purse *purse, double amount);

/* "1.62 times the plan", "35 million dollars a year". Free it. */
char *hw_purse_words(const hw_purse *purse, double amount);

#endif
