/* Starts the program again, and reads its standard error. */
#include "analysis/desk/child.h"
#include "analysis/base/installed.h"
#include "analysis/base/memory.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- In the child ---- */

static void hold_on_to(int errors) {
    int nothing = open("/dev/null", O_RDWR);
    if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 || dup2(nothing, STDOUT_FILENO) < 0 ||
        dup2(errors, STDERR_FILENO) < 0) {
        _exit(127);
    }
    enum { HIGHEST = 1024 };
    for (int i = STDERR_FILENO + 1; i < HIGHEST; i++) {
        (void)close(i); /* sockets and pipes of the desk */
    }
}

static _Noreturn void become(const char *program, const char *folder, const char *const *words, int errors,
                             pid_t parent) {
    enum { LESS = 10 };
    (void)prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent) {
        _exit(127);
    }
    (void)setpriority(PRIO_PROCESS, 0, LESS);
    signal(SIGINT, SIG_DFL);
    hold_on_to(errors);
    if (chdir(folder) == 0) { /* the words are not changed: the type of argv is older than const */
        execv("/proc/self/exe", (char *const *)words); /* this one, though its file be another by now */
        execv(program, (char *const *)words);
    }
    fprintf(stderr, "cannot start %s: %s\n", program, strerror(errno));
    _exit(127);
}

/* ---- In the parent ---- */

static const char **with_program(const char *program, const char *const *words) {
    size_t count = 0;
    while (words[count] != NULL) {
        count++;
    }
    const char **all = hw_take(count + 2, sizeof *all);
    all[0] = program;
    memcpy(all + 1, words, count * sizeof *all);
    return all;
}

hw_status hw_desk_child_start(hw_desk_child *child, const char *folder, const char *const *words) {
    *child = (hw_desk_child){0};
    int ends[2];
    if (pipe(ends) != 0) {
        return HW_ERROR_IO;
    }
    char *program = hw_installed_self();
    const char **all = with_program(program, words);
    pid_t parent = getpid(), process = fork();
    if (process == 0) {
        become(program, folder, all, ends[1], parent);
    }
    free(all);
    free(program);
    close(ends[1]);
    if (process < 0) {
        close(ends[0]);
        return HW_ERROR_IO;
    }
    child->process = process;
    child->from = ends[0];
    return HW_OK;
}

/* "the plan: 300 of 1200 replications, 12 thousand events per second, 14 s left"; and at the end of a part
 * "the plan, 1 of 4: 300 replications in 2 s". */
static bool read_progress(hw_desk_child *child, const char *line) {
    const char *colon = strstr(line, ": ");
    if (strstr(line, " replications in ") != NULL) {
        snprintf(child->step, sizeof child->step, "%.*s", colon != NULL ? (int)(colon - line) : 0, line);
        return true;
    }
    const char *of = strstr(line, " replications, ");
    if (of == NULL) {
        return false;
    }
    const char *start = of;
    while (start > line && strchr("0123456789 of", start[-1]) != NULL) {
        start--;
    }
    char *after_done;
    unsigned long long done = strtoull(start, &after_done, 10);
    if (after_done == start || strncmp(after_done, " of ", 4) != 0) {
        return false;
    }
    child->done = done;
    child->of = strtoull(after_done + 4, NULL, 10);
    const char *comma = strrchr(line, ','), *end = strstr(line, " left");
    if (comma != NULL && end != NULL && end > comma + 2) {
        snprintf(child->left, sizeof child->left, "%.*s", (int)(end - comma - 2), comma + 2);
    }
    return true;
}

static void take_line(hw_desk_child *child) {
    child->line[child->line_length] = '\0';
    if (!read_progress(child, child->line) && child->line_length > 0) {
        size_t room = HW_CHILD_SAID_MOST - child->length;
        int printed = snprintf(child->said + child->length, room, "%s\n", child->line);
        child->length += printed > 0 && (size_t)printed < room ? (size_t)printed : 0;
    }
    child->line_length = 0;
}

static void take_letters(hw_desk_child *child, const char *letters, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (letters[i] == '\n' || child->line_length == sizeof child->line - 1) {
            take_line(child);
        }
        if (letters[i] != '\n') {
            child->line[child->line_length++] = letters[i];
        }
    }
}

static int end_of(hw_desk_child *child) {
    int status = 0;
    close(child->from);
    while (waitpid(child->process, &status, 0) < 0 && errno == EINTR) {
    }
    child->process = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

bool hw_desk_child_hear(hw_desk_child *child, int *code) {
    char letters[4096];
    ssize_t come = read(child->from, letters, sizeof letters);
    if (come > 0) {
        take_letters(child, letters, (size_t)come);
    }
    if (come > 0 || (come < 0 && errno == EINTR)) {
        return false;
    }
    take_line(child);
    *code = end_of(child);
    return true;
}

void hw_desk_child_stop(const hw_desk_child *child) {
    if (child->process != 0) {
        kill(child->process, SIGTERM);
    }
}

void hw_desk_child_free(hw_desk_child *child) {
    if (child->process != 0) {
        kill(child->process, SIGKILL);
        (void)end_of(child);
    }
}
