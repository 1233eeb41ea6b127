/* Hands what the engine says to the windows that wait for it. */
#include "analysis/desk/tabs.h"
#include "analysis/base/memory.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

void hw_tabs_begin(hw_tabs *tabs) {
    *tabs = (hw_tabs){0};
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&tabs->lock, NULL);
    pthread_cond_init(&tabs->changed, &monotonic);
    pthread_condattr_destroy(&monotonic);
}

void hw_tabs_end(hw_tabs *tabs) {
    pthread_mutex_lock(&tabs->lock);
    tabs->ended = true;
    pthread_cond_broadcast(&tabs->changed);
    pthread_mutex_unlock(&tabs->lock);
}

bool hw_tabs_ended(hw_tabs *tabs) {
    pthread_mutex_lock(&tabs->lock);
    bool ended = tabs->ended;
    pthread_mutex_unlock(&tabs->lock);
    return ended;
}

/* With the lock held. */
static void let_go(hw_told *told) {
    if (told != NULL && --told->holders == 0) {
        free(told);
    }
}

enum { OF_DECISION = HW_TOLD_KINDS - 1 };

static void forget(hw_tab *tab, int from, int until) {
    for (int k = from; k < until; k++) {
        let_go(tab->told[k]);
        tab->told[k] = NULL;
    }
}

void hw_tabs_free(hw_tabs *tabs) {
    for (uint32_t i = 0; i < HW_TABS_MOST; i++) {
        forget(&tabs->items[i], 0, HW_TOLD_KINDS);
    }
    pthread_cond_destroy(&tabs->changed);
    pthread_mutex_destroy(&tabs->lock);
}

/* The place of a tab, or that of the one longest unused. */
static hw_tab *place_of(hw_tabs *tabs, uint64_t tab) {
    hw_tab *oldest = &tabs->items[0];
    for (uint32_t i = 0; i < HW_TABS_MOST; i++) {
        if (tabs->items[i].tab == tab) {
            return &tabs->items[i];
        }
        oldest = tabs->items[i].used < oldest->used ? &tabs->items[i] : oldest;
    }
    return oldest;
}

/* With the lock held: the tab's place, where need be that of another one, which is then `*gone`. */
static hw_tab *take_place(hw_tabs *tabs, uint64_t tab, uint64_t *gone) {
    hw_tab *place = place_of(tabs, tab);
    *gone = 0;
    if (place->tab != tab) {
        *gone = place->tab;
        forget(place, 0, HW_TOLD_KINDS);
        *place = (hw_tab){.tab = tab};
    }
    place->used = ++tabs->uses;
    return place;
}

uint64_t hw_tabs_ask(hw_tabs *tabs, uint64_t tab, uint64_t number) {
    uint64_t gone;
    pthread_mutex_lock(&tabs->lock);
    hw_tab *place = take_place(tabs, tab, &gone);
    forget(place, 0, OF_DECISION);
    place->number = number;
    pthread_mutex_unlock(&tabs->lock);
    return gone;
}

uint64_t hw_tabs_decide(hw_tabs *tabs, uint64_t tab, uint64_t number) {
    uint64_t gone;
    pthread_mutex_lock(&tabs->lock);
    hw_tab *place = take_place(tabs, tab, &gone);
    forget(place, OF_DECISION, HW_TOLD_KINDS);
    place->decision = number;
    pthread_mutex_unlock(&tabs->lock);
    return gone;
}

uint64_t hw_tabs_listen(hw_tabs *tabs, uint64_t tab) {
    uint64_t gone;
    pthread_mutex_lock(&tabs->lock);
    take_place(tabs, tab, &gone)->listeners++;
    pthread_mutex_unlock(&tabs->lock);
    return gone;
}

bool hw_tabs_unlisten(hw_tabs *tabs, uint64_t tab) {
    pthread_mutex_lock(&tabs->lock);
    hw_tab *place = place_of(tabs, tab);
    bool last = place->tab == tab && place->listeners > 0 && --place->listeners == 0;
    pthread_mutex_unlock(&tabs->lock);
    return last;
}

static int slot_of(uint32_t kind) {
    return kind == HW_WIRE_ANSWER     ? 0
           : kind == HW_WIRE_PROGRESS ? 1
           : kind == HW_WIRE_WRONG    ? 2
                                      : OF_DECISION;
}

void hw_tabs_tell(hw_tabs *tabs, const hw_wire_head *head, const char *text) {
    pthread_mutex_lock(&tabs->lock);
    hw_tab *place = place_of(tabs, head->tab);
    uint64_t number = head->kind == HW_WIRE_DECISION ? place->decision : place->number;
    if (place->tab == head->tab && number == head->number) {
        hw_told *told = hw_take(1, sizeof *told + head->length + 1);
        *told = (hw_told){.holders = 1,
                          .number = head->number,
                          .version = ++tabs->versions,
                          .kind = (hw_wire_kind)head->kind,
                          .length = head->length};
        memcpy(told->text, text, head->length);
        let_go(place->told[slot_of(head->kind)]);
        place->told[slot_of(head->kind)] = told;
        pthread_cond_broadcast(&tabs->changed);
    }
    pthread_mutex_unlock(&tabs->lock);
}

static hw_told *next_told(const hw_tabs *tabs, uint64_t tab, uint64_t version) {
    hw_told *next = NULL;
    for (uint32_t i = 0; i < HW_TABS_MOST; i++) {
        for (int k = 0; k < HW_TOLD_KINDS && tabs->items[i].tab == tab; k++) {
            hw_told *told = tabs->items[i].told[k];
            if (told != NULL && told->version > version && (next == NULL || told->version < next->version)) {
                next = told;
            }
        }
    }
    return next;
}

hw_told *hw_tabs_wait(hw_tabs *tabs, uint64_t tab, uint64_t version, double seconds) {
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += (time_t)ceil(seconds);
    pthread_mutex_lock(&tabs->lock);
    hw_told *told = next_told(tabs, tab, version);
    int waited = 0;
    while (told == NULL && !tabs->ended && waited == 0) {
        waited = pthread_cond_timedwait(&tabs->changed, &tabs->lock, &until);
        told = next_told(tabs, tab, version);
    }
    if (tabs->ended) {
        told = NULL;
    }
    if (told != NULL) {
        told->holders++;
    }
    pthread_mutex_unlock(&tabs->lock);
    return told;
}

void hw_told_release(hw_tabs *tabs, hw_told *told) {
    pthread_mutex_lock(&tabs->lock);
    let_go(told);
    pthread_mutex_unlock(&tabs->lock);
}
