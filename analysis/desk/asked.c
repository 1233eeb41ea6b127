/* Keeps questions and who asks them. */
#include "analysis/desk/asked.h"
#include "analysis/base/memory.h"
#include <stdlib.h>
#include <string.h>

bool hw_asked_is(const hw_asked_list *list, const hw_asked_one *one) {
    for (uint32_t t = 0; t < HW_TABS_MOST; t++) {
        if (list->tabs[t].asks && &list->ones[list->tabs[t].one] == one) {
            return true;
        }
    }
    return false;
}

hw_asked_one *hw_asked_find(hw_asked_list *list, const char *words) {
    for (uint32_t i = 0; i < HW_ASKED_MOST; i++) {
        if (list->ones[i].words != NULL && strcmp(list->ones[i].words, words) == 0) {
            return &list->ones[i];
        }
    }
    return NULL;
}

void hw_asked_settle(hw_asked_one *one) {
    hw_worlds_free(&one->worlds);
    hw_desk_question_free(&one->question);
}

void hw_asked_forget(hw_asked_one *one) {
    hw_asked_settle(one);
    free(one->words);
    free(one->answer);
    *one = (hw_asked_one){0};
}

hw_asked_one *hw_asked_make_room(hw_asked_list *list) {
    hw_asked_one *oldest = NULL, *room = NULL;
    uint32_t unasked = 0;
    for (uint32_t i = 0; i < HW_ASKED_MOST; i++) {
        hw_asked_one *one = &list->ones[i];
        if (one->words == NULL) {
            room = room == NULL ? one : room;
        } else if (!hw_asked_is(list, one)) {
            oldest = oldest == NULL || one->last_wanted < oldest->last_wanted ? one : oldest;
            unasked++;
        }
    }
    if (unasked < HW_UNASKED_MOST) {
        return room; /* there is one: tabs ask no more than there are of them */
    }
    hw_asked_forget(oldest);
    return oldest;
}

bool hw_asked_by(hw_asked_list *list, const hw_asked_one *one, uint64_t tab, uint64_t number) {
    hw_asking_tab *place = NULL;
    for (uint32_t t = 0; t < HW_TABS_MOST; t++) {
        bool same = list->tabs[t].asks && list->tabs[t].tab == tab;
        if (same || (!list->tabs[t].asks && place == NULL)) {
            place = &list->tabs[t];
        }
        if (same) {
            break;
        }
    }
    if (place != NULL) {
        *place =
            (hw_asking_tab){.asks = true, .tab = tab, .number = number, .one = (uint32_t)(one - list->ones)};
    }
    return place != NULL;
}

void hw_asked_leave(hw_asked_list *list, uint64_t tab) {
    for (uint32_t t = 0; t < HW_TABS_MOST; t++) {
        if (list->tabs[t].asks && list->tabs[t].tab == tab) {
            list->tabs[t].asks = false;
        }
    }
}

hw_asked_one *hw_asked_next(hw_asked_list *list, uint64_t most) {
    hw_asked_one *next = NULL;
    list->turn++;
    for (uint32_t i = 0; i < HW_ASKED_MOST; i++) {
        hw_asked_one *one = &list->ones[i];
        if (one->words == NULL || !hw_asked_is(list, one)) {
            continue;
        }
        one->last_wanted = list->turn;
        if (one->told < most && (next == NULL || one->told < next->told)) {
            next = one;
        }
    }
    return next;
}

void hw_asked_free(hw_asked_list *list) {
    for (uint32_t i = 0; i < HW_ASKED_MOST; i++) {
        hw_asked_forget(&list->ones[i]);
    }
}
