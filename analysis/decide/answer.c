/* Delivers an answer, and says by which command it is made again. */
#include "analysis/decide/answer.h"
#include "analysis/base/memory.h"
#include "sim/length.h"
#include "sim/run/experiment.h"
#include "sim/run/trouble.h"
#include <stdlib.h>
#include <string.h>

const hw_book_kind hw_answer_kind = {
    .format_name = "homeward_answer_format",
    .noun = "an answer",
    .lacks = "holds no answer",
    .not_ours =
        "holds no answer: homeward pledge, target, rank, worth, discover, adapt ... --output FILE write one",
    .damaged = "has tables that cannot be read",
};

static hw_status check_file(const hw_arguments *arguments, hw_errors *errors) {
    const char *path = hw_argument_text(arguments, "output");
    const hw_output_rules rules = hw_arguments_rules(arguments);
    const hw_output_format format = {
        .noun = hw_answer_kind.noun, .is_kept = hw_book_file_is_kept, .context = &hw_answer_kind};
    return path != NULL ? hw_output_check(path, &format, &rules, errors) : HW_OK;
}

hw_status hw_answer_check(const hw_arguments *arguments, hw_errors *errors) {
    hw_status status = hw_deliver_check(arguments, errors);
    hw_trouble trouble = {0};
    if (status == HW_OK && hw_rank() == 0) {
        trouble.status = check_file(arguments, errors);
    }
    return status == HW_OK ? hw_trouble_agree(&trouble) : status;
}

/* ---- The command ---- */

/* As a shell takes it for one word. */
static void print_word(FILE *out, const char *word) {
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:,=+-%@";
    if (word[0] != '\0' && word[strspn(word, plain)] == '\0') {
        fprintf(out, " %s", word);
        return;
    }
    fputs(" '", out);
    for (; *word != '\0'; word++) {
        fputs(*word == '\'' ? "'\\''" : (char[2]){*word, '\0'}, out);
    }
    fputc('\'', out);
}

/* What says only where answers go and how they are told. */
static bool is_of_delivery(const char *option) {
    static const char *const names[] = {"output", "csv",     "excel", "json",
                                        "keep",   "replace", "quiet", "anyway"};
    for (size_t i = 0; i < HW_LENGTH(names); i++) {
        if (strcmp(option, names[i]) == 0) {
            return true;
        }
    }
    return false;
}

static char *command_of(const hw_arguments *arguments) {
    char *text = NULL;
    size_t length = 0;
    FILE *out = hw_take_stream(&text, &length);
    fprintf(out, "homeward %s", arguments->command->name);
    for (uint32_t i = 0; i < arguments->operand_count; i++) {
        print_word(out, arguments->operands[i]);
    }
    for (uint32_t i = 0; i < arguments->given_count; i++) {
        const hw_given *given = &arguments->given[i];
        if (is_of_delivery(given->option->name)) {
            continue;
        }
        fprintf(out, " --%s", given->option->name);
        if (given->option->kind != HW_OPTION_SWITCH) {
            print_word(out, given->text);
        }
    }
    hw_end_stream(out);
    return text;
}

/* All values of a fact of the table "about", with "; " between those that differ. */
static char *fact_of(const hw_book *book, const char *fact) {
    const hw_sheet *about = hw_book_find(book, "about");
    char *all = hw_take_text("%s", "");
    for (size_t r = 0; about != NULL && r < about->row_count; r++) {
        const char *value = hw_sheet_text(about, r, "value");
        if (strcmp(hw_sheet_text(about, r, "fact"), fact) == 0 && strstr(all, value) == NULL) {
            char *longer = hw_take_text("%s%s%s", all, all[0] != '\0' ? "; " : "", value);
            free(all);
            all = longer;
        }
    }
    return all;
}

static hw_status write_file(const char *path, const hw_arguments *arguments, const hw_book *book,
                            const hw_output_rules *rules, hw_errors *errors) {
    char *command = command_of(arguments), *version = fact_of(book, "program version"),
         *seed = fact_of(book, "seed"), *digest = fact_of(book, "scenario digest");
    const char *const facts[] = {"question", arguments->command->name,
                                 "command",  command,
                                 "version",  version,
                                 "seed",     seed,
                                 "digest",   digest,
                                 NULL};
    hw_status status = hw_book_file_write(path, book, &hw_answer_kind, facts, rules, errors);
    free(command);
    free(version);
    free(seed);
    free(digest);
    return status;
}

hw_status hw_answer_deliver(const hw_arguments *arguments, const hw_book *book, hw_errors *errors) {
    const char *path = hw_argument_text(arguments, "output");
    const hw_output_rules rules = hw_arguments_rules(arguments);
    hw_status status = path != NULL ? write_file(path, arguments, book, &rules, errors) : HW_OK;
    return status == HW_OK ? hw_deliver(arguments, book, NULL, errors) : status;
}
