/* The questions of what to do that the desk has in hand: one is worked on at a time, by this program itself
 * as a command line would start it, in a temporary folder; the others wait. The same question is worked on
 * once, however many windows ask it, and its answer is kept for who comes back. */
#ifndef HW_ANALYSIS_DESK_DECIDER_H
#define HW_ANALYSIS_DESK_DECIDER_H

#include "analysis/desk/engine.h"

typedef struct hw_decider hw_decider;

/* What is told of a question: {"state": "waiting", "before": n}, {"state": "running", "done", "of", "left",
 * "step"},
 * {"state": "wrong", "errors"}, {"state": "done", "answers"}: as hw_page_put_answers has them. */
typedef void hw_decider_tell(void *context, uint64_t tab, uint64_t number, const char *text);

hw_decider *hw_decider_begin(const hw_engine_wish *wish, hw_decider_tell *tell, void *context);

/* The tab asks this (JSON, analysis/desk/decision.h) instead of what it asked before. */
void hw_decider_ask(hw_decider *decider, uint64_t tab, uint64_t number, const char *text);

/* The tab does not want it any more: what nobody else wants is ended. */
void hw_decider_cancel(hw_decider *decider, uint64_t tab);

/* Nobody looks at the tab any more, perhaps as it is being loaded again: what it asked is worked on until
 * others wait, or for a minute. */
void hw_decider_leave(hw_decider *decider, uint64_t tab);

/* What can be read when hw_decider_hear has something to do; -1: nothing. */
int hw_decider_waits_for(const hw_decider *decider);
void hw_decider_hear(hw_decider *decider);

/* Ends all, and removes the temporary folder. */
void hw_decider_free(hw_decider *decider);

#endif
