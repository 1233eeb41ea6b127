/* Levers one at a time against a base on the same worlds, ranked by what each brings: days gained for a
 * place, the probability of its release by a date, land released and people home by dates, victims averted,
 * dollars saved. Before the first stands what a change of nothing brings: the noise floor. */
#ifndef HW_ANALYSIS_LEVERS_H
#define HW_ANALYSIS_LEVERS_H

#include "analysis/compare/compare.h"

/* Groups of contenders, ranked apart. */
typedef enum hw_lever_kind { HW_LEVER_SINGLE, HW_LEVER_BUNDLE, HW_LEVER_KINDS } hw_lever_kind;

/* What a lever is measured by. */
enum {
    HW_GAIN_DAYS,
    HW_GAIN_CHANCE,
    HW_GAIN_LAND,
    HW_GAIN_PEOPLE,
    HW_GAIN_VICTIMS,
    HW_GAIN_DOLLARS,
    HW_GAINS
};

/* What one lever brings. */
typedef struct hw_gain {
    const hw_contender *lever;
    const hw_compare_row *row;
    hw_amount amount; /* more than zero is better */
} hw_gain;

/* The largest first. */
typedef struct hw_gains {
    hw_gain *items;
    size_t count;
} hw_gains;

typedef struct hw_levers {
    hw_compare_kind kinds[HW_GAINS];
    int64_t land_by; /* the land that is released until then */
    hw_comparison all;
    hw_gains ranked[HW_LEVER_KINDS][HW_GAINS];
} hw_levers;

/* The usual dates, of people and chances (the end of 2035) and of land (the end of 2030), or the horizon when
 * that comes first. */
int64_t hw_levers_usual_date(const hw_outcomes *outcomes);
int64_t hw_levers_usual_land_date(const hw_outcomes *outcomes);

/* Days gained are for the place of the wish, or in the mean of all places; people home and
 * chances are for its one date, with only_by; land for `land_by`. Statuses as hw_compare_scenarios. A
 * contender's group is its kind. Free after failure too; the comparison in it points into the levers, which
 * must not move. */
hw_status hw_levers_rank(hw_levers *levers, const hw_contender *base, const hw_contender *contenders,
                         uint32_t count, const hw_compare_wish *wish, int64_t land_by, hw_errors *errors);
void hw_levers_free(hw_levers *levers);

/* Its tables. */
void hw_levers_build(hw_book *book, const hw_levers *levers);

/* What was compared, how to read it, and the findings in sentences. */
void hw_levers_print_head(FILE *out, const hw_levers *levers);

#endif
