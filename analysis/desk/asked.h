/* The questions that the engine has in hand: each once, however many tabs ask it, and some that nobody asks
 * any more, for who comes back to them. */
#ifndef HW_ANALYSIS_DESK_ASKED_H
#define HW_ANALYSIS_DESK_ASKED_H

#include "analysis/desk/question.h"
#include "analysis/desk/worlds.h"

enum {
    HW_TABS_MOST = 128,
    HW_UNASKED_MOST = 8, /* that are kept though nobody asks them */
    HW_ASKED_MOST = HW_TABS_MOST + HW_UNASKED_MOST
};

typedef struct hw_asked_one {
    char *words; /* levers and text as they were sent: what tells questions apart; NULL: free */
    hw_desk_question question;
    hw_worlds_kept worlds;
    bool is_base;         /* the base itself: no worlds of its own */
    uint64_t told;        /* worlds of the last answer; with all of them only the answer is kept */
    char *answer;         /* the last one, for tabs that come later */
    uint64_t last_wanted; /* a count of turns */
} hw_asked_one;

typedef struct hw_asking_tab {
    bool asks;
    uint64_t tab, number;
    uint32_t one;  /* what it asks */
    uint64_t told; /* worlds of the answer that it has */
} hw_asking_tab;

typedef struct hw_asked_list {
    hw_asked_one ones[HW_ASKED_MOST];
    hw_asking_tab tabs[HW_TABS_MOST];
    uint64_t turn;
} hw_asked_list;

/* The question of these words, or NULL. */
hw_asked_one *hw_asked_find(hw_asked_list *list, const char *words);
/* A free place; of what nobody asks only the last few are kept. */
hw_asked_one *hw_asked_make_room(hw_asked_list *list);
bool hw_asked_is(const hw_asked_list *list, const hw_asked_one *one);
void hw_asked_forget(hw_asked_one *one);
/* It is answered with all its worlds: they are let go, the answer stays. */
void hw_asked_settle(hw_asked_one *one);

/* The tab asks this from now on; false when too many tabs ask. */
bool hw_asked_by(hw_asked_list *list, const hw_asked_one *one, uint64_t tab, uint64_t number);
void hw_asked_leave(hw_asked_list *list, uint64_t tab);

/* Of what is asked and not answered with `most` worlds, that with the fewest; NULL: nothing is. */
hw_asked_one *hw_asked_next(hw_asked_list *list, uint64_t most);
void hw_asked_free(hw_asked_list *list);

#endif
