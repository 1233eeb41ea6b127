/* A question of what to do, asked at the desk: answered by a command of this program, on the scenario that
 * the desk's question makes. Only options that open no file can be said. */
#ifndef HW_ANALYSIS_DESK_DECISION_H
#define HW_ANALYSIS_DESK_DECISION_H

#include "analysis/base/json.h"
#include "sim/error.h"

enum { HW_DECISION_WORLDS_MOST = 100000 };

typedef struct hw_decision {
    const char *command; /* pledge, target ... */
    char **options;      /* "--amount=15 MUSD" */
    uint32_t option_count;
    const char **levers; /* names of the levers that are held against each other; borrowed from the JSON */
    const char **prices; /* "3 MUSD", one for each lever; NULL: they have none */
    uint32_t lever_count;
} hw_decision;

/* Reads {"decide": command, "options": {name: text, count or true}, "against": [levers],
 * "prices": {lever: text}}, of which the last three may be missing; other members are others' to read.
 * HW_ERROR_INPUT for another command or option, or for a value of another kind. Free after failure too. */
hw_status hw_decision_read(hw_decision *decision, const json_t *asked, hw_errors *errors);
void hw_decision_free(hw_decision *decision);

#endif
