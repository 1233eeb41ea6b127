/* Runs scenarios in batches until the best is known. */
#include "analysis/decide/ranking.h"
#include "analysis/base/memory.h"
#include "analysis/decide/asked.h"
#include "analysis/figures/estimate.h"
#include "analysis/figures/paired.h"
#include "analysis/results/known.h"
#include "sim/run/experiment.h"
#include "sim/run/trouble.h"
#include <inttypes.h>
#include <math.h>
#include <mpi.h>
#include <stdlib.h>
#include <string.h>

/* ---- A batch ---- */

/* Those that are left, as sources of a study. */
static hw_study_source *choose(const hw_ranking *ranking, const hw_study_source *sources, uint32_t *which,
                               uint32_t *count) {
    hw_study_source *chosen = hw_take(ranking->count, sizeof *chosen);
    for (uint32_t i = 0; i < ranking->count; i++) {
        if (ranking->selection.left[i]) {
            which[*count] = i;
            chosen[(*count)++] = sources[i];
        }
    }
    return chosen;
}

/* Reads what each of the batch brings, and lets the selection judge (rank 0). */
static hw_status read_batch(hw_ranking *ranking, const hw_study *study, const uint32_t *which,
                            hw_errors *errors) {
    uint64_t before = ranking->selection.worlds, batch = ranking->batch;
    double *numbers = hw_take((size_t)ranking->count * batch, sizeof *numbers);
    hw_status status = HW_OK;
    for (uint32_t p = 0; p < study->count && status == HW_OK; p++) {
        const hw_outcomes *outcomes = &study->parts[p].outcomes;
        hw_ranked *item = &ranking->items[which[p]];
        status = hw_outcomes_all_good(outcomes, batch, study->parts[p].name, errors);
        if (status != HW_OK) {
            break;
        }
        status = hw_measure_worlds(ranking->measure, outcomes, numbers + which[p] * batch, errors);
        item->numbers = hw_take_again(item->numbers, before + batch, sizeof *item->numbers);
        memcpy(item->numbers + before, numbers + which[p] * batch, batch * sizeof *numbers);
        if (item->name == NULL) {
            item->name = hw_take_text("%s", study->parts[p].name);
            item->digest = hw_asked_digest(&study->parts[p]);
        }
        if (ranking->title == NULL) {
            ranking->title = hw_take_text("%s", outcomes->title);
            ranking->known = hw_known_text(outcomes->rows);
        }
    }
    if (status == HW_OK) {
        hw_selection_add(&ranking->selection, numbers, batch);
    }
    free(numbers);
    return status;
}

/* What rank 0 has decided is what all go by. */
static void share(hw_selection *selection) {
    MPI_Bcast(&selection->worlds, 1, MPI_UINT64_T, 0, MPI_COMM_WORLD);
    MPI_Bcast(selection->left, (int)(selection->count * sizeof(bool)), MPI_BYTE, 0, MPI_COMM_WORLD);
}

static hw_status run_batch(hw_ranking *ranking, const hw_study_source *sources, const hw_study_wish *wish,
                           hw_errors *errors) {
    uint32_t *which = hw_take(ranking->count, sizeof *which), count = 0;
    uint64_t seed = ranking->seed + ranking->selection.worlds / ranking->batch;
    hw_study_wish own = *wish;
    own.seed = &seed;
    own.replications = &ranking->batch;
    own.warned = ranking->selection.worlds > 0;
    hw_study_source *chosen = choose(ranking, sources, which, &count);
    hw_study study = {0};
    hw_status status = hw_study_open(&study, chosen, count, &own, errors);
    if (status == HW_OK && ranking->selection.worlds == 0) {
        status = hw_measure_look_in_all(ranking->measure, &study, errors);
    }
    if (status == HW_OK) {
        status = hw_study_run(&study, errors);
    }
    hw_trouble trouble = {0};
    if (status == HW_OK && hw_rank() == 0) {
        trouble.status = read_batch(ranking, &study, which, errors);
    }
    status = status == HW_OK ? hw_trouble_agree(&trouble) : status;
    hw_study_close(&study);
    free(chosen);
    free(which);
    if (status == HW_OK) {
        share(&ranking->selection);
    }
    return status;
}

hw_status hw_ranking_find(hw_ranking *ranking, const hw_study_source *sources, uint32_t count,
                          double indifference, const hw_study_wish *wish, hw_errors *errors) {
    static const double error = 0.05;
    ranking->count = count;
    ranking->items = hw_take(count, sizeof *ranking->items);
    hw_selection_begin(&ranking->selection, count, indifference, error);
    hw_status status = HW_OK;
    while (status == HW_OK && hw_selection_left(&ranking->selection) > 1 &&
           ranking->selection.worlds + ranking->batch <= ranking->most) {
        status = run_batch(ranking, sources, wish, errors);
    }
    return status;
}

void hw_ranking_free(hw_ranking *ranking) {
    for (uint32_t i = 0; i < ranking->count; i++) {
        free(ranking->items[i].name);
        free(ranking->items[i].digest);
        free(ranking->items[i].numbers);
    }
    free(ranking->items);
    free(ranking->title);
    free(ranking->known);
    hw_selection_free(&ranking->selection);
    *ranking = (hw_ranking){0};
}

/* ---- Tables and sentences ---- */

/* Against the best, on the worlds that both have seen. */
static hw_paired against_best(const hw_ranking *ranking, uint32_t item) {
    uint32_t best = hw_selection_best(&ranking->selection);
    return hw_paired_means(ranking->items[best].numbers, ranking->items[item].numbers,
                           ranking->selection.seen[item]);
}

static uint32_t *in_order(const hw_ranking *ranking) {
    uint32_t *order = hw_take(ranking->count, sizeof *order);
    for (uint32_t i = 0; i < ranking->count; i++) {
        double difference = against_best(ranking, i).difference;
        uint32_t at = i;
        while (at > 0 && against_best(ranking, order[at - 1]).difference < difference) {
            order[at] = order[at - 1];
            at--;
        }
        order[at] = i;
    }
    return order;
}

/* What more worlds would bring where some cannot be separated. */
static char *say_more(const hw_ranking *ranking) {
    const hw_selection *s = &ranking->selection;
    uint64_t most = hw_selection_most(s);
    const char *best = ranking->items[hw_selection_best(s)].name;
    if (most == 0) {
        return hw_take_text("They are the same in every world: more worlds will not tell.");
    }
    if (most == UINT64_MAX) {
        return hw_take_text("%s leads; between some of them fewer than ten worlds differ, which says nothing "
                            "yet, nor how many worlds it takes.",
                            best);
    }
    if (most <= s->worlds) {
        return hw_take_text("%s leads; more worlds will hardly tell.", best);
    }
    char *worlds = hw_thousands((double)most, 0);
    char *text = hw_take_text("%s leads; it may take up to %s worlds to say more.", best, worlds);
    free(worlds);
    return text;
}

char *hw_ranking_say(const hw_ranking *ranking) {
    const hw_selection *s = &ranking->selection;
    uint32_t left = hw_selection_left(s);
    const char *units = hw_measure_units(ranking->measure), *title = ranking->measure->title;
    char *indifference = hw_three_digits(s->indifference), *text;
    if (left == 1) {
        text = hw_take_text("The best of %u for %s is %s, or it is within %s %s of the best: with 95 %%, for "
                            "numbers that are nearly normal, after %" PRIu64 " worlds.",
                            ranking->count, title, ranking->items[hw_selection_best(s)].name, indifference,
                            units, s->worlds);
    } else {
        char *more = say_more(ranking);
        text = hw_take_text("%u of %u cannot be separated for %s after %" PRIu64
                            " worlds by an indifference of %s %s. %s",
                            left, ranking->count, title, s->worlds, indifference, units, more);
        free(more);
    }
    free(indifference);
    return text;
}

static void add_about(hw_book *book, const hw_ranking *ranking) {
    hw_sheet *about = hw_asked_add(book, ranking->seed);
    hw_asked_fact(about, "worlds of a batch, each with the next seed",
                  hw_take_text("%" PRIu64, ranking->batch));
    hw_asked_fact(about, "worlds", hw_take_text("%" PRIu64, ranking->selection.worlds));
    hw_asked_fact(about, "worlds at most", hw_take_text("%" PRIu64, ranking->most));
    hw_asked_fact(about, "measure", hw_take_text("%s", ranking->measure->title));
    hw_asked_fact(
        about, "indifference",
        hw_take_text("%.17g %s", ranking->selection.indifference, hw_measure_units(ranking->measure)));
    for (uint32_t i = 0; i < ranking->count; i++) {
        hw_asked_fact(about, "scenario digest", hw_take_text("%s", ranking->items[i].digest));
    }
}

void hw_ranking_add(hw_book *book, const hw_ranking *ranking) {
    const char *units = hw_measure_units(ranking->measure);
    hw_sheet *sheet = hw_book_add(book, "ranking", "From the best down");
    hw_sheet_add_column(sheet, "scenario", NULL, 0);
    hw_sheet_add_column(sheet, "mean", units, 1);
    hw_sheet_add_column(sheet, "difference", units, 1);
    hw_sheet_add_column(sheet, "difference_error", units, 1);
    hw_sheet_add_column(sheet, "worlds", "1", 0);
    hw_sheet_add_column(sheet, "verdict", NULL, 0);
    sheet->view =
        (hw_view){.label_title = "scenario",
                  .label = 0,
                  .across = HW_NO_COLUMN,
                  .columns = {hw_plain_column("mean", 1), hw_error_column("against the best ±", 2, 3, 0),
                              hw_plain_column("worlds", 4), hw_plain_column("verdict", 5)},
                  .column_count = 4};
    uint32_t *order = in_order(ranking), best = hw_selection_best(&ranking->selection);
    bool alone = hw_selection_left(&ranking->selection) == 1;
    double sign = hw_measure_sign(ranking->measure);
    for (uint32_t i = 0; i < ranking->count; i++) {
        uint32_t item = order[i];
        hw_paired found = against_best(ranking, item);
        hw_cell *row = hw_sheet_add_row(sheet, true);
        hw_cell_set_text(&row[0], ranking->items[item].name);
        hw_cell_set_number(&row[1], sign * found.variant + 0.0);
        hw_cell_set_number(&row[2], sign * found.difference + 0.0);
        hw_cell_set_number(&row[3], item == best ? 0 : found.error);
        hw_cell_set_number(&row[4], (double)ranking->selection.seen[item]);
        hw_cell_set_text(&row[5], !ranking->selection.left[item] ? "left out"
                                  : alone                        ? "best"
                                                                 : "may be best");
    }
    free(order);
}

void hw_ranking_build(hw_book *book, const hw_ranking *ranking) {
    hw_ranking_add(book, ranking);
    hw_sheet *findings = hw_book_add(book, "findings", "Findings");
    hw_sheet_add_column(findings, "finding", NULL, 0);
    hw_cell_take_text(hw_sheet_add_row(findings, false), hw_ranking_say(ranking));
    add_about(book, ranking);
}

void hw_ranking_print_head(FILE *out, const hw_ranking *ranking) {
    char *sentence = hw_ranking_say(ranking);
    hw_print_paragraph(out, sentence);
    free(sentence);
    fprintf(out, "\n%s: batches of %" PRIu64 " worlds, seeds from %" PRIu64 "\n", ranking->title,
            ranking->batch, ranking->seed);
    fputs(ranking->known, out);
}
