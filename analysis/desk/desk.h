/* The desk: a page in a browser that asks the model itself. One process serves the page, one reads questions
 * and makes answers, and as many as there are cores simulate. */
#ifndef HW_ANALYSIS_DESK_H
#define HW_ANALYSIS_DESK_H

#include "analysis/scenario/load.h"

typedef struct hw_desk_wish {
    const char *scenario;       /* its base */
    const char *levers;         /* a folder; NULL: "levers" beside the base, if there is one */
    const char *scores;         /* of earlier forecasts: a file of homeward hindcast --output; or NULL */
    const hw_setting *settings; /* laid over the base */
    uint32_t setting_count;
    uint64_t seed, worlds;
    uint32_t processes;   /* 0: one for each core */
    uint16_t port;        /* 0: any */
    const char *host;     /* by which a proxy serves it, or NULL */
    const char *language; /* in which the page opens; NULL: that of the reader's browser */
    const char *report;   /* a page of homeward report that is served, too, or NULL */
    void (*ready)(void *context, const char *address);
    void *context;
} hw_desk_wish;

/* Serves until it is told to stop. HW_ERROR_INPUT for a wrong scenario, wrong levers, a report that is none
 * or a port that is taken, HW_ERROR_IO when the program has no page, the report cannot be read or a process
 * ended before its time. */
hw_status hw_desk_run(const hw_desk_wish *wish, hw_errors *errors);

#endif
