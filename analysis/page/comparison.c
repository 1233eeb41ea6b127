#include "analysis/base/memory.h"
#include "analysis/compare/compare.h"
#include "analysis/page/parts.h"
#include "sim/length.h"
#include <stdlib.h>
#include <string.h>

/* Of the comparison's sheets those that the page shows. All are built: which differences are clear among all
 * depends on how many there are. */
static bool is_shown(const char *name) {
    static const char *const shown[] = {
        "differing_values", "place_release", "place_release_by", "district_completion",
        "people",           "money",         "victims",          "censoring"};
    for (size_t i = 0; i < HW_LENGTH(shown); i++) {
        if (strcmp(shown[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static void write_tables(FILE *out, const hw_comparison *all) {
    const char *comma = "";
    hw_book book = {0};
    hw_compare_build(&book, all);
    fputs(",\n\"comparison\":{\"tables\":{", out);
    for (uint32_t i = 0; i < book.count; i++) {
        if (!is_shown(book.sheets[i].name)) {
            continue;
        }
        fputs(comma, out);
        hw_page_sheet(out, &book.sheets[i]);
        comma = ",";
    }
    fputs("}},\"incomparable\":[]", out);
    hw_book_free(&book);
}

static void write_reasons(FILE *out, const hw_errors *reasons) {
    fputs(",\n\"comparison\":null,\"incomparable\":[", out);
    for (size_t i = 0; i < reasons->kept; i++) {
        fputs(i ? "," : "", out);
        hw_json_write(out, hw_json_text(reasons->items[i].message));
    }
    fputc(']', out);
}

hw_status hw_page_comparison(FILE *out, const hw_page_wish *wish, hw_errors *errors) {
    if (wish->result_count < 2) {
        return HW_OK;
    }
    hw_contender *contenders = hw_take(wish->result_count, sizeof *contenders);
    for (uint32_t i = 0; i < wish->result_count; i++) {
        contenders[i] = (hw_contender){.name = wish->results[i].name, .outcomes = wish->results[i].outcomes};
    }
    hw_comparison all;
    hw_errors reasons = {0};
    const hw_compare_wish question = {.by = wish->by, .by_count = wish->by != NULL ? 1 : 0};
    hw_status status = hw_compare_scenarios(&all, &contenders[0], &contenders[1], wish->result_count - 1,
                                            &question, &reasons);
    if (status == HW_OK) {
        write_tables(out, &all);
    } else if (status == HW_ERROR_INPUT || status == HW_ERROR_LAW) { /* other worlds: no paired differences */
        write_reasons(out, &reasons);
        status = HW_OK;
    } else {
        hw_errors_say(errors, "the results cannot be compared: %s",
                      reasons.kept ? reasons.items[0].message : "no reason given");
    }
    hw_errors_free(&reasons);
    hw_comparison_free(&all);
    free(contenders);
    return status;
}
