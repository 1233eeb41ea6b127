/* The registry of funding conditions: one row each. */
#include "models/condition.h"

#define CONDITIONS(ROW)                                                                                      \
    ROW(unconditional)                                                                                       \
    ROW(performance)                                                                                         \
    ROW(reporting)                                                                                           \
    ROW(no_escalation)                                                                                       \
    ROW(treaty)

#define DECLARE(condition)                                                                                   \
    extern const hw_condition hw_condition_##condition;                                                      \
    extern const hw_section hw_condition_##condition##_parameters;
#define CONDITION(condition) &hw_condition_##condition,
#define PARAMETERS(condition) &hw_condition_##condition##_parameters,
#define NAME(condition) #condition,

CONDITIONS(DECLARE)

const hw_condition *const hw_condition_list[] = {CONDITIONS(CONDITION)};
const char *const hw_condition_names[] = {CONDITIONS(NAME) NULL};
static const hw_section *const sections[] = {CONDITIONS(PARAMETERS)};
const hw_registry hw_conditions = {.name = "conditions", .sections = sections, .count = HW_LENGTH(sections)};
