/* The months, years and periods of a scenario. */
#include "models/timeline.h"
#include "sim/date.h"
#include <math.h>

static int64_t month_start(const hw_scenario *scenario, uint32_t index) {
    return index == 0 ? scenario->start : hw_date_next_month(scenario->start, (int32_t)index);
}

static uint32_t period_of(const hw_scenario *scenario, hw_date date) {
    hw_date first = hw_date_from_days(scenario->start);
    int32_t years = date.year - first.year;
    switch (scenario->results.district_series) {
    case HW_SERIES_MONTH:
        return (uint32_t)(years * 12 + date.month - first.month);
    case HW_SERIES_QUARTER:
        return (uint32_t)(years * 4 + (date.month - 1) / 3 - (first.month - 1) / 3);
    default:
        return (uint32_t)years;
    }
}

hw_month hw_timeline_month(const hw_scenario *scenario, uint32_t index) {
    int64_t start = month_start(scenario, index);
    int64_t end = month_start(scenario, index + 1);
    int64_t last = scenario->horizon + 1;
    hw_date date = hw_date_from_days(start);
    return (hw_month){
        .start = (double)(start - scenario->start),
        .end = (double)((end < last ? end : last) - scenario->start),
        .year = (uint32_t)(date.year - hw_date_from_days(scenario->start).year),
        .period = period_of(scenario, date),
    };
}

hw_timeline hw_timeline_of(const hw_scenario *scenario) {
    hw_date first = hw_date_from_days(scenario->start);
    hw_date last = hw_date_from_days(scenario->horizon);
    return (hw_timeline){
        .months = (uint32_t)((last.year - first.year) * 12 + last.month - first.month + 1),
        .years = (uint32_t)(last.year - first.year + 1),
        .periods = period_of(scenario, last) + 1,
        .first_year = first.year,
        .horizon = (double)(scenario->horizon + 1 - scenario->start),
    };
}
