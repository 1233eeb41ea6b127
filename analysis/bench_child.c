#include "analysis/bench_child.h"
#include "analysis/memory.h"
#include <errno.h>
#include <math.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static char *whole_text(FILE *file) {
    char *text = NULL;
    size_t size = 0;
    FILE *memory = open_memstream(&text, &size);
    if (!memory)
        hw_out_of_memory();
    rewind(file);
    for (int c = fgetc(file); c != EOF; c = fgetc(file))
        fputc(c, memory);
    if (fclose(memory) != 0)
        hw_out_of_memory();
    return text;
}

static int spawn(pid_t *process, const char *const *words, FILE *output, FILE *complaints) {
    posix_spawn_file_actions_t actions;
    int trouble = posix_spawn_file_actions_init(&actions);
    if (trouble)
        return trouble;
    trouble = posix_spawn_file_actions_adddup2(&actions, fileno(output), STDOUT_FILENO);
    if (!trouble)
        trouble = posix_spawn_file_actions_adddup2(&actions, fileno(complaints), STDERR_FILENO);
    if (!trouble) /* the words are not changed: the type of argv is older than const */
        trouble = posix_spawnp(process, words[0], &actions, NULL, (char *const *)words, environ);
    posix_spawn_file_actions_destroy(&actions);
    return trouble;
}

static void wait_for(pid_t process, hw_bench_child *child) {
    int status = 0;
    struct rusage usage = {0};
    while (wait4(process, &status, 0, &usage) < 0 && errno == EINTR)
        continue;
    child->exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    child->peak_bytes = 1024.0 * (double)usage.ru_maxrss;
}

hw_bench_child hw_bench_child_run(const char *const *words) {
    hw_bench_child child = {.exit_code = 127};
    FILE *output = tmpfile(), *complaints = tmpfile();
    int trouble = output && complaints ? 0 : errno;
    pid_t process = 0;
    if (!trouble)
        trouble = spawn(&process, words, output, complaints);
    if (!trouble)
        wait_for(process, &child);
    child.output = trouble ? hw_take_text("%s", "") : whole_text(output);
    child.complaints =
        trouble ? hw_take_text("cannot start %s: %s", words[0], strerror(trouble)) : whole_text(complaints);
    if (output)
        fclose(output);
    if (complaints)
        fclose(complaints);
    return child;
}

void hw_bench_child_free(hw_bench_child *child) {
    free(child->output);
    free(child->complaints);
    *child = (hw_bench_child){0};
}

double hw_bench_child_number(const hw_bench_child *child, const char *key) {
    size_t length = strlen(key);
    for (const char *line = child->output; line; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (strncmp(line, key, length) == 0 && line[length] == ' ') {
            char *end = NULL;
            double number = strtod(line + length, &end);
            return end > line + length ? number : (double)NAN;
        }
        if (*line == '\0')
            break;
    }
    return (double)NAN;
}

char *hw_bench_child_last_words(const hw_bench_child *child, const char *otherwise) {
    size_t length = strlen(child->complaints);
    while (length > 0 && strchr(" \n\t-", child->complaints[length - 1]))
        length--; /* mpirun closes with a rule of dashes */
    size_t start = length;
    while (start > 0 && child->complaints[start - 1] != '\n')
        start--;
    return length > start ? hw_take_text("%.*s", (int)(length - start), child->complaints + start)
                          : hw_take_text("%s", otherwise);
}
