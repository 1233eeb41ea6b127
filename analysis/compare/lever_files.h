/* Which levers there are for a base: the scenario files of a folder beside it, each to be laid over it.
 *
 * <folder>/<name>.yaml is a lever, <folder>/bundles/<name>.yaml a bundle of levers. A file may include what
 * the base includes, and other files of the folder; what includes anything else is made for another base. */
#ifndef HW_ANALYSIS_LEVER_FILES_H
#define HW_ANALYSIS_LEVER_FILES_H

#include "analysis/compare/levers.h"
#include "sim/error.h"

typedef struct hw_lever_file {
    char *path;
    hw_lever_kind kind;
} hw_lever_file;

typedef struct hw_lever_files {
    hw_lever_file *items; /* levers before bundles, each by name */
    uint32_t count;
} hw_lever_files;

/* Finds them on rank 0, for all ranks (collective). `folder`: NULL for "levers" beside the base. `only`:
 * names without ending, separated by commas, or NULL for all. HW_ERROR_INPUT without any, for unknown names
 * (nearest one in errors), and for files made for another base. Free after success and failure alike. */
hw_status hw_lever_files_find(hw_lever_files *files, const char *base, const char *folder, const char *only,
                              hw_errors *errors);
/* The same on this process alone. */
hw_status hw_lever_files_here(hw_lever_files *files, const char *base, const char *folder, const char *only,
                              hw_errors *errors);
void hw_lever_files_free(hw_lever_files *files);
/* "levers" beside the base; free with free(). */
char *hw_lever_files_folder(const char *base);

#endif
