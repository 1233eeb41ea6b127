/* An aim: a place or district released by a date, with some probability. */
#ifndef HW_ANALYSIS_AIM_H
#define HW_ANALYSIS_AIM_H

#include "analysis/results/outcomes.h"

typedef struct hw_aim {
    char *name;        /* as it was asked for: "Agdam city", "district:Agdam" */
    int64_t by;        /* day since 1970-01-01 */
    double share;      /* 0..1 */
    bool of_district;  /* once looked up */
    uint32_t position; /* among places or districts, likewise */
} hw_aim;

/* Reads "p(Agdam city by 2028-12-31)" into name and day; the text behind it, or NULL when it is none. */
const char *hw_aim_read_event(hw_aim *aim, const char *text);

/* Reads "p(Agdam city by 2028-12-31) >= 80 %". HW_ERROR_INPUT, saying what was expected. Free the name. */
hw_status hw_aim_read(hw_aim *aim, const char *text, hw_errors *errors);

/* Looks it up among what is simulated: layout, start and horizon. */
hw_status hw_aim_look(hw_aim *aim, const hw_outcomes *outcomes, hw_errors *errors);

/* Whether each good replication meets it, its place looked up by name in these outcomes; false with an error
 * when they have no such place or cannot be read. */
bool hw_aim_met(const hw_aim *aim, const hw_outcomes *outcomes, bool *met, hw_errors *errors);

#endif
