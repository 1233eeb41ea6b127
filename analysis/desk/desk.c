/* Starts the desk's processes. */
#include "analysis/desk/desk.h"
#include "analysis/base/memory.h"
#include "analysis/compare/lever_files.h"
#include "analysis/desk/assumptions.h"
#include "analysis/desk/choices.h"
#include "analysis/desk/server.h"
#include "analysis/page/page.h"
#include "analysis/page/template.h"
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* All that questions are laid over. */
typedef struct ground {
    hw_loaded base;
    hw_lever_files files;
    char **names; /* of levers: their files without folder and ending */
    const char **paths;
    bool *is_bundle;
    hw_engine_wish wish;
} ground;

/* A folder that nobody named need not be there. */
static hw_status find_levers(ground *g, const hw_desk_wish *wish, hw_errors *errors) {
    struct stat about;
    char *usual = hw_lever_files_folder(wish->scenario);
    bool none = wish->levers == NULL && stat(usual, &about) != 0;
    free(usual);
    hw_errors foreign = {0};
    hw_status status =
        none ? HW_OK : hw_lever_files_here(&g->files, wish->scenario, wish->levers, NULL, &foreign);
    if (status != HW_OK && wish->levers == NULL) { /* they are another base's */
        hw_lever_files_free(&g->files);
        g->files = (hw_lever_files){0};
        status = HW_OK;
    } else {
        hw_errors_join(errors, &foreign);
    }
    hw_errors_free(&foreign);
    g->names = hw_take(g->files.count + 1, sizeof *g->names);
    g->paths = hw_take(g->files.count + 1, sizeof *g->paths);
    g->is_bundle = hw_take(g->files.count + 1, sizeof *g->is_bundle);
    for (uint32_t i = 0; i < g->files.count; i++) {
        const char *path = g->files.items[i].path, *slash = strrchr(path, '/');
        const char *name = slash != NULL ? slash + 1 : path;
        g->names[i] = hw_take_text("%.*s", (int)strlen(name) - (int)strlen(".yaml"), name);
        g->paths[i] = path;
        g->is_bundle[i] = g->files.items[i].kind == HW_LEVER_BUNDLE;
    }
    return status;
}

static uint32_t cores(void) {
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count < 1 ? 1 : (uint32_t)count;
}

static hw_status prepare(ground *g, const hw_desk_wish *wish, hw_errors *errors) {
    hw_status status = hw_load(&g->base, wish->scenario, wish->settings, wish->setting_count, errors);
    if (status != HW_OK) {
        return status;
    }
    hw_warn(&g->base.warnings);
    status = find_levers(g, wish, errors);
    g->wish = (hw_engine_wish){.ground = {.path = wish->scenario,
                                          .base = g->base.document,
                                          .settings = wish->settings,
                                          .setting_count = wish->setting_count,
                                          .levers = g->paths,
                                          .lever_count = g->files.count},
                               .base = &g->base,
                               .lever_names = (const char *const *)g->names,
                               .seed = wish->seed,
                               .worlds = wish->worlds,
                               .processes = wish->processes != 0 ? wish->processes : cores()};
    return status;
}

static void clean(ground *g) {
    for (uint32_t i = 0; i < g->files.count; i++) {
        free(g->names[i]);
    }
    free(g->names);
    free(g->paths);
    free(g->is_bundle);
    hw_lever_files_free(&g->files);
    hw_load_free(&g->base);
}

static hw_status put_scores(json_t *choices, const char *path, hw_errors *errors) {
    if (path == NULL) {
        return HW_OK;
    }
    hw_page_scores scores;
    hw_status status = hw_page_scores_read(&scores, path, errors);
    if (status == HW_OK) {
        hw_page_put_scores(choices, &(hw_page_wish){.scores = &scores});
    }
    hw_book_free(&scores.tables);
    return status;
}

/* The page with the choices in it. */
static char *make_page(const ground *g, const hw_desk_wish *wish, bool has_report, size_t *size,
                       hw_status *status, hw_errors *errors) {
    char *page = NULL;
    json_t *choices = hw_desk_choices(&g->wish, g->is_bundle, status, errors);
    hw_json_put(choices, "report", json_boolean(has_report));
    if (wish->language != NULL) {
        hw_json_put(choices, "language", hw_json_text(wish->language));
    }
    if (*status == HW_OK) {
        *status = put_scores(choices, wish->scores, errors);
    }
    FILE *out = hw_take_stream(&page, size);
    fwrite(hw_page_desk.before, 1, hw_page_desk.before_size, out);
    hw_json_write_in_page(out, choices);
    fwrite(hw_page_desk.after, 1, hw_page_desk.after_size, out);
    hw_end_stream(out);
    json_decref(choices);
    return page;
}

/* The engine is forked before there are threads. A signal of the terminal is the server's to hear. */
static pid_t start_engine(const ground *g, int sockets[2]) {
    pid_t parent = getpid(), process = fork();
    if (process != 0) {
        return process;
    }
    (void)prctl(PR_SET_PDEATHSIG, SIGTERM);
    signal(SIGINT, SIG_IGN);
    close(sockets[0]);
    _exit(getppid() == parent ? hw_engine_run(&g->wish, sockets[1]) : 0);
}

/* What the server serves. */
typedef struct served {
    hw_packed page, report, assumptions;
} served;

static hw_status serve(const ground *g, const hw_desk_wish *wish, const served *texts, hw_errors *errors) {
    int sockets[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) != 0) {
        hw_errors_say(errors, "cannot make a pair of sockets: %s", strerror(errno));
        return HW_ERROR_IO;
    }
    fflush(NULL);
    pid_t engine = start_engine(g, sockets);
    close(sockets[1]);
    hw_status status = HW_ERROR_IO;
    if (engine < 0) {
        hw_errors_say(errors, "cannot start a process: %s", strerror(errno));
    } else {
        status = hw_server_run(&(hw_server_wish){.port = wish->port,
                                                 .host = wish->host,
                                                 .page = &texts->page,
                                                 .report = &texts->report,
                                                 .assumptions = &texts->assumptions,
                                                 .engine = sockets[0],
                                                 .ready = wish->ready,
                                                 .context = wish->context},
                               errors);
    }
    close(sockets[0]);
    while (engine > 0 && waitpid(engine, NULL, 0) < 0 && errno == EINTR) {
    }
    return status;
}

hw_status hw_desk_run(const hw_desk_wish *wish, hw_errors *errors) {
    if (hw_page_desk.before_size == 0) {
        hw_errors_say(errors,
                      "this program was built without pages (HW_PAGE=OFF): build it with -D HW_PAGE=ON, "
                      "which needs npm");
        return HW_ERROR_IO;
    }
    ground g = {0};
    char *page = NULL, *report = NULL;
    size_t size = 0, report_size = 0, assumptions_size = 0;
    hw_status status =
        wish->language != NULL ? hw_page_check_language(&hw_page_desk, wish->language, errors) : HW_OK;
    if (status == HW_OK) {
        status = prepare(&g, wish, errors);
    }
    if (status == HW_OK && wish->report != NULL) {
        status = hw_page_read(wish->report, &report, &report_size, errors);
    }
    if (status == HW_OK) {
        page = make_page(&g, wish, report != NULL, &size, &status, errors);
    }
    if (status == HW_OK) {
        char *assumptions = hw_desk_assumptions(g.base.binding, &assumptions_size);
        served texts = {.page = hw_packed_make(page, size),
                        .report = hw_packed_make(report, report_size),
                        .assumptions = hw_packed_make(assumptions, assumptions_size)};
        status = serve(&g, wish, &texts, errors);
        hw_packed_free(&texts.page);
        hw_packed_free(&texts.report);
        hw_packed_free(&texts.assumptions);
        free(assumptions);
    }
    free(report);
    free(page);
    clean(&g);
    return status;
}
