/* Forks processes that simulate, and takes what they send. */
#include "analysis/desk/crew.h"
#include "analysis/base/memory.h"
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* Before each record, or before why there is none. */
typedef struct head {
    uint32_t job, good;
    uint64_t replication;
} head;

/* ---- In the child ---- */

static bool write_all(int to, const void *bytes, size_t length) {
    const unsigned char *at = bytes;
    while (length > 0) {
        ssize_t written = write(to, at, length);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return false;
        }
        at += written;
        length -= (size_t)written;
    }
    return true;
}

/* Each process takes every n-th of the missing worlds, so that the first ones are there first. */
typedef struct turn {
    uint32_t own, of, next;
} turn;

static bool is_mine(turn *whose) {
    bool mine = whose->next == whose->own;
    whose->next = (whose->next + 1) % whose->of;
    return mine;
}

static bool simulate(const hw_worlds_kept *job, hw_world *world, uint32_t number, uint64_t replication,
                     int to, unsigned char *record) {
    hw_failure failure = {0};
    hw_rng_key key = {.seed = job->seed, .replication = replication};
    bool good = hw_world_replicate(world, key, record, NULL, &failure) == HW_OK;
    const head told = {.job = number, .good = good, .replication = replication};
    return write_all(to, &told, sizeof told) &&
           (good ? write_all(to, record, job->loaded->layout->bytes)
                 : write_all(to, failure.message, sizeof failure.message));
}

static bool work(const hw_crew *crew, uint32_t own, uint64_t until, int to) {
    hw_world worlds[HW_CREW_JOBS];
    unsigned char *records[HW_CREW_JOBS];
    for (uint32_t j = 0; j < crew->job_count; j++) {
        const hw_loaded *loaded = crew->jobs[j]->loaded;
        records[j] = hw_take(1, loaded->layout->bytes + 1);
        if (hw_world_create(&worlds[j], loaded->model, loaded->scenario) != HW_OK) {
            return false;
        }
    }
    turn whose = {.own = own, .of = crew->size};
    for (uint64_t i = 0; i < until; i++) {
        for (uint32_t j = 0; j < crew->job_count; j++) {
            const hw_worlds_kept *job = crew->jobs[j];
            if (job->states[i] == HW_WORLD_MISSING && is_mine(&whose) &&
                !simulate(job, &worlds[j], j, i, to, records[j])) {
                return false;
            }
        }
    }
    return true;
}

/* ---- In the parent ---- */

static void close_others(const hw_crew *crew) {
    for (uint32_t i = 0; i < crew->size; i++) {
        if (crew->members[i].process != 0) {
            close(crew->members[i].from);
        }
    }
}

static hw_status start_one(hw_crew *crew, uint32_t own, uint64_t until) {
    int ends[2];
    if (pipe(ends) != 0) {
        return HW_ERROR_IO;
    }
    enum { LESS = 5 }; /* claim to the cores than the browser that draws the answers, more than a decision */
    pid_t parent = getpid(), process = fork();
    if (process == 0) {
        (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
        (void)setpriority(PRIO_PROCESS, 0, LESS);
        close_others(crew);
        close(ends[0]);
        bool done = getppid() == parent && work(crew, own, until, ends[1]);
        _exit(done ? 0 : 1);
    }
    close(ends[1]);
    if (process < 0) {
        close(ends[0]);
        return HW_ERROR_IO;
    }
    hw_crew_member *member = &crew->members[own];
    member->process = process;
    member->from = ends[0];
    member->length = 0;
    return HW_OK;
}

hw_status hw_crew_start(hw_crew *crew, hw_worlds_kept *const *jobs, uint32_t job_count, uint64_t until) {
    hw_crew_stop(crew);
    crew->job_count = job_count;
    for (uint32_t j = 0; j < job_count; j++) {
        crew->jobs[j] = jobs[j];
    }
    hw_status status = HW_OK;
    for (uint32_t i = 0; i < crew->size && status == HW_OK; i++) {
        status = start_one(crew, i, until);
    }
    if (status != HW_OK) {
        hw_crew_stop(crew);
    }
    return status;
}

bool hw_crew_works(const hw_crew *crew) {
    for (uint32_t i = 0; i < crew->size; i++) {
        if (crew->members[i].process != 0) {
            return true;
        }
    }
    return false;
}

/* Takes one whole message from the front of what has come; its length, or 0. */
static size_t take_message(const hw_crew *crew, const unsigned char *bytes, size_t length) {
    head told;
    if (length < sizeof told) {
        return 0;
    }
    memcpy(&told, bytes, sizeof told);
    if (told.job >= crew->job_count) {
        return 0;
    }
    hw_worlds_kept *job = crew->jobs[told.job];
    size_t whole =
        sizeof told + (told.good ? job->loaded->layout->bytes : sizeof((hw_failure *)NULL)->message);
    if (length < whole) {
        return 0;
    }
    const unsigned char *rest = bytes + sizeof told;
    hw_worlds_keep(job, told.replication, told.good ? rest : NULL, told.good ? NULL : (const char *)rest);
    return whole;
}

static void take_messages(const hw_crew *crew, hw_crew_member *member) {
    size_t at = 0, taken;
    do {
        taken = take_message(crew, member->bytes + at, member->length - at);
        at += taken;
    } while (taken > 0);
    memmove(member->bytes, member->bytes + at, member->length - at);
    member->length -= at;
}

static void end_one(hw_crew_member *member) {
    close(member->from);
    while (waitpid(member->process, NULL, 0) < 0 && errno == EINTR) {
    }
    member->process = 0;
}

void hw_crew_hear(hw_crew *crew, hw_crew_member *member) {
    enum { AT_ONCE = 1 << 16 };
    if (member->room < member->length + AT_ONCE) {
        member->room = 2 * (member->length + AT_ONCE);
        member->bytes = hw_take_again(member->bytes, member->room, 1);
    }
    ssize_t come = read(member->from, member->bytes + member->length, AT_ONCE);
    if (come < 0 && errno == EINTR) {
        return;
    }
    if (come <= 0) {
        end_one(member);
        return;
    }
    member->length += (size_t)come;
    take_messages(crew, member);
}

void hw_crew_stop(hw_crew *crew) {
    for (uint32_t i = 0; i < crew->size; i++) {
        if (crew->members[i].process != 0) {
            kill(crew->members[i].process, SIGKILL);
            end_one(&crew->members[i]);
        }
    }
}

void hw_crew_free(hw_crew *crew) {
    hw_crew_stop(crew);
    for (uint32_t i = 0; i < HW_CREW_MOST; i++) {
        free(crew->members[i].bytes);
        crew->members[i].bytes = NULL;
    }
}
