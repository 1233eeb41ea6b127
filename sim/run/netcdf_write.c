/* Writes dimensions, variables and attributes with HDF5. */
#define _GNU_SOURCE /* memfd_create, fallocate */
#include "sim/run/netcdf_write.h"
#include "sim/length.h"
#include "sim/run/netcdf_names.h"
#include <errno.h>
#include <fcntl.h>
#include <hdf5_hl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- What failed, in words ---- */

static herr_t find_system_error(unsigned n, const H5E_error2_t *entry, void *context) {
    (void)n;
    static const char mark[] = "errno = ";
    const char *found = entry->desc != NULL ? strstr(entry->desc, mark) : NULL;
    int *number = context;
    if (found != NULL && *number == 0) {
        *number = (int)strtol(found + sizeof mark - 1, NULL, 10);
    }
    return 0;
}

static herr_t find_words(unsigned n, const H5E_error2_t *entry, void *context) {
    const char **words = context;
    if (n == 0) {
        *words = entry->desc;
    }
    return 0;
}

/* HDF5 calls this when one of its functions fails, while its stack of causes is still there. */
static herr_t on_error(hid_t stack, void *context) {
    hw_netcdf *netcdf = context;
    int number = 0;
    const char *words = NULL;
    H5Ewalk2(stack, H5E_WALK_UPWARD, find_system_error, &number);
    H5Ewalk2(stack, H5E_WALK_UPWARD, find_words, (void *)&words);
    const char *reason = number ? strerror(number) : (words != NULL ? words : "HDF5 error");
    hw_trouble_note(netcdf->trouble, HW_ERROR_IO, number, "%s writing %s", reason, netcdf->path);
    return 0;
}

/* ---- The file ---- */

static hid_t text_type(size_t length) {
    hid_t type = H5Tcopy(H5T_C_S1);
    if (H5Tset_size(type, length) < 0 || H5Tset_cset(type, H5T_CSET_UTF8) < 0) {
        H5Tclose(type);
        return -1;
    }
    return type;
}

/* A text of fixed length, which lies in one piece in the file, in a place that is known at once. */
static bool write_seal_text(hw_netcdf *netcdf, hid_t group, hw_sealed kind) {
    char text[HW_SEAL_BYTES + 1];
    hw_seal_placeholder(text, kind);
    hid_t type = text_type(HW_SEAL_BYTES);
    hid_t space = H5Screate(H5S_SCALAR);
    hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
    hid_t dataset = -1;
    if (type >= 0 && space >= 0 && H5Pset_obj_track_times(creation, false) >= 0 &&
        H5Pset_layout(creation, H5D_CONTIGUOUS) >= 0 &&
        H5Pset_alloc_time(creation, H5D_ALLOC_TIME_EARLY) >= 0) {
        dataset = H5Dcreate2(group, "seal", type, space, H5P_DEFAULT, creation, H5P_DEFAULT);
    }
    bool good = dataset >= 0 && H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, text) >= 0 &&
                hw_netcdf_text(dataset, "long_name", "check sum of the whole file");
    haddr_t offset = good ? H5Dget_offset(dataset) : HADDR_UNDEF;
    netcdf->seal = offset;
    if (dataset >= 0) {
        H5Dclose(dataset);
    }
    H5Pclose(creation);
    H5Sclose(space);
    H5Tclose(type);
    return good && offset != HADDR_UNDEF;
}

static bool reserve_seal(hw_netcdf *netcdf, hw_sealed kind) {
    const unsigned ordered = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
    hid_t creation = H5Pcreate(H5P_GROUP_CREATE);
    hid_t group = -1;
    if (H5Pset_obj_track_times(creation, false) >= 0 && H5Pset_link_creation_order(creation, ordered) >= 0) {
        group = H5Gcreate2(netcdf->file, HW_NETCDF_SEAL_GROUP, H5P_DEFAULT, creation, H5P_DEFAULT);
    }
    H5Pclose(creation);
    bool good = group >= 0 && write_seal_text(netcdf, group, kind);
    if (group >= 0) {
        H5Gclose(group);
    }
    return good;
}

bool hw_netcdf_create(hw_netcdf *netcdf, const char *path, hw_sealed kind, hw_trouble *trouble) {
    *netcdf = (hw_netcdf){.file = -1, .path = path, .trouble = trouble};
    H5Eget_auto2(H5E_DEFAULT, &netcdf->report_before, &netcdf->report_context_before);
    H5Eset_auto2(H5E_DEFAULT, on_error, netcdf);

    hid_t creation = H5Pcreate(H5P_FILE_CREATE);
    hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    const unsigned ordered = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
    /* The journals are locked; HDF5's own lock would fail, after all work, where a file system has none.
     * netCDF lists dimensions and variables in the order of creation; times of creation would differ between
     * runs. */
    if (H5Pset_link_creation_order(creation, ordered) >= 0 &&
        H5Pset_attr_creation_order(creation, ordered) >= 0 && H5Pset_obj_track_times(creation, false) >= 0 &&
        H5Pset_libver_bounds(access, H5F_LIBVER_V18, H5F_LIBVER_V18) >= 0 &&
        H5Pset_fclose_degree(access, H5F_CLOSE_STRONG) >= 0 &&
        H5Pset_file_locking(access, false, true) >= 0) {
        netcdf->file = H5Fcreate(path, H5F_ACC_TRUNC, creation, access);
    }
    H5Pclose(creation);
    H5Pclose(access);
    if (netcdf->file < 0) {
        H5Eset_auto2(H5E_DEFAULT, netcdf->report_before, netcdf->report_context_before);
    }
    if (netcdf->file >= 0 && !reserve_seal(netcdf, kind)) {
        hw_netcdf_close(netcdf);
        netcdf->file = -1;
    }
    return netcdf->file >= 0;
}

/* On a full disk HDF5 cannot write even what it needs to close the file, and a file that it could not close
 * crashes the program when it ends. So what it still has to write goes into a file in memory, which is thrown
 * away. */
static void divert(const hw_netcdf *netcdf) {
    int *disk = NULL;
    int memory = memfd_create("homeward-given-up", MFD_CLOEXEC);
    if (memory >= 0 && H5Fget_vfd_handle(netcdf->file, H5P_DEFAULT, (void **)&disk) >= 0 && disk != NULL) {
        (void)dup2(memory, *disk);
    }
    if (memory >= 0) {
        close(memory);
    }
}

bool hw_netcdf_reserve(hw_netcdf *netcdf, uint64_t more) {
    int *disk = NULL;
    hsize_t bytes = 0;
    if (netcdf->trouble->status != HW_OK || H5Fget_filesize(netcdf->file, &bytes) < 0 ||
        H5Fget_vfd_handle(netcdf->file, H5P_DEFAULT, (void **)&disk) < 0) {
        return false;
    }
    bool full = fallocate(*disk, FALLOC_FL_KEEP_SIZE, 0, (off_t)(bytes + more)) != 0 &&
                (errno == ENOSPC || errno == EDQUOT || errno == EFBIG);
    if (full) { /* other errors: a file system that does not know */
        hw_trouble_note(netcdf->trouble, HW_ERROR_IO, errno, "%s writing %s", strerror(errno), netcdf->path);
    }
    return !full;
}

/* What closing adds: the superblock, indices of chunks. */
enum { CLOSING_BYTES = 1 << 16 };

bool hw_netcdf_close(hw_netcdf *netcdf) {
    bool good = hw_netcdf_reserve(netcdf, CLOSING_BYTES) && H5Fflush(netcdf->file, H5F_SCOPE_LOCAL) >= 0;
    if (!good) {
        divert(netcdf);
    }
    good = H5Fclose(netcdf->file) >= 0 && good;
    good = good && hw_seal_write(netcdf->path, netcdf->seal, netcdf->trouble) == HW_OK;
    H5Eset_auto2(H5E_DEFAULT, netcdf->report_before, netcdf->report_context_before);
    struct stat about;
    if (!good) {
        unlink(netcdf->path);
    } else if (stat(netcdf->path, &about) == 0) {
        (void)truncate(netcdf->path, about.st_size); /* gives back what was reserved behind the end */
    }
    return good;
}

/* ---- Attributes ---- */

static bool attribute(hid_t object, const char *name, hid_t file_type, hid_t memory_type, const void *value) {
    hid_t scalar = H5Screate(H5S_SCALAR);
    hid_t attribute = H5Acreate2(object, name, file_type, scalar, H5P_DEFAULT, H5P_DEFAULT);
    bool good = attribute >= 0 && H5Awrite(attribute, memory_type, value) >= 0;
    if (attribute >= 0) {
        H5Aclose(attribute);
    }
    H5Sclose(scalar);
    return good;
}

bool hw_netcdf_text(hid_t object, const char *name, const char *value) {
    if (value == NULL) {
        return true;
    }
    size_t length = strlen(value);
    hid_t type = text_type(length > 0 ? length : 1);
    bool good = type >= 0 && attribute(object, name, type, type, value);
    if (type >= 0) {
        H5Tclose(type);
    }
    return good;
}

bool hw_netcdf_number(hid_t object, const char *name, hid_t file_type, hid_t memory_type, const void *value) {
    return attribute(object, name, file_type, memory_type, value);
}

static const char *const spans[][2] = {
    {"days", "day"}, {"hours", "hour"}, {"minutes", "minute"}, {"seconds", "second"}};

const char *hw_netcdf_units(const char *units) {
    for (size_t i = 0; units != NULL && i < HW_LENGTH(spans); i++) {
        if (strcmp(units, spans[i][0]) == 0) {
            return spans[i][1];
        }
    }
    return units;
}

static bool describe(hid_t object, const char *long_name, const char *units) {
    bool time = units != NULL && strstr(units, " since ") != NULL;
    return hw_netcdf_text(object, "long_name", long_name) &&
           hw_netcdf_text(object, "units", hw_netcdf_units(units)) &&
           hw_netcdf_text(object, "calendar", time ? "proleptic_gregorian" : NULL);
}

/* ---- Datasets ---- */

/* `growable`: the first dimension may have any length, 0 too; it needs chunks, of `chunk` items along all. */
typedef struct dataset_shape {
    uint32_t rank;
    const hsize_t *lengths;
    bool growable;
    const hsize_t *chunk;
    bool compressed;
} dataset_shape;

static hid_t create_dataset(hw_netcdf *netcdf, const char *name, hid_t type, const dataset_shape *shape,
                            const void *fill) {
    hsize_t most[HW_NETCDF_MAX_RANK];
    for (uint32_t d = 0; d < shape->rank; d++) {
        most[d] = (d == 0 && shape->growable) || shape->lengths[d] == 0 ? H5S_UNLIMITED : shape->lengths[d];
    }
    hid_t space =
        shape->rank ? H5Screate_simple((int)shape->rank, shape->lengths, most) : H5Screate(H5S_SCALAR);
    hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
    const unsigned ordered = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
    bool good = space >= 0 && H5Pset_obj_track_times(creation, false) >= 0 &&
                H5Pset_attr_creation_order(creation, ordered) >= 0;
    if (shape->chunk != NULL) {
        good = good && H5Pset_chunk(creation, (int)shape->rank, shape->chunk) >= 0;
    }
    if (shape->compressed) {
        good = good && H5Pset_shuffle(creation) >= 0 && H5Pset_deflate(creation, HW_DEFLATE_LEVEL) >= 0;
    }
    if (fill != NULL) {
        good = good && H5Pset_fill_value(creation, type, fill) >= 0;
    }
    hid_t dataset =
        good ? H5Dcreate2(netcdf->file, name, type, space, H5P_DEFAULT, creation, H5P_DEFAULT) : -1;
    H5Pclose(creation);
    if (space >= 0) {
        H5Sclose(space);
    }
    return dataset;
}

static hid_t closed_unless(bool good, hid_t dataset) {
    if (!good && dataset >= 0) {
        H5Dclose(dataset);
        return -1;
    }
    return dataset;
}

/* For each dataset of texts HDF5 clears a buffer of a megabyte, unless it is told that less will do. */
static bool write_values(hid_t dataset, hid_t memory_type, hid_t memory, hid_t space, const void *values) {
    enum { BUFFER_BYTES = 1 << 16 };
    hid_t transfer = H5Pcreate(H5P_DATASET_XFER);
    bool good = transfer >= 0 && H5Pset_buffer(transfer, BUFFER_BYTES, NULL, NULL) >= 0 &&
                H5Dwrite(dataset, memory_type, memory, space, transfer, values) >= 0;
    if (transfer >= 0) {
        H5Pclose(transfer);
    }
    return good;
}

static bool write_whole(hid_t dataset, hid_t memory_type, const void *values, uint64_t count) {
    return count == 0 || write_values(dataset, memory_type, H5S_ALL, H5S_ALL, values);
}

/* The dimension of two, named as the netCDF library names a dimension that has no variable of its own. */
static bool make_ends(hw_netcdf *netcdf) {
    if (netcdf->ends > 0) {
        return true;
    }
    const hsize_t two = 2;
    const dataset_shape shape = {.rank = 1, .lengths = &two};
    netcdf->ends = create_dataset(netcdf, HW_NETCDF_ENDS, H5T_IEEE_F32BE, &shape, NULL);
    return netcdf->ends >= 0 &&
           H5DSset_scale(netcdf->ends, "This is a netCDF dimension but not a netCDF variable.         2") >=
               0;
}

static bool write_bounds(hw_netcdf *netcdf, const hw_axis *axis, hid_t scale) {
    char name[256];
    char meaning[256];
    snprintf(name, sizeof name, "%s" HW_NETCDF_BOUNDS, axis->name);
    snprintf(meaning, sizeof meaning, "beginning and end of what each %s stands for", axis->name);
    const hsize_t lengths[2] = {axis->length, 2};
    const hsize_t chunk[2] = {1, 2};
    const dataset_shape shape = {.rank = 2, .lengths = lengths, .chunk = axis->length == 0 ? chunk : NULL};
    if (!make_ends(netcdf)) {
        return false;
    }
    hid_t dataset = create_dataset(netcdf, name, H5T_IEEE_F64LE, &shape, NULL);
    bool good = dataset >= 0 && write_whole(dataset, H5T_NATIVE_DOUBLE, axis->bounds, axis->length) &&
                H5DSattach_scale(dataset, scale, 0) >= 0 && H5DSattach_scale(dataset, netcdf->ends, 1) >= 0 &&
                describe(dataset, meaning, axis->units) && hw_netcdf_text(scale, "bounds", name);
    if (dataset >= 0) {
        H5Dclose(dataset);
    }
    return good;
}

hid_t hw_netcdf_axis(hw_netcdf *netcdf, const hw_axis *axis) {
    const hsize_t length = axis->length;
    const hsize_t chunk = 1;
    const dataset_shape shape = {.rank = 1, .lengths = &length, .chunk = length == 0 ? &chunk : NULL};
    hid_t type = axis->labels != NULL ? text_type(H5T_VARIABLE) : H5Tcopy(H5T_IEEE_F64LE);
    hid_t memory_type = axis->labels != NULL ? type : H5T_NATIVE_DOUBLE;
    const void *values = axis->labels != NULL ? (const void *)axis->labels : (const void *)axis->values;
    hid_t dataset = create_dataset(netcdf, axis->name, type, &shape, NULL);
    bool good = dataset >= 0 && write_whole(dataset, memory_type, values, length) &&
                H5DSset_scale(dataset, axis->name) >= 0 && describe(dataset, axis->long_name, axis->units) &&
                (axis->bounds == NULL || write_bounds(netcdf, axis, dataset));
    H5Tclose(type);
    return closed_unless(good, dataset);
}

hid_t hw_netcdf_keys(hw_netcdf *netcdf, const char *name, const char *long_name, const uint64_t *keys,
                     uint64_t count) {
    const hsize_t length = count;
    const hsize_t chunk = 1024;
    const dataset_shape shape = {.rank = 1, .lengths = &length, .growable = true, .chunk = &chunk};
    hid_t dataset = create_dataset(netcdf, name, H5T_STD_I64LE, &shape, NULL);
    bool good = dataset >= 0 && write_whole(dataset, H5T_NATIVE_UINT64, keys, count) &&
                H5DSset_scale(dataset, name) >= 0 && describe(dataset, long_name, "1");
    return closed_unless(good, dataset);
}

static hid_t file_type(hw_number number) {
    switch (number) {
    case HW_F64:
        return H5T_IEEE_F64LE;
    case HW_F32:
        return H5T_IEEE_F32LE;
    case HW_I64:
        return H5T_STD_I64LE;
    case HW_I32:
        return H5T_STD_I32LE;
    }
    return -1;
}

static bool mark_missing(hid_t dataset, const hw_variable *variable) {
    const double not_a_number = nan("");
    if (variable->type != HW_F64 && variable->type != HW_F32) {
        return true;
    }
    return hw_netcdf_number(dataset, "_FillValue", file_type(variable->type), H5T_NATIVE_DOUBLE,
                            &not_a_number);
}

/* "month: point": for each axis that has bounds. */
static bool say_cells(hid_t dataset, const hw_variable *variable, const hid_t *scales, uint32_t rank) {
    char methods[HW_NETCDF_MAX_RANK * 80] = "";
    for (uint32_t d = 0; d < rank; d++) {
        char name[64];
        if (H5Aexists(scales[d], "bounds") > 0 && H5DSget_scale_name(scales[d], name, sizeof name) > 0) {
            size_t length = strlen(methods);
            snprintf(methods + length, sizeof methods - length, "%s%s: %s", length > 0 ? " " : "", name,
                     variable->cells == HW_CELLS_SUM ? "sum" : "point");
        }
    }
    return hw_netcdf_text(dataset, "cell_methods", *methods ? methods : NULL);
}

hid_t hw_netcdf_variable(hw_netcdf *netcdf, const hw_variable *variable, const hid_t *scales,
                         const hsize_t *lengths, uint32_t rank, uint64_t block) {
    hsize_t chunk[HW_NETCDF_MAX_RANK];
    for (uint32_t d = 0; d < rank; d++) {
        chunk[d] = d == 0 ? block : (lengths[d] > 0 ? lengths[d] : 1);
    }
    const dataset_shape shape = {
        .rank = rank, .lengths = lengths, .growable = true, .chunk = chunk, .compressed = true};
    const double fill_f64 = nan("");
    const float fill_f32 = NAN;
    const void *fill = variable->type == HW_F64   ? (const void *)&fill_f64
                       : variable->type == HW_F32 ? (const void *)&fill_f32
                                                  : NULL;
    hid_t dataset = create_dataset(netcdf, variable->name, file_type(variable->type), &shape, fill);
    bool good = dataset >= 0;
    for (uint32_t d = 0; good && d < rank; d++) {
        good = H5DSattach_scale(dataset, scales[d], d) >= 0;
    }
    good = good && describe(dataset, variable->long_name, variable->units) &&
           hw_netcdf_text(dataset, "missing", variable->missing) && mark_missing(dataset, variable) &&
           say_cells(dataset, variable, scales, rank);
    return closed_unless(good, dataset);
}

bool hw_netcdf_numbers(hw_netcdf *netcdf, const hw_variable *variable, hid_t scale, const void *numbers,
                       uint64_t count, uint64_t block) {
    const hsize_t length = count;
    hid_t type = variable->type == HW_F64 ? H5T_NATIVE_DOUBLE : H5T_NATIVE_INT64;
    hid_t dataset = scale >= 0 ? hw_netcdf_variable(netcdf, variable, &scale, &length, 1, block) : -1;
    bool good = dataset >= 0 && write_whole(dataset, type, numbers, count);
    if (dataset >= 0) {
        H5Dclose(dataset);
    }
    return good;
}

bool hw_netcdf_texts(hw_netcdf *netcdf, const char *name, const char *long_name, hid_t scale,
                     const char *const *texts, uint64_t count) {
    const hsize_t length = count;
    const hsize_t chunk = 64;
    const dataset_shape shape = {.rank = 1, .lengths = &length, .growable = true, .chunk = &chunk};
    hid_t type = text_type(H5T_VARIABLE);
    hid_t dataset = create_dataset(netcdf, name, type, &shape, NULL);
    bool good = dataset >= 0 && write_whole(dataset, type, texts, count) &&
                H5DSattach_scale(dataset, scale, 0) >= 0 && describe(dataset, long_name, NULL);
    H5Tclose(type);
    if (dataset >= 0) {
        H5Dclose(dataset);
    }
    return good;
}

hid_t hw_netcdf_text_column(hw_netcdf *netcdf, const char *name, const char *long_name, hid_t scale,
                            uint64_t count, uint64_t block) {
    const hsize_t length = count;
    const hsize_t chunk = block;
    const dataset_shape shape = {.rank = 1, .lengths = &length, .growable = true, .chunk = &chunk};
    hid_t type = text_type(H5T_VARIABLE);
    hid_t dataset = create_dataset(netcdf, name, type, &shape, NULL);
    bool good =
        dataset >= 0 && H5DSattach_scale(dataset, scale, 0) >= 0 && describe(dataset, long_name, NULL);
    H5Tclose(type);
    return closed_unless(good, dataset);
}

bool hw_netcdf_write_rows(hid_t dataset, uint32_t rank, const hsize_t *start, const hsize_t *lengths,
                          const void *values, bool texts) {
    hid_t type = texts ? text_type(H5T_VARIABLE) : H5Tcopy(H5T_NATIVE_DOUBLE);
    hid_t space = H5Dget_space(dataset);
    hid_t memory = H5Screate_simple((int)rank, lengths, NULL);
    bool good = space >= 0 && memory >= 0 &&
                H5Sselect_hyperslab(space, H5S_SELECT_SET, start, NULL, lengths, NULL) >= 0 &&
                write_values(dataset, type, memory, space, values);
    H5Tclose(type);
    if (space >= 0) {
        H5Sclose(space);
    }
    if (memory >= 0) {
        H5Sclose(memory);
    }
    return good;
}

bool hw_netcdf_long_text(hw_netcdf *netcdf, const char *name, const char *long_name, const char *text) {
    const dataset_shape scalar = {.rank = 0};
    hid_t type = text_type(H5T_VARIABLE);
    hid_t dataset = create_dataset(netcdf, name, type, &scalar, NULL);
    bool good = dataset >= 0 && write_whole(dataset, type, (const void *)&text, 1) &&
                describe(dataset, long_name, NULL);
    H5Tclose(type);
    if (dataset >= 0) {
        H5Dclose(dataset);
    }
    return good;
}
