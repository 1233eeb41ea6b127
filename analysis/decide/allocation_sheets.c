/* Shares as tables and sentences. */
#include "analysis/base/memory.h"
#include "analysis/decide/allocation.h"
#include "analysis/decide/asked.h"
#include "analysis/decide/layers.h"
#include "sim/date.h"
#include "sim/length.h"
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *units_of(const hw_allocation *a) {
    return hw_measure_units(a->measure);
}

/* Values as they are told: victims, days and regrets count against. */
static double told(const hw_allocation *a, double value) {
    return (a->risk == NULL ? -1 : hw_measure_sign(a->measure)) * value + 0.0;
}

static const char *judged_by(const hw_allocation *a) {
    return a->risk != NULL ? a->risk->title : "greatest regret over the futures";
}

/* ---- Tables ---- */

static void add_shares(hw_book *book, const hw_allocation *a) {
    static const char *const shares[] = {"today", "even", "best"};
    static const uint32_t items[] = {HW_ALLOCATED_TODAY, HW_ALLOCATED_EVEN, HW_ALLOCATED_BEST};
    bool recommended = hw_allocation_recommends(a);
    hw_sheet *sheet = hw_book_add(book, "shares",
                                  recommended ? "Shares of the budget"
                                              : "Shares of the budget (the best is not recommended)");
    hw_sheet_add_column(sheet, a->budget.choice->noun, NULL, 0);
    hw_sheet_add_columns(sheet, shares, HW_LENGTH(shares), "%", 1);
    hw_sheet_add_column(sheet, "best_amount", a->budget.choice->earmark != NULL ? "USD a year" : "USD", 0);
    sheet->view = (hw_view){.label_title = a->budget.choice->noun,
                            .label = 0,
                            .across = HW_NO_COLUMN,
                            .columns = {hw_plain_column("today, %", 1), hw_plain_column("even, %", 2),
                                        hw_plain_column("best found, %", 3), hw_plain_column("dollars", 4)},
                            .column_count = 4};
    double usd[HW_SHARES_MOST];
    hw_budget_amounts(&a->budget, a->items[HW_ALLOCATED_BEST].parts, usd);
    for (uint32_t i = 0; i < a->budget.count; i++) {
        hw_cell *row = hw_sheet_add_row(sheet, true);
        hw_cell_set_text(&row[0], a->budget.names[i]);
        for (size_t c = 0; c < HW_LENGTH(items); c++) {
            hw_cell_set_number(&row[1 + c], 100.0 * a->items[items[c]].parts[i] / HW_SHARES_WHOLE);
        }
        hw_cell_set_number(&row[1 + HW_LENGTH(items)], usd[i]);
    }
}

static void add_proof(hw_book *book, const hw_allocation *a) {
    static const char *const numbers[] = {"value",     "gain",           "gain_low",
                                          "gain_high", "gain_in_search", "optimism"};
    hw_sheet *sheet = hw_book_add(book, "proof", "On worlds that the search has not seen, against today's");
    hw_sheet_add_column(sheet, "allocation", NULL, 0);
    hw_sheet_add_columns(sheet, numbers, HW_LENGTH(numbers), units_of(a), 1);
    sheet->note = hw_take_text("%s, %s. Gains are better when they are larger. What the search saw more than "
                               "fresh worlds show is optimism.",
                               a->measure->title, judged_by(a));
    sheet->view =
        (hw_view){.label_title = "allocation",
                  .label = 0,
                  .across = HW_NO_COLUMN,
                  .columns = {hw_plain_column(units_of(a), 1), hw_range_column("gain (95 %)", 2, 3, 4),
                              hw_plain_column("gain in the search", 5), hw_plain_column("optimism", 6)},
                  .column_count = 4};
    for (uint32_t i = 0; i < a->count; i++) {
        const hw_allocated *one = &a->items[i];
        const double row_numbers[] = {told(a, one->fresh.variant),
                                      one->fresh.difference,
                                      one->fresh.low,
                                      one->fresh.high,
                                      one->seen.difference,
                                      one->seen.difference - one->fresh.difference};
        hw_cell *row = hw_sheet_add_row(sheet, true);
        hw_cell_set_text(&row[0], one->name);
        for (size_t c = 0; c < (i == HW_ALLOCATED_TODAY ? 1 : HW_LENGTH(row_numbers)); c++) {
            hw_cell_set_number(&row[1 + c], row_numbers[c]);
        }
    }
}

static void add_regrets(hw_book *book, const hw_allocation *a) {
    hw_sheet *sheet =
        hw_book_add(book, "regret", "What the best for each future brings more there, on fresh worlds");
    hw_sheet_add_column(sheet, "allocation", NULL, 0);
    hw_sheet_add_column(sheet, "future", NULL, 0);
    hw_sheet_add_column(sheet, "regret", units_of(a), 1);
    sheet->view = (hw_view){.label_title = "allocation",
                            .label = 0,
                            .across = 1,
                            .columns = {hw_plain_column("regret", 2)},
                            .column_count = 1};
    for (uint32_t i = 0; i < a->count; i++) {
        for (uint32_t f = 0; f <= a->future_count; f++) {
            hw_cell *row = hw_sheet_add_row(sheet, true);
            hw_cell_set_text(&row[0], a->items[i].name);
            hw_cell_set_text(&row[1], f > 0 ? a->futures[f - 1] : "the plan");
            hw_cell_set_number(&row[2], a->items[i].lost[f]);
        }
    }
}

/* ---- Sentences ---- */

enum { SENTENCES = 5 };

static char *number_words(double number) {
    return isfinite(number) ? hw_three_digits(number) : hw_take_text("unknown");
}

/* "512 persons more than as today (95 %: 210 to 800)". */
static char *gain_words(const hw_allocation *a, const hw_risk_gain *gain) {
    bool fewer = told(a, 1) < 0;
    const char *better = fewer ? "fewer" : "more", *worse = fewer ? "more" : "fewer";
    char *amount = number_words(fabs(gain->difference)), *low = number_words(gain->low),
         *high = number_words(gain->high);
    char *text = isfinite(gain->low)
                     ? hw_take_text("%s %s %s than as today (gain, 95 %%: %s to %s)", amount, units_of(a),
                                    gain->difference < 0 ? worse : better, low, high)
                     : hw_take_text("%s %s %s than as today (too few worlds differ for an interval)", amount,
                                    units_of(a), gain->difference < 0 ? worse : better);
    free(amount);
    free(low);
    free(high);
    return text;
}

/* "34.0 % for Agdam, 12.1 % for Fuzuli", from the largest down, as long as they count. */
static char *shares_words(const hw_allocation *a) {
    enum { TOLD = 6, SMALLEST = 10 };
    const uint32_t *parts = a->items[HW_ALLOCATED_BEST].parts;
    bool said[HW_SHARES_MOST] = {false};
    char *text = NULL;
    size_t length = 0;
    FILE *out = hw_take_stream(&text, &length);
    for (int n = 0; n < TOLD; n++) {
        uint32_t next = UINT32_MAX;
        for (uint32_t i = 0; i < a->budget.count; i++) {
            next =
                !said[i] && parts[i] >= SMALLEST && (next == UINT32_MAX || parts[i] > parts[next]) ? i : next;
        }
        if (next == UINT32_MAX) {
            break;
        }
        said[next] = true;
        fprintf(out, "%s%.1f %% %s%s", n > 0 ? ", " : "", 100.0 * parts[next] / HW_SHARES_WHOLE,
                a->budget.choice->free != NULL && next == 0 ? "" : "for ", a->budget.names[next]);
    }
    hw_end_stream(out);
    return text;
}

/* What the best is, in words. */
static char *best_words(const hw_allocation *a) {
    if (a->ranking == NULL) {
        char *shares = shares_words(a), *budget = hw_budget_words(&a->budget);
        char *text = hw_take_text("Of %s: %s", budget, shares);
        free(shares);
        free(budget);
        return text;
    }
    uint32_t best = hw_selection_best(&a->ranking->selection);
    char *price = hw_three_digits(a->layers->usd[best] / 1e6);
    char *text = hw_take_text("Of %u sets of layers: %s, for %s million dollars", a->tried,
                              a->items[HW_ALLOCATED_BEST].name, price);
    free(price);
    return text;
}

static bool is_today(const hw_allocation *a) {
    const hw_allocated *today = &a->items[HW_ALLOCATED_TODAY], *best = &a->items[HW_ALLOCATED_BEST];
    return a->ranking != NULL ? strcmp(today->name, best->name) == 0
                              : hw_shares_moved(today->parts, best->parts, a->budget.count) == 0;
}

static char *say_answer(const hw_allocation *a) {
    const hw_allocated *best = &a->items[HW_ALLOCATED_BEST];
    const char *what = a->ranking != NULL ? "sets" : "ways to share";
    if (is_today(a)) {
        return hw_take_text("Today's allocation is not worse beyond noise: none of %u %s that were tried is "
                            "better in the worlds of the search (%s, %s). None is recommended.",
                            a->tried, what, a->measure->title, judged_by(a));
    }
    char *gain = gain_words(a, &best->fresh), *words = best_words(a), *text;
    if (hw_allocation_recommends(a)) {
        text = hw_take_text("%s. That is %s, on %" PRIu64 " fresh worlds (%s, %s).", words, gain,
                            a->fresh_worlds, a->measure->title, judged_by(a));
    } else {
        text = hw_take_text("Today's allocation is not worse beyond noise: on %" PRIu64
                            " fresh worlds the best of %u %s that were tried is %s (%s, %s). None is "
                            "recommended.",
                            a->fresh_worlds, a->tried, what, gain, a->measure->title, judged_by(a));
    }
    free(gain);
    free(words);
    return text;
}

static char *say_optimism(const hw_allocation *a) {
    if (is_today(a)) {
        return NULL;
    }
    double optimism = hw_allocation_optimism(a);
    char *seen = number_words(a->items[HW_ALLOCATED_BEST].seen.difference),
         *fresh = number_words(a->items[HW_ALLOCATED_BEST].fresh.difference), *luck = number_words(optimism);
    char *text =
        hw_take_text("In the worlds of the search it seemed better by %s %s, in fresh ones it is by %s: "
                     "the winner's optimism is %s.",
                     seen, units_of(a), fresh, luck);
    free(seen);
    free(fresh);
    free(luck);
    return text;
}

static char *say_even(const hw_allocation *a) {
    if (a->ranking != NULL || a->budget.choice->free == NULL) {
        return NULL;
    }
    char *gain = gain_words(a, &a->items[HW_ALLOCATED_EVEN].fresh);
    char *text = hw_take_text("Even shares are %s.", gain);
    free(gain);
    return text;
}

/* Free money can do what earmarked money can; where it does less, that is the planner's ranking. */
static char *say_earmarks(const hw_allocation *a) {
    bool any_free = a->ranking == NULL && a->budget.choice->free != NULL;
    bool beaten = any_free && (hw_allocation_recommends(a) || a->items[HW_ALLOCATED_EVEN].fresh.low > 0);
    return beaten
               ? hw_take_text("Money that is free of earmarks could do as well: it goes where the planner's "
                              "ranking and the order of payment send it, and these do not ask for this. An "
                              "earmark is one way to ask; another rule (planning.rule) may be a better one.")
               : NULL;
}

static char *say_ranking(const hw_allocation *a) {
    return a->ranking != NULL ? hw_ranking_say(a->ranking) : NULL;
}

static void say_all(const hw_allocation *a, char *sentences[SENTENCES]) {
    char *all[SENTENCES] = {say_answer(a), say_optimism(a), say_even(a), say_earmarks(a), say_ranking(a)};
    memcpy(sentences, all, sizeof all);
}

/* ---- The command that makes it again ---- */

static void print_word(FILE *out, const char *before, const char *text) {
    fprintf(out, "%s'", before);
    for (; *text != '\0'; text++) {
        fputs(*text == '\'' ? "'\\''" : (char[2]){*text, '\0'}, out);
    }
    fputc('\'', out);
}

static void print_settings(FILE *out, const hw_setting *settings, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        char *word = hw_take_text("%s=%s", settings[i].path, settings[i].yaml);
        print_word(out, " --set ", word);
        free(word);
    }
}

/* What plays an allocation alone, on the fresh worlds. */
static char *command_of(const hw_allocation *a, const hw_allocated *one) {
    char *text = NULL;
    size_t length = 0;
    FILE *out = hw_take_stream(&text, &length);
    print_word(out, "homeward run ", a->base);
    fprintf(out, " -s %" PRIu64 " -n %" PRIu64, a->fresh_seed, a->fresh_worlds);
    print_settings(out, a->settings, a->setting_count);
    uint32_t count;
    hw_setting *settings = hw_budget_settings(&a->budget, one->parts, &count);
    print_settings(out, settings, count);
    hw_budget_settings_free(settings, count);
    hw_end_stream(out);
    return text;
}

static void add_about(hw_book *book, const hw_allocation *a) {
    hw_sheet *about = hw_asked_add(book, a->seed);
    hw_asked_fact(about, "scenario", hw_take_text("%s", a->title));
    hw_asked_fact(about, "scenario digest", hw_take_text("%s", a->digest));
    hw_asked_fact(about, "measure", hw_take_text("%s", a->measure->title));
    hw_asked_fact(about, "judged by", hw_take_text("%s", judged_by(a)));
    hw_asked_fact(about, "worlds of the search", hw_take_text("%" PRIu64, a->worlds));
    hw_asked_fact(about, "fresh worlds", hw_take_text("%" PRIu64, a->fresh_worlds));
    hw_asked_fact(about, "seed of the fresh worlds", hw_take_text("%" PRIu64, a->fresh_seed));
    hw_asked_fact(about, "tried", hw_take_text("%u", a->tried));
    hw_asked_fact(about, "recommended", hw_take_text("%s", hw_allocation_recommends(a) ? "yes" : "no"));
    for (uint32_t f = 0; f < a->future_count; f++) {
        hw_asked_fact(about, "future", hw_take_text("%s", a->futures[f]));
    }
    for (uint32_t i = 0; a->ranking != NULL && i < a->layers->count; i++) {
        hw_asked_fact(about, "layer",
                      hw_take_text("%s, %.17g USD", a->layers->items[i].path, a->layers->items[i].usd));
    }
    if (a->ranking == NULL) {
        hw_asked_fact(about, "budget", hw_budget_words(&a->budget));
        hw_asked_fact(about, "as today again", command_of(a, &a->items[HW_ALLOCATED_TODAY]));
        hw_asked_fact(about, "the best again", command_of(a, &a->items[HW_ALLOCATED_BEST]));
    }
}

void hw_allocation_build(hw_book *book, const hw_allocation *a) {
    if (a->ranking == NULL) {
        add_shares(book, a);
    } else {
        hw_ranking_add(book, a->ranking);
    }
    add_proof(book, a);
    if (a->risk == NULL) {
        add_regrets(book, a);
    }
    char *sentences[SENTENCES];
    say_all(a, sentences);
    hw_sheet *findings = hw_book_add(book, "findings", "Findings");
    hw_sheet_add_column(findings, "finding", NULL, 0);
    for (int i = 0; i < SENTENCES; i++) {
        if (sentences[i] != NULL) {
            hw_cell_take_text(hw_sheet_add_row(findings, false), sentences[i]);
        }
    }
    add_about(book, a);
}

void hw_allocation_print_head(FILE *out, const hw_allocation *a) {
    char start[16], horizon[16], *sentences[SENTENCES];
    say_all(a, sentences);
    for (int i = 0; i < SENTENCES; i++) {
        if (sentences[i] != NULL) {
            hw_print_paragraph(out, sentences[i]);
        }
        free(sentences[i]);
    }
    fprintf(out,
            "\n%s, %s to %s: %" PRIu64 " worlds in the search, seed %" PRIu64 "; %" PRIu64
            " fresh ones, seed %" PRIu64 "; scenario %.12s\n",
            a->title, hw_date_print(a->start, start), hw_date_print(a->horizon, horizon), a->worlds, a->seed,
            a->fresh_worlds, a->fresh_seed, a->digest);
    fputs(a->known, out);
    if (a->ranking == NULL && a->budget.choice->free != NULL) {
        hw_print_paragraph(out,
                           "As today the whole budget is free of earmarks, and the planner's ranking spends "
                           "it. A state's money lapses at the end of a year where it cannot be spent.");
    }
}
