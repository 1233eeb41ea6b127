/* Processes that simulate worlds for the desk: forked from the one that has read the scenarios, so that
 * nothing is read again, and ended at once when the question has changed. */
#ifndef HW_ANALYSIS_DESK_CREW_H
#define HW_ANALYSIS_DESK_CREW_H

#include "analysis/desk/worlds.h"
#include <sys/types.h>

enum { HW_CREW_MOST = 64, HW_CREW_JOBS = 2 };

typedef struct hw_crew_member {
    pid_t process;        /* 0: nobody */
    int from;             /* its end of a pipe */
    unsigned char *bytes; /* that have come and are not a whole message */
    size_t length, room;
} hw_crew_member;

typedef struct hw_crew {
    hw_crew_member members[HW_CREW_MOST];
    uint32_t size;                      /* how many work at a time */
    hw_worlds_kept *jobs[HW_CREW_JOBS]; /* whose worlds they simulate */
    uint32_t job_count;
} hw_crew;

/* Sets them to simulate the first `until` worlds of each job that are missing yet. HW_ERROR_IO when no
 * process can be started. */
hw_status hw_crew_start(hw_crew *crew, hw_worlds_kept *const *jobs, uint32_t job_count, uint64_t until);

/* Whether any is at work. */
bool hw_crew_works(const hw_crew *crew);

/* Takes what a member has sent; called when its pipe can be read. It is done when the pipe ends. */
void hw_crew_hear(hw_crew *crew, hw_crew_member *member);

/* Ends all of them; what has arrived is kept. */
void hw_crew_stop(hw_crew *crew);
void hw_crew_free(hw_crew *crew);

#endif
