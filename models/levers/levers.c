/* The registry of policy levers: one row each. They act in this order. */
#include "models/lever.h"

#define LEVERS(ROW)                                                                                          \
    ROW(treaty)                                                                                              \
    ROW(armenia_first)                                                                                       \
    ROW(depoliticised_support)                                                                               \
    ROW(matched_support)                                                                                     \
    ROW(technical_advice)                                                                                    \
    ROW(remote_survey)                                                                                       \
    ROW(trench_machines)                                                                                     \
    ROW(dog_centre)                                                                                          \
    ROW(competition)                                                                                         \
    ROW(expertise_export)                                                                                    \
    ROW(survey_first)                                                                                        \
    ROW(tension)                                                                                             \
    ROW(joint_border_clearance)                                                                              \
    ROW(detainees_and_maps)                                                                                  \
    ROW(map_exchange)                                                                                        \
    ROW(accident_sharing)                                                                                    \
    ROW(external_qc)                                                                                         \
    ROW(mine_action_law)                                                                                     \
    ROW(women_deminers)                                                                                      \
    ROW(risk_education)                                                                                      \
    ROW(ngo_access)                                                                                          \
    ROW(victim_aid_only)                                                                                     \
    ROW(development_grants)                                                                                  \
    ROW(donor_conference)                                                                                    \
    ROW(private_investors)                                                                                   \
    ROW(jobs_and_schools)

#define DECLARE(lever)                                                                                       \
    extern const hw_lever hw_lever_##lever;                                                                  \
    extern const hw_section hw_lever_##lever##_parameters;
#define LEVER(lever) &hw_lever_##lever,
#define PARAMETERS(lever) &hw_lever_##lever##_parameters,

#define NAME(lever) #lever,

LEVERS(DECLARE)

const hw_lever *const hw_lever_list[] = {LEVERS(LEVER)};
const char *const hw_lever_names_or_none[] = {"none", LEVERS(NAME) NULL};
static const hw_section *const sections[] = {LEVERS(PARAMETERS)};
const hw_registry hw_levers = {
    .name = "levers", .sections = sections, .count = HW_LENGTH(sections), .switched_by = "on"};
