/* The registry of sampling designs: one row each. */
#include "analysis/sweep/design.h"

#define DESIGNS(ROW)                                                                                         \
    ROW(grid)                                                                                                \
    ROW(full_factorial)                                                                                      \
    ROW(fractional_factorial)                                                                                \
    ROW(latin_hypercube)                                                                                     \
    ROW(sobol)                                                                                               \
    ROW(morris)                                                                                              \
    ROW(points)

#define DECLARE(design)                                                                                      \
    extern const hw_design hw_design_##design;                                                               \
    extern const hw_section hw_design_##design##_parameters;
#define DESIGN(design) &hw_design_##design,
#define PARAMETERS(design) &hw_design_##design##_parameters,

DESIGNS(DECLARE)

const hw_design *const hw_design_list[] = {DESIGNS(DESIGN)};
static const hw_section *const sections[] = {DESIGNS(PARAMETERS)};
const hw_registry hw_designs = {.name = "designs", .sections = sections, .count = HW_LENGTH(sections)};
