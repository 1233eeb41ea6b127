/* In which futures something goes wrong, as few limits on few inputs: patient rule induction (Friedman and
 * Fisher 1999, Statistics and Computing 9; as Bryant and Lempert 2010, Technological Forecasting and Social
 * Change 77, use it). A box loses a twentieth of its worlds at one end of one input at a time, wherever the
 * share of bad worlds rises most; limits that chance explains are taken away again. */
#ifndef HW_ANALYSIS_BOXES_H
#define HW_ANALYSIS_BOXES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct hw_limit {
    uint32_t input;
    double low, high; /* infinite where there is no limit; worlds on a limit are inside */
    double p; /* of so many bad worlds inside, were this limit of no effect (binomial), times twice the number
                 of inputs, since each end of each was tried; at most 1 */
    double kept; /* share of resampled sets of worlds whose box limits this input, too */
} hw_limit;

typedef struct hw_box {
    hw_limit *limits; /* by p, the clearest first */
    uint32_t count;
    size_t inside, bad_inside;
} hw_box;

/* Inputs one after the other, `worlds` numbers each. The box of at least a twentieth of the worlds that has
 * most more bad worlds than chance would put there, with the limits that hold at 5 %. No limits: nothing is
 * to be told. Free the limits. `seed` keys the resampling. */
hw_box hw_box_find(const double *inputs, uint32_t input_count, const bool *bad, size_t worlds, uint64_t seed);
void hw_box_free(hw_box *box);

/* Whether a world is inside. */
bool hw_box_holds(const hw_box *box, const double *inputs, size_t worlds, size_t world);

#endif
