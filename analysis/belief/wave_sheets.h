/* What conditioning in waves says, as words and sheets. */
#ifndef HW_ANALYSIS_BELIEF_WAVE_SHEETS_H
#define HW_ANALYSIS_BELIEF_WAVE_SHEETS_H

#include "analysis/belief/waves.h"
#include "analysis/tables/sheet.h"

/* One line after each wave, on standard error: standard output may be a table. */
void hw_wave_print(uint32_t wave, const hw_tempered *tempered, uint64_t members);

void hw_waves_print_head(FILE *out, const hw_waves_wish *wish, const hw_waves_report *report);

/* The sheets "conditioning", "waves" and "values_told". */
void hw_waves_build(hw_book *book, const hw_waves_wish *wish, const hw_waves_report *report);

#endif
