/* A question asked of the desk: a base scenario with policy levers and a small scenario text laid over it. It
 * is the scenario that the command line makes of a file which includes the base and these levers and says the
 * same text. */
#ifndef HW_ANALYSIS_DESK_QUESTION_H
#define HW_ANALYSIS_DESK_QUESTION_H

#include "analysis/scenario/load.h"

/* What may be asked of. Borrowed. */
typedef struct hw_desk_ground {
    const char *path;        /* of the base scenario */
    const hw_document *base; /* the same, read, with these laid over it */
    const hw_setting *settings;
    uint32_t setting_count;
    const char *const *levers; /* paths of scenario files that may be laid over it */
    uint32_t lever_count;
} hw_desk_ground;

typedef struct hw_desk_question {
    hw_document *layers; /* the base with the levers, where there are any */
    hw_document *text;
    hw_loaded loaded;
} hw_desk_question;

/* How errors name the text. */
extern const char hw_desk_question_file[];

/* Reads, binds and checks it. No file is opened but the base and its levers: what would name one (include,
 * observations, parameters_from) is refused. `levers` are positions in the ground's list. HW_ERROR_INPUT with
 * every mistake, at its line of the text. Free after success and failure alike. */
hw_status hw_desk_question_read(hw_desk_question *question, const hw_desk_ground *ground, const char *text,
                                const uint32_t *levers, uint32_t lever_count, hw_errors *errors);
void hw_desk_question_free(hw_desk_question *question);

#endif
