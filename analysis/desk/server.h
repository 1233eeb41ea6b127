/* The desk's server: its page and a report's, questions in, answers out as server-sent events, on 127.0.0.1
 * only. It opens no file for anybody. */
#ifndef HW_ANALYSIS_DESK_SERVER_H
#define HW_ANALYSIS_DESK_SERVER_H

#include "analysis/base/packed.h"
#include "analysis/desk/guard.h"
#include "sim/error.h"

typedef struct hw_server_wish {
    uint16_t port;    /* 0: any that is free */
    const char *host; /* by which a proxy serves it, or NULL */
    const hw_packed *page;
    const hw_packed *report;      /* served at "report", or without a page */
    const hw_packed *assumptions; /* JSON, served at "assumptions" */
    int engine;                   /* socket to the engine */
    /* Called once it serves, with its address. */
    void (*ready)(void *context, const char *address);
    void *context;
} hw_server_wish;

/* Serves until SIGINT or SIGTERM (HW_OK), or until the engine ends (HW_ERROR_IO). HW_ERROR_INPUT when the
 * port is taken. */
hw_status hw_server_run(const hw_server_wish *wish, hw_errors *errors);

#endif
