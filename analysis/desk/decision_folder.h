/* The temporary folder in which a question of what to do is answered: the question as a scenario file beside
 * which the command line is written, results that are kept for the next one, and the answer. */
#ifndef HW_ANALYSIS_DESK_DECISION_FOLDER_H
#define HW_ANALYSIS_DESK_DECISION_FOLDER_H

#include "analysis/desk/engine.h"

typedef struct hw_decision_folder {
    char *path;   /* NULL until it is needed */
    char *answer; /* the file in it */
} hw_decision_folder;

/* Whether the question (JSON, analysis/desk/decision.h) can be asked at all. */
hw_status hw_decision_check(const hw_engine_wish *wish, const char *json, hw_errors *errors);

/* Writes what a question needs and says the command: words end with NULL, free with hw_decision_words_free.
 * HW_ERROR_IO when the folder cannot be written; else as hw_decision_check. */
hw_status hw_decision_folder_write(hw_decision_folder *folder, const hw_engine_wish *wish, const char *json,
                                   char ***words, hw_errors *errors);
void hw_decision_words_free(char **words);

/* Removes it with all that is in it. */
void hw_decision_folder_remove(hw_decision_folder *folder);

#endif
