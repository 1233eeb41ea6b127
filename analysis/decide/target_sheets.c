/* The least money as tables and sentences. */
#include "analysis/base/memory.h"
#include "analysis/decide/target.h"
#include "sim/date.h"
#include "sim/length.h"
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

static double share_of(const hw_try *one, uint64_t worlds) {
    return (double)one->met / (double)worlds;
}

static void add_share(hw_cell *cells, const hw_try *one, uint64_t worlds) {
    hw_share_bounds bounds = hw_target_share(one, worlds);
    hw_cell_set_number(&cells[0], 100 * share_of(one, worlds));
    hw_cell_set_number(&cells[1], 100 * bounds.low);
    hw_cell_set_number(&cells[2], 100 * bounds.high);
}

/* Amounts as they are said: times, or million dollars a year. */
static double said(const hw_purse *purse, double amount) {
    return purse->kind == HW_PURSE_NEW ? amount / 1e6 : amount;
}

static const char *units_of(const hw_purse *purse) {
    return purse->kind == HW_PURSE_NEW ? "million USD a year" : "times the plan";
}

static void add_curve(hw_book *book, const hw_target *t) {
    static const char *const shares[] = {"met", "met_low", "met_high", "met_by_then"};
    hw_sheet *sheet = hw_book_add(book, "curve", "Money against confidence: how often the aim is met");
    hw_sheet_add_column(sheet, "amount", units_of(&t->purse), 3);
    hw_sheet_add_columns(sheet, shares, HW_LENGTH(shares), "%", 1);
    hw_sheet_add_column(sheet, "spent", "million USD", 1);
    hw_sheet_add_column(sheet, "spent_error", "million USD", 1);
    sheet->note =
        hw_take_text("More is spent on mine action than by the plan, until the end of the year of the aim. "
                     "Met with this or less: each world's own least amount.");
    sheet->view = (hw_view){.label_title = units_of(&t->purse),
                            .label = 0,
                            .across = HW_NO_COLUMN,
                            .columns = {hw_range_column("met, % (95 %)", 1, 2, 3),
                                        hw_plain_column("with this or less, %", 4),
                                        hw_error_column("more is spent, MUSD ±", 5, 6, 0)},
                            .column_count = 3};
    for (uint32_t i = 0; i < t->least.count; i++) {
        const hw_try *one = &t->least.tries[i];
        bool plan = one->amount >= t->purse.plan && one->amount <= t->purse.plan;
        hw_cell *row = hw_sheet_add_row(sheet, true);
        hw_cell_set_number(&row[0], said(&t->purse, one->amount));
        add_share(&row[1], one, t->least.worlds);
        hw_cell_set_number(&row[4],
                           100 * (double)hw_least_met_by_then(&t->least, i) / (double)t->least.worlds);
        hw_cell_set_number(&row[5], plan ? 0 : one->spent);
        hw_cell_set_number(&row[6], plan ? 0 : one->spent_error);
    }
}

static void add_proofs(hw_book *book, const hw_target *t) {
    static const char *const shares[] = {"met", "met_low", "met_high"};
    if (t->proof_count == 0) {
        return;
    }
    hw_sheet *sheet = hw_book_add(book, "proof", "The answer on worlds that the search has not seen");
    hw_sheet_add_column(sheet, "amount", units_of(&t->purse), 3);
    hw_sheet_add_columns(sheet, shares, HW_LENGTH(shares), "%", 1);
    hw_sheet_add_column(sheet, "seed", "1", 0);
    hw_sheet_add_column(sheet, "worlds", "1", 0);
    hw_sheet_add_column(sheet, "holds", NULL, 0);
    sheet->view =
        (hw_view){.label_title = units_of(&t->purse),
                  .label = 0,
                  .across = HW_NO_COLUMN,
                  .columns = {hw_range_column("met, % (95 %)", 1, 2, 3), hw_plain_column("worlds", 5),
                              hw_plain_column("seed", 4), hw_plain_column("proved", 6)},
                  .column_count = 4};
    for (uint32_t i = 0; i < t->proof_count; i++) {
        hw_cell *row = hw_sheet_add_row(sheet, true);
        hw_cell_set_number(&row[0], said(&t->purse, t->proofs[i].amount));
        add_share(&row[1], &t->proofs[i], t->proof_worlds);
        hw_cell_set_number(&row[4], (double)(t->seed + 1 + i));
        hw_cell_set_number(&row[5], (double)t->proof_worlds);
        hw_cell_set_text(&row[6], hw_target_proves(t, &t->proofs[i]) ? "yes" : "no");
    }
}

static void add_held(hw_book *book, const hw_target *t) {
    if (t->held_count == 0) {
        return;
    }
    hw_sheet *sheet = hw_book_add(book, "held", "What holds the place back where all money misses the aim");
    hw_sheet_add_column(sheet, "cause", NULL, 0);
    hw_sheet_add_column(sheet, "days", "days", 0);
    sheet->view = (hw_view){.label_title = "cause",
                            .label = 0,
                            .across = HW_NO_COLUMN,
                            .columns = {hw_plain_column("days in the mean", 1)},
                            .column_count = 1};
    for (uint32_t i = 0; i < t->held_count; i++) {
        hw_cell *row = hw_sheet_add_row(sheet, t->held[i].days >= 0.5);
        hw_cell_set_text(&row[0], t->held[i].cause);
        hw_cell_set_number(&row[1], t->held[i].days);
    }
}

static void add_fact(hw_sheet *sheet, const char *fact, char *value) {
    hw_cell *row = hw_sheet_add_row(sheet, false);
    hw_cell_set_text(&row[0], fact);
    hw_cell_take_text(&row[1], value);
}

/* For readers of the tables alone: an amount that nothing proves is no answer. */
static const char *verdict_of(const hw_target *t) {
    switch (t->least.end) {
    case HW_LEAST_FREE:
        return hw_target_needs_none(t) ? "none is needed" : "cannot tell whether any is needed";
    case HW_LEAST_NEVER:
        return "no amount is enough";
    case HW_LEAST_OPEN:
        return "cannot tell whether any amount is enough";
    default:
        return hw_target_proves(t, &t->proofs[0]) ? "proved" : "not proved";
    }
}

/* ---- Sentences ---- */

enum { SENTENCES = 6 };

/* To whole per cents, or to tenths where the aim is not whole either. */
static char *share_words(const hw_target *t, const hw_try *one, uint64_t worlds) {
    static const double rounding = 1e-9;
    double asked = 100 * t->aim.share;
    int decimals = fabs(asked - round(asked)) > rounding ? 1 : 0;
    hw_share_bounds bounds = hw_target_share(one, worlds);
    return hw_take_text("%.*f %% (95 %%: %.*f to %.*f)", decimals, 100 * share_of(one, worlds), decimals,
                        100 * bounds.low, decimals, 100 * bounds.high);
}

static char *number_words(double amount) {
    return fabs(amount) < 1000 ? hw_take_text("%.3g", amount) : hw_thousands(amount, 0);
}

static char *bound_words(const hw_purse *purse, double amount) {
    return isfinite(amount) ? number_words(said(purse, amount)) : hw_take_text("no bound");
}

static char *say_free(const hw_target *t, const char *date) {
    char *share = share_words(t, &t->least.tries[0], t->least.worlds);
    char *text = hw_target_needs_none(t)
                     ? hw_take_text("%s by %s needs none of this money: without it the probability is %s.",
                                    t->aim.name, date, share)
                     : hw_take_text("These worlds cannot tell whether %s by %s with %g %% needs any of this "
                                    "money: without it the probability is %s. More worlds (-n) may.",
                                    t->aim.name, date, 100 * t->aim.share, share);
    free(share);
    return text;
}

static char *say_none(const hw_target *t, const char *date) {
    char *share = share_words(t, &t->least.tries[t->least.count - 1], t->least.worlds);
    char *most = hw_purse_words(&t->purse, t->purse.infinite);
    char *text =
        t->least.end == HW_LEAST_NEVER
            ? hw_take_text("No money of this kind gives %s by %s with %g %%: with %s the probability is %s.",
                           t->aim.name, date, 100 * t->aim.share, most, share)
            : hw_take_text("These worlds cannot tell whether any money of this kind gives %s by %s with "
                           "%g %%: with %s the probability is %s. More worlds (-n) may.",
                           t->aim.name, date, 100 * t->aim.share, most, share);
    free(share);
    free(most);
    return text;
}

/* What fresh worlds say of the amount that the search has found. */
static char *proof_words(const hw_target *t) {
    bool first = hw_target_proves(t, &t->proofs[0]);
    if (first || t->proof_count < 2 || !hw_target_proves(t, &t->proofs[1])) {
        return hw_take_text("%s", first ? "" : ", which fresh worlds do not prove");
    }
    char *more = hw_purse_words(&t->purse, t->proofs[1].amount);
    char *text = hw_take_text(", which fresh worlds do not prove; they prove %s", more);
    free(more);
    return text;
}

static char *say_found(const hw_target *t, const char *date) {
    const hw_try *one = hw_least_try(&t->least, t->least.answer);
    char *words = hw_purse_words(&t->purse, t->least.answer), *low = bound_words(&t->purse, t->least.low),
         *high = bound_words(&t->purse, t->least.high), *proof = proof_words(t);
    char *text = hw_take_text("%s by %s with %g %%: from %d on %s of %s (95 %%: %s to %s)%s. Until the end "
                              "of %d %.1f ±%.1f million "
                              "dollars %s are spent on mine action.",
                              t->aim.name, date, 100 * t->aim.share, t->purse.from, words, t->purse.stream,
                              low, high, proof, hw_date_from_days(t->aim.by).year, fabs(one->spent),
                              one->spent_error, one->spent < 0 ? "less" : "more");
    free(words);
    free(low);
    free(high);
    free(proof);
    return text;
}

static char *say_answer(const hw_target *t) {
    char date[16];
    hw_date_print(t->aim.by, date);
    return t->least.end == HW_LEAST_FOUND  ? say_found(t, date)
           : t->least.end == HW_LEAST_FREE ? say_free(t, date)
                                           : say_none(t, date);
}

static char *say_ends(const hw_target *t) {
    char *none = share_words(t, &t->least.tries[0], t->least.worlds),
         *plan = share_words(t, hw_least_try(&t->least, t->purse.plan), t->least.worlds),
         *most = share_words(t, &t->least.tries[t->least.count - 1], t->least.worlds);
    char *amount = hw_purse_words(&t->purse, t->purse.infinite);
    char *text = t->purse.kind == HW_PURSE_NEW
                     ? hw_take_text("Without it the probability is %s, with %s %s.", none, amount, most)
                     : hw_take_text("As planned the probability is %s, without this money %s, with %s %s.",
                                    plan, none, amount, most);
    free(none);
    free(plan);
    free(most);
    free(amount);
    return text;
}

/* Of one proof: each that was tried is told. */
static char *say_proof(const hw_target *t, uint32_t number) {
    if (number >= t->proof_count) {
        return NULL;
    }
    const hw_try *one = &t->proofs[number];
    bool last = number + 1 == t->proof_count;
    char *share = share_words(t, one, t->proof_worlds), *words = hw_purse_words(&t->purse, one->amount);
    char *text = hw_take_text("On %" PRIu64 " fresh worlds, %s gives %s: %s.", t->proof_worlds, words, share,
                              hw_target_proves(t, one) ? "that proves the aim"
                              : last ? "that does not prove the aim; more worlds (-n) or more money may"
                                     : "that does not prove the aim");
    free(share);
    free(words);
    return text;
}

static char *say_held(const hw_target *t) {
    if (t->held_count < 2 || t->least.tries[t->least.count - 1].met == t->least.worlds) {
        return NULL;
    }
    return hw_take_text(
        "Where the most money misses the aim, what holds the place back is %s (%.0f days) and %s (%.0f).",
        t->held[0].cause, t->held[0].days, t->held[1].cause, t->held[1].days);
}

static char *say_turned(const hw_target *t) {
    return t->least.turned == 0
               ? NULL
               : hw_take_text(
                     "In %.1f %% of the worlds more money once misses what less has met: single worlds go "
                     "other ways.",
                     100 * (double)t->least.turned / (double)t->least.worlds);
}

static void say_all(const hw_target *t, char *sentences[SENTENCES]) {
    char *all[SENTENCES] = {say_answer(t),   say_ends(t), say_proof(t, 0),
                            say_proof(t, 1), say_held(t), say_turned(t)};
    for (int i = 0; i < SENTENCES; i++) {
        sentences[i] = all[i];
    }
}

void hw_target_print_head(FILE *out, const hw_target *t) {
    char start[16], horizon[16], *sentences[SENTENCES];
    say_all(t, sentences);
    for (int i = 0; i < SENTENCES; i++) {
        if (sentences[i] != NULL) {
            hw_print_paragraph(out, sentences[i]);
        }
        free(sentences[i]);
    }
    fprintf(out, "\n%s, %s to %s: %" PRIu64 " worlds for each amount, seed %" PRIu64 "\n", t->title,
            hw_date_print(t->start, start), hw_date_print(t->horizon, horizon), t->least.worlds, t->seed);
    fputs(t->known, out);
    hw_print_paragraph(
        out, "The same worlds are asked with one amount after another. Each world's own least amount lies "
             "between two of them; the answer is the least amount with which the asked share of the worlds "
             "meets the aim. Its interval is that of order statistics, and says how much these worlds know, "
             "not how well the scenario describes the country.");
}

void hw_target_build(hw_book *book, const hw_target *t) {
    add_curve(book, t);
    add_proofs(book, t);
    add_held(book, t);
    char *sentences[SENTENCES], date[16];
    say_all(t, sentences);
    hw_sheet *findings = hw_book_add(book, "findings", "Findings");
    hw_sheet_add_column(findings, "finding", NULL, 0);
    for (int i = 0; i < SENTENCES; i++) {
        if (sentences[i] != NULL) {
            hw_cell_take_text(hw_sheet_add_row(findings, false), sentences[i]);
        }
    }
    static const char *const answers[] = {"answer", "answer_low", "answer_high"};
    hw_sheet *answer = hw_book_add(book, "answer", "The least amount");
    hw_sheet_add_columns(answer, answers, HW_LENGTH(answers), units_of(&t->purse), 3);
    hw_sheet_add_column(answer, "verdict", NULL, 0);
    hw_cell *row = hw_sheet_add_row(answer, false);
    hw_cell_set_number(&row[0], said(&t->purse, t->least.answer));
    hw_cell_set_number(&row[1], said(&t->purse, t->least.low));
    hw_cell_set_number(&row[2], said(&t->purse, t->least.high));
    hw_cell_set_text(&row[3], verdict_of(t));
    hw_sheet *about = hw_book_add(book, "about", "What was asked");
    hw_sheet_add_column(about, "fact", NULL, 0);
    hw_sheet_add_column(about, "value", NULL, 0);
    add_fact(about, "scenario", hw_take_text("%s", t->title));
    add_fact(about, "scenario digest", hw_take_text("%s", t->digest));
    add_fact(about, "program version", hw_take_text("%s", HW_VERSION));
    add_fact(about, "seed", hw_take_text("%" PRIu64, t->seed));
    add_fact(about, "worlds", hw_take_text("%" PRIu64, t->least.worlds));
    add_fact(
        about, "aim",
        hw_take_text("%s by %s with %g %%", t->aim.name, hw_date_print(t->aim.by, date), 100 * t->aim.share));
    add_fact(about, "money", hw_take_text("%s, from %d on", t->purse.stream, t->purse.from));
    add_fact(about, "worlds that more money turns", hw_take_text("%" PRIu64, t->least.turned));
}
