/* Works off orders: reads their questions, simulates worlds, sends records. */
#include "analysis/desk/member.h"
#include "analysis/base/memory.h"
#include "analysis/desk/wire.h"
#include "analysis/desk/words.h"
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* A question that it has read. */
typedef struct heard {
    char *words; /* NULL: none */
    hw_desk_question question;
    const hw_loaded *loaded; /* NULL: it cannot be read */
} heard;

/* Memory for the worlds of a job, whatever they were of before. */
typedef struct bench {
    const hw_loaded *loaded; /* what the world is of; NULL: of nothing */
    hw_world world;
    unsigned char *memory, *record;
    size_t bytes;
} bench;

enum { HEARD = 3 }; /* questions that it keeps */

typedef struct member {
    const hw_engine_wish *wish;
    hw_claims *claims;
    int socket;
    heard heard[HEARD];
    uint32_t last; /* question that was heard */
    bench benches[HW_ORDER_JOBS];
} member;

/* ---- What it has read ---- */

static void forget(member *m, heard *one) {
    for (uint32_t j = 0; j < HW_ORDER_JOBS; j++) {
        bench *b = &m->benches[j];
        b->loaded = b->loaded == one->loaded ? NULL : b->loaded;
    }
    hw_desk_question_free(&one->question);
    free(one->words);
    *one = (heard){0};
}

static hw_status read_question(const member *m, heard *one, const char *words) {
    hw_errors errors = {0};
    hw_desk_words read;
    hw_status status = hw_desk_words_read(&read, m->wish, words, &errors);
    if (status == HW_OK) {
        status = hw_desk_question_read(&one->question, &m->wish->ground, read.text, read.levers,
                                       read.lever_count, &errors);
    }
    hw_desk_words_free(&read);
    hw_errors_free(&errors);
    one->words = hw_take_text("%s", words);
    return status;
}

/* NULL: it cannot be read. */
static const hw_loaded *question_of(member *m, const char *words) {
    for (uint32_t i = 0; i < HEARD; i++) {
        if (m->heard[i].words != NULL && strcmp(m->heard[i].words, words) == 0) {
            return m->heard[i].loaded;
        }
    }
    m->last = (m->last + 1) % HEARD;
    heard *one = &m->heard[m->last];
    forget(m, one);
    one->loaded = read_question(m, one, words) == HW_OK ? &one->question.loaded : NULL;
    return one->loaded;
}

static bool lay_out(bench *b, const hw_loaded *loaded) {
    enum { LINE = 64 };
    size_t bytes = (hw_world_bytes(loaded->model, loaded->scenario) / LINE + 1) * LINE;
    if (bytes > b->bytes) {
        free(b->memory);
        b->memory = aligned_alloc(LINE, bytes);
        b->bytes = b->memory != NULL ? bytes : 0;
    }
    if (b->memory == NULL) {
        return false;
    }
    memset(b->memory, 0, bytes);
    free(b->record);
    b->record = hw_take(1, loaded->layout->bytes + 1);
    b->loaded = loaded;
    return hw_world_create_in(&b->world, loaded->model, loaded->scenario, b->memory, bytes) == HW_OK;
}

/* False where it cannot be read, or is not any more what was asked. */
static bool prepare(member *m, bench *b, const hw_order_job *job, const char *words) {
    const hw_loaded *loaded = job->is_base ? m->wish->base : question_of(m, words);
    bool is_asked = loaded != NULL &&
                    (job->digest[0] == '\0' || strcmp(hw_binding_digest(loaded->binding), job->digest) == 0);
    return is_asked && (b->loaded == loaded || lay_out(b, loaded));
}

/* ---- What it does ---- */

static bool report(const member *m, const hw_report *told, const void *bytes) {
    return hw_send_all(m->socket, told, sizeof *told) && hw_send_all(m->socket, bytes, told->length);
}

/* However busy the computer is with other things. */
static double core_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static bool simulate(member *m, const hw_order *order, uint32_t job, uint64_t replication) {
    bench *b = &m->benches[job];
    double began = core_seconds();
    hw_failure failure = {0};
    hw_rng_key key = {.seed = m->wish->seed, .replication = replication};
    bool good = hw_world_replicate(&b->world, key, b->record, NULL, &failure) == HW_OK;
    const hw_report told = {.kind = good ? HW_REPORT_WORLD : HW_REPORT_BROKEN,
                            .serial = order->serial,
                            .job = job,
                            .length =
                                good ? (uint32_t)b->loaded->layout->bytes : (uint32_t)sizeof failure.message,
                            .replication = replication,
                            .seconds = core_seconds() - began};
    return report(m, &told, good ? (const void *)b->record : failure.message);
}

/* Takes the next world of the order; false when there is none, or another order has taken its place. */
static bool claim(hw_claims *claims, const hw_order *order, uint64_t count, uint64_t *taken) {
    uint64_t next = atomic_load(claims);
    do {
        *taken = next & UINT32_MAX;
        if (next >> 32 != order->serial || *taken >= count) {
            return false;
        }
    } while (!atomic_compare_exchange_weak(claims, &next, next + 1));
    return true;
}

static uint64_t first_of(const hw_order *order) {
    uint64_t first = order->until;
    for (uint32_t j = 0; j < order->job_count; j++) {
        first = order->jobs[j].from < first ? order->jobs[j].from : first;
    }
    return first;
}

static bool work_off(member *m, const hw_order *order, const char *words) {
    if (order->job_count == 0) {
        return false; /* nobody asks that */
    }
    for (uint32_t j = 0; j < order->job_count; j++) {
        if (!prepare(m, &m->benches[j], &order->jobs[j], words) && order->until > 0) {
            return false;
        }
        words += order->jobs[j].length + 1;
    }
    uint64_t first = first_of(order), taken;
    while (claim(m->claims, order, (order->until - first) * order->job_count, &taken)) {
        uint32_t j = (uint32_t)(taken % order->job_count);
        uint64_t replication = first + taken / order->job_count;
        if (replication >= order->jobs[j].from && !simulate(m, order, j, replication)) {
            return false;
        }
    }
    return report(m, &(hw_report){.kind = HW_REPORT_DONE, .serial = order->serial}, NULL);
}

/* The words of an order, each with a zero after it; NULL at the end. */
static char *receive_words(const member *m, const hw_order *order) {
    size_t bytes = 1;
    for (uint32_t j = 0; j < order->job_count; j++) {
        bytes += (size_t)order->jobs[j].length + 1;
    }
    char *words = hw_take(bytes, 1), *at = words;
    for (uint32_t j = 0; j < order->job_count; j++) {
        if (!hw_receive_all(m->socket, at, order->jobs[j].length)) {
            free(words);
            return NULL;
        }
        at += order->jobs[j].length + 1;
    }
    return words;
}

bool hw_member_run(const hw_engine_wish *wish, hw_claims *claims, int socket) {
    member *m = hw_take(1, sizeof *m);
    *m = (member){.wish = wish, .claims = claims, .socket = socket};
    bool goes_on = true;
    hw_order order;
    while (goes_on && hw_receive_all(socket, &order, sizeof order)) {
        char *words = receive_words(m, &order);
        goes_on = words != NULL && work_off(m, &order, words);
        free(words);
    }
    for (uint32_t i = 0; i < HEARD; i++) {
        forget(m, &m->heard[i]);
    }
    for (uint32_t j = 0; j < HW_ORDER_JOBS; j++) {
        free(m->benches[j].memory);
        free(m->benches[j].record);
    }
    free(m);
    return goes_on;
}
