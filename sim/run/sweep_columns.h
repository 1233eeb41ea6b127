/* The variables of a sweep's file along `point`: the coordinates, the statistics of each output and, with
 * kept outcomes, every value. They are filled in point by point and written block by block. */
#ifndef HW_SIM_RUN_SWEEP_COLUMNS_H
#define HW_SIM_RUN_SWEEP_COLUMNS_H

#include "sim/run/gather.h"
#include "sim/run/netcdf_write.h"

/* One variable along `point`. */
typedef struct hw_sweep_column {
    hid_t dataset;
    uint64_t each;   /* numbers of one point; texts: 1 */
    double *numbers; /* of a block */
    char **texts;    /* instead, of a text */
    hsize_t lengths[HW_NETCDF_MAX_RANK];
    uint32_t rank; /* with the point */
} hw_sweep_column;

/* The dimensions of the file; negative where it has none of the kind. */
typedef struct hw_sweep_scales {
    hid_t point, factor, quantile, by_date, replication;
    hid_t *axes; /* of the outputs */
} hw_sweep_scales;

typedef struct hw_sweep_columns {
    const hw_sweep *sweep;
    const hw_sweep_scales *scales;
    hw_netcdf *netcdf;
    uint64_t block;         /* points written at once, and in a chunk */
    hw_sweep_column *items; /* the first ones are the coordinates */
    uint32_t count, room;
    uint32_t unit, good, given_up, horizon; /* which ones */
    uint32_t *outputs;                      /* the first one of each output */
    uint32_t kept;                          /* the first one of kept outcomes; the last is `good` */
} hw_sweep_columns;

enum { HW_SWEEP_CHUNK_POINTS = 1024 }; /* in a chunk at most */

/* Creates them all in the file, whose trouble tells of failure; sweep, scales, and netcdf must be set. Free
 * after failure too. */
void hw_sweep_columns_create(hw_sweep_columns *table);
void hw_sweep_columns_free(hw_sweep_columns *table);

/* Fills in a point's row of the block. `numbers` and `texts` have room for all coordinates. */
void hw_sweep_columns_fill(hw_sweep_columns *table, const hw_answer *answer, uint64_t point, double *numbers,
                           const char **texts);
/* Writes the first rows of the block, as points from `first` on. */
void hw_sweep_columns_write(hw_sweep_columns *table, uint64_t first, uint64_t rows);

#endif
