/* The mean of copies of a world: samples are added up over passes, row by row. */
#include "analysis/base/memory.h"
#include "analysis/compare/parts.h"
#include <stdlib.h>

/* Sums of one row over the passes so far. */
typedef struct summed_row {
    double *base, *changed;
    double plain_variance; /* of the difference in the first pass: the scenarios themselves */
} summed_row;

struct hw_steady {
    uint32_t pass, passes;
    uint64_t worlds;
    size_t first_row; /* of the comparison */
    size_t next, count;
    summed_row *rows;
};

hw_steady *hw_steady_begin(uint32_t passes, uint64_t worlds, size_t first_row) {
    hw_steady *steady = hw_take(1, sizeof *steady);
    *steady = (hw_steady){.passes = passes, .worlds = worlds, .first_row = first_row};
    return steady;
}

void hw_steady_next(hw_steady *steady) {
    steady->pass++;
    steady->next = 0;
}

bool hw_steady_is_first(const hw_steady *steady) {
    return steady->pass == 0;
}

static void open_row(hw_steady *steady, double plain_variance) {
    steady->rows = hw_take_again(steady->rows, steady->count + 1, sizeof *steady->rows);
    steady->rows[steady->count++] =
        (summed_row){.base = hw_take(steady->worlds, sizeof *steady->rows->base),
                     .changed = hw_take(steady->worlds, sizeof *steady->rows->changed),
                     .plain_variance = plain_variance};
}

/* The row of the means, in place of that of the first pass. As many runs as worlds of their own would have
 * the standard error of the first pass over the square root of the passes. */
static void finish_row(hw_compare_job *job, hw_compare_row *row, const summed_row *sums) {
    for (uint64_t r = 0; r < job->count; r++) {
        sums->base[r] /= job->steady->passes;
        sums->changed[r] /= job->steady->passes;
    }
    row->found = hw_weighed_means(sums->base, sums->changed, job->weights, job->count);
    row->trimmed = job->what->share
                       ? hw_trimmed_unknown()
                       : hw_weighed_trimmed_difference(sums->base, sums->changed, job->weights, job->count);
    if (sums->plain_variance > 0) {
        row->steady = sqrt(row->found.difference_variance * job->steady->passes / sums->plain_variance);
    }
}

hw_compare_row *hw_steady_add(hw_compare_job *job, const char *label, double by) {
    hw_steady *steady = job->steady;
    if (steady->pass == 0) {
        open_row(steady, hw_compare_add_plain(job, label, by)->found.difference_variance);
    }
    const summed_row *sums = &steady->rows[steady->next];
    hw_compare_row *row = &job->all->rows[steady->first_row + steady->next++];
    for (uint64_t r = 0; r < job->count; r++) {
        sums->base[r] += job->x[r];
        sums->changed[r] += job->y[r];
    }
    if (steady->pass + 1 == steady->passes) {
        finish_row(job, row, sums);
    }
    return row;
}

void hw_steady_free(hw_steady *steady) {
    for (size_t i = 0; steady != NULL && i < steady->count; i++) {
        free(steady->rows[i].base);
        free(steady->rows[i].changed);
    }
    if (steady != NULL) {
        free(steady->rows);
    }
    free(steady);
}
