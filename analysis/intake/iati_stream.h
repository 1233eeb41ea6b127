/* What the files share that make streams of money from activities of IATI. */
#ifndef HW_ANALYSIS_IATI_STREAM_H
#define HW_ANALYSIS_IATI_STREAM_H

#include "analysis/intake/iati_store.h"

typedef struct hw_iati_maker {
    hw_iati_store *store;
    hw_import *import;
    int64_t made; /* or HW_NO_DAY */
    uint32_t promises, schedules;
    double promised_usd, scheduled_usd;
} hw_iati_maker;

/* The amounts that a stream is made of: those of one to three kinds (HW_IATI_UNKNOWN: none). */
typedef struct hw_iati_choice {
    hw_iati_kind kinds[3];
    uint32_t count; /* amounts */
    double usd;
    int32_t first, last; /* days */
    bool scheduled;
} hw_iati_choice;

/* ---- iati_words.c ---- */

bool hw_iati_is_chosen(const hw_iati_choice *choice, const hw_iati_sum *sum);
const char *hw_iati_text(const hw_iati_maker *maker, uint32_t number);
/* Puts an activity, or a part of it, into the remainder. */
void hw_iati_tell(const hw_iati_maker *maker, uint32_t line, uint32_t id, hw_fate fate, bool row,
                  const char *reason);
/* "1200000" or "1200000.5": no exponent, and no digits behind the cent. The caller frees it, and the next. */
char *hw_iati_plain_usd(double usd);
/* "IATI activity XX-1, donors.xml line 12: commitment 2021-03-01 of 1000000 EUR at 1.2 USD (rate of ...);
 * ..." */
char *hw_iati_source_text(const hw_iati_maker *maker, const hw_iati_record *record,
                          const hw_iati_choice *choice);
void hw_iati_write_note(hw_iati_maker *maker, hw_taken_entry *entry, const hw_iati_record *record,
                        const hw_iati_choice *choice);
/* Ties a stream to districts and operators where it is told as earmarked, or tightly so, and the map knows
 * them. */
void hw_iati_write_earmarks(hw_iati_maker *maker, hw_taken_entry *entry, const hw_iati_record *record,
                            const hw_iati_choice *choice);

#endif
