/* A sensitivity analysis as sheets: the influences, and how far each outcome can be trusted with them. */
#include "analysis/base/memory.h"
#include "analysis/results/censoring.h"
#include "analysis/sensitivity/parts.h"
#include "sim/length.h"
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { OUTCOMES_SHOWN = 6, FACTORS_SHOWN = 10, DECIMALS = 2 };

/* A share of noise in the variance of point means from which on indices are visibly bent. */
static const double noise_much = 0.05;

/* What the sheets say of each kind of design. */
typedef struct words {
    const char *sheet, *title, *note;
    const char *measures[HW_SENSITIVITY_MEASURES]; /* columns; NULL behind the last */
    const char *titles[HW_SENSITIVITY_MEASURES];
    const char *units;
    uint32_t first; /* measure that the terminal shows first */
    const char *parts;
    uint32_t parts_few;
} words;

static const words words_of[] = {
    [HW_SENSITIVITY_SOBOL] =
        {.sheet = "sobol_indices",
         .title = "Sobol indices: shares of the variance over all points, with 95 % bootstrap intervals",
         .note = "Total: the share that would be left if all other factors were known. Main: the share that "
                 "would go if "
                 "this factor alone were known; less than total by what it does only together with others. "
                 "Estimators: "
                 "Jansen 1999 (total), Saltelli 2010 (main). Intervals tell of the choice of points; of that "
                 "of the random worlds, "
                 "which all points share, only when outcomes are kept. From zero? 'total only': main could "
                 "be zero; "
                 "'noise?': the "
                 "noise of replications alone could look like this.",
         .measures = {"main", "total"},
         .titles = {"main (95 %)", "total (95 %)"},
         .units = "share of variance",
         .first = HW_SOBOL_TOTAL,
         .parts = "rows",
         .parts_few = 30},
    [HW_SENSITIVITY_MORRIS] =
        {.sheet = "morris_measures",
         .title =
             "Morris measures: change of the outcome over the whole range of a factor, with 95 % intervals",
         .note = "mu*: mean size of the effect, whatever its sign; mu: mean effect; sigma: how much the "
                 "effect depends "
                 "on where all factors stand. In the units of the outcome (days for dates). They rank "
                 "factors; they are "
                 "not shares of variance. From zero? 'uneven': sigma is more than noise too; 'noise?': the "
                 "noise of "
                 "replications alone could look like this.",
         .measures = {"mu", "mu_star", "sigma"},
         .titles = {"mu (95 %)", "mu* (95 %)", "sigma (95 %)"},
         .units = "as units say",
         .first = HW_MORRIS_MU_STAR,
         .parts = "trajectories",
         .parts_few = 10},
    [HW_SENSITIVITY_REGRESSION] =
        {.sheet = "correlations",
         .title = "Rank correlations and standardised regression coefficients, with 95 % bootstrap intervals",
         .note = "These are not Sobol indices and not shares of variance: they see only effects that go one "
                 "way, and no "
                 "interactions; a factor near zero may still matter. What the regression explains says how "
                 "much they "
                 "can tell. Words have no order: of two, the step from the first to the second in the "
                 "alphabet is "
                 "told, of more nothing. Intervals tell of the choice of points, not of the random worlds, "
                 "which all points share; on a grid or a factorial design the intervals are rough. The "
                 "designs sobol "
                 "and morris tell more.",
         .measures = {"rank_correlation", "coefficient"},
         .titles = {"rank correlation (95 %)", "coefficient (95 %)"},
         .units = "1",
         .first = HW_REGRESSION_RANK,
         .parts = "points",
         .parts_few = 30},
};

/* ---- Influences ---- */

enum { OUTCOME, OUTPUT, ELEMENT, SCENARIO, UNITS, RANK, FACTOR, PATH, ASSUMED, FIRST_MEASURE };
enum { VALUE, LOW, HIGH, TOLD, OF_MEASURE };

static uint32_t measure_count(const words *w) {
    uint32_t count = 0;
    while (count < HW_SENSITIVITY_MEASURES && w->measures[count] != NULL) {
        count++;
    }
    return count;
}

static void view_column(hw_sheet *sheet, hw_view_column column) {
    sheet->view.columns[sheet->view.column_count++] = column;
}

static void view_measure(hw_sheet *sheet, const words *w, uint32_t measure) {
    uint32_t at = FIRST_MEASURE + measure * OF_MEASURE;
    view_column(sheet, hw_range_column(w->titles[measure], at + VALUE, at + LOW, at + HIGH));
}

static void add_influence_columns(hw_sheet *sheet, hw_sensitivity_kind kind) {
    static const char *const names[] = {"outcome", "output", "element", "scenario", "units",
                                        "rank",    "factor", "path",    "assumed"};
    const words *w = &words_of[kind];
    for (uint32_t c = 0; c < FIRST_MEASURE; c++) {
        hw_sheet_add_column(sheet, names[c], c == RANK ? "1" : NULL, 0);
    }
    for (uint32_t m = 0; m < measure_count(w); m++) {
        static const char *const endings[OF_MEASURE] = {"", "_low", "_high", "_told"};
        for (uint32_t c = 0; c < OF_MEASURE; c++) {
            char *name = hw_take_text("%s%s", w->measures[m], endings[c]);
            hw_sheet_add_column(sheet, name, c == TOLD ? NULL : w->units, DECIMALS);
            free(name);
        }
    }
    if (kind == HW_SENSITIVITY_SOBOL) {
        hw_sheet_add_column(sheet, "main_less_noise", w->units, 2);
        hw_sheet_add_column(sheet, "total_less_noise", w->units, 2);
    } else if (kind == HW_SENSITIVITY_MORRIS) {
        hw_sheet_add_column(sheet, "noise_of_effect", w->units, 2);
    }
    uint32_t verdict = hw_sheet_add_column(sheet, "told_from_zero", NULL, 0);
    hw_sheet_add_column(sheet, "about", NULL, 0);
    hw_sheet_add_column(sheet, "censored_most", "%", 1);
    sheet->view = (hw_view){
        .label_title = "outcome", .label = OUTCOME, .across = HW_NO_COLUMN, .repeated = 1 /* the factor */};
    view_column(sheet, hw_plain_column("factor", FACTOR));
    view_column(sheet, hw_plain_column("basis", ASSUMED));
    view_column(sheet, hw_plain_column("from zero?", verdict));
    view_measure(sheet, w, w->first);
    for (uint32_t m = 0; m < measure_count(w); m++) {
        if (m != w->first) {
            view_measure(sheet, w, m);
        }
    }
}

static const char *verdict_words(hw_influence_verdict verdict) {
    static const char *const texts[] = {
        [HW_INFLUENCE_UNKNOWN] = "unknown", [HW_INFLUENCE_NONE] = "no",
        [HW_INFLUENCE_NOISE] = "noise?",    [HW_INFLUENCE_TOTAL_ONLY] = "total only",
        [HW_INFLUENCE_CLEAR] = "yes",       [HW_INFLUENCE_UNEVEN] = "yes, uneven"};
    return texts[verdict];
}

static char *full_label(const hw_sensitivity *s, const hw_sensitivity_of *of) {
    return s->scenario_count > 1 ? hw_take_text("%s (%s)", of->label, of->scenario)
                                 : hw_take_text("%s", of->label);
}

static void set_measure(hw_cell *cells, hw_bounds bounds, bool told) {
    hw_cell_set_number(&cells[VALUE], bounds.value);
    hw_cell_set_number(&cells[LOW], bounds.low);
    hw_cell_set_number(&cells[HIGH], bounds.high);
    if (!isnan(bounds.value)) {
        hw_cell_set_text(&cells[TOLD], told ? "yes" : "no");
    }
}

static void add_influence(hw_sheet *sheet, const hw_sensitivity *s, const hw_sensitivity_of *of,
                          const hw_influence *influence, bool shown) {
    hw_cell *row = hw_sheet_add_row(sheet, shown);
    const char *const texts[] = {of->output, of->element, of->scenario, of->units};
    hw_cell_take_text(&row[OUTCOME], full_label(s, of));
    for (uint32_t c = 0; c < HW_LENGTH(texts); c++) {
        hw_cell_set_text(&row[OUTPUT + c], texts[c]);
    }
    if (influence->rank > 0) {
        hw_cell_set_number(&row[RANK], influence->rank);
    }
    hw_cell_set_text(&row[FACTOR], influence->factor);
    hw_cell_set_text(&row[PATH], influence->path);
    hw_cell_set_text(&row[ASSUMED], influence->assumed ? "assumed" : "");
    uint32_t next = FIRST_MEASURE;
    for (uint32_t m = 0; m < measure_count(&words_of[s->kind]); m++, next += OF_MEASURE) {
        set_measure(&row[next], influence->measures[m], influence->told[m]);
        for (uint32_t c = VALUE; s->kind == HW_SENSITIVITY_MORRIS && c <= HIGH; c++) {
            hw_sensitivity_round(&row[next + c], of->units, DECIMALS);
        }
    }
    if (s->kind == HW_SENSITIVITY_SOBOL) {
        hw_cell_set_number(&row[next++], influence->less_noise[HW_SOBOL_MAIN]);
        hw_cell_set_number(&row[next++], influence->less_noise[HW_SOBOL_TOTAL]);
    } else if (s->kind == HW_SENSITIVITY_MORRIS) {
        hw_cell_set_number(&row[next++], influence->noise);
    }
    hw_cell_set_text(&row[next++], verdict_words(influence->verdict));
    hw_cell_set_text(&row[next++], influence->about != NULL ? influence->about : "");
    hw_cell_set_number(&row[next], 100 * of->censored);
}

static void add_influences(hw_book *book, const hw_sensitivity *s, bool one_outcome) {
    const words *w = &words_of[s->kind];
    hw_sheet *sheet = hw_book_add(book, w->sheet, w->title);
    sheet->note = hw_take_text(
        "%s Ranked within each outcome; 'assumed': nobody measured the scenario's own value.%s", w->note,
        one_outcome ? ""
                    : " The terminal shows the first outcomes and factors: --outcome NAME, --csv FOLDER or "
                      "--json tell the others.");
    add_influence_columns(sheet, s->kind);
    for (uint32_t i = 0; i < s->count; i++) {
        for (uint32_t f = 0; f < s->items[i].influence_count; f++) {
            bool shown =
                s->items[i].about == NULL && (one_outcome || (i < OUTCOMES_SHOWN && f < FACTORS_SHOWN));
            add_influence(sheet, s, &s->items[i], &s->items[i].influences[f], shown);
        }
    }
}

/* ---- Outcomes ---- */

enum {
    OF_OUTCOME,
    OF_SCENARIO,
    OF_UNITS,
    SD,
    PARTS,
    DROPPED,
    RESAMPLES,
    NOISE,
    NOISE_IS,
    SUM,
    EXPLAINED,
    CAUTION,
    CENSORED,
    CENSORING
};

static void add_outcome_columns(hw_sheet *sheet, hw_sensitivity_kind kind) {
    const words *w = &words_of[kind];
    const char *const names[] = {"outcome", "scenario", "units"}, *const counts[] = {w->parts, "dropped",
                                                                                     "resamples"};
    hw_sheet_add_columns(sheet, names, HW_LENGTH(names), NULL, 0);
    hw_sheet_add_column(sheet, "sd", "as units say", DECIMALS);
    hw_sheet_add_columns(sheet, counts, HW_LENGTH(counts), "1", 0);
    hw_sheet_add_column(sheet, "noise", "%", 1);
    hw_sheet_add_column(sheet, "noise_is", NULL, 0);
    hw_sheet_add_column(sheet, "sum_of_mains", "share of variance", 2);
    hw_sheet_add_column(sheet, "explained", "%", 1);
    hw_sheet_add_column(sheet, "caution", NULL, 0);
    hw_sheet_add_column(sheet, "censored_most", "%", 1);
    hw_sheet_add_column(sheet, "censoring", NULL, 0);
    sheet->view = (hw_view){.label_title = "outcome", .label = OF_OUTCOME, .across = HW_NO_COLUMN};
    view_column(sheet, hw_plain_column("units", OF_UNITS));
    view_column(sheet, hw_plain_column("sd of points", SD));
    view_column(sheet, hw_plain_column(w->parts, PARTS));
    view_column(sheet, hw_plain_column("noise, %", NOISE));
    view_column(sheet, hw_plain_column("which is", NOISE_IS));
    if (kind == HW_SENSITIVITY_SOBOL) {
        view_column(sheet, hw_plain_column("sum of mains", SUM));
    } else if (kind == HW_SENSITIVITY_REGRESSION) {
        view_column(sheet, hw_plain_column("explained, %", EXPLAINED));
    }
    view_column(sheet, hw_plain_column("caution", CAUTION));
    view_column(sheet, hw_plain_column("censoring", CENSORING));
}

/* What a reader must know before using the figures; "" when nothing. */
static char *caution_of(const hw_sensitivity *s, const hw_sensitivity_of *of) {
    const words *w = &words_of[s->kind];
    if (of->about != NULL) {
        return hw_take_text("nothing to tell: %s", of->about);
    }
    char *text = NULL;
    size_t length = 0;
    FILE *out = hw_take_stream(&text, &length);
    if (of->parts < w->parts_few) {
        fprintf(out, "few %s: intervals are too narrow; ", w->parts);
    }
    if (of->dropped > 0) {
        fprintf(out, "%" PRIu64 " %s without an answer left out; ", of->dropped, w->parts);
    }
    if (isnan(of->noise_share)) {
        fputs("noise unknown: one replication; ", out);
    } else if (of->noise_share > noise_much && !of->noise_removed) {
        fputs(s->kind == HW_SENSITIVITY_SOBOL
                  ? "noise may bend the indices: more replications, or keep: outcomes; "
                  : "may be noisy: more replications; ",
              out);
    }
    fclose(out);
    if (length > 2) {
        text[length - 2] = '\0';
    }
    return text;
}

static void add_outcome(hw_sheet *sheet, const hw_sensitivity *s, const hw_sensitivity_of *of, bool shown) {
    hw_cell *row = hw_sheet_add_row(sheet, shown);
    hw_cell_take_text(&row[OF_OUTCOME], full_label(s, of));
    hw_cell_set_text(&row[OF_SCENARIO], of->scenario);
    hw_cell_set_text(&row[OF_UNITS], of->units);
    hw_cell_set_number(&row[SD], of->sd);
    hw_sensitivity_round(&row[SD], of->units, DECIMALS);
    hw_cell_set_number(&row[PARTS], (double)of->parts);
    hw_cell_set_number(&row[DROPPED], (double)of->dropped);
    hw_cell_set_number(&row[RESAMPLES], of->resamples);
    hw_cell_set_number(&row[NOISE], 100 * of->noise_share);
    if (!isnan(of->noise_share)) {
        bool taken = of->noise_removed && s->kind == HW_SENSITIVITY_SOBOL;
        hw_cell_set_text(&row[NOISE_IS], taken ? "taken off" : "at most");
    }
    hw_cell_set_number(&row[SUM], of->sum_of_mains);
    hw_cell_set_number(&row[EXPLAINED], 100 * of->explained);
    hw_cell_take_text(&row[CAUTION], caution_of(s, of));
    hw_cell_set_number(&row[CENSORED], 100 * of->censored);
    hw_cell_take_text(&row[CENSORING], hw_censored_words(of->censored));
}

/* What the noise does to the figures, for the outcomes that are shown. */
static const char *noise_words(const hw_sensitivity *s) {
    if (s->kind != HW_SENSITIVITY_SOBOL) {
        return "";
    }
    for (uint32_t i = 0; i < s->count; i++) {
        if (s->items[i].about == NULL && !s->items[i].noise_removed) {
            return " Noise that is independent turns main into main (1 - noise), total into total (1 - "
                   "noise) + noise; "
                   "main_less_noise and total_less_noise undo it (--csv, --json). 'keep: outcomes' in the "
                   "design "
                   "measures the noise and takes it off.";
        }
    }
    return " 'taken off': measured world by world, and not in the indices any more.";
}

/* What it means, where an outcome that is shown is heavily censored. */
static const char *censored_note(const hw_sensitivity *s) {
    for (uint32_t i = 0; i < s->count; i++) {
        if (s->items[i].about == NULL && hw_censored_heavily(s->items[i].censored)) {
            return hw_censored_note;
        }
    }
    return "";
}

static void add_outcomes(hw_book *book, const hw_sensitivity *s, bool one_outcome) {
    hw_sheet *sheet =
        hw_book_add(book, "sensitivity_outcomes", "How far each outcome moves, and what is noise");
    sheet->note = hw_take_text(
        "Noise: share of the variance of point means that comes from their limited "
        "replications. 'at most': as if points had different worlds; they share them, so it is "
        "usually less.%s Intervals rest on %u resamples with fixed random keys.%s%s",
        noise_words(s), s->count ? s->items[0].resamples : 0, *censored_note(s) ? " " : "", censored_note(s));
    add_outcome_columns(sheet, s->kind);
    for (uint32_t i = 0; i < s->count; i++) {
        add_outcome(sheet, s, &s->items[i], one_outcome || i < OUTCOMES_SHOWN);
    }
}

void hw_sensitivity_build(hw_book *book, const hw_sensitivity *sensitivity, bool one_outcome) {
    add_influences(book, sensitivity, one_outcome);
    add_outcomes(book, sensitivity, one_outcome);
    hw_sensitivity_add_factors(book, sensitivity);
}
