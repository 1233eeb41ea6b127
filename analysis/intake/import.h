/* One import: what was asked, what was taken, what was left out. A format fills it in; the command writes it.
 */
#ifndef HW_ANALYSIS_IMPORT_H
#define HW_ANALYSIS_IMPORT_H

#include "analysis/intake/money_totals.h"
#include "analysis/intake/rates.h"
#include "analysis/intake/remainder.h"
#include "analysis/intake/taken.h"
#include <stdint.h>

#define HW_NO_DAY INT64_MIN

/* Options that only some formats read; the others refuse them. */
typedef enum hw_import_option {
    HW_IMPORT_COLUMNS = 1,
    HW_IMPORT_RATES = 2,
    HW_IMPORT_OUTLINES = 4,
    HW_IMPORT_COUNTRY = 8,
    HW_IMPORT_SECTOR = 16,
    HW_IMPORT_AS_OF = 32,
} hw_import_option;

typedef struct hw_import_wish {
    const char *path;
    const char *columns, *rates, *outlines; /* files, or NULL */
    const char *country, *sector;           /* codes, or NULL */
    int64_t as_of;                          /* or HW_NO_DAY */
} hw_import_wish;

/* A parent whose children tell money too: both sums, and which is counted. */
typedef struct hw_family_row {
    char *parent; /* owned */
    uint64_t line;
    uint32_t children;
    double parent_promised_usd, children_promised_usd, parent_paid_usd, children_paid_usd;
} hw_family_row;

typedef struct hw_import {
    const hw_import_wish *wish;
    const char *row_noun; /* "activities" */
    hw_rates rates;
    hw_taken taken;
    hw_remainder remainder;
    hw_money_totals totals;
    hw_family_row *families;
    uint32_t family_count;
    char **notes; /* sentences about the whole of it; owned */
    uint32_t note_count;
    uint64_t rows, rows_taken;
} hw_import;

/* A format of files: one constant, and its row in formats.c. */
typedef struct hw_intake_format {
    const char *name;          /* "iati" */
    const char *documentation; /* one paragraph */
    const char *row_noun;      /* what one of its rows is called, many of them */
    unsigned options;          /* hw_import_option */
    /* Whether a file whose name is `path` and which begins with `head` (a text, without its byte order mark)
     * is one. */
    bool (*recognises)(const char *path, const char *head);
    /* Reads all of it. HW_ERROR_INPUT when the file as a whole is refused; what of it is not understood goes
     * into import->remainder. */
    hw_status (*read)(hw_import *import, hw_errors *errors);
} hw_intake_format;

/* Reads the rates and the file. Free after failure too; the wish must outlive it. */
hw_status hw_import_read(hw_import *import, const hw_intake_format *format, const hw_import_wish *wish,
                         hw_errors *errors);
void hw_import_free(hw_import *import);

/* A sentence about the whole of it, printf style. */
void hw_import_note(hw_import *import, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
