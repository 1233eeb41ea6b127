/* Reads attributes and variables, and checks each. */
#include "sim/run/netcdf_read.h"
#include "sim/length.h"
#include <hdf5_hl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_ATTRIBUTE = 1 << 16 };

static char *read_fixed_text(hid_t attribute, hid_t type) {
    size_t length = H5Tget_size(type);
    hid_t space = H5Aget_space(attribute);
    bool single = space >= 0 && H5Sget_simple_extent_npoints(space) == 1;
    if (space >= 0) {
        H5Sclose(space);
    }
    if (!single || H5Tis_variable_str(type) > 0 || length == 0 || length > LONGEST_ATTRIBUTE) {
        return NULL;
    }
    char *text = calloc(length + 1, 1);
    if (text != NULL && H5Aread(attribute, type, text) < 0) {
        free(text);
        return NULL;
    }
    return text;
}

char *hw_netcdf_read_text(hid_t object, const char *name) {
    char *text = NULL;
    hid_t attribute = H5Aexists(object, name) > 0 ? H5Aopen(object, name, H5P_DEFAULT) : -1;
    if (attribute < 0) {
        return NULL;
    }
    hid_t type = H5Aget_type(attribute);
    if (type >= 0) {
        if (H5Tget_class(type) == H5T_STRING) {
            text = read_fixed_text(attribute, type);
        }
        H5Tclose(type);
    }
    H5Aclose(attribute);
    return text;
}

char *hw_netcdf_read_units(hid_t object) {
    static const char *const spans[] = {"day", "hour", "minute", "second"};
    char *units = hw_netcdf_read_text(object, "units");
    for (size_t i = 0; units != NULL && i < HW_LENGTH(spans); i++) {
        if (strcmp(units, spans[i]) == 0) {
            char *own = calloc(1, strlen(units) + 2);
            if (own != NULL) {
                sprintf(own, "%ss", units);
            }
            free(units);
            return own;
        }
    }
    return units;
}

static bool is_single_integer(hid_t attribute) {
    hid_t type = H5Aget_type(attribute);
    hid_t space = H5Aget_space(attribute);
    bool single = type >= 0 && space >= 0 && H5Tget_class(type) == H5T_INTEGER &&
                  H5Sget_simple_extent_npoints(space) == 1;
    if (type >= 0) {
        H5Tclose(type);
    }
    if (space >= 0) {
        H5Sclose(space);
    }
    return single;
}

bool hw_netcdf_read_number(hid_t object, const char *name, hid_t memory_type, void *value) {
    hid_t attribute = H5Aexists(object, name) > 0 ? H5Aopen(object, name, H5P_DEFAULT) : -1;
    if (attribute < 0) {
        return false;
    }
    bool good = is_single_integer(attribute) && H5Aread(attribute, memory_type, value) >= 0;
    H5Aclose(attribute);
    return good;
}

int hw_netcdf_read_shape(hid_t dataset, hsize_t lengths[8]) {
    hid_t space = H5Dget_space(dataset);
    if (space < 0) {
        return -1;
    }
    int rank = H5Sget_simple_extent_ndims(space);
    if (rank > 8 || (rank >= 0 && H5Sget_simple_extent_dims(space, lengths, NULL) < 0)) {
        rank = -1;
    }
    H5Sclose(space);
    return rank;
}

/* The name of the object a reference leads to, without the slash of the root group. */
static bool name_of_reference(hid_t dataset, const hobj_ref_t *reference, char *name, size_t room) {
    hid_t scale = H5Rdereference2(dataset, H5P_DEFAULT, H5R_OBJECT, reference);
    if (scale < 0) {
        return false;
    }
    ssize_t length = H5Iget_name(scale, name, room);
    H5Oclose(scale);
    if (length < 2 || (size_t)length >= room) {
        return false;
    }
    memmove(name, name + 1, (size_t)length);
    return true;
}

static bool is_list_of_references(hid_t type) {
    if (type < 0 || H5Tget_class(type) != H5T_VLEN) {
        return false;
    }
    hid_t item = H5Tget_super(type);
    bool references = item >= 0 && H5Tequal(item, H5T_STD_REF_OBJ) > 0;
    if (item >= 0) {
        H5Tclose(item);
    }
    return references;
}

/* H5DSiterate_scales does the same, but leaves things open when a scale is missing. */
bool hw_netcdf_read_dimension(hid_t dataset, unsigned dimension, char *name, size_t room) {
    static const char list_name[] = "DIMENSION_LIST";
    hid_t list = H5Aexists(dataset, list_name) > 0 ? H5Aopen(dataset, list_name, H5P_DEFAULT) : -1;
    if (list < 0) {
        return false;
    }
    hvl_t references[8];
    bool good = false;
    hid_t type = H5Aget_type(list);
    hid_t space = H5Aget_space(list);
    hssize_t count = space >= 0 ? H5Sget_simple_extent_npoints(space) : -1;
    if (is_list_of_references(type) && count > (hssize_t)dimension && count <= 8 &&
        H5Aread(list, type, references) >= 0) {
        good =
            references[dimension].len > 0 && name_of_reference(dataset, references[dimension].p, name, room);
        H5Dvlen_reclaim(type, space, H5P_DEFAULT, references);
    }
    if (type >= 0) {
        H5Tclose(type);
    }
    if (space >= 0) {
        H5Sclose(space);
    }
    H5Aclose(list);
    return good;
}

static char **copy_texts(char *const *found, uint64_t count) {
    char **texts = calloc(count + 1, sizeof *texts);
    for (uint64_t i = 0; texts != NULL && i < count; i++) {
        texts[i] = strdup(found[i] != NULL ? found[i] : "");
        if (texts[i] == NULL) {
            hw_netcdf_free_texts(texts, count);
            return NULL;
        }
    }
    return texts;
}

char **hw_netcdf_read_texts(hid_t dataset, uint64_t count) {
    char **texts = NULL;
    hid_t type = H5Dget_type(dataset);
    hid_t space = H5Dget_space(dataset);
    bool good = type >= 0 && space >= 0 && H5Tget_class(type) == H5T_STRING && H5Tis_variable_str(type) > 0 &&
                H5Sget_simple_extent_npoints(space) == (hssize_t)count;
    char **found = good ? calloc(count + 1, sizeof *found) : NULL;
    if (found != NULL && count == 0) {
        texts = calloc(1, sizeof *texts);
    } else if (found != NULL && H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, found) >= 0) {
        texts = copy_texts(found, count);
        H5Dvlen_reclaim(type, space, H5P_DEFAULT, found);
    }
    free(found);
    if (type >= 0) {
        H5Tclose(type);
    }
    if (space >= 0) {
        H5Sclose(space);
    }
    return texts;
}

void hw_netcdf_free_texts(char **texts, uint64_t count) {
    for (uint64_t i = 0; texts != NULL && i < count; i++) {
        free(texts[i]);
    }
    free(texts);
}

/* ---- Datasets by their names ---- */

hid_t hw_netcdf_open(hid_t file, const char *name) {
    return H5Lexists(file, name, H5P_DEFAULT) > 0 ? H5Dopen2(file, name, H5P_DEFAULT) : -1;
}

bool hw_netcdf_is_text(hid_t dataset) {
    hid_t type = H5Dget_type(dataset);
    bool text = type >= 0 && H5Tget_class(type) == H5T_STRING;
    if (type >= 0) {
        H5Tclose(type);
    }
    return text;
}

uint64_t hw_netcdf_length(hid_t file, const char *name) {
    hsize_t lengths[8] = {0};
    hid_t dataset = hw_netcdf_open(file, name);
    int rank = dataset >= 0 ? hw_netcdf_read_shape(dataset, lengths) : -1;
    if (dataset >= 0) {
        H5Dclose(dataset);
    }
    return rank == 1 ? lengths[0] : 0;
}

void *hw_netcdf_read_list(hid_t file, const char *name, hid_t type, uint64_t *count) {
    hsize_t lengths[8] = {0};
    hid_t dataset = hw_netcdf_open(file, name);
    bool good = dataset >= 0 && hw_netcdf_read_shape(dataset, lengths) == 1 && !hw_netcdf_is_text(dataset);
    void *numbers = good ? calloc(lengths[0] + 1, 8) : NULL;
    if (numbers != NULL && lengths[0] > 0 &&
        H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, numbers) < 0) {
        free(numbers);
        numbers = NULL;
    }
    *count = numbers != NULL ? lengths[0] : 0;
    if (dataset >= 0) {
        H5Dclose(dataset);
    }
    return numbers;
}

char **hw_netcdf_read_texts_of(hid_t file, const char *name, uint64_t count) {
    hid_t dataset = hw_netcdf_open(file, name);
    char **texts = dataset >= 0 ? hw_netcdf_read_texts(dataset, count) : NULL;
    if (dataset >= 0) {
        H5Dclose(dataset);
    }
    return texts;
}

char *hw_netcdf_read_one_text(hid_t file, const char *name) {
    char **texts = hw_netcdf_read_texts_of(file, name, 1);
    char *text = texts != NULL ? texts[0] : NULL;
    free(texts);
    return text;
}
