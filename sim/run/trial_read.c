/* Reads a file in a child process first, with limits on time and memory. */
#include "sim/run/trial_read.h"
#include "sim/length.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* Seconds of computing after which reading is taken for endless, and the bytes for which it gets one more. */
enum { SECONDS = 3, BYTES_A_SECOND = 5000000 };

static void limit_child(uint64_t bytes) {
    rlim_t seconds = SECONDS + (rlim_t)(bytes / BYTES_A_SECOND);
    const struct rlimit time = {.rlim_cur = seconds, .rlim_max = seconds + 1};
    const struct rlimit no_core = {0, 0};
    setrlimit(RLIMIT_CPU, &time);
    setrlimit(RLIMIT_CORE, &no_core);
    /* A crash is what this child is for: nobody needs to catch it, nor to read what a library says of it. */
    static const int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
    for (size_t i = 0; i < HW_LENGTH(crashes); i++) {
        signal(crashes[i], SIG_DFL);
    }
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nowhere >= 0) {
        dup2(nowhere, STDOUT_FILENO);
        dup2(nowhere, STDERR_FILENO);
    }
}

bool hw_trial_read(void (*read)(void *context), void *context, uint64_t bytes, char why[HW_TRIAL_TEXT]) {
    int ended = 0;
    pid_t child = fork();
    if (child == 0) {
        limit_child(bytes);
        read(context);
        _exit(0);
    }
    if (child < 0) {
        snprintf(why, HW_TRIAL_TEXT, "no trial of it could be made (%s)", strerror(errno));
        return false;
    }
    while (waitpid(child, &ended, 0) < 0) {
        if (errno != EINTR) {
            snprintf(why, HW_TRIAL_TEXT, "no trial of it could be made (%s)", strerror(errno));
            return false;
        }
    }
    if (WIFSIGNALED(ended)) {
        int number = WTERMSIG(ended);
        bool endless = number == SIGXCPU || number == SIGKILL;
        snprintf(why, HW_TRIAL_TEXT, "a trial of reading it %s (%s)",
                 endless ? "came to no end" : "crashed inside HDF5", strsignal(number));
        return false;
    }
    if (!WIFEXITED(ended) || WEXITSTATUS(ended) != 0) {
        snprintf(why, HW_TRIAL_TEXT, "a trial of reading it ended with code %d", WEXITSTATUS(ended));
        return false;
    }
    return true;
}
