/* What each window of a browser was last told, for the threads that serve them. */
#ifndef HW_ANALYSIS_DESK_TABS_H
#define HW_ANALYSIS_DESK_TABS_H

#include "analysis/desk/asked.h"
#include "analysis/desk/wire.h"
#include <pthread.h>

enum { HW_TOLD_KINDS = 4 }; /* answer, progress, wrong; and of a question of what to do */

/* A text that several threads may be sending: freed by the last one. */
typedef struct hw_told {
    uint32_t holders;
    uint64_t number, version; /* of the question; grows with each text that is told to anybody */
    hw_wire_kind kind;
    size_t length;
    char text[];
} hw_told;

typedef struct hw_tab {
    uint64_t tab;              /* 0: free */
    uint64_t number, decision; /* of its question, and of its question of what to do */
    uint64_t used;
    uint32_t listeners;           /* connections that wait for what it is told */
    hw_told *told[HW_TOLD_KINDS]; /* the last of each kind about these */
} hw_tab;

typedef struct hw_tabs {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool ended;
    uint64_t uses, versions;
    hw_tab items[HW_TABS_MOST];
} hw_tabs;

void hw_tabs_begin(hw_tabs *tabs);
/* Wakes all that wait: from then on nothing comes any more. */
void hw_tabs_end(hw_tabs *tabs);
bool hw_tabs_ended(hw_tabs *tabs);
void hw_tabs_free(hw_tabs *tabs);

/* The tab asks this: what it was told of earlier questions is forgotten. Returns the tab that had to make
 * room, or 0. */
uint64_t hw_tabs_ask(hw_tabs *tabs, uint64_t tab, uint64_t number);
/* The same of what to do; what the tab asks else stays. */
uint64_t hw_tabs_decide(hw_tabs *tabs, uint64_t tab, uint64_t number);

/* A connection of the tab begins to wait (returns the tab that had to make room, or 0), or ends: true when it
 * was the last one, and nobody looks any more. */
uint64_t hw_tabs_listen(hw_tabs *tabs, uint64_t tab);
bool hw_tabs_unlisten(hw_tabs *tabs, uint64_t tab);

/* Keeps what the engine says; dropped when the tab has asked something else since. */
void hw_tabs_tell(hw_tabs *tabs, const hw_wire_head *head, const char *text);

/* Waits, at most so many seconds, for what was told after `version`, oldest first: the caller gives it back
 * with hw_told_release. NULL when nothing came or the desk has ended. */
hw_told *hw_tabs_wait(hw_tabs *tabs, uint64_t tab, uint64_t version, double seconds);
void hw_told_release(hw_tabs *tabs, hw_told *told);

#endif
