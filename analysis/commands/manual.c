/* The manual page of the program: all help pages as one text for man. */
#include "analysis/commands/help.h"
#include <stdio.h>
#include <string.h>

const char *hw_help_text(const hw_command *command) {
    for (size_t i = 0; i < hw_help_count; i++) {
        if (strcmp(hw_helps[i].name, command->name) == 0) {
            return hw_helps[i].text;
        }
    }
    return "";
}

/* Text as roff takes it: no character of it is an instruction. */
static void print_plain(const char *text, size_t length) {
    if (length > 0 && (*text == '.' || *text == '\'')) {
        fputs("\\&", stdout);
    }
    for (size_t i = 0; i < length; i++) {
        switch (text[i]) {
        case '\\':
            fputs("\\e", stdout);
            break;
        case '-':
            fputs("\\-", stdout);
            break;
        case '\'':
            fputs("\\(aq", stdout);
            break;
        case '^':
            fputs("\\(ha", stdout);
            break;
        case '~':
            fputs("\\(ti", stdout);
            break;
        case '`':
            fputs("\\(ga", stdout);
            break;
        default:
            putchar(text[i]);
        }
    }
}

static void print_line(const char *text) {
    print_plain(text, strlen(text));
    putchar('\n');
}

static void print_option(const hw_option *option) {
    fputs(".TP\n\\fB", stdout);
    if (option->letter) {
        printf("\\-%c\\fR, \\fB", option->letter);
    }
    fputs("\\-\\-", stdout);
    print_plain(option->name, strlen(option->name));
    fputs("\\fR", stdout);
    if (option->argument != NULL) {
        fputs(" \\fI", stdout);
        print_plain(option->argument, strlen(option->argument));
        fputs("\\fR", stdout);
    }
    putchar('\n');
    print_line(option->meaning);
}

/* Lines that are set in stand as they are; others are paragraphs, as in the help. */
static void print_text(const char *text) {
    bool verbatim = false, apart = true;
    for (const char *line = text; *line;) {
        size_t length = strcspn(line, "\n");
        bool set_in = *line == ' ';
        if (set_in != verbatim && length > 0) {
            puts(set_in ? ".PP\n.nf" : ".fi");
            apart = apart || !set_in;
        }
        if (length > 0) {
            verbatim = set_in;
            if (apart && !set_in) {
                puts(".PP");
            }
            print_plain(line, length);
            putchar('\n');
        }
        apart = length == 0;
        line += length + (line[length] == '\n');
    }
    if (verbatim) {
        puts(".fi");
    }
}

static void print_usage(const hw_command *command) {
    printf(".B homeward %s\n", command->name);
    if (*command->operands) {
        print_line(command->operands);
    }
    if (command->option_count > 0) {
        puts("[options]");
    }
}

static void print_options(const hw_command *command) {
    for (uint32_t i = 0; i < command->option_count; i++) {
        print_option(&command->options[i]);
    }
}

static void print_in_capitals(const char *name) {
    for (const char *c = name; *c; c++) {
        putchar(*c >= 'a' && *c <= 'z' ? *c - 'a' + 'A' : *c);
    }
}

static void print_command(const hw_command *command) {
    fputs(".SH \"HOMEWARD ", stdout);
    print_in_capitals(command->name);
    puts("\"");
    print_usage(command);
    print_options(command);
    print_text(hw_help_text(command));
}

void hw_manual_print_command(const hw_command *command) {
    fputs("'\\\" -*- coding: utf-8 -*-\n.TH HOMEWARD-", stdout);
    print_in_capitals(command->name);
    printf(" 1 \"\" \"homeward " HW_VERSION "\"\n.SH NAME\nhomeward\\-%s \\- ", command->name);
    print_line(command->line);
    puts(".SH SYNOPSIS");
    print_usage(command);
    puts(".SH DESCRIPTION");
    print_text(hw_help_text(command));
    if (command->option_count > 0) {
        puts(".SH OPTIONS");
        print_options(command);
    }
    puts(".SH SEE ALSO\n.BR homeward (1)");
}

void hw_manual_print(const hw_command *const *commands, size_t count) {
    puts("'\\\" -*- coding: utf-8 -*-\n.TH HOMEWARD 1 \"\" \"homeward " HW_VERSION
         "\"\n.SH NAME\nhomeward \\- "
         "when, how likely and for how much can each place be released from mines\n.SH SYNOPSIS\n"
         ".B homeward\n.I COMMAND\n[options]\n.PP\n.B homeward\n.I COMMAND\n.B \\-\\-help\n.PP\n"
         ".B mpirun \\-np\n.I N\n.B homeward\n.I COMMAND\n[options]\n.SH COMMANDS");
    for (size_t i = 0; i < count; i++) {
        printf(".TP\n.B %s\n", commands[i]->name);
        print_line(commands[i]->line);
    }
    for (size_t i = 0; i < count; i++) {
        print_command(commands[i]);
    }
}
