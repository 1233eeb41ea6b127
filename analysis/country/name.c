/* What the user gives: a name, a currency. */
#include "analysis/base/memory.h"
#include "analysis/country/country.h"
#include "sim/letters.h"
#include "sim/visible.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_BYTES_MOST = 100, ASCII_END = 0x80 };

/* Letters of other scripts count as such; signs of theirs do no harm in a name. */
static bool is_letter(uint32_t code) {
    return code >= ASCII_END
               ? code > 0xBF && code != 0xD7 && code != 0xF7 && !(code >= 0x2000 && code < 0x2C00) &&
                     !(code >= 0x3000 && code < 0x3040) && code != 0xFFFD
               : isalnum((int)code) != 0;
}

/* Why it is no name, or NULL. */
static const char *problem_of(const char *name) {
    size_t size = strlen(name), letters = 0;
    if (size > NAME_BYTES_MOST) {
        return "is too long";
    }
    for (size_t at = 0; at < size;) {
        uint32_t code = 0;
        size_t bytes = hw_utf8_decode((const unsigned char *)name + at, size - at, &code);
        if (bytes == 0) {
            return "is not UTF-8";
        }
        if (hw_is_hidden(code) || code == '\n' || code == '\t') {
            return "has a character in it that nobody sees";
        }
        letters += is_letter(code);
        at += bytes;
    }
    return letters > 0 ? NULL : "has no letter in it";
}

hw_status hw_country_check_name(const char *name, hw_errors *errors) {
    const char *problem = problem_of(name);
    if (problem == NULL) {
        return HW_OK;
    }
    hw_errors_say(errors,
                  "'%s' %s: new wants the name of a country, such as Ukraine or 'Bosnia and Herzegovina'",
                  name, problem);
    return HW_ERROR_INPUT;
}

hw_status hw_country_check_place(const char *name, hw_errors *errors) {
    const char *problem = name != NULL ? problem_of(name) : NULL;
    if (problem == NULL) {
        return HW_OK;
    }
    hw_errors_say(errors, "'%s' %s: --place wants the name of a place, such as 'Agdam city'", name, problem);
    return HW_ERROR_INPUT;
}

char *hw_country_file_name(const char *name) {
    char *text = NULL;
    size_t length = 0, size = strlen(name);
    bool between = false, any = false;
    FILE *out = hw_take_stream(&text, &length);
    for (size_t at = 0; at < size;) {
        uint32_t code = 0;
        size_t bytes = hw_utf8_decode((const unsigned char *)name + at, size - at, &code);
        bytes = bytes > 0 ? bytes : 1;
        if (is_letter(code)) {
            fputs(between && any ? "-" : "", out);
            if (code < ASCII_END) {
                fputc(tolower((int)code), out);
            } else {
                fprintf(out, "%.*s", (int)bytes, name + at);
            }
            any = true;
        }
        between = !is_letter(code);
        at += bytes;
    }
    fputs(".yaml", out);
    hw_end_stream(out);
    return text;
}

hw_status hw_country_read_currency(hw_country_currency *currency, const char *text, hw_errors *errors) {
    enum { LETTERS = 3 };
    *currency = (hw_country_currency){.code = "", .usd = 1};
    if (text == NULL) {
        return HW_OK;
    }
    size_t letters = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    char *end = NULL;
    double usd = letters == LETTERS && text[letters] == '=' ? strtod(text + letters + 1, &end) : 0;
    bool good = usd >= 1e-6 && usd <= 1e6 && end != NULL && (*end == '\0' || strcmp(end, " USD") == 0);
    if (!good || strncmp(text, "USD", LETTERS) == 0) {
        hw_errors_say(
            errors,
            "--currency wants a code of three capital letters other than USD and what one unit is worth "
            "in dollars, such as AZN=0.588, not '%s'",
            text);
        return HW_ERROR_INPUT;
    }
    memcpy(currency->code, text, LETTERS);
    currency->usd = usd;
    return HW_OK;
}
