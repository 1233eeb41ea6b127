/* Which parts of a sweep are done. Each point's replications are cut into pieces; a bit for each. */
#ifndef HW_SIM_RUN_COVER_H
#define HW_SIM_RUN_COVER_H

#include <stdbool.h>
#include <stdint.h>

/* Replications of a usual piece: few enough to end soon after a signal. */
enum { HW_PIECE = 16 };

typedef struct hw_cover {
    uint64_t points, replications;
    uint64_t piece; /* replications of one; the last of a point may have fewer */
    uint64_t pieces_per_point, pieces;
    unsigned char *done; /* one bit a piece */
    uint64_t done_count; /* pieces */
} hw_cover;

/* False without memory, or when there are more pieces than can be counted. */
bool hw_cover_create(hw_cover *cover, uint64_t points, uint64_t replications, uint64_t piece);
void hw_cover_free(hw_cover *cover);

static inline bool hw_cover_has(const hw_cover *cover, uint64_t piece) {
    return ((uint32_t)cover->done[piece / 8] >> (piece % 8) & 1U) != 0;
}

/* Replications first .. last - 1 of a point are done: marks the pieces that lie wholly in them. */
void hw_cover_add(hw_cover *cover, uint64_t point, uint64_t first, uint64_t last);

/* Counts the marks again, after the bits came from elsewhere. */
void hw_cover_count(hw_cover *cover);

/* Replications of each point below `end` in all done pieces. */
uint64_t hw_cover_replications(const hw_cover *cover, uint64_t end);

/* The replications of a piece: first .. last - 1 of its point. */
void hw_cover_piece(const hw_cover *cover, uint64_t piece, uint64_t *point, uint64_t *first, uint64_t *last);

#endif
