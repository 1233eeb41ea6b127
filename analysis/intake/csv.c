/* The format CSV: any table with a first row of names, understood by a mapping file. */
#include "analysis/intake/columns.h"
#include "analysis/intake/formats.h"
#include "sim/letters.h"
#include <string.h>
#include <strings.h>

static bool recognises(const char *path, const char *head) {
    (void)head;
    const char *dot = strrchr(path, '.');
    return dot != NULL && (strcasecmp(dot, ".csv") == 0 || strcasecmp(dot, ".tsv") == 0);
}

static hw_status read(hw_import *import, hw_errors *errors) {
    hw_mapping mapping;
    if (import->wish->columns == NULL) {
        hw_errors_say(
            errors,
            "a table wants a file that says what its columns mean: --columns MAP (see homeward import "
            "--help, and the samples in scenarios/import)");
        return HW_ERROR_INPUT;
    }
    hw_status status = hw_mapping_read(&mapping, import->wish->columns, NULL, 0, errors);
    if (status == HW_OK) {
        status = hw_columns_read(import, &mapping, false, errors);
    }
    hw_mapping_free(&mapping);
    return status;
}

const hw_intake_format hw_intake_format_csv = {
    .name = "csv",
    .documentation =
        "A table of comma-separated values (or semicolons, or tabs) with names in its first row, such as "
        "an export of Information Management for Mine Action; --columns says what each column means. It "
        "becomes hazard areas, facts, or streams of money.",
    .row_noun = "rows",
    .options = HW_IMPORT_COLUMNS | HW_IMPORT_RATES,
    .recognises = recognises,
    .read = read,
};
