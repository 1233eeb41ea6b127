/* A question's words as the page sends them: {"levers": [names], "yaml": text}, and what else others read. */
#ifndef HW_ANALYSIS_DESK_WORDS_H
#define HW_ANALYSIS_DESK_WORDS_H

#include "analysis/base/json.h"
#include "analysis/desk/engine.h"

typedef struct hw_desk_words {
    json_t *json;                  /* holds the text */
    const char *text;              /* of the scenario file that is laid over base and levers */
    uint32_t *levers, lever_count; /* positions in the wish's list */
} hw_desk_words;

/* HW_ERROR_INPUT where it is no such JSON, or names a lever that is not there. Free after failure too. */
hw_status hw_desk_words_read(hw_desk_words *words, const hw_engine_wish *wish, const char *json,
                             hw_errors *errors);
void hw_desk_words_free(hw_desk_words *words);

/* The position of a lever; false with an error that names the nearest one. */
bool hw_desk_find_lever(const hw_engine_wish *wish, const char *name, uint32_t *found, hw_errors *errors);

#endif
