/* What deciding later is worth, as tables and sentences. */
#include "analysis/base/memory.h"
#include "analysis/decide/adaptation.h"
#include "analysis/decide/asked.h"
#include "sim/date.h"
#include "sim/length.h"
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

static const char *units_of(const hw_adaptation *a) {
    return a->price > 0 ? "million USD" : hw_measure_units(a->measure);
}

/* As people count it: with a price all is dollars, of which more is better. */
static double sign_of(const hw_adaptation *a) {
    return a->price > 0 ? 1 : hw_measure_sign(a->measure);
}

/* ---- Tables ---- */

static void add_plans(hw_book *book, const hw_adaptation *a) {
    const char *units = units_of(a);
    hw_sheet *sheet = hw_book_add(book, "plans", "Rules and fixed plans on the worlds that choose");
    hw_sheet_add_column(sheet, "scenario", NULL, 0);
    hw_sheet_add_column(sheet, "kind", NULL, 0);
    hw_sheet_add_column(sheet, "mean", units, 2);
    hw_sheet_add_column(sheet, "chosen", NULL, 0);
    sheet->view = (hw_view){
        .label_title = "plan",
        .label = 0,
        .across = HW_NO_COLUMN,
        .columns = {hw_plain_column("kind", 1), hw_plain_column("mean", 2), hw_plain_column("chosen", 3)},
        .column_count = 3};
    for (uint32_t i = 0; i < a->count; i++) {
        const hw_tried_plan *plan = &a->plans[i];
        hw_cell *row = hw_sheet_add_row(sheet, true);
        hw_cell_set_text(&row[0], plan->source.name);
        hw_cell_set_text(&row[1], plan->adapts ? "rule" : "fixed");
        hw_cell_set_number(&row[2], sign_of(a) * plan->mean + 0.0);
        if (i == a->rule || i == a->fixed) {
            hw_cell_set_text(&row[3], i == a->rule ? "best rule" : "best fixed plan");
        }
    }
}

static void add_proof_row(hw_sheet *sheet, const char *worlds, uint64_t seed, const hw_adaptation *a,
                          const hw_paired *found) {
    double sign = sign_of(a);
    const double numbers[] = {(double)a->worlds,
                              (double)seed,
                              sign * found->base + 0.0,
                              sign * found->variant + 0.0,
                              found->difference,
                              found->low,
                              found->high};
    hw_cell *row = hw_sheet_add_row(sheet, true);
    hw_cell_set_text(&row[0], worlds);
    for (uint32_t i = 0; i < HW_LENGTH(numbers); i++) {
        hw_cell_set_number(&row[1 + i], numbers[i]);
    }
}

static void add_worth(hw_book *book, const hw_adaptation *a) {
    static const char *const columns[] = {"fixed", "rule", "gain", "gain_low", "gain_high"};
    hw_sheet *sheet = hw_book_add(book, "worth", "The best rule against the best fixed plan");
    hw_sheet_add_column(sheet, "on", NULL, 0);
    hw_sheet_add_column(sheet, "worlds", "1", 0);
    hw_sheet_add_column(sheet, "seed", "1", 0);
    hw_sheet_add_columns(sheet, columns, HW_LENGTH(columns), units_of(a), 2);
    sheet->view =
        (hw_view){.label_title = "on",
                  .label = 0,
                  .across = HW_NO_COLUMN,
                  .columns = {hw_plain_column("worlds", 1), hw_plain_column("fixed plan", 3),
                              hw_plain_column("rule", 4), hw_range_column("better by (95 %)", 5, 6, 7)},
                  .column_count = 4};
    add_proof_row(sheet, "worlds that choose", a->seed, a, &a->chosen);
    add_proof_row(sheet, "fresh worlds", a->seed + 1, a, &a->proved);
}

static void add_spending(hw_book *book, const hw_adaptation *a) {
    static const char *const columns[] = {"fixed", "rule", "more", "more_low", "more_high"};
    const hw_paired *p = &a->spending;
    const double numbers[] = {p->base, p->variant, p->difference, p->low, p->high};
    hw_sheet *sheet =
        hw_book_add(book, "spending", "Money spent on mine action until the horizon, fresh worlds");
    hw_sheet_add_columns(sheet, columns, HW_LENGTH(columns), "million USD", 2);
    hw_cell *row = hw_sheet_add_row(sheet, false);
    for (uint32_t i = 0; i < HW_LENGTH(numbers); i++) {
        hw_cell_set_number(&row[i], numbers[i]);
    }
}

static void set_day(hw_cell *cell, const hw_adaptation *a, double day) {
    if (isfinite(day)) {
        *cell = (hw_cell){.kind = HW_CELL_DATE, .number = (double)a->start + floor(day)};
    }
}

static void add_signposts(hw_book *book, const hw_adaptation *a) {
    static const char *const days[] = {"p10", "p50", "p90"};
    hw_sheet *sheet =
        hw_book_add(book, "signposts", "What the best rule does, on fresh worlds: how often, and by when");
    hw_sheet_add_column(sheet, "signpost", NULL, 0);
    hw_sheet_add_column(sheet, "done", "%", 1);
    hw_sheet_add_columns(sheet, days, HW_LENGTH(days), "date", 0);
    sheet->view = (hw_view){.label_title = "signpost",
                            .label = 0,
                            .across = HW_NO_COLUMN,
                            .columns = {hw_plain_column("done in %", 1), hw_plain_column("P10", 2),
                                        hw_plain_column("P50", 3), hw_plain_column("P90", 4)},
                            .column_count = 4};
    for (uint32_t i = 0; i < a->followed_count; i++) {
        const hw_followed *one = &a->followed[i];
        hw_cell *row = hw_sheet_add_row(sheet, true);
        hw_cell_set_text(&row[0], one->signpost);
        hw_cell_set_number(&row[1], 100 * one->share);
        set_day(&row[2], a, one->day.p10.value);
        set_day(&row[3], a, one->day.p50.value);
        set_day(&row[4], a, one->day.p90.value);
    }
}

/* ---- Sentences ---- */

/* "12.3 persons" of a number or of its opposite. */
static char *size_of(double number, const char *units) {
    char *digits = hw_three_digits(fabs(number)), *text = hw_take_text("%s %s", digits, units);
    free(digits);
    return text;
}

/* "12.3 persons better (95 %: 4.0 to 21)": of what is less the interval is turned, too. */
static char *say_difference(const hw_paired *p, const char *units, const char *more, const char *less) {
    bool turned = p->difference < 0, known = isfinite(p->low) && isfinite(p->high);
    char *size = size_of(p->difference, units), *low = hw_three_digits(turned ? -p->high : p->low),
         *high = hw_three_digits(turned ? -p->low : p->high);
    char *text =
        known ? hw_take_text("%s %s (95 %%: %s to %s)", size, turned ? less : more, low, high)
              : hw_take_text("%s %s (too few worlds differ for an interval)", size, turned ? less : more);
    free(size);
    free(low);
    free(high);
    return text;
}

static char *say_worth(const hw_adaptation *a) {
    const char *rule = a->plans[a->rule].source.name, *fixed = a->plans[a->fixed].source.name;
    const hw_paired *p = &a->proved;
    if (p->lower + p->higher == 0) {
        return hw_take_text(
            "For %s the best rule, '%s', is the best fixed plan, '%s', in every one of %" PRIu64
            " fresh worlds: nothing is gained by waiting for what is seen.",
            a->measure->title, rule, fixed, a->worlds);
    }
    bool clear = p->low > 0 || p->high < 0;
    char *said = say_difference(p, units_of(a), "better", "worse");
    char *text = hw_take_text(
        "For %s%s the best rule, '%s', is %s than the best fixed plan, '%s', on %" PRIu64 " fresh worlds%s.",
        a->measure->title, a->price > 0 ? ", its worth less what it spends," : "", rule, said, fixed,
        a->worlds, clear ? "" : ": that could be nothing");
    free(said);
    return text;
}

static char *say_spending(const hw_adaptation *a) {
    if (a->spending.lower + a->spending.higher == 0) {
        return hw_take_text("Both spend the same on mine action in every world.");
    }
    char *said = say_difference(&a->spending, "million dollars", "more", "less");
    char *text = hw_take_text("The rule spends %s on mine action until the horizon.", said);
    free(said);
    return text;
}

static char *say_optimism(const hw_adaptation *a) {
    char *said = say_difference(&a->chosen, units_of(a), "better", "worse");
    char *text =
        hw_take_text("On the worlds that chose them it was %s: only fresh worlds tell without the winner's "
                     "luck.",
                     said);
    free(said);
    return text;
}

static char *say_signpost(const hw_adaptation *a, const hw_followed *one) {
    hw_cell day = {0};
    char date[16];
    set_day(&day, a, one->day.p50.value);
    if (day.kind != HW_CELL_DATE) {
        return hw_take_text("What '%s' says is done in %.0f %% of the worlds.", one->signpost,
                            100 * one->share);
    }
    return hw_take_text("What '%s' says is done in %.0f %% of the worlds, in half of all by %s.",
                        one->signpost, 100 * one->share, hw_date_print((int64_t)day.number, date));
}

enum { SIGNPOSTS_SAID = 5 };

/* Sentence number i, or NULL behind the last. */
static char *say(const hw_adaptation *a, uint32_t i) {
    static char *(*const first[])(const hw_adaptation *) = {say_worth, say_spending, say_optimism};
    if (i < HW_LENGTH(first)) {
        return first[i](a);
    }
    i -= HW_LENGTH(first);
    return i < a->followed_count && i < SIGNPOSTS_SAID ? say_signpost(a, &a->followed[i]) : NULL;
}

static void add_about(hw_book *book, const hw_adaptation *a) {
    hw_sheet *about = hw_asked_add(book, a->seed);
    hw_asked_fact(about, "worlds", hw_take_text("%" PRIu64, a->worlds));
    hw_asked_fact(about, "seed of the fresh worlds", hw_take_text("%" PRIu64, a->seed + 1));
    hw_asked_fact(about, "measure", hw_take_text("%s", a->measure->title));
    if (a->price > 0) {
        hw_asked_fact(about, "price", hw_take_text("%.17g USD a unit of it", a->price));
    }
    for (uint32_t i = 0; i < a->count; i++) {
        hw_asked_fact(about, "scenario digest", hw_take_text("%s", a->plans[i].digest));
    }
}

void hw_adaptation_build(hw_book *book, const hw_adaptation *adaptation) {
    add_worth(book, adaptation);
    add_spending(book, adaptation);
    add_plans(book, adaptation);
    add_signposts(book, adaptation);
    hw_sheet *findings = hw_book_add(book, "findings", "Findings");
    hw_sheet_add_column(findings, "finding", NULL, 0);
    char *sentence;
    for (uint32_t i = 0; (sentence = say(adaptation, i)) != NULL; i++) {
        hw_cell_take_text(hw_sheet_add_row(findings, false), sentence);
    }
    add_about(book, adaptation);
}

void hw_adaptation_print_head(FILE *out, const hw_adaptation *adaptation) {
    char *sentence;
    for (uint32_t i = 0; (sentence = say(adaptation, i)) != NULL; i++) {
        hw_print_paragraph(out, sentence);
        free(sentence);
    }
    fprintf(out, "\n%s: %" PRIu64 " worlds choose, seed %" PRIu64 "; as many prove, seed %" PRIu64 "\n",
            adaptation->title, adaptation->worlds, adaptation->seed, adaptation->seed + 1);
    fputs(adaptation->known, out);
    hw_print_paragraph(
        out, "Better is what the measure asks for. Fixed plans are scenarios without signposts, and "
             "those with signposts once each is decided beforehand, whatever is read.");
}
