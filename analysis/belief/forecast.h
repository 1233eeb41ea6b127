/* The main outcomes of a result as samples: land, people and victims by the ends of years, the release of
 * each place and its first families. What conditioning shows before and after. */
#ifndef HW_ANALYSIS_BELIEF_FORECAST_H
#define HW_ANALYSIS_BELIEF_FORECAST_H

#include "analysis/belief/telling.h"

typedef struct hw_forecast {
    char **names; /* "release Agdam city" */
    hw_question *questions;
    hw_telling *tellings;
    double **samples; /* as hw_tellings_read */
    uint32_t count;
} hw_forecast;

/* From `as_of` on. HW_ERROR_IO when the file cannot be read. `outcomes` must outlive it; free after failure
 * too. */
hw_status hw_forecast_read(hw_forecast *forecast, const hw_outcomes *outcomes, int64_t as_of,
                           hw_errors *errors);
void hw_forecast_free(hw_forecast *forecast);

#endif
