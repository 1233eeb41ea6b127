/* What a replication answers, gathered month by month and written as one flat record. */
#ifndef HW_MODELS_OUTCOME_H
#define HW_MODELS_OUTCOME_H

#include "models/kinds.h"
#include "models/scenario.h"

enum { HW_OUTCOME_VARIABLES = 32 };

/* Monthly sums kept for the outcome. */
typedef struct hw_month_row {
    int64_t ledger_m2[HW_LEDGERS];
    int64_t found[HW_ITEM_TYPES];
    int64_t victims[HW_VICTIMS];
    double people_back, people_employed;
} hw_month_row;

/* What is kept of a district at the end of each period of its series. */
typedef struct hw_district_row {
    int64_t ledger_m2[HW_HAZARDS][HW_LEDGERS];
    int64_t found[HW_ITEM_TYPES];
    int64_t victims[HW_VICTIMS];
    double people;
    double use_days[HW_USES];
} hw_district_row;

/* What the record is written from. */
typedef struct hw_outcome {
    hw_month_row *months;
    hw_district_row *district_rows; /* district x period: as of the period's end */
    double *place_people;           /* place x year */
    float *place_months;            /* place x month: whole people */
    int64_t *stream_year_spent, *purpose_year_spent;
    size_t offset[HW_OUTCOME_VARIABLES];
} hw_outcome;

/* Looks up where each variable lies in the record; false without memory. Once for a world. */
bool hw_outcome_find_offsets(hw_land *land);

/* Keeps the rows of a month that has ended. */
void hw_outcome_close_month(hw_land *land, uint32_t month);

/* Writes the record of hw_scenario_layout. */
void hw_outcome_write(const hw_land *land, unsigned char *record);

#endif
