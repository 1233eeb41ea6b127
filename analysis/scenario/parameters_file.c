/* Tables of conditioned values as HDF5, by the netCDF conventions. */
#include "analysis/base/memory.h"
#include "analysis/scenario/parameters.h"
#include "analysis/tables/sealed_file.h"
#include "sim/date.h"
#include "sim/input/digest.h"
#include "sim/length.h"
#include "sim/run/netcdf_read.h"
#include "sim/run/netcdf_write.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const hw_sealed_kind kind_of_file = {
    .format_name = "homeward_parameters_format",
    .format = 1,
    .not_ours = "is no table of conditioned values: homeward condition SCENARIO writes one",
    .damaged = "is damaged: the table cannot be read"};
enum { PRIOR_NUMBERS = 4 };

static const char *const prior_names[PRIOR_NUMBERS] = {"prior_kind", "prior_a", "prior_b", "prior_c"};

/* What a table answers to. */
static const char *const identity[] = {"scenario_digest", "facts_digest", "as_of"};

/* Whether the file says the same as the pairs of names and texts. */
static bool agrees(hid_t file, const void *pairs) {
    bool same = true;
    for (const char *const *facts = pairs; same && facts != NULL && facts[0] != NULL; facts += 2) {
        for (size_t i = 0; i < HW_LENGTH(identity) && same; i++) {
            if (strcmp(identity[i], facts[0]) == 0) {
                char *text = hw_netcdf_read_text(file, facts[0]);
                same = text != NULL && strcmp(text, facts[1]) == 0;
                free(text);
            }
        }
    }
    return same;
}

static bool is_kept(const char *path, const void *facts, char room[HW_OUTPUT_REASON]) {
    bool ours = hw_sealed_file_is(path, &kind_of_file, NULL, NULL);
    snprintf(room, HW_OUTPUT_REASON,
             ours ? "holds a table of another scenario, of other facts or as of another day"
                  : "is there already and is no table of conditioned values");
    return !(ours && hw_sealed_file_is(path, &kind_of_file, agrees, facts));
}

hw_output_format hw_parameters_format(const char *const *facts) {
    return (hw_output_format){
        .noun = "a table of conditioned values", .is_kept = is_kept, .context = (const void *)facts};
}

static double *prior_numbers(const hw_parameters *p, int which) {
    double *numbers = hw_take(p->columns + 1, sizeof *numbers);
    for (uint32_t c = 0; c < p->columns; c++) {
        const hw_distribution *d = &p->priors[c];
        numbers[c] = which == 0 ? (double)d->kind : which == 1 ? d->a : which == 2 ? d->b : d->c;
    }
    return numbers;
}

/* Of all that a scenario draws from it. */
static void digest_of(const hw_parameters *p, char digest[HW_DIGEST_TEXT]) {
    char *text = NULL;
    size_t length = 0;
    FILE *out = hw_take_stream(&text, &length);
    for (uint32_t c = 0; c < p->columns; c++) {
        fprintf(out, "%s\n", p->paths[c]);
    }
    for (int i = 0; i < PRIOR_NUMBERS; i++) {
        double *numbers = prior_numbers(p, i);
        fwrite(numbers, sizeof *numbers, p->columns, out);
        free(numbers);
    }
    fwrite(p->weights, sizeof *p->weights, p->count, out);
    fwrite(p->numbers, sizeof *p->numbers, p->count * p->columns, out);
    hw_end_stream(out);
    hw_digest_text(text, length, digest);
    free(text);
}

/* ---- Writing ---- */

static bool write_numbers(hw_netcdf *netcdf, const hw_parameters *p, hid_t member, hid_t path) {
    enum { BLOCK = 256 };
    const hw_variable weight = {
        .name = "weight", .long_name = "weight of the member", .units = "1", .type = HW_F64};
    const hw_variable value = {.name = "value",
                               .long_name = "value in the units in which the program holds it",
                               .units = "1",
                               .type = HW_F64};
    const hid_t scales[] = {member, path};
    const hsize_t start[] = {0, 0}, lengths[] = {p->count, p->columns};
    bool good = hw_netcdf_numbers(netcdf, &weight, member, p->weights, p->count, BLOCK);
    hid_t dataset = good ? hw_netcdf_variable(netcdf, &value, scales, lengths, 2, BLOCK) : -1;
    good = dataset >= 0 && hw_netcdf_write_rows(dataset, 2, start, lengths, p->numbers, false);
    if (dataset >= 0) {
        H5Dclose(dataset);
    }
    for (int i = 0; i < PRIOR_NUMBERS && good; i++) {
        double *numbers = prior_numbers(p, i);
        const hw_variable prior = {.name = prior_names[i],
                                   .long_name = "of the distribution before the facts",
                                   .units = "1",
                                   .type = HW_F64};
        good = hw_netcdf_numbers(netcdf, &prior, path, numbers, p->columns, BLOCK);
        free(numbers);
    }
    return good;
}

typedef struct table {
    const hw_parameters *parameters;
    const char *about;
    const char *const *facts;
} table;

static bool write_all(hw_netcdf *netcdf, const void *context) {
    const table *of = context;
    const hw_parameters *p = of->parameters;
    const hw_axis axis = {.name = "path",
                          .long_name = "value of the scenario",
                          .length = p->columns,
                          .labels = (const char *const *)p->paths};
    uint64_t *keys = hw_take(p->count + 1, sizeof *keys);
    for (uint64_t m = 0; m < p->count; m++) {
        keys[m] = m;
    }
    bool good = hw_netcdf_text(netcdf->file, "about", of->about);
    for (const char *const *facts = of->facts; good && facts != NULL && facts[0] != NULL; facts += 2) {
        good = hw_netcdf_text(netcdf->file, facts[0], facts[1]);
    }
    hid_t member = good ? hw_netcdf_keys(netcdf, "member", "number of the member", keys, p->count) : -1;
    hid_t path = member >= 0 ? hw_netcdf_axis(netcdf, &axis) : -1;
    good = path >= 0 && write_numbers(netcdf, p, member, path);
    if (member >= 0) {
        H5Dclose(member);
    }
    if (path >= 0) {
        H5Dclose(path);
    }
    free(keys);
    return good;
}

hw_status hw_parameters_write(const char *path, const hw_parameters *parameters, const char *what,
                              const char *const *facts, const hw_output_rules *rules, hw_errors *errors) {
    char digest[HW_DIGEST_TEXT];
    digest_of(parameters, digest);
    char *about = hw_take_text("%s, table %.12s", what, digest);
    const table of = {parameters, about, facts};
    const hw_output_format format = hw_parameters_format(facts);
    hw_status status = hw_sealed_file_write(path, &kind_of_file, &format, write_all, &of, rules, errors);
    free(about);
    return status;
}

/* ---- Reading ---- */

static bool read_priors(hw_parameters *p, hid_t file) {
    bool good = true;
    p->priors = hw_take(p->columns + 1, sizeof *p->priors);
    for (int i = 0; i < PRIOR_NUMBERS && good; i++) {
        uint64_t count = 0;
        double *numbers = hw_netcdf_read_list(file, prior_names[i], H5T_NATIVE_DOUBLE, &count);
        good = numbers != NULL && count == p->columns;
        for (uint32_t c = 0; c < p->columns && good; c++) {
            hw_distribution *d = &p->priors[c];
            good = i > 0 || (numbers[c] >= HW_FIXED && numbers[c] <= HW_QUANTILES);
            d->kind = good && i == 0 ? (hw_distribution_kind)numbers[c] : d->kind;
            *(i == 1 ? &d->a : i == 2 ? &d->b : &d->c) = numbers[c];
        }
        free(numbers);
    }
    return good;
}

static bool are_weights(const double *weights, uint64_t count) {
    double sum = 0;
    bool good = true;
    for (uint64_t m = 0; m < count; m++) {
        good = good && isfinite(weights[m]) && weights[m] >= 0;
        sum += weights[m];
    }
    return good && fabs(sum - 1) < 1e-6;
}

static bool read_members(hw_parameters *p, hid_t file) {
    hsize_t lengths[8] = {0};
    hid_t dataset = hw_netcdf_open(file, "value");
    bool good = dataset >= 0 && hw_netcdf_read_shape(dataset, lengths) == 2 && lengths[0] == p->count &&
                lengths[1] == p->columns;
    size_t count = good ? p->count * p->columns : 0;
    p->numbers = hw_take(count + 1, sizeof *p->numbers);
    good = good && H5Dread(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, p->numbers) >= 0;
    for (size_t i = 0; i < count && good; i++) {
        good = isfinite(p->numbers[i]);
    }
    if (dataset >= 0) {
        H5Dclose(dataset);
    }
    return good;
}

static int64_t read_as_of(hid_t file) {
    int64_t day = INT64_MAX;
    char *text = H5Aexists(file, "as_of") > 0 ? hw_netcdf_read_text(file, "as_of") : NULL;
    bool said = text != NULL && hw_date_parse(text, &day);
    free(text);
    return said ? day : INT64_MAX;
}

static bool read_all(hid_t file, void *into) {
    hw_parameters *p = into;
    p->as_of = read_as_of(file);
    p->about = hw_netcdf_read_text(file, "about");
    uint64_t columns = hw_netcdf_length(file, "path");
    p->columns = columns < UINT32_MAX ? (uint32_t)columns : 0;
    p->paths = p->columns > 0 ? hw_netcdf_read_texts_of(file, "path", columns) : NULL;
    p->weights = hw_netcdf_read_list(file, "weight", H5T_NATIVE_DOUBLE, &p->count);
    return p->about != NULL && p->paths != NULL && p->weights != NULL && p->count > 0 &&
           are_weights(p->weights, p->count) && read_priors(p, file) && read_members(p, file);
}

hw_status hw_parameters_read(hw_parameters *parameters, const char *path, hw_errors *errors) {
    *parameters = (hw_parameters){0};
    return hw_sealed_file_read(path, &kind_of_file, read_all, parameters, errors);
}
