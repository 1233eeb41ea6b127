/* Which parts of a sweep are done. Each point's replications are cut into pieces of HW_SWEEP_PIECE; a bit for
 * each. */
#ifndef HW_SIM_RUN_SWEEP_COVER_H
#define HW_SIM_RUN_SWEEP_COVER_H

#include <stdbool.h>
#include <stdint.h>

/* Few enough replications to end soon after a signal. */
enum { HW_SWEEP_PIECE = 16 };

typedef struct hw_sweep_cover {
    uint64_t points, replications;
    uint64_t pieces_per_point, pieces;
    unsigned char *done; /* one bit a piece */
    uint64_t done_count; /* pieces */
} hw_sweep_cover;

/* False without memory, or when there are more pieces than can be counted. */
bool hw_sweep_cover_create(hw_sweep_cover *cover, uint64_t points, uint64_t replications);
void hw_sweep_cover_free(hw_sweep_cover *cover);

static inline bool hw_sweep_cover_has(const hw_sweep_cover *cover, uint64_t piece) {
    return ((uint32_t)cover->done[piece / 8] >> (piece % 8) & 1U) != 0;
}

/* Replications first .. last - 1 of a point are done: marks the pieces that lie wholly in them. */
void hw_sweep_cover_add(hw_sweep_cover *cover, uint64_t point, uint64_t first, uint64_t last);

/* Counts the marks again, after the bits came from elsewhere. */
void hw_sweep_cover_count(hw_sweep_cover *cover);

/* Replications in all done pieces. */
uint64_t hw_sweep_cover_replications(const hw_sweep_cover *cover);

/* The replications of a piece: first .. last - 1 of its point. */
void hw_sweep_cover_piece(const hw_sweep_cover *cover, uint64_t piece, uint64_t *point, uint64_t *first,
                          uint64_t *last);

#endif
