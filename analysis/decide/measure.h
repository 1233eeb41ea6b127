/* What a decision is for: one number of each world, of which more is better. */
#ifndef HW_ANALYSIS_MEASURE_H
#define HW_ANALYSIS_MEASURE_H

#include "analysis/decide/aim.h"
#include "analysis/results/study.h"

typedef enum hw_measure_kind {
    HW_MEASURE_PEOPLE,       /* home at the end of the month before or on a date */
    HW_MEASURE_LAND,         /* released by then, km2 */
    HW_MEASURE_PERSON_YEARS, /* at home until the horizon */
    HW_MEASURE_VICTIMS,      /* until the horizon: fewer are better, so their number is negative */
    HW_MEASURE_DAYS,   /* from the start to a release; what is not released counts to the horizon; negative */
    HW_MEASURE_CHANCE, /* 100 for a world in which a place is released by a date */
} hw_measure_kind;

typedef struct hw_measure {
    hw_measure_kind kind;
    hw_aim event; /* its day, and of days and chances its place */
    char *title;  /* "people home by 2035-12-31" */
} hw_measure;

/* Reads "people by 2030-12-31", "land by 2030-12-31", "person-years", "victims", "days of Agdam city" or
 * "p(Agdam city by 2028-12-31)". HW_ERROR_INPUT, saying what was expected. Free with hw_measure_free. */
hw_status hw_measure_read(hw_measure *measure, const char *text, hw_errors *errors);
void hw_measure_free(hw_measure *measure);

/* How --for is explained to users. */
#define HW_MEASURE_MEANING                                                                                   \
    "'people by DATE', 'land by DATE', 'person-years', 'victims', 'days of PLACE' or 'p(PLACE by DATE)' "    \
    "(people by 2035-12-31, or the horizon)"

/* Looks its names and dates up among what is simulated. */
hw_status hw_measure_look(hw_measure *measure, const hw_outcomes *outcomes, hw_errors *errors);

/* The same in all scenarios of a study that is open: HW_ERROR_INPUT naming the one that has no such place. */
hw_status hw_measure_look_in_all(hw_measure *measure, const hw_study *study, hw_errors *errors);

/* Of each good replication, its place looked up by name in these outcomes; HW_ERROR_INPUT where they have no
 * such place, HW_ERROR_IO when they cannot be read. */
hw_status hw_measure_worlds(const hw_measure *measure, const hw_outcomes *outcomes, double *each,
                            hw_errors *errors);

/* Money that each good replication spends on all but building until the horizon, USD. */
hw_status hw_measure_spending(const hw_outcomes *outcomes, double *each, hw_errors *errors);

/* How its numbers are told to people: -1 for victims and days, which are told as they are counted, and of
 * which fewer are better; else 1. */
double hw_measure_sign(const hw_measure *measure);

/* "persons", "km2", "days", "points". */
const char *hw_measure_units(const hw_measure *measure);

#endif
