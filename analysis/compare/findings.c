/* The findings of a comparison in sentences. Every figure in them stands in a sheet, too. */
#include "analysis/base/memory.h"
#include "analysis/compare/parts.h"
#include "sim/date.h"
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A row of a sheet of the comparison, as numbers. */
typedef struct finding {
    const char *label;
    double difference, low, high, lower, higher, saving;
    hw_verdict verdict;
} finding;

static double number_in(const hw_sheet *sheet, size_t row, const char *column) {
    const hw_cell *cell = hw_sheet_cell(sheet, row, hw_sheet_find_column(sheet, column));
    return cell->kind == HW_CELL_NUMBER ? cell->number : (double)NAN;
}

hw_verdict hw_compare_verdict_in(const hw_sheet *sheet, size_t row) {
    const char *mark = hw_sheet_cell(sheet, row, hw_sheet_find_column(sheet, "mark"))->text;
    hw_verdict verdict = HW_VERDICT_SAME;
    while (strcmp(hw_compare_mark(verdict), mark) != 0) {
        verdict++;
    }
    return verdict;
}

static finding read_row(const hw_sheet *sheet, size_t row) {
    return (finding){.label = hw_sheet_cell(sheet, row, HW_COMPARE_LABEL)->text,
                     .difference = number_in(sheet, row, "difference"),
                     .low = number_in(sheet, row, "difference_low"),
                     .high = number_in(sheet, row, "difference_high"),
                     .lower = number_in(sheet, row, "lower"),
                     .higher = number_in(sheet, row, "higher"),
                     .saving = number_in(sheet, row, "saving"),
                     .verdict = hw_compare_verdict_in(sheet, row)};
}

static bool is_of(const hw_sheet *sheet, size_t row, const char *scenario) {
    return strcmp(hw_sheet_cell(sheet, row, HW_COMPARE_SCENARIO)->text, scenario) == 0;
}

/* Words for a difference: what is more of it, and what is less. */
typedef struct wording {
    const char *units, *more, *less;
    uint32_t decimals;
} wording;

static const wording days_words = {"days", "later", "sooner", 0};
static const wording people_words = {"persons", "more", "fewer", 0};
static const wording money_words = {"million USD", "more", "less", 1};
static const wording victim_words = {"persons", "more", "fewer", 1};

/* "210 days sooner (95 %: 180 to 240)". The caller frees it. */
static char *say_difference(const finding *found, const wording *words) {
    if (found->verdict == HW_VERDICT_SAME) {
        return hw_take_text("the same in all worlds");
    }
    bool turned = found->difference < 0 && found->verdict != HW_VERDICT_UNCLEAR;
    double sign = turned ? -1 : 1;
    double bounds[2] = {turned ? -found->high : found->low, turned ? -found->low : found->high};
    char *difference = hw_thousands(sign * found->difference, words->decimals);
    char *low = isnan(bounds[0]) ? hw_take_text("?") : hw_thousands(bounds[0], words->decimals);
    char *high = isnan(bounds[1]) ? hw_take_text("?") : hw_thousands(bounds[1], words->decimals);
    char *text = NULL;
    if (found->verdict == HW_VERDICT_UNCLEAR) {
        text = hw_take_text("%s %s, which cannot be told from zero (95 %%: %s to %s)", difference,
                            words->units, low, high);
    } else {
        text = hw_take_text("%s %s %s (95 %%: %s to %s%s)", difference, words->units,
                            turned ? words->less : words->more, low, high,
                            found->verdict == HW_VERDICT_AMONG ? "" : "; clear only alone");
    }
    free(difference);
    free(low);
    free(high);
    return text;
}

static void say(hw_sheet *sheet, const char *scenario, char *sentence) {
    hw_cell *row = hw_sheet_add_row(sheet, false);
    hw_cell_set_text(&row[0], scenario);
    hw_cell_set_text(&row[1], sentence);
    free(sentence);
}

/* ---- Places ---- */

static void count_places(const hw_compare *all, hw_sheet *findings, uint32_t variant) {
    const hw_sheet *sheet = hw_book_find(all->book, "place_release");
    const char *name = all->variants[variant].name;
    unsigned sooner = 0, later = 0, alone = 0, unclear = 0, same = 0;
    for (size_t row = 0; sheet != NULL && row < sheet->row_count; row++) {
        if (!is_of(sheet, row, name)) {
            continue;
        }
        finding found = read_row(sheet, row);
        sooner += found.verdict == HW_VERDICT_AMONG && found.difference < 0;
        later += found.verdict == HW_VERDICT_AMONG && found.difference > 0;
        alone += found.verdict == HW_VERDICT_ALONE;
        unclear += found.verdict == HW_VERDICT_UNCLEAR;
        same += found.verdict == HW_VERDICT_SAME;
    }
    unsigned places = sooner + later + alone + unclear + same;
    if (places < 2) {
        return;
    }
    if (same == places) {
        say(findings, name,
            hw_take_text("All %u places are released on the same days in all worlds.", places));
        return;
    }
    say(findings, name,
        hw_take_text("Of %u places, %u are released sooner and %u later in the mean, clearly among all %zu "
                     "comparisons; %u more differ when looked at alone; of %u the difference cannot be told "
                     "from zero; %u are the same in all worlds.",
                     places, sooner, later, all->judged, alone, unclear, same));
}

static void say_place(hw_sheet *findings, const char *scenario, const finding *found, uint64_t worlds) {
    char *difference = say_difference(found, &days_words);
    char *count = hw_thousands((double)worlds, 0);
    if (found->verdict == HW_VERDICT_SAME) {
        say(findings, scenario, hw_take_text("Release of %s: %s.", found->label, difference));
    } else {
        say(findings, scenario,
            hw_take_text("Release of %s: %s; sooner in %.0f of %s worlds, later in %.0f.", found->label,
                         difference, found->lower, count, found->higher));
    }
    free(count);
    free(difference);
}

/* The asked place, or those with the largest differences that are clear. */
static void say_places(const hw_compare *all, hw_sheet *findings, uint32_t variant) {
    enum { MOST_TOLD = 3 };
    const hw_sheet *sheet = hw_book_find(all->book, "place_release");
    const char *name = all->variants[variant].name;
    double last = HUGE_VAL;
    for (int told = 0; sheet != NULL && told < MOST_TOLD; told++) {
        size_t best = SIZE_MAX;
        for (size_t row = 0; row < sheet->row_count; row++) {
            finding found = read_row(sheet, row);
            bool wanted = all->place != NULL || found.verdict == HW_VERDICT_AMONG;
            if (is_of(sheet, row, name) && wanted && fabs(found.difference) < last &&
                (best == SIZE_MAX || fabs(found.difference) > fabs(read_row(sheet, best).difference))) {
                best = row;
            }
        }
        if (best == SIZE_MAX) {
            return;
        }
        finding found = read_row(sheet, best);
        say_place(findings, name, &found, all->pairs[variant].count);
        last = fabs(found.difference);
    }
}

/* ---- Everything else: one row of a sheet, one sentence ---- */

static void say_row(const hw_compare *all, hw_sheet *findings, uint32_t variant, const char *sheet_name,
                    const char *label, const char *beginning, const wording *words) {
    const hw_sheet *sheet = hw_book_find(all->book, sheet_name);
    const char *name = all->variants[variant].name;
    for (size_t row = 0; sheet != NULL && row < sheet->row_count; row++) {
        finding found = read_row(sheet, row);
        const hw_cell *by = hw_sheet_cell(sheet, row, HW_COMPARE_BY);
        bool dated = by->kind == HW_CELL_DATE;
        if (!is_of(sheet, row, name) || strcmp(found.label, label) != 0 ||
            (dated && !(by->number <= (double)all->by[all->main_by] &&
                        (all->main_by == 0 || by->number > (double)all->by[all->main_by - 1])))) {
            continue;
        }
        char date[16];
        char *difference = say_difference(&found, words);
        say(findings, name,
            hw_take_text("%s%s%s: %s.", beginning, dated ? " on " : "",
                         dated ? hw_date_print((int64_t)by->number, date) : "", difference));
        free(difference);
        return;
    }
}

static void say_saving(const hw_compare *all, hw_sheet *findings, uint32_t variant) {
    const hw_sheet *sheet = hw_book_find(all->book, "pairing");
    const char *name = all->variants[variant].name;
    for (size_t row = 0; sheet != NULL && row < sheet->row_count; row++) {
        const hw_cell *together = hw_sheet_cell(sheet, row, 2);
        if (!is_of(sheet, row, name) || strcmp(hw_sheet_cell(sheet, row, 1)->text, "places") != 0 ||
            together->kind != HW_CELL_NUMBER) {
            continue;
        }
        say(findings, name,
            hw_take_text(
                "Pairing on the same worlds: independent runs would need %.1f times the replications "
                "to know the differences in release of places as well.",
                together->number));
    }
}

void hw_compare_add_findings(hw_compare *all) {
    uint32_t index = all->book->count;
    hw_book_add(all->book, "findings", "Findings");
    hw_sheet *findings = &all->book->sheets[index];
    hw_sheet_add_column(findings, "scenario", NULL, 0);
    hw_sheet_add_column(findings, "finding", NULL, 0);
    for (uint32_t v = 0; v < all->variant_count; v++) {
        count_places(all, findings, v);
        say_places(all, findings, v);
        say_row(all, findings, v, "people", "people back", "People back in all places", &people_words);
        say_row(all, findings, v, "money", HW_COMPARE_ALL_CLEARANCE,
                "Money spent on mine action until the horizon", &money_words);
        say_row(all, findings, v, "victims", HW_COMPARE_ALL_VICTIMS, "Victims until the horizon",
                &victim_words);
        say_saving(all, findings, v);
    }
}
