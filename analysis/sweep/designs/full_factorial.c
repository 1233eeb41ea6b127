/* Both ends of every factor with both ends of the others (a factor with levels: its first and its last), in
 * standard order (Box, Hunter and Hunter 2005, "Statistics for experimenters", chapter 5): the first factor
 * changes fastest. */
#include "analysis/sweep/design.h"

typedef struct terms {
    bool centre;
} terms;

static const hw_key keys[] = {
    {.name = "centre",
     .type = HW_KEY_YES_NO,
     .standard = "no",
     .offset = offsetof(terms, centre),
     .meaning = "One more point in the middle of all factors, which shows whether effects are straight.",
     .source = "our choice"},
};

const hw_section hw_design_full_factorial_parameters = {"full_factorial",
                                                        "All combinations of the two ends of each factor.",
                                                        sizeof(terms), keys, HW_LENGTH(keys)};

enum { FACTORS_MOST = 40 };

static hw_status make_plan(const void *parameters, hw_design_plan *plan, hw_errors *errors) {
    if (plan->question.factor_count > FACTORS_MOST) {
        hw_errors_add(errors, plan->question.where,
                      "a full factorial design of %u factors has 2^%u points; fractional_factorial, "
                      "latin_hypercube or morris need fewer",
                      plan->question.factor_count, plan->question.factor_count);
        return HW_ERROR_INPUT;
    }
    plan->points = (UINT64_C(1) << plan->question.factor_count) + ((const terms *)parameters)->centre;
    return HW_OK;
}

static void point(const hw_design_plan *plan, uint64_t number, double *unit, hw_design_place *place) {
    (void)place;
    bool centre = number >> plan->question.factor_count != 0;
    for (uint32_t f = 0; f < plan->question.factor_count; f++) {
        unit[f] = centre ? 0.5 : (double)(number >> f & 1U);
    }
}

const hw_design hw_design_full_factorial = {.reaches_ends = true, .plan = make_plan, .point = point};
