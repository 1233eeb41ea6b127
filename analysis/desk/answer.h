/* What the desk answers, as JSON. */
#ifndef HW_ANALYSIS_DESK_ANSWER_H
#define HW_ANALYSIS_DESK_ANSWER_H

#include "analysis/base/json.h"
#include "analysis/desk/worlds.h"

/* The base's part of first answers, which is the same in all of them: made with the first one, and kept. */
typedef struct hw_desk_base_part {
    uint64_t worlds; /* 0: not made yet */
    json_t *data;
} hw_desk_base_part;

/* The numbers of a page (analysis/page/page.h) about the first `count` worlds of the base and of what is
 * asked (NULL: the base alone), with "worlds" and "of": how many these are and how many will be. Errors as
 * {"errors": [...]}; the caller frees the text. */
char *hw_desk_answer(const hw_worlds_kept *base, hw_desk_base_part *part, const hw_worlds_kept *asked,
                     uint64_t count);
void hw_desk_base_part_free(hw_desk_base_part *part);

/* {"errors": [{"line", "column", "message"}]}; line and column where the error is in the question's text. */
char *hw_desk_errors(const hw_errors *errors);

/* The same of a question of what to do, with "state": "wrong". */
char *hw_desk_wrong(const hw_errors *errors);

/* {"state": "running", "done", "of", "left", "step"}: replications, time in words, the last part that is
 * done. */
char *hw_desk_running(uint64_t done, uint64_t of, const char *left, const char *step);

/* {"state": "done", "answers": [...]} of a file of --output; NULL with an error where it cannot be read. */
char *hw_desk_decided(const char *path, hw_errors *errors);

#endif
