/* What a file of scores is. */
#include "analysis/belief/scores_file.h"

const hw_book_kind hw_scores_kind = {
    .format_name = "homeward_scores_format",
    .noun = "a file of scores",
    .lacks = "holds no scores",
    .not_ours = "holds no scores: homeward hindcast ... --output writes them",
    .damaged = "has tables of scores that cannot be read",
    .prefix = "hindcast_",
};

const hw_output_format hw_scores_format = {
    .noun = "a file of scores", .is_kept = hw_book_file_is_kept, .context = &hw_scores_kind};
