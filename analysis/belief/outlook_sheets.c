/* Sheets of plans: by kind, and each one. */
#include "analysis/belief/outlook_sheets.h"
#include "analysis/base/memory.h"
#include "analysis/belief/sheets.h"
#include "sim/length.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What plans of a quantity are called. */
static const char *kind_words(const hw_fact_kind *kind) {
    static const struct {
        const char *name, *words;
    } known[] = {{"land_released", "hectares"},
                 {"people_back", "people back"},
                 {"first_families", "return dates"},
                 {"release", "release dates"}};
    for (size_t i = 0; i < HW_LENGTH(known); i++) {
        if (strcmp(known[i].name, kind->name) == 0) {
            return known[i].words;
        }
    }
    return kind->name;
}

static const hw_observation *plan_of(const hw_outlook *outlook, uint32_t i) {
    return &outlook->facts->items[outlook->cases[i].plan];
}

/* ---- By kind ---- */

static char *remark_of(const hw_plan_class *of) {
    if (of->cases == 0) {
        return hw_take_text("no plan of this kind has a fact beside it");
    }
    return of->cases < HW_OUTLOOK_FEWEST ? hw_take_text("too few to tell: %u", of->cases)
                                         : hw_take_text("%u cases", of->cases);
}

static void add_class(hw_sheet *sheet, const hw_outlook *outlook, const hw_fact_kind *kind) {
    hw_plan_class of = hw_plan_class_of(outlook, kind, UINT32_MAX);
    hw_cell *row = hw_sheet_add_row(sheet, true);
    hw_cell_set_text(&row[0], kind_words(kind));
    hw_cell_set_number(&row[1], of.cases);
    hw_cell_set_number(&row[2], of.median);
    hw_cell_set_number(&row[3], of.least);
    hw_cell_set_number(&row[4], of.most);
    hw_cell_set_text(&row[5], kind->day ? "days late" : "of the plan");
    hw_cell_set_number(&row[6], of.cases > 0 ? 100 * of.next_inside : (double)NAN);
    hw_cell_take_text(&row[7], remark_of(&of));
}

static void add_classes(hw_book *book, const hw_outlook *outlook) {
    hw_sheet *sheet = hw_book_add(book, "plans_by_kind", "How far plans have slipped, by kind of plan");
    sheet->note =
        hw_take_text("Shares of what was planned that came; of dates the days by which they were late. Next "
                     "inside: how often "
                     "one more such plan would come out from the least to the greatest of these, if all were "
                     "alike. Several "
                     "plans of one thing are each a case, so there is less in them than their number says.");
    hw_sheet_add_column(sheet, "kind", NULL, 0);
    uint32_t cases = hw_sheet_add_column(sheet, "cases", NULL, 0);
    uint32_t median = hw_sheet_add_column(sheet, "median", "by row", 2);
    uint32_t least = hw_sheet_add_column(sheet, "least", "by row", 2);
    hw_sheet_add_column(sheet, "most", "by row", 2);
    uint32_t slip = hw_sheet_add_column(sheet, "slip_units", NULL, 0);
    uint32_t inside = hw_sheet_add_column(sheet, "next_inside", "%", 0);
    uint32_t remark = hw_sheet_add_column(sheet, "remark", NULL, 0);
    sheet->view = (hw_view){.label_title = "kind", .label = 0, .across = HW_NO_COLUMN, .column_count = 5};
    sheet->view.columns[0] = hw_plain_column("cases", cases);
    sheet->view.columns[1] = hw_range_column("median (range)", median, least, least + 1);
    sheet->view.columns[2] = hw_plain_column("came in at", slip);
    sheet->view.columns[3] = hw_plain_column("next inside, %", inside);
    sheet->view.columns[4] = hw_plain_column("", remark);
    for (uint32_t i = 0; i < outlook->count; i++) {
        const hw_fact_kind *kind = plan_of(outlook, i)->question.kind;
        bool first = true;
        for (uint32_t j = 0; j < i; j++) {
            first = first && plan_of(outlook, j)->question.kind != kind;
        }
        if (first) {
            add_class(sheet, outlook, kind);
        }
    }
}

/* ---- Each plan ---- */

/* Columns, in their order. */
enum {
    NAME,
    KIND,
    UNITS,
    KNOWN,
    PLANNED,
    CAME,
    HOW,
    SLIP,
    LIKE_IT,
    OUTSIDE,
    MODEL = OUTSIDE + 3,
    AS_PLANNED = MODEL + 3,
    PLAN_COLUMNS
};
static const char *const plan_columns[PLAN_COLUMNS] = {
    "plan",      "kind",      "units",      "known_by",        "planned",     "came",
    "came_is",   "slip",      "cases_else", "outside_median",  "outside_low", "outside_high",
    "model_p50", "model_p10", "model_p90",  "model_as_planned"};

/* In how many futures it is at least what was planned, of dates not later. */
static double share_as_planned(const hw_besides *besides, uint32_t plan, double planned) {
    const double *sample = besides->samples[plan];
    bool day = besides->observations->items[plan].question.kind->day;
    uint64_t count = 0;
    for (uint64_t r = 0; r < besides->outcomes->count; r++) {
        count += day ? floor(sample[r]) <= planned : sample[r] >= planned; /* false for NaN */
    }
    return (double)count / (double)besides->outcomes->count;
}

static void set_model(hw_cell *row, const hw_besides *besides, const hw_plan_case *one) {
    if (besides->outcomes == NULL || !besides->rows[one->plan].told) {
        return;
    }
    const hw_beside *beside = &besides->rows[one->plan];
    const hw_fact_kind *kind = beside->observation->question.kind;
    const double values[] = {beside->p50.value, beside->p10.value, beside->p90.value};
    for (size_t q = 0; q < HW_LENGTH(values); q++) {
        hw_fact_set(&row[MODEL + q], kind, values[q], besides->outcomes->horizon);
    }
    hw_cell_set_number(&row[AS_PLANNED], 100 * share_as_planned(besides, one->plan, one->planned));
}

/* By the other plans of its kind: what came of this one does not tell what was to be expected of it. */
static void set_outside(hw_cell *row, const hw_outlook *outlook, uint32_t i) {
    const hw_fact_kind *kind = plan_of(outlook, i)->question.kind;
    hw_plan_class else_ = hw_plan_class_of(outlook, kind, i);
    const double slips[] = {else_.median, else_.least, else_.most};
    hw_cell_set_number(&row[LIKE_IT], else_.cases);
    for (size_t s = 0; s < HW_LENGTH(slips) && else_.cases > 0; s++) {
        hw_fact_set(&row[OUTSIDE + s], kind, hw_plan_slipped(kind, outlook->cases[i].planned, slips[s]),
                    INT64_MAX);
    }
}

static void add_plan(hw_sheet *sheet, const hw_outlook *outlook, uint32_t i, const hw_besides *besides) {
    const hw_plan_case *one = &outlook->cases[i];
    const hw_observation *plan = plan_of(outlook, i);
    const hw_fact_kind *kind = plan->question.kind;
    hw_cell *row = hw_sheet_add_row(sheet, true);
    hw_cell_set_text(&row[NAME], hw_observation_text(plan, HW_FACT_NAME));
    hw_cell_set_text(&row[KIND], kind_words(kind));
    hw_cell_set_text(&row[UNITS], kind->units);
    row[KNOWN] = (hw_cell){.kind = HW_CELL_DATE, .number = (double)plan->known_by};
    hw_fact_set(&row[PLANNED], kind, one->planned, INT64_MAX);
    if (!isnan(one->came)) {
        hw_fact_set(&row[CAME], kind, one->came, INT64_MAX);
        hw_cell_set_text(&row[HOW], one->how != NULL ? one->how : "a fact of these days");
    } else {
        hw_cell_set_text(&row[HOW], "not known");
    }
    hw_cell_set_number(&row[SLIP], one->slip);
    set_outside(row, outlook, i);
    set_model(row, besides, one);
}

static void view_plans(hw_sheet *sheet, bool model) {
    sheet->view = (hw_view){
        .label_title = "plan", .label = NAME, .across = HW_NO_COLUMN, .column_count = model ? 7 : 5};
    sheet->view.columns[0] = hw_plain_column("planned", PLANNED);
    sheet->view.columns[1] = hw_plain_column("came", CAME);
    sheet->view.columns[2] = hw_plain_column("slip", SLIP);
    sheet->view.columns[3] = hw_range_column("outside view", OUTSIDE, OUTSIDE + 1, OUTSIDE + 2);
    sheet->view.columns[4] = hw_plain_column("from others", LIKE_IT);
    sheet->view.columns[5] = hw_range_column("the model", MODEL, MODEL + 1, MODEL + 2);
    sheet->view.columns[6] = hw_plain_column("as planned, %", AS_PLANNED);
}

void hw_outlook_build(hw_book *book, const hw_outlook *outlook, const hw_besides *besides) {
    add_classes(book, outlook);
    hw_sheet *sheet = hw_book_add(book, "plans", "Each plan: what came, the outside view, and the model");
    sheet->note = hw_take_text(
        "Outside view: the plan, slipped as the other plans of its kind did, in the median and from the "
        "least to "
        "the most (from others: how many). The model: P50 (P10–P90) of the same thing; as planned: in how "
        "many of "
        "its futures it is no less, of dates no later. Slip as above. Land in ha, money in million USD.");
    for (uint32_t c = 0; c < PLAN_COLUMNS; c++) {
        bool text = c == NAME || c == KIND || c == UNITS || c == HOW || c == LIKE_IT;
        const char *units = c == KNOWN ? "date" : c == AS_PLANNED ? "%" : text ? NULL : "by row";
        hw_sheet_add_column(sheet, plan_columns[c], units, c == SLIP ? 2 : 0);
    }
    view_plans(sheet, besides->outcomes != NULL);
    for (uint32_t i = 0; i < outlook->count; i++) {
        add_plan(sheet, outlook, i, besides);
    }
}
