/* What the page shows of a comparison. */
#include "analysis/base/memory.h"
#include "analysis/compare/compare.h"
#include "analysis/page/parts.h"
#include "sim/length.h"
#include <stdlib.h>
#include <string.h>

/* Of the comparison's sheets those that the page shows. All are built: which differences are clear among all
 * depends on how many there are. */
static bool is_shown(const char *name) {
    static const char *const shown[] = {"differing_values",
                                        "place_release",
                                        "place_release_by",
                                        "district_completion",
                                        "people",
                                        "money",
                                        "victims",
                                        "censoring",
                                        "land"};
    for (size_t i = 0; i < HW_LENGTH(shown); i++) {
        if (strcmp(shown[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static void put_tables(json_t *page, const hw_comparison *all) {
    json_t *comparison = hw_json_object(), *tables = hw_json_object();
    hw_book book = {0};
    hw_compare_build(&book, all);
    for (uint32_t i = 0; i < book.count; i++) {
        if (is_shown(book.sheets[i].name)) {
            hw_page_put_sheet(tables, &book.sheets[i]);
        }
    }
    hw_book_free(&book);
    hw_json_put(comparison, "tables", tables);
    hw_json_put(page, "comparison", comparison);
    hw_json_put(page, "incomparable", hw_json_array());
}

static void put_reasons(json_t *page, const hw_errors *reasons) {
    json_t *messages = hw_json_array();
    for (size_t i = 0; i < reasons->kept; i++) {
        hw_json_append(messages, hw_json_text(reasons->items[i].message));
    }
    hw_json_put(page, "comparison", json_null());
    hw_json_put(page, "incomparable", messages);
}

hw_status hw_page_comparison(json_t *page, const hw_page_wish *wish, hw_errors *errors) {
    if (wish->result_count < 2) {
        return HW_OK;
    }
    hw_contender *own = hw_take(wish->result_count, sizeof *own);
    for (uint32_t i = 0; i < wish->result_count; i++) {
        own[i] = (hw_contender){.name = wish->results[i].name, .outcomes = wish->results[i].outcomes};
    }
    const hw_contender *contenders = wish->contenders != NULL ? wish->contenders : own;
    uint32_t count = wish->contenders != NULL ? wish->contender_count : wish->result_count;
    hw_comparison all;
    hw_errors reasons = {0};
    const hw_compare_wish question = {
        .place = wish->contenders != NULL ? wish->place : NULL, /* a report's place only opens its view */
        .by = wish->by,
        .by_count = wish->by != NULL ? 1 : 0};
    hw_status status =
        hw_compare_scenarios(&all, &contenders[0], &contenders[1], count - 1, &question, &reasons);
    if (status == HW_OK) {
        put_tables(page, &all);
    } else if (status == HW_ERROR_INPUT || status == HW_ERROR_LAW) { /* other worlds: no paired differences */
        put_reasons(page, &reasons);
        status = HW_OK;
    } else {
        hw_errors_say(errors, "the results cannot be compared: %s",
                      reasons.kept ? reasons.items[0].message : "no reason given");
    }
    hw_errors_free(&reasons);
    hw_comparison_free(&all);
    free(own);
    return status;
}
