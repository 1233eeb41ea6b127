/* Afterwards: the verdicts on all comparisons, and what pairing saved. */
#include "analysis/base/memory.h"
#include "analysis/compare/parts.h"
#include <stdlib.h>
#include <string.h>

const char *hw_compare_verdict(hw_verdict verdict) {
    static const char *const words[] = {
        [HW_VERDICT_SAME] = "same in all worlds",
        [HW_VERDICT_UNCLEAR] = "cannot be told from zero",
        [HW_VERDICT_ALONE] = "clear alone",
        [HW_VERDICT_AMONG] = "clear among all",
    };
    return words[verdict];
}

const char *hw_compare_mark(hw_verdict verdict) {
    static const char *const marks[] = {[HW_VERDICT_SAME] = "=",
                                        [HW_VERDICT_UNCLEAR] = "~",
                                        [HW_VERDICT_ALONE] = "*",
                                        [HW_VERDICT_AMONG] = "**"};
    return marks[verdict];
}

void hw_compare_judge(hw_compare *all) {
    hw_verdict *verdicts = hw_take(all->count, sizeof *verdicts);
    all->judged = hw_judge(all->results, all->count, verdicts);
    for (size_t i = 0; i < all->count; i++) {
        const hw_sheet *sheet = &all->book->sheets[all->compared[i].sheet];
        hw_cell *row = &sheet->cells[all->compared[i].row * sheet->column_count];
        hw_cell_set_text(&row[hw_sheet_find_column(sheet, "verdict")], hw_compare_verdict(verdicts[i]));
        hw_cell_set_text(&row[hw_sheet_find_column(sheet, "mark")], hw_compare_mark(verdicts[i]));
    }
    free(verdicts);
}

/* ---- What pairing saved ---- */

/* One comparison that differs, of one group. */
typedef struct saving {
    uint32_t variant;
    double times;
} saving;

/* A variant's variances in one group, all together. */
typedef struct variances {
    double apart, paired;
} variances;

/* By variant, then by size. */
static int compare_savings(const void *left, const void *right) {
    const saving *a = left, *b = right;
    if (a->variant != b->variant) {
        return a->variant < b->variant ? -1 : 1;
    }
    return (a->times > b->times) - (a->times < b->times);
}

/* `own`: the variant's savings, ascending. */
static void add_saving(const hw_compare *all, hw_sheet *sheet, const char *group, uint32_t variant,
                       const saving *own, size_t count, const variances *sums) {
    hw_cell *row = hw_sheet_add_row(sheet, true);
    hw_cell_set_text(&row[0], all->variants[variant].name);
    hw_cell_set_text(&row[1], group);
    if (count > 0) {
        hw_cell_set_number(&row[2], sums->apart / sums->paired);
        hw_cell_set_number(&row[3], (own[(count - 1) / 2].times + own[count / 2].times) / 2);
    }
    hw_cell_set_number(&row[4], (double)count);
}

/* A row for each variant. `group_of`: of each sheet of the book, or NULL. */
static void add_group(const hw_compare *all, hw_sheet *sheet, const char *group,
                      const char *const *group_of) {
    saving *savings = hw_take(all->count, sizeof *savings);
    variances *sums = hw_take(all->variant_count, sizeof *sums);
    size_t count = 0;
    for (size_t i = 0; i < all->count; i++) {
        const char *own = group_of[all->compared[i].sheet];
        const hw_paired *one = &all->results[i];
        if (own == NULL || strcmp(own, group) != 0 || !(one->difference_variance > 0)) {
            continue;
        }
        uint32_t variant = all->compared[i].variant;
        savings[count++] = (saving){variant, hw_paired_saving(one)};
        sums[variant].apart += one->base_variance + one->variant_variance;
        sums[variant].paired += one->difference_variance;
    }
    qsort(savings, count, sizeof *savings, compare_savings);
    size_t first = 0;
    for (uint32_t v = 0; v < all->variant_count; v++) {
        size_t last = first;
        while (last < count && savings[last].variant == v) {
            last++;
        }
        add_saving(all, sheet, group, v, savings + first, last - first, &sums[v]);
        first = last;
    }
    free(sums);
    free(savings);
}

/* The group of each sheet of comparisons. */
static const char **find_groups(const hw_compare *all) {
    const char **groups = hw_take(all->book->count, sizeof *groups);
    for (uint32_t s = 0; s < all->book->count; s++) {
        for (uint32_t k = 0; k < all->plan->kind_count; k++) {
            if (strcmp(all->book->sheets[s].name, all->plan->kinds[k].name) == 0) {
                groups[s] = all->plan->kinds[k].group;
            }
        }
    }
    return groups;
}

static void choose_view(hw_sheet *sheet, bool one_variant) {
    const hw_view_column together = {"together", 2, HW_NO_COLUMN, HW_NO_COLUMN, HW_NO_COLUMN, 0},
                         median = {"median", 3, HW_NO_COLUMN, HW_NO_COLUMN, HW_NO_COLUMN, 0},
                         count = {"comparisons that differ", 4, HW_NO_COLUMN, HW_NO_COLUMN, HW_NO_COLUMN, 0};
    if (one_variant) {
        sheet->view = (hw_view){.label_title = "of",
                                .label = 1,
                                .across = HW_NO_COLUMN,
                                .columns = {together, median, count},
                                .column_count = 3};
    } else {
        sheet->view =
            (hw_view){.label_title = "of", .label = 1, .across = 0, .columns = {together}, .column_count = 1};
    }
}

void hw_compare_add_pairing(hw_compare *all) {
    if (all->apart) {
        return;
    }
    uint32_t told = all->book->count;
    const char **groups = find_groups(all);
    hw_sheet *sheet = hw_book_add(
        all->book, "pairing", "What pairing saved: times the replications that independent runs would need");
    hw_sheet_add_column(sheet, "scenario", NULL, 0);
    hw_sheet_add_column(sheet, "of", NULL, 0);
    hw_sheet_add_column(sheet, "together", "times", 1);
    hw_sheet_add_column(sheet, "median", "times", 1);
    hw_sheet_add_column(sheet, "comparisons", "1", 0);
    choose_view(sheet, all->variant_count == 1);
    const char *before = "";
    for (uint32_t s = 0; s < told; s++) {
        if (groups[s] == NULL || strcmp(groups[s], before) == 0) {
            continue;
        }
        before = groups[s];
        add_group(all, sheet, before, groups);
    }
    free(groups);
}
