/* How far a fact and a world of the model may be apart although the model is right: what the fact is off, and
 * what the model is off even with the right values (its discrepancy: Kennedy and O'Hagan 2001, Journal of the
 * Royal Statistical Society B 63).
 *
 * On square roots of counts and areas, logarithms of money and days as they are. What the model is off is
 * partly common: half of it to all days and half of it to all scopes of a quantity, the rest grows day by
 * day, so that facts share it as they share days. */
#ifndef HW_ANALYSIS_BELIEF_MODEL_ERROR_H
#define HW_ANALYSIS_BELIEF_MODEL_ERROR_H

#include "analysis/belief/observations.h"

typedef struct hw_model_error {
    double
        share;   /* of amounts of the whole country, of a year or more; of a month some three times as much */
    double days; /* of dates */
} hw_model_error;

/* 10 %, 60 days: an assumption. Of one district or another part of the country HW_PART_TIMES as much, of one
 * place HW_PLACE_TIMES, as the square roots of some ten districts and forty places: what is off in one of
 * them does not even out. */
extern const hw_model_error hw_usual_model_error;
enum { HW_PART_TIMES = 3, HW_PLACE_TIMES = 6 };

/* Its share, or its days where the fact is a date, as it counts for a fact. */
double hw_fact_model_error(const hw_observation *fact, const hw_model_error *model);

/* The model's error times a factor. */
hw_model_error hw_model_error_times(const hw_model_error *model, double factor);

/* Degrees of freedom of Student's t, so that one odd fact does not outvote all others. */
extern const double hw_fact_freedom;

/* A number in held units on the scale of the fact's quantity; of a world NaN is what has not happened by the
 * horizon, as on the day after. And back from there. */
double hw_fact_on_scale(const hw_observation *fact, double value);
double hw_fact_world_on_scale(const hw_observation *fact, double world, int64_t horizon);
double hw_fact_from_scale(const hw_observation *fact, double place);

/* Of the fact and the model together, on the scale. The square root of a Poisson count has a deviation of a
 * half. Never 0: distances are divided by it. */
double hw_fact_deviation(const hw_observation *fact, const hw_model_error *model);

/* How far a world is from an exact fact, in deviations. */
double hw_fact_distance(const hw_observation *fact, double world, int64_t horizon,
                        const hw_model_error *model);

/* Of the distances of two facts of one quantity. `start`: the model's first day. */
double hw_fact_correlation(const hw_observation *a, const hw_model_error *model_a, const hw_observation *b,
                           const hw_model_error *model_b, int64_t start);

#endif
