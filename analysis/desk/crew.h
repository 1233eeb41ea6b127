/* Processes that simulate worlds for the desk, one a core: they stay, and an order takes the place of the
 * last one as soon as each has finished the world that it is at. */
#ifndef HW_ANALYSIS_DESK_CREW_H
#define HW_ANALYSIS_DESK_CREW_H

#include "analysis/desk/member.h"
#include "analysis/desk/worlds.h"
#include <sys/types.h>

enum { HW_CREW_MOST = 64, HW_CREW_JOBS = HW_ORDER_JOBS };

typedef struct hw_crew_job {
    hw_worlds_kept *worlds;
    const char *words; /* of the question, as they were sent; NULL: the base */
} hw_crew_job;

typedef struct hw_crew_member {
    pid_t process;        /* 0: nobody */
    int socket;           /* its end */
    unsigned char *bytes; /* that have come and are not a whole message */
    size_t length, room;
    uint32_t order; /* whose worlds it simulates; 0: none */
    uint64_t told;  /* worlds */
    double seconds; /* of a core that a world takes it, as far as known; 0 or less: not long */
} hw_crew_member;

typedef struct hw_crew {
    const hw_engine_wish *wish;
    hw_claims *claims;
    hw_crew_member members[HW_CREW_MOST];
    uint32_t size;                  /* how many work at a time */
    uint32_t serial;                /* of the last order */
    hw_crew_job jobs[HW_CREW_JOBS]; /* whose worlds they simulate */
    uint32_t job_count;
} hw_crew;

/* HW_ERROR_MEMORY when there is not enough for what they share. */
hw_status hw_crew_begin(hw_crew *crew, const hw_engine_wish *wish);

/* Has them read a question, right or wrong, whose worlds will be wanted; for a crew that has nothing to do.
 */
void hw_crew_prepare(hw_crew *crew, const char *words);

/* Sets them to simulate the first `until` worlds of each job that are missing yet. HW_ERROR_IO when no
 * process can be started. */
hw_status hw_crew_start(hw_crew *crew, const hw_crew_job *jobs, uint32_t job_count, uint64_t until);

/* Whether any is at work on the last order. */
bool hw_crew_works(const hw_crew *crew);

/* Takes what a member has sent; called when its socket can be read. */
void hw_crew_hear(hw_crew *crew, hw_crew_member *member);

/* Nobody wants the rest of the last order; what has arrived is kept. */
void hw_crew_stop(hw_crew *crew);

/* Ends all of them. */
void hw_crew_free(hw_crew *crew);

#endif
