/* What an import did not take, row by row: where it stands, what it is, why, and what was done with it.
 *
 * The first ones are kept, all are counted by their reason. */
#ifndef HW_ANALYSIS_REMAINDER_H
#define HW_ANALYSIS_REMAINDER_H

#include <stdbool.h>
#include <stdint.h>

typedef enum hw_fate {
    HW_FATE_LEFT_OUT,  /* not understood, or not to be trusted */
    HW_FATE_NOT_ASKED, /* understood, and not what was asked for: another country, a closed area */
    HW_FATE_ELSEWHERE, /* understood, and told elsewhere in the file: it is counted there */
    HW_FATES
} hw_fate;

/* "left out", "not asked for", "counted elsewhere". */
extern const char *const hw_fate_words[HW_FATES];

enum { HW_REMNANTS_KEPT = 20000, HW_REASONS_MOST = 128 };

typedef struct hw_remnant {
    uint64_t line; /* of the file; 0: unknown */
    const char *reason;
    char *what;   /* "activity XM-DAC-1-2", "transaction of ..."; owned */
    char *detail; /* what was found there: "'2021-13-40'"; owned; may be NULL */
    hw_fate fate;
    bool row; /* the whole row; otherwise a part of one */
} hw_remnant;

typedef struct hw_reason {
    const char *text; /* lasts as long as the program */
    hw_fate fate;
    uint64_t rows, parts;
} hw_reason;

/* Zero-initialise; end with hw_remainder_free. */
typedef struct hw_remainder {
    hw_remnant *items; /* the first HW_REMNANTS_KEPT */
    uint32_t kept, room;
    hw_reason reasons[HW_REASONS_MOST];
    uint32_t reason_count;
    uint64_t rows[HW_FATES], parts[HW_FATES];
} hw_remainder;

/* Where something that was not taken stands, and what it is. */
typedef struct hw_left {
    uint64_t line;
    const char *what;
    hw_fate fate;
    bool row;
    uint64_t times; /* so many rows or parts; 0: one */
} hw_left;

/* `reason` must be a text of the program: it is kept as it is. `detail` (printf style) may be NULL. Texts of
 * a file are cut and made visible. */
void hw_remainder_add(hw_remainder *remainder, const hw_left *left, const char *reason, const char *detail,
                      ...) __attribute__((format(printf, 4, 5)));
void hw_remainder_free(hw_remainder *remainder);

#endif
