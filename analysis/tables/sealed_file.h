/* Files of the program's own kinds: HDF5 by the netCDF conventions, sealed, with the number of their format
 * in an attribute. Written whole or not at all. */
#ifndef HW_ANALYSIS_SEALED_FILE_H
#define HW_ANALYSIS_SEALED_FILE_H

#include "sim/run/netcdf_write.h"
#include "sim/run/output_file.h"

/* What such a file says of itself. */
typedef struct hw_sealed_kind {
    const char *format_name; /* of the attribute with the number */
    int32_t format;
    const char *not_ours, *damaged; /* what is said of other files, behind their path */
} hw_sealed_kind;

/* Whether the file has the attribute of the kind and `look` (unless NULL) says so too; false for what cannot
 * be opened. Says nothing. */
bool hw_sealed_file_is(const char *path, const hw_sealed_kind *kind,
                       bool (*look)(hid_t file, const void *context), const void *context);

/* Writes the number of the format and what `write` adds. Statuses as hw_output_open; HW_ERROR_IO when it
 * cannot be written: then the file that was there stays. */
hw_status hw_sealed_file_write(const char *path, const hw_sealed_kind *kind, const hw_output_format *format,
                               bool (*write)(hw_netcdf *netcdf, const void *context), const void *context,
                               const hw_output_rules *rules, hw_errors *errors);

/* HW_ERROR_INPUT when it is something else, HW_ERROR_IO when it or `read` fails. */
hw_status hw_sealed_file_read(const char *path, const hw_sealed_kind *kind,
                              bool (*read)(hid_t file, void *context), void *context, hw_errors *errors);

#endif
