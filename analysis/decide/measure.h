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
    HW_MEASURE_WORST,        /* days until the last of all places is released; negative */
    HW_MEASURE_DAYS,   /* from the start to a release; what is not released counts to the horizon; negative */
    HW_MEASURE_ALL,    /* 100 for a world in which all of a list of places are released by a date */
    HW_MEASURE_CHANCE, /* 100 for a world in which a place is released by a date */
    HW_MEASURE_SUM,    /* others, each times a weight */
} hw_measure_kind;

typedef struct hw_measure {
    hw_measure_kind kind;
    hw_aim event;             /* its day, and of days and chances its place */
    char *title;              /* "people home by 2035-12-31" */
    hw_aim *all;              /* of a list: each of its places */
    struct hw_measure *parts; /* of a sum: each, as it counts in a world, times its weight */
    double *weights;
    uint32_t count; /* of either */
} hw_measure;

/* Reads "people by 2030-12-31", "land by 2030-12-31", "person-years", "victims", "days of Agdam city", "days
 * of the worst place", "p(Agdam city by 2028-12-31)", "p(all of Agdam city, Fuzuli city by 2028-12-31)", or a
 * sum of these, "2 * people by 2030-12-31 + 50 * victims", in which victims and days count against. `option`
 * is what it was given with. HW_ERROR_INPUT, saying what was expected. Free after failure too. */
hw_status hw_measure_read(hw_measure *measure, const char *option, const char *text, hw_errors *errors);
void hw_measure_free(hw_measure *measure);

/* How --for is explained to users. */
#define HW_MEASURE_KINDS                                                                                     \
    "'people by DATE', 'land by DATE', 'person-years', 'victims', 'days of PLACE', 'days of the worst "      \
    "place', 'p(PLACE by DATE)', 'p(all of A, B by DATE)', or a sum, 'N * ... + M * ...'"
#define HW_MEASURE_MEANING HW_MEASURE_KINDS " (people by 2035-12-31, or the horizon)"

/* Looks its names and dates up among what is simulated. */
hw_status hw_measure_look(hw_measure *measure, const hw_outcomes *outcomes, hw_errors *errors);

/* The same in all scenarios of a study that is open: HW_ERROR_INPUT naming the one that has no such place. */
hw_status hw_measure_look_in_all(hw_measure *measure, const hw_study *study, hw_errors *errors);

/* Of each good replication, its place looked up by name in these outcomes; HW_ERROR_INPUT where they have no
 * such place, HW_ERROR_IO when they cannot be read. */
hw_status hw_measure_worlds(const hw_measure *measure, const hw_outcomes *outcomes, double *each,
                            hw_errors *errors);

/* The same in million USD, at a price of so many dollars a unit and less what is spent; price 0: the measure
 * as it is. */
hw_status hw_measure_benefits(const hw_measure *measure, double price, const hw_outcomes *outcomes,
                              double *each, hw_errors *errors);

/* Dollars a unit, also as 1e6; 0 without a text. An error for what is no number above 0. */
double hw_measure_read_price(const char *text, hw_errors *errors);

/* Money that each good replication spends on all but building until the horizon, USD. */
hw_status hw_measure_spending(const hw_outcomes *outcomes, double *each, hw_errors *errors);

/* How its numbers are told to people: -1 for victims and days, which are told as they are counted, and of
 * which fewer are better; else 1. */
double hw_measure_sign(const hw_measure *measure);

/* "persons", "km2", "days", "points"; of a sum "in all". */
const char *hw_measure_units(const hw_measure *measure);

#endif
