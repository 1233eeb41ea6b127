/* Works on one question of what to do after the other. */
#include "analysis/desk/decider.h"
#include "analysis/base/memory.h"
#include "analysis/desk/answer.h"
#include "analysis/desk/child.h"
#include "analysis/desk/decision_folder.h"
#include "sim/run/clock.h"
#include <stdlib.h>
#include <string.h>

enum {
    JOBS_MOST = 32,
    TABS_MOST = 128,
    UNASKED_SECONDS = 60 /* that nobody asks for what is worked on */
};

typedef enum job_state { JOB_FREE, JOB_WAITING, JOB_RUNNING, JOB_ENDING, JOB_DONE } job_state;

typedef struct job {
    job_state state;
    char *words;
    char *told;      /* the last that was told of it */
    uint64_t turn;   /* when it was asked */
    double asked_at; /* seconds: when somebody asked last */
} job;

typedef struct asking {
    uint64_t tab, number; /* tab 0: free */
    uint32_t job;
} asking;

struct hw_decider {
    const hw_engine_wish *wish;
    hw_decider_tell *tell;
    void *context;
    job jobs[JOBS_MOST];
    asking tabs[TABS_MOST];
    uint64_t turn;
    job *current; /* whose process works */
    hw_desk_child child;
    hw_decision_folder folder;
};

hw_decider *hw_decider_begin(const hw_engine_wish *wish, hw_decider_tell *tell, void *context) {
    hw_decider *decider = hw_take(1, sizeof *decider);
    decider->wish = wish;
    decider->tell = tell;
    decider->context = context;
    return decider;
}

/* ---- Who asks ---- */

static bool is_asked(const hw_decider *d, const job *one) {
    for (uint32_t t = 0; t < TABS_MOST; t++) {
        if (d->tabs[t].tab != 0 && &d->jobs[d->tabs[t].job] == one) {
            return true;
        }
    }
    return false;
}

/* What is told last is kept for who asks the same. */
static void tell(hw_decider *d, job *one, char *text) {
    free(one->told);
    one->told = text;
    for (uint32_t t = 0; t < TABS_MOST; t++) {
        if (d->tabs[t].tab != 0 && &d->jobs[d->tabs[t].job] == one) {
            d->tell(d->context, d->tabs[t].tab, d->tabs[t].number, text);
        }
    }
}

static void forget(hw_decider *d, job *one) {
    for (uint32_t t = 0; t < TABS_MOST; t++) {
        if (&d->jobs[d->tabs[t].job] == one) {
            d->tabs[t].tab = 0;
        }
    }
    free(one->words);
    free(one->told);
    *one = (job){0};
}

static void tell_wrong(hw_decider *d, uint64_t tab, uint64_t number, const hw_errors *errors) {
    char *text = hw_desk_wrong(errors);
    d->tell(d->context, tab, number, text);
    free(text);
}

/* ---- Beginning and ending work ---- */

static bool waits(const job *one) {
    return one->state == JOB_WAITING;
}

static job *first_waiting(hw_decider *d) {
    job *first = NULL;
    for (uint32_t i = 0; i < JOBS_MOST; i++) {
        job *one = &d->jobs[i];
        first = waits(one) && is_asked(d, one) && (first == NULL || one->turn < first->turn) ? one : first;
    }
    return first;
}

static void tell_waiting(hw_decider *d) {
    for (uint32_t i = 0; i < JOBS_MOST; i++) {
        uint64_t before = d->current != NULL;
        for (uint32_t k = 0; k < JOBS_MOST; k++) {
            before += waits(&d->jobs[k]) && is_asked(d, &d->jobs[k]) && d->jobs[k].turn < d->jobs[i].turn;
        }
        if (waits(&d->jobs[i])) {
            tell(d, &d->jobs[i],
                 hw_take_text("{\"state\": \"waiting\", \"before\": %llu}", (unsigned long long)before));
        }
    }
}

static void tell_progress(hw_decider *d) {
    tell(d, d->current, hw_desk_running(d->child.done, d->child.of, d->child.left, d->child.step));
}

static hw_status start(hw_decider *d, job *one, hw_errors *errors) {
    char **words = NULL;
    hw_status status = hw_decision_folder_write(&d->folder, d->wish, one->words, &words, errors);
    if (status == HW_OK) {
        status = hw_desk_child_start(&d->child, d->folder.path, (const char *const *)words);
        if (status != HW_OK) {
            hw_errors_say(errors, "cannot start a process for this question");
        }
    }
    hw_decision_words_free(words);
    return status;
}

/* Until one is at work, or none waits. */
static void start_next(hw_decider *d) {
    for (job *next = first_waiting(d); next != NULL && d->current == NULL; next = first_waiting(d)) {
        hw_errors errors = {0};
        if (start(d, next, &errors) == HW_OK) {
            next->state = JOB_RUNNING;
            d->current = next;
            tell_progress(d);
        } else {
            tell(d, next, hw_desk_wrong(&errors));
            forget(d, next);
        }
        hw_errors_free(&errors);
    }
    tell_waiting(d);
}

/* What nobody wants gives its place to those who wait. */
static void end_unasked(hw_decider *d, double seconds) {
    job *one = d->current;
    if (one != NULL && one->state == JOB_RUNNING && !is_asked(d, one) &&
        (first_waiting(d) != NULL || hw_clock_seconds() - one->asked_at >= seconds)) {
        one->state = JOB_ENDING;
        hw_desk_child_stop(&d->child);
    }
}

/* ---- Asking ---- */

static job *find(hw_decider *d, const char *words) {
    for (uint32_t i = 0; i < JOBS_MOST; i++) {
        job *one = &d->jobs[i];
        if (one->state != JOB_FREE && one->state != JOB_ENDING && strcmp(one->words, words) == 0) {
            return one;
        }
    }
    return NULL;
}

/* A free place, or that of the oldest answer that nobody looks at. */
static job *make_room(hw_decider *d) {
    job *oldest = NULL;
    for (uint32_t i = 0; i < JOBS_MOST; i++) {
        job *one = &d->jobs[i];
        if (one->state == JOB_FREE) {
            return one;
        }
        bool idle = (one->state == JOB_DONE || waits(one)) && !is_asked(d, one);
        oldest = idle && (oldest == NULL || one->turn < oldest->turn) ? one : oldest;
    }
    if (oldest != NULL) {
        forget(d, oldest);
    }
    return oldest;
}

static job *take_question(hw_decider *d, const char *text, hw_errors *errors) {
    if (hw_decision_check(d->wish, text, errors) != HW_OK) {
        return NULL;
    }
    job *one = make_room(d);
    if (one == NULL) {
        hw_errors_say(errors, "too many questions wait: try again later");
        return NULL;
    }
    *one = (job){.state = JOB_WAITING, .words = hw_take_text("%s", text), .turn = ++d->turn};
    return one;
}

static asking *place_for(hw_decider *d) {
    for (uint32_t t = 0; t < TABS_MOST; t++) {
        if (d->tabs[t].tab == 0) {
            return &d->tabs[t];
        }
    }
    return NULL;
}

void hw_decider_ask(hw_decider *d, uint64_t tab, uint64_t number, const char *text) {
    hw_errors errors = {0};
    hw_decider_leave(d, tab);
    job *one = find(d, text);
    asking *place = place_for(d);
    if (place == NULL) {
        hw_errors_say(&errors, "too many windows ask: close some");
    } else if (one == NULL) {
        one = take_question(d, text, &errors);
    }
    if (place == NULL || one == NULL) {
        tell_wrong(d, tab, number, &errors);
    } else {
        *place = (asking){.tab = tab, .number = number, .job = (uint32_t)(one - d->jobs)};
        if (one->told != NULL) {
            d->tell(d->context, tab, number, one->told);
        }
    }
    hw_errors_free(&errors);
    end_unasked(d, UNASKED_SECONDS);
    start_next(d);
}

void hw_decider_leave(hw_decider *d, uint64_t tab) {
    for (uint32_t t = 0; t < TABS_MOST; t++) {
        if (d->tabs[t].tab == tab && tab != 0) {
            d->jobs[d->tabs[t].job].asked_at = hw_clock_seconds();
            d->tabs[t].tab = 0;
        }
    }
}

void hw_decider_cancel(hw_decider *d, uint64_t tab) {
    hw_decider_leave(d, tab);
    end_unasked(d, 0);
    tell_waiting(d);
}

/* ---- Hearing ---- */

int hw_decider_waits_for(const hw_decider *d) {
    return d->current != NULL ? d->child.from : -1;
}

static char *answer_of(hw_decider *d, int code) {
    hw_errors errors = {0};
    char *text = code == 0 ? hw_desk_decided(d->folder.answer, &errors) : NULL;
    if (text == NULL) {
        if (code != 0) {
            hw_errors_say(&errors, "%s", d->child.length > 0 ? d->child.said : "the process ended early");
        }
        text = hw_desk_wrong(&errors);
    }
    hw_errors_free(&errors);
    return text;
}

void hw_decider_hear(hw_decider *d) {
    int code = 0;
    job *one = d->current;
    if (!hw_desk_child_hear(&d->child, &code)) {
        if (one->state == JOB_RUNNING) {
            tell_progress(d);
        } else { /* it talks on: a signal that comes as one of its studies ends is not heard by the next one
                  */
            hw_desk_child_stop(&d->child);
        }
        end_unasked(d, UNASKED_SECONDS);
        return;
    }
    d->current = NULL;
    if (one->state == JOB_RUNNING) {
        tell(d, one, answer_of(d, code));
    }
    if (one->state == JOB_RUNNING && code == 0) {
        one->state = JOB_DONE;
    } else {
        forget(d, one);
    }
    start_next(d);
}

void hw_decider_free(hw_decider *d) {
    hw_desk_child_free(&d->child);
    for (uint32_t i = 0; i < JOBS_MOST; i++) {
        forget(d, &d->jobs[i]);
    }
    hw_decision_folder_remove(&d->folder);
    free(d);
}
