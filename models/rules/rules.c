/* The registry of priority rules: one row each. */
#include "models/rule.h"

#define RULES(ROW)                                                                                           \
    ROW(state_programme)                                                                                     \
    ROW(nearest_release)                                                                                     \
    ROW(returnees_per_dollar)                                                                                \
    ROW(casualty_risk)                                                                                       \
    ROW(critical_path)                                                                                       \
    ROW(corridor_first)                                                                                      \
    ROW(worst_first)                                                                                         \
    ROW(weighted)                                                                                            \
    ROW(fixed_order)

#define DECLARE(rule)                                                                                        \
    extern const hw_rule hw_rule_##rule;                                                                     \
    extern const hw_section hw_rule_##rule##_parameters;
#define RULE(rule) &hw_rule_##rule,
#define PARAMETERS(rule) &hw_rule_##rule##_parameters,
#define NAME(rule) #rule,

RULES(DECLARE)

const hw_rule *const hw_rule_list[] = {RULES(RULE)};
const char *const hw_rule_names[] = {RULES(NAME) NULL};
const char *const hw_rule_names_or_as_planned[] = {"as_planned", RULES(NAME) NULL};
static const hw_section *const sections[] = {RULES(PARAMETERS)};
const hw_registry hw_rules = {.name = "rules", .sections = sections, .count = HW_LENGTH(sections)};
