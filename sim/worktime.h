/* Working time: how many effective working days lie between two moments, and when a given amount of work
 * ends.
 *
 * A cumulative table with one entry a step (a week, say) and its inverse turn a task of many days with
 * winters, heat and closures inside it into one event. */
#ifndef HW_SIM_WORKTIME_H
#define HW_SIM_WORKTIME_H

#include <assert.h>
#include <math.h>
#include <stdint.h>

/* Steps that are looked at together. */
enum { HW_WORKTIME_STRIDE = 8 };

/* cumulative[i] = working days from time 0 to i * step_days, not decreasing; from the arena, with room for
 * hw_worktime_entries: steps + 1, and infinity behind them. */
typedef struct hw_worktime {
    double *cumulative;
    uint32_t steps;
    double step_days, inverse_step;
} hw_worktime;

static inline uint32_t hw_worktime_entries(uint32_t steps) {
    return steps + 1 + HW_WORKTIME_STRIDE;
}

/* Fills `cumulative` and `inverse_step` from the working share (0..1) of each step. `share` has `steps`
 * entries; `cumulative`, `steps` and `step_days` are set by the caller. */
void hw_worktime_fill(hw_worktime *table, const double *share);

/* The step in which a moment lies: 0 for times before the table, `steps` for times beyond it. */
static inline uint32_t hw_worktime_step(const hw_worktime *table, double day) {
    double steps = day * table->inverse_step;
    if (!(steps > 0.0)) {
        return 0;
    }
    return steps < (double)table->steps ? (uint32_t)steps : table->steps;
}

/* Working days from time 0 to `day`, which lies in `step`. */
static inline double hw_worktime_until_in(const hw_worktime *table, uint32_t step, double day) {
    double before = table->cumulative[step];
    if (step == table->steps || !(day > 0.0)) {
        return before;
    }
    double part = day * table->inverse_step - (double)step;
    return before + part * (table->cumulative[step + 1] - before);
}

/* The same for any day. */
static inline double hw_worktime_until(const hw_worktime *table, double day) {
    return hw_worktime_until_in(table, hw_worktime_step(table, day), day);
}

/* Working days in [from, to]; times before 0 count as 0, beyond the table as its end. from <= to. */
static inline double hw_worktime_between(const hw_worktime *table, double from_day, double to_day) {
    assert(from_day <= to_day);
    return hw_worktime_until(table, to_day) - hw_worktime_until(table, from_day);
}

/* The first step after `step` at whose start at least `work_days` have passed; the table must reach that far.
 * Most work ends a few steps on. How many of the next ones do not reach it is counted without a branch, which
 * nobody could guess; infinity behind the table ends the count. */
static inline uint32_t hw_worktime_search(const hw_worktime *table, uint32_t step, double work_days) {
    assert(step < table->steps);
    uint32_t after = step + 1;
    for (;;) {
        const double *ahead = table->cumulative + after;
        uint32_t short_of = 0;
        for (int i = 0; i < HW_WORKTIME_STRIDE; i++) {
            short_of += ahead[i] < work_days;
        }
        after += short_of;
        if (short_of < HW_WORKTIME_STRIDE) {
            return after < table->steps ? after : table->steps;
        }
    }
}

/* The earliest moment, not before `from_day`, at which `work_days` (>= 0) of working time have passed since
 * `from_day`; +infinity when the table ends before. Inverse of hw_worktime_between up to rounding. */
static inline double hw_worktime_end(const hw_worktime *table, double from_day, double work_days) {
    if (!(work_days > 0.0)) {
        return from_day;
    }
    uint32_t step = hw_worktime_step(table, from_day);
    double target = hw_worktime_until_in(table, step, from_day) + work_days;
    double total = table->cumulative[table->steps];
    if (step == table->steps || target > total * (1.0 + 0x1.0p-50)) {
        return HUGE_VAL;
    }
    target = target < total ? target : total; /* work for all that is left may overshoot by its rounding */
    uint32_t after = hw_worktime_search(table, step, target);
    assert(after > step && after <= table->steps);
    double before = table->cumulative[after - 1];
    double step_work = table->cumulative[after] - before;
    double part = step_work > 0.0 ? (target - before) / step_work : 0.0;
    double end = ((double)(after - 1) + part) * table->step_days;
    return end > from_day ? end : from_day;
}

#endif
