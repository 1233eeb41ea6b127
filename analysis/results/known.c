/* From what the values of results are known. */
#include "analysis/results/known.h"
#include "analysis/base/memory.h"
#include "sim/date.h"
#include <stdlib.h>

void hw_known_print(FILE *out, const hw_outcomes *outcomes) {
    int64_t as_of;
    char day[16];
    if (hw_outcomes_as_of(outcomes, &as_of)) {
        fprintf(out, "As of %s: from what was known by then\n", hw_date_print(as_of, day));
    }
    char *table = hw_outcomes_parameters(outcomes);
    if (table != NULL) {
        fprintf(
            out,
            "Values from a table that is %s.\nThe table is a sample, too; what that adds to the errors is "
            "not in ±.\n",
            table);
    }
    free(table);
}

char *hw_known_text(const char *rows) {
    char *text = NULL;
    size_t length = 0;
    FILE *out = hw_take_stream(&text, &length);
    hw_known_print(out, &(hw_outcomes){.rows = rows});
    hw_end_stream(out);
    return text;
}
