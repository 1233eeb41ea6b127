/* In which values two scenarios differ: all of their values, defaults too, key by key. Sources,
 * notes and names are no values. */
#ifndef HW_ANALYSIS_DIFFERENCES_H
#define HW_ANALYSIS_DIFFERENCES_H

#include <stdbool.h>
#include <stdint.h>

typedef struct hw_difference {
    char *path;           /* "planning.rule", "streams.A new pledge" */
    char *base, *variant; /* the values as text; NULL where there is no such key; "..." for a whole mapping */
    bool ground;          /* has a say in which ground is contaminated, and how */
} hw_difference;

/* A value that was set over a scenario, as a factor of a sweep does. Borrows its texts. */
typedef struct hw_laid_value {
    const char *path; /* as the scenario's keys: "planning.rule" */
    const char *text;
} hw_laid_value;

typedef struct hw_differences {
    hw_difference *items;
    uint32_t count;
} hw_differences;

/* Both as rows (hw_binding_rows, hw_outcomes.rows). In their order. Free it. */
void hw_differences_find(hw_differences *differences, const char *base, const char *variant);
/* Afterwards: takes into account what was set over the texts, where their own values no longer count. A path
 * that was set over one of them only is a difference, with "as the scenario says" for the other. */
void hw_differences_lay(hw_differences *differences, const hw_laid_value *base, uint32_t base_count,
                        const hw_laid_value *variant, uint32_t variant_count);
void hw_differences_free(hw_differences *differences);

/* Whether the value at a path has a say in which ground is contaminated, and how. */
bool hw_changes_ground(const char *path);

#endif
