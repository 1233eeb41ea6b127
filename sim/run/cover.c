/* One bit for each piece of each point. */
#include "sim/run/cover.h"
#include <stdlib.h>

bool hw_cover_create(hw_cover *cover, uint64_t points, uint64_t replications, uint64_t piece) {
    *cover = (hw_cover){.points = points,
                        .replications = replications,
                        .piece = piece,
                        .pieces_per_point = replications / piece + (replications % piece != 0)};
    if (__builtin_mul_overflow(points, cover->pieces_per_point, &cover->pieces)) {
        return false;
    }
    cover->done = calloc(cover->pieces / 8 + 1, 1);
    return cover->done != NULL;
}

void hw_cover_free(hw_cover *cover) {
    free(cover->done);
    *cover = (hw_cover){0};
}

void hw_cover_add(hw_cover *cover, uint64_t point, uint64_t first, uint64_t last) {
    if (point >= cover->points || first >= last || last > cover->replications) {
        return;
    }
    uint64_t piece = point * cover->pieces_per_point + (first + cover->piece - 1) / cover->piece;
    for (; piece < (point + 1) * cover->pieces_per_point; piece++) {
        uint64_t of, from, to;
        hw_cover_piece(cover, piece, &of, &from, &to);
        if (to > last) {
            return;
        }
        if (!hw_cover_has(cover, piece)) {
            cover->done[piece / 8] |= (unsigned char)(1U << (piece % 8));
            cover->done_count++;
        }
    }
}

void hw_cover_count(hw_cover *cover) {
    cover->done_count = 0;
    for (uint64_t i = 0; i <= cover->pieces / 8; i++) {
        cover->done_count += (uint64_t)__builtin_popcount(cover->done[i]);
    }
}

uint64_t hw_cover_replications(const hw_cover *cover, uint64_t end) {
    uint64_t sum = 0;
    for (uint64_t piece = 0; piece < cover->pieces; piece++) {
        if (hw_cover_has(cover, piece)) {
            uint64_t point, first, last;
            hw_cover_piece(cover, piece, &point, &first, &last);
            sum += first < end ? (last < end ? last : end) - first : 0;
        }
    }
    return sum;
}

void hw_cover_piece(const hw_cover *cover, uint64_t piece, uint64_t *point, uint64_t *first, uint64_t *last) {
    *point = piece / cover->pieces_per_point;
    *first = piece % cover->pieces_per_point * cover->piece;
    *last = *first + cover->piece < cover->replications ? *first + cover->piece : cover->replications;
}
