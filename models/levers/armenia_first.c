/* Armenia accedes to the Anti-Personnel Mine Ban Convention first: then it is likelier that the lever
 * `treaty` comes about, and that givers answer to it. */
#include "models/lever.h"

typedef struct terms {
    hw_lever_terms lever;
    hw_value_id follows, answers;
} terms;

static const hw_key keys[] = {
    HW_LEVER_KEYS(terms, "{p10: 6 months, p50: 15 months, p90: 48 months}", "0 USD", "0 USD/year"),
    {HW_LEVER_QUANTITY(terms, follows, HW_DIM_SHARE, 0, 1), .standard = "{p10: 5 %, p50: 25 %, p90: 60 %}",
     .read_if = "levers.treaty.on",
     .meaning =
         "Of the chance that `treaty` lacks, the share that it then gains: the reason given for staying "
         "outside, that the neighbour does, is gone."},
    {HW_LEVER_QUANTITY(terms, answers, HW_DIM_SHARE, 0, 1), .standard = "{p10: 0 %, p50: 15 %, p90: 40 %}",
     .read_if = "levers.treaty.on",
     .meaning = "Of the givers with the condition `treaty` who would not have answered to accession, the "
                "share that then does."},
};

const hw_section hw_lever_armenia_first_parameters = {
    "armenia_first",
    "Armenia accedes to the Anti-Personnel Mine Ban Convention first: accession (the lever `treaty`) and "
    "givers' answers to it become likelier.",
    sizeof(terms), keys, HW_LENGTH(keys)};

static const hw_change changes[] = {
    {.path = "levers.treaty.chance", .kind = HW_CHANGE_CLOSE_GAP, .by = offsetof(terms, follows)},
    {.path = "conditions.treaty.response", .kind = HW_CHANGE_CLOSE_GAP, .by = offsetof(terms, answers)},
};

const hw_lever hw_lever_armenia_first = {.changes = changes, .change_count = HW_LENGTH(changes)};
