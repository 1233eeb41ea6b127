/* Rows of all places together: the mean of their days, and of their probabilities. */
#include "analysis/compare/parts.h"
#include <string.h>

static const hw_axis *names_of(const hw_compare_side *side) {
    return &side->outcomes->layout->axes[side->variable->axis[0]];
}

typedef double (*day_view)(double day, const hw_outcomes *outcomes, int64_t by);

/* Where a place stands on the other side; UINT32_MAX where it is not, and of places that were released before
 * the start. */
static uint32_t other_of(const hw_compare_job *job, uint32_t place) {
    uint32_t other = hw_axis_find(names_of(&job->changed), names_of(&job->base)->labels[place]);
    return other != UINT32_MAX && hw_compare_are_facts(job, place, other) ? UINT32_MAX : other;
}

/* Adds up a view of the days of all places that both have, world by world, as means over the places. */
static void sum_places(hw_compare_job *job, day_view view, int64_t by, double scale) {
    uint32_t length = names_of(&job->base)->length, places = 0;
    memset(job->x, 0, job->count * sizeof *job->x);
    memset(job->y, 0, job->count * sizeof *job->y);
    for (uint32_t i = 0; i < length; i++) {
        places += other_of(job, i) != UINT32_MAX;
    }
    for (uint32_t i = 0; i < length; i++) {
        uint32_t other = other_of(job, i);
        for (uint64_t r = 0; other != UINT32_MAX && r < job->count; r++) {
            job->x[r] += view(hw_compare_value(&job->base, r, i), job->base.outcomes, by) / places * scale;
            job->y[r] +=
                view(hw_compare_value(&job->changed, r, other), job->changed.outcomes, by) / places * scale;
        }
    }
}

static const char mean_of_places[] = "all places, mean";

/* Of the places, on average. */
static void note_censored_places(hw_compare_job *job) {
    double base = 0, changed = 0, places = 0;
    for (uint32_t i = 0; i < names_of(&job->base)->length; i++) {
        uint32_t other = other_of(job, i);
        if (other != UINT32_MAX) {
            base += hw_compare_censored(job, &job->base, i);
            changed += hw_compare_censored(job, &job->changed, other);
            places++;
        }
    }
    hw_compare_note_censored(job, mean_of_places, base / fmax(places, 1), changed / fmax(places, 1));
}

void hw_compare_rows_mean_of_places(hw_compare_job *job) {
    note_censored_places(job);
    sum_places(job, hw_compare_restricted, 0, 1);
    hw_compare_add(job, mean_of_places, (double)NAN);
}

/* The share of the places that are released by the date: its mean over worlds is the mean of their
 * probabilities. */
void hw_compare_rows_mean_chance(hw_compare_job *job) {
    uint32_t dates;
    int64_t by = hw_compare_dates(job, &dates)[0];
    sum_places(job, hw_compare_happened, by, job->what->scale);
    hw_compare_add(job, mean_of_places, (double)by);
}
