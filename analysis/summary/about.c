/* What was run: for people above the tables, for programs as a sheet. */
#include "analysis/base/memory.h"
#include "analysis/results/given.h"
#include "analysis/results/known.h"
#include "analysis/results/learnt.h"
#include "analysis/summary/summary.h"
#include "sim/date.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* What is said of figures of very many replications (tally.h). */
static const char tallied[] =
    "from histograms: days to the day, other figures up to 1 in 512 too near to zero";

static void add_fact(hw_sheet *sheet, const char *fact, const char *value) {
    hw_cell *row = hw_sheet_add_row(sheet, false);
    hw_cell_set_text(&row[0], fact);
    hw_cell_set_text(&row[1], value);
}

/* A row for each line. */
static void add_lines(hw_sheet *sheet, const char *fact, const char *lines) {
    for (const char *line = lines; line != NULL && *line;) {
        size_t length = strcspn(line, "\n");
        char *value = hw_take_text("%.*s", (int)length, line);
        add_fact(sheet, fact, value);
        free(value);
        line += length + (line[length] == '\n');
    }
}

/* As text: a seed of 64 bits does not fit into a JSON number. */
static void add_count(hw_sheet *sheet, const char *fact, uint64_t count) {
    char *text = hw_take_text("%" PRIu64, count);
    add_fact(sheet, fact, text);
    free(text);
}

static void add_decimal(hw_sheet *sheet, const char *fact, double number) {
    char *text = hw_take_text("%.10g", number);
    add_fact(sheet, fact, text);
    free(text);
}

static void add_learnt(hw_sheet *sheet, const hw_learnt *learnt) {
    char date[16];
    add_fact(sheet, "learnt from facts known by", hw_date_print(learnt->as_of, date));
    add_count(sheet, "facts learnt from", learnt->facts);
    add_decimal(sheet, "power", learnt->power);
    add_decimal(sheet, "replications effective", learnt->effective);
}

static void add_failed(hw_book *book, const hw_outcomes *outcomes) {
    hw_sheet *sheet =
        hw_book_add(book, "failed_replications", "Replications that broke a law and are not counted");
    hw_sheet_add_column(sheet, "replication", NULL, 0);
    hw_sheet_add_column(sheet, "message", NULL, 0);
    for (uint64_t i = 0; i < outcomes->failed_count; i++) {
        hw_cell *row = hw_sheet_add_row(sheet, false);
        hw_cell_set_number(&row[0], (double)outcomes->failed[i].key);
        hw_cell_set_text(&row[1], outcomes->failed[i].message);
    }
}

void hw_summary_add_about(hw_book *book, const hw_outcomes *outcomes) {
    char date[16];
    hw_sheet *sheet = hw_book_add(book, "about", "What was run");
    hw_sheet_add_column(sheet, "fact", NULL, 0);
    hw_sheet_add_column(sheet, "value", NULL, 0);
    add_fact(sheet, "title", outcomes->title);
    add_lines(sheet, "set over the scenario", outcomes->settings);
    add_lines(sheet, "scenario file", outcomes->files);
    add_fact(sheet, "model", outcomes->model);
    add_fact(sheet, "program version", outcomes->version);
    add_fact(sheet, "scenario digest", outcomes->digest);
    add_fact(sheet, "start", hw_date_print(outcomes->start, date));
    add_fact(sheet, "horizon", hw_date_print(outcomes->horizon, date));
    int64_t as_of;
    if (hw_outcomes_as_of(outcomes, &as_of)) {
        add_fact(sheet, "as of", hw_date_print(as_of, date));
    }
    char *conditioned = hw_outcomes_parameters(outcomes);
    if (conditioned != NULL) {
        add_fact(sheet, "values", conditioned);
    }
    free(conditioned);
    add_count(sheet, "seed", outcomes->seed);
    add_count(sheet, "replications asked for", outcomes->asked);
    add_count(sheet, "replications used", outcomes->count);
    add_count(sheet, "replications failed", outcomes->failed_count);
    for (uint32_t i = 0; i < outcomes->given_count; i++) {
        add_fact(sheet, "given", outcomes->given[i]);
    }
    if (outcomes->given_count > 0) {
        add_count(sheet, "replications that contradict it", outcomes->left_out);
    }
    if (outcomes->learnt.weights != NULL) {
        add_learnt(sheet, &outcomes->learnt);
    }
    if (outcomes->tallies != NULL) {
        add_fact(sheet, "quantiles", tallied);
    }
    add_fact(sheet, "complete", outcomes->complete ? "yes" : "no");
    add_fact(sheet, "sealed", outcomes->unsealed ? "no" : "yes");
    if (outcomes->failed_count > 0) {
        add_failed(book, outcomes);
    }
}

void hw_summary_print_warnings(FILE *out, const hw_outcomes *outcomes) {
    enum { TOLD = 3 };
    if (outcomes->unsealed) {
        fputs(
            "\n!!! NOT SEALED: the file was changed since it was written. Its figures may not be those that "
            "were computed.\n",
            out);
    }
    if (!outcomes->complete) {
        fprintf(out,
                "\n!!! INCOMPLETE: %" PRIu64 " of %" PRIu64
                " replications were finished. The figures hold for these.\n",
                outcomes->count + outcomes->failed_count, outcomes->asked);
    }
    if (outcomes->failed_count == 0) {
        return;
    }
    fprintf(out,
            "\n!!! %" PRIu64
            " REPLICATION%s FAILED: a law did not hold. Left out of all figures below; do not rely on "
            "them\n!!! before the cause is known.\n",
            outcomes->failed_count, outcomes->failed_count == 1 ? "" : "S");
    for (uint64_t i = 0; i < outcomes->failed_count && i < TOLD; i++) {
        fprintf(out, "!!! replication %" PRIu64 ": %s\n", outcomes->failed[i].key,
                outcomes->failed[i].message);
    }
    if (outcomes->failed_count > TOLD) {
        fprintf(out, "!!! and %" PRIu64 " more\n", outcomes->failed_count - TOLD);
    }
}

/* What came between the start and the day of knowledge is simulated like all else: a reader who takes such a
 * date for a forecast, or for a fact, is wrong both ways. */
static void print_past(FILE *out, const hw_outcomes *outcomes) {
    int64_t as_of = outcomes->start, day = 0;
    char text[16];
    if (hw_outcomes_as_of(outcomes, &day) && day > as_of) {
        as_of = day;
    }
    if (outcomes->learnt.weights != NULL && outcomes->learnt.as_of > as_of) {
        as_of = outcomes->learnt.as_of;
    }
    if (as_of > outcomes->start) {
        fprintf(out,
                "Dates up to %s are simulated, too: no record of what came. What you know of them, say with "
                "--given.\n",
                hw_date_print(as_of, text));
    }
}

void hw_summary_print_head(FILE *out, const hw_outcomes *outcomes) {
    char start[16], horizon[16];
    char *count = hw_thousands((double)outcomes->count, 0);
    fprintf(out, "%s\n", outcomes->title);
    hw_known_print(out, outcomes);
    fprintf(out, "%s replications, seed %" PRIu64 ", %s to %s; scenario %.12s, homeward %s, %s\n", count,
            outcomes->seed, hw_date_print(outcomes->start, start), hw_date_print(outcomes->horizon, horizon),
            outcomes->digest, outcomes->version, outcomes->model);
    free(count);
    hw_summary_print_warnings(out, outcomes);
    if (outcomes->tallies != NULL) {
        fprintf(out, "P10, P50 and P90 are %s.\n", tallied);
    }
    char *given = hw_given_text(outcomes);
    if (given != NULL) {
        fprintf(out, "%s. All that follows is of these, with the wider errors of so few.\n", given);
    }
    free(given);
    char *learnt = hw_learnt_text(outcomes);
    if (learnt != NULL) {
        fprintf(out, "%s.\nAll that follows is weighed so, with the errors of the effective ones.\n", learnt);
    }
    free(learnt);
    print_past(out, outcomes);
    fprintf(out,
            "\nHow to read: in one of ten simulated futures it comes by P10, in half by P50, in nine of ten "
            "by P90.\n"
            "\"after %s\" means: not before the simulation ends. ± is half of the 95 %% interval of the "
            "Monte Carlo\n"
            "error: more replications make it smaller, but not the scenario truer. ±? is unknown: too few\n"
            "replications, or it reaches past the end.\n",
            horizon);
}

void hw_summary_add_money(hw_book *book, const hw_outcomes *outcomes) {
    for (uint32_t i = 0; i < book->count && !hw_money_is_usd(outcomes); i++) {
        if (strcmp(book->sheets[i].name, "about") == 0) {
            char *rate = hw_take_text("%s, at %.10g USD each", outcomes->money.name, outcomes->money.usd);
            add_fact(&book->sheets[i], "money in", rate);
            free(rate);
        }
    }
}

void hw_summary_print_money(FILE *out, const hw_outcomes *outcomes) {
    if (!hw_money_is_usd(outcomes)) {
        fprintf(out, "\nMoney is in %s, at %.6g USD each as the scenario has it.\n", outcomes->money.name,
                outcomes->money.usd);
    }
}
