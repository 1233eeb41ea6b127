/* Scenario layers that have a price, and the sets of them that a budget can pay. */
#ifndef HW_ANALYSIS_LAYERS_H
#define HW_ANALYSIS_LAYERS_H

#include "analysis/results/study.h"

enum { HW_LAYERS_MOST = 16, HW_LAYER_SETS_MOST = 64 };

typedef struct hw_layer {
    char *path;
    char *name; /* of its file, without folder and ending */
    double usd;
} hw_layer;

typedef struct hw_layers {
    hw_layer items[HW_LAYERS_MOST];
    uint32_t count;
    hw_study_source *sources; /* a set each, the first without any */
    double *usd;              /* what each set costs */
    uint32_t set_count;
} hw_layers;

/* Reads "levers/treaty.yaml=2 MUSD" for each, and makes all sets that cost no more than the budget, over the
 * base. HW_ERROR_INPUT for what cannot be read and for more sets than can be ranked. Free after failure too;
 * the base must outlive it. */
hw_status hw_layers_read(hw_layers *layers, const char *base, const char *const *texts, uint32_t count,
                         double budget, hw_errors *errors);
void hw_layers_free(hw_layers *layers);

#endif
