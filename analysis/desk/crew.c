/* Keeps processes that simulate, gives them orders and takes what they send. */
#include "analysis/desk/crew.h"
#include "analysis/base/memory.h"
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

hw_status hw_crew_begin(hw_crew *crew, const hw_engine_wish *wish) {
    uint32_t size = wish->processes < HW_CREW_MOST ? wish->processes : HW_CREW_MOST;
    *crew = (hw_crew){.wish = wish, .size = size};
    void *shared =
        mmap(NULL, sizeof *crew->claims, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    crew->claims = shared != MAP_FAILED ? shared : NULL;
    return crew->claims != NULL ? HW_OK : HW_ERROR_MEMORY;
}

/* ---- Who is there ---- */

static void close_all(const hw_crew *crew) {
    for (uint32_t i = 0; i < crew->size; i++) {
        if (crew->members[i].process != 0) {
            close(crew->members[i].socket);
        }
    }
}

static hw_status start_one(hw_crew *crew, hw_crew_member *member) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        return HW_ERROR_IO;
    }
    enum { LESS = 5 }; /* claim to the cores than the browser that draws the answers, more than a decision */
    pid_t parent = getpid(), process = fork();
    if (process == 0) {
        (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
        (void)setpriority(PRIO_PROCESS, 0, LESS);
        close_all(crew);
        close(ends[0]);
        bool done = getppid() == parent && hw_member_run(crew->wish, crew->claims, ends[1]);
        _exit(done ? 0 : 1);
    }
    close(ends[1]);
    if (process < 0) {
        close(ends[0]);
        return HW_ERROR_IO;
    }
    *member =
        (hw_crew_member){.process = process, .socket = ends[0], .bytes = member->bytes, .room = member->room};
    return HW_OK;
}

static void end_one(hw_crew_member *member) {
    close(member->socket);
    kill(member->process, SIGKILL);
    while (waitpid(member->process, NULL, 0) < 0 && errno == EINTR) {
    }
    member->process = 0;
    member->order = 0;
}

/* ---- What they are to do ---- */

/* Sends while it takes what the member sends: neither waits for the other for ever. */
static bool send_while_hearing(hw_crew *crew, hw_crew_member *member, const void *bytes, size_t length) {
    const unsigned char *at = bytes;
    while (length > 0 && member->process != 0) {
        struct pollfd ready = {.fd = member->socket, .events = POLLIN | POLLOUT};
        if (poll(&ready, 1, -1) < 0) {
            continue;
        }
        if ((ready.revents & ~POLLOUT) != 0) {
            hw_crew_hear(crew, member);
        } else {
            ssize_t sent = send(member->socket, at, length, MSG_NOSIGNAL | MSG_DONTWAIT);
            at += sent > 0 ? sent : 0;
            length -= sent > 0 ? (size_t)sent : 0;
        }
    }
    return member->process != 0;
}

static hw_order order_of(const hw_crew *crew, uint64_t until) {
    hw_order order = {.serial = crew->serial, .job_count = crew->job_count, .until = until};
    for (uint32_t j = 0; j < crew->job_count; j++) {
        const hw_crew_job *job = &crew->jobs[j];
        order.jobs[j] = (hw_order_job){.is_base = job->words == NULL,
                                       .length = job->words != NULL ? (uint32_t)strlen(job->words) : 0,
                                       .from = job->worlds->whole};
        snprintf(order.jobs[j].digest, HW_ORDER_DIGEST, "%s",
                 hw_binding_digest(job->worlds->loaded->binding));
    }
    return order;
}

static bool send_order(hw_crew *crew, hw_crew_member *member, const hw_order *order,
                       const char *const *words) {
    bool sent = send_while_hearing(crew, member, order, sizeof *order);
    for (uint32_t j = 0; j < order->job_count && sent; j++) {
        sent = send_while_hearing(crew, member, words[j], order->jobs[j].length);
    }
    member->order = sent && order->until > 0 ? order->serial : 0; /* to read takes no time */
    return sent;
}

/* Who ended unheard is replaced. */
static bool give_order(hw_crew *crew, hw_crew_member *member, const hw_order *order) {
    const char *words[HW_CREW_JOBS];
    for (uint32_t j = 0; j < order->job_count; j++) {
        words[j] = crew->jobs[j].words;
    }
    bool given = member->process != 0 && send_order(crew, member, order, words);
    return given || (start_one(crew, member) == HW_OK && send_order(crew, member, order, words));
}

/* A member at a long world that nobody wants any more is replaced: to start a new one takes less. */
static bool is_late(hw_crew *crew, hw_crew_member *member) {
    static const double start_up = 0.2; /* seconds of a core, until the first world of a new one */
    struct pollfd said = {.fd = member->socket, .events = POLLIN};
    while (member->process != 0 && member->order != 0 && poll(&said, 1, 0) > 0) {
        hw_crew_hear(crew, member);
    }
    return member->process != 0 && member->order != 0 && member->seconds > start_up;
}

hw_status hw_crew_start(hw_crew *crew, const hw_crew_job *jobs, uint32_t job_count, uint64_t until) {
    hw_crew_stop(crew);
    crew->job_count = job_count;
    memcpy(crew->jobs, jobs, job_count * sizeof *jobs);
    crew->serial++;
    atomic_store(crew->claims, (uint64_t)crew->serial << 32);
    const hw_order order = order_of(crew, until);
    for (uint32_t i = 0; i < crew->size; i++) {
        hw_crew_member *member = &crew->members[i];
        if (is_late(crew, member)) {
            end_one(member);
        }
        if (!give_order(crew, member, &order)) {
            hw_crew_stop(crew);
            return HW_ERROR_IO;
        }
    }
    return HW_OK;
}

void hw_crew_prepare(hw_crew *crew, const char *words) {
    const hw_order order = {
        .serial = ++crew->serial, .job_count = 1, .jobs = {{.length = (uint32_t)strlen(words)}}};
    hw_crew_stop(crew);
    for (uint32_t i = 0; i < crew->size; i++) {
        hw_crew_member *member = &crew->members[i];
        (void)(member->process != 0 && send_order(crew, member, &order, &words));
    }
}

bool hw_crew_works(const hw_crew *crew) {
    for (uint32_t i = 0; i < crew->size; i++) {
        if (crew->members[i].process != 0 && crew->job_count > 0 && crew->members[i].order == crew->serial) {
            return true;
        }
    }
    return false;
}

void hw_crew_stop(hw_crew *crew) {
    crew->job_count = 0;
    atomic_store(crew->claims, ((uint64_t)crew->serial << 32) | UINT32_MAX);
}

/* ---- What they send ---- */

/* The quickest world tells; but for the first one, which takes longer than others by less than this. */
static void note_seconds(hw_crew_member *member, double seconds) {
    static const double longer = 0.5;
    if (member->told == 0) {
        member->seconds = seconds - longer;
    } else if (member->told == 1 || seconds < member->seconds) {
        member->seconds = seconds;
    }
    member->told++;
}

/* Takes one whole message from the front of what has come; its length, or 0. What was done for an order that
 * is no more is nobody's. */
static size_t take_message(const hw_crew *crew, hw_crew_member *member, const unsigned char *bytes,
                           size_t length) {
    hw_report told;
    if (length < sizeof told) {
        return 0;
    }
    memcpy(&told, bytes, sizeof told);
    if (length < sizeof told + told.length) {
        return 0;
    }
    if (told.kind == HW_REPORT_DONE) {
        member->order = told.serial == member->order ? 0 : member->order;
        return sizeof told;
    }
    note_seconds(member, told.seconds);
    if (told.serial == crew->serial && told.job < crew->job_count) {
        const unsigned char *rest = bytes + sizeof told;
        bool good = told.kind == HW_REPORT_WORLD;
        hw_worlds_keep(crew->jobs[told.job].worlds, told.replication, good ? rest : NULL,
                       good ? NULL : (const char *)rest);
    }
    return sizeof told + told.length;
}

static void take_messages(const hw_crew *crew, hw_crew_member *member) {
    size_t at = 0, taken;
    do {
        taken = take_message(crew, member, member->bytes + at, member->length - at);
        at += taken;
    } while (taken > 0);
    memmove(member->bytes, member->bytes + at, member->length - at);
    member->length -= at;
}

void hw_crew_hear(hw_crew *crew, hw_crew_member *member) {
    enum { AT_ONCE = 1 << 16 };
    if (member->room < member->length + AT_ONCE) {
        member->room = 2 * (member->length + AT_ONCE);
        member->bytes = hw_take_again(member->bytes, member->room, 1);
    }
    ssize_t come = read(member->socket, member->bytes + member->length, AT_ONCE);
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

void hw_crew_free(hw_crew *crew) {
    for (uint32_t i = 0; i < HW_CREW_MOST; i++) {
        if (crew->members[i].process != 0) {
            end_one(&crew->members[i]);
        }
        free(crew->members[i].bytes);
        crew->members[i].bytes = NULL;
    }
    if (crew->claims != NULL) {
        munmap(crew->claims, sizeof *crew->claims);
    }
}
