/* The planning months of a scenario, and the years and periods they belong to. */
#ifndef HW_MODELS_TIMELINE_H
#define HW_MODELS_TIMELINE_H

#include "models/scenario.h"

/* Month 0 starts on the scenario's first day, the others on the first of a month; the last one ends at the
 * horizon. */
typedef struct hw_timeline {
    uint32_t months, years, periods;
    int32_t first_year;
    double horizon; /* days from the start to the end of the horizon's day */
} hw_timeline;

typedef struct hw_month {
    double start, end; /* days since the scenario's start */
    uint32_t year;     /* index from first_year */
    uint32_t period;   /* of the district series */
} hw_month;

/* Where a replication stands on it. */
typedef struct hw_calendar {
    uint32_t month;    /* planning days so far */
    uint32_t year;     /* index of the calendar year that the present month is in */
    double planned_to; /* the last planning day */
    uint32_t month_count, year_count, period_count;
    double *month_ends;                    /* days; month_count */
    uint32_t *month_years, *month_periods; /* indices of the year and the period each month belongs to */
} hw_calendar;

hw_timeline hw_timeline_of(const hw_scenario *scenario);

/* Month `index` of the timeline; walks no list, cheap enough for set-up. */
hw_month hw_timeline_month(const hw_scenario *scenario, uint32_t index);

#endif
