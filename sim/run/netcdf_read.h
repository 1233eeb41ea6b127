/* Reading files by the netCDF-4 conventions, from any hand: everything is checked, nothing is believed. All
 * functions return NULL, false or a negative number when the thing is missing or is not what was asked for.
 */
#ifndef HW_SIM_RUN_NETCDF_READ_H
#define HW_SIM_RUN_NETCDF_READ_H

#include <hdf5.h>
#include <stdbool.h>
#include <stdint.h>

/* Texts are allocated for the caller. */
char *hw_netcdf_read_text(hid_t object, const char *name);
bool hw_netcdf_read_number(hid_t object, const char *attribute, hid_t memory_type, void *value);

/* A dataset of a file; whether it holds texts; its length when it has one dimension, else 0. */
hid_t hw_netcdf_open(hid_t file, const char *name);
bool hw_netcdf_is_text(hid_t dataset);
uint64_t hw_netcdf_length(hid_t file, const char *name);

/* All numbers of a one-dimensional dataset, of an HDF5 type of 8 bytes, allocated for the caller. */
void *hw_netcdf_read_list(hid_t file, const char *name, hid_t type, uint64_t *count);

/* `count` texts of a dataset by its name; the only one. */
char **hw_netcdf_read_texts_of(hid_t file, const char *name, uint64_t count);
char *hw_netcdf_read_one_text(hid_t file, const char *name);

/* The attribute `units` in the program's own words: "days" where the file says "day" (hw_netcdf_units). */
char *hw_netcdf_read_units(hid_t object);

/* Number of dimensions (0..8) and their lengths. */
int hw_netcdf_read_shape(hid_t dataset, hsize_t lengths[8]);

/* Names of the dataset's dimensions through their attached scales: false when one has none. */
bool hw_netcdf_read_dimension(hid_t dataset, unsigned dimension, char *name, size_t room);

/* `count` texts of a one-dimensional (or, for one text, scalar) dataset of texts, each allocated, the array
 * too. */
char **hw_netcdf_read_texts(hid_t dataset, uint64_t count);
void hw_netcdf_free_texts(char **texts, uint64_t count);

#endif
