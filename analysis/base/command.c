/* Options and operands of a command: parsing, help and complaints from one table. */
#include "analysis/base/command.h"
#include "analysis/base/memory.h"
#include "sim/date.h"
#include "sim/run/experiment.h"
#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const hw_option *option_by_letter(const hw_command *command, char letter) {
    for (uint32_t i = 0; i < command->option_count; i++) {
        if (command->options[i].letter == letter) {
            return &command->options[i];
        }
    }
    return NULL;
}

static const hw_option *option_by_name(const hw_command *command, const char *name, size_t length) {
    for (uint32_t i = 0; i < command->option_count; i++) {
        if (strlen(command->options[i].name) == length &&
            memcmp(command->options[i].name, name, length) == 0) {
            return &command->options[i];
        }
    }
    return NULL;
}

static void unknown_option(const hw_command *command, const char *word, hw_errors *errors) {
    const char **names = hw_take(command->option_count + 1, sizeof *names);
    for (uint32_t i = 0; i < command->option_count; i++) {
        names[i] = command->options[i].name;
    }
    names[command->option_count] = "help";
    char *bare = hw_take_text("%s", word + strspn(word, "-"));
    bare[strcspn(bare, "=")] = '\0';
    const char *nearest = hw_nearest_name(bare, names, command->option_count + 1);
    if (nearest != NULL) {
        hw_errors_say(errors, "%s has no option '%s'; did you mean '--%s'?", command->name, word, nearest);
    } else {
        hw_errors_say(errors, "%s has no option '%s'", command->name, word);
    }
    free(bare);
    free(names);
}

static bool read_whole_number(const char *text, uint64_t least, uint64_t *number) {
    if (*text == '\0' || strspn(text, "0123456789") != strlen(text)) {
        return false;
    }
    errno = 0;
    *number = strtoull(text, NULL, 10);
    return errno == 0 && *number >= least;
}

static void refuse_second(const hw_given *first, const char *second, hw_errors *errors) {
    const hw_option *option = first->option;
    if (option->kind == HW_OPTION_SWITCH) {
        hw_errors_say(errors, "--%s is given twice", option->name);
    } else {
        hw_errors_say(errors, "--%s is given twice: '%s' and '%s'; which one is meant?", option->name,
                      first->text, second);
    }
}

static void take_value(hw_arguments *arguments, const hw_option *option, const char *text,
                       hw_errors *errors) {
    hw_given given = {.option = option, .text = text};
    if (option->kind == HW_OPTION_COUNT && !read_whole_number(text, 1, &given.number)) {
        hw_errors_say(errors, "--%s wants a whole number from 1 on, not '%s'", option->name, text);
    }
    if (option->kind == HW_OPTION_SEED && !read_whole_number(text, 0, &given.number)) {
        hw_errors_say(errors, "--%s wants a whole number from 0 on, not '%s'", option->name, text);
    }
    if (option->kind == HW_OPTION_DATE && !hw_date_parse(text, &given.day)) {
        hw_errors_say(errors, "--%s wants a date such as 2030-12-31, not '%s'", option->name, text);
    }
    if (option->kind == HW_OPTION_TEXT && *text == '\0') {
        hw_errors_say(errors, "--%s wants %s, not an empty word", option->name, option->argument);
    }
    if (!option->repeats && hw_argument(arguments, option->name) != NULL) {
        refuse_second(hw_argument(arguments, option->name), text, errors);
    }
    arguments->given[arguments->given_count++] = given;
}

/* One word that starts with a dash, and the next one when it is its value. Returns how many words were used.
 */
static int take_option(hw_arguments *arguments, int count, char **words, hw_errors *errors) {
    const hw_command *command = arguments->command;
    const char *word = words[0], *attached = NULL;
    const hw_option *option = NULL;
    if (word[1] == '-') {
        size_t length = strcspn(word + 2, "=");
        option = option_by_name(command, word + 2, length);
        attached = word[2 + length] == '=' ? word + 3 + length : NULL;
    } else {
        option = option_by_letter(command, word[1]);
        attached = word[2] ? word + 2 : NULL;
    }
    if (option == NULL || (option->kind == HW_OPTION_SWITCH && attached != NULL && word[1] != '-')) {
        unknown_option(command, word, errors);
        return 1;
    }
    if (option->kind == HW_OPTION_SWITCH) {
        if (attached != NULL) {
            hw_errors_say(errors, "--%s takes no value", option->name);
        }
        take_value(arguments, option, "yes", errors);
        return 1;
    }
    if (attached == NULL && count < 2) {
        hw_errors_say(errors, "--%s wants a value: %s", option->name, option->argument);
        return 1;
    }
    take_value(arguments, option, attached != NULL ? attached : words[1], errors);
    return attached != NULL ? 1 : 2;
}

static bool asks_for_help(int count, char **words) {
    for (int i = 0; i < count && strcmp(words[i], "--") != 0; i++) {
        if (strcmp(words[i], "--help") == 0 || strcmp(words[i], "-h") == 0) {
            return true;
        }
    }
    return false;
}

hw_status hw_arguments_parse(hw_arguments *arguments, const hw_command *command, int count, char **words,
                             hw_errors *errors) {
    *arguments = (hw_arguments){.command = command, .help = asks_for_help(count, words)};
    arguments->operands = hw_take((size_t)count, sizeof *arguments->operands);
    arguments->given = hw_take((size_t)count, sizeof *arguments->given);
    if (arguments->help) {
        return HW_OK;
    }
    uint32_t before = errors->count;
    bool only_operands = false;
    for (int i = 0; i < count;) {
        if (!only_operands && strcmp(words[i], "--") == 0) {
            only_operands = true;
            i++;
        } else if (!only_operands && words[i][0] == '-' && words[i][1] != '\0') {
            i += take_option(arguments, count - i, words + i, errors);
        } else {
            arguments->operands[arguments->operand_count++] = words[i++];
        }
    }
    if (arguments->operand_count < command->fewest) {
        hw_errors_say(errors, "%s wants %s", command->name, command->operands);
    }
    if (arguments->operand_count > command->most) {
        hw_errors_say(errors, "%s does not know what to do with '%s'", command->name,
                      arguments->operands[command->most]);
    }
    if (option_by_name(command, "excel", 5) != NULL && hw_argument(arguments, "excel") != NULL &&
        hw_argument(arguments, "csv") == NULL) {
        hw_errors_say(errors, "--excel has no use without --csv FOLDER");
    }
    return errors->count == before ? HW_OK : HW_ERROR_INPUT;
}

void hw_arguments_free(hw_arguments *arguments) {
    free(arguments->operands);
    free(arguments->given);
    *arguments = (hw_arguments){0};
}

const hw_given *hw_argument(const hw_arguments *arguments, const char *name) {
    assert(option_by_name(arguments->command, name, strlen(name)) != NULL);
    for (uint32_t i = arguments->given_count; i-- > 0;) {
        if (strcmp(arguments->given[i].option->name, name) == 0) {
            return &arguments->given[i];
        }
    }
    return NULL;
}

const char *hw_argument_text(const hw_arguments *arguments, const char *name) {
    const hw_given *given = hw_argument(arguments, name);
    return given != NULL ? given->text : NULL;
}

const char **hw_argument_texts(const hw_arguments *arguments, const char *name, uint32_t *count) {
    const char **texts = hw_take(arguments->given_count, sizeof *texts);
    *count = 0;
    for (uint32_t i = 0; i < arguments->given_count; i++) {
        if (strcmp(arguments->given[i].option->name, name) == 0) {
            texts[(*count)++] = arguments->given[i].text;
        }
    }
    return texts;
}

int64_t *hw_argument_days(const hw_arguments *arguments, const char *name, uint32_t *count) {
    int64_t *days = hw_take(arguments->given_count, sizeof *days);
    *count = 0;
    for (uint32_t i = 0; i < arguments->given_count; i++) {
        if (strcmp(arguments->given[i].option->name, name) == 0) {
            days[(*count)++] = arguments->given[i].day;
        }
    }
    return days;
}

enum { HELP_WIDTH = 100, MEANING_COLUMN = 31, HANG = 4 };

static size_t columns_of(const char *text, size_t bytes) {
    size_t columns = 0;
    for (size_t i = 0; i < bytes; i++) {
        columns += ((unsigned char)text[i] & 0xC0) != 0x80;
    }
    return columns;
}

/* The words of one line of text, broken where the page ends; `used` columns are behind us already, later
 * lines are set in by `margin`. */
static void print_words(const char *text, size_t used, size_t margin) {
    size_t length = strcspn(text, "\n");
    bool first = used == 0;
    for (size_t at = 0; at < length;) {
        size_t blanks = strspn(text + at, " ");
        size_t bytes = strcspn(text + at + blanks, " \n"), width = columns_of(text + at + blanks, bytes);
        blanks = blanks > 0 || first ? blanks : 1;
        if (!first && used + blanks + width > HELP_WIDTH) {
            printf("\n%*s", (int)margin, "");
            used = margin;
            blanks = 0;
        }
        printf("%*s%.*s", (int)blanks, "", (int)bytes, text + at + strspn(text + at, " "));
        used += blanks + width;
        at += strspn(text + at, " ") + bytes;
        first = false;
    }
    putchar('\n');
}

/* Lines that are set in stand as they are, as far as the page is wide; others are the lines of a paragraph,
 * which is broken anew. */
static void print_help(const char *text) {
    char *paragraph = hw_take_text("%s", "");
    for (const char *line = text; *line;) {
        size_t length = strcspn(line, "\n");
        bool joins = length > 0 && *line != ' ';
        if (joins) {
            char *longer = hw_take_text("%s%s%.*s", paragraph, *paragraph ? " " : "", (int)length, line);
            free(paragraph);
            paragraph = longer;
        }
        const char *next = line + length + (line[length] == '\n');
        if (*paragraph && (!joins || *next == '\n' || *next == ' ' || *next == '\0')) {
            print_words(paragraph, 0, 0);
            *paragraph = '\0';
        }
        if (!joins) {
            print_words(line, 0, strspn(line, " ") + HANG);
        }
        line = next;
    }
    free(paragraph);
}

bool hw_command_takes(const hw_command *command, const char *option) {
    return option_by_name(command, option, strlen(option)) != NULL;
}

hw_output_rules hw_arguments_rules(const hw_arguments *arguments) {
    bool replace =
        hw_command_takes(arguments->command, "replace") && hw_argument(arguments, "replace") != NULL;
    return (hw_output_rules){
        .replace = replace, .inputs = arguments->operands, .input_count = arguments->operand_count};
}

uint32_t hw_argument_copies(const hw_arguments *arguments) {
    const hw_given *steady = hw_argument(arguments, "steady");
    uint64_t copies = steady != NULL ? steady->number : 1;
    return (uint32_t)(copies <= HW_COPIES_MOST ? copies : HW_COPIES_MOST + 1);
}

hw_trust hw_argument_trust(const hw_arguments *arguments) {
    return hw_argument(arguments, "unsealed") != NULL ? HW_UNSEALED_TOO : HW_SEALED_ONLY;
}

static void print_option(const char *name, char letter, const char *argument, const char *meaning) {
    char left[64];
    const char letters[] = {'-', letter, ',', ' ', '\0'};
    snprintf(left, sizeof left, "%s--%s%s%s", letter ? letters : "    ", name, argument != NULL ? " " : "",
             argument != NULL ? argument : "");
    printf("  %-28s", left);
    size_t used = 30 > strlen(left) + 2 ? 30 : strlen(left) + 2;
    print_words(meaning, used, MEANING_COLUMN);
}

void hw_command_help(const hw_command *command, const char *text) {
    printf("homeward %s - %s\n\n", command->name, command->line);
    printf("usage: homeward %s%s%s%s\n\n", command->name, *command->operands ? " " : "", command->operands,
           command->option_count ? " [options]" : "");
    for (uint32_t i = 0; i < command->option_count; i++) {
        const hw_option *option = &command->options[i];
        print_option(option->name, option->letter, option->argument, option->meaning);
    }
    print_option("help", 'h', NULL, "this page");
    putchar('\n');
    print_help(text);
}

int hw_complain(hw_status status, hw_errors *errors, const hw_command *command) {
    if (hw_rank() == 0) {
        char *text = hw_errors_text(errors);
        fflush(stdout);
        fputs(text != NULL ? text : "not enough memory to say what is wrong\n", stderr);
        if (command != NULL) {
            fprintf(stderr, "Try: homeward %s --help\n", command->name);
        }
        free(text);
    }
    hw_errors_free(errors);
    return hw_status_exit_code(status);
}
