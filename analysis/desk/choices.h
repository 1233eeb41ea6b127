/* What the desk's page may offer to change: the names in the base scenario, and its policy levers. */
#ifndef HW_ANALYSIS_DESK_CHOICES_H
#define HW_ANALYSIS_DESK_CHOICES_H

#include "analysis/base/json.h"
#include "analysis/desk/engine.h"

/* {"base", "title", "question", "start", "horizon", "as_of", "seed", "worlds", "settings", "streams":
 * [{"name", "yearly", "factor_since"}], "districts", "places", "place", "operators", "methods", "conditions",
 * "rules", "rule", "levers":
 * [{"name", "file", "title", "question", "bundle", "pulls", "on"}]}: "pulls" are the model's levers that it
 * pulls, "on" is the day, or null when they have not one day. Free with json_decref. HW_ERROR_INPUT when a
 * lever's file cannot be read. */
json_t *hw_desk_choices(const hw_engine_wish *wish, const bool *is_bundle, hw_status *status,
                        hw_errors *errors);

#endif
