/* Serves the desk's page over HTTP. */
#include "analysis/desk/server.h"
#include "analysis/base/json.h"
#include "analysis/base/memory.h"
#include "analysis/desk/tabs.h"
#include "sim/length.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    BODY_MOST = 1 << 18, /* bytes of a question */
    CONNECTIONS_MOST = 2 * HW_TABS_MOST,
    BEAT_SECONDS =
        10, /* between signs of life, by which a connection notices that nobody is there any more */
};

typedef struct server {
    const hw_server_wish *wish;
    hw_guard guard;
    hw_tabs tabs;
    pthread_mutex_t to_engine;
} server;

/* A request while its body comes. */
typedef struct request {
    char *body;
    size_t length;
    bool too_long;
} request;

/* ---- Answers to requests ---- */

static enum MHD_Result answer_with(struct MHD_Connection *connection, unsigned status,
                                   struct MHD_Response *response, const char *type) {
    MHD_add_response_header(response, "Content-Type", type);
    MHD_add_response_header(response, "Cache-Control", "no-store");
    MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
    MHD_add_response_header(response, "X-Frame-Options", "DENY");
    MHD_add_response_header(response, "Referrer-Policy", "no-referrer");
    MHD_add_response_header(response, "Cross-Origin-Resource-Policy", "same-origin");
    enum MHD_Result queued = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return queued;
}

static enum MHD_Result answer_text(struct MHD_Connection *connection, unsigned status, const char *text) {
    return answer_with(connection, status,
                       MHD_create_response_from_buffer(strlen(text), (void *)text, MHD_RESPMEM_MUST_COPY),
                       "text/plain; charset=utf-8");
}

static const char *header_of(struct MHD_Connection *connection, const char *name) {
    return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

/* A tab's name: 1 to 16 hexadecimal digits. 0 where it is none. */
static uint64_t tab_of(struct MHD_Connection *connection) {
    const char *text = MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "tab");
    size_t length = text != NULL ? strspn(text, "0123456789abcdef") : 0;
    return length > 0 && length <= 16 && text[length] == '\0' ? strtoull(text, NULL, 16) : 0;
}

static uint64_t number_of(struct MHD_Connection *connection) {
    const char *text = MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "number");
    size_t length = text != NULL ? strspn(text, "0123456789") : 0;
    return length > 0 && length <= 15 && text[length] == '\0' ? strtoull(text, NULL, 10) : 0;
}

/* ---- Questions ---- */

static bool send_to_engine(server *s, hw_wire_kind kind, uint64_t tab, uint64_t number, const char *text,
                           size_t length) {
    pthread_mutex_lock(&s->to_engine);
    bool sent = hw_wire_send(s->wish->engine, kind, tab, number, text, length);
    pthread_mutex_unlock(&s->to_engine);
    return sent;
}

/* A tab that had to make room asks nothing any more. */
static void let_go(server *s, uint64_t gone) {
    if (gone != 0) {
        (void)send_to_engine(s, HW_WIRE_LEAVE, gone, 0, "", 0);
    }
}

/* Of what happens, or of what to do. */
static enum MHD_Result take_question(server *s, struct MHD_Connection *connection, const request *asked,
                                     hw_wire_kind kind) {
    uint64_t tab = tab_of(connection), number = number_of(connection);
    if (asked->too_long) {
        return answer_text(connection, MHD_HTTP_CONTENT_TOO_LARGE, "a question has at most 256 KiB\n");
    }
    if (tab == 0 || number == 0 || asked->length == 0) {
        return answer_text(connection, MHD_HTTP_BAD_REQUEST, "a question wants ?tab=, number= and a text\n");
    }
    let_go(s,
           kind == HW_WIRE_ASK ? hw_tabs_ask(&s->tabs, tab, number) : hw_tabs_decide(&s->tabs, tab, number));
    bool sent = send_to_engine(s, kind, tab, number, asked->body, asked->length);
    return answer_text(connection, sent ? MHD_HTTP_ACCEPTED : MHD_HTTP_SERVICE_UNAVAILABLE,
                       sent ? "asked\n" : "the engine has ended\n");
}

/* ---- Answers as events ---- */

/* One connection that waits for what its tab is told. */
typedef struct listener {
    server *s;
    uint64_t tab, version;
    char *text; /* being sent */
    size_t length, sent;
} listener;

static const char *event_name(hw_wire_kind kind) {
    return kind == HW_WIRE_ANSWER     ? "answer"
           : kind == HW_WIRE_PROGRESS ? "progress"
           : kind == HW_WIRE_DECISION ? "decision"
                                      : "wrong";
}

/* The next event, or a sign of life. False at the end. */
static bool next_event(listener *l) {
    free(l->text);
    l->text = NULL;
    hw_told *told = hw_tabs_wait(&l->s->tabs, l->tab, l->version, BEAT_SECONDS);
    if (told != NULL) {
        /* The texts have no line feeds: JSON on one line. */
        l->text = hw_take_text("event: %s\nid: %llu\ndata: %s\n\n", event_name(told->kind),
                               (unsigned long long)told->number, told->text);
        l->version = told->version;
        hw_told_release(&l->s->tabs, told);
    } else if (!hw_tabs_ended(&l->s->tabs)) {
        l->text = hw_take_text(": still here\n\n");
    }
    l->sent = 0;
    l->length = l->text != NULL ? strlen(l->text) : 0;
    return l->text != NULL;
}

static ssize_t send_events(void *context, uint64_t position, char *to, size_t room) {
    (void)position;
    listener *l = context;
    if (l->sent == l->length && !next_event(l)) {
        return MHD_CONTENT_READER_END_OF_STREAM;
    }
    size_t length = l->length - l->sent < room ? l->length - l->sent : room;
    memcpy(to, l->text + l->sent, length);
    l->sent += length;
    return (ssize_t)length;
}

/* A window that is closed or loaded again asks nothing any more. */
static void free_listener(void *context) {
    listener *l = context;
    if (hw_tabs_unlisten(&l->s->tabs, l->tab)) {
        (void)send_to_engine(l->s, HW_WIRE_LEAVE, l->tab, 0, "", 0);
    }
    free(l->text);
    free(l);
}

static enum MHD_Result stream_answers(server *s, struct MHD_Connection *connection) {
    enum { AT_ONCE = 1 << 15 };
    uint64_t tab = tab_of(connection);
    if (tab == 0) {
        return answer_text(connection, MHD_HTTP_BAD_REQUEST, "answers want ?tab=\n");
    }
    listener *l = hw_take(1, sizeof *l);
    *l = (listener){.s = s, .tab = tab};
    let_go(s, hw_tabs_listen(&s->tabs, tab));
    return answer_with(
        connection, MHD_HTTP_OK,
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, AT_ONCE, send_events, l, free_listener),
        "text/event-stream; charset=utf-8");
}

/* ---- Requests ---- */

static enum MHD_Result serve_packed(const hw_packed *page, const char *type,
                                    struct MHD_Connection *connection) {
    bool packed = page->gzip != NULL && hw_packed_is_taken(header_of(connection, "Accept-Encoding"));
    struct MHD_Response *response = MHD_create_response_from_buffer(
        packed ? page->gzip_size : page->plain_size, packed ? (void *)page->gzip : (void *)page->plain,
        MHD_RESPMEM_PERSISTENT);
    MHD_add_response_header(response, "Vary", "Accept-Encoding");
    if (packed) {
        MHD_add_response_header(response, "Content-Encoding", "gzip");
    }
    return answer_with(connection, MHD_HTTP_OK, response, type);
}

static enum MHD_Result route(server *s, struct MHD_Connection *connection, const char *path,
                             const char *method, const request *asked) {
    bool gets = strcmp(method, MHD_HTTP_METHOD_GET) == 0;
    if (!hw_guard_knows_host(&s->guard, header_of(connection, "Host")) ||
        !hw_guard_knows_origin(&s->guard, header_of(connection, "Origin"))) {
        return answer_text(connection, MHD_HTTP_FORBIDDEN, "not from here\n");
    }
    const char *rest = hw_guard_path(&s->guard, path);
    if (rest == NULL) {
        return answer_text(connection, MHD_HTTP_NOT_FOUND,
                           "the address that homeward desk prints has a token\n");
    }
    const struct {
        const char *path, *type;
        const hw_packed *text;
    } texts[] = {{"", "text/html; charset=utf-8", s->wish->page},
                 {"report", "text/html; charset=utf-8", s->wish->report},
                 {"assumptions", "application/json", s->wish->assumptions}};
    for (size_t i = 0; i < HW_LENGTH(texts) && gets; i++) {
        if (strcmp(rest, texts[i].path) == 0 && texts[i].text->plain != NULL) {
            return serve_packed(texts[i].text, texts[i].type, connection);
        }
    }
    if (strcmp(rest, "answers") == 0 && gets) {
        return stream_answers(s, connection);
    }
    static const struct {
        const char *path;
        hw_wire_kind kind;
    } posts[] = {{"questions", HW_WIRE_ASK}, {"decisions", HW_WIRE_DECIDE}, {"cancelled", HW_WIRE_CANCEL}};
    for (size_t i = 0; i < HW_LENGTH(posts) && strcmp(method, MHD_HTTP_METHOD_POST) == 0; i++) {
        if (strcmp(rest, posts[i].path) == 0) {
            return take_question(s, connection, asked, posts[i].kind);
        }
    }
    return answer_text(connection, MHD_HTTP_NOT_FOUND, "there is no such thing here\n");
}

static void take_body(request *asked, const char *bytes, size_t length) {
    asked->too_long = asked->too_long || asked->length + length > BODY_MOST;
    if (asked->too_long) {
        return;
    }
    asked->body = hw_take_again(asked->body, asked->length + length + 1, 1);
    memcpy(asked->body + asked->length, bytes, length);
    asked->length += length;
    asked->body[asked->length] = '\0';
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection, const char *path,
                                  const char *method, const char *version, const char *bytes, size_t *length,
                                  void **state) {
    (void)version;
    if (*state == NULL) {
        *state = hw_take(1, sizeof(request));
        return MHD_YES;
    }
    if (*length > 0) {
        take_body(*state, bytes, *length);
        *length = 0;
        return MHD_YES;
    }
    return route(context, connection, path, method, *state);
}

static void on_end(void *context, struct MHD_Connection *connection, void **state,
                   enum MHD_RequestTerminationCode how) {
    (void)context, (void)connection, (void)how;
    request *asked = *state;
    if (asked != NULL) {
        free(asked->body);
        free(asked);
    }
    *state = NULL;
}

/* ---- Life ---- */

static int signalled[2]; /* a pipe: a signal writes into it */

static void on_signal(int number) {
    (void)number;
    int kept = errno;
    ssize_t ignored = write(signalled[1], "", 1);
    (void)ignored;
    errno = kept;
}

static void *listen_to_engine(void *context) {
    server *s = context;
    hw_wire_head head;
    char *text;
    while (hw_wire_receive(s->wish->engine, &head, &text)) {
        hw_tabs_tell(&s->tabs, &head, text);
        free(text);
    }
    on_signal(0);
    return NULL;
}

static struct MHD_Daemon *start_daemon(server *s) {
    struct sockaddr_in local = {.sin_family = AF_INET,
                                .sin_port = htons(s->wish->port),
                                .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
    return MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION | MHD_USE_POLL, 0,
                            NULL, NULL, on_request, s, MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&local,
                            MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MOST,
                            MHD_OPTION_CONNECTION_TIMEOUT, 120U, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
                            (size_t)(1 << 16), MHD_OPTION_NOTIFY_COMPLETED, on_end, NULL, MHD_OPTION_END);
}

/* Until a signal (true), or the end of the engine. */
static bool wait_for_end(const server *s) {
    struct pollfd wait = {.fd = signalled[0], .events = POLLIN};
    while (poll(&wait, 1, -1) < 0 && errno == EINTR) {
    }
    struct pollfd engine = {.fd = s->wish->engine, .events = POLLIN | POLLHUP};
    return poll(&engine, 1, 0) <= 0 || (engine.revents & POLLHUP) == 0;
}

static void tell_address(const server *s) {
    char *address = hw_take_text("http://127.0.0.1:%u/%s/", s->guard.port, s->guard.token);
    s->wish->ready(s->wish->context, address);
    free(address);
}

static hw_status serve(server *s, struct MHD_Daemon *daemon, hw_errors *errors) {
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
    if (!hw_guard_begin(&s->guard, info != NULL ? info->port : s->wish->port, s->wish->host)) {
        hw_errors_say(errors, "the system gives no random numbers, without which the desk is not safe");
        return HW_ERROR_IO;
    }
    pthread_t ear;
    if (pthread_create(&ear, NULL, listen_to_engine, s) != 0) {
        hw_errors_say(errors, "cannot start a thread: %s", strerror(errno));
        return HW_ERROR_IO;
    }
    tell_address(s);
    bool asked = wait_for_end(s);
    hw_tabs_end(&s->tabs);
    (void)shutdown(s->wish->engine, SHUT_RDWR);
    pthread_join(ear, NULL);
    if (!asked) {
        hw_errors_say(errors, "the process that simulates has ended before its time");
    }
    return asked ? HW_OK : HW_ERROR_IO;
}

hw_status hw_server_run(const hw_server_wish *wish, hw_errors *errors) {
    server *s = hw_take(1, sizeof *s);
    s->wish = wish;
    if (pipe(signalled) != 0 || fcntl(signalled[1], F_SETFL, O_NONBLOCK) != 0) {
        hw_errors_say(errors, "cannot make a pipe: %s", strerror(errno));
        free(s);
        return HW_ERROR_IO;
    }
    hw_tabs_begin(&s->tabs);
    pthread_mutex_init(&s->to_engine, NULL);
    const struct sigaction act = {.sa_handler = on_signal};
    sigaction(SIGINT, &act, NULL);
    sigaction(SIGTERM, &act, NULL);
    struct MHD_Daemon *daemon = start_daemon(s);
    hw_status status = HW_ERROR_INPUT;
    if (daemon == NULL) {
        hw_errors_say(errors, "cannot listen on port %u of 127.0.0.1: %s (--port 0 takes any that is free)",
                      wish->port, strerror(errno));
    } else {
        status = serve(s, daemon, errors);
        MHD_stop_daemon(daemon);
    }
    hw_tabs_free(&s->tabs);
    pthread_mutex_destroy(&s->to_engine);
    free(s);
    return status;
}
