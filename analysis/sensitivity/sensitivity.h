/* Which factors of a sweep move an outcome: measures of influence with intervals, ranked.
 *
 * What can be said depends on the design. Rows of a Sobol design with indices give shares of variance; Morris
 * trajectories give sizes of effects; any other points give correlations and a linear regression, which see
 * neither interactions nor effects that go up and down. */
#ifndef HW_ANALYSIS_SENSITIVITY_H
#define HW_ANALYSIS_SENSITIVITY_H

#include "analysis/figures/indices.h"
#include "analysis/tables/sheet.h"
#include "sim/error.h"
#include "sim/run/sweep_results.h"

typedef enum hw_sensitivity_kind {
    HW_SENSITIVITY_SOBOL,
    HW_SENSITIVITY_MORRIS,
    HW_SENSITIVITY_REGRESSION,
} hw_sensitivity_kind;

enum { HW_SENSITIVITY_MEASURES = 3 };

/* What measures[] of an influence holds. Shares have no unit; effects have the outcome's (days for dates),
 * over the whole range of the factor. */
enum { HW_SOBOL_MAIN, HW_SOBOL_TOTAL };
enum { HW_MORRIS_MU, HW_MORRIS_MU_STAR, HW_MORRIS_SIGMA };
enum { HW_REGRESSION_RANK, HW_REGRESSION_COEFFICIENT };

/* Whether an influence is more than zero. */
typedef enum hw_influence_verdict {
    HW_INFLUENCE_UNKNOWN,
    HW_INFLUENCE_NONE,       /* it could be zero */
    HW_INFLUENCE_NOISE,      /* it seems to be, but the noise of replications alone could look like this */
    HW_INFLUENCE_TOTAL_ONLY, /* Sobol: only together with other factors */
    HW_INFLUENCE_CLEAR,
    HW_INFLUENCE_UNEVEN, /* Morris: it is, and depends on where other factors stand */
} hw_influence_verdict;

/* Influence of one factor on one outcome. */
typedef struct hw_influence {
    const char *factor, *path, *units; /* borrowed from the results */
    bool assumed;                      /* the scenario's own value is marked as assumed */
    uint32_t rank;                     /* from 1; 0 when it cannot be ranked */
    hw_bounds measures[HW_SENSITIVITY_MEASURES];
    /* Sobol without kept outcomes: what measures[] would be if the noise of points were independent and were
     * taken off. Noise of common random numbers lies between none and this. NaN otherwise. */
    double less_noise[HW_SENSITIVITY_MEASURES];
    bool told[HW_SENSITIVITY_MEASURES]; /* differs from zero, and from the noise of replications */
    hw_influence_verdict verdict;
    double noise; /* Morris: standard deviation of one effect by the noise of replications alone */
    char *about;  /* why there is no figure, or how words were ordered; or NULL. Owned */
} hw_influence;

/* Influences on one number of the outcome, in one of the sweep's scenarios, most influential first. */
typedef struct hw_sensitivity_of {
    const char *output;
    char *label;          /* "release: Aghali", "release by 2024-12-31: Aghali" */
    char *element;        /* "Aghali"; "" when the output is one number */
    const char *scenario; /* label of the case */
    const char *units;    /* of mean and sd: days for dates */
    uint64_t parts;       /* rows, trajectories or points that were used */
    uint64_t dropped;     /* of these, left out because a point has no answer */
    uint32_t resamples;
    double sd; /* over points: how far the outcome moves at all */
    double
        noise_share; /* of the variance of point means: noise of their replications, 0 to 1; NaN: unknown */
    double censored; /* largest share of worlds, over its points, in which a day does not come by the horizon;
                        NaN: not a mean of days */
    bool noise_removed;  /* it is known from kept outcomes, and taken off; else it is an upper bound */
    double explained;    /* regression: share of variance; NaN otherwise */
    double sum_of_mains; /* Sobol: NaN otherwise */
    hw_influence *influences;
    uint32_t influence_count;
    const char *about; /* why there is no figure, or NULL */
} hw_sensitivity_of;

/* From where to where a factor was moved, over all points. */
typedef struct hw_factor_span {
    const char *factor, *path, *units; /* borrowed from the results */
    bool assumed;
    double least, most; /* NaN for words */
    char *words;        /* those that occur: "nearest_release, worst_first"; NULL for numbers. Owned */
} hw_factor_span;

typedef struct hw_sensitivity {
    hw_sensitivity_kind kind;
    hw_sensitivity_of *items;
    uint32_t count;
    hw_factor_span *factors;
    uint32_t factor_count;
    char **scenarios; /* owned labels */
    uint64_t scenario_count;
    char by[16]; /* "2024-12-31", or "" */
} hw_sensitivity;

typedef struct hw_sensitivity_wish {
    const char *outcome; /* an output, or "output: element"; NULL: all */
    const int64_t *by; /* probability of having happened by this date (days since 1970-01-01); NULL: means */
} hw_sensitivity_wish;

/* HW_ERROR_INPUT for an unknown outcome (nearest name in errors), a date that the sweep did not keep, or a
 * sweep of too few points; HW_ERROR_IO when the file cannot be read. The results must outlive it. Free after
 * failure too. */
hw_status hw_sensitivity_read(hw_sensitivity *sensitivity, const hw_sweep_results *results,
                              const hw_sensitivity_wish *wish, hw_errors *errors);
void hw_sensitivity_free(hw_sensitivity *sensitivity);

/* The measure by which influences are ranked: total index, mu*, rank correlation. */
uint32_t hw_sensitivity_ranking_measure(hw_sensitivity_kind kind);

/* The same as sheets. */
void hw_sensitivity_build(hw_book *book, const hw_sensitivity *sensitivity, bool one_outcome);

/* One index of a function whose exact indices are known, and its estimate. */
typedef struct hw_known_index {
    const char *function, *kind; /* "main", "total" */
    uint32_t factor;
    double exact, error; /* error: estimate less exact */
    hw_bounds estimate;
    bool good; /* as close as it must be */
} hw_known_index;

enum { HW_KNOWN_INDICES = 18 };

/* The estimators against such functions. */
void hw_sensitivity_check(hw_known_index indices[HW_KNOWN_INDICES]);
/* The same as a table. */
void hw_sensitivity_build_check(hw_book *book, const hw_known_index indices[HW_KNOWN_INDICES]);

#endif
