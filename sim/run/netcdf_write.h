/* Writing an HDF5 file as the netCDF-4 library would: dimensions are dimension scales, everything has its
 * attributes, and nothing in it depends on when, where or by how many it was written. */
#ifndef HW_SIM_RUN_NETCDF_WRITE_H
#define HW_SIM_RUN_NETCDF_WRITE_H

#include "sim/record.h"
#include "sim/run/seal.h"
#include "sim/run/trouble.h"
#include <hdf5.h>
#include <stdbool.h>
#include <stdint.h>

enum { HW_DEFLATE_LEVEL = 1 }; /* higher levels cost more time than they save in disk */
enum { HW_NETCDF_MAX_RANK = HW_RECORD_MAX_RANK + 2 };

typedef struct hw_netcdf {
    hid_t file;
    const char *path;
    hid_t ends;          /* the dimension of two that bounds have; 0 until an axis has some */
    uint64_t seal;       /* where its place is in the file */
    hw_trouble *trouble; /* gets the first thing that fails, in words of the system where it gave any */
    H5E_auto2_t report_before;
    void *report_context_before;
} hw_netcdf;

/* Creates (or overwrites) `path`, which like `trouble` must outlive the file. */
bool hw_netcdf_create(hw_netcdf *netcdf, const char *path, hw_sealed kind, hw_trouble *trouble);

/* Makes sure that the disk has room for all that has been written, and for so many bytes more. HDF5 keeps
 * much of it in memory, and does not survive it when that does not fit in the end. */
bool hw_netcdf_reserve(hw_netcdf *netcdf, uint64_t more);

/* Ends and seals the file, or (after a trouble) removes it. */
bool hw_netcdf_close(hw_netcdf *netcdf);

/* Attributes of an object of the file (netcdf->file for the whole). A NULL text is left out. */
bool hw_netcdf_text(hid_t object, const char *name, const char *value);
bool hw_netcdf_number(hid_t object, const char *name, hid_t file_type, hid_t memory_type, const void *value);

/* How a unit is written in a file. Programs that read the netCDF conventions (xarray) take a number in "days"
 * or "hours" for a span of time and turn it into whole nanoseconds, which overflows and loses the unit; they
 * leave "day" and "hour" alone, and the conventions know both. hw_netcdf_read_units is the way back. */
const char *hw_netcdf_units(const char *units);

/* A dimension with its coordinate variable, and a variable <name>_bounds where it has bounds. Return the open
 * scale, or a negative number. */
hid_t hw_netcdf_axis(hw_netcdf *netcdf, const hw_axis *axis);
hid_t hw_netcdf_keys(hw_netcdf *netcdf, const char *name, const char *long_name, const uint64_t *keys,
                     uint64_t count);

/* A variable along `scales` (rank of them; lengths as given; the first one growable), compressed, in chunks
 * of `block` along the first and all of the others; along axes with bounds its cell_methods say what it tells
 * of each span. Returns the open dataset, or a negative number. */
hid_t hw_netcdf_variable(hw_netcdf *netcdf, const hw_variable *variable, const hid_t *scales,
                         const hsize_t *lengths, uint32_t rank, uint64_t block);

/* Numbers along one scale, all at once: `count` doubles or 64-bit integers, as the variable's type says. */
bool hw_netcdf_numbers(hw_netcdf *netcdf, const hw_variable *variable, hid_t scale, const void *numbers,
                       uint64_t count, uint64_t block);

/* A variable of texts along a growable scale, to be written in rows. Returns the open dataset, or a negative
 * number. */
hid_t hw_netcdf_text_column(hw_netcdf *netcdf, const char *name, const char *long_name, hid_t scale,
                            uint64_t count, uint64_t block);

/* Writes a box of numbers (doubles in memory) or texts (char *) at `start` with `lengths`. */
bool hw_netcdf_write_rows(hid_t dataset, uint32_t rank, const hsize_t *start, const hsize_t *lengths,
                          const void *values, bool texts);

/* Texts along a growable scale, and one text alone. */
bool hw_netcdf_texts(hw_netcdf *netcdf, const char *name, const char *long_name, hid_t scale,
                     const char *const *texts, uint64_t count);
bool hw_netcdf_long_text(hw_netcdf *netcdf, const char *name, const char *long_name, const char *text);

#endif
