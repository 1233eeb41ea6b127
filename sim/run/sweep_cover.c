/* One bit for each piece of each point. */
#include "sim/run/sweep_cover.h"
#include <stdlib.h>

bool hw_sweep_cover_create(hw_sweep_cover *cover, uint64_t points, uint64_t replications) {
    *cover = (hw_sweep_cover){.points = points,
                              .replications = replications,
                              .pieces_per_point = (replications + HW_SWEEP_PIECE - 1) / HW_SWEEP_PIECE};
    if (__builtin_mul_overflow(points, cover->pieces_per_point, &cover->pieces)) {
        return false;
    }
    cover->done = calloc(cover->pieces / 8 + 1, 1);
    return cover->done != NULL;
}

void hw_sweep_cover_free(hw_sweep_cover *cover) {
    free(cover->done);
    *cover = (hw_sweep_cover){0};
}

void hw_sweep_cover_add(hw_sweep_cover *cover, uint64_t point, uint64_t first, uint64_t last) {
    if (point >= cover->points || first >= last || last > cover->replications) {
        return;
    }
    uint64_t piece = point * cover->pieces_per_point + (first + HW_SWEEP_PIECE - 1) / HW_SWEEP_PIECE;
    for (; piece < (point + 1) * cover->pieces_per_point; piece++) {
        uint64_t of, from, to;
        hw_sweep_cover_piece(cover, piece, &of, &from, &to);
        if (to > last) {
            return;
        }
        if (!hw_sweep_cover_has(cover, piece)) {
            cover->done[piece / 8] |= (unsigned char)(1U << (piece % 8));
            cover->done_count++;
        }
    }
}

void hw_sweep_cover_count(hw_sweep_cover *cover) {
    cover->done_count = 0;
    for (uint64_t i = 0; i <= cover->pieces / 8; i++) {
        cover->done_count += (uint64_t)__builtin_popcount(cover->done[i]);
    }
}

uint64_t hw_sweep_cover_replications(const hw_sweep_cover *cover) {
    uint64_t sum = 0;
    for (uint64_t piece = 0; piece < cover->pieces; piece++) {
        if (hw_sweep_cover_has(cover, piece)) {
            uint64_t point, first, last;
            hw_sweep_cover_piece(cover, piece, &point, &first, &last);
            sum += last - first;
        }
    }
    return sum;
}

void hw_sweep_cover_piece(const hw_sweep_cover *cover, uint64_t piece, uint64_t *point, uint64_t *first,
                          uint64_t *last) {
    *point = piece / cover->pieces_per_point;
    *first = piece % cover->pieces_per_point * HW_SWEEP_PIECE;
    *last = *first + HW_SWEEP_PIECE < cover->replications ? *first + HW_SWEEP_PIECE : cover->replications;
}
