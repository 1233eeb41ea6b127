/* Finds in which futures a scenario fails. */
#include "analysis/decide/discovery.h"
#include "analysis/base/memory.h"
#include "analysis/decide/asked.h"
#include "analysis/decide/drawn.h"
#include "sim/date.h"
#include "sim/input/units.h"
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- What is bad ---- */

/* "Agdam city after 2030-12-31" is a chance of release below one half. */
static bool read_after(hw_badness *badness, const char *text, hw_errors *errors) {
    static const char after[] = " after ";
    const char *middle = NULL;
    int64_t day;
    for (const char *next = strstr(text, after); next != NULL; next = strstr(next + 1, after)) {
        middle = next;
    }
    if (middle == NULL || !hw_date_parse(middle + strlen(after), &day)) {
        return false;
    }
    char *event = hw_take_text("p(%.*s by %s)", (int)(middle - text), text, middle + strlen(after));
    bool good = hw_measure_read(&badness->measure, "bad", event, errors) == HW_OK;
    badness->limit = 50;
    free(event);
    return good;
}

/* "people by 2030-12-31 < 100000"; more of a measure is better, and victims are negative in it. */
static bool read_below(hw_badness *badness, const char *text) {
    bool victims = strncmp(text, "victims", strlen("victims")) == 0;
    const char *sign = strrchr(text, victims ? '>' : '<');
    if (sign == NULL || sign == text) {
        return false;
    }
    size_t length = (size_t)(sign - text);
    while (length > 0 && text[length - 1] == ' ') {
        length--;
    }
    char *measure = hw_take_text("%.*s", (int)length, text), *end = NULL;
    hw_errors ignored = {0}; /* what was expected is said of the whole */
    double number = strtod(sign + 1, &end);
    bool good = end != sign + 1 && *end == '\0' && isfinite(number) &&
                hw_measure_read(&badness->measure, "bad", measure, &ignored) == HW_OK &&
                badness->measure.kind <= HW_MEASURE_VICTIMS;
    badness->limit = victims ? -number : number;
    hw_errors_free(&ignored);
    free(measure);
    return good;
}

hw_status hw_badness_read(hw_badness *badness, const char *text, hw_errors *errors) {
    uint32_t before = errors->count;
    *badness = (hw_badness){.words = hw_take_text("%s", text)};
    if (read_after(badness, text, errors) || (errors->count == before && read_below(badness, text))) {
        return HW_OK;
    }
    hw_errors_say(errors,
                  "--bad is 'PLACE after YYYY-MM-DD', 'people by YYYY-MM-DD < N', 'land by YYYY-MM-DD < N', "
                  "'person-years < "
                  "N' or 'victims > N', not '%s'",
                  text);
    return HW_ERROR_INPUT;
}

void hw_badness_free(hw_badness *badness) {
    hw_measure_free(&badness->measure);
    free(badness->words);
    *badness = (hw_badness){0};
}

/* ---- Worlds ---- */

static hw_status find_bad(hw_discovery *d, const hw_outcomes *outcomes, bool *bad, hw_errors *errors) {
    if (hw_outcomes_all_good(outcomes, d->worlds, "the plan", errors) != HW_OK) {
        return HW_ERROR_LAW;
    }
    double *numbers = hw_take(d->worlds, sizeof *numbers);
    hw_status status = hw_measure_worlds(&d->badness->measure, outcomes, numbers, errors);
    for (uint64_t r = 0; r < d->worlds && status == HW_OK; r++) {
        bad[r] = numbers[r] < d->badness->limit;
        d->bad += bad[r];
    }
    free(numbers);
    return status;
}

/* The uncertain values alone that anything reads, in their order; ids[i]: which of all. */
static double *uncertain_inputs(const hw_loaded *loaded, hw_discovery *d, uint32_t **ids) {
    const hw_values *values = hw_drawn_values_of(loaded);
    double *drawn = hw_drawn_again(loaded, d->seed, d->worlds);
    *ids = hw_take(values->count, sizeof **ids);
    for (uint32_t i = 0; i < values->count; i++) {
        if (hw_is_uncertain(&values->items[i]) && hw_binding_reads(loaded->binding, values->items[i].path)) {
            memmove(drawn + (size_t)d->inputs * d->worlds, drawn + (size_t)i * d->worlds,
                    d->worlds * sizeof *drawn);
            (*ids)[d->inputs++] = i;
        }
    }
    return drawn;
}

static void tell_limits(hw_discovery *d, const hw_loaded *loaded, const double *inputs, const uint32_t *ids) {
    const hw_values *values = hw_drawn_values_of(loaded);
    d->limits = hw_take(d->box.count, sizeof *d->limits);
    for (uint32_t l = 0; l < d->box.count; l++) {
        const hw_limit *limit = &d->box.limits[l];
        const hw_value *value = &values->items[ids[limit->input]];
        hw_told_limit *told = &d->limits[l];
        *told = (hw_told_limit){.path = value->path,
                                .units = value->key != NULL ? hw_dimension_held(value->key->dimension) : "",
                                .limit = *limit};
        for (uint64_t r = 0; r < d->worlds; r++) {
            double number = inputs[(size_t)limit->input * d->worlds + r];
            told->below += number < limit->low ? 1 / (double)d->worlds : 0;
            told->above += number > limit->high ? 1 / (double)d->worlds : 0;
        }
    }
}

hw_status hw_discovery_find(hw_discovery *d, const hw_study *study, hw_errors *errors) {
    const hw_study_part *part = &study->parts[0];
    d->worlds = study->replications;
    d->seed = study->seed;
    d->digest = hw_asked_digest(part);
    bool *bad = hw_take(d->worlds, sizeof *bad);
    hw_status status = find_bad(d, &part->outcomes, bad, errors);
    if (status == HW_OK) {
        uint32_t *ids = NULL;
        double *inputs = uncertain_inputs(&part->loaded, d, &ids);
        d->box = hw_box_find(inputs, d->inputs, bad, d->worlds, d->seed);
        tell_limits(d, &part->loaded, inputs, ids);
        free(inputs);
        free(ids);
    }
    free(bad);
    return status;
}

void hw_discovery_free(hw_discovery *d) {
    hw_box_free(&d->box);
    free(d->limits);
    free(d->digest);
    free(d->known);
    *d = (hw_discovery){0};
}

/* ---- Tables and sentences ---- */

static char *limit_words(const hw_told_limit *told) {
    const hw_limit *limit = &told->limit;
    const char *space = *told->units != '\0' ? " " : "";
    bool above = isfinite(limit->low), both = above && isfinite(limit->high);
    char *one = hw_three_digits(above ? limit->low : limit->high), *text;
    if (both) {
        char *high = hw_three_digits(limit->high);
        text = hw_take_text("%s is between %s and %s%s%s", told->path, one, high, space, told->units);
        free(high);
    } else {
        text = hw_take_text("%s is %s %s%s%s (the %s %.0f %%)", told->path, above ? "above" : "below", one,
                            space, told->units, above ? "highest" : "lowest",
                            100 * (1 - told->below - told->above));
    }
    free(one);
    return text;
}

static char *say(const hw_discovery *d) {
    double share = 100 * (double)d->bad / (double)d->worlds;
    if (d->bad == 0 || d->bad == d->worlds) {
        return hw_take_text("\"%s\" is so in %s of %" PRIu64 " worlds: there is nothing to tell apart.",
                            d->badness->words, d->bad == 0 ? "none" : "all", d->worlds);
    }
    if (d->box.count == 0) {
        return hw_take_text("\"%s\" is so in %.1f %% of %" PRIu64
                            " worlds. None of %u uncertain values tells where, beyond "
                            "what chance would.",
                            d->badness->words, share, d->worlds, d->inputs);
    }
    char *all = NULL;
    size_t length = 0;
    FILE *out = hw_take_stream(&all, &length);
    for (uint32_t l = 0; l < d->box.count; l++) {
        char *words = limit_words(&d->limits[l]);
        fprintf(out, "%s%s", l == 0 ? "" : l + 1 < d->box.count ? ", " : " and ", words);
        free(words);
    }
    fclose(out);
    char *text = hw_take_text(
        "\"%s\" is so in %.1f %% of %" PRIu64 " worlds. Where %s, it is so in %.0f %% (density); %.0f %% of "
        "all such worlds lie there (coverage).",
        d->badness->words, share, d->worlds, all, 100 * (double)d->box.bad_inside / (double)d->box.inside,
        100 * (double)d->box.bad_inside / (double)d->bad);
    free(all);
    return text;
}

void hw_discovery_print_head(FILE *out, const hw_discovery *d) {
    char *sentence = say(d);
    hw_print_paragraph(out, sentence);
    free(sentence);
    fprintf(out, "\n%s: %" PRIu64 " worlds, seed %" PRIu64 "\n", d->title, d->worlds, d->seed);
    fputs(d->known, out);
    hw_print_paragraph(
        out,
        "A limit stays only where chance explains it in less than 5 %, counted over both ends of all values. "
        "Kept: in how many of 20 resampled sets of worlds the value is limited again.");
}

void hw_discovery_build(hw_book *book, const hw_discovery *d) {
    hw_sheet *sheet = hw_book_add(book, "limits", "Where it goes wrong");
    hw_sheet_add_column(sheet, "value", NULL, 0);
    hw_sheet_add_column(sheet, "units", NULL, 0);
    hw_sheet_add_column(sheet, "low", "as units says", 3);
    hw_sheet_add_column(sheet, "high", "as units says", 3);
    hw_sheet_add_column(sheet, "worlds_inside", "%", 0);
    hw_sheet_add_column(sheet, "p_value", "1", 4);
    hw_sheet_add_column(sheet, "kept", "%", 0);
    sheet->view = (hw_view){.label_title = "value",
                            .label = 0,
                            .across = HW_NO_COLUMN,
                            .columns = {hw_plain_column("from", 2), hw_plain_column("to", 3),
                                        hw_plain_column("units", 1), hw_plain_column("% of worlds", 4),
                                        hw_plain_column("p", 5), hw_plain_column("kept, %", 6)},
                            .column_count = d->box.count > 0 ? 6 : 0};
    for (uint32_t l = 0; l < d->box.count; l++) {
        const hw_told_limit *told = &d->limits[l];
        hw_cell *row = hw_sheet_add_row(sheet, true);
        hw_cell_set_text(&row[0], told->path);
        hw_cell_set_text(&row[1], told->units);
        hw_cell_set_number(&row[2], told->limit.low);
        hw_cell_set_number(&row[3], told->limit.high);
        hw_cell_set_number(&row[4], 100 * (1 - told->below - told->above));
        hw_cell_set_number(&row[5], told->limit.p);
        hw_cell_set_number(&row[6], 100 * told->limit.kept);
    }
    hw_sheet *box = hw_book_add(book, "box", "The box");
    static const char *const counts[] = {"worlds", "bad", "inside", "bad_inside", "inputs"};
    hw_sheet_add_columns(box, counts, sizeof counts / sizeof *counts, "1", 0);
    hw_cell *row = hw_sheet_add_row(box, false);
    const double numbers[] = {(double)d->worlds, (double)d->bad, (double)d->box.inside,
                              (double)d->box.bad_inside, d->inputs};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        hw_cell_set_number(&row[i], numbers[i]);
    }
    hw_sheet *findings = hw_book_add(book, "findings", "Findings");
    hw_sheet_add_column(findings, "finding", NULL, 0);
    hw_cell_take_text(hw_sheet_add_row(findings, false), say(d));
    hw_sheet *about = hw_asked_add(book, d->seed);
    hw_asked_fact(about, "worlds", hw_take_text("%" PRIu64, d->worlds));
    hw_asked_fact(about, "bad", hw_take_text("%s", d->badness->words));
    hw_asked_fact(about, "scenario digest", hw_take_text("%s", d->digest));
}
