/* One of the crew: a process that simulates worlds for the desk until its socket ends. What it has read, and
 * the memory of its worlds, it keeps for the next order: nothing is started or read twice. */
#ifndef HW_ANALYSIS_DESK_MEMBER_H
#define HW_ANALYSIS_DESK_MEMBER_H

#include "analysis/desk/engine.h"
#include <stdatomic.h>

enum { HW_ORDER_JOBS = 2, HW_ORDER_DIGEST = 80 };

/* Whose worlds. After the order the words of its questions follow, one after the other. */
typedef struct hw_order_job {
    bool is_base;
    uint32_t length;              /* of the question's words */
    char digest[HW_ORDER_DIGEST]; /* of its binding: a file may have changed since it was read; "": not known
                                     yet */
    uint64_t from;                /* the first replication that is missing */
} hw_order_job;

typedef struct hw_order {
    uint32_t serial, job_count;
    uint64_t until; /* replications before this one; 0: only read it, worlds will follow */
    hw_order_job jobs[HW_ORDER_JOBS];
} hw_order;

typedef enum hw_report_kind { HW_REPORT_WORLD, HW_REPORT_BROKEN, HW_REPORT_DONE } hw_report_kind;

/* Before each record, before why there is none, and after the last one of an order. */
typedef struct hw_report {
    uint32_t kind, serial, job, length; /* length: of what follows */
    uint64_t replication;
    double seconds; /* of a core that this world took */
} hw_report;

/* What all of a crew share: the serial of the order that is worked off (upper half), and the next of its
 * worlds (lower half), which whoever is free takes. */
typedef _Atomic uint64_t hw_claims;

/* Works off orders; true when its socket has ended, false when it cannot go on. */
bool hw_member_run(const hw_engine_wish *wish, hw_claims *claims, int socket);

#endif
