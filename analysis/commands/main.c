/* The program: finds the subcommand, lets it run, and makes sure that what it printed arrived. */
#include "analysis/base/command.h"
#include "analysis/base/installed.h"
#include "analysis/base/terminal.h"
#include "analysis/commands/commands.h"
#include "analysis/commands/help.h"
#include "sim/length.h"
#include "sim/run/experiment.h"
#include "sim/run/launch.h"
#include "sim/run/lock.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define COMMAND(name) &hw_command_##name,
static const hw_command *const commands[] = {HW_COMMANDS(COMMAND)};
enum { COMMAND_COUNT = HW_LENGTH(commands) };

static void print_overview(FILE *out) {
    fputs("homeward - when, how likely and for how much can each place be released from mines,\n"
          "and when do people live there again?\n\nusage: homeward COMMAND [options]\n\n",
          out);
    for (int i = 0; i < COMMAND_COUNT; i++) {
        fprintf(out, "  %-12s %s\n", commands[i]->name, commands[i]->line);
    }
    fputs("\n  homeward COMMAND --help   options and examples of a command\n"
          "  homeward --version        version of the program\n"
          "  homeward --manual         the manual page, for man -l -; with a command, its own\n\n"
          "Start here:\n"
          "  homeward run scenarios/quick.yaml\n"
          "  mpirun -np 4 homeward run scenarios/great-return.yaml -n 1000\n",
          out);
}

static const hw_command *find_command(const char *name) {
    for (int i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(commands[i]->name, name) == 0) {
            return commands[i];
        }
    }
    return NULL;
}

static int unknown_command(const char *name) {
    const char *names[COMMAND_COUNT];
    for (int i = 0; i < COMMAND_COUNT; i++) {
        names[i] = commands[i]->name;
    }
    hw_errors errors = {0};
    hw_suggest(&errors, (hw_position){0}, name, names, COMMAND_COUNT, "; homeward --help lists them",
               "there is no command '%s'", name);
    return hw_complain(HW_ERROR_INPUT, &errors, NULL);
}

/* Guides name files as they lie in the source. Where the program was installed, they lie in its own folder:
 * say so of words that are no files here. */
static void tell_where_it_lies(int count, char **words) {
    for (int i = 0; i < count; i++) {
        bool named = strncmp(words[i], "scenarios/", strlen("scenarios/")) == 0 ||
                     strncmp(words[i], "analysis/", strlen("analysis/")) == 0;
        char *found = named && access(words[i], F_OK) != 0 ? hw_installed_real_file(words[i]) : NULL;
        if (found != NULL) {
            fprintf(stderr, "'%s' came with the program, as '%s'\n", words[i], found);
        }
        free(found);
    }
}

static int run_command(const hw_command *command, int count, char **words) {
    hw_errors errors = {0};
    hw_arguments arguments;
    hw_status status = hw_arguments_parse(&arguments, command, count, words, &errors);
    int code = 0;
    if (status != HW_OK) {
        code = hw_complain(status, &errors, command);
    } else if (!arguments.help) {
        code = command->run(&arguments);
        if (code != 0 && hw_rank() == 0) {
            tell_where_it_lies(count, words);
        }
    } else if (hw_rank() == 0) {
        hw_command_help(command, hw_help_text(command));
    }
    hw_arguments_free(&arguments);
    return code;
}

static bool asks_for_help(int count, char **words) {
    for (int i = 0; i < count; i++) {
        if (strcmp(words[i], "--help") == 0 || strcmp(words[i], "-h") == 0) {
            return true;
        }
    }
    return false;
}

/* Starting MPI costs a third of a second and a daemon; only what shares work needs it, and help shares none:
 * Open MPI 4.1 may wait an hour for a thread of its own when it is ended as soon as it has begun. Under
 * mpirun or srun every command starts it, to know which rank may speak. */
static bool needs_ranks(const hw_command *command, const hw_launch *launch, bool help) {
    return (command != NULL && command->shares_work && !help) || launch->tasks > 1;
}

/* One of several that do not know of each other; the first one says so. */
static int refuse_alone(const hw_launch *launch, const char *problem) {
    if (launch->place == 0) {
        fprintf(stderr, "homeward: %s\n", problem);
    }
    return hw_status_exit_code(HW_ERROR_INPUT);
}

static void warn_of_idle_tasks(const hw_command *command, const hw_launch *launch) {
    if (command != NULL && command->shares_work && launch->spare_tasks > 1) {
        fprintf(stderr,
                "warning: this job has %d tasks, and Homeward runs as one of them: srun --mpi=pmix (or "
                "mpirun) in front of it "
                "starts all\n",
                launch->spare_tasks);
    }
}

static int print_manual(const char *name) {
    const hw_command *command = name != NULL ? find_command(name) : NULL;
    if (name != NULL && command == NULL) {
        return unknown_command(name);
    }
    if (command != NULL) {
        hw_manual_print_command(command);
    } else {
        hw_manual_print(commands, COMMAND_COUNT);
    }
    return 0;
}

static int dispatch(int argc, char **argv) {
    if (argc < 2) {
        if (hw_rank() == 0) {
            print_overview(stderr);
        }
        return hw_status_exit_code(HW_ERROR_INPUT);
    }
    const char *first = argv[1];
    bool help = strcmp(first, "--help") == 0 || strcmp(first, "-h") == 0 || strcmp(first, "help") == 0;
    if (help && argc > 2 && find_command(argv[2]) != NULL) {
        if (hw_rank() == 0) {
            hw_command_help(find_command(argv[2]), hw_help_text(find_command(argv[2])));
        }
        return 0;
    }
    bool version = strcmp(first, "--version") == 0, manual = strcmp(first, "--manual") == 0;
    if (help || version || manual) {
        if (hw_rank() == 0 && help) {
            print_overview(stdout);
        } else if (hw_rank() == 0 && version) {
            puts("homeward " HW_VERSION);
        } else if (hw_rank() == 0) {
            return print_manual(argc > 2 ? argv[2] : NULL);
        }
        return 0;
    }
    const hw_command *command = find_command(first);
    return command != NULL ? run_command(command, argc - 2, argv + 2) : unknown_command(first);
}

int main(int argc, char **argv) {
    hw_lock_begin();
    hw_terminal_guard();
    const hw_command *command = argc > 1 ? find_command(argv[1]) : NULL;
    hw_launch launch = hw_launch_read();
    const char *problem = hw_launch_problem(&launch, 0);
    if (problem == NULL && needs_ranks(command, &launch, asks_for_help(argc - 1, argv + 1))) {
        hw_launch_prepare(&launch);
        hw_ranks_start(&argc, &argv);
        problem = hw_launch_problem(&launch, hw_rank_count());
    }
    warn_of_idle_tasks(command, &launch);
    int code = problem != NULL ? refuse_alone(&launch, problem) : dispatch(argc, argv);
    if ((fflush(stdout) != 0 || ferror(stdout)) && code == 0) {
        fputs("homeward: cannot write to standard output\n", stderr);
        code = hw_status_exit_code(HW_ERROR_IO);
    }
    hw_ranks_end();
    return code;
}
