/* Whatever a file of others says, with whatever map and rates, its import is refused with a message, or every
 * row of it is accounted for once, no sum is other than a finite number, and what is written can be read: the
 * layer is a document without a mistake, and a file of facts is one.
 *
 * Input: the file; then parts that begin with a line of their own:
 *   @as        the format: iati, csv, hxl or geojson (iati)
 *   @columns   the map
 *   @rates     the table of exchange rates
 *   @districts outlines of districts */
#define _GNU_SOURCE /* nftw, strsep */
#include "analysis/belief/observations.h"
#include "analysis/intake/formats.h"
#include "sim/input/document.h"
#include "tests/fuzz/fuzz.h"
#include <math.h>

static const char file_path[] = "file.txt", columns_path[] = "columns.yaml", rates_path[] = "rates.csv",
                  districts_path[] = "districts.geojson", made_path[] = "made.yaml";

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc;
    (void)argv;
    fuzz_enter_folder();
    atexit(fuzz_leave_folder);
    return 0;
}

static void check_rows(const hw_import *import) {
    uint64_t rows = import->rows_taken;
    for (hw_fate fate = 0; fate < HW_FATES; fate++) {
        rows += import->remainder.rows[fate];
    }
    if (rows != import->rows) {
        fuzz_give_up("a row is not accounted for, or twice", import->row_noun);
    }
    for (uint32_t i = 0; i < import->totals.count; i++) {
        const hw_money_total *one = &import->totals.items[i];
        if (!isfinite(one->usd) || !isfinite(one->amount) || !isfinite(one->aside_usd)) {
            fuzz_give_up("a sum that is no number", one->type);
        }
    }
}

/* What was written must be right for who reads it. */
static void check_made(const hw_import *import) {
    hw_errors errors = {0};
    const hw_output_rules rules = {.replace = true};
    remove(made_path);
    if (hw_taken_write(&import->taken, made_path, "# fuzz\n", &rules, &errors) != HW_OK) {
        fuzz_give_up("what was taken cannot be written", "");
    }
    hw_document *document = hw_document_load(made_path, &errors);
    if (document == NULL || hw_document_check(document, &errors) != HW_OK) {
        fuzz_give_up("what was written is no document", hw_errors_text(&errors));
    }
    hw_document_free(document);
    if (import->taken.makes == HW_MAKES_FACTS) {
        hw_observations facts = {0};
        if (hw_observations_read(&facts, made_path, &errors) != HW_OK) {
            fuzz_give_up("what was written are no facts", hw_errors_text(&errors));
        }
        hw_observations_free(&facts);
    }
    hw_errors_free(&errors);
}

static bool is(const fuzz_part *part, const char *word) {
    return strcmp(part->word, word) == 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    fuzz_part parts[FUZZ_PARTS_MOST];
    size_t count = fuzz_split(data, size, parts);
    hw_import_wish wish = {.path = file_path, .as_of = HW_NO_DAY, .sector = "any"};
    char name[16] = "iati";
    for (size_t i = 0; i < count; i++) {
        if (is(&parts[i], "as")) {
            snprintf(name, sizeof name, "%.*s", (int)(parts[i].size < 15 ? parts[i].size : 15),
                     (const char *)parts[i].bytes);
            name[strcspn(name, "\n")] = '\0';
            continue;
        }
        const char **asked = is(&parts[i], "columns")     ? &wish.columns
                             : is(&parts[i], "rates")     ? &wish.rates
                             : is(&parts[i], "districts") ? &wish.outlines
                                                          : &wish.path;
        *asked = is(&parts[i], "columns")     ? columns_path
                 : is(&parts[i], "rates")     ? rates_path
                 : is(&parts[i], "districts") ? districts_path
                                              : file_path;
        fuzz_write_file(*asked, parts[i].bytes, parts[i].size);
    }
    hw_errors errors = {0};
    hw_import import = {.rows = 0};
    const hw_intake_format *format = hw_intake_format_find(name, &errors);
    hw_status status = format != NULL ? hw_import_read(&import, format, &wish, &errors) : HW_ERROR_INPUT;
    if ((status == HW_OK) != (errors.count == 0)) {
        fuzz_give_up("refused without a message, or taken with one", name);
    }
    if (status == HW_OK) {
        check_rows(&import);
        if (import.taken.count > 0) {
            check_made(&import);
            fuzz_accepted = true;
        }
    }
    free(hw_errors_text(&errors));
    hw_errors_free(&errors);
    hw_import_free(&import);
    return 0;
}

#ifndef HW_FUZZ_MAIN
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed) {
    size_t changed = seed % 3 == 0 ? fuzz_change_number(data, size, most, seed / 3) : 0;
    return changed > 0 ? changed : LLVMFuzzerMutate(data, size, most);
}
#endif
