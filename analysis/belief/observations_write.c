/* Writes observations as CSV or YAML, the same columns in both. */
#include "analysis/base/memory.h"
#include "analysis/belief/parts.h"
#include "analysis/tables/csv_text.h"
#include "sim/input/writer.h"
#include "sim/letters.h"
#include <stdlib.h>
#include <string.h>

static const char head[] =
    "name,quantity,of,district,place,operator,stream,purpose,from,to,value,at_least,at_most,"
    "error,rounded_to,confidence,plan,known_by,source,note,not_modelled";

/* What stands in a column; money in USD, which is read everywhere. The caller frees it. */
static char *text_of(const hw_observation *o, hw_fact_column column) {
    const hw_fact_kind *kind = o->question.kind;
    const char *text = hw_observation_text(o, column);
    bool money = kind != NULL && kind->dimension == HW_DIM_MONEY && *text != '\0';
    if (money && (column == HW_FACT_VALUE || column == HW_FACT_AT_LEAST)) {
        return hw_take_text("%.10g USD", o->low);
    }
    if (money && column == HW_FACT_AT_MOST) {
        return hw_take_text("%.10g USD", o->high);
    }
    if (money && column == HW_FACT_ERROR && strchr(text, '%') == NULL) {
        return hw_take_text("%.10g USD", o->error);
    }
    return hw_take_text("%s", text);
}

static void write_csv(FILE *out, const hw_observations *observations) {
    fprintf(out, "%s\n", head);
    for (uint32_t i = 0; i < observations->count; i++) {
        for (hw_fact_column c = 0; c < HW_FACT_COLUMNS; c++) {
            char *text = text_of(&observations->items[i], c);
            fputs(c > 0 ? "," : "", out);
            hw_csv_write_text(out, text);
            free(text);
        }
        fputc('\n', out);
    }
}

static void write_yaml(FILE *out, const hw_observations *observations) {
    hw_pool pool = {0};
    fputs("observations:\n", out);
    for (uint32_t i = 0; i < observations->count; i++) {
        const hw_observation *o = &observations->items[i];
        fprintf(out, "  %s:\n", hw_yaml_scalar(&pool, hw_observation_text(o, HW_FACT_NAME)));
        for (hw_fact_column c = HW_FACT_QUANTITY; c < HW_FACT_COLUMNS; c++) {
            char *text = text_of(o, c);
            if (*text != '\0') {
                fprintf(out, "    %s: %s\n", hw_fact_column_names[c], hw_yaml_scalar(&pool, text));
            }
            free(text);
        }
    }
    hw_pool_free(&pool);
}

hw_status hw_observations_write(const hw_observations *observations, const char *path,
                                const hw_output_rules *rules, hw_errors *errors) {
    bool csv = hw_text_ends(path, ".csv");
    const hw_output_format format = {.noun = csv ? "a table of observations" : "a file of observations",
                                     .streams = true,
                                     .is_kept = csv ? hw_output_lacks_head : NULL,
                                     .context = head};
    hw_output_file file;
    hw_status status = hw_output_open(&file, path, &format, rules, errors);
    if (status != HW_OK) {
        return status;
    }
    if (csv) {
        write_csv(file.stream, observations);
    } else {
        write_yaml(file.stream, observations);
    }
    return hw_output_close(&file, errors);
}
