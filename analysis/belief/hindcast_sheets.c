/* Sheets of hindcasts: origins, facts, scores, coverage. */
#include "analysis/belief/hindcast_sheets.h"
#include "analysis/base/memory.h"
#include "analysis/belief/sheets.h"
#include "sim/length.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static hw_cell date_cell(int64_t day) {
    return (hw_cell){.kind = HW_CELL_DATE, .number = (double)day};
}

static void show(hw_sheet *sheet, const char *title, uint32_t column) {
    sheet->view.columns[sheet->view.column_count++] = hw_plain_column(title, column);
}

static void add_origins(hw_book *book, const hw_hindcast *h) {
    hw_sheet *sheet = hw_book_add(book, "hindcast_origins", "What was known at each origin");
    hw_sheet_add_column(sheet, "origin", "date", 0);
    uint32_t facts = hw_sheet_add_column(sheet, "facts", NULL, 0);
    uint32_t power = hw_sheet_add_column(sheet, "power", "1", 3);
    uint32_t effective = hw_sheet_add_column(sheet, "effective", "1", 0);
    hw_sheet_add_column(sheet, "largest_weight", "1", 4);
    sheet->view = (hw_view){.label_title = "origin", .label = 0, .across = HW_NO_COLUMN};
    show(sheet, "facts learnt from", facts);
    show(sheet, "power", power);
    show(sheet, "effective replications", effective);
    for (uint32_t o = 0; o < h->origin_count; o++) {
        const hw_weights *w = &h->origins[o].weights;
        hw_cell *row = hw_sheet_add_row(sheet, true);
        row[0] = date_cell(w->as_of);
        hw_cell_set_number(&row[1], w->facts);
        hw_cell_set_number(&row[2], w->tempered.power);
        hw_cell_set_number(&row[3], w->tempered.effective);
        hw_cell_set_number(&row[4], w->tempered.largest);
    }
}

/* ---- Each fact ---- */

static void set_beside(hw_cell *cells, const hw_beside *beside, int64_t horizon) {
    const hw_fact_kind *kind = beside->observation->question.kind;
    const double values[] = {beside->p10.value, beside->p50.value, beside->p90.value};
    for (size_t q = 0; q < HW_LENGTH(values); q++) {
        hw_fact_set(&cells[q], kind, values[q], horizon);
    }
    hw_cell_set_number(&cells[3], 100 * beside->pit);
    hw_cell_set_number(&cells[4], beside->crps * kind->in_units);
}

/* Columns of the forecast in its three states: those before anything is learnt end in "_before", those as
 * weighed in "_weighed". */
static void add_facts(hw_book *book, const hw_hindcast *h, int64_t horizon) {
    static const char *const columns[] = {"origin",
                                          "name",
                                          "group",
                                          "units",
                                          "fact",
                                          "p10_before",
                                          "p50_before",
                                          "p90_before",
                                          "pit_before",
                                          "crps_before",
                                          "p10_weighed",
                                          "p50_weighed",
                                          "p90_weighed",
                                          "pit_weighed",
                                          "crps_weighed",
                                          "p10",
                                          "p50",
                                          "p90",
                                          "pit",
                                          "crps",
                                          "inside_50_weighed",
                                          "inside_80_weighed",
                                          "inside_95_weighed",
                                          "inside_50",
                                          "inside_80",
                                          "inside_95",
                                          "bias",
                                          "last_year",
                                          "three_years",
                                          "straight",
                                          "by_area",
                                          "plan"};
    enum { BEFORE = 5, WEIGHED = 10, AFTER = 15, INSIDE_WEIGHED = 20, INSIDE = 23, BIAS = 26, RULES = 27 };
    hw_sheet *sheet = hw_book_add(book, "hindcast_facts", "Each fact as forecast from each origin");
    hw_sheet_add_columns(sheet, columns, HW_LENGTH(columns), NULL, 0);
    for (uint32_t i = 0; i < h->count; i++) {
        const hw_hindcast_row *r = &h->rows[i];
        const hw_observation *o = r->after.observation;
        const hw_fact_kind *kind = o->question.kind;
        const double rules[] = {r->baselines.last_year, r->baselines.three_years, r->baselines.straight,
                                r->baselines.by_area, r->baselines.plan};
        hw_cell *row = hw_sheet_add_row(sheet, false);
        row[0] = date_cell(r->origin);
        hw_cell_set_text(&row[1], hw_observation_text(o, HW_FACT_NAME));
        hw_cell_take_text(&row[2], hw_fact_group(o));
        hw_cell_set_text(&row[3], kind->units);
        hw_fact_set(&row[4], kind, hw_observation_value(o), horizon);
        set_beside(&row[BEFORE], &r->before, horizon);
        set_beside(&row[WEIGHED], &r->weighed, horizon);
        set_beside(&row[AFTER], &r->after, horizon);
        for (int level = 0; level < HW_LEVELS; level++) {
            hw_cell_set_text(&row[INSIDE_WEIGHED + level], r->inside_weighed[level] ? "yes" : "no");
            hw_cell_set_text(&row[INSIDE + level], r->inside[level] ? "yes" : "no");
        }
        hw_cell_set_number(&row[BIAS], r->bias);
        for (size_t rule = 0; rule < HW_LENGTH(rules); rule++) {
            hw_fact_set(&row[RULES + rule], kind, rules[rule], horizon);
        }
    }
}

/* ---- Groups ---- */

/* The groups in the order of their first facts; a NULL ends them. The caller frees each and the list. */
static char **groups_of(const hw_hindcast *h) {
    char **groups = hw_take(h->count + 1, sizeof *groups);
    uint32_t count = 0;
    for (uint32_t i = 0; i < h->count; i++) {
        char *own = hw_fact_group(h->rows[i].after.observation);
        bool known = false;
        for (uint32_t g = 0; g < count && !known; g++) {
            known = strcmp(groups[g], own) == 0;
        }
        if (known) {
            free(own);
        } else {
            groups[count++] = own;
        }
    }
    return groups;
}

static void free_groups(char **groups) {
    for (char **group = groups; *group != NULL; group++) {
        free(*group);
    }
    free(groups);
}

static const hw_fact_kind *kind_of_group(const hw_hindcast *h, const char *group) {
    for (uint32_t i = 0; i < h->count; i++) {
        char *own = hw_fact_group(h->rows[i].after.observation);
        bool same = strcmp(own, group) == 0;
        free(own);
        if (same) {
            return h->rows[i].after.observation->question.kind;
        }
    }
    return NULL;
}

/* The rule's mean error, and the model's score as a share of it. */
static hw_cell *set_against(hw_cell *cell, const hw_score_against *score, double in_units) {
    hw_cell_set_number(cell++, (double)score->facts);
    hw_cell_set_number(cell++, score->facts > 0 ? score->rule * in_units : (double)NAN);
    hw_cell_set_number(cell++,
                       score->facts > 0 && score->rule > 0 ? score->model / score->rule : (double)NAN);
    return cell;
}

static const char score_note[] =
    "CRPS: the mean distance from what came, less half the spread; smaller is better. Before: all "
    "replications alike; weighed: by the facts known at the origin; with discrepancy: spread by how far the "
    "model was off before, too. Of ...: that CRPS as a share of the error of simple rules, over the facts "
    "for which they say something: the pace of the last known year, the mean pace "
    "of the last three, that "
    "since "
    "the start (line), of districts last year's pace of the country by their share of the area, the official "
    "plan. Above 1 the rule was better. Land in ha, money in million USD, dates in days.";

static void add_scores(hw_book *book, const hw_hindcast *h, char **groups) {
    static const char *const rules[][3] = {{"last_year_facts", "last_year_error", "of_last_year"},
                                           {"three_years_facts", "three_years_error", "of_three_years"},
                                           {"straight_facts", "straight_error", "of_straight"},
                                           {"by_area_facts", "by_area_error", "of_by_area"},
                                           {"plan_facts", "plan_error", "of_plan"}};
    hw_sheet *sheet = hw_book_add(book, "hindcast_scores", "Scores of the forecasts, by group of facts");
    sheet->note = hw_take_text("%s", score_note);
    hw_sheet_add_column(sheet, "group", NULL, 0);
    uint32_t facts = hw_sheet_add_column(sheet, "facts", NULL, 0);
    uint32_t before = hw_sheet_add_column(sheet, "crps_before", "by row", 1);
    uint32_t weighed = hw_sheet_add_column(sheet, "crps_weighed", "by row", 1);
    uint32_t after = hw_sheet_add_column(sheet, "crps", "by row", 1);
    uint32_t bias = hw_sheet_add_column(sheet, "bias", "1", 2), first = sheet->column_count;
    for (size_t r = 0; r < HW_LENGTH(rules); r++) {
        hw_sheet_add_column(sheet, rules[r][0], NULL, 0);
        hw_sheet_add_column(sheet, rules[r][1], "by row", 1);
        hw_sheet_add_column(sheet, rules[r][2], "1", 2);
    }
    sheet->view = (hw_view){.label_title = "group", .label = 0, .across = HW_NO_COLUMN};
    show(sheet, "facts", facts);
    show(sheet, "before", before);
    show(sheet, "weighed", weighed);
    show(sheet, "with discrepancy", after);
    show(sheet, "bias", bias);
    show(sheet, "of last year", first + 2);
    show(sheet, "of three years", first + 5);
    show(sheet, "of line", first + 8);
    show(sheet, "of area", first + 11);
    show(sheet, "of plan", first + 14);
    for (char **group = groups; *group != NULL; group++) {
        hw_group_score score = hw_hindcast_score(h, *group);
        const hw_fact_kind *kind = kind_of_group(h, *group);
        hw_cell *cell = hw_sheet_add_row(sheet, true);
        hw_cell_set_text(cell++, *group);
        hw_cell_set_number(cell++, (double)score.facts);
        hw_cell_set_number(cell++, score.before * kind->in_units);
        hw_cell_set_number(cell++, score.weighed * kind->in_units);
        hw_cell_set_number(cell++, score.after * kind->in_units);
        hw_cell_set_number(cell++, score.bias);
        cell = set_against(cell, &score.last_year, kind->in_units);
        cell = set_against(cell, &score.three_years, kind->in_units);
        cell = set_against(cell, &score.straight, kind->in_units);
        cell = set_against(cell, &score.by_area, kind->in_units);
        set_against(cell, &score.plan, kind->in_units);
    }
}

static void add_covered(hw_sheet *sheet, const hw_hindcast *h, const char *group) {
    hw_group_score score = hw_hindcast_score(h, group);
    hw_cell *cell = hw_sheet_add_row(sheet, true);
    hw_cell_set_text(cell++, group != NULL ? group : "all");
    hw_cell_set_number(cell++, (double)score.facts);
    hw_cell_set_number(cell++, 100 * (double)score.inside_before / (double)score.facts);
    for (int level = 0; level < HW_LEVELS; level++) {
        hw_cell_set_number(cell++, 100 * (double)score.inside_weighed[level] / (double)score.facts);
    }
    for (int level = 0; level < HW_LEVELS; level++) {
        const hw_coverage *c = &score.coverage[level];
        const size_t counts[] = {c->inside, c->low, c->high};
        for (size_t i = 0; i < HW_LENGTH(counts); i++) {
            hw_cell_set_number(cell++, 100 * (double)counts[i] / (double)c->count);
        }
    }
}

static void add_coverage(hw_book *book, const hw_hindcast *h, char **groups) {
    static const char *const columns[][3] = {{"inside_50", "expected_50_low", "expected_50_high"},
                                             {"inside_80", "expected_80_low", "expected_80_high"},
                                             {"inside_95", "expected_95_low", "expected_95_high"}};
    static const char *const without[] = {"inside_50_weighed", "inside_80_weighed", "inside_95_weighed"};
    static const char *const titles[] = {"50 % (expected)", "80 % (expected)", "95 % (expected)"};
    hw_sheet *sheet = hw_book_add(book, "hindcast_coverage", "Facts inside of central intervals, %");
    sheet->note = hw_take_text("After the facts known at the origin. \"80 %% without\" is without the "
                               "discrepancy: only as they weigh "
                               "the futures. Expected: what 95 of 100 calibrated forecasters would have, "
                               "were the facts independent. "
                               "They are not.");
    hw_sheet_add_column(sheet, "group", NULL, 0);
    uint32_t facts = hw_sheet_add_column(sheet, "facts", NULL, 0);
    hw_sheet_add_column(sheet, "inside_80_before", "%", 0);
    uint32_t weighed = sheet->column_count;
    hw_sheet_add_columns(sheet, without, HW_LENGTH(without), "%", 0);
    sheet->view = (hw_view){.label_title = "group", .label = 0, .across = HW_NO_COLUMN};
    show(sheet, "facts", facts);
    show(sheet, "80 % without", weighed + 1);
    for (int level = 0; level < HW_LEVELS; level++) {
        uint32_t first = sheet->column_count;
        hw_sheet_add_columns(sheet, columns[level], 3, "%", 0);
        sheet->view.columns[sheet->view.column_count++] =
            hw_range_column(titles[level], first, first + 1, first + 2);
    }
    for (char **group = groups; *group != NULL; group++) {
        add_covered(sheet, h, *group);
    }
    add_covered(sheet, h, NULL);
}

/* ---- Discrepancy ---- */

static void add_discrepancy(hw_book *book, const hw_hindcast *h) {
    hw_sheet *sheet = hw_book_add(book, "hindcast_discrepancy", "How far the model is taken to be off");
    sheet->note = hw_take_text(
        "By group of facts: the model's usual error times a factor that is learnt from forecasts of earlier "
        "origins, as far as what came was known. Without such a fact it is 1, and outside a half to 2 as one "
        "in three times. Of amounts in %% of a year's, of dates in days.");
    hw_sheet_add_column(sheet, "origin", "date", 0);
    uint32_t group = hw_sheet_add_column(sheet, "group", NULL, 0);
    uint32_t facts = hw_sheet_add_column(sheet, "facts", NULL, 0);
    uint32_t factor = hw_sheet_add_column(sheet, "factor", "1", 2);
    uint32_t off = hw_sheet_add_column(sheet, "off", "by row", 0);
    uint32_t units = hw_sheet_add_column(sheet, "units", NULL, 0);
    sheet->view = (hw_view){.label_title = "origin", .label = 0, .across = HW_NO_COLUMN};
    show(sheet, "group", group);
    show(sheet, "facts", facts);
    show(sheet, "factor", factor);
    show(sheet, "off by", off);
    show(sheet, "", units);
    for (uint32_t o = 0; o < h->origin_count; o++) {
        const hw_origin *origin = &h->origins[o];
        for (uint32_t g = 0; g < origin->discrepancy.count; g++) {
            const hw_group_error *error = &origin->discrepancy.groups[g];
            uint32_t fact = 0;
            while (origin->discrepancy.group_of[fact] != g) {
                fact++;
            }
            hw_observation whole = origin->besides->observations->items[fact];
            whole.question.from = INT64_MIN;
            const hw_model_error model = hw_learning_error(&origin->learning, fact);
            bool day = whole.question.kind->day;
            hw_cell *row = hw_sheet_add_row(sheet, error->facts > 0);
            row[0] = date_cell(origin->learning.as_of);
            hw_cell_set_text(&row[1], error->group);
            hw_cell_set_number(&row[2], error->facts);
            hw_cell_set_number(&row[3], error->factor);
            hw_cell_set_number(&row[4], (day ? 1 : 100) * hw_fact_model_error(&whole, &model));
            hw_cell_set_text(&row[5], day ? "days" : "%");
        }
    }
}

void hw_hindcast_build(hw_book *book, const hw_hindcast *hindcast) {
    int64_t horizon = hindcast->origins[0].besides->outcomes->horizon;
    char **groups = groups_of(hindcast);
    add_origins(book, hindcast);
    if (hindcast->count > 0) {
        add_facts(book, hindcast, horizon);
        add_scores(book, hindcast, groups);
        add_coverage(book, hindcast, groups);
        add_discrepancy(book, hindcast);
    }
    free_groups(groups);
}
