/* Turns questions into answers, a few worlds at a time. */
#include "analysis/desk/engine.h"
#include "analysis/base/memory.h"
#include "analysis/desk/answer.h"
#include "analysis/desk/asked.h"
#include "analysis/desk/crew.h"
#include "analysis/desk/decider.h"
#include "analysis/desk/wire.h"
#include "analysis/desk/words.h"
#include "sim/run/clock.h"
#include <poll.h>
#include <stdlib.h>
#include <string.h>

typedef struct engine {
    const hw_engine_wish *wish;
    int socket;
    hw_worlds_kept base;
    hw_desk_base_part base_part;
    hw_asked_list asked;
    hw_crew crew;
    hw_decider *decider;
    hw_asked_one *current; /* whose worlds the crew simulates; NULL: nobody's */
    uint64_t until;        /* so many */
    uint32_t failures;     /* processes of this step that ended without their worlds */
    double told_at;        /* seconds, of the last word on progress */
} engine;

/* ---- What is sent ---- */

static void send_to_tab(engine *e, hw_wire_kind kind, const hw_asking_tab *tab, const char *text) {
    (void)hw_wire_send(e->socket, kind, tab->tab, tab->number, text, strlen(text));
}

/* To every tab that asks it. */
static void send_to_all(engine *e, hw_wire_kind kind, const hw_asked_one *one, const char *text) {
    for (uint32_t t = 0; t < HW_TABS_MOST; t++) {
        hw_asking_tab *tab = &e->asked.tabs[t];
        if (tab->asks && &e->asked.ones[tab->one] == one) {
            send_to_tab(e, kind, tab, text);
        }
    }
}

static void send_wrong(engine *e, uint64_t tab, uint64_t number, const hw_errors *errors) {
    char *text = hw_desk_errors(errors);
    (void)hw_wire_send(e->socket, HW_WIRE_WRONG, tab, number, text, strlen(text));
    free(text);
}

static void tell_progress(engine *e) {
    enum { EVERY_MS = 200 };
    double now = hw_clock_seconds();
    if (e->current == NULL || now - e->told_at < EVERY_MS / 1000.0) {
        return;
    }
    e->told_at = now;
    uint64_t own = e->current->is_base ? e->base.whole : e->current->worlds.whole;
    uint64_t done = own < e->base.whole ? own : e->base.whole;
    char *text = hw_take_text("{\"worlds\": %llu, \"until\": %llu, \"of\": %llu}", (unsigned long long)done,
                              (unsigned long long)e->until, (unsigned long long)e->wish->worlds);
    send_to_all(e, HW_WIRE_PROGRESS, e->current, text);
    free(text);
}

static void send_decision(void *context, uint64_t tab, uint64_t number, const char *text) {
    const engine *e = context;
    (void)hw_wire_send(e->socket, HW_WIRE_DECISION, tab, number, text, strlen(text));
}

/* ---- What is asked ---- */

static const hw_worlds_kept *worlds_of(const hw_asked_one *one) {
    return one->is_base ? NULL : &one->worlds;
}

static bool is_base(const engine *e, const hw_asked_one *one) {
    return strcmp(hw_binding_digest(one->question.loaded.binding),
                  hw_binding_digest(e->wish->base->binding)) == 0;
}

static hw_status read_question(engine *e, hw_asked_one *one, const char *text, hw_errors *errors) {
    hw_desk_words read;
    hw_status status = hw_desk_words_read(&read, e->wish, text, errors);
    if (status == HW_OK) {
        status = hw_desk_question_read(&one->question, &e->wish->ground, read.text, read.levers,
                                       read.lever_count, errors);
    }
    if (status == HW_OK) {
        one->is_base = is_base(e, one);
        status = one->is_base
                     ? HW_OK
                     : hw_worlds_begin(&one->worlds, &one->question.loaded, e->wish->seed, e->wish->worlds);
    }
    if (status != HW_OK && errors->count == 0) {
        hw_errors_say(errors, "there is not enough memory for this question");
    }
    hw_desk_words_free(&read);
    one->words = status == HW_OK ? hw_take_text("%s", text) : NULL;
    return status;
}

static void interrupt(engine *e) {
    hw_crew_stop(&e->crew);
    e->current = NULL;
    e->failures = 0;
}

/* Work that nobody waits for any more is ended, and what makes an answer narrower waits for the first answer
 * to the new question. But a first answer is never interrupted: else many windows would leave all without
 * one. */
static hw_asked_one *make_room(engine *e) {
    if (e->current != NULL && (e->current->told > 0 || !hw_asked_is(&e->asked, e->current))) {
        interrupt(e);
    }
    return hw_asked_make_room(&e->asked);
}

static void ask(engine *e, uint64_t tab, uint64_t number, const char *text) {
    hw_errors errors = {0};
    hw_asked_leave(&e->asked, tab);
    hw_asked_one *one = hw_asked_find(&e->asked, text);
    if (one == NULL) {
        one = make_room(e);
        if (e->current == NULL && !hw_crew_works(&e->crew)) {
            hw_crew_prepare(&e->crew, text);
        }
        if (read_question(e, one, text, &errors) != HW_OK) {
            hw_asked_forget(one);
            one = NULL;
        }
    }
    if (one != NULL && !hw_asked_by(&e->asked, one, tab, number)) {
        hw_errors_say(&errors, "too many windows ask: close some");
        one = NULL;
    }
    if (one == NULL) {
        send_wrong(e, tab, number, &errors);
    } else if (one->answer != NULL) {
        (void)hw_wire_send(e->socket, HW_WIRE_ANSWER, tab, number, one->answer, strlen(one->answer));
    }
    hw_errors_free(&errors);
}

/* False when the server is gone. */
static bool hear_server(engine *e) {
    hw_wire_head head;
    char *text;
    if (!hw_wire_receive(e->socket, &head, &text)) {
        return false;
    }
    if (head.kind == HW_WIRE_ASK) {
        ask(e, head.tab, head.number, text);
    } else if (head.kind == HW_WIRE_LEAVE) {
        hw_asked_leave(&e->asked, head.tab);
        hw_decider_leave(e->decider, head.tab);
    } else if (head.kind == HW_WIRE_DECIDE) {
        hw_decider_ask(e->decider, head.tab, head.number, text);
    } else if (head.kind == HW_WIRE_CANCEL) {
        hw_decider_cancel(e->decider, head.tab);
    }
    free(text);
    return true;
}

/* ---- What is simulated ---- */

static uint64_t next_step(const engine *e, uint64_t told) {
    uint64_t next = told < HW_FIRST_WORLDS ? HW_FIRST_WORLDS : 2 * told;
    return next < e->wish->worlds ? next : e->wish->worlds;
}

static bool is_there(const engine *e, const hw_asked_one *one, uint64_t count) {
    return hw_worlds_have(&e->base, count) && (one->is_base || hw_worlds_have(&one->worlds, count));
}

static void give_up(engine *e, hw_asked_one *one) {
    hw_errors errors = {0};
    hw_errors_say(&errors,
                  "the worlds of this question cannot be simulated: a process ended before its time");
    char *text = hw_desk_errors(&errors);
    send_to_all(e, HW_WIRE_WRONG, one, text);
    free(text);
    hw_errors_free(&errors);
    for (uint32_t t = 0; t < HW_TABS_MOST; t++) {
        hw_asking_tab *tab = &e->asked.tabs[t];
        tab->asks = tab->asks && &e->asked.ones[tab->one] != one;
    }
    interrupt(e);
}

static void start(engine *e, hw_asked_one *one) {
    hw_crew_job jobs[HW_CREW_JOBS];
    uint32_t job_count = 0;
    uint64_t until = next_step(e, one->told);
    if (!hw_worlds_have(&e->base, until)) {
        jobs[job_count++] = (hw_crew_job){.worlds = &e->base};
    }
    if (!one->is_base && !hw_worlds_have(&one->worlds, until)) {
        jobs[job_count++] = (hw_crew_job){.worlds = &one->worlds, .words = one->words};
    }
    e->failures = e->current == one && e->until == until ? e->failures + 1 : 0;
    e->current = one;
    e->until = until;
    enum { TRIES = 3 };
    if (e->failures >= TRIES || (job_count > 0 && hw_crew_start(&e->crew, jobs, job_count, until) != HW_OK)) {
        give_up(e, one);
    }
}

static void start_next(engine *e) {
    hw_asked_one *next = hw_asked_next(&e->asked, e->wish->worlds);
    if (next != NULL) {
        start(e, next);
    } else {
        e->current = NULL;
    }
}

/* While an answer is made the crew is at the next worlds; but for the first one, which somebody waits for,
 * nothing else is done. */
static void answer(engine *e, hw_asked_one *one) {
    bool is_first = one->told == 0;
    one->told = e->until;
    e->current = NULL;
    if (!is_first) {
        start_next(e);
    }
    free(one->answer);
    one->answer = hw_desk_answer(&e->base, &e->base_part, worlds_of(one), one->told);
    send_to_all(e, HW_WIRE_ANSWER, one, one->answer);
    if (is_first) {
        start_next(e);
    }
    if (one->told == e->wish->worlds) {
        hw_asked_settle(one);
    }
}

static void step(engine *e) {
    if (e->current != NULL && is_there(e, e->current, e->until)) {
        hw_crew_stop(&e->crew);
        answer(e, e->current);
        return;
    }
    if (!hw_crew_works(&e->crew)) {
        start_next(e);
    }
}

/* ---- The loop ---- */

/* False when the server is gone: what it had asked before is nobody's any more. */
static bool wait_for_any(engine *e) {
    enum { FIRST = 2 }; /* poll looks at no -1 */
    struct pollfd all[HW_CREW_MOST + FIRST] = {{.fd = e->socket, .events = POLLIN},
                                               {.fd = hw_decider_waits_for(e->decider), .events = POLLIN}};
    hw_crew_member *of[HW_CREW_MOST + FIRST] = {0};
    nfds_t count = FIRST;
    for (uint32_t i = 0; i < e->crew.size; i++) {
        if (e->crew.members[i].process != 0) {
            of[count] = &e->crew.members[i];
            all[count++] = (struct pollfd){.fd = e->crew.members[i].socket, .events = POLLIN};
        }
    }
    bool ready = e->current != NULL && is_there(e, e->current, e->until);
    if (poll(all, count, ready ? 0 : -1) < 0) {
        return true;
    }
    if ((all[0].revents & POLLHUP) != 0) {
        return false;
    }
    if (all[1].revents != 0) {
        hw_decider_hear(e->decider);
    }
    for (nfds_t i = FIRST; i < count; i++) {
        if (all[i].revents != 0 && of[i]->process != 0) {
            hw_crew_hear(&e->crew, of[i]);
        }
    }
    return all[0].revents == 0 || hear_server(e);
}

/* Whoever opens a window finds its first worlds there. */
static void start_with_the_base(engine *e) {
    uint64_t first = next_step(e, 0);
    (void)hw_crew_start(&e->crew, &(hw_crew_job){.worlds = &e->base}, 1, first);
}

int hw_engine_run(const hw_engine_wish *wish, int socket) {
    engine *e = hw_take(1, sizeof *e);
    *e = (engine){.wish = wish, .socket = socket};
    e->decider = hw_decider_begin(wish, send_decision, e);
    bool serves = hw_worlds_begin(&e->base, wish->base, wish->seed, wish->worlds) == HW_OK &&
                  hw_crew_begin(&e->crew, wish) == HW_OK;
    int code = serves ? 0 : hw_status_exit_code(HW_ERROR_MEMORY);
    if (serves) {
        start_with_the_base(e);
    }
    while (serves) {
        serves = wait_for_any(e);
        if (serves) {
            step(e);
            tell_progress(e);
        }
    }
    hw_decider_free(e->decider);
    hw_crew_free(&e->crew);
    hw_asked_free(&e->asked);
    hw_desk_base_part_free(&e->base_part);
    hw_worlds_free(&e->base);
    free(e);
    return code;
}
