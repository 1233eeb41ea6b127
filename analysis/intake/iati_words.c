/* What is said of a stream of IATI: its source, its note, its earmarks. */
#include "analysis/base/memory.h"
#include "analysis/intake/iati_stream.h"
#include "sim/date.h"
#include "sim/length.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { AMOUNTS_NAMED = 6 };

const char *hw_iati_text(const hw_iati_maker *maker, uint32_t number) {
    return hw_string(&maker->store->strings, number);
}

void hw_iati_tell(const hw_iati_maker *maker, uint32_t line, uint32_t id, hw_fate fate, bool row,
                  const char *reason) {
    char *what = hw_take_text("activity %s", hw_iati_text(maker, id));
    const hw_left left = {.line = line, .what = what, .fate = fate, .row = row};
    hw_remainder_add(&maker->import->remainder, &left, reason, NULL);
    free(what);
}

char *hw_iati_plain_usd(double usd) {
    char *text = hw_take_text("%.2f", usd);
    char *end = text + strlen(text);
    while (end[-1] == '0') {
        *--end = '\0';
    }
    if (end[-1] == '.') {
        end[-1] = '\0';
    }
    return text;
}

bool hw_iati_is_chosen(const hw_iati_choice *choice, const hw_iati_sum *sum) {
    return sum->counted > 0 &&
           (sum->kind == choice->kinds[0] || sum->kind == choice->kinds[1] || sum->kind == choice->kinds[2]);
}

/* ---- Words ---- */

/* "donors.xml, line 12: commitment 2021-03-01 of 1000000 EUR at 1.2; ..." */
char *hw_iati_source_text(const hw_iati_maker *maker, const hw_iati_record *record,
                          const hw_iati_choice *choice) {
    char *text = NULL;
    size_t length = 0;
    uint32_t named = 0;
    const char *slash = strrchr(maker->import->wish->path, '/');
    FILE *out = hw_take_stream(&text, &length);
    fprintf(out, "IATI activity %s, %s line %u: ", hw_iati_text(maker, record->id),
            slash != NULL ? slash + 1 : maker->import->wish->path, record->line);
    for (uint32_t i = 0; i < record->sum_count; i++) {
        const hw_iati_sum *sum = &maker->store->sums[record->sum_first + i];
        if (!hw_iati_is_chosen(choice, sum) || ++named > AMOUNTS_NAMED) {
            continue;
        }
        char day[16], *amount = hw_iati_plain_usd(sum->amount);
        fprintf(out, "%s%s %s of %s %s", named > 1 ? "; " : "", hw_iati_kind_name(sum->kind),
                hw_date_print(sum->day, day), amount, sum->currency);
        free(amount);
        if (strcmp(sum->currency, "USD") != 0 && fabs(sum->amount) > 0) {
            fprintf(out, " at %.6g USD (rate of %s)", sum->usd / sum->amount,
                    hw_date_print(sum->rate_day, day));
        }
        fprintf(out, "%s", sum->cut ? ", its share of sector or country" : "");
        if (sum->counted < 1) {
            fprintf(out, ", %.4g %% of it", 100 * sum->counted);
        }
    }
    if (named > AMOUNTS_NAMED) {
        fprintf(out, "; and %u more", named - AMOUNTS_NAMED);
    }
    hw_end_stream(out);
    return text;
}

/* The earmark of what a stream is made of: a code, 0 for none told, -1 for several. */
static int earmark_of(const hw_iati_maker *maker, const hw_iati_record *record,
                      const hw_iati_choice *choice) {
    int found = 0;
    bool any = false;
    for (uint32_t i = 0; i < record->sum_count; i++) {
        const hw_iati_sum *sum = &maker->store->sums[record->sum_first + i];
        int one = sum->earmark > 0 ? sum->earmark : record->earmark;
        if (hw_iati_is_chosen(choice, sum)) {
            found = any && one != found ? -1 : one;
            any = true;
            if (found < 0) {
                return found;
            }
        }
    }
    return found;
}

void hw_iati_write_note(hw_iati_maker *maker, hw_taken_entry *entry, const hw_iati_record *record,
                        const hw_iati_choice *choice) {
    int earmark = earmark_of(maker, record, choice);
    double promised = choice->scheduled ? hw_iati_usd(maker->store, record, HW_IATI_PROMISED) : 0;
    char *text = NULL;
    size_t length = 0;
    FILE *out = hw_take_stream(&text, &length);
    if (choice->kinds[0] == HW_IATI_PLEDGE || choice->kinds[0] == HW_IATI_INCOMING_PLEDGE) {
        fputs(" A pledge, not binding.", out);
    }
    if (record->status == HW_IATI_PIPELINE) {
        fputs(" In the pipeline: not agreed yet.", out);
    }
    if (earmark != 0) {
        fprintf(out, " Told as %s.",
                earmark > 0 ? hw_iati_earmark_name(earmark) : "earmarked in several ways");
    }
    if (promised > 0) {
        char *usd = hw_iati_plain_usd(promised);
        fprintf(out, " Promises of %s USD are not counted beside payments and plans.", usd);
        free(usd);
    }
    hw_end_stream(out);
    if (length > 0) {
        hw_taken_text(&maker->import->taken, entry, "note", text + 1);
    }
    free(text);
}

/* ---- Earmarks ---- */

/* What each of a record's names means in the scenario, as "[A, B]"; NULL where one is not in the map (which
 * is told), or there is none. The caller frees it. */
static char *meanings_of(hw_iati_maker *maker, const hw_iati_record *record, uint32_t names,
                         hw_map_field_kind kind) {
    const hw_map_field *field = &maker->store->mapping->terms.columns[kind];
    char *all = hw_take_text("%s", hw_iati_text(maker, names)), *rest = all, *text = NULL;
    hw_strings said = {0};
    size_t length = 0;
    bool known = true;
    FILE *out = hw_take_stream(&text, &length);
    for (char *name = NULL; (name = strsep(&rest, "\n")) != NULL && known && *name != '\0';) {
        const char *means = hw_map_meaning(field, name);
        known = means != NULL;
        if (known && hw_strings_find(&said, means) == 0) {
            fprintf(out, "%s%s", said.count > 0 ? ", " : "[", hw_taken_quote(&maker->import->taken, means));
            (void)hw_strings_keep(&said, means);
        }
    }
    fputs("]", out);
    hw_end_stream(out);
    if (!known) {
        hw_iati_tell(maker, record->line, record->id, HW_FATE_LEFT_OUT, false,
                     kind == HW_MAP_DISTRICT
                         ? "earmarked, and the map does not have its location: not tied to a district"
                         : "earmarked, and the map does not have who implements it: not tied to an operator");
    }
    bool tied = known && said.count > 0;
    hw_strings_free(&said);
    free(all);
    if (!tied) {
        free(text);
    }
    return tied ? text : NULL;
}

/* Ties a stream to districts and operators where it is told as earmarked, or tightly so, and the map knows
 * them. */
void hw_iati_write_earmarks(hw_iati_maker *maker, hw_taken_entry *entry, const hw_iati_record *record,
                            const hw_iati_choice *choice) {
    enum { EARMARKED = 3 };
    if (maker->store->mapping == NULL || earmark_of(maker, record, choice) < EARMARKED) {
        return;
    }
    const struct {
        hw_map_field_kind kind;
        uint32_t names;
        const char *key;
    } ties[] = {{HW_MAP_DISTRICT, record->places, "only_districts"},
                {HW_MAP_OPERATOR, record->implementers, "only_operators"}};
    for (size_t i = 0; i < HW_LENGTH(ties); i++) {
        char *list = maker->store->mapping->terms.columns[ties[i].kind].column != NULL
                         ? meanings_of(maker, record, ties[i].names, ties[i].kind)
                         : NULL;
        if (list != NULL) {
            hw_taken_yaml(&maker->import->taken, entry, ties[i].key, "%s", list);
        }
        free(list);
    }
}
