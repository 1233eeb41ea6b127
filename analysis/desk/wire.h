/* Messages between the desk's server and its engine, over a stream socket. */
#ifndef HW_ANALYSIS_DESK_WIRE_H
#define HW_ANALYSIS_DESK_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum hw_wire_kind {
    HW_WIRE_ASK = 1,  /* to the engine: a question as JSON; what the tab asked before is forgotten */
    HW_WIRE_LEAVE,    /* to the engine: nobody looks at the tab any more */
    HW_WIRE_ANSWER,   /* to the server: an answer as JSON */
    HW_WIRE_PROGRESS, /* to the server: how far the next one is, as JSON */
    HW_WIRE_WRONG,    /* to the server: what is wrong with the question, as JSON */
    HW_WIRE_DECIDE,   /* to the engine: a question of what to do as JSON */
    HW_WIRE_CANCEL,   /* to the engine: the tab does not want its answer any more */
    HW_WIRE_DECISION, /* to the server: how far it is, what is wrong with it or its answer, as JSON */
} hw_wire_kind;

enum { HW_WIRE_MOST = 1 << 28 }; /* bytes of a text */

typedef struct hw_wire_head {
    uint32_t kind, length; /* length: of the text, without a zero */
    uint64_t tab, number;  /* of the tab's question, or of its question of what to do */
} hw_wire_head;

/* All bytes, waiting where there is no room or nothing has come; false when nobody is at the other end. */
bool hw_send_all(int to, const void *bytes, size_t length);
bool hw_receive_all(int from, void *bytes, size_t length);

/* Sends a message whole; false when nobody is at the other end. */
bool hw_wire_send(int to, hw_wire_kind kind, uint64_t tab, uint64_t number, const char *text, size_t length);

/* Waits for a message; the caller frees its text, which ends with a zero. False at the end. */
bool hw_wire_receive(int from, hw_wire_head *head, char **text);

#endif
