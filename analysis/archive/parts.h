/* What the files of this room share. */
#ifndef HW_ANALYSIS_ARCHIVE_PARTS_H
#define HW_ANALYSIS_ARCHIVE_PARTS_H

#include "analysis/archive/archive.h"

/* "results/quick.h5" as the user would type it, of a file of the archive; free with free(). */
char *hw_archive_path(const hw_archive *archive, const char *path);

/* look.c: what one file, or the journals of one output, say of themselves. `typed` is the path for the
 * system. */
void hw_archive_look(hw_archive_entry *entry, const char *typed);
void hw_archive_look_at_journals(hw_archive_entry *entry, const char *stem);
void hw_archive_look_at_partial(hw_archive_entry *entry, const char *typed);

#endif
