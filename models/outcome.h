/* What a replication answers, gathered month by month and written as one flat record. */
#ifndef HW_MODELS_OUTCOME_H
#define HW_MODELS_OUTCOME_H

#include "models/land.h"

/* Looks up where each variable lies in the record; false without memory. Once for a world. */
bool hw_outcome_find_offsets(hw_land *land);

/* Keeps the rows of a month that has ended. */
void hw_outcome_close_month(hw_land *land, uint32_t month);

/* Writes the record of hw_scenario_layout. */
void hw_outcome_write(const hw_land *land, unsigned char *record);

#endif
