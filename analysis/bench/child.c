/* Starts a program, waits for it, and keeps what it printed. */
#include "analysis/bench/child.h"
#include "analysis/base/memory.h"
#include <errno.h>
#include <math.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static char *whole_text(FILE *file) {
    char *text = NULL;
    size_t size = 0;
    FILE *memory = hw_take_stream(&text, &size);
    rewind(file);
    for (int c = fgetc(file); c != EOF; c = fgetc(file)) {
        fputc(c, memory);
    }
    hw_end_stream(memory);
    return text;
}

static int spawn(pid_t *process, const char *const *words, FILE *output, FILE *complaints) {
    posix_spawn_file_actions_t actions;
    int trouble = posix_spawn_file_actions_init(&actions);
    if (trouble) {
        return trouble;
    }
    trouble = posix_spawn_file_actions_adddup2(&actions, fileno(output), STDOUT_FILENO);
    if (!trouble) {
        trouble = posix_spawn_file_actions_adddup2(&actions, fileno(complaints), STDERR_FILENO);
    }
    if (!trouble) { /* the words are not changed: the type of argv is older than const */
        trouble = posix_spawnp(process, words[0], &actions, NULL, (char *const *)words, environ);
    }
    posix_spawn_file_actions_destroy(&actions);
    return trouble;
}

static void wait_for(pid_t process, hw_bench_child *child) {
    int status = 0;
    while (waitpid(process, &status, 0) < 0 && errno == EINTR) {
        continue;
    }
    child->exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static hw_bench_child not_started(const char *program, int trouble) {
    return (hw_bench_child){.exit_code = 127,
                            .output = hw_take_text("%s", ""),
                            .complaints = hw_take_text("cannot start %s: %s", program, strerror(trouble))};
}

static hw_bench_child run_into(const char *const *words, FILE *output, FILE *complaints) {
    pid_t process = 0;
    int trouble = spawn(&process, words, output, complaints);
    if (trouble) {
        return not_started(words[0], trouble);
    }
    hw_bench_child child = {0};
    wait_for(process, &child);
    child.output = whole_text(output);
    child.complaints = whole_text(complaints);
    return child;
}

hw_bench_child hw_bench_child_run(const char *const *words) {
    FILE *output = tmpfile();
    if (output == NULL) {
        return not_started(words[0], errno);
    }
    FILE *complaints = tmpfile();
    hw_bench_child child =
        complaints != NULL ? run_into(words, output, complaints) : not_started(words[0], errno);
    if (complaints != NULL) {
        fclose(complaints);
    }
    fclose(output);
    return child;
}

void hw_bench_child_free(hw_bench_child *child) {
    free(child->output);
    free(child->complaints);
    *child = (hw_bench_child){0};
}

double hw_bench_child_number(const hw_bench_child *child, const char *key) {
    size_t length = strlen(key);
    for (const char *line = child->output; line != NULL; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (strncmp(line, key, length) == 0 && line[length] == ' ') {
            char *end = NULL;
            double number = strtod(line + length, &end);
            return end > line + length ? number : (double)NAN;
        }
        if (*line == '\0') {
            break;
        }
    }
    return (double)NAN;
}

char *hw_bench_child_last_words(const hw_bench_child *child, const char *otherwise) {
    size_t length = strlen(child->complaints);
    while (length > 0 && strchr(" \n\t-", child->complaints[length - 1]) != NULL) {
        length--; /* mpirun closes with a rule of dashes */
    }
    size_t start = length;
    while (start > 0 && child->complaints[start - 1] != '\n') {
        start--;
    }
    return length > start ? hw_take_text("%.*s", (int)(length - start), child->complaints + start)
                          : hw_take_text("%s", otherwise);
}
