/* `homeward check --as-of`: what was left out, and what speaks of a later time. */
#include "sim/input/frozen.h"

#include "sim/date.h"
#include "sim/input/known.h"
#include "sim/input/reader.h"
#include "sim/visible.h"
#include <ctype.h>
#include <string.h>

enum { PATH_COLUMNS = 52, DAY_BYTES = 16, REASON_BYTES = 64 };

/* ---- Days in the words of a source ---- */

static int32_t month_named(const char *word, size_t length) {
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    for (size_t i = 0; i < HW_LENGTH(months); i++) {
        if (strlen(months[i]) == length && strncmp(word, months[i], length) == 0) {
            return (int32_t)i + 1;
        }
    }
    return 0;
}

/* The first day of what a text at `at` names: "2024", or "2024" after the name of a month. False for no year.
 */
static bool day_at(const char *text, size_t at, int64_t *day) {
    const char *year = text + at;
    bool begins = at == 0 || (!isalnum((unsigned char)year[-1]) && year[-1] != '.' && year[-1] != ',');
    if (!begins || strncmp(year, "20", 2) != 0 || strspn(year, "0123456789") != 4 ||
        isalpha((unsigned char)year[4])) {
        return false;
    }
    size_t end = at;
    while (end > 0 && text[end - 1] == ' ') {
        end--;
    }
    size_t begin = end;
    while (begin > 0 && isalpha((unsigned char)text[begin - 1])) {
        begin--;
    }
    int32_t month = month_named(text + begin, end - begin);
    int32_t number = (year[2] - '0') * 10 + (year[3] - '0');
    *day = hw_date_to_days((hw_date){.year = 2000 + number, .month = month > 0 ? month : 1, .day = 1});
    return true;
}

/* The first day after `as_of` that a source speaks of. */
static bool speaks_of_later(const char *source, int64_t as_of, int64_t *day) {
    for (size_t at = 0; source != NULL && source[at] != '\0'; at++) {
        if (day_at(source, at, day) && *day > as_of) {
            return true;
        }
    }
    return false;
}

/* ---- One value ---- */

/* Why a value may say more than was known; false when it does not. Who asks knows what they ask. */
static bool may_leak(const hw_document *document, const hw_value *value, int64_t as_of,
                     char reason[REASON_BYTES]) {
    int64_t day;
    char text[DAY_BYTES];
    const char *dot = strrchr(value->path, '.');
    if (value->standard || value->known_by != HW_ALWAYS_KNOWN || hw_document_asked(document, value->where)) {
        return false;
    }
    bool asked =
        dot == NULL; /* the span that is asked for, at the top of the scenario, is nobody's knowledge */
    if (value->key->type == HW_KEY_DATE && !asked && value->distribution.a > (double)as_of) {
        snprintf(reason, REASON_BYTES, "is a later day");
        return true;
    }
    if (value->key->type == HW_KEY_DATED && dot != NULL && hw_date_parse(dot + 1, &day) && day > as_of) {
        snprintf(reason, REASON_BYTES, "holds from a later day");
        return true;
    }
    if (speaks_of_later(value->source, as_of, &day)) {
        hw_date_print(day, text);
        snprintf(reason, REASON_BYTES, "its source speaks of %.*s", text[5] == '0' && text[6] == '1' ? 4 : 7,
                 text);
        return true;
    }
    return false;
}

uint32_t hw_frozen_count(const hw_binding *binding, const hw_document *document) {
    const hw_values *values = hw_binding_values(binding);
    int64_t as_of;
    char reason[REASON_BYTES];
    uint32_t count = 0;
    for (uint32_t i = 0; hw_document_as_of(document, &as_of) && i < values->count; i++) {
        count += may_leak(document, &values->items[i], as_of, reason);
    }
    return count;
}

/* ---- The list ---- */

static void print_left_out(FILE *out, const hw_binding *binding, const hw_left_out *one) {
    char day[DAY_BYTES], quoted[HW_QUOTE_BYTES];
    hw_value_id id = hw_binding_find(binding, one->path);
    const hw_value *instead = id != UINT32_MAX ? &hw_binding_values(binding)->items[id] : NULL;
    fprintf(out, "  %-*s known by %s (%s:%u); ", PATH_COLUMNS, one->path, hw_date_print(one->known_by, day),
            one->where.file, one->where.line);
    if (instead == NULL) {
        fprintf(out, "%s\n", hw_binding_has(binding, one->path) ? "what other layers say holds" : "left out");
    } else if (instead->standard) {
        fprintf(out, "its default holds, %s\n", hw_quote(instead->written, quoted));
    } else {
        fprintf(out, "%s holds (%s:%u)\n", hw_quote(instead->written, quoted), instead->where.file,
                instead->where.line);
    }
}

void hw_frozen_print(FILE *out, const hw_binding *binding, const hw_document *document) {
    const hw_values *values = hw_binding_values(binding);
    const hw_left_out_list *list = hw_document_left_out(document);
    int64_t as_of;
    char day[DAY_BYTES], reason[REASON_BYTES], quoted[HW_QUOTE_BYTES];
    if (!hw_document_as_of(document, &as_of)) {
        return;
    }
    hw_date_print(as_of, day);
    fprintf(out, "\nNot known by %s, and not taken: %zu\n", day, list->count);
    for (size_t i = 0; i < list->count; i++) {
        print_left_out(out, binding, &list->items[i]);
    }
    uint32_t unsaid = 0;
    fprintf(out,
            "\nTaken though they speak of a later time, since no 'known_by' says when they were known: %u\n",
            hw_frozen_count(binding, document));
    for (uint32_t i = 0; i < values->count; i++) {
        const hw_value *value = &values->items[i];
        unsaid += !value->standard && value->known_by == HW_ALWAYS_KNOWN &&
                  !hw_document_asked(document, value->where);
        if (may_leak(document, value, as_of, reason)) {
            fprintf(out, "  %-*s %s: %s (%s:%u)\n", PATH_COLUMNS, value->path,
                    hw_quote(value->written, quoted), reason, value->where.file, value->where.line);
        }
    }
    fprintf(out,
            "\n%u more values of the files say nothing of the day by which they were known and are taken as "
            "known.\n",
            unsaid - hw_frozen_count(binding, document));
}
