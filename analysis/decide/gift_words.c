/* Reads the gift of a command line: a file, or words that make a stream. */
#include "analysis/base/memory.h"
#include "analysis/decide/gift.h"
#include "analysis/decide/quoted.h"
#include "sim/length.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char usual_name[] = "The gift";

/* Options that say a key of the stream as it stands. */
static const struct {
    const char *option, *key;
    bool list;
} words[] = {{"only-district", "only_districts", true},
             {"only-operator", "only_operators", true},
             {"only-place", "only_place", false},
             {"only-method", "only_method", false},
             {"condition", "condition", false},
             {"tranches", "tranches", false},
             {"overhead", "overhead", false}};

static void print_word(FILE *out, const hw_arguments *arguments, const char *option, const char *key,
                       bool list) {
    bool any = false;
    for (uint32_t i = 0; i < arguments->given_count; i++) {
        if (strcmp(arguments->given[i].option->name, option) == 0) {
            fprintf(out, any ? ", " : list ? ", %s: [" : ", %s: ", key);
            hw_print_quoted(out, arguments->given[i].text);
            any = true;
        }
    }
    fputs(any && list ? "]" : "", out);
}

/* "2027-2029" or "2027". */
static bool read_years(const char *text, int *first, int *last) {
    enum { YEAR = 4, BOTH = 9 };
    size_t length = strlen(text), digits = strspn(text, "0123456789");
    bool both = length == BOTH && digits == YEAR && text[YEAR] == '-' &&
                strspn(text + YEAR + 1, "0123456789") == YEAR;
    if (!both && (length != YEAR || digits != YEAR)) {
        return false;
    }
    *first = (int)strtol(text, NULL, 10);
    *last = both ? (int)strtol(text + YEAR + 1, NULL, 10) : *first;
    return *first >= 1900 && *last >= *first;
}

/* Parts of which the last comes before the end, though signing may take long: of a single year one part, and
 * of many parts each sooner after the other than usual. */
static void print_parts(FILE *out, const hw_arguments *arguments, int years) {
    static const double year = 365.25, first_may_take = 183, usual = 183;
    const hw_given *asked = hw_argument(arguments, "tranches");
    if (asked == NULL && years == 1) {
        fputs(", tranches: 1", out);
    } else if (asked != NULL && asked->number > 1) {
        double apart = (year * years - first_may_take) / (double)(asked->number - 1);
        if (apart < usual) {
            fprintf(out, ", tranche_interval: %.0f days", apart < 1 ? 1 : floor(apart));
        }
    }
}

static hw_status read_words(hw_gift *gift, const hw_arguments *arguments, const char *amount,
                            hw_errors *errors) {
    const char *years = hw_argument_text(arguments, "years"), *name = hw_argument_text(arguments, "name");
    int first = 0, last = 0;
    if (years == NULL || !read_years(years, &first, &last)) {
        hw_errors_say(errors, "--years wants when the gift comes, such as 2027-2029%s%s%s",
                      years != NULL ? ", not '" : "", years != NULL ? years : "", years != NULL ? "'" : "");
        return HW_ERROR_INPUT;
    }
    char *text = NULL;
    size_t length = 0;
    FILE *out = hw_take_stream(&text, &length);
    fputs("{kind: donor, amount: ", out);
    hw_print_quoted(out, amount);
    fprintf(out, ", pledged: %04d-01-01, valid_for: %d years", first, last - first + 1);
    for (size_t i = 0; i < HW_LENGTH(words); i++) {
        print_word(out, arguments, words[i].option, words[i].key, words[i].list);
    }
    print_parts(out, arguments, last - first + 1);
    fputs(", source: asked on the command line}", out);
    fclose(out);
    gift->in_words =
        (hw_setting){.path = hw_take_text("streams.\"%s\"", name != NULL ? name : usual_name), .yaml = text};
    return HW_OK;
}

/* What was said in words, beside a file that says everything. */
static const char *word_beside_file(const hw_arguments *arguments) {
    for (uint32_t i = 0; i < arguments->given_count; i++) {
        const char *name = arguments->given[i].option->name;
        bool word = strcmp(name, "amount") == 0 || strcmp(name, "years") == 0 || strcmp(name, "name") == 0;
        for (size_t w = 0; w < HW_LENGTH(words) && !word; w++) {
            word = strcmp(name, words[w].option) == 0;
        }
        if (word) {
            return name;
        }
    }
    return NULL;
}

hw_status hw_gift_read(hw_gift *gift, const hw_arguments *arguments, hw_errors *errors) {
    *gift = (hw_gift){.file = hw_argument_text(arguments, "pledge")};
    const char *amount = hw_argument_text(arguments, "amount");
    const char *word = word_beside_file(arguments);
    if (gift->file != NULL && word != NULL) {
        hw_errors_say(errors,
                      "--pledge takes the whole gift from a file, and --%s says a part of it in words", word);
        return HW_ERROR_INPUT;
    }
    if (gift->file == NULL && amount == NULL) {
        hw_errors_say(errors, "what is given? --pledge FILE, or --amount '15 MUSD' --years 2027-2029");
        return HW_ERROR_INPUT;
    }
    return gift->file == NULL ? read_words(gift, arguments, amount, errors) : HW_OK;
}
