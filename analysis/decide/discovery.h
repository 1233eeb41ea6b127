/* In which futures a scenario fails: a box of a few limits on its uncertain values. */
#ifndef HW_ANALYSIS_DISCOVERY_H
#define HW_ANALYSIS_DISCOVERY_H

#include "analysis/decide/measure.h"
#include "analysis/figures/boxes.h"
#include "analysis/results/study.h"
#include "analysis/tables/sheet.h"

/* What is bad: a place that is not released by a date, or a measure below (of victims: above) a number. */
typedef struct hw_badness {
    hw_measure measure;
    double limit;
    char *words; /* "Agdam city after 2030-12-31" */
} hw_badness;

/* Reads "PLACE after YYYY-MM-DD", "people by YYYY-MM-DD < N", "land by YYYY-MM-DD < N", "person-years < N" or
 * "victims > N". HW_ERROR_INPUT, saying what was expected. Free it. */
hw_status hw_badness_read(hw_badness *badness, const char *text, hw_errors *errors);
void hw_badness_free(hw_badness *badness);

typedef struct hw_told_limit {
    const char *path, *units; /* of the value; units: "" for plain numbers */
    hw_limit limit;
    double below, above; /* shares of the worlds that lie below and above the limits */
} hw_told_limit;

typedef struct hw_discovery {
    hw_badness *badness;
    uint64_t worlds, seed, bad;
    uint32_t inputs; /* uncertain values that were looked at: all that are read */
    hw_box box;
    hw_told_limit *limits;
    const char *title;
    char *known;  /* from what the values are known, in lines */
    char *digest; /* with the name of the scenario */
} hw_discovery;

enum { HW_DISCOVERY_FEWEST_WORLDS = 50 };

/* Of a study of one scenario that has run (rank 0). HW_ERROR_LAW where replications failed. Values that
 * nothing reads are left out. Free after failure too. */
hw_status hw_discovery_find(hw_discovery *discovery, const hw_study *study, hw_errors *errors);
void hw_discovery_free(hw_discovery *discovery);

void hw_discovery_build(hw_book *book, const hw_discovery *discovery);
void hw_discovery_print_head(FILE *out, const hw_discovery *discovery);

#endif
