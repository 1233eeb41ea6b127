/* Scores of hindcasts as a file of tables: those of `homeward hindcast`, whichever they are. */
#ifndef HW_ANALYSIS_BELIEF_SCORES_FILE_H
#define HW_ANALYSIS_BELIEF_SCORES_FILE_H

#include "analysis/tables/book_file.h"

extern const hw_book_kind hw_scores_kind;

/* For a check before the work. */
extern const hw_output_format hw_scores_format;

#endif
